"""Which way round: the cases worth a line of the Sun, the horizon and the cable."""

import time
from itertools import pairwise

import pytest

from scope.errors import NotAllowed
from scope.limits.axes import Axes, Pose, altitude_degrees, azimuth_degrees, separation, standing_at, upright
from scope.limits.horizon import OPEN_HORIZON, Mask
from scope.limits.leg import Chart, leads_away
from scope.limits.route import Route, is_safe, plan
from scope.limits.sun import SunNow
from scope.limits.sweep import Sweep
from scope.limits.where import Bounds
from scope.position import Standing
from scope.settings import LimitSettings

KARAGANDA, CAPE, MURMANSK = 49.8, -33.9, 68.4
LIMITS = LimitSettings(lowest_altitude_degrees=15.0, sun_radius_degrees=20.0)


def bounds(axes: Axes, latitude: float = KARAGANDA, mask: Mask = OPEN_HORIZON) -> Bounds:
    return Bounds(frozenset({axes}), latitude, LIMITS, mask)


def sun_at(altitude: float, azimuth: float, latitude: float = KARAGANDA) -> SunNow:
    return SunNow(standing_at(altitude, azimuth, latitude), altitude)


def go(
    here: tuple[float, float],
    there: tuple[float, float],
    sun: SunNow | None,
    within: Bounds,
    travel: float | None = None,
) -> Route:
    """Places as altitude and azimuth; a German mount is on the side that goes with the hour angle."""
    latitude = within.latitude_degrees
    start = standing_at(*here, latitude)
    return plan(start, standing_at(*there, latitude), sun, within, travel, start.hour_angle_degrees < 0.0)


def nearest_of_the_legs(here: Standing, route: Route, sun: SunNow, axes: Axes, latitude: float) -> float:
    chart = Chart(bounds(axes, latitude), sun)
    places = [chart.spot(place) for place in (here, *route.legs)]
    return min(way.nearest_degrees(sun.standing) for one, other in pairwise(places) for way in chart.sweeps(one, other))


@pytest.mark.parametrize("axes", Axes)
@pytest.mark.parametrize("sun_altitude", [-2.1, -3.0, -40.0])
def test_at_night_it_goes_straight_past_where_the_sun_will_be(axes: Axes, sun_altitude: float) -> None:
    sun = SunNow(standing_at(20.0, 180.0, KARAGANDA), sun_altitude)
    assert go((20.0, 150.0), (20.0, 210.0), sun, bounds(axes)).reason is None


@pytest.mark.parametrize("sun_altitude", [-1.9, -1.0, 0.0, 1.0, 5.0])
def test_at_sunrise_it_goes_round_already(sun_altitude: float) -> None:
    route = go((17.0, 150.0), (17.0, 210.0), sun_at(sun_altitude, 180.0), bounds(Axes.ALTAZ))
    assert route.reason == "sun"
    highest = max(altitude_degrees(leg, KARAGANDA) for leg in route.legs)
    assert highest > sun_altitude + 20.0


@pytest.mark.parametrize(
    ("what", "here", "there", "sun", "latitude"),
    [
        ("over a low Sun in the south", (30.0, 140.0), (30.0, 220.0), (25.0, 180.0), KARAGANDA),
        ("under a high Sun", (50.0, 100.0), (50.0, 260.0), (60.0, 180.0), KARAGANDA),
        ("the arctic Sun of noon", (18.0, 150.0), (18.0, 210.0), (5.0, 180.0), MURMANSK),
        ("the midnight Sun in the north", (20.0, 330.0), (20.0, 30.0), (2.0, 0.0), MURMANSK),
        ("in the south the Sun is in the north", (40.0, 320.0), (40.0, 40.0), (45.0, 0.0), CAPE),
        ("across azimuth 0", (30.0, 350.0), (30.0, 60.0), (30.0, 23.0), KARAGANDA),
    ],
)
def test_it_goes_round(
    what: str, here: tuple[float, float], there: tuple[float, float], sun: tuple[float, float], latitude: float
) -> None:
    shining = sun_at(*sun, latitude)
    route = go(here, there, shining, bounds(Axes.ALTAZ, latitude))
    assert route.reason == "sun", what
    assert nearest_of_the_legs(standing_at(*here, latitude), route, shining, Axes.ALTAZ, latitude) >= 20.0


@pytest.mark.parametrize("azimuth", range(0, 360, 45))
def test_with_the_sun_in_the_zenith_it_goes_round_below(azimuth: int) -> None:
    tropics = 20.0
    sun = sun_at(89.9, 0.0, tropics)
    for axes in Axes:
        route = go((50.0, azimuth), (50.0, azimuth + 150.0), sun, bounds(axes, tropics))
        here = standing_at(50.0, azimuth, tropics)
        assert all(separation(leg, sun.standing) > 20.0 for leg in (here, *route.legs))
    with pytest.raises(NotAllowed):
        go((50.0, azimuth), (71.0, azimuth), sun, bounds(Axes.ALTAZ, tropics))


