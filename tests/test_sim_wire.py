"""The simulated line is as slow as its speed says, and keeps every reply in its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.reply import Reply
from hardware_sim.wire import THINK_SECONDS, Wire

ANSWER = b"05:30:00#"


def drain(wire: Wire, until: float, step: float = 0.0001) -> list[tuple[float, bytes]]:
    runs, t = [], 0.0
    while t < until:
        if passed := wire.passed(t):
            runs.append((t, passed))
        t += step
    return runs


@settings(deadline=None)
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


def test_a_reply_put_aside_holds_up_none_behind_it_and_breaks_into_none() -> None:
    wire = Wire(9600)
    wire.answer(Reply(b"stale#", after_seconds=0.5, is_aside=True), 0.0)
    wire.answer(Reply(b"early#"), 0.1)
    assert wire.passed(0.4) == b"early#"
    wire.answer(Reply(b"x" * 100), 0.45)
    assert wire.passed(0.7) == b"x" * 100 + b"stale#"


def test_a_gap_stands_before_every_byte() -> None:
    wire = Wire(9600)
    wire.answer(Reply(b"abc", gap_seconds=0.2), 0.0)
    assert [data for _, data in drain(wire, 1.0)] == [b"a", b"b", b"c"]


def test_latency_counts_both_ways() -> None:
    wire = Wire(9600)
    wire.latency_seconds = 0.3
    wire.arrive(b"x", 0.0)
    assert wire.heard(0.3) is None
    heard = wire.heard(0.31)
    assert heard is not None
    wire.answer(Reply(b"y"), heard[0])
    assert wire.passed(0.6) == b""
    assert wire.passed(0.61) == b"y"
