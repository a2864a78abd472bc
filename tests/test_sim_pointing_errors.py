"""What is crooked in a simulated mount, against rotation matrices; and what its gears lose."""

from math import cos, pi, radians, sin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from hardware_sim.__main__ import _mount, _parser, _settled
from hardware_sim.error_arguments import gear_errors, pointing_errors
from hardware_sim.gears import PERFECT_GEARS, GearErrors, Gears
from hardware_sim.geometry import GEOMETRIES, AxisPair, HourAngleDec, horizontal
from hardware_sim.held import Held
from hardware_sim.motion import Motion, Truth
from hardware_sim.mount import Mount
from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.pointing_errors import NO_ERRORS, PointingErrors, sky_through
from tests.simulated_mount import EVENING, exchange

Array = NDArray[np.float64]
EAST, NORTH, UP = np.eye(3)
latitudes = st.floats(-89.0, 89.0)
axes = st.builds(AxisPair, st.floats(-200, 200), st.floats(-89, 270))
arcminutes = st.floats(-120, 120).map(lambda angle: round(angle, 3))
error_sets = st.builds(PointingErrors, *[arcminutes] * 7, index_arcminutes=st.tuples(arcminutes, arcminutes))


def turn(axis: Array, degrees: float) -> Array:
    """Right-handed, by Rodrigues' formula."""
    x, y, z = axis / np.linalg.norm(axis)
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    angle = radians(degrees)
    return np.asarray(np.eye(3) + sin(angle) * cross + (1.0 - cos(angle)) * cross @ cross)


def tube_by_matrices(errors: PointingErrors, polar: bool, pose: AxisPair, latitude: float) -> Array:
    """East, north, up: each part turned in the order in which a telescope is bolted together."""
    zero, first_axis = (turn(EAST, latitude + 90.0) @ NORTH, turn(EAST, latitude) @ NORTH) if polar else (NORTH, UP)
    aside = np.cross(zero, first_axis)  # where a quarter turn of the first axis brings the zero
    tube = turn(-first_axis, errors.cone_arcminutes / 60.0) @ zero
    lift = turn(aside, pose.second + errors.index_arcminutes[1] / 60.0)
    askew = turn(zero, errors.non_perpendicularity_arcminutes / 60.0)
    carry = turn(-first_axis, pose.first + errors.index_arcminutes[0] / 60.0)
    raised = 1.0 if latitude >= 0.0 else -1.0
    altitude_bolt = turn(EAST, raised * errors.polar_altitude_arcminutes / 60.0)
    azimuth_bolts = turn(-UP, raised * errors.polar_azimuth_arcminutes / 60.0)
    towards = errors.lean_north_arcminutes * NORTH + errors.lean_east_arcminutes * EAST
    lean = turn(np.cross(UP, towards), float(np.linalg.norm(towards)) / 60.0) if towards.any() else np.eye(3)
    return sag(lean @ azimuth_bolts @ altitude_bolt @ carry @ askew @ lift @ tube, errors.flexure_arcminutes / 60.0)


def sag(tube: Array, flexure_degrees: float) -> Array:
    across = np.cross(tube, -UP)
    level = float(np.linalg.norm(across))
    return np.asarray(turn(across, flexure_degrees * level) @ tube) if level and flexure_degrees else tube


def pointed(sky: HourAngleDec, latitude: float) -> Array:
    altitude, azimuth = map(radians, horizontal(sky, latitude))
    return np.array([cos(altitude) * sin(azimuth), cos(altitude) * cos(azimuth), sin(altitude)])


def apart_arcseconds(one: Array, other: Array) -> float:
    return float(np.degrees(np.arctan2(np.linalg.norm(np.cross(one, other)), one @ other)) * 3600.0)


def sky_of(errors: PointingErrors, geometry: str, first: float, second: float, latitude: float = 49.8) -> HourAngleDec:
    return sky_through(errors, GEOMETRIES[geometry], AxisPair(first, second), latitude)


@pytest.mark.parametrize("geometry", sorted(GEOMETRIES))
@settings(deadline=None)
@given(errors=error_sets, pose=axes, latitude=latitudes)
def test_a_crooked_mount_points_where_rotation_matrices_say(
    geometry: str, errors: PointingErrors, pose: AxisPair, latitude: float
) -> None:
    expected = tube_by_matrices(errors, GEOMETRIES[geometry].polar, pose, latitude)
    found = sky_through(errors, GEOMETRIES[geometry], pose, latitude)
    assert apart_arcseconds(pointed(found, latitude), expected) < 1e-3


@pytest.mark.parametrize("geometry", sorted(GEOMETRIES))
@given(pose=axes, latitude=latitudes)
def test_without_errors_it_points_exactly_as_its_geometry_says(geometry: str, pose: AxisPair, latitude: float) -> None:
    assert sky_through(NO_ERRORS, GEOMETRIES[geometry], pose, latitude) == GEOMETRIES[geometry].sky(pose, latitude)


