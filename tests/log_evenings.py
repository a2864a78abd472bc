"""What the tests of the log share: a clock to turn by hand, a site, people, targets, and a log to write into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from scope.clock import Clock
from scope.log.database import Database, open_database
from scope.log.events import PROGRAM, Event
from scope.log.history import History
from scope.log.recorder import Recorder
from scope.orders import Person, Role
from scope.position import Epoch, Equatorial, Site
from scope.snapshot import Motion, Pointing, SessionState
from scope.target import Kind, Target
from tests.empty_log import empty_log

SITE = Site("Karaganda", 49.8, 73.1, 553.0, "Asia/Almaty")
EVENING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 20:00 in Karaganda
AIGERIM = Person("aigerim", Role.VOLUNTEER, "browser")
DANIYAR = Person("daniyar", Role.VOLUNTEER, "api")
POINTING = Pointing(16.695, 36.461, 41.81234, 280.14321)
M13 = Target(
    "M13",
    Kind.GLOBULAR_CLUSTER,
    Equatorial(16.695, 36.461, Epoch.J2000),
    {"en": "Great Hercules Cluster", "ru": "Большое скопление Геркулеса"},
    "Her",
)
SATURN = Target("Saturn", Kind.PLANET, None, {"kk": "Сатурн"})
SAVED_SECONDS = 10.0


@dataclass(frozen=True)
class HandClock(Clock):
    """Stands still until it is turned; the wall clock can be stepped alone."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "hands", [EVENING + self.shift, 1000.0])

    def utc(self) -> datetime:
        return self.hands[0]  # type: ignore[attr-defined]

    def monotonic(self) -> float:
        return self.hands[1]  # type: ignore[attr-defined]

    def turn(self, **ahead: float) -> None:
        step = timedelta(**ahead)
        self.hands[:] = [self.hands[0] + step, self.hands[1] + step.total_seconds()]  # type: ignore[attr-defined]

    def step_wall_clock(self, **ahead: float) -> None:
        self.hands[0] += timedelta(**ahead)  # type: ignore[attr-defined]


@contextmanager
def open_log(folder: Path) -> Iterator[Database]:
    database = open_database(empty_log(folder / "log.db"))
    try:
        yield database
    finally:
        database.close()


@contextmanager
def recording(database: Database, clock: Clock, **more: Any) -> Iterator[Recorder]:
    recorder = Recorder(database, clock, **({"simulated": False, "site": SITE, "mount": "lx200"} | more))
    try:
        yield recorder
    finally:
        recorder.close()


def goto(target: Target = M13, by: Person = AIGERIM, result: str = "accepted") -> Event:
    return Event(by, "goto", result, {"target": target.designation}, target=target)


def arrived(target: Target = M13) -> Event:
    details = {"error_arcseconds": 12.5}
    return Event(PROGRAM, "arrived", "done", {}, details, POINTING, Motion.TRACKING.value, "", target)


def seen(action: str, **details: Any) -> Event:
    return Event(PROGRAM, action, "done", details=details)


def ordered(action: str, by: Person = AIGERIM, **arguments: Any) -> Event:
    return Event(by, action, arguments=arguments)


def write(recorder: Recorder, *events: Event) -> None:
    """All of them, and wait until they are on disk."""
    for ticket in [recorder.event(event) for event in events]:
        assert ticket.saved(SAVED_SECONDS)


def actions(database: Database, slug: str) -> list[str]:
    return [line.action for line in History(database).events(slug)]


def state(slug: str, begun: datetime) -> SessionState:
    return SessionState(slug, begun)
