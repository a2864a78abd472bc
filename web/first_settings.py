"""`clubscope init`: writes clubscope.toml by asking, and never over a file that is there.

It offers what `clubscope detect` has found, so that a mount that is switched on and plugged in is a matter of Enter.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scope.errors import SettingsError
from scope.mounts import FAMILIES
from scope.settings import EXAMPLE, settings_from

SERIAL_BY_ID = Path("/dev/serial/by-id")
QUESTIONS = (
    ("family", f"Mount family ({', '.join(FAMILIES)})", "lx200"),
    ("port", "Serial port", ""),
    ("baud", "Baud", "9600"),
    ("name", "Name of the site", ""),
    ("latitude_degrees", "Latitude in degrees, north positive", ""),
    ("longitude_degrees", "Longitude in degrees, east positive", ""),
    ("elevation_metres", "Elevation in metres", "0"),
    ("timezone", "Time zone", "Asia/Almaty"),
    ("operators", "Address of the operators' door", "127.0.0.1:8080"),
    ("visitors", "Address of the visitors' door", "127.0.0.1:8081"),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A port that was looked at, in words; the answers to offer where a mount is on it."""

    words: str
    offers: Mapping[str, str]


def _look() -> list[Seen]:
    """By `clubscope detect`, in a process of its own; where that fails there is nothing to offer."""
    words = [sys.executable, "-m", "scope.detect", "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603  our own command
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return []
    return [_seen(one) for one in told]


def _seen(told: Mapping[str, str | int | None]) -> Seen:
    """One entry of its list; only what every person may read goes to the terminal."""
    words = "".join(letter if letter.isprintable() else "?" for letter in f"{told['port']}  {told['words']}")
    is_ours = told["family"] in FAMILIES
    return Seen(words, {key: str(told[key]) for key in ("family", "port", "baud")} if is_ours else {})


def ask_settings(path: Path, ask: Callable[[str], str] = input, look: Callable[[], Sequence[Seen]] = _look) -> None:
    """Ask, check the whole as the program will read it, and only then write the file."""
    if path.exists():
        raise SettingsError(f"{path} is there already; edit it, or name another with --config", code="settings_exist")
    defaults = {"port": _first_port(), **_offers(look)}
    try:
        answers = {key: _answer(ask, words, defaults.get(key, default)) for key, words, default in QUESTIONS}
    except EOFError:
        raise SettingsError("the answers ended too early; nothing is written", code="answers_ended") from None
    text = EXAMPLE.format(**answers)
    settings_from(text, path)
    path.write_text(text, encoding="utf-8")
    print(f"Written: {path}. Next: clubscope user add YOUR-NAME --role admin, then clubscope run")


def _offers(look: Callable[[], Sequence[Seen]]) -> Mapping[str, str]:
    """Of the first mount there is; all that was seen is shown, since somebody may want another."""
    print("Looking at the serial ports, which takes three seconds; nothing will move.", flush=True)
    seen = look()
    for port in seen:
        print(f"  {port.words}")
    return next((port.offers for port in seen if port.offers), {})


def _answer(ask: Callable[[str], str], words: str, default: str) -> str:
    while True:
        answer = ask(f"{words} [{default}]: " if default else f"{words}: ").strip() or default
        if answer and not set(answer) & {'"', "\\", "\n"}:
            return answer
        print("Something is needed here, without quotes and backslashes.")


def _first_port() -> str:
    """A by-id name stays with its cable, whichever socket it is put into."""
    found = sorted(SERIAL_BY_ID.iterdir()) if SERIAL_BY_ID.is_dir() else []
    return str(found[0]) if found else "/dev/ttyUSB0"
