"""What every template is given, so that a view hands over only its own subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, g, request

from scope.orders import Role
from web import answers
from web.guard import csrf_token
from web.house import here
from web.languages import CHOICES, language
from web.persons import asker, person

RED_COOKIE = "red"
Flash = tuple[str, str]
"""Category (done, refusal, error) and the sentence."""


def install(app: Flask) -> None:
    app.context_processor(_for_all)
    app.after_request(_cache_static)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = False


def say(category: str, sentence: str) -> None:
    """Show a sentence on the page that this request renders."""
    g.setdefault("said", []).append((category, sentence))


def say_next(category: str, sentence: str) -> None:
    """Show a sentence on the next page of the one who is signed in."""
    if found := asker():
        here().memory.tell(found.token, category, sentence)


def local_path(given: str | None) -> str:
    """A path of this door, or its front page: never another host, whatever a browser makes of slashes."""
    if not given or not given.startswith("/") or given.startswith("//"):
        return "/"
    return given if given.isprintable() and "\\" not in given and " " not in given else "/"


def _for_all() -> dict[str, Any]:
    house, status = here(), here().live.status()
    who = person()
    return {
        "live": status,
        "alarms": _alarms(status) if who and who.role is not Role.VISITOR else [],
        "person": who,
        "csrf_token": csrf_token,
        "language": language(),
        "languages": CHOICES,
        "red": request.cookies.get(RED_COOKIE) == "1",
        "audience": house.audience.value,
        "site": house.settings.site,
        "can": frozenset(status["can"]) if who and who.role is not Role.VISITOR else frozenset(),
        "flashes": _flashes(),
    }


def _alarms(status: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is wrong, in words; how the club's equipment fares is for its volunteers."""
    return [
        {
            "code": alarm["code"],
            "sentence": answers.alarm_sentence(alarm["code"], alarm["details"]),
            "latched": bool(alarm.get("latched")),
        }
        for alarm in status["alarms"]
    ]


def _flashes() -> list[Flash]:
    found = asker()
    kept = here().memory.messages(found.token) if found else []
    return [*kept, *g.get("said", [])]


def _cache_static(response: Response) -> Response:
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=300" if not current_app.debug else "no-store"
    return response
