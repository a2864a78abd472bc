"""The description of the JSON API, an OpenAPI 3.1 document, for exactly the routes that this door has."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from flask import Blueprint, Response, jsonify

from scope.orders import LONGEST_TEXT, ORDERS, PASSWORD_AGAIN
from web import schemas
from web.house import here
from web.schemas import Schema, closed, listed, named

routes = Blueprint("openapi", __name__, url_prefix="/api")

Item = dict[str, Any]

ORDER_SUMMARIES = {
    "goto": "Slew to a target, by name or by coordinates",
    "stop": "Stop every motion, at once; needs no helm",
    "track": "Choose the tracking rate, or none",
    "nudge": "Move by hand for as long as the press is renewed",
    "park": "Slew to the parking position and rest there",
    "unpark": "Wake from parking",
    "home": "Go to where the mount has its zero marks, and rest there",
    "sync": "Tell the mount that it looks at this now",
    "pointing": "Add a star to the pointing model, drop one, or clear it",
    "set-mount-clock": "Give the mount the time and place of this computer",
    "helm": "Take, ask for, give or leave the helm",
    "end-session": "End the evening's log",
    "set-service-time": "Tell the service what time it is by a trusted watch",
    "confirm-alignment": "Say that a mount that has restarted still points where it says",
    "free-cables": "Say that the cables hang free as the telescope stands now",
    "cover": "Say whether a lid is on the tube",
    "acknowledge": "Say to have seen an alarm",
    "declare-solar": "Vouch for a solar filter; for a person at a browser, with the password again",
    "end-solar": "Forbid the Sun again",
    "set-horizon": "Set the horizon mask",
}


@routes.get("/openapi.json")
def document() -> Response:
    return jsonify(described(here().for_operators))


@cache
def described(for_operators: bool) -> Item:
    """The whole document of one door."""
    paths = _questions(for_operators)
    if for_operators:
        paths |= {f"/api/orders/{name}": {"post": _order(name)} for name in ORDER_SUMMARIES}
    components: Item = {
        "schemas": {
            "Pointing": schemas.POINTING,
            "Target": schemas.TARGET,
            "Status": schemas.STATUS,
            "Refusal": schemas.REFUSAL,
            "Object": schemas.OBJECT,
            "Session": schemas.SESSION,
            "Observation": schemas.OBSERVATION,
            "SessionWhole": schemas.SESSION_WHOLE,
        }
    }
    if for_operators:
        components["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer", "description": "from `clubscope token add NAME`"}
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"clubscope, the {'operators' if for_operators else 'visitors'}' door",
            "version": _version(),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": components,
    }


def _questions(for_operators: bool) -> dict[str, Item]:
    sessions = closed({"sessions": listed(named("Session"))})
    found = closed({"query": schemas.TEXT, "objects": listed(named("Object"))})
    slug = {"name": "slug", "in": "path", "required": True, "schema": schemas.TEXT}
    query = {"name": "q", "in": "query", "schema": {**schemas.TEXT, "maxLength": LONGEST_TEXT}}
    refusals = ("401", "403", "503") if for_operators else ()
    objects = _get("Objects whose name begins like `q`", found, [query], *refusals)
    return {
        "/api/status": {"get": _status()},
        "/api/live": {"get": _live()},
        "/api/sessions": {"get": _get("The logged sessions, the latest first", sessions)},
        "/api/sessions/{slug}": {"get": _get("One session", named("SessionWhole"), [slug], "404")},
        "/api/objects": {"get": objects | ({"security": [{"token": []}]} if for_operators else {})},
        "/api/openapi.json": {"get": _get("This document", {"type": "object"})},
    }


def _status() -> Item:
    described = _get("What the telescope does now", named("Status"))
    described["responses"]["304"] = {"description": "nothing has changed since the ETag"}
    return described


def _live() -> Item:
    described = _get("The same as it happens: server-sent events named `status`, whose data is a Status", {}, [], "429")
    described["responses"]["200"]["content"] = {"text/event-stream": {"schema": schemas.TEXT}}
    return described


def _get(summary: str, answer: Schema, parameters: list[Item] | None = None, *refusals: str) -> Item:
    return {
        "summary": summary,
        "parameters": parameters or [],
        "responses": {"200": _json("as asked", answer)} | _refusals(*refusals),
    }


def _order(name: str) -> Item:
    body = schemas.ORDER_BODIES[name]
    tries = ("429",) if ORDERS[name] in PASSWORD_AGAIN else ()
    return {
        "summary": ORDER_SUMMARIES[name],
        "security": [{"token": []}],
        "requestBody": {"required": bool(body.get("required")), "content": {"application/json": {"schema": body}}},
        "responses": {"202": _json("accepted", schemas.ACCEPTED)}
        | _refusals("400", "401", "403", "409", "413", "415", "422", *tries, "503"),
    }


_WHY = {
    "400": "not understood",
    "401": "nobody is signed in",
    "403": "this account or this page may not",
    "404": "there is no such thing",
    "409": "not allowed now: a limit, the helm, or a stop that came first",
    "413": "too large",
    "415": "not JSON",
    "422": "the mount cannot, or will not",
    "429": "too many",
    "503": "the mount or the service does not answer",
}


def _refusals(*codes: str) -> Item:
    return {code: _json(_WHY[code], named("Refusal")) for code in codes}


def _json(description: str, schema: Schema) -> Item:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _version() -> str:
    try:
        return version("clubscope")
    except PackageNotFoundError:
        return "0"
