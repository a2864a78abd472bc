"""The page of the pointing model under a finger, with a script and without; and the panel of each family's mount."""

from __future__ import annotations

import os
from typing import Any

import pytest

from scope.errors import NotAllowed
from scope.orders import Pointing, PointingAct
from tests import look_doors
from tests.look_doors import CHROMIUM, LANGUAGES, M13, TRACKING, WIDTHS, Door, order_of, until
from tests.web_doors import POINTING

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and os.environ.get("CI") != "true", reason="needs a browser: apt-get install chromium"
    ),
]

doors = pytest.fixture(scope="module")(look_doors.open_both_doors)
browser = pytest.fixture(scope="module")(look_doors.open_browser)
visit = pytest.fixture(look_doors.open_visits)
as_at_first = pytest.fixture(autouse=True)(look_doors.as_at_first)

WITH_STARS = TRACKING | {"alarms": [], "pointing_stars": 2}
either_way = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@either_way
def test_a_star_is_added_as_the_target_that_was_gone_to(visit: Any, doors: dict[str, Door], script: bool) -> None:
    page = visit("volunteer", "/pointing", java_script_enabled=script)
    assert page.input_value("#star-target") == "M13"
    page.click("text=It is centred: add this star")
    assert order_of(doors["operators"], Pointing) == Pointing(PointingAct.ADD, "M13")
    page.wait_for_selector("text=Done.")
    assert page.url.endswith("/pointing")


@either_way
def test_a_large_jump_is_confirmed_with_the_tick(visit: Any, doors: dict[str, Door], script: bool) -> None:
    page = visit("volunteer", "/pointing", java_script_enabled=script)
    page.fill("#star-target", "Vega")
    if script:
        page.wait_for_selector("#star-list li")  # what is pressed below them must not move away under the finger
    page.check("[name=confirmed]")
    page.click("text=It is centred: add this star")
    assert order_of(doors["operators"], Pointing) == Pointing(PointingAct.ADD, "Vega", confirmed=True)
    page.wait_for_selector("text=Done.")
    assert not page.is_checked("[name=confirmed]"), "each star is looked at anew"


@either_way
def test_a_star_is_dropped_and_all_are(visit: Any, doors: dict[str, Door], script: bool) -> None:
    page, desk = visit("volunteer", "/pointing", java_script_enabled=script), doors["operators"].desk
    page.click('[aria-label="Drop it: Castor"]')
    page.wait_for_selector("text=Done.")
    page.click("text=Start afresh")
    page.click("text=Drop all stars")
    until_given(page, desk, 2)
    assert desk.of(Pointing) == [Pointing(PointingAct.DROP, star="Castor"), Pointing(PointingAct.CLEAR)]


def until_given(page: Any, desk: look_doors.RecordingDesk, orders: int) -> None:
    for _ in range(100):
        if len(desk.of(Pointing)) >= orders:
            return
        page.wait_for_timeout(20)


@either_way
def test_a_refusal_is_read_where_the_button_is(visit: Any, doors: dict[str, Door], script: bool) -> None:
    doors["operators"].desk.refusal = NotAllowed("", code="pointing_not_tracking")
    page = visit("volunteer", "/pointing", language="ru", java_script_enabled=script)
    page.click("[data-order=pointing] .main")
    page.wait_for_selector("text=Телескоп не следит за небом, поэтому звезда не останется в центре.")
    visit.complaints[:] = [said for said in visit.complaints if "409" not in said]


def test_the_stars_come_by_themselves_and_the_place_is_kept(
    visit: Any, doors: dict[str, Door], monkeypatch: pytest.MonkeyPatch
) -> None:
    door = doors["operators"]
    door.live.publish(WITH_STARS)
    page = visit("volunteer", "/pointing")
    page.click("text=Start afresh")
    page.focus('[aria-label="Drop it: Castor"]')
    monkeypatch.setattr(door.desk, "pointing", lambda: {**POINTING, "stars": POINTING["stars"][:1]})
    door.live.publish(WITH_STARS | {"pointing_stars": 1, "serial": 8})
    page.wait_for_selector("text=Castor", state="detached")
    assert page.is_visible("text=Drop all stars"), "what was unfolded stays so"
    assert page.evaluate("document.activeElement.id") == "model"


def test_a_page_that_has_come_with_its_stars_asks_for_none(visit: Any, doors: dict[str, Door]) -> None:
    doors["operators"].live.publish(WITH_STARS)
    page, asked = visit("volunteer", "/about"), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(doors["operators"].address + "/pointing")
    page.wait_for_timeout(2500)  # two looks at the live state
    since = asked[asked.index(doors["operators"].address + "/pointing") :]
    assert any(url.endswith("/api/status") for url in since)
    assert not any(url.endswith("/pointing/stars") for url in since)


