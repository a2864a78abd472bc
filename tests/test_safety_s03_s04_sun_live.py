"""S3, S4 by day: motion by hand, by a goto and by the hand box never comes nearer to the Sun than was promised.

Judged by where the simulated axes stood and by JPL's Sun. R is the default radius, 20°.
"""

import os
from pathlib import Path
from random import Random

import pytest

from scope.errors import NotAllowed
from scope.limits.axes import separation, standing_at
from scope.orders import Direction, Nudge, NudgeRate
from scope.position import Epoch, Equatorial, arc_degrees
from scope.snapshot import Motion
from scope.target import Kind, Target
from tests.hand_time import HandTelescope, hand_telescope
from tests.telescopes import MORNING, SITE
from tests.true_sun import degrees_from_sun, nearest_to_sun, sun_at

REFUSED_KEYS = ("nudge_into_sun", "nudge_below_horizon", "nudge_into_zenith", "nudge_outside_dec")
RADIUS = 20.0
LIVE_DEGREES = 3.0
"""By hand at full rate the tube may come so much nearer than R before it rests."""
WAY_DEGREES = 0.5
GEOMETRIES = ("altaz", "fork", "german")
RANDOM_PRESSES = 150 if os.environ.get("CLUBSCOPE_NIGHTLY") else 6
SUN = sun_at(MORNING)
"""Altitude and azimuth: 53° high in the south-east."""


def beside_sun(altitude: float, azimuth: float) -> tuple[float, float]:
    """So far from the Sun in altitude and azimuth."""
    return SUN[0] + altitude, (SUN[1] + azimuth) % 360.0


def from_sun(place: tuple[float, float]) -> float:
    return arc_degrees(place[1], place[0], SUN[1], SUN[0])


def target_at_place(altitude: float, azimuth: float, telescope: HandTelescope) -> Target:
    """What stands there now."""
    guard = telescope.controller.guard
    place = guard.place(standing_at(altitude, azimuth, SITE.latitude_degrees), telescope.clock.utc())
    assert place.epoch is Epoch.OF_DATE
    return Target("there", Kind.COORDINATES, Equatorial(place.ra_hours, place.dec_degrees, Epoch.OF_DATE))


def press_until_rest(telescope: HandTelescope, direction: Direction, rate: NudgeRate, seconds: float) -> bool:
    """Whether the press was allowed to begin; then it has ended, one way or another."""
    try:
        telescope.press(direction, rate, seconds)
    except NotAllowed as refusal:
        if refusal.code not in REFUSED_KEYS:
            raise
        return False
    telescope.run(seconds + 0.5)
    telescope.run_until(telescope.rests, 5, "rest")
    telescope.settle()
    return True


TOWARDS = [
    ("altaz", beside_sun(-35, 0), Direction.NORTH),
    ("altaz", beside_sun(32, 0), Direction.SOUTH),
    ("altaz", beside_sun(0, 55), Direction.EAST),
    ("altaz", beside_sun(-5, -55), Direction.WEST),
]


@pytest.mark.parametrize("rate", [NudgeRate.FIND, NudgeRate.SLEW])
@pytest.mark.parametrize(("geometry", "start", "direction"), TOWARDS)
def test_a_key_held_towards_the_sun_ends_before_it_and_locks_until_somebody_has_seen_it(
    tmp_path: Path, geometry: str, start: tuple[float, float], direction: Direction, rate: NudgeRate
) -> None:
    with hand_telescope(tmp_path, MORNING, geometry, start) as t:
        begun = t.seconds
        assert press_until_rest(t, direction, rate, 9.0)
        assert nearest_to_sun(t.truths_since(begun)) >= RADIUS - LIVE_DEGREES
        assert degrees_from_sun(t.truth) < from_sun(start) - 3, "it was allowed to come nearer, and did"
        t.settle()
        assert [(alarm.code, alarm.latched) for alarm in t.now.alarms if alarm.code == "sun_near"] == [
            ("sun_near", True)
        ]
        with pytest.raises(NotAllowed) as refusal:
            t.controller.goto(target_at_place(*start, t))
        assert refusal.value.code == "sun_lock_out"
        t.controller.alarms.acknowledge("sun_near")
        t.controller.goto(target_at_place(*start, t))
        t.run_until(lambda: t.now.arrived, 30)
        assert nearest_to_sun(t.truths_since(begun)) >= RADIUS - LIVE_DEGREES


@pytest.mark.parametrize("fault", ["latency 0.3", "late 0.4", "dribble 0.05"])
@pytest.mark.parametrize(
    ("start", "direction", "begins"),
    [(beside_sun(-35, 0), Direction.NORTH, False), (beside_sun(0, -110), Direction.WEST, True)],
    ids=["near", "far"],
)
def test_on_a_line_that_tells_late_a_key_ends_sooner_or_is_refused(
    tmp_path: Path, fault: str, start: tuple[float, float], direction: Direction, begins: bool
) -> None:
    """F07: three presses one after the other at full rate; `begins`: so far off that the first has to be allowed."""
    with hand_telescope(tmp_path, MORNING, start=start) as t:
        t.control(fault)
        t.run(5)
        begun = t.seconds
        assert press_until_rest(t, direction, NudgeRate.SLEW, 9.0) or not begins
        for _ in range(2):
            press_until_rest(t, direction, NudgeRate.SLEW, 9.0)
        t.run(1)
        assert nearest_to_sun(t.truths_since(begun)) >= RADIUS - LIVE_DEGREES


