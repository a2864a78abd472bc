"""A simulated mount as a program of its own, for tests of any project: started, watched, spoilt and ended.

`with running_mount(folder) as mount:` starts one on a pseudo-terminal of its own (or, with `tcp=True`, on a free port
of the loopback); any number may run side by side. All waiting is polling against a deadline. Standard library only.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar

START_SECONDS = 20.0
POLL_SECONDS = 0.01
CODE = Path(__file__).resolve().parent.parent
INSTALLED = ("site-packages", "dist-packages")
"""Where Python looks by itself; put in front of its own library it could hide a part of that."""

Answer = TypeVar("Answer")


def wait_until(
    question: Callable[[], Answer], within_seconds: float, what: str, every_seconds: float = POLL_SECONDS
) -> Answer:
    """The first true answer to a question asked again and again; AssertionError when there is none."""
    deadline = time.monotonic() + within_seconds
    while not (answer := question()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {within_seconds:g} s")
        time.sleep(every_seconds)
    return answer


class RunningMount:
    """One simulator: `port` is the path of its terminal, or host:port; its records, and the back door for faults."""

    def __init__(self, folder: Path, process: "subprocess.Popen[bytes]", port: str) -> None:
        self.folder = folder
        self.process = process
        self.port = port

    def truth(self) -> dict[str, Any]:
        """Where the tube really points at this moment: `ra_hours` and `dec_degrees` of date, `alt_degrees`, `slewing`,
        `tracking`, `parked`, and more; see hardware_sim/recorder.py.
        """
        answer: dict[str, Any] = json.loads(self._tell("truth"))
        return answer

    def truths(self) -> list[dict[str, Any]]:
        """Where it pointed ever since, at 50 Hz."""
        return [json.loads(line) for line in _whole_lines(self.folder / "truth.jsonl")]

    def wait_until(self, question: Callable[[dict[str, Any]], bool], within_seconds: float = 20.0) -> dict[str, Any]:
        """The first truth for which the question is answered with yes."""

        def asked() -> dict[str, Any] | None:
            truth = self.truth()
            return truth if question(truth) else None

        answer = wait_until(asked, within_seconds, "the simulated mount")
        assert answer is not None
        return answer

    def inflict(self, fault: str) -> None:
        """Let a fault happen: `silent`, `clear`, `late 2`, `unplug`, …; `hardware-sim --help` has them all."""
        answer = self._tell(fault)
        assert answer == "ok", answer

    def heard(self) -> bytes:
        """All bytes that the mount was sent."""
        return b"".join(line["data"] for line in self.trace() if line["dir"] == "in")

    def said(self) -> bytes:
        """All bytes that the mount answered."""
        return b"".join(line["data"] for line in self.trace() if line["dir"] == "out")

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

    def _tell(self, words: str) -> str:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as talker:
            talker.settimeout(START_SECONDS)
            talker.connect(str(self.folder / "control.sock"))
            talker.sendall(words.encode() + b"\n")
            with talker.makefile("r", encoding="utf-8") as answers:
                return answers.readline().strip()


@contextmanager
def running_mount(
    folder: Path,
    family: str = "lx200",
    model: str | None = None,
    geometry: str | None = None,
    *,
    tcp: bool = False,
    options: Sequence[str] = (),
) -> Iterator[RunningMount]:
    """One that is ready to be talked to; `options` are further ones of hardware-sim. It keeps its files in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    ready = folder / "ready"
    ready.unlink(missing_ok=True)
    process = _started(_command(folder, family, model, geometry, tcp, options))
    try:
        wait_until(lambda: ready.exists() or process.poll() is not None, START_SECONDS, "start of the simulator")
        assert process.poll() is None, f"the simulator ended with status {process.returncode}"
        yield RunningMount(folder, process, ready.read_text(encoding="utf-8").strip())
    finally:
        _end(process)


def _started(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """It ends with this program, also when that is killed, and is of the same code, installed or not."""
    environment = dict(os.environ)
    if CODE.name not in INSTALLED:
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(CODE), os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603  our own command


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(START_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    assert process.stdin is not None
    process.stdin.close()


def _command(
    folder: Path, family: str, model: str | None, geometry: str | None, tcp: bool, options: Sequence[str]
) -> list[str]:
    command = [sys.executable, "-m", "hardware_sim", family, "--until-stdin-closes"]
    command += ["--tcp", "127.0.0.1:0"] if tcp else ["--pty", str(folder / "port")]
    command += ["--ready-file", str(folder / "ready"), "--control", str(folder / "control.sock")]
    command += ["--trace", str(folder / "trace.jsonl"), "--truth", str(folder / "truth.jsonl")]
    command += ["--model", model] if model else []
    command += ["--geometry", geometry] if geometry else []
    return command + list(options)


def _whole_lines(path: Path) -> list[str]:
    """The last one may still be on its way."""
    whole, _, _ = path.read_text(encoding="ascii").rpartition("\n")
    return whole.splitlines()
