"""kill -9 of any process, and of the supervisor: the others live on, it comes back, and a slewing mount is halted."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from scope.position import arc_degrees
from tests.simulated_mount import REPOSITORY, wait_until
from tests.whole_program import (
    ENDING_SECONDS,
    Door,
    Program,
    gone,
    kill_all,
    rests,
    running,
    whole_program,
)

HALT = b":Q#:Qn#:Qs#:Qe#:Qw#"
FAR_APART = {"Vega": (18.6156, 38.784), "Hamal": (2.1196, 23.462)}
"""Both up, a hundred degrees apart."""
SLOW = ("--slew-rate", "4")
BACK_SECONDS = 10.0
"""The service needs about a second to be back; this is for a busy machine."""
REST_SECONDS = 5.0


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """With a mount that outlives the service, and slews slowly enough to be caught at it."""
    with whole_program(tmp_path_factory.mktemp("kills"), mount_options=SLOW, mount_outside=True) as program:
        yield program


class Watched:
    """All statuses that a door gave while the block lasted, with the moments of asking and of the answer."""

    def __init__(self, door: Door) -> None:
        self.seen: list[tuple[float, float, dict[str, Any]]] = []
        self._door, self._over = door, threading.Event()

    def _look(self) -> None:
        while not self._over.is_set():
            asked = time.monotonic()
            status = self._door.status()
            self.seen.append((asked, time.monotonic(), status))
            self._over.wait(0.03)

    @contextmanager
    def watching(self) -> Iterator["Watched"]:
        thread = threading.Thread(target=self._look)
        thread.start()
        try:
            yield self
        finally:
            self._over.set()
            thread.join()

    def between(self, earliest: float, latest: float) -> list[dict[str, Any]]:
        return [status for asked, answered, status in self.seen if earliest <= asked and answered <= latest]


def slew(program: Program, chance: random.Random) -> None:
    """Be caught anywhere on a long way, or in the ramp before it."""
    here = program.settled()["position"]
    program.do("goto", target=max(FAR_APART, key=lambda star: degrees_from(here, star)))
    program.mount.wait_until(lambda truth: truth["slewing"])
    time.sleep(chance.uniform(0.0, 1.5))
    assert not program.rests()


def degrees_from(here: dict[str, float], star: str) -> float:
    ra_hours, dec_degrees = FAR_APART[star]
    return arc_degrees(here["ra_hours_j2000"] * 15, here["dec_degrees_j2000"], ra_hours * 15, dec_degrees)


def kill(program: Program, name: str) -> tuple[int, float]:
    """The pid it had and the moment (monotonic) when it had none any more."""
    pid = program.pids()[name]
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not is_listed(pid), 5, "the end of a killed process")
    return pid, time.monotonic()


def is_listed(pid: int) -> bool:
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False


def comes_back(program: Program, name: str, before: dict[str, int]) -> None:
    """It runs again under another pid, and all others run on under theirs."""
    wait_until(lambda: program.pids().get(name) not in (None, before[name]), BACK_SECONDS, f"{name} to be back")
    after = program.pids()
    assert {other: pid for other, pid in after.items() if other != name} == {
        other: pid for other, pid in before.items() if other != name
    }


def first_bytes_since(program: Program, moment: float) -> bytes:
    """What the mount heard first after that moment; its answers are counted out."""
    wait_until(
        lambda: [run for run in program.mount.trace_since(moment) if run["dir"] == "in"], BACK_SECONDS, "the first byte"
    )
    heard = [run for run in program.mount.trace_since(moment) if run["dir"] == "in"]
    return bytes(heard[0]["data"])


def nothing_acknowledged_is_lost(program: Program) -> None:
    written = {event["request_id"] for event in program.events()}
    assert program.accepted
    assert [answer for answer in program.accepted if answer["request"] not in written] == []


@pytest.mark.alone
@pytest.mark.parametrize("seed", range(5))
def test_a_killed_service_comes_back_with_a_halt_and_the_slewing_mount_rests(program: Program, seed: int) -> None:
    slew(program, random.Random(seed))
    before = program.pids()
    doors = Watched(program.operators), Watched(program.visitors)
    with doors[0].watching(), doors[1].watching():
        _, dead = kill(program, "service")
        assert first_bytes_since(program, dead).startswith(b":Q#"), program.mount.trace_since(dead)[:5]
        halted = next(run["t"] for run in program.mount.trace_since(dead) if run["dir"] == "in")
        program.mount.wait_until(rests, REST_SECONDS)
        program.settled()
    comes_back(program, "service", before)
    assert halted - dead < BACK_SECONDS
    for door in doors:
        between = door.between(dead + 0.1, halted)  # 0.1: a door hears of it through a socket that closes
        assert between, "the service was back before anybody could ask"
        assert {(status["line"], status["motion"], status["age_seconds"]) for status in between} == {
            ("lost", "unknown", None)
        }
        assert all(status["position"] is None and status["target"] is None for status in between)
    assert b":MS#" not in b"".join(run["data"] for run in program.mount.trace_since(dead))
    nothing_acknowledged_is_lost(program)


@pytest.mark.parametrize(("door", "seed"), [("operators", 11), ("visitors", 12), ("operators", 13)])
def test_a_killed_door_comes_back_and_the_slew_goes_on(program: Program, door: str, seed: int) -> None:
    slew(program, random.Random(seed))
    before = program.pids()
    _, dead = kill(program, door)
    comes_back(program, door, before)
    killed, other = program.operators, program.visitors
    if door == "visitors":
        killed, other = other, killed
    assert other.status()["motion"] in ("slewing", "tracking")  # on its way, or there by now
    wait_until(lambda: killed.status()["line"] == "up", BACK_SECONDS, "the killed door to answer")
    assert HALT not in b"".join(run["data"] for run in program.mount.trace_since(dead))
    program.do("stop")  # through the new door
    program.mount.wait_until(rests, REST_SECONDS)
    nothing_acknowledged_is_lost(program)


def test_a_press_through_a_killed_door_ends_by_itself(program: Program) -> None:
    program.settled()
    for beat in range(3):
        program.do("nudge", direction="west", rate="find", press="held", beat=beat)
        time.sleep(0.1)  # as a panel's heartbeat does
    assert not program.rests()
    before = program.pids()
    _, dead = kill(program, "operators")
    wait_until(lambda: [run for run in program.mount.trace_since(dead) if b":Q#" in run["data"]], 5, "the halt")
    halted = next(run["t"] for run in program.mount.trace_since(dead) if b":Q#" in run["data"])
    assert halted - dead < 1.5  # promised: 0.5 s
    program.mount.wait_until(rests, REST_SECONDS)
    comes_back(program, "operators", before)
    program.settled()


def test_every_order_of_many_hands_is_in_the_log_though_the_service_is_killed_among_them(program: Program) -> None:
    """Killed while orders pour in: what was answered with `logged` is there, what was not answered may be."""
    program.settled()
    over, answered = threading.Event(), list[int]()

    def order(number: int) -> None:
        rates = ("sidereal", "lunar")
        while not over.is_set():
            try:
                answered.append(program.order("track", rate=rates[number]).status)
            except OSError:
                continue

    before, counted = program.pids(), len(program.accepted)
    hands = [threading.Thread(target=order, args=(number,)) for number in range(2)]
    for hand in hands:
        hand.start()
    try:
        enough = counted + 10 + random.Random(21).randrange(20)  # counted, not timed: a busy machine takes longer
        wait_until(lambda: len(program.accepted) > enough, 30, "many orders")
        kill(program, "service")
        comes_back(program, "service", before)
        program.settled()
    finally:
        over.set()
        for hand in hands:
            hand.join()
    assert 503 in answered, "nobody was told that the service was gone"
    nothing_acknowledged_is_lost(program)
    numbers: dict[str, list[int]] = {}
    for event in program.events():
        numbers.setdefault(event["run_id"], []).append(event["seq"])
    assert len(numbers) > 1
    assert all(found == list(range(found[0], found[0] + len(found))) for found in numbers.values())


def test_sigterm_halts_last_and_ends_everything(tmp_path: Path) -> None:
    with whole_program(tmp_path, mount_options=SLOW, mount_outside=True) as program:
        slew(program, random.Random(31))
        pids = product_of(program)
        program.supervisor.terminate()
        gone([*pids, program.supervisor.pid], ENDING_SECONDS)
        assert program.supervisor.wait() == 0
        last_word_is_a_halt(program)


def test_a_killed_supervisor_takes_everything_along_and_the_mount_is_halted(tmp_path: Path) -> None:
    with whole_program(tmp_path, mount_options=SLOW, mount_outside=True) as program:
        slew(program, random.Random(32))
        pids = product_of(program)
        program.supervisor.kill()
        program.supervisor.wait()
        gone(pids, ENDING_SECONDS)
        last_word_is_a_halt(program)
        nothing_acknowledged_is_lost(program)


def product_of(program: Program) -> list[int]:
    """The pids of the product; the mount is not told when it ends."""
    pids = {name: pid for name, pid in program.pids().items() if name != "mount"}
    assert pids.keys() == {"service", "operators", "visitors"}
    return list(pids.values())


def last_word_is_a_halt(program: Program) -> None:
    wait_until(lambda: program.mount.heard().endswith(HALT), 5, "the last halt")
    program.mount.wait_until(rests, REST_SECONDS)


def test_a_killed_mount_comes_back_is_halted_first_and_meanwhile_is_lost(tmp_path: Path) -> None:
    with whole_program(tmp_path, mount_options=SLOW) as program:
        slew(program, random.Random(41))
        before = program.pids()
        with Watched(program.visitors).watching() as door:
            kill(program, "mount")
            program.wait_for("the loss to be shown", line="lost")
            refused = program.order("goto", target="Vega")
            program.settled()
        comes_back(program, "mount", before)
        assert refused.status == 503
        assert refused.json["code"] == "line_lost"
        lost = [status for _, _, status in door.seen if status["line"] == "lost"]
        assert lost
        assert all(status["position"] is None and status["motion"] == "unknown" for status in lost)
        assert program.mount.heard().startswith(b":Q#")  # the new mount's trace begins with it
        assert b":MS#" not in program.mount.heard()
        nothing_acknowledged_is_lost(program)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=["killed", "ended", "ctrl-c"])
def test_nothing_of_a_demonstration_outlives_it(tmp_path: Path, how: signal.Signals) -> None:
    """The folder, too, but for a kill, which leaves nobody to sweep up."""
    with demonstration(tmp_path) as demo:
        wait_until(lambda: running(tmp_path).keys() == {"mount", "service", "operators", "visitors"}, 30, "all four")
        pids = running(tmp_path).values()
        demo.send_signal(how)
        demo.wait(ENDING_SECONDS)
        gone(list(pids), ENDING_SECONDS)
        if how is not signal.SIGKILL:
            assert demo.returncode == 0
            assert list(tmp_path.iterdir()) == [tmp_path / "demo.log"]


@contextmanager
def demonstration(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "web.launch", "demo", "--at", "2026-09-25T22:30"]
    environment = {**os.environ, "TMPDIR": str(folder)}
    with (folder / "demo.log").open("wb") as log:
        demo = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=log, stderr=log)
    try:
        yield demo
    finally:
        demo.terminate()
        try:
            demo.wait(ENDING_SECONDS)
        finally:
            demo.kill()
            demo.wait()
            kill_all(folder)
