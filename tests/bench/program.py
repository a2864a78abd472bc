"""The whole program for measuring: asked over one kept connection, with so many visitors on its live page."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scope.settings import Settings
from tests.simulated_mount import REPOSITORY, SimulatedMount, wait_until
from tests.whole_program import Program, whole_program

HEAL_SECONDS = 30.0


class Measured:
    """A running program; connecting anew for each question would be measured too, so it is not done."""

    def __init__(self, running: Program) -> None:
        self.settings: Settings = running.settings
        self.mount: SimulatedMount = running.mount
        self._headers = {"Authorization": f"Bearer {running.token}", "Content-Type": "application/json"}
        host, _, port = self.settings.web.operators.rpartition(":")
        self._door = http.client.HTTPConnection(host, int(port), timeout=20)

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        self._door.request(method, path, json.dumps(body) if body is not None else None, self._headers)
        answer: dict[str, Any] = json.loads(self._door.getresponse().read())
        return answer

    def settled(self) -> None:
        """Wait until the mount tracks and nothing is being halted any more."""
        wait_until(lambda: self.ask("GET", "/api/status")["motion"] == "tracking", HEAL_SECONDS, "the mount to track")

    def close(self) -> None:
        self._door.close()


@contextmanager
def measured(folder: Path, *mount_options: str) -> Iterator[Measured]:
    with whole_program(folder, mount_options=["--slew-rate", "10", *mount_options]) as running:
        program = Measured(running)
        try:
            yield program
        finally:
            program.close()


@contextmanager
def viewers(settings: Settings, count: int) -> Iterator[None]:
    """So many visitors on the live page, in a process of their own."""
    host, _, port = settings.web.visitors.rpartition(":")
    command = [sys.executable, "-m", "tests.bench.viewers", host, port, str(count)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().strip() == "ready", "the viewers did not get their first snapshot"
            time.sleep(1.0)  # the wave of their arrival is over
            yield
        finally:
            process.communicate(timeout=20)
