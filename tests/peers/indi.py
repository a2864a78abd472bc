"""An INDI server with one driver in front of the simulated mount, for tests and measurements beside it.

The server stands in a network of its own where that is permitted, since it listens on all addresses.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import pytest

from tests.simulated_mount import REPOSITORY, SimulatedMount, wait_until

TOOLS = ("indiserver", "indi_setprop", "indi_getprop")
PACKAGES = "indi-bin indi-eqmod"
CONNECT_SECONDS = 40.0
POLL_SECONDS = 0.05


class Deed(Enum):
    """What a driver may be able to have its mount do, beyond connecting and a goto that arrives."""

    SYNC = "sync"
    ABORT = "abort"
    PARK = "park"
    UNPARK = "unpark"


@dataclass(frozen=True)
class Peer:
    """An INDI driver, the name of its device, and the simulated mount that it is made for.

    `before_connect` and `after_connect` are properties to set, as `indi_setprop` takes them, without the device's name
    (`CONNECTION_MODE.CONNECTION_SERIAL=On`); a mount that a driver expects to find parked or without a clock is made
    ready there. `cannot` has the reason, read in its source or seen on the wire, for every deed that it has not.
    `aborts_with` are the bytes of which the mount must have heard one when the driver aborts. `extra` are further
    arguments of hardware-sim.
    """

    driver: str
    device: str
    family: str
    model: str
    before_connect: tuple[str, ...] = ()
    after_connect: tuple[str, ...] = ()
    cannot: Mapping[Deed, str] = field(default_factory=dict)
    aborts_with: tuple[bytes, ...] = (b":Q#",)
    accuracy_arcseconds: float = 16.0
    """INDI's LX200 drivers round to whole seconds of right ascension, which are 15″, and to whole arcseconds."""
    first_dec_degrees: float = 20.25
    """Where the first goto leads, a little to the west of where it stands."""
    extra: tuple[str, ...] = ()
    tracks_unparked: bool = True
    """Whether waking its mount also sets it tracking again."""

    def can(self, deed: Deed) -> bool:
        return deed not in self.cannot


_KNOWS_NO_PARK = "asks for nothing but a position, a goto, a sync and a stop"
BASIC = Peer(
    *("indi_lx200basic", "LX200 Basic", "lx200", "lx200gps"),
    cannot={Deed.PARK: _KNOWS_NO_PARK, Deed.UNPARK: _KNOWS_NO_PARK},
)


def missing_programs(peer: Peer = BASIC) -> list[str]:
    return [program for program in (*TOOLS, peer.driver) if shutil.which(program) is None]


def need_indi(peer: Peer = BASIC) -> None:
    """Skip the test with the line that brings what is missing; under CI it has to be there."""
    if missing := missing_programs(peer):
        reason = f"{', '.join(missing)} not found; `apt-get install {PACKAGES}` brings it"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


class Indi:
    """A running indiserver with one driver, talked to with INDI's own command line tools."""

    def __init__(self, peer: Peer, port: int, inside: list[str]) -> None:
        self.peer = peer
        self._port = port
        self._inside = inside

    def ask(self, what: str) -> str:
        """A property's value, or nothing while it is not there."""
        command = ["indi_getprop", "-p", str(self._port), "-t", "1", "-1", f"{self.peer.device}.{what}"]
        return self._run(command).stdout.strip()

    def tell(self, what: str) -> None:
        """Set a property, as soon as the driver offers it."""
        command = ["indi_setprop", "-p", str(self._port), f"{self.peer.device}.{what}"]
        wait_until(lambda: self._run(command).returncode == 0, CONNECT_SECONDS, f"INDI to take {what}")

    def wait_until(self, what: str, is_so: Callable[[str], bool], within_seconds: float = CONNECT_SECONDS) -> None:
        """Ask for a property until its value is as it should be."""
        wait_until(lambda: is_so(self.ask(what)), within_seconds, f"INDI's {what}", POLL_SECONDS)

    def goto(self, ra_hours: float, dec_degrees: float) -> None:
        """Right ascension and declination of date, as for a sync."""
        self.tell("ON_COORD_SET.TRACK=On")
        self._tell_position(ra_hours, dec_degrees)

    def sync(self, ra_hours: float, dec_degrees: float) -> None:
        self.tell("ON_COORD_SET.SYNC=On")
        self._tell_position(ra_hours, dec_degrees)

    def position(self) -> tuple[float, float]:
        """Hours and degrees of date that the driver shows."""
        return float(self.ask("EQUATORIAL_EOD_COORD.RA")), float(self.ask("EQUATORIAL_EOD_COORD.DEC"))

    def _tell_position(self, ra_hours: float, dec_degrees: float) -> None:
        self.tell(f"EQUATORIAL_EOD_COORD.RA;DEC={ra_hours:.6f};{dec_degrees:.6f}")

    @contextmanager
    def aborter(self) -> Iterator[Callable[[], float]]:
        """Abort with a kept connection and return the moment (monotonic) at which the message was sent."""
        command = [*self._inside, sys.executable, "-m", "tests.bench.abort", str(self._port), self.peer.device]
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
    """Connect over the mount's terminal, with what the driver wants before and behind it."""
    for what in (*driver.peer.before_connect, f"DEVICE_PORT.PORT={mount.port}", "CONNECTION.CONNECT=On"):
        driver.tell(what)
    driver.wait_until("EQUATORIAL_EOD_COORD.RA", _is_looked_at)
    for what in driver.peer.after_connect:
        driver.tell(what)


def _is_looked_at(right_ascension: str) -> bool:
    """INDI shows a plain zero until the driver has looked; a goto before that is reckoned from nowhere."""
    return right_ascension not in ("", "0")
