"""What every page of a door has to say at once: a declared filter, a covered tube, and to volunteers the alarms.

The page's script fetches it again whenever the live state has changed there; the sentences are made here.
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from web.house import here

routes = Blueprint("banners", __name__)


@routes.get("/banners")
def banners() -> Response:
    response = make_response(render_template("banners_alone.html"))
    if not here().for_operators:
        response.headers["Cache-Control"] = "private, max-age=1"
    return response
