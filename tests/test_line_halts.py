"""Halts that are answered: written at once, waited for by nobody, and their answers never taken for another's."""

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scope.command import Command, exactly, garbled, silent, until_hash
from scope.errors import GarbledAnswer, LineError, NoAnswer
from scope.line.exchange import Record
from scope.line.hearing import Hearing, Question
from scope.line.line import Line
from scope.line.owed import LOOKED_OUT_SECONDS, Owed
from scope.mounts import FAMILIES, ioptron, ioptron_words, nexstar_commands, skywatcher_words
from tests.exchange_port import on_ports
from tests.scripted_device import Answer, Device, line_to
from tests.simulated_mount import exchange, wait_until

HALT: Command[None] = Command(b"!M#", exactly(3), lambda _: None, 0.4)
SILENT_HALT = silent(b"!Q#")
HALTED = b"###"


def numbered(letter: bytes, within_seconds: float = 0.4) -> Command[int]:
    """A question whose answer says the how-manieth of its kind it was."""
    form = re.compile(rb"%s(\d{5})#" % letter)

    def means(answer: bytes) -> int:
        if not (found := form.fullmatch(answer)):
            raise garbled("a number", answer)
        return int(found[1])

    return Command(b"?%s#" % letter, until_hash, means, within_seconds, landmark=True)


A, B = numbered(b"A"), numbered(b"B")
ONE = Command(b"?O#", exactly(2), lambda answer: answer, 0.4)
"""As a hand control's `0#`: two bytes of any kind, so that it would take everything for its answer."""


def mount(*halted: list[tuple[float, bytes]], mute: Callable[[bytes], bool] = lambda _: False) -> Answer:
    """Answers questions with their number, and its n-th halt as told; later ones as the last."""
    heard: dict[bytes, int] = {}

    def answer(frame: bytes) -> list[tuple[float, bytes]]:
        heard[frame] = count = heard.get(frame, 0) + 1
        if mute(frame):
            return []
        if frame == HALT.sends:
            return [*halted, [(0.0, HALTED)]][min(count, len(halted)) - 1] if halted else [(0.0, HALTED)]
        if frame == ONE.sends:
            return [(0.0, b"1#")]
        return [(0.0, b"%s%05d#" % (frame[1:2], count))] if frame.startswith(b"?") else []

    return answer


def greeted(line: Line) -> None:
    """As the controller does: the line has heard good answers to two landmarks."""
    assert (line.ask(A), line.ask(B)) == (1, 1)


def frames(device: Device) -> list[bytes]:
    return [frame for _, frame in device.heard]


