"""May we go there, and must we stop now: pure decisions from plain numbers; the controller acts.

A refusal is a NotAllowed that tells which limit and by how much; whoever knows the sky adds when it will be possible.
Nothing here reads a clock, a mount or a file, so every rule is a table in a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from scope.errors import NotAllowed
from scope.settings import LimitSettings

DAYLIGHT_SUN_DEGREES = -2.0
"""Above this altitude of the Sun its rays can reach the tube from a high place, refraction included."""
MASK_TOLERANCE_DEGREES = 0.5
"""A mount that comes to rest on the limit may read a little below it; a halt is for what goes on downward."""
SYNC_REFUSED_DEGREES = 10.0
SYNC_CONFIRMED_DEGREES = 2.0
"""A jump like this is more often a wrong star than a wrong mount, so a person has to look twice."""
CLOCK_REFUSED_SECONDS = 300.0
CLOCK_WARNED_SECONDS = 60.0
"""In alt/az the sky turns 15′ a minute: 60 s show in the eyepiece, 300 s put the Sun's circle off by more than 1°."""
SITE_REFUSED_DEGREES = 1.0
SITE_WARNED_DEGREES = 0.1


@dataclass(frozen=True, slots=True)
class SunNow:
    """How far the Sun is from where we want to point, and how high it stands."""

    separation_degrees: float
    altitude_degrees: float


def check_altitude(altitude_degrees: float, limits: LimitSettings) -> None:
    """Refuse a target below the lowest altitude."""
    if not altitude_degrees >= limits.lowest_altitude_degrees:
        raise NotAllowed(
            f"it stands {altitude_degrees:.1f}° up, the limit is {limits.lowest_altitude_degrees:g}°",
            code="below_altitude_limit",
            altitude_degrees=round(altitude_degrees, 1),
            limit_degrees=limits.lowest_altitude_degrees,
        )


def check_sun(sun: SunNow, limits: LimitSettings) -> None:
    """Refuse a target near the Sun while the Sun is up; a NaN anywhere refuses too."""
    if sun.altitude_degrees < DAYLIGHT_SUN_DEGREES or sun.separation_degrees >= limits.sun_radius_degrees:
        return
    raise NotAllowed(
        f"it is {sun.separation_degrees:.1f}° from the Sun, the limit is {limits.sun_radius_degrees:g}°",
        code="too_near_sun",
        separation_degrees=round(sun.separation_degrees, 1),
        limit_degrees=limits.sun_radius_degrees,
    )


def check_sync(jump_degrees: float, confirmed: bool) -> None:
    """Refuse a jump that no honest misalignment explains, and ask about a large one."""
    if not jump_degrees <= SYNC_REFUSED_DEGREES:
        code, limit = "sync_too_far", SYNC_REFUSED_DEGREES
    elif jump_degrees > SYNC_CONFIRMED_DEGREES and not confirmed:
        code, limit = "sync_needs_confirmation", SYNC_CONFIRMED_DEGREES
    else:
        return
    message = f"the sync would move the sky by {jump_degrees:.1f}°, the limit is {limit:g}°"
    raise NotAllowed(message, code=code, jump_degrees=round(jump_degrees, 1), limit_degrees=limit)


def check_trust(clock_seconds: float, site_degrees: float) -> None:
    """Refuse to slew with a mount that believes in another time or place: it would point elsewhere."""
    if not abs(clock_seconds) <= CLOCK_REFUSED_SECONDS:
        raise NotAllowed(
            f"the mount's clock is {clock_seconds:.0f} s off",
            code="time_not_trusted",
            difference_seconds=whole_or_none(clock_seconds),
            limit_seconds=CLOCK_REFUSED_SECONDS,
        )
    if not site_degrees <= SITE_REFUSED_DEGREES:
        raise NotAllowed(
            f"the mount believes to stand {site_degrees:.1f}° away",
            code="site_differs",
            difference_degrees=whole_or_none(site_degrees),
            limit_degrees=SITE_REFUSED_DEGREES,
        )


def whole_or_none(number: float) -> int | None:
    """For a sentence; None for what no sentence can hold."""
    return round(number) if isfinite(number) else None


def must_stop(before_degrees: float | None, now_degrees: float, limits: LimitSettings) -> bool:
    """Whether a moving tube that stands this high, and stood that high a look ago, has to be halted.

    One that climbs out of the forbidden region may go on.
    """
    below = now_degrees < limits.lowest_altitude_degrees - MASK_TOLERANCE_DEGREES
    return below and before_degrees is not None and now_degrees < before_degrees
