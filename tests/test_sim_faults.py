"""The simulator's faults are said in words, hold as long as they should, and are the same for the same seed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.fault_words import Fault, Lasts, UnknownFault
from hardware_sim.faults import KNOWN, known_faults, read_fault
from hardware_sim.held import Held
from tests.simulated_mount import ask, exchange

NOT_OF_THE_SIMULATOR = {
    "F20": "two simulators may be given one --by-id and one --usb-name",
    "F21": "permissions and nodes are the test's own affair",
    "F23": "a system call that hangs cannot be played from outside the kernel",
    "F24": "a second program is the test's own affair",
    "F25": "a second service is the test's own affair",
    "F44": "no NexStar yet",
    "F47": "of the JSON API",
    "F49": "signals are the test's own affair",
    "F50": "signals are the test's own affair",
    "F51": "the computer's clock",
    "F52": "the computer's clock",
    "F53": "the computer's clock",
    "F16": "families of their own on the command line: gps, modem, zigbee",
}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("silent", Fault("silent")),
        ("clear", Fault("clear")),
        ("late 2.5", Fault("late", (2.5,))),
        ("cut 3", Fault("cut", (3.0,))),
        (" noise  0.05 ", Fault("noise", (0.05,))),
        ("once silent", Fault("silent", times=1)),
        ("times 3 at Sr late 1", Fault("late", (1.0,), times=3, at=b"Sr")),
        ("stall first", Fault("stall", ("first",))),
        ("hand-box second -2 0.5", Fault("hand-box", ("second", -2.0, 0.5))),
        ("site -33.9 151.2", Fault("site", (-33.9, 151.2))),
        ("replug-as port-1", Fault("replug-as", ("port-1",))),
        ("end silent", Fault("end", ("silent",))),
    ],
)
def test_each_fault_is_read_from_its_words(text: str, fault: Fault) -> None:
    assert read_fault(text) == fault


@pytest.mark.parametrize(
    "text",
    [
        *("", "once", "explode", "once explode"),
        *("late", "late x", "late -1", "late nan", "late inf", "noise 1.5", "silent 3", "late 1 2"),
        *("stall third", "hand-box both 1 1", "hand-box first 21 1", "deaf-to-stop 0", "site 91 0"),
        *("times", "times 0 silent", "times x silent", "times -1 silent", "at", "at Sr"),
        *("once unplug", "once hang", "at MS busy", "once deaf-to-stop 2", "at Sr latency 1"),
    ],
)
def test_other_words_are_refused_with_what_would_be_understood(text: str) -> None:
    with pytest.raises(UnknownFault, match=r"takes|known: .*silent"):
        read_fault(text)


@settings(deadline=None)
@given(text=st.text(max_size=40))
def test_no_words_raise_anything_but_unknown_fault(text: str) -> None:
    try:
        read_fault(text)
    except UnknownFault:
        return
    assert text.split()


def test_every_fault_is_listed_in_one_line_that_fits_a_terminal() -> None:
    for row in KNOWN.values():
        assert known_faults().count(f"\n  {row.line}\n") == 1
        assert len(row.line) <= 110


def test_every_fault_of_line_and_mount_is_played_or_has_its_reason() -> None:
    played = set(re.findall(r"F\d\d", known_faults()))
    wanted = {f"F{number:02d}" for number in range(1, 54)}
    assert wanted - played == set(NOT_OF_THE_SIMULATOR)


def test_clear_ends_every_fault_and_end_ends_one() -> None:
    line = exchange("silent", "late 3", "cut 2", "noise 1", "end silent")
    assert line.held.words == ("late", "cut", "noise")
    line.inflict(read_fault("clear"), 0.0)
    assert line.held.words == ()
    assert ask(line, b":GVP#", 1.0) == b"LX2001#"


def test_once_and_times_count_the_answers_and_then_let_go() -> None:
    line = exchange("times 2 silent")
    assert [ask(line, b":GVP#", float(t)) for t in (1, 2, 3)] == [b"", b"", b"LX2001#"]


def test_a_fault_bound_to_a_command_leaves_the_others_alone() -> None:
    line = exchange("once at Sd silent")
    assert ask(line, b":Sr05:00:00#", 1.0) == b"1"
    assert ask(line, b":Sd+20*00:00#", 2.0) == b""
    assert ask(line, b":Sd+20*00:00#", 3.0) == b"1"


def test_a_fault_said_again_takes_the_place_of_the_first() -> None:
    held = Held()
    held.hold(read_fault("late 3"))
    held.hold(read_fault("late 1"))
    assert held.take("late") == (1.0,)


HOLDING = [row.word for row in KNOWN.values() if row.lasts in (Lasts.TIMES, Lasts.ANSWERS)]
QUESTIONS = (b":GR#", b":GD#", b":GVP#", b":Sr05:00:00#", b":Sd+70*00:00#", b":MS#", b":D#", b":Q#", b"\x06")


def words_of(word: str) -> str:
    return f"{word} 0.3" if KNOWN[word].takes else word


@settings(deadline=None, max_examples=15)
@given(
    words=st.lists(st.sampled_from(HOLDING), min_size=1, max_size=5),
    questions=st.lists(st.tuples(st.sampled_from(QUESTIONS), st.floats(0.0, 1.0)), max_size=6),
    seed=st.integers(0, 9),
)
def test_the_same_seed_and_the_same_bytes_at_the_same_times_give_the_same_answers(
    words: list[str], questions: list[tuple[bytes, float]], seed: int
) -> None:
    heard = []
    for often in (1, 7):
        line, t, answers = exchange(*map(words_of, words), seed=seed), 1.0, bytearray()
        for question, pause in questions:
            line.arrive(question, t)
            for part in range(1, often + 1):
                answers += line.live(t + pause * part / often)
            t += pause
        heard.append(bytes(answers + line.live(t + 12.0)))
    assert heard[0] == heard[1]


def test_another_seed_makes_other_noise_and_one_fault_does_not_change_the_dice_of_another() -> None:
    def answers(*faults: str, seed: int) -> bytes:
        line = exchange(*faults, seed=seed)
        return b"".join(ask(line, b":GVF#", float(t)) for t in range(1, 20))

    noise = answers("noise 0.3", seed=7)
    assert noise == answers("noise 0.3", seed=7)
    assert noise != answers("noise 0.3", seed=8)
    assert noise == answers("noise 0.3", "flip 0", "endless", "end endless", seed=7)
