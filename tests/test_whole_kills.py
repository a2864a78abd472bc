"""Any process may die at any moment: the others live, it comes back, nothing acknowledged is lost, and the mount is
halted before anything else is said to it."""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.simulated_mount import wait_until
from tests.whole_program import Program, program

pytestmark = pytest.mark.timeout(240)

BACK_SECONDS = 20.0
POLE = {"ra_hours": 3.0, "dec_degrees": 88.0}
NEAR_POLE = {"ra_hours": 3.0, "dec_degrees": 70.0}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Program]:
    with program(tmp_path, supervised=True) as running:
        yield running


def back(running: Program, name: str, killed: int) -> int:
    """The pid of the process that has taken the killed one's place."""
    pid = wait_until(lambda: (running.pids().get(name) or killed) != killed, BACK_SECONDS, f"{name} to be back")
    assert pid
    return running.pids()[name]


def events(running: Program) -> list[tuple[str, str]]:
    """(request, action) of everything in the log."""
    engine = create_engine(running.settings.log.database)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text("SELECT request_id, action FROM events"))]  # type: ignore[misc]
    finally:
        engine.dispose()


@pytest.mark.parametrize("name", ["operators", "visitors"])
def test_a_killed_door_comes_back_and_the_others_do_not_notice(running: Program, name: str) -> None:
    before = running.pids()
    os.kill(before[name], signal.SIGKILL)
    back(running, name, before[name])
    running.settled()
    after = running.pids()
    assert {other: pid for other, pid in after.items() if other != name} == {
        other: pid for other, pid in before.items() if other != name
    }
    assert "Karaganda" in wait_until(lambda: _page(running), BACK_SECONDS, "the visitors' page")


def _page(running: Program) -> str:
    try:
        return running.visit("/")
    except OSError:
        return ""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_killed_service_halts_a_slewing_mount_first_and_loses_nothing_acknowledged(
    running: Program, seed: int
) -> None:
    chance = random.Random(seed)
    answers = [running.goto(**POLE), running.goto(**NEAR_POLE), running.goto(**POLE)]
    running.mount.wait_until(lambda truth: max(map(abs, truth["axis_rates_deg_s"])) > 2.0)
    time.sleep(chance.uniform(0.0, 0.3))  # the moment is what is varied
    doors = {name: pid for name, pid in running.pids().items() if name != "service"}
    service = running.pids()["service"]
    os.kill(service, signal.SIGKILL)
    killed_at = time.monotonic()
    wait_until(lambda: running.status()["line"] == "lost", BACK_SECONDS, "the doors to say that the line is lost")
    assert running.status()["position"] is None
    back(running, "service", service)
    heard = wait_until(lambda: _heard_since(running, killed_at), BACK_SECONDS, "bytes from the new service")
    assert heard.startswith(b":Q#"), heard
    running.mount.wait_until(lambda truth: max(map(abs, truth["axis_rates_deg_s"])) < 0.02)
    running.settled()
    assert running.mount.trace_since(killed_at)
    assert b":MS#" not in _heard_since(running, killed_at)
    assert {name: pid for name, pid in running.pids().items() if name != "service"} == doors
    logged = events(running)
    assert {(answer["request"], "goto") for answer in answers if answer["logged"]} <= set(logged)


def _heard_since(running: Program, moment: float) -> bytes:
    return b"".join(seen["data"] for seen in running.mount.trace_since(moment) if seen["dir"] == "in")


def test_when_the_supervisor_is_killed_the_mount_is_halted_and_nothing_is_left_behind(running: Program) -> None:
    running.goto(**POLE)
    running.mount.wait_until(lambda truth: max(map(abs, truth["axis_rates_deg_s"])) > 2.0)
    children = running.pids()
    assert running.parent is not None
    running.parent.kill()
    killed_at = time.monotonic()
    wait_until(lambda: not any(_lives(pid) for pid in children.values()), BACK_SECONDS, "all to have ended")
    assert b":Q#" in _heard_since(running, killed_at)
    running.mount.wait_until(lambda truth: max(map(abs, truth["axis_rates_deg_s"])) < 0.02)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_told_to_end_it_halts_the_mount_last_of_all(running: Program) -> None:
    children = running.pids()
    assert running.parent is not None
    running.parent.terminate()
    wait_until(lambda: not any(_lives(pid) for pid in children.values()), BACK_SECONDS, "all to have ended")
    assert running.mount.heard().endswith(b":Q#:Qn#:Qs#:Qe#:Qw#")
