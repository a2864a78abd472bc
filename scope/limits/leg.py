"""One goto: every way the mount may take from here to there, and what is wrong with it.

The whole rectangle of each way is held against the Sun. Against the horizon only the two paths that real mounts take:
the rectangle of a German mount that changes sides reaches under the ground, the mount itself does not. A way that
begins too near the Sun or too low is right if it never gets worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, cos, inf, radians, sin

from scope.limits.axes import Axes, Pose, ends, is_east, poses, separation, standing, upright
from scope.limits.sun import SunNow, is_day
from scope.limits.sweep import Sweep
from scope.limits.where import Bounds, dec_excess_degrees, depth_degrees
from scope.position import Standing, wrapped

ON_THE_WAY_DEGREES = 0.1
"""A path between two places at the limit may dip a little below it; the live guard halts at five times this."""
ROUNDING_DEGREES = 1e-3
DRIFT_DEGREES = 0.25
"""So far the sky turns in the minute that a goto takes; high up, the azimuth where it ends goes much further."""
DRIFT_ALLOWED_DEGREES = 0.3
DRIFTS_ABOVE_DEGREES = 45.0
GRID_STEP_DEGREES = 2.0
MOST_GRID_STEPS = 30


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with what is needed of it again and again: its poses, and how far from the Sun and below the floor."""

    standing: Standing
    plain: Mapping[Axes, Pose]
    poses: Mapping[Axes, tuple[Pose, ...]]
    sun_degrees: float
    depth_degrees: float


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a leg: "sun", "horizon", "dec" or "cable", and how far it goes, in degrees."""

    cause: str
    degrees: float


class Chart:
    """The ground with its limits and, by day, the Sun on it, at one moment."""

    def __init__(self, bounds: Bounds, sun: SunNow | None) -> None:
        self.bounds = bounds
        self.sun = sun.standing if sun is not None and is_day(sun) else None
        self._sun_in: Mapping[Axes, Pose] = {}
        if self.sun is not None:
            self._sun_in = {axes: upright(axes, self.sun, bounds.latitude_degrees) for axes in Axes}

    def spot(self, place: Standing, looks_east: bool | None = None) -> Spot:
        """`looks_east`: on which side of its pier a German mount is known to be there, None if it is not."""
        latitude, limits = self.bounds.latitude_degrees, self.bounds.limits
        possible = {axes: poses(axes, place, latitude, limits) for axes in self.bounds.axes}
        if looks_east is not None and Axes.GERMAN in possible:
            known = tuple(pose for pose in possible[Axes.GERMAN] if is_east(pose) == looks_east)
            possible[Axes.GERMAN] = known or possible[Axes.GERMAN]
        return Spot(
            place,
            {axes: upright(axes, place, latitude) for axes in self.bounds.axes},
            possible,
            inf if self.sun is None else separation(place, self.sun),
            depth_degrees(place, self.bounds),
        )

    def sweeps(self, here: Spot, there: Spot) -> Iterator[Sweep]:
        """Every way from here to there, for every pose the axes may have at either end."""
        latitude, limits = self.bounds.latitude_degrees, self.bounds.limits
        for axes, starts in here.poses.items():
            for start in starts:
                for end in ends(axes, start, there.plain[axes], latitude, limits):
                    yield Sweep(axes, latitude, start, end)

    def fault(self, here: Spot, there: Spot, margin_degrees: float = 0.0) -> Fault | None:
        """What is wrong with any of the ways; `margin_degrees`: so much further from the Sun than need be."""
        ways = list(self.sweeps(here, there))
        if self.sun is not None:
            wanted = min(self.bounds.limits.sun_radius_degrees + margin_degrees, here.sun_degrees, there.sun_degrees)
            for way in ways:
                if not self._keeps_from_sun(way, here, there, wanted):
                    return Fault("sun", way.nearest_to(self._sun_in[way.axes]))
        for way in ways:
            if found := self._ground_fault(way, here):
                return found
        return None

    def _keeps_from_sun(self, way: Sweep, here: Spot, there: Spot, wanted: float) -> bool:
        sun, radius = self._sun_in[way.axes], self.bounds.limits.sun_radius_degrees
        if here.sun_degrees < radius:
            return leads_away(way, sun, radius)
        if not way.nearest_to(sun) >= wanted - ROUNDING_DEGREES:
            return False
        if way.axes is not Axes.ALTAZ or way.end.second_degrees < DRIFTS_ABOVE_DEGREES:
            return True
        return self._drifted(way, there).nearest_to(sun) >= radius - DRIFT_ALLOWED_DEGREES

    def _drifted(self, way: Sweep, there: Spot) -> Sweep:
        """The way to where the sky has carried its end meanwhile."""
        later = replace(there.standing, hour_angle_degrees=there.standing.hour_angle_degrees + DRIFT_DEGREES)
        drifted = upright(way.axes, later, way.latitude_degrees)
        first = way.end.first_degrees + wrapped(drifted.first_degrees - way.end.first_degrees)
        return replace(way, end=Pose(first, way.end.second_degrees))

    def _ground_fault(self, way: Sweep, here: Spot) -> Fault | None:
        flips = way.axes is Axes.GERMAN and is_east(way.start) != is_east(way.end)
        over_pole = dec_excess_degrees(Standing(0.0, 90.0 if way.latitude_degrees >= 0.0 else -90.0), self.bounds)
        if flips and over_pole > 0.0:
            return Fault("dec", over_pole)
        clear = self._highest_floor(way) - ON_THE_WAY_DEGREES
        if way.lowest_altitude_degrees() >= clear:
            return None
        for path in way.paths(self._step_degrees):
            depth = self._worst_depth(way, path, sin(radians(clear)), here)
            if depth > 0.0:
                return Fault("horizon", depth)
        return None

    def _worst_depth(self, way: Sweep, path: list[tuple[float, float]], clear: float, here: Spot) -> float:
        """How far below the floor a path gets where it must not; 0 if it does so nowhere. `clear` is a sine.

        A path that begins below may go on there as long as it climbs, or comes nearer to the floor.
        """
        sine = altitude_sine(way.axes, way.latitude_degrees)
        before, height = here.depth_degrees, sine(way.start.first_degrees, way.start.second_degrees)
        for first, second in path:
            higher = sine(first, second)
            if higher >= clear:
                before = 0.0
            else:
                depth = depth_degrees(standing(way.axes, Pose(first, second), way.latitude_degrees), self.bounds)
                leaves = before > ON_THE_WAY_DEGREES and (higher > height or depth <= before + ROUNDING_DEGREES)
                if not depth <= ON_THE_WAY_DEGREES and not leaves:
                    return depth
                before = depth
            height = higher
        return 0.0

    @property
    def _step_degrees(self) -> float:
        """Between two points 3° apart a path is 0.02° off the straight line at most; a mask's corners need more."""
        return 1.0 if self.bounds.mask.points else 3.0

    def _highest_floor(self, way: Sweep) -> float:
        if way.axes is not Axes.ALTAZ:
            return self.bounds.highest_floor_degrees
        mask = self.bounds.mask.highest_between(way.start.first_degrees, way.end.first_degrees)
        return max(self.bounds.limits.lowest_altitude_degrees, mask)


