"""The whole program for measuring: asked over one kept connection, with so many visitors on its live page."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.simulated_mount import REPOSITORY, SimulatedMount, wait_until
from tests.whole_program import Program, whole_program

HEAL_SECONDS = 30.0


class Measured:
    """A running program; connecting anew for each question would be measured too, so it is not done."""

    def __init__(self, running: Program) -> None:
        self.mount: SimulatedMount = running.mount
        self.visitors, self.shift = running.settings.web.visitors, running.shift
        self.operators = running.settings.web.operators
        self._headers = {"Authorization": f"Bearer {running.token}", "Content-Type": "application/json"}
        host, _, port = running.settings.web.operators.rpartition(":")
        self._door = http.client.HTTPConnection(host, int(port), timeout=20)

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        self._door.request(method, path, json.dumps(body) if body is not None else None, self._headers)
        answer = self._door.getresponse()
        return answer.status, json.loads(answer.read())

    def order(self, name: str, **fields: Any) -> None:
        status, answer = self.ask("POST", f"/api/orders/{name}", fields)
        assert status == 202, answer

    def slew_to(self, dec_degrees: float) -> None:
        """Towards a place so near to the pole that it is up at any hour."""
        self.order("goto", ra_hours=3.0, dec_degrees=dec_degrees)

    def wait_for(self, motion: str) -> None:
        wait_until(lambda: self.ask("GET", "/api/status")[1]["motion"] == motion, HEAL_SECONDS, f"a {motion} mount")

    def close(self) -> None:
        """The next question opens a new connection."""
        self._door.close()


@contextmanager
def measured(folder: Path, *mount_options: str) -> Iterator[Measured]:
    with whole_program(folder, mount_options=["--slew-rate", "10", *mount_options]) as running:
        wait_until(lambda: running.visitors.status()["line"] == "up", HEAL_SECONDS, "the visitors' door")
        program = Measured(running)
        try:
            yield program
        finally:
            program.close()


@contextmanager
def viewers(running: Measured, count: int, late: list[float] | None = None) -> Iterator[None]:
    """So many visitors on the live page, in a process of their own; `late` gets how old each snapshot was there."""
    host, _, port = running.visitors.rpartition(":")
    command = [sys.executable, "-m", "tests.bench.viewers", host, port, str(count), str(running.shift.total_seconds())]
    with subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().strip() == "ready", "the viewers did not get their first snapshot"
            yield
        finally:
            said, _ = process.communicate(timeout=20)
            if late is not None:
                late.extend(json.loads(said))
