"""Which readings of a position are believed: those that motion explains, and others only when enough of them agree.

A byte that the line damaged often leaves an answer that reads well. So a reading counts at once only if it lies close
to the last believed one, or close to where the tube was going; one that the fastest motion would explain needs two
more that agree, one that nothing explains four. Damage below half a degree cannot be told from truth. Pure: no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import atan2, cos, degrees, hypot, pi, radians, sin

from scope.position import Equatorial, separation_degrees

CLOSE_DEGREES = 0.5
AGREE_DEGREES = 0.05
"""Two readings of one place differ by roundings: 15″ of right ascension, 90″ in low precision."""
MOTION_READINGS, BLIND_READINGS, JUMP_READINGS = 3, 4, 5
"""At 5 % damaged bytes two wrong readings agree now and then, three hardly, four never in 2.5 million polls."""
SUSPECT_READINGS = 2
AGREE_SECONDS = 0.3
"""Two readings farther apart agree only if they show one place, as fast motion would explain too much.

On a slow line, where a reading takes longer than that itself, it is twice as long as one takes.
"""
JUMP_CLEAR_DEGREES = 5.0
"""So much farther than motion explains a reading must lie to accuse the mount: the last believed may be off itself."""
LONGEST_COURSE_SECONDS = 2.0
"""Beyond this the last motion says nothing about the next, and motion would explain nearly anything."""


class Verdict(Enum):
    """JUMPED is believed, too: the mount is where no motion can have brought it, so it has lost what it knew."""

    BELIEVED = "believed"
    DOUBTED = "doubted"
    JUMPED = "jumped"


@dataclass(frozen=True, slots=True)
class Reading:
    """A place of date, when it was read (monotonic), and how long that took: its two halves are of two moments."""

    at: float
    place: Equatorial
    took_seconds: float = 0.0


class Sieve:
    """`fastest_degrees_per_second` of the tube on the sky: √2 times the fastest axis. One thread."""

    def __init__(self, fastest_degrees_per_second: float) -> None:
        self._fastest = fastest_degrees_per_second
        self._before: Reading | None = None
        self._last: Reading | None = None
        self._doubted: list[Reading] = []
        self.jump_degrees: float | None = None

    def forget(self) -> None:
        """What follows is a new beginning: after a sync, an unpark, a new clock, a lost line."""
        self._before = self._last = self.jump_degrees = None
        self._doubted = []

    @property
    def suspect(self) -> Equatorial | None:
        """Where the mount may be instead, by readings that agree and are not believed yet: a guard minds both."""
        return self._doubted[-1].place if len(self._doubted) >= SUSPECT_READINGS else None

    def sift(self, reading: Reading) -> Verdict:
        """Whether to believe this one; if DOUBTED, read again at once. `jump_degrees` tells how far it JUMPED."""
        if self._last is not None and self._close(self._last, reading):
            return self._believe(reading)
        if not (self._doubted and self._agree(self._doubted[-1], reading)):
            self._doubted = []
        self._doubted.append(reading)
        beyond = self._beyond_motion_degrees()
        if len(self._doubted) < self._needed(beyond):
            return Verdict.DOUBTED
        far = separation_degrees(self._last.place, reading.place) if self._last else None
        self._believe(reading)
        if beyond <= JUMP_CLEAR_DEGREES:
            return Verdict.BELIEVED
        self.jump_degrees = far
        return Verdict.JUMPED

    def _believe(self, reading: Reading) -> Verdict:
        self._before, self._last, self._doubted, self.jump_degrees = self._last, reading, [], None
        return Verdict.BELIEVED

    def _close(self, last: Reading, reading: Reading) -> bool:
        if separation_degrees(last.place, reading.place) <= CLOSE_DEGREES:
            return True
        course = self._course(last, reading.at)
        return course is not None and separation_degrees(course, reading.place) <= CLOSE_DEGREES

    def _course(self, last: Reading, at: float) -> Equatorial | None:
        """Where the tube is at `at` if it went on as it was seen to go; None if it was not seen to go anywhere."""
        before = self._before
        if before is None or not 0 < last.at - before.at <= LONGEST_COURSE_SECONDS:
            return None
        if at - last.at > LONGEST_COURSE_SECONDS or separation_degrees(before.place, last.place) <= CLOSE_DEGREES:
            return None
        return _onward(before.place, last.place, (at - last.at) / (last.at - before.at))

    def _agree(self, one: Reading, two: Reading) -> bool:
        seconds = two.at - one.at
        together = seconds <= max(AGREE_SECONDS, 2.0 * two.took_seconds)
        moved = self._fastest * (seconds + one.took_seconds) if together else 0.0
        return separation_degrees(one.place, two.place) <= AGREE_DEGREES + moved

    def _needed(self, beyond_degrees: float) -> int:
        if self._last is None:
            return BLIND_READINGS
        if beyond_degrees > 0.0:
            return JUMP_READINGS
        blind = self._doubted[0].at - self._last.at > LONGEST_COURSE_SECONDS
        return BLIND_READINGS if blind else MOTION_READINGS

    def _beyond_motion_degrees(self) -> float:
        """How much farther than motion explains the first of the doubted lies; 0 without a last believed."""
        last, first = self._last, self._doubted[0]
        if last is None:
            return 0.0
        return separation_degrees(last.place, first.place) - CLOSE_DEGREES - self._fastest * (first.at - last.at)


Vector = tuple[float, float, float]


def _onward(start: Equatorial, end: Equatorial, times: float) -> Equatorial:
    """Beyond `end` by `times` the way from `start`; along the chord, which serves for a few degrees."""
    (a, b, c), (d, e, f) = _vector(start), _vector(end)
    x, y, z = d + (d - a) * times, e + (e - b) * times, f + (f - c) * times
    hours = atan2(y, x) % (2 * pi) * 12 / pi
    return Equatorial(hours, degrees(atan2(z, hypot(x, y))), end.epoch)


def _vector(place: Equatorial) -> Vector:
    ra, dec = radians(place.ra_hours * 15.0), radians(place.dec_degrees)
    return cos(dec) * cos(ra), cos(dec) * sin(ra), sin(dec)
