"""The Sun, the Moon and the planets: astropy's, and where the whole world saw them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import astropy.units as u
import pytest
from astropy.coordinates import TETE, EarthLocation, get_body
from astropy.time import Time
from astropy.utils import iers
from hypothesis import given, settings
from hypothesis import strategies as st

from scope.errors import NotUnderstood
from scope.position import Epoch, Equatorial, Site, arc_degrees, separation_degrees
from scope.sky.bodies import BODIES
from scope.sky.frames import Sky
from scope.sky.solar_system import SOLAR_SYSTEM
from scope.target import Kind, Target

iers.conf.auto_download = False
iers.conf.auto_max_age = None

pytestmark = pytest.mark.filterwarnings(
    # of astropy, which is only the authority here: it doubts leap seconds and the pole in years to come
    "ignore:.*dubious year:erfa.ErfaWarning",
    "ignore:.*polar motions:astropy.utils.exceptions.AstropyWarning",
)

ALMATY = Site("Almaty", 43.06, 76.97, 2750.0, "Asia/Almaty")
PLACE = EarthLocation.from_geodetic(76.97 * u.deg, 43.06 * u.deg, 2750 * u.m)
SKY = Sky(ALMATY)
TARGETS = {target.designation: target for target in SOLAR_SYSTEM}
moments = st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC))


def test_every_body_of_the_catalogue_has_a_place_and_every_place_a_name() -> None:
    assert TARGETS.keys() == BODIES


@pytest.mark.parametrize("body", sorted(BODIES))
def test_a_body_stands_where_astropys_builtin_ephemeris_has_it(body: str) -> None:
    """astropy bends the light of a body near the Sun a little differently, by some tenths of an arcsecond."""
    for year in range(1990, 2050, 7):
        utc = datetime(year, 1 + year % 12, 1 + year % 28, year % 24, 17, 5, tzinfo=UTC)
        now = Time(utc)
        theirs = get_body(body.lower(), now, PLACE, ephemeris="builtin").transform_to(TETE(obstime=now, location=PLACE))
        ours = SKY.place(TARGETS[body], utc)
        assert ours.epoch is Epoch.OF_DATE
        apart = arc_degrees(ours.ra_hours * 15.0, ours.dec_degrees, theirs.ra.deg, theirs.dec.deg)
        assert apart * 3600.0 < 0.6, utc


def test_the_moon_covered_the_sun_over_mexico_on_8_april_2024() -> None:
    """NASA's point of greatest eclipse (Espenak): 25.290° N 104.138° W, 18:17:20 UT, Sun 69.8° high.

    From the Earth's centre the Moon passed 20′ beside the Sun: only with its parallax do they meet.
    """
    sky = Sky(Site("Nazas", 25.290, -104.138, 1250.0, "America/Monterrey"))
    utc = datetime(2024, 4, 8, 18, 17, 20, tzinfo=UTC)
    sun, moon = sky.sun(utc), sky.place(TARGETS["Moon"], utc)
    assert separation_degrees(sun, moon) * 3600.0 < 20.0
    assert sky.sun_altitude(utc) == pytest.approx(69.8, abs=0.1)


def test_venus_crossed_the_sun_on_6_june_2012_and_not_an_hour_before_or_after_it_did() -> None:
    """From Almaty the transit was on from sunrise until 10:50 of local summer time, 04:49 UT at the Earth's centre."""

    def apart(utc: datetime) -> float:
        return separation_degrees(SKY.sun(utc), SKY.place(TARGETS["Venus"], utc)) * 3600.0

    sun_radius = 945.0
    assert apart(datetime(2012, 6, 6, 1, 30, tzinfo=UTC)) < 600.0
    assert apart(datetime(2012, 6, 6, 4, 0, tzinfo=UTC)) < sun_radius < apart(datetime(2012, 6, 6, 5, 30, tzinfo=UTC))


def test_jupiter_and_saturn_met_within_six_minutes_of_arc_at_christmas_2020() -> None:
    utc = datetime(2020, 12, 21, 18, 20, tzinfo=UTC)
    between = separation_degrees(*(SKY.place(TARGETS[name], utc) for name in ("Jupiter", "Saturn")))
    assert between * 60.0 == pytest.approx(6.1, abs=1.0)


def test_mars_is_displaced_by_the_observers_place_as_meeus_computed() -> None:
    """Astronomical Algorithms, example 40.a: Palomar, 2003 August 28, 3h17m UT. The rest is the ephemeris."""
    sky = Sky(Site("Palomar", 33.356, -116.8625, 1706.0, "America/Los_Angeles"))
    mars = sky.place(TARGETS["Mars"], datetime(2003, 8, 28, 3, 17, tzinfo=UTC))
    meeus = Equatorial(22.0 + 38.0 / 60.0 + 8.54 / 3600.0, -(15.0 + 46.0 / 60.0 + 30.0 / 3600.0), Epoch.OF_DATE)
    assert separation_degrees(mars, meeus) * 3600.0 < 30.0


@given(moments)
@settings(deadline=None)
def test_the_sun_is_never_far_from_the_ecliptic_nor_the_moon(utc: datetime) -> None:
    assert abs(SKY.sun(utc).dec_degrees) < 23.46
    assert abs(SKY.place(TARGETS["Moon"], utc).dec_degrees) < 30.0


@given(moments, st.sampled_from(sorted(BODIES)))
@settings(deadline=None)
def test_a_body_moves_steadily_also_across_the_slots_of_the_kept_context(utc: datetime, body: str) -> None:
    """The Moon's fastest, 0.7″ a second with the site's own motion, is the limit."""
    before, after = (SKY.place(TARGETS[body], utc + timedelta(seconds=step)) for step in (0.0, 1.0))
    assert separation_degrees(before, after) * 3600.0 < 1.0


def test_what_is_no_body_is_not_understood() -> None:
    with pytest.raises(NotUnderstood) as refused:
        SKY.place(Target("Vulcan", Kind.PLANET, None), datetime(2026, 11, 23, tzinfo=UTC))
    assert refused.value.code == "target_unknown"


def test_bodies_and_frames_are_the_only_ones_who_know_the_engine() -> None:
    """The contract of the package's docstring: a catalogue without numpy."""
    package = Path(__file__).parents[1] / "scope" / "sky"
    with_erfa = {file.stem for file in package.glob("*.py") if "from erfa import" in file.read_text(encoding="utf-8")}
    assert with_erfa == {"frames", "bodies", "refraction", "earth"}
