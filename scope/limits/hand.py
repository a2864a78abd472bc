"""Motion by hand, before the first byte goes out: would this key lead into what is forbidden before it is let go?

A key that leads out of it, or away from the Sun, is never refused: whoever got in must get out. Polar mounts: north is
declination up and east hour angle down, on either side of the pier. Upright forks: north is altitude up and east is
azimuth down, east being to the left when looking south, as on the sky (not confirmed on hardware).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from scope.errors import NotAllowed
from scope.limits.axes import Axes, Pose, altitude_degrees, standing, upright
from scope.limits.sun import SunNow, check_known, is_day
from scope.limits.sweep import Sweep
from scope.limits.where import (
    Bounds,
    dec_excess_degrees,
    dec_limit_degrees,
    depth_degrees,
    zenith_excess_degrees,
)
from scope.orders import Direction
from scope.position import Standing

COAST_SECONDS = 0.5
"""From its full rate an axis comes to rest in about a second, and goes half as far as in a second at that rate."""
NO_CHANGE_DEGREES = 1e-6
KEYS = {
    Direction.NORTH: (0.0, 1.0),
    Direction.SOUTH: (0.0, -1.0),
    Direction.EAST: (-1.0, 0.0),
    Direction.WEST: (1.0, 0.0),
}


def check_nudge(
    now: Standing,
    direction: Direction,
    degrees_per_second: float,
    window_seconds: float,
    sun: SunNow | None,
    bounds: Bounds,
) -> None:
    """Refuse a key that within the window, and until the axis has come to rest, leads into something forbidden."""
    check_known(now, sun)
    reach = degrees_per_second * (window_seconds + COAST_SECONDS)
    for axes in sorted(bounds.axes, key=lambda kind: kind.value):
        way = _way(axes, now, direction, reach, bounds.latitude_degrees)
        _check_sun(way, sun, bounds)
        _check_ground(way, now, bounds)


def _way(axes: Axes, now: Standing, direction: Direction, reach: float, latitude: float) -> Sweep:
    here, (first, second) = upright(axes, now, latitude), KEYS[direction]
    return Sweep(axes, latitude, here, Pose(here.first_degrees + first * reach, here.second_degrees + second * reach))


def _check_sun(way: Sweep, sun: SunNow | None, bounds: Bounds) -> None:
    if sun is None or not is_day(sun):
        return
    at_start = Sweep(way.axes, way.latitude_degrees, way.start, way.start).nearest_degrees(sun.standing)
    nearest = way.nearest_degrees(sun.standing)
    if nearest >= min(bounds.limits.sun_radius_degrees, at_start - NO_CHANGE_DEGREES):
        return
    raise NotAllowed(
        f"it would come to {nearest:.1f}° from the Sun, the limit is {bounds.limits.sun_radius_degrees:g}°",
        code="nudge_into_sun",
        separation_degrees=round(nearest, 1),
        limit_degrees=bounds.limits.sun_radius_degrees,
    )


def _check_ground(way: Sweep, now: Standing, bounds: Bounds) -> None:
    """Along the whole way, each point against the one before it: what gets no worse is a way out."""
    before = _excesses(now, bounds)
    for there in _along(way):
        beyond = _excesses(there, bounds)
        for limit, excess in beyond.items():
            if not excess <= max(0.0, before[limit] + NO_CHANGE_DEGREES):
                raise _refusal(limit, there, excess, bounds)
        before = beyond


def _excesses(standing: Standing, bounds: Bounds) -> dict[str, float]:
    """How far beyond each limit, by the code of its refusal."""
    return {
        "nudge_below_horizon": depth_degrees(standing, bounds),
        "nudge_into_zenith": zenith_excess_degrees(standing, bounds),
        "nudge_outside_dec": dec_excess_degrees(standing, bounds),
    }


def _along(way: Sweep) -> Iterator[Standing]:
    """Points of the way no further apart than a degree, without its start."""
    count = max(1, ceil(max(abs(way.first_degrees), abs(way.second_degrees))))
    for number in range(1, count + 1):
        share = number / count
        first = way.start.first_degrees + share * way.first_degrees
        second = way.start.second_degrees + share * way.second_degrees
        yield standing(way.axes, Pose(first, second), way.latitude_degrees)


def _refusal(code: str, there: Standing, excess: float, bounds: Bounds) -> NotAllowed:
    altitude, limits = altitude_degrees(there, bounds.latitude_degrees), bounds.limits
    name, value, limit = {
        "nudge_below_horizon": ("altitude_degrees", altitude, altitude + excess),
        "nudge_into_zenith": ("altitude_degrees", altitude, limits.highest_altitude_degrees),
        "nudge_outside_dec": ("dec_degrees", there.dec_degrees, dec_limit_degrees(there, limits)),
    }[code]
    numbers = {name: round(value, 1), "limit_degrees": round(limit, 1)}
    return NotAllowed(f"it would go {excess:.1f}° beyond the limit of {limit:.1f}°", code=code, **numbers)
