"""A goto from end to end: what is asked over HTTP against where the tube truly points, as skyfield and JPL have it.

Six telescopes at once, of three geometries and on two nights twenty years apart. An LX200 takes whole seconds of right
ascension, 15″ on the equator, and whole arcseconds of declination; half a second of the sky's turning, 7.5″, is allowed
beside it, both shrinking with cos dec, and a step of the motors; nothing for the program itself.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import pytest
from skyfield.api import Loader, Star, load, wgs84
from skyfield_data import get_skyfield_data_path

from scope.position import Site
from tests.telescopes import SITE
from tests.whole_program import AUTUMN_NIGHT, Program, whole_program

pytestmark = pytest.mark.filterwarnings(
    # of the tables of the Earth's rotation beside the ephemeris, which are not read here
    "ignore:The file .* has expired:RuntimeWarning"
)

TWENTY_YEARS_BEFORE = AUTUMN_NIGHT.replace(year=2006)
NIGHTS = {2006: TWENTY_YEARS_BEFORE, 2026: AUTUMN_NIGHT}
GEOMETRIES = ("altaz", "fork", "german")
RA_SECOND, DEC_SECOND, HALF_A_SECOND_OF_SKY = 15.0, 1.0, 7.5
STEP = 0.25
"""Of the simulated motors, in arcseconds."""
EPHEMERIS = 90.0
"""The built-in series for the planets and the Moon are good to about a minute of arc and a half."""
J2000_PLACES = {
    "near the pole": (6.0, 89.0),
    "high in the north": (20.5, 60.0),
    "on the equator": (22.25, 0.0),
    "in the south": (22.6667, -20.0),
    "just before 0h": (23 + 59 / 60 + 50 / 3600, 10.0),
    "just after 0h": (10 / 3600, 10.0),
    "below zero": (0.5, -0.25),
}
OF_DATE_PLACES = {"a breath before 0h": (23 + 59 / 60 + 59.7 / 3600, 20.0), "0h": (0.0, 5.0)}
VEGA = Star(
    ra_hours=(18, 36, 56.33635),
    dec_degrees=(38, 47, 1.2802),
    ra_mas_per_year=200.94,
    dec_mas_per_year=286.23,
    parallax_mas=130.23,
    radial_km_per_s=-20.6,
)
"""Of the Hipparcos catalogue, for J2000; in 26 years it moves by 9″."""
BODIES = {"Saturn": "saturn barycenter", "Moon": "moon"}


@dataclass(frozen=True)
class Measured:
    """How far off a goto ended, in arcseconds on the sky along right ascension and declination, and what is allowed."""

    what: str
    off: tuple[float, float]
    allowed: tuple[float, float]

    @property
    def arcseconds(self) -> float:
        return hypot(*self.off)

    @property
    def too_far(self) -> bool:
        return any(abs(off) > allowed for off, allowed in zip(self.off, self.allowed, strict=True))

    def __str__(self) -> str:
        (ra, dec), (most_ra, most_dec) = self.off, self.allowed
        return f"{self.what}: {ra:+.2f}″ of {most_ra:.2f}″, {dec:+.2f}″ of {most_dec:.2f}″"


@cache
def jpl() -> Any:
    return Loader(get_skyfield_data_path(), verbose=False)("de421.bsp")


def seen_from(site: Site, what: Any, utc: datetime) -> tuple[float, float]:
    """Apparent and topocentric, of the true equator and equinox of date: (ra_hours, dec_degrees)."""
    moment = load.timescale(builtin=True).from_datetime(utc)
    observer = jpl()["earth"] + wgs84.latlon(site.latitude_degrees, site.longitude_degrees, site.elevation_metres)
    ra, dec, _ = observer.at(moment).observe(what).apparent().radec("date")
    return float(ra.hours), float(dec.degrees)


def apart(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Arcseconds on the sky along right ascension and declination from one place of date to another near it."""
    ra_hours = (other[0] - one[0] + 12) % 24 - 12
    return ra_hours * 15 * 3600 * cos(radians(one[1])), (other[1] - one[1]) * 3600


