"""The shape of one LX200 dialect: what is understood, how it is written, what is refused with which words.

Plain data; every dialect's own file fills it. No state and no parsing here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from hardware_sim import framed
from hardware_sim.lx200_formats import Writings
from hardware_sim.reply import Replies, say

if TYPE_CHECKING:
    from hardware_sim.lx200_hand_control import HandControl

YES = say(b"1")
NO = say(b"0")

Answer = Callable[["HandControl", bytes], Replies]


class Refusal(Enum):
    """Why a goto or a sync is turned down, in the order in which it is looked at."""

    PARKED = auto()
    BUSY = auto()  # the firmware has other things to do
    NO_TIME = auto()  # it does not know the date, the time or the site
    GOING = auto()  # a goto is under way
    NO_OBJECT = auto()  # no target was set
    NOT_ALIGNED = auto()
    BELOW_HORIZON = auto()
    ABOVE_LIMIT = auto()
    OUT_OF_REACH = auto()  # the end stops hold it off
    ACROSS_MERIDIAN = auto()
    TOO_FAR = auto()


Refuses = Mapping[Refusal, bytes]
"""The bytes for each reason that the dialect knows; a reason that stands not here is none to it."""


Understood = framed.Understood["HandControl"]
"""The answer is given its argument without blanks around it."""


def table(*parts: Iterable[Understood], without: Iterable[bytes] = ()) -> tuple[Understood, ...]:
    """All rows, the longest letters first; a later row takes the place of an earlier one with the same letters."""
    rows = {row.letters: row for part in parts for row in part if row.letters not in set(without)}
    return framed.longest_first(rows.values())


def says(text: bytes) -> Answer:
    """Always the same answer."""
    return lambda control, argument: say(text)


@dataclass(frozen=True)
class Speed:
    """How fast a direction key turns its axis: times the sky, or a part of the slew rate."""

    sidereals: float = 0.0
    part_of_slew_rate: float = 0.0


@dataclass(frozen=True)
class PowerOn:
    """How it stands when the power has come back."""

    tracks: bool = False
    high_precision: bool = False
    keeps_clock: bool = False  # a battery or a GPS
    keeps_site: bool = False
    knows_time: bool = True  # right or wrong, it goes by it
    aligned_stars: int = 0
    is_parked: bool = False
    asks_how_to_start: bool = False  # and obeys nobody before it has been told


@dataclass(frozen=True)
class Model:
    """One mount's controller."""

    name: str
    geometry: str  # when none is asked for
    commands: tuple[Understood, ...]
    mounting: Callable[["HandControl"], bytes]  # the answer to 0x06
    writings: Writings
    refuses: Refuses
    sync_answer: bytes
    refuses_sync: Refuses = field(default_factory=dict)
    product: str = ""
    firmware: str = ""
    firmware_date: str = ""
    firmware_time: str = ""
    full_firmware: str = ""
    unknown: bytes = b""  # what is said to a command that is not in the table
    starts: bytes = b":"  # a byte that begins a command; others than the colon belong to its letters
    high_precision: bool = True  # as it is met; how it is after power-on stands there
    power_on: PowerOn = PowerOn()
    guide_rate_sidereals: float = 1.0
    key_speed: Speed = Speed(sidereals=32.0)
    lowest_goto_degrees: float = 0.0
    highest_goto_degrees: float = 90.0
    planetary_data_seconds: float = 0.0  # from the first part of the answer to `:SC` to the second
    slew_bars: bytes = b"\x7f"  # `:D#` while slewing
    site_names: tuple[bytes, ...] = (b"SITE 1", b"SITE 2", b"SITE 3", b"SITE 4")
    goto_starts_tracking: bool = False
    is_mute_when_parked: bool = False
    kept: Mapping[bytes, bytes] = field(default_factory=dict)  # what it remembers for its client, by letters
