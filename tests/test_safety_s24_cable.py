"""S24: two days of random gotos and of tracking between them, and the cables are never wound further than allowed.

The slews are the simulated mount's, the winding is counted from looks at where the tube points; the truth is the angle
of its axis, whole turns told apart.
"""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND
from scope.errors import NotAllowed
from scope.limits.axes import Axes, azimuth_degrees, standing_at
from scope.limits.cable import is_wound_up, may_wind, wound
from scope.limits.route import plan
from scope.limits.sun import SunNow
from scope.position import Standing, wrapped
from scope.settings import LimitSettings
from tests.limits_world import BEGIN, World, bounds_for, our_sun, random_place

HOURS = 48
CABLE = 270.0


class Evening:
    """One mount that is sent here and there; a new simulated one each time, its axes where the last one's were."""

    def __init__(self, site: tuple[float, float], rng: Random) -> None:
        self._site, self._rng, self.bounds = site, rng, bounds_for(Axes.ALTAZ, site[0], cable_degrees=CABLE)
        self.here, self.utc = random_place(rng, self.bounds), BEGIN
        self.truth = self.counted = azimuth_degrees(self.here, site[0]) - 180.0
        self.worst, self.unwound, self.refused, self.gotos = 0.0, 0, 0, 0

    def go(self) -> None:
        sun = our_sun(self.utc, *self._site)
        self.gotos += 1
        try:
            target = random_place(self._rng, self.bounds, sun if sun.altitude_degrees > -2.0 else None)
            route = plan(self.here, target, sun, self.bounds, self.counted)
        except NotAllowed:
            self.refused += 1
            return
        self.unwound += route.reason == "cable"
        world = World.with_tube_at(Axes.ALTAZ, self.here, self.utc, self._rng, self._site, 90.0, self.truth + 180.0)
        azimuth = azimuth_degrees(self.here, self._site[0])
        for leg in route.legs:
            for place in world.goto(world.celestial(leg), 0.25):
                seen = azimuth_degrees(place, self._site[0])
                self.counted, azimuth = wound(self.counted, azimuth, seen), seen
                self.truth = world.first_degrees - 180.0
                self.worst = max(self.worst, abs(self.truth))
        self.here, self.utc = world.here(), world.utc

    def track(self, minutes: int) -> None:
        """Until the cables forbid it."""
        for _ in range(minutes * 2):
            turned = Standing(
                wrapped(self.here.hour_angle_degrees + 30.0 * SIDEREAL_DEGREES_PER_SECOND), self.here.dec_degrees
            )
            before, now = (azimuth_degrees(place, self._site[0]) for place in (self.here, turned))
            self.utc += timedelta(seconds=30)
            if is_wound_up(wound(self.counted, before, now), self.bounds.limits):
                continue
            self.counted, self.truth = wound(self.counted, before, now), self.truth + wrapped(now - before)
            self.worst, self.here = max(self.worst, abs(self.truth)), turned


@pytest.mark.parametrize("site", [(49.8, 73.1), (-33.9, 18.4)])
def test_two_days_of_gotos_never_wind_the_cables_too_far(site: tuple[float, float]) -> None:
    rng = Random(f"cable {site}")
    evening = Evening(site, rng)
    while evening.utc < BEGIN + timedelta(hours=HOURS):
        evening.go()
        evening.track(rng.randrange(1, 30))
    assert evening.counted == pytest.approx(evening.truth, abs=0.01)
    assert evening.worst <= CABLE + 0.01
    assert evening.unwound > 5
    assert evening.gotos > 100
    assert evening.refused <= 0.05 * evening.gotos


@given(st.lists(st.floats(-179.0, 179.0), max_size=60))
def test_the_count_is_the_sum_of_all_turns_that_were_seen(turns: list[float]) -> None:
    counted = truth = 0.0
    for turn in turns:
        counted = wound(counted, truth % 360.0, (truth + turn) % 360.0)
        truth += turn
    assert counted == pytest.approx(truth, abs=1e-6)


@pytest.mark.parametrize(
    ("travel", "turn", "allowed"),
    [
        (0.0, 270.0, True),
        (0.0, 270.1, False),
        (-260.0, -20.0, False),
        (-260.0, 20.0, True),
        (300.0, -10.0, True),
        (300.0, 10.0, False),
        (300.0, -600.0, False),
        (float("nan"), 1.0, False),
    ],
)
def test_the_cable_may_be_wound_so_far_and_always_unwound(travel: float, turn: float, allowed: bool) -> None:
    limits = LimitSettings(cable_degrees=CABLE)
    assert may_wind(travel, turn, limits) == allowed
    assert is_wound_up(travel, limits) == (not abs(travel) <= CABLE)


def test_a_target_that_only_too_much_winding_reaches_is_refused_in_numbers() -> None:
    """By day, with the Sun in the way of the other way round."""
    bounds = bounds_for(Axes.ALTAZ, 49.8, cable_degrees=180.0, highest_altitude_degrees=60.0, sun_radius_degrees=60.0)
    sun = SunNow(standing_at(30.0, 300.0, 49.8), 30.0)
    with pytest.raises(NotAllowed) as refusal:
        plan(standing_at(20.0, 90.0, 49.8), standing_at(20.0, 180.0, 49.8), sun, bounds, 170.0)
    assert refusal.value.code == "cable_wrapped"
    assert refusal.value.details == {"travel_degrees": 170.0, "limit_degrees": 180.0}
