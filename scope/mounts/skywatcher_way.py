"""A goto under way, leg by leg: where its end is, whether it is reached, and the next leg towards it.

The first leg goes to where the target will be when the motors get there, the next for what is left then. How long a
motor takes is only guessed, and what is left in the end is caught up in following: a wrong guess costs a leg, no more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scope.mounts.skywatcher_gearing import goto_seconds
from scope.mounts.skywatcher_geometry import Stand, Turns
from scope.mounts.skywatcher_pair import Pair
from scope.mounts.skywatcher_tracking import Following, Seen
from scope.orders import TrackingRate
from scope.position import Equatorial

NEXT_LEG_SECONDS = 0.4
"""From the end of a leg until the next begins: half a look, and the words."""
FOLLOWS_WITHIN_DEGREES = 15.0 / 3600.0
"""What is left of a goto then is caught up in following."""
SAME_COUNT = 0.75
MOST_LEGS = 6


@dataclass(frozen=True, slots=True)
class Way:
    """To a place of date as it was at the monotonic `since`, or home without one; `end` is where its last leg leads.

    With `rate` OFF it ends where the place was when the leg began.
    """

    place: Equatorial | None
    since: float = 0.0
    rate: TrackingRate = TrackingRate.OFF
    parks: bool = False
    end: Turns | None = None
    legs: int = 0

    @property
    def is_over(self) -> bool:
        """It has come as near as it will."""
        return self.legs >= MOST_LEGS


def is_there(way: Way, pair: Pair, seen: Seen) -> bool:
    """So near that following does the rest; an axis that follows nothing has to be there to the count."""
    off = _target(way, pair, seen, 0.0, seen.turns).minus(seen.turns)
    first, second = (SAME_COUNT * motor.gearing.degrees_per_count for motor in pair.motors)
    if way.rate is not TrackingRate.OFF:
        first = FOLLOWS_WITHIN_DEGREES
        second = FOLLOWS_WITHIN_DEGREES if pair.geometry.stand is Stand.ALTAZ else second
    return abs(off.first_degrees) <= first and abs(off.second_degrees) <= second


def next_leg(way: Way, pair: Pair, seen: Seen) -> Way:
    """Begun by motors that rest; the side of the pier is that of the first leg."""
    now = pair.look_surely()
    end = _target(way, pair, seen, 0.0, now)
    if way.rate is not TrackingRate.OFF:
        seconds = NEXT_LEG_SECONDS + max(map(goto_seconds, end.minus(now).both))
        end = _target(replace(way, end=end), pair, seen, seconds, now)
    pair.set_out(end)
    return replace(way, end=end, legs=way.legs + 1)


def _target(way: Way, pair: Pair, seen: Seen, later_seconds: float, now: Turns) -> Turns:
    """How the motors stand at the end of the way, so long after a look."""
    if way.place is None:
        return pair.geometry.home
    rate = TrackingRate.SIDEREAL if way.rate is TrackingRate.OFF else way.rate
    where = Following(rate, way.place, way.since).where(seen, later_seconds)
    return pair.geometry.goal(where, now) if way.end is None else pair.geometry.near(where, way.end)
