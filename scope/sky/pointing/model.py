"""From what a mount reports to where its tube points, and back: rotations of vectors, exact at the pole too.

Vectors of an axis frame: z along the first axis as it should stand, x to where its hour angle is 0, y to where it is
90°. Of an upright mount that is south and, by the sense of the terms, east: 180° less its azimuth stands for the hour
angle. The steps, from the tube outwards: collimation, second axis, non-perpendicularity, first
axis, tilt of the first axis, flexure. Each has its inverse, so that going back needs no guess but one: a tube tipped
over or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin

import numpy as np
from numpy.typing import NDArray

from scope.position import Standing, wrapped
from scope.sky.pointing.terms import Terms

Array = NDArray[np.float64]

ARCMINUTE = pi / 180 / 60
FLEXURE_STEPS = 6
"""Each brings the inverse of flexure nearer by a factor of its size in radians, a thousand or more."""
SHORT_OF_POLE_RADIANS = 1e-7
"""0.02″: so that what is told of the pole still says which way round."""
TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Stand:
    """How the first axis should stand: upright, or along the Earth's own at that latitude."""

    is_upright: bool
    latitude_degrees: float

    @property
    def frame(self) -> Array:
        """Rows: the axis frame's x, y and z in the frame of hour angle and declination."""
        if not self.is_upright:
            return np.eye(3)
        up, along = sin(radians(self.latitude_degrees)), cos(radians(self.latitude_degrees))
        return np.array([[up, 0.0, -along], [0.0, -1.0, 0.0], [along, 0.0, up]])

    @property
    def zenith(self) -> tuple[float, float]:
        """Its x and z in the axis frame; y is 0."""
        if self.is_upright:
            return 0.0, 1.0
        return cos(radians(self.latitude_degrees)), sin(radians(self.latitude_degrees))


def vector(standing: Standing) -> Array:
    """Unit vector in the frame of hour angle and declination."""
    turn, rise = radians(standing.hour_angle_degrees), radians(standing.dec_degrees)
    return np.array([cos(rise) * cos(turn), cos(rise) * sin(turn), sin(rise)])


def standing(direction: Array) -> Standing:
    x, y, z = (float(part) for part in direction)
    hour_angle = degrees(atan2(y, x))
    return Standing(wrapped(hour_angle), degrees(atan2(z, hypot(x, y))))


def axis_angles(reported: Standing, tipped: bool, stand: Stand) -> tuple[float, float]:
    """What a mount's own reckoning has for its two axes when it reports that: radians, the second up to ±π."""
    x, y, z = (float(part) for part in stand.frame @ vector(reported))
    first, second = atan2(y, x), atan2(z, hypot(x, y))
    return (first + pi, pi - second) if tipped else (first, second)


def directions(terms: Array, first: Array, second: Array, stand: Stand) -> Array:
    """Where the tube points, for what the mount takes its axes for (radians): shape (3, …), x, y, z of the axis frame.

    `terms` has the seven along its first axis, in arcminutes; all that follows is broadcast against the angles.
    """
    ih, id_, ch, np_, ma, me, tf = terms * ARCMINUTE
    turn, rise = first + ih, second + id_
    along, aside, height = np.cos(ch) * np.cos(rise), np.sin(ch) + 0.0 * rise, np.cos(ch) * np.sin(rise)
    aside, height = aside * np.cos(np_) + height * np.sin(np_), height * np.cos(np_) - aside * np.sin(np_)
    x, y = along * np.cos(turn) - aside * np.sin(turn), along * np.sin(turn) + aside * np.cos(turn)
    return _sagged(*tilted(x, y, height, ma, me), tf, stand.zenith)


def tilted(x: Array, y: Array, z: Array, ma: Array, me: Array) -> tuple[Array, Array, Array]:
    """Turned with the first axis, by the one rotation that brings it to where it stands and twists nothing."""
    angle = np.hypot(ma, me)
    part, half = np.sinc(angle / pi), 0.5 * np.sinc(angle / (2 * pi)) ** 2  # sin a / a and (1 − cos a) / a²
    beside = -me * x - ma * y
    move = z * part - beside * half
    return x - me * move, y - ma * move, z * np.cos(angle) - beside * part


