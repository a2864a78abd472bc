"""Each fault of motion and of belief does to the mount what its row says, and the truth tells it."""

import json

import pytest

from hardware_sim.exchange import Exchange
from hardware_sim.faults import read_fault
from hardware_sim.motion import Motion, Truth
from hardware_sim.recorder import truth_line
from tests.simulated_mount import EVENING, ask, exchange

GOTO = b":Sr05:30:00#:Sd+80*00:00#:MS#"
ACCEPTED, BARS, NO_BARS = b"110", b"\x7f#", b"#"
TARGET_DEC = 80.0


def truth_at(line: Exchange, t: float) -> Truth:
    line.live(t)
    return line.dialect.mount.truth()


def inflict(line: Exchange, words: str, t: float) -> None:
    line.inflict(read_fault(words), t)


def test_busy_it_turns_the_goto_down_in_words_and_stays() -> None:
    line = exchange("once busy")
    assert ask(line, GOTO, 1.0) == b"114Mount is busy.#"
    assert truth_at(line, 3.0).motion is Motion.HOLDING
    assert ask(line, b":MS#", 4.0) == b"0"


def test_it_accepts_a_goto_and_does_not_move() -> None:
    line = exchange("refuse-to-move")
    before = truth_at(line, 0.5)
    assert ask(line, GOTO, 1.0) == ACCEPTED
    after = truth_at(line, 20.0)
    assert after.axis_degrees == pytest.approx(before.axis_degrees, abs=0.2)
    assert not after.slewing


@pytest.mark.parametrize("geometry", ["altaz", "fork", "german"])
def test_it_runs_away_from_its_target_until_it_is_stopped(geometry: str) -> None:
    right, wrong = exchange(geometry=geometry), exchange("runaway", geometry=geometry)
    for line in (right, wrong):
        assert ask(line, GOTO, 1.0) == ACCEPTED
    ways = [truth_at(line, 3.0).axis_rates for line in (right, wrong)]
    for there, away in zip(*ways, strict=True):
        assert there * away <= 0.0
    assert max(map(abs, ways[1])) == pytest.approx(4.0)
    assert truth_at(wrong, 15.0).slewing
    assert ask(wrong, b":D#", 15.0) == BARS
    ask(wrong, b":Q#", 16.0)
    assert not truth_at(wrong, 18.0).slewing


def test_it_runs_past_its_target_and_on_until_it_is_stopped() -> None:
    line = exchange("overshoot", geometry="fork")
    ask(line, GOTO, 1.0)
    assert truth_at(line, 10.0).axis_degrees[1] < TARGET_DEC
    beyond = truth_at(line, 28.0)
    assert beyond.axis_degrees[1] > TARGET_DEC + 5.0
    assert beyond.is_tipped
    ask(line, b":Q#", 28.5)
    assert not truth_at(line, 31.0).slewing


def test_a_goto_after_a_lost_one_goes_where_it_should() -> None:
    line = exchange("once runaway", geometry="fork")
    ask(line, GOTO, 1.0)
    truth_at(line, 5.0)
    assert ask(line, GOTO, 6.0) == ACCEPTED
    assert truth_at(line, 120.0).dec_degrees == pytest.approx(TARGET_DEC, abs=0.01)


@pytest.mark.parametrize(("axis", "standing"), [("first", (0,)), ("second", (1,)), ("both", (0, 1))])
def test_a_stalled_motor_stands_still_and_the_other_goes_on(axis: str, standing: tuple[int, ...]) -> None:
    line = exchange()
    ask(line, GOTO, 1.0)
    truth_at(line, 3.0)
    inflict(line, f"stall {axis}", 3.0)
    rates = truth_at(line, 4.0).axis_rates
    assert [number for number in (0, 1) if rates[number] == 0.0] == list(standing)
    assert ask(line, b":D#", 20.0) == BARS
    inflict(line, "clear", 21.0)
    assert truth_at(line, 80.0).motion is Motion.HOLDING


