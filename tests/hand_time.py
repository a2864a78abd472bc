"""A whole controller and its mount in one thread, in a time that only the test lets pass: an hour takes seconds.

Everything of the product is real but its threads and the machine's clock: the mount thread's own turns, the line's own
deadlines, the simulator's own bytes, each as slow as at 9600 baud and spoilt by the same faults. Given the same seed a
test sees the same bytes. What needs a real port, or two threads at once, is tested with tests/telescopes.py.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from hardware_sim.exchange import Exchange
from hardware_sim.families import FAMILIES as SIMULATED
from hardware_sim.fault_motion import UnrulyMount
from hardware_sim.faults import read_fault
from hardware_sim.geometry import GEOMETRIES, AxisPair, Geometry
from hardware_sim.held import Held
from hardware_sim.motion import Motion as SimMotion
from hardware_sim.motion import Truth
from hardware_sim.mount_clock import MountClock
from hardware_sim.mount_clock import Site as SimSite
from hardware_sim.wire import Wire as SimWire
from scope.errors import LineError
from scope.happening import Happening
from scope.limits.axes import Axes, poses, standing_at
from scope.line.line import Line
from scope.mounts import baud_of, family_of
from scope.mounts.mount import Mount
from scope.orders import Direction, Nudge, NudgeRate
from scope.position import Site
from scope.remembered import Remembered
from scope.settings import Settings
from scope.sky.frames import Sky
from scope.snapshot import Motion, Snapshot
from scope.steering.controller import Controller
from tests.hand_wire import HandClock, HandWire
from tests.telescopes import NIGHT, SITE, ready, settings_for

SKY = Sky(SITE)
sky_over = cache(Sky)
SLEW_RATE = 4.0
TRUTH_SECONDS = 0.02
BRAKE_SECONDS = 0.02
HEARTBEAT_SECONDS = 0.15


class HandLine(Line):
    """A letter in the mailbox is worth a turn: nobody else is there to open it."""

    awake: Callable[[], None] = staticmethod(lambda: None)

    def wake(self) -> None:
        super().wake()
        self.awake()


class HandTelescope:
    """`at(second, deed)` has something done in the middle of whatever goes on then: a stop, a heartbeat, a fault."""

    def __init__(self, exchange: Exchange, clock: HandClock, kept: Remembered, settings: Settings) -> None:
        self.exchange, self.clock, self.remembered = exchange, clock, kept
        self.seen, self.happened = list[Snapshot](), list[Happening]()
        self.truths: list[Truth] = []
        self._deeds: list[tuple[float, Callable[[], object]]] = []
        self._brake_due = 0.0
        self._presses = 0
        self._turning = self.met = False
        self.wire = HandWire(exchange, clock, self._live)
        with patch("scope.line.line.Wire", lambda *_: self.wire):
            self.line = HandLine("/dev/null", baud_of(settings.mount))
        self.controller = Controller(
            *(self.line, family_of(settings.mount), ready(sky_over(settings.site)), settings, clock, kept),
            *(self.seen.append, self.happened.append),
        )
        self.thread, self.brake = self.controller._thread, self.controller._brake
        self.line.awake = self._open_letters

    # --- time ---------------------------------------------------------------------------------------------------

    @property
    def seconds(self) -> float:
        return self.clock.seconds

    def at(self, second: float, deed: Callable[[], object]) -> None:
        self._deeds.append((second, deed))

    def run(self, seconds: float) -> None:
        until = self.seconds + seconds
        while self.seconds < until:
            self.turn()

    def run_until(self, question: Callable[[], object], within_seconds: float = 60.0, what: str = "it") -> None:
        until = self.seconds + within_seconds
        while not question():
            assert self.seconds < until, f"{what}: not within {within_seconds:g} s; {self.now}"
            self.turn()

    def turn(self) -> None:
        """What the mount thread does in one round, and when the line is lost."""
        self._turning = True
        try:
            if self.met:
                self.thread._turn()
            else:
                self.thread._meet()
                self.met = True
        except LineError as lost:
            self.met = False
            self.thread._lose(lost)
        finally:
            self._turning = False

    def _open_letters(self) -> None:
        while self.controller._mailbox._letters and not self._turning:
            self.turn()

    def _live(self, now: float) -> None:
        """What other threads would do meanwhile."""
        if not self.truths or now - self.truths[-1].t >= TRUTH_SECONDS:
            self.truths.append(self.exchange.dialect.mount.truth())
        for due in [deed for deed in self._deeds if deed[0] <= now]:
            self._deeds.remove(due)
            due[1]()
        if now >= self._brake_due:
            self._brake_due = now + BRAKE_SECONDS
            if self.brake._lapsed():
                self.brake.pull("lease_over")
            self.brake._repeat()

    # --- doing --------------------------------------------------------------------------------------------------

    def control(self, words: str) -> None:
        """A fault, now."""
        if words == "unplug":
            self.wire.plugged = False
            self.exchange.cut()
        elif words == "replug":
            self.wire.plugged = True
            self.exchange.plugged(self.seconds)
        else:
            self.exchange.inflict(read_fault(words), self.seconds)

    def press(self, direction: Direction, rate: NudgeRate, seconds: float) -> None:
        """A key held down for so long, with heartbeats as a browser sends them; the last is not followed by a stop."""
        self._presses += 1
        name = f"press {self._presses}"
        self.controller.nudge(Nudge(direction, rate, name, 0), "Aigerim")
        for beat in range(1, round(seconds / HEARTBEAT_SECONDS) + 1):
            renewal = Nudge(direction, rate, name, beat)
            self.at(self.seconds + beat * HEARTBEAT_SECONDS, lambda renewal=renewal: self._renew(renewal))

    def _renew(self, renewal: Nudge) -> None:
        """As the controller does it; one that comes late begins no press."""
        if self.brake._lease.press is not None:
            self.brake.renew(renewal, "Aigerim")

    # --- seeing -------------------------------------------------------------------------------------------------

    @property
    def now(self) -> Snapshot:
        return self.controller.as_it_is_now(self.seen[-1])

    @property
    def mount(self) -> Mount:
        """The driver."""
        return self.controller._pilot.mount

    @property
    def truth(self) -> Truth:
        return self.exchange.dialect.mount.truth()

    def truths_since(self, second: float) -> list[Truth]:
        return [truth for truth in self.truths if truth.t >= second]

    def alarms(self) -> list[str]:
        return [alarm.code for alarm in self.now.alarms]

    def actions(self) -> list[str]:
        return [happening.action for happening in self.happened]

    def said_since(self, second: float) -> list[bytes]:
        return [said.data for said in self.wire.said if said.t >= second]

    def times_of(self, word: bytes, since: float = 0.0) -> list[float]:
        return [said.t for said in self.wire.said if said.t >= since and word in said.data]

    def rests(self) -> bool:
        """Both axes turn no faster than the sky: near the zenith that may be fast."""
        return self.truth.motion is SimMotion.HOLDING

    def settle(self, motion: Motion = Motion.TRACKING) -> None:
        self.run_until(lambda: self.seen and self.now.motion is motion, 90, f"motion {motion.value}")


def at_place(geometry: str, altitude: float, azimuth: float) -> Geometry:
    """The same kind of mount with its tube there at the start."""
    there = standing_at(altitude, azimuth, SITE.latitude_degrees)
    pose = poses(Axes(geometry), there, SITE.latitude_degrees, LIMITS)[0]
    first = pose.first_degrees % 360.0 if geometry == "altaz" else pose.first_degrees
    return replace(GEOMETRIES[geometry], start=AxisPair(first, pose.second_degrees))  # type: ignore[type-var]


LIMITS = settings_for(Path("/nowhere")).limits


def mount_in_hand(
    clock: HandClock,
    geometry: str = "altaz",
    start: tuple[float, float] | None = None,
    model: str | None = None,
    slew_rate: float = SLEW_RATE,
    seed: int = 1,
    family: str = "lx200",
    site: Site = SITE,
) -> Exchange:
    """A simulated mount that lives by that clock; `start` is altitude and azimuth."""
    ground = at_place(geometry, *start) if start else GEOMETRIES[geometry]
    held, stands = Held(seed), SimSite(site.latitude_degrees, site.longitude_degrees)
    begun = clock.wall().timestamp()
    mount = UnrulyMount(ground, stands, MountClock.right(5.0), slew_rate, clock.seconds, begun, held)
    kind = SIMULATED[family]
    chosen = model or kind.usual_model
    return Exchange(kind.make(chosen, mount), SimWire(kind.baud_for(chosen)), held)


def baud_of_model(family: str, model: str | None) -> int:
    """The speed of that model's line."""
    kind = SIMULATED[family]
    return kind.baud_for(model or kind.usual_model)


