"""What the program does of its own accord, every few seconds, and nothing else: each makes the telescope safer.

It ends solar mode when it is over, ends tracking at a limit, and puts the telescope away when the night is over.
Whatever is done is an alarm, so that nobody wonders. On the mount thread; a stop comes before all of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from scope.errors import LineLost, Overtaken, ScopeError
from scope.mounts.mount import Can
from scope.orders import TrackingRate
from scope.snapshot import Alarm
from scope.steering.crew import Crew


class Duties:
    """One crew's; `attend` when `are_due`."""

    def __init__(self, crew: Crew) -> None:
        self._crew, self._pilot = crew, crew.pilot

    @property
    def are_due(self) -> bool:
        return self._crew.foresight.is_due()

    def attend(self) -> Iterator[Alarm]:
        """Look ahead, and do what is due; the alarms tell what was done."""
        lookout = self._crew.lookout
        self._pilot.end_solar_when_over()
        night_is_over = self._crew.foresight.look_ahead(lookout.bearing.last, lookout.cable.travel_degrees)
        yield from self._put_away() if night_is_over else self._end_tracking()

    def _put_away(self) -> Iterator[Alarm]:
        try:
            self._pilot.put_away()
            yield Alarm("parked_at_dawn")
        except (LineLost, Overtaken):
            raise
        except ScopeError as reason:
            yield Alarm("dawn_unsafe", {"reason": reason.code})

    def _end_tracking(self) -> Iterator[Alarm]:
        """A target that has set, or a tube that nears its pier, is not followed further."""
        course, lookout = self._crew.course, self._crew.lookout
        look = lookout.bearing.last
        if look is None or course.expects_motion or course.parked or course.tracking in (None, TrackingRate.OFF):
            return
        if not self._crew.guard.sky_is_there or Can.TRACK not in self._pilot.mount.can:
            return
        limit = self._crew.guard.tracking_ends(look, lookout.cable.travel_degrees, lookout.pier.may_look_east)
        if limit is not None:
            self._pilot.end_tracking()
            yield Alarm("tracking_ended", {"reason": limit.code, **limit.details})
