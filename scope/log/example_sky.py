"""Where things stood, to a few tenths of a degree: enough for the example sessions to tell no untruth, and no more.

Arithmetic of one screen, so that the log needs no astronomy package; nothing that moves a telescope may use it. Moon:
the Astronomical Almanac's low-precision series; planets: Standish's mean elements for 1800 to 2050.
"""

from __future__ import annotations

from datetime import UTC, datetime
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt, tan

from scope.position import Site
from scope.snapshot import Pointing

J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
OBLIQUITY = radians(23.43)
PRECESSION_DEGREES = 1.3970  # of longitude, in a century
Place = tuple[float, float]


def pointing(place_j2000: Place, site: Site, utc: datetime, parallax_degrees: float = 0.0) -> Pointing:
    """A telescope at rest on a J2000 right ascension (hours) and declination (degrees), with refraction."""
    ra, dec = _precessed(place_j2000, _centuries(utc))
    hour_angle = radians((_sidereal_hours(site, utc) - ra) * 15)
    south = cos(hour_angle) * sin(lat := radians(site.latitude_degrees)) - tan(radians(dec)) * cos(lat)
    true = degrees(asin(sin(lat) * sin(radians(dec)) + cos(lat) * cos(radians(dec)) * cos(hour_angle)))
    true -= parallax_degrees * cos(radians(true))
    azimuth = (degrees(atan2(sin(hour_angle), south)) + 180) % 360
    return Pointing(place_j2000[0] % 24, place_j2000[1], true + _refraction_degrees(true), azimuth)


def sun(utc: datetime) -> Place:
    """The Sun's J2000 place; also minus the Earth's as seen from there."""
    longitude, _ = _sun_longitude(utc)
    return _equatorial(longitude - PRECESSION_DEGREES * _centuries(utc), 0.0)


def moon(utc: datetime) -> tuple[Place, float]:
    """The Moon's J2000 place from the centre of the Earth, and its parallax in degrees."""
    t = _centuries(utc)
    longitude = 218.32 + 481267.881 * t
    for degree, at, rate in _MOON_LONGITUDE:
        longitude += degree * sin(radians(at + rate * t))
    latitude = sum(degree * sin(radians(at + rate * t)) for degree, at, rate in _MOON_LATITUDE)
    parallax = 0.9508 + 0.0518 * cos(radians(135.0 + 477198.87 * t))
    return _equatorial(longitude - PRECESSION_DEGREES * t, latitude), parallax


def moon_age_degrees(utc: datetime) -> float:
    """How far the Moon stands east of the Sun: 0 new, 90 first quarter, 180 full."""
    (moon_ra, _), (sun_ra, _) = moon(utc)[0], sun(utc)
    return (moon_ra - sun_ra) * 15 % 360


def saturn(utc: datetime) -> Place:
    """Saturn's J2000 place from the centre of the Earth."""
    t = _centuries(utc)
    x, y, z = _on_ellipse(9.53668, 0.053862, 2.48599, 49.95424 + 1222.49362 * t, 92.59888 - 0.41897 * t, 113.6624)
    longitude, distance = _sun_longitude(utc)
    away = radians(longitude - PRECESSION_DEGREES * t)
    x, y = x + distance * cos(away), y + distance * sin(away)
    return _equatorial(degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y))))


def _on_ellipse(
    axis: float, eccentricity: float, tilt: float, longitude: float, perihelion: float, node: float
) -> tuple[float, float, float]:
    """Heliocentric ecliptic coordinates from the mean elements, in degrees and astronomical units."""
    mean = radians(longitude - perihelion)
    anomaly = mean
    for _ in range(6):
        anomaly = mean + eccentricity * sin(anomaly)
    along = axis * (cos(anomaly) - eccentricity)
    across = axis * sqrt(1 - eccentricity**2) * sin(anomaly)
    angle = atan2(across, along) + radians(perihelion - node)
    radius = hypot(along, across)
    turned, raised = radians(node), sin(angle) * cos(radians(tilt))
    return (
        radius * (cos(turned) * cos(angle) - sin(turned) * raised),
        radius * (sin(turned) * cos(angle) + cos(turned) * raised),
        radius * sin(angle) * sin(radians(tilt)),
    )


def _sun_longitude(utc: datetime) -> tuple[float, float]:
    """Ecliptic longitude of date in degrees, and the distance in astronomical units."""
    days = _centuries(utc) * 36525
    anomaly = radians(357.528 + 0.9856003 * days)
    longitude = 280.460 + 0.9856474 * days + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly)
    return longitude, 1.00014 - 0.01671 * cos(anomaly)


def _equatorial(longitude_degrees: float, latitude_degrees: float) -> Place:
    longitude, latitude = radians(longitude_degrees), radians(latitude_degrees)
    east = sin(longitude) * cos(OBLIQUITY) - tan(latitude) * sin(OBLIQUITY)
    dec = asin(sin(latitude) * cos(OBLIQUITY) + cos(latitude) * sin(OBLIQUITY) * sin(longitude))
    return degrees(atan2(east, cos(longitude))) / 15 % 24, degrees(dec)


def _precessed(place: Place, centuries: float) -> Place:
    """J2000 to the equinox of date, to first order."""
    ra, dec = radians(place[0] * 15), radians(place[1])
    eastward = 1.2812 + 0.5567 * sin(ra) * tan(dec)
    return (place[0] + eastward * centuries / 15) % 24, place[1] + 0.5567 * cos(ra) * centuries


def _sidereal_hours(site: Site, utc: datetime) -> float:
    return (18.697374558 + 24.06570982441908 * _centuries(utc) * 36525 + site.longitude_degrees / 15) % 24


def _refraction_degrees(altitude: float) -> float:
    """Sæmundsson's formula, for the true altitude; nothing below the horizon."""
    return 1.02 / tan(radians(altitude + 10.3 / (altitude + 5.11))) / 60 if altitude > -1 else 0.0


def _centuries(utc: datetime) -> float:
    return (utc - J2000).total_seconds() / 86400 / 36525


_MOON_LONGITUDE = (
    (6.29, 135.0, 477198.87),
    (-1.27, 259.3, -413335.36),
    (0.66, 235.7, 890534.22),
    (0.21, 269.9, 954397.74),
    (-0.19, 357.5, 35999.05),
    (-0.11, 186.5, 966404.03),
)
_MOON_LATITUDE = (
    (5.13, 93.3, 483202.02),
    (0.28, 228.2, 960400.89),
    (-0.28, 318.3, 6003.15),
    (-0.17, 217.6, -407332.21),
)