def idle(line: Line, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        line.idle(until)


# --- a mount that answers its halts -----------------------------------------------------------------------------------


def test_a_halt_returns_at_once_and_its_answer_is_not_that_of_the_next_question() -> None:
    with line_to(mount([(0.2, HALTED)])) as (line, device):
        begun = time.monotonic()
        line.halt(HALT)
        assert time.monotonic() - begun < 0.15
        assert line.ask(ONE) == b"1#"
        assert frames(device) == [HALT.sends, ONE.sends]
        assert line.record.unasked_bytes == 0


def test_the_answer_to_a_shout_while_nobody_asks_is_not_that_of_the_next_question() -> None:
    with line_to(mount([(0.1, b"#"), (0.1, b"##")])) as (line, device):
        line.shout(HALT)
        idle(line, 0.4)
        assert [(entry.kind, entry.heard) for entry in line.exchanges] == [("shout", b""), ("halted", HALTED)]
        assert line.ask(ONE) == b"1#"
        assert frames(device) == [HALT.sends, ONE.sends]


def test_a_halt_over_a_pending_question_leaves_it_its_answer_and_does_not_hold_it_up() -> None:
    def answer(frame: bytes) -> list[tuple[float, bytes]]:
        return [(0.2, b"A00001#"), (0.6, HALTED)] if frame == A.sends else [(0.0, b"1#")] if frame == ONE.sends else []

    with line_to(answer) as (line, _):
        threading.Timer(0.05, line.shout, [replace(HALT, within_seconds=2.0)]).start()
        begun = time.monotonic()
        assert line.ask(A) == 1
        assert time.monotonic() - begun < 0.55, "it waited for the halt's answer"
        assert line.ask(ONE) == b"1#"


@pytest.mark.parametrize("count", [2, 5])
def test_several_halts_in_a_row_are_all_written_and_all_their_answers_collected(count: int) -> None:
    with line_to(mount([(0.05, HALTED)])) as (line, device):
        greeted(line)
        for _ in range(count):
            line.halt(HALT)
        assert line.ask(ONE) == b"1#"
        assert frames(device)[2:] == [HALT.sends] * count + [ONE.sends]
        assert (line.record.silent, line.record.garbled, line.record.unasked_bytes) == (0, 0, 0)


def test_a_command_without_an_answer_does_not_wait_for_a_halts() -> None:
    with line_to(mount([(0.3, HALTED)])) as (line, device):
        line.halt(HALT)
        begun = time.monotonic()
        line.ask(silent(b":K#"))
        assert time.monotonic() - begun < 0.2
        assert line.ask(ONE) == b"1#"
        assert frames(device) == [HALT.sends, b":K#", ONE.sends]


# --- a mount that does not --------------------------------------------------------------------------------------------


def test_a_mount_that_answers_no_halt_is_no_lost_line_and_answers_the_next_questions_right() -> None:
    with line_to(mount(mute=lambda frame: frame == HALT.sends)) as (line, _):
        greeted(line)
        line.halt(HALT)
        line.halt(HALT)
        assert line.ask(A) in (2, 3)  # the landmark may have been this very question
        assert line.ask(ONE) == b"1#"
        assert line.is_open


def test_no_halt_is_held_up_by_one_that_was_not_answered() -> None:
    with line_to(mount(mute=lambda _: True)) as (line, device):
        begun = time.monotonic()
        for _ in range(20):
            line.halt(HALT)
        assert time.monotonic() - begun < 0.3
        wait_until(lambda: frames(device) == [HALT.sends] * 20, 5, "the halts")


def test_a_shout_goes_out_while_the_answer_of_the_halt_before_is_waited_for() -> None:
    slow = replace(HALT, within_seconds=1.5)
    with line_to(mount(mute=lambda _: True)) as (line, device):
        line.halt(slow)
        shouted_at = [0.0]

        def shout() -> None:
            shouted_at[0] = time.monotonic()
            line.shout(slow, again=True)

        threading.Timer(0.2, shout).start()
        with pytest.raises(NoAnswer):
            line.ask(A)
        assert [frame for frame in frames(device) if frame == HALT.sends] == [HALT.sends] * 2
        assert device.heard[1][0] - shouted_at[0] < 0.25


def test_a_mute_mount_is_not_waited_for_again_halt_by_halt() -> None:
    slow = replace(HALT, within_seconds=1.0)
    with line_to(mount(mute=lambda _: True)) as (line, _):
        taken = []
        for _ in range(2):
            line.halt(slow)
            begun = time.monotonic()
            with pytest.raises(NoAnswer):
                line.ask(A)
            taken.append(time.monotonic() - begun)
        assert taken[0] > 1.0 > taken[1]


# --- a line that does everything wrong --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "halted",
    [
        [(0.0, HALTED * 2)],
        [(0.0, HALTED), (0.05, HALTED)],
        [(0.0, b"##")],
        [(0.0, b"#")],
        [(0.0, b"#####")],
        [(0.0, b"\xff\x00x" + HALTED)],
        [(0.0, b"#x#y#")],
        [(0.0, b"#"), (0.25, b"##")],
        [(0.6, HALTED)],
        [(1.0, HALTED)],
        [(0.0, b"##"), (0.6, b"#")],
    ],
    ids=repr,
)
def test_whatever_a_halt_is_answered_with_no_question_is_misled(halted: list[tuple[float, bytes]]) -> None:
    with line_to(mount(halted, [(0.0, HALTED)])) as (line, _):
        greeted(line)
        line.halt(HALT)
        asked, good = {b"A": 1, b"B": 1}, 0
        until = time.monotonic() + sum(wait for wait, _ in halted) + 0.3
        while good < 4 or time.monotonic() < until:
            for letter, question in ((b"A", A), (b"B", B)):
                try:
                    number = line.ask(question)
                except (NoAnswer, GarbledAnswer):
                    continue
                assert number > asked[letter], "an answer came twice"
                asked[letter], good = number, good + 1
            line.idle(time.monotonic() + 0.02)
        assert line.ask(ONE) == b"1#"
        assert line.foreign_answers == 0


def test_a_late_answer_of_a_halt_is_no_answer_to_a_question_that_would_take_anything() -> None:
    with line_to(mount([(0.7, HALTED)])) as (line, _):
        greeted(line)
        line.halt(HALT)
        assert line.ask(A) in (2, 3)
        idle(line, 0.5)
        assert line.ask(ONE) == b"1#"


class Unruly:
    """A mount that numbers its answers, and whose answers to halts are late, lost, cut or doubled, all in order."""

    def __init__(self, seed: int) -> None:
        self._chance, self._free_at, self._lock = random.Random(seed), 0.0, threading.Lock()
        self.asked: dict[bytes, int] = {}

    def __call__(self, frame: bytes) -> list[tuple[float, bytes]]:
        self.asked[frame] = self.asked.get(frame, 0) + 1
        whole = HALTED if frame == HALT.sends else b"%s%05d#" % (frame[1:2], self.asked[frame])
        if frame == HALT.sends:
            whole = self._chance.choice([HALTED, HALTED, HALTED, b"", b"#", b"##", HALTED * 2])
        wait = self._chance.choice([0.0, 0.0, 0.01, 0.05]) if sum(self.asked.values()) > 2 else 0.0
        now = time.monotonic()
        self._free_at = max(now + 0.001, self._free_at + 0.03) + wait
        return [(self._free_at - now, whole)]


