"""S33, S35, F49: the service as a whole, when its log hangs, its limits were edited, or it was stopped itself."""

import itertools
import os
import signal
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scope.clock import Clock
from scope.log.database import open_database
from scope.orders import Goto, Person, Role, Stop
from scope.service import Service
from scope.settings import read_settings
from scope.snapshot import Motion, Snapshot
from tests.simulated_mount import SimulatedMount, simulated_mount, wait_until
from tests.whole_program import AUTUMN_NIGHT, prepare, rests, whole_program

AIGERIM = Person("Aigerim", Role.VOLUNTEER, "browser")
HELD_SECONDS = 4.0
LATER_SECONDS, LONGEST_SECONDS = 0.05, 1.5
"""In the middle no look is later than 50 ms; the longest gap is the machine's, which others use as well."""
HALT_SECONDS = 1.0


class Running:
    """A service in this process, and when its mount thread has looked."""

    def __init__(self, file: Path, clock: Clock) -> None:
        self.settings = read_settings(file)
        self.database = open_database(self.settings.log.database)
        self.service, self.looks = Service(self.settings, self.database, clock), list[float]()
        self.seen: Snapshot | None = None
        controller = self.service._controller
        publish = controller._publish_to

        def noted(seen: Snapshot) -> None:
            self.seen = seen
            self.looks.append(time.monotonic())
            publish(seen)

        controller._publish_to = noted

    def settled(self) -> None:
        wait_until(lambda: self.seen and self.seen.motion is Motion.TRACKING, 30, "tracking")

    def order(self, order: Goto | Stop) -> None:
        self.service.order(order, AIGERIM, "request")

    def gaps(self, begun: float, ended: float) -> list[float]:
        looks = [at for at in self.looks if begun <= at <= ended]
        return [later - earlier for earlier, later in itertools.pairwise(looks)]

    def close(self) -> None:
        self.service.close()
        self.database.close()


@contextmanager
def running(file: Path, clock: Clock) -> Iterator[Running]:
    found = Running(file, clock)
    found.settings.run_folder.mkdir(exist_ok=True)
    try:
        found.service.start()
        yield found
    finally:
        found.close()


@contextmanager
def on_a_mount(folder: Path) -> Iterator[tuple[Path, Clock, SimulatedMount]]:
    clock = Clock(AUTUMN_NIGHT - datetime.now(UTC))
    offset = str(clock.shift.total_seconds())
    with simulated_mount(folder, extra=["--clock-offset", offset, "--slew-rate", "4"]) as mount:
        file, _ = prepare(folder)
        yield file, clock, mount


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Somebody else writes into the log, and takes their time."""
    path = read_settings(file).log.database.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_log_that_hangs_delays_neither_the_looks_at_the_mount_nor_a_stop(tmp_path: Path) -> None:
    with on_a_mount(tmp_path) as (file, clock, mount), running(file, clock) as program:
        program.settled()
        program.order(Goto(target="Polaris"))
        begun = time.monotonic()
        time.sleep(HELD_SECONDS)  # looks to compare with
        free = program.gaps(begun, time.monotonic())
        with locked(file):
            begun = time.monotonic()
            time.sleep(HELD_SECONDS)
            hung = program.gaps(begun, time.monotonic())
            pulled = time.monotonic()
            program.order(Stop())
            wait_until(lambda: [run for run in mount.trace_since(pulled) if b":Q#" in run["data"]], 5, "the halt")
            halts = [run["t"] for run in mount.trace_since(pulled) if b":Q#" in run["data"]]
            mount.wait_until(rests, 5)
        assert statistics.median(hung) <= statistics.median(free) + LATER_SECONDS
        assert max(hung) <= LONGEST_SECONDS
        assert halts[0] - pulled <= HALT_SECONDS


def test_limits_that_were_edited_between_two_starts_are_in_the_log(tmp_path: Path) -> None:
    with on_a_mount(tmp_path) as (file, clock, _):
        for radius in (20, 20, 12):
            text = file.read_text(encoding="utf-8").split("[limits]")[0]
            file.write_text(f"{text}\n[limits]\nsun_radius_degrees = {radius}\n", encoding="utf-8")
            with running(file, clock) as program:
                program.settled()
        path = read_settings(file).log.database.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path)) as log:
            rows = log.execute("SELECT details FROM events WHERE action = 'limits-changed'").fetchall()
        assert len(rows) == 1, "once, and not at a start that changed nothing"
        assert "sun_radius_degrees" in rows[0][0]
        assert "12" in rows[0][0]


def test_a_service_that_was_stopped_itself_halts_before_anything_else_when_it_goes_on(tmp_path: Path) -> None:
    """F49: for five seconds nobody could let go of the key; the mount, which is another's process, went on."""
    with whole_program(tmp_path, mount_options=("--slew-rate", "4"), mount_outside=True) as program:
        program.do("nudge", direction="north", rate="centre", press="held", beat=0)
        program.do("nudge", direction="north", rate="centre", press="held", beat=1)
        service = program.pids()["service"]
        os.kill(service, signal.SIGSTOP)
        try:
            time.sleep(5.0)  # what the fault is
            assert not program.rests()
        finally:
            went_on = time.monotonic()
            os.kill(service, signal.SIGCONT)
        wait_until(lambda: [run for run in program.mount.trace_since(went_on) if run["dir"] == "in"], 5, "a byte")
        program.mount.wait_until(rests, 5)
        heard = [run for run in program.mount.trace_since(went_on) if run["dir"] == "in"]
        halted = next(run["t"] for run in heard if b":Q#" in run["data"])
        assert halted - went_on <= HALT_SECONDS
        assert not any(b":M" in run["data"] for run in heard)
        late = program.order("nudge", direction="north", rate="centre", press="held", beat=9)
        assert late.json["code"] == "press_over"


@pytest.mark.skipif(not os.environ.get("CLUBSCOPE_NIGHTLY"), reason="takes a minute")
def test_a_log_that_hangs_for_half_a_minute_delays_nothing(tmp_path: Path) -> None:
    with on_a_mount(tmp_path) as (file, clock, _), running(file, clock) as program:
        program.settled()
        with locked(file):
            begun = time.monotonic()
            time.sleep(30)
            assert max(program.gaps(begun, time.monotonic())) <= LONGEST_SECONDS + 1.0
