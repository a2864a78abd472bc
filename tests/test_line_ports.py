"""Finding, locking, opening and letting go of a port: link farms on pseudo-terminals, and a kernel that hangs."""

import fcntl
import os
import subprocess
import sys
import termios
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import serial

from scope.command import until_hash
from scope.errors import LineLost, ScopeError
from scope.line.line import Line
from scope.line.port import Roots, opening
from scope.line.port import port as port_module
from scope.line.port.finding import find
from scope.line.port.lock import holder_of
from scope.line.port.opening import unusable
from scope.line.port.patience import Patience
from scope.mounts.lx200 import words as say
from tests.simulated_mount import wait_until


class Farm:
    """A /dev, a /sys and a /run/lock of our own; adapters are links to pseudo-terminals."""

    def __init__(self, folder: Path) -> None:
        self.roots = Roots(folder / "dev", folder / "sys", Path("/proc"), folder / "lock")
        for part in ("dev/serial/by-id", "dev/serial/by-path", "sys/class/tty", "lock"):
            (folder / part).mkdir(parents=True)
        self.masters: dict[str, int] = {}
        self._slaves: list[int] = []

    def plug(self, node: str, by_id: str | None = None, by_path: str | None = None, **usb: str) -> int:
        """The master's end of a fresh terminal under /dev/`node` and its lasting names."""
        master, slave = os.openpty()
        tty.setraw(slave)
        self._slaves.append(slave)
        self.masters[node] = master
        _link(self.roots.dev / node, os.ttyname(slave))
        for kind, name in (("by-id", by_id), ("by-path", by_path)):
            if name:
                _link(self.roots.dev / "serial" / kind / name, f"../../{node}")
        if usb:
            self._on_usb(node, **usb)
        return master

    def unplug(self, node: str) -> None:
        for link in [self.roots.dev / node, *self.roots.dev.glob("serial/*/*")]:
            if link.is_symlink() and (link.name == node or link.readlink().name == node):
                link.unlink()
        device = self.roots.sys / "class/tty" / node
        if device.exists():
            (device / "device").unlink()
            device.rmdir()

    def by_id(self, name: str) -> str:
        return str(self.roots.dev / "serial/by-id" / name)

    def node(self, name: str) -> str:
        return str(self.roots.dev / name)

    def _on_usb(self, node: str, socket: str, serial: str = "", vendor: str = "1a86", product: str = "7523") -> None:
        device = self.roots.sys / "devices/usb1" / socket
        interface = device / f"{socket}:1.0" / node
        interface.mkdir(parents=True, exist_ok=True)
        (interface.parent / "bInterfaceNumber").write_text("00\n")
        for name, word in (("idVendor", vendor), ("idProduct", product), ("serial", serial)):
            if word:
                (device / name).write_text(word + "\n")
        (self.roots.sys / "class/tty" / node).mkdir()
        (self.roots.sys / "class/tty" / node / "device").symlink_to(interface)

    def lock(self, node: str) -> Path:
        """A pseudo-terminal's own name; a real device has its file named after /dev."""
        return self.roots.locks / f"LCK..pts_{(self.roots.dev / node).resolve().name}"

    def stuff(self, node: str) -> None:
        """Until it takes nothing more; what it has taken moves on for a moment."""
        end = os.open(self.node(node), os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        refusals = 0
        while refusals < 5:
            try:
                os.write(end, b"x" * 1000)
                refusals = 0
            except BlockingIOError:
                refusals += 1
                time.sleep(0.02)  # the kernel moves it on behind our back; there is nothing to poll for
        os.close(end)

    def close(self) -> None:
        for end in [*self.masters.values(), *self._slaves]:
            os.close(end)


def _link(path: Path, target: str) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)


@pytest.fixture
def farm(tmp_path: Path) -> Iterator[Farm]:
    farm = Farm(tmp_path)
    yield farm
    farm.close()


