"""`POST /api/orders/<name>`: orders from programs and from the pages' own script. At the operators' door only.

The stop is a route of its own and the shortest one: no database and no body stand between it and the desk.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from flask import Blueprint, Response, jsonify, request

from scope.errors import NotUnderstood
from scope.orders import ORDERS
from web import orders
from web.persons import volunteer, volunteer_in_a_hurry

routes = Blueprint("orders_api", __name__, url_prefix="/api/orders")


@routes.post("/stop")
def stop() -> tuple[Response, int]:
    return jsonify(orders.stop(volunteer_in_a_hurry())), 202


def order(name: str) -> tuple[Response, int]:
    by = volunteer()
    return jsonify(orders.give_if_allowed(name, _fields(), by)), 202


for _name in ORDERS.keys() - {"stop"}:
    routes.add_url_rule(f"/{_name}", _name, order, methods=["POST"], defaults={"name": _name})


def _fields() -> dict[str, Any]:
    """The body: a JSON object, or nothing at all for an order without fields."""
    body = request.get_data()
    if not body:
        return {}
    if request.mimetype != "application/json":
        raise NotUnderstood(f"body is {request.mimetype!r}", code="not_json")
    try:
        fields = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as wrong:
        raise NotUnderstood("the body is not JSON", code="malformed_json") from wrong
    if not isinstance(fields, dict):
        raise NotUnderstood("the body is no JSON object", code="malformed_json")
    return fields


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
