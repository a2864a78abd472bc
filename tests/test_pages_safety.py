"""The pages that keep eyes and telescope whole, under a finger: banners, helm, clocks, horizon, Sun, press and hold."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

import pytest

from scope.orders import (
    Acknowledge,
    Cover,
    DeclareSolar,
    Helm,
    HelmAct,
    Nudge,
    SetHorizon,
    SetServiceTime,
)
from tests import look_doors
from tests.look_doors import (
    ADMIN,
    CHROMIUM,
    TRACKING,
    VOLUNTEER,
    Door,
    hold,
    order_of,
    released,
    until,
)
from web.live import as_visitors_see

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


LATCHED = {"code": "sun_will_pass_soon", "details": {"minutes": 12}, "latched": True}
SOLAR = {"filter": "AstroSolar", "by": "Ерлан Сыздықов", "until": "2026-11-20T09:30:00+00:00"}


@pytest.mark.alone
@pytest.mark.parametrize(("who", "path"), [("volunteer", "/find"), ("volunteer", "/"), ("admin", "/clocks")])
def test_an_alarm_comes_to_every_page_within_two_seconds_and_is_acknowledged_there(
    visit: Any, doors: dict[str, Door], who: str, path: str
) -> None:
    page, door = visit(who, path), doors["operators"]
    door.live.publish(TRACKING | {"alarms": [LATCHED], "covered": True})
    page.wait_for_selector("text=In only 12 min the Sun will shine", timeout=2000)
    page.focus("text=I have seen it")
    door.live.publish(TRACKING | {"alarms": [LATCHED, {"code": "not_saved", "details": {}}], "covered": True})
    page.wait_for_selector("text=The log cannot be written", timeout=3000)
    assert page.evaluate("document.activeElement.textContent") == "I have seen it", "nobody loses the place"
    page.keyboard.press("Enter")
    assert order_of(door, Acknowledge) == Acknowledge("sun_will_pass_soon")
    page.wait_for_selector("text=Done.")
    assert page.url == door.address + path
    door.live.publish(TRACKING | {"alarms": []})
    page.wait_for_selector(".message.error", state="detached", timeout=3000)
    page.wait_for_selector(".banner", state="detached", timeout=3000)


@pytest.mark.alone
@pytest.mark.parametrize("path", ["/", "/about"])
def test_visitors_read_of_a_declared_filter_within_two_seconds(visit: Any, doors: dict[str, Door], path: str) -> None:
    page = visit("visitors", path)
    doors["visitors"].live.publish(as_visitors_see(TRACKING | {"solar": SOLAR, "alarms": [LATCHED]}))
    page.wait_for_selector("text=declared by Ерлан: until 14:30", timeout=2000)
    assert "Сыздықов" not in page.content()
    assert "uncovered" not in page.content()


def test_a_page_that_is_not_seen_holds_no_connection(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/")
    until(page, "document.querySelector('[data-show=age]').textContent.includes('ago')")
    hidden = "Object.defineProperty(document, 'hidden', {{value: {}, configurable: true}});"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(hidden.format("true") + "document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(1500)
    assert asked == []
    page.evaluate(hidden.format("false") + "document.dispatchEvent(new Event('visibilitychange'))")
    doors["operators"].live.publish(TRACKING | {"motion": "slewing", "arrived": False, "serial": 9})
    page.wait_for_selector("text=turning towards", timeout=3000)


def test_the_helm_is_asked_for_and_given_on_both_screens(visit: Any, doors: dict[str, Door]) -> None:
    """Each sees at once what the other does; the desk is a stand-in, so its answer is published here."""
    door = doors["operators"]
    theirs = {"holder": ADMIN.name, "since": "2026-11-20T16:00:00+00:00", "asked_by": None}
    door.live.publish(TRACKING | {"alarms": [], "helm": theirs})
    asker, holder = visit("volunteer", "/"), visit("admin", "/")
    asker.wait_for_selector("text=Ерлан is at the helm")
    holder.wait_for_selector("text=You are at the helm")
    assert asker.is_hidden('[data-helm="take"]'), "only an admin takes what somebody holds"
    asker.click('[data-helm="ask"]')
    assert order_of(door, Helm) == Helm(HelmAct.ASK)
    door.live.publish(TRACKING | {"alarms": [], "helm": theirs | {"asked_by": VOLUNTEER.name}, "serial": 8})
    holder.wait_for_selector(f"text={VOLUNTEER.name} asks for the helm")
    asker.wait_for_selector("text=You have asked for the helm")
    door.desk.given.clear()
    holder.click('[data-helm="give"]')
    assert order_of(door, Helm) == Helm(HelmAct.GIVE, VOLUNTEER.name)
    door.live.publish(TRACKING | {"alarms": [], "helm": theirs | {"holder": VOLUNTEER.name}, "serial": 9})
    asker.wait_for_selector("text=You are at the helm")
    holder.wait_for_selector(f"text={VOLUNTEER.name} is at the helm")
    holder.wait_for_selector('[data-helm="take"]', state="visible")


def test_the_lid_and_the_way_round_are_shown_as_they_change(visit: Any, doors: dict[str, Door]) -> None:
    page, door = visit("volunteer", "/"), doors["operators"]
    page.wait_for_selector("#horizon svg")
    page.click('.cover [value="true"]')
    assert order_of(door, Cover) == Cover(True)
    sun = {"altitude_degrees": 12.3, "separation_degrees": 60.0}
    door.live.publish(TRACKING | {"covered": True, "sun": sun, "detour": "cable", "motion": "slewing", "serial": 8})
    page.wait_for_selector("text=It goes the long way, to unwind the cables.")
    assert page.get_attribute('.cover [value="true"]', "aria-pressed") == "true"
    assert page.inner_text('[data-show="sun-altitude"]') == "12.3°"
    assert page.is_visible("text=By day only “finest” and “slow” can be used.")
    position = TRACKING["position"] | {"altitude_degrees": 20.0, "azimuth_degrees": 90.0}
    door.live.publish(TRACKING | {"position": position, "serial": 9})
    until(
        page, "document.querySelector('[data-show=horizon-telescope]').getAttribute('transform').includes('(90 -34)')"
    )
    assert page.is_hidden('[data-show="detour"]')


def test_the_time_of_the_phone_is_one_touch(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/clocks")
    assert page.is_visible("#phone-difference")
    page.click("#phone-time button")
    told = order_of(doors["operators"], SetServiceTime).utc
    assert abs((datetime.now(UTC) - told).total_seconds()) < 10, "the moment of the touch"
    page.wait_for_selector("text=Done.")


def test_without_a_script_the_time_of_a_watch_is_typed(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/clocks", java_script_enabled=False)
    assert page.is_hidden("#phone-time")
    page.click("summary")
    page.fill("#typed-utc", "2026-11-20T17:04:30")
    page.click("text=That is the time")
    assert order_of(doors["operators"], SetServiceTime).utc == datetime(2026, 11, 20, 17, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_horizon_goes_from_a_file_over_a_preview_to_the_desk(
    visit: Any, doors: dict[str, Door], script: bool
) -> None:
    page = visit("admin", "/limits", java_script_enabled=script)
    page.set_input_files("#file", {"name": "h.txt", "mimeType": "text/plain", "buffer": b"0 10\n90 30\n180 5\n"})
    page.click("text=Preview")
    page.click("text=Save this horizon")
    assert order_of(doors["operators"], SetHorizon).points == ((0.0, 10.0), (90.0, 30.0), (180.0, 5.0))


def test_the_ceremony_of_the_filter(visit: Any, doors: dict[str, Door]) -> None:
    page, desk = visit("admin", "/sun"), doors["operators"].desk
    for password in ("wrong", "right"):
        page.fill("#filter", "AstroSolar")
        page.check("[name=front]")
        page.check("[name=finder]")
        page.fill("#again", password)
        page.click("text=I vouch for it")
        page.wait_for_selector("text=This is not your password" if password == "wrong" else "text=Done.")
    assert desk.of(DeclareSolar) == [DeclareSolar("AstroSolar", True, True)]


def test_a_key_that_repeats_itself_begins_no_press_of_its_own(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/")
    for key in ("Enter", "Space", "ArrowUp"):
        doors["operators"].desk.given.clear()
        page.focus(".pad .north")
        page.keyboard.down(key)
        page.wait_for_timeout(200)
        page.keyboard.press("Shift")
        released(doors["operators"])
        quiet = len(doors["operators"].desk.of(Nudge))
        for _ in range(4):
            page.keyboard.down(key)  # as a keyboard does while a key is down
            page.wait_for_timeout(50)
        assert len(doors["operators"].desk.of(Nudge)) == quiet, key
        page.keyboard.up(key)


def test_a_network_that_is_lost_is_said_while_the_button_is_held(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/")
    page.route("**/api/orders/nudge", lambda route: None)  # swallowed: neither an answer nor an end
    hold(page, "north")
    page.wait_for_selector("text=cannot be reached", timeout=4000)
    assert page.locator(".pad .pressed").count() == 0
    page.unroute_all(behavior="ignoreErrors")
