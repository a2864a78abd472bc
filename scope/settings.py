"""clubscope.toml → frozen Settings: about fifteen keys, all with defaults but the port and the site.

An unknown key, a wrong type or a number out of range is a SettingsError with the line to edit; nothing starts half set
up. Every other number of the program is a named constant beside its reason.
"""

from __future__ import annotations

import re
import tomllib
import zoneinfo
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

from scope.clock import zone
from scope.errors import SettingsError
from scope.position import Site


@dataclass(frozen=True, slots=True)
class MountSettings:
    """`port` is anything pyserial opens; best is a /dev/serial/by-id/… name, which stays when cables move.

    `simulated` marks every page and every session, and alone allows a clock that does not show the real time.
    `baud` 0, as it is when not given, is the speed that the family usually has. `axes` is "altaz", "fork" (on a wedge)
    or "german"; "" is what the mount tells, and what it does not tell is reckoned with in every way.
    `fastest_degrees_per_second` is what one axis can do at most.
    """

    port: str
    family: str = "lx200"
    baud: int = 0
    simulated: bool = False
    axes: str = ""
    fastest_degrees_per_second: float = 8.0


@dataclass(frozen=True, slots=True)
class WebSettings:
    """The two doors, host:port. `behind_https`: a proxy with TLS stands before the operators' door.

    `names`: further host names under which the doors are asked for, with blanks between.
    """

    operators: str = "127.0.0.1:8080"
    visitors: str = "127.0.0.1:8081"
    behind_https: bool = False
    allow_plain_http: bool = False
    names: str = ""


@dataclass(frozen=True, slots=True)
class LogSettings:
    """`database` is a SQLAlchemy URL; a relative SQLite file lies beside clubscope.toml."""

    database: str = "sqlite:///clubscope.db"
    visibility: str = "public"


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """How far it may point; what has no meaning for the way a mount stands is not asked of it.

    `lowest_altitude_degrees` 10–60; `sun_radius_degrees` 10–60: nothing is sent nearer to the Sun by day, nor past it.
    `highest_altitude_degrees` is where the hole at the zenith of an upright fork begins, `meridian_overrun_degrees` how
    far a German mount tracks past the meridian before it meets its pier, `cable_degrees` how far the first axis may be
    wound either way.
    """

    lowest_altitude_degrees: float = 15.0
    sun_radius_degrees: float = 20.0
    highest_altitude_degrees: float = 88.0
    meridian_overrun_degrees: float = 15.0
    lowest_dec_degrees: float = -90.0
    highest_dec_degrees: float = 90.0
    cable_degrees: float = 270.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person decided; `folder` is where the file lies, `run_folder` holds sockets and the secret."""

    mount: MountSettings
    site: Site
    web: WebSettings
    log: LogSettings
    limits: LimitSettings
    folder: Path

    @property
    def run_folder(self) -> Path:
        return self.folder / "run"

    @property
    def horizon_file(self) -> Path:
        """The mask, if the club has drawn one: pairs of azimuth and altitude."""
        return self.folder / "horizon.txt"

    @property
    def remembered_file(self) -> Path:
        """What must outlive a restart and is no setting: how far the cables are wound."""
        return self.folder / "remembered.json"

    @property
    def orders_socket(self) -> Path:
        return self.run_folder / "orders.sock"

    @property
    def watch_socket(self) -> Path:
        return self.run_folder / "watch.sock"


RANGES: Mapping[str, tuple[float, float]] = {
    "site.latitude_degrees": (-90.0, 90.0),
    "site.longitude_degrees": (-180.0, 180.0),
    "site.elevation_metres": (-430.0, 9000.0),
    "limits.lowest_altitude_degrees": (10.0, 60.0),
    "limits.sun_radius_degrees": (10.0, 60.0),
    "limits.highest_altitude_degrees": (60.0, 90.0),
    "limits.meridian_overrun_degrees": (0.0, 60.0),
    "limits.lowest_dec_degrees": (-90.0, 90.0),
    "limits.highest_dec_degrees": (-90.0, 90.0),
    "limits.cable_degrees": (180.0, 540.0),
    "mount.baud": (1200, 921600),
    "mount.fastest_degrees_per_second": (0.1, 200.0),
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "log.visibility": ("public", "members", "private"),
    "mount.axes": ("", "altaz", "fork", "german"),
}
TABLES: Mapping[str, type] = {
    "mount": MountSettings,
    "site": Site,
    "web": WebSettings,
    "log": LogSettings,
    "limits": LimitSettings,
}


def read_settings(path: Path) -> Settings:
    """Read and check the whole file; SettingsError says what is wrong, in which line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise SettingsError(
            f"cannot read {path}: {wrong}; `clubscope init` writes one", code="settings_unreadable", file=str(path)
        ) from wrong
    return settings_from(text, path)


