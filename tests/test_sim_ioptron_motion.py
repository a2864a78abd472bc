"""What the simulated iOptron makes of its mount, in a time of its own."""

import pytest

from hardware_sim.belief import Celestial
from hardware_sim.exchange import Exchange
from hardware_sim.motion import Motion, Truth
from hardware_sim.mount_clock import Site
from tests.placed_mount import point
from tests.simulated_mount import ask, exchange

# 17:00 UTC at 73.1° E: sidereal time 2 h 03 m.
ARCSECOND = 1.0 / 3600.0
TARGETS = {
    3: {"west": b":SRA005400000#:Sd+07200000#", "east": b":SRA032400000#:Sd+07200000#"},
    2: {"west": b":Sr03600000#:Sd+07200000#", "east": b":Sr21600000#:Sd+07200000#"},
}
GOTO = {3: b":MS1#", 2: b":MS#"}
PLACES = {"west": Celestial(15.0, 20.0), "east": Celestial(90.0, 20.0)}
BELOW = {3: b":SRA072000000#:Sd-07200000#", 2: b":Sr48000000#:Sd-07200000#"}
USUAL_MODEL = {3: "cem26", 2: "ieq45"}
SLEWING, TRACKING, STOPPED, GUIDING, PARKED, AT_HOME = b"2", b"1", b"0", b"3", b"6", b"7"
VERSIONS = pytest.mark.parametrize("version", [2, 3])


def mount(version: int, *faults: str, slew_rate: float = 20.0) -> Exchange:
    return exchange(*faults, family="ioptron", model=USUAL_MODEL[version], slew_rate=slew_rate)


def truth_at(line: Exchange, t: float) -> Truth:
    line.live(t)
    return line.dialect.mount.truth()


def status(line: Exchange, t: float) -> bytes:
    """The digit that says what it does."""
    answer = ask(line, b":GLS#", t)
    return answer[-6:-5]


@VERSIONS
@pytest.mark.parametrize("side", PLACES)
def test_a_goto_is_consented_to_slews_and_arrives_and_then_tracks(version: int, side: str) -> None:
    line = mount(version)
    assert ask(line, b":ST0#", 0.5) == b"1"
    assert ask(line, TARGETS[version][side] + GOTO[version], 1.0) == b"111"
    assert status(line, 1.5) == SLEWING
    there = truth_at(line, 40.0)
    assert status(line, 40.0) == TRACKING
    assert there.motion is Motion.HOLDING
    assert (there.ra_degrees, there.dec_degrees) == pytest.approx((PLACES[side].ra_degrees, 20.0), abs=ARCSECOND)


@VERSIONS
def test_a_goto_below_the_limit_is_refused_and_nothing_moves(version: int) -> None:
    line = mount(version)
    here = truth_at(line, 0.9).axis_degrees
    assert ask(line, BELOW[version] + GOTO[version], 1.0) == b"110"
    assert status(line, 1.5) == TRACKING
    assert truth_at(line, 5.0).axis_degrees == pytest.approx(here, abs=0.05)


def test_the_altitude_limit_can_be_set_and_holds_for_a_goto() -> None:
    line = mount(3)
    assert ask(line, b":SAL+60#:GAL#", 1.0) == b"1+60#"
    assert ask(line, TARGETS[3]["west"] + b":MS1#", 2.0) == b"110"


# the version, the key, and how right ascension and declination change
ARROWS = [
    (3, b"n", 0.0, -1.0),
    (3, b"s", 0.0, 1.0),
    (3, b"w", 1.0, 0.0),
    (3, b"e", -1.0, 0.0),
    (2, b"n", 0.0, 1.0),
    (2, b"s", 0.0, -1.0),
    (2, b"w", 1.0, 0.0),
    (2, b"e", -1.0, 0.0),
]


@pytest.mark.parametrize(("version", "key", "ra", "dec"), ARROWS)
@pytest.mark.parametrize("side", PLACES)
def test_an_arrow_turns_without_a_word_until_it_is_let_go(
    version: int, key: bytes, ra: float, dec: float, side: str
) -> None:
    line = mount(version, slew_rate=6.0)  # slow enough for the end stop of the polar axis to be far
    point(line.dialect.mount, PLACES[side])
    before = truth_at(line, 1.0)
    assert ask(line, b":SR9#:m" + key + b"#", 1.0) == b"1"
    after = truth_at(line, 2.0)
    assert status(line, 2.0) == SLEWING
    assert (after.ra_degrees - before.ra_degrees) / 3.0 == pytest.approx(ra, abs=0.1)
    assert (after.dec_degrees - before.dec_degrees) / 3.0 == pytest.approx(dec, abs=0.1)
    assert ask(line, b":qD#" if ra else b":qR#", 2.3) == b"1"
    assert truth_at(line, 3.0).slewing
    assert ask(line, b":qR#" if ra else b":qD#", 3.0) == b"1"
    assert not truth_at(line, 5.0).slewing


@pytest.mark.parametrize(("version", "let_go"), [(3, True), (2, False)])
def test_stop_ends_a_goto_and_in_the_new_set_an_arrow_too(version: int, let_go: bool) -> None:
    line = mount(version)
    ask(line, TARGETS[version]["east"] + GOTO[version], 1.0)
    assert ask(line, b":Q#", 3.0) == b"1"
    assert status(line, 6.0) == TRACKING
    ask(line, b":SR9#:mn#", 7.0)
    assert ask(line, b":Q#", 8.0) == b"1"
    assert truth_at(line, 10.0).slewing != let_go
    if not let_go:
        assert ask(line, b":q#", 10.0) == b"1"
        assert not truth_at(line, 12.0).slewing


