"""The simulated Sky-Watcher motor controller answers the manual's table to the byte; its counts stand for the sky."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.exchange import Exchange
from hardware_sim.families import FAMILIES
from hardware_sim.fault_words import UnknownFault
from hardware_sim.faults import read_fault
from hardware_sim.gears import GearErrors
from hardware_sim.geometry import wrapped
from hardware_sim.motion import Motion, Truth
from hardware_sim.mount_clock import Site
from hardware_sim.skywatcher import SkyWatcher
from hardware_sim.skywatcher_models import MODELS
from tests.manuals import Row
from tests.manuals.skywatcher import POINTINGS, ROWS, ZERO, Pointing
from tests.simulated_mount import ask, exchange

READY = b":F1\r:F2\r"
EQ6_TURN = 9_024_000
COUNTS_PER_DEGREE = EQ6_TURN / 360.0
SIDEREAL_PERIOD = b"6C0200"  # 620 of 64,935 Hz for the EQ6's counts
ANSWERED = [row for row in ROWS if "heard_only" not in row.given]


def controller(*faults: str, model: str = "eq6", **given: object) -> Exchange:
    return exchange(*faults, family="skywatcher", model=model, **given)  # type: ignore[arg-type]


def tell(line: Exchange, data: bytes, t: float = 0.0) -> bytes:
    """All that it answers to these bytes at `t`, in no time."""
    return b"".join(reply.data for byte in data for reply in line.dialect.hear(byte, t))


def six(number: int) -> bytes:
    return number.to_bytes(3, "little").hex().upper().encode()


def number(answer: bytes) -> int:
    """24 bits of an answer, behind an echo or not."""
    return int.from_bytes(bytes.fromhex(answer.partition(b"=")[2][:6].decode()), "little")


def counts(line: Exchange, t: float, axis: int = 1) -> int:
    return number(tell(line, b":j%d\r" % axis, t))


def truth_at(line: Exchange, t: float) -> Truth:
    line.dialect.mount.advance(t)
    return line.dialect.mount.truth()


def standing_as(given: dict[str, object]) -> Exchange:
    line = controller(model=str(given.get("model", "eq6")))
    if given.get("initialised", True):
        tell(line, READY)
    for axis, shown in enumerate(given.get("counts", ()), start=1):  # type: ignore[call-overload]
        tell(line, b":E%d%s\r" % (axis, six(shown)))
    before = given.get("before", b"")
    assert isinstance(before, bytes)
    tell(line, before)
    return line


@pytest.mark.parametrize("row", ANSWERED, ids=lambda row: f"{row.sent!r} {row.given}")
def test_each_row_of_the_manual_is_answered_to_the_byte(row: Row) -> None:
    assert tell(standing_as(row.given), row.sent) == row.answered


@pytest.mark.parametrize("model", MODELS)
@settings(deadline=None, max_examples=100)
@given(data=st.binary(max_size=60))
def test_whatever_bytes_come_it_finds_its_feet_again(model: str, data: bytes) -> None:
    line = controller(model=model)
    tell(line, data)
    assert tell(line, b":e1\r").endswith(b"=%02X%02X%02X\r" % (*MODELS[model].firmware, MODELS[model].code))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(b"abcdDefghijmqsBEFGHIJKLMOPSTUVWxyz"),
            st.sampled_from(b"0123"),
            st.text("0123456789ABCDEF", max_size=6),
        ),
        max_size=20,
    )
)
@settings(deadline=None)
def test_every_frame_is_answered_once(frames: list[tuple[int, int, str]]) -> None:
    line = controller()
    for t, (letter, axis, digits) in enumerate(frames):
        answer = tell(line, b":%c%c%s\r" % (letter, axis, digits.encode()), t * 0.1)
        assert answer[:1] in (b"=", b"!")
        assert answer.count(b"\r") == 1


@pytest.mark.parametrize("where", POINTINGS, ids=str)
def test_its_counts_point_where_the_table_of_pointings_says(where: Pointing) -> None:
    line = controller(geometry=where.geometry, site=Site(where.latitude_degrees, 73.1), slew_rate=20.0)
    home = ZERO if where.geometry == "altaz" else ZERO + EQ6_TURN // 4
    tell(line, READY + b":E1%s\r:E2%s\r" % (six(ZERO), six(home)))
    for axis, degrees in enumerate(where.turns_degrees, start=1):
        goal = ZERO + round(degrees * COUNTS_PER_DEGREE)
        tell(line, b":G%d00\r:S%d%s\r:J%d\r" % (axis, axis, six(goal % 2**24), axis), 0.0)
    truth = truth_at(line, 40.0)
    assert truth.motion is Motion.HOLDING
    along, height = truth.azimuth_degrees, truth.altitude_degrees
    if where.geometry != "altaz":
        sidereal = line.dialect.mount.belief.sidereal_degrees(truth.utc_seconds)
        along, height = sidereal - truth.ra_degrees, truth.dec_degrees
    assert height == pytest.approx(where.height_degrees, abs=0.5 / COUNTS_PER_DEGREE)
    if abs(height) < 89.9:
        assert wrapped(along - where.along_degrees) == pytest.approx(0.0, abs=0.5 / COUNTS_PER_DEGREE)
    if where.tube is not None:
        assert truth.is_tipped == (where.tube == "west")


@pytest.mark.parametrize("mode", [b"00", b"01", b"20", b"21"])
def test_a_goto_ends_on_the_very_count_and_leaves_it_in_the_mode_of_slews(mode: bytes) -> None:
    line = controller(slew_rate=3.4)
    tell(line, READY + b":G1" + mode + b"\r:H1%s\r:M1800C00\r:J1\r" % six(12_345))
    assert tell(line, b":f1\r", 0.1)[2:3] == b"1"
    away = -12_345 if mode[1:] == b"1" else 12_345
    assert tell(line, b":h1\r", 0.1) == b"=%s\r" % six(ZERO + away)
    truth_at(line, 10.0)
    assert counts(line, 10.0) == ZERO + away
    assert tell(line, b":f1\r", 10.0)[1:3] in (b"10", b"30")


def test_an_absolute_target_is_reached_across_the_end_of_the_counter() -> None:
    line = controller(slew_rate=20.0)
    tell(line, READY + b":E1%s\r:G100\r:S1%s\r:J1\r" % (six(0xFFFFF0), six(0x000010)))
    truth_at(line, 5.0)
    assert counts(line, 5.0) == 0x000010


@pytest.mark.parametrize(
    ("model", "mode", "period", "degrees_a_second"),
    [
        ("eq6", b"10", 620, 64935 / 620 / COUNTS_PER_DEGREE),
        ("eq6", b"30", 13, 16 * 64935 / 13 / COUNTS_PER_DEGREE),
        ("azgti", b"10", 16_000_000 // 24, 24 / (2_073_600 / 360.0)),
        ("dob", b"10", 1000, 64.935 / (3_628_800 / 360.0)),
    ],
)
def test_a_slew_turns_as_fast_as_its_period_says(model: str, mode: bytes, period: int, degrees_a_second: float) -> None:
    line = controller(model=model, slew_rate=20.0)
    tell(line, READY + b":G1%s\r:I1%s\r:J1\r" % (mode, six(period)))
    early, late = truth_at(line, 5.0), truth_at(line, 15.0)
    assert (late.axis_degrees[0] - early.axis_degrees[0]) / 10.0 == pytest.approx(degrees_a_second, rel=1e-3)


def test_at_the_sidereal_period_it_stays_on_its_star_within_what_the_period_rounds_off() -> None:
    line = controller()
    tell(line, READY + b":G110\r:I1%s\r:J1\r" % SIDEREAL_PERIOD)
    early, late = truth_at(line, 1.0), truth_at(line, 601.0)
    assert early.tracking
    assert not late.slewing
    drift = wrapped(late.ra_degrees - early.ra_degrees) * 3600.0
    ideal = 64_935 * 86_164.0905 / EQ6_TURN
    assert drift == pytest.approx(600.0 * 15.041 * (1.0 - ideal / 620), abs=0.3)


def test_a_running_motor_takes_another_period_but_not_at_high_speed() -> None:
    line = controller()
    tell(line, READY + b":G110\r:I1%s\r:J1\r" % SIDEREAL_PERIOD)
    assert tell(line, b":I1360100\r", 5.0) == b"=\r"
    assert truth_at(line, 6.0).axis_rates[0] == pytest.approx(64_935 / 310 / COUNTS_PER_DEGREE)
    tell(line, b":K1\r", 7.0)
    tell(line, b":G130\r:I10D0000\r:J1\r", 8.0)
    assert tell(line, b":I1070000\r", 9.0) == b"!2\r"


@pytest.mark.parametrize(("stop", "rest_seconds"), [(b"K", 1.0), (b"L", 0.02)])
def test_a_stop_comes_down_the_ramp_or_at_once_and_only_then_takes_a_mode(stop: bytes, rest_seconds: float) -> None:
    line = controller(slew_rate=4.0)
    tell(line, READY + b":G131\r:I10D0000\r:J1\r")
    assert truth_at(line, 5.0).axis_rates[0] < -3.0
    assert tell(line, b":%s3\r" % stop, 5.0) == b"=\r"
    assert tell(line, b":G110\r", 5.0) == (b"!2\r" if stop == b"K" else b"=\r")
    assert truth_at(line, 5.0 + rest_seconds).axis_rates == (0.0, 0.0)
    assert tell(line, b":G110\r", 5.0 + rest_seconds) == b"=\r"
    assert tell(line, b":f1\r", 5.0 + rest_seconds) == b"=101\r"


def test_one_frame_for_both_axes_starts_and_stops_both() -> None:
    line = controller()
    assert tell(line, b":F3\r:G310\r:I36C0200\r:J3\r") == b"=\r" * 4
    assert min(map(abs, truth_at(line, 2.0).axis_rates)) > 0.004
    assert tell(line, b":j3\r:H3010000\r", 2.0) == b"!3\r!3\r"
    tell(line, b":K3\r", 3.0)
    assert truth_at(line, 4.0).axis_rates == (0.0, 0.0)


def test_a_power_cycle_forgets_where_it_was_and_that_it_was_initialised() -> None:
    line = controller()
    tell(line, READY + b":E2806CA2\r:G110\r:I1%s\r:J1\r" % SIDEREAL_PERIOD)
    before = truth_at(line, 100.0)
    line.inflict(read_fault("power-cycle"), 100.0)
    assert tell(line, b":e1\r", 100.5) == b""
    assert tell(line, b":j1\r:j2\r:f1\r:J1\r", 102.0) == b"=000080\r=000080\r=100\r!4\r"
    after = truth_at(line, 110.0)
    assert after.axis_degrees == pytest.approx(before.axis_degrees)
    assert not after.tracking


def test_asleep_it_does_not_start() -> None:
    line = controller()
    assert tell(line, READY + b":B11\r:G110\r:J1\r") == b"=\r" * 4 + b"!5\r"
    assert tell(line, b":B10\r:J1\r") == b"=\r=\r"


@pytest.mark.parametrize(("model", "answer"), [("eq6", b"!0\r"), ("eq6-r", b"=027000\r"), ("azgti", b"=08E000\r")])
def test_only_newer_boards_tell_what_they_can(model: str, answer: bytes) -> None:
    assert tell(controller(model=model), b":q1010000\r") == answer


def test_a_mount_on_one_wire_gives_back_what_it_hears_before_its_answer() -> None:
    line = controller(model="114gt")
    assert ask(line, b":", 1.0) == b":"
    assert ask(line, b":e1\r", 2.0) == b":e1\r=020082\r"


@pytest.mark.parametrize("model", MODELS)
def test_each_axis_has_its_own_counts_and_a_whole_turn_of_them_is_one(model: str) -> None:
    line = controller(model=model)
    turns = tuple(number(tell(line, b":a%d\r" % axis)) for axis in (1, 2))
    assert turns == MODELS[model].counts_per_turn
    assert isinstance(line.dialect, SkyWatcher)
    for axis, turn in zip(line.dialect.mount.axes, turns, strict=True):
        assert axis.degrees_per_step * turn == pytest.approx(360.0)


def test_a_board_with_usb_speaks_faster() -> None:
    family = FAMILIES["skywatcher"]
    assert {model: family.baud_for(model) for model in ("eq6", "eq6-r")} == {"eq6": 9600, "eq6-r": 115_200}


# Faults of motion on a mount without a brain


FAST_GOTO = b":G100\r:H1%s\r:J1\r" % six(round(40 * COUNTS_PER_DEGREE))


def test_it_takes_a_goto_and_nothing_moves() -> None:
    line = controller("refuse-to-move")
    assert tell(line, READY + FAST_GOTO).endswith(b"=\r")
    assert truth_at(line, 5.0).axis_rates == (0.0, 0.0)


@pytest.mark.parametrize(("fault", "way"), [("runaway", -1.0), ("overshoot", 1.0)])
def test_a_lost_goto_runs_until_it_is_stopped(fault: str, way: float) -> None:
    line = controller(f"once {fault}", slew_rate=4.0)
    before = truth_at(line, 0.0).axis_degrees[0]
    tell(line, READY + FAST_GOTO)
    assert (truth_at(line, 15.0).axis_degrees[0] - before) * way > 41.0
    tell(line, b":K1\r", 15.0)
    assert not truth_at(line, 17.0).slewing


def test_the_next_stops_are_ignored_counted_and_answered_all_the_same() -> None:
    line = controller("deaf-to-stop 1")
    tell(line, READY + FAST_GOTO)
    assert tell(line, b":K1\r", 2.0) == b"=\r"
    assert truth_at(line, 3.5).slewing
    tell(line, b":K1\r", 4.0)
    truth = truth_at(line, 6.0)
    assert (truth.slewing, truth.stops_heard, truth.stops_ignored) == (False, 2, 1)


def test_a_stalled_motor_stands_runs_on_paper_and_says_that_it_is_blocked() -> None:
    line = controller("stall first")
    tell(line, READY + FAST_GOTO)
    truth = truth_at(line, 5.0)
    assert truth.axis_rates == (0.0, 0.0)
    assert tell(line, b":f1\r", 5.0) == b"=431\r"


def test_it_says_that_it_runs_when_it_does_not_and_the_other_way_round() -> None:
    line = controller("always-slewing")
    assert tell(line, READY + b":f1\r").endswith(b"=111\r")
    line.inflict(read_fault("clear"), 1.0)
    line.inflict(read_fault("never-slewing"), 1.0)
    tell(line, FAST_GOTO, 1.0)
    assert truth_at(line, 2.0).slewing
    assert tell(line, b":f1\r", 2.0) == b"=401\r"


def test_a_busy_controller_turns_down_a_goto_but_no_slew() -> None:
    line = controller("once busy")
    tell(line, READY)
    assert tell(line, b":G110\r:J1\r:L1\r") == b"=\r=\r=\r"
    assert tell(line, FAST_GOTO) == b"=\r=\r!2\r"
    assert tell(line, b":J1\r") == b"=\r"


@pytest.mark.parametrize(("axis", "moved"), [("first", 0), ("second", 1)])
def test_somebody_else_moves_it_and_that_ends_what_it_did(axis: str, moved: int) -> None:
    line = controller()
    tell(line, READY + b":G310\r:I3%s\r:J3\r" % SIDEREAL_PERIOD)
    before = truth_at(line, 1.0)
    line.inflict(read_fault(f"hand-box {axis} 2 3"), 1.0)
    assert tell(line, b":f%d\r" % (moved + 1), 2.0) == b"=111\r"
    after = truth_at(line, 8.0)
    assert after.axis_degrees[moved] - before.axis_degrees[moved] == pytest.approx(6.0, abs=0.3)
    assert after.axis_rates[moved] == 0.0
    assert after.axis_rates[1 - moved] != 0.0


def test_another_program_sends_it_home_and_it_knows_of_no_park() -> None:
    line = controller(slew_rate=20.0)
    tell(line, READY + FAST_GOTO)
    truth_at(line, 10.0)
    line.inflict(read_fault("hand-park"), 10.0)
    truth = truth_at(line, 20.0)
    assert truth.axis_degrees == pytest.approx((90.0, 90.0))
    assert not line.dialect.is_parked
    with pytest.raises(UnknownFault):
        line.inflict(read_fault("low-precision"), 20.0)


def test_a_lost_frame_is_not_obeyed_and_a_cut_answer_is_short() -> None:
    line = controller("once at J lost")
    tell(line, READY + b":G130\r:I10D0000\r")
    assert ask(line, b":J1\r", 1.0) == b""
    assert truth_at(line, 2.0).axis_rates == (0.0, 0.0)
    line.inflict(read_fault("once at j cut 3"), 3.0)
    assert ask(line, b":j1\r", 3.0) == b"=00"


def test_its_gears_lose_backlash_as_any_mounts_do() -> None:
    line = controller(gears=GearErrors(backlash_arcseconds=(0.0, 360.0)))
    tell(line, READY + b":G200\r:H2%s\r:J2\r" % six(round(COUNTS_PER_DEGREE)))  # a forward count is a backward angle
    truth = truth_at(line, 5.0)
    assert truth.axis_degrees[1] == pytest.approx(89.0)
    assert truth.dec_degrees == pytest.approx(89.1, abs=1e-4)
