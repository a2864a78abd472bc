"""Both doors over a real log, with a desk that only writes down what it is told: the border to the service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from scope.errors import ScopeError
from scope.orders import Order, Person, Role
from scope.settings import Settings, settings_from
from web import create_app
from web.house import Audience
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
    "mount": "LX200",
    "can": ["goto", "halt", "track", "nudge", "park", "sync", "set_clock"],
    "alarms": [],
    "helm": {"holder": "Aigerim Nurlanova", "since": "2026-11-20T16:00:00+00:00", "asked_by": None},
    "session": {"slug": "2026-11-20", "begun": "2026-11-20T16:00:00+00:00"},
    "site": "Karaganda",
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


class Known:
    """Stand-in until the accounts are there."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}

    def person(self, token: str) -> Person | None:
        return self.people.get(token)

    def person_of_token(self, token: str) -> Person | None:
        return self.people.get(token)


class NoHistory:
    def sessions(self, **_named: Any) -> list[Any]:
        return []

    def session(self, _slug: str, **_named: Any) -> None:
        return None


@dataclass
class Doors:
    """Both doors of one club."""

    operators: Flask
    visitors: Flask
    desk: RecordingDesk
    live: LiveState
    accounts: Any

    def signed_in(self, role: Role = Role.VOLUNTEER, name: str = "Aigerim Nurlanova") -> Browser:
        browser = Browser(self.operators)
        token = f"token-of-{name}-{role.value}"
        self.accounts.people[token] = Person(name, role, "browser")
        browser.client.set_cookie("clubscope", token)
        return browser

    def end_all_sign_ins(self) -> None:
        self.accounts.people.clear()

    def program(self, role: Role = Role.VOLUNTEER) -> dict[str, str]:
        self.accounts.people["cs_program"] = Person("script", role, "api")
        return {"Authorization": "Bearer cs_program"}


@contextmanager
def open_doors(folder: Path, web: str = "") -> Iterator[Doors]:
    settings, desk, live = settings_in(folder, web), RecordingDesk(), LiveState(monotonic=lambda: 100.5)
    accounts, history = Known(), NoHistory()
    live.publish(dict(SNAPSHOT))
    yield Doors(
        create_app(Audience.OPERATORS, desk, live, history, accounts, None, settings),
        create_app(Audience.VISITORS, None, live, history, None, None, settings),
        desk,
        live,
        accounts,
    )