@pytest.mark.parametrize("seed", range(2))
def test_each_answer_is_that_of_this_very_question_however_halts_come_and_are_answered(seed: int) -> None:
    device, chance = Unruly(seed), random.Random(seed + 100)
    questions, good = {b"A": A, b"B": B}, 0
    with line_to(device) as (line, _):
        for question in questions.values():
            line.ask(question)
        until = time.monotonic() + 2
        while time.monotonic() < until:
            if chance.random() < 0.4:
                threading.Timer(chance.uniform(0, 0.1), line.shout, [HALT, True]).start()
            if chance.random() < 0.3:
                line.halt(HALT)
            letter = chance.choice(list(questions))
            try:
                meant = line.ask(questions[letter])
            except (NoAnswer, GarbledAnswer):
                continue
            assert meant == device.asked[b"?%s#" % letter], "an answer to an earlier question was taken for this one's"
            good += 1
        assert good >= 5
        idle(line, 0.2)  # the last shouts have come
        wait_until(lambda: answers(line), 10, "a line that works")


def answers(line: Line) -> bool:
    try:
        line.ask(A)
    except LineError:
        return False
    return True


# --- nothing changes for a halt that nobody answers -------------------------------------------------------------------


def test_a_silent_halt_is_written_at_once_and_leaves_nothing_to_wait_for() -> None:
    with line_to(mount()) as (line, device):
        begun = time.monotonic()
        line.halt(SILENT_HALT)
        line.halt(SILENT_HALT)
        assert line.ask(A) == 1
        assert time.monotonic() - begun < 0.3
        assert frames(device) == [SILENT_HALT.sends] * 2 + [A.sends]


def test_a_halt_notes_what_came_before_it_as_nobodys() -> None:
    with line_to(mount()) as (line, device):
        device.say(b"LX200 boot v1.0\r\n")
        wait_until(lambda: line.idle(time.monotonic() + 0.05) or line.record.unasked_bytes, 5, "the banner")
        device.say(b"more")
        time.sleep(0.05)  # it must really have arrived; there is nothing to poll for
        line.halt(SILENT_HALT)
        assert line.record.unasked_bytes == 21
        assert line.ask(A) == 1


# --- with no port -----------------------------------------------------------------------------------------------------


@given(st.binary(max_size=12).map(lambda junk: junk.replace(b"A", b"#")), st.integers(0, 99999))
def test_a_landmark_is_found_behind_whatever_a_halt_is_answered_with(junk: bytes, number: int) -> None:
    hearing = Hearing(Record())
    whole = b"A%05d#" % number
    hearing.heard += junk + whole
    found = None
    while found is None or found < 0:
        found = hearing.catch_up([Question(A, 0.0)], behind_halts=True)
    assert found == 0
    assert hearing.forget() == b""


def test_without_halts_what_stands_before_a_landmark_is_an_answer_to_something_else() -> None:
    hearing = Hearing(Record())
    hearing.heard += b"x#A00001#"
    assert [hearing.catch_up([Question(A, 0.0)]) for _ in range(2)] == [-1, 0]


def test_what_halts_are_owed_is_looked_out_for_as_long_as_anything_else_and_kept_apart() -> None:
    owed = Owed()
    halt, question = Question(HALT, 100.0, is_halt=True), Question(A, 100.0)
    owed.add([halt, question])
    assert (owed.late, owed.halts) == ([question], [halt])
    assert not owed.explains(b"###", 101.0), "any bytes could be a halt's"
    owed.expire(100.0 + LOOKED_OUT_SECONDS)
    assert (owed.late, owed.halts) == ([], [])
    owed.add([halt])
    owed.clear(seen=[])
    assert owed.halts == []


# --- the halts of our families, on their simulated mounts -------------------------------------------------------------

FIRST = skywatcher_words.Axis.FIRST
QUESTIONS: dict[str, tuple[Command[Any], Command[Any]]] = {
    "nexstar": (nexstar_commands.ECHO, nexstar_commands.PLACE),
    "synscan": (nexstar_commands.ECHO, nexstar_commands.PLACE),
    "skywatcher": (skywatcher_words.status(FIRST), skywatcher_words.fast_ratio(FIRST)),
    "ioptron": (ioptron.STATUS, ioptron_words.FIRMWARE),
}


@pytest.mark.parametrize("family", [name for name, family in FAMILIES.items() if family.halt.has_answer])
def test_no_family_is_misled_by_the_answers_to_its_halts(family: str) -> None:
    """Halts before the first question, over questions and in between."""
    chance, halt = random.Random(1), FAMILIES[family].halt
    with on_ports(exchange(family=family)) as (port,):
        line = Line(port.path, port.exchange.baud)
        line.open()
        try:
            line.halt(halt)
            line.halt(halt)
            for number in range(16):
                threading.Timer(chance.uniform(0, 0.1), line.shout, [halt, True]).start()
                line.ask(QUESTIONS[family][number % 2])
                if chance.random() < 0.5:
                    line.halt(halt)
                idle(line, chance.uniform(0, 0.1))
            idle(line, 0.3)
            line.ask(QUESTIONS[family][0])
        finally:
            line.dispose()
        assert (line.record.silent, line.record.garbled, line.record.unasked_bytes) == (0, 0, 0)
