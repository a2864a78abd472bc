"""Where other threads leave work for the one that owns the line, and wait for its answer.

A stop empties the mailbox: everything that waited is answered with Overtaken and never done.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from scope.errors import ScopeError

Job = Callable[[], None]


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """`mark` counts the shouts that had been made when it was written; see scope/line/line.py."""

    job: Job
    mark: int
    answer: Future[None] = field(default_factory=Future)

    def carry_out(self) -> None:
        """Do the work and answer; the reason why it could not be done is raised here too. Nobody waiting: not done."""
        if not self.answer.set_running_or_notify_cancel():
            return
        try:
            self.job()
        except BaseException as fault:
            self.answer.set_exception(fault)
            raise
        self.answer.set_result(None)


class Mailbox:
    """First in, first out; thread-safe."""

    def __init__(self) -> None:
        self._letters: deque[Letter] = deque()
        self._lock = threading.Lock()
        self._closed: ScopeError | None = None

    def put(self, letter: Letter) -> None:
        with self._lock:
            if self._closed is None:
                self._letters.append(letter)
                return
        letter.answer.set_exception(self._closed)

    def take(self) -> Letter | None:
        with self._lock:
            return self._letters.popleft() if self._letters else None

    def empty(self, reason: ScopeError) -> None:
        """Answer everything that waits with `reason`."""
        with self._lock:
            dropped, self._letters = self._letters, deque()
        for letter in dropped:
            if letter.answer.set_running_or_notify_cancel():
                letter.answer.set_exception(reason)

    def close(self, reason: ScopeError) -> None:
        """From now on nothing is taken in."""
        with self._lock:
            self._closed = reason
        self.empty(reason)
