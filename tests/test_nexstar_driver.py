"""What the NexStar driver says, and in which order, to a hand control that answers from a script."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from scope.errors import GarbledAnswer, MountRefused, NotCapable
from scope.mounts import hand_control
from scope.mounts import nexstar_commands as say
from scope.mounts.certain import certain
from scope.mounts.mount import Can, ClockAndSite
from scope.mounts.nexstar import NexStar
from scope.mounts.nexstar_models import MODELS, HandControl
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import PierSide
from tests.scripted_mount import AUSTRALIA, AVX, NORTH_OF_EUROPE, OLD, PLACE, SE8, Observatory, Scripted

AT_4_9 = Can.GOTO | Can.NUDGE | Can.TRACK | Can.PARK | Can.UNPARK | Can.READ_CLOCK | Can.SET_CLOCK


def nexstar(answers: Mapping[bytes, bytes | list[bytes]], **observatory: Any) -> tuple[NexStar, Scripted]:
    """Met, and its script with nothing sent yet."""
    line = Scripted(answers)
    mount = NexStar(line, Observatory(**observatory))
    mount.greet()
    line.sent.clear()
    return mount, line


def test_a_goto_asks_whether_it_is_aligned_before_and_whether_it_goes_after() -> None:
    mount, line = nexstar(AVX)
    mount.goto(PLACE)
    assert line.sent == [b"J", b"r3AAAAAAB,FC444444", b"L"]


def test_a_goto_that_has_ended_before_one_can_ask_has_arrived() -> None:
    mount, _ = nexstar(AVX | {b"L": b"0#"})
    mount.goto(PLACE)


def test_a_goto_that_neither_goes_nor_has_arrived_was_refused() -> None:
    mount, _ = nexstar(AVX | {b"L": b"0#", b"e": b"20000000,20000000#"})
    with pytest.raises(MountRefused) as refusal:
        mount.goto(PLACE)
    assert refusal.value.code == "goto_not_begun"


def test_a_goto_that_takes_a_moment_to_begin_was_not_refused() -> None:
    mount, _ = nexstar(AVX | {b"L": [b"0#", b"1#"], b"e": b"20000000,20000000#"})
    mount.goto(PLACE)


def test_an_old_hand_control_is_spoken_to_in_coarse_words() -> None:
    mount, line = nexstar(OLD, axes="fork")
    assert mount.can == Can.GOTO
    mount.goto(PLACE)
    assert line.sent == [b"J", b"R3AAB,FC44", b"L"]


def test_a_motor_board_that_is_silent_is_a_refusal() -> None:
    mount, _ = nexstar(AVX | {b"P\x02\x10\x24\x05\x00\x00\x00": b"\x00#"})
    with pytest.raises(MountRefused) as refusal:
        mount.nudge(Direction.WEST, NudgeRate.CENTRE)
    assert refusal.value.code == "motor_board_silent"


@pytest.mark.parametrize(
    ("answers", "axes", "declared", "product"),
    [
        (AVX, "german", None, "Advanced VX"),
        (SE8, "altaz", None, "NexStar 6/8 SE"),
        (SE8 | {b"t": b"\x02#"}, "polar", None, "NexStar 6/8 SE"),
        (SE8 | {b"t": b"\x00#"}, None, "fork", "NexStar 6/8 SE"),
        (AVX | {b"V": b"\x01\x14#", b"v": b"\x13#"}, "german", None, "Advanced VX with StarSense"),
        (AVX | {b"m": b"\x63#"}, "polar", None, "NexStar model 99"),
        (OLD, None, "fork", "NexStar"),
    ],
)
def test_a_nexstar_is_what_it_says_it_is(
    answers: dict[bytes, bytes], axes: str | None, declared: str | None, product: str
) -> None:
    identity = NexStar(Scripted(answers), Observatory(axes=declared)).greet()
    assert (identity.product, identity.axes) == (product, axes)


def test_what_decides_for_the_evening_is_heard_twice() -> None:
    line = Scripted({b"m": [b"\x14#", b"\x1c#", b"\x14x", b"\x14#"]})
    assert certain(line, say.MODEL) == 0x14
    assert len(line.sent) == 4


def test_a_line_on_which_no_two_answers_agree_has_no_mount() -> None:
    with pytest.raises(GarbledAnswer):
        certain(Scripted({b"m": [bytes((number, 0x23)) for number in range(9)]}), say.MODEL)


def test_another_language_is_not_asked_again() -> None:
    line = Scripted({b"KG": b"G#", b"V": b"042507#"})
    with pytest.raises(GarbledAnswer) as other:
        NexStar(line, Observatory()).greet()
    assert other.value.code == "speaks_synscan"
    assert line.sent == [b"KG", b"V"]


@pytest.mark.parametrize(
    ("version", "variant", "equatorial", "can"),
    [
        ((1, 2), None, False, Can.GOTO),
        ((1, 6), None, False, Can.GOTO | Can.NUDGE | Can.TRACK),
        ((2, 2), None, False, Can.GOTO | Can.NUDGE | Can.TRACK | Can.PARK | Can.UNPARK),
        ((4, 9), None, False, AT_4_9),
        ((4, 10), None, False, AT_4_9 | Can.SYNC),
        ((4, 10), None, True, AT_4_9 | Can.SYNC | Can.LUNAR | Can.SOLAR),
        ((1, 20), 0x13, False, AT_4_9 | Can.SYNC),
    ],
)
def test_a_hand_control_can_what_its_firmware_brought(
    version: tuple[int, int], variant: int | None, equatorial: bool, can: Can
) -> None:
    assert HandControl(version, variant, 12).can(equatorial) == can


@pytest.mark.parametrize("number", MODELS)
def test_every_model_has_its_name_and_says_whether_it_is_german(number: int) -> None:
    control = HandControl((4, 21), None, number)
    assert control.product == MODELS[number]
    assert (Can.PIER_SIDE in control.can(equatorial=True)) == control.is_german


@pytest.mark.parametrize(
    ("mode", "rate_order"), [(1, None), (2, b"P\x03\x10\x06\xff\xff\x00\x00"), (3, b"P\x03\x10\x07\xff\xff\x00\x00")]
)
def test_tracking_comes_back_in_the_mode_that_it_had(mode: int, rate_order: bytes | None) -> None:
    mount, line = nexstar(SE8 | {b"t": bytes((mode, 0x23))})
    mount.track(TrackingRate.OFF)
    mount.track(TrackingRate.SIDEREAL)
    assert line.sent == [b"T\x00", b"T" + bytes((mode,)), *([rate_order] if rate_order else [])]


def test_tracking_is_not_switched_on_by_guessing_the_mode() -> None:
    mount, line = nexstar(SE8 | {b"t": b"\x00#"})
    with pytest.raises(MountRefused) as refusal:
        mount.track(TrackingRate.SIDEREAL)
    assert refusal.value.code == "axes_unknown"
    assert line.orders() == []


@pytest.mark.parametrize(
    ("answers", "axes", "latitude", "mode"),
    [
        (AVX, None, NORTH_OF_EUROPE, 2),
        (AVX, None, AUSTRALIA, 3),
        (SE8, "altaz", AUSTRALIA, 1),
        (SE8, "fork", AUSTRALIA, 3),
        (SE8, "fork", NORTH_OF_EUROPE, 2),
    ],
)
def test_a_mount_that_does_not_track_gets_the_mode_of_how_it_stands(
    answers: dict[bytes, bytes], axes: str | None, latitude: float, mode: int
) -> None:
    mount, line = nexstar(answers | {b"t": b"\x00#"}, axes=axes, latitude_degrees=latitude)
    mount.track(TrackingRate.SIDEREAL)
    assert line.sent[0] == b"T" + bytes((mode,))


def test_the_mode_may_change_behind_our_back() -> None:
    mount, line = nexstar(AVX | {b"t": [b"\x02#", b"\x02#", b"\x03#"]})
    assert mount.tracking() is TrackingRate.SIDEREAL
    mount.track(TrackingRate.SIDEREAL)
    assert b"T\x03" in line.sent


def test_an_alt_azimuth_mount_is_not_asked_to_follow_the_moon() -> None:
    mount, line = nexstar(SE8)
    with pytest.raises(NotCapable):
        mount.track(TrackingRate.LUNAR)
    assert line.sent == []


@pytest.mark.parametrize(
    ("answers", "latitude", "letter", "side"),
    [
        (AVX, NORTH_OF_EUROPE, b"E#", PierSide.WEST),
        (AVX, NORTH_OF_EUROPE, b"W#", PierSide.EAST),
        (AVX, AUSTRALIA, b"E#", PierSide.WEST),
        (AVX | {b"V": b"\x05\x18#"}, AUSTRALIA, b"E#", PierSide.EAST),
        (AVX | {b"V": b"\x05\x18#"}, NORTH_OF_EUROPE, b"E#", PierSide.WEST),
        (AVX | {b"V": b"\x01\x14#", b"v": b"\x13#"}, AUSTRALIA, b"E#", PierSide.WEST),
        (AVX | {b"e": b"3AAAAB00,40000000#"}, NORTH_OF_EUROPE, b"E#", None),
    ],
)
def test_the_letter_says_where_it_looks_and_old_firmware_has_it_reversed_in_the_south(
    answers: dict[bytes, bytes], latitude: float, letter: bytes, side: PierSide | None
) -> None:
    mount, _ = nexstar(answers | {b"p": letter}, latitude_degrees=latitude)
    assert mount.read().pier_side is side


AZIMUTH, ALTITUDE = say.Axis.AZIMUTH, say.Axis.ALTITUDE
KEYS = [
    # axes, looks east, southern pole, direction, motor, positive
    ("altaz", True, False, Direction.NORTH, ALTITUDE, True),
    ("altaz", True, False, Direction.SOUTH, ALTITUDE, False),
    ("altaz", False, True, Direction.NORTH, ALTITUDE, True),
    ("altaz", False, True, Direction.WEST, AZIMUTH, True),
    ("polar", True, False, Direction.NORTH, ALTITUDE, True),
    ("polar", True, True, Direction.NORTH, ALTITUDE, False),
    ("polar", True, True, Direction.SOUTH, ALTITUDE, True),
    ("polar", True, False, Direction.WEST, AZIMUTH, True),
    ("polar", True, True, Direction.WEST, AZIMUTH, False),
    ("german", True, False, Direction.NORTH, ALTITUDE, True),
    ("german", False, False, Direction.NORTH, ALTITUDE, False),
    ("german", True, True, Direction.NORTH, ALTITUDE, True),
    ("german", False, True, Direction.SOUTH, ALTITUDE, True),
    ("german", False, False, Direction.EAST, AZIMUTH, False),
    ("german", True, True, Direction.EAST, AZIMUTH, True),
    (None, True, False, Direction.SOUTH, ALTITUDE, False),
]


@pytest.mark.parametrize(("axes", "east", "south", "direction", "motor", "positive"), KEYS)
def test_each_key_turns_its_motor_the_way_the_mount_stands(
    axes: str | None, east: bool, south: bool, direction: Direction, motor: say.Axis, positive: bool
) -> None:
    assert hand_control.turning(direction, axes, lambda: east, south) == (motor, positive)


def test_an_alignment_that_has_gone_tells_of_a_restart_once_and_only_when_told_twice() -> None:
    mount, _ = nexstar(AVX | {b"J": [b"\x01#", b"\x01#", b"\x00#", b"\x01#", b"\x00#", b"\x00#", b"\x00#", b"\x01#"]})
    told = [mount.read().restarted for _ in range(5)]
    assert told == [False, False, True, False, False]


def test_where_no_side_is_told_the_hour_angle_decides_for_a_german_mount() -> None:
    """At 2 h sidereal time 5.5 h stands in the east."""
    mount, line = nexstar(AVX | {b"V": b"\x04\x0a#"})
    mount.nudge(Direction.NORTH, NudgeRate.GUIDE)
    assert line.sent[-1] == b"P\x02\x11\x24\x02\x00\x00\x00"


@pytest.mark.parametrize(
    ("answers", "latitude", "first", "ends"),
    [
        (AVX, NORTH_OF_EUROPE, b"r55555555,3FEDCBAA", [b"T\x00", b"x"]),
        (AVX, AUSTRALIA, b"r55555555,C0123456", [b"T\x00", b"x"]),
        (SE8, NORTH_OF_EUROPE, b"b00000000,00000000", [b"T\x00"]),
        (SE8, AUSTRALIA, b"b80000000,00000000", [b"T\x00"]),
    ],
)
def test_a_nexstar_parks_where_no_sun_comes_and_rests_when_it_is_there(
    answers: dict[bytes, bytes], latitude: float, first: bytes, ends: list[bytes]
) -> None:
    mount, line = nexstar(answers | {b"L": [b"1#", b"1#", b"0#"]}, latitude_degrees=latitude)
    mount.park()
    assert line.orders() == [first]
    mount.attend()
    assert line.orders() == [first]
    mount.attend()
    assert line.orders() == [first, *ends]
    mount.attend()
    assert line.orders() == [first, *ends]


def test_after_a_halt_nothing_of_a_parking_goes_on() -> None:
    mount, line = nexstar(AVX | {b"L": [b"1#", b"0#"]})
    mount.park()
    mount.halted(goes_on=False)
    mount.attend()
    assert len(line.orders()) == 1


def test_waking_sets_it_tracking_again() -> None:
    mount, line = nexstar(AVX)
    mount.unpark()
    assert line.sent == [b"y", b"T\x02", b"P\x03\x10\x06\xff\xff\x00\x00"]


GIVEN = ClockAndSite(datetime(2026, 11, 23, 18, 40, 9, 600000, tzinfo=UTC), 49.99999, -0.5)


@pytest.mark.parametrize(
    ("answers", "offset_hours", "sent"),
    [
        (SE8, 5.0, b"H\x17\x28\x0a\x0b\x17\x1a\x05\x00"),
        (SE8, 5.75, b"H\x00\x28\x0a\x0b\x18\x1a\x06\x00"),
        (AVX, 5.75, b"I\x00\x19\x0a\x0b\x18\x1a\x17\x00"),
        (AVX, -3.5, b"I\x0f\x0a\x0a\x0b\x17\x1a\xf2\x00"),
    ],
)
def test_the_clock_is_set_to_the_second_in_a_zone_that_can_be_said(
    answers: dict[bytes, bytes], offset_hours: float, sent: bytes
) -> None:
    mount, line = nexstar(answers)
    mount.set_clock_and_site(GIVEN, offset_hours)
    assert line.sent == [b"W\x32\x00\x00\x00\x00\x1e\x00\x01", sent]
