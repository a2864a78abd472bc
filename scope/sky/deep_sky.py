"""Clusters, nebulae and galaxies: the NGC, the IC, Messier's and Caldwell's lists, and what people call them.

The objects are those of OpenNGC (Mattia Verga, CC-BY-SA-4.0) in the database file that the package PyOngc brings. It is
read directly and read-only: PyOngc's own listing takes seconds, and importing it is not needed to find its file. Names
in three languages are ours, data/deep_sky_names.csv; a row there replaces OpenNGC's common names of that object. Where
no Kazakh name is in use, it is a translation of the meaning.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from math import degrees, pi
from pathlib import Path
from typing import Any

from scope.position import Epoch, Equatorial
from scope.sky.stars import table
from scope.target import Kind, Target

KINDS = {
    "*": Kind.STAR,
    "**": Kind.DOUBLE_STAR,
    "*Ass": Kind.OPEN_CLUSTER,
    "OCl": Kind.OPEN_CLUSTER,
    "GCl": Kind.GLOBULAR_CLUSTER,
    "Cl+N": Kind.NEBULA,
    "G": Kind.GALAXY,
    "GPair": Kind.GALAXY_GROUP,
    "GTrpl": Kind.GALAXY_GROUP,
    "GGroup": Kind.GALAXY_GROUP,
    "PN": Kind.PLANETARY_NEBULA,
    "HII": Kind.NEBULA,
    "DrkN": Kind.DARK_NEBULA,
    "EmN": Kind.NEBULA,
    "Neb": Kind.NEBULA,
    "RfN": Kind.NEBULA,
    "SNR": Kind.SUPERNOVA_REMNANT,
    "Nova": Kind.STAR,
    "Other": Kind.OTHER,
}
"""OpenNGC's types; "Dup" is another name for another row, "NonEx" is not in the sky, and both are no objects."""

_OBJECTS = """
    SELECT name, type, ra, dec, const, majax, coalesce(vmag, bmag) AS magnitude, messier, ngc, ic, identifiers,
           commonnames
    FROM objects WHERE type NOT IN ('Dup', 'NonEx') AND ra IS NOT NULL
"""
_DUPLICATES = "SELECT name, messier, ngc, ic FROM objects WHERE type = 'Dup'"
_DESIGNATION = re.compile(r"([A-Z][A-Za-z]*?)0*(\d.*)")
_CALDWELL = re.compile(r"\bC 0*(\d+)")


@dataclass(frozen=True, slots=True)
class _Naming:
    """A row of ours: names by language, further names, and another kind where OpenNGC's is too coarse."""

    names: Mapping[str, str]
    also: tuple[str, ...]
    kind: Kind | None


def deep_sky() -> Iterator[Target]:
    """All objects, in the database's order; designations as people write them: M13, NGC7000, IC434, C14, B33."""
    namings = {row["designation"]: _naming(row) for row in table("deep_sky_names.csv")}
    with closing(sqlite3.connect(f"{_database().as_uri()}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        others = _other_names(database)
        for row in database.execute(_OBJECTS):
            yield _target(row, others.get(row["name"], ()), namings)


def _database() -> Path:
    """Where PyOngc keeps its file; finding it does not import the package."""
    package = find_spec("pyongc")
    if package is None or package.origin is None:
        raise FileNotFoundError("the package PyOngc, which brings the catalogue, is not installed")
    return Path(package.origin).with_name("ongc.db").absolute()


def _other_names(database: sqlite3.Connection) -> Mapping[str, list[str]]:
    """OpenNGC's name of an object -> the designations that turned out to be it, too."""
    messiers = dict(database.execute("SELECT messier, name FROM objects WHERE messier != '' AND type != 'Dup'"))
    found = defaultdict(list)
    for name, messier, ngc, ic in database.execute(_DUPLICATES):
        same = f"NGC{ngc}" if ngc else f"IC{ic}" if ic else messiers[messier]
        found[same].append(_short(name))
    return found


def _target(row: sqlite3.Row, others: tuple[str, ...] | list[str], namings: Mapping[str, _Naming]) -> Target:
    short = _short(row["name"])
    designation = f"M{int(row['messier'])}" if row["messier"] else short
    naming = namings.get(designation) or _common(row)
    also = (short, *others, *(f"C{n}" for n in _CALDWELL.findall(row["identifiers"])), *naming.also)
    return Target(
        designation=designation,
        kind=naming.kind or KINDS[row["type"]],
        place=Equatorial(row["ra"] * 12.0 / pi % 24.0, degrees(row["dec"]), Epoch.J2000),
        names=naming.names,
        constellation=_constellation(row["const"]),
        magnitude=row["magnitude"],
        size_arcminutes=row["majax"],
        also=tuple(dict.fromkeys(name for name in also if name != designation)),
    )


def _short(name: str) -> str:
    """NGC0224 -> NGC224; Collinder's catalogue is Cr, not OpenNGC's "Cl"."""
    parts = _DESIGNATION.fullmatch(name)
    if parts is None:
        return name
    return ("Cr" if parts[1] == "Cl" else parts[1]) + parts[2]


def _constellation(code: str) -> str | None:
    return "Ser" if code in ("Se1", "Se2") else code or None


def _common(row: sqlite3.Row) -> _Naming:
    """OpenNGC's own English names; those of its single stars are the stars' and would shadow them."""
    if not row["commonnames"] or row["type"] in ("*", "**"):
        return _Naming({}, (), None)
    first, *rest = row["commonnames"].split(",")
    return _Naming({"en": first}, tuple(rest), None)


def _naming(row: Mapping[str, Any]) -> _Naming:
    names = {language: row[language] for language in ("kk", "ru", "en") if row[language]}
    return _Naming(names, tuple(filter(None, row["also"].split(";"))), Kind(row["kind"]) if row["kind"] else None)
