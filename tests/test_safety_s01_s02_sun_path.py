"""S1, S2: no goto passes the Sun, whichever way the mount takes, and one that must go round finds a way round.

Random gotos by day, planned from what the program knows, made by the simulated axes, and judged by the Sun of JPL.
`CLUBSCOPE_NIGHTLY=1` makes ten times as many, at a telescope's own speed.
"""

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random

import pytest

from hardware_sim.geometry import GEOMETRIES, HourAngleDec
from scope.errors import NotAllowed
from scope.limits.axes import Axes, separation
from scope.limits.route import Route, plan
from scope.limits.where import EVERY_KIND
from tests.limits_world import LIMITS, World, bounds_for, jpl, our_sun, random_day, random_place, true_sun
from tests.single_axis_search import SingleAxisSearch

pytestmark = pytest.mark.filterwarnings("ignore:The file .* has expired:RuntimeWarning")

NIGHTLY = bool(os.environ.get("CLUBSCOPE_NIGHTLY"))
GOTOS, SLEW_RATE = (2000, 8.0) if NIGHTLY else (200, 40.0)
SITES = ((49.8, 73.1), (43.2, 76.9), (-33.9, 18.4), (68.4, 33.1), (20.0, -155.5))
NORTHERN = tuple(site for site in SITES if site[0] > 0.0)
"""The simulated German mount turns over the north pole wherever it stands."""


@pytest.fixture(scope="module", autouse=True)
def ephemeris() -> object:
    yield jpl()
    jpl().close()
    jpl.cache_clear()  # whoever needs it next opens it anew


@dataclass
class Tally:
    """What came of the gotos of one kind of mount."""

    legs: Counter[int] = field(default_factory=Counter)
    reasons: Counter[str | None] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    nearest: float = 180.0
    too_near: list[str] = field(default_factory=list)


def one_goto(axes: Axes, rng: Random, tally: Tally, told: bool = True) -> None:
    """`told`: whether the mount told how its axes stand."""
    site = rng.choice(NORTHERN if axes is Axes.GERMAN else SITES)
    utc, sun = random_day(rng, *site)
    bounds = bounds_for(axes, site[0])
    if not told:
        bounds = replace(bounds, axes=EVERY_KIND)
    here, target = random_place(rng, bounds, sun), random_place(rng, bounds, sun)
    world = World.with_tube_at(axes, here, utc, rng, site, SLEW_RATE)
    travel = world.first_degrees - 180.0 if axes is Axes.ALTAZ else None
    try:
        route = plan(here, target, sun, bounds, travel if told else None)
    except NotAllowed as refusal:
        tally.refused[refusal.code] += 1
        tally.missed += another_finds_a_way(world, axes, target, site)
        return
    tally.legs[len(route.legs)] += 1
    tally.reasons[route.reason] += 1
    nearest = nearest_on_the_way(world, route, target)
    tally.nearest = min(tally.nearest, nearest)
    if nearest < LIMITS.sun_radius_degrees - 0.5:
        tally.too_near.append(f"{nearest:.2f}° at {utc} {site}: {here} -> {target}, {route}")


def nearest_on_the_way(world: World, route: Route, target: object) -> float:
    point = world.celestial(route.legs[-1])
    nearest = 180.0
    for leg in route.legs:
        sun = true_sun(world.utc, world.latitude, world.longitude)
        aim = point if leg is route.legs[-1] else world.celestial(leg)
        in_the_sky = world.celestial(sun.standing)
        for place in world.goto(aim):
            nearest = min(nearest, separation(place, world.stands(in_the_sky)))
    assert separation(world.here(), world.stands(point)) < 0.1
    return nearest


def another_finds_a_way(world: World, axes: Axes, target: object, site: tuple[float, float]) -> bool:
    sun = our_sun(world.utc, *site).standing
    search = SingleAxisSearch(
        GEOMETRIES[axes.value],
        site[0],
        HourAngleDec(sun.hour_angle_degrees, sun.dec_degrees),
        LIMITS.sun_radius_degrees,
        LIMITS.lowest_altitude_degrees,
        LIMITS.highest_altitude_degrees,
    )
    return search.finds_a_way(world.mount._motors(), HourAngleDec(target.hour_angle_degrees, target.dec_degrees))


@pytest.mark.timeout(3600 if NIGHTLY else 120)
@pytest.mark.parametrize("axes", Axes)
def test_no_goto_by_day_passes_the_sun_and_what_can_be_gone_round_is(axes: Axes) -> None:
    tally, rng = Tally(), Random(f"{axes.value} by day")
    for _ in range(GOTOS):
        one_goto(axes, rng, tally)
    print(axes.value, tally)
    assert tally.too_near == []
    assert tally.refused.keys() <= {"path_near_sun", "path_below_horizon", "cable_wrapped"}
    solved = GOTOS - tally.refused.total()
    assert solved >= 0.95 * (solved + tally.missed)
    assert tally.reasons["sun"] > 0.05 * GOTOS


@pytest.mark.timeout(3600 if NIGHTLY else 120)
@pytest.mark.parametrize("axes", [Axes.FORK, Axes.GERMAN])
def test_nor_does_one_of_a_mount_that_does_not_tell_how_its_axes_stand(axes: Axes) -> None:
    """An upright fork must be told apart for its cables' sake, or it may take the long way round at its stops."""
    tally, rng = Tally(), Random(f"{axes.value} unknown")
    for _ in range(GOTOS // 5):
        one_goto(axes, rng, tally, told=False)
    print(axes.value, tally)
    assert tally.too_near == []
    assert tally.refused.total() <= 0.25 * (GOTOS // 5)
