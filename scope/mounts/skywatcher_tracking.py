"""What is followed and how: a place that moves as stars, Moon or Sun do, and the speeds that keep the tube on it.

A timer's period is a whole number of ticks, so that no period is the right one: with an EQ6 the nearest to sidereal,
620 ticks for 620.02, gains 2″ an hour, and the worst that rounding can do is 44″. So the tube is kept by account: what
it has been told to do is compared with what it should do, and the period is one tick shorter or longer for a while. An
account, and no look at the counter: a guider at the mount's own socket turns the motor too, and must not be undone.
Only until the place is reached once, and with upright axes always, the counter counts. Pure: moments are handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scope.mounts.skywatcher_geometry import Geometry, Stand, Turns
from scope.mounts.skywatcher_motor import Motor
from scope.orders import TrackingRate
from scope.position import SIDEREAL_DEGREES_PER_SECOND, Epoch, Equatorial, Standing, wrapped

SIDEREAL_HOURS_PER_SECOND = SIDEREAL_DEGREES_PER_SECOND / 15.0
EASTWARD_HOURS_PER_SECOND: Mapping[TrackingRate, float] = {
    TrackingRate.SIDEREAL: 0.0,
    TrackingRate.LUNAR: 24.0 / (27.321661 * 86400.0),
    TrackingRate.SOLAR: 24.0 / (365.24219 * 86400.0),
}
"""How fast right ascension grows, in the mean of a month and of a year; the real Moon's differs by a seventh of it."""
CATCH_UP_DEGREES_PER_SECOND = SIDEREAL_DEGREES_PER_SECOND
"""No faster than this, so that the polar axis never has to turn back."""
SHORTEST_CATCH_UP_SECONDS = 1.2
LONGEST_LOOK_SECONDS = 4.0
CLOSE_COUNTS = 1.0
LOST_DEGREES, LOST_LOOKS = 0.5, 2
"""So far off, and not in one answer only that the line may have damaged, it is not behind: the clock was set, or the
motor was turned by something else."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One look: monotonic, local sidereal time, and how the motors stood."""

    at: float
    sidereal_hours: float
    turns: Turns


@dataclass(frozen=True, slots=True)
class Course:
    """How the motors have to stand at a look, and how fast they have to turn, in degrees a second."""

    turns: Turns
    rates: tuple[float, float]


@dataclass(slots=True)
class Following:
    """`place` (of date) at the monotonic moment `since`; None: wherever the next look finds the tube.

    `reached` once the tube has been on it; `owed_degrees` is the account of the first axis from then on.
    """

    rate: TrackingRate
    place: Equatorial | None = None
    since: float = 0.0
    reached: bool = False
    owed_degrees: float = 0.0
    steered_at: float = float("-inf")
    misses: int = 0

    def where(self, seen: Seen, later_seconds: float = 0.0) -> Standing:
        """Over the ground, so long after a look."""
        assert self.place is not None
        sidereal = seen.sidereal_hours + later_seconds * SIDEREAL_HOURS_PER_SECOND
        moved = (seen.at + later_seconds - self.since) * EASTWARD_HOURS_PER_SECOND[self.rate]
        return Standing(wrapped((sidereal - self.place.ra_hours - moved) * 15.0), self.place.dec_degrees)

    def miss(self) -> None:
        """It is not where it should be: what it points at is what is followed, if it is so again."""
        self.misses += 1
        if self.misses >= LOST_LOOKS:
            self.place, self.reached, self.misses = None, False, 0

    def course(self, geometry: Geometry, seen: Seen) -> Course:
        if self.place is None:
            self.place, self.since = place_of(geometry.standing(seen.turns), seen.sidereal_hours), seen.at
        now = geometry.near(self.where(seen), seen.turns)
        soon = geometry.near(self.where(seen, 1.0), now)
        rates = soon.minus(now)
        if geometry.stand is Stand.ALTAZ:
            return Course(now, rates.both)
        return Course(now, (rates.first_degrees, 0.0))


def place_of(standing: Standing, sidereal_hours: float) -> Equatorial:
    """The place of date that stands there then."""
    hours = sidereal_hours - standing.hour_angle_degrees / 15.0
    return Equatorial(hours % 24.0 % 24.0, standing.dec_degrees, Epoch.OF_DATE)


def steer(following: Following, geometry: Geometry, motors: tuple[Motor, Motor], seen: Seen, at: float) -> None:
    """The next step towards following, and on: each motor's speed from the rate it should have, and what it lacks."""
    course = following.course(geometry, seen)
    off = course.turns.minus(seen.turns).both
    lacks = tuple(_lack(*each, at - seen.at) for each in zip(motors, off, course.rates, strict=True))
    if max(map(abs, off)) > LOST_DEGREES:
        following.miss()
        return
    following.misses = 0
    if geometry.stand is not Stand.ALTAZ:
        lacks = _account(following, motors[0], course.rates[0], lacks[0], at), 0.0
    elif all(map(_is_close, motors, lacks)):
        following.reached = True
    patience = max(SHORTEST_CATCH_UP_SECONDS, 1.5 * min(at - following.steered_at, LONGEST_LOOK_SECONDS))
    following.steered_at = at
    for motor, rate, lack in zip(motors, course.rates, lacks, strict=True):
        motor.run(rate + _catch_up(motor, lack, patience))


def _lack(motor: Motor, off_degrees: float, rate: float, since_seconds: float) -> float:
    """How far behind a motor is now, from how far it was when it was looked at."""
    return off_degrees + (rate - motor.speed_told) * since_seconds


def _account(following: Following, motor: Motor, rate: float, lack: float, at: float) -> float:
    """What the polar axis lacks: by the counter until the place is reached, by what it was told from then on."""
    if following.reached:
        following.owed_degrees += (rate - motor.speed_told) * (at - following.steered_at)
        return following.owed_degrees
    if _is_close(motor, lack) and motor.speed_told:
        following.reached, following.owed_degrees = True, lack
    return lack


def _is_close(motor: Motor, lack: float) -> bool:
    return abs(lack) <= CLOSE_COUNTS * motor.gearing.degrees_per_count


def _catch_up(motor: Motor, lack: float, patience_seconds: float) -> float:
    if _is_close(motor, lack):
        return 0.0
    return max(-CATCH_UP_DEGREES_PER_SECOND, min(CATCH_UP_DEGREES_PER_SECOND, lack / patience_seconds))
