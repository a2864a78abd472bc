"""The simulated axes move as motors do: whole steps, ramps, end stops, and no running past."""

from itertools import pairwise
from math import cos, hypot, radians

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.axes import DEGREES_PER_STEP, Axis
from hardware_sim.belief import Celestial
from hardware_sim.geometry import GEOMETRIES, HourAngleDec, Travel, from_horizontal
from hardware_sim.mount import Motion, Mount
from hardware_sim.mount_clock import MountClock, Site

TICK = 0.01
FREE = Travel(-1000.0, 1000.0)
KARAGANDA = Site(49.80, 73.10)
EVENING = 1795453200.0  # 2026-11-23 17:00 UTC


def build(geometry: str, slew_rate: float = 4.0, site: Site = KARAGANDA) -> Mount:
    return Mount(GEOMETRIES[geometry], site, MountClock.right(5.0), slew_rate, t=0.0, utc_seconds=EVENING)


def above_ground(mount: Mount, hour_angle: float, dec: float) -> Celestial:
    return mount.belief.celestial(HourAngleDec(hour_angle, dec), mount.true_utc_seconds)


@settings(deadline=None, max_examples=30)
@given(
    start=st.floats(-180, 180),
    goal=st.floats(-180, 180),
    goal_rate=st.floats(-0.01, 0.01),
    fastest=st.floats(0.5, 20),
)
def test_an_axis_arrives_on_its_goal_without_running_past(
    start: float, goal: float, goal_rate: float, fastest: float
) -> None:
    axis = Axis(start, FREE, fastest, acceleration=fastest)
    side = 1.0 if goal >= start else -1.0
    for _ in range(int((360.0 / fastest + 5.0) / TICK)):
        goal += goal_rate * TICK
        speed = axis.velocity
        axis.chase(goal, goal_rate, TICK)
        assert abs(axis.velocity) <= fastest
        assert abs(axis.velocity - speed) <= fastest * TICK + 1e-9
        assert (goal - axis.position) * side > -DEGREES_PER_STEP
    assert axis.position == pytest.approx(goal, abs=1e-9)
    assert axis.velocity == pytest.approx(goal_rate, abs=1e-6)


def test_an_axis_stands_on_whole_steps_only() -> None:
    axis = Axis(0.0, FREE, 4.0, acceleration=4.0)
    for _ in range(500):
        axis.drive(0.0123, TICK)
        assert axis.degrees / DEGREES_PER_STEP == pytest.approx(axis.steps)
        assert abs(axis.degrees - axis.position) <= DEGREES_PER_STEP / 2


def test_an_axis_takes_the_ramp_up_and_down() -> None:
    axis = Axis(0.0, FREE, 4.0, acceleration=2.0)
    speeds = []
    for wanted in [4.0] * 300 + [0.0] * 300:
        axis.drive(wanted, TICK)
        speeds.append(axis.velocity)
    assert speeds[99] == pytest.approx(2.0)
    assert speeds[299] == pytest.approx(4.0)
    assert speeds[399] == pytest.approx(2.0)
    assert speeds[-1] == 0.0


@settings(deadline=None, max_examples=30)
@given(rate=st.floats(-20, 20).filter(lambda rate: abs(rate) > 0.1), start=st.floats(-5, 92))
def test_an_axis_brakes_in_time_for_its_end_stop(rate: float, start: float) -> None:
    axis = Axis(start, Travel(-5.0, 92.0), 20.0, acceleration=4.0)
    speeds = [0.0]
    for _ in range(int(100.0 / abs(rate) / TICK) + 2000):
        axis.drive(rate, TICK)
        speeds.append(axis.velocity)
        assert axis.travel.lowest - 1e-9 <= axis.position <= axis.travel.highest + 1e-9
    assert all(abs(later - earlier) <= 4.0 * TICK + 1e-9 for earlier, later in pairwise(speeds))
    assert axis.is_at_stop
    assert abs(axis.velocity) < 0.05


@pytest.mark.parametrize("geometry", sorted(GEOMETRIES))
@pytest.mark.parametrize(
    ("hour_angle", "dec"), [(-60.0, 20.0), (60.0, 20.0), (10.0, -20.0), (-100.0, 75.0), (5.0, 89.5)]
)
def test_a_goto_ends_on_the_step_of_its_target(geometry: str, hour_angle: float, dec: float) -> None:
    mount = build(geometry, slew_rate=20.0)
    target = above_ground(mount, hour_angle, dec)
    mount.goto(target)
    mount.advance(40.0)
    assert mount.motion is Motion.HOLDING
    for t in (41.0, 50.0, 100.0):
        mount.advance(t)
        truth = mount.truth()
        assert (
            truth.dec_degrees == pytest.approx(target.dec_degrees, abs=0.6 * DEGREES_PER_STEP + 1e-9)
            or geometry == "altaz"
        )
        assert apart_arcseconds(truth.ra_degrees, truth.dec_degrees, target) < 0.3


