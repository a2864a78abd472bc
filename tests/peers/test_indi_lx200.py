"""INDI's LX200 drivers, written by others for real mounts, drive the simulated one.

Each connects over the terminal, slews, arrives where the tube is then found to point, and aborts a second slew. The
server stands in a network of its own where that is permitted, since it listens on all addresses.
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import cos, hypot, radians
from pathlib import Path

import pytest

from tests.simulated_mount import SimulatedMount, simulated_mount, wait_until

pytestmark = pytest.mark.peers

NEEDED = ("indiserver", "indi_setprop", "indi_getprop", "indi_lx200basic", "indi_lx200classic", "indi_lx200gps")
CONNECT_SECONDS = 40.0
SLEW_SECONDS = 60.0
AT_REST_DEGREES_PER_SECOND = 0.02  # a tracking mount never stands quite still
# INDI rounds to whole seconds of right ascension, which are 15″, and to whole arcseconds of declination.
ACCURACY_ARCSECONDS = 16.0


@dataclass(frozen=True)
class Peer:
    """An INDI driver, the name of its device, and the model that it is made for."""

    driver: str
    device: str
    model: str


PEERS = (
    Peer("indi_lx200basic", "LX200 Basic", "lx200gps"),
    Peer("indi_lx200classic", "LX200 Classic", "classic"),
    Peer("indi_lx200gps", "LX200 GPS", "lx200gps"),
)


@pytest.fixture(autouse=True)
def indi_is_installed() -> None:
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
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


def apart_arcseconds(truth: dict[str, float], ra_hours: float, dec_degrees: float) -> float:
    across = ((truth["ra_hours"] - ra_hours + 12.0) % 24.0 - 12.0) * 15.0 * cos(radians(dec_degrees))
    return 3600.0 * hypot(across, truth["dec_degrees"] - dec_degrees)


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.driver)
def test_an_indi_driver_connects_slews_arrives_and_aborts(tmp_path: Path, peer: Peer) -> None:
    with (
        simulated_mount(tmp_path, model=peer.model, extra=["--slew-rate", "15"]) as mount,
        indi(tmp_path, peer) as driver,
    ):
        connect(driver, mount)
        east_hours = (mount.truth()["ra_hours"] + 2.0) % 24.0
        driver.goto(east_hours, 50.25)
        mount.wait_until(lambda truth: truth["slewing"], SLEW_SECONDS)
        arrived = mount.wait_until(lambda truth: not truth["slewing"], SLEW_SECONDS)
        assert apart_arcseconds(arrived, east_hours, 50.25) < ACCURACY_ARCSECONDS

        west_hours = (east_hours - 4.0) % 24.0
        wait_until(lambda: driver.ask("EQUATORIAL_EOD_COORD._STATE") != "Busy", SLEW_SECONDS, "INDI to see it arrive")
        driver.goto(west_hours, 30.0)
        mount.wait_until(lambda truth: max(map(abs, truth["axis_rates_deg_s"])) > 5.0, SLEW_SECONDS)
        driver.tell("TELESCOPE_ABORT_MOTION.ABORT=On")
        rested = mount.wait_until(lambda truth: not truth["slewing"], SLEW_SECONDS)
        assert max(map(abs, rested["axis_rates_deg_s"])) < AT_REST_DEGREES_PER_SECOND
        assert apart_arcseconds(rested, west_hours, 30.0) > 3600.0
        assert b":Q#" in mount.heard()
