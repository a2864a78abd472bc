"""Mounts behind an adapter in the network: socket:// and rfc2217://, as a serial port in all that matters."""

import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import serial
import serial.rfc2217

from scope.errors import LineLost
from scope.line.line import Line
from scope.mounts.lx200 import words as say
from tests.simulated_mount import SimulatedMount, simulated_mount


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[SimulatedMount]:
    with simulated_mount(tmp_path, tcp=True) as mount:
        yield mount


@contextmanager
def line_at(url: str) -> Iterator[Line]:
    line = Line(url, 9600)
    try:
        line.open()
        yield line
    finally:
        line.dispose()


def test_an_adapter_that_goes_and_comes_back_is_lost_and_met_again(mount: SimulatedMount) -> None:
    with line_at(f"socket://{mount.port}") as line:
        line.ask(say.HALT)
        before = line.ask(say.RA)
        mount.control("unplug")
        with pytest.raises(LineLost) as lost:
            line.idle(time.monotonic() + 10)
        assert lost.value.code == "port_gone"
        with pytest.raises(LineLost) as lost:
            line.open()
        assert lost.value.code == "port_unreachable"
        mount.control("replug")
        line.open()
        assert line.ask(say.RA) == pytest.approx(before, abs=0.01)


def test_a_shout_made_while_the_port_is_gone_is_the_first_word_on_return(mount: SimulatedMount) -> None:
    with line_at(f"socket://{mount.port}") as line:
        line.close()
        line.shout(say.HALT)
        back = time.monotonic()
        line.open()
        line.ask(say.RA)
        heard = b"".join(entry["data"] for entry in mount.trace_since(back) if entry["dir"] == "in")
        assert heard == say.HALT.sends + say.RA.sends


@pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")  # of pyserial 3.5 itself
def test_a_port_of_rfc_2217_carries_questions_and_stops(mount: SimulatedMount) -> None:
    with rfc2217_server(mount.port) as url, line_at(url) as line:
        line.ask(say.HALT)
        assert 0 <= line.ask(say.RA) < 24
        threading.Timer(0.1, line.shout, [say.HALT]).start()
        line.idle(time.monotonic() + 10)
        assert -90 <= line.ask(say.DEC) <= 90
        assert mount.heard().count(say.HALT.sends) == 2


@contextmanager
def rfc2217_server(address: str) -> Iterator[str]:
    """One client, carried to a plain TCP port."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_serve, args=(listening, address, ended))
        thread.start()
        try:
            yield f"rfc2217://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            ended.set()
            thread.join()


def _serve(listening: socket.socket, address: str, ended: threading.Event) -> None:
    client, _ = listening.accept()
    port = serial.serial_for_url(f"socket://{address}", timeout=0)

    class Writer:
        write = client.sendall

    manager = serial.rfc2217.PortManager(port, Writer())
    with client:
        while not ended.is_set():
            if select.select([client], [], [], 0.005)[0]:
                if not (said := client.recv(1024)):
                    break
                port.write(b"".join(manager.filter(said)))
            client.sendall(b"".join(manager.escape(port.read(1024))))
    port.close()
