"""RainbowAstro's mounts (RST-135, RST-150, RST-300), which go by strain-wave gears and need no counterweight.

Which word follows which is decided here; the words are rainbow_words.py. Nothing was seen on hardware.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from scope.errors import MountRefused
from scope.mounts import rainbow_words as say
from scope.mounts.able import need, need_rate
from scope.mounts.certain import certain
from scope.mounts.mount import Ask, Can, ClockAndSite, Identity, Mount, Observatory, Reading
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial

ALWAYS = Can.GOTO | Can.SYNC | Can.NUDGE | Can.TRACK | Can.LUNAR | Can.SOLAR | Can.HOME | Can.SET_CLOCK
SINCE_200625 = "200625"
"""The firmware from which on date and offset are told, and a single key can be let go."""


class Rainbow(Mount):
    """One of them. `greet` first."""

    known_as = "RainbowAstro RST-135, RST-150, RST-300"
    halt = say.HALT
    usual_baud = 115200

    def __init__(self, ask: Ask, _: Observatory | None = None) -> None:
        self._ask = ask
        self.can = ALWAYS

    def greet(self) -> Identity:
        firmware = certain(self._ask, say.FIRMWARE)
        self.can = ALWAYS | Can.READ_CLOCK if firmware >= SINCE_200625 else ALWAYS
        self.read()
        return Identity("RainbowAstro", firmware)

    def read(self) -> Reading:
        """The place last, so that where it goes no more it is the end of the way."""
        slewing = self._ask(say.SLEWING)
        position = Equatorial(self._ask(say.RA), self._ask(say.DEC), Epoch.OF_DATE)
        return Reading(position, slewing)

    def goto(self, place: Equatorial) -> None:
        """Target first, then the start. One that stood is set tracking before it, as INDIGO does it.

        What that word does to one on its way nobody has told. Where the start is refused it stands again.
        """
        assert place.epoch is Epoch.OF_DATE
        self._ask(say.set_ra(place.ra_hours))
        self._ask(say.set_dec(place.dec_degrees))
        tracked = self._ask(say.TRACKS)
        if not tracked:
            self._ask(say.TRACK_ON)
        try:
            self._ask(say.START)
        except MountRefused:
            if not tracked:
                self._ask(say.TRACK_OFF)
            raise

    def sync(self, place: Equatorial) -> None:
        """It is silent about that, so that it is not asked to while it slews."""
        assert place.epoch is Epoch.OF_DATE
        if self._ask(say.SLEWING):
            raise MountRefused("it slews", code="already_slewing", words="CL1")
        self._ask(say.sync(place.ra_hours, place.dec_degrees))

    def tracking(self) -> TrackingRate | None:
        return self._ask(say.RATE) if self._ask(say.TRACKS) else TrackingRate.OFF

    def track(self, rate: TrackingRate) -> None:
        need_rate(self.can, rate)
        if rate is TrackingRate.OFF:
            self._ask(say.TRACK_OFF)
            return
        self._ask(say.FOLLOW[rate])
        self._ask(say.TRACK_ON)

    def nudge(self, direction: Direction, rate: NudgeRate) -> None:
        self._ask(say.SPEED[rate])
        self._ask(say.NUDGE[direction])

    def rest(self, direction: Direction) -> None:
        """Older firmware can only let go of both axes at once."""
        self._ask(say.REST[direction] if Can.READ_CLOCK in self.can else say.HALT)

    def home(self) -> None:
        """To its zero marks, where it rests."""
        self._ask(say.HOME)

    def clock_and_site(self) -> ClockAndSite:
        """The date twice: between it and the time may lie midnight."""
        need(self.can, Can.READ_CLOCK)
        offset = self._ask(say.OFFSET)
        before, of_day, day = self._ask(say.DATE), self._ask(say.TIME), self._ask(say.DATE)
        if day != before:
            of_day = self._ask(say.TIME)
        local = datetime.combine(day, of_day, timezone(offset))
        return ClockAndSite(local.astimezone(UTC), self._ask(say.LATITUDE), self._ask(say.LONGITUDE))

    def set_clock_and_site(self, given: ClockAndSite, offset_hours: float) -> None:
        """Whole hours of offset are all that it takes; the local time is made to fit, so that UTC is right."""
        offset = timedelta(hours=round(offset_hours))
        local = given.utc.astimezone(timezone(offset))
        self._ask(say.set_latitude(given.latitude_degrees))
        self._ask(say.set_longitude(given.longitude_degrees))
        self._ask(say.set_offset(offset))
        self._ask(say.set_date(local))
        self._ask(say.set_time(local))
