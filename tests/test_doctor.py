"""The doctor: one line for each thing, what to do about it, and never a byte that could move a mount."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scope.doctor.__main__ import main
from scope.doctor.cable import Cable
from scope.doctor.finding import Finding, Level, carefully, ok, warn, worst
from scope.errors import ScopeError
from scope.line.port import Roots
from tests.scripted_device import Device
from tests.simulated_mount import simulated_mount
from tests.test_line_ports import Farm

SETTINGS = """\
[mount]
port = "{port}"
baud = {baud}
[site]
name = "Karaganda"
latitude_degrees = {latitude}
longitude_degrees = 73.10
elevation_metres = 550
timezone = "Asia/Almaty"
[web]
operators = "127.0.0.1:{operators}"
visitors = "127.0.0.1:{visitors}"
"""


def written(folder: Path, port: object, baud: int = 9600, latitude: float = 49.8, operators: int = 0) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "clubscope.toml"
    text = SETTINGS.format(port=port, baud=baud, latitude=latitude, operators=operators, visitors=0)
    file.write_text(text)
    return file


def report(file: Path, capsys: pytest.CaptureFixture[str], roots: Roots | None = None) -> tuple[int, dict[str, str]]:
    """The exit code, and the worst line of each subject."""
    code = main(["--config", str(file)], roots or Roots(locks=file.parent))
    found: dict[str, str] = {}
    order = {"ok": 0, "warn": 1, "bad": 2}
    for line in capsys.readouterr().out.splitlines():
        level, subject = [*line.split(), "", ""][:2]
        if level in order and (subject not in found or order[level] > order[found[subject].split()[0]]):
            found[subject] = line
    return code, found


def test_a_mount_that_is_well_is_asked_and_never_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with simulated_mount(tmp_path, model="autostar") as mount:
        _, found = report(written(tmp_path / "club", mount.port), capsys)
        heard = mount.heard()
    assert found["mount"].startswith("ok")
    assert "Autostar, firmware 43Eg" in found["mount"]
    assert found["opens"].startswith("ok")
    assert found["port"].startswith("ok")
    for told in (b":Q", b":M", b":U", b":S", b":h", b":A", b":T", b":R", b":I", b":C"):
        assert told not in heard, heard
    assert heard.startswith(b":GR#")


def test_a_mount_that_believes_to_be_elsewhere_is_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with simulated_mount(tmp_path) as mount:
        code, found = report(written(tmp_path / "club", mount.port, latitude=20.0), capsys)
    assert found["belief"].startswith("warn")
    assert "site_differs" in found["belief"]
    assert code == Level.WARN


def test_a_port_that_is_not_there_is_bad_and_says_what_there_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    farm = Farm(tmp_path)
    farm.plug("ttyUSB3", by_id="usb-Prolific-port0")
    code, found = report(written(tmp_path / "club", farm.node("ttyUSB0")), capsys, farm.roots)
    farm.close()
    assert code == Level.BAD
    assert "usb-Prolific-port0" in found["port"]
    assert "opens" not in found


def test_a_name_that_may_change_is_advised_against(tmp_path: Path) -> None:
    farm = Farm(tmp_path)
    farm.plug("ttyUSB0", by_id="usb-Mount-port0")
    (finding,) = Cable(farm.node("ttyUSB0"), farm.roots).presence()
    farm.close()
    assert finding.level is Level.WARN
    assert farm.by_id("usb-Mount-port0") in finding.cure


def test_a_gps_receiver_on_the_port_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    device = Device(lambda frame: [(0.0, b"$GPRMC,123519,A,4807.038,N,01131.000,E,,,230394,,W*6A\r\n")])
    code, found = report(written(tmp_path / "club", device.path), capsys)
    device.unplug()
    assert code == Level.BAD
    assert "GPS receiver" in found["mount"]
    assert {frame for _, frame in device.heard} == {b":GR#"}, "a stranger hears nothing but the first question"


def test_a_port_that_another_program_has_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with simulated_mount(tmp_path) as mount:
        file = written(tmp_path / "club", mount.port)
        name = Path(os.path.realpath(mount.port)).name
        (file.parent / f"LCK..pts_{name}").write_text(f"{os.getppid():10d}\n")
        code, found = report(file, capsys)
        assert mount.heard() == b""
    assert code == Level.BAD
    assert f"process {os.getppid()}" in found["holder"]


def test_a_door_that_another_program_has_is_bad(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, found = report(written(tmp_path / "club", tmp_path / "none", operators=port), capsys)
    assert code == Level.BAD
    assert "another program listens there" in found["doors"]


@pytest.mark.parametrize(
    "text", ["", "[mount", "[mount]\nport = 7\n", '[mount]\nport = "/dev/null"\nfamily = "abacus"\n']
)
def test_settings_that_cannot_be_used_are_bad_and_nothing_is_raised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "clubscope.toml"
    file.write_text(text)
    code, found = report(file, capsys)
    assert code == Level.BAD
    assert list(found) == ["settings"]


def machine_with(tmp_path: Path, *programs: str) -> Path:
    proc = tmp_path / "proc"
    for number, program in enumerate(programs, start=100):
        (proc / str(number)).mkdir(parents=True)
        (proc / str(number) / "comm").write_text(program + "\n")
    proc.mkdir(exist_ok=True)
    return proc


def meddlers(farm: Farm, proc: Path, rules: Path) -> list[Finding]:
    roots = Roots(farm.roots.dev, farm.roots.sys, proc, farm.roots.locks)
    return list(Cable(farm.node("ttyUSB0"), roots, (rules,)).meddlers())


def test_modem_manager_is_a_warning_until_the_rule_that_is_printed_is_there(tmp_path: Path) -> None:
    farm = Farm(tmp_path / "farm")
    farm.plug("ttyUSB0", socket="1-1", serial="A1", vendor="0403", product="6001")
    rules = tmp_path / "rules"
    rules.mkdir()
    proc = machine_with(tmp_path, "systemd", "ModemManager")
    (finding,) = meddlers(farm, proc, rules)
    assert finding.level is Level.WARN
    rule = finding.cure.partition("\n")[2]
    assert 'ATTRS{idVendor}=="0403"' in rule
    (rules / "78-clubscope.rules").write_text(rule)
    (finding,) = meddlers(farm, proc, rules)
    farm.close()
    assert finding.level is Level.OK


@pytest.mark.parametrize(("program", "level"), [("brltty", Level.WARN), ("bash", Level.OK)])
def test_a_program_for_braille_is_a_warning(tmp_path: Path, program: str, level: Level) -> None:
    farm = Farm(tmp_path / "farm")
    farm.plug("ttyUSB0")
    (finding,) = meddlers(farm, machine_with(tmp_path, program), tmp_path)
    farm.close()
    assert finding.level is level


@pytest.mark.skipif(os.getuid() == 0, reason="root may open everything")
def test_a_permission_that_lacks_says_which_group(tmp_path: Path) -> None:
    farm = Farm(tmp_path)
    farm.plug("ttyUSB0")
    os.chmod(farm.node("ttyUSB0"), 0)
    (finding,) = Cable(farm.node("ttyUSB0"), farm.roots).permission()
    farm.close()
    assert finding.level is Level.BAD
    assert "usermod -aG" in finding.cure


def test_a_check_that_fails_is_itself_a_finding() -> None:
    def fails(wrong: BaseException) -> list[Finding]:
        raise wrong

    for wrong, level in ((OSError("disk"), Level.WARN), (ScopeError("no"), Level.BAD), (ValueError("x"), Level.WARN)):
        (finding,) = carefully("thing", lambda wrong=wrong: fails(wrong))
        assert finding.level is level


def test_the_exit_code_is_that_of_the_worst() -> None:
    assert worst([]) is Level.OK
    assert worst([ok("a", ""), warn("b", "", "")]) is Level.WARN


def test_words_of_a_device_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in str(ok("mount", "\x1b[2Jevil"))


def test_it_runs_as_a_program(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "scope.doctor", "--config", str(written(tmp_path, tmp_path / "none"))]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 2
    assert ran.stderr == ""
