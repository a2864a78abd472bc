"""The words of the motor controller are held to the table of bytes: what goes out, and what is made of the answers."""

import contextlib
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scope.command import Command
from scope.errors import GarbledAnswer, MountRefused
from scope.mounts import skywatcher_words as say
from scope.mounts.skywatcher_words import Axis, Mode, Status, Version
from tests.manuals import Row
from tests.manuals.skywatcher import ROWS

QUESTIONS: dict[bytes, Command[Any]] = {
    command.sends: command
    for command in (
        say.VERSION,
        *(ask(axis) for ask in (say.counts_per_turn, say.timer_hertz, say.fast_ratio) for axis in Axis),
        *(ask(axis) for ask in (say.status, say.counter, say.initialise, say.start, say.stop) for axis in Axis),
        say.HALT,
    )
}
ANSWERED = [row for row in ROWS if row.sent in QUESTIONS and row.answered]
MODES = {mode.name.lower().replace("_", " "): mode for mode in Mode}
SETTERS = {
    b"E": say.set_counter,
    b"G": lambda axis, value: say.set_motion(axis, MODES[value[0]], value[1]),
    b"H": say.set_distance,
    b"M": say.set_braking,
    b"I": say.set_period,
}
SETTING = [row for row in ROWS if "value" in row.given]
ALL_COMMANDS = [*QUESTIONS.values(), say.set_counter(Axis.FIRST, 0), say.set_period(Axis.SECOND, 620)]


def _name(row: Row) -> str:
    return f"{row.sent!r}={row.answered!r}"


def _read(command: Command[Any], answer: bytes) -> object:
    try:
        meaning = command.means(answer)
    except MountRefused as refusal:
        return str(refusal.details["words"])[:1]
    if isinstance(meaning, Version):
        return meaning.firmware, meaning.model
    if isinstance(meaning, Status):
        names = {"slews": "slew"}
        return {names.get(name, name) for name, is_so in asdict(meaning).items() if is_so}
    return True if meaning is None and command is not say.HALT else meaning


@pytest.mark.parametrize("row", ANSWERED, ids=_name)
def test_what_the_manual_answers_means_what_the_manual_says(row: Row) -> None:
    assert _read(QUESTIONS[row.sent], row.answered) == (None if row.sent == say.HALT.sends else row.meaning)


@pytest.mark.parametrize("row", SETTING, ids=_name)
def test_what_is_set_goes_out_in_the_bytes_of_the_manual(row: Row) -> None:
    sent = SETTERS[row.sent[1:2]](Axis(row.sent[2:3].decode()), row.given["value"])  # type: ignore[no-untyped-call,operator]
    assert sent.sends == row.sent
    assert sent.whole(row.answered) == len(row.answered)
    sent.means(row.answered)


@pytest.mark.parametrize("row", ANSWERED, ids=_name)
def test_an_answer_is_whole_at_its_last_byte_and_not_before(row: Row) -> None:
    whole = QUESTIONS[row.sent].whole
    assert {whole(row.answered[:length]) for length in range(len(row.answered))} <= {None}
    assert whole(row.answered) == len(row.answered)
    assert whole(row.answered + b"=000080\r") == len(row.answered)


@pytest.mark.parametrize("row", ANSWERED, ids=_name)
def test_an_echo_of_our_own_frame_before_the_answer_is_passed_over(row: Row) -> None:
    command = QUESTIONS[row.sent]
    answer = row.sent + row.answered
    assert command.whole(answer[:-1]) is None
    assert command.whole(answer) == len(answer)
    assert _read(command, answer) == _read(command, row.answered)


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=lambda command: repr(command.sends))
@given(answer=st.one_of(st.binary(max_size=40), st.text("=!:0123456789ABCDEFjf\r", max_size=14).map(str.encode)))
def test_no_bytes_whatever_raise_anything_but_a_garbled_answer(command: Command[Any], answer: bytes) -> None:
    command.whole(answer)
    with contextlib.suppress(GarbledAnswer, MountRefused):
        command.means(answer)


@given(st.integers(0, 0xFFFFFF))
def test_a_number_goes_out_low_byte_first_and_comes_back_the_same(number: int) -> None:
    sent = say.set_counter(Axis.SECOND, number).sends
    assert sent[:3] == b":E2"
    assert int(sent[3:5], 16) == number % 256
    assert say.counter(Axis.SECOND).means(b"=" + sent[3:]) == number


def test_a_halt_is_whole_with_two_answers_whatever_they_say() -> None:
    for answers in (b"=\r=\r", b"!4\r!4\r", b"=\r!0\r", b":K1\r=\r:K2\r=\r"):
        assert say.HALT.whole(answers) == len(answers)
        assert say.HALT.whole(answers[:-1]) is None
        assert say.HALT.means(answers) is None  # type: ignore[func-returns-value]
    assert say.HALT.means(b"\xff\x00") is None  # type: ignore[func-returns-value]


def test_what_is_asked_to_find_the_place_again_cannot_be_taken_for_another_answer() -> None:
    landmarks = [command for command in QUESTIONS.values() if command.landmark]
    assert len(landmarks) >= 2
    counters = [b"=000080\r", b"=806CA2\r", b"=FFFF7F\r", b"=\r", b"!2\r"]
    for landmark in landmarks:
        assert not any(landmark.understands(answer) for answer in counters[:-1])
    status, ratio = say.status(Axis.FIRST), say.fast_ratio(Axis.FIRST)
    assert not status.understands(b"=10\r")
    assert not ratio.understands(b"=101\r")


@pytest.mark.parametrize(
    "answer", [b"=", b"=0000", b"=00008\r", b"=0000800\r", b"=00g080\r", b"=00008a\r", b"000080\r"]
)
def test_half_an_answer_and_a_damaged_one_are_no_number(answer: bytes) -> None:
    with pytest.raises(GarbledAnswer):
        say.counter(Axis.FIRST).means(answer)
