"""Places of J2000, as a star catalogue has them, to places of date and back, for hand controls that speak J2000.

Precession of IAU 2006 (Capitaine et al. 2003, A&A 412, 567), the nutation of nutation.py, and annual aberration from
the Sun's mean orbit (Meeus, Astronomical Algorithms, chapters 23 and 25). Good to 0.1″ in 1980–2060, away from the
Sun's own limb. It must never read a clock: UTC is handed in. Whether a real hand control takes aberration into account,
too (20″ at most), is not confirmed on hardware.
"""

from collections.abc import Sequence
from math import atan2, cos, degrees, hypot, radians, sin, sqrt

from hardware_sim.nutation import ARCSECONDS_PER_DEGREE, mean_obliquity_degrees, nutation_arcseconds
from hardware_sim.sidereal import J2000_UNIX_SECONDS, SECONDS_PER_DAY, TT_MINUS_UTC_SECONDS

Vector = tuple[float, float, float]
ABERRATION_ARCSECONDS = 20.49552
DAYS_PER_CENTURY = 36525.0
_ZETA = (2.650545, 2306.083227, 0.2988499, 0.01801828, -0.000005971)  # arcseconds by powers of a century
_Z = (-2.650545, 2306.077181, 1.0927348, 0.01826837, -0.000028596)
_THETA = (0.0, 2004.191903, -0.4294934, -0.04182264, -0.000007089)


def from_j2000(ra_degrees: float, dec_degrees: float, unix_seconds: float) -> tuple[float, float]:
    """Right ascension (0 <= value < 360) and declination of date, true equator and equinox, as they appear."""
    t = _centuries(unix_seconds)
    mean = _precessed(_vector(ra_degrees, dec_degrees), t)
    return _angles(_nutated(_plus(mean, _earth_velocity(t), 1.0), t))


def to_j2000(ra_degrees: float, dec_degrees: float, unix_seconds: float) -> tuple[float, float]:
    """The other way round."""
    t = _centuries(unix_seconds)
    mean = _plus(_not_nutated(_vector(ra_degrees, dec_degrees), t), _earth_velocity(t), -1.0)
    return _angles(_not_precessed(mean, t))


def _centuries(unix_seconds: float) -> float:
    return (unix_seconds - J2000_UNIX_SECONDS + TT_MINUS_UTC_SECONDS) / SECONDS_PER_DAY / DAYS_PER_CENTURY


def _power_series(coefficients: Sequence[float], t: float) -> float:
    return sum(coefficient * t**power for power, coefficient in enumerate(coefficients))


def _radians(coefficients: Sequence[float], t: float) -> float:
    return radians(_power_series(coefficients, t) / ARCSECONDS_PER_DEGREE)


def _precessed(vector: Vector, t: float) -> Vector:
    turned = _about_z(vector, -_radians(_ZETA, t))
    return _about_z(_about_y(turned, _radians(_THETA, t)), -_radians(_Z, t))


def _not_precessed(vector: Vector, t: float) -> Vector:
    turned = _about_z(vector, _radians(_Z, t))
    return _about_z(_about_y(turned, -_radians(_THETA, t)), _radians(_ZETA, t))


def _nutated(vector: Vector, t: float) -> Vector:
    obliquity, (longitude, nod) = radians(mean_obliquity_degrees(t)), _nutation_radians(t)
    return _about_x(_about_z(_about_x(vector, obliquity), -longitude), -obliquity - nod)


def _not_nutated(vector: Vector, t: float) -> Vector:
    obliquity, (longitude, nod) = radians(mean_obliquity_degrees(t)), _nutation_radians(t)
    return _about_x(_about_z(_about_x(vector, obliquity + nod), longitude), -obliquity)


def _nutation_radians(t: float) -> tuple[float, float]:
    longitude, nod = nutation_arcseconds(t)
    return radians(longitude / ARCSECONDS_PER_DEGREE), radians(nod / ARCSECONDS_PER_DEGREE)


def _earth_velocity(t: float) -> Vector:
    """In parts of the speed of light, mean equator of date."""
    anomaly = radians(_power_series((357.52911, 35999.05029), t))
    centre = 1.914602 * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    sun = radians(_power_series((280.46646, 36000.76983, 0.0003032), t) + centre)
    perihelion = radians(_power_series((102.93735, 1.71946), t))
    eccentricity = _power_series((0.016708634, -0.000042037), t)
    speed = radians(ABERRATION_ARCSECONDS / ARCSECONDS_PER_DEGREE)
    ahead = speed * (sin(sun) - eccentricity * sin(perihelion))
    aside = speed * (-cos(sun) + eccentricity * cos(perihelion))
    return _about_x((ahead, aside, 0.0), -radians(mean_obliquity_degrees(t)))


def _plus(vector: Vector, velocity: Vector, way: float) -> Vector:
    x, y, z = (along + way * speed for along, speed in zip(vector, velocity, strict=True))
    length = sqrt(x * x + y * y + z * z)
    return x / length, y / length, z / length


def _vector(ra_degrees: float, dec_degrees: float) -> Vector:
    ra, dec = radians(ra_degrees), radians(dec_degrees)
    return cos(dec) * cos(ra), cos(dec) * sin(ra), sin(dec)


def _angles(vector: Vector) -> tuple[float, float]:
    x, y, z = vector
    return degrees(atan2(y, x)) % 360.0, degrees(atan2(z, hypot(x, y)))


# The axes turn, the vector stands.


def _about_x(vector: Vector, angle: float) -> Vector:
    x, y, z = vector
    return x, y * cos(angle) + z * sin(angle), z * cos(angle) - y * sin(angle)


def _about_y(vector: Vector, angle: float) -> Vector:
    x, y, z = vector
    return x * cos(angle) - z * sin(angle), y, z * cos(angle) + x * sin(angle)


def _about_z(vector: Vector, angle: float) -> Vector:
    x, y, z = vector
    return x * cos(angle) + y * sin(angle), y * cos(angle) - x * sin(angle), z
