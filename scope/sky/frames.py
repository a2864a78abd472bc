"""From the sky to this site and back: J2000 (ICRS), the apparent place of date that a mount is told, and alt/az.

ERFA does the sums, with its context of a moment (where the Earth is, how it stands) kept for the ten seconds around it
and turned to the exact time when something stands against the horizon: a mount's sample costs 0.02 ms where astropy's
frames take 8. Within such a slot the frames move by less than 0.001″. What moves itself, a planet or the Moon, gets a
context of its own moment.

ERFA's intermediate right ascension counts from the CIO, the mount's from the equinox; between them lies the equation
of the origins. A Sky never changes after it is made, so any number of threads may ask it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import degrees, pi, radians
from typing import Any

from erfa import DMAS2R, ufunc

from scope.errors import NotUnderstood
from scope.position import Epoch, Equatorial, Horizontal, Site
from scope.sky import bodies, earth
from scope.sky.refraction import air_at
from scope.sky.rising import first_moment
from scope.sky.stars import Star
from scope.target import Target

KEPT_SECONDS = 10
NO_AIR = (0.0, 0.0, 0.0, 0.0)  # pressure, temperature, humidity, wavelength: refraction.py lifts, not ERFA


@dataclass(frozen=True, slots=True)
class _Context:
    """ERFA's eraASTROM with the observer on the site, the equation of the origins in radians, UT1−UTC in seconds."""

    astrom: Any
    origins: float
    ut1_minus_utc: float