def test_the_next_stops_are_ignored_and_counted() -> None:
    line = exchange("deaf-to-stop 2")
    ask(line, GOTO, 1.0)
    for t, heard, ignored, moves in ((3.0, 1, 1, True), (4.0, 2, 2, True), (5.0, 3, 2, False)):
        ask(line, b":Q#", t)
        truth = truth_at(line, t + 0.9)
        assert (truth.stops_heard, truth.stops_ignored) == (heard, ignored)
        assert (truth.motion is Motion.GOING) == moves


def test_a_released_key_is_a_stop_that_can_be_ignored_too() -> None:
    line = exchange("deaf-to-stop 1")
    ask(line, b":RS#:Mn#", 1.0)
    ask(line, b":Qn#", 2.0)
    assert truth_at(line, 4.0).slewing
    ask(line, b":Qn#", 4.0)
    assert not truth_at(line, 6.0).slewing


def test_it_says_that_it_slews_when_it_does_not_and_the_other_way_round() -> None:
    line = exchange("always-slewing")
    assert ask(line, b":D#", 1.0) == BARS
    inflict(line, "clear", 1.5)
    inflict(line, "never-slewing", 1.5)
    ask(line, GOTO, 2.0)
    assert truth_at(line, 3.0).slewing
    assert ask(line, b":D#", 3.0) == NO_BARS


def test_it_is_parked_by_hand() -> None:
    line = exchange()
    inflict(line, "hand-park", 1.0)
    assert ask(line, b":MS#", 2.0) == b""
    truth_at(line, 100.0)
    assert line.dialect.is_parked
    assert json.loads(truth_line(truth_at(line, 101.0), line.dialect.is_parked, 101.0))["parked"] is True
    assert not truth_at(line, 101.0).tracking


@pytest.mark.parametrize(("axis", "number"), [("first", 0), ("second", 1)])
def test_a_key_of_the_hand_control_moves_it_at_rest_and_for_so_long(axis: str, number: int) -> None:
    line = exchange(geometry="fork")
    before = truth_at(line, 1.0)
    inflict(line, f"hand-box {axis} -2 3", 1.0)
    assert truth_at(line, 3.0).axis_rates[number] == pytest.approx(-2.0, abs=0.01)
    after = truth_at(line, 8.0)
    assert not after.slewing
    assert after.axis_degrees[number] - before.axis_degrees[number] == pytest.approx(-6.0, abs=0.5)
    assert after.stops_heard == 0


def test_a_key_of_the_hand_control_ends_a_goto() -> None:
    line = exchange()
    ask(line, GOTO, 1.0)
    inflict(line, "hand-box second 1 2", 3.0)
    assert truth_at(line, 3.5).motion is Motion.BY_HAND
    assert ask(line, b":D#", 4.0) == NO_BARS
    assert truth_at(line, 10.0).motion is Motion.HOLDING


def test_a_blip_of_the_power_forgets_everything_and_answers_at_once() -> None:
    line = exchange()
    tube = truth_at(line, 1.0)
    inflict(line, "blip", 1.0)
    assert ask(line, b":GW#", 1.1) == b"AN0#"
    assert ask(line, b":GC#", 2.0) == b"01/01/08#"
    assert ask(line, b":GA#:GZ#", 3.0) == b"+00\xdf00#000\xdf00#"
    assert truth_at(line, 4.0).axis_degrees == pytest.approx(tube.axis_degrees, abs=0.01)


def test_a_power_cycle_has_a_pause_first() -> None:
    line = exchange()
    inflict(line, "power-cycle", 1.0)
    assert ask(line, b":GVP#", 1.2, 1.0) == b""
    assert ask(line, b":GVP#", 3.0) == b"LX2001#"


