"""How far the first axis has turned since its cables hung free, through restarts and lost lines.

What is counted is the short way between two looks; while nobody looks the mount is taken to have turned by less than
half a turn. The count is kept in a file, so that a restart does not forget a wound cable.
"""

from __future__ import annotations

from scope.limits.cable import wound
from scope.remembered import Remembered

KEY = "cable"
NOTED_DEGREES = 1.0
"""Not every poll is worth a write."""


class Cable:
    """`travel_degrees` positive the way azimuth or hour angle grows; None until the axis has been seen."""

    def __init__(self, remembered: Remembered) -> None:
        self._remembered = remembered
        self._first: float | None = None
        self.travel_degrees: float | None = None
        if kept := remembered.numbers(KEY, "first", "travel"):
            self._first, self.travel_degrees = kept
        self._noted = self.travel_degrees or 0.0

    def follow(self, first_degrees: float) -> None:
        """The first axis stands there now."""
        if self.travel_degrees is None:
            self.travel_degrees, self._noted = 0.0, -NOTED_DEGREES
        elif self._first is not None:
            self.travel_degrees = wound(self.travel_degrees, self._first, first_degrees)
        self._first = first_degrees
        if abs(self.travel_degrees - self._noted) >= NOTED_DEGREES:
            self._keep(first_degrees)

    def expect_jump(self) -> None:
        """The axis will read differently without having turned: after a sync, or a restart of the mount."""
        self._first = None

    def hangs_free(self) -> None:
        """Somebody has looked: no turn is on the cables now."""
        self.travel_degrees = None if self._first is None else 0.0
        if self._first is not None:
            self._keep(self._first)

    def _keep(self, first_degrees: float) -> None:
        self._noted = self.travel_degrees or 0.0
        self._remembered.put(KEY, {"first": first_degrees, "travel": self._noted})
