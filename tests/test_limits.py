"""The rules of where it may point, as tables of plain numbers."""

import pytest

from scope import limits
from scope.errors import NotAllowed
from scope.limits import SunNow
from scope.settings import LimitSettings

LIMITS = LimitSettings(lowest_altitude_degrees=15.0, sun_radius_degrees=20.0)
NAN = float("nan")


@pytest.mark.parametrize(("altitude", "allowed"), [(90, True), (15.0, True), (14.99, False), (-5, False), (NAN, False)])
def test_a_target_below_the_lowest_altitude_is_refused(altitude: float, allowed: bool) -> None:
    if allowed:
        limits.check_altitude(altitude, LIMITS)
        return
    with pytest.raises(NotAllowed) as refusal:
        limits.check_altitude(altitude, LIMITS)
    assert refusal.value.code == "below_altitude_limit"
    assert refusal.value.details["limit_degrees"] == 15.0


@pytest.mark.parametrize(
    ("separation", "sun_altitude", "allowed"),
    [
        (20.0, 40, True),
        (19.9, 40, False),
        (0.0, -1.9, False),
        (0.0, -2.1, True),
        (NAN, 40, False),
        (30.0, NAN, True),
        (10.0, NAN, False),
    ],
)
def test_a_target_near_the_sun_is_refused_while_the_sun_is_up(
    separation: float, sun_altitude: float, allowed: bool
) -> None:
    if allowed:
        limits.check_sun(SunNow(separation, sun_altitude), LIMITS)
        return
    with pytest.raises(NotAllowed) as refusal:
        limits.check_sun(SunNow(separation, sun_altitude), LIMITS)
    assert refusal.value.code == "too_near_sun"


@pytest.mark.parametrize(
    ("jump", "confirmed", "code"),
    [
        (1.9, False, None),
        (2.1, False, "sync_needs_confirmation"),
        (2.1, True, None),
        (10.1, True, "sync_too_far"),
        (NAN, True, "sync_too_far"),
    ],
)
def test_a_sync_that_jumps_is_asked_about_or_refused(jump: float, confirmed: bool, code: str | None) -> None:
    if code is None:
        limits.check_sync(jump, confirmed)
        return
    with pytest.raises(NotAllowed) as refusal:
        limits.check_sync(jump, confirmed)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("clock_seconds", "site_degrees", "code"),
    [
        (0, 0, None),
        (-299, 0.9, None),
        (301, 0, "time_not_trusted"),
        (-3600, 0, "time_not_trusted"),
        (float("inf"), 0, "time_not_trusted"),
        (NAN, 0, "time_not_trusted"),
        (0, 1.1, "site_differs"),
        (0, NAN, "site_differs"),
    ],
)
def test_a_mount_that_believes_in_another_sky_does_not_slew(
    clock_seconds: float, site_degrees: float, code: str | None
) -> None:
    if code is None:
        limits.check_trust(clock_seconds, site_degrees)
        return
    with pytest.raises(NotAllowed) as refusal:
        limits.check_trust(clock_seconds, site_degrees)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("before", "now", "stops"),
    [(20, 15, False), (15, 14.6, False), (15, 14.4, True), (5, 6, False), (6, 5, True), (None, 5, False)],
)
def test_a_moving_tube_is_halted_on_its_way_down_and_never_on_its_way_up(
    before: float | None, now: float, stops: bool
) -> None:
    assert limits.must_stop(before, now, LIMITS) == stops
