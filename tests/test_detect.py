"""`clubscope detect`: every family is found by its name on its port, and nothing that is asked does anything to any."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from hardware_sim.exchange import Exchange
from hardware_sim.families import FAMILIES as SIMULATED
from hardware_sim.strangers import STRANGERS
from scope.command import Command
from scope.detect import found
from scope.detect.__main__ import main
from scope.detect.found import What
from scope.detect.hello import hello
from scope.detect.look import look, look_at
from scope.detect.ports import ports
from scope.detect.probes import ALL, MOST_SECONDS, ONLY_ASKS, PLAN, VERSION
from scope.errors import NoAnswer
from scope.line.line import Line
from scope.line.port import Roots
from scope.mounts import FAMILIES
from tests.exchange_port import on_ports
from tests.fleet import KINDS
from tests.scripted_device import Device
from tests.simulated_mount import exchange
from tests.test_line_ports import Farm

T = TypeVar("T")

MOUNTS = [(name, model) for name in SIMULATED if name not in STRANGERS for model in SIMULATED[name].geometry_of]
STRANGE = [(name, name) for name in STRANGERS]
ORDERS = {
    **{f"up to {probe.sends!r}": b"".join(p.sends for p in ALL[: ALL.index(probe) + 1]) for probe in ALL},
    "all speeds": b"".join(probe.sends for _, _, probes in PLAN for probe in probes),
    "after a hand control": b"KG" + VERSION.sends * 2,
}
"""It ends with the first good answer, or goes on to the last speed, heard by all as if it were theirs."""
MOVING_NEEDS = "RrBbSsTWHPMxyYuCQ"
"""The letters by which a hand control moves, sets, syncs, stops, sleeps or forgets its alignment."""


# --- what every byte means to every parser ----------------------------------------------------------------------------


@pytest.mark.parametrize(("family", "model"), MOUNTS + STRANGE, ids=map("-".join, MOUNTS + STRANGE))
def test_no_question_in_any_order_changes_anything_in_any_mount(family: str, model: str) -> None:
    """As if every answer had been lost; beside it lives a twin that nobody speaks to."""
    twin = exchange(family=family, model=model)
    twin.live(3.0)
    is_usual = model == SIMULATED[family].usual_model
    for order, sent in ORDERS.items() if is_usual else [*ORDERS.items()][-2:]:
        asked = exchange(family=family, model=model)
        asked.arrive(sent, 1.0)
        asked.live(3.0)
        assert asked.dialect.mount.truth() == twin.dialect.mount.truth(), order
        assert state(asked.dialect) == state(twin.dialect), order


@pytest.mark.parametrize(("family", "model"), MOUNTS, ids=map("-".join, MOUNTS))
def test_no_question_ends_a_word_that_a_crashed_program_left_half_written(family: str, model: str) -> None:
    """What would move a mount of this family when the first byte of ours completed it."""
    halves = {"lx200": [b":Mn", b":MS", b":hP"], "skywatcher": [b":J1", b":G100"], "ioptron": [b":mn", b":MS1", b":MH"]}
    halves["rainbow"] = [b":Mn", b":MS", b":Ch"]
    for half in halves.get(family, []):
        asked, twin = exchange(family=family, model=model), exchange(family=family, model=model)
        asked.arrive(half, 0.5)
        asked.arrive(ORDERS["all speeds"], 1.0)
        asked.live(3.0)
        twin.live(3.0)
        assert asked.dialect.mount.truth() == twin.dialect.mount.truth(), half


def test_no_letter_of_the_first_questions_is_an_order_to_a_hand_control() -> None:
    for probe in ALL:
        assert not set(probe.sends.decode()) & set(MOVING_NEEDS), probe.sends


@pytest.mark.parametrize(("family", "model"), MOUNTS, ids=map("-".join, MOUNTS))
def test_a_driver_that_only_says_hello_changes_nothing(family: str, model: str) -> None:
    if family not in FAMILIES:
        pytest.skip("no driver yet")
    asked, twin = Virtual(exchange(family=family, model=model)), exchange(family=family, model=model)
    asked.ask(VERSION) if family in ("nexstar", "synscan") else None
    hello(cast(Line, asked), family, time.monotonic() + 60)
    assert asked.sent
    for word in asked.sent:
        assert ONLY_ASKS[family].fullmatch(word), word
    asked.exchange.live(asked.now + 2)
    twin.live(asked.now + 2)
    assert asked.exchange.dialect.mount.truth() == twin.dialect.mount.truth()
    assert state(asked.exchange.dialect) == state(twin.dialect)


@pytest.mark.parametrize(
    ("family", "orders"),
    {
        "lx200": [b":Q#", b":Mn#", b":MS#", b":U#", b":hP#", b":hF#", b":Sr05:00:00#", b":CM#", b":AL#", b":Te#"],
        "nexstar": [b"M", b"r34AB0500,12CE0500", b"T\x02", b"x", b"y", b"P\x02\x10\x24\x09\0\0\0", b"W" + b"\0" * 8],
        "synscan": [b"M", b"R34AB,12CE", b"T\x00", b"P\x02\x10\x24\x09\0\0\0", b"S34AB,12CE"],
        "skywatcher": [b":J1\r", b":F3\r", b":E1000080\r", b":G100\r", b":K1\r", b":L1\r", b":P12\r", b":I16C0200\r"],
        "rainbow": [b":Mn#", b":MS#", b":Ch#", b":Q#", b":Sr05:00:00.0#", b":CtL#", b":Ck083.633+22.014#"],
        "ioptron": [b":mn#", b":MS1#", b":MH#", b":MP1#", b":Q#", b":qD#", b":SRA000000000#", b":ST1#", b":RT0#"],
    }.items(),
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_an_order_is_no_question(family: str, orders: list[bytes]) -> None:
    for order in orders:
        assert not ONLY_ASKS[family].fullmatch(order), order


@pytest.mark.parametrize(
    ("family", "order"), {"lx200": b":RS#", "nexstar": b"T\x00", "synscan": b"T\x00", "skywatcher": b":F3\r"}.items()
)
def test_what_is_compared_shows_an_order(family: str, order: bytes) -> None:
    if family not in SIMULATED:
        pytest.skip("no simulator yet")
    asked, twin = exchange(family=family), exchange(family=family)
    asked.arrive(order, 1.0)
    asked.live(3.0)
    twin.live(3.0)
    assert state(asked.dialect) != state(twin.dialect)


class Virtual:
    """A line to a simulated mount, in its own time; what was sent over it."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange, self.now = exchange, 1.0
        self.sent: list[bytes] = []

    def ask(self, command: Command[T]) -> T:
        self.sent.append(command.sends)
        self.exchange.arrive(command.sends, self.now)
        heard = b""
        for _ in range(200):
            self.now += 0.01
            heard += self.exchange.live(self.now)
            if (length := command.whole(heard)) is not None:
                return command.means(heard[:length])
        raise NoAnswer(f"{command.sends!r}: {heard!r}", heard=repr(heard))


