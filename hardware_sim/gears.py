"""What is lost and added between a motor and the tube: backlash of both axes, periodic error of the first one's worm.

The motors' own angles stay what the firmware counts. Backlash depends on the way that was gone, so every tick is told
here; periodic error depends on the worm's place only. It must never move a motor.
"""

from dataclasses import dataclass
from math import radians, sin

from hardware_sim.geometry import AxisPair
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND

ARCSECONDS_PER_DEGREE = 3600.0
EQ6_WORM_SECONDS = 478.7  # a turn of one of 180 teeth, at the sky's rate


@dataclass(frozen=True, slots=True)
class GearErrors:
    """Arcseconds on the sky; the worm swings the tube by as much to either side, once in `worm_seconds` of tracking."""

    backlash_arcseconds: tuple[float, float] = (0.0, 0.0)
    periodic_arcseconds: float = 0.0
    worm_seconds: float = EQ6_WORM_SECONDS


PERFECT_GEARS = GearErrors()


class Gears:
    """Where the tube is for where the motors are.

    A motor that goes forward (west, north, up) has the tube with it; after a reversal it turns through the backlash
    first.
    """

    def __init__(self, errors: GearErrors, motors: AxisPair) -> None:
        """They stand as after a way forward."""
        self.errors = errors
        self._motors = motors
        self._slack = (0.0, 0.0)

    def follow(self, motors: AxisPair) -> None:
        """The motors have turned to here, without turning back on the way."""
        moved = motors.minus(self._motors)
        widths = [width / ARCSECONDS_PER_DEGREE for width in self.errors.backlash_arcseconds]
        self._motors = motors
        self._slack = (
            min(max(self._slack[0] - moved.first, 0.0), widths[0]),
            min(max(self._slack[1] - moved.second, 0.0), widths[1]),
        )

    def tube(self, motors: AxisPair) -> AxisPair:
        """The axis angles behind the gears."""
        return motors.plus(AxisPair(self._slack[0] + self._swing(motors.first), self._slack[1]))

    def _swing(self, first: float) -> float:
        turns = first / (SIDEREAL_DEGREES_PER_SECOND * self.errors.worm_seconds)
        return self.errors.periodic_arcseconds / ARCSECONDS_PER_DEGREE * sin(radians(360.0 * (turns % 1.0)))
