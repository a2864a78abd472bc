"""The volunteers' pages: the panel, the search, and every order as a form that needs no JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import segno
from flask import Blueprint, Response, redirect, render_template, request
from werkzeug import Response as AnyResponse

from scope.errors import ScopeError
from scope.orders import ORDERS
from web import orders
from web.answers import answer_to
from web.forms import fields_of
from web.house import desk, here
from web.languages import _N, gettext
from web.pages import local_path, say_next
from web.persons import volunteer, volunteer_in_a_hurry

routes = Blueprint("operators", __name__)

DONE = {
    "goto": _N("On the way."),
    "stop": _N("The stop has been sent. Watch the telescope until it rests."),
}
_DONE = _N("Done.")


@routes.get("/")
def panel() -> str:
    volunteer()
    return render_template("panel.html")


@routes.get("/find")
def find() -> str:
    volunteer()
    query = request.args.get("q", "").strip()[:120]
    return render_template("find.html", query=query, found=desk().look_up(query, 20) if query else [])


@routes.post("/orders/stop")
def stop() -> AnyResponse:
    by = volunteer_in_a_hurry()
    return _given("stop", lambda: orders.stop(by))


def order(name: str) -> AnyResponse:
    by = volunteer()
    return _given(name, lambda: orders.give_if_allowed(name, fields_of(name, request.form), by))


for _name in ORDERS.keys() - {"stop"}:
    routes.add_url_rule(f"/orders/{_name}", _name, order, methods=["POST"], defaults={"name": _name})


def _given(name: str, hand_in: Callable[[], Any]) -> AnyResponse:
    """Back to where the form stood, with a sentence, whether it was accepted or refused."""
    try:
        hand_in()
    except ScopeError as refused:
        say_next("refusal", answer_to(refused).sentence)
    else:
        say_next("done", gettext(DONE.get(name, _DONE)))
    return redirect(local_path(request.form.get("next")), 303)


@routes.get("/visitors-qr.svg")
def visitors_qr() -> Response:
    """The visitors' address, for phones."""
    picture = BytesIO()
    segno.make(visitors_address(), error="m").save(picture, kind="svg", scale=4, dark="#000", light="#fff")
    return Response(picture.getvalue(), mimetype="image/svg+xml")


def visitors_address() -> str:
    """As a phone would type it: the host of this page where the visitors' door listens on all addresses."""
    web = here().settings.web
    host, _, port = web.visitors.rpartition(":")
    if host in ("0.0.0.0", "[::]"):  # noqa: S104  compared, not bound
        host = request.host.rpartition(":")[0] or request.host
    return f"http://{host}:{port}/"
