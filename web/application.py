"""Puts one door's Flask application together: what every page needs, then the routes this audience has."""

from __future__ import annotations

from flask import Flask

from web import (
    api,
    banners,
    choices,
    clocks,
    failures,
    guard,
    languages,
    limits,
    live_api,
    logbook,
    openapi,
    operators,
    orders_api,
    pages,
    pointing,
    sign_in,
    sun,
    visitors,
    wording,
)
from web.house import House


def build(house: House) -> Flask:
    """What is not registered here for an audience does not exist at its door, and cannot be asked for."""
    app = Flask("web")
    app.extensions["clubscope"] = house
    app.json.sort_keys = app.json.ensure_ascii = False  # type: ignore[attr-defined]
    for part in (guard, languages, wording, pages, failures):
        part.install(app)
    for blueprint in (choices.routes, banners.routes, logbook.routes, api.routes, live_api.routes, openapi.routes):
        app.register_blueprint(blueprint)
    if house.for_operators:
        own = (operators, pointing, clocks, limits, sun, sign_in, orders_api)
        for blueprint in (part.routes for part in own):
            app.register_blueprint(blueprint)
    else:
        app.register_blueprint(visitors.routes)
    return app
