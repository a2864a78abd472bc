"""One telescope for everybody: each order becomes a letter to the mount thread, and only a stop does not wait for it.

Any thread may call any method; each returns when the mount has accepted, and arrival is read from the snapshot. A stop
is no order: it pulls the brake, which shouts over whatever is going on, and empties the mailbox.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from dataclasses import replace
from typing import Any, TypeVar

from scope.clock import Clock
from scope.command import Command
from scope.errors import LineLost, NoAnswer, NotAllowed, NotCapable, Overtaken
from scope.happening import Write
from scope.line.line import Line
from scope.mounts.mount import Can, Family
from scope.orders import Direction, Nudge, TrackingRate
from scope.remembered import Remembered
from scope.settings import Settings
from scope.sky.frames import Sky
from scope.snapshot import LineState, Motion, Snapshot
from scope.steering.aimed import Aimed
from scope.steering.aligner import Aligner
from scope.steering.brake import Brake
from scope.steering.crew import muster
from scope.steering.mailbox import Job, Letter, Mailbox
from scope.steering.mount_thread import MountThread
from scope.steering.observatory import Observatory
from scope.target import Target

T = TypeVar("T")
ANSWER_SECONDS = 10.0
"""An order that the mount thread has not begun by then is withdrawn, never done late."""
NEEDS = {
    TrackingRate.OFF: Can.TRACK,
    TrackingRate.SIDEREAL: Can.TRACK,
    TrackingRate.LUNAR: Can.LUNAR,
    TrackingRate.SOLAR: Can.SOLAR,
}


class Controller:
    """`publish` and `write` are called on the mount thread and must not block."""

    def __init__(
        self,
        line: Line,
        family: Family,
        sky: Future[Sky],
        settings: Settings,
        clock: Clock,
        remembered: Remembered,
        publish: Callable[[Snapshot], None],
        write: Write,
    ) -> None:
        self._line, self._clock, self._publish_to = line, clock, publish
        self._mailbox = Mailbox()
        observatory = Observatory(sky, settings, clock)
        mount = Aimed(family(self._say, observatory), observatory, settings.limits)
        crew = muster(mount, sky, settings, clock, remembered, write)
        self._aligner = Aligner(mount, crew, settings, clock, remembered)
        self._pilot, self._lookout, self._course = crew.pilot, crew.lookout, crew.course
        self.guard, self.trust, self.foresight, self.alarms = crew.guard, crew.trust, crew.foresight, crew.alarms
        self._brake = Brake(line, mount.halt, clock)
        self._thread = MountThread(line, crew, self._brake, self._mailbox, clock, self._publish)

    def start(self) -> None:
        self._brake.start()
        self._thread.start()

    def close(self) -> None:
        """Halt, let the port go, end the threads."""
        self._mailbox.close(Overtaken("the service is closing", code="closing"))
        self._brake.close()
        self._thread.close()

    # --- orders -------------------------------------------------------------------------------------------------

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

    def sync(self, target: Target, confirmed: bool, is_admin: bool = False) -> None:
        """Begins the pointing model anew; with stars in it, only when that is confirmed."""
        self._need(Can.SYNC)
        self._give(lambda: self._aligner.sync(target, confirmed, is_admin))

    def add_star(self, target: Target, confirmed: bool, is_admin: bool = False) -> None:
        """The telescope is centred on the target now: a star of the pointing model."""
        self._give(lambda: self._aligner.add(target, confirmed, is_admin))

    def drop_star(self, designation: str | None) -> None:
        self._give(lambda: self._aligner.drop(designation))

    def clear_stars(self) -> None:
        self._give(self._aligner.clear)

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

    def home(self) -> None:
        self._need(Can.HOME)
        self._give(self._pilot.home)

    def set_clock(self) -> None:
        """Give the mount our time and site."""
        self._need(Can.SET_CLOCK)
        self._give(self._aligner.set_clock)

    def confirm_alignment(self) -> None:
        self._give(self._pilot.confirm_alignment)

    def free_cables(self) -> None:
        self._give(self._lookout.cable.hangs_free)

    def compare_clocks(self) -> None:
        """Ask the mount again what it takes for the time, after ours has been set."""
        self._give(lambda: self._lookout.suspect(*self.trust.compare()))

    def end_solar(self, because: str) -> bool:
        """Never refused, with or without a line; whether the Sun had been allowed."""
        was_on = self.guard.solar.is_on
        self._lookout.end_solar(because)
        self._line.wake()
        return was_on

    # --- questions ----------------------------------------------------------------------------------------------

    @property
    def is_up(self) -> bool:
        return self._thread.up

    def pointing(self) -> dict[str, Any]:
        """The pointing model; see scope/desk.py."""
        return self._aligner.told

    @property
    def cable_degrees(self) -> float | None:
        return self._lookout.cable.travel_degrees

    def where(self) -> tuple[float, float] | None:
        """Altitude and azimuth as last seen."""
        look = self._lookout.bearing.last
        pointing = look.pointing if look else None
        return None if pointing is None else (pointing.altitude_degrees, pointing.azimuth_degrees)

    def as_it_is_now(self, seen: Snapshot) -> Snapshot:
        """What was seen of the mount, with what people have declared since."""
        return replace(
            seen,
            alarms=(*self.alarms.shown, *(self.trust.doubts() if self._thread.up else ())),
            covered=self.foresight.covered,
            solar=self.guard.solar.state,
            time_source=self._clock.source.value,
        )

    # --- how they get there -------------------------------------------------------------------------------------

    def _say(self, command: Command[T]) -> T:
        return self._thread.say(command)

    def _need(self, capability: Can) -> None:
        if capability not in self._pilot.mount.can:
            name = (capability.name or "").lower()
            raise NotCapable(f"this mount cannot {name}", capability=name)

    def _give(self, job: Job) -> None:
        if not self._thread.up:
            raise LineLost("there is no line to the mount")
        if "stop_not_confirmed" in self.alarms:
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

    def _set_out(self, target: Target) -> None:
        """Shown before it is answered, so that whoever looks next does not take the last arrival for this one."""
        self._pilot.goto(target)
        self._publish()

    def _begin_press(self, order: Nudge, direction: Direction, holder: str) -> None:
        """The lease is there before the first byte that moves anything."""
        self._pilot.check_nudge(direction, order.rate)
        left_alone = self._brake.hold(order, direction, holder)
        self._pilot.nudge(direction, order.rate, left_alone)

    # --- what is shown ------------------------------------------------------------------------------------------

    def _publish(self) -> None:
        """On the mount thread."""
        up, course, look = self._thread.up, self._course, self._lookout.bearing.last
        seen = look is not None and look.pointing is not None
        utc = self._clock.utc()
        self._publish_to(
            Snapshot(
                serial=0,  # the service numbers them
                utc=utc,
                line=LineState.UP if up else LineState.LOST,
                motion=self._lookout.motion if up else Motion.UNKNOWN,
                position=look.pointing if look else None,
                read_at=look.at if look and seen else None,
                target=course.target,
                arrived=course.arrived,
                tracking=course.tracking.value if course.tracking else None,
                pier_side=look.pier_side.value if look and look.pier_side else None,
                mount=self._pilot.identity.product,
                can=tuple(sorted((flag.name or "").lower() for flag in self._pilot.mount.can)),
                sun=self.guard.sun_state(look if seen else None, utc),
                detour=course.slew.detour if course.slew else None,
                cable_degrees=self.cable_degrees,
                pointing_stars=self._aligner.stars,
            )
        )