class Sky:
    """The sky over one site. All moments are aware datetimes; all places are topocentric."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._air = air_at(site.elevation_metres)
        self._kept: Callable[[int], _Context] = lru_cache(maxsize=16)(self._context_of_slot)

    def warm(self) -> None:
        """Do the first transform (a tenth of a second, for the table of the Earth's rotation) when nobody waits."""
        self.sun(datetime.now(UTC))

    def of_date(self, place: Equatorial, utc: datetime) -> Equatorial:
        """The apparent place (true equator and equinox, aberration, deflection) of a J2000 one; OF_DATE as it is."""
        if place.epoch is Epoch.OF_DATE:
            return place
        return self._apparent(radians(place.ra_hours * 15.0), radians(place.dec_degrees), self._near(utc))

    def j2000(self, place: Equatorial, utc: datetime) -> Equatorial:
        """The ICRS place whose apparent place this is; exact inverse of `of_date` at the same moment."""
        if place.epoch is Epoch.J2000:
            return place
        context = self._near(utc)
        ra, dec = ufunc.aticq(*_intermediate(place, context), context.astrom)
        return _equatorial(float(ra), float(dec), Epoch.J2000)

    def horizontal(self, place: Equatorial, utc: datetime) -> Horizontal:
        """Where it stands, lifted by the air; the air never hides or loses anything, see refraction.py."""
        context = self._near(utc)
        return self._standing(self.of_date(place, utc), context, utc)

    def sun(self, utc: datetime) -> Equatorial:
        """The centre of the Sun, of date."""
        return self._body("Sun", utc)

    def sun_altitude(self, utc: datetime) -> float:
        """Degrees, of the centre, as seen."""
        return self.horizontal(self.sun(utc), utc).altitude_degrees

    def place(self, target: Target, utc: datetime) -> Equatorial:
        """Where to point at this moment, of date: a body with parallax, a star with its motion since J2000."""
        if target.place is None:
            return self._body(target.designation, utc)
        if isinstance(target, Star) and target.place.epoch is Epoch.J2000:
            return self._star(target, target.place, utc)
        return self.of_date(target.place, utc)

    def sidereal_hours(self, utc: datetime) -> float:
        """Local apparent sidereal time in [0, 24): the right ascension of date that is due south (or north) now."""
        context = self._near(utc)
        rotation = self._turned(context, utc)["eral"]  # with the site's longitude
        return _hours(float(rotation) - context.origins)

    def next_above(self, target: Target, altitude_degrees: float, utc: datetime) -> datetime | None:
        """The first moment within 24 h when it is at least that high; `utc` itself if it is so now; None never."""
        return first_moment(lambda at: self._altitude(target, at) >= altitude_degrees, utc)

    def next_below(self, target: Target, altitude_degrees: float, utc: datetime) -> datetime | None:
        """The first moment within 24 h when it is lower than that; `utc` itself if it is so now; None never."""
        return first_moment(lambda at: self._altitude(target, at) < altitude_degrees, utc)

    def _altitude(self, target: Target, utc: datetime) -> float:
        return self.horizontal(self.place(target, utc), utc).altitude_degrees

    def _body(self, name: str, utc: datetime) -> Equatorial:
        if name not in bodies.BODIES:
            raise NotUnderstood(f"no body of the solar system is called {name!r}", code="target_unknown", typed=name)
        context = self._context(utc)
        observer = context.astrom["eb"]
        tt = earth.terrestrial_time(earth.julian_utc(utc))
        return self._apparent(*bodies.direction(name, tt, observer), context)

    def _star(self, star: Star, place: Equatorial, utc: datetime) -> Equatorial:
        context = self._near(utc)
        ra, dec = ufunc.atciq(
            radians(place.ra_hours * 15.0),
            radians(place.dec_degrees),
            star.motion_ra_mas * DMAS2R,
            star.motion_dec_mas * DMAS2R,
            star.parallax_mas / 1000.0,
            0.0,  # the radial velocity of the fastest changes its place by 0.2″ in a century
            context.astrom,
        )
        return _equatorial(float(ra) - context.origins, float(dec), Epoch.OF_DATE)

    def _apparent(self, ra: float, dec: float, context: _Context) -> Equatorial:
        ra, dec = ufunc.atciqz(ra, dec, context.astrom)
        return _equatorial(float(ra) - context.origins, float(dec), Epoch.OF_DATE)

    def _standing(self, place: Equatorial, context: _Context, utc: datetime) -> Horizontal:
        turned = self._turned(context, utc)
        azimuth, zenith_distance, *_ = ufunc.atioq(*_intermediate(place, context), turned)
        altitude = 90.0 - degrees(float(zenith_distance))
        return Horizontal(
            min(altitude + self._air.lift_degrees(altitude), 90.0), degrees(float(azimuth)) % 360.0 % 360.0
        )

    def _turned(self, context: _Context, utc: datetime) -> Any:
        """The context with the Earth turned to this very moment; a copy, so that threads don't share it."""
        return ufunc.aper13(*earth.universal_time(earth.julian_utc(utc), context.ut1_minus_utc), context.astrom)

    def _near(self, utc: datetime) -> _Context:
        return self._kept(round(utc.timestamp() / KEPT_SECONDS))

    def _context_of_slot(self, slot: int) -> _Context:
        return self._context(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=slot * KEPT_SECONDS))

    def _context(self, utc: datetime) -> _Context:
        at = earth.julian_utc(utc)
        stands = earth.orientation(at)
        astrom, origins, _doubt = ufunc.apco13(
            *at,
            stands.ut1_minus_utc,
            radians(self.site.longitude_degrees),
            radians(self.site.latitude_degrees),
            self.site.elevation_metres,
            stands.pole_x,
            stands.pole_y,
            *NO_AIR,
        )
        return _Context(astrom, float(origins), stands.ut1_minus_utc)


def _intermediate(place: Equatorial, context: _Context) -> tuple[float, float]:
    return radians(place.ra_hours * 15.0) + context.origins, radians(place.dec_degrees)


def _equatorial(ra: float, dec: float, epoch: Epoch) -> Equatorial:
    return Equatorial(_hours(ra), degrees(dec), epoch)


def _hours(angle: float) -> float:
    """In [0, 24) for an angle in radians; twice, since −1e-17 % 24 is 24.0 itself."""
    return angle * 12.0 / pi % 24.0 % 24.0