@pytest.fixture
def lines() -> Iterator[list[Line]]:
    opened: list[Line] = []
    yield opened
    for line in opened:
        line.dispose()


def code_of(act: object) -> str:
    with pytest.raises(ScopeError) as refused:
        act()  # type: ignore[operator]
    return refused.value.code


def heard(master: int, within_seconds: float = 5.0) -> bytes:
    os.set_blocking(master, False)
    said = bytearray()

    def some() -> bool:
        with suppress(BlockingIOError):
            said.extend(os.read(master, 4096))
        return bool(said)

    wait_until(some, within_seconds, "bytes from the line")
    return bytes(said)


# --- finding ----------------------------------------------------------------------------------------------------------


def test_a_by_id_name_is_followed_to_the_number_of_today(farm: Farm, lines: list[Line]) -> None:
    farm.plug("ttyUSB0", by_id="usb-Mount-port0", socket="1-1", serial="A1")
    line = Line(farm.by_id("usb-Mount-port0"), 9600, farm.roots)
    lines.append(line)
    line.open()
    line.close()
    farm.unplug("ttyUSB0")
    assert code_of(line.open) == "port_missing"
    stranger = farm.plug("ttyUSB0", by_id="usb-GPS-port0", socket="1-2", serial="B2")
    mount = farm.plug("ttyUSB1", by_id="usb-Mount-port0", socket="1-3", serial="A1")
    line.open()
    line.ask(say.HALT)
    assert heard(mount).startswith(b":Q#")
    os.set_blocking(stranger, False)
    with pytest.raises(BlockingIOError):
        os.read(stranger, 100)


def test_a_number_that_another_device_has_now_is_refused(farm: Farm, lines: list[Line]) -> None:
    farm.plug("ttyUSB0", by_id="usb-Mount-port0", socket="1-1", serial="A1")
    line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
    lines.append(line)
    line.open()
    line.close()
    farm.unplug("ttyUSB0")
    farm.plug("ttyUSB0", by_id="usb-GPS-port0", socket="1-1", serial="B2")
    assert code_of(line.open) == "port_changed"


def test_a_number_that_another_device_has_now_is_left_for_the_number_the_mount_has(
    farm: Farm, lines: list[Line]
) -> None:
    farm.plug("ttyUSB0", by_id="usb-Mount-port0")
    line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
    lines.append(line)
    line.open()
    line.close()
    farm.unplug("ttyUSB0")
    farm.plug("ttyUSB0", by_id="usb-GPS-port0")
    mount = farm.plug("ttyUSB1", by_id="usb-Mount-port0")
    line.open()
    line.ask(say.HALT)
    assert heard(mount).startswith(b":Q#")


def test_of_two_adapters_that_call_themselves_the_same_the_one_in_the_old_socket_is_ours(
    farm: Farm, lines: list[Line]
) -> None:
    farm.plug("ttyUSB0", socket="1-1")
    line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
    lines.append(line)
    line.open()
    line.close()
    farm.unplug("ttyUSB0")
    farm.plug("ttyUSB0", socket="1-2")
    line.open()  # the only one there is: moved to another socket
    line.close()
    farm.plug("ttyUSB1", socket="1-1")
    assert code_of(line.open) == "port_changed"


def test_a_number_with_no_lasting_name_is_taken_for_the_same_when_it_comes_back(farm: Farm, lines: list[Line]) -> None:
    farm.plug("ttyS0")
    line = Line(farm.node("ttyS0"), 9600, farm.roots)
    lines.append(line)
    line.open()
    line.close()
    farm.unplug("ttyS0")
    farm.plug("ttyS0")
    line.open()


