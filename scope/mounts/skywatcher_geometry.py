"""From the turns of two motors to where the tube points, and back: German, wedge, upright. Pure; no time, no counts.

A turn is what a counter shows beyond its middle, in degrees. A pose is what scope/limits/axes.py reckons with: azimuth
or hour angle, then altitude or declination, which goes on beyond 90° where the tube is tipped over the pole.

Home. German: weights down, tube at the pole, as EQMOD and INDI's driver have it, so that what another program has set
is understood: turns 0° and 90°. On a wedge: astride the meridian, tube at the pole, turns 0° and 90°. Upright: north
and level, turns 0° and 0°. Not confirmed on hardware.

The way. A counter knows whole turns, and a goto goes straight from one number to the other. A German mount's polar axis
ends between 0° and 180°, where its weights hang below the pier, so that every way between two such places goes by the
home and none over the top. It takes the side on which the tube is above the pier: to look east of the meridian it
stands west of it. A fork on a wedge goes through the meridian; an upright one takes the short way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import atan2, cos, degrees, hypot, radians, sin

from scope.orders import Direction
from scope.position import PierSide, Standing, wrapped

KEYS = {
    Direction.NORTH: (0.0, 1.0),
    Direction.SOUTH: (0.0, -1.0),
    Direction.EAST: (-1.0, 0.0),
    Direction.WEST: (1.0, 0.0),
}


class Stand(Enum):
    """The kinds of `axes` in clubscope.toml."""

    ALTAZ = "altaz"
    FORK = "fork"
    GERMAN = "german"


@dataclass(frozen=True, slots=True)
class Turns:
    """Of the two motors, in degrees from the middles of their counters."""

    first_degrees: float
    second_degrees: float

    @property
    def both(self) -> tuple[float, float]:
        return self.first_degrees, self.second_degrees

    def minus(self, other: Turns) -> Turns:
        return Turns(self.first_degrees - other.first_degrees, self.second_degrees - other.second_degrees)


@dataclass(frozen=True, slots=True)
class Geometry:
    """How the axes stand, and on which latitude: south of the equator the polar axis turns the other way round."""

    stand: Stand
    latitude_degrees: float

    @property
    def home(self) -> Turns:
        return Turns(0.0, 0.0 if self.stand is Stand.ALTAZ else 90.0)

    @property
    def _south(self) -> bool:
        return self.latitude_degrees < 0.0

    def standing(self, turns: Turns) -> Standing:
        """Where the tube points; at the pole of a polar mount the hour angle is what the axis shows."""
        first, second = self._pose(turns)
        second = wrapped(second)
        if abs(second) > 90.0:
            first, second = first + 180.0, (180.0 if second > 0.0 else -180.0) - second
        if self.stand is Stand.ALTAZ:
            first, second = swung(first, second, self.latitude_degrees)
        return Standing(wrapped(first), second)

    def side(self, turns: Turns) -> PierSide | None:
        """On which side of the pier a German mount's tube is: west when its declination axis is beyond the pole."""
        if self.stand is not Stand.GERMAN:
            return None
        return PierSide.WEST if abs(self._pose(turns)[1]) > 90.0 else PierSide.EAST

    def goal(self, where: Standing, now: Turns) -> Turns:
        """Where a goto brings the motors, by the way that the head of this file tells."""
        if self.stand is Stand.ALTAZ:
            return self.near(where, now)
        first, second = wrapped(where.hour_angle_degrees), where.dec_degrees
        if self.stand is Stand.GERMAN and first < 0.0:
            first, second = first + 180.0, self._over_pole - second
        return self._turned(first, second)

    def near(self, where: Standing, now: Turns) -> Turns:
        """The same, without changing sides or going round: for what is followed, and for what is looked at already."""
        if self.stand is Stand.ALTAZ:
            first, second = swung(where.hour_angle_degrees, where.dec_degrees, self.latitude_degrees)
        elif self.side(now) is PierSide.WEST:
            first, second = where.hour_angle_degrees + 180.0, self._over_pole - where.dec_degrees
        else:
            first, second = where.hour_angle_degrees, where.dec_degrees
        turned = self._turned(first, second)
        return Turns(now.first_degrees + wrapped(turned.first_degrees - now.first_degrees), turned.second_degrees)

    def pushed(self, direction: Direction, now: Turns) -> Turns:
        """Which way a key turns which motor, ±1 and 0: north raises the declination on either side of the pier.

        Upright: north is up and east to the left, as the limits take it (not confirmed on hardware).
        """
        first, second = KEYS[direction]
        if self.side(now) is PierSide.WEST:
            second = -second
        return self._turned(first, second).minus(self._turned(0.0, 0.0))

    @property
    def _over_pole(self) -> float:
        """Twice the declination of the pole that the tube of a German mount tips over."""
        return -180.0 if self._south else 180.0

    def _pose(self, turns: Turns) -> tuple[float, float]:
        first, second = turns.first_degrees, turns.second_degrees
        if self.stand is Stand.GERMAN:
            return (90.0 - first, -second) if self._south else (90.0 + first, 180.0 - second)
        if self.stand is Stand.FORK and self._south:
            return -first, -second
        return first, second

    def _turned(self, first: float, second: float) -> Turns:
        """The other way round from `_pose`."""
        if self.stand is Stand.GERMAN:
            return Turns(90.0 - first, -second) if self._south else Turns(first - 90.0, 180.0 - second)
        if self.stand is Stand.FORK and self._south:
            return Turns(-first, -second)
        return Turns(first, second)


def swung(longitude: float, height: float, latitude: float) -> tuple[float, float]:
    """Hour angle and declination → azimuth and altitude, or back: half a turn about the same axis does both."""
    turn, rise, tilt = radians(longitude), radians(height), radians(latitude)
    north = sin(rise) * cos(tilt) - cos(rise) * cos(turn) * sin(tilt)
    east = -cos(rise) * sin(turn)
    up = sin(rise) * sin(tilt) + cos(rise) * cos(turn) * cos(tilt)
    return degrees(atan2(east, north)), degrees(atan2(up, hypot(north, east)))
