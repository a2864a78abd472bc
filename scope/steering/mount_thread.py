"""The one thread that owns the line: its loop, its comings and goings, its stopping and looking.

Precedence, in one place (`_turn`): a stop > a limit's halt > orders > the next leg of a goto > polling. The first act
after connecting is a halt, and so is the last before closing. Other threads leave letters and pull the brake.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from scope.clock import Clock
from scope.command import Command
from scope.errors import GarbledAnswer, LineError, LineLost, MountRefused, NoAnswer, NotAllowed, Overtaken, ScopeError
from scope.line.line import Line
from scope.line.stranger import cause_of
from scope.snapshot import Alarm
from scope.steering.brake import HAND_LETS_GO, Brake
from scope.steering.crew import Crew
from scope.steering.duties import Duties
from scope.steering.mailbox import Letter, Mailbox

T = TypeVar("T")
log = logging.getLogger(__name__)

MOVING_POLL_SECONDS = 0.25
RESTING_POLL_SECONDS = 1.0
SETTLING_POLL_SECONDS = 0.1
MISSES_ALLOWED = 3
BOOT_SECONDS = 3.0
"""What an Arduino's bootloader takes, and the controller behind it; not confirmed on hardware."""
FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS = 0.5, 5.0
STILL_SECONDS = 1.0
NOISY_SHARE = 0.1
"""From one bad answer in ten on, people are told that the cable is bad."""
FOREIGN_ANSWERS = 3
"""Answers within ten seconds to questions that we never asked: another program speaks on this line."""
LINE_CODES = frozenset({"line_noisy", "foreign_traffic"})
ENDS_WITH_AN_ORDER = (
    *("halted_at_limit", "halted_at_zenith", "halted_at_dec_limit", "sun_guard_unavailable", "goto_given_up"),
    *("dawn_unsafe", "parked_at_dawn", "tracking_ended"),
)


