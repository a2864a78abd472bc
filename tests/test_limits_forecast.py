"""What tracking runs into within the hour: tables, and each forecast against what then comes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope.limits.axes import Axes, altitude_degrees, separation, standing_at
from scope.limits.forecast import STARS_DEGREES_PER_MINUTE, Ahead, ahead, first_minute
from scope.limits.horizon import Mask
from scope.limits.idle import SUN_DEGREES_PER_MINUTE
from scope.limits.sun import SunNow
from scope.limits.where import Bounds, depth_degrees
from scope.position import Standing, wrapped
from scope.settings import LimitSettings

LATITUDE = 49.8
LIMITS = LimitSettings()


def bounds(*axes: Axes, mask: Mask | None = None) -> Bounds:
    return Bounds(frozenset(axes or (Axes.FORK,)), LATITUDE, LIMITS, *([mask] if mask else []))


def codes(found: tuple[Ahead, ...]) -> dict[str, float]:
    return {one.code: one.minutes for one in found}


def test_what_stands_high_for_an_hour_has_nothing_ahead() -> None:
    for axes in (Axes.FORK, Axes.ALTAZ):
        assert ahead(standing_at(50.0, 100.0, LATITUDE), None, bounds(axes)) == ()


def test_a_setting_star_is_told_in_minutes() -> None:
    """On the equator of the sky, in the west: 15° up at this hour angle; half an hour before, 7.5° less."""
    setting = standing_at(15.0, 253.0, LATITUDE)
    before = Standing(setting.hour_angle_degrees - 30 * STARS_DEGREES_PER_MINUTE, setting.dec_degrees)
    found = ahead(before, None, bounds())
    assert codes(found) == {"ahead_horizon": pytest.approx(30.0, abs=0.1)}
    assert found[0].details == {"altitude_degrees": 15.0}


def test_a_tower_ahead_is_told_too() -> None:
    tower = Mask(((180.0, 0.0), (200.0, 0.0), (200.5, 60.0), (220.0, 60.0), (220.5, 0.0)))
    where = standing_at(40.0, 190.0, LATITUDE)
    assert 20.0 < codes(ahead(where, None, bounds(mask=tower)))["ahead_horizon"] < 60.0


def test_the_zenith_is_ahead_of_an_upright_fork_only() -> None:
    rising = Standing(-10.0, LATITUDE)
    assert codes(ahead(rising, None, bounds(Axes.ALTAZ))) == {"ahead_zenith": pytest.approx(27.5, abs=0.3)}
    assert ahead(rising, None, bounds(Axes.FORK)) == ()


@pytest.mark.parametrize(
    ("hour_angle", "minutes"), [(10.0, 5.0 / STARS_DEGREES_PER_MINUTE), (0.0, 59.8), (-1.0, None), (16.0, None)]
)
def test_the_meridian_is_ahead_of_a_german_mount(hour_angle: float, minutes: float | None) -> None:
    found = codes(ahead(Standing(hour_angle, 30.0), None, bounds(Axes.GERMAN)))
    assert found.get("ahead_meridian") == (None if minutes is None else pytest.approx(minutes, abs=0.1))


def test_a_sun_that_rises_beside_the_target_is_ahead() -> None:
    sun_stands = standing_at(-3.5, 90.0, LATITUDE)
    sun = SunNow(sun_stands, -3.5)
    near, far = standing_at(15.5, 90.0, LATITUDE), standing_at(40.0, 200.0, LATITUDE)
    assert 5.0 < codes(ahead(near, sun, bounds()))["ahead_sun"] < 15.0
    assert "ahead_sun" not in codes(ahead(far, sun, bounds()))
    assert "ahead_sun" not in codes(ahead(near, None, bounds()))


def test_a_sun_that_is_near_already_is_now() -> None:
    sun = SunNow(standing_at(30.0, 180.0, LATITUDE), 30.0)
    assert codes(ahead(standing_at(40.0, 180.0, LATITUDE), sun, bounds()))["ahead_sun"] == 0.0


def test_the_cable_is_ahead_when_it_is_counted() -> None:
    where = standing_at(50.0, 180.0, LATITUDE)
    assert 0.0 < codes(ahead(where, None, bounds(Axes.ALTAZ), travel_degrees=262.0))["ahead_cable"] < 60.0
    assert ahead(where, None, bounds(Axes.ALTAZ)) == ()
    assert ahead(where, None, bounds(Axes.FORK), travel_degrees=262.0) == ()


@settings(deadline=None, max_examples=60)
@given(st.floats(-180.0, 179.0), st.floats(-30.0, 89.0), st.floats(-180.0, 179.0), st.floats(-23.4, 23.4))
def test_until_what_is_told_nothing_happens_and_then_it_does(
    hour_angle: float, dec: float, sun_hour_angle: float, sun_dec: float
) -> None:
    where, sun_stands = Standing(hour_angle, dec), Standing(sun_hour_angle, sun_dec)
    sun = SunNow(sun_stands, altitude_degrees(sun_stands, LATITUDE))
    told = codes(ahead(where, sun, bounds()))

    def is_bad(code: str, at: float) -> bool:
        star = Standing(wrapped(hour_angle + at * STARS_DEGREES_PER_MINUTE), dec)
        shining = Standing(wrapped(sun_hour_angle + at * SUN_DEGREES_PER_MINUTE), sun_dec)
        if code == "ahead_horizon":
            return depth_degrees(star, bounds()) > 0.0
        return altitude_degrees(shining, LATITUDE) >= -2.0 and separation(star, shining) < 20.0

    for code in ("ahead_horizon", "ahead_sun"):
        first = told.get(code, 61.0)
        assert not any(is_bad(code, float(at)) for at in range(61) if at < first - 0.1)
        if first <= 60.0:
            assert is_bad(code, min(first + 0.1, 60.0)) or is_bad(code, first)


def test_a_first_minute_is_found_to_two_seconds() -> None:
    assert first_minute(lambda at: at >= 17.33, 60.0) == pytest.approx(17.3, abs=0.1)
    assert first_minute(lambda at: True, 60.0) == 0.0
    assert first_minute(lambda at: at > 60.0, 60.0) is None
