"""The terms of a pointing model: to first order what the tables say, exact there and back, and at the pole too."""

from dataclasses import replace
from math import cos, radians, sin, tan

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hardware_sim.geometry import GEOMETRIES
from hardware_sim.pointing_errors import PointingErrors, sky_through
from scope.limits.axes import altitude_degrees, azimuth_degrees, separation, standing_at
from scope.position import Standing
from scope.sky.pointing.model import Model, Stand
from scope.sky.pointing.terms import EQUATORIAL, UPRIGHT, Terms
from tests.crooked_mounts import CrookedMount

ARCSECOND = 1 / 3600
small = st.floats(-90, 90)
terms = st.builds(Terms, small, small, st.floats(-20, 20), st.floats(-10, 10), small, small, st.floats(-5, 5))
standings = st.builds(Standing, st.floats(-180, 179.999), st.floats(-90, 90))
latitudes = st.floats(-85, 85)


def one(name: str, names: tuple[str, ...], arcminutes: float) -> Terms:
    values = [0.0] * len(names)
    values[names.index(name)] = arcminutes
    return Terms(*values)


@settings(deadline=None, max_examples=300)
@given(terms, standings, latitudes, st.booleans(), st.booleans())
def test_what_a_mount_is_told_brings_it_there(
    errors: Terms, reported: Standing, latitude: float, upright: bool, tipped: bool
) -> None:
    model, tipped = Model(Stand(upright, latitude), errors), tipped and not upright
    true = model.true(reported, tipped)
    told = model.reported(true, tipped)
    assert separation(model.true(told, tipped), true) < 0.05 * ARCSECOND  # at the pole; elsewhere a millionth


@settings(deadline=None)
@given(standings, latitudes, st.booleans(), st.booleans())
def test_without_errors_it_is_where_it_says(reported: Standing, latitude: float, upright: bool, tipped: bool) -> None:
    model = Model(Stand(upright, latitude), Terms())
    assert separation(model.true(reported, tipped), reported) < 1e-9
    assert separation(model.reported(reported, tipped), reported) < 0.05 * ARCSECOND


def added(h: float, d: float, z: float, q: tuple[float, float]) -> dict[str, tuple[float, float]]:
    """To hour angle (times cos δ) and declination, per arcminute of each term; `q` points to the zenith."""
    return {
        "IH": (cos(d), 0.0),
        "ID": (0.0, 1.0),
        "CH": (1.0, 0.0),
        "NP": (sin(d), 0.0),
        "MA": (-cos(h) * sin(d), sin(h)),
        "ME": (sin(h) * sin(d), cos(h)),
        "TF": (-q[0] * sin(z), -q[1] * sin(z)),
    }


@pytest.mark.parametrize("name", EQUATORIAL)
@pytest.mark.parametrize("latitude", [49.8, -33.9])
@pytest.mark.parametrize(("hour_angle", "dec"), [(0.0, 10.0), (30.0, 45.0), (-70.0, -20.0), (150.0, 80.0)])
def test_each_equatorial_term_adds_what_the_table_says(
    name: str, latitude: float, hour_angle: float, dec: float
) -> None:
    reported = Standing(hour_angle, dec)
    true = Model(Stand(False, latitude), one(name, EQUATORIAL, 1.0)).true(reported, tipped=False)
    zenith = radians(90.0 - altitude_degrees(reported, latitude))
    h, d, p = radians(hour_angle), radians(dec), radians(latitude)
    to_zenith = (-cos(p) * sin(h) / sin(zenith), (sin(p) * cos(d) - cos(p) * sin(d) * cos(h)) / sin(zenith))
    beside, above = added(h, d, zenith, to_zenith)[name]
    assert (true.hour_angle_degrees - hour_angle) * 60.0 * cos(d) == pytest.approx(beside, abs=0.003)
    assert (true.dec_degrees - dec) * 60.0 == pytest.approx(above, abs=0.003)


