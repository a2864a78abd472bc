"""The page of the pointing model as the server writes it: stars, bolts and terms in words, and its orders as forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from scope.errors import LineLost, NotAllowed
from scope.orders import Order, Pointing, PointingAct
from scope.sky.pointing.polar import Turn
from scope.sky.pointing.terms import EQUATORIAL, UPRIGHT
from tests.web_doors import HOSTILE, POINTING, SNAPSHOT, Browser, Doors, open_doors
from web.answers import sentence
from web.languages import CHOICES
from web.pointing import TERMS, bolts
from web.wording import arcminutes

EMPTY: dict[str, Any] = {
    **POINTING,
    "stars": [],
    "terms": [],
    "rms_arcminutes": None,
    "rms_without_arcminutes": None,
    "polar": None,
}


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with open_doors(tmp_path) as doors:
        yield doors


@pytest.fixture
def english(doors: Doors) -> Iterator[None]:
    with doors.operators.test_request_context("/pointing", headers={"Accept-Language": "en"}):
        yield


def page_of(doors: Doors, path: str = "/pointing", language: str = "en") -> str:
    """What a reader reads, on one line."""
    html = doors.signed_in().get(path, headers={"Accept-Language": language}).text
    bare = re.sub(r"<(script|style|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare)))


def star(designation: str, residual: float = 0.3, is_doubtful: bool = False) -> dict[str, Any]:
    utc = "2026-11-20T16:30:00+00:00"
    return {
        "designation": designation,
        "utc": utc,
        "residual_arcminutes": residual,
        "is_doubtful": is_doubtful,
    }


# ---- what the page says


def test_the_stars_their_errors_and_what_the_model_is_worth(doors: Doors) -> None:
    page = page_of(doors)
    for words in ("Vega", "18:02, November 23, 2026", "Off by 0.3′", "Castor", "Off by 4° 28′"):
        assert words in page, words
    assert "Error of the mount alone 17′ Error with the model 0.3′" in page


def test_only_the_doubtful_star_is_said_not_to_fit(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    assert page_of(doors).count("It does not fit the others") == 1
    monkeypatch.setattr(doors.desk, "pointing", lambda: {**POINTING, "stars": [star("Vega"), star("Castor")]})
    assert "It does not fit the others" not in page_of(doors)


def test_a_star_is_called_as_people_call_it_and_a_place_by_its_numbers(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors.desk, "pointing", lambda: {**POINTING, "stars": [star("Vega"), star("16.7h +36.5°")]})
    known = [{"designation": "Vega", "names": {"kk": "Вега", "ru": "Вега"}}]
    monkeypatch.setattr(doors.desk, "look_up", lambda text, most: known)
    page = page_of(doors, language="kk")
    assert "Вега (Vega)" in page
    assert "16.7h +36.5°" in page


def test_a_star_that_is_there_twice_is_dropped_twice_and_says_so(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    stars = [star("Vega"), star("Deneb"), star("Vega")]
    monkeypatch.setattr(doors.desk, "pointing", lambda: {**POINTING, "stars": stars})
    page = page_of(doors)
    assert page.count("Drop all of this name") == 2
    assert page.count("Drop it") == 1


def test_without_stars_there_is_how_to_begin_and_nothing_to_drop(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors.desk, "pointing", lambda: {**EMPTY, "geometry": None})
    doors.live.publish({**SNAPSHOT, "pointing_stars": 0})
    page = page_of(doors)
    assert "There are none yet" in page
    assert "Two stars in different directions are better than none, six are good." in page
    assert "It is centred: add this star" in page, "who adds one is told what is missing"
    for gone in ("Start afresh", "Drop", "polar axis", "terms of the model"):
        assert gone not in page, gone


def test_stars_of_an_earlier_run_are_not_said_to_be_gone(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors.desk, "pointing", lambda: EMPTY)
    doors.live.publish({**SNAPSHOT, "pointing_stars": 6})
    page = page_of(doors)
    assert "Stars kept from before: 6." in page
    assert "none yet" not in page


def polar(east: float, up: float, doubt: float = 0.8) -> dict[str, Any]:
    """What has to be turned, in arcminutes."""
    return {
        "azimuth_arcminutes": abs(east),
        "azimuth_uncertainty_arcminutes": doubt,
        "azimuth_turn": "east" if east > 0 else "west",
        "altitude_arcminutes": abs(up),
        "altitude_uncertainty_arcminutes": doubt,
        "altitude_turn": "up" if up > 0 else "down",
        "distance_arcminutes": 12.9,
    }


@pytest.mark.parametrize(
    ("told", "azimuth", "altitude"),
    [
        (polar(14.2, 9.1), "14′ to the east", "Raise the polar axis by 9.1′"),
        (polar(-14.2, -9.1), "14′ to the west", "Lower the polar axis by 9.1′"),
        (polar(75.4, -0.5), "1° 15′ to the east", "In height the polar axis stands right, to within 1.0′"),
        (polar(4.0, 30.0, doubt=5.0), "Sideways the polar axis stands right, to within 5.0′", "Raise"),
    ],
)
def test_what_to_turn_is_an_instruction(english: None, told: dict[str, Any], azimuth: str, altitude: str) -> None:
    first, second = bolts(told)
    assert azimuth in first
    assert altitude in second


@pytest.mark.usefixtures("english")
def test_every_way_to_turn_has_its_words() -> None:
    said = {sentence for east in (9.0, -9.0) for up in (9.0, -9.0) for sentence in bolts(polar(east, up))}
    assert len(said) == len(Turn)


@pytest.mark.parametrize(("geometry", "shown"), [("german", True), ("fork", True), ("polar", True), ("altaz", False)])
def test_only_a_mount_that_has_a_polar_axis_is_told_of_it(
    doors: Doors, monkeypatch: pytest.MonkeyPatch, geometry: str, shown: bool
) -> None:
    monkeypatch.setattr(doors.desk, "pointing", lambda: {**POINTING, "geometry": geometry, "polar": None})
    page = page_of(doors)
    assert ("How the polar axis stands" in page) is shown
    assert ("More stars, far apart in the sky, will tell." in page) is shown


def test_bolts_that_have_been_turned_end_the_model(doors: Doors) -> None:
    page = page_of(doors)
    assert "14′ to the east" in page
    assert "If you do turn the bolts, start afresh afterwards" in page


def test_every_term_of_either_kind_of_mount_has_plain_words(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(TERMS) == {*EQUATORIAL, *UPRIGHT}
    terms = [{"name": name, "arcminutes": -3.25, "uncertainty_arcminutes": 0.9} for name in TERMS]
    monkeypatch.setattr(doors.desk, "pointing", lambda: {**POINTING, "terms": terms})
    page = page_of(doors)
    for name, words in TERMS.items():
        assert f"{name} {words} −3.2′ ± 0.9′" in page, name


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("value", "written"),
    [(0.0, "0.0′"), (9.94, "9.9′"), (9.96, "10′"), (59.4, "59′"), (59.6, "1° 00′"), (268.4, "4° 28′")],
)
def test_arcminutes(value: float, written: str) -> None:
    assert arcminutes(value) == written


@pytest.mark.parametrize("language", CHOICES)
@pytest.mark.parametrize("told", [POINTING, EMPTY], ids=["stars", "none"])
def test_the_part_that_is_fetched_again_is_the_one_in_the_page(
    doors: Doors, monkeypatch: pytest.MonkeyPatch, language: str, told: dict[str, Any]
) -> None:
    monkeypatch.setattr(doors.desk, "pointing", lambda: told)
    part = page_of(doors, "/pointing/stars", language).strip()
    assert part in page_of(doors, "/pointing", language)
    assert len(part) > 20


def test_words_of_a_catalogue_or_a_person_never_become_html(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors.desk, "pointing", lambda: {**POINTING, "stars": [star(HOSTILE)]})
    page = doors.signed_in().get("/pointing").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


# ---- who may, and what is ordered


@pytest.mark.parametrize("path", ["/pointing", "/pointing/stars"])
def test_it_is_for_volunteers(doors: Doors, path: str) -> None:
    assert Browser(doors.visitors).get(path).status_code == 404
    assert Browser(doors.operators).get(path).status_code in (303, 401)


@pytest.mark.parametrize(
    ("form", "order"),
    [
        ({"act": "add", "target": "Vega"}, Pointing(PointingAct.ADD, "Vega")),
        ({"act": "add", "target": "Vega", "confirmed": "1"}, Pointing(PointingAct.ADD, "Vega", confirmed=True)),
        ({"act": "drop", "star": "Vega"}, Pointing(PointingAct.DROP, star="Vega")),
        ({"act": "clear"}, Pointing(PointingAct.CLEAR)),
    ],
)
def test_its_forms_give_their_orders_and_come_back(doors: Doors, form: dict[str, str], order: Order) -> None:
    answer = doors.signed_in().post("/orders/pointing", {**form, "next": "/pointing"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/pointing")
    assert [given for given, _by in doors.desk.given] == [order]


@pytest.mark.parametrize("form", [{}, {"act": "add"}, {"act": "burn"}, {"act": "add", "ra_hours": "5"}])
def test_half_an_order_is_refused_in_words(doors: Doors, form: dict[str, str]) -> None:
    browser = doors.signed_in()
    browser.post("/orders/pointing", {**form, "next": "/pointing"})
    assert doors.desk.given == []
    assert 'class="message refusal"' in browser.get("/pointing").text


REFUSALS = [
    (NotAllowed("", code="helm_taken", holder="Timur"), "Timur is at the helm."),
    (NotAllowed("", code="pointing_moving"), "Wait until it has come to rest on the star"),
    (NotAllowed("", code="pointing_not_tracking"), "Press “with the stars” under “Follow”"),
    (NotAllowed("", code="pointing_axes_unknown"), "set “axes” under [mount]"),
    (NotAllowed("", code="mount_reset"), "confirm the alignment"),
    (NotAllowed("", code="sync_needs_confirmation", jump_degrees=4.5, limit_degrees=2.0), "turn the sky by 4.5°"),
    (NotAllowed("", code="sync_drops_stars", stars=6), "Stars in the pointing model: 6."),
]


@pytest.mark.parametrize(("refusal", "words"), REFUSALS, ids=[refusal.code for refusal, _ in REFUSALS])
def test_a_refusal_is_read_on_the_page(doors: Doors, refusal: NotAllowed, words: str) -> None:
    doors.desk.refusal, browser = refusal, doors.signed_in()
    browser.client.set_cookie("language", "en")
    browser.post("/orders/pointing", {"act": "add", "target": "Vega", "next": "/pointing"})
    assert words in unescape(browser.get("/pointing").text)


def test_a_service_that_is_gone_makes_the_page_an_error(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> dict[str, Any]:
        raise LineLost("no service", code="service_gone")

    monkeypatch.setattr(doors.desk, "pointing", gone)
    assert doors.signed_in().get("/pointing").status_code == 503


# ---- the panel and the alarms


@pytest.mark.parametrize(("stars", "hidden"), [(0, True), (1, True), (2, False), (6, False)])
def test_the_panel_says_what_a_plain_correction_does_to_the_model(doors: Doors, stars: int, hidden: bool) -> None:
    doors.live.publish({**SNAPSHOT, "pointing_stars": stars})
    page = doors.signed_in().get("/", headers={"Accept-Language": "en"}).text
    said = re.search(r'<p class="hint" data-show="sync-begins-anew"( hidden)?>([^<]*)</p>', page)
    assert said
    assert bool(said[1]) is hidden
    assert f"Stars in the pointing model: {stars}." in said[2]
    assert 'href="/pointing"' in page


@pytest.mark.parametrize(
    ("motion", "tracking", "shown"),
    [
        ("stopped", "off", ["not-following"]),
        ("unknown", None, ["following-unknown"]),
        ("tracking", "sidereal", []),
        ("slewing", None, []),
        ("parked", "off", []),
    ],
)
def test_a_mount_that_does_not_follow_is_said_not_to(
    doors: Doors, motion: str, tracking: str | None, shown: list[str]
) -> None:
    doors.live.publish({**SNAPSHOT, "motion": motion, "tracking": tracking})
    page = doors.signed_in().get("/").text
    assert re.findall(r'data-show="(not-following|following-unknown)">', page) == shown


def test_a_doubtful_star_is_an_alarm_that_leads_to_the_page(doors: Doors) -> None:
    doubt = {"designation": "Castor", "residual_arcminutes": 268.4}
    doors.live.publish({**SNAPSHOT, "alarms": [{"code": "pointing_star_doubtful", "details": doubt}]})
    page = page_of(doors, "/sessions")
    assert "Castor does not fit the other stars of the pointing model: it is off by 4° 28′." in page
    assert "Look at the stars" in page


@pytest.mark.usefixtures("english")
def test_the_mounts_own_code_is_shown_where_it_says_something() -> None:
    assert "(it says “B”)" in sentence("mount_not_started", {"words": "B"})
    assert "“2: motor not stopped”" in sentence("mount_not_stopped", {"words": "2: motor not stopped"})
    assert "at 412.0°" in sentence("axis_wound_up", {"degrees": 412})
    assert "Choose a start mode" in sentence("line_lost", {"reason": "mount_not_started"})
    assert "family = “synscan”" in sentence("line_lost", {"reason": "speaks_synscan"})
