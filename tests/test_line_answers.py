"""Whose answer is this? Late, cut, doubled, echoed and foreign bytes, over a real pseudo-serial line."""

import random
import re
import threading
import time
from collections.abc import Callable

import pytest

from scope.command import Command, garbled, until_hash
from scope.errors import GarbledAnswer, LineError, MountRefused, NoAnswer
from scope.line.line import Line
from scope.mounts.lx200 import words as say
from tests.scripted_device import Answer, Device, line_to
from tests.simulated_mount import wait_until

RA, DEC = b"05:30:00#", b"+45\xdf00'00#"
MOUNT = {b":GR#": RA, b":GD#": DEC, b":GG#": b"-05.0#", b":D#": b"#"}
HALT = say.HALT.sends


def answers(**later: list[tuple[float, bytes]]) -> Answer:
    """A mount that answers at once, but the n-th frame of a kind (`GR1`) as it is told."""
    counted: dict[bytes, int] = {}

    def answer(frame: bytes) -> list[tuple[float, bytes]]:
        counted[frame] = counted.get(frame, 0) + 1
        name = f"{frame[1:-1].decode()}{counted[frame]}"
        return later.get(name, [(0.0, MOUNT[frame])] if frame in MOUNT else [])

    return answer


def greeted(line: Line) -> None:
    """As the controller does: the line has heard good answers to two landmarks."""
    assert line.ask(say.RA) == 5.5
    assert line.ask(say.DEC) == 45.0


@pytest.mark.parametrize("seconds", [1.5, 2.0, 2.5])
def test_a_whole_answer_that_comes_late_is_never_that_of_the_next_question_of_its_kind(seconds: float) -> None:
    with line_to(answers(GR2=[(seconds, b"23:59:59#")])) as (line, _):
        greeted(line)
        with pytest.raises(NoAnswer):
            line.ask(say.RA)
        heard = []
        until = time.monotonic() + 3
        while time.monotonic() < until:
            heard.append(outcome(line))
            line.idle(time.monotonic() + 0.05)
        assert heard.count("garbled_answer") <= 1, "it fell between a question and its answer"
        assert set(heard) <= {5.5, "garbled_answer"}
        assert line.record.foreign == 0, "a late answer is no other program's"


def test_a_mount_that_answers_everything_late_in_order_never_gets_its_answers_mixed() -> None:
    """Everything is asked three times of a mount that is one answer behind."""
    ras, held = iter([b"01:00:00#", b"02:00:00#", b"03:00:00#", *[b"04:00:00#"] * 20]), [b""]

    def one_behind(frame: bytes) -> list[tuple[float, bytes]]:
        if frame not in MOUNT:
            return []
        said, held[0] = held[0], next(ras) if frame == b":GR#" else MOUNT[frame]
        return [(0.0, said)]

    with line_to(one_behind) as (line, _):
        for _ in range(6):
            for command, wrong in ((say.RA, None), (say.DEC, None)):
                try:
                    meant = line.ask(command)
                except (NoAnswer, GarbledAnswer):
                    continue
                assert meant != wrong
                assert (command is say.DEC) == (meant == 45.0), "an answer went to another's question"


def test_the_tail_of_a_cut_answer_is_dropped_though_it_comes_after_the_next_question() -> None:
    with line_to(answers(GR2=[(0.0, b"05:3"), (1.25, b"0:00#")])) as (line, _):
        greeted(line)
        with pytest.raises(NoAnswer):
            line.ask(say.RA)
        results = [outcome(line) for _ in range(4)]
        assert set(results) <= {5.5, "garbled_answer"}
        assert results[-1] == 5.5


def outcome(line: Line) -> float | str:
    try:
        return line.ask(say.RA)
    except LineError as miss:
        return miss.code


