"""The Meade LX200 family: Classic, Autostar (ETX, LX90) and LX200GPS, and what speaks like them.

A dialect is data: what a model can do is chosen by the name it gives itself. Nothing here tells the time, owns a thread
or knows the port.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta, timezone

from scope.command import Command
from scope.errors import GarbledAnswer, MountRefused, NoAnswer
from scope.mounts import lx200_commands as say
from scope.mounts.mount import Ask, Can, ClockAndSite, Identity, Reading
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, separation_degrees

CLASSIC = Can.GOTO | Can.SYNC | Can.NUDGE | Can.TRACK | Can.LUNAR | Can.READ_CLOCK | Can.SET_CLOCK
AUTOSTAR = CLASSIC | Can.SOLAR | Can.PARK
"""After `:hP#` an Autostar says nothing until it is switched off and on, so there is no unpark."""
LX200GPS = AUTOSTAR | Can.UNPARK
SYNCED_DEGREES = 0.1
"""A mount that shows the place it was told to be at has heard it; rounding and a second of sky stay well inside."""

AXES = {"A": "altaz", "P": "polar", "G": "german"}
"""By the answer to the alignment query; in land mode it does not tell."""

DIALECTS: Mapping[str | None, Can] = {None: CLASSIC, "Autostar": AUTOSTAR, "LX2001": LX200GPS}
"""By the answer to `:GVP#`; a Classic keeps silent. Another product gets what all models have."""


SURE_TRIES = 4
NOTHING = repr(b"")


class LX200:
    """Meade LX200: Classic, Autostar (ETX, LX90), LX200GPS, and what speaks like them. `greet` first."""

    halt = say.HALT

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._alignment: str | None = None
        self.can = CLASSIC

    def greet(self) -> Identity:
        self._ask_for_high_precision()
        self._ask(say.DEC)  # a second question of another form, so that no stranger passes by chance
        self._alignment = self._sure(say.ALIGNMENT, (*say.ALIGN, "L"))
        product = self._sure(say.PRODUCT, DIALECTS)
        self.can = DIALECTS.get(product, CLASSIC)
        firmware = self._answer_or_none(say.FIRMWARE) if product else None
        return Identity(product, firmware, AXES.get(self._alignment or ""))

    def _ask_for_high_precision(self) -> None:
        """`:U#` toggles and cannot be read back, so the length of the next answer tells; it is sent once at most."""
        raw = Command(say.RA.sends, say.RA.whole, lambda answer: (answer, say.read_ra_hours(answer)))
        answer, _ = self._ask(raw)
        if say.RA_LOW.fullmatch(answer):
            self._ask(say.TOGGLE_PRECISION)
            self._ask(say.RA)

    def _sure(self, command: Command[str], known: Collection[str | None]) -> str | None:
        """What decides for the whole evening what it can do: silence, or a name that nobody knows, is asked for twice.

        GarbledAnswer on a line so bad that no two answers agree: better no mount than another one.
        """
        heard: list[str | None] = []
        for _ in range(SURE_TRIES):
            try:
                said = self._ask(command) or None
            except GarbledAnswer:
                continue
            except NoAnswer as silence:
                if silence.details.get("heard", NOTHING) != NOTHING:
                    continue
                said = None
            if (said is not None and said in known) or said in heard:
                return said
            heard.append(said)
        raise GarbledAnswer(f"no two answers to {command.sends!r} agree", code="garbled_answer", answer=repr(heard))

    def _answer_or_none(self, command: Command[str]) -> str | None:
        """What older models know nothing of: silence is an answer."""
        try:
            return self._ask(command) or None
        except (NoAnswer, GarbledAnswer):
            return None

    def read(self) -> Reading:
        place = Equatorial(self._ask(say.RA), self._ask(say.DEC), Epoch.OF_DATE)
        return Reading(place, self._ask(say.SLEWING))

    def goto(self, place: Equatorial) -> None:
        """Target first, then the start: if a step fails, nothing has moved."""
        self._set_target(place)
        self._ask(say.START_GOTO)

    def sync(self, place: Equatorial) -> None:
        """An older Autostar keeps its answer until the next command; then what it shows tells whether it obeyed."""
        self._set_target(place)
        try:
            self._ask(say.SYNC)
        except NoAnswer:
            if separation_degrees(self.read().position, place) > SYNCED_DEGREES:
                raise

    def _set_target(self, place: Equatorial) -> None:
        assert place.epoch is Epoch.OF_DATE
        self._ask(say.set_ra(place.ra_hours))
        self._ask(say.set_dec(place.dec_degrees))

    def tracking(self) -> TrackingRate | None:
        """Land mode is tracking off; None where the mount does not tell."""
        if self._alignment is None:
            return None
        letter = self._ask(say.ALIGNMENT)
        if letter in say.ALIGN:
            self._alignment = letter
            return self._ask(say.RATE)
        return TrackingRate.OFF

    def track(self, rate: TrackingRate) -> None:
        """Off is land mode; on is the alignment the mount had before, never a guessed one, which would ruin it."""
        if rate is TrackingRate.OFF:
            self._ask(say.LAND)
            return
        if self._alignment not in say.ALIGN:
            raise MountRefused("the mount was in land mode when we met it", code="tracking_mode_unknown", words="L")
        self._ask(say.TRACK[rate])
        self._ask(say.ALIGN[self._alignment])

    def nudge(self, direction: Direction, rate: NudgeRate) -> None:
        self._ask(say.NUDGE_RATE[rate])
        self._ask(say.NUDGE[direction])

    def rest(self, direction: Direction) -> None:
        self._ask(say.REST[direction])

    def park(self) -> None:
        self._ask(say.PARK)

    def unpark(self) -> None:
        """The mount starts anew: `greet` it again before anything else."""
        self._ask(say.INITIALISE)

    def clock_and_site(self) -> ClockAndSite:
        offset = self._ask(say.OFFSET)
        local = datetime.combine(self._ask(say.LOCAL_DATE), self._ask(say.LOCAL_TIME), timezone(offset))
        return ClockAndSite(local.astimezone(UTC), self._ask(say.LATITUDE), self._ask(say.LONGITUDE))

    def set_clock_and_site(self, given: ClockAndSite, offset_hours: float) -> None:
        """Site before time, offset before both, as the strictest of the dialects wants it."""
        local = given.utc.astimezone(timezone(timedelta(hours=offset_hours)))
        self._ask(say.set_latitude(given.latitude_degrees))
        self._ask(say.set_longitude(given.longitude_degrees))
        self._ask(say.set_offset(offset_hours))
        self._ask(say.set_time(local))
        self._ask(say.set_date(local))
