"""The process that introduces the parts to each other: line, mount, sky, limits, helm, recorder, desk.

Nothing else in the project knows both the controller and the log. scope/__main__.py makes it a process.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, replace
from typing import Any

from scope.bulletin import Bulletin
from scope.clerk import Clerk, Entry
from scope.clock import Clock
from scope.desk import Counter, take_orders
from scope.happening import Happening
from scope.limits.horizon import mask_text
from scope.line.line import Line
from scope.log.database import Database
from scope.log.events import PROGRAM, Event
from scope.log.recorder import Recorder
from scope.mounts import baud_of, family_of
from scope.orders import Order, Person
from scope.precautions import Precautions
from scope.remembered import Remembered
from scope.settings import Settings
from scope.sky.catalogue import Catalogue
from scope.sky.frames import Sky
from scope.snapshot import Alarm, Motion, SessionState, Snapshot
from scope.steering.controller import Controller

log = logging.getLogger(__name__)

SAVED_SECONDS = 0.25
"""How long an accepted order waits for its event to be on disk before it is answered with `logged: false`."""
LIMITS = "limits"
MOVING_SAMPLE_SECONDS, RESTING_SAMPLE_SECONDS = 1.0, 10.0


class Service:
    """A Desk with everything behind it."""

    def __init__(self, settings: Settings, database: Database, clock: Clock, line: Line | None = None) -> None:
        """`line`: one that is open already and has been halted on, where nobody could wait for the rest."""
        self._settings, self._clock = settings, clock
        self._bulletin = Bulletin(clock)
        self._session: SessionState | None = None
        self._seen: Snapshot | None = None
        self._sampled_at = float("-inf")
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="begin")
        sky: Future[Sky] = self._threads.submit(_warm_sky, settings)
        catalogue: Future[Catalogue] = self._threads.submit(Catalogue)
        for begun in (sky, catalogue):
            begun.add_done_callback(_tell_failure)
        self._line = line or Line(settings.mount.port, baud_of(settings.mount))
        self._remembered = Remembered(settings.remembered_file)
        self._controller = Controller(
            self._line,
            family_of(settings.mount),
            sky,
            settings,
            clock,
            self._remembered,
            self._mount_seen,
            self._happened,
        )
        self._precautions = Precautions(self._controller, self._remembered, settings.horizon_file, settings.site, clock)
        self._clerk = Clerk(*(self._controller, self._precautions, sky, catalogue, clock, self._write, self._republish))
        self._recorder = Recorder(
            database,
            clock,
            simulated=settings.mount.simulated,
            site=settings.site,
            mount=settings.mount.family,
            visibility=settings.log.visibility,
            on_session=self._session_changed,
        )
        self._counters: list[Counter] = []

    def start(self) -> None:
        """First the line, whose first bytes are a halt; then the sockets."""
        self._controller.start()
        self._note_changed_limits()
        self._counters = [
            Counter(self._settings.orders_socket, take_orders(self)),
            Counter(self._settings.watch_socket, self._show),
        ]

    def close(self) -> None:
        """Halt the mount, then write down what is not written yet."""
        self._controller.close()
        self._bulletin.close()
        for counter in self._counters:
            counter.close()
        self._recorder.close()
        self._remembered.close()
        self._threads.shutdown()

    # --- Desk -------------------------------------------------------------------------------------------------

    def order(self, order: Order, by: Person, request: str) -> dict[str, Any]:
        return self._clerk.order(order, by, request)

    def look_up(self, text: str, most: int = 10) -> list[dict[str, Any]]:
        return self._clerk.look_up(text, most)

    def status(self) -> dict[str, Any]:
        return self._bulletin.status()

    def trace(self) -> list[dict[str, Any]]:
        now = self._clock.monotonic()
        return [exchange.as_json(now) for exchange in list(self._line.exchanges)]

    def clocks(self) -> dict[str, Any]:
        return self._controller.trust.clocks()

    def limits(self) -> dict[str, Any]:
        return self._precautions.limits()

    def pointing(self) -> dict[str, Any]:
        return self._controller.pointing()

    def _show(self, caller: Any) -> None:
        for line in self._bulletin.lines():
            caller.wfile.write(line)

    def _note_changed_limits(self) -> None:
        """Whoever edits clubscope.toml or the horizon changes what the telescope may do: the log has to know."""
        limits = {**asdict(self._settings.limits), "horizon": mask_text(self._controller.guard.mask)}
        before = self._remembered.get(LIMITS)
        if isinstance(before, dict) and before != limits:
            changed = {name: value for name, value in limits.items() if before.get(name) != value}
            self._recorder.event(Event(PROGRAM, "limits-changed", details=changed))
        self._remembered.put(LIMITS, limits)

    # --- what happens -----------------------------------------------------------------------------------------

    def _write(self, entry: Entry) -> bool:
        position = self._seen.position if self._seen else None
        motion = self._seen.motion if self._seen else Motion.UNKNOWN
        event = Event(
            *(entry.by, entry.action, entry.result, entry.arguments, entry.details),
            *(position, motion.value, entry.request, entry.target),
        )
        return self._recorder.event(event).saved(SAVED_SECONDS)

    def _happened(self, what: Happening) -> None:
        """On the mount thread: note it and go on."""
        details, motion = dict(what.details), what.motion.value
        self._recorder.event(
            Event(PROGRAM, what.action, what.result, {}, details, what.pointing, motion, "", what.target)
        )

    def _mount_seen(self, seen: Snapshot) -> None:
        """On the mount thread: complete, publish and sample what was just read."""
        self._seen = seen
        self._republish()
        self._sample(seen)

    def _republish(self) -> None:
        if self._seen is None:
            return
        now = self._controller.as_it_is_now(self._seen)
        alarms = now.alarms if self._recorder.healthy else (*now.alarms, Alarm("not_saved"))
        self._bulletin.publish(
            replace(
                now,
                helm=self._clerk.helm(),
                session=self._session,
                alarms=alarms,
                site=self._settings.site.name,
                simulated=self._settings.mount.simulated,
                clock_shifted=self._clock.shifted,
            )
        )

    def _sample(self, seen: Snapshot) -> None:
        """Once a second while it moves, sparser while it follows the sky."""
        if seen.position is None:
            return
        moving = seen.motion in (Motion.SLEWING, Motion.MANUAL)
        every, now = MOVING_SAMPLE_SECONDS if moving else RESTING_SAMPLE_SECONDS, self._clock.monotonic()
        if now - self._sampled_at >= every:
            self._sampled_at = now
            self._recorder.sample(seen.utc, seen.position, seen.motion.value)

    def _session_changed(self, session: SessionState | None) -> None:
        self._session = session
        self._republish()


def _tell_failure(begun: Future[Any]) -> None:
    if begun.exception() is not None:
        log.error("no sky or no catalogue, so nothing slews; a stop works", exc_info=begun.exception())


def _warm_sky(settings: Settings) -> Sky:
    sky = Sky(settings.site)
    sky.warm()
    return sky
