"""The stop: from the HTTP request, or INDI's own message, to the first byte of the halt on the line."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.figures import PEER, Row
from tests.bench.program import Measured, measured, viewers
from tests.peers.indi import BASIC, connect, indi, missing_programs
from tests.simulated_mount import SimulatedMount, simulated_mount, wait_until

QUIET_SECONDS = 0.7
"""Longer than the pause between repetitions of an unconfirmed halt, so that none is taken for the next one's."""
VIEWERS = 300
LONGEST_WAIT_SECONDS = 20.0
OURS = "clubscope"
TRACKING, MUTE = "stop, tracking", "stop, mute mount"


def measure(samples: int) -> list[Row]:
    rows = [*ours(samples)]
    if missing_programs():
        print("no INDI beside it: apt-get install indi-bin")
        return rows
    return [*rows, *_indis(samples)]


def measure_mute(samples: int) -> list[Row]:
    """The case that sets the two apart, alone."""
    with _folder() as folder, measured(folder) as running:
        ours = Row(MUTE, OURS, [_stop_mute(running) for _ in range(samples)])
    with _folder() as folder, _aborted(folder) as (mount, abort):
        return [ours, Row(MUTE, PEER, [_abort_mute(mount, abort) for _ in range(samples)])]


def ours(samples: int) -> Iterator[Row]:
    with _folder() as folder, measured(folder) as running:
        yield Row(TRACKING, OURS, [_stop(running) for _ in range(samples)])
        yield Row("stop, over a new connection", OURS, [_stop_anew(running) for _ in range(samples)])
        yield Row("stop, in mid-slew", OURS, [_stop_slew(running) for _ in range(samples)])
        with viewers(running, VIEWERS):
            yield Row(f"stop, {VIEWERS} viewers", OURS, [_stop(running) for _ in range(samples)])
        yield Row(MUTE, OURS, [_stop_mute(running) for _ in range(samples)])
        wait_until(lambda: running.ask("POST", "/api/orders/track", {"rate": "off"})[0] == 202, 20, "no tracking")
        running.wait_for("stopped")
        yield Row("stop, idle", OURS, [_stop(running) for _ in range(samples)])


def _indis(samples: int) -> Iterator[Row]:
    with _folder() as folder, _aborted(folder) as (mount, abort):
        yield Row(TRACKING, PEER, [_halt_after(mount, abort) for _ in range(samples)])
        yield Row(MUTE, PEER, [_abort_mute(mount, abort) for _ in range(max(3, samples // 10))])


@contextmanager
def _aborted(folder: Path) -> Iterator[tuple[SimulatedMount, Callable[[], float]]]:
    """A mount that INDI drives, and what aborts it."""
    with simulated_mount(folder, extra=["--slew-rate", "10"]) as mount, indi(folder, BASIC) as driver:
        connect(driver, mount)
        with driver.aborter() as abort:
            yield mount, abort


def _abort_mute(mount: SimulatedMount, abort: Callable[[], float]) -> float:
    mount.control("silent")
    time.sleep(2.0)  # it polls once a second, so a question is pending now
    try:
        return _halt_after(mount, abort)
    finally:
        mount.control("clear")
        time.sleep(6.0)  # its own time-out is 5 s


def _stop(running: Measured) -> float:
    def pull() -> float:
        """A line that is lost by then has the halt as the first thing that is sent when it is back."""
        begun = time.monotonic()
        assert running.ask("POST", "/api/orders/stop", {})[0] in (202, 503)
        return begun

    return _halt_after(running.mount, pull)


def _stop_anew(running: Measured) -> float:
    running.close()  # the next request opens a connection
    return _stop(running)


def _stop_slew(running: Measured) -> float:
    """Towards the pole and back, whichever the hour; the pole never sets."""
    _wait_for_quiet(running.mount)
    running.slew_to(70.0 if running.mount.truth()["dec_degrees"] > 80.0 else 88.0)
    running.mount.wait_until(lambda seen: max(map(abs, seen["axis_rates_deg_s"])) > 1.0, LONGEST_WAIT_SECONDS)
    return _stop(running)


def _stop_mute(running: Measured) -> float:
    _wait_for_quiet(running.mount)
    running.mount.control("silent")
    time.sleep(1.2)  # it is polled once a second at rest, so a question is pending now
    try:
        return _stop(running)
    finally:
        running.mount.control("clear")
        running.wait_for("tracking")


def _halt_after(mount: SimulatedMount, pull: Callable[[], float]) -> float:
    """Seconds from the pull, which returns its moment, to the first byte of the next halt that the mount hears."""
    _wait_for_quiet(mount)
    begun = pull()
    heard = wait_until(lambda: _halts_since(mount, begun), LONGEST_WAIT_SECONDS, "the halt on the line")
    return heard[0] - begun


def _wait_for_quiet(mount: SimulatedMount) -> None:
    """Until the last halt is long enough ago that it is not being repeated any more."""
    while halts := _halts_since(mount, time.monotonic() - QUIET_SECONDS):
        time.sleep(max(0.0, halts[-1] + QUIET_SECONDS - time.monotonic()))


def _halts_since(mount: SimulatedMount, t: float) -> list[float]:
    return [seen["t"] for seen in mount.trace_since(t) if seen["dir"] == "in" and b":Q" in seen["data"]]


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        yield Path(name)
