"""Apparent sidereal time from UTC: the astronomy that every mount has to do.

Earth rotation angle and the precession polynomial of IAU 2006 (Capitaine et al. 2003, A&A 412, 567), with the
nutation of nutation.py. Good to 0.1″ in 1980–2060 for a given UT1. UT1 is taken to be UTC, as the hand controls do: up
to 0.9 s, or 13″, when the Earth is that far off.
"""

from functools import lru_cache
from math import cos, fmod, radians, sin

from hardware_sim.nutation import (
    ARCSECONDS_PER_DEGREE,
    mean_obliquity_degrees,
    moon_node_degrees,
    nutation_arcseconds,
)

J2000_UNIX_SECONDS = 946728000.0  # 2000-01-01 12:00 UTC
SECONDS_PER_DAY = 86400.0
TT_MINUS_UTC_SECONDS = 69.184  # since 2017; a second more or less moves the polynomial by 2 microarcseconds
SIDEREAL_DEGREES_PER_SECOND = 360.98564736629 / SECONDS_PER_DAY


@lru_cache(maxsize=64)
def _equation_of_equinoxes_degrees(hundredth_of_day: int) -> float:
    """Kept for a hundredth of a day at a time, in which it moves by less than a milliarcsecond."""
    centuries = hundredth_of_day / 100.0 / 36525.0
    longitude, _ = nutation_arcseconds(centuries)
    node = radians(moon_node_degrees(centuries))
    complementary = 0.00264 * sin(node) + 0.00006 * sin(2 * node)
    return (longitude * cos(radians(mean_obliquity_degrees(centuries))) + complementary) / ARCSECONDS_PER_DEGREE


def greenwich_apparent_degrees(unix_seconds: float) -> float:
    """Greenwich apparent sidereal time in degrees, 0 <= value < 360, for UTC as seconds since 1970."""
    days = (unix_seconds - J2000_UNIX_SECONDS) / SECONDS_PER_DAY
    t = (days + TT_MINUS_UTC_SECONDS / SECONDS_PER_DAY) / 36525.0
    rotation = 360.0 * (fmod(days, 1.0) + 0.7790572732640 + 0.00273781191135448 * days)
    precession = 0.014506 + t * (4612.156534 + t * (1.3915817 + t * (-0.00000044 - t * 0.000029956)))
    return (rotation + precession / ARCSECONDS_PER_DEGREE + _equation_of_equinoxes_degrees(round(days * 100))) % 360.0


def local_apparent_degrees(unix_seconds: float, longitude_degrees: float) -> float:
    """Local apparent sidereal time in degrees, 0 <= value < 360; the longitude counts positive to the east."""
    return (greenwich_apparent_degrees(unix_seconds) + longitude_degrees) % 360.0
