"""A simulated mount on its ground under the true Sun, for the tests of what may move and which way.

The Sun is JPL's DE421 through skyfield, not the product's own; the way the tube goes is what the simulated axes do.
Time is handed in, so an hour of slews takes a second.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from skyfield.api import Loader, load, wgs84
from skyfield_data import get_skyfield_data_path

from hardware_sim.belief import Celestial
from hardware_sim.geometry import GEOMETRIES, AxisPair
from hardware_sim.mount import Motion, Mount
from hardware_sim.mount_clock import MountClock
from hardware_sim.mount_clock import Site as SimSite
from hardware_sim.sidereal import local_apparent_degrees
from scope.limits.axes import Axes, altitude_degrees, poses, separation, standing_at
from scope.limits.sun import SunNow
from scope.limits.where import Bounds
from scope.position import Equatorial, Site, Standing, wrapped
from scope.settings import LimitSettings
from scope.sky.frames import Sky

LIMITS = LimitSettings()
LOOK_SECONDS = 0.03
"""At 40° a second every 1.2°."""
BEGIN, END = datetime(2010, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


@cache
def jpl() -> Any:
    return Loader(get_skyfield_data_path(), verbose=False)("de421.bsp")


def true_sun(utc: datetime, latitude: float, longitude: float) -> SunNow:
    """Where the Sun stands by DE421, apparent, without refraction."""
    moment = load.timescale(builtin=True).from_datetime(utc)
    seen = (jpl()["earth"] + wgs84.latlon(latitude, longitude, 550.0)).at(moment).observe(jpl()["sun"]).apparent()
    hour_angle, dec, _ = seen.hadec()
    there = Standing(wrapped(float(hour_angle.degrees)), float(dec.degrees))
    return SunNow(there, altitude_degrees(there, latitude))


def our_sun(utc: datetime, latitude: float, longitude: float) -> SunNow:
    """The same by the product's own sky."""
    sky = _sky(latitude, longitude)
    there = standing_of(sky.sun(utc), sky.sidereal_hours(utc))
    return SunNow(there, altitude_degrees(there, latitude))


@cache
def _sky(latitude: float, longitude: float) -> Sky:
    return Sky(Site("somewhere", latitude, longitude, 550.0, "UTC"))


def standing_of(place: Equatorial, sidereal_hours: float) -> Standing:
    return Standing(wrapped((sidereal_hours - place.ra_hours) * 15.0), place.dec_degrees)


def bounds_for(axes: Axes, latitude: float, **limits: float) -> Bounds:
    return Bounds(frozenset({axes}), latitude, replace(LIMITS, **limits))


def random_day(rng: Random, latitude: float, longitude: float) -> tuple[datetime, SunNow]:
    """A moment in thirty years when the Sun stands above −2°."""
    while True:
        utc = BEGIN + timedelta(seconds=round(rng.random() * (END - BEGIN).total_seconds()))
        sun = our_sun(utc, latitude, longitude)
        if sun.altitude_degrees > -2.0:
            return utc, sun


def random_place(rng: Random, bounds: Bounds, sun: SunNow | None = None) -> Standing:
    """Somewhere the tube may point, by day outside the Sun's circle; not spread evenly, as targets are not."""
    lowest, highest = bounds.limits.lowest_altitude_degrees, bounds.limits.highest_altitude_degrees
    while True:
        place = standing_at(rng.uniform(lowest, highest), rng.uniform(0, 360), bounds.latitude_degrees)
        if sun is None or separation(place, sun.standing) >= bounds.limits.sun_radius_degrees:
            return place


@dataclass
class World:
    """One mount on the ground; `mount` is the simulator's own."""

    mount: Mount
    latitude: float
    longitude: float
    begun: datetime
    seconds: float = 0.0

    @classmethod
    def with_tube_at(
        cls,
        axes: Axes,
        here: Standing,
        utc: datetime,
        rng: Random,
        site: tuple[float, float],
        slew_rate: float,
        first_degrees: float | None = None,
    ) -> "World":
        """The axes in any of the poses that a mount may have there, or the first nearest to what is said."""
        latitude, longitude = site
        geometry: Any = GEOMETRIES[axes.value]
        possible = [
            AxisPair(pose.first_degrees + turn, pose.second_degrees)
            for pose in poses(axes, here, latitude, LIMITS)
            for turn in (0.0, -360.0, 360.0)
            if geometry.travel[0].holds(pose.first_degrees + turn) and geometry.travel[1].holds(pose.second_degrees)
            if axes is not Axes.ALTAZ or abs(pose.first_degrees + turn - 180.0) <= LIMITS.cable_degrees
        ]
        chosen = rng.choice(possible)
        if first_degrees is not None:
            chosen = min(possible, key=lambda pose: abs(pose.first - first_degrees))
        start = replace(geometry, start=chosen)
        unix = utc.timestamp()
        mount = Mount(start, SimSite(latitude, longitude), MountClock.right(0.0), slew_rate, 0.0, unix)
        return cls(mount, latitude, longitude, utc)

    @property
    def utc(self) -> datetime:
        return self.begun + timedelta(seconds=self.seconds)

    @property
    def motors(self) -> tuple[float, float]:
        axes = self.mount._motors()
        return axes.first, axes.second

    @property
    def first_degrees(self) -> float:
        """Of the first axis, whole turns counted."""
        return self.motors[0]

    def sidereal_degrees(self) -> float:
        return local_apparent_degrees(self.mount.true_utc_seconds, self.longitude)

    def celestial(self, place: Standing) -> Celestial:
        """The point of the sky that stands there now."""
        return Celestial((self.sidereal_degrees() - place.hour_angle_degrees) % 360.0, place.dec_degrees)

    def stands(self, point: Celestial) -> Standing:
        return Standing(wrapped(self.sidereal_degrees() - point.ra_degrees), point.dec_degrees)

    def here(self) -> Standing:
        truth = self.mount.truth()
        return self.stands(Celestial(truth.ra_degrees, truth.dec_degrees))

    def wait(self, seconds: float) -> None:
        self.seconds += seconds
        self.mount.advance(self.seconds + 1e-9)

    def goto(self, point: Celestial, look_seconds: float = LOOK_SECONDS) -> Iterator[Standing]:
        """Where the tube points on the way, look by look, until it has arrived."""
        self.mount.goto(point)
        while self.mount.motion is Motion.GOING:
            self.wait(look_seconds)
            yield self.here()
