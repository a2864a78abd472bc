"""Events in, observations and sessions out: the rules, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from scope.log.events import Event
from scope.log.observations import Arrived, Change, Ended, Ordered, Stage, changes
from scope.log.sessions import begins, ending, evening, free_slug
from tests.log_evenings import AIGERIM, M13, POINTING, SATURN, arrived, goto, ordered, seen

NEW = Ordered(M13, "aigerim")
NOTHING: list[Change] = []


@pytest.mark.parametrize(
    ("stage", "event", "expected"),
    [
        (Stage.NONE, goto(), [NEW]),
        (Stage.NONE, goto(result="below_altitude_limit"), NOTHING),
        (Stage.ON_THE_WAY, goto(), [Ended("aborted"), NEW]),
        (Stage.LOOKING, goto(), [Ended(None), NEW]),
        (Stage.LOOKING, goto(result="too_near_sun"), NOTHING),
        (Stage.ON_THE_WAY, arrived(), [Arrived(POINTING, 12.5)]),
        (Stage.LOOKING, arrived(), NOTHING),
        (Stage.NONE, arrived(), NOTHING),
        (Stage.ON_THE_WAY, ordered("stop"), [Ended("aborted")]),
        (Stage.ON_THE_WAY, seen("stopped"), [Ended("aborted")]),
        (Stage.ON_THE_WAY, seen("missed"), [Ended("aborted")]),
        (Stage.LOOKING, ordered("stop"), NOTHING),
        (Stage.LOOKING, seen("stopped"), NOTHING),
        (Stage.LOOKING, ordered("track", rate="off"), [Ended(None)]),
        (Stage.LOOKING, ordered("track", rate="lunar"), NOTHING),
        (Stage.LOOKING, ordered("park"), [Ended(None)]),
        (Stage.ON_THE_WAY, ordered("park"), [Ended("aborted")]),
        (Stage.LOOKING, ordered("end-session"), [Ended(None)]),
        (Stage.LOOKING, ordered("nudge", direction="north"), NOTHING),
        (Stage.LOOKING, seen("line-lost"), NOTHING),
    ],
)
def test_an_event_changes_the_open_observation(stage: Stage, event: Event, expected: list[Change]) -> None:
    assert changes(stage, event) == expected


def test_a_goto_that_missed_says_by_how_much_in_degrees() -> None:
    missed = Event(AIGERIM, "arrived", "missed", details={"error_degrees": 0.5})
    assert changes(Stage.ON_THE_WAY, missed) == [Arrived(None, 1800.0)]


@pytest.mark.parametrize("action", ["goto", "track", "nudge", "unpark", "home", "sync"])
def test_an_order_that_uses_the_telescope_begins_an_evening(action: str) -> None:
    assert begins(ordered(action))


@pytest.mark.parametrize(
    "event",
    [ordered("stop"), ordered("helm", act="take"), ordered("park"), ordered("track", rate="off"), seen("connected")],
)
def test_what_does_not_use_the_telescope_begins_none(event: Event) -> None:
    assert not begins(event)


def test_a_refused_order_begins_none() -> None:
    assert not begins(goto(SATURN, result="below_altitude_limit"))


def test_an_evening_ends_by_hand_or_with_the_park_that_arrived() -> None:
    assert ending(ordered("end-session")) == "by_hand"
    assert ending(seen("parked")) == "parked"
    assert ending(ordered("park")) is None
    assert ending(ordered("stop")) is None


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        (datetime(2026, 11, 23, 15, 0, tzinfo=UTC), date(2026, 11, 23)),  # 20:00
        (datetime(2026, 11, 23, 21, 0, tzinfo=UTC), date(2026, 11, 23)),  # 02:00 of the 24th
        (datetime(2026, 11, 24, 6, 59, tzinfo=UTC), date(2026, 11, 23)),  # 11:59
        (datetime(2026, 11, 24, 7, 0, tzinfo=UTC), date(2026, 11, 24)),  # noon
    ],
)
def test_the_small_hours_belong_to_the_evening_before(utc: datetime, expected: date) -> None:
    assert evening(utc, "Asia/Almaty") == expected


def test_the_second_session_of_an_evening_has_a_number() -> None:
    day = date(2026, 11, 23)
    assert free_slug(day, []) == "2026-11-23"
    assert free_slug(day, ["2026-11-23"]) == "2026-11-23-2"
    assert free_slug(day, ["2026-11-23", "2026-11-23-2"]) == "2026-11-23-3"