@pytest.mark.parametrize(("serials", "code"), [(("", ""), "port_ambiguous"), (("A1", "B2"), None)])
def test_two_adapters_that_call_themselves_the_same_are_refused_by_that_name(
    farm: Farm, serials: tuple[str, str], code: str | None
) -> None:
    farm.plug("ttyUSB0", by_id="usb-1a86-port0", by_path="pci-1", socket="1-1", serial=serials[0])
    farm.plug("ttyUSB1", by_path="pci-2", socket="1-2", serial=serials[1])
    name = farm.by_id("usb-1a86-port0")
    if code is None:
        assert find(name, farm.roots).node == farm.roots.dev / "ttyUSB0"
        return
    with pytest.raises(LineLost, match=r"by-path/pci-1, .*by-path/pci-2") as refused:
        find(name, farm.roots)
    assert (refused.value.code, refused.value.details["adapters"]) == (code, 2)
    by_path = str(farm.roots.dev / "serial/by-path/pci-2")
    assert find(by_path, farm.roots).node == farm.roots.dev / "ttyUSB1"


def test_the_two_ports_of_one_adapter_are_not_taken_for_two_adapters(farm: Farm) -> None:
    farm.plug("ttyUSB0", by_id="usb-FTDI-if00-port0", socket="1-1", serial="F1")
    farm.plug("ttyUSB1", by_id="usb-FTDI-if01-port0")
    device = farm.roots.sys / "devices/usb1/1-1"
    second = device / "1-1:1.1" / "ttyUSB1"
    second.mkdir(parents=True)
    (second.parent / "bInterfaceNumber").write_text("01\n")
    (farm.roots.sys / "class/tty/ttyUSB1").mkdir()
    (farm.roots.sys / "class/tty/ttyUSB1/device").symlink_to(second)
    assert find(farm.by_id("usb-FTDI-if00-port0"), farm.roots).node == farm.roots.dev / "ttyUSB0"


# --- locking ----------------------------------------------------------------------------------------------------------


def test_a_lock_file_names_us_while_the_port_is_ours_and_goes_with_it(farm: Farm, lines: list[Line]) -> None:
    farm.plug("ttyUSB0")
    line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
    lines.append(line)
    line.open()
    lock = farm.lock("ttyUSB0")
    assert int(lock.read_text().split()[0]) == os.getpid()
    line.close()
    assert not lock.exists()


@pytest.mark.parametrize("written", ["{pid:10d}\n", "{pid}"], ids=["as minicom writes it", "bare"])
def test_a_lock_of_a_living_program_keeps_us_out_and_is_named(farm: Farm, lines: list[Line], written: str) -> None:
    farm.plug("ttyUSB0")
    farm.lock("ttyUSB0").write_text(written.format(pid=os.getppid()))
    line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
    lines.append(line)
    with pytest.raises(LineLost) as refused:
        line.open()
    assert (refused.value.code, refused.value.details["process"]) == ("port_busy", os.getppid())


@pytest.mark.parametrize(
    "left",
    ["{dead:10d}\n", "{alive:10d}\nanother-boot 12345\n", "{alive:10d}\n{boot} 1\n", "nonsense", ""],
    ids=["dead", "other boot", "number came round again", "nonsense", "empty"],
)
def test_what_a_dead_program_left_is_taken_over(farm: Farm, lines: list[Line], left: str) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    farm.plug("ttyUSB0")
    farm.lock("ttyUSB0").write_text(left.format(dead=int(gone.stdout), alive=os.getppid(), boot=boot))
    line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
    lines.append(line)
    line.open()
    assert line.is_open


