"""What a mount can be busy with, how fast the sky can be followed, and the truth about both for whoever judges.

Plain values; nothing here moves.
"""

from dataclasses import dataclass
from enum import Enum, auto

from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND


class TrackingRate(Enum):
    """How fast the followed point moves over the ground, in degrees of hour angle a second."""

    SIDEREAL = SIDEREAL_DEGREES_PER_SECOND
    SOLAR = 360.0 / 86400.0
    LUNAR = SIDEREAL_DEGREES_PER_SECOND * 57.9 / 60.1  # the drive frequencies of the Meade manual


class Motion(Enum):
    """What the motors are busy with."""

    HOLDING = "holding"  # following the sky, or at rest when tracking is off
    GOING = "going"  # on a goto
    BY_HAND = "by hand"  # direction keys, or coming to rest after a stop


class Fate(Enum):
    """What comes of a goto that was accepted."""

    AS_ORDERED = auto()
    NOWHERE = auto()  # nothing moves
    AWAY = auto()  # it runs from its target until it is stopped
    BEYOND = auto()  # it runs past its target until it is stopped


@dataclass(frozen=True)
class Truth:
    """Where the tube really points (of date, without refraction), how its axes stand and how fast they turn.

    The axis angles are unwrapped: every whole turn counts. `is_tipped`: the second axis stands beyond zenith or pole.
    """

    t: float
    utc_seconds: float
    ra_degrees: float
    dec_degrees: float
    altitude_degrees: float
    azimuth_degrees: float
    axis_degrees: tuple[float, float]
    axis_rates: tuple[float, float]
    slewing: bool
    motion: Motion
    tracking: bool
    geometry: str
    is_tipped: bool
    stops_heard: int
    stops_ignored: int