PARSING = (bytes, bytearray, type(None))
MOMENTS = ("t", "now", "_heard_at")
"""When it last heard something."""


def state(thing: Any, seen: frozenset[int] = frozenset()) -> Any:
    """All that an object of the simulator remembers, but the bytes that its parser holds."""
    if id(thing) in seen or isinstance(thing, PARSING) or callable(thing):
        return None
    seen = seen | {id(thing)}
    if isinstance(thing, dict):
        return {repr(key): state(value, seen) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [state(value, seen) for value in thing]
    if not type(thing).__module__.startswith("hardware_sim"):
        return repr(thing) if isinstance(thing, (int, float, str)) else None
    names = [*getattr(thing, "__dict__", {}), *(slot for kind in type(thing).__mro__ for slot in _slots(kind))]
    return type(thing).__name__, {name: state(getattr(thing, name, 0), seen) for name in names if name not in MOMENTS}


def _slots(kind: type) -> Iterator[str]:
    slots = vars(kind).get("__slots__", ())
    yield from [slots] if isinstance(slots, str) else slots


# --- finding ----------------------------------------------------------------------------------------------------------


@pytest.mark.alone
def test_every_mount_of_every_family_is_found_by_its_family_and_speed_all_side_by_side(tmp_path: Path) -> None:
    roots, mounts = Roots(locks=tmp_path), [(member.family, member.model) for member in KINDS]
    with on_ports(*(exchange(family=family, model=model) for family, model in mounts)) as simulated:
        begun = time.monotonic()
        seen = list(look_at([port.path for port in simulated], roots))
        assert time.monotonic() - begun < 3 * MOST_SECONDS, "they were not looked at side by side"
        heard = [port.heard for port in simulated]
    told = [(found.what, found.family, found.baud) for found in seen]
    assert told == [
        (What.MOUNT, family, port.exchange.baud) for (family, _), port in zip(mounts, simulated, strict=True)
    ]
    assert not any(b":U#" in words for words in heard)
    nameless = [mount for mount, found in zip(mounts, seen, strict=True) if found.product is None]
    assert nameless == [("lx200", "classic")]


def test_a_mount_is_called_what_it_calls_itself(tmp_path: Path) -> None:
    with on_ports(exchange(family="lx200", model="autostar"), exchange(family="lx200", model="classic")) as simulated:
        autostar, classic = look_at([port.path for port in simulated], Roots(locks=tmp_path))
    assert (autostar.product, autostar.firmware) == ("Autostar", "43Eg")
    assert 'Autostar, firmware 43Eg: family = "lx200", baud = 9600' in str(autostar)
    assert (classic.what, classic.product) == (What.MOUNT, None)


@pytest.mark.parametrize(
    ("name", "device"), [("gps", "a GPS receiver"), ("modem", "a modem"), ("zigbee", "a Zigbee stick")]
)
def test_a_stranger_is_called_by_its_name(name: str, device: str, tmp_path: Path) -> None:
    with on_ports(exchange(family=name)) as (port,):
        seen = look(port.path, Roots(locks=tmp_path))
    assert (seen.what, seen.words) == (What.STRANGER, f"{device}, no mount")


def test_a_mute_port_takes_no_longer_than_three_seconds(tmp_path: Path) -> None:
    device = Device(lambda _: [])
    try:
        begun = time.monotonic()
        seen = look(device.path, Roots(locks=tmp_path))
        assert time.monotonic() - begun < MOST_SECONDS + 1.0  # of a busy machine
    finally:
        device.unplug()
    assert seen.what is What.SILENT
    assert "nobody answers at 9600, 115200, 19200, 230400 Bd" in seen.words


def test_a_line_that_only_echoes_says_so(tmp_path: Path) -> None:
    device = Device(lambda frame: [(0.0, frame)])
    try:
        assert "only our own words" in look(device.path, Roots(locks=tmp_path)).words
    finally:
        device.unplug()


def test_bad_answers_are_no_mount(tmp_path: Path) -> None:
    answers = (b"K#", b"0#", b"1", b"=0\r", b"12345#", b"\x15", b"+4\xdf0#")
    devices = [Device(lambda _, said=said: [(0.0, said)]) for said in answers]  # type: ignore[misc]
    try:
        seen = list(look_at([device.path for device in devices], Roots(locks=tmp_path)))
    finally:
        for device in devices:
            device.unplug()
    assert What.MOUNT not in {found.what for found in seen}


# --- ports ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def farm(tmp_path: Path) -> Iterator[Farm]:
    farm = Farm(tmp_path)
    yield farm
    farm.close()


def test_each_port_is_named_once_by_what_stays_with_it(farm: Farm) -> None:
    farm.plug("ttyUSB0", by_id="usb-FTDI_A-if00-port0", socket="1-1", serial="A")
    farm.plug("ttyUSB1", by_id="usb-1a86_Serial-if00", by_path="pci-usb-2", socket="1-2")
    farm.plug("ttyUSB2", by_path="pci-usb-3", socket="1-3")  # of the same name, so that it has no link of its own
    farm.plug("ttyACM0")
    farm.plug("ttyS0")
    farm.plug("ttyS1")
    for node, chip in (("ttyS0", "0"), ("ttyS1", "4")):
        folder = farm.roots.sys / "class/tty" / node
        folder.mkdir()
        (folder / "type").write_text(chip + "\n")
    assert ports(farm.roots) == [
        str(farm.roots.dev / "serial/by-path/pci-usb-2"),
        farm.by_id("usb-FTDI_A-if00-port0"),
        farm.node("ttyUSB2"),
        farm.node("ttyACM0"),
        farm.node("ttyS1"),
    ]


def test_a_port_that_another_program_has_is_said_so_and_not_touched(farm: Farm) -> None:
    master = farm.plug("ttyUSB0", by_id="usb-FTDI_A-if00-port0")
    os.set_blocking(master, False)
    farm.lock("ttyUSB0").write_text(f"{os.getppid():10d}\n")
    seen = look(farm.node("ttyUSB0"), farm.roots)
    assert seen.what is What.BUSY
    assert seen.port == farm.by_id("usb-FTDI_A-if00-port0")
    assert re.search(rf"process {os.getppid()} .*; not touched", seen.words)
    with pytest.raises(BlockingIOError):
        os.read(master, 100)


def test_a_port_that_is_not_there_cannot_be_looked_at(farm: Farm) -> None:
    assert look(farm.node("ttyUSB7"), farm.roots).what is What.UNUSABLE


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_tells_a_person_and_a_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roots = Roots(locks=tmp_path)
    with on_ports(exchange(family="lx200")) as (port,):
        assert main([port.path], roots) == 0
        assert 'LX2001, firmware 4.2g: family = "lx200", baud = 9600' in capsys.readouterr().out
        assert main(["--json", port.path], roots) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == [
        {
            "port": port.path,
            "what": "mount",
            "words": 'LX2001, firmware 4.2g: family = "lx200", baud = 9600',
            "family": "lx200",
            "product": "LX2001",
            "firmware": "4.2g",
            "baud": 9600,
        }
    ]


def test_where_no_port_is_it_says_so(farm: Farm, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], farm.roots) == 1
    assert "no serial port" in capsys.readouterr().out


def test_it_is_a_command_of_clubscope() -> None:
    words = [sys.executable, "-m", "web.launch", "detect", "--json", "socket://127.0.0.1:9"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    (told,) = json.loads(done.stdout)
    assert told["what"] == "unusable"


def test_the_words_of_a_device_steer_no_terminal() -> None:
    assert "\x1b" not in str(found.mount("/dev/mount", "lx200", 9600, "\x1b[2J", "1"))
