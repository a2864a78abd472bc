"""Questions in JSON, at both doors: the logged sessions, and what objects are called so."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from scope.target import Kind, Target
from web import published
from web.house import desk, here
from web.persons import volunteer

routes = Blueprint("api", __name__, url_prefix="/api")
MOST_OBJECTS, LONGEST_QUERY = 20, 120


@routes.get("/sessions")
def sessions() -> Response:
    return jsonify({"sessions": [published.session_as_json(one) for one in published.sessions()]})


@routes.get("/sessions/<slug>")
def session(slug: str) -> Response:
    return jsonify(published.session_in_full_as_json(published.session(slug)))


@routes.get("/objects")
def objects() -> Response:
    """With the altitude now where there is a desk to ask; visitors get the catalogue alone."""
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    return jsonify({"query": query, "objects": _found(query) if query else []})


def _found(query: str) -> list[dict[str, Any]]:
    if here().for_operators:
        volunteer()
        return desk().look_up(query, MOST_OBJECTS)
    catalogue, sun_allowed = here().catalogue, here().live.status()["solar"] is not None
    found = catalogue.search(query, MOST_OBJECTS) if catalogue else []
    return [_as_json(target) for target in found if sun_allowed or target.kind is not Kind.SUN]


def _as_json(target: Target) -> dict[str, Any]:
    return {
        "designation": target.designation,
        "kind": target.kind.value,
        "names": dict(target.names),
        "constellation": target.constellation,
        "magnitude": target.magnitude,
    }
