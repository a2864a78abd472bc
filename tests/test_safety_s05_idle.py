"""S5: an open tube that nobody moves is warned of an hour before the Sun comes over it, and never without a warning.

A year of twenty pointings, asked every five minutes as the program does every minute; the judge is JPL's Sun, looked up
every minute.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import numpy as np
import pytest
from skyfield.api import load, wgs84

from scope.limits.axes import Axes, standing_at
from scope.limits.idle import minutes_until_sun
from scope.limits.sun import SunNow
from scope.limits.where import Bounds
from scope.position import Standing
from scope.settings import LimitSettings
from tests.limits_world import jpl, our_sun

pytestmark = pytest.mark.filterwarnings("ignore:The file .* has expired:RuntimeWarning")

SITE = (49.8, 73.1)
BOUNDS = Bounds(frozenset(Axes), SITE[0], LimitSettings())
BEGIN, DAYS, POINTINGS = datetime(2026, 1, 1, tzinfo=UTC), 365, 20
WARNED_MINUTES, GOOD_TO_MINUTES = 60.0, 2.0


@cache
def true_suns() -> tuple[Any, Any, Any]:
    """Hour angle, declination and altitude of the Sun, in degrees, at every minute of the year."""
    hourly = load.timescale(builtin=True).utc(2026, 1, 1, np.arange((DAYS + 1) * 24))
    place = wgs84.latlon(*SITE, 550.0)
    ra, dec, _ = (jpl()["earth"] + place).at(hourly).observe(jpl()["sun"]).apparent().radec("date")
    every, at = np.arange((DAYS + 1) * 1440), np.arange((DAYS + 1) * 24) * 60
    turned = np.unwrap((place.lst_hours_at(hourly) - ra.hours) * 15.0, period=360.0)
    hour_angle, dec_degrees = np.interp(every, at, turned), np.interp(every, at, dec.degrees)
    turn, tilt, up = np.radians(hour_angle), np.radians(SITE[0]), np.radians(dec_degrees)
    sine = np.sin(tilt) * np.sin(up) + np.cos(tilt) * np.cos(up) * np.cos(turn)
    return hour_angle, dec_degrees, np.degrees(np.arcsin(sine))


def burns(where: Standing) -> Any:
    """At which minutes of the year the Sun is up and within 20° of there."""
    hour_angle, dec, altitude = true_suns()
    one, other = np.radians(where.dec_degrees), np.radians(dec)
    turn = np.radians(hour_angle - where.hour_angle_degrees)
    cosine = np.sin(one) * np.sin(other) + np.cos(one) * np.cos(other) * np.cos(turn)
    return (cosine > np.cos(np.radians(20.0))) & (altitude > -2.0)


def sun_at(minute: int) -> SunNow:
    return our_sun(BEGIN + timedelta(minutes=minute), *SITE)


def test_over_a_year_it_is_warned_an_hour_before_and_never_too_late() -> None:
    jpl()
    rng, met = Random("idle"), 0
    for _ in range(POINTINGS):
        where = standing_at(rng.uniform(-10.0, 90.0), rng.uniform(0.0, 360.0), SITE[0])
        burning = burns(where)
        starts = np.flatnonzero(burning[1:] & ~burning[:-1]) + 1
        for start in starts[starts > 1440][:: 1 + len(starts) // 40]:
            quiet_since = start - 1 - int(np.argmax(burning[start - 1 :: -1]))
            for before in (60, 15, 240):
                if start - before <= quiet_since:
                    continue
                told = minutes_until_sun(where, sun_at(int(start) - before), BOUNDS)
                grazing = int(burning[start : start + 60].sum()) < 20
                if told is None or abs(told - before) > GOOD_TO_MINUTES:
                    assert grazing, f"{where}, {start}: told {told}, true {before}"
                met += 1
    assert met > 500


def test_what_is_told_is_never_more_than_two_minutes_late_also_where_the_sun_only_grazes() -> None:
    """Where the Sun only just touches the circle, its minute is soft: held to the circle half a degree wider."""
    jpl()
    wide = Bounds(BOUNDS.axes, SITE[0], LimitSettings(sun_radius_degrees=20.5))
    rng = Random("grazing")
    for _ in range(POINTINGS):
        where = standing_at(rng.uniform(0.0, 60.0), rng.uniform(60.0, 300.0), SITE[0])
        burning = np.flatnonzero(burns(where))
        for minute in rng.sample(list(map(int, burning)), min(20, len(burning))):
            if minute >= 60:
                told = minutes_until_sun(where, sun_at(minute - 60), wide)
                assert told is not None
                assert told <= 60.0 + GOOD_TO_MINUTES


@pytest.mark.parametrize(
    ("where", "sun", "latitude", "expected"),
    [
        (Standing(30.0, 10.0), Standing(0.0, 10.0), 49.8, pytest.approx(38.8, abs=0.5)),
        (Standing(10.0, 10.0), Standing(0.0, 10.0), 49.8, 0.0),
        (Standing(-30.0, 10.0), Standing(0.0, 10.0), 49.8, pytest.approx(1238.8, abs=0.5)),
        (Standing(0.0, 80.0), Standing(0.0, 10.0), 49.8, None),
        (Standing(0.0, 80.0), Standing(0.0, -23.0), 68.4, None),
        (Standing(180.0, 20.0), Standing(0.0, 20.0), 49.8, None),  # the Sun is down when it passes there
        (Standing(-170.0, 23.0), Standing(-180.0, 23.0), 68.4, 0.0),  # the midnight Sun
        (Standing(0.0, -20.0), Standing(0.0, -23.0), 80.0, None),  # polar night
        (Standing(0.0, 23.0), Standing(170.0, 23.0), 89.9, pytest.approx(168.3 / 0.25, abs=3.0)),  # polar day
        (Standing(float("nan"), 23.0), Standing(170.0, 23.0), 49.8, 0.0),
        (Standing(10.0, 23.0), Standing(170.0, float("nan")), 49.8, 0.0),
    ],
)
def test_cases_worth_a_line(where: Standing, sun: Standing, latitude: float, expected: float | None) -> None:
    bounds = Bounds(frozenset(Axes), latitude, LimitSettings())
    assert minutes_until_sun(where, SunNow(sun, 0.0), bounds) == expected
    assert minutes_until_sun(where, None, bounds) is None


def test_at_sunrise_the_warning_counts_to_two_degrees_below_the_horizon() -> None:
    """At the equinox on the equator the Sun rises straight up, a degree in four minutes."""
    equator = Bounds(frozenset(Axes), 0.0, LimitSettings())
    told = minutes_until_sun(Standing(-90.0, 0.0), SunNow(Standing(-107.0, 0.0), -17.0), equator)
    assert told == pytest.approx(60.0, abs=0.01)
