"""F51, F52, F53: a wall clock that steps in mid-session, and what the log then says of when things were."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from scope.log.anchor import Anchor
from scope.log.database import Database
from scope.log.history import History, SessionInFull
from scope.log.recorder import Recorder
from scope.log.tables import EventRow, HelmRow
from scope.snapshot import SessionState
from tests.log_evenings import (
    EVENING,
    POINTING,
    SATURN,
    HandClock,
    actions,
    arrived,
    goto,
    open_log,
    ordered,
    recording,
    write,
)

UNIX_BEGINS = datetime(1970, 1, 1, 0, 0, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class FieldClock(HandClock):
    """Nobody vouches for it until a test says so; the machine may sleep."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "hands", [EVENING, 1000.0])
        object.__setattr__(self, "says", {"synchronised": False, "slept": 0.0})

    def wall(self) -> datetime:
        return self.utc()

    def synchronised(self) -> bool | None:
        return self.says["synchronised"]  # type: ignore[attr-defined,no-any-return]

    def asleep_seconds(self) -> float:
        return self.says["slept"]  # type: ignore[attr-defined,no-any-return]

    def show(self, utc: datetime, synchronised: bool = False) -> None:
        self.hands[0] = utc  # type: ignore[attr-defined]
        self.says["synchronised"] = synchronised  # type: ignore[attr-defined]

    def sleep(self, seconds: float) -> None:
        self.hands[0] += timedelta(seconds=seconds)  # type: ignore[attr-defined]
        self.says["slept"] += seconds  # type: ignore[attr-defined]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_log(tmp_path) as database:
        yield database


