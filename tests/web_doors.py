"""Both doors over a real log, with a desk that only writes down what it is told: the border to the service."""

from __future__ import annotations

import atexit
import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from scope.clock import Clock
from scope.errors import ScopeError
from scope.log.accounts import Accounts
from scope.log.database import open_database, upgrade
from scope.log.history import History
from scope.log.tables import EventRow, ObservationRow, SessionRow
from scope.orders import Order, Person, Role
from scope.settings import Settings, settings_from
from scope.target import Kind, Target
from web.application import build
from web.house import Audience, House
from web.live import LOST, LiveState

SETTINGS = """\
[mount]
port = "/dev/null"
[site]
name = "Karaganda"
latitude_degrees = 49.8061
longitude_degrees = 73.0853
elevation_metres = 550
timezone = "Asia/Almaty"
[web]
{web}
"""
ORIGIN = "http://localhost"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"

SNAPSHOT: Mapping[str, Any] = {
    **LOST,
    "serial": 7,
    "utc": "2026-11-20T17:00:00.000+00:00",
    "read_at": 100.0,
    "line": "up",
    "motion": "tracking",
    "position": {
        "ra_hours_j2000": 16.6949,
        "dec_degrees_j2000": 36.4613,
        "altitude_degrees": 61.2,
        "azimuth_degrees": 250.1,
    },
    "target": {
        "designation": "M13",
        "kind": "globular_cluster",
        "names": {"en": "Hercules Cluster"},
        "constellation": "Her",
        "magnitude": 5.8,
        "place": {"ra_hours": 16.6949, "dec_degrees": 36.4613, "epoch": "J2000"},
    },
    "arrived": True,
    "tracking": "sidereal",
    "pier_side": None,
    "mount": "LX200",
    "can": ["goto", "halt", "track", "nudge", "park", "sync", "set_clock"],
    "alarms": [],
    "helm": {"holder": "Aigerim Nurlanova", "since": "2026-11-20T16:00:00+00:00", "asked_by": None},
    "session": {"slug": "2026-11-20", "begun": "2026-11-20T16:00:00+00:00"},
    "site": "Karaganda",
    "pointing_stars": 2,
}


CLOCKS: Mapping[str, Any] = {
    "utc": "2026-11-20T17:00:00+00:00",
    "source": "unconfirmed",
    "synchronised": False,
    "site": {
        "name": "Karaganda",
        "latitude_degrees": 49.8061,
        "longitude_degrees": 73.0853,
        "timezone": "Asia/Almaty",
    },
    "mount": {"utc": "2026-11-20T18:00:02+00:00", "latitude_degrees": 49.81, "longitude_degrees": 73.09},
    "difference_seconds": 3602.0,
    "difference_degrees": 0.005,
}
LIMITS: Mapping[str, Any] = {
    "lowest_altitude_degrees": 10.0,
    "highest_altitude_degrees": 88.0,
    "sun_radius_degrees": 20.0,
    "meridian_overrun_degrees": 15.0,
    "lowest_dec_degrees": -40.0,
    "highest_dec_degrees": 90.0,
    "cable_degrees": 270.0,
    "axes": ["altaz"],
    "fastest_degrees_per_second": 4.0,
    "horizon": [[10.0, 12.5], [95.0, 24.0], [130.0, 8.0], [200.0, 15.0], [300.0, 30.0]],
    "sun": {"altitude_degrees": 14.0, "azimuth_degrees": 205.0},
    "pointing": {"altitude_degrees": 61.2, "azimuth_degrees": 250.1},
    "cable_travel_degrees": -135.0,
}
POINTING: Mapping[str, Any] = {
    "geometry": "german",
    "stars": [
        {
            "designation": "Vega",
            "utc": "2026-11-23T13:02:11+00:00",
            "residual_arcminutes": 0.34,
            "is_doubtful": False,
        },
        {
            "designation": "Castor",
            "utc": "2026-11-23T13:09:40+00:00",
            "residual_arcminutes": 268.4,
            "is_doubtful": True,
        },
    ],
    "terms": [{"name": "MA", "arcminutes": -14.2, "uncertainty_arcminutes": 0.9}],
    "rms_arcminutes": 0.31,
    "rms_without_arcminutes": 17.2,
    "polar": {
        "azimuth_arcminutes": 14.2,
        "azimuth_uncertainty_arcminutes": 0.9,
        "azimuth_turn": "east",
        "altitude_arcminutes": 9.1,
        "altitude_uncertainty_arcminutes": 0.7,
        "altitude_turn": "up",
        "distance_arcminutes": 12.9,
    },
}


