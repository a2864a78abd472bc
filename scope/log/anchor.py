"""By which wall clock the log is written, when the machine's makes a step in mid-session.

The later time is the right one, as a rule: the network came, or somebody set the clock. But a year that cannot be is
never believed, and a time that nobody vouches for does not take over from one that was vouched for: then the log goes
on counting from what it had. Any thread, one at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from scope.clock import STEP_SECONDS, Clock, boot_id, is_possible
from scope.log.moment import VOUCHED_FOR, Moment, clock_quality

TRIES = 3
HELD_UP_SECONDS = 0.1


class Anchor:
    """The clock as the log believes it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen = self._believed = self._offset()
        self._asleep = clock.asleep_seconds()
        self._vouched = clock_quality(clock) in VOUCHED_FOR
        self._following = True

    def now(self) -> Moment:
        monotonic = self._clock.monotonic()
        return Moment(self._believed + timedelta(seconds=monotonic), monotonic, boot_id())

    @property
    def vouched(self) -> bool:
        return self._vouched

    @property
    def correction(self) -> timedelta:
        """What to add to the clock's own time; not zero while the log does not follow it."""
        return self._believed - self._seen

    def turn(self) -> float | None:
        """Follow the clock; the seconds by which it has stepped since the last call, None if it has not."""
        self._wake()
        now, vouched = self._offset(), clock_quality(self._clock) in VOUCHED_FOR
        step = (now - self._seen).total_seconds()
        self._seen = now
        if abs(step) <= STEP_SECONDS and self._following:
            self._believed, self._vouched = now, self._vouched or vouched
            return None
        before = self._believed
        if abs(step) > STEP_SECONDS or vouched:
            self._follow_or_not(now, vouched)
        gained = (self._believed - before).total_seconds()
        return next((seconds for seconds in (step, gained) if abs(seconds) > STEP_SECONDS), None)

    def _wake(self) -> None:
        """A machine that slept has not stepped its clock: the monotonic second stood still meanwhile."""
        before, self._asleep = self._asleep, self._clock.asleep_seconds()
        slept = timedelta(seconds=self._asleep - before)
        if slept.total_seconds() > STEP_SECONDS:
            self._seen, self._believed = self._seen + slept, self._believed + slept

    def _follow_or_not(self, now: datetime, vouched: bool) -> None:
        monotonic = timedelta(seconds=self._clock.monotonic())
        better = vouched or not self._vouched or not is_possible(self._believed + monotonic)
        self._following = better and is_possible(now + monotonic)
        if self._following:
            self._believed, self._vouched = now, vouched

    def _offset(self) -> datetime:
        """The time at which this boot began, by the clock; asked again if we were held up between two questions."""
        for _ in range(TRIES):
            before = self._clock.monotonic()
            utc, monotonic = self._clock.utc(), self._clock.monotonic()
            if monotonic - before < HELD_UP_SECONDS:
                break
        return utc - timedelta(seconds=monotonic)


@dataclass(frozen=True, slots=True)
class Origin:
    """When a session really began, which its clock did not know, and at which monotonic second of which boot."""

    begun: datetime
    monotonic: float
    boot_id: str

    def utc(self, utc: datetime, monotonic: float, boot_id: str) -> datetime:
        """When it was that an event was written with that: within a boot the monotonic seconds decide."""
        if boot_id != self.boot_id:
            return utc
        counted = self.begun + timedelta(seconds=monotonic - self.monotonic)
        return utc if abs((counted - utc).total_seconds()) <= STEP_SECONDS else counted
