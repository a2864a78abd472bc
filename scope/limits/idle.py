"""When the Sun comes over a tube that nobody moves: an open one that only stands there burns too."""

from __future__ import annotations

from math import acos, cos, degrees, radians, sin

from scope.limits.sun import DAYLIGHT_SUN_DEGREES, SUN_DEGREES_PER_MINUTE, SunNow, is_known
from scope.limits.where import Bounds
from scope.position import Standing, wrapped

MINUTES_AHEAD = 24 * 60.0
JUST_INSIDE_DEGREES = 1e-6


def minutes_until_sun(where: Standing, sun: SunNow | None, bounds: Bounds) -> float | None:
    """Minutes until the Sun, risen above −2°, stands within its radius of there: 0 if it does now, None within 24 h.

    What is not known burns now.
    The Sun keeps its declination meanwhile; in a day it changes by 0.4° at most, so ask again every minute.
    """
    if sun is None:
        return None
    if not (is_known(where) and is_known(sun.standing)):
        return 0.0
    dec, radius = sun.standing.dec_degrees, bounds.limits.sun_radius_degrees
    near = _half_arc(dec, where.dec_degrees, radius)
    up = _half_arc(dec, bounds.latitude_degrees, 90.0 - DAYLIGHT_SUN_DEGREES)
    if near is None or up is None:
        return None
    arcs = ((where.hour_angle_degrees, near), (0.0, up))
    starts = (_until(sun.standing.hour_angle_degrees, middle - half) for middle, half in arcs)
    for minutes in sorted((0.0, *starts)):
        hour_angle = sun.standing.hour_angle_degrees + minutes * SUN_DEGREES_PER_MINUTE
        if all(abs(wrapped(hour_angle - middle)) <= half + JUST_INSIDE_DEGREES for middle, half in arcs):
            return minutes
    return None


def _half_arc(dec: float, other_dec: float, within: float) -> float | None:
    """For how many degrees of hour angle on either side something is within a distance of a place; None never.

    A place at the declination of the latitude, on the meridian, is the zenith.
    """
    along = cos(radians(dec)) * cos(radians(other_dec))
    over = cos(radians(within)) - sin(radians(dec)) * sin(radians(other_dec))
    if over <= -along:
        return 180.0
    if over > along:
        return None
    return degrees(acos(over / along))


def _until(hour_angle: float, wanted: float) -> float:
    return (wanted - hour_angle) % 360.0 / SUN_DEGREES_PER_MINUTE