@pytest.mark.parametrize("name", UPRIGHT)
@pytest.mark.parametrize("latitude", [49.8, -33.9])
@pytest.mark.parametrize(("azimuth", "altitude"), [(10.0, 20.0), (100.0, 45.0), (190.0, 60.0), (350.0, 75.0)])
def test_each_upright_term_adds_what_the_table_says(
    name: str, latitude: float, azimuth: float, altitude: float
) -> None:
    true = Model(Stand(True, latitude), one(name, UPRIGHT, 1.0)).true(standing_at(altitude, azimuth, latitude), False)
    a, e = radians(azimuth), radians(altitude)
    table = {
        "IA": (-1.0, 0.0),
        "IE": (0.0, 1.0),
        "CA": (-1.0 / cos(e), 0.0),
        "NPAE": (-tan(e), 0.0),
        "AW": (-cos(a) * tan(e), sin(a)),
        "AN": (-sin(a) * tan(e), -cos(a)),
        "TF": (0.0, -cos(e)),
    }
    turned = (azimuth_degrees(true, latitude) - azimuth + 180.0) % 360.0 - 180.0
    assert turned * 60.0 == pytest.approx(table[name][0], abs=0.01)
    assert (altitude_degrees(true, latitude) - altitude) * 60.0 == pytest.approx(table[name][1], abs=0.003)


@pytest.mark.parametrize("name", ["CH", "NP"])
def test_on_the_other_side_of_the_pier_cone_and_square_turn_round(name: str) -> None:
    model, reported = Model(Stand(False, 49.8), one(name, EQUATORIAL, 10.0)), Standing(20.0, 40.0)
    west, east = (model.true(reported, tipped).hour_angle_degrees - 20.0 for tipped in (False, True))
    assert west == pytest.approx(-east, abs=0.001)
    assert abs(west) > 0.1


def test_a_tube_sags_the_same_way_on_both_sides() -> None:
    model, reported = Model(Stand(False, 49.8), one("TF", EQUATORIAL, 5.0)), Standing(20.0, 0.0)
    assert separation(model.true(reported, True), model.true(reported, False)) < 1e-9
    assert altitude_degrees(model.true(reported, True), 49.8) < altitude_degrees(reported, 49.8) - 0.04


@pytest.mark.parametrize("kind", ["german", "fork", "altaz"])
@settings(deadline=None)
@given(
    cone=st.floats(-20, 20),
    square=st.floats(-10, 10),
    flexure=st.floats(-5, 5),
    index=st.tuples(st.floats(-90, 90), st.floats(-90, 90)),
    where=st.builds(Standing, st.floats(-179, 179), st.floats(-88, 88)),
    latitude=latitudes,
)
def test_what_stands_for_the_same_in_the_simulator_points_to_the_same(
    kind: str,
    cone: float,
    square: float,
    flexure: float,
    index: tuple[float, float],
    where: Standing,
    latitude: float,
) -> None:
    assume(altitude_degrees(where, latitude) < 89.0)
    mount = CrookedMount(kind, latitude, PointingErrors())
    pose, upright = mount.pose(where), kind == "altaz"
    errors = PointingErrors(
        cone_arcminutes=cone,
        non_perpendicularity_arcminutes=square,
        flexure_arcminutes=flexure,
        index_arcminutes=index,
    )
    sky = sky_through(errors, GEOMETRIES[kind], pose, latitude)
    same = Terms(-index[0] if upright else index[0], index[1], cone, square, 0.0, 0.0, flexure)
    if upright:
        same = replace(same, collimation=-cone, non_perpendicularity=-square)
    true = Model(mount.stand, same).true(where, mount.is_tipped(pose))
    assert separation(true, Standing(sky.hour_angle, sky.dec)) < 0.01 * ARCSECOND


@pytest.mark.parametrize("latitude", [49.8, -49.8])
@pytest.mark.parametrize("second_index", [60.0, 0.0])
def test_the_very_pole_can_be_told_and_comes_as_near_as_the_cone_allows(latitude: float, second_index: float) -> None:
    model = Model(Stand(False, latitude), Terms(second_index=second_index, collimation=10.0, tilt_along=40.0))
    pole = Standing(0.0, 90.0 if latitude > 0.0 else -90.0)
    off = separation(model.true(model.reported(pole, False), False), pole) * 60.0
    out_of_reach = second_index if latitude < 0.0 else 0.0  # its axis ends before the pole by that
    assert off < max(10.001, out_of_reach + 40.0)
