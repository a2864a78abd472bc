"""What the pages look like and how they answer a finger, in a real browser: narrow and wide, dark and red, in three
languages. Behind them stands the real application of each door; only the desk and the log are stand-ins.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from typing import Any

import pytest

from scope.errors import NotAllowed
from scope.orders import (
    EndSession,
    Goto,
    Helm,
    HelmAct,
    Nudge,
    Stop,
    Sync,
    Track,
)
from tests import look_doors
from tests.look_doors import (
    CHROMIUM,
    LANGUAGES,
    M13,
    TRACKING,
    WIDTHS,
    Door,
    hold,
    order_of,
    released,
    until,
)

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


PAGES = [
    ("visitors", "/"),
    ("visitors", "/sessions"),
    ("visitors", "/sessions/2026-11-20"),
    ("visitors", "/about"),
    ("nobody", "/sign-in"),
    ("volunteer", "/"),
    ("volunteer", "/find?q=m1"),
    ("volunteer", "/sessions/2026-11-20"),
    ("volunteer", "/set-password"),
    ("volunteer", "/clocks"),
    ("volunteer", "/pointing"),
    ("admin", "/limits"),
    ("admin", "/sun"),
]
NAMES = [f"{who}{path}" for who, path in PAGES]
each_page = pytest.mark.parametrize(("who", "path"), PAGES, ids=NAMES)


def unfolded(page: Any) -> Any:
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    until(page, "[...document.images].every((image) => image.complete && image.naturalWidth > 0)")
    return page


BRIGHTEST = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const brush = canvas.getContext("2d");
  brush.drawImage(image, 0, 0);
  const pixels = brush.getImageData(0, 0, image.width, image.height).data;
  const brightest = [0, 0, 0];
  for (let at = 0; at < pixels.length; at += 4) {
    for (let colour = 0; colour < 3; colour += 1) brightest[colour] = Math.max(brightest[colour], pixels[at + colour]);
  }
  return brightest;
}"""


def brightest(browser: Any, page: Any) -> list[int]:
    """The brightest red, green and blue of everything the page shows."""
    png = base64.b64encode(page.screenshot(full_page=True)).decode()
    eye = browser.new_page()
    try:
        found: list[int] = eye.evaluate(BRIGHTEST, png)
        return found
    finally:
        eye.close()


@each_page
def test_red_light_has_no_green_and_no_blue(visit: Any, browser: Any, who: str, path: str) -> None:
    page = unfolded(visit(who, path, red=True))
    for field_ in page.locator("input[type=text]:visible, input[type=password]:visible").all()[:1]:
        field_.fill("M13")
        field_.select_text()
    red, green, blue = brightest(browser, page)
    assert red > 200, "there is something to read"
    assert green <= 2
    assert blue <= 2


def test_without_red_light_there_are_other_colours(visit: Any, browser: Any) -> None:
    assert min(brightest(browser, visit("visitors", "/"))) > 200


def in_each_language(page: Any) -> Iterator[Any]:
    """The same page again, in one language after the other."""
    for language in LANGUAGES:
        page.context.add_cookies([{"name": "language", "value": language, "url": page.url}])
        page.reload()
        assert page.evaluate("document.documentElement.lang") == language
        yield unfolded(page)


@each_page
def test_nothing_is_wider_than_the_screen(visit: Any, who: str, path: str) -> None:
    for page in in_each_language(visit(who, path)):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


TOO_SMALL = """() => [...document.querySelectorAll(
    "button, summary, nav a, a.button, .suggestions li, .choice label, .tick, textarea, " +
    "input:is([type=text], [type=password], [type=file], [type=datetime-local])")]
  .filter((element) => element.checkVisibility())
  .filter((element) => { const box = element.getBoundingClientRect(); return box.height < 47.5 || box.width < 47.5; })
  .map((element) => element.outerHTML.slice(0, 80))"""


@each_page
def test_everything_to_press_is_large_enough_for_a_thumb(visit: Any, who: str, path: str) -> None:
    for page in in_each_language(visit(who, path)):
        assert page.evaluate(TOO_SMALL) == []


