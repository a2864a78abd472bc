"""One motor axis: whole encoder steps, acceleration ramps, end stops.

Pure physics in degrees and seconds; every call says how much time passes, so the same calls give the same steps. It
must never know what it points at, nor read a clock. An axis is either driven at a rate or made to chase a moving goal.
"""

from dataclasses import dataclass
from math import copysign, inf, sqrt

from hardware_sim.geometry import Travel

# A quarter of an arcsecond: finer than the whole arcseconds that the finest LX200 format can show, so that a reading
# is never wrong by more than its own last digit; about what motor encoder, gears and a 180-tooth worm give.
STEPS_PER_TURN = 360 * 3600 * 4
DEGREES_PER_STEP = 360.0 / STEPS_PER_TURN


@dataclass
class Axis:
    """Where one axis stands and how fast it turns.

    `position` is what the motor was told to reach, `degrees` where the encoder's whole steps say it is.
    """

    position: float
    travel: Travel
    fastest: float
    acceleration: float
    velocity: float = 0.0
    degrees_per_step: float = DEGREES_PER_STEP
    is_stalled: bool = False  # its motor has no current: it stands, whatever is asked of it

    @property
    def steps(self) -> int:
        return round(self.position / self.degrees_per_step)

    @property
    def degrees(self) -> float:
        return self.steps * self.degrees_per_step

    @property
    def is_at_stop(self) -> bool:
        room = min(self.travel.highest - self.position, self.position - self.travel.lowest)
        return room <= self.degrees_per_step

    def drive(self, rate: float, seconds: float) -> None:
        """Turn at this rate, or as near to it as motor and ramp allow; brake in time for the end stop."""
        if self.is_stalled:
            self.cut_power()
            return
        possible = min(max(rate, -self.fastest), self.fastest)
        self.velocity = self._short_of_stop(self._ramped(possible, seconds), seconds)
        self.position += self.velocity * seconds

    def chase(self, goal: float, goal_rate: float, seconds: float, at_most: float = inf) -> None:
        """Close on a goal that moves itself: `goal` is where it will be after these seconds.

        The speed left over is always one from which the ramp can still brake, so the axis arrives without running past
        and then stays exactly on the goal; `at_most` is how fast it may close on it.
        """
        remaining = goal - (self.position + goal_rate * seconds)
        closing = self._fastest_within(abs(remaining), seconds)
        self.drive(goal_rate + copysign(min(closing, at_most), remaining), seconds)

    def cut_power(self) -> None:
        """Worm gears hold the axis where it stands."""
        self.velocity = 0.0

    def _ramped(self, wanted: float, seconds: float) -> float:
        change = self.acceleration * seconds
        return min(max(wanted, self.velocity - change), self.velocity + change)

    def _short_of_stop(self, velocity: float, seconds: float) -> float:
        """The given velocity, or as much of it as can still be braked before the end stop."""
        room = self.travel.highest - self.position if velocity > 0.0 else self.position - self.travel.lowest
        return copysign(min(abs(velocity), self._fastest_within(max(room, 0.0), seconds)), velocity)

    def _fastest_within(self, room: float, seconds: float) -> float:
        """The speed now that, less one ramp's share with every coming tick, comes to nothing exactly at `room`.

        With the share as unit of speed, n + f of it needs n(n+1)/2 + (n+1)f units of way.
        """
        share = self.acceleration * seconds
        way = room / (share * seconds)
        n = int((sqrt(1.0 + 8.0 * way) - 1.0) / 2.0)
        return share * (n + (way - n * (n + 1) / 2.0) / (n + 1))
