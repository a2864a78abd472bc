"""Everything between two poses, whichever axis turns faster: how near it comes to a direction, and how low.

Two axes that each go straight from start to end, at whatever rates, stay in a rectangle of axis angles; what is true of
the whole rectangle is true of every path. Its nearest point to a direction has a closed form. With (s, p) the
direction's own longitude and height in the frame of the axes,

    cos(separation) = sin p · sin b + cos p · cos b · cos(a - s)

is, for a given height b, linear in cos(a - s), so that its largest value lies at one of the two ends of what cos(a - s)
takes; and for each of these it is a sinusoid in b. Tubes tipped beyond zenith or pole (b > 90°) need nothing special.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import acos, atan2, ceil, cos, degrees, floor, hypot, pi, radians, sin

from scope.limits.axes import Axes, Pose, upright
from scope.position import Standing

NADIR = Pose(0.0, -90.0)
FULL_TURN = 2.0 * pi


@dataclass(frozen=True, slots=True)
class Sweep:
    """All paths of one mount from one pose to another."""

    axes: Axes
    latitude_degrees: float
    start: Pose
    end: Pose

    @property
    def first_degrees(self) -> float:
        return self.end.first_degrees - self.start.first_degrees

    @property
    def second_degrees(self) -> float:
        return self.end.second_degrees - self.start.second_degrees

    def nearest_degrees(self, to: Standing) -> float:
        """The smallest separation from a direction that any of the paths comes to."""
        return self.nearest_to(upright(self.axes, to, self.latitude_degrees))

    def nearest_to(self, to: Pose) -> float:
        """The same for a direction given in the frame of these axes."""
        away = radians(to.first_degrees)
        steps = _cosines(radians(self.start.first_degrees) - away, radians(self.end.first_degrees) - away)
        rise = radians(to.second_degrees)
        low, high = sorted((radians(self.start.second_degrees), radians(self.end.second_degrees)))
        largest = max(_largest(sin(rise), cos(rise) * step, low, high) for step in steps)
        return degrees(acos(min(max(largest, -1.0), 1.0)))

    def lowest_altitude_degrees(self) -> float:
        """How near the horizon any of the paths comes; negative below it."""
        if self.axes is Axes.ALTAZ:
            return self.nearest_to(NADIR) - 90.0
        return self.nearest_to(Pose(180.0, -self.latitude_degrees)) - 90.0

    def paths(self, step_degrees: float = 1.0) -> Iterator[list[tuple[float, float]]]:
        """The ways real mounts go, in steps no longer than that: both axes in one time, both at one rate, or between.

        As pairs of axis angles, without the start. Between: ramps make the way of one rate a rounder one.
        """
        longer = max(abs(self.first_degrees), abs(self.second_degrees))
        count = max(1, ceil(longer / step_degrees))
        shares = [number / count for number in range(1, count + 1)]
        even = [self._at(share, share) for share in shares]
        yield even
        if abs(self.first_degrees) != abs(self.second_degrees) and self.first_degrees and self.second_degrees:
            one, other = longer / abs(self.first_degrees), longer / abs(self.second_degrees)
            together = [self._at(min(1.0, share * one), min(1.0, share * other)) for share in shares]
            yield together
            yield [((a + c) / 2.0, (b + d) / 2.0) for (a, b), (c, d) in zip(even, together, strict=True)]

    def _at(self, first_share: float, second_share: float) -> tuple[float, float]:
        return (
            self.start.first_degrees + first_share * (self.end.first_degrees - self.start.first_degrees),
            self.start.second_degrees + second_share * (self.end.second_degrees - self.start.second_degrees),
        )


def _cosines(one: float, other: float) -> tuple[float, float]:
    """The smallest and the largest cosine between two angles in radians."""
    low, high = (one, other) if one <= other else (other, one)
    at_ends = cos(low), cos(high)
    highest = 1.0 if _holds_turn(low, high) else max(at_ends)
    lowest = -1.0 if _holds_turn(low - pi, high - pi) else min(at_ends)
    return lowest, highest


def _holds_turn(low: float, high: float) -> bool:
    """Whether a multiple of a whole turn lies between."""
    return floor(high / FULL_TURN) >= low / FULL_TURN


def _largest(up: float, along: float, low: float, high: float) -> float:
    """The largest value of up · sin b + along · cos b for low <= b <= high."""
    top = atan2(up, along)
    if _holds_turn(low - top, high - top):
        return hypot(up, along)
    return max(up * sin(low) + along * cos(low), up * sin(high) + along * cos(high))
