"""Who may do what, at which door: every route of the URL maps for every kind of asker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from scope.orders import ORDERS, Role, Stop
from tests.web_doors import Browser, Doors, open_doors
from web import create_app
from web.house import Audience

BODIES: dict[str, dict[str, object]] = {
    "goto": {"target": "M13"},
    "track": {"rate": "sidereal"},
    "nudge": {"direction": "north", "rate": "centre", "press": "a"},
    "sync": {"target": "M13"},
    "helm": {"act": "take"},
}


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


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize(
    ("role", "status"), [(None, 401), (Role.VISITOR, 403), (Role.VOLUNTEER, 202), (Role.ADMIN, 202)]
)
def test_an_order_in_json_by_role(doors: Doors, name: str, role: Role | None, status: int) -> None:
    headers = doors.program(role) if role else {"Authorization": "Bearer cs_unknown"}
    answer = doors.operators.test_client().post(f"/api/orders/{name}", json=BODIES.get(name, {}), headers=headers)
    assert answer.status_code == status
    assert len(doors.desk.given) == (status == 202)


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize(("role", "given"), [(None, 0), (Role.VISITOR, 0), (Role.VOLUNTEER, 1), (Role.ADMIN, 1)])
def test_an_order_by_form_by_role(doors: Doors, name: str, role: Role | None, given: int) -> None:
    browser = doors.signed_in(role) if role else Browser(doors.operators)
    browser.post(f"/orders/{name}", dict(BODIES.get(name, {})))
    assert len(doors.desk.given) == given


def test_the_log_knows_who_gave_an_order_and_how(doors: Doors) -> None:
    doors.signed_in().post("/orders/park")
    doors.operators.test_client().post("/api/orders/park", headers=doors.program())
    assert [(by.name, by.via) for _order, by in doors.desk.given] == [
        ("Aigerim Nurlanova", "browser"),
        ("script", "api"),
    ]


@pytest.mark.parametrize("path", ["/", "/find", "/find?q=M13", "/set-password"])
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
