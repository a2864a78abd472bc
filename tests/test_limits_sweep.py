"""The rectangle between two poses: its closed form against brute force."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope.limits.axes import Axes, Pose, altitude_degrees, separation, standing
from scope.limits.sweep import Sweep
from scope.position import Standing

GRID = 20
kinds = st.sampled_from(Axes)
latitudes = st.floats(-85.0, 85.0)
poses = st.builds(Pose, st.floats(-400.0, 400.0), st.floats(-100.0, 280.0))
spans = st.tuples(st.floats(-40.0, 40.0), st.floats(-40.0, 40.0))
places = st.builds(Standing, st.floats(-180.0, 179.9), st.floats(-90.0, 90.0))


def points(sweep: Sweep) -> list[Standing]:
    return [
        standing(
            sweep.axes,
            Pose(
                sweep.start.first_degrees + sweep.first_degrees * i / GRID,
                sweep.start.second_degrees + sweep.second_degrees * j / GRID,
            ),
            sweep.latitude_degrees,
        )
        for i in range(GRID + 1)
        for j in range(GRID + 1)
    ]


@settings(deadline=None)
@given(kinds, latitudes, poses, spans, places)
def test_nothing_in_the_rectangle_is_nearer_and_something_is_as_near(
    axes: Axes, latitude: float, start: Pose, span: tuple[float, float], place: Standing
) -> None:
    end = Pose(start.first_degrees + span[0], start.second_degrees + span[1])
    sweep = Sweep(axes, latitude, start, end)
    sampled = min(separation(point, place) for point in points(sweep))
    half_a_cell = (abs(span[0]) + abs(span[1])) / GRID / 2
    nearest = sweep.nearest_degrees(place)
    assert sampled - half_a_cell - 1e-5 <= nearest <= sampled + 1e-5


@settings(deadline=None)
@given(kinds, latitudes, poses, spans, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_every_direction_within_the_rectangle_is_met(
    axes: Axes, latitude: float, start: Pose, span: tuple[float, float], one: float, other: float
) -> None:
    sweep = Sweep(axes, latitude, start, Pose(start.first_degrees + span[0], start.second_degrees + span[1]))
    within = Pose(start.first_degrees + one * span[0], start.second_degrees + other * span[1])
    assert sweep.nearest_degrees(standing(axes, within, latitude)) < 1e-4


@settings(deadline=None)
@given(kinds, latitudes, poses, spans)
def test_the_lowest_altitude_is_lower_than_every_point_and_as_low_as_one(
    axes: Axes, latitude: float, start: Pose, span: tuple[float, float]
) -> None:
    sweep = Sweep(axes, latitude, start, Pose(start.first_degrees + span[0], start.second_degrees + span[1]))
    sampled = min(altitude_degrees(point, latitude) for point in points(sweep))
    half_a_cell = (abs(span[0]) + abs(span[1])) / GRID / 2
    assert sampled - half_a_cell - 1e-5 <= sweep.lowest_altitude_degrees() <= sampled + 1e-5


@pytest.mark.parametrize(
    ("start", "end", "sun", "nearest"),
    [
        (Pose(350.0, 30.0), Pose(370.0, 30.0), Pose(0.0, 40.0), 10.0),  # across azimuth 0
        (Pose(350.0, 30.0), Pose(10.0, 30.0), Pose(180.0, 30.0), 0.0),  # the same ends the long way round
        (Pose(20.0, 80.0), Pose(20.0, 110.0), Pose(77.0, 90.0), 0.0),  # through the zenith
        (Pose(0.0, -10.0), Pose(0.0, -40.0), Pose(0.0, 5.0), 15.0),  # below the horizon
        (Pose(90.0, 45.0), Pose(90.0, 45.0), Pose(90.0, 25.0), 20.0),  # nowhere at all
    ],
)
def test_cases_worth_a_line(start: Pose, end: Pose, sun: Pose, nearest: float) -> None:
    sweep = Sweep(Axes.ALTAZ, 49.8, start, end)
    assert sweep.nearest_to(sun) == pytest.approx(nearest, abs=1e-6)


@settings(deadline=None)
@given(poses, spans, st.sampled_from([1.0, 3.0]))
def test_a_path_begins_and_ends_with_the_sweep_and_steps_no_further_than_asked(
    start: Pose, span: tuple[float, float], step: float
) -> None:
    sweep = Sweep(Axes.FORK, 49.8, start, Pose(start.first_degrees + span[0], start.second_degrees + span[1]))
    for path in sweep.paths(step):
        before = (start.first_degrees, start.second_degrees)
        for pose in path:
            assert abs(pose[0] - before[0]) <= step * 1.0001
            assert abs(pose[1] - before[1]) <= step * 1.0001
            before = pose
        assert before == pytest.approx((sweep.end.first_degrees, sweep.end.second_degrees))


def test_one_path_turns_both_axes_at_one_rate_and_the_other_in_one_time() -> None:
    even, together, between = Sweep(Axes.FORK, 0.0, Pose(0.0, 0.0), Pose(10.0, 40.0)).paths()
    assert (10, 10) in [tuple(map(round, pose)) for pose in together]
    assert (5, 20) in [tuple(map(round, pose)) for pose in even]
    assert (7.5, 20.0) in between
