"""INDI's LX200 drivers, written by others for real mounts, drive the simulated one.

Each connects over the terminal, slews, arrives where the tube is then found to point, and aborts a second slew.
"""

from math import cos, hypot, radians
from pathlib import Path

import pytest

from tests.peers.indi import PEERS, Peer, connect, indi, need_indi
from tests.simulated_mount import simulated_mount, wait_until

pytestmark = pytest.mark.peers

SLEW_SECONDS = 60.0
AT_REST_DEGREES_PER_SECOND = 0.02  # a tracking mount never stands quite still
# INDI rounds to whole seconds of right ascension, which are 15″, and to whole arcseconds of declination.
ACCURACY_ARCSECONDS = 16.0


@pytest.fixture(autouse=True)
def indi_is_installed() -> None:
    need_indi()


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