class MountThread:
    """Turns until `close`; `publish` is called after every look and must not block."""

    def __init__(
        self,
        line: Line,
        crew: Crew,
        brake: Brake,
        mailbox: Mailbox,
        clock: Clock,
        publish: Callable[[], None],
    ) -> None:
        self._line, self._brake, self._mailbox, self._clock, self._publish = line, brake, mailbox, clock, publish
        self._pilot, self._alarms, self._duties = crew.pilot, crew.alarms, Duties(crew)
        self._mark: int | None = None
        self._slew_mark = 0
        self.up = False
        self._misses = 0
        self._retry_seconds = FIRST_RETRY_SECONDS
        self._look_due = 0.0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mount")

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Halt, let the port go, end the thread."""
        self._closing.set()
        self._line.wake()
        self._thread.join()

    def say(self, command: Command[T]) -> T:
        """What the mount is spoken to with: overtaken by any stop that came after the order was given."""
        return self._line.ask(command, self._mark)

    # --- the loop -----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                self._meet()
                while not self._closing.is_set():
                    self._turn()
            except LineError as lost:
                self._lose(lost)
            except Exception as fault:  # this thread must live: without it there is no stop
                log.exception("a fault of ours on the mount thread")
                self._lose(LineLost(f"internal fault: {fault!r}", code="internal_fault"))
        self._leave()

    def _turn(self) -> None:
        """One round: a stop, or what a stop still needs, or one order, or the next leg, or the next look."""
        slew = self._pilot.course.slew
        if self._brake.pulled is not None:
            self._halt(self._brake.pulled)
        elif self._brake.settling is not None:
            self._settle()
        elif letter := self._mailbox.take():
            self._carry_out(letter)
        elif slew is not None and slew.leg_due:
            self._go_on()
        elif self._clock.monotonic() < self._look_due:
            self._line.idle(self._look_due)
        else:
            self._look()

    def _carry_out(self, letter: Letter) -> None:
        self._mark = letter.mark
        slew = self._pilot.course.slew
        try:
            letter.carry_out()
            self._alarms.drop(*ENDS_WITH_AN_ORDER)
        except LineLost:
            raise
        except ScopeError as reason:
            log.info("not done: %s", reason)
        finally:
            if self._pilot.course.slew is not slew:
                self._slew_mark = letter.mark
            self._mark = None
            self._look_due = 0.0

    def _go_on(self) -> None:
        """Nobody orders it anew, so a stop that came since the goto was given overtakes it."""
        self._mark = self._slew_mark
        try:
            self._pilot.go_on()
        except LineLost:
            raise
        except ScopeError as reason:
            self._pilot.give_up(reason)
            self._alarms.put_up(Alarm("goto_given_up", {"reason": reason.code}))
        finally:
            self._mark = None
            self._look_due = 0.0

    # --- coming and going ---------------------------------------------------------------------------------------

    def _meet(self) -> None:
        """Open, halt, and only then ask who is there and what it believes."""
        if not self._line.is_open:
            self._line.open()
        self._line.halt(self._pilot.mount.halt)
        self._line.halt(self._pilot.mount.halt)  # the first may have ended what a crashed program left half written
        self._brake.pulled = None
        self._greet()
        self.up, self._misses, self._retry_seconds = True, 0, FIRST_RETRY_SECONDS
        self._alarms.drop("line_lost")
        self._halt("connected")

    def _greet(self) -> None:
        """When nobody answers as a mount would, what was heard tells who is there, or what is wrong with the line.

        Boards that restart when their port is opened are deaf for a while, and would be so again at the next try.
        """
        until, echoed = self._clock.monotonic() + BOOT_SECONDS, self._line.record.echoed
        while True:
            try:
                self._pilot.meet()
                return
            except (NoAnswer, GarbledAnswer) as miss:
                cause = cause_of(miss, self._line.first_words, self._line.record.echoed - echoed)
                if cause is not miss or self._closing.is_set() or self._clock.monotonic() >= until:
                    raise cause from miss

    def _lose(self, reason: LineError) -> None:
        """Show what is lost, drop what waits, and come back after a while; a stop meanwhile is kept for then."""
        first, self.up = "line_lost" not in self._alarms, False
        self._mailbox.empty(LineLost(str(reason)))
        self._brake.release()
        self._line.close()
        self._pilot.lose()
        self._alarms.drop_all_but("mount_reset")
        self._alarms.put_up(Alarm("line_lost", {**reason.details, "reason": reason.code, "words": str(reason)}))
        if first:
            log.warning("line lost: %s", reason)
            self._pilot.lookout.tell("line-lost", reason.code, reason.details)
        self._publish()
        self._line.idle(self._clock.monotonic() + self._retry_seconds)
        self._retry_seconds = min(self._retry_seconds * 2, LONGEST_RETRY_SECONDS)

    def _leave(self) -> None:
        try:
            if self._line.is_open:
                self._line.halt(self._pilot.mount.halt)
        except LineError as lost:
            log.warning("no last halt: %s", lost)
        self._line.dispose()

    # --- stopping -----------------------------------------------------------------------------------------------

    def _halt(self, reason: str) -> None:
        """From here the halt, which a shout may have written already, is repeated until the axes rest."""
        self._brake.settle(reason)
        self._pilot.halted(goes_on=reason in HAND_LETS_GO)

    def _settle(self) -> None:
        """One look at whether the mount obeys."""
        self._look()
        settling = self._brake.settling
        if settling is None or self._brake.pulled is not None:
            return
        bearing = self._pilot.lookout.bearing
        still = bearing.still_seconds(since=settling.begun) >= STILL_SECONDS  # whatever the mount says of itself
        if still or bearing.at_rest(since=settling.begun) or self._pilot.course.parked:
            self._settled(settling.reason)
        elif self._brake.unconfirmed() and "stop_not_confirmed" not in self._alarms:
            self._alarm(Alarm("stop_not_confirmed"))
        else:
            self._line.idle(self._clock.monotonic() + SETTLING_POLL_SECONDS)

    def _settled(self, reason: str) -> None:
        self._brake.release()
        self._pilot.course.halted_from = None
        self._alarms.drop("stop_not_confirmed")
        if reason != "connected":
            self._pilot.lookout.tell("stopped", details={"reason": reason})
        self._publish()

    # --- looking ------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """One reading, and a halt when it asks for one; a few may fail before the line counts as lost."""
        begun, lookout = self._clock.monotonic(), self._pilot.lookout
        try:
            self._tend_mount()
            alarm = lookout.look()
        except (NoAnswer, GarbledAnswer) as miss:
            self._miss(miss)
            alarm = lookout.stale()
        else:
            self._misses = 0
        self._alarms.keep_only(LINE_CODES, self._doubts_of_line())
        self._look_due = begun + (MOVING_POLL_SECONDS if lookout.moving else RESTING_POLL_SECONDS)
        if alarm is not None:
            self._stop_for(alarm)
        elif self._duties.are_due:
            self._unless_stopped(self._do_duties)
        self._publish()

    def _doubts_of_line(self) -> list[Alarm]:
        """What people should know of the cable before it is lost."""
        found, bad = [], self._line.quality
        if bad >= NOISY_SHARE:
            found.append(Alarm("line_noisy", {"bad_percent": round(100 * bad)}))
        if self._line.foreign_answers >= FOREIGN_ANSWERS:
            found.append(Alarm("foreign_traffic"))
        return found

    def _stop_for(self, alarm: Alarm) -> None:
        """What has happened has happened: a latched alarm stays until somebody has seen it, its cause or not."""
        self._alarm(alarm)
        if alarm.latched:
            self._alarms.drop(alarm.code)
        if self._brake.settling is None:
            self._halt(alarm.code)

    def _miss(self, miss: LineError) -> None:
        if self._pilot.lookout.silent_because_parked():
            return
        self._misses += 1
        if self._misses >= MISSES_ALLOWED:
            raise LineLost(f"{self._misses} questions without a good answer, the last: {miss}", code=miss.code)

    def _tend_mount(self) -> None:
        """A mount that has to be led by the hand; what it refuses now it is told again at the next look."""
        try:
            self._unless_stopped(self._pilot.mount.attend)
        except (MountRefused, NotAllowed) as reason:
            log.info("not tended: %s", reason)

    def _do_duties(self) -> None:
        for alarm in self._duties.attend():
            self._alarm(alarm)

    def _unless_stopped(self, act: Callable[[], None]) -> None:
        """What is due without an order; a stop that comes meanwhile overtakes it.

        The mark first, the brake then: a stop in between has either been seen here or is younger than the mark.
        """
        self._mark = self._line.mark
        try:
            if self._brake.pulled is None and self._brake.settling is None:
                act()
        except Overtaken:
            log.info("a stop came first")
        finally:
            self._mark = None

    def _alarm(self, alarm: Alarm) -> None:
        if self._alarms.put_up(alarm):
            self._pilot.lookout.tell("alarm", alarm.code, alarm.details)