def settings_in(folder: Path, web: str = "") -> Settings:
    return settings_from(SETTINGS.format(web=web), folder / "clubscope.toml")


@dataclass
class RecordingDesk:
    """Accepts every order, or refuses with `refusal`."""

    given: list[tuple[Order, Person]] = field(default_factory=list)
    refusal: ScopeError | None = None

    def order(self, order: Order, by: Person, request: str) -> dict[str, Any]:
        if self.refusal:
            raise self.refusal
        self.given.append((order, by))
        return {"logged": True}

    def look_up(self, text: str, most: int = 10) -> list[dict[str, Any]]:
        found = {"designation": text, "kind": "other", "names": {"en": text}, "constellation": None, "magnitude": None}
        return [found | {"altitude_degrees": 12.5, "azimuth_degrees": 90.0}]

    def status(self) -> dict[str, Any]:
        return dict(SNAPSHOT)

    def trace(self) -> list[dict[str, Any]]:
        return []

    def clocks(self) -> dict[str, Any]:
        return dict(CLOCKS)

    def limits(self) -> dict[str, Any]:
        return dict(LIMITS)

    def pointing(self) -> dict[str, Any]:
        return dict(POINTING)


class Browser:
    """A test client that behaves as a browser does on our own pages: Origin, and the token of the page it reads."""

    def __init__(self, app: Flask) -> None:
        self.app, self.client = app, app.test_client()

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, **more)

    def token(self) -> str:
        found = re.search(r'name="csrf-token" content="(\w+)"', self.get("/about").text)
        assert found
        return found[1]

    def post(self, path: str, form: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        return self.client.post(
            path, data={"csrf_token": self.token(), **(form or {})}, headers={"Origin": ORIGIN}, **more
        )

    def post_json(self, path: str, body: Any) -> TestResponse:
        return self.client.post(path, json=body, headers={"Origin": ORIGIN, "X-CSRF-Token": self.token()})


def filled_log(folder: Path) -> Path:
    """A database with a public evening, one for members only, and a simulated one."""
    file = folder / "log.db"
    if not file.exists():
        file.write_bytes(_template())
    return file


@cache
def _template() -> bytes:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/log.db"
        upgrade(url)
        database = open_database(url)
        with database.writing() as tx:
            for number, (slug, visibility, simulated) in enumerate(SESSIONS):
                tx.add(_session(number, slug, visibility, simulated))
            tx.flush()
            tx.add(_observation())
            tx.add(_event())
        database.close()
        return Path(folder, "log.db").read_bytes()


SESSIONS = (("2026-10-01", "public", False), ("2026-10-02", "members", False), ("2026-10-03", "public", True))
BEGUN = datetime(2026, 10, 1, 15, tzinfo=UTC)


def _session(number: int, slug: str, visibility: str, simulated: bool) -> SessionRow:
    return SessionRow(
        slug=slug,
        telescope="telescope",
        begun=BEGUN + timedelta(days=number),
        ended=BEGUN + timedelta(days=number, hours=3),
        ending="by-hand",
        visibility=visibility,
        simulated=simulated,
        mount=HOSTILE,
        site="Karaganda",
        latitude_degrees=49.8061,
        longitude_degrees=73.0853,
        elevation_metres=550.0,
        timezone="Asia/Almaty",
        title=dict.fromkeys(("kk", "ru", "en"), HOSTILE),
        summary=dict.fromkeys(("kk", "ru", "en"), HOSTILE),
        visitors=12,
    )


def _observation() -> ObservationRow:
    return ObservationRow(
        session_id=1,
        designation="M13",
        names={"en": HOSTILE},
        kind="globular_cluster",
        constellation="Her",
        begun=BEGUN + timedelta(minutes=5),
        ended=BEGUN + timedelta(minutes=50),
        arrived=True,
        ra_hours_j2000=16.6949,
        dec_degrees_j2000=36.4613,
        altitude_degrees=45.123,
        azimuth_degrees=270.456,
        outcome="seen",
        source="goto",
        operator="Aigerim Nurlanova",
        notes=dict.fromkeys(("kk", "ru", "en"), HOSTILE),
    )


def _event() -> EventRow:
    return EventRow(
        telescope="telescope",
        boot_id="boot",
        run_id="run",
        seq=1,
        utc=BEGUN,
        monotonic=1.0,
        clock_quality="synchronised",
        actor="Aigerim Nurlanova",
        role="volunteer",
        via="browser",
        action="goto",
        result="accepted",
        arguments={"target": HOSTILE},
        details={},
        target={"designation": HOSTILE, "names": {}},
        motion="slewing",
        request_id="abc",
        session_id=1,
    )


@dataclass
class Doors:
    """Both doors of one club, over one log."""

    operators: Flask
    visitors: Flask
    desk: RecordingDesk
    live: LiveState
    accounts: Accounts

    def code(self, role: Role = Role.VOLUNTEER, name: str = "Aigerim Nurlanova") -> str:
        """A one-time code for a person, who has an account from now on."""
        if name not in {account.name for account in self.accounts.list_users()}:
            return self.accounts.add_user(name, role, name)
        return self.accounts.code_for(name)

    def signed_in(self, role: Role = Role.VOLUNTEER, name: str = "Aigerim Nurlanova") -> Browser:
        browser = Browser(self.operators)
        browser.client.set_cookie("clubscope", self.accounts.sign_in_with_code(self.code(role, name)))
        return browser

    def program(self, role: Role = Role.VOLUNTEER) -> dict[str, str]:
        for token in self.accounts.list_tokens():
            self.accounts.remove_token(token.name)
        return {"Authorization": f"Bearer {self.accounts.add_token('script', role)}"}


@contextmanager
def open_doors(folder: Path, web: str = "") -> Iterator[Doors]:
    settings, desk, live = settings_in(folder, web), RecordingDesk(), LiveState(monotonic=lambda: 100.5)
    live.publish(dict(SNAPSHOT))
    database = open_database(f"sqlite:///{filled_log(folder)}")
    accounts, history = Accounts(database, Clock()), History(database)
    with (
        closing(database),
        _open_door(House(Audience.OPERATORS, live, history, settings, desk, accounts)) as operators,
        _open_door(House(Audience.VISITORS, live, history, settings, catalogue=SmallCatalogue())) as visitors,
    ):
        yield Doors(operators, visitors, desk, live, accounts)


_closed_doors: dict[Audience, list[Flask]] = {audience: [] for audience in Audience}


@contextmanager
def _open_door(house: House) -> Iterator[Flask]:
    """Routes take long to compile, and all else of an application is in its house: so one serves many tests."""
    closed = _closed_doors[house.audience]
    app = closed.pop() if closed else build(house)
    app.extensions["clubscope"] = house
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(_compiled())
    yield app
    closed.append(app)


class SmallCatalogue:
    """Knows M13."""

    def search(self, text: str, most: int = 10) -> list[Target]:
        return [Target("M13", Kind.GLOBULAR_CLUSTER, None, {"en": HOSTILE}, "Her", 5.8)][: most if text else 0]


@cache
def _compiled() -> str:
    """Templates are compiled once for all tests."""
    folder = mkdtemp(prefix="clubscope-templates-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder
