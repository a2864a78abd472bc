"""The events of the log in words: what was ordered or seen, and how it went."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scope.log.history import EventLine
from scope.orders import ORDERS
from tests.web_doors import BEGUN, open_doors
from web.happened import in_words
from web.sentences.events import ACTIONS


@pytest.fixture(autouse=True)
def english(tmp_path: Path) -> Iterator[None]:
    with (
        open_doors(tmp_path) as doors,
        doors.operators.test_request_context("/", headers={"Accept-Language": "en"}),
    ):
        yield


def event(action: str, result: str, **details: Any) -> EventLine:
    return EventLine(BEGUN, "Timur", "volunteer", "browser", action, result, {}, details, None, "tracking", None, None)


@pytest.mark.parametrize(
    ("line", "what", "how"),
    [
        (event("goto", "accepted"), "Go to", "accepted"),
        (event("pointing", "fitted", stars=3), "Stars of the pointing model", "model fitted anew"),
        (event("pointing", "pointing_moving"), "Stars of the pointing model", "The telescope is still moving."),
        (event("parked", "by-hand"), "The telescope is parked", "not from here, but by hand"),
        (event("missed", "parking"), "Did not arrive", "it never reached its park position"),
        (event("at-home", "accepted"), "At the home position", "accepted"),
        (event("alarm", "ahead_sun", minutes=12), "Alarm", "In 12 min the target will be too near"),
        (event("helm", "helm_taken", holder="Aigerim"), "Helm", "Aigerim is at the helm."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_happened_is_told_in_words(line: EventLine, what: str, how: str) -> None:
    said = in_words(line)
    assert said.what == what
    assert said.how is not None
    assert said.how.startswith(how)


def test_what_nobody_has_written_words_for_is_shown_as_the_log_has_it() -> None:
    said = in_words(event("clock-step", "never-heard-of"))
    assert (said.what, said.how) == (None, None)


def test_every_event_that_scope_tells_of_has_a_name() -> None:
    said = "\n".join(file.read_text("utf-8") for file in (Path(__file__).parents[1] / "scope").rglob("*.py"))
    told = set(re.findall(r"\btell\(\s*\"([a-z-]+)\"", said))
    assert len(told) > 5
    assert told - ACTIONS.keys() == set()
    assert ORDERS.keys() - ACTIONS.keys() == set()