def _sagged(x: Array, y: Array, z: Array, tf: Array, zenith: tuple[float, float]) -> Array:
    """Farther from the zenith by `tf` times the sine of the distance."""
    height = x * zenith[0] + z * zenith[1]
    level = np.stack(np.broadcast_arrays(x - height * zenith[0], y, z - height * zenith[1]))
    length = np.sqrt(np.sum(level * level, axis=0))
    distance = np.arctan2(length, height) + tf * length
    level *= np.sin(distance) / np.maximum(length, TINY)
    level[0] += np.cos(distance) * zenith[0]
    level[2] += np.cos(distance) * zenith[1]
    return level


def _raised(v: Array, tf: float, zenith: tuple[float, float]) -> Array:
    """The inverse of `_sagged`, of one vector."""
    up = np.array([zenith[0], 0.0, zenith[1]])
    height = float(v @ up)
    level = v - height * up
    length = float(np.linalg.norm(level))
    if length < TINY:
        return v
    seen = wanted = atan2(length, height)
    for _ in range(FLEXURE_STEPS):
        wanted = seen - tf * sin(wanted)
    raised: Array = cos(wanted) * up + sin(wanted) * level / length
    return raised


@dataclass(frozen=True, slots=True)
class Model:
    """One mount's errors; `tipped` means beyond the pole: of a German mount, tube west of its pier, looking east."""

    stand: Stand
    terms: Terms

    def true(self, reported: Standing, tipped: bool) -> Standing:
        """Where the tube points when the mount reports that."""
        first, second = axis_angles(reported, tipped, self.stand)
        found = directions(np.array(self.terms.values), np.array(first), np.array(second), self.stand)
        return standing(self.stand.frame.T @ found)

    def reported(self, true: Standing, tipped: bool) -> Standing:
        """What the mount has to be told for its tube to point there; the inverse of `true`.

        Where the cone or an index keeps the tube from the very pole, as near to it as that axis goes.
        """
        first, second = self._axes_for(true, tipped)
        found = np.array([cos(second) * cos(first), cos(second) * sin(first), sin(second)])
        return standing(self.stand.frame.T @ found)

    def _axes_for(self, true: Standing, tipped: bool) -> tuple[float, float]:
        ih, id_, ch, np_, ma, me, tf = (value * ARCMINUTE for value in self.terms.values)
        v = _raised(self.stand.frame @ vector(true), tf, self.stand.zenith)
        x, y, z = (float(part) for part in tilted(v[0], v[1], v[2], np.array(-ma), np.array(-me)))
        rise = asin(min(1.0, max(-1.0, (z + sin(ch) * sin(np_)) / (cos(ch) * cos(np_)))))
        found = []
        for second in (rise, (pi if rise > 0.0 else -pi) - rise):
            along = cos(ch) * cos(second)
            aside = sin(ch) * cos(np_) + cos(ch) * sin(second) * sin(np_)
            found.append((atan2(y, x) - atan2(aside, along) - ih, second - id_))
        first, second = min(found, key=lambda axes: _beyond(axes[1], tipped))
        return first, _held(second, tipped)


def _beyond(second: float, tipped: bool) -> float:
    """By how much the second axis is on the wrong side of the pole or too near to it, in radians; else 0."""
    over = abs((second + pi) % (2 * pi) - pi) - pi / 2
    wrong = -over if tipped else over
    return max(0.0, wrong + SHORT_OF_POLE_RADIANS)


def _held(second: float, tipped: bool) -> float:
    """The same, no farther than nearly to the pole."""
    if _beyond(second, tipped) == 0.0:
        return second
    short = SHORT_OF_POLE_RADIANS if tipped else -SHORT_OF_POLE_RADIANS
    return (pi / 2 + short) * (1.0 if sin(second) > 0.0 else -1.0)
