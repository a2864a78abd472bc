"""What can be read of the log, and by whom."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from scope.log.accounts import Accounts
from scope.log.database import Database
from scope.log.history import History, publish
from scope.log.tables import ChunkRow, SessionRow
from scope.log.track import Sample, encode
from scope.orders import Role
from scope.snapshot import Pointing
from tests.log_evenings import (
    EVENING,
    POINTING,
    SITE,
    HandClock,
    arrived,
    goto,
    open_log,
    ordered,
    recording,
    write,
)

SLUG = "2026-11-23"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_log(tmp_path) as opened:
        yield opened


def write_evening(database: Database, **more: object) -> None:
    with recording(database, HandClock(), **more) as recorder:
        write(recorder, goto(), arrived(), ordered("end-session"))


def slugs(database: Database, *, simulated: bool = False, published_only: bool = True) -> list[str]:
    found = History(database).sessions(simulated=simulated, published_only=published_only)
    return [each.slug for each in found]


def test_a_simulated_evening_is_listed_only_on_request(database: Database) -> None:
    write_evening(database, simulated=True)
    write_evening(database)
    assert slugs(database) == [f"{SLUG}-2"]
    assert slugs(database, simulated=True) == [f"{SLUG}-2", SLUG]


@pytest.mark.parametrize("visibility", ["members", "private"])
def test_what_is_not_public_is_not_there_for_the_public(database: Database, visibility: str) -> None:
    write_evening(database, visibility=visibility)
    history = History(database)
    assert slugs(database) == []
    assert history.session(SLUG, published_only=True) is None
    assert slugs(database, published_only=False) == [SLUG]
    assert history.session(SLUG) is not None


def test_an_evening_is_published_and_taken_back(database: Database) -> None:
    write_evening(database, visibility="private")
    publish(database, SLUG, "public")
    assert slugs(database) == [SLUG]
    publish(database, SLUG, "members")
    assert slugs(database) == []
    with pytest.raises(KeyError):
        publish(database, "1999-01-01", "public")
    with pytest.raises(ValueError, match="everybody"):
        publish(database, SLUG, "everybody")


def test_the_public_reads_first_names_and_members_whole_ones(database: Database) -> None:
    Accounts(database, HandClock()).add_user("aigerim", Role.VOLUNTEER, "Айгерім Нұрланова")
    write_evening(database)
    public, whole = (History(database).session(SLUG, published_only=public) for public in (True, False))
    assert public is not None
    assert whole is not None
    assert (public.operators, public.observations[0].operator) == (["Айгерім"], "Айгерім")
    assert (whole.operators, whole.observations[0].operator) == (["Айгерім Нұрланова"], "Айгерім Нұрланова")
    assert "Нұрланова" not in repr(public)


def test_the_public_cannot_work_out_where_the_telescope_stands(database: Database) -> None:
    write_evening(database)
    public = History(database).session(SLUG, published_only=True)
    assert public is not None
    assert (public.latitude_degrees, public.longitude_degrees) == (49.8, 73.1)
    assert (public.observations[0].altitude_degrees, public.observations[0].azimuth_degrees) == (41.8, 280.1)
    whole = History(database).session(SLUG)
    assert whole is not None
    assert whole.observations[0].altitude_degrees == POINTING.altitude_degrees


def test_sessions_come_in_pages_the_latest_first(database: Database) -> None:
    clock = HandClock()
    with recording(database, clock) as recorder:
        for _ in range(5):
            write(recorder, goto(), ordered("end-session"))
            clock.turn(days=1)
    history = History(database)
    first = history.sessions(simulated=False, published_only=True, most=2)
    second = history.sessions(simulated=False, published_only=True, most=2, before=first[-1].begun)
    assert [each.slug for each in first + second] == ["2026-11-27", "2026-11-26", "2026-11-25", "2026-11-24"]


def test_an_open_evening_is_there_while_it_lasts(database: Database) -> None:
    with recording(database, HandClock()) as recorder:
        write(recorder, goto(), arrived())
        evening = History(database).session(SLUG, published_only=True)
        assert evening is not None
        assert (evening.ended, evening.ending, evening.observations[0].ended) == (None, None, None)


def test_an_event_is_told_with_its_target(database: Database) -> None:
    write_evening(database)
    line = History(database).events(SLUG)[1]
    assert (line.actor, line.role, line.via, line.action, line.result) == (
        "aigerim", "volunteer", "browser", "goto", "accepted",
    )  # fmt: skip
    assert line.target is not None
    assert line.target.designation == "M13"
    assert line.arguments == {"target": "M13"}


def test_a_session_that_is_not_there_has_nothing(database: Database) -> None:
    history = History(database)
    assert history.session(SLUG) is None
    assert history.events(SLUG) == []
    assert history.track(SLUG) == []


def write_track(database: Database, chunks: int) -> None:
    """Rows as the recorder would write them; packing the same minute again and again is quick enough."""
    minute = [Sample(EVENING + timedelta(seconds=n), POINTING, "tracking") for n in range(60)]
    packed = encode(minute)
    session = SessionRow(
        slug="long", telescope="t", begun=EVENING, visibility="public", simulated=False, mount="lx200",
        site=SITE.name, latitude_degrees=0.0, longitude_degrees=0.0, elevation_metres=0.0, timezone=SITE.timezone,
    )  # fmt: skip
    with database.writing() as tx:
        tx.add(session)
        tx.flush()
        tx.add_all(
            ChunkRow(
                session_id=session.id,
                begun=EVENING + timedelta(minutes=number),
                ended=EVENING + timedelta(minutes=number, seconds=59),
                samples=60,
                packed=packed,
            )
            for number in range(chunks)
        )


@pytest.mark.parametrize(("points", "expected"), [(1, 1), (2, 2), (7, 7), (500, 500), (1199, 1199), (5000, 1200)])
def test_a_track_is_thinned_evenly_to_what_is_asked(database: Database, points: int, expected: int) -> None:
    write_track(database, 20)
    assert len(History(database).track("long", points)) == expected


def test_a_thinned_track_begins_and_ends_with_the_whole(database: Database) -> None:
    with recording(database, HandClock()) as recorder:
        write(recorder, goto())
        for second in range(1000):
            pointing = Pointing(5.0, 10.0, second / 100, 100.0)
            recorder.sample(EVENING + timedelta(seconds=second), pointing, "tracking")
        write(recorder, ordered("end-session"))
    track = History(database).track(SLUG, points=11)
    assert [round((point.utc - EVENING).total_seconds()) for point in track] == [
        0, 99, 199, 299, 399, 499, 599, 699, 799, 899, 999,
    ]  # fmt: skip


def test_a_plot_of_a_very_long_track_reads_quickly(database: Database) -> None:
    write_track(database, 3000)
    started = time.perf_counter()
    assert len(History(database).track("long")) == 500
    assert time.perf_counter() - started < 1.0
