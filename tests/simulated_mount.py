"""A simulated mount for tests: in a process of its own where a real port is needed, as plain objects where not.

`with simulated_mount(tmp_path) as mount:` starts `hardware_sim` on a pseudo-terminal (or, with `tcp=True`, on a free
TCP port of the loopback) and ends it again. All waiting is polling against a deadline.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar

from hardware_sim.exchange import Exchange
from hardware_sim.fault_motion import UnrulyMount
from hardware_sim.faults import read_fault
from hardware_sim.geometry import GEOMETRIES
from hardware_sim.held import Held
from hardware_sim.lx200 import LX200
from hardware_sim.lx200_models import MODELS
from hardware_sim.mount import Mount
from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.wire import Wire

REPOSITORY = Path(__file__).resolve().parent.parent
START_SECONDS = 20.0
POLL_SECONDS = 0.01
KARAGANDA = Site(49.80, 73.10)
EVENING = 1795453200.0  # 2026-11-23 17:00 UTC

Answer = TypeVar("Answer")


def wait_until(
    question: Callable[[], Answer], within_seconds: float, what: str, every_seconds: float = POLL_SECONDS
) -> Answer:
    """The first true answer to a question asked again and again."""
    deadline = time.monotonic() + within_seconds
    while not (answer := question()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {within_seconds:g} s")
        time.sleep(every_seconds)
    return answer


class SimulatedMount:
    """One running simulator: its address, its records, and the back door for faults."""

    def __init__(self, folder: Path, process: "subprocess.Popen[bytes]", port: str) -> None:
        self.folder = folder
        self.process = process
        self.port = port

    def truth(self) -> dict[str, Any]:
        """Where the tube really points at this moment."""
        answer: dict[str, Any] = json.loads(self._tell("truth"))
        return answer

    def truths(self) -> list[dict[str, Any]]:
        """Where it pointed ever since, at 50 Hz."""
        return [json.loads(line) for line in _whole_lines(self.folder / "truth.jsonl")]

    def trace(self) -> list[dict[str, Any]]:
        """The bytes that passed: `t`, `dir` and `hex`, and `data` as bytes."""
        return self.trace_since(float("-inf"))

    def trace_since(self, t: float) -> list[dict[str, Any]]:
        """The bytes that passed since that moment of the monotonic clock.

        They are written in the order of time; a long record is not read from its beginning again and again.
        """
        newest_first = map(json.loads, reversed(_whole_lines(self.folder / "trace.jsonl")))
        since = [*takewhile(lambda line: line["t"] >= t, newest_first)]
        return [{**line, "data": bytes.fromhex(line["hex"])} for line in reversed(since)]

    def heard(self) -> bytes:
        """All bytes that the mount was sent."""
        return b"".join(line["data"] for line in self.trace() if line["dir"] == "in")

    def said(self) -> bytes:
        """All bytes that the mount answered."""
        return b"".join(line["data"] for line in self.trace() if line["dir"] == "out")

    def control(self, words: str) -> None:
        """Let a fault happen: `silent`, `clear`, `late 2`, `unplug`, ..."""
        answer = self._tell(words)
        assert answer == "ok", answer

    def wait_until(self, question: Callable[[dict[str, Any]], bool], within_seconds: float = 20.0) -> dict[str, Any]:
        """The first truth for which the question is answered with yes."""

        def asked() -> dict[str, Any] | None:
            truth = self.truth()
            return truth if question(truth) else None

        answer = wait_until(asked, within_seconds, "the simulated mount")
        assert answer is not None
        return answer

    def _tell(self, words: str) -> str:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as talker:
            talker.settimeout(START_SECONDS)
            talker.connect(str(self.folder / "control.sock"))
            talker.sendall(words.encode() + b"\n")
            with talker.makefile("r", encoding="utf-8") as answers:
                return answers.readline().strip()


@contextmanager
def simulated_mount(
    tmp_path: Path,
    model: str | None = None,
    geometry: str | None = None,
    tcp: bool = False,
    extra: Sequence[str] = (),
    family: str = "lx200",
) -> Iterator[SimulatedMount]:
    """A running mount, ready to be talked to; further arguments of hardware-sim go into `extra`."""
    folder = tmp_path / "mount"
    folder.mkdir(parents=True, exist_ok=True)
    ready = folder / "ready"
    ready.unlink(missing_ok=True)
    process = subprocess.Popen(_command(folder, family, model, geometry, tcp, extra), cwd=REPOSITORY)
    try:
        wait_until(lambda: ready.exists() or process.poll() is not None, START_SECONDS, "start of the simulator")
        assert process.poll() is None, f"the simulator ended with status {process.returncode}"
        yield SimulatedMount(folder, process, ready.read_text(encoding="utf-8").strip())
    finally:
        process.terminate()
        try:
            process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _command(
    folder: Path, family: str, model: str | None, geometry: str | None, tcp: bool, extra: Sequence[str]
) -> list[str]:
    command = [sys.executable, "-m", "hardware_sim", family]
    command += ["--tcp", "127.0.0.1:0"] if tcp else ["--pty", str(folder / "port")]
    command += ["--ready-file", str(folder / "ready"), "--control", str(folder / "control.sock")]
    command += ["--trace", str(folder / "trace.jsonl"), "--truth", str(folder / "truth.jsonl")]
    command += ["--model", model] if model else []
    command += ["--geometry", geometry] if geometry else []
    return command + list(extra)


def _whole_lines(path: Path) -> list[str]:
    """The last one may still be on its way."""
    whole, _, _ = path.read_text(encoding="ascii").rpartition("\n")
    return whole.splitlines()


def lx200(
    model: str = "lx200gps", geometry: str | None = None, slew_rate: float = 4.0, utc_seconds: float = EVENING
) -> LX200:
    """A mount with no process and no port, in whose life it is now t = 0."""
    chosen = MODELS[model]
    ground = GEOMETRIES[geometry or chosen.geometry]
    return LX200(chosen, Mount(ground, KARAGANDA, MountClock.right(5.0), slew_rate, t=0.0, utc_seconds=utc_seconds))


def tell(dialect: LX200, data: Iterable[int], t: float = 0.0) -> bytes:
    """All that it answers to these bytes at time `t`."""
    return b"".join(reply.data for byte in data for reply in dialect.hear(byte, t))


def exchange(
    *faults: str, seed: int = 1, model: str = "lx200gps", geometry: str | None = None, slew_rate: float = 4.0
) -> Exchange:
    """A mount behind its line and its faults, with no process and no port; it is now t = 0 there."""
    chosen, held = MODELS[model], Held(seed)
    ground = GEOMETRIES[geometry or chosen.geometry]
    mount = UnrulyMount(ground, KARAGANDA, MountClock.right(5.0), slew_rate, 0.0, EVENING, held)
    line = Exchange(LX200(chosen, mount), Wire(9600), held)
    for fault in faults:
        line.inflict(read_fault(fault), 0.0)
    return line


def ask(line: Exchange, data: bytes, t: float, within_seconds: float = 0.25) -> bytes:
    """What has come back by so long after `t`, with the usual slowness of the line."""
    line.arrive(data, t)
    return line.live(t + within_seconds)
