"""S3: whatever moves the tube, a halt comes early enough that it rests no nearer to the Sun than R − 3°.

Keys at the simulated mount's fastest rate, from any start, in any direction and two at once, seen four times a second,
with the halt taking hold a quarter of a second after the look that calls for it.
"""

from dataclasses import replace
from random import Random

import pytest

from hardware_sim.mount import Motion
from scope.limits.axes import Axes, altitude_degrees, separation, standing_at
from scope.limits.horizon import OPEN_HORIZON, Mask
from scope.limits.live import breach, reach_degrees
from scope.limits.route import is_safe
from scope.limits.sun import SunNow
from scope.limits.where import Bounds
from scope.position import Standing
from scope.settings import LimitSettings
from tests.limits_world import BEGIN, World, bounds_for, random_place

LATITUDE = 49.8
SITE = (LATITUDE, 73.1)
FASTEST = 8.0
LOOK_SECONDS, LATENCY_SECONDS = 0.25, 0.25
WINDOW_SECONDS = LOOK_SECONDS + LATENCY_SECONDS
RADIUS, TOLERATED = 20.0, 3.0
PRESSES = 60
LONGEST_SECONDS = 12.0


def press(world: World, rng: Random) -> None:
    rates = rng.choice([(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)])
    for axis, rate in enumerate(rates):
        if rate:
            world.mount.press(axis, rate * FASTEST)


def nearest_with_the_guard(world: World, sun: SunNow, bounds: Bounds) -> tuple[float, bool]:
    """The least separation until the axes rest again, and whether there was a halt; the Sun stands still meanwhile."""
    before, nearest, since, halted_at = world.here(), 180.0, 0.0, None
    while since < LONGEST_SECONDS:
        world.wait(LOOK_SECONDS / 5)
        since += LOOK_SECONDS / 5
        nearest = min(nearest, separation(world.here(), sun.standing))
        if halted_at is not None and since >= halted_at + LATENCY_SECONDS:
            world.mount.stop()
            if world.mount.motion is Motion.HOLDING:
                return nearest, True
        if round(since / LOOK_SECONDS * 5) % 5 == 0:
            now = world.here()
            found = breach(before, now, LOOK_SECONDS, WINDOW_SECONDS, FASTEST, sun, bounds)
            if found is not None and found.code == "sun_near" and halted_at is None:
                halted_at = since
            before = now
    return nearest, halted_at is not None


@pytest.mark.parametrize("axes", Axes)
def test_by_hand_at_the_fastest_rate_it_rests_outside(axes: Axes) -> None:
    rng, halts = Random(f"live {axes.value}"), 0
    bounds = bounds_for(axes, LATITUDE, highest_altitude_degrees=90.0)
    for _ in range(PRESSES):
        sun_stands = standing_at(rng.uniform(0.0, 60.0), rng.uniform(0.0, 360.0), LATITUDE)
        sun = SunNow(sun_stands, altitude_degrees(sun_stands, LATITUDE))
        while not RADIUS <= separation(here := random_place(rng, bounds, sun), sun_stands) < 60.0:
            pass
        world = World.with_tube_at(axes, here, BEGIN, rng, SITE, FASTEST)
        world.wait(rng.uniform(0.0, LOOK_SECONDS))
        press(world, rng)
        nearest, halted = nearest_with_the_guard(world, sun, bounds)
        halts += halted
        assert nearest >= RADIUS - TOLERATED, f"{nearest:.2f}° from {here}, the Sun at {sun_stands}"
    assert halts >= PRESSES / 10


@pytest.mark.parametrize("axes", Axes)
def test_a_goto_along_its_planned_way_is_not_halted(axes: Axes) -> None:
    """Also to a target just outside the circle: the way there has been judged as a whole."""
    rng, bounds, near = Random(f"planned {axes.value}"), bounds_for(axes, LATITUDE), 0
    for _ in range(25):
        sun_stands = standing_at(rng.uniform(10.0, 60.0), rng.uniform(0.0, 360.0), LATITUDE)
        sun = SunNow(sun_stands, altitude_degrees(sun_stands, LATITUDE))
        here = random_place(rng, bounds, sun)
        while not RADIUS < separation(target := random_place(rng, bounds, sun), sun_stands) < 27.0:
            pass
        world = World.with_tube_at(axes, here, BEGIN, rng, SITE, FASTEST)
        travel = world.first_degrees - 180.0 if axes is Axes.ALTAZ else None
        if not is_safe(here, target, sun, bounds, travel):
            continue
        near += 1
        before, point = world.here(), world.celestial(target)
        for now in world.goto(point, LOOK_SECONDS):
            assert breach(before, now, LOOK_SECONDS, WINDOW_SECONDS, FASTEST, sun, bounds, world.stands(point)) is None
            before = now
    assert near > 5


NOON = SunNow(Standing(0.0, 0.0), 40.0)
FORK = Bounds(frozenset({Axes.FORK}), LATITUDE, LimitSettings())
ROOF = Mask(((80.0, 0.0), (90.0, 40.0), (100.0, 0.0)))


