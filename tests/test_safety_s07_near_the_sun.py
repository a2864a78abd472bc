"""S7: Moon and planets near the Sun are refused by day as everything is, over ten years of JPL's ephemeris."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from skyfield.api import load, wgs84

from scope.errors import NotAllowed
from scope.limits.sun import check_target, is_day
from scope.sky.frames import Sky
from scope.target import Kind, Target
from scope.watch.guard import Guard
from tests.limits_world import jpl
from tests.telescopes import SITE, ready, settings_for

BEGIN, YEARS, EVERY_DAYS = datetime(2024, 1, 1, tzinfo=UTC), 10, 5.93
TOLERANCE_DEGREES = 0.1
BODIES = {"Moon": "moon", "Mercury": "mercury", "Venus": "venus", "Mars": "mars", "Jupiter": "jupiter barycenter"}


def true_degrees(body: str, utc: datetime) -> float:
    """Between the body and the Sun, both apparent, by DE421."""
    here = jpl()["earth"] + wgs84.latlon(SITE.latitude_degrees, SITE.longitude_degrees, SITE.elevation_metres)
    at = here.at(load.timescale(builtin=True).from_datetime(utc))
    sun, other = (at.observe(jpl()[name]).apparent() for name in ("sun", BODIES[body]))
    return float(sun.separation_from(other).degrees)


@pytest.mark.filterwarnings("ignore:The file finals2000A.all has expired")
@pytest.mark.parametrize("body", BODIES)
def test_a_body_is_refused_by_day_exactly_while_it_is_nearer_than_the_limit(body: str, tmp_path: Path) -> None:
    sky, settings, target = Sky(SITE), settings_for(tmp_path), Target(body, Kind.PLANET, None)
    guard, radius = Guard(ready(sky), SITE.latitude_degrees, settings.mount, settings.limits), 20.0
    seen = {True: 0, False: 0}
    for number in range(int(YEARS * 365.25 / EVERY_DAYS)):
        utc = BEGIN + timedelta(days=number * EVERY_DAYS)
        sun = guard.sun(utc)
        if not is_day(sun):
            continue
        try:
            check_target(guard.standing(sky.place(target, utc), utc), sun, settings.limits)
            refused = False
        except NotAllowed:
            refused = True
        off = true_degrees(body, utc) - radius
        assert abs(off) < TOLERANCE_DEGREES or refused == (off < 0), utc
        seen[refused] += 1
    assert min(seen.values()) > 20
