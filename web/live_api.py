"""What the telescope does now, for programs and for the pages' script: once (`/api/status`) or as it happens."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from scope.errors import NotAllowed
from web.guard import client_address, is_loopback
from web.house import here

routes = Blueprint("live_api", __name__, url_prefix="/api")


@routes.get("/status")
def status() -> Response:
    """At the visitors' door any cache may multiply it for a second."""
    house = here()
    tag = house.live.tag()
    response = Response(status=304) if tag in request.if_none_match else jsonify(house.live.status())
    response.set_etag(tag)
    response.headers["Cache-Control"] = "no-store" if house.for_operators else "public, max-age=1"
    return response


@routes.get("/live")
def live() -> Response:
    """Server-sent events. A proxy must not collect them, and one address may not hold all the connections."""
    house, address = here(), client_address()
    response = Response(house.live.events(), mimetype="text/event-stream")
    if not is_loopback(address):  # programs on this machine, or a proxy that doesn't say for whom it asks
        if not house.seats.take(address):
            raise NotAllowed(f"{address} has too many live connections", code="too_many_live")
        response.call_on_close(lambda: house.seats.leave(address))
    response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    return response
