"""The logged evenings: what the public reads of them, and what only those who are signed in do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_web_pages import bad
from tests.web_doors import SESSIONS, SNAPSHOT, Browser, Doors, open_doors

PUBLIC, MEMBERS, SIMULATED = (slug for slug, _visibility, _simulated in SESSIONS)


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with open_doors(tmp_path) as doors:
        yield doors


def listed(browser: Browser) -> list[str]:
    return [session["slug"] for session in browser.get("/api/sessions").get_json()["sessions"]]


def readable(browser: Browser) -> list[str]:
    return [slug for slug, *_ in SESSIONS if browser.get(f"/api/sessions/{slug}").status_code == 200]


def test_the_public_reads_what_is_published_and_real(doors: Doors) -> None:
    for app in (doors.visitors, doors.operators):
        assert listed(Browser(app)) == [PUBLIC]
        assert readable(Browser(app)) == [PUBLIC]


def test_members_read_all(doors: Doors) -> None:
    browser = doors.signed_in()
    assert listed(browser) == [SIMULATED, MEMBERS, PUBLIC]
    assert readable(browser) == [PUBLIC, MEMBERS, SIMULATED]


def test_a_demonstration_shows_its_simulated_evenings(doors: Doors) -> None:
    doors.live.publish({**SNAPSHOT, "simulated": True})
    assert listed(Browser(doors.visitors)) == [SIMULATED, PUBLIC]


def test_pages_and_json_agree_on_what_may_be_read(doors: Doors) -> None:
    for browser in (Browser(doors.visitors), Browser(doors.operators), doors.signed_in()):
        slugs = [slug for slug, *_ in SESSIONS if browser.get(f"/sessions/{slug}").status_code == 200]
        assert slugs == readable(browser)
        overview = browser.get("/sessions").text
        assert [slug for slug, *_ in SESSIONS if f"/sessions/{slug}" in overview] == slugs


def test_the_public_learns_no_full_name_and_no_exact_place(doors: Doors) -> None:
    browser = Browser(doors.visitors)
    whole = browser.get(f"/api/sessions/{PUBLIC}")
    for text in (whole.text, browser.get(f"/sessions/{PUBLIC}").text):
        assert "Nurlanova" not in text
        assert "49.80" not in text
        assert "73.08" not in text
    assert whole.get_json()["operators"] == ["Aigerim"]
    assert (whole.get_json()["latitude_degrees"], whole.get_json()["longitude_degrees"]) == (49.8, 73.1)


def test_the_events_are_for_those_who_are_signed_in(doors: Doors) -> None:
    assert "<table" in doors.signed_in().get(f"/sessions/{PUBLIC}").text
    for app in (doors.operators, doors.visitors):
        assert "<table" not in Browser(app).get(f"/sessions/{PUBLIC}").text


def test_words_in_the_log_never_become_html(doors: Doors) -> None:
    for browser in (doors.signed_in(), Browser(doors.visitors)):
        for path in ("/sessions", f"/sessions/{PUBLIC}"):
            page = browser.get(path).text
            assert bad(page) == []
            assert "<script>alert" not in page


def test_the_night_of_a_session_is_that_of_its_evening(doors: Doors) -> None:
    [session] = Browser(doors.visitors).get("/api/sessions").get_json()["sessions"]
    assert session["night"] == "2026-10-01"


@pytest.mark.parametrize("slug", ["nothing", "../../etc/passwd", "%00", "' OR 1=1 --", "x" * 5000])
def test_an_unknown_session_is_not_found(doors: Doors, slug: str) -> None:
    assert Browser(doors.visitors).get(f"/sessions/{slug}").status_code == 404


def test_a_locked_away_log_is_said_in_a_sentence_and_a_stop_still_works(doors: Doors, tmp_path: Path) -> None:
    browser = doors.signed_in()
    token = browser.token()
    browser.get("/")
    doors.accounts._database.close()
    (tmp_path / "log.db").unlink()
    for leftover in tmp_path.glob("log.db-*"):
        leftover.unlink()
    answer = browser.get("/api/sessions")
    assert (answer.status_code, answer.get_json()["code"]) == (503, "database_unusable")
    headers = {"Origin": "http://localhost", "X-CSRF-Token": token}
    assert browser.client.post("/api/orders/stop", headers=headers).status_code == 202