def altitude_sine(axes: Axes, latitude: float) -> Callable[[float, float], float]:
    """The sine of the altitude as a function of two axis angles in degrees, for the many points of a path."""
    if axes is Axes.ALTAZ:
        return lambda first, second: sin(radians(second))
    up, along = sin(radians(latitude)), cos(radians(latitude))
    return lambda first, second: up * sin(radians(second)) + along * cos(radians(second)) * cos(radians(first))


def leads_away(way: Sweep, sun: Pose, radius: float) -> bool:
    """Whether no path of the way comes nearer to the Sun at any point of it that is too near already."""
    firsts = [radians(angle - sun.first_degrees) for angle in _steps(way.start.first_degrees, way.end.first_degrees)]
    turns = [cos(angle) for angle in firsts]
    rise, inside = radians(sun.second_degrees), cos(radians(radius))
    below: list[float] | None = None
    for angle in _steps(way.start.second_degrees, way.end.second_degrees):
        up, along = sin(rise) * sin(radians(angle)), cos(rise) * cos(radians(angle))
        row = [up + along * turn for turn in turns]
        sideways = pairwise(row)
        upward = zip(below, row, strict=True) if below else ()
        if any(one > inside and other > one + 1e-12 for pairs in (sideways, upward) for one, other in pairs):
            return False
        below = row
    return True


def _steps(start: float, end: float) -> list[float]:
    count = min(MOST_GRID_STEPS, max(1, ceil(abs(end - start) / GRID_STEP_DEGREES)))
    return [start + (end - start) * number / count for number in range(count + 1)]
