"""The simulated hand control's own way between J2000 and the sky of date, against ERFA's."""

from math import degrees, radians

import erfa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.j2000 import from_j2000, to_j2000
from tests.simulated_mount import EVENING

YEAR = 365.25 * 86400.0
UNIX_EPOCH_JD = 2440587.5
TT_MINUS_UTC = 69.184
PLACES = [(0.0, 0.0), (82.5, -5.25), (359.999, 89.99), (123.4, -89.9), (200.0, 60.0), (37.95, 89.26), (270.0, -0.5)]


def apparent(ra_degrees: float, dec_degrees: float, unix_seconds: float) -> tuple[float, float]:
    """ICRS to the true equator and equinox of date, of something infinitely far away."""
    day = (unix_seconds + TT_MINUS_UTC) / 86400.0
    ra, dec, origin = erfa.atci13(radians(ra_degrees), radians(dec_degrees), 0, 0, 0, 0, UNIX_EPOCH_JD, day)
    return degrees(erfa.anp(ra - origin)), degrees(dec)


def apart_arcseconds(one: tuple[float, float], other: tuple[float, float]) -> float:
    return 3600.0 * degrees(erfa.seps(*map(radians, one), *map(radians, other)))


@pytest.mark.parametrize("years", [-36.0, -5.0, 0.0, 0.25, 0.5, 20.0])
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_it_agrees_with_erfa_within_a_tenth_of_an_arcsecond(place: tuple[float, float], years: float) -> None:
    then = EVENING + years * YEAR
    assert apart_arcseconds(from_j2000(*place, then), apparent(*place, then)) < 0.12


@given(st.floats(0.0, 359.999), st.floats(-90.0, 90.0), st.floats(-1.0, 1.0))
def test_there_and_back_is_where_it_began(ra_degrees: float, dec_degrees: float, part: float) -> None:
    then = EVENING + part * 40.0 * YEAR
    back = to_j2000(*from_j2000(ra_degrees, dec_degrees, then), then)
    assert 0.0 <= back[0] < 360.0
    assert apart_arcseconds(back, (ra_degrees, dec_degrees)) < 0.01
