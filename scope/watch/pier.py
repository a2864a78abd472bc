"""On which side of its pier a German mount's tube is: by what the mount says, held against where it can be.

A mount may tell the wrong side, or tell it in words that its manual explains the other way round, and a tube that is
taken to be on the wrong one tracks into its pier. So where only one side is possible that one counts, and where both
are and the two accounts differ, nobody knows. One mount, look by look; it computes nothing and orders nothing.
"""

from __future__ import annotations

from scope.position import PierSide
from scope.watch.bearing import Look
from scope.watch.guard import Guard

LIES_NEEDED = 3
"""A line that damages one answer makes no liar of the mount."""


class Pier:
    """`looks_east` when the tube stands west of its pier; None for other mounts, and while nobody can know."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._told: bool | None = None
        self._reckoned: bool | None = None
        self._lies = 0

    def forget(self) -> None:
        """What was seen before says nothing; that the mount tells the wrong side is not forgotten."""
        self._told = self._reckoned = None

    def follow(self, look: Look, may_have_turned: bool) -> None:
        """After each look; by tracking alone the side does not change."""
        told = None if look.pier_side is None else look.pier_side is PierSide.WEST
        self._told = told if self._is_honest(told, look) else None
        if self._reckoned is None or may_have_turned:
            self._reckoned = self._guard.side(self._reckoned if self._told is None else self._told, look)

    def _is_honest(self, told: bool | None, look: Look) -> bool:
        must = self._guard.side_must_be(look)
        if told is not None and must is not None and self._lies < LIES_NEEDED:
            self._lies = self._lies + 1 if told is not must else 0
        return self._lies == 0

    @property
    def looks_east(self) -> bool | None:
        """Where it is not declared how the axes stand, only what the mount says is known."""
        if self._told is None or self._reckoned is None:
            return self._reckoned if self._told is None else self._told
        return self._told if self._told is self._reckoned else None

    @property
    def may_look_east(self) -> bool:
        """By either account: for the limit beyond the meridian."""
        return bool(self._told or self._reckoned)
