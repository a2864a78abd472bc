"""The one thread that owns the line: orders, polling, limits, stop.

Precedence, in one place (`_turn`): a stop > a limit's halt > orders > polling. Stop is not an order: it empties the
mailbox, shouts, and is repeated until the axes are seen at rest, with an alarm when they are not. The first act after
connecting is a halt, and so is the last before closing. Other threads call the public methods and wait for an answer;
they never touch the line but to shout.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from typing import TypeVar

from scope.brake import Brake
from scope.clock import Clock
from scope.command import Command
from scope.errors import GarbledAnswer, LineError, LineLost, NoAnswer, NotAllowed, NotCapable, Overtaken, ScopeError
from scope.line import Line
from scope.mailbox import Job, Letter, Mailbox
from scope.mounts.mount import Can, Family
from scope.orders import Direction, Nudge, TrackingRate
from scope.pilot import Happening, Pilot
from scope.position import Site
from scope.settings import LimitSettings
from scope.sky.frames import Sky
from scope.snapshot import Alarm, LineState, Motion, Snapshot
from scope.target import Target

T = TypeVar("T")
log = logging.getLogger(__name__)

MOVING_POLL_SECONDS = 0.25
RESTING_POLL_SECONDS = 1.0
SETTLING_POLL_SECONDS = 0.1
MISSES_ALLOWED = 3
FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS = 0.5, 5.0
ANSWER_SECONDS = 10.0
"""An order that the mount thread has not begun by then is withdrawn, never done late."""
NEEDS = {
    TrackingRate.OFF: Can.TRACK,
    TrackingRate.SIDEREAL: Can.TRACK,
    TrackingRate.LUNAR: Can.LUNAR,
    TrackingRate.SOLAR: Can.SOLAR,
}


class Controller:
    """Owns the line; `publish` and `tell` are called on the mount thread and must not block."""

    def __init__(
        self,
        line: Line,
        family: Family,
        sky: Future[Sky],
        site: Site,
        limits: LimitSettings,
        clock: Clock,
        publish: Callable[[Snapshot], None],
        tell: Callable[[Happening], None],
    ) -> None:
        self._line, self._clock, self._publish_to = line, clock, publish
        self._mount = family(self._say)
        self._pilot = Pilot(self._mount, sky, site, limits, clock, tell)
        self._mailbox = Mailbox()
        self._brake = Brake(line, self._mount.halt, clock)
        self._mark: int | None = None
        self._alarms: dict[str, Alarm] = {}
        self._up = False
        self._misses = 0
        self._retry_seconds = FIRST_RETRY_SECONDS
        self._look_due = 0.0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mount")

    # --- any thread -------------------------------------------------------------------------------------------

    def start(self) -> None:
        self._brake.start()
        self._thread.start()

    def close(self) -> None:
        """Halt, let the port go, end the threads."""
        self._closing.set()
        self._mailbox.close(Overtaken("the service is closing", code="closing"))
        self._brake.close()
        self._line.wake()
        self._thread.join()

    def stop(self, reason: str = "stop") -> None:
        """Halt now, over whatever is going on; LineLost without a line, and then the halt comes first on return.

        Returns when the halt is handed to the line; that the axes rest is read from the snapshot.
        """
        self._brake.pull(reason)
        self._mailbox.empty(Overtaken("a stop took over"))
        if not self._line.is_open:
            raise LineLost("there is no line to the mount; the halt will be the first thing sent when it is back")

    def goto(self, target: Target) -> None:
        """Returns when limits and mount have accepted; arrival is read from the snapshot."""
        self._need(Can.GOTO)
        self._give(lambda: self._set_out(target))

    def sync(self, target: Target, confirmed: bool) -> None:
        self._need(Can.SYNC)
        self._give(lambda: self._pilot.sync(target, confirmed))

    def track(self, rate: TrackingRate) -> None:
        self._need(NEEDS[rate])
        self._give(lambda: self._pilot.track(rate))

    def nudge(self, order: Nudge, holder: str) -> bool:
        """Begin a press (True), renew it, or let go of it; it ends by itself when the heartbeats do."""
        self._need(Can.NUDGE)
        if order.direction is None:
            self._brake.let_go(order.press)
            return False
        if self._brake.renew(order, holder):
            return False
        direction = order.direction
        self._give(lambda: self._begin_press(order, direction, holder))
        return True

    def park(self) -> None:
        self._need(Can.PARK)
        self._give(self._pilot.park)

    def unpark(self) -> None:
        self._need(Can.UNPARK)
        self._give(self._pilot.unpark)

    def set_clock(self) -> None:
        """Give the mount our time and site."""
        self._need(Can.SET_CLOCK)
        self._give(self._pilot.set_clock)

    def _need(self, capability: Can) -> None:
        if capability not in self._mount.can:
            name = (capability.name or "").lower()
            raise NotCapable(f"this mount cannot {name}", capability=name)

    def _give(self, job: Job) -> None:
        if not self._up:
            raise LineLost("there is no line to the mount")
        if "stop_not_confirmed" in self._alarms:
            raise NotAllowed("the mount has not obeyed the stop yet", code="stop_not_confirmed")
        letter = Letter(job, self._line.mark)
        self._mailbox.put(letter)
        self._line.wake()
        try:
            letter.answer.result(ANSWER_SECONDS)
        except Late:
            if letter.answer.cancel():
                raise NoAnswer("the mount is busy; the order was withdrawn", code="mount_busy") from None
            letter.answer.result()  # being done this very moment, and its own deadlines end it

    # --- the mount thread: the loop ---------------------------------------------------------------------------

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
        """One round: a stop, or what a stop still needs, or one order, or the next look."""
        if self._brake.pulled is not None:
            self._halt(self._brake.pulled)
        elif self._brake.settling is not None:
            self._settle()
        elif letter := self._mailbox.take():
            self._carry_out(letter)
        elif self._clock.monotonic() < self._look_due:
            self._line.idle(self._look_due)
        else:
            self._look()

    def _say(self, command: Command[T]) -> T:
        return self._line.ask(command, self._mark)

    def _carry_out(self, letter: Letter) -> None:
        self._mark = letter.mark
        try:
            letter.carry_out()
            self._alarms.pop("halted_at_limit", None)
        except LineLost:
            raise
        except ScopeError as reason:
            log.info("not done: %s", reason)
        finally:
            self._mark = None
            self._look_due = 0.0

    def _set_out(self, target: Target) -> None:
        """Shown before it is answered, so that whoever looks next does not take the last arrival for this one."""
        self._pilot.goto(target)
        self._publish()

    def _begin_press(self, order: Nudge, direction: Direction, holder: str) -> None:
        self._brake.hold(order, direction, holder)
        self._pilot.nudge(direction, order.rate)

    # --- the mount thread: coming and going -------------------------------------------------------------------

    def _meet(self) -> None:
        """Open, halt, and only then ask who is there and what it believes."""
        self._line.open()
        self._line.ask(self._mount.halt)
        self._line.ask(self._mount.halt)  # the first may have ended what a crashed program left half written
        self._brake.pulled = None
        self._pilot.meet()
        self._up, self._misses, self._retry_seconds = True, 0, FIRST_RETRY_SECONDS
        self._alarms.pop("line_lost", None)
        self._halt("connected")

    def _lose(self, reason: LineError) -> None:
        """Show what is lost, drop what waits, and come back after a while; a stop meanwhile is kept for then."""
        first, self._up = "line_lost" not in self._alarms, False
        self._mailbox.empty(LineLost(str(reason)))
        self._brake.release()
        self._line.close()
        self._pilot.lose()
        self._alarms = {"line_lost": Alarm("line_lost", {"reason": reason.code, "words": str(reason)})}
        if first:
            log.warning("line lost: %s", reason)
            self._pilot.tell("line-lost", reason.code, reason.details)
        self._publish()
        self._line.idle(self._clock.monotonic() + self._retry_seconds)
        self._retry_seconds = min(self._retry_seconds * 2, LONGEST_RETRY_SECONDS)

    def _leave(self) -> None:
        try:
            if self._line.is_open:
                self._line.ask(self._mount.halt)
        except LineError as lost:
            log.warning("no last halt: %s", lost)
        self._line.dispose()

    # --- the mount thread: stopping ---------------------------------------------------------------------------

    def _halt(self, reason: str) -> None:
        """From here the halt, which a shout may have written already, is repeated until the axes rest."""
        self._brake.settle(reason)
        self._pilot.halted()

    def _settle(self) -> None:
        """One look at whether the mount obeys."""
        self._look()
        settling = self._brake.settling
        if settling is None or self._brake.pulled is not None:
            return
        if self._pilot.bearing.at_rest(since=settling.begun) or self._pilot.parked:
            self._settled(settling.reason)
        elif self._brake.unconfirmed() and "stop_not_confirmed" not in self._alarms:
            self._alarm(Alarm("stop_not_confirmed"))
        else:
            self._line.idle(self._clock.monotonic() + SETTLING_POLL_SECONDS)

    def _settled(self, reason: str) -> None:
        self._brake.release()
        self._pilot.rested()
        self._alarms.pop("stop_not_confirmed", None)
        if reason != "connected":
            self._pilot.tell("stopped", details={"reason": reason})
        self._publish()

    # --- the mount thread: looking ----------------------------------------------------------------------------

    def _look(self) -> None:
        """One reading, and a halt when it asks for one; a few may fail before the line counts as lost."""
        begun = self._clock.monotonic()
        try:
            alarm = self._pilot.look()
        except (NoAnswer, GarbledAnswer) as miss:
            self._miss(miss)
            alarm = None
        else:
            self._misses = 0
        self._look_due = begun + self._poll_seconds()
        if alarm is not None:
            self._alarm(alarm)
            self._halt(alarm.code)
        self._publish()

    def _poll_seconds(self) -> float:
        return MOVING_POLL_SECONDS if self._pilot.moving else RESTING_POLL_SECONDS

    def _miss(self, miss: LineError) -> None:
        if self._pilot.silent_because_parked():
            return
        self._misses += 1
        if self._misses >= MISSES_ALLOWED:
            raise LineLost(f"{self._misses} questions without a good answer, the last: {miss}", code=miss.code)

    def _alarm(self, alarm: Alarm) -> None:
        self._alarms[alarm.code] = alarm
        self._pilot.tell("alarm", alarm.code, alarm.details)

    def _publish(self) -> None:
        pilot, look = self._pilot, self._pilot.bearing.last
        alarms = [*self._alarms.values(), *(pilot.trust.doubts() if self._up else [])]
        seen = look is not None and look.pointing is not None
        self._publish_to(
            Snapshot(
                serial=0,  # the service numbers them
                utc=self._clock.utc(),
                line=LineState.UP if self._up else LineState.LOST,
                motion=pilot.motion if self._up else Motion.UNKNOWN,
                position=look.pointing if look else None,
                read_at=look.at if look and seen else None,
                target=pilot.target,
                arrived=pilot.arrived,
                tracking=pilot.tracking.value if pilot.tracking else None,
                mount=pilot.identity.product,
                can=tuple(sorted((flag.name or "").lower() for flag in self._mount.can)),
                alarms=tuple(alarms),
            )
        )
