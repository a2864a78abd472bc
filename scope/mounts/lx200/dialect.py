"""What a dialect of the LX200 language is: the words that one make has for each thing a mount does.

A dialect is data. What it can do follows from the words that it has, so no flag can promise what there is no word for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

from scope.command import Command
from scope.mounts.lx200 import words as say
from scope.mounts.mount import Ask, Can, Identity
from scope.orders import NudgeRate, TrackingRate
from scope.position import PierSide

ALWAYS = Can.GOTO | Can.SYNC | Can.NUDGE | Can.TRACK


@dataclass(frozen=True, slots=True)
class Status:
    """What a mount says of itself beside where it points; None for what it does not tell."""

    slewing: bool | None
    pier_side: PierSide | None = None
    parked: bool | None = None


class Tracking(Protocol):
    """Following the sky: which rates there are, which is on, and how another is chosen."""

    @property
    def rates(self) -> frozenset[TrackingRate]: ...

    def now(self, ask: Ask) -> TrackingRate | None: ...

    def choose(self, ask: Ask, rate: TrackingRate) -> None: ...


@dataclass(frozen=True, slots=True)
class TrackingByWords:
    """Rates that are chosen by saying so, one word after the other."""

    now: Callable[[Ask], TrackingRate | None]
    words: Mapping[TrackingRate, tuple[Command[None], ...]]

    @property
    def rates(self) -> frozenset[TrackingRate]:
        return frozenset(self.words)

    def choose(self, ask: Ask, rate: TrackingRate) -> None:
        for word in self.words[rate]:
            ask(word)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockWords:
    """How time and site are asked for and set; Meade's unless it says else.

    Longitude and offset are east positive here; `whole_hours` where the offset has no minutes. `reads` is False for
    those that can be told the time and not asked.
    """

    local_time: Command[time] = say.LOCAL_TIME
    local_date: Command[date] = say.LOCAL_DATE
    offset: Command[timedelta] = say.OFFSET
    latitude: Command[float] = say.LATITUDE
    longitude: Command[float] = say.LONGITUDE
    set_latitude: Callable[[float], Command[None]] = say.set_latitude
    set_longitude: Callable[[float], Command[None]] = say.set_longitude
    set_offset: Callable[[timedelta], Command[None]] = say.set_offset
    set_time: Callable[[datetime], Command[None]] = say.set_time
    set_date: Callable[[datetime], Command[None]] = say.set_date
    whole_hours: bool = False
    reads: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One make's words; what is not given is said as Meade says it.

    `refuses_in_silence`: a goto that is not answered may have been refused.
    """

    status: Callable[[Ask], Status]
    tracking: Tracking
    ra: Command[float] = say.RA
    dec: Command[float] = say.DEC
    set_ra: Callable[[float], Command[None]] = say.set_ra
    set_dec: Callable[[float], Command[None]] = say.set_dec
    start_goto: Command[None] = say.START_GOTO
    sync: Command[str] = say.SYNC
    nudge_rates: Mapping[NudgeRate, Command[None]] = field(default_factory=lambda: say.NUDGE_RATES)
    park: Command[None] | None = None
    unpark: Command[None] | None = None
    home: Command[None] | None = None
    clock: ClockWords = field(default_factory=ClockWords)
    tells_pier_side: bool = False
    refuses_in_silence: bool = False

    @property
    def can(self) -> Can:
        has = {
            Can.LUNAR: TrackingRate.LUNAR in self.tracking.rates,
            Can.SOLAR: TrackingRate.SOLAR in self.tracking.rates,
            Can.PARK: self.park is not None,
            Can.UNPARK: self.unpark is not None,
            Can.HOME: self.home is not None,
            Can.PIER_SIDE: self.tells_pier_side,
            Can.READ_CLOCK: self.clock.reads,
            Can.SET_CLOCK: True,
        }
        found = ALWAYS
        for flag, there in has.items():
            found |= flag if there else Can(0)
        return found


@dataclass(frozen=True, slots=True)
class Hello:
    """What was learnt before it was known who speaks: a name if it gives one, and whether its numbers are short."""

    product: str | None
    is_short: bool


@dataclass(frozen=True, slots=True)
class Met:
    """Who it is, and how to speak to it from now on."""

    identity: Identity
    dialect: Dialect


Meet = Callable[[Ask, Hello], Met]
"""Prepares the mount for exact positions, and finds out by harmless questions which words it has."""
