"""What the dialects of the LX200 family do beyond one question and one answer: parking, starting, losing the power."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.exchange import Exchange
from hardware_sim.families import FAMILIES
from hardware_sim.fault_content import POSITIONS
from hardware_sim.geometry import Travel
from hardware_sim.lx200_formats import Writing, read_degrees, read_hours
from hardware_sim.lx200_gemini import checksum
from hardware_sim.lx200_models import MODELS
from hardware_sim.motion import Motion
from tests.lx200_standing import standing
from tests.manuals.lx200 import ABOVE_THE_POLE
from tests.simulated_mount import ask, exchange, lx200, tell

GOTO = ABOVE_THE_POLE + b":MS#"
THERE_SECONDS = 90.0  # long enough for every way at 4°/s


def behind_its_line(model: str, *faults: str) -> Exchange:
    """Astro-Physics is a family of its own to whoever starts a mount, since no harmless question tells it apart."""
    return exchange(*faults, family=model if model in FAMILIES else "lx200", model=model)


class Parking(NamedTuple):
    """The words that park and unpark, each with what is answered, and the question whether it is parked."""

    park: bytes
    answer: bytes
    asks: bytes
    when_on_its_way: bytes
    when_parked: bytes
    refuses: bytes  # a goto
    unpark: bytes
    consents: bytes


PARKING = {
    "lx200gps": Parking(b":hP#", b"", b":D#", b"\x7f#", b"#", b"", b":I#", b""),
    "onstep": Parking(b":hP#", b"1", b":GU#", b"nIET160#", b"nNPET160#", b"4", b":hR#", b"1"),
    "am5": Parking(b":hP#", b"", b":Gps#", b"1#", b"2#", b"e14#", b":Spu#:Te#", b"11"),
    "gemini": Parking(b":hP#", b"", b":h?#", b"2", b"1", b"7Rejected - Mount is parked!#", b":hW#", b""),
    "ten-micron": Parking(b":KA#", b"", b":Gstat#", b"2#", b"5#", b"4Mount Parked                #", b":PO#", b""),
}


@pytest.mark.parametrize("model", PARKING)
def test_it_parks_refuses_gotos_and_comes_back(model: str) -> None:
    dialect, words = lx200(model), PARKING[model]
    assert tell(dialect, words.park) == words.answer
    assert tell(dialect, words.asks, 2.0) == words.when_on_its_way
    assert tell(dialect, words.asks, THERE_SECONDS) == words.when_parked
    assert dialect.is_parked
    assert tell(dialect, GOTO, THERE_SECONDS) == b"11" + words.refuses
    tell(dialect, b":RS#:Mn#", THERE_SECONDS)
    rested = dialect.mount.truth()
    dialect.mount.advance(THERE_SECONDS + 5.0)
    assert dialect.mount.truth().axis_degrees == rested.axis_degrees
    assert tell(dialect, words.unpark, THERE_SECONDS + 5.0) == words.consents
    assert dialect.mount.truth().tracking
    assert tell(dialect, GOTO, THERE_SECONDS + 6.0) == b"110"


def test_astro_physics_parks_where_it_stands() -> None:
    dialect = lx200("astro-physics")
    before = dialect.mount.truth().axis_degrees
    tell(dialect, b":KA#")
    assert tell(dialect, b":GOS#", 2.0)[:2] == b"P9"
    assert dialect.mount.truth().axis_degrees == pytest.approx(before, abs=0.01)
    assert tell(dialect, GOTO, 2.0) == b"11"
    tell(dialect, b":PO#", 3.0)
    assert tell(dialect, GOTO, 3.0) == b"110"


def test_astro_physics_goes_to_what_was_set_last_a_star_or_a_place_over_the_ground() -> None:
    dialect = lx200("astro-physics")
    tell(dialect, b":U#:RT9#:Sr 05:30:00.0#:Sd +80*00:00#:Sz 090*00:00#:Sa +40*00:00#:MS#")
    assert tell(dialect, b":GA#:GZ#", THERE_SECONDS) == b"+40*00:00#090*00:00#"
    tell(dialect, b":RT2#:Sr 05:30:00.0#:Sd +80*00:00#:MS#", THERE_SECONDS)
    assert tell(dialect, b":GR#:GD#", 2 * THERE_SECONDS) == b"05:30:00.0#+80*00:00#"


def test_astro_physics_leaves_the_horizon_to_its_client_when_told_so() -> None:
    below = b":Sr 05:30:00.0#:Sd -80*00:00#:MS#"
    dialect = lx200("astro-physics")
    assert tell(dialect, below).startswith(b"111")
    assert tell(dialect, b":hq#" + below) == b"110"


def test_either_key_of_an_axis_stops_it_at_astro_physics_only() -> None:
    for model, moves_on in (("astro-physics", False), ("lx200gps", True)):
        dialect = lx200(model)
        tell(dialect, b":RC#:Mn#")
        tell(dialect, b":Qs#", 2.0)
        dialect.mount.advance(4.0)
        assert (dialect.mount.motion is Motion.BY_HAND) == moves_on


@pytest.mark.parametrize("model", ["astro-physics", "ten-micron"])
def test_a_timed_move_lasts_as_long_as_it_says(model: str) -> None:
    dialect = lx200(model)
    before = dialect.mount.truth().dec_degrees
    tell(dialect, b":RG1#:Mn500#")
    dialect.mount.advance(5.0)
    assert (dialect.mount.truth().dec_degrees - before) * 3600 == pytest.approx(0.5 * 0.5 * 15.04, abs=0.3)


@pytest.mark.parametrize(
    ("model", "refuses", "tells_time"),
    [
        ("onstep", b"6", b":SC11/23/26#:SL22:00:00#"),
        ("am5", b"e7#", b":SC11/23/26#:SL22:00:00#"),
        ("astro-physics", b"", b":PO#:SC 11/23/26#:SL 22:00:00#"),
    ],
)
def test_after_a_power_cycle_it_goes_nowhere_before_it_knows_the_time(
    model: str, refuses: bytes, tells_time: bytes
) -> None:
    dialect = lx200(model)
    dialect.power_cycle(1.0)
    assert tell(dialect, GOTO, 3.0) == b"11" + refuses
    tell(dialect, tells_time, 4.0)
    assert tell(dialect, GOTO, 5.0) == b"110"


def test_onstep_says_whether_it_is_ready() -> None:
    dialect = lx200("onstep")
    assert tell(dialect, b":GX89#") == b"0"
    dialect.power_cycle(1.0)
    assert tell(dialect, b":GX89#:SC11/23/26#:GX89#:SL22:00:00#:GX89#", 3.0) == b"11110"


def test_onstep_broken_off_on_its_way_to_park_tracks_again() -> None:
    dialect = lx200("onstep")
    tell(dialect, b":hP#")
    tell(dialect, b":Q#", 2.0)
    assert tell(dialect, b":GU#", 4.0) == b"NpET160#"


def test_onstep_goes_home_stands_on_no_side_and_tracks_from_there_with_the_next_goto() -> None:
    dialect = lx200("onstep")
    assert tell(dialect, b":hC#") == b""
    assert tell(dialect, b":GU#", 2.0) == b"nphET160#"
    assert tell(dialect, b":GU#:Gm#", THERE_SECONDS) == b"nNpHEo160#N#"
    assert tell(dialect, GOTO, THERE_SECONDS) == b"110"
    assert tell(dialect, b":GU#", 2 * THERE_SECONDS).startswith(b"Np")


@pytest.mark.parametrize(("model", "refuses"), [("onstep", b"6"), ("gemini", b"4Position unreachable.#")])
def test_what_the_end_stops_hold_it_off_is_refused(model: str, refuses: bytes) -> None:
    dialect = lx200(model)
    dialect.mount.move_first_stops(Travel(-1.0, 1.0))
    assert tell(dialect, GOTO) == b"11" + refuses


def test_a_gemini_waits_to_be_told_how_to_start_and_obeys_nobody_before() -> None:
    dialect = lx200("gemini")
    dialect.power_cycle(1.0)
    assert tell(dialect, b"\x06", 1.5) == b"B#"
    assert tell(dialect, b"\x06:GVP#:GR#", 3.0) == b"b#"
    assert tell(dialect, b"bC#\x06:GVP#", 3.0) == b"S#"
    assert tell(dialect, b"\x06:GVP#", 6.0) == b"G#Losmandy Gemini#"
    assert tell(dialect, GOTO + b":CM#", 6.0) == b"115Not aligned.#No object!#"
    assert tell(dialect, b":ONM 31#:CI#:MS#", 6.0) == b"M 31#0"


@pytest.mark.parametrize("how", [b"bW#", b"bR#"])
def test_a_gemini_that_is_started_warm_is_aligned(how: bytes) -> None:
    dialect = lx200("gemini")
    dialect.power_cycle(1.0)
    tell(dialect, how, 3.0)
    assert tell(dialect, GOTO, 3.0) == b"110"


def test_a_gemini_keeps_what_it_is_told_in_its_own_language_within_bounds() -> None:
    dialect = lx200("gemini")
    for value in (b"0.8", b"0.9", b"x"):
        tell(dialect, b">150:" + value + checksum(b">150:" + value) + b"#")
    assert tell(dialect, b"<150:" + checksum(b"<150:") + b"#") == b"0.8" + checksum(b"0.8") + b"#"


def test_a_ten_micron_writes_as_the_emulation_has_it() -> None:
    dialect = standing({"model": "ten-micron", "ra_hours": 5.5, "dec_degrees": -0.5})
    place_and_time = b":GR#:GD#:GC#:GG#:Gt#"
    assert tell(dialect, place_and_time) == b"05:30:00#-00\xdf30:00#11/23/26#-05.0#+49\xdf48#"
    tell(dialect, b":EMUAP#")
    assert tell(dialect, place_and_time) == b"05:30:00.0#-00*30:00#11:23:26#-05:00:00.0#+49*48:00#"
    assert tell(dialect, b":SC11/23/26#") == b"1" + (b" " * 32 + b"#") * 2
    assert tell(dialect, b":U0#" + place_and_time) == b"05:30.0#-00*30#11:23:26#-05:00.0#+49*48#"
    assert tell(dialect, b":U#:GR#") == b"05:30:00.0#"
    assert tell(dialect, b":EMULX#:GD#") == b"-00\xdf30:00#"
    assert tell(dialect, b":SC11/23/26#").startswith(b"1Updating        Planetary Data. #")


def test_a_ten_micron_follows_nothing_after_a_goto_over_the_ground() -> None:
    dialect = lx200("ten-micron")
    assert tell(dialect, b":Sz090*00#:Sa+40*00#:MA#") == b"110"
    assert tell(dialect, b":GA#:GZ#:Gstat#", THERE_SECONDS) == b"+40\xdf00:00#090\xdf00:00#7#"


def test_a_ten_micron_tells_everything_in_one_line() -> None:
    dialect = standing({"model": "ten-micron", "ra_hours": 5.5, "dec_degrees": -0.5, "pier_side": "west"})
    info = tell(dialect, b":Ginfo#").removesuffix(b"#").split(b",")
    assert info[:3] == [b"05.50000", b"-00.5000", b"W"]
    assert float(info[5]) == pytest.approx(2461368.2083333)
    assert info[6:] == [b"0", b"0"]
    tell(dialect, GOTO)
    assert tell(dialect, b":Ginfo#", 1.0).endswith(b",6,1#")


@pytest.mark.parametrize(
    ("model", "answer"),
    [
        ("lx200gps", b"4Mount is busy.#"),
        ("autostar494", b"4"),
        ("onstep", b"8"),
        ("am5", b"e4#"),
        ("gemini", b"3Manual Control.#"),
        ("ten-micron", b"3Cannot Perform Slew         #"),
        ("astro-physics", b""),
    ],
)
def test_a_busy_mount_turns_a_goto_down_in_its_own_words(model: str, answer: bytes) -> None:
    line = behind_its_line(model, "once busy")
    assert ask(line, GOTO, 1.0) == b"11" + answer
    assert ask(line, b":MS#", 4.0) == b"0"


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("fault", ["flip 1", "sixty", "minus-zero"])
def test_a_spoilt_position_is_a_position_still(model: str, fault: str) -> None:
    right, spoilt = behind_its_line(model), behind_its_line(model, fault)
    for line in (right, spoilt):
        line.dialect.take_by_hand("high-precision")
    for question in (b":GR#", b":GD#", b":GZ#", b":Gg#"):
        was, came = (ask(line, question, 1.0) for line in (right, spoilt))
        assert any(form.fullmatch(was) for form in POSITIONS), (question, was)
        if fault == "sixty":
            assert b"60" in came
        elif fault == "flip 1":
            assert came != was
            assert any(form.fullmatch(came) for form in POSITIONS), (question, came)


@pytest.mark.parametrize("model", MODELS)
def test_deaf_to_stop_it_goes_on_and_obeys_the_next_one(model: str) -> None:
    line = behind_its_line(model, "deaf-to-stop 1")
    ask(line, GOTO, 1.0)
    ask(line, b":Q#", 2.0)
    line.live(4.0)
    assert line.dialect.mount.truth().slewing
    ask(line, b":Q#", 4.0)
    line.live(6.0)
    assert not line.dialect.mount.truth().slewing


WRITINGS = sorted({(name, kind) for name in MODELS for kind in ("low", "high", "ultra")})
UNIT = {True: 1.0 / 3600.0, False: 1.0 / 60.0}


def _writing(model: str, kind: str) -> Writing:
    writing: Writing = getattr(MODELS[model].writings, kind)
    return writing


@given(st.sampled_from(WRITINGS), st.floats(-90.0, 90.0), st.floats(0.0, 24.0, exclude_max=True))
def test_what_a_dialect_writes_reads_as_what_was_meant(which: tuple[str, str], degrees: float, hours: float) -> None:
    writing = _writing(*which)
    read = read_degrees(writing.signed(degrees), 90.0)
    assert read == pytest.approx(degrees, abs=0.51 * UNIT[writing.has_seconds])
    heard = read_hours(writing.hours(hours))
    assert heard is not None
    off = (heard - hours + 12.0) % 24.0 - 12.0
    assert abs(off) <= 0.51 * (1.0 / 3600.0 if writing.has_seconds else 1.0 / 600.0)