@pytest.mark.parametrize(
    ("before", "now", "seconds", "halts"),
    [
        (30.0, 29.0, 0.25, False),
        (27.0, 26.0, 0.25, False),
        (25.0, 24.0, 0.25, True),
        (21.0, 23.0, 0.25, False),
        (22.0, 22.001, 0.25, False),
        (22.001, 22.0, 0.25, False),
        (15.0, 14.999, 0.25, False),
        (15.0, 14.9, 0.25, True),
        (14.9, 15.0, 0.25, False),
        (20.03, 20.0, 1.0, True),
        (15.0, 15.0 - 15 / 3600, 1.0, False),
    ],
)
def test_what_closes_in_is_halted_and_what_leaves_or_only_tracks_is_not(
    before: float, now: float, seconds: float, halts: bool
) -> None:
    """Hours of angle from the Sun, along the equator."""
    found = breach(Standing(before, 0.0), Standing(now, 0.0), seconds, 0.25, FASTEST, NOON, FORK)
    assert (found is not None) == halts
    if found is not None:
        assert found.code == "sun_near"
        assert found.details == {"separation_degrees": round(now, 1), "limit_degrees": 20.0}


def test_at_night_and_behind_a_filter_nothing_is_halted_for_the_sun() -> None:
    for sun in (None, replace(NOON, altitude_degrees=-2.1)):
        assert breach(Standing(16.0, 0.0), Standing(15.0, 0.0), 0.25, 0.25, FASTEST, sun, FORK) is None


def test_a_slow_key_may_go_nearer_than_a_fast_one() -> None:
    before, now = Standing(21.03, 0.0), Standing(21.0, 0.0)
    assert breach(before, now, 0.25, 0.25, 0.13, NOON, FORK) is None
    assert breach(before, now, 0.25, 0.25, FASTEST, NOON, FORK) is not None


def test_a_goto_that_runs_past_its_end_or_away_from_it_is_halted_like_any_motion() -> None:
    end = Standing(22.0, 0.0)
    on_its_way = (Standing(26.0, 0.0), Standing(24.5, 0.0))
    assert breach(*on_its_way, 0.25, 0.25, FASTEST, NOON, FORK, end) is None
    assert breach(*on_its_way, 0.25, 0.25, FASTEST, NOON, FORK) is not None
    assert breach(Standing(25.0, 0.0), Standing(23.0, 0.0), 0.25, 0.25, FASTEST, NOON, FORK, end) is not None
    assert breach(Standing(22.5, 0.0), Standing(21.0, 0.0), 0.25, 0.25, FASTEST, NOON, FORK, end) is not None
    assert breach(*on_its_way, 0.25, 0.25, FASTEST, NOON, FORK, Standing(60.0, 0.0)) is not None


@pytest.mark.parametrize(
    ("before", "now", "code"),
    [
        ((20.0, 180.0), (15.0, 180.0), None),
        ((15.0, 180.0), (14.6, 180.0), None),
        ((15.0, 180.0), (14.4, 180.0), "halted_at_limit"),
        ((5.0, 180.0), (6.0, 180.0), None),
        ((6.0, 180.0), (5.0, 180.0), "halted_at_limit"),
        ((5.0, 180.0), (5.0, 200.0), None),
        ((30.0, 80.0), (30.0, 89.0), "halted_at_limit"),
        ((30.0, 89.0), (30.0, 80.0), None),
        ((88.0, 180.0), (88.4, 180.0), None),
        ((88.0, 180.0), (88.6, 180.0), "halted_at_zenith"),
        ((89.0, 180.0), (88.6, 180.0), None),
    ],
)
def test_what_goes_below_the_horizon_or_into_the_zenith_is_halted_and_what_comes_out_is_not(
    before: tuple[float, float], now: tuple[float, float], code: str | None
) -> None:
    bounds = Bounds(frozenset({Axes.ALTAZ}), LATITUDE, LimitSettings(), ROOF)
    one, other = (standing_at(*place, LATITUDE) for place in (before, now))
    found = breach(one, other, 0.25, 0.25, FASTEST, None, bounds, other)
    assert (found and found.code) == code


@pytest.mark.parametrize(
    ("before", "now", "code"),
    [
        ((18.0, 180.0), (17.0, 180.0), "halted_at_limit"),
        ((30.0, 180.0), (29.0, 180.0), None),
        ((16.5, 180.0), (16.45, 180.0), None),
        ((14.0, 180.0), (14.5, 180.0), None),
        ((85.0, 180.0), (86.0, 180.0), "halted_at_zenith"),
    ],
)
def test_what_nobody_sent_anywhere_is_halted_so_that_it_rests_before_the_limit(
    before: tuple[float, float], now: tuple[float, float], code: str | None
) -> None:
    bounds = Bounds(frozenset({Axes.ALTAZ}), LATITUDE, LimitSettings(), OPEN_HORIZON)
    one, other = (standing_at(*place, LATITUDE) for place in (before, now))
    found = breach(one, other, 0.25, 0.5, FASTEST, None, bounds)
    assert (found and found.code) == code


def test_what_goes_past_a_limit_of_declination_is_halted() -> None:
    bounds = Bounds(frozenset({Axes.FORK}), LATITUDE, LimitSettings(highest_dec_degrees=80.0), OPEN_HORIZON)
    found = breach(Standing(0.0, 80.0), Standing(0.0, 80.6), 0.25, 0.25, FASTEST, None, bounds)
    assert found is not None
    assert (found.code, found.details) == ("halted_at_dec_limit", {"dec_degrees": 80.6, "limit_degrees": 80.0})
    assert breach(Standing(0.0, 82.0), Standing(0.0, 81.0), 0.25, 0.25, FASTEST, None, bounds) is None


def test_the_reach_is_what_physics_says() -> None:
    assert reach_degrees(8.0, 0.25, 0.0, 8.0) == pytest.approx(4.0)
    assert reach_degrees(8.0, 0.25, 1.0, 8.0) == pytest.approx(12.0)
    assert reach_degrees(0.0, 0.0, 0.5, 8.0) == pytest.approx(1.0 + 1.0)
