"""The logged evenings as pages, at both doors: visitors read what is published, whoever is signed in reads all."""

from __future__ import annotations

from flask import Blueprint, render_template

from web import published

routes = Blueprint("logbook", __name__)


@routes.get("/sessions")
def sessions() -> str:
    return render_template("sessions.html", sessions=published.sessions())


@routes.get("/sessions/<slug>")
def session(slug: str) -> str:
    return render_template("session.html", **published.session_page(slug))


@routes.get("/about")
def about() -> str:
    return render_template("about.html")
