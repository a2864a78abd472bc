"""One motor of the controller: what was last seen of it, and how it is made to go somewhere or to run.

It takes one step at a time and never waits: a motor that has to stop first is told so, and what comes next is for the
call after the next look. What was seen before an order says nothing after it: so no start is ever repeated blindly.
"""

from __future__ import annotations

from scope.errors import GarbledAnswer, MountRefused
from scope.mounts import skywatcher_words as say
from scope.mounts.mount import Ask
from scope.mounts.skywatcher_gearing import BRAKING_COUNTS, Gearing, goto_mode, slew_mode
from scope.mounts.skywatcher_words import Mode, Status

SURE_TRIES = 5
STANDS_COUNTS_PER_SECOND = 0.1
"""Slower than this a motor rather stands, and makes up for it when it is a count behind."""

SAME_SPEED_PARTS = 2000
"""Quick timers have many periods for one speed: what it differs by is caught up with, and the line is left in peace."""


class Motor:
    """`status` is None from an order until the next look; `speed_told` is in degrees a second, 0 when told to stop.

    `stopping` until it has been seen to rest.
    """

    def __init__(self, ask: Ask, gearing: Gearing) -> None:
        self._ask, self.gearing = ask, gearing
        self.status: Status | None = None
        self.degrees = 0.0
        self.counts = 0
        self.speed_told = 0.0
        self.stopping = False
        self._ticks = 0

    # --- looking ------------------------------------------------------------------------------------------------

    def look_status(self) -> Status:
        self.status = self._ask(say.status(self.gearing.axis))
        self.stopping = self.stopping and self.status.running
        return self.status

    def look_counter(self) -> None:
        self._saw(self._ask(say.counter(self.gearing.axis)))

    def look_surely(self) -> None:
        """Where a motor stands that does not move: two answers that agree; GarbledAnswer where none do.

        The last look counts as one, since a motor that has moved after it does not agree.
        """
        before: int | None = self.counts
        for _ in range(SURE_TRIES):
            counts = self._ask(say.counter(self.gearing.axis))
            if counts == before:
                self._saw(counts)
                return
            before = counts
        raise GarbledAnswer("no two answers about where a motor stands agree", code="position_doubtful")

    def _saw(self, counts: int) -> None:
        self.counts, self.degrees = counts, self.gearing.degrees(counts)

    @property
    def rests(self) -> bool:
        """Whether it was seen to, since it was last told anything."""
        return self.status is not None and not self.status.running

    def teach(self, counts: int) -> None:
        """Tell a motor that rests where it stands."""
        self.status = None
        self._ask(say.set_counter(self.gearing.axis, counts))
        self._saw(counts)

    def reach(self, degrees: float) -> int:
        """The counts of it; MountRefused where there are none."""
        if not self.gearing.holds(degrees):
            raise MountRefused("the counter does not reach so far", code="axis_wound_up", degrees=round(degrees))
        return self.gearing.counts(degrees)

    @property
    def slews(self) -> bool:
        """Whether it was seen to run fast, to run to a goal, or to run on though it was told to stop, or nothing."""
        now = self.status
        return now is not None and now.running and (now.fast or not now.slews or self.speed_told == 0.0)

    # --- going somewhere ----------------------------------------------------------------------------------------

    def prepare_goto(self, degrees: float) -> bool:
        """Say how far, to a motor that rests; whether there is anything to go."""
        counts = self.reach(degrees) - self.counts
        if counts == 0:
            return False
        axis, far = self.gearing.axis, abs(counts)
        self._ask(say.set_motion(axis, goto_mode(counts * self.gearing.degrees_per_count), counts < 0))
        self._ask(say.set_distance(axis, far))
        self._ask(say.set_braking(axis, min(BRAKING_COUNTS, max(1, far // 10))))
        return True

    def start(self) -> None:
        self.status = None
        self._ask(say.start(self.gearing.axis))

    # --- running ------------------------------------------------------------------------------------------------

    def stop(self) -> None:
        self.was_stopped()
        self._ask(say.stop(self.gearing.axis))

    def was_stopped(self) -> None:
        self.status, self.speed_told, self.stopping = None, 0.0, True

    def run(self, speed: float) -> None:
        """The next step towards running at this speed: nothing once it does, and before it has been seen."""
        if self.status is None:
            return
        stands = abs(speed) < STANDS_COUNTS_PER_SECOND * self.gearing.degrees_per_count
        if self.status.running and (stands or self.stopping or not self._goes_on(speed)):
            self.stop()
        elif self.status.running:
            self._set_period(speed)
        elif stands:
            self.speed_told = 0.0
        else:
            self._start_running(speed)

    def runs_at(self, speed: float) -> bool:
        """Whether it has been told so, for good."""
        ticks = self.gearing.period_ticks(speed, slew_mode(speed))
        told = abs(ticks - self._ticks) <= self._ticks // SAME_SPEED_PARTS and self.speed_told * speed > 0.0
        return told or (speed == 0.0 and self.rests)

    def _goes_on(self, speed: float) -> bool:
        """A slow slew in the same direction needs no stop to become another one."""
        now, mode = self.status, slew_mode(speed)
        if now is None or not now.slews or now.backward != (speed < 0.0) or now.fast != (mode is Mode.FAST_SLEW):
            return False
        return mode is Mode.SLOW_SLEW or self._ticks == self.gearing.period_ticks(speed, mode)

    def _set_period(self, speed: float) -> None:
        ticks = self.gearing.period_ticks(speed, slew_mode(speed))
        if self.speed_told == 0.0 or abs(ticks - self._ticks) > self._ticks // SAME_SPEED_PARTS:
            self._ask(say.set_period(self.gearing.axis, ticks))
            self._told(speed, ticks)

    def _start_running(self, speed: float) -> None:
        mode = slew_mode(speed)
        ticks = self.gearing.period_ticks(speed, mode)
        self._ask(say.set_motion(self.gearing.axis, mode, speed < 0.0))
        self._ask(say.set_period(self.gearing.axis, ticks))
        self.start()
        self._told(speed, ticks)

    def _told(self, speed: float, ticks: int) -> None:
        size = self.gearing.speed(ticks, slew_mode(speed))
        self._ticks, self.speed_told = ticks, -size if speed < 0.0 else size
