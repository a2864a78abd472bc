"""INDI's drivers, written by others for real mounts, drive the simulated ones.

Each connects over the terminal, slews, arrives where the tube is then found to point, syncs, aborts a second slew,
parks and unparks, as far as it can; what it cannot is named with the reason in the table of its family.
"""

from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import pytest

from tests.peers import hand_controls, lx200, rainbow, skywatcher
from tests.peers.indi import Deed, Indi, Peer, connect, indi, need_indi
from tests.simulated_mount import SimulatedMount, simulated_mount, wait_until

pytestmark = pytest.mark.peers

PEERS = (*lx200.PEERS, *hand_controls.PEERS, *skywatcher.PEERS, *rainbow.PEERS)
SLEW_SECONDS = 40.0
SLEW_RATE = ("--slew-rate", "40")
AT_REST_DEGREES_PER_SECOND = 0.02  # a tracking mount never stands quite still
WAYS_TO_TELL_THAT_IT_PARKS = ("TELESCOPE_PARK._STATE", "EQUATORIAL_EOD_COORD._STATE")  # one driver so, one so
SYNC_HOURS, SYNC_DEGREES = 0.02, 0.25  # so far off the place where it stands it is told to be


def apart_arcseconds(ra_hours: float, dec_degrees: float, other_hours: float, other_degrees: float) -> float:
    across = ((ra_hours - other_hours + 12.0) % 24.0 - 12.0) * 15.0 * cos(radians(dec_degrees))
    return 3600.0 * hypot(across, dec_degrees - other_degrees)


def off_arcseconds(truth: dict[str, Any], ra_hours: float, dec_degrees: float) -> float:
    return apart_arcseconds(truth["ra_hours"], truth["dec_degrees"], ra_hours, dec_degrees)


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: f"{peer.driver}-{peer.model}")
def test_an_indi_driver_does_with_the_mount_all_that_it_can(tmp_path: Path, peer: Peer) -> None:
    need_indi(peer)
    extra = [*SLEW_RATE, *peer.extra]
    with (
        simulated_mount(tmp_path, family=peer.family, model=peer.model, extra=extra) as mount,
        indi(tmp_path, peer) as driver,
    ):
        connect(driver, mount)
        deeds = {Deed.SYNC: _syncs, Deed.ABORT: _aborts, Deed.PARK: _parks, Deed.UNPARK: _unparks}
        _arrives(driver, mount)
        for deed, does in deeds.items():
            if peer.can(deed):
                does(driver, mount)


def _arrives(driver: Indi, mount: SimulatedMount) -> None:
    ra_hours, dec_degrees = (mount.truth()["ra_hours"] - 0.7) % 24.0, driver.peer.first_dec_degrees
    driver.goto(ra_hours, dec_degrees)
    mount.wait_until(lambda truth: truth["slewing"], SLEW_SECONDS)
    driver.wait_until("EQUATORIAL_EOD_COORD._STATE", _is_done)  # of some the slew has two legs
    arrived = mount.wait_until(lambda truth: not truth["slewing"], SLEW_SECONDS)
    assert off_arcseconds(arrived, ra_hours, dec_degrees) < driver.peer.accuracy_arcseconds


def _is_done(state: str) -> bool:
    """No longer busy; an answer that did not come in time is none."""
    return state in ("Ok", "Idle", "Alert")


def _syncs(driver: Indi, mount: SimulatedMount) -> None:
    before = mount.truth()
    ra_hours, dec_degrees = (before["ra_hours"] + SYNC_HOURS) % 24.0, before["dec_degrees"] + SYNC_DEGREES
    driver.sync(ra_hours, dec_degrees)
    wanted = driver.peer.accuracy_arcseconds * 2.0  # once for what it tells, once for what it reads
    shown = "INDI to show the place of the sync"
    wait_until(lambda: apart_arcseconds(*driver.position(), ra_hours, dec_degrees) < wanted, SLEW_SECONDS, shown)
    assert off_arcseconds(mount.truth(), before["ra_hours"], before["dec_degrees"]) < driver.peer.accuracy_arcseconds


def _aborts(driver: Indi, mount: SimulatedMount) -> None:
    far_hours, far_degrees = (mount.truth()["ra_hours"] - 4.0) % 24.0, 50.0
    driver.goto(far_hours, far_degrees)
    mount.wait_until(lambda truth: max(map(abs, truth["axis_rates_deg_s"])) > 5.0, SLEW_SECONDS)
    driver.tell("TELESCOPE_ABORT_MOTION.ABORT=On")
    rested = mount.wait_until(lambda truth: not truth["slewing"], SLEW_SECONDS)
    assert max(map(abs, rested["axis_rates_deg_s"])) < AT_REST_DEGREES_PER_SECOND
    assert off_arcseconds(rested, far_hours, far_degrees) > 3600.0
    heard = mount.heard()
    assert any(stop in heard for stop in driver.peer.aborts_with)


def _parks(driver: Indi, mount: SimulatedMount) -> None:
    driver.wait_until("EQUATORIAL_EOD_COORD._STATE", _is_done)
    driver.tell("TELESCOPE_PARK.PARK=On")
    mount.wait_until(lambda truth: truth["slewing"], SLEW_SECONDS)
    mount.wait_until(lambda truth: not truth["slewing"] and not truth["tracking"], SLEW_SECONDS)
    driver.wait_until("TELESCOPE_PARK.PARK", lambda value: value == "On")
    for what in WAYS_TO_TELL_THAT_IT_PARKS:
        driver.wait_until(what, lambda state: state != "Busy")


def _unparks(driver: Indi, mount: SimulatedMount) -> None:
    driver.tell("TELESCOPE_PARK.UNPARK=On")
    what = "tracking" if driver.peer.tracks_unparked else "parked"
    mount.wait_until(lambda truth: truth[what] is driver.peer.tracks_unparked, SLEW_SECONDS)
    driver.wait_until("TELESCOPE_PARK.UNPARK", lambda value: value == "On")
