"""Faults of the plug and the port, on real terminals and sockets: hung, renamed, reset, and seen to be opened."""

import os
import select
import signal
import socket
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware_sim.fault_line import BANNER, GARBAGE, MISREAD
from tests.simulated_mount import SimulatedMount, simulated_mount, wait_until

ENOUGH_SECONDS = 20.0
PRODUCT = b"LX2001#"


@contextmanager
def opened(path: str | Path) -> Iterator[int]:
    line = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        yield line
    finally:
        os.close(line)


def read_until(line: int, end: bytes) -> bytes:
    data, deadline = b"", time.monotonic() + ENOUGH_SECONDS
    while not data.endswith(end):
        assert select.select([line], [], [], max(0.0, deadline - time.monotonic()))[0], f"only {data!r}"
        data += os.read(line, 100)
    return data


def ask(line: int, question: bytes) -> bytes:
    os.write(line, question)
    return read_until(line, b"#")


def is_mute(line: int, for_seconds: float = 0.3) -> bool:
    return not select.select([line], [], [], for_seconds)[0]


def takes_bytes(line: int) -> bool:
    try:
        os.write(line, b"#")
    except BlockingIOError:
        return False
    return True


def test_a_hung_terminal_takes_no_byte_until_it_is_let_go(tmp_path: Path) -> None:
    with simulated_mount(tmp_path) as mount, opened(mount.port) as line:
        assert ask(line, b":GVP#") == PRODUCT
        mount.control("hang")
        assert not takes_bytes(line)
        assert not select.select([], [line], [], 0.2)[1]
        with opened(mount.port) as again:
            assert not takes_bytes(again)
        mount.control("clear")
        assert ask(line, b":GVP#") == PRODUCT
        assert b":GVP#:GVP#" in mount.heard()


def test_a_hung_terminal_stays_hung_over_a_replug_and_under_boot(tmp_path: Path) -> None:
    with simulated_mount(tmp_path, extra=["--fault", "boot 0", "--fault", "hang"]) as mount:
        mount.control("unplug")
        mount.control("replug")
        with opened(mount.port) as line:
            assert not takes_bytes(line)
            mount.control("end hang")
            assert read_until(line, b"ready\r\n") == BANNER


def test_a_hung_tcp_connection_takes_bytes_only_while_there_is_room_for_them(tmp_path: Path) -> None:
    with simulated_mount(tmp_path, tcp=True) as mount, connected(mount) as client:
        client.sendall(b":GVP#")
        assert client.recv(20)
        mount.control("hang")
        client.setblocking(False)
        with pytest.raises(BlockingIOError):
            send_without_end(client)


def send_without_end(client: socket.socket) -> None:
    for _ in range(100_000):
        client.send(b"#" * 1000)


@contextmanager
def connected(mount: SimulatedMount) -> Iterator[socket.socket]:
    host, port = mount.port.split(":")
    with socket.create_connection((host, int(port)), ENOUGH_SECONDS) as client:
        yield client


def test_replugged_as_another_node_its_by_id_link_leads_there(tmp_path: Path) -> None:
    by_id = tmp_path / "by-id"
    with simulated_mount(tmp_path, extra=["--by-id", str(by_id), "--usb-name", "usb-mount"]) as mount:
        link, first = by_id / "usb-mount", Path(mount.port)
        assert Path(os.readlink(link)).name == first.name
        mount.control("replug-as port-1")
        assert not first.is_symlink()
        assert (by_id / os.readlink(link)).resolve() == (first.parent / "port-1").resolve()
        with opened(link) as line:
            assert ask(line, b":GVP#") == PRODUCT
        with simulated_mount(tmp_path / "other", extra=["--usb-name", "usb-gps", "--by-id", str(by_id)]) as other:
            assert sorted(path.name for path in by_id.iterdir()) == ["usb-gps", "usb-mount"]
            other.control("unplug")
            assert [path.name for path in by_id.iterdir()] == ["usb-mount"]
        mount.control("unplug")
        assert list(by_id.iterdir()) == []
        mount.control("replug-as port")
        with opened(link) as line:
            assert ask(line, b":GVP#") == PRODUCT
    assert list(by_id.iterdir()) == []


@pytest.mark.parametrize("name", ["../port-1", "a/b", "..", "."])
def test_another_name_is_a_name_and_no_path(tmp_path: Path, name: str) -> None:
    with simulated_mount(tmp_path) as mount:
        assert mount._tell(f"replug-as {name}").startswith("error replug-as")
        with opened(mount.port) as line:
            assert ask(line, b":GVP#") == PRODUCT


def test_each_opening_of_a_terminal_resets_it_and_ends_in_a_banner(tmp_path: Path) -> None:
    with simulated_mount(tmp_path, extra=["--fault", "boot 0.4"]) as mount:
        for _ in range(2):
            with opened(mount.port) as line:
                wait_until(lambda: not mute_once(mount), ENOUGH_SECONDS, "the opening to be seen")
                os.write(line, b":GVP#")
                begun = time.monotonic()
                assert read_until(line, b"ready\r\n") == BANNER
                assert time.monotonic() - begun > 0.1
                assert ask(line, b":GVP#") == PRODUCT
            time.sleep(0.1)


