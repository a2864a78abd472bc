"""Both doors behind a real browser, with stand-ins for the desk and the log: what the tests of the pages stand on.

A test module makes its fixtures of the four generators here: `visit(who, path)` opens a page.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from scope.errors import LineLost, NotAllowed
from scope.log.history import EventLine, EventTarget, Observation, SessionInFull, TrackPoint
from scope.orders import (
    Nudge,
    Order,
    Person,
    Role,
    Stop,
)
from scope.settings import settings_from
from tests.web_doors import CLOCKS, LIMITS, POINTING
from web import create_app
from web.house import Audience
from web.live import LOST, LiveState, as_visitors_see

CHROMIUM = shutil.which("chromium")
LANGUAGES = ("kk", "ru", "en")
WIDTHS = (360, 1280)
NIGHT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
VOLUNTEER = Person("Айгүл Сәрсенова", Role.VOLUNTEER, "browser")
ADMIN = Person("Ерлан", Role.ADMIN, "browser")
M13 = {
    "designation": "M13",
    "kind": "globular_cluster",
    "names": {"kk": "Геркулестің үлкен шоғыры", "ru": "Большое скопление Геркулеса", "en": "Hercules Cluster"},
    "constellation": "Her",
    "magnitude": 5.8,
    "place": None,
}
FOUND = [
    M13 | {"altitude_degrees": 41.3, "azimuth_degrees": 291.0},
    M13 | {"designation": "M12", "names": {}, "altitude_degrees": -5.0, "azimuth_degrees": 80.0},
]
TRACKING: dict[str, Any] = {
    **LOST,
    "serial": 7,
    "utc": "2026-11-20T17:00:00.000+00:00",
    "age_seconds": 0.2,
    "read_at": None,
    "line": "up",
    "motion": "tracking",
    "position": {
        "ra_hours_j2000": 16.694898,
        "dec_degrees_j2000": 36.46131,
        "altitude_degrees": 41.31,
        "azimuth_degrees": 291.04,
    },
    "target": M13,
    "arrived": True,
    "tracking": "sidereal",
    "mount": "LX200 <GPS>",
    "pier_side": "west",
    "can": ["goto", "sync", "park", "unpark", "home", "pier_side", "nudge", "track", "lunar", "solar", "set_clock"],
    "alarms": [{"code": "clock_differs", "details": {"difference_seconds": 180}}],
    "helm": {"holder": VOLUNTEER.name, "since": "2026-11-20T16:00:00+00:00", "asked_by": "Тимур"},
    "session": {"slug": "2026-11-20", "begun": "2026-11-20T15:00:00+00:00"},
    "site": "Қарағанды",
    "simulated": True,
    "clock_shifted": True,
}


SEEN = Observation(
    designation="M13",
    names=M13["names"],
    kind="globular_cluster",
    constellation="Her",
    begun=NIGHT + timedelta(minutes=5),
    ended=NIGHT + timedelta(minutes=35),
    arrived=True,
    ra_hours_j2000=16.7,
    dec_degrees_j2000=36.5,
    altitude_degrees=41.3,
    azimuth_degrees=291.0,
    error_arcseconds=20.0,
    outcome="seen",
    source="goto",
    operator="Айгүл",
    notes={"ru": "Видно и без фильтра."},
)
BROKEN_OFF = replace(
    SEEN,
    designation="NGC7000",
    names={},
    kind="nebula",
    constellation="Cyg",
    arrived=False,
    altitude_degrees=None,
    azimuth_degrees=None,
    outcome="aborted",
    notes={},
)
EVENING = SessionInFull(
    slug="2026-11-20",
    title={"ru": "Открытая ночь"},
    begun=NIGHT,
    ended=NIGHT + timedelta(hours=4),
    site="Қарағанды",
    timezone="Asia/Almaty",
    mount="LX200",
    simulated=True,
    example=True,
    visibility="public",
    targets=2,
    ending="parked",
    summary={},
    latitude_degrees=49.8,
    longitude_degrees=73.1,
    visitors=34,
    seeing=2,
    transparency=3,
    temperature_celsius=-12.4,
    humidity_percent=60.0,
    operators=["Айгүл", "Тимур"],
    observations=[SEEN, BROKEN_OFF],
)
GONE = EventLine(
    utc=NIGHT,
    actor="Айгүл",
    role="volunteer",
    via="browser",
    action="goto",
    result="accepted",
    arguments={},
    details={},
    target=EventTarget("M13", M13["names"]),
    motion="slewing",
    altitude_degrees=None,
    azimuth_degrees=None,
)


class Log:
    """The evenings, as the log would tell them."""

    def sessions(self, **_which: Any) -> list[SessionInFull]:
        return [EVENING]

    def session(self, slug: str, **_which: Any) -> SessionInFull | None:
        return EVENING if slug == EVENING.slug else None

    def events(self, _slug: str, **_which: Any) -> list[EventLine]:
        return [GONE]

    def track(self, _slug: str, **_which: Any) -> list[TrackPoint]:
        return [TrackPoint(NIGHT, 16.7, 36.5, 20.0 + n / 5, 250.0 + n, "tracking") for n in range(100)]


class People:
    """One volunteer and one admin, each with one token."""

    def person(self, token: str) -> Person | None:
        return {"token": VOLUNTEER, "admin": ADMIN}.get(token)

    def confirm_password(self, token: str, password: str, address: str) -> None:
        if password != "right":
            raise NotAllowed("no", code="password_wrong")


@dataclass
class RecordingDesk:
    """Takes every order and remembers it with the second it came; refuses with `refusal` where there is one."""

    given: list[tuple[float, Order]] = field(default_factory=list)
    refusal: Exception | None = None
    line_lost: bool = False

    def order(self, order: Order, by: Person, request: str) -> dict[str, Any]:
        self.given.append((time.monotonic(), order))
        if isinstance(order, Stop) and self.line_lost:
            raise LineLost("no answer")
        if self.refusal and not isinstance(order, Stop):
            raise self.refusal
        return {"logged": True}

    def look_up(self, text: str, most: int = 10) -> list[dict[str, Any]]:
        return FOUND

    def status(self) -> dict[str, Any]:
        return TRACKING

    def trace(self) -> list[dict[str, Any]]:
        return []

    def clocks(self) -> dict[str, Any]:
        return dict(CLOCKS)

    def limits(self) -> dict[str, Any]:
        return dict(LIMITS)

    def pointing(self) -> dict[str, Any]:
        return dict(POINTING)

    def of(self, kind: type[Order]) -> list[Any]:
        return [order for _at, order in self.given if isinstance(order, kind)]


@dataclass
class Door:
    address: str
    live: LiveState
    desk: RecordingDesk


def open_both_doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Door]]:
    """Both doors on loopback, each in a thread."""
    file: Path = tmp_path_factory.mktemp("club") / "clubscope.toml"
    settings = settings_from(
        '[mount]\nport = "x"\n[site]\nname = "Қарағанды ғарыш клубы"\nlatitude_degrees = 49.8\n'
        'longitude_degrees = 73.1\nelevation_metres = 550\ntimezone = "Asia/Almaty"\n',
        file,
    )
    opened, servers = {}, []
    for audience in Audience:
        mine = audience is Audience.OPERATORS
        live, desk = LiveState(dict if mine else as_visitors_see), RecordingDesk()
        people: Any = People() if mine else None
        log: Any = Log()
        app = create_app(audience, desk if mine else None, live, log, people, None, settings)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        opened[audience.value] = Door(f"http://127.0.0.1:{server.server_port}", live, desk)
        servers.append(server)
    yield opened
    for door in opened.values():
        door.live.close()
    for server in servers:
        server.shutdown()
        server.server_close()


def as_at_first(doors: dict[str, Door]) -> None:
    for door in doors.values():
        door.live.publish(TRACKING)
        door.desk.given.clear()
        door.desk.refusal, door.desk.line_lost = None, False


def open_browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "CI must have chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--force-color-profile=srgb"]
        )
        yield chromium
        chromium.close()


def open_visits(browser: Any, doors: dict[str, Door]) -> Iterator[Any]:
    """Opens a page as a phone or a desk would; at the end nothing may have gone wrong in any of them."""
    complaints: list[str] = []
    contexts = []

    def open_page(
        page_of: str, path: str, width: int = 360, language: str = "en", red: bool = False, **more: Any
    ) -> Any:
        door = doors["operators" if page_of in ("volunteer", "admin", "nobody") else page_of]
        height = 800 if width < 600 else 900
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        cookies = {"language": language, "red": "1" if red else "0"}
        if page_of in ("volunteer", "admin"):
            cookies["clubscope"] = "admin" if page_of == "admin" else "token"
        context.add_cookies([{"name": n, "value": v, "url": door.address} for n, v in cookies.items()])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{path}: {error}"))
        page.on("console", lambda said: complaints.append(f"{path}: {said.text}") if said.type == "error" else None)
        page.on(
            "request",
            lambda request: (
                complaints.append(f"another host: {request.url}")
                if not request.url.startswith((door.address, "data:"))
                else None
            ),
        )
        page.goto(door.address + path)
        return page

    open_page.complaints = complaints  # type: ignore[attr-defined]
    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def until(page: Any, true: str, seconds: float = 5.0) -> None:
    """Waits as playwright's wait_for_function does, which would need an `eval` that these pages forbid."""
    end = time.monotonic() + seconds
    while not page.evaluate(true):
        assert time.monotonic() < end, f"never came true: {true}"
        time.sleep(0.02)


def order_of(door: Door, kind: type[Order]) -> Any:
    """The one order of its kind, waited for."""
    until = time.monotonic() + 5
    while time.monotonic() < until and not door.desk.of(kind):
        time.sleep(0.01)
    (order,) = door.desk.of(kind)
    return order


def hold(page: Any, direction: str) -> None:
    page.locator(f".pad .{direction}").scroll_into_view_if_needed()
    box = page.locator(f".pad .{direction}").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()


def released(door: Door) -> list[Nudge]:
    """All beats of a press that has ended, waited for."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        beats: list[Nudge] = door.desk.of(Nudge)
        if beats and beats[-1].direction is None:
            return beats
        time.sleep(0.01)
    raise AssertionError(f"not let go: {door.desk.given}")
