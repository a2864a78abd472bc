"""What an LX200 hand control remembers between two commands, and the shape of a row of the command table.

No parsing and no text here: the commands (lx200_*.py) read and change this, the dialect (lx200.py) finds the command.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from hardware_sim.belief import Belief
from hardware_sim.lx200_models import Model
from hardware_sim.mount import Mount
from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.reply import Replies, say

# Where a Meade believes to be until it is told otherwise: the makers' town.
SITE_AFTER_POWER_ON = Site(33.68, -117.83)
CLOCK_AFTER_POWER_ON = datetime(2008, 1, 1, 20, 0, 0)  # not confirmed on hardware
HIGHEST_GOTO_DEGREES = 90.0
LOWEST_GOTO_DEGREES = 0.0


YES = say(b"1")
NO = say(b"0")


@dataclass
class HandControl:
    """The state behind the serial port."""

    model: Model
    mount: Mount
    high_precision: bool
    high_precision_pointing: bool = False
    target_ra_hours: float = 0.0
    target_dec_degrees: float = 0.0
    target_altitude_degrees: float = 0.0
    target_azimuth_degrees: float = 0.0
    slew_rate_letter: str = "C"
    aligned_stars: int = 2
    is_parking: bool = False
    highest_goto_degrees: float = HIGHEST_GOTO_DEGREES
    lowest_goto_degrees: float = LOWEST_GOTO_DEGREES
    site_names: list[bytes] = field(default_factory=lambda: [b"SITE 1", b"SITE 2", b"SITE 3", b"SITE 4"])
    sites: list[Site] = field(default_factory=list)
    site_number: int = 0

    def __post_init__(self) -> None:
        self.sites = [self.mount.belief.site] * len(self.site_names)

    @property
    def is_parked(self) -> bool:
        """Parked and arrived there."""
        return self.is_parking and self.mount.degrees_to_go() == 0.0

    @property
    def is_deaf(self) -> bool:
        """An Autostar does nothing more after parking until its power is cut."""
        return self.is_parked and not self.model.wakes_up

    def use_site(self, site: Site) -> None:
        self.sites[self.site_number] = site
        self.mount.belief.site = site
        self.mount.follow_from_here()

    def power_cycle(self) -> None:
        """Back to how it stands after power-on: at home, low precision, clock and site of the factory."""
        clock = MountClock.showing(CLOCK_AFTER_POWER_ON, self.mount.true_utc_seconds)
        geometry = self.mount.ground
        belief = Belief(geometry, SITE_AFTER_POWER_ON, clock)
        self.mount.lose_power(belief, self.model.tracks_after_power_on)
        fresh = HandControl(self.model, self.mount, high_precision=False, aligned_stars=0)
        self.__dict__.update(fresh.__dict__)


@dataclass(frozen=True)
class Understood:
    """One command of the table: its letters, what it does, which models know it.

    The answer is given the bytes between the letters and the closing `#`, without blanks around them. A command that
    takes nothing is not recognised with something behind it.
    """

    letters: bytes
    answer: Callable[[HandControl, bytes], Replies]
    takes_argument: bool = False
    known_to: Callable[[Model], bool] = lambda model: True
