"""What an iOptron mount remembers between two commands, and the shape of a row of the command table.

No parsing here: the commands (ioptron_*.py) read and change this, the dialect (ioptron.py) finds the command.
"""

from dataclasses import dataclass, field
from enum import Enum

from hardware_sim import framed
from hardware_sim.belief import Belief, Target
from hardware_sim.geometry import HourAngleDec, from_horizontal
from hardware_sim.ioptron_models import Model
from hardware_sim.mount import Mount
from hardware_sim.reply import say

YES = say(b"1")
NO = say(b"0")
USUAL_ARROW_SPEED = 5
FASTEST_SLEW = 9
AT_HOME_DEGREES = 0.02
ABOVE_EVERYTHING = 90.0


class TimeSource(Enum):
    """Who has set the clock last."""

    CLIENT = 1
    HAND_CONTROL = 2


class Status(Enum):
    """What the mount is at, as the status digit says it."""

    STOPPED = 0
    TRACKING = 1
    SLEWING = 2
    GUIDING = 3
    PARKED = 6
    AT_HOME = 7


@dataclass
class HandControl:
    """The state behind the serial port."""

    model: Model
    mount: Mount
    now: float = 0.0
    target_ra_degrees: float = 0.0
    target_dec_degrees: float = 0.0
    target_altitude_degrees: float = 0.0
    target_azimuth_degrees: float = 0.0
    park_altitude_degrees: float | None = None  # None: at the pole, where it also begins
    park_azimuth_degrees: float = 0.0
    is_parking: bool = False
    arrow_speed: int = USUAL_ARROW_SPEED
    fastest_slew: int = FASTEST_SLEW
    rate_digit: int = 0
    custom_rate: bytes = b"10000"
    guide_percents: list[int] = field(default_factory=lambda: [50, 50])
    guiding_until: float = 0.0
    lowest_altitude_degrees: int = 0
    meridian_treatment: bytes = b"000"
    has_summer_time: bool = False
    time_source: TimeSource = TimeSource.HAND_CONTROL
    hemisphere: int | None = None  # None: as the latitude has it

    @property
    def is_parked(self) -> bool:
        """Parked and arrived there."""
        return self.is_parking and self.mount.degrees_to_go() == 0.0

    @property
    def is_north(self) -> int:
        """1 in the northern hemisphere."""
        by_latitude = int(self.mount.belief.site.latitude_degrees >= 0.0)
        return by_latitude if self.hemisphere is None else self.hemisphere

    def status(self) -> Status:
        """Moving by an arrow key counts as slewing when it is fast; not confirmed on hardware."""
        if self.mount.says_it_goes():
            return Status.SLEWING
        if self.is_parked:
            return Status.PARKED
        if self.guiding_until > self.now:
            return Status.GUIDING
        if self.mount.is_slewing() and not self.mount.degrees_to_go():
            return Status.SLEWING
        if self.mount.tracking:
            return Status.TRACKING
        return Status.AT_HOME if self._is_at_home() else Status.STOPPED

    def _is_at_home(self) -> bool:
        off = self.mount.axes_believed().minus(self.mount.belief.home)
        return abs(off.first) < AT_HOME_DEGREES and abs(off.second) < AT_HOME_DEGREES

    def park_place(self) -> HourAngleDec:
        latitude = self.mount.belief.site.latitude_degrees
        altitude = abs(latitude) if self.park_altitude_degrees is None else self.park_altitude_degrees
        azimuth = self.park_azimuth_degrees
        if self.park_altitude_degrees is None and latitude < 0.0:
            azimuth = 180.0
        return from_horizontal(altitude, azimuth, latitude)

    def may_go(self, target: Target) -> bool:
        """Whether a goto is consented to."""
        if self.is_parking or self.mount.is_busy():
            return False
        return self.mount.altitude_of(target) >= self.lowest_altitude_degrees and self.mount.can_reach(target)

    def power_cycle(self) -> None:
        """Where the tube stands is the zero position; clock, site and what was set for good are kept, parking ends."""
        belief = self.mount.belief
        self.mount.lose_power(Belief(self.mount.ground, belief.site, belief.clock), tracking=False)
        fresh = HandControl(
            self.model,
            self.mount,
            park_altitude_degrees=self.park_altitude_degrees,
            park_azimuth_degrees=self.park_azimuth_degrees,
            fastest_slew=self.fastest_slew,
            custom_rate=self.custom_rate,
            guide_percents=self.guide_percents,
            lowest_altitude_degrees=self.lowest_altitude_degrees,
            meridian_treatment=self.meridian_treatment,
            has_summer_time=self.has_summer_time,
            time_source=self.time_source,
            hemisphere=self.hemisphere,
        )
        self.__dict__.update(fresh.__dict__)


Understood = framed.Understood[HandControl]
