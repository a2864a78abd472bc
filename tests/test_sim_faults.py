"""The simulator's faults spoil what they say they spoil, the same way for the same seed, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.faults import Fault, Faults, UnknownFault, read_fault
from hardware_sim.reply import Reply
from hardware_sim.wire import THINK_SECONDS, Wire

ANSWER = b"05:30:00#"


def faults(*words: str, seed: int = 1) -> Faults:
    chosen = Faults(seed)
    for word in words:
        chosen.set(read_fault(word))
    return chosen


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("silent", Fault("silent")),
        ("clear", Fault("clear")),
        ("late 2.5", Fault("late", 2.5)),
        ("cut 3", Fault("cut", 3.0)),
        (" noise  0.05 ", Fault("noise", 0.05)),
        ("unplug", Fault("unplug")),
        ("replug", Fault("replug")),
        ("power-cycle", Fault("power-cycle")),
    ],
)
def test_each_fault_is_read_from_its_words(text: str, fault: Fault) -> None:
    assert read_fault(text) == fault


@pytest.mark.parametrize(
    "text", ["", "late", "late x", "late -1", "late nan", "late inf", "noise 1.5", "silent 3", "explode"]
)
def test_other_words_are_refused_with_what_would_be_understood(text: str) -> None:
    with pytest.raises(UnknownFault, match=r"takes|known: .*silent"):
        read_fault(text)


def test_with_no_fault_every_byte_passes() -> None:
    assert faults().spoil(ANSWER) == ANSWER


def test_a_silent_mount_says_nothing_until_cleared() -> None:
    spoiling = faults("silent")
    assert spoiling.spoil(ANSWER) == b""
    spoiling.clear()
    assert spoiling.spoil(ANSWER) == ANSWER


def test_a_reply_is_cut_short_to_so_many_bytes() -> None:
    assert faults("cut 4").spoil(ANSWER) == b"05:3"
    assert faults("cut 0").spoil(ANSWER) == b""
    assert faults("cut 100").spoil(ANSWER) == ANSWER


def test_clear_ends_every_fault_of_the_bytes() -> None:
    spoiling = faults("silent", "late 3", "cut 2", "noise 1", "clear")
    assert spoiling.spoil(ANSWER) == ANSWER
    assert spoiling.late_seconds == 0.0


def test_noise_spoils_about_as_many_bytes_as_its_rate_says() -> None:
    spoiling = faults("noise 0.05")
    spoiled = sum(spoiling.spoil(b"5") != b"5" for _ in range(20000))
    assert 0.04 < spoiled / 20000 < 0.06


def test_the_same_seed_makes_the_same_noise() -> None:
    once, again, other = (faults("noise 0.3", seed=seed) for seed in (7, 7, 8))
    heard = [spoiling.spoil(ANSWER * 20) for spoiling in (once, again, other)]
    assert heard[0] == heard[1]
    assert heard[0] != heard[2]


def drain(wire: Wire, until: float, step: float = 0.0001) -> list[tuple[float, bytes]]:
    runs, t = [], 0.0
    while t < until:
        if passed := wire.passed(t):
            runs.append((t, passed))
        t += step
    return runs


@given(baud=st.sampled_from([1200, 2400, 9600, 19200]), length=st.integers(1, 30))
def test_bytes_take_their_time_in_both_directions(baud: int, length: int) -> None:
    wire = Wire(baud)
    wire.arrive(b"x" * length, 1.0)
    assert wire.heard(1.0 + 9.99 / baud) is None
    heard = [wire.heard(100.0) for _ in range(length)]
    assert heard[-1] is not None
    last = heard[-1][0]
    assert last == pytest.approx(1.0 + length * 10 / baud)
    wire.answer(Reply(b"y" * length), last)
    whole = last + THINK_SECONDS + length * 10 / baud
    assert len(wire.passed(whole - 0.5 * 10 / baud)) == length - 1
    assert len(wire.passed(whole + 1e-6)) == 1


def test_replies_queue_behind_each_other_and_a_late_part_comes_late() -> None:
    wire = Wire(9600)
    wire.answer(Reply(b"1Updating#"), 0.0)
    wire.answer(Reply(b"   #", after_seconds=0.5), 0.0)
    runs = drain(wire, 0.6)
    assert b"".join(data for _, data in runs) == b"1Updating#   #"
    assert runs[9][0] < 0.02
    assert runs[10][0] >= 0.5


def test_a_new_line_speed_holds_from_the_next_byte_on() -> None:
    wire = Wire(1200)
    wire.answer(Reply(b"1", then_baud=9600), 0.0)
    wire.answer(Reply(b"2"), 0.0)
    first, second = drain(wire, 0.1)
    assert first[0] == pytest.approx(THINK_SECONDS + 10 / 1200, abs=2e-4)
    assert second[0] - first[0] == pytest.approx(10 / 9600, abs=2e-4)


def test_pulling_the_plug_loses_what_was_under_way() -> None:
    wire = Wire(9600)
    wire.arrive(b":GR#", 0.0)
    wire.answer(Reply(ANSWER), 0.0)
    wire.cut()
    assert wire.next_event() is None
    assert wire.passed(100.0) == b""
    assert wire.heard(100.0) is None
