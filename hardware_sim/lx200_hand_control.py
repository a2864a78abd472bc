"""What an LX200 controller remembers between two commands.

No parsing and no text here: the commands (lx200_*.py) read and change this, the dialect (lx200.py) finds the command.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from math import inf

from hardware_sim.belief import Belief
from hardware_sim.lx200_formats import Writing, Writings
from hardware_sim.lx200_model import Model, Speed
from hardware_sim.motion import Motion
from hardware_sim.mount import Mount
from hardware_sim.mount_clock import MountClock, Site

# Where a Meade believes to be until it is told otherwise: the makers' town.
SITE_AFTER_POWER_ON = Site(33.68, -117.83)
CLOCK_AFTER_POWER_ON = datetime(2008, 1, 1, 20, 0, 0)  # not confirmed on hardware


class Rest(Enum):
    """Where it goes to rest, or rests."""

    NOWHERE = auto()
    HOME = auto()
    PARK = auto()


@dataclass
class HandControl:
    """The state behind the serial port."""

    model: Model
    mount: Mount
    high_precision: bool
    ultra_precision: bool = False
    high_precision_pointing: bool = False
    target_ra_hours: float = 0.0
    target_dec_degrees: float = 0.0
    target_altitude_degrees: float = 0.0
    target_azimuth_degrees: float = 0.0
    has_target: bool = False
    aligned_stars: int = 2
    rest: Rest = Rest.NOWHERE
    knows_date: bool = True
    knows_time_of_day: bool = True
    waits_for_start: bool = False
    starting_until: float = -inf
    t: float = -inf  # of the command that is being answered
    site_number: int = 0
    # From the model; a dialect's commands may change them.
    key_speed: Speed | None = field(init=False)  # None: at the guide rate
    guide_rate_sidereals: float = field(init=False)
    lowest_goto_degrees: float = field(init=False)
    highest_goto_degrees: float = field(init=False)
    writings: Writings = field(init=False)
    kept: dict[bytes, bytes] = field(init=False)
    site_names: list[bytes] = field(init=False)
    sites: list[Site] = field(init=False)

    def __post_init__(self) -> None:
        model = self.model
        self.key_speed = model.key_speed
        self.guide_rate_sidereals = model.guide_rate_sidereals
        self.lowest_goto_degrees, self.highest_goto_degrees = model.lowest_goto_degrees, model.highest_goto_degrees
        self.writings = model.writings
        self.kept = dict(model.kept)
        self.site_names = [*model.site_names]
        self.sites = [self.mount.belief.site] * len(self.site_names)

    @property
    def writing(self) -> Writing:
        """How positions are written just now."""
        if self.ultra_precision:
            return self.writings.ultra
        return self.writings.high if self.high_precision else self.writings.low

    @property
    def knows_time(self) -> bool:
        return self.knows_date and self.knows_time_of_day

    @property
    def is_parking(self) -> bool:
        """On its way to the park position, or there."""
        return self.rest is Rest.PARK

    @property
    def is_parked(self) -> bool:
        """Parked and arrived there."""
        return self.rest is Rest.PARK and not self.is_going

    @property
    def is_home(self) -> bool:
        """Arrived at home, and not left it."""
        return self.rest is Rest.HOME and not self.is_going and not self.mount.tracking

    @property
    def is_going(self) -> bool:
        return self.mount.motion is Motion.GOING

    @property
    def is_deaf(self) -> bool:
        """An Autostar does nothing more after parking until its power is cut."""
        return self.is_parked and self.model.is_mute_when_parked

    def go_to_rest(self, rest: Rest) -> None:
        """Off to the home or park position, which are the same here; the sky is let go."""
        self.rest = rest
        self.mount.track(False)
        self.mount.goto_home()

    def use_site(self, site: Site) -> None:
        self.sites[self.site_number] = site
        self.mount.belief.site = site
        self.mount.follow_from_here()

    def power_cycle(self, t: float, boot_seconds: float) -> None:
        """Back to how the model stands after power-on: at home, with what it keeps over it."""
        power_on, believed = self.model.power_on, self.mount.belief
        clock = believed.clock
        if not power_on.keeps_clock:
            clock = MountClock.showing(CLOCK_AFTER_POWER_ON, self.mount.true_utc_seconds)
        site = believed.site if power_on.keeps_site else SITE_AFTER_POWER_ON
        self.mount.lose_power(Belief(self.mount.ground, site, clock), power_on.tracks)
        fresh = HandControl(
            self.model,
            self.mount,
            high_precision=power_on.high_precision,
            aligned_stars=power_on.aligned_stars,
            rest=Rest.PARK if power_on.is_parked else Rest.NOWHERE,
            knows_date=power_on.knows_time,
            knows_time_of_day=power_on.knows_time,
            waits_for_start=power_on.asks_how_to_start,
            starting_until=t + boot_seconds,
        )
        self.__dict__.update(fresh.__dict__)
