"""`clubscope init`: it offers the mount that was found, and whoever presses Enter gets that."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scope.settings import read_settings
from web import first_settings
from web.first_settings import Seen, ask_settings

SITE = {"Name of the site": "Karaganda", "Latitude": "49.8", "Longitude": "73.1"}
BY_ID = "/dev/serial/by-id/usb-FTDI_A-if00-port0"
GPS = Seen("/dev/ttyACM0  a GPS receiver, no mount", {})
HAND_CONTROL = Seen(f"{BY_ID}  CPC, firmware 4.21", {"family": "nexstar", "port": BY_ID, "baud": "9600"})
FORK = Seen("/dev/ttyUSB1  LX2001", {"family": "lx200", "port": "/dev/ttyUSB1", "baud": "9600"})


def entering(**typed: str) -> Callable[[str], str]:
    """Somebody who types the site, and presses Enter wherever something is offered."""
    known = {**SITE, **typed}
    return lambda words: next((answer for start, answer in known.items() if words.startswith(start)), "")


def test_what_was_found_is_what_enter_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "clubscope.toml"
    ask_settings(file, entering(), lambda: [GPS, HAND_CONTROL, FORK])
    mount = read_settings(file).mount
    assert (mount.family, mount.port, mount.baud) == ("nexstar", BY_ID, 9600)
    shown = capsys.readouterr().out
    for seen in (GPS, HAND_CONTROL, FORK):
        assert seen.words in shown


def test_something_else_may_be_typed(tmp_path: Path) -> None:
    file = tmp_path / "clubscope.toml"
    ask_settings(file, entering(Serial="/dev/ttyUSB1", Mount="lx200"), lambda: [HAND_CONTROL, FORK])
    mount = read_settings(file).mount
    assert (mount.family, mount.port) == ("lx200", "/dev/ttyUSB1")


@pytest.mark.parametrize("seen", [[], [GPS]], ids=["no port", "no mount"])
def test_without_a_mount_it_asks_as_ever(seen: list[Seen], tmp_path: Path) -> None:
    file = tmp_path / "clubscope.toml"
    ask_settings(file, entering(Serial="/dev/ttyUSB5"), lambda: seen)
    mount = read_settings(file).mount
    assert (mount.family, mount.port, mount.baud) == ("lx200", "/dev/ttyUSB5", 9600)


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    def say(text: str) -> None:
        done = first_settings.subprocess.CompletedProcess([], 0, text, "")
        monkeypatch.setattr(first_settings.subprocess, "run", lambda *_, **__: done)

    return say


def test_a_family_that_is_not_ours_and_words_that_steer_a_terminal_are_not_taken_over(
    telling: Callable[[str], None],
) -> None:
    telling('[{"port": "/dev/a", "words": "\\u001b[2J", "family": "temma", "baud": 19200}]')
    assert first_settings._look() == [Seen("/dev/a  ?[2J", {})]
    telling("Traceback: no list")
    assert first_settings._look() == []
