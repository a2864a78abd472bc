"""Whether a mount that does not tell follows the sky is seen by how the sky turns away from it, or does not."""

from datetime import UTC, datetime
from math import cos, radians

import pytest

from scope.orders import TrackingRate
from scope.position import SIDEREAL_DEGREES_PER_SECOND, Epoch, Equatorial
from scope.watch.bearing import Bearing, Look

NIGHT = datetime(2026, 6, 20, 18, 45, tzinfo=UTC)
COARSE_HOURS = 24.0 / 65536
"""The step of the oldest hand controls, 20″."""


def watched(
    seconds: float, times_sidereal: float, dec_degrees: float = 20.0, step_hours: float = 0.0, slewing: bool = False
) -> Bearing:
    """Looks once a second at a tube that falls behind the sky by so much of the sky's own rate."""
    bearing = Bearing()
    for second in range(int(seconds) + 1):
        hours = 6.0 + second * times_sidereal * SIDEREAL_DEGREES_PER_SECOND / 15.0
        told = round(hours / step_hours) * step_hours if step_hours else hours
        bearing.add(Look(float(second), NIGHT, Equatorial(told, dec_degrees, Epoch.OF_DATE), slewing))
    return bearing


@pytest.mark.parametrize("step_hours", [0.0, 1 / 3600, COARSE_HOURS], ids=["exact", "LX200", "oldest"])
@pytest.mark.parametrize(("times", "seen"), [(0.0, TrackingRate.SIDEREAL), (1.0, TrackingRate.OFF)])
def test_what_stays_on_a_place_follows_and_what_the_sky_leaves_behind_does_not(
    times: float, seen: TrackingRate, step_hours: float
) -> None:
    assert watched(15, times, step_hours=step_hours).seems_to_track(since=0.0) is seen


def test_what_goes_at_neither_rate_is_not_known() -> None:
    assert watched(15, 0.5).seems_to_track(since=0.0) is None


@pytest.mark.parametrize("dec_degrees", [0.0, 60.0])
def test_it_is_not_known_before_the_sky_has_turned_plainly(dec_degrees: float) -> None:
    plain = 75 / 3600 / (SIDEREAL_DEGREES_PER_SECOND * cos(radians(dec_degrees)))
    assert watched(plain - 1, 1.0, dec_degrees).seems_to_track(since=0.0) is None
    assert watched(plain + 1, 1.0, dec_degrees).seems_to_track(since=0.0) is TrackingRate.OFF


def test_at_the_pole_all_stands_still_and_nothing_is_known() -> None:
    assert watched(19, 0.0, dec_degrees=89.9).seems_to_track(since=0.0) is None


def test_what_was_seen_before_it_was_ordered_otherwise_does_not_count() -> None:
    assert watched(15, 0.0).seems_to_track(since=12.0) is None


def test_a_mount_that_slews_tells_nothing_of_tracking() -> None:
    assert watched(15, 0.0, slewing=True).seems_to_track(since=0.0) is None
    assert Bearing().seems_to_track(since=0.0) is None
