"""The stars that a telescope was centred on, as they are kept through restarts, and what is told of them.

A star is kept as the mount reported it and where it really stood, both over the ground: that holds as long as nobody
moves the base, restarts the mount or syncs it. Nothing here asks a mount or fits a model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite, sqrt
from typing import Any

from scope.position import Standing, arc_degrees
from scope.remembered import Json
from scope.settings import Settings
from scope.sky.pointing.doubt import Judged
from scope.sky.pointing.fit import Sight
from scope.sky.pointing.model import Stand
from scope.sky.pointing.polar import Polar, polar
from scope.sky.pointing.terms import EQUATORIAL, UPRIGHT

MOST_STARS = 40
"""The oldest goes first; by then it tells nothing that the others do not."""


@dataclass(frozen=True, slots=True)
class KeptStar:
    """`utc` when it was in the middle of the field."""

    designation: str
    utc: datetime
    sight: Sight


def telescope_of(settings: Settings) -> str:
    """What the stars belong to: with another family, kind or place they mean nothing."""
    site, mount = settings.site, settings.mount
    return f"{mount.family} {mount.axes} {site.latitude_degrees:.2f} {site.longitude_degrees:.2f}"


def stars_as_json(stars: Sequence[KeptStar], telescope: str) -> Json:
    return {"telescope": telescope, "stars": [_star_as_json(star) for star in stars]}


def _star_as_json(star: KeptStar) -> dict[str, Json]:
    reported, true = star.sight.reported, star.sight.true
    return {
        "designation": star.designation,
        "utc": star.utc.isoformat(),
        "reported": [reported.hour_angle_degrees, reported.dec_degrees],
        "true": [true.hour_angle_degrees, true.dec_degrees],
        "tipped": star.sight.tipped,
    }


def stars_from_json(kept: Json, telescope: str) -> list[KeptStar]:
    """What was kept for this telescope; none of it where anything cannot be read: half a model would lie."""
    if not isinstance(kept, Mapping) or kept.get("telescope") != telescope:
        return []
    stars = kept.get("stars")
    try:
        return [_star_from_json(star) for star in stars] if isinstance(stars, list) else []
    except (KeyError, TypeError, ValueError):
        return []


def _star_from_json(kept: Any) -> KeptStar:
    sight = Sight(_standing(kept["reported"]), _standing(kept["true"]), kept["tipped"] is True)
    return KeptStar(str(kept["designation"]), datetime.fromisoformat(kept["utc"]), sight)


def _standing(kept: Any) -> Standing:
    hour_angle, dec = (float(number) for number in kept)
    if not (isfinite(hour_angle) and abs(dec) <= 90.0):
        raise ValueError
    return Standing(hour_angle, dec)


def report(stars: Sequence[KeptStar], judged: Judged, axes: str | None, stand: Stand | None) -> dict[str, Any]:
    """See `pointing` in scope/desk.py; angles in arcminutes, to a hundredth."""
    used = len(stars) - len(judged.doubtful)
    return {
        "geometry": axes,
        "stars": [
            {
                "designation": star.designation,
                "utc": star.utc.isoformat(timespec="seconds"),
                "residual_arcminutes": round(off, 2),
                "is_doubtful": number in judged.doubtful,
            }
            for number, (star, off) in enumerate(zip(stars, judged.off_arcminutes, strict=True))
        ],
        "terms": _terms(judged, stand) if used else [],
        "rms_arcminutes": round(judged.fit.rms_arcminutes, 2) if used else None,
        "rms_without_arcminutes": round(_rms_without(stars, judged), 2) if used else None,
        "polar": None if stand is None or not used else _polar(polar(judged.fit, stand)),
    }


def _rms_without(stars: Sequence[KeptStar], judged: Judged) -> float:
    """What the mount itself is off at the stars believed: what the model is to be compared with."""
    sights = [star.sight for number, star in enumerate(stars) if number not in judged.doubtful]
    off = [arc_degrees(*_angles(sight.reported), *_angles(sight.true)) * 60.0 for sight in sights]
    return sqrt(sum(one * one for one in off) / len(off))


def _angles(standing: Standing) -> tuple[float, float]:
    return standing.hour_angle_degrees, standing.dec_degrees


def _terms(judged: Judged, stand: Stand | None) -> list[dict[str, Any]]:
    names = UPRIGHT if stand is not None and stand.is_upright else EQUATORIAL
    values, doubts = judged.fit.terms.values, judged.fit.uncertainties.values
    return [
        {"name": name, "arcminutes": round(value, 2), "uncertainty_arcminutes": round(doubt, 2)}
        for name, value, doubt in zip(names, values, doubts, strict=True)
    ]


def _polar(found: Polar | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "azimuth_arcminutes": round(found.azimuth_arcminutes, 1),
        "azimuth_uncertainty_arcminutes": round(found.azimuth_uncertainty_arcminutes, 1),
        "azimuth_turn": found.azimuth_turn.value,
        "altitude_arcminutes": round(found.altitude_arcminutes, 1),
        "altitude_uncertainty_arcminutes": round(found.altitude_uncertainty_arcminutes, 1),
        "altitude_turn": found.altitude_turn.value,
        "distance_arcminutes": round(found.distance_arcminutes, 1),
    }
