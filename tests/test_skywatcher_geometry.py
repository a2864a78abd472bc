"""Two motors and the sky: the table of what counts mean, there and back, and the poses that the limits reckon with."""

from math import cos, radians

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scope.limits.axes import Axes, ends, upright
from scope.limits.axes import Pose as LimitsPose
from scope.limits.axes import standing as limits_standing
from scope.mounts.skywatcher_geometry import Geometry, Stand, Turns, swung
from scope.orders import Direction
from scope.position import PierSide, Standing, arc_degrees, wrapped
from scope.settings import LimitSettings
from tests.manuals.skywatcher import POINTINGS, Pointing

ARCSECOND = 1 / 3600
LATITUDES = (49.8, 0.0, 89.0, -33.9, -0.5, -80.0)
geometries = st.builds(Geometry, st.sampled_from(Stand), st.sampled_from(LATITUDES))
standings = st.builds(
    Standing,
    st.floats(-180.0, 180.0, exclude_max=True) | st.sampled_from([-180.0, -90.0, -1e-9, 0.0, 1e-9, 90.0, 179.999999]),
    st.floats(-90.0, 90.0) | st.sampled_from([-90.0, -89.99999, -1e-9, 0.0, 1e-9, 89.99999, 90.0]),
)


def apart(a: Standing, b: Standing) -> float:
    return arc_degrees(a.hour_angle_degrees, a.dec_degrees, b.hour_angle_degrees, b.dec_degrees)


def _name(row: Pointing) -> str:
    return f"{row.geometry} {row.latitude_degrees:+.0f} {row.turns_degrees}"


def _where(row: Pointing) -> Standing:
    along, height = row.along_degrees, row.height_degrees
    if row.geometry == "altaz":
        along, height = swung(along, height, row.latitude_degrees)
    return Standing(wrapped(along), height)


@pytest.mark.parametrize("row", POINTINGS, ids=_name)
def test_what_counters_show_points_where_other_programs_say(row: Pointing) -> None:
    geometry, turns = Geometry(Stand(row.geometry), row.latitude_degrees), Turns(*row.turns_degrees)
    assert apart(geometry.standing(turns), _where(row)) < 0.01 * ARCSECOND
    if row.tube is not None:
        assert geometry.side(turns) is PierSide(row.tube)


@pytest.mark.parametrize("row", POINTINGS, ids=_name)
def test_what_is_looked_at_stands_on_the_counters_as_other_programs_say(row: Pointing) -> None:
    geometry, turns = Geometry(Stand(row.geometry), row.latitude_degrees), Turns(*row.turns_degrees)
    back = geometry.near(_where(row), turns)
    assert back.second_degrees == pytest.approx(turns.second_degrees)
    if abs(row.height_degrees) < 90.0:
        assert back.first_degrees == pytest.approx(turns.first_degrees)


@given(geometries, standings)
def test_a_goto_ends_where_it_was_sent_and_what_is_near_is_the_same(geometry: Geometry, where: Standing) -> None:
    end = geometry.goal(where, geometry.home)
    assert apart(geometry.standing(end), where) < 0.01 * ARCSECOND
    again = geometry.near(geometry.standing(end), end)
    off = again.minus(end)
    assert abs(off.second_degrees) < 1e-6
    assert abs(off.first_degrees) * abs(cos(radians(where.dec_degrees))) < 1e-6 or geometry.stand is Stand.ALTAZ


@given(geometries, standings, st.floats(-700.0, 700.0))
def test_what_is_followed_never_goes_round_nor_changes_sides(geometry: Geometry, where: Standing, first: float) -> None:
    now = Turns(first, geometry.goal(where, geometry.home).second_degrees)
    near = geometry.near(where, now)
    assert abs(near.first_degrees - first) <= 180.0
    assert apart(geometry.standing(near), where) < 0.01 * ARCSECOND
    if abs(where.dec_degrees) < 89.999:
        assert geometry.side(near) is geometry.side(now)


@given(st.sampled_from(LATITUDES), standings)
def test_a_german_mount_never_turns_its_weights_over_the_top(latitude: float, where: Standing) -> None:
    geometry = Geometry(Stand.GERMAN, latitude)
    end = geometry.goal(where, geometry.home)
    assert -90.0 <= end.first_degrees <= 90.0  # home is 0°, weights down
    if abs(where.dec_degrees) < 89.999:
        looks_east = wrapped(where.hour_angle_degrees) < 0.0
        assert geometry.side(end) is (PierSide.WEST if looks_east else PierSide.EAST)


AXES = {Stand.ALTAZ: Axes.ALTAZ, Stand.FORK: Axes.FORK, Stand.GERMAN: Axes.GERMAN}


@given(geometries, standings, standings)
def test_it_goes_one_of_the_ways_that_the_limits_have_looked_at(geometry: Geometry, a: Standing, b: Standing) -> None:
    assume(abs(a.dec_degrees) < 89.9 and abs(b.dec_degrees) < 89.9)
    axes, latitude, limits = AXES[geometry.stand], geometry.latitude_degrees, LimitSettings()
    start = geometry.goal(a, geometry.home)
    end = geometry.goal(b, start)
    pose, aim = LimitsPose(*geometry._pose(start)), geometry._pose(end)
    here = limits_standing(axes, pose, latitude)
    assert apart(here, a) < 0.01 * ARCSECOND
    reckoned = ends(axes, pose, upright(axes, b, latitude), latitude, limits)
    assert min(max(abs(way.first_degrees - aim[0]), abs(way.second_degrees - aim[1])) for way in reckoned) < 1e-5


@pytest.mark.parametrize("direction", Direction)
@given(geometries, standings)
def test_a_key_moves_the_tube_where_its_name_says(direction: Direction, geometry: Geometry, where: Standing) -> None:
    now = geometry.goal(where, geometry.home)
    first, second = geometry.pushed(direction, now).both
    after = geometry.standing(Turns(now.first_degrees + 0.01 * first, now.second_degrees + 0.01 * second))
    before, latitude = geometry.standing(now), geometry.latitude_degrees
    if geometry.stand is Stand.ALTAZ:
        before, after = (Standing(*swung(*_both(place), latitude)) for place in (before, after))
    assume(abs(before.dec_degrees) < 89.0)
    along = wrapped(after.hour_angle_degrees - before.hour_angle_degrees)
    up = after.dec_degrees - before.dec_degrees
    wanted = {"north": (0, 1), "south": (0, -1), "east": (-1, 0), "west": (1, 0)}[direction.value]
    assert (along, up) == pytest.approx((0.01 * wanted[0], 0.01 * wanted[1]), abs=1e-6)


def _both(where: Standing) -> tuple[float, float]:
    return where.hour_angle_degrees, where.dec_degrees
