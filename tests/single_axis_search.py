"""Another search for a way round the Sun, written apart from the product's: what it finds, the product has to find.

As the antennas of the Simons Observatory go: straight if that is clear; else the second axis to some height, the first
round at that height, the second to the target. In axis angles of a mount whose pose is known, every degree looked at.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import cos, radians, sin

from hardware_sim.geometry import AxisPair, Geometry, HourAngleDec, horizontal, wrapped

HEIGHT_STEP = 2.5


class SingleAxisSearch:
    def __init__(
        self, geometry: Geometry, latitude: float, sun: HourAngleDec, radius: float, lowest: float, highest: float
    ) -> None:
        self._geometry, self._latitude = geometry, latitude
        self._sun, self._radius = _vector(sun), cos(radians(radius))
        self._lowest, self._highest = lowest, highest

    def finds_a_way(self, start: AxisPair, target: HourAngleDec) -> bool:
        return any(self._is_clear(way) for end in self._ends(start, target) for way in _ways(start, end))

    def _ends(self, start: AxisPair, target: HourAngleDec) -> Iterator[AxisPair]:
        preferred = self._geometry.poses(target, self._latitude)[0]
        for first_turn in (-360.0, 0.0, 360.0):
            for second_turn in (-360.0, 0.0, 360.0):
                end = preferred.plus(AxisPair(first_turn, second_turn))
                first, second = self._geometry.travel
                if first.holds(end.first) and second.holds(end.second):
                    yield end

    def _is_clear(self, way: list[AxisPair]) -> bool:
        return all(self._may_point(pose) for one, other in pairwise(way) for pose in _line(one, other))

    def _may_point(self, pose: AxisPair) -> bool:
        sky = self._geometry.sky(pose, self._latitude)
        altitude, _ = horizontal(sky, self._latitude)
        if altitude < self._lowest or (altitude > self._highest and not self._geometry.polar):
            return False
        return sum(a * b for a, b in zip(_vector(sky), self._sun, strict=True)) <= self._radius


def _ways(start: AxisPair, end: AxisPair) -> Iterator[list[AxisPair]]:
    yield [start, end]
    height = -90.0
    while height <= 270.0:
        yield [start, AxisPair(start.first, height), AxisPair(end.first, height), end]
        height += HEIGHT_STEP


def _line(one: AxisPair, other: AxisPair) -> Iterator[AxisPair]:
    step = other.minus(one)
    count = max(1, round(max(abs(step.first), abs(step.second))))
    for number in range(count + 1):
        yield AxisPair(one.first + step.first * number / count, one.second + step.second * number / count)


def _vector(sky: HourAngleDec) -> tuple[float, float, float]:
    turn, rise = radians(wrapped(sky.hour_angle)), radians(sky.dec)
    return cos(rise) * cos(turn), cos(rise) * sin(turn), sin(rise)
