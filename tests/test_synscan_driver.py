"""What the SynScan driver says, and in which order, to a hand control that answers from a script."""

from collections.abc import Mapping
from typing import Any

import pytest

from scope.errors import GarbledAnswer, NotCapable
from scope.mounts import nexstar_commands as say
from scope.mounts.mount import Can
from scope.mounts.synscan import SynScan
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, PierSide, arc_degrees
from tests.scripted_mount import AUSTRALIA, AVX, EQ6, MOMENT, NORTH_OF_EUROPE, PLACE, SKY, Observatory, Scripted


def synscan(answers: Mapping[bytes, bytes | list[bytes]], **observatory: Any) -> tuple[SynScan, Scripted]:
    line = Scripted(answers)
    mount = SynScan(line, Observatory(**observatory))
    mount.greet()
    line.sent.clear()
    return mount, line


@pytest.mark.parametrize(
    ("model", "mode", "axes"),
    [
        (0, 2, "german"),
        (0, 0, "german"),
        (5, 2, "german"),
        (5, 1, "altaz"),
        (5, 0, None),
        (6, 3, "german"),
        (128, 1, "altaz"),
        (144, 0, "altaz"),
        (165, 2, "german"),
        (160, 1, "altaz"),
    ],
)
def test_a_synscan_tells_how_it_stands_by_model_and_mode(model: int, mode: int, axes: str | None) -> None:
    answers = EQ6 | {b"m": bytes((model, 0x23)), b"t": bytes((mode, 0x23))}
    mount = SynScan(Scripted(answers), Observatory())
    assert mount.greet().axes == axes
    assert (Can.PIER_SIDE in mount.can) == (axes == "german")


@pytest.mark.parametrize("version", [b"031B00#", b"042400#"])
def test_an_old_synscan_is_asked_for_nothing_it_may_not_know(version: bytes) -> None:
    mount, line = synscan(EQ6 | {b"V": version})
    mount.read()
    assert mount.tracking() is None
    assert mount.can == Can.GOTO | Can.NUDGE | Can.TRACK
    assert set(line.sent) == {b"e", b"L", b"J"}


def test_a_synscan_is_sent_to_j2000_as_indi_sends_it() -> None:
    """INDI takes the precession alone; what nutation and aberration add is below 40″."""
    mount, line = synscan(EQ6)
    mount.goto(PLACE)
    ours, theirs = say.read_angles(line.sent[1][1:] + b"#"), say.read_angles(b"3A6D7599,FC4017E8#")
    assert arc_degrees(ours.first, ours.dec_degrees, theirs.first, theirs.dec_degrees) < 40.0 / 3600.0


def test_a_synscan_is_sent_back_to_where_it_says_it_is() -> None:
    mount, line = synscan(EQ6)
    mount.goto(mount.read().position)
    sent = say.read_angles(next(sent for sent in line.sent if sent[:1] == b"r")[1:] + b"#")
    told = say.read_angles(b"3AAAAB00,FC444400#")
    assert arc_degrees(sent.first, sent.dec_degrees, told.first, told.dec_degrees) < 0.01 / 3600.0


@pytest.mark.parametrize(("latitude", "dec_degrees"), [(NORTH_OF_EUROPE, 90.0), (AUSTRALIA, -90.0)])
def test_a_synscan_parks_at_the_pole_of_date_and_tracks_no_more(latitude: float, dec_degrees: float) -> None:
    mount, line = synscan(EQ6 | {b"L": [b"1#", b"0#"]}, latitude_degrees=latitude)
    mount.park()
    (order,) = line.orders()
    sent = say.read_angles(order[1:] + b"#")
    pole = SKY.j2000(Equatorial(0.0, dec_degrees, Epoch.OF_DATE), MOMENT)
    apart = arc_degrees(sent.first, sent.dec_degrees, pole.ra_hours * 15.0, pole.dec_degrees)
    assert apart == pytest.approx(0.1, abs=0.001)
    assert abs(dec_degrees - sent.dec_degrees) > 0.02  # the pole has wandered by 9 minutes of arc since 2000
    mount.attend()
    assert line.orders() == [order, b"T\x00"]


def test_after_a_halt_nothing_of_a_parking_goes_on() -> None:
    mount, line = synscan(EQ6 | {b"L": [b"1#", b"0#"]})
    mount.park()
    mount.halted(goes_on=False)
    mount.attend()
    assert len(line.orders()) == 1


@pytest.mark.parametrize("mode", [1, 2, 3])
def test_tracking_comes_back_in_the_mode_that_it_had(mode: int) -> None:
    mount, line = synscan(EQ6 | {b"t": bytes((mode, 0x23))})
    assert mount.tracking() is TrackingRate.SIDEREAL
    mount.track(TrackingRate.OFF)
    mount.track(TrackingRate.SIDEREAL)
    assert line.sent == [b"t", b"T\x00", b"T" + bytes((mode,))]


def test_it_follows_nothing_but_the_stars() -> None:
    mount, line = synscan(EQ6)
    for rate in (TrackingRate.LUNAR, TrackingRate.SOLAR):
        with pytest.raises(NotCapable):
            mount.track(rate)
    assert line.sent == []


@pytest.mark.parametrize(("letter", "side", "order"), [(b"E#", PierSide.WEST, 0x24), (b"W#", PierSide.EAST, 0x25)])
def test_the_side_of_the_pier_decides_which_way_north_is(letter: bytes, side: PierSide, order: int) -> None:
    mount, line = synscan(EQ6 | {b"p": letter})
    assert mount.read().pier_side is side
    mount.nudge(Direction.NORTH, NudgeRate.FIND)
    assert line.sent[-1] == bytes((ord("P"), 2, say.Axis.ALTITUDE, order, 6, 0, 0, 0))


def test_a_nexstar_is_not_taken_for_it() -> None:
    with pytest.raises(GarbledAnswer) as other:
        SynScan(Scripted(AVX), Observatory()).greet()
    assert other.value.code == "speaks_nexstar"
