"""Where a telescope points and where it stands: frozen values in plain floats, unit and epoch in the name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import atan2, cos, degrees, hypot, radians, sin

SIDEREAL_DEGREES_PER_SECOND = 360.0 / 86164.0905
"""The sky's turn, by the mean sidereal day."""


class Epoch(Enum):
    """The frame of a right ascension and declination.

    J2000 stands for ICRS (they differ by 0.02″). OF_DATE is the apparent place: true equator and equinox of date,
    with aberration and light deflection, topocentric for bodies of the solar system, without refraction.
    """

    J2000 = "J2000"
    OF_DATE = "of-date"


class PierSide(Enum):
    """On which side of its pier a German mount has its tube: east of it to look west of the meridian, as a rule."""

    EAST = "east"
    WEST = "west"


@dataclass(frozen=True, slots=True)
class Equatorial:
    """`ra_hours` in [0, 24), `dec_degrees` in [−90, 90]; never without its epoch."""

    ra_hours: float
    dec_degrees: float
    epoch: Epoch


@dataclass(frozen=True, slots=True)
class Horizontal:
    """`azimuth_degrees` in [0, 360) from north through east; altitude as seen, with refraction, unless it says else."""

    altitude_degrees: float
    azimuth_degrees: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A direction that stands still over the ground: hour angle in [−180, 180) positive to the west, and declination.

    Of date and geometric, so it holds for one latitude; where the sky carries a star, its hour angle grows.
    """

    hour_angle_degrees: float
    dec_degrees: float


@dataclass(frozen=True, slots=True)
class Site:
    """A place on WGS84; longitude is positive to the east, `timezone` an IANA name."""

    name: str
    latitude_degrees: float
    longitude_degrees: float
    elevation_metres: float
    timezone: str


def separation_degrees(a: Equatorial, b: Equatorial) -> float:
    """Great-circle distance by Vincenty's formula, exact at 0° and 180° too; both must be of one epoch."""
    if a.epoch is not b.epoch:
        raise ValueError(f"cannot compare {a.epoch.value} with {b.epoch.value}")
    return arc_degrees(a.ra_hours * 15.0, a.dec_degrees, b.ra_hours * 15.0, b.dec_degrees)


def arc_degrees(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Angle between two directions on any sphere, all in degrees."""
    step, one, two = radians(lon_b - lon_a), radians(lat_a), radians(lat_b)
    east = cos(two) * sin(step)
    north = cos(one) * sin(two) - sin(one) * cos(two) * cos(step)
    along = sin(one) * sin(two) + cos(one) * cos(two) * cos(step)
    return degrees(atan2(hypot(east, north), along))


def wrapped(degrees: float) -> float:
    """The same angle in −180 <= value < 180."""
    return (degrees + 180.0) % 360.0 - 180.0
