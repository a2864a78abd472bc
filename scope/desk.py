"""Where orders are handed in: a Protocol, and the same over a Unix socket.

Whoever holds a Desk gives orders and asks questions, and gets plain values or a ScopeError back, without knowing
whether the service lives in this process or in another. JSON lines, readable with `nc -U`; one connection carries any
number of questions, one after the other. A Watch only listens: what it reads cannot move anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from scope.orders import Order, Person


class Desk(Protocol):
    """Orders and questions of the operators."""

    def order(self, order: Order, by: Person, request: str) -> dict[str, Any]:
        """Accepted: what is going to happen (`target`, …, and `logged`, whether the event is on disk yet).

        `request` is an id for the log. A refusal is raised as the ScopeError it is. Returns when accepted; arrival is
        read from the snapshot.
        """
        ...

    def look_up(self, text: str, most: int = 10) -> list[dict[str, Any]]:
        """Objects whose name begins like `text`, with `altitude_degrees` and `azimuth_degrees` now."""
        ...

    def status(self) -> dict[str, Any]:
        """The latest snapshot as `as_json` gives it."""
        ...

    def trace(self) -> list[dict[str, Any]]:
        """The last exchanges on the line, oldest first."""
        ...


class Watch(Protocol):
    """What everybody may see, as it happens."""

    def lines(self) -> Iterator[bytes]:
        """Each snapshot as one JSON line, the latest at once; raises LineLost when the service is gone."""
        ...
