"""An INDI server with one driver in front of the simulated mount, for tests and measurements beside it.

The server stands in a network of its own where that is permitted, since it listens on all addresses.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.simulated_mount import REPOSITORY, SimulatedMount, wait_until

NEEDED = ("indiserver", "indi_setprop", "indi_getprop", "indi_lx200basic", "indi_lx200classic", "indi_lx200gps")
CONNECT_SECONDS = 40.0


@dataclass(frozen=True)
class Peer:
    """An INDI driver, the name of its device, and the model that it is made for."""

    driver: str
    device: str
    model: str


BASIC = Peer("indi_lx200basic", "LX200 Basic", "lx200gps")
PEERS = (BASIC, Peer("indi_lx200classic", "LX200 Classic", "classic"), Peer("indi_lx200gps", "LX200 GPS", "lx200gps"))


def missing_programs() -> list[str]:
    return [program for program in NEEDED if shutil.which(program) is None]


def need_indi() -> None:
    """Skip the test with the line that brings what is missing; under CI it has to be there."""
    if missing := missing_programs():
        reason = f"{', '.join(missing)} not found; `apt-get install indi-bin` brings it"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


class Indi:
    """A running indiserver with one driver, talked to with INDI's own command line tools."""

    def __init__(self, peer: Peer, port: int, inside: list[str]) -> None:
        self._peer = peer
        self._port = port
        self._inside = inside

    def ask(self, what: str) -> str:
        """A property's value, or nothing while it is not there."""
        command = ["indi_getprop", "-p", str(self._port), "-t", "1", "-1", f"{self._peer.device}.{what}"]
        return self._run(command).stdout.strip()

    def tell(self, what: str) -> None:
        """Set a property, as soon as the driver offers it."""
        command = ["indi_setprop", "-p", str(self._port), f"{self._peer.device}.{what}"]
        wait_until(lambda: self._run(command).returncode == 0, CONNECT_SECONDS, f"INDI to take {what}")

    def goto(self, ra_hours: float, dec_degrees: float) -> None:
        self.tell("ON_COORD_SET.TRACK=On")
        self.tell(f"EQUATORIAL_EOD_COORD.RA;DEC={ra_hours:.6f};{dec_degrees:.6f}")

    @contextmanager
    def aborter(self) -> Iterator[Callable[[], float]]:
        """Abort with a kept connection and return the moment (monotonic) at which the message was sent."""
        command = [*self._inside, sys.executable, "-m", "tests.bench.abort", str(self._port), self._peer.device]
        with subprocess.Popen(
            command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            stdin, stdout = process.stdin, process.stdout
            assert stdin is not None
            assert stdout is not None

            def abort() -> float:
                stdin.write("abort\n")
                stdin.flush()
                return float(stdout.readline())

            yield abort

    def _run(self, command: list[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([*self._inside, *command], capture_output=True, text=True, timeout=30, check=False)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def private_network() -> Iterator[list[str]]:
    """The words that put a command into a network with nothing but a loopback; none where that is not permitted."""
    hold = "ip link set lo up && echo ready && exec sleep infinity"
    with subprocess.Popen(
        ["unshare", "-n", "sh", "-c", hold], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as holder:
        try:
            assert holder.stdout is not None
            permitted = holder.stdout.readline() == b"ready\n"
            yield ["nsenter", "-t", str(holder.pid), "-n"] if permitted else []
        finally:
            holder.kill()


@contextmanager
def indi(tmp_path: Path, peer: Peer) -> Iterator[Indi]:
    home = tmp_path / "home"
    home.mkdir()
    port = free_port()
    server = ["indiserver", "-u", str(tmp_path / "indi.sock"), "-p", str(port), peer.driver]
    with private_network() as inside, (tmp_path / "indi.log").open("wb") as log:
        environment = {**os.environ, "HOME": str(home)}
        with subprocess.Popen([*inside, *server], env=environment, stdout=log, stderr=log) as process:
            try:
                yield Indi(peer, port, inside)
            finally:
                process.terminate()


def connect(driver: Indi, mount: SimulatedMount) -> None:
    driver.tell(f"DEVICE_PORT.PORT={mount.port}")
    driver.tell("CONNECTION.CONNECT=On")
    wait_until(lambda: driver.ask("EQUATORIAL_EOD_COORD.RA"), CONNECT_SECONDS, "INDI to connect")
