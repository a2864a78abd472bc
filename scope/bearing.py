"""What consecutive looks at the mount amount to: where it points, and whether it is at rest.

A mount's own word for "not slewing" is not enough: some say it at once after accepting a goto, some say "slewing" long
after. Rest is two looks, some time apart, that agree.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from scope.position import Equatorial, separation_degrees
from scope.snapshot import Pointing

REST_DEGREES = 20 / 3600
"""Two roundings of an LX200's right ascension, 15″ each, may add to this."""
REST_DEGREES_PER_SECOND = 45 / 3600
"""Three times sidereal: a tube without tracking drifts by one, a guide rate adds one."""
LOOKS_APART_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Look:
    """One reading: `at` monotonic, `place` of date; `pointing` None while the sky is not computed yet."""

    at: float
    utc: datetime
    place: Equatorial
    slewing: bool | None
    pointing: Pointing | None = None
    sun_degrees: float | None = None


class Bearing:
    """The last looks, newest last."""

    def __init__(self) -> None:
        self._looks: deque[Look] = deque(maxlen=8)

    def add(self, look: Look) -> None:
        self._looks.append(look)

    def forget(self) -> None:
        self._looks.clear()

    @property
    def last(self) -> Look | None:
        return self._looks[-1] if self._looks else None

    @property
    def before(self) -> Look | None:
        return self._looks[-2] if len(self._looks) > 1 else None

    def at_rest(self, since: float = float("-inf")) -> bool:
        """Whether two looks, both after `since`, show the axes at rest."""
        last = self.last
        if last is None or last.slewing:
            return False
        earlier = [look for look in self._looks if since < look.at <= last.at - LOOKS_APART_SECONDS]
        return bool(earlier) and not earlier[-1].slewing and self._agree(earlier[-1], last)

    @staticmethod
    def _agree(a: Look, b: Look) -> bool:
        allowed = REST_DEGREES + REST_DEGREES_PER_SECOND * (b.at - a.at)
        return separation_degrees(a.place, b.place) <= allowed