def mute_once(mount: SimulatedMount) -> bool:
    """Two truths apart the loop has surely turned once more."""
    before = mount.truth()["t"]
    wait_until(lambda: mount.truth()["t"] > before + 0.05, ENOUGH_SECONDS, "a turn of the loop")
    return False


def test_each_tcp_connection_resets_it_too(tmp_path: Path) -> None:
    with simulated_mount(tmp_path, tcp=True, extra=["--fault", "boot 0.2"]) as mount, connected(mount) as client:
        assert read_until(client.fileno(), b"ready\r\n") == BANNER
        assert ask(client.fileno(), b":GVP#") == PRODUCT


def test_rubbish_waits_for_whoever_opens_the_port_after_a_replug(tmp_path: Path) -> None:
    with simulated_mount(tmp_path, extra=["--fault", "garbage-at-plug"]) as mount:
        mount.control("unplug")
        mount.control("replug")
        with opened(mount.port) as line:
            assert read_until(line, GARBAGE).endswith(GARBAGE)
            while not is_mute(line):
                assert set(os.read(line, 100)) <= set(GARBAGE)
            assert ask(line, b":GVP#") == PRODUCT


@pytest.mark.parametrize(("word", "is_reset"), [("rst", True), ("fin", False)])
def test_a_connection_ends_with_a_reset_or_a_farewell_and_the_next_is_taken(
    tmp_path: Path, word: str, is_reset: bool
) -> None:
    with simulated_mount(tmp_path, tcp=True) as mount:
        with connected(mount) as client:
            assert ask(client.fileno(), b":GVP#") == PRODUCT
            mount.control(word)
            if is_reset:
                with pytest.raises(ConnectionResetError):
                    client.recv(10)
            else:
                assert client.recv(10) == b""
        with connected(mount) as client:
            assert ask(client.fileno(), b":GVP#") == PRODUCT


def test_connections_are_turned_away_until_cleared(tmp_path: Path) -> None:
    with simulated_mount(tmp_path, tcp=True, extra=["--fault", "turn-away"]) as mount:
        for _ in range(3):
            with connected(mount) as client:
                assert client.recv(10) == b""
        mount.control("clear")
        with connected(mount) as client:
            assert ask(client.fileno(), b":GVP#") == PRODUCT


@pytest.mark.parametrize(
    ("tcp", "words"), [(False, "rst"), (False, "fin"), (False, "turn-away"), (True, "replug-as port-1")]
)
def test_a_fault_of_another_kind_of_port_is_refused_in_words(tmp_path: Path, tcp: bool, words: str) -> None:
    with simulated_mount(tmp_path, tcp=tcp) as mount:
        assert mount._tell(words).startswith(f"error {words}: ")
        assert mount._tell("faults") == ""
        assert mount._tell("truth").startswith("{")


def test_a_client_at_another_speed_gets_rubbish_where_the_speed_is_minded(tmp_path: Path) -> None:
    with simulated_mount(tmp_path, extra=["--strict-baud", "--baud", "19200"]) as mount, opened(mount.port) as line:
        set_speed(line, termios.B9600)
        os.write(line, b":GVP#")
        assert not is_mute(line, ENOUGH_SECONDS)
        assert set(os.read(line, 1)) <= set(MISREAD)
        set_speed(line, termios.B19200)
        wait_until(lambda: is_mute(line) or not os.read(line, 100), ENOUGH_SECONDS, "the end of the rubbish")
        assert ask(line, b"#:GVP#") == PRODUCT


def set_speed(line: int, speed: int) -> None:
    settings = termios.tcgetattr(line)
    settings[4] = settings[5] = speed
    termios.tcsetattr(line, termios.TCSANOW, settings)


def test_a_stranger_can_stand_where_the_mount_was(tmp_path: Path) -> None:
    with simulated_mount(tmp_path) as mount:
        mount.control("replug-as port-1")
        with (
            simulated_mount(tmp_path / "gps", family="gps", extra=["--pty", mount.port]) as other,
            opened(mount.port) as line,
        ):
            assert other.port == mount.port
            assert read_until(line, b"\r\n").startswith(b"$GPRMC,")


def test_stopped_by_a_signal_it_does_not_catch_up_if_so_wished(tmp_path: Path) -> None:
    with simulated_mount(tmp_path, extra=["--no-time-jump"]) as mount:
        before = mount.truth()
        mount.process.send_signal(signal.SIGSTOP)
        time.sleep(1.5)
        mount.process.send_signal(signal.SIGCONT)
        after = mount.truth()
        assert after["t"] - before["t"] > 1.4
        assert 0.0 <= (seconds(after) - seconds(before)) < after["t"] - before["t"] - 0.9


def seconds(truth: dict[str, str]) -> float:
    return float(truth["utc"][17:23]) + 60.0 * float(truth["utc"][14:16])
