"""What the simulated hand controls of Celestron and Sky-Watcher make of their mounts, in a time of their own."""

import pytest

from hardware_sim.belief import Celestial
from hardware_sim.exchange import Exchange
from hardware_sim.geometry import AxisPair, wrapped
from hardware_sim.j2000 import from_j2000
from hardware_sim.motion import Motion, Truth
from hardware_sim.nexstar_angles import pair_text, read_pair
from tests.placed_mount import point, put_axes
from tests.simulated_mount import EVENING, ask, exchange

# 17:00 UTC at 73.1° E: sidereal time 2 h 03 m.
WEST_OF_SOUTH = Celestial(15.0, 20.0)
EAST_OF_SOUTH = Celestial(90.0, 20.0)
BELOW = Celestial(200.0, -20.0)
FIXED_RATE, POSITIVE, NEGATIVE = b"P\x02", b"\x24", b"\x25"
FIRST, SECOND = b"\x10", b"\x11"
ARCSECOND = 1.0 / 3600.0


def hand_control(model: str, *faults: str, family: str = "nexstar") -> Exchange:
    return exchange(*faults, family=family, model=model, slew_rate=20.0)


def goto(place: Celestial) -> bytes:
    return b"r" + pair_text(place.ra_degrees, place.dec_degrees, 8)


def turn(axis: bytes, way: bytes, rate: int) -> bytes:
    return FIXED_RATE + axis + way + bytes([rate]) + b"\x00\x00\x00"


def told(line: Exchange, question: bytes, t: float) -> tuple[float, float]:
    """The two angles of an answer, in -180 <= value < 180."""
    pair = read_pair(ask(line, question, t)[:-1])
    assert pair is not None
    return wrapped(pair[0]), wrapped(pair[1])


def truth_at(line: Exchange, t: float) -> Truth:
    line.live(t)
    return line.dialect.mount.truth()


@pytest.mark.parametrize("model", ["se8", "gps", "avx", "starsense"])
@pytest.mark.parametrize("place", [WEST_OF_SOUTH, EAST_OF_SOUTH], ids=["west", "east"])
def test_a_goto_says_that_it_goes_and_arrives_where_it_was_sent(model: str, place: Celestial) -> None:
    line = hand_control(model)
    assert ask(line, goto(place), 1.0) == b"#"
    assert ask(line, b"L", 1.5) == b"1#"
    there = truth_at(line, 40.0)
    assert ask(line, b"L", 40.0) == b"0#"
    assert there.motion is Motion.HOLDING
    assert there.ra_degrees == pytest.approx(place.ra_degrees, abs=ARCSECOND)
    assert there.dec_degrees == pytest.approx(place.dec_degrees, abs=ARCSECOND)


NOT_OBEYED = [
    ("se8", BELOW, b""),
    ("avx", BELOW, b""),
    ("avx", WEST_OF_SOUTH, b"x"),
    ("starsense", EAST_OF_SOUTH, b"x"),
]


@pytest.mark.parametrize(("model", "place", "before"), NOT_OBEYED)
def test_a_goto_that_is_turned_down_is_answered_alike_and_nothing_moves(
    model: str, place: Celestial, before: bytes
) -> None:
    line = hand_control(model)
    ask(line, before, 0.5)
    here = truth_at(line, 0.9).axis_degrees
    assert ask(line, goto(place), 1.0) == b"#"
    assert ask(line, b"L", 1.3) == b"0#"
    assert truth_at(line, 6.0).axis_degrees == pytest.approx(here, abs=0.05)


def test_sixteen_bits_go_as_near_as_they_can() -> None:
    line = hand_control("avx")
    ask(line, b"R" + pair_text(15.0, 20.0, 4), 1.0)
    assert truth_at(line, 40.0).dec_degrees == pytest.approx(20.0, abs=10.0 * ARCSECOND)


@pytest.mark.parametrize(("family", "model"), [("nexstar", "avx"), ("nexstar", "se8"), ("synscan", "eq6")])
def test_cancel_ends_a_goto_and_lets_what_turns_by_hand_turn(family: str, model: str) -> None:
    line = hand_control(model, family=family)
    ask(line, goto(EAST_OF_SOUTH), 1.0)
    assert ask(line, b"M", 3.0) == b"#"
    assert not truth_at(line, 6.0).slewing
    ask(line, turn(SECOND, POSITIVE, 9), 7.0)
    assert ask(line, b"M", 9.0) == b"#"
    assert truth_at(line, 11.0).slewing
    ask(line, turn(FIRST, POSITIVE, 0), 11.0)
    assert truth_at(line, 13.0).slewing
    ask(line, turn(SECOND, NEGATIVE, 0), 13.0)
    assert not truth_at(line, 15.0).slewing


