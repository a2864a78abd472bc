"""INDI's drivers press the arrow keys of German mounts: north is north and west is west on both sides of the pier.

The manuals are not clear about the ways of the motors; these drivers have been put right by people with such mounts, so
that they are the best witnesses there are. Left out are two that contradict a manual: the one for the newer iOptrons
takes `:mn#` for north, which version 3.10 calls the way of falling declination, and the one for Celestron's forks sends
altitude down for north.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.peers.hand_controls import PEERS
from tests.peers.indi import Indi, Peer, connect, indi, need_indi
from tests.simulated_mount import SimulatedMount, simulated_mount

pytestmark = pytest.mark.peers

GERMAN = [peer for peer in PEERS if peer.model in ("avx", "eq6", "ieq45")]
WITHIN_SECONDS = 30.0
SEEN_DEGREES = 0.02
HOURS_WEST, HOURS_EAST = -1.0, 1.2  # from the meridian, where it stands at first, and back over it


@pytest.mark.parametrize("peer", GERMAN, ids=lambda peer: f"{peer.driver}-{peer.model}")
def test_north_is_north_and_west_is_west_on_both_sides_of_the_pier(tmp_path: Path, peer: Peer) -> None:
    need_indi(peer)
    with (
        simulated_mount(tmp_path, family=peer.family, model=peer.model, extra=peer.extra) as mount,
        indi(tmp_path, peer) as driver,
    ):
        connect(driver, mount)
        meridian_hours = mount.truth()["ra_hours"]
        for hours, side in ((HOURS_WEST, "east"), (HOURS_EAST, "west")):
            _go(driver, mount, (meridian_hours + hours) % 24.0, side)
            north = _pressed(driver, mount, "TELESCOPE_MOTION_NS.MOTION_NORTH")
            assert north["dec_degrees"] > SEEN_DEGREES / 2
            assert _pressed(driver, mount, "TELESCOPE_MOTION_WE.MOTION_WEST")["ra_hours"] < -SEEN_DEGREES / 30


def _go(driver: Indi, mount: SimulatedMount, ra_hours: float, side: str) -> None:
    driver.goto(ra_hours, 20.0)
    mount.wait_until(lambda truth: truth["slewing"], WITHIN_SECONDS)
    mount.wait_until(lambda truth: not truth["slewing"], WITHIN_SECONDS)
    assert mount.truth()["pier_side"] == side
    driver.wait_until("EQUATORIAL_EOD_COORD._STATE", lambda state: state != "Busy")
    driver.wait_until(f"TELESCOPE_PIER_SIDE.PIER_{side.upper()}", lambda value: value == "On")


def _pressed(driver: Indi, mount: SimulatedMount, key: str) -> dict[str, float]:
    """By how much right ascension and declination grow while a key is held down."""
    before = mount.truth()
    driver.tell(f"{key}=On")
    mount.wait_until(lambda truth: _way(before, truth) > SEEN_DEGREES, WITHIN_SECONDS)
    driver.tell(f"{key}=Off")
    after = mount.wait_until(lambda truth: not truth["slewing"], WITHIN_SECONDS)
    ra_hours = (after["ra_hours"] - before["ra_hours"] + 12.0) % 24.0 - 12.0
    return {"ra_hours": ra_hours, "dec_degrees": after["dec_degrees"] - before["dec_degrees"]}


def _way(before: dict[str, Any], after: dict[str, Any]) -> float:
    """What the axes have turned since, beyond the sky's own way."""
    turned = [there - here for here, there in zip(before["axis_degrees"], after["axis_degrees"], strict=True)]
    sky = (after["t"] - before["t"]) * 15.04 / 3600.0
    return max(abs(turned[0] - sky), abs(turned[1]))
