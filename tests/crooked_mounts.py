"""Mounts with errors, and stars seen through them, for the tests of the pointing model.

The errors are those of the simulator, which knows nothing of the model's arithmetic. What a mount reports is rounded as
an LX200 does it: 15″ of right ascension, 1″ of declination.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, degrees, radians, sin, sqrt
from random import Random

from hardware_sim.geometry import GEOMETRIES, AxisPair, HourAngleDec
from hardware_sim.pointing_errors import PointingErrors, sky_through
from scope.limits.axes import separation, standing_at
from scope.position import Standing
from scope.sky.pointing.fit import Sight
from scope.sky.pointing.model import Model, Stand

KINDS = ("german", "fork", "altaz")
LATITUDES = (49.8, -33.9, 20.0, -60.0, 5.0)
LOWEST_DEGREES, HIGHEST_DEGREES = 20.0, 80.0


@dataclass(frozen=True)
class CrookedMount:
    """One mount at one place."""

    kind: str
    latitude: float
    errors: PointingErrors

    @property
    def stand(self) -> Stand:
        return Stand(self.kind == "altaz", self.latitude)

    def pose(self, place: Standing) -> AxisPair:
        """The axis angles with which its firmware would look there."""
        return GEOMETRIES[self.kind].poses(HourAngleDec(place.hour_angle_degrees, place.dec_degrees), self.latitude)[0]

    def sight(self, near: Standing, wide_of_it_degrees: float = 0.0) -> Sight:
        """A star in the middle of the field, and what the mount reports; `wide_of_it` when it was another star."""
        pose = self.pose(near)
        true = _standing(sky_through(self.errors, GEOMETRIES[self.kind], pose, self.latitude))
        if wide_of_it_degrees:
            away = -wide_of_it_degrees if true.dec_degrees > 0.0 else wide_of_it_degrees
            true = Standing(true.hour_angle_degrees, true.dec_degrees + away)
        reported = _standing(GEOMETRIES[self.kind].sky(pose, self.latitude))
        return Sight(rounded(reported), true, self.is_tipped(pose))

    def is_tipped(self, pose: AxisPair) -> bool:
        return self.kind == "german" and abs(pose.second) > 90.0

    def off_arcminutes(self, model: Model | None, target: Standing) -> float:
        """How far from a target the tube ends that is sent there."""
        tipped = self.is_tipped(self.pose(target))
        told = target if model is None else model.reported(target, tipped)
        pose = next(
            pose
            for pose in GEOMETRIES[self.kind].poses(
                HourAngleDec(told.hour_angle_degrees, told.dec_degrees), self.latitude
            )
            if self.is_tipped(pose) is tipped
        )
        ends = _standing(sky_through(self.errors, GEOMETRIES[self.kind], pose, self.latitude))
        return separation(ends, target) * 60.0

    def rms_arcminutes(self, model: Model | None) -> float:
        """Over all that is 15° or more above the horizon."""
        off = [self.off_arcminutes(model, target) for target in all_over_the_sky(self.latitude)]
        return sqrt(sum(each * each for each in off) / len(off))


def crooked(random: Random, kind: str | None = None, latitude: float | None = None) -> CrookedMount:
    """Up to a degree in how it stands and in either index, a quarter of one in its cone."""
    errors = PointingErrors(
        polar_altitude_arcminutes=random.uniform(-60, 60),
        polar_azimuth_arcminutes=random.uniform(-60, 60),
        lean_north_arcminutes=random.uniform(-30, 30),
        lean_east_arcminutes=random.uniform(-30, 30),
        cone_arcminutes=random.uniform(-15, 15),
        non_perpendicularity_arcminutes=random.uniform(-8, 8),
        flexure_arcminutes=random.uniform(-4, 4),
        index_arcminutes=(random.uniform(-60, 60), random.uniform(-60, 60)),
    )
    return CrookedMount(kind or random.choice(KINDS), latitude or random.choice(LATITUDES), errors)


def stars(random: Random, latitude: float, number: int, choices: int = 4) -> list[Standing]:
    """As somebody picks them: each the farthest from those before of a few that are well up."""
    found: list[Standing] = []
    for _ in range(number):
        well_up = [_star(random, latitude) for _ in range(choices)]
        found.append(max(well_up, key=lambda star: min([separation(star, other) for other in found] or [0.0])))
    return found


def _star(random: Random, latitude: float) -> Standing:
    height = random.uniform(sin(radians(LOWEST_DEGREES)), sin(radians(HIGHEST_DEGREES)))
    return standing_at(degrees(asin(height)), random.uniform(0.0, 360.0), latitude)


def all_over_the_sky(latitude: float, number: int = 60) -> Sequence[Standing]:
    """Evenly, by the golden angle."""
    lowest = sin(radians(15.0))
    heights = [degrees(asin(lowest + (1.0 - lowest) * (n + 0.5) / number)) for n in range(number)]
    return [standing_at(height, n * 137.508 % 360.0, latitude) for n, height in enumerate(heights)]


def rounded(standing: Standing) -> Standing:
    step = 15.0 / 3600.0
    hour_angle, dec = round(standing.hour_angle_degrees / step) * step, round(standing.dec_degrees * 3600.0) / 3600.0
    return Standing((hour_angle + 180.0) % 360.0 - 180.0, dec)


def _standing(sky: HourAngleDec) -> Standing:
    return Standing((sky.hour_angle + 180.0) % 360.0 - 180.0, sky.dec)
