"""A way round: a few safe places between here and there, so that every goto from one to the next is safe.

The places are a grid of axis angles through start and target, and along it one axis turns at a time, for then there is
one path and no rectangle; as the antennas of the Simons Observatory go: the second axis to some height, the
first round at that height, the second to the target. The first and the last goto may turn both. Fewest gotos win, then
the shortest way. Never a clock: how long it may take is bounded by how many gotos it may judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, product
from math import nan

from scope.limits.axes import Axes, Pose, separation, standing
from scope.limits.axes import upright as upright_pose
from scope.limits.cable import may_wind
from scope.limits.leg import Chart, Spot
from scope.limits.where import dec_excess_degrees, zenith_excess_degrees
from scope.position import Standing

MARGIN_DEGREES = 1.0
"""What a way round keeps more from the Sun, for the sky turns by half that in two minutes."""
MOST_LEGS = 6
MOST_JUDGED = 2000
"""Gotos, each for one kind of mount: a few hundredths of a second for all that is tried."""
FIRST_STEP_DEGREES = 30
UPRIGHT_ROWS = (30.0, 45.0, 60.0, 75.0, 85.0)
POLAR_ROWS = (-20.0, 0.0, 20.0, 40.0, 60.0, 75.0, 88.0)
JUST_OUTSIDE_DEGREES = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A place on a grid; two on one row or column of one grid are a turn of one axis apart."""

    spot: Spot
    polar: bool
    row: float
    column: float


@dataclass(frozen=True, slots=True, eq=False)
class _Reached:
    node: Node
    travel_degrees: float | None
    legs: int
    length_degrees: float
    before: _Reached | None


def around(chart: Chart, start: Spot, goal: Spot, travel_degrees: float | None) -> tuple[Spot, ...] | None:
    """The places to go to one after the other, the goal last; None if none of the ways tried is safe."""
    return _Search(chart, start, goal).run(travel_degrees)


def turn_degrees(chart: Chart, here: Spot, there: Spot, travel_degrees: float | None) -> float | None:
    """By how much a goto winds the first axis: 0 when it is not counted, None if the cable or a doubt forbids it."""
    kind = counted(chart.bounds.axes)
    if travel_degrees is None or kind is None:
        return 0.0
    turns = {round(way.first_degrees, 6) for way in chart.sweeps(here, there) if way.axes is kind}
    if len(turns) == 1 and may_wind(travel_degrees, turn := turns.pop(), chart.bounds.limits):
        return turn
    return None


def counted(axes: frozenset[Axes]) -> Axes | None:
    """The kind of mount whose cable is counted: the only possible one, unless a pier bounds it anyway."""
    only = next(iter(axes)) if len(axes) == 1 else None
    return None if only is Axes.GERMAN else only


