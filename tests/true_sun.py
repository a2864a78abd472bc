"""How near a simulated tube truly came to the Sun: by JPL's ephemeris, and by where the simulated axes stood."""

import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from hardware_sim.motion import Truth
from scope.limits.axes import azimuth_degrees
from scope.position import arc_degrees
from tests.limits_world import true_sun
from tests.telescopes import SITE

KEPT_SECONDS = 10
"""In which the Sun goes 0.04°."""


@lru_cache(maxsize=4096)
def _sun(slot: int) -> tuple[float, float]:
    utc = datetime.fromtimestamp((slot + 0.5) * KEPT_SECONDS, UTC)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The file finals2000A.all has expired")  # of the Earth's turning, to 0.1 s
        sun = true_sun(utc, SITE.latitude_degrees, SITE.longitude_degrees)
    return sun.altitude_degrees, azimuth_degrees(sun.standing, SITE.latitude_degrees)


def sun_at(utc: datetime) -> tuple[float, float]:
    """Altitude and azimuth over the site of the tests, without refraction."""
    return _sun(int(utc.timestamp() // KEPT_SECONDS))


def degrees_from_sun(truth: Truth) -> float:
    altitude, azimuth = _sun(int(truth.utc_seconds // KEPT_SECONDS))
    return arc_degrees(truth.azimuth_degrees, truth.altitude_degrees, azimuth, altitude)


def nearest_to_sun(truths: Sequence[Truth]) -> float:
    return min(map(degrees_from_sun, truths))