def apart_arcseconds(ra: float, dec: float, target: Celestial) -> float:
    across = (ra - target.ra_degrees + 180.0) % 360.0 - 180.0
    return 3600.0 * hypot(across * cos(radians(dec)), dec - target.dec_degrees)


@pytest.mark.parametrize("geometry", sorted(GEOMETRIES))
@pytest.mark.parametrize("site", [Site(-33.9, 151.2), Site(0.0, -179.9), Site(78.2, 15.6)], ids=str)
def test_it_finds_its_target_from_any_place_on_earth(geometry: str, site: Site) -> None:
    mount = build(geometry, slew_rate=20.0, site=site)
    target = above_ground(mount, -20.0, site.latitude_degrees * 0.7)
    mount.goto(target)
    mount.advance(60.0)
    truth = mount.truth()
    assert not truth.slewing
    assert apart_arcseconds(truth.ra_degrees, truth.dec_degrees, target) < 0.3


def test_a_star_through_the_zenith_is_lost_and_found_again() -> None:
    """An upright fork would have to turn infinitely fast there."""
    mount = build("altaz", site=Site(20.0, 73.1))
    target = above_ground(mount, -0.2, 20.0)
    mount.goto(target)
    mount.advance(40.0)
    worst = 0.0
    for t in range(41, 200):
        mount.advance(float(t))
        assert max(map(abs, mount.truth().axis_rates)) <= 4.0
        worst = max(worst, apart_arcseconds(mount.truth().ra_degrees, mount.truth().dec_degrees, target))
    assert worst > 10.0
    assert apart_arcseconds(mount.truth().ra_degrees, mount.truth().dec_degrees, target) < 0.3


def test_the_same_times_give_the_same_steps_however_often_it_is_asked() -> None:
    one, other = build("altaz"), build("altaz")
    for mount in (one, other):
        mount.goto(above_ground(mount, -30.0, 40.0))
    for t in range(1, 3000):
        one.advance(t * 0.01 + 0.005)
    other.advance(29.995)
    assert one.truth().axis_rates == other.truth().axis_rates
    assert one.truth() == other.truth()


def test_a_german_mount_changes_the_side_of_the_pier_with_the_hour_angle() -> None:
    mount = build("german", slew_rate=40.0)
    mount.goto(above_ground(mount, 30.0, 40.0))
    mount.advance(30.0)
    west = mount._encoders()
    mount.goto(above_ground(mount, -30.0, 40.0))
    mount.advance(60.0)
    east = mount._encoders()
    assert west.second == pytest.approx(40.0, abs=0.01)
    assert east.second == pytest.approx(140.0, abs=0.01)
    assert east.first == pytest.approx(150.0, abs=0.5)


def test_a_mount_held_by_its_end_stop_does_not_turn_on() -> None:
    mount = build("german", slew_rate=40.0)
    mount.goto(above_ground(mount, -1.0, 20.0))
    mount.advance(30.0)
    mount.press(0, 20.0)
    mount.advance(40.0)
    mount.release(0, 1.0)
    mount.advance(100.0)
    assert mount.truth().axis_rates[0] == pytest.approx(0.0, abs=1e-6)
    assert mount._encoders().first == pytest.approx(195.0, abs=2 * DEGREES_PER_STEP)


def test_the_azimuth_unwinds_when_the_cable_is_at_its_end() -> None:
    mount = build("altaz", slew_rate=40.0)
    for azimuth in (270.0, 0.0, 90.0, 180.0, 270.0, 0.0):
        sky = mount.belief.celestial(
            from_horizontal(30.0, azimuth, KARAGANDA.latitude_degrees),
            mount.true_utc_seconds,
        )
        mount.goto(sky)
        mount.advance(mount._t + 40.0)
        assert mount.motion is Motion.HOLDING
        assert -135.0 <= mount._encoders().first <= 495.0
        assert apart_arcseconds(mount.truth().ra_degrees, mount.truth().dec_degrees, sky) < 0.3