def test_the_field_follows_the_target_until_somebody_types(visit: Any, doors: dict[str, Door]) -> None:
    page, door = visit("volunteer", "/pointing"), doors["operators"]
    door.live.publish(TRACKING | {"target": M13 | {"designation": "Vega"}})
    until(page, "document.getElementById('star-target').value === 'Vega'")
    page.fill("#star-target", "Deneb")
    door.live.publish(TRACKING | {"target": M13 | {"designation": "M57"}, "serial": 8})
    page.wait_for_timeout(1500)
    assert page.input_value("#star-target") == "Deneb"


def test_the_panel_warns_before_a_correction_drops_the_stars(visit: Any, doors: dict[str, Door]) -> None:
    page, door = visit("volunteer", "/"), doors["operators"]
    place = '[data-show="sync-begins-anew"]'
    assert page.is_hidden(place)
    door.live.publish(WITH_STARS | {"pointing_stars": 6, "serial": 8})
    page.wait_for_selector(place, state="visible")
    assert "Stars in the pointing model: 6." in page.inner_text(place)
    door.live.publish(WITH_STARS | {"pointing_stars": 1, "serial": 9})
    page.wait_for_selector(place, state="hidden")


# ---- a mount as each family has it

SKYWATCHER = ["goto", "home", "lunar", "nudge", "park", "pier_side", "solar", "sync", "track", "unpark"]
FAMILIES = {
    "skywatcher": SKYWATCHER,
    "a hand control": ["goto", "nudge", "read_clock", "set_clock", "sync", "track"],
    "nothing but goto": ["goto"],
    "goto and park": ["goto", "park"],
    "home alone": ["goto", "home"],
}
ALL = ("goto", "nudge", "track", "park", "home", "sync", "set_clock")
OFFERED = {
    "goto": "#goto-target",
    "nudge": ".pad .north",
    "track": '[name=rate][value="sidereal"]',
    "park": '[data-order="park"] button',
    "home": '[data-order="home"] button',
    "sync": '[data-order="sync"] button',
    "set_clock": '[data-order="set-mount-clock"] button',
}
EMPTY_CARDS = """() => [...document.querySelectorAll(".card")]
  .filter((card) => card.checkVisibility())
  .filter((card) => ![...card.querySelectorAll("button, a, p, dd")].some((part) => part.checkVisibility()))
  .map((card) => card.className)"""


@either_way
@pytest.mark.parametrize("family", FAMILIES)
def test_the_panel_has_no_dead_button_and_no_empty_card(
    visit: Any, doors: dict[str, Door], family: str, script: bool
) -> None:
    doors["operators"].live.publish(TRACKING | {"can": FAMILIES[family]})
    page = visit("volunteer", "/", java_script_enabled=script)
    if script:
        until(page, "document.querySelector('[data-show=age]').textContent.includes('ago')")
    for ability in ALL:
        assert page.is_visible(OFFERED[ability]) is (ability in FAMILIES[family]), ability
    assert page.is_visible('.sync [href="/pointing"]'), "the model needs no mount that can be synced"
    if script:
        assert page.evaluate(EMPTY_CARDS) == []


def test_a_mount_that_rests_after_power_on_is_said_to_need_a_start(visit: Any, doors: dict[str, Door]) -> None:
    page, door = visit("volunteer", "/"), doors["operators"]
    resting = TRACKING | {"can": SKYWATCHER, "motion": "stopped", "tracking": "off", "target": None, "arrived": False}
    door.live.publish(resting)
    page.wait_for_selector("text=The telescope does not follow the sky")
    door.live.publish(resting | {"motion": "tracking", "tracking": "sidereal", "serial": 8})
    page.wait_for_selector('[data-show="not-following"]', state="hidden")
    door.live.publish(resting | {"motion": "unknown", "tracking": None, "serial": 9})
    page.wait_for_selector("text=Whether the telescope follows the sky is not known")
    assert page.inner_text('[data-show="motion-word"]') == "not known"


@pytest.mark.parametrize("family", ["skywatcher", "a hand control"])
def test_the_panel_of_a_resting_mount_fits_every_screen_and_language(
    visit: Any, doors: dict[str, Door], family: str
) -> None:
    resting = {"motion": "stopped", "tracking": "off", "pointing_stars": 6}
    doors["operators"].live.publish(TRACKING | resting | {"can": FAMILIES[family]})
    page = visit("volunteer", "/")
    for language in LANGUAGES:
        page.context.add_cookies([{"name": "language", "value": language, "url": page.url}])
        page.reload()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
