"""Which terms explain the stars best: least squares, held back where the stars cannot tell.

Every term has a size that it usually has not more than; the fit weighs that against the stars. So one star settles
little more than the indices, a second one how the first axis stands, and a term that no star speaks of stays at 0:
what is fitted never runs wild far from the stars, and needs no list of which terms to take when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from scope.position import Standing
from scope.sky.pointing.model import ARCMINUTE, Array, Stand, axis_angles, directions, vector
from scope.sky.pointing.terms import Terms

CENTRED_ARCMINUTES = 0.5
"""How well a star is brought to the middle of an eyepiece, and what gears and roundings add."""
USUAL = Terms(60.0, 60.0, 20.0, 10.0, 90.0, 90.0, 3.0)
"""Arcminutes that a term seldom exceeds: a base put down by eye is a degree off, a tube in its rings a third of one.

An index may be anything; it is taken to be as large as the stars are off on the average, where that is more.
"""
STEP_ARCMINUTES = 0.1
ENOUGH_ARCMINUTES = 1e-4
MOST_ROUNDS = 8
"""Of Gauss and Newton; three or four do, as the errors are small angles."""
SIZE = len(USUAL.values)


@dataclass(frozen=True, slots=True)
class Sight:
    """A star in the middle of the field: what the mount reported, on which side, and where the star really stood."""

    reported: Standing
    true: Standing
    tipped: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """Terms with their uncertainties in arcminutes; `cost` is χ² of stars and usual sizes together.

    `residuals_arcminutes` has one for each sight, in their order.
    """

    terms: Terms
    uncertainties: Terms
    residuals_arcminutes: tuple[float, ...]
    cost: float

    @property
    def rms_arcminutes(self) -> float:
        return sqrt(sum(off * off for off in self.residuals_arcminutes) / max(1, len(self.residuals_arcminutes)))


def fit(sights: Sequence[Sight], stand: Stand) -> Fit:
    """The most likely terms; all zero for no sights. About a millisecond."""
    if not sights:
        return Fit(Terms(), USUAL, (), 0.0)
    seen, found = _Seen(sights, stand), np.zeros(SIZE)
    usual = _usual(seen.off(found))
    for _ in range(MOST_ROUNDS):
        off, slope = seen.off(found), seen.slope(found)
        normal = slope.T @ slope / CENTRED_ARCMINUTES**2 + np.diag(1.0 / usual**2)
        step = np.linalg.solve(normal, slope.T @ off / CENTRED_ARCMINUTES**2 - found / usual**2)
        found = found + step
        if np.max(np.abs(step)) < ENOUGH_ARCMINUTES:
            break
    off = seen.off(found)
    cost = float(off @ off / CENTRED_ARCMINUTES**2 + np.sum((found / usual) ** 2))
    residuals = tuple(float(length) for length in np.hypot(off[0::2], off[1::2]))
    return Fit(_terms(found), _terms(_uncertainties(normal, off)), residuals, cost)


def off_arcminutes(sight: Sight, terms: Terms, stand: Stand) -> float:
    """How far from its star the model takes the tube to have pointed."""
    off = _Seen([sight], stand).off(np.array(terms.values))
    return float(np.hypot(off[0], off[1]))


def _usual(off: Array) -> Array:
    """What to expect of the terms, before anything is fitted to stars that are so far off."""
    index = sqrt(2.0 * float(np.mean(off * off)))
    return np.array([max(index, USUAL.first_index), max(index, USUAL.second_index), *USUAL.values[2:]])


def _terms(values: Array) -> Terms:
    return Terms(*(float(value) for value in values))


def _uncertainties(normal: Array, off: Array) -> Array:
    """One standard deviation; larger where the stars agree worse than they should."""
    spare = len(off) - SIZE
    scatter = float(off @ off) / spare / CENTRED_ARCMINUTES**2 if spare > 0 else 1.0
    found: Array = np.sqrt(np.diag(np.linalg.inv(normal)) * max(1.0, scatter))
    return found


class _Seen:
    """The sights as arrays, and how far a set of terms is off them."""

    def __init__(self, sights: Sequence[Sight], stand: Stand) -> None:
        self._stand = stand
        angles = np.array([axis_angles(sight.reported, sight.tipped, stand) for sight in sights])
        self._first, self._second = angles[:, 0], angles[:, 1]
        self._true = np.array([stand.frame @ vector(sight.true) for sight in sights])
        self._tangents = _tangents(self._true)

    def off(self, values: Array) -> Array:
        """Arcminutes that the terms leave, true minus modelled, two for each sight; a row for each set of terms."""
        sets = np.atleast_2d(values).T[..., np.newaxis]
        found = directions(sets, self._first, self._second, self._stand)  # x, y, z by set by sight
        wrong = self._true - np.moveaxis(found, 0, -1)
        off: Array = np.einsum("ksv,tsv->kst", wrong, self._tangents) / ARCMINUTE
        return off.reshape((*values.shape[:-1], -1))

    def slope(self, values: Array) -> Array:
        """How what is modelled moves with each term: a column each."""
        steps = np.eye(SIZE) * STEP_ARCMINUTES
        slope: Array = (self.off(values - steps) - self.off(values + steps)).T / (2 * STEP_ARCMINUTES)
        return slope


def _tangents(v: Array) -> Array:
    """Two directions square to each other and to each row, whichever they are: (2, rows, 3)."""
    least = np.eye(3)[np.argmin(np.abs(v), axis=-1)]
    beside = np.cross(least, v)
    beside /= np.linalg.norm(beside, axis=-1, keepdims=True)
    return np.stack([beside, np.cross(v, beside)])
