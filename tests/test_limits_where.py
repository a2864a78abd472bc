"""Where the tube may come to rest, as tables of plain numbers."""

import pytest

from scope.errors import NotAllowed
from scope.limits import sun as sun_limits
from scope.limits import where
from scope.limits.axes import Axes, standing_at
from scope.limits.horizon import OPEN_HORIZON, Mask
from scope.limits.sun import SunNow, is_day
from scope.limits.where import Bounds
from scope.position import Standing
from scope.settings import LimitSettings

LATITUDE = 49.8
LIMITS = LimitSettings(lowest_dec_degrees=-30.0, highest_dec_degrees=80.0)
ROOF = Mask(((80.0, 0.0), (90.0, 30.0), (100.0, 0.0)))
NAN = float("nan")
POLE = Standing(0.0, 90.0)


def bounds(*axes: Axes, mask: Mask = OPEN_HORIZON, limits: LimitSettings = LIMITS) -> Bounds:
    return Bounds(frozenset(axes), LATITUDE, limits, mask)


@pytest.mark.parametrize(
    ("altitude", "azimuth", "axes", "code"),
    [
        (15.01, 180.0, Axes.FORK, None),
        (14.99, 180.0, Axes.FORK, "below_altitude_limit"),
        (-20.0, 180.0, Axes.FORK, "below_altitude_limit"),
        (29.9, 90.0, Axes.FORK, "below_horizon_mask"),
        (30.1, 90.0, Axes.FORK, None),
        (16.0, 95.1, Axes.FORK, None),
        (14.0, 95.1, Axes.FORK, "below_altitude_limit"),
        (87.9, 180.0, Axes.ALTAZ, None),
        (88.1, 180.0, Axes.ALTAZ, "above_zenith_limit"),
        (88.1, 180.0, Axes.FORK, None),
        (45.0, 0.0, Axes.FORK, "outside_dec_limits"),
        (45.0, 0.0, Axes.ALTAZ, None),
        (59.0, 0.0, Axes.GERMAN, "outside_dec_limits"),
        (60.5, 0.0, Axes.GERMAN, None),
    ],
)
def test_a_target_is_allowed_or_refused_by(altitude: float, azimuth: float, axes: Axes, code: str | None) -> None:
    there = standing_at(altitude, azimuth, LATITUDE)
    if code is None:
        where.check_target(there, bounds(axes, mask=ROOF))
        return
    with pytest.raises(NotAllowed) as refusal:
        where.check_target(there, bounds(axes, mask=ROOF))
    assert refusal.value.code == code


def test_the_refusal_tells_where_it_stands_and_what_the_limit_is() -> None:
    with pytest.raises(NotAllowed) as refusal:
        where.check_target(standing_at(20.0, 90.0, LATITUDE), bounds(Axes.ALTAZ, mask=ROOF))
    assert refusal.value.details == {"azimuth_degrees": 90.0, "altitude_degrees": 20.0, "limit_degrees": 30.0}
    with pytest.raises(NotAllowed) as refusal:
        where.check_target(standing_at(12.04, 90.0, LATITUDE), bounds(Axes.ALTAZ, mask=ROOF))
    assert refusal.value.details == {"altitude_degrees": 12.0, "limit_degrees": 15.0}


@pytest.mark.parametrize("place", [Standing(NAN, 20.0), Standing(10.0, NAN), Standing(NAN, NAN)])
@pytest.mark.parametrize("axes", Axes)
def test_a_place_that_is_no_number_is_refused(place: Standing, axes: Axes) -> None:
    with pytest.raises(NotAllowed):
        where.check_target(place, bounds(axes))
    with pytest.raises(NotAllowed):
        sun_limits.check_target(place, SunNow(Standing(0.0, 20.0), 60.0), LIMITS)


def test_a_mount_of_unknown_kind_keeps_out_of_the_zenith_too() -> None:
    with pytest.raises(NotAllowed, match="88"):
        where.check_target(standing_at(89.0, 180.0, LATITUDE), bounds(*Axes))


SUN = Standing(0.0, 0.0)


@pytest.mark.parametrize(
    ("separation", "sun_altitude", "allowed"),
    [
        (20.0001, 40.0, True),
        (20.0 + 1 / 60, 40.0, True),
        (20.0 - 1 / 60, 40.0, False),
        (0.0, 40.0, False),
        (0.0, -1.9, False),
        (0.0, -2.1, True),
        (0.0, -40.0, True),
        (30.0, NAN, True),
        (10.0, NAN, False),
        (NAN, 40.0, False),
        (NAN, -30.0, True),
    ],
)
def test_a_target_near_the_sun_is_refused_while_the_sun_is_up(
    separation: float, sun_altitude: float, allowed: bool
) -> None:
    sun, there = SunNow(SUN, sun_altitude), Standing(separation, 0.0)
    if allowed:
        sun_limits.check_target(there, sun, LIMITS)
        return
    with pytest.raises(NotAllowed) as refusal:
        sun_limits.check_target(there, sun, LIMITS)
    assert refusal.value.code == "too_near_sun"
    assert refusal.value.details["limit_degrees"] == 20.0


def test_behind_a_declared_filter_the_sun_is_a_target_like_others() -> None:
    assert not is_day(None)
    sun_limits.check_target(SUN, None, LIMITS)
