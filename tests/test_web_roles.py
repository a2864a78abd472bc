"""Who may do what, at which door: every route of the URL maps for every kind of asker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from scope.orders import ADMIN_ONLY, NAMES, ORDERS, PASSWORD_AGAIN, DeclareSolar, Role, Stop
from tests.web_doors import Browser, Doors, open_doors
from web import create_app
from web.house import Audience

PASSWORD = "four herons over Balkhash"
BODIES: dict[str, dict[str, object]] = {
    "pointing": {"act": "add", "target": "Vega"},
    "goto": {"target": "M13"},
    "track": {"rate": "sidereal"},
    "nudge": {"direction": "north", "rate": "centre", "press": "a"},
    "sync": {"target": "M13"},
    "helm": {"act": "take"},
    "set-service-time": {"utc": "2026-11-20T17:00:00Z"},
    "cover": {"covered": True},
    "acknowledge": {"alarm": "sun_will_pass_soon"},
    "declare-solar": {"filter": "foil", "front": True, "finder": True, "password": PASSWORD},
    "end-solar": {"because": "filter-removed"},
    "set-horizon": {"points": [[0, 10], [180, 20.5]]},
}
FORMS: dict[str, dict[str, str]] = {
    "cover": {"covered": "true"},
    "set-horizon": {"pairs": "0 10\r\n180 20.5\r\n"},
    "set-service-time": {"utc": "2026-11-20T17:00"},
}
"""What a form says otherwise than JSON does."""


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with open_doors(tmp_path) as doors:
        yield doors


def rules(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method in ("GET", "POST")
    }


BOTH = {
    "GET /",
    "GET /about",
    "GET /api/live",
    "GET /api/objects",
    "GET /api/openapi.json",
    "GET /api/sessions",
    "GET /api/sessions/<slug>",
    "GET /api/status",
    "GET /banners",
    "GET /sessions",
    "GET /sessions/<slug>",
    "GET /static/<path:filename>",
    "POST /language",
    "POST /red",
}


def test_the_visitors_door_has_these_routes_and_no_others(doors: Doors) -> None:
    assert rules(doors.visitors) == BOTH


def test_the_operators_door_has_the_orders_and_the_sign_in_besides(doors: Doors) -> None:
    own = {"GET /find", "GET /visitors-qr.svg", "GET /sign-in", "POST /sign-in", "POST /sign-out"}
    own |= {"GET /set-password", "POST /set-password"}
    own |= {"GET /pointing", "GET /pointing/stars"}
    own |= {"GET /clocks", "GET /limits", "GET /horizon", "POST /limits/preview", "GET /sun"}
    own |= {f"POST {prefix}/{name}" for name in ORDERS for prefix in ("/orders", "/api/orders")}
    assert rules(doors.operators) == BOTH | own


def test_at_the_visitors_door_an_order_is_not_forbidden_but_absent(doors: Doors) -> None:
    for name in ORDERS:
        answer = doors.visitors.test_client().post(f"/api/orders/{name}", json={}, headers=doors.program())
        assert answer.status_code in (403, 404)
        assert doors.visitors.test_client().get(f"/api/orders/{name}").status_code == 404


def test_the_visitors_application_holds_no_desk_and_no_accounts(doors: Doors) -> None:
    house = doors.visitors.extensions["clubscope"]
    assert (house.desk, house.accounts) == (None, None)


def test_a_desk_cannot_be_given_to_visitors_by_mistake(doors: Doors) -> None:
    house = doors.operators.extensions["clubscope"]
    with pytest.raises(ValueError, match="operators' door"):
        create_app(Audience.VISITORS, house.desk, house.live, house.history, None, None, house.settings)


def answered(name: str, role: Role | None) -> int:
    """What the API says to a program of this role: no program may vouch for a filter before the tube."""
    if role is None:
        return 401
    if role is Role.VISITOR or ORDERS[name] in PASSWORD_AGAIN:
        return 403
    return 403 if ORDERS[name] in ADMIN_ONLY and role is not Role.ADMIN else 202


@pytest.mark.parametrize("role", [None, *Role])
def test_the_orders_in_json_by_role(doors: Doors, role: Role | None) -> None:
    headers = doors.program(role) if role else {"Authorization": "Bearer cs_unknown"}
    client = doors.operators.test_client()
    found = {
        name: client.post(f"/api/orders/{name}", json=BODIES.get(name, {}), headers=headers).status_code
        for name in ORDERS
    }
    assert found == {name: answered(name, role) for name in ORDERS}
    assert given(doors) == {name for name, status in found.items() if status == 202}


@pytest.mark.parametrize("role", [None, *Role])
def test_the_orders_by_form_by_role(doors: Doors, role: Role | None) -> None:
    browser = doors.signed_in(role) if role else Browser(doors.operators)
    if role:
        doors.accounts.set_password(signed(browser), PASSWORD)
    for name in ORDERS:
        browser.post(f"/orders/{name}", {**BODIES.get(name, {}), **FORMS.get(name, {})})
    volunteers = {name for name, kind in ORDERS.items() if kind not in ADMIN_ONLY}
    assert given(doors) == {Role.VOLUNTEER: volunteers, Role.ADMIN: set(ORDERS)}.get(role or Role.VISITOR, set())


def given(doors: Doors) -> set[str]:
    return {NAMES[type(order)] for order, _by in doors.desk.given}


def signed(browser: Browser) -> str:
    cookie = browser.client.get_cookie("clubscope")
    assert cookie
    return cookie.value


CEREMONY = {"filter": "Baader AstroSolar", "front": True, "finder": True, "password": PASSWORD}


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({}, 202, None),
        ({"password": ""}, 403, "password_needed"),
        ({"password": None}, 403, "password_needed"),
        ({"password": ["x"]}, 400, "field_wrong"),
        ({"password": "another one altogether"}, 403, "password_wrong"),
        ({"filter": ""}, 400, "field_wrong"),
        ({"front": "yes"}, 400, "field_wrong"),
        ({"role": "admin"}, 400, "field_unknown"),
    ],
    ids=str,
)
def test_a_filter_is_declared_by_an_admin_who_types_the_password_again(
    doors: Doors, change: dict[str, object], status: int, code: str | None
) -> None:
    browser = doors.signed_in(Role.ADMIN)
    doors.accounts.set_password(signed(browser), PASSWORD)
    answer = browser.post_json("/api/orders/declare-solar", CEREMONY | change)
    assert answer.json
    assert (answer.status_code, answer.json.get("code")) == (status, code)
    assert [order for order, _by in doors.desk.given] == (
        [DeclareSolar("Baader AstroSolar", True, True)] if status == 202 else []
    )
    assert PASSWORD not in str(doors.desk.given), "the service never sees a password"


def test_an_admin_without_a_password_is_told_to_choose_one(doors: Doors) -> None:
    answer = doors.signed_in(Role.ADMIN).post_json("/api/orders/declare-solar", CEREMONY)
    assert answer.json
    assert (answer.status_code, answer.json["code"]) == (403, "password_unset")


def test_a_password_that_is_asked_again_cannot_be_guessed_through(doors: Doors) -> None:
    browser = doors.signed_in(Role.ADMIN)
    doors.accounts.set_password(signed(browser), PASSWORD)
    codes = [
        (browser.post_json("/api/orders/declare-solar", CEREMONY | {"password": f"wrong {n}"}).json or {})["code"]
        for n in range(11)
    ]
    assert codes == ["password_wrong"] * 10 + ["too_many_tries"]
    assert browser.post_json("/api/orders/declare-solar", CEREMONY).status_code == 429


@pytest.mark.parametrize(
    ("role", "status"), [(None, 303), (Role.VISITOR, 403), (Role.VOLUNTEER, 403), (Role.ADMIN, 200)]
)
def test_only_an_admin_previews_a_horizon(doors: Doors, role: Role | None, status: int) -> None:
    browser = doors.signed_in(role) if role else Browser(doors.operators)
    assert browser.post("/limits/preview", {"pairs": "0 10\n180 20"}).status_code == status


def test_the_log_knows_who_gave_an_order_and_how(doors: Doors) -> None:
    doors.signed_in().post("/orders/park")
    doors.operators.test_client().post("/api/orders/park", headers=doors.program())
    assert [(by.name, by.via) for _order, by in doors.desk.given] == [
        ("Aigerim Nurlanova", "browser"),
        ("script", "api"),
    ]


PAGES = ["/clocks", "/limits", "/horizon", "/sun"]


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_of_the_equipment_are_for_volunteers(doors: Doors, path: str) -> None:
    assert doors.signed_in(Role.VISITOR, "Guest").get(path).status_code == 403
    assert doors.signed_in().get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/find", "/find?q=M13", "/set-password", *PAGES])
def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(doors: Doors, path: str) -> None:
    answer = Browser(doors.operators).get(path)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?next=/")


def test_objects_with_their_altitude_are_for_volunteers_at_the_operators_door(doors: Doors) -> None:
    assert Browser(doors.operators).get("/api/objects?q=M13").status_code == 401
    assert doors.signed_in(Role.VISITOR, "Guest").get("/api/objects?q=M13").status_code == 403
    found = doors.signed_in().get("/api/objects?q=M13").json
    assert found
    assert found["objects"][0]["altitude_degrees"] == 12.5


def test_a_stop_asks_no_database_when_the_person_was_here_before(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = doors.signed_in()
    headers = {"Origin": "http://localhost", "X-CSRF-Token": browser.token()}
    assert browser.get("/").status_code == 200
    monkeypatch.setattr(type(doors.accounts), "person", no_database)
    monkeypatch.setattr(type(doors.accounts), "person_of_token", no_database)
    assert browser.client.post("/api/orders/stop", headers=headers).status_code == 202
    assert [type(order) for order, _by in doors.desk.given] == [Stop]


def no_database(*_given: object) -> None:
    raise AssertionError("the database was asked")


def test_only_a_stop_is_allowed_from_memory(doors: Doors) -> None:
    browser = doors.signed_in()
    browser.get("/")
    doors.accounts.disable("Aigerim Nurlanova")
    assert browser.post_json("/api/orders/park", {}).status_code == 401