PULSES = [(3, b":ZS02000#", 1.0), (3, b":ZQ02000#", -1.0), (2, b":Mw02000#", 1.0), (2, b":Me02000d#", -1.0)]


@pytest.mark.parametrize(("version", "pulse", "way"), PULSES)
def test_a_pulse_guides_for_its_time_also_with_a_stray_letter(version: int, pulse: bytes, way: float) -> None:
    line = mount(version)
    before = truth_at(line, 1.0).ra_degrees
    assert ask(line, pulse, 1.0) == b""
    assert status(line, 2.0) == GUIDING
    after = truth_at(line, 5.0).ra_degrees
    assert status(line, 5.0) == TRACKING
    assert way * (after - before) * 3600.0 == pytest.approx(15.0, abs=0.6)


@VERSIONS
def test_parked_it_goes_nowhere_until_it_is_woken(version: int) -> None:
    line = mount(version)
    assert ask(line, b":SPA120600000#:SPH10800000#:MP1#", 1.0) == b"111"
    assert status(line, 1.5) == SLEWING
    there = truth_at(line, 40.0)
    assert status(line, 40.0) == PARKED
    assert line.dialect.is_parked
    for order in (TARGETS[version]["east"] + GOTO[version], b":ST1#", b":SR9#:mn#", b":MH#"):
        ask(line, order, 41.0)
        assert truth_at(line, 44.0).axis_degrees == there.axis_degrees
        assert status(line, 44.0) == PARKED
    assert ask(line, b":MP0#", 45.0) == b"1"
    assert status(line, 46.0) == STOPPED
    assert ask(line, TARGETS[version]["east"] + GOTO[version], 47.0) == b"111"


def test_an_alt_azimuth_mount_is_synchronised_by_altitude_and_azimuth() -> None:
    line = exchange(family="ioptron", model="azmp")
    assert ask(line, b":ST0#:Sa+16200000#:Sz064800000#:SRA000000000#:Sd+00000000#:CM#", 1.0) == b"111111"
    assert ask(line, b":GAC#", 1.0) == b"+16200000064800000#"


def test_it_parks_where_it_was_told_and_a_stop_on_the_way_ends_it() -> None:
    line = mount(3)
    assert ask(line, b":SPA064800000#:SPH10800000#:GPC#", 1.0) == b"1110800000064800000#"
    ask(line, b":MP1#", 2.0)
    there = truth_at(line, 30.0)
    assert (there.altitude_degrees, there.azimuth_degrees) == pytest.approx((30.0, 180.0), abs=0.01)
    ask(line, b":MP0#:SPA090000000#:MP1#", 31.0)
    assert ask(line, b":Q#", 32.0) == b"1"
    assert status(line, 35.0) == STOPPED
    assert not line.dialect.is_parked


@VERSIONS
def test_at_home_it_stands_and_says_so_and_after_a_power_cycle_believes_it(version: int) -> None:
    line = mount(version)
    assert ask(line, b":MH#", 1.0) == b"1"
    assert status(line, 2.0) == SLEWING
    assert truth_at(line, 30.0).axis_degrees == pytest.approx((90.0, 90.0), abs=ARCSECOND)
    assert status(line, 30.0) == AT_HOME
    ask(line, TARGETS[version]["west"] + GOTO[version], 31.0)
    truth_at(line, 60.0)
    line.dialect.power_cycle(60.0)
    assert ask(line, b":MountInfo#", 61.0) == b""
    assert status(line, 63.0) == AT_HOME


@VERSIONS
def test_in_the_south_home_is_the_other_pole(version: int) -> None:
    line = mount(version)
    line.dialect.mount.belief.site = Site(-33.0, 73.1)
    ask(line, b":MH#", 1.0)
    assert truth_at(line, 40.0).axis_degrees == pytest.approx((90.0, -90.0), abs=ARCSECOND)
    assert status(line, 40.0) == AT_HOME


def test_a_zone_moves_local_time_in_the_new_set_and_utc_in_the_old_one() -> None:
    new, old = mount(3), mount(2)
    utc = ask(new, b":GUT#", 1.0)
    assert ask(new, b":SG-210#:SDS1#:GUT#", 1.0)[:7] == b"11-2101"
    assert ask(new, b":GUT#", 1.0)[5:-5] == utc[5:-5]
    local = ask(old, b":GLT#", 1.0)
    assert ask(old, b":SG-210#:SDS1#:GLT#", 1.0)[2:] == b"-2101" + local[5:]


def test_faults_of_the_hand_control_and_of_its_motion_are_played() -> None:
    line = mount(3, "busy")
    assert ask(line, TARGETS[3]["west"] + b":MS1#", 1.0) == b"110"
    line = mount(3, "lost")
    assert ask(line, b":MountInfo#", 1.0) == b""
    line = mount(3, "hand-park")
    truth_at(line, 40.0)
    assert line.dialect.is_parked
    line = mount(3, "always-slewing")
    assert status(line, 1.0) == SLEWING
    line = mount(3, "never-slewing")
    ask(line, TARGETS[3]["east"] + b":MS1#", 1.0)
    assert status(line, 2.0) == TRACKING
    assert truth_at(line, 2.5).slewing
    line = mount(3, "deaf-to-stop 1")
    ask(line, TARGETS[3]["east"] + b":MS1#:Q#", 1.0)
    assert status(line, 3.0) == SLEWING
