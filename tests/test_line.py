"""The line: every answer reaches its own question, a shout cuts in at once, and a dead port ends as LineLost."""

import random
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scope.command import LONGEST_ANSWER, Command, nothing, read_text, until_hash
from scope.errors import GarbledAnswer, LineLost, NoAnswer, Overtaken
from scope.line.line import Line
from tests.scripted_device import line_to
from tests.simulated_mount import wait_until

HALT = Command(b"!Q#", nothing, lambda _: None)
HALT_THAT_ANSWERS = Command(b"!M#", until_hash, read_text)


def question(number: int, within_seconds: float = 2.0) -> Command[str]:
    return Command(b"?%d#" % number, until_hash, read_text, within_seconds)


def echo(frame: bytes) -> list[tuple[float, bytes]]:
    return [(0.0, frame[1:])] if frame.startswith(b"?") else []


@given(seed=st.integers(0, 2**32))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_reaches_its_own_question_however_a_shout_cuts_in(seed: int) -> None:
    chance = random.Random(seed)
    in_order = threading.Lock()

    def answer(frame: bytes) -> list[tuple[float, bytes]]:
        with in_order:  # a mount answers one after the other
            time.sleep(chance.uniform(0, 0.01))
        return [(0.0, b"halted#")] if frame == HALT_THAT_ANSWERS.sends else echo(frame)

    with line_to(answer) as (line, device):
        ended = threading.Event()

        def shout_now_and_then() -> None:
            while not ended.wait(chance.uniform(0, 0.02)):
                line.shout(HALT)

        shouting = threading.Thread(target=shout_now_and_then)
        shouting.start()
        try:
            for number in range(25):
                assert line.ask(question(number)) == str(number)
        finally:
            ended.set()
            shouting.join()
        assert [frame for _, frame in device.heard if frame.startswith(b"?")] == [b"?%d#" % n for n in range(25)]


def test_a_halt_is_written_while_the_mount_is_mute() -> None:
    with line_to(lambda frame: []) as (line, device):

        def ask() -> None:
            with pytest.raises(NoAnswer):
                line.ask(question(1, 1.0))

        asking = threading.Thread(target=ask)
        asking.start()
        wait_until(lambda: device.heard, 5, "the question")
        line.shout(HALT)
        wait_until(lambda: [f for _, f in device.heard if f == HALT.sends], 0.9, "the halt before the deadline")
        assert asking.is_alive()
        asking.join()


def test_the_answer_of_a_halt_is_not_taken_for_the_answer_of_the_question() -> None:
    def answer(frame: bytes) -> list[tuple[float, bytes]]:
        return [(0.15, b"seven#"), (0.0, b"halted#")] if frame == b"?7#" else []

    with line_to(answer) as (line, device):
        threading.Timer(0.05, line.shout, [HALT_THAT_ANSWERS]).start()
        assert line.ask(question(7)) == "seven"
        assert [frame for _, frame in device.heard] == [b"?7#", HALT_THAT_ANSWERS.sends]


def test_nothing_that_was_begun_before_a_shout_is_written_after_it() -> None:
    with line_to(echo) as (line, device):
        mark = line.mark
        assert line.ask(question(1), mark) == "1"
        line.shout(HALT)
        with pytest.raises(Overtaken):
            line.ask(question(2), mark)
        assert line.ask(question(3), line.mark) == "3"
        wait_until(lambda: len(device.heard) == 3, 5, "three frames")
        assert [frame for _, frame in device.heard] == [b"?1#", HALT.sends, b"?3#"]


def test_a_shout_ends_the_owners_idling_and_goes_out_at_once() -> None:
    with line_to(echo) as (line, device):
        threading.Timer(0.05, line.shout, [HALT]).start()
        begun = time.monotonic()
        line.idle(begun + 30)
        assert time.monotonic() - begun < 10
        wait_until(lambda: device.heard, 5, "the halt")


def test_the_deadline_holds_for_the_whole_answer_however_slowly_it_dribbles() -> None:
    with line_to(lambda frame: [(0.1, b"1")] * 12) as (line, _):
        begun = time.monotonic()
        with pytest.raises(NoAnswer) as silence:
            line.ask(question(1, 0.5))
        assert time.monotonic() - begun < 1.1
        assert str(silence.value.details["heard"]).startswith("b'1")


def test_the_tail_of_a_late_answer_is_dropped_before_the_next_question() -> None:
    def answer(frame: bytes) -> list[tuple[float, bytes]]:
        return [(0.2, b"late#")] if frame == b"?1#" else echo(frame)

    with line_to(answer) as (line, _):
        with pytest.raises(NoAnswer):
            line.ask(question(1, 0.05))
        time.sleep(0.3)  # the late answer must really have arrived; there is nothing to poll for
        assert line.ask(question(2)) == "2"
        assert "unasked" in [exchange.kind for exchange in line.exchanges]


def test_a_device_that_never_ends_is_cut_off() -> None:
    with line_to(lambda frame: [(0.0, b"x" * 2 * LONGEST_ANSWER)]) as (line, _), pytest.raises(GarbledAnswer):
        line.ask(question(1))


@pytest.mark.parametrize("act", ["ask", "idle"])
def test_an_unplugged_device_is_lost_and_says_so(act: str) -> None:
    with line_to(echo) as (line, device):
        device.unplug()
        with pytest.raises(LineLost):
            line.ask(question(1)) if act == "ask" else line.idle(time.monotonic() + 20)
        assert not line.is_open


def test_a_port_that_is_not_there_is_a_lost_line(tmp_path: Path) -> None:
    line = Line(str(tmp_path / "nothing"), 9600)
    with pytest.raises(LineLost, match="there is no"):
        line.open()
    line.dispose()


def test_a_second_program_cannot_open_the_port() -> None:
    with line_to(echo) as (line, _):
        second = Line(line.port, 9600)
        with pytest.raises(LineLost):
            second.open()
        second.dispose()
