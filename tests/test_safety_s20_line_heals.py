"""S20 and the line's faults on the whole program: lost within two seconds, back within five, a stop first on return."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.simulated_mount import wait_until
from tests.whole_program import Program, clubscope, rests, whole_program

FAR = {"ra_hours": 14.0, "dec_degrees": 70.0}
"""Up at every hour, on the other side of the pole from where the mount starts: half a minute of slewing."""
HALT = b":Q#:Qn#:Qs#:Qe#:Qw#"
LOST_SECONDS, BACK_SECONDS = 2.0, 5.0
BUSY = 1.5
"""For a machine that does other things, too."""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with whole_program(tmp_path_factory.mktemp("line"), mount_options=("--slew-rate", "2")) as program:
        yield program


def slewing(program: Program) -> None:
    program.settled()
    program.do("goto", **FAR)
    program.mount.wait_until(lambda truth: not rests(truth))


def seconds_until(program: Program, line: str, begun: float, within_seconds: float) -> float:
    wait_until(lambda: program.operators.status()["line"] == line, within_seconds, f"a line that is {line}")
    return time.monotonic() - begun


def cpu_seconds(pid: int) -> float:
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def heard_since(program: Program, t: float) -> bytes:
    return b"".join(line["data"] for line in program.mount.trace_since(t) if line["dir"] == "in")


def tracebacks(program: Program) -> int:
    return (program.file.parent / "program.log").read_text(errors="replace").count("Traceback")


def test_a_cable_that_is_pulled_in_mid_slew_and_put_back(program: Program) -> None:
    slewing(program)
    pulled = time.monotonic()
    program.mount.control("unplug")
    assert seconds_until(program, "lost", pulled, 20) < LOST_SECONDS * BUSY
    refused = program.order("goto", **FAR)
    assert refused.status == 503
    assert program.operators.status()["position"] is None
    service, begun = program.pids()["service"], time.monotonic()
    spent = cpu_seconds(service)
    wait_until(lambda: time.monotonic() - begun > 4, 10, "four seconds without a cable")
    assert (cpu_seconds(service) - spent) / (time.monotonic() - begun) < 0.05 * BUSY
    put_back = time.monotonic()
    program.mount.control("replug")
    assert seconds_until(program, "up", put_back, 30) < BACK_SECONDS * BUSY
    assert heard_since(program, put_back).startswith(HALT)
    program.mount.wait_until(rests)
    program.settled()
    assert tracebacks(program) == 0


def test_a_mount_that_falls_silent_in_mid_slew_is_halted_all_the_same(program: Program) -> None:
    slewing(program)
    fell_silent = time.monotonic()
    program.mount.control("silent")
    try:
        seconds_until(program, "lost", fell_silent, 30)
        wait_until(lambda: HALT in heard_since(program, fell_silent), 10, "a halt to a silent mount")
        program.mount.wait_until(rests)
    finally:
        program.mount.control("clear")
    program.settled()
    assert tracebacks(program) == 0


@pytest.mark.parametrize("fault", ["late 1.4", "cut 4", "noise 0.3"])
def test_a_line_that_was_bad_is_good_again_when_the_fault_is_over(program: Program, fault: str) -> None:
    before = program.settled()["position"]
    program.mount.control(fault)
    shown = []
    begun = time.monotonic()
    while time.monotonic() - begun < 3.5:
        shown.append(program.operators.status()["position"])
        time.sleep(0.1)  # that long the fault lasts; what is shown meanwhile is what is tested
    program.mount.control("clear")
    program.settled()
    if fault != "noise 0.3":  # single digits that a bad line changes are not this test's matter
        assert all(place is None or near(place, before) for place in shown)
    assert tracebacks(program) == 0


def near(place: dict[str, Any], before: dict[str, Any]) -> bool:
    return (
        abs(place["dec_degrees_j2000"] - before["dec_degrees_j2000"]) < 0.1
        and abs(place["ra_hours_j2000"] - before["ra_hours_j2000"]) < 0.05
    )


def test_the_doctor_asks_the_service_that_has_the_port(program: Program) -> None:
    program.settled()
    begun = time.monotonic()
    report = program.clubscope("doctor")
    assert report.returncode in (0, 1), report.stdout
    assert "Traceback" not in report.stderr
    for said in ("ok    service", "ok    mount", "ok    doors", "LX2001"):
        assert said in report.stdout, report.stdout
    assert HALT not in heard_since(program, begun)


def test_a_second_service_for_the_same_port_ends_and_names_the_first(program: Program, tmp_path: Path) -> None:
    program.settled()
    other = tmp_path / "clubscope.toml"
    other.write_text(program.file.read_text().replace('database = "', f'database = "sqlite:///{tmp_path}/no.db" # "'))
    begun = time.monotonic()
    refused = run_service(other)
    assert refused.returncode == 2, refused.stderr
    assert str(program.pids()["service"]) in refused.stderr
    assert time.monotonic() - begun < 2.0 * BUSY + 3.0, "with the start of an interpreter"
    assert program.operators.status()["line"] == "up"
    assert "Traceback" not in refused.stderr


def run_service(file: Path) -> Any:
    import subprocess
    import sys

    words = [sys.executable, "-m", "scope", "--config", str(file), "--until-stdin-closes"]
    return subprocess.run(words, stdin=subprocess.PIPE, capture_output=True, text=True, timeout=60)


def test_the_doctor_says_what_is_wrong_with_settings_that_are_none(tmp_path: Path) -> None:
    report = clubscope("doctor", "--config", str(tmp_path / "none.toml"))
    assert report.returncode == 2
    assert report.stdout.startswith("bad   settings")
    assert "Traceback" not in report.stderr
