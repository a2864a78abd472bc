"""The examples of a demonstration: whenever it is shown, what they tell could have been seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import astropy.units as u
import pytest
from astropy.coordinates import AltAz, EarthLocation, SkyCoord, get_body
from astropy.time import Time
from astropy.utils import iers

from scope.log.database import Database
from scope.log.example_sky import moon, pointing, saturn, sun
from scope.log.examples import write_examples
from scope.log.history import History, SessionInFull
from scope.position import Site
from tests.log_evenings import EVENING, SITE, open_log

LANGUAGES = {"kk", "ru", "en"}
TOLERANCE_DEGREES = 0.5
MOMENTS = [datetime(2025, 1, 11, 14, tzinfo=UTC) + timedelta(days=47 * step) for step in range(24)]


def evenings(database: Database) -> list[SessionInFull]:
    history = History(database)
    listed = history.sessions(simulated=True, published_only=True)
    return [found for each in listed if (found := history.session(each.slug, published_only=True))]


def test_they_are_public_and_marked_and_speak_three_languages(tmp_path: Path) -> None:
    with open_log(tmp_path) as database:
        write_examples(database, SITE, EVENING)
        assert History(database).sessions(simulated=False, published_only=False) == []
        written = evenings(database)
        tracks = [History(database).track(each.slug) for each in written]
    assert len(written) == 4
    assert all(tracks)
    for evening in written:
        assert evening.simulated
        assert evening.example
        assert evening.title.keys() == evening.summary.keys() == LANGUAGES
        assert evening.ended is not None
        assert evening.ended < EVENING
        assert evening.ending == "parked"
        assert {seen.outcome for seen in evening.observations} == {"seen"}


def test_they_are_written_once(tmp_path: Path) -> None:
    with open_log(tmp_path) as database:
        write_examples(database, SITE, EVENING)
        write_examples(database, SITE, EVENING)
        assert len(evenings(database)) == 4


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: now.date().isoformat())
def test_everything_was_up_in_a_dark_sky_at_any_time_of_the_year(tmp_path: Path, now: datetime) -> None:
    with open_log(tmp_path) as database:
        write_examples(database, SITE, now)
        written = evenings(database)
    assert len(written) == 4
    assert len({evening.begun.date() for evening in written}) == 4
    for evening in written:
        assert len(evening.observations) >= 2
        assert pointing(sun(evening.begun), SITE, evening.begun).altitude_degrees < -7.9
        for seen in evening.observations:
            assert seen.altitude_degrees is not None
            assert seen.altitude_degrees >= 20.0, seen.designation


def test_it_also_works_where_nothing_of_it_is_ever_up(tmp_path: Path) -> None:
    with open_log(tmp_path) as database:
        write_examples(database, Site("Dome C", -75.1, 123.3, 3233.0, "Antarctica/Casey"), EVENING)
        assert all(evening.observations for evening in evenings(database))


@pytest.mark.parametrize("utc", MOMENTS[::3], ids=lambda utc: utc.date().isoformat())
def test_its_little_sky_agrees_with_astropy(utc: datetime) -> None:
    place = EarthLocation(lat=SITE.latitude_degrees * u.deg, lon=SITE.longitude_degrees * u.deg, height=553 * u.m)
    with iers.conf.set_temp("auto_download", False), iers.conf.set_temp("auto_max_age", None):
        when = Time(utc)
        frame = AltAz(obstime=when, location=place)
        bodies = {name: get_body(name, when, place).transform_to(frame) for name in ("moon", "saturn", "sun")}
        bodies["m31"] = SkyCoord(0.71231 * 15, 41.269, unit="deg").transform_to(frame)
    ours = {
        "moon": pointing(moon(utc)[0], SITE, utc, moon(utc)[1]),
        "saturn": pointing(saturn(utc), SITE, utc),
        "sun": pointing(sun(utc), SITE, utc),
        "m31": pointing((0.71231, 41.269), SITE, utc),
    }
    for name, theirs in bodies.items():
        mine = SkyCoord(ours[name].azimuth_degrees * u.deg, ours[name].altitude_degrees * u.deg)
        apart = mine.separation(SkyCoord(theirs.az, theirs.alt)).deg
        assert apart < TOLERANCE_DEGREES + (0.6 if theirs.alt.deg < 5 else 0.0), name  # refraction near the horizon