@pytest.mark.parametrize("seed", range(RANDOM_PRESSES))
def test_no_press_from_anywhere_in_any_direction_comes_nearer(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    geometry, direction = GEOMETRIES[seed % 3], chance.choice(list(Direction))
    while True:
        start = chance.uniform(17.0, 85.0), chance.uniform(0.0, 360.0)
        if RADIUS < from_sun(start) < 70.0:
            break
    with hand_telescope(tmp_path, MORNING, geometry, start) as t:
        begun = t.seconds
        for number in range(2):
            press_until_rest(t, direction, NudgeRate.SLEW, 4.0 + number)
            direction = chance.choice(list(Direction))
        assert nearest_to_sun(t.truths_since(begun)) >= RADIUS - LIVE_DEGREES


@pytest.mark.parametrize(
    ("start", "away", "towards"),
    [
        (beside_sun(-12, 0), Direction.SOUTH, Direction.NORTH),
        (beside_sun(15, 0), Direction.NORTH, Direction.SOUTH),
        (beside_sun(0, 20), Direction.WEST, Direction.EAST),
        (beside_sun(0, -20), Direction.EAST, Direction.WEST),
    ],
)
def test_who_is_inside_may_leave_and_not_go_deeper(
    tmp_path: Path, start: tuple[float, float], away: Direction, towards: Direction
) -> None:
    assert from_sun(start) < RADIUS
    with hand_telescope(tmp_path, MORNING, start=start) as t:
        before = len(t.wire.said)
        for rate in NudgeRate:
            with pytest.raises(NotAllowed) as refusal:
                t.controller.nudge(Nudge(towards, rate, f"in-{rate.value}", 0), "Aigerim")
            assert refusal.value.code == "nudge_into_sun"
        assert not any(b":M" in said.data for said in t.wire.said[before:]), "refused before the first byte"
        begun = t.seconds
        assert press_until_rest(t, away, NudgeRate.FIND, 4.0)
        assert nearest_to_sun(t.truths_since(begun)) >= from_sun(start) - 0.3
        assert degrees_from_sun(t.truth) > from_sun(start) + 3


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_a_goto_whose_straight_way_passes_the_sun_goes_round_it(tmp_path: Path, geometry: str) -> None:
    there = beside_sun(-5, 62)
    with hand_telescope(tmp_path, MORNING, geometry, beside_sun(-5, -62)) as t:
        begun, target = t.seconds, target_at_place(*there, t)
        t.controller.goto(target)
        assert t.now.detour == "sun"
        t.run_until(lambda: t.now.arrived, 120, "arrival")
        assert len(t.times_of(b":MS#")) > 1
        assert nearest_to_sun(t.truths_since(begun)) >= RADIUS - WAY_DEGREES
        assert arc_degrees(t.truth.azimuth_degrees, t.truth.altitude_degrees, there[1], there[0]) < 1.0
        assert t.actions().count("arrived") == 1


def test_a_target_beside_the_sun_is_refused_with_how_near_it_is(tmp_path: Path) -> None:
    with hand_telescope(tmp_path, MORNING, start=beside_sun(0, 90)) as t:
        with pytest.raises(NotAllowed) as refusal:
            t.controller.goto(target_at_place(*beside_sun(-10, 0), t))
        assert refusal.value.code == "too_near_sun"
        assert refusal.value.details["separation_degrees"] == pytest.approx(10, abs=0.3)
        assert not t.times_of(b":MS#")


@pytest.mark.parametrize("rate", [1.0, 2.0, 4.0])
def test_the_hand_box_is_halted_before_the_sun(tmp_path: Path, rate: float) -> None:
    """S26: nobody ordered it here, and it is guarded all the same."""
    start = beside_sun(0, -60)
    with hand_telescope(tmp_path, MORNING, start=start) as t:
        begun = t.seconds
        t.control(f"hand-box first {rate} 40")
        t.run_until(lambda: t.times_of(b":Q#", begun), 40, "a halt")
        t.run_until(t.rests, 5, "rest")
        assert nearest_to_sun(t.truths_since(begun)) >= RADIUS - LIVE_DEGREES
        t.settle()
        assert "sun_near" in t.alarms()
        assert any(what.action == "alarm" and what.result == "external_motion" for what in t.happened)


def test_a_goto_that_is_led_astray_towards_the_sun_is_halted_before_it(tmp_path: Path) -> None:
    """The mount's own fault (F33): accepted for the far side, it runs the other way."""
    with hand_telescope(tmp_path, MORNING, start=beside_sun(0, 80)) as t:
        begun = t.seconds
        t.control("runaway")
        t.controller.goto(target_at_place(*beside_sun(0, 140), t))
        t.run_until(lambda: t.times_of(b":Q#", begun), 30, "a halt")
        t.run_until(t.rests, 5, "rest")
        assert nearest_to_sun(t.truths_since(begun)) >= RADIUS - LIVE_DEGREES
        t.settle(Motion.TRACKING)


def test_by_night_there_is_no_sun_to_keep_from(tmp_path: Path) -> None:
    with hand_telescope(tmp_path, start=(40.0, 180.0)) as t:
        guard, utc = t.controller.guard, t.clock.utc()
        down = guard.sun(utc).standing
        assert separation(guard.standing(guard.place(down, utc), utc), down) < 0.01
        assert press_until_rest(t, Direction.NORTH, NudgeRate.SLEW, 1.0)
        assert "sun_near" not in t.alarms()
