"""The simulator's sidereal time and geometry against ERFA, which shares no line with them."""

from math import cos, degrees, radians

import erfa
import pytest
from astropy.time import Time
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.geometry import GEOMETRIES, HourAngleDec, Travel, from_horizontal, horizontal, turned_near, wrapped
from hardware_sim.sidereal import greenwich_apparent_degrees, local_apparent_degrees

latitudes = st.floats(-89.9, 89.9)
hour_angles = st.floats(-180, 179.999)
declinations = st.floats(-89.9, 89.9)


def apart_arcseconds(one: HourAngleDec, other: HourAngleDec) -> float:
    across = wrapped(one.hour_angle - other.hour_angle) * cos(radians(one.dec))
    return 3600.0 * max(abs(across), abs(one.dec - other.dec))


@pytest.mark.parametrize("year", range(1990, 2051, 3))
@pytest.mark.parametrize("month", [1, 5, 9])
def test_sidereal_time_agrees_with_erfa_to_half_an_arcsecond(year: int, month: int) -> None:
    """With UT1 = UTC on both sides."""
    day = Time(f"{year}-{month:02d}-17T13:45:30", scale="tai")
    seconds = (day.jd - 2440587.5) * 86400.0
    expected = degrees(erfa.gst06a(day.jd1, day.jd2, day.jd1, day.jd2 + 69.184 / 86400.0))
    assert abs(wrapped(greenwich_apparent_degrees(seconds) - expected)) * 3600 < 0.15


def test_longitude_counts_positive_to_the_east() -> None:
    assert wrapped(local_apparent_degrees(1.8e9, 73.1) - local_apparent_degrees(1.8e9, 0.0)) == pytest.approx(73.1)


@given(hour_angles, declinations, latitudes)
def test_altitude_and_azimuth_agree_with_erfa(hour_angle: float, dec: float, latitude: float) -> None:
    altitude, azimuth = horizontal(HourAngleDec(hour_angle, dec), latitude)
    expected_azimuth, expected_altitude = erfa.hd2ae(radians(hour_angle), radians(dec), radians(latitude))
    assert altitude == pytest.approx(degrees(expected_altitude), abs=1e-6)
    across = wrapped(azimuth - degrees(expected_azimuth)) * cos(radians(altitude))
    assert across == pytest.approx(0.0, abs=1e-6)


@given(st.floats(-5, 90), st.floats(0, 359.999), latitudes)
def test_hour_angle_and_declination_agree_with_erfa(altitude: float, azimuth: float, latitude: float) -> None:
    sky = from_horizontal(altitude, azimuth, latitude)
    hour_angle, dec = erfa.ae2hd(radians(azimuth), radians(altitude), radians(latitude))
    assert apart_arcseconds(sky, HourAngleDec(degrees(hour_angle), degrees(dec))) < 1e-3


@pytest.mark.parametrize("name", sorted(GEOMETRIES))
@given(hour_angle=hour_angles, dec=declinations, latitude=latitudes)
def test_every_pose_points_back_at_the_same_sky(name: str, hour_angle: float, dec: float, latitude: float) -> None:
    geometry, sky = GEOMETRIES[name], HourAngleDec(hour_angle, dec)
    for pose in geometry.poses(sky, latitude):
        assert apart_arcseconds(geometry.sky(pose, latitude), sky) < 1e-3


@given(hour_angles, declinations)
def test_the_preferred_pose_of_a_german_mount_keeps_its_counterweight_down(hour_angle: float, dec: float) -> None:
    pose = GEOMETRIES["german"].poses(HourAngleDec(hour_angle, dec), 49.8)[0]
    assert Travel(-1e-9, 180.0).holds(pose.first)


@given(st.floats(-1000, 1000), st.floats(-1000, 1000))
def test_turning_near_keeps_the_direction_and_takes_the_short_way(angle: float, near: float) -> None:
    turned = turned_near(angle, near)
    assert abs(turned - near) <= 180.0 + 1e-9
    assert wrapped(turned - angle + 1e-7) == pytest.approx(0.0, abs=1e-6)
