"""hardware-sim as a program: a real terminal or TCP port, plugs, records, the control socket, and a clean end."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.simulated_mount import REPOSITORY, SimulatedMount, simulated_mount, wait_until

ENOUGH_SECONDS = 20.0
QUESTION_AND_ANSWER_BYTES = len(b":GR#" + b"05:30:00#")


@contextmanager
def opened(mount: SimulatedMount) -> Iterator[int]:
    """The client's end of the terminal, as a bare file descriptor."""
    line = os.open(mount.port, os.O_RDWR | os.O_NOCTTY)
    try:
        yield line
    finally:
        os.close(line)


def read_until(line: int, end: bytes, within_seconds: float = ENOUGH_SECONDS) -> bytes:
    data, deadline = b"", time.monotonic() + within_seconds
    while not data.endswith(end):
        assert select.select([line], [], [], max(0.0, deadline - time.monotonic()))[0], f"only {data!r}"
        data += os.read(line, 100)
    return data


def ask(line: int, question: bytes) -> bytes:
    os.write(line, question)
    return read_until(line, b"#")


def is_mute(line: int, question: bytes, for_seconds: float = 0.3) -> bool:
    os.write(line, question)
    return not select.select([line], [], [], for_seconds)[0]


def seconds_for_ten_questions(tmp_path: Path, baud: int) -> float:
    with simulated_mount(tmp_path / str(baud), extra=["--baud", str(baud)]) as mount, opened(mount) as line:
        begun = time.monotonic()
        for _ in range(10):
            assert len(ask(line, b":GR#")) == 9
        return time.monotonic() - begun


def test_a_slow_line_is_as_much_slower_as_its_baud_rate(tmp_path: Path) -> None:
    slow, fast = (seconds_for_ten_questions(tmp_path, baud) for baud in (1200, 9600))
    assert slow > 10 * QUESTION_AND_ANSWER_BYTES * 10 / 1200
    assert fast > 10 * QUESTION_AND_ANSWER_BYTES * 10 / 9600
    assert slow > 3 * fast


def test_an_answer_comes_byte_by_byte(tmp_path: Path) -> None:
    with simulated_mount(tmp_path, extra=["--baud", "300"]) as mount, opened(mount) as line:
        os.write(line, b":GVP#")
        read_until(line, b"L")
        first = time.monotonic()
        read_until(line, b"#")
        assert time.monotonic() - first > 3 * 10 / 300


def test_the_link_is_there_while_it_runs_and_gone_afterwards(tmp_path: Path) -> None:
    with simulated_mount(tmp_path) as mount:
        assert Path(mount.port).is_symlink()
        assert os.readlink(mount.port).startswith("/dev/pts/")
    assert not Path(mount.port).is_symlink()
    assert not (mount.folder / "control.sock").exists()


def test_a_link_left_over_from_a_killed_run_is_replaced(tmp_path: Path) -> None:
    with simulated_mount(tmp_path) as mount:
        mount.process.kill()
        mount.process.wait()
        assert Path(mount.port).is_symlink()
        with simulated_mount(tmp_path) as next_mount, opened(next_mount) as line:
            assert ask(line, b":GVP#") == b"LX2001#"


def test_it_plays_on_tcp_too_for_one_client_at_a_time(tmp_path: Path) -> None:
    with simulated_mount(tmp_path, tcp=True) as mount:
        host, port = mount.port.split(":")
        with socket.create_connection((host, int(port)), ENOUGH_SECONDS) as client:
            assert ask(client.fileno(), b":GVP#") == b"LX2001#"
            with socket.create_connection((host, int(port)), ENOUGH_SECONDS) as second:
                assert second.recv(10) == b""
            assert ask(client.fileno(), b":GVP#") == b"LX2001#"
        with socket.create_connection((host, int(port)), ENOUGH_SECONDS) as later:
            assert ask(later.fileno(), b":GVP#") == b"LX2001#"
            mount.control("unplug")
            assert later.recv(10) == b""
        mount.control("replug")
        with socket.create_connection((host, int(port)), ENOUGH_SECONDS) as again:
            assert ask(again.fileno(), b":GVP#") == b"LX2001#"


def test_unplugged_its_port_is_gone_and_replugged_it_is_back_under_the_same_name(tmp_path: Path) -> None:
    with simulated_mount(tmp_path) as mount:
        with opened(mount) as line:
            mount.control("unplug")
            assert not Path(mount.port).is_symlink()
            assert hung_up(line)
        mount.control("unplug")
        mount.control("replug")
        with opened(mount) as line:
            assert ask(line, b":GVP#") == b"LX2001#"


