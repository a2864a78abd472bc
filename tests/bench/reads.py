"""Position reads: how many of those that the serial line allows, and how often by default."""

import tempfile
import time
from pathlib import Path

from hardware_sim.wire import THINK_SECONDS
from scope.line.line import Line
from scope.mounts.lx200 import LX200
from tests.bench.program import measured
from tests.peers.indi import BASIC, connect, indi, missing_programs
from tests.simulated_mount import SimulatedMount, simulated_mount

BITS_PER_BYTE = 10
QUESTIONS = (b":GR#", b":GD#", b":D#")
ANSWER_BYTES = (9, 10, 1)


def measure(seconds: float) -> str:
    """Markdown: reads a second against what the line allows, INDI's beside it, and our default pace."""
    lines = ["| position reads | by | a second | of what the line allows |", "|---|---|---|---|"]
    for baud in (9600, 19200):
        per_second, share = flat_out(baud, seconds)
        lines.append(f"| flat out, {baud} Bd | clubscope | {per_second:.1f} | {share:.0%} |")
    if not missing_programs():
        per_second = indis(seconds)
        share = per_second * fastest_seconds(9600, 2)  # it asks for both coordinates and not whether the mount slews
        lines.append(f"| as fast as it polls, 9600 Bd | INDI | {per_second:.1f} | {share:.0%} |")
    resting, moving = default_pace()
    return "\n".join([*lines, f"| default, at rest / moving | clubscope | {resting:.1f} / {moving:.1f} | |"])


def flat_out(baud: int, seconds: float) -> tuple[float, float]:
    """Reads a second by our driver, and their share of the line's physical limit."""
    with tempfile.TemporaryDirectory() as name, simulated_mount(Path(name), extra=["--baud", str(baud)]) as mount:
        line = Line(mount.port, baud)
        line.open()
        driver = LX200(line.ask)
        driver.greet()
        reads, begun = 0, time.monotonic()
        while time.monotonic() - begun < seconds:
            driver.read()
            reads += 1
        per_second = reads / (time.monotonic() - begun)
        line.dispose()
    return per_second, per_second * fastest_seconds(baud)


def fastest_seconds(baud: int, questions: int = len(QUESTIONS)) -> float:
    """What one read takes on the wire: every bit of question and answer, and the mount's time to think."""
    bits = BITS_PER_BYTE * (sum(map(len, QUESTIONS[:questions])) + sum(ANSWER_BYTES[:questions]))
    return bits / baud + questions * THINK_SECONDS


def indis(seconds: float) -> float:
    """Positions a second that INDI's driver asks for when told to poll as fast as it can."""
    with (
        tempfile.TemporaryDirectory() as name,
        simulated_mount(Path(name)) as mount,
        indi(Path(name), BASIC) as driver,
    ):
        connect(driver, mount)
        driver.tell("POLLING_PERIOD.PERIOD_MS=10")
        return _asked(mount, seconds)


def default_pace() -> tuple[float, float]:
    """Positions a second that the service asks for, at rest and while slewing."""
    with tempfile.TemporaryDirectory() as name, measured(Path(name), "--slew-rate", "3") as running:
        resting = _asked(running.mount, 5.0)
        running.slew_to(88.0)
        running.mount.wait_until(lambda seen: seen["slewing"])
        return resting, _asked(running.mount, 4.0)


def _asked(mount: SimulatedMount, seconds: float) -> float:
    """From one question to another `seconds` later, so that none is counted by half."""
    time.sleep(1.0)
    begun = time.monotonic()
    time.sleep(seconds)
    asked = [seen["t"] for seen in mount.trace_since(begun) if seen["dir"] == "in" and QUESTIONS[0] in seen["data"]]
    return (len(asked) - 1) / (asked[-1] - asked[0])
