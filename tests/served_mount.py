"""The service as a process of its own over a simulated mount, with no doors: orders go over its own socket.

`with served(folder, moment) as running:` starts both. What the supervisor does in life is here `kill`, which starts the
service again. Two times are shorter than in life, so that a test lives to see the end of them. Whoever watches hears
every snapshot.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scope.desk import DeskOverSocket, WatchOverSocket
from scope.errors import LineLost
from scope.orders import Order, Person, Role
from scope.settings import read_settings
from tests.simulated_mount import REPOSITORY, SimulatedMount, simulated_mount, wait_until
from tests.whole_program import prepare

HELM_IDLE_SECONDS, LONGEST_PRESS_SECONDS = 4.0, 2.0
SLEW_DEGREES_PER_SECOND = 10.0
BAUD = 38400
SERVICE = f"""
import sys, scope.helm, scope.steering.lease
scope.helm.IDLE_SECONDS, scope.steering.lease.LONGEST_PRESS_SECONDS = {HELM_IDLE_SECONDS}, {LONGEST_PRESS_SECONDS}
from scope.__main__ import main
sys.exit(main())
"""
START_SECONDS = 40.0
PROGRAM = Person("program", Role.ADMIN, "shell")


@dataclass
class Heard:
    """Every snapshot since the beginning, with the moment (monotonic) it was heard."""

    snapshots: list[tuple[float, dict[str, Any]]] = field(default_factory=list)

    @property
    def last(self) -> dict[str, Any]:
        return self.snapshots[-1][1] if self.snapshots else {}


class Served:
    """One running service and its mount."""

    def __init__(self, file: Path, shift_seconds: float, mount: SimulatedMount) -> None:
        self.file, self.settings, self.shift_seconds, self.mount = file, read_settings(file), shift_seconds, mount
        self.desk, self.heard = DeskOverSocket(self.settings.orders_socket), Heard()
        self.killed_at: list[float] = []
        self._over = threading.Event()
        self._process = self._started()
        self._watching = threading.Thread(target=self._watch, name="watch", daemon=True)
        self._watching.start()

    def order(self, order: Order, by: Person, request: str) -> dict[str, Any]:
        return self.desk.order(order, by, request)

    def kill(self) -> float:
        """kill -9, and start it again; the moment (monotonic) from which no byte can be its own."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        dead = time.monotonic()
        self.killed_at.append(dead)
        self._process = self._started()
        return dead

    def settled(self) -> dict[str, Any]:
        """The first status of a line that is up and a mount that is known to be at rest, tracking or parked."""
        found = wait_until(self._at_rest, START_SECONDS, "a service that knows where the mount is")
        assert found is not None
        return found

    def end(self) -> None:
        self._over.set()
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._watching.join()

    def _at_rest(self) -> dict[str, Any] | None:
        try:
            status = self.desk.status()
        except LineLost:
            return None
        return status if status.get("line") == "up" and status["motion"] in ("tracking", "stopped", "parked") else None

    def _started(self) -> "subprocess.Popen[bytes]":
        words = [sys.executable, "-c", SERVICE, "--config", str(self.file), "--shift", str(self.shift_seconds)]
        with (self.file.parent / "service.log").open("ab") as log:
            return subprocess.Popen(words, cwd=REPOSITORY, env={**os.environ}, stdin=subprocess.DEVNULL, stderr=log)

    def _watch(self) -> None:
        """A service that is gone shows nothing; what was shown before is not shown any more."""
        while not self._over.is_set():
            try:
                for line in WatchOverSocket(self.settings.watch_socket).lines():
                    self.heard.snapshots.append((time.monotonic(), json.loads(line)))
                    if self._over.is_set():
                        return
            except LineLost:
                self._over.wait(0.02)


@contextmanager
def served(folder: Path, moment: datetime, mount_options: Sequence[str] = ()) -> Iterator[Served]:
    """A service and a mount that live in that moment; the mount is known when the block begins."""
    shift = (moment - datetime.now(UTC)).total_seconds()
    file, _ = prepare(folder)
    text = file.read_text(encoding="utf-8").replace("baud = 9600", f"baud = {BAUD}")
    speed = "fastest_degrees_per_second = "
    file.write_text(text.replace(f"{speed}20", f"{speed}{SLEW_DEGREES_PER_SECOND}"), encoding="utf-8")
    options = ["--clock-offset", str(shift), "--slew-rate", str(SLEW_DEGREES_PER_SECOND), "--baud", str(BAUD)]
    with ExitStack() as running:
        mount = running.enter_context(simulated_mount(folder, extra=[*options, *mount_options]))
        found = Served(file, shift, mount)
        running.callback(found.end)
        found.settled()
        yield found