def hung_up(line: int) -> bool:
    try:
        return os.read(line, 10) == b""
    except OSError:
        return True


def test_an_unplugged_mount_goes_on_moving(tmp_path: Path) -> None:
    with simulated_mount(tmp_path, extra=["--slew-rate", "2"]) as mount:
        with opened(mount) as line:
            os.write(line, b":RS#:Mn#")
            mount.wait_until(lambda truth: truth["slewing"])
        mount.control("unplug")
        height = mount.truth()["alt_degrees"]
        mount.wait_until(lambda truth: truth["alt_degrees"] > height + 3.0)


def test_a_silent_mount_still_obeys(tmp_path: Path) -> None:
    with simulated_mount(tmp_path) as mount, opened(mount) as line:
        mount.control("silent")
        assert is_mute(line, b":GVP#")
        os.write(line, b":RS#:Mn#")
        mount.wait_until(lambda truth: truth["slewing"])
        os.write(line, b":Q#")
        mount.wait_until(lambda truth: not truth["slewing"])
        mount.control("clear")
        assert ask(line, b":GVP#") == b"LX2001#"


def test_a_late_answer_comes_late_and_a_cut_one_in_part(tmp_path: Path) -> None:
    with simulated_mount(tmp_path, extra=["--fault", "late 0.4"]) as mount, opened(mount) as line:
        begun = time.monotonic()
        assert ask(line, b":GVP#") == b"LX2001#"
        assert time.monotonic() - begun > 0.4
        mount.control("clear")
        mount.control("cut 3")
        os.write(line, b":GVP#")
        assert read_until(line, b"LX2") == b"LX2"
        assert is_mute(line, b"", 0.2)


def test_a_power_cycle_is_seen_from_outside(tmp_path: Path) -> None:
    with simulated_mount(tmp_path) as mount, opened(mount) as line:
        assert len(ask(line, b":GR#")) == 9
        mount.control("power-cycle")
        assert is_mute(line, b":GR#")
        wait_until(lambda: not is_mute(line, b"#:GW#", 2.0), ENOUGH_SECONDS, "the mount to boot")
        assert read_until(line, b"#") == b"AN0#"
        assert len(ask(line, b":GR#")) == 8
        assert ask(line, b":GA#") == b"+00\xdf00#"


@pytest.mark.parametrize(("geometry", "letter"), [("altaz", b"A"), ("fork", b"P"), ("german", b"P")])
def test_model_and_geometry_are_chosen_apart(tmp_path: Path, geometry: str, letter: bytes) -> None:
    with simulated_mount(tmp_path, model="autostar", geometry=geometry) as mount, opened(mount) as line:
        assert ask(line, b":GVP#") == b"Autostar#"
        os.write(line, b"\x06")
        assert read_until(line, letter) == letter


def test_the_trace_has_every_run_of_bytes_with_its_time(tmp_path: Path) -> None:
    with simulated_mount(tmp_path) as mount, opened(mount) as line:
        begun = time.monotonic()
        ask(line, b":GVP#")
        ask(line, b":GVN#")
        wait_until(lambda: len(mount.trace()) == 4, ENOUGH_SECONDS, "the trace")
        trace = mount.trace()
        assert [(run["dir"], run["data"]) for run in trace] == [
            ("in", b":GVP#"),
            ("out", b"LX2001#"),
            ("in", b":GVN#"),
            ("out", b"4.2g#"),
        ]
        times = [run["t"] for run in trace]
        assert begun <= times[0]
        assert times == sorted(times)
        assert times[1] - times[0] >= 6 * 10 / 9600
        assert json.loads((mount.folder / "trace.jsonl").read_text().splitlines()[0]).keys() == {"t", "dir", "hex"}


def test_a_stop_that_cuts_in_over_an_answer_is_timed_by_itself(tmp_path: Path) -> None:
    with simulated_mount(tmp_path, extra=["--baud", "300"]) as mount, opened(mount) as line:
        os.write(line, b":GVP#")
        read_until(line, b"L")
        before = time.monotonic()
        os.write(line, b":Q#")
        read_until(line, b"#")
        wait_until(lambda: len(mount.trace()) == 4, ENOUGH_SECONDS, "the trace")
        runs = mount.trace()
        assert [run["dir"] for run in runs] == ["in", "out", "in", "out"]
        assert runs[2]["data"] == b":Q#"
        assert before <= runs[2]["t"] < before + 5.0
        assert mount.said() == b"LX2001#"