@pytest.mark.parametrize("geometry", sorted(GEOMETRIES))
@given(pose=axes, latitude=latitudes)
def test_an_error_of_nothing_changes_nothing(geometry: str, pose: AxisPair, latitude: float) -> None:
    hair = PointingErrors(cone_arcminutes=1e-12)
    found, plain = (sky_through(errors, GEOMETRIES[geometry], pose, latitude) for errors in (hair, NO_ERRORS))
    assert apart_arcseconds(pointed(found, latitude), pointed(plain, latitude)) < 1e-6


@pytest.mark.parametrize("latitude", [49.8, -33.9, 0.0])
def test_the_pole_of_a_misaligned_mount_stands_too_high_and_too_far_east(latitude: float) -> None:
    errors = PointingErrors(polar_altitude_arcminutes=30.0, polar_azimuth_arcminutes=-45.0)
    raised_pole = 90.0 if latitude >= 0.0 else -90.0
    altitude, azimuth = horizontal(sky_of(errors, "german", 17.0, raised_pole, latitude), latitude)
    assert altitude == pytest.approx(abs(latitude) + 0.5, abs=1e-9)
    assert azimuth == pytest.approx(359.25 if latitude >= 0.0 else 180.75, abs=1e-6)


# errors, geometry, axes, and by how many arcminutes hour angle (or azimuth) and declination (or altitude) are too great
SMALL_ERRORS = [
    (PointingErrors(index_arcminutes=(3.0, -2.0)), "fork", (20.0, 30.0), (3.0, -2.0)),
    (PointingErrors(cone_arcminutes=5.0), "german", (20.0, 60.0), (10.0, 0.0)),
    (PointingErrors(cone_arcminutes=5.0), "german", (20.0, 120.0), (-10.0, 0.0)),
    (PointingErrors(cone_arcminutes=5.0), "altaz", (20.0, 60.0), (10.0, 0.0)),
    (PointingErrors(non_perpendicularity_arcminutes=4.0), "fork", (20.0, 45.0), (4.0, 0.0)),
    (PointingErrors(non_perpendicularity_arcminutes=4.0), "fork", (20.0, -45.0), (-4.0, 0.0)),
    (PointingErrors(non_perpendicularity_arcminutes=4.0), "altaz", (20.0, 45.0), (4.0, 0.0)),
    (PointingErrors(flexure_arcminutes=4.0), "altaz", (20.0, 60.0), (0.0, -2.0)),
    (PointingErrors(flexure_arcminutes=4.0), "fork", (0.0, 49.8 - 60.0), (0.0, -4.0 * cos(radians(30.0)))),
    (PointingErrors(lean_north_arcminutes=6.0), "altaz", (0.0, 30.0), (0.0, -6.0)),
    (PointingErrors(lean_east_arcminutes=6.0), "altaz", (270.0, 30.0), (0.0, 6.0)),
]


@pytest.mark.parametrize(("errors", "geometry", "pose", "expected"), SMALL_ERRORS)
def test_each_error_goes_the_way_that_it_says(
    errors: PointingErrors, geometry: str, pose: tuple[float, float], expected: tuple[float, float]
) -> None:
    found, plain = (sky_of(which, geometry, *pose) for which in (errors, NO_ERRORS))
    if geometry == "altaz":
        (second, first), (plain_second, plain_first) = (horizontal(sky, 49.8) for sky in (found, plain))
    else:
        first, second, plain_first, plain_second = found.hour_angle, found.dec, plain.hour_angle, plain.dec
    off = ((first - plain_first + 180.0) % 360.0 - 180.0, second - plain_second)
    assert [60.0 * angle for angle in off] == pytest.approx(expected, abs=0.03)


def test_the_firmware_of_a_crooked_mount_believes_itself_perfect_and_the_truth_is_the_same_each_time() -> None:
    errors = PointingErrors(polar_altitude_arcminutes=40.0, cone_arcminutes=20.0, flexure_arcminutes=5.0)
    crooked, again, straight = (exchange(geometry="german", errors=which) for which in (errors, errors, NO_ERRORS))
    for line in (crooked, again, straight):
        line.arrive(b":Sr05:30:00#:Sd+40*00:00#:MS#", 1.0)
        line.live(60.0)
    mounts = [line.dialect.mount for line in (crooked, again, straight)]
    assert mounts[0].truth() == mounts[1].truth()
    assert mounts[0].pointing() == mounts[2].pointing()
    assert mounts[0].truth().axis_degrees == mounts[2].truth().axis_degrees
    assert 0.3 < abs(mounts[0].truth().dec_degrees - mounts[2].truth().dec_degrees) < 1.5