PALE = """() => {
  const colour = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const back = colour(getComputedStyle(at).backgroundColor);
      if (back.length === 3 || back[3] === 1) return back;
    }
    return [255, 255, 255];
  };
  const pale = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (element.closest("svg, script, noscript")) continue;
    const style = getComputedStyle(element);
    const [one, two] = [light(colour(style.color)), light(ground(element))].sort((a, b) => b - a);
    const large = parseFloat(style.fontSize) >= 24;
    const ratio = (one + 0.05) / (two + 0.05);
    if (ratio < (large ? 3 : 4.5)) pale.push(`${walker.currentNode.data.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return pale;
}"""


@each_page
@pytest.mark.parametrize("red", [False, True], ids=["dark", "red"])
def test_text_stands_out_from_its_ground(visit: Any, who: str, path: str, red: bool) -> None:
    assert unfolded(visit(who, path, red=red)).evaluate(PALE) == []


NAMELESS = """() => {
  const spoken = (element) => element.getAttribute("aria-label") || element.textContent.trim()
    || [...(element.labels || [])].map((label) => label.textContent.trim()).join("");
  const wrong = [...document.querySelectorAll("button, a, input:not([type=hidden]), summary, select, textarea")]
    .filter((element) => element.checkVisibility() && !spoken(element)).map((element) => element.outerHTML);
  wrong.push(...[...document.images].filter((image) => !image.alt).map((image) => image.outerHTML));
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  wrong.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `id ${id} twice`));
  for (const name of ["aria-labelledby", "aria-describedby", "aria-controls"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      for (const id of element.getAttribute(name).split(" ")) if (!ids.includes(id)) wrong.push(`${name}=${id}`);
    }
  }
  if (document.querySelectorAll("h1").length !== 1) wrong.push("not exactly one h1");
  if (!document.title) wrong.push("no title");
  return wrong;
}"""


@each_page
def test_everything_has_a_name_that_can_be_spoken(visit: Any, who: str, path: str) -> None:
    assert unfolded(visit(who, path)).evaluate(NAMELESS) == []


@each_page
def test_every_form_that_changes_something_carries_a_token(visit: Any, who: str, path: str) -> None:
    tokens = visit(who, path).evaluate(
        "[...document.querySelectorAll('form[method=post]')].map((f) => f.elements.csrf_token?.value || '')"
    )
    assert tokens
    assert all(len(token) > 20 for token in tokens)


def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit: Any) -> None:
    page = visit("volunteer", "/")
    seen = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
        if page.evaluate("document.activeElement !== document.body"):
            outlined = page.evaluate(
                "[document.activeElement, document.activeElement.nextElementSibling].some("
                "(e) => e && getComputedStyle(e).outlineStyle !== 'none')"
            )
            assert outlined, page.evaluate("document.activeElement.outerHTML")
    for needed in ("goto-target", 'value="north"', 'class="stop"', 'value="sidereal"'):
        assert any(needed in element for element in seen), needed


# ---- the visitors' page


def test_a_visitor_reads_in_words_what_the_telescope_looks_at(visit: Any) -> None:
    page = visit("visitors", "/", language="ru", java_script_enabled=False)
    text = page.inner_text("main")
    for words in ("Большое скопление Геркулеса", "M13", "Шаровое звёздное скопление", "Геркулес", "на западе", "41,3°"):
        assert words.lower() in text.lower()
    assert "Имитация телескопа" in page.inner_text("body")


def test_the_script_writes_what_the_server_would_have_written(visit: Any, doors: dict[str, Door]) -> None:
    for language in LANGUAGES:
        for state in (TRACKING, TRACKING | {"line": "lost", "motion": "unknown", "position": None, "target": None}):
            doors["visitors"].live.publish(state | {"age_seconds": None})
            plain = visit("visitors", "/", language=language, java_script_enabled=False).inner_text("main")
            page = visit("visitors", "/", language=language)
            page.evaluate(
                "document.querySelectorAll('[data-show]').forEach("
                "(place) => { if (!place.children.length) place.textContent = '?'; })"
            )
            doors["visitors"].live.publish(state | {"age_seconds": None, "serial": 9})
            until(page, "!document.querySelector('main').innerText.includes('?')")
            assert page.inner_text("main") == plain


