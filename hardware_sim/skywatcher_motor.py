"""One motor of a Sky-Watcher mount with the registers of its controller: counts, periods, and what it is doing.

It counts steps and nothing else: no sky, no time, no place. It must never know how it is asked; the dialect
(skywatcher.py) reads and sets it.
"""

from dataclasses import dataclass
from enum import Enum, auto

from hardware_sim.axes import Axis
from hardware_sim.motion import Fate
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND

ZERO = 0x800000
COUNTER_MASK = 0xFFFFFF
PERIOD_AFTER_POWER_ON = 620  # the EQ6's for the sky's rate; not confirmed on hardware
SLOW_GOTO_SIDEREALS = 128.0  # the border that drivers draw between slow and fast; not confirmed on hardware
TRACKS_BELOW_SIDEREALS = 3.0
STANDS_BELOW_DEGREES_PER_SECOND = 1e-3


class Does(Enum):
    """What a motor is busy with."""

    STANDING = auto()
    SLEWING = auto()  # at a rate, until it is stopped
    GOING = auto()  # to a count
    STOPPING = auto()  # down the ramp
    BY_HAND = auto()  # somebody else has it


@dataclass
class Motor:
    """`forward` is 1 or -1: which way its axis angle grows when its counts do."""

    axis: Axis
    counts_per_turn: int
    timer_hertz: int
    fast_ratio: int
    forward: float
    zero_steps: int = 0  # where its axis stands when its counter shows ZERO
    does: Does = Does.STANDING
    is_initialised: bool = False
    is_asleep: bool = False
    is_goto: bool = False
    is_fast: bool = False
    is_backward: bool = False
    period: int = PERIOD_AFTER_POWER_ON
    target_steps: int = 0
    brake_point: int = 0
    brake_steps: int = 0
    fate: Fate = Fate.AS_ORDERED
    hand_rate: float = 0.0
    hand_seconds: float = 0.0

    def __post_init__(self) -> None:
        self.axis.degrees_per_step = 360.0 / self.counts_per_turn
        self.zero_steps = self.target_steps = self.axis.steps

    @property
    def counter(self) -> int:
        return self._counts(self.axis.steps)

    @counter.setter
    def counter(self, counts: int) -> None:
        self.zero_steps = self.axis.steps - round(self.forward) * (counts - ZERO)

    @property
    def target_counter(self) -> int:
        return self._counts(self.target_steps)

    @property
    def is_running(self) -> bool:
        return self.does is not Does.STANDING

    @property
    def is_blocked(self) -> bool:
        return self.is_running and self.axis.is_stalled

    @property
    def tracks(self) -> bool:
        rate = TRACKS_BELOW_SIDEREALS * SIDEREAL_DEGREES_PER_SECOND
        return self.does is Does.SLEWING and abs(self._rate()) <= rate

    def aim(self, counts: int) -> None:
        """The next goto ends where the counter shows this: of all turns of the counter the nearest."""
        away = (counts - self.counter + ZERO & COUNTER_MASK) - ZERO
        self.target_steps = self.axis.steps + round(self.forward) * away

    def aim_off(self, increment: int) -> None:
        """The next goto ends so many counts on, in the direction of its mode."""
        self.target_steps = self.axis.steps + round(self._way()) * increment

    def set_mode(self, is_goto: bool, is_fast: bool, is_backward: bool) -> None:
        self.is_goto, self.is_fast, self.is_backward = is_goto, is_fast, is_backward

    def start(self, fate: Fate) -> None:
        """Set out in the mode that was set; `fate` is what comes of a goto."""
        if not self.is_goto:
            self.does = Does.SLEWING
        elif fate is not Fate.NOWHERE:
            self.does, self.fate = Does.GOING, fate

    def stop(self) -> None:
        """Down the ramp; afterwards it is in the mode of slews, and slow."""
        if self.is_running:
            self.does = Does.STOPPING
        self._end_mode()

    def stop_at_once(self) -> None:
        self.axis.cut_power()
        self.does = Does.STANDING
        self._end_mode()

    def take_by_hand(self, rate: float, seconds: float) -> None:
        """Somebody turns it at degrees of axis angle a second for so long."""
        self.does, self.hand_rate, self.hand_seconds = Does.BY_HAND, rate, seconds

    def lose_power(self) -> None:
        """The axis stays where it is, the registers forget."""
        self.axis.cut_power()
        fresh = Motor(self.axis, self.counts_per_turn, self.timer_hertz, self.fast_ratio, self.forward)
        self.__dict__.update(fresh.__dict__)

    def tick(self, seconds: float) -> None:
        """Drive the axis for so long."""
        if self.does is Does.GOING:
            self._go_on(seconds)
        elif self.does is Does.SLEWING:
            self.axis.drive(self._rate(), seconds)
        elif self.does is Does.BY_HAND:
            self._obey_hand(seconds)
        else:
            self.axis.drive(0.0, seconds)
            if self.axis.velocity == 0.0:
                self.does = Does.STANDING

    def _go_on(self, seconds: float) -> None:
        goal = self.target_steps * self.axis.degrees_per_step
        if self.fate is not Fate.AS_ORDERED:
            away = -1.0 if self.fate is Fate.AWAY else 1.0
            self.axis.drive(away * self.axis.fastest * self._way(), seconds)
            return
        self.axis.chase(goal, 0.0, seconds, self.axis.fastest if self.is_fast else self._slow_goto_rate())
        is_there = self.axis.steps == self.target_steps
        if is_there and abs(self.axis.velocity) < STANDS_BELOW_DEGREES_PER_SECOND:
            self.axis.cut_power()
            self.does = Does.STANDING
            self._end_mode()

    def _obey_hand(self, seconds: float) -> None:
        self.axis.drive(self.hand_rate, seconds)
        self.hand_seconds -= seconds
        if self.hand_seconds <= 0.0:
            self.stop()

    def _end_mode(self) -> None:
        """Back to slews, as the manual says; that it is slow then is not confirmed on hardware."""
        self.is_goto = self.is_fast = False

    def _slow_goto_rate(self) -> float:
        return SLOW_GOTO_SIDEREALS * SIDEREAL_DEGREES_PER_SECOND

    def _rate(self) -> float:
        """Degrees of axis angle a second: one count, or in fast mode several, for each period of the timer."""
        counts = self.timer_hertz / max(self.period, 1) * (self.fast_ratio if self.is_fast else 1)
        return counts * self._way() * self.axis.degrees_per_step

    def _way(self) -> float:
        return -self.forward if self.is_backward else self.forward

    def _counts(self, steps: int) -> int:
        return ZERO + round(self.forward) * (steps - self.zero_steps) & COUNTER_MASK
