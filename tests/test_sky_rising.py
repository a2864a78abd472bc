"""When something rises and sets, and how the air lifts it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope.position import Epoch, Equatorial, Site
from scope.sky.frames import Sky
from scope.sky.refraction import JOIN_DEGREES, air_at, pressure_hectopascal
from scope.sky.solar_system import SOLAR_SYSTEM
from scope.target import Kind, Target

ALMATY = Sky(Site("Almaty", 43.06, 76.97, 2750.0, "Asia/Almaty"))
TROMSOE = Sky(Site("Tromsø", 69.65, 18.96, 0.0, "Europe/Oslo"))
M13 = Target("M13", Kind.GLOBULAR_CLUSTER, Equatorial(16.6949, 36.4613, Epoch.J2000))
POLARIS = Target("Polaris", Kind.STAR, Equatorial(2.5303, 89.2641, Epoch.J2000))
ACRUX = Target("Acrux", Kind.STAR, Equatorial(12.4433, -63.0991, Epoch.J2000))
SUN, MOON = SOLAR_SYSTEM[0], SOLAR_SYSTEM[1]
EVENING = datetime(2026, 11, 23, 18, tzinfo=UTC)

moments = st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC))


def altitude(sky: Sky, target: Target, utc: datetime) -> float:
    return sky.horizontal(sky.place(target, utc), utc).altitude_degrees


@given(moments, st.sampled_from([M13, SUN, MOON]), st.floats(-20.0, 60.0))
@settings(deadline=None, max_examples=40)
def test_the_moment_is_the_first_when_it_is_so(utc: datetime, target: Target, limit: float) -> None:
    rises = ALMATY.next_above(target, limit, utc)
    end = utc + timedelta(hours=24) if rises is None else rises
    if rises is not None:
        assert altitude(ALMATY, target, rises) >= limit
    minutes = int((end - utc) / timedelta(minutes=20))
    assert all(altitude(ALMATY, target, utc + n * timedelta(minutes=20)) < limit + 0.03 for n in range(minutes))


@given(moments, st.sampled_from([M13, SUN, MOON]))
@settings(deadline=None, max_examples=40)
def test_a_second_before_it_rises_it_is_below(utc: datetime, target: Target) -> None:
    rises = ALMATY.next_above(target, 10.0, utc)
    assert rises is not None
    assert rises == utc or altitude(ALMATY, target, rises - timedelta(seconds=2)) < 10.0
    sets = ALMATY.next_below(target, 10.0, rises)
    assert sets is not None
    assert sets > rises
    assert altitude(ALMATY, target, sets) < 10.0 <= altitude(ALMATY, target, sets - timedelta(seconds=2))


def test_what_is_so_already_is_so_now() -> None:
    assert ALMATY.next_above(POLARIS, 30.0, EVENING) == EVENING
    assert ALMATY.next_below(POLARIS, 60.0, EVENING) == EVENING


def test_what_never_sets_and_never_rises_is_told() -> None:
    assert ALMATY.next_below(POLARIS, 30.0, EVENING) is None
    assert ALMATY.next_above(ACRUX, 0.0, EVENING) is None


def test_the_sun_of_the_polar_day_does_not_set_and_that_of_the_polar_night_does_not_rise() -> None:
    assert TROMSOE.next_below(SUN, -0.8, datetime(2026, 6, 21, 12, tzinfo=UTC)) is None
    assert TROMSOE.next_above(SUN, 0.0, datetime(2026, 12, 21, 0, tzinfo=UTC)) is None


def test_the_sun_sets_over_greenwich_when_the_calendars_say() -> None:
    """London's sunset of 20 March 2026 is printed as 18:14: its upper edge, 16′ from the centre, goes below."""
    greenwich = Sky(Site("Greenwich", 51.48, 0.0, 0.0, "Europe/London"))
    sets = greenwich.next_below(SUN, -16.0 / 60.0, datetime(2026, 3, 20, 12, tzinfo=UTC))
    assert sets is not None
    assert abs(sets - datetime(2026, 3, 20, 18, 14, tzinfo=UTC)) < timedelta(minutes=1.5)


@given(st.floats(-500.0, 9000.0))
@settings(deadline=None)
def test_what_stands_higher_is_seen_higher(elevation: float) -> None:
    air = air_at(elevation)
    heights = [-90.0 + step / 50.0 for step in range(9001)]
    lifted = [height + air.lift_degrees(height) for height in heights]
    assert all(isfinite(height) for height in lifted)
    assert all(low < high for low, high in pairwise(lifted))


def test_the_air_lifts_by_half_a_degree_at_the_horizon_and_by_a_minute_at_45_degrees() -> None:
    air = air_at(0.0)
    assert air.lift_degrees(0.0) * 60.0 == pytest.approx(28.5, abs=1.0)
    assert air.lift_degrees(45.0) * 3600.0 == pytest.approx(58.2, abs=0.5)  # Allen: 58.2″ tan z at 10 °C
    assert air.lift_degrees(90.0) == pytest.approx(0.0, abs=1e-9)


def test_the_two_formulas_meet() -> None:
    air = air_at(850.0)
    above, below = air.lift_degrees(JOIN_DEGREES), air.lift_degrees(JOIN_DEGREES - 1e-9)
    assert above == pytest.approx(below, abs=1e-9)


def test_there_is_less_air_on_a_mountain() -> None:
    assert pressure_hectopascal(0.0) == pytest.approx(1013.25)
    assert pressure_hectopascal(2750.0) == pytest.approx(724.0, abs=3.0)
    assert air_at(2750.0).lift_degrees(10.0) < air_at(0.0).lift_degrees(10.0)
