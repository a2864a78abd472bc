"""How two axes point at the sky: alt-azimuth, fork on a wedge, German equatorial.

Turns axis angles into hour angle and declination and back, for a latitude; all angles are degrees, hour angle counts
positive to the west, azimuth from north through east. Geometric directions: no refraction, no flexure, axes perfectly
aligned. It must never know about time, motors or bytes.

Every point of the sky is reached in two poses (a German mount has two sides of the pier, a fork can tip over a little
beyond zenith or pole); `poses` lists them, the one a mount prefers first.
"""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Protocol


@dataclass(frozen=True)
class AxisPair:
    """Angles of the first (azimuth or polar) and the second (altitude or declination) axis."""

    first: float
    second: float

    def plus(self, other: "AxisPair") -> "AxisPair":
        return AxisPair(self.first + other.first, self.second + other.second)

    def minus(self, other: "AxisPair") -> "AxisPair":
        return AxisPair(self.first - other.first, self.second - other.second)


@dataclass(frozen=True)
class Travel:
    """From where to where an axis turns before it meets its end stop."""

    lowest: float
    highest: float

    def holds(self, angle: float) -> bool:
        return self.lowest <= angle <= self.highest


@dataclass(frozen=True)
class HourAngleDec:
    """A direction that stands still over the ground."""

    hour_angle: float
    dec: float


class Geometry(Protocol):
    """What the mount needs to know of the way its axes are mounted."""

    @property
    def name(self) -> str: ...
    @property
    def travel(self) -> tuple[Travel, Travel]: ...
    @property
    def start(self) -> AxisPair: ...
    @property
    def home(self) -> AxisPair: ...
    @property
    def polar(self) -> bool: ...
    def sky(self, axes: AxisPair, latitude: float) -> HourAngleDec: ...
    def poses(self, sky: HourAngleDec, latitude: float) -> tuple[AxisPair, ...]: ...


def wrapped(angle: float) -> float:
    """The same angle in -180 <= value < 180."""
    return (angle + 180.0) % 360.0 - 180.0


def turned_near(angle: float, near: float) -> float:
    """The same direction, as many whole turns on as bring it nearest to `near`."""
    return near + wrapped(angle - near)


def _swing(longitude: float, height: float, latitude: float) -> tuple[float, float]:
    """Azimuth and altitude <-> hour angle and declination: the same rotation serves both ways."""
    a, h, p = radians(longitude), radians(height), radians(latitude)
    north = sin(h) * cos(p) - cos(h) * cos(a) * sin(p)
    sideways = -cos(h) * sin(a)
    up = sin(h) * sin(p) + cos(h) * cos(a) * cos(p)
    return degrees(atan2(sideways, north)), degrees(atan2(up, hypot(north, sideways)))


def horizontal(sky: HourAngleDec, latitude: float) -> tuple[float, float]:
    """Altitude and azimuth (0 <= azimuth < 360) of a direction."""
    azimuth, altitude = _swing(sky.hour_angle, sky.dec, latitude)
    return altitude, azimuth % 360.0


def from_horizontal(altitude: float, azimuth: float, latitude: float) -> HourAngleDec:
    """The direction that stands at this altitude and azimuth."""
    return HourAngleDec(*_swing(azimuth, altitude, latitude))


@dataclass(frozen=True)
class AltAz:
    """A fork standing upright: axes are azimuth and altitude.

    The cables let the azimuth turn by 630°, as the LX200GPS does between its hard stops; the altitude stops are where
    the tube meets the base. At start the mount stands as a club leaves it between two targets: aligned, tracking, to
    the south and half-way up. Home is level and north, where an Autostar believes to be at power-on.
    """

    name: str = "altaz"
    travel: tuple[Travel, Travel] = (Travel(-135.0, 495.0), Travel(-5.0, 92.0))
    start: AxisPair = AxisPair(180.0, 45.0)
    home: AxisPair = AxisPair(0.0, 0.0)
    polar: bool = False

    def sky(self, axes: AxisPair, latitude: float) -> HourAngleDec:
        return from_horizontal(axes.second, axes.first, latitude)

    def poses(self, sky: HourAngleDec, latitude: float) -> tuple[AxisPair, ...]:
        altitude, azimuth = horizontal(sky, latitude)
        return _both_ways(AxisPair(azimuth, altitude))


@dataclass(frozen=True)
class Fork:
    """A fork on a wedge: axes are hour angle and declination; the tube passes the pole but not the base."""

    name: str = "fork"
    travel: tuple[Travel, Travel] = (Travel(-200.0, 200.0), Travel(-95.0, 95.0))
    start: AxisPair = AxisPair(0.0, 0.0)
    home: AxisPair = AxisPair(0.0, 0.0)
    polar: bool = True

    def sky(self, axes: AxisPair, latitude: float) -> HourAngleDec:
        return _through_the_pole(axes)

    def poses(self, sky: HourAngleDec, latitude: float) -> tuple[AxisPair, ...]:
        return _both_ways(AxisPair(sky.hour_angle, sky.dec))


@dataclass(frozen=True)
class German:
    """A German equatorial: the counterweight is down while the polar axis stands between 0° and 180°.

    Declination axis up to 90°: tube east of the pier, looking west. Beyond 90°: tube west of the pier, looking east,
    with both axes half a turn on. It tracks up to 15° past the meridian before it meets the pier. Home is the pole.
    """

    name: str = "german"
    travel: tuple[Travel, Travel] = (Travel(-15.0, 195.0), Travel(-95.0, 275.0))
    start: AxisPair = AxisPair(0.0, 0.0)
    home: AxisPair = AxisPair(90.0, 90.0)
    polar: bool = True

    def sky(self, axes: AxisPair, latitude: float) -> HourAngleDec:
        return _through_the_pole(axes)

    def poses(self, sky: HourAngleDec, latitude: float) -> tuple[AxisPair, ...]:
        looking_west, looking_east = _both_ways(AxisPair(wrapped(sky.hour_angle), sky.dec))
        return (looking_west, looking_east) if looking_west.first >= 0.0 else (looking_east, looking_west)


def _both_ways(pose: AxisPair) -> tuple[AxisPair, AxisPair]:
    """The pose itself, and the one with the tube tipped over beyond zenith or pole."""
    return pose, AxisPair(pose.first + 180.0, 180.0 - pose.second)


def _through_the_pole(axes: AxisPair) -> HourAngleDec:
    """Polar axes to sky, also where the declination axis stands beyond a pole."""
    dec = wrapped(axes.second)
    if -90.0 <= dec <= 90.0:
        return HourAngleDec(wrapped(axes.first), dec)
    return HourAngleDec(wrapped(axes.first + 180.0), (180.0 - dec) if dec > 0 else (-180.0 - dec))


GEOMETRIES: dict[str, Geometry] = {"altaz": AltAz(), "fork": Fork(), "german": German()}
