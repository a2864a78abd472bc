"""The page of the limits: where the telescope may point, in numbers and as a picture of the horizon; admins edit it.

A new horizon is looked at before it is saved: the preview changes nothing, the saving is an order like any other.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from scope.errors import NotUnderstood
from web import horizon
from web.answers import answer_to
from web.house import desk
from web.pages import say
from web.persons import volunteer
from web.rights import admin

routes = Blueprint("limits", __name__)


@routes.get("/limits")
def limits() -> str:
    volunteer()
    told = desk().limits()
    return _page(told, horizon.pairs_of(told["horizon"]))


@routes.get("/horizon")
def picture() -> str:
    """The picture alone, for the panel: it fetches it when the page is there, so that nothing waits for it."""
    volunteer()
    return render_template("horizon_alone.html", picture=horizon.picture(desk().limits()))


@routes.post("/limits/preview")
def preview() -> tuple[str, int]:
    """The horizon of a file or of the text field, drawn but not saved; or what is wrong with it, by its line."""
    admin(volunteer())
    told = desk().limits()
    pairs = request.form.get("pairs", "")
    try:
        pairs = _uploaded() or pairs
        return _page(told, pairs, horizon.points_of(pairs)), 200
    except NotUnderstood as refused:
        answer = answer_to(refused)
        say("error", answer.sentence)
        return _page(told, pairs), answer.status


def _page(told: dict[str, Any], pairs: str, fresh: list[list[float]] | None = None) -> str:
    drawn = horizon.picture(told, fresh)
    return render_template("limits.html", limits=told, picture=drawn, pairs=pairs, fresh=fresh)


def _uploaded() -> str:
    """The text of the chosen file, or nothing. It is read and forgotten; its name is never used."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return ""
    read: bytes = file.read(horizon.LONGEST_FILE + 1)
    if len(read) > horizon.LONGEST_FILE:
        raise NotUnderstood("the file is too large", code="too_large")
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise NotUnderstood("the file is no text", code="horizon_no_text") from wrong