BELIEFS = [
    ("clock 90", b":GL#", b"22:01:30#"),
    ("hour-off", b":GL#", b"23:00:00#"),
    ("day-off", b":GC#", b"11/24/26#"),
    ("year-2000", b":GC#:GL#", b"01/01/00#00:00:00#"),
    ("offset-flipped", b":GG#", b"+05.0#"),
    ("site -33.9 151.2", b":Gt#:Gg#", b"-33\xdf54#208\xdf48#"),
    ("site-flipped", b":Gt#:Gg#", b"+49\xdf48#073\xdf06#"),
    ("site-swapped", b":Gt#:Gg#", b"+73\xdf06#310\xdf12#"),
    ("site-zero", b":Gt#:Gg#", b"+00\xdf00#000\xdf00#"),
]


@pytest.mark.parametrize(("fault", "question", "answer"), BELIEFS, ids=[row[0] for row in BELIEFS])
def test_it_believes_what_is_wrong_and_stands_where_it_stood(fault: str, question: bytes, answer: bytes) -> None:
    wrong, right = exchange(fault), exchange()
    assert ask(wrong, question, 0.1) == answer
    assert ask(right, question, 0.1) != answer
    assert truth_at(wrong, 30.0).axis_degrees == pytest.approx(truth_at(right, 30.0).axis_degrees, abs=0.2)
    assert wrong.dialect.mount.truth().utc_seconds == pytest.approx(EVENING + 30.0, abs=0.02)


def test_with_a_clock_an_hour_ahead_it_reports_another_right_ascension() -> None:
    hours = [int(ask(line, b":GR#", 0.1)[:2]) for line in (exchange("hour-off"), exchange())]
    assert (hours[0] - hours[1]) % 24 == 1


def test_the_way_of_writing_can_change_at_any_moment() -> None:
    line = exchange()
    assert len(ask(line, b":GR#", 1.0)) == len(b"05:30:00#")
    inflict(line, "low-precision", 1.5)
    assert len(ask(line, b":GR#", 2.0)) == len(b"05:30.0#")
    inflict(line, "high-precision", 2.5)
    assert len(ask(line, b":GR#", 3.0)) == len(b"05:30:00#")


def test_the_truth_counts_whole_turns_and_tells_the_side_of_the_pier() -> None:
    line = exchange(geometry="german", slew_rate=20.0)
    sides = []
    for hour_angle in (30.0, -30.0):
        ra_hours = (line.dialect.mount.belief.sidereal_degrees(EVENING) - hour_angle) / 15.0 % 24.0
        minutes = round(ra_hours * 60)
        t = 1.0 + 60.0 * len(sides)
        ask(line, b":Sr%02d:%02d:00#:Sd+40*00:00#:MS#" % divmod(minutes % 1440, 60), t)
        told = json.loads(truth_line(truth_at(line, t + 50.0), False, t + 50.0))
        sides.append((told["pier_side"], told["tipped"], round(told["axis_degrees"][1])))
    assert sides == [("east", False, 40), ("west", True, 140)]


def test_without_end_stops_the_first_axis_winds_as_far_as_it_is_sent() -> None:
    line = exchange(geometry="altaz", slew_rate=60.0)
    line.dialect.mount.move_first_stops(type(line.dialect.mount.ground.travel[0])(-36000.0, 36000.0))
    for number in range(12):
        t = 1.0 + number * 5.0
        ask(line, b":Sa+40*00:00#:Sz%03d*00:00#:MA#" % ((180 + 120 * (number + 1)) % 360), t)
        truth_at(line, t + 4.9)
    assert truth_at(line, 62.0).axis_degrees[0] == pytest.approx(180.0 + 12 * 120.0, abs=2.0)


def test_a_mount_that_stood_still_with_its_computer_does_not_catch_up() -> None:
    line = exchange()
    ask(line, GOTO, 1.0)
    before = truth_at(line, 3.0)
    line.dialect.mount.stand_still_for(100.0)
    after = truth_at(line, 103.1)
    assert after.axis_degrees[0] == pytest.approx(before.axis_degrees[0], abs=1.0)
    assert after.slewing
