"""Asks the database in threads beside the event loop, so that a lock on a disk never stands before a stop.

Whoever holds one of these calls its methods like those of the object it stands for; only the loop goes on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, cast

from gevent.threadpool import ThreadPool

from scope.clock import Clock
from scope.log.accounts import Accounts
from scope.log.database import open_database
from scope.settings import Settings


class Beside:
    """Stands for an object whose methods run in one thread beside the loop; it is built there at first use.

    What they raise is raised here. One thread each: a slow answer holds up its own kind of question only.
    """

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build, self._pool = build, ThreadPool(1)
        self._pool.spawn(lambda: self._target)

    @cached_property
    def _target(self) -> Any:
        return self._build()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(*given: Any, **named: Any) -> Any:
            answer, error = self._pool.apply(_caught, (lambda: getattr(self._target, name)(*given, **named),))
            if error is not None:
                raise error
            return answer

        return ask


def _caught(ask: Callable[[], Any]) -> tuple[Any, Exception | None]:
    try:
        return ask(), None
    except Exception as error:  # noqa: BLE001  handed over whole and raised again where the question came from
        return None, error


class AccountsBeside:
    """Accounts in two threads: hashing a password takes long on purpose, and must not hold up who is already in."""

    HASHING = frozenset({"sign_in", "sign_in_with_code", "set_password", "confirm_password"})

    def __init__(self, settings: Settings) -> None:
        self._hashing, self._asking = (
            Beside(lambda: Accounts(open_database(settings.log.database), Clock())) for _ in range(2)
        )

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return cast(Callable[..., Any], getattr(self._hashing if name in self.HASHING else self._asking, name))
