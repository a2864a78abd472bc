"""Figures of stars that are no cluster but have a name, from data/asterisms.csv; their place is their middle.

The size tells whether an eyepiece holds them: Жетіқарақшы, the Big Dipper, needs the naked eye.
"""

from __future__ import annotations

from collections.abc import Iterator

from scope.position import Epoch, Equatorial
from scope.sky.stars import table
from scope.target import Kind, Target


def asterisms() -> Iterator[Target]:
    for row in table("asterisms.csv"):
        yield Target(
            designation=row["designation"],
            kind=Kind.ASTERISM,
            place=Equatorial(float(row["ra_hours"]), float(row["dec_degrees"]), Epoch.J2000),
            names={language: row[language] for language in ("kk", "ru", "en")},
            constellation=row["constellation"],
            size_arcminutes=float(row["size_arcminutes"]),
            also=tuple(filter(None, row["also"].split(";"))),
        )
