"""The contract of a mount family: blocking code in straight lines; no threads, no time, no port.

A mount is given `ask`, which carries one command and returns what its answer means, and an `Observatory`, which knows
what a mount without a brain has to be told. Methods raise LineError when the bytes did not get through and MountRefused
when the mount said no. Positions are of date; a family whose wire speaks J2000 turns them by the observatory.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Flag, auto
from typing import ClassVar, NoReturn, Protocol, TypeVar

from scope.command import Command
from scope.errors import NotCapable
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, PierSide

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
    HOME = auto()
    PIER_SIDE = auto()
    READ_CLOCK = auto()
    SET_CLOCK = auto()


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the mount: of date; None for what it does not tell.

    `restarted`, in one reading, when it has shown without doubt that it has lost its power since the last.
    """

    position: Equatorial
    slewing: bool | None
    pier_side: PierSide | None = None
    parked: bool | None = None
    restarted: bool = False

    def __post_init__(self) -> None:
        assert self.position.epoch is Epoch.OF_DATE


@dataclass(frozen=True, slots=True)
class Identity:
    """Who answered: product and firmware in its own words (untrusted text), None where it keeps silent.

    `assumes_home`: it was just switched on, and what it tells of its place is no more than that it was left at home.
    `axes` is how they stand, as far as it tells: altaz, polar (fork or German, it does not say), german.
    """

    product: str | None
    firmware: str | None
    axes: str | None = None
    assumes_home: bool = False


@dataclass(frozen=True, slots=True)
class ClockAndSite:
    """What the mount believes: UTC, and its place, longitude positive to the east, to its own resolution."""

    utc: datetime
    latitude_degrees: float
    longitude_degrees: float


class Observatory(Protocol):
    """What a family may ask about the place it stands at and the moment. Never the line, never another mount.

    `axes` is what clubscope.toml says of how they stand: altaz, fork, german, or None where it does not say.
    """

    latitude_degrees: float
    longitude_degrees: float
    axes: str | None

    def utc(self) -> datetime: ...

    def monotonic(self) -> float:
        """Seconds that only ever grow; for rates and deadlines."""
        ...

    def sidereal_hours(self) -> float:
        """Local apparent sidereal time now; NotAllowed (`position_unknown`) while the sky is not computed yet."""
        ...

    def j2000(self, place: Equatorial) -> Equatorial:
        """The ICRS place whose apparent place of date this is now; NotAllowed as above."""
        ...

    def of_date(self, place: Equatorial) -> Equatorial: ...


class Mount(Protocol):
    """One family on one line. What a family cannot do is absent from `can`, and raises NotCapable here.

    `halt` stops both axes and every source of motion, whatever was going on, and is the same for all models of the
    family, since it is sent before anybody knows which one it is. Nobody waits for its answer, but where there is one
    `whole` says how long it is, so that it is not taken for another's. `halt_ends_tracking` where it ends that, too:
    a mount that stands still after it has lost nothing. What families have in common is written here
    once, for those that name this class; no family builds on another.
    """

    halt: ClassVar[Command[None]]
    usual_baud: ClassVar[int] = 9600
    halt_ends_tracking: ClassVar[bool] = False
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

    def park(self) -> None:
        _cannot(Can.PARK)

    def unpark(self) -> None:
        """Wake it; it may start anew, so it is greeted again before it is trusted."""
        _cannot(Can.UNPARK)

    def home(self) -> None:
        """Start the way to its home position; returns when the mount has accepted it."""
        _cannot(Can.HOME)

    def attend(self) -> None:
        """What a family without a brain of its own does between two looks: the next phase of a goto, a tracking rate.

        Called before each look, never after a stop that came since the order; a mount with a brain needs nothing.
        """
        return

    def halted(self, goes_on: bool) -> None:
        """A halt went out: whatever was under way is over, and `attend` must start nothing any more.

        With `goes_on` only a hand has let go: one that has to be told to track, and tracked before, is told so again by
        `attend`. After a stop it is not.
        """
        return

    def clock_and_site(self) -> ClockAndSite:
        _cannot(Can.READ_CLOCK)

    def set_clock_and_site(self, given: ClockAndSite, offset_hours: float) -> None:
        """`offset_hours` of the local time to keep, positive to the east."""
        _cannot(Can.SET_CLOCK)


def _cannot(capability: Can) -> NoReturn:
    name = (capability.name or "").lower()
    raise NotCapable(f"this mount cannot {name}", capability=name)


class Family(Protocol):
    """A class of mounts: its `halt` and the speed of its line are known before one is made."""

    @property
    def halt(self) -> Command[None]: ...
    @property
    def usual_baud(self) -> int: ...
    @property
    def known_as(self) -> str:
        """What people call such mounts, and the words on them."""
        ...

    def __call__(self, ask: Ask, observatory: Observatory, /) -> Mount: ...
