"""The page of the clocks: what mount, computer and phone take for the time and the place, and what is wrong in words.

Compares and names; nothing here sets anything. The phone's own time is known to its browser only, so it is the page's
script that compares it, with sentences that lie in the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template

from scope.position import arc_degrees
from scope.watch.looks_like import place_looks_like, time_looks_like
from web.house import desk
from web.languages import _N, gettext
from web.persons import volunteer
from web.wording import degrees, duration

routes = Blueprint("clocks", __name__)

NOTICED_SECONDS, NOTICED_DEGREES = 60.0, 0.1
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MISTAKEN_PLACES = {
    "swapped": _N("The mount has latitude and longitude the wrong way round."),
    "longitude_sign": _N("The mount's longitude has the wrong sign: west and east are mixed up."),
    "hemisphere": _N("The mount's latitude has the wrong sign: north and south are mixed up."),
    "both_signs": _N("The mount's latitude and longitude both have the wrong sign."),
    "unset": _N("The mount knows no place: it believes to be at 0° north, 0° east."),
}
"""How the numbers of a place get mixed up, as scope/watch/looks_like.py names it, and how that is said."""

Place = tuple[float, float]
"""Latitude and longitude in degrees, north and east positive."""


@routes.get("/clocks")
def clocks() -> str:
    volunteer()
    told = desk().clocks()
    return render_template("clocks.html", clocks=told, wrong=wrong_with(told))


def wrong_with(told: Mapping[str, Any]) -> list[str]:
    """What is wrong between mount and computer, a sentence each."""
    mount = told["mount"]
    if mount is None:
        return []
    found = [_wrong_time(mount.get("utc"), told.get("difference_seconds")), _wrong_place(mount, told["site"])]
    return [sentence for sentence in found if sentence]


def _wrong_time(utc: str | None, difference_seconds: float | None) -> str | None:
    """Mount minus computer, by the mistake that makes such a difference."""
    if utc is None or difference_seconds is None or abs(difference_seconds) <= NOTICED_SECONDS:
        return None
    theirs, span = datetime.fromisoformat(utc), timedelta(seconds=abs(difference_seconds))
    mistake = time_looks_like(theirs, theirs - timedelta(seconds=difference_seconds))
    if mistake == "unset":
        return gettext(_N("The mount believes it is the year %(year)s: it has lost its clock."), year=theirs.year)
    if mistake == "day":
        return gettext(_N("The mount's date is wrong by %(days)s d; its time of day is right."), days=round(span / DAY))
    if mistake == "hour":
        return _wrong_hour(round(span / HOUR))
    return gettext(_N("The mount's clock is wrong by %(span)s."), span=duration(span))


def _wrong_hour(hours: int) -> str:
    if hours == 1:
        return gettext(_N("The mount's clock is wrong by one hour: summer time, or an old time zone."))
    return gettext(_N("The mount's clock is wrong by %(hours)s whole hours: a wrong time zone."), hours=hours)


def _wrong_place(mount: Mapping[str, Any], site: Mapping[str, Any]) -> str | None:
    if mount.get("latitude_degrees") is None or mount.get("longitude_degrees") is None:
        return None
    there, here = _place(mount), _place(site)
    away = arc_degrees(there[1], there[0], here[1], here[0])
    if away <= NOTICED_DEGREES:
        return None
    mistake = place_looks_like(there, here)
    if mistake is None:
        return gettext(_N("The mount believes to be %(degrees)s away from here."), degrees=degrees(away))
    return gettext(MISTAKEN_PLACES[mistake])


def _place(given: Mapping[str, Any]) -> Place:
    return float(given["latitude_degrees"]), float(given["longitude_degrees"])
