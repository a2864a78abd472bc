"""S4: by hand nobody gets into what is forbidden, and whoever is in it gets out."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scope.errors import NotAllowed
from scope.limits.axes import Axes, Pose, altitude_degrees, separation, standing, standing_at, upright
from scope.limits.hand import COAST_SECONDS, KEYS, check_nudge
from scope.limits.horizon import OPEN_HORIZON, Mask
from scope.limits.sun import SunNow
from scope.limits.where import Bounds, dec_excess_degrees, depth_degrees, zenith_excess_degrees
from scope.orders import Direction
from scope.position import Standing
from scope.settings import LimitSettings

LIMITS = LimitSettings(lowest_dec_degrees=-40.0, highest_dec_degrees=85.0)
KARAGANDA = 49.8
WINDOW = 0.5
TOUCH = 1e-4
SAG = 0.005
"""A great circle bends so much between two points a degree apart, which is how the ground is looked at."""
kinds = st.sampled_from(Axes)
directions = st.sampled_from(Direction)
rates = st.sampled_from([0.004, 0.13, 2.0, 8.0])
latitudes = st.sampled_from([KARAGANDA, -33.9, 0.0, 68.4])
suns = st.builds(Standing, st.floats(-180.0, 179.0), st.floats(-23.4, 23.4))
places = st.builds(Standing, st.floats(-180.0, 179.9), st.floats(-89.0, 89.0))
masks = st.sampled_from([OPEN_HORIZON, Mask(((0.0, 5.0), (90.0, 40.0), (180.0, 10.0), (270.0, 30.0)))])


def moved(axes: Axes, now: Standing, direction: Direction, degrees: float, latitude: float) -> Standing:
    """Where a key brings the tube, in small steps on the way of its axis."""
    here, (first, second) = upright(axes, now, latitude), KEYS[direction]
    pose = Pose(here.first_degrees + first * degrees, here.second_degrees + second * degrees)
    return standing(axes, pose, latitude)


def refusal(now: Standing, direction: Direction, rate: float, sun: SunNow | None, bounds: Bounds) -> str | None:
    try:
        check_nudge(now, direction, rate, WINDOW, sun, bounds)
    except NotAllowed as refused:
        return refused.code
    return None


@settings(deadline=None, max_examples=400)
@given(kinds, directions, rates, latitudes, suns, st.floats(0.1, 359.9), st.floats(0.1, 19.9))
def test_within_the_suns_circle_closing_keys_are_refused_and_the_others_never(
    axes: Axes, direction: Direction, rate: float, latitude: float, sun: Standing, bearing: float, apart: float
) -> None:
    """The place is `apart` from the Sun at any position angle; zenith and pole are kept a little away from."""
    now = beside(sun, bearing, apart)
    assume(abs(upright(axes, now, latitude).second_degrees) < 80.0)
    bounds = Bounds(frozenset({axes}), latitude, LimitSettings(highest_altitude_degrees=90.0))
    here = separation(now, sun)
    on_the_way = [
        separation(moved(axes, now, direction, rate * (WINDOW + COAST_SECONDS) * share / 20, latitude), sun)
        for share in (0.001, 0.01, *range(1, 21))
    ]
    code = refusal(now, direction, rate, SunNow(sun, 10.0), bounds)
    if min(on_the_way) < here - TOUCH:
        assert code == "nudge_into_sun"
    elif min(on_the_way) > here:
        assert code != "nudge_into_sun"


def beside(place: Standing, bearing: float, apart: float) -> Standing:
    """The direction so far from a place at so much from its north: as an altitude above a horizon of its own."""
    turned = standing_at(90.0 - apart, bearing, place.dec_degrees)
    return Standing((turned.hour_angle_degrees + place.hour_angle_degrees + 180.0) % 360.0 - 180.0, turned.dec_degrees)


@settings(deadline=None, max_examples=400)
@given(kinds, directions, rates, latitudes, places, suns, masks)
def test_from_outside_no_key_that_is_allowed_reaches_what_is_forbidden(
    axes: Axes, direction: Direction, rate: float, latitude: float, now: Standing, sun: Standing, mask: Mask
) -> None:
    bounds = Bounds(frozenset({axes}), latitude, LIMITS, mask)
    if refusal(now, direction, rate, SunNow(sun, 10.0), bounds) is not None:
        return
    for share in range(21):
        there = moved(axes, now, direction, rate * (WINDOW + COAST_SECONDS) * share / 20, latitude)
        assert separation(there, sun) >= min(20.0, separation(now, sun)) - TOUCH
        assert depth_degrees(there, bounds) <= max(0.3, depth_degrees(now, bounds)) + SAG
        assert zenith_excess_degrees(there, bounds) <= max(0.0, zenith_excess_degrees(now, bounds)) + TOUCH
        assert dec_excess_degrees(there, bounds) <= max(0.0, dec_excess_degrees(now, bounds)) + TOUCH


@settings(deadline=None, max_examples=300)
@given(kinds, latitudes, places, suns, rates, masks)
def test_there_is_always_a_key_that_is_not_refused_for_the_sun_and_one_for_the_ground(
    axes: Axes, latitude: float, now: Standing, sun: Standing, rate: float, mask: Mask
) -> None:
    assume(abs(upright(axes, now, latitude).second_degrees) < 80.0)
    bounds = Bounds(frozenset({axes}), latitude, LIMITS, mask)
    codes = {direction: refusal(now, direction, rate, SunNow(sun, 10.0), bounds) for direction in Direction}
    assert set(codes.values()) != {"nudge_into_sun"}
    at_night = {refusal(now, direction, rate, None, bounds) for direction in Direction}
    assert None in at_night


@pytest.mark.parametrize(
    ("altitude", "azimuth", "direction", "code"),
    [
        (16.0, 180.0, Direction.SOUTH, "nudge_below_horizon"),
        (16.0, 180.0, Direction.NORTH, None),
        (5.0, 180.0, Direction.NORTH, None),
        (5.0, 180.0, Direction.SOUTH, "nudge_below_horizon"),
        (5.0, 180.0, Direction.EAST, None),
        (87.0, 180.0, Direction.NORTH, "nudge_into_zenith"),
        (89.0, 180.0, Direction.NORTH, "nudge_into_zenith"),
        (89.0, 180.0, Direction.SOUTH, None),
    ],
)
def test_an_upright_fork_by_hand(altitude: float, azimuth: float, direction: Direction, code: str | None) -> None:
    there = standing_at(altitude, azimuth, KARAGANDA)
    assert refusal(there, direction, 2.0, None, Bounds(frozenset({Axes.ALTAZ}), KARAGANDA, LIMITS)) == code


@pytest.mark.parametrize(
    ("dec", "direction", "code"),
    [
        (84.0, Direction.NORTH, "nudge_outside_dec"),
        (82.0, Direction.NORTH, None),
        (86.0, Direction.NORTH, "nudge_outside_dec"),
        (86.0, Direction.SOUTH, None),
        (86.0, Direction.EAST, None),
        (-39.0, Direction.SOUTH, "nudge_outside_dec"),
    ],
)
@pytest.mark.parametrize("axes", [Axes.FORK, Axes.GERMAN])
def test_a_polar_mount_by_hand(axes: Axes, dec: float, direction: Direction, code: str | None) -> None:
    latitude = 60.0 if dec > 0.0 else -60.0
    bounds = Bounds(frozenset({axes}), latitude, LIMITS)
    assert refusal(Standing(0.0, dec), direction, 2.0, None, bounds) == code


def test_the_refusal_tells_how_near() -> None:
    sun, now = SunNow(Standing(0.0, 0.0), 30.0), Standing(24.0, 0.0)
    with pytest.raises(NotAllowed) as refused:
        check_nudge(now, Direction.EAST, 8.0, WINDOW, sun, Bounds(frozenset({Axes.FORK}), KARAGANDA, LIMITS))
    assert refused.value.details == {"separation_degrees": 16.0, "limit_degrees": 20.0}
    check_nudge(now, Direction.WEST, 8.0, WINDOW, sun, Bounds(frozenset({Axes.FORK}), KARAGANDA, LIMITS))
    check_nudge(now, Direction.EAST, 8.0, WINDOW, None, Bounds(frozenset({Axes.FORK}), KARAGANDA, LIMITS))


def test_a_key_towards_a_low_place_tells_the_altitude_and_the_limit() -> None:
    now = standing_at(15.5, 180.0, KARAGANDA)
    assert altitude_degrees(now, KARAGANDA) == pytest.approx(15.5)
    with pytest.raises(NotAllowed) as refused:
        check_nudge(now, Direction.SOUTH, 1.0, WINDOW, None, Bounds(frozenset({Axes.ALTAZ}), KARAGANDA, LIMITS))
    assert refused.value.details == {"altitude_degrees": 14.5, "limit_degrees": 15.0}
