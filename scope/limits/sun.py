"""The Sun at the target: what the eye would see at the end of a goto.

What lies on the way is route.py's, what moves by itself live.py's. A Sun of None need not be avoided: somebody declared
a solar filter. A number that is no number refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, cos, degrees, isfinite, radians, sin

from scope.errors import NotAllowed
from scope.limits.axes import separation
from scope.position import Standing
from scope.settings import LimitSettings

DAYLIGHT_SUN_DEGREES = -2.0
"""Above this altitude of the Sun its rays can reach the tube from a high place, refraction included."""

SUN_DEGREES_PER_MINUTE = 0.25
"""Of hour angle; the equation of time changes it by half a minute a day."""


@dataclass(frozen=True, slots=True)
class SunNow:
    """Where the centre of the Sun stands over the ground, and how high."""

    standing: Standing
    altitude_degrees: float


def is_day(sun: SunNow | None) -> bool:
    """Whether the Sun is to be kept away from; a Sun that nobody could compute is up."""
    return sun is not None and not sun.altitude_degrees < DAYLIGHT_SUN_DEGREES


def minutes_until_day(sun: SunNow, latitude: float) -> float | None:
    """Minutes until the Sun rises above −2°: 0 by day, None if it does not within the day; geometric."""
    if is_day(sun):
        return 0.0
    dec, up = radians(sun.standing.dec_degrees), radians(latitude)
    over = (sin(radians(DAYLIGHT_SUN_DEGREES)) - sin(dec) * sin(up)) / max(cos(dec) * cos(up), 1e-9)
    if not -1.0 < over < 1.0:
        return None
    return (-degrees(acos(over)) - sun.standing.hour_angle_degrees) % 360.0 / SUN_DEGREES_PER_MINUTE


def is_known(where: Standing) -> bool:
    return isfinite(where.hour_angle_degrees) and isfinite(where.dec_degrees)


def check_known(where: Standing, sun: SunNow | None) -> None:
    """Refuse to reckon with a place that is no number, or by day with such a Sun."""
    if not is_known(where):
        raise NotAllowed("where it points is not known", code="position_unknown")
    if sun is not None and is_day(sun) and not is_known(sun.standing):
        raise NotAllowed("where the Sun stands is not known", code="sun_unknown")


def check_target(where: Standing, sun: SunNow | None, limits: LimitSettings) -> None:
    """Refuse a target near the Sun while the Sun is up."""
    if sun is None or not is_day(sun):
        return
    apart = separation(where, sun.standing)
    if not apart >= limits.sun_radius_degrees:
        raise NotAllowed(
            f"it is {apart:.1f}° from the Sun, the limit is {limits.sun_radius_degrees:g}°",
            code="too_near_sun",
            separation_degrees=round(apart, 1),
            limit_degrees=limits.sun_radius_degrees,
        )
