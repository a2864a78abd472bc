"""What a hand control of the NexStar language remembers between two commands, and the shape of a row of its table.

No parsing here: the commands (nexstar_*.py) read and change this, the dialect (nexstar.py) finds the command. The hand
controls of Celestron and Sky-Watcher speak it; where they differ, their models say so (nexstar_models.py,
synscan_models.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from hardware_sim.belief import NOT_SHIFTED, Belief, Celestial
from hardware_sim.geometry import AxisPair
from hardware_sim.j2000 import from_j2000, to_j2000
from hardware_sim.mount import Mount
from hardware_sim.mount_clock import MountClock
from hardware_sim.reply import Replies, say

CLOCK_AFTER_POWER_ON = datetime(2005, 1, 1, 12, 0, 0)  # without a battery clock; not confirmed on hardware
HALF_GUIDE_RATE = 128  # of 256 parts of the sidereal rate
QUARTER_TURN = 90.0
GERMAN = "german"
DONE = say(b"#")


class Follows(Enum):
    """Which sky a tracking mode is made for."""

    ALT_AZ = auto()
    NORTH = auto()
    SOUTH = auto()
    EQUATORIAL = auto()


@dataclass(frozen=True)
class Model:
    """One hand control on one mount."""

    name: str
    geometry: str
    number: int  # `m`
    version: bytes  # `V`, without the closing hash
    variant: int | None  # `v`
    motor_version: tuple[int, int]
    knows: bytes  # the letters of the commands that its firmware has
    modes: Mapping[int, Follows]  # `t` and `T`; 0 is off
    fixed_rates: tuple[float, ...]  # degrees a second of the rates 1 to 9
    speaks_j2000: bool  # on the wire; otherwise the equator and equinox of date
    asks_for_axes: bool  # `z` and `b` are the angles of the axes, and not always altitude and azimuth
    shows_pole_passed: bool  # a declination past the pole is written as more than 90 degrees
    turns_side_in_south: bool  # `p` says the other side in the southern hemisphere
    turns_motors_in_south: bool  # a polar axis that points south has its own sense
    has_gps: bool = False
    forgets_when_set: bool = False  # setting time or place on an aligned one undoes the alignment
    lowest_goto_degrees: float = 0.0  # not confirmed on hardware; can be changed in the menu
    highest_goto_degrees: float = 90.0


@dataclass
class HandControl:
    """The state behind the serial port."""

    model: Model
    mount: Mount
    is_aligned: bool = True
    is_hibernating: bool = False
    mode: int = 0
    has_summer_time: bool = False
    now: float = 0.0
    deaf_motor: int | None = None  # the number on the bus of a motor board that does not answer
    guide_rates: list[int] = field(default_factory=lambda: [HALF_GUIDE_RATE, HALF_GUIDE_RATE])
    guiding_until: list[float] = field(default_factory=lambda: [0.0, 0.0])
    alignment_before_sync: AxisPair = NOT_SHIFTED

    @classmethod
    def aligned(cls, model: Model, mount: Mount) -> "HandControl":
        """As a club leaves it between two targets: aligned and following the sky."""
        control = cls(model, mount)
        control.mode = next(mode for mode in model.modes if control.fits(mode))
        control.alignment_before_sync = mount.belief.alignment
        return control

    def fits(self, mode: int) -> bool:
        """Whether a tracking mode follows the sky with axes that stand like this, on this half of the Earth."""
        follows, polar = self.model.modes[mode], self.mount.belief.geometry.polar
        if follows is Follows.ALT_AZ:
            return not polar
        is_north = self.mount.belief.site.latitude_degrees >= 0.0
        return polar and follows is not (Follows.SOUTH if is_north else Follows.NORTH)

    @property
    def may_move(self) -> bool:
        """Whether a goto will be carried out; the mount's answer is the same if not."""
        return not self.is_hibernating and not self.mount.is_busy()

    def motor_way(self, axis: int) -> float:
        """Whether the motor's positive sense is the axis's own here: west or up, and on polar axes north.

        A German mount's declination motor turns north while the tube is west of the pier, and south on the other side:
        so others' drivers have found it on Celestron's and Sky-Watcher's mounts alike.
        """
        geometry = self.mount.belief.geometry
        if axis == 1 and geometry.name == GERMAN:
            return -1.0
        is_south = self.mount.belief.site.latitude_degrees < 0.0
        return -1.0 if is_south and geometry.polar and self.model.turns_motors_in_south else 1.0

    def motor_angles(self) -> AxisPair:
        """As the motors count: a German mount's from where its weights hang and its tube looks to the pole."""
        off = self.mount.axes_believed().minus(self._where_motors_begin)
        return AxisPair(self.motor_way(0) * off.first, self.motor_way(1) * off.second)

    def axes_of(self, motors: AxisPair) -> AxisPair:
        """The other way round."""
        turned = AxisPair(self.motor_way(0) * motors.first, self.motor_way(1) * motors.second)
        return turned.plus(self._where_motors_begin)

    @property
    def _where_motors_begin(self) -> AxisPair:
        belief = self.mount.belief
        return belief.home if belief.geometry.name == GERMAN else NOT_SHIFTED  # not confirmed on hardware

    def to_wire(self, of_date: Celestial) -> Celestial:
        if not self.model.speaks_j2000:
            return of_date
        return Celestial(*to_j2000(of_date.ra_degrees, of_date.dec_degrees, self._utc_seconds))

    def from_wire(self, told: Celestial) -> Celestial:
        if not self.model.speaks_j2000:
            return told
        return Celestial(*from_j2000(told.ra_degrees, told.dec_degrees, self._utc_seconds))

    @property
    def _utc_seconds(self) -> float:
        """As its own clock has it."""
        return self.mount.belief.clock.utc_seconds(self.mount.true_utc_seconds)

    def follow(self, mode: int) -> None:
        """Take up a tracking mode; in one that does not fit, the axes do not stay with the sky.

        What the real axes do in a mode made for others is not confirmed on hardware: here they stand still.
        """
        self.mode = mode
        self.mount.track(mode in self.model.modes and self.fits(mode))

    def power_cycle(self) -> None:
        """Where the tube stands is home, nothing is aligned, nothing tracks; only the site is remembered.

        One that hibernates has written its alignment down and is still asleep when the power is back.
        """
        site = self.mount.belief.site
        clock = MountClock.showing(CLOCK_AFTER_POWER_ON, self.mount.true_utc_seconds)
        alignment, slept = self.mount.belief.alignment, self.is_hibernating
        self.mount.lose_power(Belief(self.mount.ground, site, clock), tracking=False)
        if slept:
            self.mount.belief.alignment = alignment
            self.mount.follow_from_here()
        fresh = HandControl(self.model, self.mount, is_aligned=slept, is_hibernating=slept)
        fresh.alignment_before_sync = self.mount.belief.alignment
        self.__dict__.update(fresh.__dict__)


@dataclass(frozen=True)
class Understood:
    """One command of the table: its letter, how many bytes follow it, and what it does with them."""

    letter: bytes
    takes: int
    answer: Callable[[HandControl, bytes], Replies]
