"""The page of the pointing model: its stars, which of them does not belong, and which bolts of the base to turn.

Makes sentences of what the desk tells; it fits nothing. A star is added or dropped by an order like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template

from web.house import desk
from web.languages import _N, gettext
from web.persons import volunteer
from web.wording import arcminutes

routes = Blueprint("pointing", __name__)

Told = Mapping[str, Any]

NEEDS_NO_TURNING_ARCMINUTES = 1.0
"""Finer than that no bolt is turned by hand."""
TURNS = {
    "east": _N("Turn the upper end of the polar axis %(amount)s to the east, with the azimuth bolts."),
    "west": _N("Turn the upper end of the polar axis %(amount)s to the west, with the azimuth bolts."),
    "up": _N("Raise the polar axis by %(amount)s, with the altitude bolt."),
    "down": _N("Lower the polar axis by %(amount)s, with the altitude bolt."),
}
RIGHT = {
    "azimuth": _N("Sideways the polar axis stands right, to within %(doubt)s."),
    "altitude": _N("In height the polar axis stands right, to within %(doubt)s."),
}
TERMS = {
    "IH": _N("Zero point of the hour angle"),
    "ID": _N("Zero point of the declination"),
    "CH": _N("Cone: the tube is not square to the declination axis"),
    "NP": _N("The two axes are not square to each other"),
    "MA": _N("The polar axis stands sideways of the pole"),
    "ME": _N("The polar axis stands above or below the pole"),
    "IA": _N("Zero point of the azimuth"),
    "IE": _N("Zero point of the altitude"),
    "CA": _N("Cone: the tube is not square to the altitude axis"),
    "NPAE": _N("The two axes are not square to each other"),
    "AW": _N("The base leans to the east or west"),
    "AN": _N("The base leans to the north or south"),
    "TF": _N("The tube bends under its weight"),
}
"""In plain words, by the names of scope/sky/pointing/terms.py."""


@routes.get("/pointing")
def pointing() -> str:
    volunteer()
    return render_template("pointing.html", **_subject())


@routes.get("/pointing/stars")
def stars() -> str:
    """The stars alone, for the page's script: it fetches them when they have changed."""
    volunteer()
    return render_template("pointing_stars.html", **_subject())


def _subject() -> dict[str, Any]:
    told = desk().pointing()
    return {"model": told, "stars": stars_of(told), "bolts": bolts(told["polar"]), "terms": terms_of(told)}


def stars_of(told: Told) -> list[dict[str, Any]]:
    """The stars as told, each with its `names` by language and the `times` it is in the model."""
    times = Counter(star["designation"] for star in told["stars"])
    more = {called: {"names": _names(called), "times": often} for called, often in times.items()}
    return [{**star, **more[star["designation"]]} for star in told["stars"]]


def _names(designation: str) -> Mapping[str, str]:
    """What people call it; a place given by its coordinates is called nothing else."""
    found = desk().look_up(designation, 1)
    return found[0]["names"] if found and found[0]["designation"] == designation else {}


def bolts(polar: Told | None) -> list[str]:
    """What to do to the base, a sentence for each way it turns; nothing where nobody knows."""
    return [] if polar is None else [_bolt(polar, way) for way in ("azimuth", "altitude")]


def _bolt(polar: Told, way: str) -> str:
    amount, doubt = polar[f"{way}_arcminutes"], polar[f"{way}_uncertainty_arcminutes"]
    enough = max(doubt, NEEDS_NO_TURNING_ARCMINUTES)
    if amount <= enough:
        return gettext(RIGHT[way], doubt=arcminutes(enough))
    return gettext(TURNS[polar[f"{way}_turn"]], amount=arcminutes(amount))


def terms_of(told: Told) -> list[dict[str, Any]]:
    """The terms as told, each with the `words` of what it is."""
    words = {name: gettext(said) for name, said in TERMS.items()}
    return [{**term, "words": words[term["name"]]} for term in told["terms"]]
