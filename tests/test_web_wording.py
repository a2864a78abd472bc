"""How numbers, times and refusals read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from scope.errors import NotAllowed, NotUnderstood
from tests.web_doors import HOSTILE, open_doors
from web import wording
from web.answers import ALARMS, SAME_AS, SENTENCES, alarm_sentence, answer_to, sentence


@pytest.fixture(autouse=True)
def english(tmp_path: Path) -> Iterator[None]:
    with (
        open_doors(tmp_path) as doors,
        doors.visitors.test_request_context("/", headers={"Accept-Language": "en"}),
    ):
        yield


@pytest.mark.parametrize(
    ("hours", "written"),
    [
        (0.0, "00h 00m 00.0s"),
        (16.694898, "16h 41m 41.6s"),
        (23.99999999, "00h 00m 00.0s"),
        (1 - 1e-9, "01h 00m 00.0s"),
        (5.5833333, "05h 35m 00.0s"),
    ],
)
def test_right_ascension(hours: float, written: str) -> None:
    assert wording.ra(hours) == written


@pytest.mark.parametrize(
    ("degrees", "written"),
    [
        (36.461333, "+36° 27′ 41″"),
        (-0.5, "−00° 30′ 00″"),
        (-0.0001, "+00° 00′ 00″"),
        (90.0, "+90° 00′ 00″"),
        (59.9999999, "+60° 00′ 00″"),
        (-89.5, "−89° 30′ 00″"),
    ],
)
def test_declination(degrees: float, written: str) -> None:
    assert wording.dec(degrees) == written


def test_a_number_has_the_mark_of_its_language(tmp_path: Path) -> None:
    assert wording.degrees(-3.25) == "−3.2°"
    assert wording.degrees(-0.04) == "0.0°"
    with open_doors(tmp_path) as doors, doors.visitors.test_request_context(headers={"Accept-Language": "ru"}):
        assert wording.degrees(61.25, 2) == "61,25°"


def test_times_are_those_of_the_site_five_hours_east_since_2024() -> None:
    assert wording.local_time("2026-11-20T17:00:00+00:00") == "22:00"
    assert wording.local_time(datetime(2026, 11, 20, 17, 0, 30, tzinfo=UTC), seconds=True) == "22:00:30"
    assert wording.local_time("2023-11-20T17:00:00+00:00") == "23:00"


@pytest.mark.parametrize("utc", ["2026-11-20T13:00:00+00:00", "2026-11-20T20:00:00+00:00", "2026-11-21T06:00:00+00:00"])
def test_a_night_has_one_double_date_before_and_after_midnight(utc: str) -> None:
    assert wording.night(utc) == "20/21 November 2026"


def test_the_last_night_of_a_month() -> None:
    assert wording.night("2026-11-30T18:00:00+00:00") == "30/1 November 2026"


@pytest.mark.parametrize(
    ("span", "written"),
    [(12, "12 s"), (75, "1 min"), (3600, "1 h 0 min"), (timedelta(hours=5, minutes=31), "5 h 31 min")],
)
def test_how_long_it_took(span: float | timedelta, written: str) -> None:
    assert wording.duration(span) == written


def test_a_limit_is_told_with_its_numbers_a_remedy_and_the_time_on_the_sites_clock() -> None:
    refused = NotAllowed(
        "",
        code="below_altitude_limit",
        target="M13",
        altitude_degrees=3.04,
        limit_degrees=15.0,
        possible_at="2026-11-20T22:40:00+00:00",
    )
    told = answer_to(refused).sentence
    assert told == "M13 stands at 3.0°, below the limit of 15.0°. It will be high enough at 03:40."


@pytest.mark.parametrize(("spoken", "name"), [("kk", "Шолпан"), ("ru", "Венера"), ("en", "Venus")])
def test_a_refused_target_is_called_by_its_name_in_the_readers_language(spoken: str, name: str) -> None:
    names = {"target": "Venus", "target_kk": "Шолпан", "target_ru": "Венера", "target_en": "Venus"}
    with Flask(__name__).test_request_context(headers={"Accept-Language": spoken}):
        told = sentence("below_altitude_limit", {**names, "altitude_degrees": 3, "limit_degrees": 15})
    assert told.startswith(name)


def test_without_a_time_the_sentence_names_none() -> None:
    told = sentence(
        "below_altitude_limit", {"target": "M13", "altitude_degrees": 3, "limit_degrees": 15, "possible_at": None}
    )
    assert told == "M13 stands at 3.0°, below the limit of 15.0°. Choose something higher."


def test_a_code_nobody_has_written_a_sentence_for_is_still_a_sentence() -> None:
    assert sentence("never_heard_of", {"x": 1}) == "That did not work (never_heard_of)."
    assert "never_heard_of" in alarm_sentence("never_heard_of", {})


COMMAND_LINE_ONLY = {
    "account_unknown",
    "name_taken",
    "name_wrong",
    "already_running",
    "shift_refused",
    "family_unknown",
}
COMMAND_LINE_ONLY |= {"settings_error", "settings_not_toml", "settings_unreadable", "settings_wrong", "settings_exist"}
COMMAND_LINE_ONLY |= {"database_newer", "question_unknown", "scope_error", "not_harmless"}


def test_every_code_that_scope_raises_has_a_sentence() -> None:
    said = "\n".join(file.read_text(encoding="utf-8") for file in (Path(__file__).parents[1] / "scope").rglob("*.py"))
    raised = set(re.findall(r"\bcode ?= ?\"([a-z_]+)\"", said)) - COMMAND_LINE_ONLY
    assert len(raised) > 20
    assert raised - SENTENCES.keys() - SAME_AS.keys() == set()
    assert set(re.findall(r"\bAlarm\(\s*\"([a-z_]+)\"", said)) - ALARMS.keys() == set()


def test_an_unconfirmed_stop_sends_people_to_the_power_switch() -> None:
    assert "SWITCH THE MOUNT OFF" in alarm_sentence("stop_not_confirmed", {})


@pytest.mark.parametrize("code", [*SENTENCES, *ALARMS])
@pytest.mark.parametrize(
    "details", [{}, {"words": "100% %(oops)s", "typed": "%s %d %", "possible_at": "soon", "limit_degrees": "low"}]
)
def test_every_code_is_said_whatever_its_details(code: str, details: dict[str, str]) -> None:
    for say in (sentence, alarm_sentence):
        assert say(code, details)
        assert "%(" not in say(code, {}), "a place was left unfilled"


def test_the_words_of_a_mount_are_quoted_as_they_are() -> None:
    assert HOSTILE in sentence("mount_refused", {"words": HOSTILE})
    assert "{}" in answer_to(NotUnderstood("", code="target_unknown", typed="{}", nearest="M13")).sentence