def test_a_target_of_the_sun_itself_and_one_a_minute_of_arc_too_near_are_refused_and_one_further_is_not() -> None:
    sun = sun_at(40.0, 180.0)
    for altitude, allowed in ((40.0, False), (60.0 - 1 / 60, False), (60.0 + 1 / 60, True)):
        if allowed:
            assert go((60.0, 100.0), (altitude, 180.0), sun, bounds(Axes.ALTAZ)).legs
            continue
        with pytest.raises(NotAllowed) as refusal:
            go((60.0, 100.0), (altitude, 180.0), sun, bounds(Axes.ALTAZ))
        assert refusal.value.code == "too_near_sun"


@pytest.mark.parametrize("axes", Axes)
@pytest.mark.parametrize("where", [(60.0 + 1 / 60, 180.0), (60.0, 90.0), (15.0 + 1 / 60, 30.0)])
def test_a_target_where_it_points_already_is_no_way_at_all(axes: Axes, where: tuple[float, float]) -> None:
    assert go(where, where, sun_at(40.0, 180.0), bounds(axes)).reason is None


@pytest.mark.parametrize("axes", Axes)
@pytest.mark.parametrize("offset", [(0.0, 12.0), (0.0, -12.0), (8.0, 5.0), (-8.0, 5.0), (12.0, 0.0), (-12.0, 0.0)])
def test_from_within_the_suns_circle_it_leaves_and_never_by_way_of_the_sun(
    axes: Axes, offset: tuple[float, float]
) -> None:
    sun = sun_at(45.0, 180.0)
    here = standing_at(45.0 + offset[0], 180.0 + offset[1], KARAGANDA)
    for there in ((60.0, 80.0), (60.0, 280.0)):
        route = plan(here, standing_at(*there, KARAGANDA), sun, bounds(axes), None, here.hour_angle_degrees < 0.0)
        first = Sweep(axes, KARAGANDA, upright(axes, here, KARAGANDA), upright(axes, route.legs[0], KARAGANDA))
        if axes is Axes.ALTAZ:
            assert first.nearest_degrees(sun.standing) >= separation(here, sun.standing) - 0.01
            assert leads_away(first, upright(axes, sun.standing, KARAGANDA), 20.0)
        assert separation(route.legs[0], sun.standing) > 20.0


def test_a_way_that_moves_even_closer_does_not_lead_away() -> None:
    sun = Pose(180.0, 45.0)

    def away(here: tuple[float, float], there: tuple[float, float], radius: float = 20.0) -> bool:
        """Places as azimuth and altitude."""
        return leads_away(Sweep(Axes.ALTAZ, KARAGANDA, Pose(*here), Pose(*there)), sun, radius)

    assert away((190.0, 45.0), (230.0, 45.0))
    assert not away((190.0, 45.0), (120.0, 45.0))
    assert not away((185.0, 50.0), (230.0, 30.0))
    assert away((185.0, 50.0), (185.0, 70.0))
    assert away((200.0, 10.0), (300.0, 80.0), radius=5.0)


def test_it_leaves_what_is_below_the_horizon_without_going_deeper() -> None:
    for axes in Axes:
        for azimuth in range(0, 360, 30):
            route = go((0.0, float(azimuth)), (50.0, 100.0), None, bounds(axes))
            assert altitude_degrees(route.legs[0], KARAGANDA) >= 15.0


def test_it_goes_over_a_tower_that_stands_between() -> None:
    tower = Mask(((80.0, 0.0), (90.0, 50.0), (100.0, 0.0)))
    route = go((20.0, 60.0), (20.0, 120.0), None, bounds(Axes.ALTAZ, mask=tower))
    assert route.reason == "horizon"
    assert max(altitude_degrees(leg, KARAGANDA) for leg in route.legs) > 49.0
    with pytest.raises(NotAllowed) as refusal:
        go((20.0, 60.0), (20.0, 92.0), None, bounds(Axes.ALTAZ, mask=tower))
    assert refusal.value.code == "below_horizon_mask"


def test_behind_a_wall_on_both_sides_there_is_no_way() -> None:
    well = Mask(
        (
            (70.0, 0.0),
            (71.0, 90.0),
            (109.0, 90.0),
            (110.0, 0.0),
            (200.0, 0.0),
            (201.0, 90.0),
            (340.0, 90.0),
            (341.0, 0.0),
        )
    )
    with pytest.raises(NotAllowed) as refusal:
        go((20.0, 50.0), (20.0, 150.0), None, bounds(Axes.ALTAZ, mask=well))
    assert refusal.value.code == "path_below_horizon"
    assert set(refusal.value.details) == {"beyond_degrees"}