@pytest.mark.parametrize(
    "said",
    [RA + RA, RA + b"23:00:00#", RA + DEC, RA + b"TX timeout\r\n", RA + b"\x00\xff\xdf\xc3\xa9\r\n"],
    ids=["doubled", "followed", "followed by another", "debug text", "bytes"],
)
def test_what_follows_an_answer_is_dropped(said: bytes) -> None:
    with line_to(answers(GR1=[(0.0, said)])) as (line, _):
        assert line.ask(say.RA) == 5.5
        line.idle(time.monotonic() + 0.02)
        assert line.ask(say.DEC) == 45.0
        assert line.ask(say.RA) == 5.5
        assert line.record.unasked_bytes == len(said) - len(RA)


def test_a_banner_before_the_first_question_is_drained() -> None:
    with line_to(answers()) as (line, device):
        device.say(b"\x7e\x00AT\r\nLX200 boot v1.0\r\n")
        wait_until(lambda: line.idle(time.monotonic() + 0.05) or line.record.unasked_bytes, 5, "the banner")
        assert line.ask(say.RA) == 5.5


def test_the_echo_of_our_own_words_is_no_answer() -> None:
    def echoing(frame: bytes) -> list[tuple[float, bytes]]:
        return [(0.0, frame + MOUNT.get(frame, b""))]

    with line_to(echoing) as (line, _):
        greeted(line)
        line.ask(say.HALT)
        assert line.ask(say.RA) == 5.5
        assert line.record.echoed >= 3
        assert line.record.foreign == 0


def test_an_echo_that_comes_back_in_pieces_is_no_answer() -> None:
    with line_to(answers(GR1=[(0.0, b":G"), (0.05, b"R#05"), (0.05, b":30:00#")])) as (line, _):
        assert line.ask(say.RA) == 5.5


def test_a_line_that_only_echoes_says_so() -> None:
    with line_to(lambda frame: [(0.0, frame)]) as (line, _):
        with pytest.raises(NoAnswer):
            line.ask(say.RA)
        assert line.record.echoed >= 1


def test_answers_to_questions_that_nobody_here_asked_are_counted_as_anothers() -> None:
    with line_to(answers()) as (line, device):
        greeted(line)
        for said in (b"05:31:00#", b"+44*00:00#", b"05:32:00#"):
            device.say(said)
            line.idle(time.monotonic() + 0.05)
        assert line.foreign_answers == 3


def test_a_line_that_doubles_everything_is_not_taken_for_another_program() -> None:
    with line_to(lambda frame: [(0.0, MOUNT[frame] * 2)]) as (line, _):
        for _ in range(4):
            greeted(line)
            line.idle(time.monotonic() + 0.02)
        assert line.foreign_answers == 0


def test_the_share_of_bad_answers_is_known() -> None:
    broken = {f"GR{number}": [(0.0, b"0x:30:00#")] for number in range(3, 23)}
    with line_to(answers(**broken)) as (line, _):
        greeted(line)
        assert line.quality == 0.0
        for _ in range(25):
            outcome(line)
        assert line.quality == pytest.approx(0.2, abs=0.05)
        assert line.record.garbled == 20


def test_a_line_with_a_third_of_a_second_each_way_works_and_its_deadline_grows() -> None:
    with line_to(lambda frame: [(0.6, MOUNT[frame])] if frame in MOUNT else [], baud=1200) as (line, _):
        greeted(line)
        short = say.Command(say.OFFSET.sends, say.OFFSET.whole, say.OFFSET.means, 0.1)
        assert line.ask(short).total_seconds() == 5 * 3600


def test_a_lone_digit_is_a_refused_goto_and_takes_no_whole_deadline() -> None:
    with line_to(answers(MS1=[(0.0, b"1")], MS2=[(0.0, b"1Object "), (0.2, b"Below Horizon.#")])) as (line, _):
        begun = time.monotonic()
        with pytest.raises(MountRefused) as refusal:
            line.ask(say.START_GOTO)
        assert time.monotonic() - begun < 1.9
        assert refusal.value.details["words"] == "1"
        with pytest.raises(MountRefused, match="Below"):
            line.ask(say.START_GOTO)


