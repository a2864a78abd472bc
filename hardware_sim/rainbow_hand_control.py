"""What a RainbowAstro mount remembers between two commands, and what becomes of the ways that it goes.

No parsing here: the commands (rainbow_commands.py) read and change this, the dialect (rainbow.py) finds the command.
"""

from dataclasses import dataclass

from hardware_sim import framed
from hardware_sim.belief import Belief, Target
from hardware_sim.motion import Motion
from hardware_sim.mount import Mount
from hardware_sim.reply import SILENCE, Replies, say
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND

LOWEST_GOTO_DEGREES = 0.0
# How fast the keys turn, in degrees a second; none means at the slew rate. Not confirmed but for the guide rate.
KEY_RATES = {b"C": 16 * SIDEREAL_DEGREES_PER_SECOND, b"M": 128 * SIDEREAL_DEGREES_PER_SECOND}
ARRIVED, TOO_LOW, BROKEN_OFF, AT_HOME = b":MM0#", b":MML#", b":MME#", b":CHO#"


@dataclass(frozen=True)
class Model:
    """One of them: its firmware's date as six digits, and how it stands."""

    name: str
    firmware: bytes
    geometry: str = "german"

    @property
    def is_old(self) -> bool:
        """Tells no date and no offset, and lets go of both axes at once only."""
        return self.firmware < b"200625"


MODELS = {model.name: model for model in (Model("rst135", b"200625"), Model("rst135-2019", b"190905"))}


@dataclass
class HandControl:
    """The state behind the serial port."""

    model: Model
    mount: Mount
    target_ra_degrees: float = 0.0
    target_dec_degrees: float = 0.0
    target_altitude_degrees: float = 0.0
    target_azimuth_degrees: float = 0.0
    key_speed: bytes = b"M"
    guide_rate: float = 0.5
    rate_digit: int = 0
    on_arrival: bytes = b""  # what it will say of itself; nothing while it is on no way
    is_at_home: bool = False

    def set_out(self, target: Target) -> Replies:
        """A way to a point of the sky; what it is refused for is said, its start is not.

        Nobody has told what a busy mount says: it is silent here, and does not go.
        """
        if self.mount.is_busy():
            return SILENCE
        if self.mount.altitude_of(target) < LOWEST_GOTO_DEGREES or not self.mount.can_reach(target):
            return say(TOO_LOW)
        self.is_at_home, self.on_arrival = False, ARRIVED
        self.mount.goto(target)
        return SILENCE

    def go_home(self) -> Replies:
        self.is_at_home, self.on_arrival = False, AT_HOME
        self.mount.track(False)
        self.mount.goto_axes(self.mount.belief.home)
        return SILENCE

    def break_off(self) -> Replies:
        """Whatever moves; a way that ends so is told of, unless the stop went unheard."""
        self.mount.stop()
        if not self.on_arrival or self.mount.motion is Motion.GOING:
            return SILENCE
        self.on_arrival = b""
        return say(BROKEN_OFF)

    def end_of_way(self) -> Replies:
        """What it says of itself once it goes no more; not confirmed where a hand at its keys ended the way."""
        if not self.on_arrival or self.mount.motion is Motion.GOING:
            return SILENCE
        notice, self.on_arrival = self.on_arrival, b""
        self.is_at_home = notice == AT_HOME
        return say(notice)

    def key_rate(self) -> float:
        if self.key_speed == b"G":
            return self.guide_rate * SIDEREAL_DEGREES_PER_SECOND
        return KEY_RATES.get(self.key_speed, self.mount.slew_rate)

    def power_cycle(self) -> None:
        """Where the tube stands is home; clock and site are kept. Not confirmed on hardware."""
        belief = self.mount.belief
        self.mount.lose_power(Belief(self.mount.ground, belief.site, belief.clock), tracking=False)
        self.__dict__.update(HandControl(self.model, self.mount, guide_rate=self.guide_rate).__dict__)


Understood = framed.Understood[HandControl]
