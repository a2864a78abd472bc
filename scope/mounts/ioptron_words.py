"""What both versions of the iOptron language have in common, and the frame for what they have not.

Everything is ASCII of fixed width; orders are answered by a single `1` (or `0`), arrows by nothing, questions by digits
and `#`. Source: iOptron Mount RS-232 Command Language 3.10 (2021) and 2.5 (2019). No order is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from scope.command import Command, exactly, garbled, one_byte, read_text, silent, until_hash
from scope.errors import MountRefused
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import PierSide

ACT_SECONDS = 2.0


class State(IntEnum):
    """The digit of the status that says what it does."""

    STOPPED = 0
    TRACKING = 1
    SLEWING = 2
    GUIDING = 3
    FLIPPING = 4
    TRACKING_WITH_PEC = 5
    PARKED = 6
    AT_HOME = 7


@dataclass(frozen=True, slots=True)
class Status:
    """`:GLS#`: where it believes to stand (degrees, positive to north and east), what it does, what it follows."""

    latitude_degrees: float
    longitude_degrees: float
    state: State
    rate: int


@dataclass(frozen=True, slots=True)
class Place:
    """Right ascension and declination of date, and the side of the pier where the version tells it."""

    ra_hours: float
    dec_degrees: float
    side: PierSide | None


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two languages, as far as they differ."""

    place: Command[Place]
    clock: Command[datetime]
    start: Command[None]
    set_ra: Callable[[float], Command[None]]
    set_site: Callable[[float, float], tuple[Command[None], ...]]
    set_clock: Callable[[datetime, float], tuple[Command[None], ...]]
    arrows: Mapping[Direction, Command[None]]
    names: Mapping[str, str]


def _accepted(answer: bytes) -> None:
    if answer == b"0":
        raise MountRefused("the mount said 0", words="0")
    if answer != b"1":
        raise garbled("1 or 0", answer)


def order(sends: bytes) -> Command[None]:
    """`1` is yes, `0` is no."""
    return Command(sends, one_byte, _accepted, ACT_SECONDS)


def counted(value: float, limit: int, what: str, answer: bytes) -> float:
    """Within ±limit, or GarbledAnswer."""
    if abs(value) > limit:
        raise garbled(f"{what} within {limit}", answer)
    return value


def status(longitude: int, latitude: int, scale: int, digits: bytes, answer: bytes) -> Status:
    """`scale` counts a degree; the latitude comes with 90° added; of six digits the second and third are read."""
    if longitude > 180 * scale or latitude > 180 * scale or digits[1] > ord("7") or digits[2] > ord("4"):
        raise garbled("a status", answer)
    state = State(digits[1] - ord("0"))
    return Status(latitude / scale - 90.0, longitude / scale, state, digits[2] - ord("0"))


def signed(value: float, scale: int, width: int) -> str:
    """Rounded once; −0.5° keeps its sign."""
    return f"{'-' if value < 0 else '+'}{round(abs(value) * scale):0{width}d}"


def _read_model(answer: bytes) -> str:
    if len(answer) != 4 or not answer.isdigit():
        raise garbled("four digits of a model", answer)
    return answer.decode()


def _read_firmware(answer: bytes) -> str:
    text = read_text(answer)
    if len(answer) != 13 or not answer[:12].isdigit():
        raise garbled("two dates of firmware", answer)
    return text


MODEL = Command(b":MountInfo#", exactly(4), _read_model)
FIRMWARE = Command(b":FW1#", until_hash, _read_firmware, landmark=True)
HALT = Command(b":Q#:qR#:qD#", exactly(3), lambda _: None, ACT_SECONDS)
"""`:Q#` ends a slew and leaves tracking alone; the others end what an arrow has set going, each answered by `1`."""
SYNC = order(b":CM#")
PARK, UNPARK, HOME = order(b":MP1#"), order(b":MP0#"), order(b":MH#")
TRACK_ON, TRACK_OFF = order(b":ST1#"), order(b":ST0#")
RATES = {TrackingRate.SIDEREAL: 0, TrackingRate.LUNAR: 1, TrackingRate.SOLAR: 2}
FOLLOW = {rate: order(b":RT%d#" % number) for rate, number in RATES.items()}
RATE_OF: Mapping[int, TrackingRate] = {**{number: rate for rate, number in RATES.items()}, 3: TrackingRate.SIDEREAL}
"""King's rate (3) follows the stars through the air; a rate of one's own (4) is none of ours."""
SPEED = {
    rate: order(b":SR%d#" % speed)
    for rate, speed in {NudgeRate.GUIDE: 1, NudgeRate.CENTRE: 4, NudgeRate.FIND: 7, NudgeRate.SLEW: 9}.items()
}
"""1, 16 and 256 times sidereal, and the fastest."""
REST_RA, REST_DEC = order(b":qR#"), order(b":qD#")


def arrows(north: str, south: str, east: str, west: str) -> Mapping[Direction, Command[None]]:
    letters = {Direction.NORTH: north, Direction.SOUTH: south, Direction.EAST: east, Direction.WEST: west}
    return {direction: silent(f":m{letter}#".encode()) for direction, letter in letters.items()}


def set_dec(dec_degrees: float) -> Command[None]:
    """In 0.01″, in both versions."""
    return order(f":Sd{signed(dec_degrees, 360_000, 8)}#".encode())


def set_zone(offset_hours: float) -> tuple[Command[None], ...]:
    """The offset that is in force, and no summer time: a flag that somebody has to interpret loses an hour."""
    return order(f":SG{signed(offset_hours, 60, 3)}#".encode()), order(b":SDS0#")


def set_hemisphere(latitude_degrees: float) -> Command[None]:
    return order(b":SHE0#" if latitude_degrees < 0 else b":SHE1#")