def test_a_sun_that_fills_the_sky_leaves_no_way_and_the_refusal_says_how_near() -> None:
    valley = Mask(((0.0, 85.0), (90.0, 85.0), (100.0, 0.0), (260.0, 0.0), (270.0, 85.0)))
    wide = Bounds(frozenset({Axes.ALTAZ}), KARAGANDA, LimitSettings(sun_radius_degrees=60.0), valley)
    with pytest.raises(NotAllowed) as refusal:
        go((16.0, 115.0), (16.0, 245.0), sun_at(30.0, 180.0), wide)
    assert refusal.value.code == "path_near_sun"
    assert refusal.value.details["limit_degrees"] == 60.0
    assert refusal.value.details["separation_degrees"] == pytest.approx(0.0, abs=15.0)


@pytest.mark.parametrize("sun", [None, sun_at(40.0, 180.0)])
def test_behind_a_filter_only_the_sun_is_no_obstacle(sun: SunNow | None) -> None:
    route = go((40.0, 150.0), (40.0, 210.0), sun, bounds(Axes.ALTAZ))
    assert (route.reason is None) == (sun is None)
    with pytest.raises(NotAllowed):
        go((40.0, 150.0), (10.0, 210.0), sun, bounds(Axes.ALTAZ))


def turns_of(here: tuple[float, float], route: Route) -> list[float]:
    azimuths = [here[1], *(azimuth_degrees(leg, KARAGANDA) for leg in route.legs)]
    return [(after - before + 180.0) % 360.0 - 180.0 for before, after in pairwise(azimuths)]


@pytest.mark.parametrize(
    ("travel", "here", "there", "reason", "wound"),
    [
        (0.0, 0.0, 170.0, None, 170.0),
        (200.0, 20.0, 80.0, None, 260.0),
        (200.0, 20.0, 120.0, "cable", -60.0),
        (260.0, 80.0, 150.0, "cable", -30.0),
        (-260.0, 280.0, 210.0, "cable", 30.0),
        (300.0, 120.0, 100.0, None, 280.0),
        (None, 20.0, 120.0, None, None),
    ],
)
def test_the_cable_is_unwound_the_long_way_when_the_short_one_would_wind_it_too_far(
    travel: float | None, here: float, there: float, reason: str | None, wound: float | None
) -> None:
    route = go((50.0, here), (50.0, there), None, bounds(Axes.ALTAZ), travel)
    assert route.reason == reason
    turns = turns_of((50.0, here), route)
    assert all(abs(turn) <= 170.001 for turn in turns)
    if travel is not None:
        assert travel + sum(turns) == pytest.approx(wound)


def test_half_a_turn_is_cut_up_where_one_of_its_ways_passes_the_sun() -> None:
    sun = sun_at(40.0, 90.0)
    route = go((40.0, 0.0), (40.0, 178.0), sun, bounds(Axes.ALTAZ))
    assert route.reason == "sun"
    assert len(route.legs) > 1
    assert go((40.0, 0.0), (40.0, 178.0), None, bounds(Axes.ALTAZ)).reason is None


def test_a_mount_of_unknown_kind_is_sent_only_where_every_kind_would_pass() -> None:
    sun, every = sun_at(35.0, 200.0), Bounds(frozenset(Axes), KARAGANDA, LIMITS)
    here, target = standing_at(40.0, 120.0, KARAGANDA), standing_at(60.0, 290.0, KARAGANDA)
    route, place = plan(here, target, sun, every), here
    for leg in route.legs:
        for axes in Axes:
            assert is_safe(place, leg, sun, bounds(axes))
        place = leg


def test_a_leg_is_judged_again_when_the_sky_has_turned() -> None:
    here, there = standing_at(40.0, 150.0, KARAGANDA), standing_at(40.0, 175.0, KARAGANDA)
    assert is_safe(here, there, sun_at(40.0, 240.0), bounds(Axes.ALTAZ))
    assert not is_safe(here, there, sun_at(40.0, 160.0), bounds(Axes.ALTAZ))


def test_a_plan_is_made_in_a_twentieth_of_a_second_even_if_there_is_none() -> None:
    """Ten times that is allowed for a busy machine."""
    hills = Mask(tuple((float(azimuth), 20.0) for azimuth in range(360)))
    every = Bounds(frozenset(Axes), KARAGANDA, LimitSettings(sun_radius_degrees=45.0), hills)
    begun = time.process_time()
    with pytest.raises(NotAllowed):
        go(
            (30.0, 140.0),
            (30.0, 230.0),
            sun_at(45.0, 185.0),
            Bounds(every.axes, KARAGANDA, LimitSettings(sun_radius_degrees=45.0), every.mask),
        )
    assert time.process_time() - begun < 0.5
