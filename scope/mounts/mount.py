"""The contract of a mount family: blocking code in straight lines; no threads, no time, no port.

A mount is given `ask`, which carries one command and returns what its answer means. Methods raise LineError when the
bytes did not get through and MountRefused when the mount said no. Positions are of date, as the mounts keep them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Flag, auto
from typing import Protocol, TypeVar

from scope.command import Command
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial

T = TypeVar("T")


class Ask(Protocol):
    """Carries one command over the line; see scope/line/line.py."""

    def __call__(self, command: Command[T], /) -> T: ...


class Can(Flag):
    """What a family can do; a test holds each flag and its methods together."""

    GOTO = auto()
    SYNC = auto()
    NUDGE = auto()
    TRACK = auto()
    LUNAR = auto()
    SOLAR = auto()
    PARK = auto()
    UNPARK = auto()
    READ_CLOCK = auto()
    SET_CLOCK = auto()


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the mount: of date; `slewing` None where the mount does not tell."""

    position: Equatorial
    slewing: bool | None

    def __post_init__(self) -> None:
        assert self.position.epoch is Epoch.OF_DATE


@dataclass(frozen=True, slots=True)
class Identity:
    """Who answered: product and firmware in its own words (untrusted text), None where it keeps silent.

    `axes` is how they stand, as far as it tells: altaz, polar (fork or German, it does not say), german.
    """

    product: str | None
    firmware: str | None
    axes: str | None = None


@dataclass(frozen=True, slots=True)
class ClockAndSite:
    """What the mount believes: UTC, and its place, longitude positive to the east, to its own resolution."""

    utc: datetime
    latitude_degrees: float
    longitude_degrees: float


class Mount(Protocol):
    """One family on one line. `halt` stops both axes and every source of motion; it has no answer to wait for."""

    halt: Command[None]
    can: Can

    def greet(self) -> Identity:
        """Check that this family answers, and prepare it for exact positions; GarbledAnswer or NoAnswer if not."""
        ...

    def read(self) -> Reading: ...

    def goto(self, place: Equatorial) -> None:
        """Start a slew; returns when the mount has accepted it."""
        ...

    def sync(self, place: Equatorial) -> None: ...

    def tracking(self) -> TrackingRate | None:
        """What the mount says it does; None where the family cannot tell."""
        ...

    def track(self, rate: TrackingRate) -> None: ...

    def nudge(self, direction: Direction, rate: NudgeRate) -> None:
        """Start moving; only `halt` or `rest` ends it."""
        ...

    def rest(self, direction: Direction) -> None:
        """End a nudge in this direction."""
        ...

    def park(self) -> None: ...

    def unpark(self) -> None:
        """Wake it; it may start anew, so it is greeted again before it is trusted."""
        ...

    def clock_and_site(self) -> ClockAndSite: ...

    def set_clock_and_site(self, given: ClockAndSite, offset_hours: float) -> None:
        """`offset_hours` of the local time to keep, positive to the east."""
        ...


Family = Callable[[Ask], Mount]