def eventually(question: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10.0
    while not question():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def only_evening(database: Database) -> SessionInFull:
    history = History(database)
    (found,) = history.sessions(simulated=False, published_only=True)
    session = history.session(found.slug)
    assert session is not None
    return session


def look_about(recorder: Recorder, clock: FieldClock) -> None:
    """An order, a minute of samples, an arrival, and another order."""
    write(recorder, ordered("helm", act="take"), goto())
    for _ in range(60):
        clock.turn(seconds=1)
        recorder.sample(clock.utc(), POINTING, "slewing")
    write(recorder, arrived())
    clock.turn(minutes=1)
    write(recorder, goto(SATURN))


def test_what_was_written_in_1970_is_moved_when_the_network_comes(database: Database) -> None:
    clock = FieldClock()
    clock.show(UNIX_BEGINS)
    states: list[SessionState | None] = []
    with recording(database, clock, on_session=states.append) as recorder:
        look_about(recorder, clock)
        clock.turn(minutes=1)
        clock.show(EVENING, synchronised=True)
        recorder.sample(clock.utc(), POINTING, "tracking")
        eventually(lambda: recorder.session is not None and recorder.session.slug == "2026-11-23")
        clock.turn(minutes=1)
        write(recorder, ordered("end-session"))
    evening = only_evening(database)
    begun = EVENING - 3 * MINUTE
    assert evening.slug == "2026-11-23"
    assert abs(evening.begun - begun) < timedelta(seconds=1)
    assert evening.ended is not None
    assert abs(evening.ended - (EVENING + MINUTE)) < timedelta(seconds=1)
    first, second = evening.observations
    assert abs(first.begun - (begun + MINUTE)) < timedelta(seconds=1)
    assert abs(second.begun - (begun + 2 * MINUTE)) < timedelta(seconds=1)
    assert [state and state.slug for state in states] == ["1969-12-31", "2026-11-23", None]
    track = History(database).track(evening.slug)
    assert len(track) == 61
    assert abs(track[0].utc - (begun + timedelta(seconds=1))) < timedelta(seconds=1)
    assert track[-1].utc == EVENING


def test_events_are_not_changed_but_shown_when_they_were(database: Database) -> None:
    clock = FieldClock()
    clock.show(UNIX_BEGINS)
    with recording(database, clock) as recorder:
        look_about(recorder, clock)
        clock.show(EVENING, synchronised=True)
        write(recorder, ordered("end-session"))
    slug = only_evening(database).slug
    shown = [line.utc for line in History(database).events(slug)]
    assert all(EVENING - 3 * MINUTE < utc <= EVENING for utc in shown)
    assert shown == sorted(shown)
    assert actions(database, slug).count("clock-step") == 1
    with database.reading() as tx:
        written = tx.scalars(select(EventRow.utc).order_by(EventRow.id)).all()
        (helm,) = tx.scalars(select(HelmRow))
    assert written[0] == UNIX_BEGINS
    assert abs(helm.taken - (EVENING - 2 * MINUTE)) < timedelta(seconds=1)


def test_a_session_of_the_same_boot_that_was_over_is_moved_too_even_by_the_next_run(database: Database) -> None:
    clock = FieldClock()
    clock.show(UNIX_BEGINS)
    with recording(database, clock) as recorder:
        write(recorder, goto())
        clock.turn(minutes=5)
    clock.turn(minutes=5)
    clock.show(EVENING, synchronised=True)
    with recording(database, clock) as recorder:
        write(recorder, ordered("stop"))
    evening = only_evening(database)
    assert (evening.begun, evening.ended) == (EVENING - 10 * MINUTE, EVENING - 5 * MINUTE)


@pytest.mark.parametrize(
    ("step", "now_right"),
    [
        (timedelta(days=3), True),
        (timedelta(hours=-1), True),
        (timedelta(days=-40 * 365), False),  # a year that cannot be: the log goes on counting
    ],
)
def test_durations_are_right_whatever_the_wall_clock_does(database: Database, step: timedelta, now_right: bool) -> None:
    clock = FieldClock()
    with recording(database, clock) as recorder:
        write(recorder, goto())
        clock.turn(minutes=10)
        clock.step_wall_clock(days=step.days, seconds=step.seconds)
        clock.turn(minutes=10)
        recorder.sample(clock.utc(), POINTING, "tracking")
        write(recorder, ordered("end-session"))
    evening = only_evening(database)
    assert evening.ended is not None
    assert evening.ended - evening.begun == 20 * MINUTE
    assert evening.begun == (EVENING + step if now_right else EVENING)
    assert "clock-step" in actions(database, evening.slug)
    assert [point.utc for point in History(database).track(evening.slug)] == [evening.ended]


def test_a_time_that_nobody_vouches_for_does_not_replace_one_that_was_vouched_for(database: Database) -> None:
    clock = FieldClock()
    clock.show(EVENING, synchronised=True)
    with recording(database, clock) as recorder:
        write(recorder, goto())
        clock.turn(minutes=10)
        clock.show(clock.utc() + timedelta(days=3))
        clock.turn(minutes=10)
        write(recorder, arrived())
        clock.show(EVENING + 20 * MINUTE, synchronised=True)
        write(recorder, ordered("end-session"))
    evening = only_evening(database)
    assert (evening.begun, evening.ended) == (EVENING, EVENING + 20 * MINUTE)
    assert evening.observations[0].begun == EVENING + 20 * MINUTE
    assert actions(database, evening.slug).count("clock-step") == 2


def test_a_machine_that_slept_has_made_no_step(database: Database) -> None:
    clock = FieldClock()
    with recording(database, clock) as recorder:
        write(recorder, goto())
        clock.sleep(600)
        clock.turn(minutes=1)
        write(recorder, ordered("end-session"))
    evening = only_evening(database)
    assert (evening.begun, evening.ended) == (EVENING, EVENING + 11 * MINUTE)
    assert "clock-step" not in actions(database, evening.slug)
    assert [line.utc for line in History(database).events(evening.slug)][-1] == EVENING + 11 * MINUTE


def test_a_thread_that_is_held_up_between_two_questions_sees_no_step() -> None:
    @dataclass(frozen=True)
    class Jerky(FieldClock):
        def utc(self) -> datetime:
            now = super().utc()
            if self.says.pop("stop", False):  # type: ignore[attr-defined]
                self.turn(seconds=5)
            return now

    clock = Jerky()
    anchor = Anchor(clock)
    clock.says["stop"] = True  # type: ignore[attr-defined]
    assert anchor.turn() is None
    assert anchor.now().utc == EVENING + timedelta(seconds=5)


def test_an_evening_over_the_change_of_summer_time_is_kept_in_utc(database: Database) -> None:
    """02:30 comes twice on 2026-10-25 in Berlin; the log has two different times for it, an hour apart."""
    clock, berlin = FieldClock(), ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=berlin)
    clock.show(first.astimezone(UTC))
    with recording(database, clock) as recorder:
        write(recorder, goto())
        clock.turn(hours=1)
        write(recorder, ordered("end-session"))
    evening = only_evening(database)
    assert evening.ended is not None
    assert evening.ended - evening.begun == timedelta(hours=1)
    local = [utc.astimezone(berlin) for utc in (evening.begun, evening.ended)]
    assert [each.replace(tzinfo=None, fold=0) for each in local] == [datetime(2026, 10, 25, 2, 30)] * 2
    assert [each.utcoffset() for each in local] == [timedelta(hours=2), timedelta(hours=1)]
    assert [datetime.fromisoformat(each.isoformat()) for each in local] == [evening.begun, evening.ended]
    assert "clock-step" not in actions(database, evening.slug)
