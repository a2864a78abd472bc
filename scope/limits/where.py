"""Where the tube may come to rest: not behind a roof, not into the zenith's hole, not past a limit of declination.

A German mount needs no check of its own here: with its two sides it reaches every hour angle, the overrun is only for
going on tracking (see forecast.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from scope.errors import NotAllowed
from scope.limits.axes import Axes, altitude_degrees, azimuth_degrees, upright
from scope.limits.horizon import OPEN_HORIZON, Mask
from scope.position import Standing
from scope.settings import LimitSettings

EVERY_KIND = frozenset(Axes)
UPRIGHT_ONLY = frozenset({Axes.ALTAZ})


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is decided from: every way the mount may stand, the latitude, the limits and the mask."""

    axes: frozenset[Axes]
    latitude_degrees: float
    limits: LimitSettings
    mask: Mask = OPEN_HORIZON

    def floor_degrees(self, azimuth: float) -> float:
        """The lowest altitude allowed there."""
        return max(self.limits.lowest_altitude_degrees, self.mask.altitude_at(azimuth))

    @property
    def highest_floor_degrees(self) -> float:
        return max(self.limits.lowest_altitude_degrees, self.mask.highest)


def depth_degrees(standing: Standing, bounds: Bounds) -> float:
    """How far below the lowest altitude allowed there; negative above it."""
    stands = upright(Axes.ALTAZ, standing, bounds.latitude_degrees)
    return bounds.floor_degrees(stands.first_degrees) - stands.second_degrees


def zenith_excess_degrees(standing: Standing, bounds: Bounds) -> float:
    """How far inside the hole at the zenith of an upright fork; negative outside, and for every other mount."""
    if Axes.ALTAZ not in bounds.axes:
        return -90.0
    return altitude_degrees(standing, bounds.latitude_degrees) - bounds.limits.highest_altitude_degrees


def dec_excess_degrees(standing: Standing, bounds: Bounds) -> float:
    """How far outside the limits of declination; negative inside, and for an upright fork, which has no such axis."""
    if bounds.axes == UPRIGHT_ONLY:
        return -90.0
    limits = bounds.limits
    return max(standing.dec_degrees - limits.highest_dec_degrees, limits.lowest_dec_degrees - standing.dec_degrees)


def dec_limit_degrees(standing: Standing, limits: LimitSettings) -> float:
    """The nearer of the two limits of declination."""
    middle = (limits.lowest_dec_degrees + limits.highest_dec_degrees) / 2.0
    return limits.highest_dec_degrees if standing.dec_degrees > middle else limits.lowest_dec_degrees


def check_target(standing: Standing, bounds: Bounds) -> None:
    """Refuse to come to rest there; the details say where it stands and what the limit is."""
    _check_altitude(standing, bounds)
    if not zenith_excess_degrees(standing, bounds) <= 0.0:
        limit = bounds.limits.highest_altitude_degrees
        altitude = altitude_degrees(standing, bounds.latitude_degrees)
        said = f"it stands {altitude:.1f}° up, the limit is {limit:g}°"
        raise _refusal("above_zenith_limit", said, altitude_degrees=altitude, limit_degrees=limit)
    if not dec_excess_degrees(standing, bounds) <= 0.0:
        raise _refusal(
            "outside_dec_limits",
            f"its declination is {standing.dec_degrees:.1f}°",
            dec_degrees=standing.dec_degrees,
            lowest_degrees=bounds.limits.lowest_dec_degrees,
            highest_degrees=bounds.limits.highest_dec_degrees,
        )


def _check_altitude(standing: Standing, bounds: Bounds) -> None:
    altitude = altitude_degrees(standing, bounds.latitude_degrees)
    azimuth = azimuth_degrees(standing, bounds.latitude_degrees)
    limit = bounds.limits.lowest_altitude_degrees
    said = f"it stands {altitude:.1f}° up, the limit is"
    if not altitude >= limit:
        raise _refusal("below_altitude_limit", f"{said} {limit:g}°", altitude_degrees=altitude, limit_degrees=limit)
    limit = bounds.mask.altitude_at(azimuth)
    if not altitude >= limit:
        raise _refusal(
            "below_horizon_mask",
            f"{said} {limit:.1f}° at azimuth {azimuth:.0f}°",
            azimuth_degrees=azimuth,
            altitude_degrees=altitude,
            limit_degrees=limit,
        )


def _refusal(code: str, message: str, **numbers: float) -> NotAllowed:
    return NotAllowed(message, code=code, **{name: round(number, 1) for name, number in numbers.items()})
