"""Axis angles and the sky, held against another's reckoning: the simulated mounts' own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.geometry import GEOMETRIES, AxisPair, HourAngleDec, horizontal
from scope.limits import axes as ours
from scope.limits.axes import Axes, Pose
from scope.position import Standing
from scope.settings import LimitSettings

LIMITS = LimitSettings()
places = st.builds(Standing, st.floats(-180.0, 179.99), st.floats(-89.9, 89.9))
latitudes = st.floats(-89.0, 89.0)
kinds = st.sampled_from(Axes)


def is_same(one: Standing, other: Standing) -> bool:
    return ours.separation(one, other) < 1e-6


@settings(deadline=None)
@given(places, latitudes)
def test_it_stands_where_the_simulator_says(place: Standing, latitude: float) -> None:
    altitude, azimuth = horizontal(HourAngleDec(place.hour_angle_degrees, place.dec_degrees), latitude)
    assert ours.altitude_degrees(place, latitude) == pytest.approx(altitude, abs=1e-9)
    assert ours.wrapped(ours.azimuth_degrees(place, latitude) - azimuth) == pytest.approx(0.0, abs=1e-9)
    assert is_same(ours.standing_at(altitude, azimuth, latitude), place)


@settings(deadline=None)
@given(kinds, places, latitudes)
def test_every_pose_points_there(axes: Axes, place: Standing, latitude: float) -> None:
    found = ours.poses(axes, place, latitude, LIMITS)
    assert found
    for pose in found:
        assert is_same(ours.standing(axes, pose, latitude), place)


@settings(deadline=None)
@given(kinds, st.floats(-400.0, 400.0), st.floats(-95.0, 275.0), latitudes)
def test_a_pose_points_where_the_simulated_axes_point(axes: Axes, first: float, second: float, latitude: float) -> None:
    if axes is Axes.ALTAZ:
        second = min(second, 90.0)  # tipped further, the simulator's own reckoning is asked about nothing
    sky = GEOMETRIES[axes.value].sky(AxisPair(first, second), latitude)
    there = ours.standing(axes, Pose(first, second), latitude)
    assert is_same(there, Standing(sky.hour_angle, sky.dec))


@pytest.mark.parametrize(
    ("hour_angle", "overrun", "expected"),
    [
        (40.0, 15.0, [(40.0, 10.0)]),
        (-40.0, 15.0, [(140.0, 170.0)]),
        (10.0, 15.0, [(10.0, 10.0), (190.0, 170.0)]),
        (-10.0, 15.0, [(-10.0, 10.0), (170.0, 170.0)]),
        (-170.0, 15.0, [(190.0, 10.0), (10.0, 170.0)]),
        (170.0, 15.0, [(170.0, 10.0), (-10.0, 170.0)]),
        (10.0, 0.0, [(10.0, 10.0)]),
        (-10.0, 0.0, [(170.0, 170.0)]),
    ],
)
def test_a_german_mount_has_both_sides_within_its_overrun_only(
    hour_angle: float, overrun: float, expected: list[tuple[float, float]]
) -> None:
    found = ours.poses(Axes.GERMAN, Standing(hour_angle, 10.0), 49.8, LimitSettings(meridian_overrun_degrees=overrun))
    assert [(pose.first_degrees, pose.second_degrees) for pose in found] == expected


@settings(deadline=None)
@given(places, latitudes, st.floats(0.0, 60.0))
def test_a_german_mount_reaches_every_hour_angle(place: Standing, latitude: float, overrun: float) -> None:
    assert ours.poses(Axes.GERMAN, place, latitude, LimitSettings(meridian_overrun_degrees=overrun))


def test_in_the_south_a_german_mount_flips_over_the_south_pole() -> None:
    (pose,) = ours.poses(Axes.GERMAN, Standing(-40.0, -10.0), -33.9, LIMITS)
    assert (pose.first_degrees, pose.second_degrees) == (140.0, -170.0)


@pytest.mark.parametrize(
    ("axes", "start", "target", "turns"),
    [
        (Axes.ALTAZ, Pose(10.0, 40.0), Pose(350.0, 40.0), {-20.0}),
        (Axes.ALTAZ, Pose(370.0, 40.0), Pose(20.0, 40.0), {10.0}),
        (Axes.ALTAZ, Pose(0.0, 40.0), Pose(175.0, 40.0), {175.0, -185.0}),
        (Axes.FORK, Pose(-100.0, 0.0), Pose(100.0, 0.0), {200.0, -160.0}),
        (Axes.FORK, Pose(-50.0, 0.0), Pose(50.0, 0.0), {100.0}),
        (Axes.FORK, Pose(-170.0, 75.0), Pose(-120.0, 30.0), {50.0, -310.0}),
        (Axes.GERMAN, Pose(140.0, 170.0), Pose(40.0, 10.0), {-100.0}),
        (Axes.GERMAN, Pose(140.0, 170.0), Pose(5.0, 10.0), {-135.0, 45.0}),
        (Axes.GERMAN, Pose(40.0, 10.0), Pose(5.0, 10.0), {-35.0}),
        (Axes.GERMAN, Pose(40.0, 10.0), Pose(-5.0, 10.0), {-45.0, 135.0}),
    ],
)
def test_a_goto_may_turn_the_first_axis_by(axes: Axes, start: Pose, target: Pose, turns: set[float]) -> None:
    ends = ours.ends(axes, start, target, 49.8, LIMITS)
    assert {round(end.first_degrees - start.first_degrees, 9) for end in ends} == turns


@settings(deadline=None)
@given(kinds.filter(lambda axes: axes is not Axes.GERMAN), places, places, st.floats(-75.0, 75.0))
def test_a_goto_ends_on_its_target(axes: Axes, here: Standing, target: Standing, latitude: float) -> None:
    for start in ours.poses(axes, here, latitude, LIMITS):
        for end in ours.ends(axes, start, ours.upright(axes, target, latitude), latitude, LIMITS):
            assert is_same(ours.standing(axes, end, latitude), target)
