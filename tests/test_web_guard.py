"""What every request passes and every answer carries, enumerated from the routes themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from scope.orders import Role
from tests.web_doors import ORIGIN, Browser, Doors, open_doors
from web.pages import local_path

UNKNOWN = ("/nothing-here", "/api/nothing-here", "/static/no")


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with open_doors(tmp_path) as doors:
        yield doors


def routes(app: Flask, *methods: str) -> list[tuple[str, str]]:
    """(method, path) of every route, with a word in each place."""
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        values = {name: (rule.defaults or {}).get(name, "word") for name in rule.arguments}
        found += [(method, adapter.build(rule.endpoint, values)) for method in (rule.methods or set()) & set(methods)]
    return sorted(found)


def unsafe(app: Flask) -> list[str]:
    return [path for _method, path in routes(app, "POST", "PUT", "PATCH", "DELETE")]


def test_there_are_unsafe_routes_to_be_checked(doors: Doors) -> None:
    assert len(unsafe(doors.operators)) > 20
    assert unsafe(doors.visitors) == ["/language", "/red"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_right_token_from_elsewhere_opens_no_unsafe_route(doors: Doors, headers: dict[str, str]) -> None:
    for browser in (doors.signed_in(Role.ADMIN), Browser(doors.visitors)):
        token = browser.token()
        for path in unsafe(browser.app):
            answer = browser.client.post(path, data={"csrf_token": token}, headers=headers)
            assert answer.status_code == 403, path
    assert doors.desk.given == []


@pytest.mark.parametrize("token", [None, "", "wrong", "0" * 64, "жүз"])
def test_without_the_right_token_our_own_origin_opens_no_unsafe_route(doors: Doors, token: str | None) -> None:
    for browser in (doors.signed_in(Role.ADMIN), Browser(doors.visitors)):
        browser.token()
        for path in unsafe(browser.app):
            answer = browser.client.post(path, data={"csrf_token": token} if token else {}, headers={"Origin": ORIGIN})
            assert answer.status_code == 403, path
    assert doors.desk.given == []


def test_the_token_of_one_sign_in_is_of_no_use_to_another(doors: Doors) -> None:
    stolen = doors.signed_in(name="Timur").token()
    browser = doors.signed_in(name="Aigerim")
    answer = browser.client.post("/orders/stop", data={"csrf_token": stolen}, headers={"Origin": ORIGIN})
    assert answer.status_code == 403


def test_a_token_from_before_the_sign_in_is_of_no_use_after_it(doors: Doors) -> None:
    early = Browser(doors.operators).token()
    browser = doors.signed_in()
    answer = browser.client.post("/orders/stop", data={"csrf_token": early}, headers={"Origin": ORIGIN})
    assert answer.status_code == 403


def test_with_token_and_origin_the_order_is_given(doors: Doors) -> None:
    browser = doors.signed_in()
    assert browser.post("/orders/stop").status_code == 303
    assert browser.post_json("/api/orders/stop", {}).status_code == 202
    assert len(doors.desk.given) == 2


def test_a_cookie_beside_a_bearer_token_counts_for_nothing(doors: Doors) -> None:
    browser = doors.signed_in(Role.ADMIN)
    wrong = {"Authorization": "Bearer cs_wrong"}
    assert browser.client.post("/api/orders/stop", headers=wrong).status_code == 401
    assert browser.get("/api/objects?q=M13", headers=wrong).status_code == 401


def test_reading_moves_nothing(doors: Doors) -> None:
    browser = doors.signed_in(Role.ADMIN)
    for _method, path in routes(doors.operators, "GET"):
        if path != "/api/live":
            browser.get(path).close()
    assert doors.desk.given == []


EXPECTED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def test_every_answer_carries_the_headers_whatever_it_is(doors: Doors) -> None:
    for browser in (doors.signed_in(), Browser(doors.operators), Browser(doors.visitors)):
        paths = [path for _method, path in routes(browser.app, "GET")] + [
            "/nothing-here",
            "/api/nothing-here",
            "/static/no",
        ]
        for path in paths:
            answer = browser.get(path)
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy, path
            assert "frame-ancestors 'none'" in policy, path
            assert "unsafe" not in policy, path
            assert EXPECTED_HEADERS.items() <= dict(answer.headers).items(), path
            assert "Server" not in answer.headers
            answer.close()


def test_nothing_of_the_operators_door_is_kept_by_a_browser(doors: Doors) -> None:
    browser = doors.signed_in()
    for _method, path in routes(doors.operators, "GET"):
        if not path.startswith("/static"):
            answer = browser.get(path)
            assert answer.headers["Cache-Control"] == "no-store", path
            answer.close()


def test_behind_https_cookies_are_bound_to_the_host_and_the_browser_is_told_to_stay(tmp_path: Path) -> None:
    with open_doors(tmp_path, "behind_https = true") as doors:
        answer = Browser(doors.operators).get("/sign-in")
    assert int(answer.headers["Strict-Transport-Security"].split(";")[0].removeprefix("max-age=")) >= 31536000
    assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:8080", "127.0.0.1.evil.example", "a,b"]
)
def test_a_borrowed_name_is_refused(doors: Doors, host: str) -> None:
    for app in (doors.operators, doors.visitors):
        assert app.test_client().get("/api/status", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "192.168.1.7:8081"])
def test_own_names_and_bare_addresses_are_served(doors: Doors, host: str) -> None:
    for app in (doors.operators, doors.visitors):
        assert app.test_client().get("/api/status", headers={"Host": host}).status_code == 200


def test_behind_a_proxy_with_tls_the_name_is_its_certificates(tmp_path: Path) -> None:
    with open_doors(tmp_path, "behind_https = true") as doors:
        answer = doors.operators.test_client().get("/api/status", headers={"Host": "telescope.example"})
        assert answer.status_code == 200


def test_a_host_that_is_none_is_refused(doors: Doors) -> None:
    for host in ("[", "[::1", "localhost]", "", "\u00e9"):
        assert doors.visitors.test_client().get("/api/status", headers={"Host": host}).status_code in (200, 400)


ELSEWHERE = [
    "http://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example",
    "/\r\nLocation: http://evil.example/",
    "javascript:alert(1)",
    "evil.example",
    " //evil.example",
    "/ /evil.example",
    "/\u00a0/evil.example",
    "",
    None,
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_the_way_on_never_leads_to_another_host(wanted: str | None) -> None:
    assert local_path(wanted) == "/"


@pytest.mark.parametrize("wanted", ["/", "/sessions/2026-11-20", "/find?q=%D0%9C13&x=http://other"])
def test_the_way_on_within_the_door_is_kept(wanted: str) -> None:
    assert local_path(wanted) == wanted


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_choosing_a_language_leads_back_to_this_door_only(doors: Doors, wanted: str | None) -> None:
    answer = Browser(doors.visitors).post("/language", {"language": "ru", "next": wanted or ""})
    assert urlsplit(answer.headers["Location"]).netloc == ""
    assert answer.headers["Location"] == "/"


def test_an_error_tells_nothing_of_our_insides(doors: Doors) -> None:
    doors.desk.refusal = RuntimeError("secret insides")  # type: ignore[assignment]
    answer = doors.signed_in().post_json("/api/orders/park", {})
    assert answer.status_code == 500
    assert "insides" not in answer.text
    assert answer.json
    assert answer.json["details"]["error_id"] in answer.json["message"]


def test_a_body_above_a_megabyte_is_refused(doors: Doors) -> None:
    answer = doors.operators.test_client().post("/api/orders/goto", data=b"x" * 1_100_000, headers=doors.program())
    assert answer.status_code == 413