def test_the_truth_tells_where_the_tube_points_fifty_times_a_second(tmp_path: Path) -> None:
    offset = 5 * 3600.0
    with simulated_mount(tmp_path, extra=["--clock-offset", str(offset)]) as mount:
        wait_until(lambda: len(mount.truths()) > 60, ENOUGH_SECONDS, "a second of truth")
        lines = mount.truths()
        assert lines[0].keys() == {
            "t",
            "utc",
            "ra_hours",
            "dec_degrees",
            "alt_degrees",
            "az_degrees",
            "axis_degrees",
            "axis_rates_deg_s",
            "slewing",
            "motion",
            "tracking",
            "parked",
            "geometry",
            "tipped",
            "pier_side",
            "stops_heard",
            "stops_ignored",
        }
        assert 0.019 < (lines[-1]["t"] - lines[0]["t"]) / (len(lines) - 1) < 0.1
        told = datetime.fromisoformat(lines[-1]["utc"])
        assert abs((told - datetime.now(UTC)).total_seconds() - offset) < 30.0
        assert lines[-1]["alt_degrees"] == pytest.approx(45.0, abs=0.1)
        assert lines[-1]["slewing"] is False
        assert 0.0 < lines[-1]["axis_rates_deg_s"][0] < 0.01


def test_the_control_socket_says_what_it_did_not_understand(tmp_path: Path) -> None:
    with simulated_mount(tmp_path) as mount:
        assert mount._tell("explode").startswith("error unknown fault 'explode'; known: ")
        assert mount._tell("late soon").startswith("error late takes SECONDS")
        assert mount._tell("clear") == "ok"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    ready = tmp_path / "ready"
    arguments = ["lx200", "--pty", str(tmp_path / "port"), "--ready-file", str(ready)]
    with started(arguments) as process:
        wait_until(ready.exists, ENOUGH_SECONDS, "the start")
        process.send_signal(number)
        _, errors = process.communicate(timeout=ENOUGH_SECONDS)
        assert (process.returncode, errors) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["temma", "--pty", "x"], b"invalid choice: 'temma'"),
        (["lx200"], b"one of the arguments --pty --tcp is required"),
        (["lx200", "--tcp", "localhost"], b"'localhost' is not HOST:PORT"),
        (["lx200", "--pty", "x", "--latitude", "91"], b"91 is not between -90 and 90 degrees"),
        (["lx200", "--pty", "x", "--baud", "fast"], b"'fast' is not a number"),
        (["lx200", "--pty", "x", "--latitude", "nan"], b"nan is not between"),
        (["lx200", "--pty", "x", "--fault", "explode"], b"unknown fault 'explode'"),
        (["lx200", "--pty", "/nowhere/at/all/port"], b"/nowhere/at/all"),
    ],
)
def test_wrong_arguments_end_in_one_clear_line(tmp_path: Path, arguments: list[str], words: bytes) -> None:
    with started(arguments) as process:
        _, errors = process.communicate(timeout=ENOUGH_SECONDS)
    assert process.returncode in (1, 2)
    assert words in errors
    assert b"Traceback" not in errors


def test_it_does_not_overwrite_a_file_with_its_link(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("observations", encoding="utf-8")
    with started(["lx200", "--pty", str(precious)]) as process:
        process.communicate(timeout=ENOUGH_SECONDS)
    assert process.returncode == 1
    assert precious.read_text(encoding="utf-8") == "observations"


@contextmanager
def started(arguments: list[str]) -> "Iterator[subprocess.Popen[bytes]]":
    command = [sys.executable, "-m", "hardware_sim", *arguments]
    with subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def test_the_terminal_changes_no_byte(tmp_path: Path) -> None:
    with simulated_mount(tmp_path) as mount, opened(mount) as line:
        assert not termios.tcgetattr(line)[3] & (termios.ECHO | termios.ICANON)
        every_byte = bytes(byte for byte in range(256) if byte not in (6, ord(":")))
        os.write(line, every_byte)
        wait_until(lambda: len(mount.heard()) == 254, ENOUGH_SECONDS, "the bytes")
        assert mount.heard() == every_byte
