"""The dead-man's handle: motion by hand lasts only as long as the hand on the button says so.

A press is named by the browser that makes it. It is renewed by heartbeats that count upward, lapses LEASE_SECONDS after
the last one, and ends after LONGEST_PRESS_SECONDS in any case. A heartbeat of an older press, or one that the network
delivered late, renews nothing. No clock of its own and no thread: the moments are handed in.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from scope.errors import NotAllowed
from scope.orders import Direction

LEASE_SECONDS = 0.4
"""The stop must be on the wire within 0.5 s of the last heartbeat; a browser sends one every 0.15 s."""
LONGEST_PRESS_SECONDS = 10.0
REMEMBERED_PRESSES = 64


@dataclass(slots=True)
class Press:
    name: str
    holder: str
    direction: Direction
    begun: float
    beat: int
    until: float


class Lease:
    """At most one press holds the telescope; the caller locks."""

    def __init__(self) -> None:
        self.press: Press | None = None
        self._over: deque[str] = deque(maxlen=REMEMBERED_PRESSES)

    def renew(self, name: str, holder: str, beat: int, now: float) -> bool:
        """Whether this is the press that holds; NotAllowed when it is already over."""
        self.refuse_over(name)
        press = self.press
        if press is None or press.name != name or press.holder != holder:
            return False
        if beat > press.beat:
            press.beat = beat
            press.until = min(now + LEASE_SECONDS, press.begun + LONGEST_PRESS_SECONDS)
        return True

    def refuse_over(self, name: str) -> None:
        if name in self._over:
            raise NotAllowed("this press is over; press again", code="press_over")

    def begin(self, name: str, holder: str, direction: Direction, beat: int, now: float) -> Press | None:
        """The press that it takes over from; NotAllowed when the press was let go before it could begin.

        Only a first heartbeat begins one: a later one is of a press that a restarted service knows nothing of.
        """
        self.refuse_over(name)
        if beat > 0:
            raise NotAllowed("this press began before we knew of it; press again", code="press_over")
        before = self.end()
        self.press = Press(name, holder, direction, now, beat, now + LEASE_SECONDS)
        return before

    def end(self, name: str | None = None) -> Press | None:
        """Let go of the press (of that name), for good: no later heartbeat revives it."""
        if name is not None:
            self._over.append(name)
        press = self.press
        if press is None or name not in (None, press.name):
            return None
        self._over.append(press.name)
        self.press = None
        return press

    def lapsed(self, now: float) -> bool:
        return self.press is not None and now >= self.press.until
