"""The two choices everybody may make without an account: the language, and red light for eyes used to the dark."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug import Response

from web.house import here
from web.languages import CHOICES, COOKIE
from web.pages import RED_COOKIE, local_path

routes = Blueprint("choices", __name__)
YEAR_SECONDS = 365 * 86400


@routes.post("/language")
def choose_language() -> Response:
    chosen = request.form.get("language")
    return _back_with(COOKIE, chosen) if chosen in CHOICES else _back()


@routes.post("/red")
def toggle_red() -> Response:
    return _back_with(RED_COOKIE, "0" if request.cookies.get(RED_COOKIE) == "1" else "1")


def _back() -> Response:
    return redirect(local_path(request.form.get("next")), 303)


def _back_with(cookie: str, value: str | None) -> Response:
    response = _back()
    secure = here().settings.web.behind_https
    response.set_cookie(cookie, value or "", max_age=YEAR_SECONDS, httponly=True, samesite="Lax", secure=secure)
    return response
