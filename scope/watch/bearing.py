"""What consecutive looks at the mount amount to: where it points, whether it is at rest, whether it has arrived.

A mount's own word for "not slewing" is not enough: some say it at once after accepting a goto, some say "slewing" long
after. Rest is two looks, some time apart, that agree; arrival is rest at the goal. Only believed looks come here: see
scope/watch/sieve.py.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from math import cos, radians

from scope.orders import TrackingRate
from scope.position import SIDEREAL_DEGREES_PER_SECOND, Equatorial, PierSide, separation_degrees
from scope.snapshot import Pointing

REST_DEGREES = 20 / 3600
"""Two roundings of an LX200's right ascension, 15″ each, may add to this."""
REST_DEGREES_PER_SECOND = 45 / 3600
"""Three times sidereal: a tube without tracking drifts by one, a guide rate adds one."""
KEPT_LOOKS = 20
LOOKS_APART_SECONDS = 0.2
ARRIVED_DEGREES = 0.1
"""Well inside any eyepiece's field, well outside what rounding and flexure do to an aligned mount."""
NEARBY_DEGREES = 2.0
"""A mount that rests so near has pointed badly; one that rests farther off has not done what it accepted."""
PLAIN_DEGREES = 75 / 3600
"""So far the sky has to have turned before it counts: five roundings of an LX200."""
STILL_SECONDS = 5.0
"""A mount that stands still for so long has ended its slew, whatever it says."""


class Arrival(Enum):
    """MISSED: it came to rest beside the goal, and will not go on."""

    UNDER_WAY = "under-way"
    ARRIVED = "arrived"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Look:
    """One reading: `at` monotonic, `place` of date; `pointing` None while the sky is not computed yet.

    It dates from some moment of the `took_seconds` before `at`: a slow line tells late.
    """

    at: float
    utc: datetime
    place: Equatorial
    slewing: bool | None
    pointing: Pointing | None = None
    took_seconds: float = 0.0
    pier_side: PierSide | None = None


class Bearing:
    """The last looks, newest last."""

    def __init__(self) -> None:
        self._looks: deque[Look] = deque(maxlen=KEPT_LOOKS)
        self._still_since: float | None = None

    def add(self, look: Look) -> None:
        last = self.last
        if last is None or not self._agree(last, look):
            self._still_since = look.at
        self._looks.append(look)

    def forget(self) -> None:
        self._looks.clear()
        self._still_since = None

    def still_seconds(self, since: float = float("-inf")) -> float:
        """How long, since then, the position has not changed by more than rest allows, whatever the mount says."""
        last, still = self.last, self._still_since
        return 0.0 if last is None or still is None else max(0.0, last.at - max(still, since))

    def arrival(self, place: Equatorial, begun: float) -> Arrival:
        """What became of a goto to `place` (of date) that the mount accepted at `begun`.

        A mount that says "not slewing" at once has not arrived until it is there; one that still says "slewing" there
        has arrived once it stands still. At rest far from the goal it is for the watchdog to say.
        """
        last = self.last
        if last is None:
            return Arrival.UNDER_WAY
        off_degrees, still = separation_degrees(place, last.place), self.still_seconds(begun) >= STILL_SECONDS
        if off_degrees <= ARRIVED_DEGREES:
            return Arrival.ARRIVED if still or self.at_rest(begun) else Arrival.UNDER_WAY
        return Arrival.MISSED if still and off_degrees <= NEARBY_DEGREES else Arrival.UNDER_WAY

    @property
    def degrees_per_second(self) -> float | None:
        """How fast the last two looks show it to move; None for less than two."""
        last, before = self.last, self.before
        if last is None or before is None or last.at <= before.at:
            return None
        return separation_degrees(before.place, last.place) / (last.at - before.at)

    def seems_to_track(self, since: float) -> TrackingRate | None:
        """What a mount does, since that moment, that does not tell: the sky turns away from a tube that stands still.

        None when nobody could see that: too few looks at rest, or a pole so near that all stands still there.
        """
        last, first = self.last, self._first_still(since)
        if last is None or first is None or last.slewing:
            return None
        turned = SIDEREAL_DEGREES_PER_SECOND * (last.at - first.at) * cos(radians(last.place.dec_degrees))
        if turned < PLAIN_DEGREES:
            return None
        moved = separation_degrees(first.place, last.place)
        if moved < turned / 3:
            return TrackingRate.SIDEREAL
        return TrackingRate.OFF if abs(moved - turned) < turned / 3 else None

    def _first_still(self, since: float) -> Look | None:
        """The first of the kept looks after that moment since when nothing but the sky has moved."""
        still = self._still_since
        return None if still is None else next((look for look in self._looks if look.at >= max(still, since)), None)

    @property
    def moving(self) -> bool:
        """Whether the last two looks differ by more than rest allows."""
        last, before = self.last, self.before
        return last is not None and before is not None and not self._agree(before, last)

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