def test_a_stop_is_written_while_the_line_finds_its_place_again() -> None:
    with line_to(answers(GR2=[], GG2=[])) as (line, device):
        greeted(line)
        line.ask(say.OFFSET)
        with pytest.raises(NoAnswer):
            line.ask(say.RA)
        shouted_at = [0.0]

        def shout() -> None:
            shouted_at[0] = time.monotonic()
            line.shout(say.HALT)

        call_when(lambda: frames(device).count(b":GG#") == 2, shout)
        with pytest.raises(LineError):
            line.ask(say.RA)
        halted = next(at for at, frame in device.heard if frame == b":Q#")
        assert halted - shouted_at[0] < 0.25
        assert line.ask(say.RA) == 5.5


def frames(device: Device) -> list[bytes]:
    return [frame for _, frame in device.heard]


def call_when(question: Callable[[], bool], act: Callable[[], None]) -> None:
    def watch() -> None:
        wait_until(question, 10, "the moment to act")
        act()

    threading.Thread(target=watch, daemon=True).start()


class Counting:
    """A mount that numbers its answers, in order, on a line that delays, loses, doubles and cuts them."""

    def __init__(self, seed: int) -> None:
        self._chance, self._free_at = random.Random(seed), 0.0
        self.asked: dict[bytes, int] = {}

    def __call__(self, frame: bytes) -> list[tuple[float, bytes]]:
        self.asked[frame] = self.asked.get(frame, 0) + 1
        whole = b"%s%05d#" % (frame[1:2], self.asked[frame])
        bad = self._chance.randrange(12) if sum(self.asked.values()) > 3 else 12  # it begins well, as lines do
        said = {0: b"", 1: whole * 2, 2: whole[:4]}.get(bad, whole)
        if bad == 12:
            return [(0.0, said)]
        now = time.monotonic()
        self._free_at = max(now, self._free_at + 0.03) + self._chance.choice([0.0, 0.0, 0.01, 0.05, 0.15, 0.3])
        return [(self._free_at - now, said)]


@pytest.mark.parametrize("seed", range(3))
def test_each_answer_is_that_of_this_very_question_on_a_line_that_does_everything_wrong(seed: int) -> None:
    mount, chance = Counting(seed), random.Random(seed + 100)
    questions = {letter: numbered(letter) for letter in (b"A", b"B", b"C")}
    good = 0
    with line_to(mount) as (line, _):
        for question in questions.values():
            line.ask(question)
        until = time.monotonic() + 6
        while time.monotonic() < until:
            letter = chance.choice(list(questions))
            try:
                meant = line.ask(questions[letter])
            except (NoAnswer, GarbledAnswer):
                continue
            assert meant == mount.asked[b"?%s#" % letter], "an answer to an earlier question was taken for this one's"
            good += 1
        assert good >= 3


def numbered(letter: bytes) -> Command[int]:
    form = re.compile(rb"%s(\d{5})#" % letter)

    def means(answer: bytes) -> int:
        if not (found := form.fullmatch(answer)):
            raise garbled("a number", answer)
        return int(found[1])

    return Command(b"?%s#" % letter, until_hash, means, 0.1, landmark=True)


def test_a_line_on_which_every_landmark_is_owed_waits_and_then_works_again() -> None:
    with line_to(answers(GR2=[], GD2=[(2.2, DEC)])) as (line, device):
        greeted(line)
        results = [outcome(line) for _ in range(2)]
        asked = len(device.heard)
        assert results == ["no_answer", "no_answer"]
        assert outcome(line) in ("no_answer", 5.5)
        wait_until(lambda: outcome(line) == 5.5, 12, "a line that works")
        assert frames(device)[asked : asked + 1] in ([b":GD#"], [b":GR#"])
