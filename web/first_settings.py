"""`clubscope init`: writes clubscope.toml by asking, and never over a file that is there."""

from __future__ import annotations

from collections.abc import Callable
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


def ask_settings(path: Path, ask: Callable[[str], str] = input) -> None:
    """Ask, check the whole as the program will read it, and only then write the file."""
    if path.exists():
        raise SettingsError(f"{path} is there already; edit it, or name another with --config", code="settings_exist")
    defaults = {"port": _first_port()}
    try:
        answers = {key: _answer(ask, words, defaults.get(key, default)) for key, words, default in QUESTIONS}
    except EOFError:
        raise SettingsError("the answers ended too early; nothing is written", code="answers_ended") from None
    text = EXAMPLE.format(**answers)
    settings_from(text, path)
    path.write_text(text, encoding="utf-8")
    print(f"Written: {path}. Next: clubscope user add YOUR-NAME --role admin, then clubscope run")


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
