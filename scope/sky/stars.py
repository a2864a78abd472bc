"""The bright stars people ask for by name, from data/stars.csv.

Positions, proper motions and parallaxes are those of Hipparcos (ESA 1997, SP-1200) in the new reduction (van Leeuwen
2007, A&A 474, 653), ICRS, brought from epoch 1991.25 to J2000.0; magnitudes are Johnson V, of both together where a
double is known by one name. English names are those of the IAU's Catalog of Star Names where it has one; Kazakh ones
are traditional for Polaris and Sirius, and otherwise the international name as it is written in Kazakh.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, radians

from scope.position import Epoch, Equatorial
from scope.sky.spelling import GREEK, short_greek
from scope.target import Kind, Target


@dataclass(frozen=True, slots=True)
class Star(Target):
    """A target that moves among the others; its `place` is ICRS at the epoch J2000.0.

    Motion in milliarcseconds a year of the angle itself: in right ascension it is d(ra)/dt, *without* the factor
    cos dec that catalogues print it with, as ERFA wants it. 0 parallax is "unknown or too far to matter".
    """

    motion_ra_mas: float = 0.0
    motion_dec_mas: float = 0.0
    parallax_mas: float = 0.0


def bright_stars() -> Iterator[Star]:
    """In the table's order, which means nothing."""
    for row in table("stars.csv"):
        yield _star(row)


def bayer_spellings(designation: str) -> Iterator[str]:
    """What else "α Lyr" may be called: Alpha Lyrae, alpha Lyr, alf Lyr, Альфа Лиры; likewise "61 Cyg" and "θ1 Ori"."""
    letter, code = designation.split()
    genitive, genitive_ru = constellations()[code]
    english, russian = GREEK.get(letter[0], (letter[0], letter[0]))
    rest = letter[1:]
    yield f"{english.capitalize()}{rest} {genitive}"
    yield f"{english}{rest} {code}"
    yield f"{russian}{rest} {genitive_ru}"
    if letter[0] in GREEK:
        yield f"{short_greek(letter[0])}{rest} {code}"


@cache
def constellations() -> Mapping[str, tuple[str, str]]:
    """The IAU's three letters -> the genitive in Latin and in Russian."""
    return {row["code"]: (row["genitive"], row["genitive_ru"]) for row in table("constellations.csv")}


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the files in data/."""
    with files("scope.sky").joinpath("data", name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _star(row: Mapping[str, str]) -> Star:
    dec = float(row["dec_degrees"])
    return Star(
        designation=row["name"],
        kind=Kind(row["kind"]),
        place=Equatorial(float(row["ra_hours"]), dec, Epoch.J2000),
        names={"kk": row["kk"], "ru": row["ru"], "en": row["name"]},
        constellation=row["constellation"],
        magnitude=float(row["magnitude"]),
        also=(row["bayer"], f"HIP {row['hip']}", *filter(None, row["also"].split(";"))),
        motion_ra_mas=float(row["motion_ra_cosdec_mas"]) / cos(radians(dec)),
        motion_dec_mas=float(row["motion_dec_mas"]),
        parallax_mas=float(row["parallax_mas"]),
    )