def resolution(dec_degrees: float) -> tuple[float, float]:
    return (RA_SECOND + HALF_A_SECOND_OF_SKY) * cos(radians(dec_degrees)) + STEP, DEC_SECOND + STEP


class Observatory:
    """One telescope, sent from place to place."""

    def __init__(self, program: Program) -> None:
        self._program, self.measured = program, list[Measured]()

    def go(self, what: str, order: dict[str, Any], place: Any, allowed: float = 0.0) -> None:
        """`place` is of date, or something that skyfield can look at."""
        ordered = self._program.utc()
        self._program.goto(**order)
        truth = self._program.mount.truth()
        ra, dec = place if isinstance(place, tuple) else seen_from(SITE, place, ordered)
        off = apart((ra, dec), (truth["ra_hours"], truth["dec_degrees"]))
        ra_resolution, dec_resolution = resolution(dec)
        self.measured.append(Measured(what, off, (ra_resolution + allowed, dec_resolution + allowed)))

    def evening(self, with_bodies: bool) -> None:
        for what, (ra, dec) in J2000_PLACES.items():
            self.go(what, {"ra_hours": ra, "dec_degrees": dec}, Star(ra_hours=ra, dec_degrees=dec))
        for what, (ra, dec) in OF_DATE_PLACES.items():
            self.go(what, {"ra_hours": ra, "dec_degrees": dec, "epoch": "of-date"}, (ra, dec))
        self.go("Vega", {"target": "Vega"}, VEGA)
        for name, body in BODIES.items() if with_bodies else ():
            self.go(name, {"target": name}, jpl()[body], EPHEMERIS)


def observed(folder: Path, geometry: str, year: int) -> list[Measured]:
    options = ("--geometry", geometry, "--slew-rate", "180")
    with whole_program(folder, at=NIGHTS[year], mount_options=options, without=("visitors",)) as program:
        observatory = Observatory(program)
        observatory.evening(with_bodies=year == 2026)
        return observatory.measured


Nights = dict[tuple[str, int], list[Measured]]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    jpl()  # not from six threads at once
    evenings = [(geometry, year) for geometry in GEOMETRIES for year in NIGHTS]
    with ThreadPoolExecutor(2) as observers:
        under_way = {
            (geometry, year): observers.submit(observed, tmp_path_factory.mktemp(geometry), geometry, year)
            for geometry, year in evenings
        }
        yield {evening: measured.result() for evening, measured in under_way.items()}
    jpl().close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("year", NIGHTS)
@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_a_goto_ends_where_the_sky_is_to_the_resolution_of_the_protocol(
    nights: Nights, geometry: str, year: int
) -> None:
    measured = nights[geometry, year]
    assert len(measured) == len(J2000_PLACES) + len(OF_DATE_PLACES) + 1 + (year == 2026) * len(BODIES)
    fixed = [one for one in measured if one.what not in BODIES]
    worst = max(fixed, key=lambda one: one.arcseconds)
    listed = "; ".join(map(str, measured))
    print(f"{geometry} {year}: {listed}")
    too_far = [one for one in measured if one.too_far]
    assert too_far == [], f"{geometry} in {year}, the largest of the stars {worst}: {listed}"


def test_the_nights_lie_so_far_apart_that_precession_and_proper_motion_show() -> None:
    """Or a program that forgot them would pass."""
    star, still = Star(ra_hours=22.25, dec_degrees=0.0), Star(ra=VEGA.ra, dec=VEGA.dec)
    ra, _ = apart(seen_from(SITE, star, NIGHTS[2006]), seen_from(SITE, star, NIGHTS[2026]))
    _, dec = apart(seen_from(SITE, still, NIGHTS[2026]), seen_from(SITE, VEGA, NIGHTS[2026]))
    assert ra > 40 * RA_SECOND
    assert dec > 4 * DEC_SECOND
