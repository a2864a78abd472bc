"""The page of the Sun: what solar mode is, and the ceremony by which an admin vouches for a filter."""

from __future__ import annotations

from flask import Blueprint, render_template

from web.persons import volunteer

routes = Blueprint("sun", __name__)


@routes.get("/sun")
def sun() -> str:
    volunteer()
    return render_template("sun.html")
