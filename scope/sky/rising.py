"""When something will be true of the sky: the first moment within a day, to the second."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

AHEAD = timedelta(hours=24)
STEP = timedelta(minutes=10)
"""A crossing and the way back within one step may be missed: at culmination that is 0.02° of altitude."""
EXACT = timedelta(seconds=1)


def first_moment(is_so: Callable[[datetime], bool], utc: datetime) -> datetime | None:
    """The first moment from `utc` on when `is_so`, looked for in steps and then halved; None within 24 h."""
    if is_so(utc):
        return utc
    before = utc
    while before < utc + AHEAD:
        after = min(before + STEP, utc + AHEAD)
        if is_so(after):
            return _edge(is_so, before, after)
        before = after
    return None


def _edge(is_so: Callable[[datetime], bool], before: datetime, after: datetime) -> datetime:
    """Between a moment when it is not so and one when it is; what is returned is so."""
    while after - before > EXACT:
        middle = before + (after - before) / 2
        if is_so(middle):
            after = middle
        else:
            before = middle
    return after