def test_a_program_that_only_locks_the_device_itself_is_named(farm: Farm, lines: list[Line]) -> None:
    farm.plug("ttyUSB0")
    script = "import serial, sys; s = serial.Serial(sys.argv[1], exclusive=True); print('open', flush=True); input()"
    thief = subprocess.Popen(
        [sys.executable, "-c", script, farm.node("ttyUSB0")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert thief.stdout is not None
        assert thief.stdout.readline() == b"open\n"
        line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
        lines.append(line)
        with pytest.raises(LineLost) as refused:
            line.open()
        assert (refused.value.code, refused.value.details["process"]) == ("port_busy", thief.pid)
    finally:
        thief.communicate()
    line.open()


def test_nothing_stays_locked_after_an_opening_that_failed(farm: Farm, lines: list[Line]) -> None:
    (farm.roots.dev / "ttyUSB0").write_text("a file, no terminal")
    line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
    lines.append(line)
    assert code_of(line.open) == "port_unusable"
    assert not list(farm.roots.locks.iterdir())
    assert holder_of(find(farm.node("ttyUSB0"), farm.roots), farm.roots) is None


def test_where_no_lock_file_can_be_written_the_kernels_locks_have_to_do(farm: Farm, lines: list[Line]) -> None:
    farm.plug("ttyUSB0")
    roots = Roots(farm.roots.dev, farm.roots.sys, locks=farm.roots.dev / "no such folder")
    lines.extend(Line(farm.node("ttyUSB0"), 9600, roots) for _ in range(2))
    lines[0].open()
    assert code_of(lines[1].open) == "port_busy"


# --- opening ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("ENOENT", "port_missing"),
        ("EACCES", "port_forbidden"),
        ("EBUSY", "port_busy"),
        ("ENXIO", "port_gone"),
        ("EIO", "port_gone"),
        ("ENODEV", "port_gone"),
        ("ENOTTY", "port_unusable"),
    ],
)
@pytest.mark.parametrize("kind", ["open", "termios", "bare"])
def test_each_reason_why_a_port_does_not_open_has_its_code(farm: Farm, number: str, code: str, kind: str) -> None:
    import errno

    farm.plug("ttyUSB0")
    place = find(farm.node("ttyUSB0"), farm.roots)
    value = getattr(errno, number)
    wrong: BaseException = OSError(value, "words")
    if kind == "open":
        wrong = serial.SerialException(value, "could not open port")
    if kind == "termios":  # as pyserial hides it
        wrong = serial.SerialException("Could not configure port")
        wrong.__context__ = termios.error(value, "words")
    lost = unusable(place, wrong)
    assert lost.code == code
    assert len(str(lost)) > 40


def test_a_permission_that_lacks_names_the_group(farm: Farm) -> None:
    farm.plug("ttyUSB0")
    lost = unusable(find(farm.node("ttyUSB0"), farm.roots), PermissionError(13, "Permission denied"))
    assert "dialout" in str(lost)


def test_an_address_where_nobody_listens_says_so(lines: list[Line], tmp_path: Path) -> None:
    line = Line("socket://127.0.0.1:1", 9600, Roots(locks=tmp_path))
    lines.append(line)
    assert code_of(line.open) == "port_unreachable"


def test_the_control_lines_stay_up_when_the_port_is_closed(farm: Farm, lines: list[Line]) -> None:
    farm.plug("ttyUSB0")
    line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
    lines.append(line)
    line.open()
    look = os.open(farm.node("ttyUSB0"), os.O_RDWR | os.O_NOCTTY)
    try:
        assert not termios.tcgetattr(look)[2] & termios.HUPCL
    finally:
        os.close(look)


def test_a_pseudo_terminal_can_be_opened_again_though_we_were_killed(farm: Farm, lines: list[Line]) -> None:
    """Its other end lives on, and with it any exclusive mark; it would keep everybody but root out."""
    farm.plug("ttyUSB0")
    line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
    lines.append(line)
    line.open()
    assert os.major(os.stat(farm.node("ttyUSB0")).st_rdev) in opening.PSEUDO_TERMINALS
    look = os.open(farm.node("ttyUSB0"), os.O_RDWR | os.O_NOCTTY)
    try:
        marked = fcntl.ioctl(look, 0x80045440, b"\0\0\0\0")  # TIOCGEXCL
    finally:
        os.close(look)
    assert marked == b"\0\0\0\0"


