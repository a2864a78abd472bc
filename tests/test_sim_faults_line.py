"""Each fault of the line does what its row says: slowness, rubbish, deafness; and strangers are no mounts."""

from functools import reduce
from operator import xor

import pytest

from hardware_sim import fault_line
from hardware_sim.exchange import Exchange
from hardware_sim.fault_words import UnknownFault
from hardware_sim.faults import read_fault
from hardware_sim.geometry import GEOMETRIES
from hardware_sim.held import Held
from hardware_sim.mount import Mount
from hardware_sim.mount_clock import MountClock
from hardware_sim.strangers import STRANGERS, Stranger
from hardware_sim.wire import Wire
from tests.simulated_mount import EVENING, KARAGANDA, ask, exchange

PRODUCT = b"LX2001#"


def stranger(family: str) -> Exchange:
    mount = Mount(GEOMETRIES["altaz"], KARAGANDA, MountClock.right(5.0), 4.0, t=0.0, utc_seconds=EVENING)
    return Exchange(Stranger(STRANGERS[family], mount), Wire(9600), Held())


def test_latency_delays_both_ways_and_ends_with_clear() -> None:
    line = exchange("latency 0.3")
    line.arrive(b":GVP#", 1.0)
    assert line.live(1.6) == b""
    assert line.live(1.65) == PRODUCT
    line.inflict(read_fault("clear"), 2.0)
    assert ask(line, b":GVP#", 3.0, 0.1) == PRODUCT


def test_into_a_black_hole_go_stops_too() -> None:
    line = exchange()
    ask(line, b":RS#:Mn#", 1.0, 1.0)
    line.inflict(read_fault("black-hole"), 2.0)
    assert ask(line, b":Q#:GVP#", 2.0, 2.0) == b""
    assert line.dialect.mount.is_slewing()
    line.inflict(read_fault("clear"), 4.0)
    assert ask(line, b":GVP#", 5.0) == PRODUCT


@pytest.mark.parametrize("is_misread", [True, False])
def test_at_the_wrong_speed_nothing_is_obeyed_and_rubbish_comes_back(is_misread: bool) -> None:
    line = exchange() if is_misread else exchange("wrong-baud")
    line.is_misread = is_misread
    heard = b"".join(ask(line, b":RS#:Mn#:GVP#", float(t)) for t in range(1, 20))
    assert not line.dialect.mount.is_slewing()
    assert set(heard) <= set(fault_line.MISREAD)
    assert 3 * 57 <= len(heard) <= 9 * 57
    assert sum(byte >= 0x80 for byte in heard) > len(heard) / 2


def test_misread_bytes_never_begin_or_end_a_command() -> None:
    assert not set(fault_line.MISREAD) & set(b":#\x06\r")


def test_opened_it_is_deaf_while_it_boots_and_then_shows_its_banner() -> None:
    line = exchange("boot 2")
    line.opened(1.0)
    assert ask(line, b":GVP#", 1.5) == b""
    assert line.live(2.9) == b""
    assert line.live(3.2) == fault_line.BANNER
    assert ask(line, b":GVP#", 3.3) == PRODUCT


def test_plugged_in_rubbish_comes_and_the_mount_is_probed_and_none_the_worse() -> None:
    line = exchange("garbage-at-plug")
    line.plugged(1.0)
    assert line.live(1.5) == fault_line.GARBAGE
    assert ask(line, b":GVP#", 2.0) == PRODUCT


def test_without_such_a_fault_opening_and_plugging_change_nothing() -> None:
    line = exchange()
    line.plugged(1.0)
    line.opened(1.0)
    assert line.live(2.0) == b""
    assert ask(line, b":GVP#", 2.0) == PRODUCT


def test_a_gps_mouse_says_where_it_is_every_second_whatever_it_hears() -> None:
    line = stranger("gps")
    heard = b"".join(ask(line, b":GVP#:Q#\x06", t / 4, 0.25) for t in range(12))
    sentences = heard.split(b"\r\n")
    assert len([one for one in sentences if one.startswith(b"$GPRMC,170")]) == 3
    assert b",4948.0000,N,07306.0000,E," in heard
    for sentence in sentences[:-1]:
        text, _, checksum = sentence[1:].partition(b"*")
        assert int(checksum, 16) == reduce(xor, text)


@pytest.mark.parametrize(
    ("line_sent", "answer"),
    [
        (b"AT\r", b"\r\nOK\r\n"),
        (b"at+gcap\r", b"\r\nOK\r\n"),
        (b":GR#\r", b"\r\nERROR\r\n"),
        (b"\r", b""),
        (b":Q#", b""),
    ],
)
def test_a_modem_echoes_and_says_ok_or_error(line_sent: bytes, answer: bytes) -> None:
    assert ask(stranger("modem"), line_sent, 1.0) == line_sent + answer


def test_a_smart_home_stick_chatters_in_frames() -> None:
    line = stranger("zigbee")
    heard = b"".join(line.live(t / 10) for t in range(30))
    assert heard.count(b"\xfe") >= 3
    assert heard.count(b"\x7e") >= 3
    assert b"#" not in heard


@pytest.mark.parametrize("family", sorted(STRANGERS))
def test_nothing_makes_a_stranger_move_or_fail(family: str) -> None:
    line = stranger(family)
    ask(line, b":RS#:Mn#" + bytes(range(256)) * 3, 1.0, 5.0)
    for words in ("hand-park", "low-precision", "blip", "power-cycle", "hour-off", "silent"):
        line.inflict(read_fault(words), 6.0)
    assert line.live(9.0) == b""
    assert not line.dialect.mount.is_slewing()


@pytest.mark.parametrize("words", ["unplug", "replug", "replug-as x", "rst", "fin"])
def test_without_a_port_there_is_no_plug_to_pull(words: str) -> None:
    with pytest.raises(UnknownFault, match="needs a port"):
        exchange().inflict(read_fault(words), 0.0)
