"""What a telescope is sent to: a name people know, and where it is in the sky."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from scope.position import Equatorial


class Kind(Enum):
    """What an object is, coarsely enough for a beginner; the value is the code the pages translate."""

    STAR = "star"
    DOUBLE_STAR = "double_star"
    OPEN_CLUSTER = "open_cluster"
    GLOBULAR_CLUSTER = "globular_cluster"
    NEBULA = "nebula"
    PLANETARY_NEBULA = "planetary_nebula"
    DARK_NEBULA = "dark_nebula"
    SUPERNOVA_REMNANT = "supernova_remnant"
    GALAXY = "galaxy"
    GALAXY_GROUP = "galaxy_group"
    ASTERISM = "asterism"
    PLANET = "planet"
    MOON = "moon"
    SUN = "sun"
    COORDINATES = "coordinates"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Target:
    """One entry of the catalogue, or a pair of coordinates somebody typed.

    `designation` is canonical ("M13", "NGC7000", "Vega", "Saturn"); `names` maps a language (kk, ru, en) to what people
    say there, where there is something. `place` is None for a body of the solar system until the sky is asked for
    a moment. `constellation` is the IAU's three letters.
    """

    designation: str
    kind: Kind
    place: Equatorial | None
    names: Mapping[str, str] = field(default_factory=dict)
    constellation: str | None = None
    magnitude: float | None = None
    size_arcminutes: float | None = None
    also: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        return self.names.get(language) or self.designation