def test_a_moving_telescope_moves_on_the_visitors_page(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("visitors", "/")
    east = TRACKING["position"] | {"altitude_degrees": 62.0, "azimuth_degrees": 90.0}
    doors["visitors"].live.publish(TRACKING | {"position": east, "motion": "slewing", "arrived": False})
    page.wait_for_selector("text=turning towards")
    assert "in the east" in page.inner_text("main").lower()
    assert "six fists" in page.inner_text("main")
    assert page.get_attribute('[data-show="dome"]', "transform") == "rotate(-90)"


def test_a_lost_line_is_said_and_no_position_shown(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("visitors", "/")
    doors["visitors"].live.publish(
        TRACKING | {"line": "lost", "motion": "unknown", "position": None, "age_seconds": None}
    )
    page.wait_for_selector("text=connection to the telescope is lost")
    assert page.is_hidden('[data-show="dome"]')
    assert "41.3" not in page.inner_text("main")


def test_silence_is_said_after_five_seconds(visit: Any) -> None:
    page = visit("visitors", "/")
    until(page, "document.querySelector('[data-show=age]').textContent.includes('ago')")
    page.context.set_offline(True)
    page.route("**/api/**", lambda route: route.abort())
    page.wait_for_selector("#silence:visible", timeout=9000)
    assert "What is shown here is old" in page.inner_text("#silence")
    page.close()  # or it complains once more in the meantime
    visit.complaints[:] = [said for said in visit.complaints if "ERR_" not in said]


# ---- orders


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_go_sends_what_was_typed(visit: Any, doors: dict[str, Door], script: bool) -> None:
    page = visit("volunteer", "/", java_script_enabled=script)
    page.fill("#goto-target", "16 41 42 +36 28")
    page.click(".goto .main")
    assert order_of(doors["operators"], Goto) == Goto(target="16 41 42 +36 28")
    page.wait_for_selector("text=On the way.")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_refusal_is_read_where_the_order_was_given(visit: Any, doors: dict[str, Door], script: bool) -> None:
    doors["operators"].desk.refusal = NotAllowed(
        "low", code="below_altitude_limit", target="M7", altitude_degrees=-3.2, limit_degrees=15.0
    )
    page = visit("volunteer", "/", language="ru", java_script_enabled=script)
    page.fill("#goto-target", "M7")
    page.click(".goto .main")
    page.wait_for_selector("text=M7: высота −3,2°, это ниже предела 15,0°")
    visit.complaints[:] = [said for said in visit.complaints if "409" not in said]


def test_suggestions_come_while_typing_with_their_altitude(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/")
    page.type("#goto-target", "m1")
    page.wait_for_selector("#goto-list li")
    assert "41° high now" in page.inner_text("#goto-list")
    assert "below the horizon now" in page.inner_text("#goto-list")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#goto-target") == "M13"
    assert page.is_hidden("#goto-list")
    page.keyboard.press("Enter")
    assert order_of(doors["operators"], Goto).target == "M13"


def test_the_stop_is_on_every_page_of_the_volunteers_and_goes_at_the_first_touch(
    visit: Any, doors: dict[str, Door]
) -> None:
    for who, path in PAGES:
        if who != "volunteer":
            continue
        doors["operators"].desk.given.clear()
        page = visit(who, path)
        box = page.locator(".stop").bounding_box()
        assert box["y"] + box["height"] <= 800
        page.mouse.move(box["x"] + 20, box["y"] + 20)
        page.mouse.down()
        order_of(doors["operators"], Stop)
        page.mouse.up()
        page.wait_for_selector("text=The telescope is at rest.")
        assert len(doors["operators"].desk.of(Stop)) == 1


def test_the_stop_needs_no_script(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/", java_script_enabled=False)
    page.click(".stop")
    order_of(doors["operators"], Stop)
    page.wait_for_selector("text=The stop has been sent.")


def test_escape_stops_also_out_of_a_text_field(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/")
    page.type("#goto-target", "m")
    page.keyboard.press("Escape")
    order_of(doors["operators"], Stop)


def test_a_stop_that_does_not_get_through_says_so_at_once_and_is_tried_again(visit: Any) -> None:
    page = visit("volunteer", "/")
    tries = []
    page.route("**/api/orders/stop", lambda route: (tries.append(1), route.abort())[1])
    page.click(".stop")
    page.wait_for_selector("text=The stop did not get through!", timeout=1000)
    page.wait_for_timeout(1500)
    assert len(tries) >= 3
    page.close()  # or it complains once more in the meantime
    visit.complaints[:] = [said for said in visit.complaints if "ERR_" not in said]


def test_a_stop_that_the_mount_does_not_hear_sends_people_to_the_power_switch(
    visit: Any, doors: dict[str, Door]
) -> None:
    doors["operators"].desk.line_lost = True
    page = visit("volunteer", "/", language="ru")
    page.click(".stop")
    page.wait_for_selector("text=ВЫКЛЮЧИТЕ ПИТАНИЕ МОНТИРОВКИ", timeout=1000)
    visit.complaints[:] = [said for said in visit.complaints if "503" not in said]


def test_a_telescope_that_does_not_rest_is_not_called_at_rest(visit: Any, doors: dict[str, Door]) -> None:
    doors["operators"].live.publish(TRACKING | {"motion": "slewing"})
    page = visit("volunteer", "/")
    page.click(".stop")
    page.wait_for_selector("text=Switch the mount off", timeout=5000)
    assert "at rest." not in page.inner_text("#order-message")


def test_visitors_have_nothing_to_press_but_language_and_light(visit: Any) -> None:
    page = visit("visitors", "/")
    actions = page.eval_on_selector_all("form", "forms => forms.map((form) => form.getAttribute('action'))")
    assert set(actions) == {"/language", "/red"}


def test_a_held_button_renews_its_press_and_lets_go(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/")
    page.check("input[value=find]", force=True)
    hold(page, "west")
    page.wait_for_timeout(700)
    page.mouse.up()
    beats = released(doors["operators"])
    assert 4 <= len(beats) <= 8
    assert {beat.press for beat in beats} == {beats[0].press}
    assert {beat.rate.value for beat in beats} == {"find"}
    assert [beat.direction and beat.direction.value for beat in beats] == ["west"] * (len(beats) - 1) + [None]
    assert [beat.beat for beat in beats] == sorted({beat.beat for beat in beats})
    page.wait_for_timeout(400)
    assert len(doors["operators"].desk.of(Nudge)) == len(beats), "nothing renews a press that has ended"


ENDINGS = {
    "another window": "window.dispatchEvent(new Event('blur'))",
    "page hidden": "Object.defineProperty(document, 'hidden', {value: true}); "
    "document.dispatchEvent(new Event('visibilitychange'))",
    "page left": "window.dispatchEvent(new Event('pagehide'))",
    "touch taken away": "document.querySelector('.pad').dispatchEvent(new PointerEvent('pointercancel'))",
    "second finger": "document.body.dispatchEvent(new PointerEvent('pointerdown', {pointerId: 77, bubbles: true}))",
    "focus elsewhere": "document.querySelector('#goto-target').focus()",
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_whatever_takes_the_finger_away_ends_the_press(visit: Any, doors: dict[str, Door], ending: str) -> None:
    page = visit("volunteer", "/")
    hold(page, "north")
    page.wait_for_timeout(300)
    page.evaluate(ENDINGS[ending])
    released(doors["operators"])
    quiet = len(doors["operators"].desk.of(Nudge))
    page.wait_for_timeout(400)
    assert len(doors["operators"].desk.of(Nudge)) == quiet


def test_leaving_the_page_ends_the_press(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/")
    hold(page, "north")
    page.wait_for_timeout(300)
    page.goto(doors["operators"].address + "/sessions")
    released(doors["operators"])


def test_stop_ends_the_press(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/")
    hold(page, "north")
    page.wait_for_timeout(200)
    page.keyboard.press("Escape")
    order_of(doors["operators"], Stop)
    released(doors["operators"])


def test_arrow_keys_move_while_they_are_down(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/")
    page.focus(".pad .north")
    page.keyboard.down("ArrowRight")
    page.wait_for_timeout(400)
    page.keyboard.up("ArrowRight")
    beats = released(doors["operators"])
    assert beats[0].direction is not None
    assert beats[0].direction.value == "east"


def test_a_refused_press_is_not_renewed(visit: Any, doors: dict[str, Door]) -> None:
    doors["operators"].desk.refusal = NotAllowed("no", code="helm_taken", holder="Тимур")
    page = visit("volunteer", "/")
    hold(page, "north")
    page.wait_for_selector("text=Тимур is at the helm. Ask for the helm first")
    page.wait_for_timeout(500)
    assert sum(beat.direction is not None for beat in doors["operators"].desk.of(Nudge)) <= 3
    visit.complaints[:] = [said for said in visit.complaints if "409" not in said]


def test_without_a_script_a_direction_is_one_short_press(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/", java_script_enabled=False)
    page.click(".pad .south")
    order = order_of(doors["operators"], Nudge)
    assert (order.direction.value, order.rate.value) == ("south", "centre")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_other_buttons_give_their_orders(visit: Any, doors: dict[str, Door], script: bool) -> None:
    desk = doors["operators"].desk
    page = visit("volunteer", "/", java_script_enabled=script)
    for press, kind in [
        ('[name=rate][value="lunar"]', Track),
        ('[data-helm="give"]', Helm),
        ('[data-order="sync"] button', Sync),
        ('[data-order="end-session"] button', EndSession),
    ]:
        if kind is Sync:
            page.check("[name=confirmed]")
        page.click(press)
        order_of(doors["operators"], kind)
        page.wait_for_selector("text=Done.")
    assert desk.of(Track)[0].rate.value == "lunar"
    assert desk.of(Helm) == [Helm(HelmAct.GIVE, "Тимур")]
    assert desk.of(Sync) == [Sync(target="M13", confirmed=True)]


def test_a_mount_is_offered_only_what_it_can(visit: Any, doors: dict[str, Door]) -> None:
    doors["operators"].live.publish(TRACKING | {"can": ["goto", "track"]})
    page = visit("volunteer", "/")
    for gone in (".nudge", ".park", "[data-order=sync]", '[value="lunar"]', '[data-can="set_clock"]'):
        assert page.is_hidden(gone), gone
    assert page.is_visible('[name=rate][value="sidereal"]')
    doors["operators"].live.publish(TRACKING)
    page.wait_for_selector(".nudge", state="visible")


def test_only_a_parked_telescope_can_be_unparked(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/")
    assert page.is_hidden('[data-order="unpark"] button')
    doors["operators"].live.publish(TRACKING | {"motion": "parked", "tracking": "off"})
    page.wait_for_selector('[data-order="unpark"] button', state="visible")
    assert page.is_hidden('[data-order="park"] button')


def test_the_target_gone_to_is_offered_for_centring(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/")
    doors["operators"].live.publish(TRACKING | {"target": M13 | {"designation": "Vega"}})
    until(page, "document.getElementById('sync-target').value === 'Vega'")
    page.fill("#sync-target", "Deneb")
    doors["operators"].live.publish(TRACKING | {"target": M13 | {"designation": "M57"}, "serial": 8})
    page.wait_for_timeout(300)
    assert page.input_value("#sync-target") == "Deneb"


def test_alarms_are_read_as_sentences_and_change_by_themselves(visit: Any, doors: dict[str, Door]) -> None:
    page = visit("volunteer", "/")
    assert "differs from this computer's by 3 min" in page.inner_text("#banners")
    doors["operators"].live.publish(TRACKING | {"alarms": [{"code": "stop_not_confirmed", "details": {}}]})
    page.wait_for_selector("text=SWITCH THE MOUNT OFF")


def test_what_a_mount_calls_itself_is_text_and_never_markup(visit: Any) -> None:
    page = visit("volunteer", "/")
    assert page.inner_text('[data-show="mount"]') == "LX200 <GPS>"


def test_language_and_red_light_are_chosen_without_a_script(visit: Any) -> None:
    page = visit("visitors", "/sessions/2026-11-20", java_script_enabled=False)
    page.click("button[value=kk]")
    assert page.evaluate("document.documentElement.lang") == "kk"
    assert page.url.endswith("/sessions/2026-11-20")
    page.click(".red-switch")
    assert page.evaluate("document.documentElement.className") == "red"


def test_the_public_page_of_an_evening_holds_no_events(visit: Any) -> None:
    assert "accepted" not in visit("visitors", "/sessions/2026-11-20").content()
    assert "accepted" in visit("volunteer", "/sessions/2026-11-20").content()


def test_an_error_is_a_page_too(visit: Any) -> None:
    page = visit("visitors", "/nothing-here", language="ru")
    assert "По этому адресу ничего нет." in page.inner_text("main")
    visit.complaints[:] = [said for said in visit.complaints if "404" not in said]