def settings_from(text: str, path: Path) -> Settings:
    """The Settings that `text` means; `path` is named in errors and places relative files."""
    page = _Page(text, path)
    page.refuse_unknown(TABLES, page.content, "")
    tables = {name: page.table(name, kind) for name, kind in TABLES.items()}
    folder = path.resolve().parent
    log = tables["log"]
    placed = LogSettings(_beside(log.database, folder), log.visibility)
    settings = Settings(**(tables | {"log": placed}), folder=folder)
    page.check_doors(settings.web)
    return settings


def _beside(url: str, folder: Path) -> str:
    file = re.fullmatch(r"sqlite:///(?!/)(.+)", url)
    return f"sqlite:///{folder / file[1]}" if file and file[1] != ":memory:" else url


class _Page:
    """One clubscope.toml with its lines, so that every complaint can name the place."""

    def __init__(self, text: str, path: Path) -> None:
        self.lines, self.path = text.splitlines(), path
        try:
            self.content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as wrong:
            said = str(wrong).replace("at end of document", f"at the end, line {len(self.lines)}")
            raise SettingsError(f"{path}: {said}", code="settings_not_toml", file=str(path)) from wrong

    def table(self, name: str, kind: type) -> Any:
        given = self.content.get(name, {})
        if not isinstance(given, dict):
            raise self.error(name, "must be a table, [" + name + "]")
        self.refuse_unknown({known.name: known for known in fields(kind)}, given, name)
        types = get_type_hints(kind)
        return kind(**{f.name: self.value(f"{name}.{f.name}", f, types[f.name], given) for f in fields(kind)})

    def value(self, key: str, known: Field[Any], kind: type, given: dict[str, Any]) -> Any:
        if known.name not in given:
            if known.default is MISSING:
                raise self.error(key, "is missing")
            return known.default
        value = given[known.name]
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not kind:
            raise self.error(key, f"must be {_WORDS[kind]}, not {value!r}")
        return self.checked(key, value)

    def checked(self, key: str, value: Any) -> Any:
        lowest, highest = RANGES.get(key, (None, None))
        if lowest is not None and highest is not None and not lowest <= value <= highest:
            raise self.error(key, f"must lie between {lowest:g} and {highest:g}, not {value!r}")
        if key == "site.timezone" and not _is_zone(value):
            raise self.error(key, f"must be a time zone like Asia/Almaty, not {value!r}")
        if key in CHOICES and value not in CHOICES[key]:
            names = ", ".join(name or '""' for name in CHOICES[key])
            raise self.error(key, f"must be one of {names}, not {value!r}")
        return value

    def refuse_unknown(self, known: Mapping[str, Any], given: Mapping[str, Any], table: str) -> None:
        for name in given:
            if name not in known:
                raise self.error(f"{table}.{name}".lstrip("."), f"is not known; there are: {', '.join(known)}")

    def check_doors(self, web: WebSettings) -> None:
        for name in ("operators", "visitors"):
            host, _, port = getattr(web, name).rpartition(":")
            if not host or not port.isdigit() or not 0 <= int(port) < 65536:
                raise self.error(f"web.{name}", "must be host:port, as in 127.0.0.1:8080")
        host = web.operators.rpartition(":")[0]
        if host not in LOOPBACK and not (web.behind_https or web.allow_plain_http):
            raise self.error(
                "web.operators",
                f"listens on {host}, where passwords would cross the network readable by all; keep 127.0.0.1 behind a "
                "proxy with TLS and set behind_https = true, or accept it with allow_plain_http = true",
            )

    def error(self, key: str, complaint: str) -> SettingsError:
        line = self.line_of(key)
        place = f"{self.path}, line {line}" if line else f"{self.path}"
        return SettingsError(f"{place}: {key} {complaint}", code="settings_wrong", line=line, key=key)

    def line_of(self, key: str) -> int | None:
        """The line where `table.key` stands, or its table, or None where there is neither."""
        table, _, name = key.rpartition(".")
        current, found = "", None
        for number, line in enumerate(self.lines, start=1):
            if heading := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
                current = heading[1]
                found = number if current in (table, key) else found
            elif current == table and re.match(rf"\s*{re.escape(name)}\s*=", line):
                return number
        return found


def _is_zone(name: str) -> bool:
    try:
        zone(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return False
    return True


LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})
_WORDS = {str: "text in quotes", int: "a whole number", float: "a number", bool: "true or false"}

EXAMPLE = """\
[mount]
family = "{family}"
port = "{port}"
baud = {baud}
# axes = "german"                        # altaz, fork or german, where the mount does not tell
# fastest_degrees_per_second = 8         # what one axis can do at most

[site]
name = "{name}"
latitude_degrees = {latitude_degrees}
longitude_degrees = {longitude_degrees}      # positive to the east
elevation_metres = {elevation_metres}
timezone = "{timezone}"

[web]
operators = "{operators}"
visitors = "{visitors}"

[log]
database = "sqlite:///clubscope.db"
"""
"""What `clubscope init` and `clubscope demo` write."""