def mount_with(gears: GearErrors) -> Mount:
    mount = Mount(GEOMETRIES["fork"], Site(0.0, 0.0), MountClock.right(0.0), 4.0, t=0.0, utc_seconds=EVENING)
    mount.wear(gears)
    mount.track(False)
    return mount


def moved(mount: Mount, axis: int, rate: float, t: float) -> Truth:
    """After four seconds of a key and the ramp down."""
    mount.press(axis, rate, 4.0)
    mount.advance(t + 8.0)
    assert mount.motion is Motion.HOLDING
    return mount.truth()


def test_a_reversal_loses_the_backlash_once_and_the_way_back_gives_it_again() -> None:
    mount = mount_with(GearErrors(backlash_arcseconds=(0.0, 360.0)))
    north = moved(mount, 1, 1.0, 0.0)
    assert north.dec_degrees == pytest.approx(north.axis_degrees[1], abs=1e-9)
    for t in (8.0, 16.0):
        south = moved(mount, 1, -0.5, t)
        assert south.dec_degrees - south.axis_degrees[1] == pytest.approx(0.1, abs=1e-9)
    again = moved(mount, 1, 0.01, 24.0)  # not yet through
    assert again.dec_degrees == pytest.approx(south.dec_degrees, abs=1e-9)
    through = moved(mount, 1, 1.0, 32.0)
    assert through.dec_degrees == pytest.approx(through.axis_degrees[1], abs=1e-9)


def test_the_first_axis_has_its_own_backlash() -> None:
    mount = mount_with(GearErrors(backlash_arcseconds=(180.0, 0.0)))
    east = moved(mount, 0, -1.0, 0.0)
    hour_angle = mount.belief.sidereal_degrees(mount.true_utc_seconds) - east.ra_degrees
    assert (hour_angle - east.axis_degrees[0] + 180.0) % 360.0 - 180.0 == pytest.approx(0.05, abs=1e-6)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=30), st.floats(0, 0.5))
def test_the_tube_is_never_further_from_its_motor_than_the_backlash(way: list[float], width: float) -> None:
    gears, motor = Gears(GearErrors((width * 3600.0, 0.0)), AxisPair(0.0, 0.0)), 0.0
    for step in way:
        before = gears.tube(AxisPair(motor, 0.0)).first
        motor += step
        gears.follow(AxisPair(motor, 0.0))
        tube = gears.tube(AxisPair(motor, 0.0)).first
        assert -1e-9 <= tube - motor <= width + 1e-9
        assert (tube - before) * step >= -1e-9


def test_the_worm_swings_a_tracking_tube_to_either_side_once_a_turn() -> None:
    mount = mount_with(GearErrors(periodic_arcseconds=20.0, worm_seconds=400.0))
    mount.track(True)
    mount.advance(1.0)
    mount.follow_from_here()
    drift = []
    for t in range(1, 802):
        mount.advance(float(t))
        believed, truth = mount.pointing(), mount.truth()
        drift.append((believed.ra_degrees - truth.ra_degrees) * 3600.0)
    assert max(drift) == pytest.approx(20.0, abs=0.1)
    assert min(drift) == pytest.approx(-20.0, abs=0.1)
    assert drift[0] == pytest.approx(drift[400], abs=0.2)
    assert drift[400] == pytest.approx(drift[800], abs=0.2)
    assert drift[100] == pytest.approx(20.0 * sin(2 * pi * 101 / 400), abs=0.2)


def test_the_command_line_says_every_error_and_has_none_unless_said() -> None:
    plain = _parser().parse_args(["lx200", "--tcp", "127.0.0.1:0"])
    assert (pointing_errors(plain), gear_errors(plain)) == (NO_ERRORS, PERFECT_GEARS)
    words = (
        "--polar-altitude-error 1 --polar-azimuth-error -2 --lean 3 -4 --cone 5 --non-perpendicularity -6 --flexure 7 "
        "--index-errors -8 9 --backlash 10 11 --periodic-error 12 --worm-seconds 13"
    )
    said = _parser().parse_args(["lx200", "--tcp", "127.0.0.1:0", *words.split()])
    assert pointing_errors(said) == PointingErrors(1.0, -2.0, 3.0, -4.0, 5.0, -6.0, 7.0, (-8.0, 9.0))
    assert gear_errors(said) == GearErrors((10.0, 11.0), 12.0, 13.0)


def test_a_mount_of_the_command_line_has_the_errors_that_were_said() -> None:
    said = _parser().parse_args(["lx200", "--tcp", "127.0.0.1:0", "--cone", "30", "--backlash", "0", "360"])
    mount = _mount(_settled(said), Held())
    assert mount.errors == PointingErrors(cone_arcminutes=30.0)
    altitude, azimuth = mount.truth().altitude_degrees, mount.truth().azimuth_degrees
    assert altitude == pytest.approx(45.0, abs=0.01)
    assert azimuth == pytest.approx(180.0 + 0.5 / cos(radians(45.0)), abs=0.01)