@contextmanager
def in_hand(clock: HandClock) -> Iterator[None]:
    """The line goes by that clock."""
    by_hand = SimpleNamespace(monotonic=clock.monotonic)
    with patch("scope.line.line.time", by_hand), patch("scope.line.voice.time", by_hand):
        yield


@contextmanager
def hand_telescope(
    folder: Path,
    moment: datetime = NIGHT,
    geometry: str = "altaz",
    start: tuple[float, float] | None = None,
    model: str | None = None,
    slew_rate: float = SLEW_RATE,
    settled: bool = True,
    family: str = "lx200",
    site: Site = SITE,
    **settings: str,
) -> Iterator[HandTelescope]:
    """One that tracks when the block begins."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = HandClock(moment)
    exchange = mount_in_hand(clock, geometry, start, model, slew_rate, family=family, site=site)
    kept = Remembered(folder / "remembered.json")
    if start and geometry == "altaz" and kept.get("cable") is None:
        kept.put("cable", {"first": start[1], "travel": start[1] - 180.0})  # the mount's own stops are 270° off
    with in_hand(clock):
        given = replace(settings_for(folder, **settings), site=site)
        given = replace(
            given,
            mount=replace(
                given.mount, family=family, fastest_degrees_per_second=slew_rate, baud=baud_of_model(family, model)
            ),
        )
        telescope = HandTelescope(exchange, clock, kept, given)
        if settled:
            telescope.settle()
        try:
            yield telescope
        finally:
            kept.close()
