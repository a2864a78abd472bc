"""What a tube that goes on tracking runs into within the hour, while there is time to do something about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scope.errors import Detail
from scope.limits.axes import Axes, altitude_degrees, azimuth_degrees, separation
from scope.limits.cable import is_wound_up
from scope.limits.sun import SUN_DEGREES_PER_MINUTE, SunNow, is_day
from scope.limits.where import Bounds, depth_degrees, zenith_excess_degrees
from scope.position import Standing, wrapped

STARS_DEGREES_PER_MINUTE = 360.98564736629 / 1440.0
STEP_MINUTES = 1.0
BISECTIONS = 5


@dataclass(frozen=True, slots=True)
class Ahead:
    """What comes: a code the pages make a sentence of, in how many minutes (0 is now), and its numbers."""

    code: str
    minutes: float
    details: Mapping[str, Detail]


def ahead(
    where: Standing,
    sun: SunNow | None,
    bounds: Bounds,
    minutes: float = 60.0,
    travel_degrees: float | None = None,
) -> tuple[Ahead, ...]:
    """Everything that tracking at the sidereal rate from there runs into, the soonest first.

    The Sun counts as rising; it falls behind the stars by 2.5′ an hour, and so comes nearer to what is east of it.
    `travel_degrees` as in route.plan.
    """
    sky = _Ahead(where, sun, bounds, travel_degrees)
    found = [
        Ahead(code, first, sky.details(code, first))
        for code, is_bad in sky.dangers().items()
        if (first := first_minute(is_bad, minutes)) is not None
    ]
    return tuple(sorted(found, key=lambda one: one.minutes))


def gets_worse(where: Standing, code: str, bounds: Bounds) -> bool:
    """Whether what is beyond a limit goes further beyond it by tracking on; what climbs out of it does not."""
    later = Standing(wrapped(where.hour_angle_degrees + STARS_DEGREES_PER_MINUTE), where.dec_degrees)
    if code == "ahead_horizon":
        return depth_degrees(later, bounds) > depth_degrees(where, bounds)
    if code == "ahead_zenith":
        return zenith_excess_degrees(later, bounds) > zenith_excess_degrees(where, bounds)
    return True


def first_minute(is_bad: Callable[[float], bool], minutes: float) -> float | None:
    """The first moment at which it is bad, to two seconds, if that lasts for a minute or more."""
    at = 0.0
    while not is_bad(at):
        if at >= minutes:
            return None
        at = min(at + STEP_MINUTES, minutes)
    if at == 0.0:
        return at
    good = max(0.0, at - STEP_MINUTES)
    for _ in range(BISECTIONS):
        middle = (good + at) / 2.0
        good, at = (good, middle) if is_bad(middle) else (middle, at)
    return round(at, 1)


@dataclass(frozen=True, slots=True)
class _Ahead:
    """One tracked place and the Sun, some minutes on."""

    where: Standing
    sun: SunNow | None
    bounds: Bounds
    travel_degrees: float | None

    def dangers(self) -> dict[str, Callable[[float], bool]]:
        return {
            "ahead_horizon": lambda at: not depth_degrees(self.place(at), self.bounds) <= 0.0,
            "ahead_zenith": lambda at: not zenith_excess_degrees(self.place(at), self.bounds) <= 0.0,
            "ahead_meridian": self.meets_pier,
            "ahead_sun": self.is_near_sun,
            "ahead_cable": self.is_wound_up,
        }

    def details(self, code: str, at: float) -> dict[str, Detail]:
        limits, place = self.bounds.limits, self.place(at)
        altitude = round(altitude_degrees(place, self.bounds.latitude_degrees), 1)
        by_code: dict[str, dict[str, Detail]] = {
            "ahead_horizon": {"altitude_degrees": altitude},
            "ahead_zenith": {"limit_degrees": limits.highest_altitude_degrees},
            "ahead_meridian": {"limit_degrees": limits.meridian_overrun_degrees},
            "ahead_sun": {"limit_degrees": limits.sun_radius_degrees},
            "ahead_cable": {"limit_degrees": limits.cable_degrees},
        }
        return by_code[code]

    def place(self, at: float) -> Standing:
        """Where it is tracked to."""
        turned = self.where.hour_angle_degrees + at * STARS_DEGREES_PER_MINUTE
        return Standing(wrapped(turned), self.where.dec_degrees)

    def meets_pier(self, at: float) -> bool:
        """Whether a German mount is past the meridian by the overrun, if it was before that when the tracking began.

        On which side it stands within the overrun nobody here knows; it is taken for the one that meets the pier.
        """
        overrun = self.bounds.limits.meridian_overrun_degrees
        if Axes.GERMAN not in self.bounds.axes or self.where.hour_angle_degrees >= overrun:
            return False
        return self.where.hour_angle_degrees + at * STARS_DEGREES_PER_MINUTE >= overrun

    def is_near_sun(self, at: float) -> bool:
        if self.sun is None:
            return False
        turned = self.sun.standing.hour_angle_degrees + at * SUN_DEGREES_PER_MINUTE
        there = Standing(wrapped(turned), self.sun.standing.dec_degrees)
        is_up = is_day(SunNow(there, altitude_degrees(there, self.bounds.latitude_degrees)))
        return is_up and not separation(self.place(at), there) >= self.bounds.limits.sun_radius_degrees

    def is_wound_up(self, at: float) -> bool:
        if self.travel_degrees is None or self.bounds.axes != {Axes.ALTAZ}:
            return False
        latitude = self.bounds.latitude_degrees
        turned = azimuth_degrees(self.place(at), latitude) - azimuth_degrees(self.where, latitude)
        return is_wound_up(self.travel_degrees + wrapped(turned), self.bounds.limits)
