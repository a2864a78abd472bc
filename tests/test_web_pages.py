"""The pages: every order as a form, what a person is told afterwards, and that nobody's words become HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from scope.errors import NotAllowed
from scope.orders import Direction, Goto, Helm, HelmAct, Nudge, NudgeRate, Order, Stop, Sync, Track, TrackingRate
from tests.web_doors import HOSTILE, SNAPSHOT, Browser, Doors, open_doors


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with open_doors(tmp_path) as doors:
        yield doors


@pytest.mark.parametrize(
    ("name", "form", "order"),
    [
        ("goto", {"target": "M13", "epoch": "J2000"}, Goto("M13")),
        ("goto", {"target": "16.7 +36.5", "epoch": "of-date"}, Goto("16.7 +36.5 of date")),
        ("stop", {}, Stop()),
        ("track", {"rate": "solar"}, Track(TrackingRate.SOLAR)),
        ("sync", {"target": "Vega"}, Sync("Vega")),
        ("sync", {"target": "Vega", "confirmed": "1"}, Sync("Vega", confirmed=True)),
        ("helm", {"act": "take", "to": "Timur"}, Helm(HelmAct.TAKE)),
        ("helm", {"act": "give", "to": "Timur"}, Helm(HelmAct.GIVE, "Timur")),
        ("helm", {"act": "leave", "to": ""}, Helm(HelmAct.LEAVE)),
    ],
)
def test_a_form_gives_the_same_order_as_json(doors: Doors, name: str, form: dict[str, str], order: Order) -> None:
    answer = doors.signed_in().post(f"/orders/{name}", form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert [given for given, _by in doors.desk.given] == [order]


def test_a_click_without_javascript_is_one_short_press(doors: Doors) -> None:
    browser = doors.signed_in()
    for _ in range(2):
        browser.post("/orders/nudge", {"direction": "north", "rate": "guide"})
    (first, _), (second, _) = doors.desk.given
    assert isinstance(first, Nudge)
    assert isinstance(second, Nudge)
    assert (first.direction, first.rate, first.beat) == (Direction.NORTH, NudgeRate.GUIDE, 0)
    assert first.press != second.press


def test_a_refusal_is_told_once_on_the_next_page(doors: Doors) -> None:
    browser = doors.signed_in()
    doors.desk.refusal = NotAllowed("", code="helm_taken", holder="Timur")
    browser.post("/orders/goto", {"target": "M13"})
    assert 'class="message refusal"' in browser.get("/").text
    assert 'class="message refusal"' not in browser.get("/").text


def test_what_one_person_is_told_another_never_reads(doors: Doors) -> None:
    doors.desk.refusal = NotAllowed("", code="parked")
    doors.signed_in(name="Aigerim").post("/orders/park")
    assert 'class="message refusal"' not in doors.signed_in(name="Timur").get("/").text


def test_an_alarm_is_a_sentence_on_the_panel(doors: Doors) -> None:
    doors.live.publish({**SNAPSHOT, "alarms": [{"code": "stop_not_confirmed", "details": {}}]})
    page = doors.signed_in().get("/", headers={"Accept-Language": "en"})
    assert "SWITCH THE MOUNT OFF" in page.text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_can_be_read_in_every_language_and_state(doors: Doors, language: str) -> None:
    lost = {"line": "lost", "position": None, "target": None, "motion": "unknown", "helm": None, "session": None}
    for state in ({}, lost, {"motion": "slewing", "arrived": False}, {"simulated": True, "clock_shifted": True}):
        doors.live.publish({**SNAPSHOT, **state})
        for browser in (doors.signed_in(), Browser(doors.operators), Browser(doors.visitors)):
            for path in ("/", "/sessions", "/about", "/sign-in", "/find?q=M13", "/nothing"):
                page = browser.get(path, headers={"Accept-Language": language})
                assert page.status_code in (200, 303, 404), path


class Seen(HTMLParser):
    """What of a page a browser would run: elements that came from a hostile word, and handlers."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if any(name.startswith("on") or (value or "").startswith("javascript:") for name, value in attrs):
            self.bad.append(f"{tag} {attrs}")
        if tag == "img" and ("src", "x") in attrs:
            self.bad.append(tag)
        if tag == "script" and not any(name == "src" or value == "application/json" for name, value in attrs):
            self.bad.append(tag)


def bad(page: str) -> list[str]:
    seen = Seen()
    seen.feed(page)
    return seen.bad


def hostile_state() -> dict[str, Any]:
    names = dict.fromkeys(("kk", "ru", "en"), HOSTILE)
    target = {**SNAPSHOT["target"], "designation": HOSTILE, "names": names, "constellation": HOSTILE}
    helm = {"holder": HOSTILE, "since": "2026-11-20T16:00:00+00:00", "asked_by": HOSTILE}
    alarms = [{"code": HOSTILE, "details": {"words": HOSTILE}}, {"code": "clock_differs", "details": {"x": HOSTILE}}]
    return {**SNAPSHOT, "target": target, "helm": helm, "mount": HOSTILE, "alarms": alarms, "site": HOSTILE}


def test_words_of_a_mount_a_person_or_a_catalogue_never_become_html(doors: Doors) -> None:
    doors.live.publish(hostile_state())
    doors.desk.refusal = NotAllowed("", code="helm_taken", holder=HOSTILE)
    browser = doors.signed_in(name=HOSTILE)
    browser.post("/orders/goto", {"target": HOSTILE})
    pages = [browser.get(path).text for path in ("/", "/sessions", f"/find?q={HOSTILE}", f"/sessions/{HOSTILE}")]
    pages += [Browser(doors.visitors).get(path).text for path in ("/", f"/{HOSTILE}", f"/sessions/{HOSTILE}")]
    pages.append(Browser(doors.operators).get(f'/sign-in?next=/"{HOSTILE}').text)
    for page in pages:
        assert bad(page) == []
        assert "<script>alert" not in page
    assert "&lt;script&gt;" in pages[0], "the words are shown, as words"


def test_the_json_within_a_page_cannot_end_its_element(doors: Doors) -> None:
    doors.live.publish(hostile_state())
    for text in re.findall(
        r'<script type="application/json"[^>]*>(.*?)</script>', doors.signed_in().get("/").text, re.S
    ):
        json.loads(text)


def test_a_refusal_in_json_is_no_html(doors: Doors) -> None:
    doors.desk.refusal = NotAllowed("", code="helm_taken", holder=HOSTILE)
    answer = doors.signed_in().post_json("/api/orders/park", {})
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("application/json", "nosniff")


def test_the_visitors_address_is_a_picture_for_phones(doors: Doors) -> None:
    answer = Browser(doors.operators).get("/visitors-qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert b'xmlns="http://www.w3.org/2000/svg"' in answer.data


def test_a_page_names_no_other_host(doors: Doors) -> None:
    for browser in (doors.signed_in(), Browser(doors.visitors)):
        for path in ("/", "/sessions", "/about"):
            links = re.findall(r'(?:href|src|action)="([^"]*)"', browser.get(path).text)
            assert [link for link in links if "//" in link] == []
