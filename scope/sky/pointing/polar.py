"""How far the polar axis is from the pole, and which way to turn the bolts of the mount's base."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import cos, degrees, radians, sqrt

import numpy as np

from scope.position import wrapped
from scope.sky.pointing.fit import Fit
from scope.sky.pointing.model import ARCMINUTE, Array, Stand, tilted

KNOWN_ARCMINUTES = 10.0
"""Worse known than that it is better not told: whoever turns bolts by it would do harm."""


class Turn(Enum):
    """Where the upper end of the polar axis has to go."""

    EAST = "east"
    WEST = "west"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Polar:
    """Arcminutes, never negative: by how much to turn the base about the vertical and to tilt the axis, and how sure.

    `distance_arcminutes` is the angle between the axis and the pole. The base turns by more than the axis moves on the
    sky, since the axis is inclined: by 1 / cos of the latitude.
    """

    azimuth_arcminutes: float
    azimuth_uncertainty_arcminutes: float
    azimuth_turn: Turn
    altitude_arcminutes: float
    altitude_uncertainty_arcminutes: float
    altitude_turn: Turn
    distance_arcminutes: float


def polar(found: Fit, stand: Stand) -> Polar | None:
    """Of the true pole, without refraction; None for an upright mount, and while the stars do not tell."""
    sideways, along = found.uncertainties.tilt_sideways, found.uncertainties.tilt_along
    if stand.is_upright or sqrt(sideways**2 + along**2) > KNOWN_ARCMINUTES:
        return None
    end = np.array([0.0, 0.0, 1.0 if stand.latitude_degrees >= 0.0 else -1.0])
    ma, me = np.array(found.terms.tilt_sideways * ARCMINUTE), np.array(found.terms.tilt_along * ARCMINUTE)
    axis = np.array(tilted(end[0], end[1], end[2], ma, me))
    east, up = _off(axis, end, stand)
    return Polar(
        azimuth_arcminutes=abs(east),
        azimuth_uncertainty_arcminutes=sideways / max(cos(radians(stand.latitude_degrees)), 0.01),
        azimuth_turn=Turn.WEST if east > 0.0 else Turn.EAST,
        altitude_arcminutes=abs(up),
        altitude_uncertainty_arcminutes=along,
        altitude_turn=Turn.DOWN if up > 0.0 else Turn.UP,
        distance_arcminutes=degrees(2.0 * float(np.arcsin(np.linalg.norm(axis - end) / 2.0))) * 60.0,
    )


def _off(axis: Array, end: Array, stand: Stand) -> tuple[float, float]:
    """How far the axis is turned to the east about the vertical and raised, in arcminutes."""
    ground = Stand(True, stand.latitude_degrees).frame
    found, wanted = ground @ axis, ground @ end
    azimuths = [degrees(float(np.arctan2(v[1], -v[0]))) for v in (found, wanted)]
    heights = [degrees(float(np.arcsin(np.clip(v[2], -1.0, 1.0)))) for v in (found, wanted)]
    clockwise = wrapped(azimuths[0] - azimuths[1])
    east = clockwise if stand.latitude_degrees >= 0.0 else -clockwise  # in the south that end turns the other way
    return east * 60.0, (heights[0] - heights[1]) * 60.0
