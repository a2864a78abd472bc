"""What has to be known and settled before anything moves: each question refuses with its reason, or lets pass.

It looks at what the watch has seen and what is under way; it tells no mount anything.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from scope.clock import Clock
from scope.errors import NotAllowed
from scope.watch.alarms import Alarms
from scope.watch.bearing import Look
from scope.watch.course import Course
from scope.watch.foresight import Foresight
from scope.watch.guard import Guard
from scope.watch.lookout import Lookout
from scope.watch.trust import Trust
from scope.watch.watchdog import Finding

IDLE_STALE_SECONDS = 10.0
"""A position older than this says nothing about which way is safe from here."""


class Readiness:
    """One mount's."""

    def __init__(
        self,
        guard: Guard,
        trust: Trust,
        course: Course,
        lookout: Lookout,
        foresight: Foresight,
        alarms: Alarms,
        clock: Clock,
    ) -> None:
        self._guard, self._trust, self._course, self._lookout = guard, trust, course, lookout
        self._foresight, self._alarms, self._clock = foresight, alarms, clock

    def is_harmless(self) -> bool:
        """No Sun that could get into the tube, whichever way it takes."""
        return self._foresight.covered or not self._guard.is_day(self._clock.utc()) or self._guard.solar.is_on

    def refuse_when_parked(self) -> None:
        if self._course.parked or self._course.parking:
            raise NotAllowed("the mount is parked", code="parked")

    def _doubt_home_by_day(self) -> None:
        """A mount that was just switched on stands at home, it says: by day somebody has to have looked."""
        if self._course.home_assumed and not self.is_harmless():
            self._lookout.suspect_reset(Finding("mount_reset", {"assumes_home": True}))

    def refuse_after_alarm(self) -> None:
        self._doubt_home_by_day()
        if self._course.reset:
            raise NotAllowed("the mount has restarted; its alignment is not confirmed", code="mount_reset")
        if self._alarms.is_unseen("sun_near"):
            raise NotAllowed("it came too near to the Sun, and nobody has seen the alarm", code="sun_lock_out")

    def refuse_blind_by_day(self) -> None:
        """A mount that has restarted may point at the Sun and say the pole: no way is known to lead away from it."""
        self._doubt_home_by_day()
        if self._course.reset and not self.is_harmless():
            raise NotAllowed("the mount has restarted; its alignment is not confirmed", code="mount_reset")

    def refuse_in_doubtful_daylight(self, utc: datetime) -> None:
        """A clock that may be wrong cannot tell that it is night: then it has to be night by the mount's clock too."""
        seconds = self._trust.difference_seconds() or 0.0
        if (
            self._guard.is_day(utc)
            or self._guard.is_day(utc + timedelta(seconds=seconds))
            or not self._trust.vouched_for
        ):
            self._trust.check()

    def look_back(self, trusting: bool = True) -> Look:
        """The last look; NotAllowed when parked, when nothing was seen lately, or when the sky cannot be trusted."""
        self.refuse_when_parked()
        look = self._lookout.bearing.last
        if look is None:
            raise NotAllowed("the mount's position is not known yet", code="position_unknown")
        age = self._clock.monotonic() - look.at
        if age > IDLE_STALE_SECONDS:
            raise NotAllowed("the position is old", code="position_stale", seconds=round(age))
        if trusting:
            self._trust.check()
        return look