def test_a_rate_of_nothing_does_not_end_a_goto() -> None:
    line = hand_control("avx")
    ask(line, goto(EAST_OF_SOUTH), 1.0)
    ask(line, turn(FIRST, POSITIVE, 0) + turn(SECOND, POSITIVE, 0), 2.0)
    assert ask(line, b"L", 2.5) == b"1#"


# model, where it points, which axis; whether right ascension or declination (azimuth or altitude) grows
WAYS = [
    ("se8", None, SECOND, 1.0),
    ("se8", None, FIRST, 1.0),
    ("gps", WEST_OF_SOUTH, SECOND, 1.0),
    ("gps", WEST_OF_SOUTH, FIRST, -1.0),
    ("avx", WEST_OF_SOUTH, SECOND, -1.0),
    ("avx", EAST_OF_SOUTH, SECOND, 1.0),
    ("avx", WEST_OF_SOUTH, FIRST, -1.0),
    ("avx", EAST_OF_SOUTH, FIRST, -1.0),
]


@pytest.mark.parametrize(("model", "place", "axis", "way"), WAYS)
def test_a_motors_positive_way_is_as_the_table_has_it(
    model: str, place: Celestial | None, axis: bytes, way: float
) -> None:
    line = hand_control(model)
    if place is not None:
        point(line.dialect.mount, place)
    before = truth_at(line, 1.0)
    ask(line, turn(axis, POSITIVE, 9), 1.0)
    after = truth_at(line, 3.0)
    if place is None:
        grown = (after.azimuth_degrees - before.azimuth_degrees, after.altitude_degrees - before.altitude_degrees)
    else:
        grown = (after.ra_degrees - before.ra_degrees, after.dec_degrees - before.dec_degrees)
    assert way * grown[axis == SECOND] > 3.0


def test_a_side_is_told_by_where_the_tube_looks_and_a_pole_passed_shows() -> None:
    for place, side, dec in ((WEST_OF_SOUTH, b"W#", 20.0), (EAST_OF_SOUTH, b"E#", 160.0)):
        line = hand_control("avx")
        point(line.dialect.mount, place)
        assert ask(line, b"p", 1.0) == side
        assert told(line, b"e", 2.0)[1] == pytest.approx(dec, abs=ARCSECOND)


def test_asleep_it_stands_over_a_power_cycle_and_awake_it_follows_again() -> None:
    line = hand_control("avx")
    place = ask(line, b"e", 0.5)
    assert ask(line, b"x", 1.0) == b"#"
    assert line.dialect.is_parked
    line.dialect.power_cycle(2.0)
    asleep = truth_at(line, 5.0)
    assert not asleep.tracking
    assert truth_at(line, 15.0).axis_degrees == asleep.axis_degrees
    assert ask(line, b"J", 15.0) == b"\x01#"
    ask(line, b"T\x02", 15.5)
    assert not truth_at(line, 16.0).tracking
    ask(line, b"y" + b"T\x02", 17.0)
    assert truth_at(line, 18.0).tracking
    assert ask(line, b"e", 18.5) != place


def test_after_a_power_cycle_it_is_at_home_unaligned_and_goes_nowhere_but_by_its_axes() -> None:
    line = hand_control("avx")
    line.dialect.power_cycle(1.0)
    assert ask(line, b"Kx", 2.0) == b""
    assert told(line, b"z", 4.0) == pytest.approx((0.0, 0.0), abs=ARCSECOND)
    assert ask(line, b"Jt", 5.0) == b"\x00#\x00#"
    ask(line, goto(WEST_OF_SOUTH), 6.0)
    assert ask(line, b"L", 7.0) == b"0#"
    ask(line, b"b10000000,10000000", 8.0)
    assert ask(line, b"L", 8.5) == b"1#"
    assert told(line, b"z", 30.0) == pytest.approx((22.5, 22.5), abs=ARCSECOND)


def test_a_starsense_that_is_told_its_place_goes_nowhere_any_more() -> None:
    line = hand_control("starsense")
    ask(line, b"W\x31\x30\x00\x00\x49\x06\x00\x00", 1.0)
    assert ask(line, b"J" + goto(WEST_OF_SOUTH) + b"L", 2.0) == b"\x00##0#"


def test_it_goes_to_angles_of_its_axes() -> None:
    german, upright = hand_control("avx"), hand_control("se8")
    point(german.dialect.mount, EAST_OF_SOUTH)
    ask(german, b"T\x00" + b"b00000000,00000000", 1.0)
    assert truth_at(german, 30.0).axis_degrees == pytest.approx((90.0, 90.0), abs=ARCSECOND)
    assert told(german, b"z", 30.0) == pytest.approx((0.0, 0.0), abs=ARCSECOND)
    ask(upright, b"b40000000,15555555", 1.0)
    there = truth_at(upright, 30.0)
    assert (there.azimuth_degrees, there.altitude_degrees) == pytest.approx((90.0, 30.0), abs=0.2)


