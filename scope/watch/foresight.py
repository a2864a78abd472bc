"""What will be soon if nobody does anything: the Sun over an idle tube, a target that sets, the end of the night.

Looked at every few seconds while the telescope rests or tracks. It puts alarms up and takes them down; at the end of
the night it says that the telescope should be put away, which the controller then does. It asks no mount.
"""

from __future__ import annotations

from datetime import datetime

from scope.clock import Clock
from scope.errors import NotAllowed
from scope.orders import TrackingRate
from scope.snapshot import Alarm
from scope.watch.alarms import Alarms
from scope.watch.bearing import Look
from scope.watch.course import Course
from scope.watch.guard import Guard

EVERY_SECONDS = 5.0
WARN_MINUTES = 60.0
SOON_MINUTES = 15.0
"""From here on the alarm stays until somebody has seen it."""
DAWN_MINUTES = 30.0
IDLE_CODES = frozenset({"sun_will_pass", "sun_will_pass_soon", "pointing_near_sun"})
AHEAD_CODES = frozenset({"ahead_horizon", "ahead_zenith", "ahead_meridian", "ahead_sun", "ahead_cable"})
DAWN_CODES = frozenset({"night_ending"})
DAWN_DONE = ("parked_at_dawn", "dawn_unsafe")


class Foresight:
    """`covered` is what somebody has declared: only a lid makes the Sun over the tube harmless."""

    def __init__(self, guard: Guard, course: Course, alarms: Alarms, clock: Clock) -> None:
        self._guard, self._course, self._alarms, self._clock = guard, course, alarms, clock
        self._due = float("-inf")
        self._was_night = False
        self.covered = False

    def is_due(self) -> bool:
        return self._clock.monotonic() >= self._due

    def look_ahead(self, here: Look | None, travel_degrees: float | None) -> bool:
        """Put up and take down the alarms; whether the night has just ended and the tube has to be put away."""
        self._due = self._clock.monotonic() + EVERY_SECONDS
        utc = self._clock.utc()
        try:
            day = self._guard.is_day(utc)
        except NotAllowed:
            return False
        self._alarms.keep_only(IDLE_CODES, self._idle(here, utc))
        self._alarms.keep_only(AHEAD_CODES, self._ahead(here, utc, travel_degrees))
        self._alarms.keep_only(DAWN_CODES, self._dawn(utc, day))
        over, self._was_night = self._was_night and day, not day
        if not day:
            self._alarms.drop(*DAWN_DONE)
        return over and not self.covered and not self._course.parked and not self._guard.solar.is_on

    def _idle(self, here: Look | None, utc: datetime) -> list[Alarm]:
        """The Sun comes to a tube that stands still; one that follows the sky is the next question's."""
        if here is not None and not self.covered and (near := self._guard.too_near_sun(here, utc)):
            return [Alarm("pointing_near_sun", near, latched=True)]
        rests = self._course.parked or self._course.tracking in (TrackingRate.OFF, None)
        if here is None or self.covered or not rests or self._course.slew is not None:
            return []
        minutes = self._guard.minutes_until_sun(here, utc)
        if minutes is None or minutes > WARN_MINUTES:
            return []
        if minutes > SOON_MINUTES:
            return [Alarm("sun_will_pass", {"minutes": round(minutes)})]
        return [Alarm("sun_will_pass_soon", {"minutes": round(minutes)}, latched=True)]

    def _ahead(self, here: Look | None, utc: datetime, travel_degrees: float | None) -> list[Alarm]:
        if here is None or self._course.parked or self._course.tracking in (TrackingRate.OFF, None):
            return []
        found = self._guard.ahead(here, utc, travel_degrees)
        return [Alarm(ahead.code, {"minutes": round(ahead.minutes), **ahead.details}) for ahead in found]

    def _dawn(self, utc: datetime, day: bool) -> list[Alarm]:
        """The last half-hour before the Sun can reach the tube."""
        minutes = None if day or self.covered or self._course.parked else self._guard.minutes_until_day(utc)
        return (
            [Alarm("night_ending", {"minutes": round(minutes)})]
            if minutes is not None and minutes <= DAWN_MINUTES
            else []
        )
