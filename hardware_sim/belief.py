"""Where the mount's firmware believes that its motors point it.

Holds what a real hand control holds and may have wrong: the geometry, the site, the clock and the alignment. Turns
motor angles into sky and back with these. It must never move anything, and never see the true site and time but
through its own clock.
"""

from dataclasses import dataclass
from itertools import product

from hardware_sim.geometry import AxisPair, Geometry, HourAngleDec, Travel, horizontal, turned_near, wrapped
from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.sidereal import local_apparent_degrees

FULL_TURN = 360.0
ZENITH = 90.0
TURNS = (0.0, -FULL_TURN, FULL_TURN)
NOT_SHIFTED = AxisPair(0.0, 0.0)


@dataclass(frozen=True)
class Celestial:
    """A point of the sky of date: true equator and equinox."""

    ra_degrees: float
    dec_degrees: float


Target = Celestial | HourAngleDec


@dataclass
class Belief:
    """Geometry, site, clock, and by how much the believed axis angles differ from the motors' own."""

    geometry: Geometry
    site: Site
    clock: MountClock
    alignment: AxisPair = NOT_SHIFTED

    def sidereal_degrees(self, true_utc_seconds: float) -> float:
        utc = self.clock.utc_seconds(true_utc_seconds)
        return local_apparent_degrees(utc, self.site.longitude_degrees)

    def over_ground(self, target: Target, true_utc_seconds: float) -> HourAngleDec:
        """Where a target stands now."""
        if isinstance(target, HourAngleDec):
            return target
        hour_angle = wrapped(self.sidereal_degrees(true_utc_seconds) - target.ra_degrees)
        return HourAngleDec(hour_angle, target.dec_degrees)

    def celestial(self, target: Target, true_utc_seconds: float) -> Celestial:
        """Which point of the sky of date a target is now."""
        if isinstance(target, Celestial):
            return target
        return Celestial((self.sidereal_degrees(true_utc_seconds) - target.hour_angle) % FULL_TURN, target.dec)

    def horizontal(self, sky: HourAngleDec) -> tuple[float, float]:
        """Altitude and azimuth."""
        return horizontal(sky, self.site.latitude_degrees)

    def sky_at(self, motors: AxisPair) -> HourAngleDec:
        return self.geometry.sky(motors.plus(self.alignment), self.site.latitude_degrees)

    def motors_near(self, sky: HourAngleDec, near: AxisPair) -> AxisPair:
        """The motor angles for a direction that are nearest to given ones: same turn, same side of the pier.

        An upright fork keeps its side of the zenith even so: it turns round rather than tip its tube over.
        """
        poses = self._poses(sky, near)
        if not self.geometry.polar:
            return poses[near.plus(self.alignment).second > ZENITH]
        return min(poses, key=lambda pose: _apart(pose, near))

    def motors_within(self, sky: HourAngleDec, near: AxisPair, travel: tuple[Travel, Travel]) -> AxisPair:
        """The motor angles for a goto: the preferred pose that the end stops allow; if none, the preferred one."""
        return _first_within(self._poses(sky, near), travel)

    def motors_turned(self, believed: AxisPair, near: AxisPair, travel: tuple[Travel, Travel]) -> AxisPair:
        """The motor angles for believed axis angles: on the nearest turn that the end stops allow, or the nearest."""
        wanted = believed.minus(self.alignment)
        nearest = AxisPair(turned_near(wanted.first, near.first), turned_near(wanted.second, near.second))
        return _first_within([nearest], travel)

    def northward(self, motors: AxisPair) -> float:
        """Which way the second axis turns to go north (or up): the other way beyond the pole, on a flipped mount."""
        dec = wrapped(motors.plus(self.alignment).second)
        return 1.0 if not self.geometry.polar or -90.0 <= dec <= 90.0 else -1.0

    def sync(self, sky: HourAngleDec, motors: AxisPair) -> None:
        """Believe from now on that these motor angles point there."""
        self.alignment = self.alignment.plus(self.motors_near(sky, motors)).minus(motors)

    def take_geometry_for(self, geometry: Geometry, motors: AxisPair) -> None:
        """Take the axes for differently mounted from here on, as `:AP#` makes an upright fork do."""
        sky = self.sky_at(motors)
        self.geometry = geometry
        self.sync(sky, motors)

    def take_for_home(self, motors: AxisPair) -> None:
        """Believe that the mount stands at home."""
        self.alignment = self.home.minus(motors)

    @property
    def home(self) -> AxisPair:
        """How the axes stand at home: a polar mount looks to the pole that is above the horizon."""
        home = self.geometry.home
        is_south = self.geometry.polar and self.site.latitude_degrees < 0.0
        return AxisPair(home.first, -home.second) if is_south else home

    def home_sky(self) -> HourAngleDec:
        return self.geometry.sky(self.home, self.site.latitude_degrees)

    def _poses(self, sky: HourAngleDec, near: AxisPair) -> list[AxisPair]:
        """Motor angles, turned near to given ones."""
        believed_near = near.plus(self.alignment)
        poses = self.geometry.poses(sky, self.site.latitude_degrees)
        return [
            AxisPair(
                turned_near(pose.first, believed_near.first), turned_near(pose.second, believed_near.second)
            ).minus(self.alignment)
            for pose in poses
        ]


def _first_within(poses: list[AxisPair], travel: tuple[Travel, Travel]) -> AxisPair:
    for pose, second_turn, first_turn in product(poses, TURNS, TURNS):
        turned = pose.plus(AxisPair(first_turn, second_turn))
        if travel[0].holds(turned.first) and travel[1].holds(turned.second):
            return turned
    return poses[0]


def _apart(one: AxisPair, other: AxisPair) -> float:
    return abs(one.first - other.first) + abs(one.second - other.second)