def test_a_sync_can_be_taken_back_where_there_is_a_command_for_it() -> None:
    line = hand_control("avx")
    before = ask(line, b"e", 1.0)[:4]
    assert ask(line, b"s" + pair_text(40.0, 2.0, 8), 2.0) == b"#"
    assert ask(line, b"e", 3.0)[:4] == pair_text(40.0, 2.0, 8)[:4]
    ask(line, b"u", 4.0)
    assert ask(line, b"e", 5.0)[:4] == before


@pytest.mark.parametrize(("mode", "follows"), [(0, False), (1, False), (2, True), (3, False)])
def test_only_the_mode_made_for_its_axes_follows_the_sky(mode: int, follows: bool) -> None:
    line = hand_control("avx")
    ask(line, b"T" + bytes([mode]), 1.0)
    before, after = truth_at(line, 5.0), truth_at(line, 65.0)
    assert ask(line, b"t", 66.0) == bytes([mode]) + b"#"
    drift = after.ra_degrees - before.ra_degrees
    assert drift == pytest.approx(0.0 if follows else 0.25, abs=0.01)


def test_the_moon_falls_behind_and_a_rate_for_the_other_hemisphere_runs_away() -> None:
    drifts = []
    for command in (b"P\x03\x10\x06\xff\xfd\x00\x00", b"P\x03\x10\x07\xff\xff\x00\x00"):
        line = hand_control("avx")
        ask(line, command, 1.0)
        before = truth_at(line, 10.0)
        drifts.append(truth_at(line, 70.0).ra_degrees - before.ra_degrees)
    assert drifts == pytest.approx([0.009, 0.5], abs=0.003)


def test_sky_watchers_goes_where_j2000_is_today_and_says_so_in_j2000() -> None:
    line = hand_control("eq6", family="synscan")
    ask(line, goto(WEST_OF_SOUTH), 1.0)
    there = truth_at(line, 40.0)
    of_date = from_j2000(WEST_OF_SOUTH.ra_degrees, WEST_OF_SOUTH.dec_degrees, EVENING)
    assert (there.ra_degrees, there.dec_degrees) == pytest.approx(of_date, abs=ARCSECOND)
    assert there.dec_degrees - WEST_OF_SOUTH.dec_degrees > 0.1
    assert told(line, b"e", 40.0) == pytest.approx((15.0, 20.0), abs=ARCSECOND)


def test_a_rate_counts_in_quarters_of_an_arcsecond_a_second() -> None:
    line = hand_control("az", family="synscan")
    ask(line, b"T\x00" + b"P\x03\x11\x07\x0e\x10\x00\x00", 1.0)
    before = truth_at(line, 2.0)
    assert before.altitude_degrees - truth_at(line, 12.0).altitude_degrees == pytest.approx(2.5, abs=0.01)


def test_a_guide_pulse_ends_by_itself_and_can_be_asked_about() -> None:
    line = hand_control("avx")
    ask(line, b"P\x03\x10\x26\x32\xc8\x00\x00", 1.0)
    assert ask(line, b"P\x01\x10\x27\x00\x00\x00\x01", 2.0) == b"\x01#"
    before = truth_at(line, 2.5)
    assert ask(line, b"P\x01\x10\x27\x00\x00\x00\x01", 4.0) == b"\x00#"
    assert before.ra_degrees - truth_at(line, 10.0).ra_degrees == pytest.approx(0.5 * 15 * 0.5 / 3600, abs=2e-4)


def test_faults_of_the_hand_control_and_of_its_motion_are_played() -> None:
    line = hand_control("avx", "lost")
    assert ask(line, goto(WEST_OF_SOUTH), 1.0) == b""
    assert not truth_at(line, 2.0).slewing
    for fault, obeyed in (("refuse-to-move", False), ("busy", False), ("once late 0.1", True)):
        line = hand_control("avx", fault)
        assert ask(line, goto(EAST_OF_SOUTH), 1.0, 0.5) == b"#"
        assert truth_at(line, 3.0).slewing == obeyed
    line = hand_control("avx", "deaf-to-stop 1")
    ask(line, goto(EAST_OF_SOUTH), 1.0)
    ask(line, b"M", 2.0)
    assert ask(line, b"L", 3.0) == b"1#"
    line = hand_control("avx", "hand-park")
    assert line.dialect.is_parked
    assert ask(line, goto(WEST_OF_SOUTH) + b"L", 1.0) == b"#0#"


def test_the_axes_are_where_they_are_put() -> None:
    line = hand_control("avx")
    put_axes(line.dialect.mount, AxisPair(90.0, 90.0))
    assert told(line, b"z", 0.1) == pytest.approx((0.0, 0.0), abs=10.0 * ARCSECOND)
