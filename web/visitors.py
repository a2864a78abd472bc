"""The visitors' front page: what the telescope does now. There is nothing here that could change it."""

from __future__ import annotations

from flask import Blueprint, render_template

routes = Blueprint("visitors", __name__)


@routes.get("/")
def live() -> str:
    return render_template("live.html")
