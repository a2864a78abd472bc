"""Which star does not belong: one that was synced for another, or that nobody had centred.

A star is doubtful when the others agree far better without it than with it, and none of them could be left out in its
place. Two stars can never accuse each other; of three, only a gross mistake is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scope.sky.pointing.fit import Fit, Sight, fit, off_arcminutes
from scope.sky.pointing.model import Stand

FEWEST = 3
BETTER = 40.0
"""By so much χ² has to fall, for the two numbers of one star: a good one takes more once in a hundred million."""
AHEAD = 20.0
"""And by so much more than for the next suspect; else it may as well be that one."""
PART = 0.7
"""Of all that is left over; an honest mount that the terms cannot describe is bad everywhere, not at one star."""
LEAST_OFF_ARCMINUTES = 5.0
"""Backlash and a worm's error may be that; no star is accused of less."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The fit to the stars that are believed, and for every star how far it is off, arcminutes, and whether believed.

    A doubtful star has no part in the fit, so that its distance is what the others say of it.
    """

    fit: Fit
    off_arcminutes: tuple[float, ...]
    doubtful: frozenset[int]


def judge(sights: Sequence[Sight], stand: Stand) -> Judged:
    """Fit, leaving out one bad star after the other, never half of them. Milliseconds for twenty stars."""
    believed = list(range(len(sights)))
    while (bad := _stranger([sights[n] for n in believed], stand)) is not None and 2 * len(believed) > len(sights) + 1:
        del believed[bad]
    found = fit([sights[n] for n in believed], stand)
    off = tuple(off_arcminutes(sight, found.terms, stand) for sight in sights)
    return Judged(found, off, frozenset(range(len(sights))) - frozenset(believed))


def _stranger(sights: Sequence[Sight], stand: Stand) -> int | None:
    """The one that all others are better off without."""
    if len(sights) < FEWEST:
        return None
    whole = fit(sights, stand).cost
    if whole < BETTER:
        return None
    without = [fit([*sights[:n], *sights[n + 1 :]], stand) for n in range(len(sights))]
    worst, second, *_ = sorted(range(len(sights)), key=lambda n: without[n].cost)
    gain = whole - without[worst].cost
    if gain < BETTER or gain < PART * whole or without[second].cost - without[worst].cost < AHEAD:
        return None
    far = off_arcminutes(sights[worst], without[worst].terms, stand) >= LEAST_OFF_ARCMINUTES
    return worst if far else None
