"""A mount that speaks LX200: what it is asked and told, and in which order. The words are its dialect's.

Nothing here tells the time, owns a thread, knows the port or names a make.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from scope.command import Command
from scope.errors import MountRefused, NoAnswer, NotCapable
from scope.mounts.lx200 import meade
from scope.mounts.lx200 import words as say
from scope.mounts.lx200.dialect import Met
from scope.mounts.lx200.greeting import meet_astro_physics, meet_by_name
from scope.mounts.mount import Ask, ClockAndSite, Identity, Mount, Observatory, Reading
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, separation_degrees

SYNCED_DEGREES = 0.1
"""A mount that shows the place it was told to be at has heard it; rounding and a second of sky stay well inside."""


class LX200(Mount):
    """Whoever answers; `greet` first: until then it is spoken to as a Classic."""

    halt = say.HALT
    known_as = "Meade (Classic, GPS, Autostar), OnStep, ZWO AM, Losmandy Gemini, 10Micron"

    def __init__(self, ask: Ask, _: Observatory | None = None, meet: Callable[[Ask], Met] = meet_by_name) -> None:
        self._ask, self._meet = ask, meet
        self._speaks = meade.CLASSIC
        self.can = self._speaks.can

    def greet(self) -> Identity:
        met = self._meet(self._ask)
        self._speaks, self.can = met.dialect, met.dialect.can
        return met.identity

    def read(self) -> Reading:
        place = Equatorial(self._ask(self._speaks.ra), self._ask(self._speaks.dec), Epoch.OF_DATE)
        status = self._speaks.status(self._ask)
        return Reading(place, status.slewing, status.pier_side, status.parked)

    def goto(self, place: Equatorial) -> None:
        """Target first, then the start: if a step fails, nothing has moved."""
        self._set_target(place)
        try:
            self._ask(self._speaks.start_goto)
        except NoAnswer as silence:
            if not self._speaks.refuses_in_silence or self._speaks.status(self._ask).slewing is not False:
                raise
            raise MountRefused("it says nothing and rests", code="refused_in_silence") from silence

    def sync(self, place: Equatorial) -> None:
        """An older Autostar keeps its answer until the next command; then what it shows tells whether it obeyed."""
        self._set_target(place)
        try:
            self._ask(self._speaks.sync)
        except NoAnswer:
            if separation_degrees(self.read().position, place) > SYNCED_DEGREES:
                raise

    def _set_target(self, place: Equatorial) -> None:
        assert place.epoch is Epoch.OF_DATE
        self._ask(self._speaks.set_ra(place.ra_hours))
        self._ask(self._speaks.set_dec(place.dec_degrees))

    def tracking(self) -> TrackingRate | None:
        return self._speaks.tracking.now(self._ask)

    def track(self, rate: TrackingRate) -> None:
        if rate not in self._speaks.tracking.rates:
            raise NotCapable(f"this mount has no {rate.value} rate", capability=rate.value)
        self._speaks.tracking.choose(self._ask, rate)

    def nudge(self, direction: Direction, rate: NudgeRate) -> None:
        self._ask(self._speaks.nudge_rates[rate])
        self._ask(say.NUDGE[direction])

    def rest(self, direction: Direction) -> None:
        self._ask(say.REST[direction])

    def park(self) -> None:
        self._say(self._speaks.park, super().park)

    def unpark(self) -> None:
        """Some start anew: `greet` it again before anything else."""
        self._say(self._speaks.unpark, super().unpark)

    def home(self) -> None:
        self._say(self._speaks.home, super().home)

    def _say(self, word: Command[None] | None, refuse: Callable[[], None]) -> None:
        if word is None:
            refuse()
        else:
            self._ask(word)

    def clock_and_site(self) -> ClockAndSite:
        clock = self._speaks.clock
        if not clock.reads:
            return super().clock_and_site()
        offset = self._ask(clock.offset)
        local = datetime.combine(self._ask(clock.local_date), self._ask(clock.local_time), timezone(offset))
        return ClockAndSite(local.astimezone(UTC), self._ask(clock.latitude), self._ask(clock.longitude))

    def set_clock_and_site(self, given: ClockAndSite, offset_hours: float) -> None:
        """Site before time, offset before both, as the strictest of the dialects wants it."""
        clock = self._speaks.clock
        offset = timedelta(hours=round(offset_hours) if clock.whole_hours else offset_hours)
        local = given.utc.astimezone(timezone(offset))
        self._ask(clock.set_latitude(given.latitude_degrees))
        self._ask(clock.set_longitude(given.longitude_degrees))
        self._ask(clock.set_offset(offset))
        self._ask(clock.set_time(local))
        self._ask(clock.set_date(local))


@dataclass(frozen=True, slots=True)
class OneDialect:
    """A family with a name of its own, for what cannot be told from another by asking it."""

    known_as: str
    meet: Callable[[Ask], Met]
    halt: Command[None] = say.HALT
    usual_baud: int = LX200.usual_baud

    def __call__(self, ask: Ask, observatory: Observatory | None = None) -> Mount:
        return LX200(ask, observatory, self.meet)


ASTRO_PHYSICS = OneDialect("Astro-Physics GTO", meet_astro_physics)
