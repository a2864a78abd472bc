"""Apparent sidereal time from UTC: the only astronomy of its own that a mount does.

Earth rotation angle and the precession polynomial of IAU 2006 (Capitaine et al. 2003, A&A 412, 567), with the ten
largest terms of nutation in longitude (IAU 2000B, McCarthy & Luzum 2003). Good to 0.1″ in 1980–2060 for a given UT1.
UT1 is taken to be UTC, as the hand controls do: up to 0.9 s, or 13″, when the Earth is that far off.
"""

from functools import lru_cache
from math import cos, fmod, radians, sin

J2000_UNIX_SECONDS = 946728000.0  # 2000-01-01 12:00 UTC
SECONDS_PER_DAY = 86400.0
TT_MINUS_UTC_SECONDS = 69.184  # since 2017; a second more or less moves the polynomial by 2 microarcseconds
ARCSECONDS_PER_DEGREE = 3600.0
SIDEREAL_DEGREES_PER_SECOND = 360.98564736629 / SECONDS_PER_DAY

# multiples of (l, l', F, D, Ω) and the amplitude in arcseconds
_NUTATION_IN_LONGITUDE = (
    ((0, 0, 0, 0, 1), -17.2064161),
    ((0, 0, 2, -2, 2), -1.3170906),
    ((0, 0, 2, 0, 2), -0.2276413),
    ((0, 0, 0, 0, 2), 0.2074554),
    ((0, 1, 0, 0, 0), 0.1475877),
    ((0, 1, 2, -2, 2), -0.0516821),
    ((1, 0, 0, 0, 0), 0.0711159),
    ((0, 0, 2, 0, 1), -0.0387298),
    ((1, 0, 2, 0, 2), -0.0301461),
    ((0, -1, 2, -2, 2), 0.0215829),
)


def _fundamental_arguments_degrees(centuries: float) -> tuple[float, float, float, float, float]:
    """Delaunay's l, l', F, D and Ω (linear terms of Simon et al. 1994)."""
    return (
        134.96340251 + 477198.86756050 * centuries,
        357.52910918 + 35999.05029114 * centuries,
        93.27209062 + 483202.01745772 * centuries,
        297.85019547 + 445267.11144694 * centuries,
        125.04455501 - 1934.13626197 * centuries,
    )


@lru_cache(maxsize=64)
def _equation_of_equinoxes_degrees(hundredth_of_day: int) -> float:
    """Kept for a hundredth of a day at a time, in which it moves by less than a milliarcsecond."""
    centuries = hundredth_of_day / 100.0 / 36525.0
    arguments = _fundamental_arguments_degrees(centuries)
    arcseconds = 0.0
    for multiples, amplitude in _NUTATION_IN_LONGITUDE:
        angle = sum(n * argument for n, argument in zip(multiples, arguments, strict=True))
        arcseconds += amplitude * sin(radians(angle))
    obliquity = radians(23.439279 - 0.0130102 * centuries)
    node = radians(arguments[4])
    complementary = 0.00264 * sin(node) + 0.00006 * sin(2 * node)
    return (arcseconds * cos(obliquity) + complementary) / ARCSECONDS_PER_DEGREE


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
