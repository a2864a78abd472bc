"""Each language of tests/fleet_words.py is held to its table of bytes, the driver and the simulator alike.

What the manual answers is put to the driver, and its meaning compared; what is asked is put to the simulator, and its
bytes are. Neither is the authority.
"""

import contextlib
import pkgutil
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope.command import Command
from scope.errors import GarbledAnswer, MountRefused
from tests import manuals
from tests.fleet_words import SPOKEN, Words
from tests.manuals import Row
from tests.placed_mount import answers

RUBBISH = (b"#", b"###", b"\x00", b" ", b"\r\n", b"\xff\xfe#", b"AT+GMR\r\n")
every_language = pytest.mark.parametrize("words", SPOKEN, ids=lambda words: words.name)


def rows(wanted: Callable[[Words], Sequence[Row]]) -> pytest.MarkDecorator:
    cases = [
        pytest.param(words, row, id=f"{words.name}: {row.sent!r}={row.answered!r}")
        for words in SPOKEN
        for row in wanted(words)
    ]
    return pytest.mark.parametrize(("words", "row"), cases)


def commands() -> pytest.MarkDecorator:
    cases = [
        pytest.param(command, id=f"{words.name}: {command.sends!r}")
        for words in SPOKEN
        for command in [*words.commands, *(known for row in words.carrying() for known in words.set_by(row)[:1])]
    ]
    return pytest.mark.parametrize("command", cases)


def asked(words: Words, row: Row) -> Command[Any]:
    command = words.command_for(row)
    assert command is not None
    return command


def is_same(one: object, other: object, within: float) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(is_same(*pair, within) for pair in zip(one, other, strict=True))
    if isinstance(one, float) and isinstance(other, float | int):
        return abs(one - other) <= within
    return one == other and isinstance(one, bool) == isinstance(other, bool)


PUT_TO_BOTH_ELSEWHERE = {
    *("lx200", "onstep", "zwo_am", "gemini", "ten_micron", "astro_physics"),  # test_lx200_driver.py, ..._dialects.py
    *("nexstar", "synscan"),  # test_hand_tables.py
    "skywatcher",  # test_skywatcher_words.py
}


def test_every_table_is_put_to_driver_and_simulator_here_or_in_a_file_of_its_own() -> None:
    tables = {found.name for found in pkgutil.iter_modules(manuals.__path__)}
    here = {words.name for words in SPOKEN}
    assert tables == here | PUT_TO_BOTH_ELSEWHERE
    assert not here & PUT_TO_BOTH_ELSEWHERE


# --- the driver -------------------------------------------------------------------------------------------------------


@rows(Words.heard)
def test_what_the_manual_answers_means_what_the_manual_says(words: Words, row: Row) -> None:
    command = asked(words, row)
    meant = command.means(row.answered) if command is words.halt else words.meaning(command, row.answered)
    assert is_same(meant, row.meaning, words.within), (meant, row.meaning)


@rows(Words.heard)
def test_an_answer_is_whole_at_its_last_byte_and_not_before(words: Words, row: Row) -> None:
    whole = asked(words, row).whole
    assert {whole(row.answered[:length]) for length in range(len(row.answered))} <= {None}
    assert whole(row.answered) == len(row.answered)
    assert whole(row.answered + b"12:34:56#+12\xdf34'56#1") == len(row.answered)


@rows(Words.carrying)
def test_what_is_set_goes_out_in_the_bytes_of_the_manual(words: Words, row: Row) -> None:
    command = next(command for command in words.set_by(row) if command.sends == row.sent)
    assert command.whole(row.answered) == len(row.answered)
    command.means(row.answered)


@every_language
def test_hardly_any_row_is_left_out(words: Words) -> None:
    """A table that no command of the driver answers to would prove nothing."""
    theirs = {row.sent for row in words.rows if row.answered and row.given.get("only") != "simulator"}
    ours = {row.sent for row in [*words.heard(), *words.carrying()]}
    assert theirs - ours <= words.asked_by_others


@every_language
def test_the_driver_says_no_word_that_its_table_does_not_have(words: Words) -> None:
    known = {row.sent for row in words.rows}
    assert [command.sends for command in words.commands if command.sends not in known] == []


@every_language
def test_it_waits_for_an_answer_where_one_comes_and_nowhere_else(words: Words) -> None:
    told = [row for row in words.rows if row.given.get("only") != "simulator"]
    answered = {row.sent: any(other.answered for other in told if other.sent == row.sent) for row in told}
    for command in words.commands:
        assert command.has_answer == answered[command.sends], command.sends


likely = st.text("0123456789:*+-.,#/'ABCDEFGLMORUt<= ß", max_size=26).map(lambda text: text.encode("latin-1"))


@commands()
@settings(max_examples=20)
@given(answer=st.one_of(st.binary(max_size=30), likely))
def test_no_bytes_whatever_raise_anything_but_garbled_or_refused(command: Command[Any], answer: bytes) -> None:
    command.whole(answer)
    command.in_silence(answer)
    with contextlib.suppress(GarbledAnswer, MountRefused):
        command.means(answer)


@every_language
@given(answer=st.binary(max_size=20))
def test_whatever_comes_after_a_halt_is_no_error(words: Words, answer: bytes) -> None:
    words.halt.whole(answer)
    assert words.halt.means(answer) is None  # type: ignore[func-returns-value]


@every_language
def test_whatever_answer_is_owed_there_is_a_landmark_that_it_cannot_be_taken_for(words: Words) -> None:
    landmarks = [command for command in words.commands if command.landmark]
    assert len({command.sends for command in landmarks}) >= 2
    for row in words.heard():
        others = [landmark for landmark in landmarks if landmark.sends != row.sent]
        assert any(not landmark.understands(row.answered) for landmark in others), row


# --- the simulator ----------------------------------------------------------------------------------------------------


@rows(Words.simulated)
def test_every_row_of_the_manual_is_answered_to_the_byte(words: Words, row: Row) -> None:
    assert answers(words.standing(row.given), row.sent) == row.answered


@pytest.mark.parametrize("rubbish", RUBBISH, ids=repr)
@every_language
def test_rubbish_between_two_questions_changes_no_answer(words: Words, rubbish: bytes) -> None:
    for row in words.simulated():
        assert answers(words.standing(row.given), rubbish + row.sent + rubbish) == row.answered, row


@every_language
@settings(deadline=None)
@given(sent=st.binary(max_size=60))
def test_no_bytes_whatever_keep_it_from_the_next_command(words: Words, sent: bytes) -> None:
    dialect = words.standing({})
    answers(dialect, sent + b"#", 1.0)
    assert answers(dialect, words.greeting.sent, 2.0) == words.greeting.answered


@every_language
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_no_command_with_a_byte_of_it_changed_makes_it_lose_its_footing(words: Words, data: st.DataObject) -> None:
    dialect = words.standing({})
    sentences = st.sampled_from([row.sent for row in words.rows])
    for turn, sent in enumerate(data.draw(st.lists(sentences, max_size=8))):
        at, byte = data.draw(st.integers(0, len(sent))), data.draw(st.binary(max_size=2))
        answers(dialect, sent[:at] + byte + sent[at + data.draw(st.integers(0, 1)) :], 1.0 + turn * 0.1)
    dialect.power_cycle(5.0)
    assert answers(dialect, b"#" + words.greeting.sent, 15.0) == words.greeting.answered
