"""What is told of the pointing model: how much better it is than the mount alone, over the stars that are believed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scope.position import Standing
from scope.sky.pointing.doubt import judge
from scope.sky.pointing.fit import Sight
from scope.sky.pointing.model import Stand
from scope.steering.kept_stars import KeptStar, report

STAND = Stand(False, 49.8)
PLACES = [(-50.0, 0.0), (-20.0, 20.0), (10.0, 0.0), (40.0, 35.0), (60.0, -5.0)]


def stars(*off_arcminutes: float) -> list[KeptStar]:
    """Each so many arcminutes south of where the mount reported it."""
    sights = [
        Sight(Standing(hour_angle, dec), Standing(hour_angle, dec - off / 60.0))
        for (hour_angle, dec), off in zip(PLACES, off_arcminutes, strict=False)
    ]
    return [KeptStar(f"star {n}", datetime(2026, 11, 20, 17, n, tzinfo=UTC), s) for n, s in enumerate(sights)]


def told(kept: list[KeptStar]) -> tuple[float | None, float | None, int]:
    """RMS with the model and without it, and how many stars are doubtful."""
    judged = judge([star.sight for star in kept], STAND)
    said = report(kept, judged, "german", STAND)
    return said["rms_arcminutes"], said["rms_without_arcminutes"], sum(star["is_doubtful"] for star in said["stars"])


def test_an_index_error_is_all_gone_with_the_model() -> None:
    fitted, without, doubtful = told(stars(30.0, 30.0, 30.0))
    assert without == pytest.approx(30.0, abs=0.01)
    assert fitted is not None
    assert fitted < 1.0
    assert doubtful == 0


def test_a_star_that_is_not_believed_counts_on_neither_side() -> None:
    _, without, doubtful = told(stars(12.0, 12.0, 12.0, 12.0, 240.0))
    assert doubtful == 1
    assert without == pytest.approx(12.0, abs=0.01)


def test_no_stars_are_no_number() -> None:
    assert told([]) == (None, None, 0)
