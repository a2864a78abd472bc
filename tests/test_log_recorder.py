"""The recorder: what it says is saved is saved, nobody waits for it, and evenings begin and end by themselves."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from scope.log.database import Database
from scope.log.history import History
from scope.log.recorder import Recorder
from scope.log.spool import Spool
from scope.log.tables import ChunkRow, EventRow, HelmRow
from scope.snapshot import SessionState
from tests.log_evenings import (
    AIGERIM,
    DANIYAR,
    EVENING,
    M13,
    POINTING,
    SATURN,
    SAVED_SECONDS,
    SITE,
    HandClock,
    actions,
    arrived,
    goto,
    open_log,
    ordered,
    recording,
    seen,
    write,
)

SLUG = "2026-11-23"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_log(tmp_path) as opened:
        yield opened


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Somebody else writes, and takes their time."""
    other = sqlite3.connect(folder / "log.db", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    finally:
        other.close()


def eventually(what: Callable[[], bool], within_seconds: float = SAVED_SECONDS) -> None:
    """Until the recorder's thread has seen the clock that was turned."""
    deadline = time.monotonic() + within_seconds
    while not what():
        assert time.monotonic() < deadline, "never happened"
        time.sleep(0.01)


def test_an_evening_is_told_from_its_events(database: Database) -> None:
    clock = HandClock()
    with recording(database, clock) as recorder:
        write(recorder, goto())
        clock.turn(seconds=20)
        write(recorder, arrived())
        clock.turn(minutes=10)
        write(recorder, goto(SATURN, DANIYAR))
        clock.turn(seconds=5)
        write(recorder, ordered("stop"))
        clock.turn(minutes=1)
        write(recorder, ordered("end-session"))
        assert recorder.session is None
    evening = History(database).session(SLUG)
    assert evening is not None
    assert (evening.begun, evening.ended) == (EVENING, EVENING + timedelta(minutes=11, seconds=25))
    assert (evening.ending, evening.targets, evening.operators) == ("by_hand", 1, ["aigerim", "daniyar"])
    m13, saturn = evening.observations
    assert (m13.begun, m13.ended) == (EVENING + timedelta(seconds=20), EVENING + timedelta(minutes=10, seconds=20))
    assert (m13.arrived, m13.outcome, m13.error_arcseconds) == (True, None, 12.5)
    assert (m13.altitude_degrees, m13.names["en"]) == (POINTING.altitude_degrees, "Great Hercules Cluster")
    assert (saturn.arrived, saturn.outcome, saturn.altitude_degrees) == (False, "aborted", None)
    assert actions(database, SLUG) == [
        "session-begun", "goto", "arrived", "goto", "stop", "end-session", "session-ended",
    ]  # fmt: skip


def test_whoever_listens_hears_of_sessions_that_are_on_disk(database: Database) -> None:
    heard: list[SessionState | None] = []
    with recording(database, HandClock(), on_session=heard.append) as recorder:
        write(recorder, goto())
        eventually(lambda: recorder.session is not None)
        write(recorder, seen("parked"), goto(), ordered("end-session"))
    assert [state and state.slug for state in heard] == [SLUG, None]


def test_the_second_evening_of_a_date_gets_a_name_of_its_own(database: Database) -> None:
    clock = HandClock()
    with recording(database, clock) as recorder:
        for _ in range(3):
            write(recorder, goto(), ordered("end-session"))
            clock.turn(minutes=1)
    slugs = [each.slug for each in History(database).sessions(simulated=False, published_only=True)]
    assert slugs == [f"{SLUG}-3", f"{SLUG}-2", SLUG]


def test_events_without_a_session_are_kept_too(database: Database) -> None:
    with recording(database, HandClock()) as recorder:
        write(recorder, seen("connected"), ordered("stop"), goto(result="below_altitude_limit"))
    with database.reading() as tx:
        assert tx.execute(select(EventRow.action, EventRow.session_id)).all() == [
            ("connected", None),
            ("stop", None),
            ("goto", None),
        ]


def test_an_evening_on_which_nothing_happens_any_more_ends_when_it_was_last_heard_of(database: Database) -> None:
    clock = HandClock()
    with recording(database, clock) as recorder:
        write(recorder, goto(), arrived())
        eventually(lambda: recorder.session is not None)
        clock.turn(minutes=30)
        recorder.sample(clock.utc(), POINTING, "tracking")
        clock.turn(minutes=20)
        eventually(lambda: recorder.session is None)
    evening = History(database).session(SLUG)
    assert evening is not None
    assert (evening.ending, evening.ended) == ("idle", EVENING + timedelta(minutes=30))


def test_closing_ends_the_evening_with_a_reason(database: Database) -> None:
    with recording(database, HandClock()) as recorder:
        write(recorder, goto())
    evening = History(database).session(SLUG)
    assert evening is not None
    assert evening.ending == "service_stopped"
    assert evening.observations[0].outcome == "aborted"


def test_the_track_is_cut_into_minutes_and_ends_with_the_evening(database: Database) -> None:
    clock = HandClock()
    with recording(database, clock) as recorder:
        recorder.sample(clock.utc(), POINTING, "stopped")  # before anybody came
        write(recorder, goto())
        for _ in range(150):
            clock.turn(seconds=1)
            recorder.sample(clock.utc(), POINTING, "tracking")
        write(recorder, ordered("end-session"))
        recorder.sample(clock.utc(), POINTING, "stopped")  # after everybody left
    with database.reading() as tx:
        sizes = tx.scalars(select(ChunkRow.samples).order_by(ChunkRow.begun)).all()
    assert sum(sizes) == 150
    assert max(sizes) == 60
    track = History(database).track(SLUG)
    assert [point.utc for point in track] == [EVENING + timedelta(seconds=second) for second in range(1, 151)]
    assert {point.motion for point in track} == {"tracking"}


def test_a_few_samples_are_written_after_a_minute(database: Database) -> None:
    clock = HandClock()
    with recording(database, clock) as recorder:
        write(recorder, goto())
        eventually(lambda: recorder.session is not None)
        recorder.sample(clock.utc(), POINTING, "tracking")
        clock.turn(seconds=61)
        eventually(lambda: len(History(database).track(SLUG)) == 1)


def test_a_chunk_that_is_not_full_survives_the_events_between(database: Database) -> None:
    clock = HandClock()
    with recording(database, clock) as recorder:
        write(recorder, goto())
        for _ in range(60):
            recorder.sample(clock.utc(), POINTING, "tracking")
            write(recorder, ordered("nudge", direction="north"))
        write(recorder, ordered("nudge", direction="north"))
        with database.reading() as tx:
            assert tx.scalars(select(ChunkRow.samples)).all() == [60]


def test_the_helm_is_noted_with_its_intervals(database: Database) -> None:
    clock = HandClock()
    with recording(database, clock) as recorder:
        write(recorder, ordered("helm", act="take"))
        clock.turn(minutes=1)
        write(recorder, goto(), ordered("helm", DANIYAR, act="ask"))
        clock.turn(minutes=1)
        write(recorder, ordered("helm", act="give", to="daniyar"))
        clock.turn(minutes=1)
        write(recorder, ordered("helm", DANIYAR, act="leave"), ordered("end-session"))
    with database.reading() as tx:
        helms = tx.execute(select(HelmRow.operator, HelmRow.taken, HelmRow.left)).all()
    minutes = [EVENING + timedelta(minutes=minute) for minute in range(4)]
    assert helms == [("aigerim", minutes[0], minutes[2]), ("daniyar", minutes[2], minutes[3])]
    evening = History(database).session(SLUG)
    assert evening is not None
    assert evening.operators == ["aigerim", "daniyar"]


def test_a_lock_delays_events_and_keeps_their_order(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with recording(database, HandClock()) as recorder:
        write(recorder, goto())
        with locked(tmp_path), caplog.at_level(logging.WARNING, "scope.log"):
            started = time.monotonic()
            tickets = [recorder.event(ordered("nudge", number=number)) for number in range(500)]
            assert time.monotonic() - started < 0.5
            assert not tickets[0].saved(0.05)
            eventually(lambda: not recorder.healthy)
        assert all(ticket.saved(SAVED_SECONDS) for ticket in tickets)
        assert recorder.healthy
        numbers = [line.arguments["number"] for line in History(database).events(SLUG) if line.action == "nudge"]
    assert numbers == list(range(500))
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_a_database_that_is_locked_at_the_start_does_not_hold_up_the_start(database: Database, tmp_path: Path) -> None:
    with locked(tmp_path):
        started = time.monotonic()
        recorder = Recorder(database, HandClock(), simulated=False, site=SITE, mount="lx200")
        ticket = recorder.event(goto())
        assert time.monotonic() - started < 0.5
        assert not ticket.saved(0.1)
    assert ticket.saved(SAVED_SECONDS)
    recorder.close()
    assert actions(database, SLUG)[:2] == ["session-begun", "goto"]


def test_a_close_while_the_database_is_locked_gives_up_and_says_so(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = Recorder(database, HandClock(), simulated=False, site=SITE, mount="lx200")
    write(recorder, goto())
    with locked(tmp_path):
        ticket = recorder.event(arrived())
        recorder.close(within_seconds=0.2)
        assert "lost" in caplog.text
        assert not ticket.saved(0.0)
        eventually(lambda: not recorder._thread.is_alive())


def test_a_full_spool_forgets_samples_and_then_events_and_says_how_many(database: Database, tmp_path: Path) -> None:
    clock = HandClock()
    with recording(database, clock, spool=Spool(most_events=20, most_samples=50)) as recorder:
        write(recorder, goto())
        with locked(tmp_path):
            for _ in range(80):
                clock.turn(seconds=1)
                recorder.sample(clock.utc(), POINTING, "tracking")
            tickets = [recorder.event(ordered("nudge")) for _ in range(25)]
            assert [ticket.saved(0.0) for ticket in tickets[20:]] == [False] * 5
        assert all(ticket.saved(SAVED_SECONDS) for ticket in tickets[:20])
        write(recorder, ordered("end-session"))
    details = {line.action: line.details for line in History(database).events(SLUG)}
    assert details["samples-dropped"]["count"] == 30
    assert details["samples-dropped"]["first"] == (EVENING + timedelta(seconds=51)).isoformat()
    assert details["events-dropped"]["count"] == 5
    assert len(History(database).track(SLUG)) == 50


def test_giving_an_event_takes_no_time_even_with_ten_thousand_waiting(database: Database, tmp_path: Path) -> None:
    with recording(database, HandClock()) as recorder, locked(tmp_path):
        took = []
        for _ in range(10_500):
            started = time.perf_counter()
            recorder.event(ordered("nudge"))
            took.append(time.perf_counter() - started)
        took.sort()
        assert took[len(took) // 2] < 0.001
        assert took[-10] < 0.1  # the writer's thread may hold the interpreter now and then


def test_what_was_left_open_by_a_crash_is_closed_with_the_time_last_heard(database: Database) -> None:
    clock = HandClock()
    crashed = Recorder(database, clock, simulated=False, site=SITE, mount="lx200")
    write(crashed, ordered("helm", act="take"), goto(), arrived())
    clock.turn(minutes=7)
    write(crashed, ordered("nudge"))
    crashed._abandoned.set()  # as if killed: nothing more is written
    crashed._thread.join()
    clock.turn(hours=9)
    with recording(database, clock) as recorder:
        write(recorder, seen("connected"))
        assert recorder.session is None
    evening = History(database).session(SLUG)
    assert evening is not None
    assert (evening.ending, evening.ended) == ("interrupted", EVENING + timedelta(minutes=7))
    assert evening.observations[0].ended == EVENING + timedelta(minutes=7)
    told = History(database).events(SLUG)[-1]
    assert (told.action, told.details["reason"], told.utc) == ("session-ended", "interrupted", clock.utc())
    with database.reading() as tx:
        assert tx.scalars(select(HelmRow.left)).all() == [EVENING + timedelta(minutes=7)]


def test_two_telescopes_of_one_database_do_not_end_each_others_evenings(database: Database) -> None:
    with recording(database, HandClock(), telescope="refractor") as first:
        write(first, goto())
        with recording(database, HandClock(), telescope="reflector") as second:
            write(second, goto())
        write(first, arrived())
        assert first.session is not None
    slugs = {each.slug: each for each in History(database).sessions(simulated=False, published_only=True)}
    assert slugs.keys() == {SLUG, f"{SLUG}-2"}
    assert "arrived" in actions(database, SLUG)


def test_a_step_of_the_wall_clock_is_marked(database: Database) -> None:
    clock = HandClock()
    with recording(database, clock) as recorder:
        write(recorder, goto())
        clock.step_wall_clock(hours=-1)
        eventually(lambda: "clock-step" in actions(database, SLUG))
        write(recorder, ordered("end-session"))
    step = next(line for line in History(database).events(SLUG) if line.action == "clock-step")
    assert step.details == {"seconds": -3600.0}
    evening = History(database).session(SLUG)
    assert evening is not None
    assert evening.ended is not None
    assert evening.ended >= evening.begun


def test_hostile_text_is_stored_and_stops_nothing(database: Database) -> None:
    hostile = "<script>\0\ud800\x1b[2J'; DROP TABLE events; --"
    with recording(database, HandClock()) as recorder:
        write(recorder, goto(), seen("connected", product=hostile, error=float("nan"), deep=[{"x": {1, 2}}]))
    line = History(database).events(SLUG)[2]
    assert line.details["product"] == "<script>\N{REPLACEMENT CHARACTER}?\x1b[2J'; DROP TABLE events; --"
    assert line.details["error"] is None


def test_an_entry_that_can_never_be_written_does_not_stop_the_log(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with recording(database, HandClock()) as recorder:
        write(recorder, goto())
        unwritable = goto(replace(M13, kind=None))  # type: ignore[arg-type]
        lost, kept = recorder.event(unwritable), recorder.event(ordered("stop"))
        assert kept.saved(30.0)
        assert not lost.saved(0.0)
    assert "given up" in caplog.text
    assert actions(database, SLUG)[-2:] == ["stop", "session-ended"]


def test_a_position_that_is_no_number_is_left_out(database: Database) -> None:
    with recording(database, HandClock()) as recorder:
        write(recorder, goto())
        for altitude in (float("nan"), float("inf"), 41.0):
            recorder.sample(EVENING, replace(POINTING, altitude_degrees=altitude), "tracking")
        write(recorder, ordered("end-session"))
    assert [point.altitude_degrees for point in History(database).track(SLUG)] == [41.0]


def test_the_number_of_an_event_has_no_hole(database: Database) -> None:
    for _ in range(2):
        with recording(database, HandClock()) as recorder:
            write(recorder, goto(), ordered("stop"), ordered("end-session"))
    with database.reading() as tx:
        numbers = tx.execute(select(EventRow.run_id, EventRow.seq).order_by(EventRow.id)).all()
    assert [seq for _, seq in numbers] == [1, 2, 3, 4, 5] * 2
    assert len({run for run, _ in numbers}) == 2


def test_an_event_carries_both_clocks_and_says_how_good_they_are(database: Database) -> None:
    clock = HandClock(timedelta(hours=3))
    with recording(database, clock) as recorder:
        write(recorder, ordered("stop", AIGERIM))
    with database.reading() as tx:
        row = tx.scalars(select(EventRow)).one()
    assert (row.utc, row.monotonic, row.clock_quality) == (EVENING + timedelta(hours=3), 1000.0, "shifted")
    assert len(row.boot_id) == 36