class _Search:
    """Best first: by the number of gotos, then whether it is the goal, then by length."""

    def __init__(self, chart: Chart, start: Spot, goal: Spot) -> None:
        self._chart, self._start = chart, Node(start, True, nan, nan)
        self._goal = Node(goal, True, nan, nan)
        self._nodes = list(_grid(chart, start, goal))
        self._lines: dict[tuple[bool, bool, float], list[Node]] = {}
        for node in self._nodes:
            for line in _lines_of(node):
                self._lines.setdefault(line, []).append(node)
        self._waiting: list[tuple[int, bool, float, int, _Reached, Node]] = []
        self._serial = count()

    def run(self, travel_degrees: float | None) -> tuple[Spot, ...] | None:
        self._look_on(_Reached(self._start, travel_degrees, 0, 0.0, None))
        reached_before: set[tuple[Node, int]] = set()
        for _ in range(MOST_JUDGED // len(self._chart.bounds.axes)):
            if not self._waiting:
                return None
            _, _, length, _, here, node = heappop(self._waiting)
            reached = self._go(here, node, length, reached_before)
            if reached is not None and node is self._goal:
                return _spots(reached)
            if reached is not None:
                self._look_on(reached)
        return None

    def _go(self, here: _Reached, node: Node, length: float, reached_before: set[tuple[Node, int]]) -> _Reached | None:
        turn = turn_degrees(self._chart, here.node.spot, node.spot, here.travel_degrees)
        if turn is None:
            return None
        travel = None if here.travel_degrees is None else here.travel_degrees + turn
        key = node, round((travel or 0.0) / FIRST_STEP_DEGREES)
        if key in reached_before or self._chart.fault(here.node.spot, node.spot, MARGIN_DEGREES):
            return None
        reached_before.add(key)
        return _Reached(node, travel, here.legs + 1, length, here)

    def _look_on(self, here: _Reached) -> None:
        if here.legs == MOST_LEGS:
            return
        for node in (self._goal, *self._next(here.node)):
            length = here.length_degrees + separation(here.node.spot.standing, node.spot.standing)
            entry = (here.legs + 1, node is not self._goal, length, next(self._serial), here, node)
            heappush(self._waiting, entry)

    def _next(self, node: Node) -> Iterator[Node]:
        if node is self._start:
            yield from self._nodes
        for line in _lines_of(node):
            yield from (other for other in self._lines.get(line, ()) if other is not node)


def _lines_of(node: Node) -> tuple[tuple[bool, bool, float], tuple[bool, bool, float]]:
    """The row and the column that it stands on."""
    return (node.polar, True, node.row), (node.polar, False, node.column)


def _spots(reached: _Reached) -> tuple[Spot, ...]:
    found: list[Spot] = []
    step: _Reached | None = reached
    while step is not None and step.before is not None:
        found.append(step.node.spot)
        step = step.before
    return tuple(reversed(found))


def _grid(chart: Chart, start: Spot, goal: Spot) -> Iterator[Node]:
    """The places of the grids where the tube may rest, by day further from the Sun than need be."""
    upright_kinds = [axes for axes in chart.bounds.axes if axes is Axes.ALTAZ]
    polar_kinds = [axes for axes in chart.bounds.axes if axes is not Axes.ALTAZ]
    for axes in upright_kinds + polar_kinds[:1]:  # both polar kinds count in the same angles
        columns, rows = _lines(chart, axes, start, goal)
        for row, column in product(rows, columns):
            spot = _resting_spot(chart, standing(axes, Pose(column, row), chart.bounds.latitude_degrees))
            if spot is not None:
                yield Node(spot, axes is not Axes.ALTAZ, row, column)


def _resting_spot(chart: Chart, place: Standing) -> Spot | None:
    bounds = chart.bounds
    if zenith_excess_degrees(place, bounds) > 0.0 or dec_excess_degrees(place, bounds) > 0.0:
        return None
    spot = chart.spot(place)
    far_enough = bounds.limits.sun_radius_degrees + MARGIN_DEGREES
    return spot if spot.depth_degrees <= 0.0 and spot.sun_degrees >= far_enough else None


def _lines(chart: Chart, axes: Axes, start: Spot, goal: Spot) -> tuple[list[float], list[float]]:
    """Angles of the first and of the second axis: those of start and goal, those just past the Sun, and a few more."""
    bounds = chart.bounds
    columns = {spot.plain[axes].first_degrees for spot in (start, goal)}
    columns |= {start.plain[axes].first_degrees + turn for turn in range(0, 360, FIRST_STEP_DEGREES)}
    rows = {spot.plain[axes].second_degrees for spot in (start, goal)}
    if axes is Axes.ALTAZ:
        rows |= {bounds.highest_floor_degrees + JUST_OUTSIDE_DEGREES, *UPRIGHT_ROWS}
    else:
        rows |= {row if bounds.latitude_degrees >= 0.0 else -row for row in POLAR_ROWS}
    if chart.sun is not None:
        sun = upright_pose(axes, chart.sun, bounds.latitude_degrees).second_degrees
        clear = bounds.limits.sun_radius_degrees + MARGIN_DEGREES + JUST_OUTSIDE_DEGREES
        rows |= {sun - clear, sun + clear}
    return sorted(columns), sorted(row for row in rows if abs(row) <= 90.0)
