"""The horizon mask on its way between a file of pairs, the settings' numbers and a picture.

A picture has the azimuth across (north, east, south, west, north: 0–360) and the altitude upwards, drawn UP times as
large, because a phone is not much wider than high; y points down, as SVG has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin
from typing import Any

from scope.limits.horizon import OPEN_HORIZON, Mask, mask_text, read_mask
from scope.limits.sun import DAYLIGHT_SUN_DEGREES

LONGEST_FILE = 64 * 1024
UP = 1.7
BOTTOM = 18.0
"""How far the picture reaches below the horizon."""
Point = Sequence[float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the picture, by `x` across and `y` down, and the altitude that is there."""

    x: float
    y: float
    altitude_degrees: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template draws: the mask's outline as an SVG path (empty for an open horizon), and what stands in it."""

    outline: str
    lowest_degrees: float
    highest_degrees: float | None
    sun: Spot | None
    sun_across: float
    sun_upwards: float
    telescope: Spot | None
    up: float = UP
    bottom: float = BOTTOM


def points_of(pairs: str) -> list[list[float]]:
    """The mask that a text of pairs means; none for an empty one. NotUnderstood names the line."""
    mask = read_mask(pairs) if pairs.strip() else OPEN_HORIZON
    return [list(point) for point in mask.points]


def pairs_of(points: Sequence[Point]) -> str:
    """The same as text, one pair a line."""
    return mask_text(Mask(tuple((float(azimuth), float(altitude)) for azimuth, altitude in points)))


def picture(limits: Mapping[str, Any], points: Sequence[Point] | None = None) -> Picture:
    """Of the limits that the desk tells, with another mask where one is only being looked at."""
    highest, radius = limits.get("highest_altitude_degrees"), float(limits["sun_radius_degrees"])
    sun = _spot(limits.get("sun"))
    sun = sun if sun and sun.altitude_degrees > DAYLIGHT_SUN_DEGREES else None
    return Picture(
        _outline(limits["horizon"] if points is None else points),
        float(limits["lowest_altitude_degrees"]),
        None if highest is None or highest >= 90 else float(highest),
        sun,
        _across(radius, sun),
        radius * UP,
        _spot(limits.get("pointing")),
    )


def _outline(points: Sequence[Point]) -> str:
    """From north to north along the mask, then back along the picture's lower edge."""
    if not points:
        return ""
    mask = Mask(tuple((float(azimuth), float(altitude)) for azimuth, altitude in points))
    north = (0.0, mask.altitude_at(0.0))
    along = [north, *mask.points, (360.0, north[1])]
    line = " ".join(f"{azimuth:g} {-altitude * UP:g}" for azimuth, altitude in along)
    return f"M0 {BOTTOM:g}L{line}L360 {BOTTOM:g}Z"


def _across(radius: float, sun: Spot | None) -> float:
    """How far the circle around the Sun reaches to either side: the higher it stands, the farther; at most all around.

    The circle is drawn as an ellipse, which is right near the horizon and a little too wide higher up.
    """
    if sun is None or abs(sun.altitude_degrees) + radius >= 90.0:
        return 180.0
    return degrees(asin(sin(radians(radius)) / cos(radians(sun.altitude_degrees))))


def _spot(place: Mapping[str, float] | None) -> Spot | None:
    if not place:
        return None
    altitude = place["altitude_degrees"]
    return Spot(place["azimuth_degrees"] % 360.0, -altitude * UP, altitude)
