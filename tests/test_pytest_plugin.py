"""The fixture `mount_simulator` in a project that is not ours: what it starts and tells, and that it leaves nothing.

The project's pytest is a program of its own, since the plugin comes with it and not from our own suite.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.simulated_mount import REPOSITORY, wait_until

TALK = '''
import os, tty

def say(port, words, until=b"#"):
    """As a program would: open, write, read to the end of the answer."""
    end = os.open(port, os.O_RDWR | os.O_NOCTTY)
    try:
        tty.setraw(end)
        os.write(end, words)
        heard = b""
        while not heard.endswith(until):
            heard += os.read(end, 64)
        return heard
    finally:
        os.close(end)
'''
PASSES = {
    "test_a_mount_answers": """
def test_a_mount_answers(mount_simulator):
    mount = mount_simulator()
    assert say(mount.port, b":GVP#") == b"LX2001#"
    assert mount.heard() == b":GVP#"
""",
    "test_any_family_and_model": """
def test_any_family_and_model(mount_simulator):
    mount = mount_simulator("nexstar", "cpc", geometry="fork", options=["--latitude", "-30"])
    assert say(mount.port, b"Kx") == b"x#"
    assert mount.truth()["geometry"] == "fork"
""",
    "test_two_mounts_at_once": """
def test_two_mounts_at_once(mount_simulator):
    one, two = mount_simulator(), mount_simulator("lx200", "autostar")
    assert one.port != two.port
    assert (say(one.port, b":GVP#"), say(two.port, b":GVP#")) == (b"LX2001#", b"Autostar#")
""",
    "test_a_network_adapter": """
def test_a_network_adapter(mount_simulator):
    import socket
    host, port = mount_simulator(tcp=True).port.split(":")
    with socket.create_connection((host, int(port))) as line:
        line.sendall(b":GVP#")
        assert line.makefile("rb").read(7) == b"LX2001#"
""",
    "test_it_slews_and_arrives": """
def test_it_slews_and_arrives(mount_simulator):
    mount = mount_simulator(options=["--slew-rate", "1000"])
    here = mount.truth()
    hour = (int(here["ra_hours"]) + 1) % 24
    say(mount.port, b":Sr%02d:00:00#" % hour, b"1")
    say(mount.port, b":Sd+40*00:00#", b"1")
    assert say(mount.port, b":MS#", b"0") == b"0"
    there = mount.wait_until(lambda truth: not truth["slewing"] and abs(truth["dec_degrees"] - 40) < 0.1)
    assert abs(there["ra_hours"] - hour) < 0.05
""",
    "test_a_fault": """
def test_a_fault(mount_simulator):
    mount = mount_simulator()
    mount.inflict("once cut 4")
    assert say(mount.port, b":GVP#", b"0") == b"LX20"
    assert say(mount.port, b":GVP#") == b"LX2001#"
    try:
        mount.inflict("no such fault")
    except AssertionError as reason:
        assert "error" in str(reason)
    else:
        raise SystemError("it was taken")
""",
    "test_nothing_of_the_program_is_loaded": """
def test_nothing_of_the_program_is_loaded(mount_simulator):
    import sys
    mount_simulator()
    loaded = {name.partition(".")[0] for name in sys.modules}
    assert not loaded & {"scope", "web", "serial", "flask", "numpy", "astropy"}
""",
}
FAILS = """
def test_that_fails_halfway(mount_simulator):
    print("PORT", mount_simulator().port)
    raise ValueError("a fault of the project's own")
"""
DIES = """
def test_that_kills_its_pytest(mount_simulator):
    import os, signal, sys
    mount = mount_simulator()
    os.write(2, f"PID {mount.process.pid} PORT {mount.port} END".encode())
    os.kill(os.getpid(), signal.SIGKILL)
"""


def project(folder: Path, tests: str, *options: str) -> "subprocess.CompletedProcess[str]":
    """A fresh project with these tests, run by a pytest that knows the plugin as an installed one is known."""
    (folder / "test_theirs.py").write_text(TALK + tests)
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "hardware_sim.pytest_plugin",
        *options,
    ]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=100)


def test_a_project_elsewhere_tests_against_it(tmp_path: Path) -> None:
    done = project(tmp_path, "".join(PASSES.values()), "-W", "error")
    assert f"{len(PASSES)} passed" in done.stdout, done.stdout + done.stderr


def test_its_tests_may_run_side_by_side(tmp_path: Path) -> None:
    many = "".join(PASSES["test_a_mount_answers"].replace("answers(", f"answers_{n}(") for n in range(6))
    done = project(tmp_path, many, "-p", "xdist", "-n", "2")
    assert "6 passed" in done.stdout, done.stdout + done.stderr


def test_a_test_that_fails_leaves_no_mount_behind(tmp_path: Path) -> None:
    done = project(tmp_path, FAILS)
    assert "1 failed" in done.stdout
    (port,) = re.findall(r"PORT (\S+)", done.stdout)
    assert not Path(port).parent.exists()


def test_a_pytest_that_is_killed_leaves_no_mount_behind(tmp_path: Path) -> None:
    done = project(tmp_path, DIES, "-s")
    ((process, port),) = re.findall(r"PID (\d+) PORT (\S+) END", done.stderr)
    wait_until(lambda: not is_alive(int(process)), 20, "the end of the simulator")
    wait_until(lambda: not Path(port).is_symlink(), 20, "the end of its port")


def is_alive(process: int) -> bool:
    """One that has ended and that nobody has asked about yet is not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_plugin_is_announced_to_pytest() -> None:
    announced = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]["entry-points"]["pytest11"]
    assert announced == {"mount_simulator": "hardware_sim.pytest_plugin"}
