"""S22, S23: on no way does the tube go behind the horizon, into the zenith's hole or past its limits; and it gets out.

Random gotos at night over random hills, made by the simulated axes and looked at once a degree.
"""

from dataclasses import replace
from random import Random

import pytest

from hardware_sim.geometry import GEOMETRIES
from scope.errors import NotAllowed
from scope.limits.axes import Axes, Pose, altitude_degrees, is_east, looks_east, poses, standing_at, upright
from scope.limits.horizon import Mask
from scope.limits.route import Route, plan
from scope.limits.where import Bounds, dec_excess_degrees, depth_degrees, zenith_excess_degrees
from scope.position import Standing
from tests.limits_world import BEGIN, LIMITS, World, random_place

SITES = ((49.8, 73.1), (68.4, 33.1), (20.0, -155.5))
GOTOS, SLEW_RATE, LOOK_SECONDS = 30, 8.0, 0.1
TOLERATED, LOW_DEGREES = 0.5, 40.0


def hills(rng: Random) -> Mask:
    """Up to 30° high and no steeper than 3° a degree: at the edge of a wall the ramps of a mount decide."""
    azimuths = [12.0 * number + rng.uniform(0.0, 2.0) for number in range(30)]
    return Mask(tuple((azimuth, rng.choice((0.0, 5.0, 12.0, 20.0, 30.0))) for azimuth in azimuths))


def clear_place(rng: Random, bounds: Bounds) -> Standing:
    while True:
        place = random_place(rng, bounds)
        if altitude_degrees(place, bounds.latitude_degrees) > LOW_DEGREES:
            continue
        if depth_degrees(place, bounds) < 0.0 and dec_excess_degrees(place, bounds) < 0.0:
            return place


@pytest.mark.parametrize("axes", Axes)
def test_on_the_way_nothing_goes_below_the_horizon_or_past_a_limit(axes: Axes) -> None:
    rng, refused, round_about = Random(f"hills {axes.value}"), 0, 0
    for _ in range(GOTOS):
        site = rng.choice(SITES)
        limits = replace(LIMITS, lowest_dec_degrees=-25.0) if axes is not Axes.ALTAZ else LIMITS
        bounds = Bounds(frozenset({axes}), site[0], limits, hills(rng))
        here, target = clear_place(rng, bounds), clear_place(rng, bounds)
        world = World.with_tube_at(axes, here, BEGIN, rng, site, SLEW_RATE)
        travel = world.first_degrees - 180.0 if axes is Axes.ALTAZ else None
        try:
            route = plan(here, target, None, bounds, travel)
        except NotAllowed:
            refused += 1
            continue
        round_about += route.reason == "horizon"
        for leg in route.legs:
            for place in world.goto(world.celestial(leg), LOOK_SECONDS):
                assert depth_degrees(place, bounds) <= TOLERATED
                assert zenith_excess_degrees(place, bounds) <= TOLERATED
                assert dec_excess_degrees(place, bounds) <= TOLERATED
    assert refused <= GOTOS / 10
    assert round_about >= 3


@pytest.mark.parametrize("axes", Axes)
@pytest.mark.parametrize("site", SITES)
def test_from_below_the_horizon_there_is_always_a_way_up_and_it_leads_no_deeper(
    axes: Axes, site: tuple[float, float]
) -> None:
    rng = Random(f"below {axes.value}")
    for number in range(15):
        bounds = Bounds(frozenset({axes}), site[0], LIMITS, hills(rng))
        here = standing_at(rng.uniform(-4.0, 9.0), rng.uniform(0.0, 360.0), site[0])
        side = here.hour_angle_degrees < 0.0
        route = first_route(rng, here, bounds, side)
        if number % 5:
            continue
        world = World.with_tube_at(axes, here, BEGIN, rng, site, SLEW_RATE)
        if axes is Axes.GERMAN and is_east(Pose(*world.motors)) != side:
            continue
        before, height = depth_degrees(world.here(), bounds), altitude_degrees(world.here(), site[0])
        for place in world.goto(world.celestial(route.legs[0]), LOOK_SECONDS):
            depth, higher = depth_degrees(place, bounds), altitude_degrees(place, site[0])
            assert depth <= max(TOLERATED, before + 0.1) or (before > 0.0 and higher >= height - 0.05)
            before, height = depth, higher


def first_route(rng: Random, here: Standing, bounds: Bounds, side: bool) -> Route:
    """To the first of a few places that can be gone to; a German mount may not reach the other side of a low pole."""
    for _ in range(8):
        try:
            return plan(here, clear_place(rng, bounds), None, bounds, looks_east=side)
        except NotAllowed:
            continue
    raise AssertionError(f"no way up from {here} within {bounds}")


def test_a_german_mount_that_changed_sides_is_known_to_have_done_so() -> None:
    """Tracked from before the meridian into the overrun it looks east still; after a goto it is where it must be."""
    side = None
    for hour_angle in (-20.0, -10.0, 0.0, 10.0, 14.9):
        side = looks_east(side, Standing(hour_angle, 10.0), 49.8, LIMITS)
        assert side is True
    assert looks_east(side, Standing(15.1, 10.0), 49.8, LIMITS) is False
    assert looks_east(None, Standing(10.0, 10.0), 49.8, LIMITS) is None
    assert looks_east(False, Standing(10.0, 10.0), 49.8, LIMITS) is False


@pytest.mark.parametrize("hour_angle", [-150.0, -60.0, -16.0, 16.0, 60.0, 150.0])
def test_the_side_we_reckon_with_is_the_one_the_simulated_mount_takes(hour_angle: float) -> None:
    rng, site = Random("sides"), SITES[0]
    world = World.with_tube_at(Axes.GERMAN, Standing(60.0, 40.0), BEGIN, rng, site, 90.0)
    for _ in world.goto(world.celestial(Standing(hour_angle, 70.0))):
        pass
    (pose,) = poses(Axes.GERMAN, world.here(), site[0], LIMITS)
    assert world.motors == pytest.approx((pose.first_degrees, pose.second_degrees), abs=0.01)
    assert GEOMETRIES["german"].travel[0].holds(world.first_degrees)


def test_the_zenith_hole_is_an_upright_forks_only() -> None:
    for axes in Axes:
        bounds = Bounds(frozenset({axes}), 49.8, LIMITS)
        top = standing_at(89.0, 100.0, 49.8)
        assert altitude_degrees(top, 49.8) == pytest.approx(89.0)
        if axes is Axes.ALTAZ:
            with pytest.raises(NotAllowed):
                plan(standing_at(50.0, 100.0, 49.8), top, None, bounds)
            assert plan(top, standing_at(50.0, 100.0, 49.8), None, bounds).reason is None
        else:
            assert plan(standing_at(50.0, 100.0, 49.8), top, None, bounds).legs
    assert upright(Axes.ALTAZ, standing_at(89.0, 100.0, 49.8), 49.8).second_degrees == pytest.approx(89.0)


def test_a_german_mount_that_may_not_pass_the_pole_does_not_change_sides() -> None:
    bounds = Bounds(frozenset({Axes.GERMAN}), 49.8, replace(LIMITS, highest_dec_degrees=80.0))
    with pytest.raises(NotAllowed) as refusal:
        plan(Standing(-40.0, 30.0), Standing(40.0, 30.0), None, bounds)
    assert refusal.value.code == "path_outside_dec"
    assert plan(Standing(30.0, 30.0), Standing(70.0, 30.0), None, bounds).reason is None
