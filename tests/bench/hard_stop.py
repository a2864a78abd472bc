"""The stop where it is hardest: lines that are never quiet, mounts that do not answer, crowds at the doors.

From the HTTP request to the first byte of the halt that the mount hears, as in stop.py.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.figures import PEER, Row
from tests.bench.program import Measured, measured, viewers
from tests.bench.stop import OURS, _aborted, _folder, _halt_after, _stop, _wait_for_quiet
from tests.peers.indi import missing_programs
from tests.simulated_mount import REPOSITORY, SimulatedMount, wait_until

CROWDS = (("operators", "loris"), ("visitors", "loris"), ("operators", "stuck"), ("visitors", "stuck"))
SPOILT = {"stop, a line that dribbles": "dribble 0.2", "stop, answers 1.5 s late": "late 1.5"}
INDIS_QUIET_SECONDS = 12.0
"""After a fault its driver needs so long to come to itself, and the next abort would be measured with that."""


def measure(samples: int) -> Iterator[Row]:
    with _folder() as folder, measured(folder) as running:
        for what, fault in SPOILT.items():
            yield Row(what, OURS, _during(running, fault, samples))
        yield Row("stop, a line that is never quiet", OURS, _during(running, "dribble 0.03", samples))
        yield Row("stop, no handshake", OURS, [_stop_in_handshake(running) for _ in range(max(3, samples // 4))])
        yield Row("stop, plug just back", OURS, [_stop_after_replug(running) for _ in range(max(3, samples // 4))])
    yield from crowded(samples)
    if not missing_programs():
        yield from indis(max(3, samples // 10))


def crowded(samples: int, watching: Sequence[int] = (500, 2000), slow: int = 400, guessing: int = 20) -> Iterator[Row]:
    """Visitors on the live page, slow and stuck connections at each door, and people who guess passwords."""
    with _folder() as folder, measured(folder) as running:
        for count in watching:
            with viewers(running, count):
                yield Row(f"stop, {count} viewers", OURS, [_stop(running) for _ in range(samples)])
        with ExitStack() as there:
            for door, kind in CROWDS:
                there.enter_context(_crowd(running, door, kind, slow))
            what = f"stop, {slow} slow-loris and {slow} stuck at each door"
            yield Row(what, OURS, [_stop(running) for _ in range(samples)])
        with _crowd(running, "operators", "login", guessing):
            yield Row(f"stop, {guessing} who guess passwords", OURS, [_stop(running) for _ in range(samples)])


def indis(samples: int) -> Iterator[Row]:
    """The same spoilt lines before INDI's driver."""
    with _folder() as folder, _aborted(folder) as (mount, abort):
        for what, fault in SPOILT.items():
            yield Row(what, PEER, [_abort_during(mount, abort, fault) for _ in range(samples)])


def _abort_during(mount: SimulatedMount, abort: Callable[[], float], fault: str) -> float:
    mount.control(fault)
    time.sleep(2.0)  # it polls once a second, so a question is pending now
    try:
        return _halt_after(mount, abort)
    finally:
        mount.control("clear")
        time.sleep(INDIS_QUIET_SECONDS)


def _during(running: Measured, fault: str, samples: int) -> list[float]:
    """Each while a question is pending."""
    running.mount.control(fault)
    try:
        return [_stop(running) for _ in range(samples)]
    finally:
        running.mount.control("clear")
        running.wait_for("tracking")


def _stop_in_handshake(running: Measured) -> float:
    """The port is open, the halt has been written, and nobody answers who he is; refused stops are not counted."""
    _wait_for_quiet(running.mount)
    running.mount.control("silent")
    try:
        wait_until(lambda: running.ask("GET", "/api/status")[1]["line"] == "lost", 30, "the loss")
        return _halt_after(running.mount, _pulled(running))
    finally:
        running.mount.control("clear")
        running.wait_for("tracking")


def _stop_after_replug(running: Measured) -> float:
    """Asked for in the moment of the return: the way that a lost line comes back is part of it."""
    running.mount.control("unplug")
    wait_until(lambda: running.ask("GET", "/api/status")[1]["line"] == "lost", 30, "the loss")
    running.mount.control("replug")
    try:
        return _halt_after(running.mount, _pulled(running))
    finally:
        running.wait_for("tracking")


def _pulled(running: Measured) -> Callable[[], float]:
    """Whatever the door answers: without a line the halt is the first thing sent when it is back."""

    def pull() -> float:
        begun = time.monotonic()
        running.ask("POST", "/api/orders/stop", {})
        return begun

    return pull


@contextmanager
def _crowd(running: Measured, door: str, kind: str, count: int) -> Iterator[None]:
    address = running.visitors if door == "visitors" else running.operators
    host, _, port = address.rpartition(":")
    command = [sys.executable, "-m", "tests.bench.crowd", host, port, kind, str(count)]
    with subprocess.Popen(command, cwd=Path(REPOSITORY), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().strip() == b"ready", f"the crowd ({kind}) is not there"
            yield
        finally:
            process.communicate(timeout=20)
