"""What a mount did when its line was lost, and whether it can be where it is found when the line is back.

A mount that restarts meanwhile may keep its clock and its site: then only its place and its tracking tell. A person
with a hand box may have moved it, too, so that its place is a sign and no proof. Pure but for the guard's geometry.
"""

from __future__ import annotations

from dataclasses import dataclass

from scope.limits.sweep import Sweep
from scope.position import arc_degrees, separation_degrees
from scope.watch.bearing import Look
from scope.watch.guard import Guard

ELSEWHERE_DEGREES = 5.0
"""What a tube that was coming to rest may go on, and what drifts while nobody looks."""


@dataclass(frozen=True, slots=True)
class Absence:
    """The last look before it, and what the course said then; `ways` of a goto, none where they are not known."""

    last: Look
    moved: bool
    ways: tuple[Sweep, ...]

    def is_elsewhere(self, found: Look, guard: Guard) -> bool:
        """Whether nothing that was under way is known to have brought it there; False while the sky is not there."""
        if self.moved:
            return not self.ways or guard.astray_degrees(found, self.ways) > ELSEWHERE_DEGREES
        if self.last.pointing is None or found.pointing is None:
            return False
        before, now = self.last.pointing, found.pointing
        on_ground = arc_degrees(
            *(before.azimuth_degrees, before.altitude_degrees, now.azimuth_degrees, now.altitude_degrees)
        )
        return min(on_ground, separation_degrees(self.last.place, found.place)) > ELSEWHERE_DEGREES
