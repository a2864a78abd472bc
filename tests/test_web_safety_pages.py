"""The pages that keep eyes and telescope whole, as the server writes them: banners, clocks, limits, the Sun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scope.errors import LineLost, NotUnderstood
from scope.orders import Acknowledge, Cover, DeclareSolar, EndSolar, Role, SetHorizon, SetServiceTime, SolarEnd
from tests.web_doors import CLOCKS, LIMITS, SNAPSHOT, Browser, Doors, open_doors
from web.clocks import wrong_with
from web.horizon import UP, pairs_of, picture, points_of

SOLAR = {"filter": "Baader AstroSolar", "by": "Aigerim Nurlanova", "until": "2026-11-20T09:30:00+00:00"}
LATCHED = {"code": "sun_will_pass_soon", "details": {"minutes": 12}, "latched": True}


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with open_doors(tmp_path) as doors:
        yield doors


def text_of(page: str) -> str:
    """What a reader reads, on one line."""
    bare = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare)))


def english(browser: Browser) -> Browser:
    browser.client.set_cookie("language", "en")
    return browser


def publish(doors: Doors, **state: Any) -> None:
    doors.live.publish({**SNAPSHOT, **state})


# ---- banners


@pytest.mark.parametrize("path", ["/", "/sessions", "/sessions/2026-10-01", "/about", "/nothing-here"])
def test_a_declared_filter_is_said_on_every_page_of_both_doors(doors: Doors, path: str) -> None:
    publish(doors, solar=SOLAR, covered=True)
    for browser in (english(Browser(doors.visitors)), english(doors.signed_in())):
        page = text_of(browser.get(path).text)
        assert "Baader AstroSolar" in page
        assert "until 14:30 the Sun may be looked at through the filter" in page, "on the clock of the site"
        assert "The lid is on the tube." in page


@pytest.mark.parametrize("path", ["/", "/find", "/sessions", "/about", "/clocks", "/limits", "/sun", "/set-password"])
def test_an_alarm_is_said_on_every_page_of_the_volunteers(doors: Doors, path: str) -> None:
    publish(doors, alarms=[LATCHED])
    page = english(doors.signed_in()).get(path).text
    assert "In only 12 min the Sun will shine into the uncovered tube!" in text_of(page)
    assert 'action="/orders/acknowledge"' in page


def test_who_is_not_signed_in_or_a_visitor_reads_no_alarm(doors: Doors) -> None:
    publish(doors, alarms=[LATCHED])
    for browser in (
        english(Browser(doors.operators)),
        english(Browser(doors.visitors)),
        english(doors.signed_in(Role.VISITOR, "Guest")),
    ):
        assert "uncovered tube" not in browser.get("/sessions").text + browser.get("/banners").text


def test_the_banners_alone_are_the_same_as_in_the_page(doors: Doors) -> None:
    publish(doors, alarms=[LATCHED, {"code": "mount_reset", "details": {}}], solar=SOLAR, covered=True)
    browser = english(doors.signed_in())
    alone, page = browser.get("/banners").text, browser.get("/").text
    assert text_of(alone).strip() in text_of(page)
    assert re.findall(r'data-banner="(\w+)"', alone) == ["sun_will_pass_soon", "mount_reset", "solar", "covered"]


def test_a_lost_line_is_said_by_its_cause_and_its_cure(doors: Doors) -> None:
    busy = {"reason": "port_busy", "port": "/dev/ttyUSB0", "process": "indiserver"}
    publish(doors, alarms=[{"code": "line_lost", "details": busy, "latched": False}])
    assert "The program indiserver holds the port /dev/ttyUSB0. End it" in text_of(
        english(doors.signed_in()).get("/about").text
    )


def test_an_alarm_is_acknowledged_by_its_button(doors: Doors) -> None:
    answer = english(doors.signed_in()).post(
        "/orders/acknowledge", {"alarm": "sun_will_pass_soon", "next": "/sessions"}
    )
    assert answer.headers["Location"] == "/sessions"
    assert [order for order, _by in doors.desk.given] == [Acknowledge("sun_will_pass_soon")]


# ---- clocks

HERE = (49.8061, 73.0853)
NIGHT = datetime(2026, 11, 20, 17, tzinfo=UTC)
DAY = 86400.0


def mount(seconds: float = 0.0, place: tuple[float, float] = HERE, utc: datetime | None = None) -> dict[str, Any]:
    """What the desk tells of a mount whose clock is so many seconds ahead, at this place."""
    told = utc or NIGHT + timedelta(seconds=seconds)
    latitude, longitude = place
    return {
        **CLOCKS,
        "mount": {"utc": told.isoformat(), "latitude_degrees": latitude, "longitude_degrees": longitude},
        "difference_seconds": (told - NIGHT).total_seconds(),
    }


WRONG = [
    (mount(), ""),
    (mount(59), ""),
    (mount(-3600), "one hour"),
    (mount(3640), "one hour"),
    (mount(5 * 3600), "5 whole hours"),
    (mount(DAY), "date is wrong by 1 d"),
    (mount(-30 * DAY + 20), "date is wrong by 30 d"),
    (mount(540), "wrong by 9 min"),
    (mount(-7777), "wrong by 2 h 10 min"),
    (mount(utc=datetime(1970, 1, 1, tzinfo=UTC)), "the year 1970"),
    (mount(utc=datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)), "the year 2038"),
    (mount(place=(73.0853, 49.8061)), "wrong way round"),
    (mount(place=(49.81, -73.09)), "west and east are mixed up"),
    (mount(place=(-49.81, 73.09)), "north and south are mixed up"),
    (mount(place=(-49.81, -73.09)), "both have the wrong sign"),
    (mount(place=(0.0, 0.0)), "knows no place"),
    (mount(place=(49.8, 76.1)), "1.9° away"),
    (mount(place=(49.81, 73.0853 + 360)), ""),
    ({**CLOCKS, "mount": None, "difference_seconds": None}, ""),
    ({**CLOCKS, "mount": {"utc": None, "latitude_degrees": None, "longitude_degrees": None}}, ""),
]


@pytest.mark.parametrize(("told", "words"), WRONG, ids=[words or "right" for _told, words in WRONG])
def test_what_is_wrong_with_a_mounts_clock_or_place_is_said_in_words(
    doors: Doors, told: dict[str, Any], words: str
) -> None:
    with doors.operators.test_request_context("/clocks", headers={"Accept-Language": "en"}):
        found = wrong_with(told)
    assert [words in sentence for sentence in found] == [True] * bool(words), found


@pytest.mark.parametrize(
    ("source", "offered"), [("unconfirmed", True), ("confirmed", True), ("network", False), ("shifted", False)]
)
def test_a_watch_is_asked_for_only_where_the_network_does_not_keep_the_clock(
    doors: Doors, monkeypatch: pytest.MonkeyPatch, source: str, offered: bool
) -> None:
    monkeypatch.setattr(doors.desk, "clocks", lambda: {**CLOCKS, "source": source})
    page = english(doors.signed_in()).get("/clocks").text
    assert ("/orders/set-service-time" in page) is offered
    assert "/orders/set-mount-clock" in page


@pytest.mark.parametrize("typed", ["2026-11-20T17:00", "2026-11-20T17:00:00", "2026-11-20T17:00:00.000Z"])
def test_the_time_of_a_watch_is_utc(doors: Doors, typed: str) -> None:
    english(doors.signed_in()).post("/orders/set-service-time", {"utc": typed, "next": "/clocks"})
    assert [order for order, _by in doors.desk.given] == [SetServiceTime(NIGHT)]


def test_a_service_that_is_gone_is_said_and_the_page_is_an_error(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> dict[str, Any]:
        raise LineLost("no service", code="service_gone")

    monkeypatch.setattr(doors.desk, "clocks", gone)
    monkeypatch.setattr(doors.desk, "limits", gone)
    browser = english(doors.signed_in())
    assert {browser.get(path).status_code for path in ("/clocks", "/limits", "/horizon")} == {503}
    assert browser.get("/").status_code == 200, "the panel waits for neither"


# ---- limits and horizon

PAIRS = "# the roof\r\n10 12.5\r\n95;24\r\n\r\n200\t15 # a birch\r\n"


def test_a_horizon_is_looked_at_before_it_is_saved(doors: Doors) -> None:
    admin = english(doors.signed_in(Role.ADMIN))
    page = admin.post("/limits/preview", {"pairs": PAIRS}).text
    assert "not saved yet" in page
    assert doors.desk.given == []
    kept = re.search(r'name="pairs" value="([^"]*)"', page)
    assert kept
    admin.post("/orders/set-horizon", {"pairs": unescape(kept[1]), "next": "/limits"})
    assert [order for order, _by in doors.desk.given] == [SetHorizon(((10.0, 12.5), (95.0, 24.0), (200.0, 15.0)))]


def test_a_horizon_comes_from_a_file_too(doors: Doors) -> None:
    file = (BytesIO(b"\xef\xbb\xbf0 5\n180 25\n"), "../../horizon.hrz")
    page = english(doors.signed_in(Role.ADMIN)).post("/limits/preview", {"pairs": PAIRS, "file": file}).text
    assert "180 25" in page
    assert "birch" not in page, "the file counts, not the field"


@pytest.mark.parametrize(
    ("given_file", "given_pairs", "words"),
    [
        (b"0 5\n180 north\n", "", "Line 2 of the horizon cannot be read: “180 north”"),
        (b"", "0 5\n400 5", "Line 2 of the horizon"),
        (b"0 5", "", "too few points"),
        (b"\xff\xfe0\x00", "", "no text"),
        (b"1 1\n" * 20000, "", "too large"),
        (b"0 5\n<script>alert(1)</script> 5\n", "", "Line 2"),
    ],
    ids=["word", "azimuth", "one point", "binary", "large", "markup"],
)
def test_a_wrong_horizon_is_refused_with_its_line(
    doors: Doors, given_file: bytes, given_pairs: str, words: str
) -> None:
    form = {"pairs": given_pairs, **({"file": (BytesIO(given_file), "h.txt")} if given_file else {})}
    answer = english(doors.signed_in(Role.ADMIN)).post("/limits/preview", form)
    assert answer.status_code in (400, 413)
    assert words in text_of(answer.text)
    assert "<script>alert" not in answer.text
    assert "Save this horizon" not in answer.text


def test_an_empty_field_is_an_open_horizon(doors: Doors) -> None:
    english(doors.signed_in(Role.ADMIN)).post("/orders/set-horizon", {"pairs": ""})
    assert [order for order, _by in doors.desk.given] == [SetHorizon(())]


def test_a_volunteer_reads_the_limits_and_changes_none(doors: Doors) -> None:
    page = english(doors.signed_in()).get("/limits").text
    assert "<textarea" not in page
    for words in ("10.0°", "88.0°", "20.0°", "15.0°", "−40° … 90°", "±270°", "−135°", "The cables hang free now"):
        assert words in text_of(page), words


def test_the_picture_says_in_words_what_it_shows(doors: Doors) -> None:
    page = text_of(english(doors.signed_in()).get("/horizon").text)
    assert "The lowest altitude allowed is 10.0°. The Sun is up. The telescope looks in the west at 61.2°." in page


points = st.dictionaries(
    st.floats(0, 359.99).map(lambda azimuth: round(azimuth, 2)), st.floats(-10, 90).map(lambda up: round(up, 2)),
    min_size=2, max_size=30,
).map(lambda found: sorted([azimuth, altitude] for azimuth, altitude in found.items()))  # fmt: skip


@given(points)
def test_a_horizon_survives_being_written_and_read(mask: list[list[float]]) -> None:
    assert points_of(pairs_of(mask)) == mask


@given(points)
def test_the_outline_goes_once_around_and_through_every_point(mask: list[list[float]]) -> None:
    numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", picture(LIMITS, mask).outline)]
    across, up = numbers[2:-2:2], numbers[3:-2:2]
    assert across == sorted(across)
    assert (across[0], across[-1]) == (0, 360)
    assert up[0] == up[-1], "it is whole at the north"
    assert across[1:-1] == pytest.approx([azimuth for azimuth, _ in mask], rel=1e-4)
    assert up[1:-1] == pytest.approx([-UP * altitude for _, altitude in mask], rel=1e-4, abs=1e-3)


@pytest.mark.parametrize(("altitude", "across"), [(0.0, 20.0), (60.0, 43.16), (75.0, 180.0), (90.0, 180.0)])
def test_the_circle_around_a_high_sun_is_wide(altitude: float, across: float) -> None:
    sun = {"altitude_degrees": altitude, "azimuth_degrees": 180.0}
    assert picture({**LIMITS, "sun": sun}).sun_across == pytest.approx(across, abs=0.01)


# ---- the Sun


def test_only_an_admin_is_offered_the_ceremony(doors: Doors) -> None:
    assert "/orders/declare-solar" not in english(doors.signed_in()).get("/sun").text
    assert "/orders/declare-solar" in english(doors.signed_in(Role.ADMIN, "Erlan")).get("/sun").text


def test_a_missing_tick_is_for_the_service_to_refuse(doors: Doors) -> None:
    admin = english(doors.signed_in(Role.ADMIN))
    cookie = admin.client.get_cookie("clubscope")
    assert cookie
    doors.accounts.set_password(cookie.value, "four herons over Balkhash")
    form = {"filter": "foil", "front": "1", "password": "four herons over Balkhash", "next": "/sun"}
    assert admin.post("/orders/declare-solar", form).headers["Location"] == "/sun"
    assert [order for order, _by in doors.desk.given] == [DeclareSolar("foil", True, False)]


@pytest.mark.parametrize("because", list(SolarEnd))
def test_everybody_may_end_it(doors: Doors, because: SolarEnd) -> None:
    publish(doors, solar=SOLAR)
    browser = english(doors.signed_in())
    assert f'value="{because.value}"' in browser.get("/sun").text
    browser.post("/orders/end-solar", {"because": because.value, "next": "/sun"})
    assert [order for order, _by in doors.desk.given] == [EndSolar(because)]


@pytest.mark.parametrize(("value", "covered"), [("true", True), ("false", False)])
def test_the_lid_is_declared_with_two_buttons(doors: Doors, value: str, covered: bool) -> None:
    english(doors.signed_in()).post("/orders/cover", {"covered": value})
    assert [order for order, _by in doors.desk.given] == [Cover(covered)]


def test_another_word_for_the_lid_is_refused(doors: Doors) -> None:
    english(doors.signed_in()).post("/orders/cover", {"covered": "perhaps"})
    assert doors.desk.given == []


def test_a_horizon_of_too_many_lines_is_not_understood() -> None:
    with pytest.raises(NotUnderstood):
        points_of("\n".join(f"{n / 3} 10" for n in range(1080)))
