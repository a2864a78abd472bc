"""What a real mount said can be written down and played back: the same driver then reads the same."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.recorded import HALF_WORD_SECONDS, NoTrace, Replay, read_trace
from scope.clock import Clock
from scope.line.line import Line
from scope.mounts import FAMILIES
from scope.mounts.mount import Identity, Reading
from scope.steering.observatory import Observatory
from tests.simulated_mount import REPOSITORY, simulated_mount, wait_until
from tests.telescopes import settings_for


def line(t: float, direction: str, data: bytes) -> str:
    return json.dumps({"t": t, "dir": direction, "hex": data.hex()})


def conversation(*turns: tuple[bytes, bytes]) -> Replay:
    """A trace in which each question was answered after 0.1 s, one question a second."""
    lines = [line(1.0 * n + 0.1 * (not is_in), "in" if is_in else "out", data) for n, is_in, data in _flat(turns)]
    return Replay(read_trace(lines))


def _flat(turns: tuple[tuple[bytes, bytes], ...]) -> Iterator[tuple[int, bool, bytes]]:
    for number, (asked, answered) in enumerate(turns):
        yield number, True, asked
        if answered:
            yield number, False, answered


# --- with no port -----------------------------------------------------------------------------------------------------


def test_each_question_is_answered_as_it_was_in_order_and_then_as_the_last_time() -> None:
    replay = conversation((b":GR#", b"01:00:00#"), (b":GD#", b"+10#"), (b":GR#", b"02:00:00#"))
    heard = []
    for number in range(3):
        replay.hear(b":GR#", 10.0 + number)
        assert replay.said(10.0 + number + 0.09) == b""
        heard.append(replay.said(10.0 + number + 0.11))
    assert heard == [b"01:00:00#", b"02:00:00#", b"02:00:00#"]


def test_what_was_never_recorded_is_not_answered_and_told() -> None:
    replay = conversation((b":GR#", b"01:00:00#"))
    replay.hear(b":GVP#:GR#", 1.0)
    assert replay.said(2.0) == b"01:00:00#"
    assert replay.unknown == [b":GVP#"]


def test_half_a_question_is_waited_for_but_not_for_ever() -> None:
    replay = conversation((b":GR#", b"01:00:00#"))
    replay.hear(b":G", 1.0)
    replay.hear(b"R#", 1.1)
    assert replay.said(1.3) == b"01:00:00#"
    replay.hear(b":G", 2.0)
    assert replay.next_event() == pytest.approx(2.0 + HALF_WORD_SECONDS)
    assert replay.said(2.0 + HALF_WORD_SECONDS) == b""
    assert replay.unknown == [b":G"]


def test_a_question_that_begins_like_a_longer_one_is_answered_when_nothing_more_comes() -> None:
    replay = conversation((b"K", b"?#"), (b"Kx", b"x#"))
    replay.hear(b"Kx", 1.0)
    assert replay.said(1.2) == b"x#"
    replay.hear(b"K", 2.0)
    replay.said(2.0 + HALF_WORD_SECONDS)
    assert replay.said(3.0) == b"?#"


def test_a_letter_inside_what_was_never_recorded_is_no_question() -> None:
    replay = conversation((b"L", b"0#"))
    replay.hear(b"HL12", 1.0)
    assert (replay.said(2.0), replay.unknown) == (b"", [b"HL12"])


QUESTIONS = st.sampled_from([b":GR#", b":GD#", b":Q#", b"V", b"Kx", b":e1\r"])


@given(st.lists(st.tuples(QUESTIONS, st.binary(max_size=6)), min_size=1, max_size=12), st.data())
def test_the_same_questions_get_the_same_answers_however_they_are_cut(
    turns: list[tuple[bytes, bytes]], data: st.DataObject
) -> None:
    replay = conversation(*turns)
    for number, (asked, answered) in enumerate(turns):
        t, cut = 100.0 * (1 + number), data.draw(st.integers(0, len(asked)))
        replay.hear(asked[:cut], t)
        replay.hear(asked[cut:], t + 0.01)
        assert replay.said(t + 5) == answered
    assert replay.unknown == []


@pytest.mark.parametrize("bad", ["", "{}", "[1]", '{"t": 1, "dir": "up", "hex": "00"}', '{"t": 1, "dir": "in"}'])
def test_a_file_that_is_no_trace_says_in_which_line(bad: str) -> None:
    with pytest.raises(NoTrace, match="line 2"):
        read_trace([line(1.0, "in", b"V"), bad])


# --- as programs ------------------------------------------------------------------------------------------------------


@contextmanager
def running(folder: Path, *words: str) -> Iterator["subprocess.Popen[str]"]:
    pty = folder / "between"
    process = subprocess.Popen(
        [sys.executable, "-m", "hardware_sim", *words, "--pty", str(pty)],
        cwd=REPOSITORY,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until(lambda: pty.exists() or process.poll() is not None, 20, "the port")
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=20)


def read(port: Path, family: str, folder: Path) -> tuple[Identity, list[Reading]]:
    """What our driver makes of it: who it is, and three looks."""
    line = Line(str(port), 9600)
    line.open()
    try:
        mount = FAMILIES[family](line.ask, Observatory(Future(), settings_for(folder), Clock()))
        return mount.greet(), [mount.read() for _ in range(3)]
    finally:
        line.dispose()


@pytest.mark.parametrize("family", ["lx200", "nexstar"])
def test_a_driver_reads_from_the_trace_what_it_read_from_the_mount(family: str, tmp_path: Path) -> None:
    trace = tmp_path / "club.jsonl"
    with simulated_mount(tmp_path, family=family) as mount:
        with running(tmp_path, "record", "--port", mount.port, "--trace", str(trace)):
            lived = read(tmp_path / "between", family, tmp_path)
            time.sleep(0.1)  # the last answer is written down when the line has been quiet
        heard, said = mount.heard(), mount.said()
    told = [json.loads(one) for one in trace.read_text().splitlines()]
    passed = {way: b"".join(bytes.fromhex(one["hex"]) for one in told if one["dir"] == way) for way in ("in", "out")}
    assert passed == {"in": heard, "out": said}
    with running(tmp_path, "replay", str(trace)) as replaying:
        assert read(tmp_path / "between", family, tmp_path) == lived
        replaying.terminate()
        assert replaying.communicate(timeout=20)[1] == ""


def test_a_recorder_of_a_port_that_goes_ends_and_says_so(tmp_path: Path) -> None:
    with (
        simulated_mount(tmp_path) as mount,
        running(tmp_path, "record", "--port", mount.port, "--trace", str(tmp_path / "t")) as recording,
    ):
        mount.control("unplug")
        assert "has gone" in recording.communicate(timeout=20)[1]
        assert recording.returncode == 1


@pytest.mark.parametrize("words", [["record", "--port", "/dev/nothing", "--trace", "t"], ["replay", "nothing.jsonl"]])
def test_what_cannot_be_opened_is_one_sentence(words: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hardware_sim", *words, "--pty", str(tmp_path / "between")]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)


def test_the_recorders_help_says_what_a_trace_gives_away() -> None:
    command = [sys.executable, "-m", "hardware_sim", "record", "--help"]
    told = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert "latitude and longitude" in told
