"""The JSON API: what it takes, what it refuses and how, and that its description is true."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate

from scope.errors import (
    GarbledAnswer,
    LineLost,
    MountRefused,
    NotAllowed,
    NotCapable,
    NotUnderstood,
    Overtaken,
    ScopeError,
)
from scope.orders import (
    Direction,
    EndSession,
    Goto,
    Helm,
    HelmAct,
    Home,
    Nudge,
    NudgeRate,
    Order,
    Park,
    SetMountClock,
    Stop,
    Sync,
    Track,
    TrackingRate,
    Unpark,
)
from scope.position import Epoch, Equatorial
from tests.web_doors import SNAPSHOT, Browser, Doors, open_doors


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with open_doors(tmp_path) as doors:
        yield doors


def post(doors: Doors, name: str, body: str | bytes, mimetype: str = "application/json") -> tuple[int, dict[str, Any]]:
    client = doors.operators.test_client()
    answer = client.post(f"/api/orders/{name}", data=body, content_type=mimetype, headers=doors.program())
    return answer.status_code, answer.get_json()


ORDERED: list[tuple[str, dict[str, Any], Order]] = [
    ("goto", {"target": "M13"}, Goto("M13")),
    ("goto", {"target": "Шолпан"}, Goto("Шолпан")),
    ("goto", {"target": "16 41 42 +36 28", "epoch": "J2000"}, Goto("16 41 42 +36 28")),
    ("goto", {"target": "16 41 42 +36 28", "epoch": "of-date"}, Goto("16 41 42 +36 28 of date")),
    ("goto", {"target": "16h41m42s −36°28′00″", "epoch": "of-date"}, Goto("16h41m42s −36°28′00″ of date")),
    ("goto", {"target": "47 Tuc", "epoch": "of-date"}, Goto("47 Tuc")),
    ("goto", {"ra_hours": 16.7, "dec_degrees": -0.5}, Goto(place=Equatorial(16.7, -0.5, Epoch.J2000))),
    ("goto", {"ra_hours": 0, "dec_degrees": 90, "epoch": "of-date"}, Goto(place=Equatorial(0.0, 90.0, Epoch.OF_DATE))),
    ("stop", {}, Stop()),
    ("track", {"rate": "lunar"}, Track(TrackingRate.LUNAR)),
    (
        "nudge",
        {"direction": "north", "rate": "guide", "press": "a", "beat": 3},
        Nudge(Direction.NORTH, NudgeRate.GUIDE, "a", 3),
    ),
    ("nudge", {"direction": None, "rate": "find", "press": "a"}, Nudge(None, NudgeRate.FIND, "a")),
    ("park", {}, Park()),
    ("unpark", {}, Unpark()),
    ("home", {}, Home()),
    ("sync", {"target": "Vega", "confirmed": True}, Sync("Vega", confirmed=True)),
    ("sync", {"ra_hours": 1.5, "dec_degrees": 2.5}, Sync(place=Equatorial(1.5, 2.5, Epoch.J2000))),
    ("set-mount-clock", {}, SetMountClock()),
    ("helm", {"act": "give", "to": "Timur"}, Helm(HelmAct.GIVE, "Timur")),
    ("end-session", {}, EndSession()),
]


@pytest.mark.parametrize(("name", "body", "order"), ORDERED)
def test_an_order_reaches_the_desk_as_what_it_means(
    doors: Doors, name: str, body: dict[str, Any], order: Order
) -> None:
    status, answer = post(doors, name, json.dumps(body))
    assert (status, answer["accepted"], answer["logged"]) == (202, True, True)
    assert [given for given, _by in doors.desk.given] == [order]


REFUSED = [
    ("goto", '{"ra_hours": NaN, "dec_degrees": 0}', "malformed_json"),
    ("goto", '{"ra_hours": Infinity, "dec_degrees": 0}', "malformed_json"),
    ("goto", '{"ra_hours": 1, "dec_degrees": -Infinity}', "malformed_json"),
    ("goto", '{"ra_hours": 1e308, "dec_degrees": 0}', "ra_out_of_range"),
    ("goto", '{"ra_hours": 1e999, "dec_degrees": 0}', "ra_out_of_range"),
    ("goto", '{"ra_hours": ' + "9" * 400 + ', "dec_degrees": 0}', "ra_out_of_range"),
    ("goto", '{"ra_hours": ' + "9" * 5000 + ', "dec_degrees": 0}', "malformed_json"),
    ("goto", '{"ra_hours": 24, "dec_degrees": 0}', "ra_out_of_range"),
    ("goto", '{"ra_hours": -0.001, "dec_degrees": 0}', "ra_out_of_range"),
    ("goto", '{"ra_hours": 1, "dec_degrees": 90.001}', "dec_out_of_range"),
    ("goto", '{"ra_hours": true, "dec_degrees": 0}', "field_wrong"),
    ("goto", '{"ra_hours": "1", "dec_degrees": 0}', "field_wrong"),
    ("goto", '{"ra_hours": null, "dec_degrees": 0}', "field_wrong"),
    ("goto", '{"ra_hours": 1}', "field_missing"),
    ("goto", "{}", "field_missing"),
    ("goto", "", "field_missing"),
    ("goto", '{"target": "M13", "ra_hours": 1, "dec_degrees": 0}', "field_wrong"),
    ("goto", '{"target": "M13", "epoch": "B1950"}', "field_wrong"),
    ("goto", '{"ra_hours": 1, "dec_degrees": 0, "epoch": "B1950"}', "field_wrong"),
    ("goto", '{"target": ""}', "field_wrong"),
    ("goto", '{"target": 13}', "field_wrong"),
    ("goto", '{"target": null}', "field_wrong"),
    ("goto", '{"target": ["M13"]}', "field_wrong"),
    ("goto", json.dumps({"target": "x" * 121}), "field_wrong"),
    ("goto", r'{"target": "M13\ud800"}', "field_wrong"),
    ("goto", r'{"target": "M13\u0000"}', "field_wrong"),
    ("goto", r'{"target": "M13\r\n:Q#"}', "field_wrong"),
    ("goto", '{"place": {"ra_hours": 1, "dec_degrees": 0, "epoch": "J2000"}}', "field_unknown"),
    ("goto", '{"target": "M13", "role": "admin"}', "field_unknown"),
    ("park", '{"order": "stop"}', "field_unknown"),
    ("track", '{"rate": "warp"}', "field_wrong"),
    ("track", "{}", "field_missing"),
    ("nudge", '{"direction": "up", "rate": "guide", "press": "a"}', "field_wrong"),
    ("nudge", '{"direction": "north", "rate": "guide", "press": "a", "beat": -1}', "field_wrong"),
    ("sync", '{"target": "Vega", "confirmed": "yes"}', "field_wrong"),
    ("helm", '{"act": "steal"}', "field_wrong"),
    ("goto", "[]", "malformed_json"),
    ("goto", "null", "malformed_json"),
    ("goto", '"M13"', "malformed_json"),
    ("goto", "{", "malformed_json"),
    ("goto", b"\xff\xfe", "malformed_json"),
    ("goto", "[" * 100_000, "malformed_json"),
    ("goto", '{"a":' * 50_000, "malformed_json"),
]


@pytest.mark.parametrize(("name", "body", "code"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_order_is_refused_and_never_reaches_the_desk(doors: Doors, name: str, body: str, code: str) -> None:
    status, answer = post(doors, name, body)
    assert (status, answer["code"]) == (400, code)
    assert answer["message"]
    assert doors.desk.given == []


def test_a_form_is_no_json(doors: Doors) -> None:
    assert post(doors, "goto", "target=M13", "application/x-www-form-urlencoded")[0] == 415


@pytest.mark.parametrize("body", ["", "{", '{"target": NaN}', "x" * 1000])
def test_a_stop_is_a_stop_whatever_its_body(doors: Doors, body: str) -> None:
    assert post(doors, "stop", body)[0] == 202


REFUSALS: list[tuple[ScopeError, int]] = [
    (NotUnderstood("", code="target_unknown", typed="M 1300", nearest="M 13"), 400),
    (NotAllowed("", code="below_altitude_limit", altitude_degrees=3.0, limit_degrees=15.0), 409),
    (NotAllowed("", code="helm_taken", holder="Timur"), 409),
    (NotAllowed("", code="role_needed"), 403),
    (Overtaken(""), 409),
    (MountRefused("", words="Object Below Horizon"), 422),
    (NotCapable("", capability="park"), 422),
    (LineLost(""), 503),
    (GarbledAnswer(""), 503),
    (LineLost("", code="service_gone"), 503),
    (NotAllowed("", code="never_heard_of"), 409),
]


@pytest.mark.parametrize(("refusal", "status"), REFUSALS, ids=lambda value: getattr(value, "code", value))
def test_a_refusal_is_a_status_a_code_a_sentence_and_numbers(doors: Doors, refusal: ScopeError, status: int) -> None:
    doors.desk.refusal = refusal
    got, answer = post(doors, "goto", '{"target": "M13"}')
    assert (got, answer["code"], answer["details"]) == (status, refusal.code, dict(refusal.details))
    assert answer["message"]


def test_a_stop_that_does_not_get_through_says_what_else_to_do(doors: Doors) -> None:
    doors.desk.refusal = LineLost("")
    status, answer = post(doors, "stop", "")
    assert (status, answer["code"], answer["details"]) == (503, "stop_not_sent", {"reason": "line_lost"})


def test_a_refusal_speaks_the_language_of_the_caller(doors: Doors) -> None:
    doors.desk.refusal = LineLost("")
    said = set()
    for language in ("kk", "ru", "en"):
        headers = {**doors.program(), "Accept-Language": language}
        answer = doors.operators.test_client().post("/api/orders/park", headers=headers).get_json()
        said.add(answer["message"])
    assert len(said) == 3


def test_status_is_the_snapshot_with_its_age(doors: Doors) -> None:
    status = Browser(doors.visitors).get("/api/status").get_json()
    assert (status["serial"], status["age_seconds"], status["motion"]) == (7, 0.5, "tracking")
    assert "read_at" not in status


def test_any_cache_may_multiply_the_visitors_status_for_a_second_and_none_the_operators(doors: Doors) -> None:
    assert Browser(doors.visitors).get("/api/status").headers["Cache-Control"] == "public, max-age=1"
    assert "Vary" not in Browser(doors.visitors).get("/api/status").headers
    assert Browser(doors.operators).get("/api/status").headers["Cache-Control"] == "no-store"


def test_an_unchanged_status_is_not_sent_twice(doors: Doors) -> None:
    browser = Browser(doors.visitors)
    tag = browser.get("/api/status").headers["ETag"]
    same = browser.get("/api/status", headers={"If-None-Match": tag})
    assert (same.status_code, same.data) == (304, b"")
    doors.live.publish({**SNAPSHOT, "serial": 8})
    assert browser.get("/api/status", headers={"If-None-Match": tag}).status_code == 200


def test_live_is_a_stream_of_the_status(doors: Doors) -> None:
    answer = Browser(doors.visitors).get("/api/live")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/event-stream", "no-store")
    first = next(iter(answer.response))
    assert json.loads(bytes(first).split(b"data: ")[1]) == doors.live.status()
    answer.close()


def test_the_twenty_first_live_connection_of_an_address_is_refused_until_one_leaves(doors: Doors) -> None:
    client = doors.visitors.test_client()

    def open_one(address: str = "192.0.2.1") -> Any:
        return client.get("/api/live", environ_base={"REMOTE_ADDR": address})

    held = [open_one() for _ in range(20)]
    refused = open_one()
    assert (refused.status_code, refused.get_json()["code"]) == (429, "too_many_live")
    assert open_one("192.0.2.2").status_code == 200
    held.pop().close()
    assert open_one().status_code == 200


def test_a_proxy_on_this_machine_names_the_client_and_a_stranger_names_nobody(doors: Doors) -> None:
    seats = doors.visitors.extensions["clubscope"].seats
    client = doors.visitors.test_client()
    said = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    held = [
        client.get("/api/live", headers=said, environ_base={"REMOTE_ADDR": address})
        for address in ("127.0.0.1", "192.0.2.1")
    ]
    assert set(seats.held()) == {"198.51.100.7", "192.0.2.1"}
    for one in held:
        one.close()
    assert not seats.held()


def test_an_unknown_address_below_api_answers_json(doors: Doors) -> None:
    answer = Browser(doors.visitors).get("/api/nothing")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found")
    answer = Browser(doors.visitors).get("/api/sessions/nothing")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "session_unknown")


def document(browser: Browser) -> dict[str, Any]:
    found: dict[str, Any] = browser.get("/api/openapi.json").get_json()
    return found


def test_the_description_is_valid_openapi(doors: Doors) -> None:
    for app in (doors.operators, doors.visitors):
        validate(document(Browser(app)))


def test_every_route_below_api_is_described_and_nothing_else(doors: Doors) -> None:
    for app in (doors.operators, doors.visitors):
        real = {
            (rule.rule.replace("<", "{").replace(">", "}"), method.lower())
            for rule in app.url_map.iter_rules()
            for method in rule.methods or ()
            if rule.rule.startswith("/api/") and method in ("GET", "POST")
        }
        described = {(path, method) for path, item in document(Browser(app))["paths"].items() for method in item}
        assert described == real


def check(openapi: dict[str, Any], path: str, method: str, status: int, body: Any) -> None:
    content = openapi["paths"][path][method]["responses"][str(status)]["content"]["application/json"]["schema"]
    jsonschema.validate(body, {**content, "components": openapi["components"]})


def test_the_answers_are_as_described(doors: Doors) -> None:
    for browser in (doors.signed_in(), Browser(doors.visitors)):
        openapi = document(browser)
        for state in (dict(SNAPSHOT), None):
            if state:
                doors.live.publish(state)
            else:
                doors.live.lose()
            check(openapi, "/api/status", "get", 200, browser.get("/api/status").get_json())
        check(openapi, "/api/objects", "get", 200, browser.get("/api/objects?q=M13").get_json())
        sessions = browser.get("/api/sessions").get_json()
        check(openapi, "/api/sessions", "get", 200, sessions)
        for session in sessions["sessions"]:
            whole = browser.get(f"/api/sessions/{session['slug']}").get_json()
            check(openapi, "/api/sessions/{slug}", "get", 200, whole)


@pytest.mark.parametrize(("name", "body", "_order"), ORDERED)
def test_orders_and_their_answers_are_as_described(
    doors: Doors, name: str, body: dict[str, Any], _order: Order
) -> None:
    openapi, path = document(Browser(doors.operators)), f"/api/orders/{name}"
    schema = openapi["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    jsonschema.validate(body, {**schema, "components": openapi["components"]})
    check(openapi, path, "post", *post(doors, name, json.dumps(body)))


@pytest.mark.parametrize(("refusal", "_status"), REFUSALS, ids=lambda value: getattr(value, "code", value))
def test_refusals_are_as_described(doors: Doors, refusal: ScopeError, _status: int) -> None:
    doors.desk.refusal = refusal
    check(document(Browser(doors.operators)), "/api/orders/goto", "post", *post(doors, "goto", '{"target": "M13"}'))
