"""The whole program on a simulated mount, with a token, for measuring from outside."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scope.clock import Clock
from scope.log.accounts import Accounts
from scope.log.database import open_database, upgrade
from scope.orders import Role
from scope.settings import EXAMPLE, Settings, read_settings
from tests.peers.indi import free_port
from tests.simulated_mount import REPOSITORY, SimulatedMount, simulated_mount, wait_until
from web.demo import processes

START_SECONDS = 30.0


class Program:
    """A running clubscope: its mount, and a kept connection to its operators' door."""

    def __init__(self, settings: Settings, mount: SimulatedMount, token: str) -> None:
        self.settings, self.mount = settings, mount
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        host, _, port = settings.web.operators.rpartition(":")
        self._door = http.client.HTTPConnection(host, int(port), timeout=20)

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        try:
            self._door.request(method, path, json.dumps(body) if body is not None else None, self._headers)
            answer = self._door.getresponse()
            return answer.status, json.loads(answer.read())
        except (http.client.HTTPException, OSError):
            self._door.close()
            raise

    def status(self) -> dict[str, Any]:
        try:
            return self.ask("GET", "/api/status")[1]
        except OSError:
            return {"motion": "unknown", "line": "lost"}

    def settled(self) -> None:
        """Wait until the mount tracks and nothing is being halted any more."""
        wait_until(lambda: self.status()["motion"] == "tracking", START_SECONDS, "the mount to track")

    def close(self) -> None:
        self._door.close()


@contextmanager
def program(folder: Path, *mount_options: str) -> Iterator[Program]:
    """Service and both doors, each a process of its own, as `clubscope run` starts them."""
    with simulated_mount(folder, extra=["--slew-rate", "10", *mount_options]) as mount:
        file = folder / "clubscope.toml"
        file.write_text(_settings_text(mount.port), encoding="utf-8")
        settings = read_settings(file)
        token = _token(settings)
        started = [
            subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
            for command in processes(file).values()
        ]
        running = Program(settings, mount, token)
        try:
            running.settled()
            yield running
        finally:
            running.close()
            for process in started:
                process.terminate()
            for process in started:
                process.communicate(timeout=20)


def _settings_text(port: str) -> str:
    text = EXAMPLE.format(
        family="lx200",
        port=port,
        baud=9600,
        name="Karaganda",
        latitude_degrees=49.80,
        longitude_degrees=73.10,
        elevation_metres=550,
        timezone="Asia/Almaty",
        operators=f"127.0.0.1:{free_port()}",
        visitors=f"127.0.0.1:{free_port()}",
    )
    return text.replace("[mount]\n", "[mount]\nsimulated = true\n")


def _token(settings: Settings) -> str:
    upgrade(settings.log.database)
    database = open_database(settings.log.database)
    try:
        return Accounts(database, Clock()).add_token("bench", Role.VOLUNTEER)
    finally:
        database.close()


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