# --- a kernel that hangs ----------------------------------------------------------------------------------------------


def test_an_opening_that_hangs_is_given_up_and_costs_one_thread(
    farm: Farm, lines: list[Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    farm.plug("ttyUSB0")
    wakes = threading.Event()
    closed: list[object] = []

    def hang(*_: object) -> str:
        wakes.wait(60)
        return "device"

    monkeypatch.setattr(port_module, "OPENING_SECONDS", 0.2)
    monkeypatch.setattr(port_module, "open_device", hang)
    monkeypatch.setattr(port_module, "close_device", lambda device, orderly: closed.append(device))
    line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
    lines.append(line)
    before = threading.active_count()
    for _ in range(3):
        assert code_of(line.open) == "port_hangs"
    assert threading.active_count() == before + 1
    assert not list(farm.roots.locks.iterdir())
    wakes.set()
    wait_until(lambda: closed == ["device"], 5, "what opened too late is closed")


def test_a_closing_that_hangs_is_given_up_and_the_next_opening_says_so(
    farm: Farm, lines: list[Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    farm.plug("ttyUSB0")
    line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
    lines.append(line)
    line.open()
    wakes = threading.Event()
    close = port_module.close_device
    monkeypatch.setattr(port_module, "CLOSING_SECONDS", 0.2)
    monkeypatch.setattr(port_module, "close_device", lambda device, orderly: (wakes.wait(60), close(device, orderly)))
    begun = time.monotonic()
    line.close()
    assert time.monotonic() - begun < 5
    assert not line.is_open
    assert code_of(line.open) == "port_hangs"
    wakes.set()
    wait_until(lambda: _opens(line), 5, "the port again")


def _opens(line: Line) -> bool:
    try:
        line.open()
    except LineLost:
        return False
    return True


def test_what_a_patient_call_raises_is_raised() -> None:
    patience = Patience("port")
    with pytest.raises(TimeoutError, match="mine"):
        patience.within(5, _raise_timeout)
    assert patience.within(5, lambda: 7) == 7


def _raise_timeout() -> None:
    raise TimeoutError("mine")


def test_a_port_that_takes_nothing_is_lost_and_the_stop_is_written_on_the_next(farm: Farm, lines: list[Line]) -> None:
    farm.plug("ttyUSB0")
    line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
    lines.append(line)
    line.open()
    farm.stuff("ttyUSB0")
    line.shout(say.HALT)
    begun = time.monotonic()
    with pytest.raises(LineLost) as lost:
        line.ask(say.RA)
    assert lost.value.code == "port_hangs"
    assert time.monotonic() - begun < 3
    assert not line.is_open
    master = farm.plug("ttyUSB0")  # pulled and plugged in again
    line.open()
    with pytest.raises(ScopeError):
        line.ask(say.Command(b":GR#", until_hash, say.RA.means, 0.2))
    said = heard(master)
    assert said.startswith(say.HALT.sends), said


def test_bytes_that_never_leave_the_computer_are_a_port_that_hangs(
    farm: Farm, lines: list[Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with flow control that forbids to send: the system takes all, and the device nothing."""
    farm.plug("ttyUSB0")
    line = Line(farm.node("ttyUSB0"), 9600, farm.roots)
    lines.append(line)
    line.open()
    monkeypatch.setattr(port_module, "unsent", lambda _: 21)
    with pytest.raises(LineLost) as lost:
        line.ask(say.Command(b":GR#", until_hash, say.RA.means, 0.1))
    assert lost.value.code == "port_hangs"
    assert not line.is_open


def test_a_fault_that_nobody_foresaw_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", caught.append)

    def fail() -> None:
        raise LookupError("in a library")

    assert code_of(lambda: Patience("port").within(60, fail)) == "port_unusable"
    wait_until(lambda: [args.exc_type for args in caught] == [LookupError], 5, "the traceback for the log")
