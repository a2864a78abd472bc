"""The frames against astropy's transforms, a chain written by hand, skyfield's rotation and Meeus's examples."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from math import asin, degrees, isfinite, radians

import astropy.units as u
import erfa
import numpy as np
import pytest
from astropy.coordinates import TETE, AltAz, EarthLocation, SkyCoord
from astropy.time import Time
from astropy.utils import iers
from hypothesis import given, settings
from hypothesis import strategies as st
from skyfield.api import load

from scope.position import Epoch, Equatorial, Horizontal, Site, arc_degrees, separation_degrees
from scope.sky import earth
from scope.sky.frames import Sky
from scope.sky.refraction import RELATIVE_HUMIDITY, TEMPERATURE_CELSIUS, WAVELENGTH_MICROMETRES, pressure_hectopascal
from scope.sky.stars import Star
from scope.target import Kind, Target

iers.conf.auto_download = False
iers.conf.auto_max_age = None

pytestmark = pytest.mark.filterwarnings(
    # of astropy, which is only the authority here: it doubts leap seconds and the pole in years to come
    "ignore:.*dubious year:erfa.ErfaWarning",
    "ignore:.*polar motions:astropy.utils.exceptions.AstropyWarning",
)

ALMATY = Site("Almaty", 43.06, 76.97, 2750.0, "Asia/Almaty")
PARANAL = Site("Paranal", -24.63, -70.40, 2635.0, "America/Santiago")
SKY = Sky(ALMATY)
ARCSECOND = 1.0 / 3600.0
AU_A_DAY = 299792.458 * 86400.0 / 149597870.7  # the speed of light

moments = st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC))
places = st.builds(
    lambda ra, dec: Equatorial(ra, dec, Epoch.J2000),
    st.floats(0.0, 24.0, exclude_max=True) | st.sampled_from([0.0, 1e-12, 23.999999999999, 6.0]),
    st.floats(-90.0, 90.0) | st.sampled_from([-90.0, -89.99999, 0.0, -0.0, 89.99999, 90.0]),
)


@given(places, moments)
@settings(deadline=None)
def test_there_and_back_is_the_same_place_to_a_hundredth_of_an_arcsecond(place: Equatorial, utc: datetime) -> None:
    apparent = SKY.of_date(place, utc)
    assert apparent.epoch is Epoch.OF_DATE
    assert 0.0 <= apparent.ra_hours < 24.0
    assert -90.0 <= apparent.dec_degrees <= 90.0
    assert separation_degrees(SKY.j2000(apparent, utc), place) < 0.01 * ARCSECOND


@given(places, moments)
@settings(deadline=None)
def test_what_already_is_in_the_frame_asked_for_comes_back_as_it_is(place: Equatorial, utc: datetime) -> None:
    apparent = SKY.of_date(place, utc)
    assert SKY.of_date(apparent, utc) is apparent
    assert SKY.j2000(place, utc) is place


def draw(seed: int, count: int) -> list[tuple[Equatorial, datetime]]:
    """Places even over the sphere, moments from 1990 to 2050."""
    dice = random.Random(seed)
    begin = datetime(1990, 1, 1, tzinfo=UTC)
    return [
        (
            Equatorial(dice.uniform(0, 24), degrees(asin(dice.uniform(-1, 1))), Epoch.J2000),
            begin + timedelta(days=dice.uniform(0, 60 * 365)),
        )
        for _ in range(count)
    ]


def located(site: Site) -> EarthLocation:
    return EarthLocation.from_geodetic(
        site.longitude_degrees * u.deg, site.latitude_degrees * u.deg, site.elevation_metres * u.m
    )


def icrs(place: Equatorial) -> SkyCoord:
    return SkyCoord(place.ra_hours * 15.0 * u.deg, place.dec_degrees * u.deg)


@pytest.mark.parametrize("site", [ALMATY, PARANAL], ids=lambda site: site.name)
def test_of_date_is_astropys_true_equator_and_true_equinox(site: Site) -> None:
    sky = Sky(site)
    for place, utc in draw(1, 40):
        theirs = icrs(place).transform_to(TETE(obstime=Time(utc), location=located(site)))
        ours = sky.of_date(place, utc)
        apart = arc_degrees(ours.ra_hours * 15.0, ours.dec_degrees, theirs.ra.deg, theirs.dec.deg)
        assert apart < 0.005 * ARCSECOND, (place, utc)


@pytest.mark.parametrize("site", [ALMATY, PARANAL], ids=lambda site: site.name)
def test_altitude_and_azimuth_are_astropys_above_the_lowest_degrees(site: Site) -> None:
    sky = Sky(site)
    air = {
        "pressure": pressure_hectopascal(site.elevation_metres) * u.hPa,
        "temperature": TEMPERATURE_CELSIUS * u.deg_C,
        "relative_humidity": RELATIVE_HUMIDITY,
        "obswl": WAVELENGTH_MICROMETRES * u.um,
    }
    compared = 0
    for place, utc in draw(2, 80):
        ours = sky.horizontal(place, utc)
        if ours.altitude_degrees > 8.5:
            theirs = icrs(place).transform_to(AltAz(obstime=Time(utc), location=located(site), **air))
            apart = arc_degrees(ours.azimuth_degrees, ours.altitude_degrees, theirs.az.deg, theirs.alt.deg)
            assert apart < 1.0 * ARCSECOND, (place, utc)
            compared += 1
    assert compared > 20


def test_of_date_is_what_the_classical_chain_with_skyfields_rotation_gives() -> None:
    """Deflection by the Sun, aberration by the Earth's velocity, then precession and nutation as skyfield has them.

    From the Earth's centre: a site's own motion is another 0.32″ at the equator.
    """
    timescale = load.timescale(builtin=True)
    for place, utc in draw(3, 40):
        tt = earth.terrestrial_time(earth.julian_utc(utc))
        helio, bary = erfa.epv00(*tt)
        source = erfa.s2c(radians(place.ra_hours * 15.0), radians(place.dec_degrees))
        distance = float(np.linalg.norm(helio["p"]))
        bent = erfa.ldsun(source, helio["p"] / distance, distance)
        velocity = bary["v"] / AU_A_DAY
        seen = erfa.ab(bent, velocity, distance, float(np.sqrt(1.0 - velocity @ velocity)))
        ra, dec = erfa.c2s(timescale.from_datetime(utc).M @ seen)
        ours = SKY.of_date(place, utc)
        assert arc_degrees(ours.ra_hours * 15.0, ours.dec_degrees, degrees(ra), degrees(dec)) < 0.40 * ARCSECOND


def hms(hours: int, minutes: int, seconds: float) -> float:
    return hours + minutes / 60.0 + seconds / 3600.0


def at_terrestrial(year: int, month: int, day: float) -> datetime:
    """The UTC moment of a dynamical time, as Meeus gives his."""
    begin = datetime(year, month, 1, tzinfo=UTC) + timedelta(days=day - 1.0)
    utc = earth.julian_utc(begin)
    tt = earth.terrestrial_time(utc)
    return begin - timedelta(days=(tt[0] - utc[0]) + (tt[1] - utc[1]))


def test_theta_persei_stands_where_meeus_computed_it() -> None:
    """Astronomical Algorithms, example 23.a: 2028 November 13.19 TD, with proper motion since J2000."""
    dec = hms(49, 13, 42.48)
    star = Star(
        "θ Persei",
        Kind.STAR,
        Equatorial(hms(2, 44, 11.986), dec, Epoch.J2000),
        motion_ra_mas=0.03425 * 15000.0,
        motion_dec_mas=-89.5,
    )
    place = SKY.place(star, at_terrestrial(2028, 11, 13.19))
    assert separation_degrees(place, Equatorial(hms(2, 46, 14.390), hms(49, 21, 7.45), Epoch.OF_DATE)) < 0.6 * ARCSECOND


def test_sidereal_time_is_meeuss_example() -> None:
    """Astronomical Algorithms, example 12.a: 1987 April 10, 0h UT1, apparent at Greenwich."""
    utc = datetime(1987, 4, 10, tzinfo=UTC)
    utc -= timedelta(seconds=earth.orientation(earth.julian_utc(utc)).ut1_minus_utc)
    greenwich = Sky(Site("Greenwich", 51.48, 0.0, 0.0, "Europe/London"))
    assert greenwich.sidereal_hours(utc) * 3600.0 == pytest.approx(hms(13, 10, 46.1351) * 3600.0, abs=0.01)


@given(moments)
@settings(deadline=None)
def test_what_has_the_sidereal_time_as_right_ascension_stands_in_the_south(utc: datetime) -> None:
    seen = SKY.horizontal(Equatorial(SKY.sidereal_hours(utc), 0.0, Epoch.OF_DATE), utc)
    assert seen.azimuth_degrees == pytest.approx(180.0, abs=0.5 * ARCSECOND)


def test_a_star_with_proper_motion_moves_and_one_without_does_not() -> None:
    utc = datetime(2026, 11, 23, tzinfo=UTC)
    place = Equatorial(hms(14, 15, 39.67), hms(19, 10, 56.7), Epoch.J2000)
    arcturus = Star("Arcturus", Kind.STAR, place, motion_ra_mas=-1157.5, motion_dec_mas=-2000.1, parallax_mas=88.8)
    resting = Target("there", Kind.COORDINATES, place)
    assert SKY.place(resting, utc) == SKY.of_date(place, utc)
    moved = separation_degrees(SKY.place(arcturus, utc), SKY.place(resting, utc))
    assert moved == pytest.approx(2.2789 * 26.9 * ARCSECOND, rel=0.01)


@given(places, moments, st.sampled_from([90.0, -90.0, 0.0, 43.06]), st.sampled_from([-180.0, 180.0, 0.0, 76.97]))
@settings(deadline=None, max_examples=300)
def test_everything_stands_somewhere_from_every_site(
    place: Equatorial, utc: datetime, latitude: float, longitude: float
) -> None:
    seen = Sky(Site("there", latitude, longitude, 0.0, "UTC")).horizontal(place, utc)
    assert -90.0 <= seen.altitude_degrees <= 90.0
    assert 0.0 <= seen.azimuth_degrees < 360.0


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))
@settings(deadline=None)
def test_no_clock_however_wrong_stops_the_sums(utc: datetime) -> None:
    seen = SKY.horizontal(SKY.sun(utc), utc)
    assert isfinite(seen.altitude_degrees)
    assert isfinite(SKY.sidereal_hours(utc))


@pytest.mark.parametrize("years", [-10, 0, 10])
def test_the_sun_is_right_to_a_tenth_of_a_degree_with_a_clock_years_beside_the_table(years: int) -> None:
    utc = datetime(2026 + years, 7, 1, 6, tzinfo=UTC)
    frame = AltAz(obstime=Time(utc), location=located(ALMATY))
    theirs = icrs(SKY.j2000(SKY.sun(utc), utc)).transform_to(frame)
    ours = SKY.horizontal(SKY.sun(utc), utc)
    assert arc_degrees(ours.azimuth_degrees, ours.altitude_degrees, theirs.az.deg, theirs.alt.deg) < 0.1


def test_a_moment_without_a_time_zone_is_refused_and_any_time_zone_is_understood() -> None:
    with pytest.raises(ValueError, match="time zone"):
        SKY.sun(datetime(2026, 11, 23))
    utc = datetime(2026, 11, 23, 18, tzinfo=UTC)
    assert SKY.sun(utc.astimezone(timezone(timedelta(hours=5)))) == SKY.sun(utc)


def test_ut1_steps_with_a_leap_second_and_not_before_it() -> None:
    begin = datetime(2016, 12, 31, tzinfo=UTC)
    before, after = (
        earth.orientation(earth.julian_utc(begin + timedelta(hours=hours))).ut1_minus_utc for hours in (23.9, 24.1)
    )
    assert (before, after) == (pytest.approx(-0.4085, abs=0.001), pytest.approx(0.5915, abs=0.001))


def test_any_number_of_threads_get_what_one_gets() -> None:
    asked = draw(5, 400)

    def answer(sky: Sky) -> list[tuple[Equatorial, Horizontal]]:
        return [(sky.j2000(sky.of_date(place, utc), utc), sky.horizontal(place, utc)) for place, utc in asked]

    alone = answer(Sky(ALMATY))
    together = Sky(ALMATY)
    with ThreadPoolExecutor(8) as threads:
        assert all(got == alone for got in threads.map(answer, [together] * 8))


def test_a_sample_of_the_mount_costs_a_twentieth_of_astropys_way() -> None:
    utc = datetime(2026, 11, 23, 18, tzinfo=UTC)
    place = SKY.of_date(Equatorial(16.7, 36.5, Epoch.J2000), utc)

    def ours() -> None:
        SKY.j2000(place, utc)
        SKY.horizontal(place, utc)

    def theirs() -> None:
        now = Time(utc)
        there = SkyCoord(
            place.ra_hours * 15.0 * u.deg, place.dec_degrees * u.deg, frame=TETE(obstime=now, location=located(ALMATY))
        )
        there.transform_to("icrs")
        there.transform_to(AltAz(obstime=now, location=located(ALMATY)))

    fast, slow = (statistics.median(seconds(way) for _ in range(30)) for way in (ours, theirs))
    assert fast * 20 < slow


def seconds(way: Callable[[], None]) -> float:
    begin = time.perf_counter()
    way()
    return time.perf_counter() - begin
