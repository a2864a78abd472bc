"""The iOptron family: version 2 and version 3 of its language, told apart by what the mount says, not by its model.

The same four digits name different mounts in the two versions, so the length of the status decides.
"""

from __future__ import annotations

import re

from scope.command import Command, garbled, until_hash
from scope.errors import MountRefused
from scope.mounts import ioptron_words as say
from scope.mounts.able import need, need_rate
from scope.mounts.certain import certain
from scope.mounts.ioptron_v2 import SITE_DEGREE, V2
from scope.mounts.ioptron_v3 import DEGREE, V3
from scope.mounts.ioptron_words import State, Status, Version
from scope.mounts.mount import Ask, Can, ClockAndSite, Identity, Mount, Observatory, Reading
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial

STATUS_3 = re.compile(rb"([+-]\d{8})(\d{8})(\d{6})#")
STATUS_2 = re.compile(rb"([+-]\d{6})(\d{6})(\d{6})#")
CAN = (Can.GOTO | Can.SYNC | Can.NUDGE | Can.TRACK | Can.LUNAR | Can.SOLAR | Can.PARK | Can.UNPARK | Can.HOME) | (
    Can.READ_CLOCK | Can.SET_CLOCK
)
NO_PARK_IN_2 = frozenset({"0010", "0011", "0025", "0026", "5010"})
"""In version 2 only the larger ones park; after INDI's ieqdriverbase."""
ALTAZ = frozenset({"5010", "5035", "5045"})
"""A sync of these takes altitude and azimuth, and their polar rates are none: what is left out of `can`."""
ALTAZ_IN_2 = ALTAZ | {"0046"}
FOLLOWS = (State.TRACKING, State.TRACKING_WITH_PEC, State.GUIDING)
GOES = (State.SLEWING, State.FLIPPING)


def _read_status(answer: bytes) -> tuple[Version, Status]:
    """23 characters in version 3, 19 in version 2."""
    for text, version, degree in ((STATUS_3, V3, DEGREE), (STATUS_2, V2, SITE_DEGREE)):
        if found := text.fullmatch(answer):
            return version, say.status(int(found[1]), int(found[2]), degree, found[3], answer)
    raise garbled("a status of 19 or 23 characters", answer)


STATUS = Command(b":GLS#", until_hash, _read_status, landmark=True)


class IOptron(Mount):
    """iOptron CEM, GEM, HEM, iEQ and their kin. `greet` first."""

    known_as = "iOptron CEM, GEM, HEM, iEQ"
    halt = say.HALT
    usual_baud = 115200
    """Of version 3 and of the later ones of version 2; an iEQ30, iEQ45, CEM25 or CEM60 speaks at 9600."""

    def __init__(self, ask: Ask, _: Observatory | None = None) -> None:
        self._ask = ask
        self._say = V3
        self.can = CAN

    def greet(self) -> Identity:
        model = certain(self._ask, say.MODEL)
        self._say, _ = self._ask(STATUS)
        firmware = self._ask(say.FIRMWARE)
        self._ask(self._say.place)
        is_new = self._say is V3
        is_altaz = model in (ALTAZ if is_new else ALTAZ_IN_2)
        self.can = _able(model, is_new, is_altaz)
        name = self._say.names.get(model, model)
        return Identity(f"iOptron {name}", firmware, "altaz" if is_altaz else "german")

    def _status(self) -> Status:
        """In the version that was met; another one is an answer to something else."""
        version, status = self._ask(STATUS)
        if version is not self._say:
            raise garbled("a status of the version that was met", repr(status).encode())
        return status

    def read(self) -> Reading:
        """The place last, so that it is no older than the look, and where it goes no more it is the end of the way."""
        state, place = self._status().state, self._ask(self._say.place)
        side = place.side if Can.PIER_SIDE in self.can else None
        position = Equatorial(place.ra_hours, place.dec_degrees, Epoch.OF_DATE)
        return Reading(position, state in GOES, side, state is State.PARKED)

    def goto(self, place: Equatorial) -> None:
        """Target first, then the start: if a step fails, nothing has moved. Afterwards it tracks in any case."""
        self._set_target(place)
        try:
            self._ask(self._say.start)
        except MountRefused as refusal:
            raise MountRefused("below its limit or parked", code="target_refused", words="0") from refusal

    def sync(self, place: Equatorial) -> None:
        """While it slews it would say yes, and do nothing."""
        need(self.can, Can.SYNC)
        if self._status().state in GOES:
            raise MountRefused("it slews", code="already_slewing", words="2")
        self._set_target(place)
        self._ask(say.SYNC)

    def _set_target(self, place: Equatorial) -> None:
        assert place.epoch is Epoch.OF_DATE
        self._ask(self._say.set_ra(place.ra_hours))
        self._ask(say.set_dec(place.dec_degrees))

    def tracking(self) -> TrackingRate | None:
        """None while it slews, and for a rate of somebody's own."""
        status = self._status()
        if status.state in GOES:
            return None
        return say.RATE_OF.get(status.rate) if status.state in FOLLOWS else TrackingRate.OFF

    def track(self, rate: TrackingRate) -> None:
        need_rate(self.can, rate)
        if rate is TrackingRate.OFF:
            self._ask(say.TRACK_OFF)
            return
        self._ask(say.FOLLOW[rate])
        self._ask(say.TRACK_ON)

    def nudge(self, direction: Direction, rate: NudgeRate) -> None:
        self._ask(say.SPEED[rate])
        self._ask(self._say.arrows[direction])

    def rest(self, direction: Direction) -> None:
        upright = direction in (Direction.NORTH, Direction.SOUTH)
        self._ask(say.REST_DEC if upright else say.REST_RA)

    def park(self) -> None:
        """To the place that was set at the mount, the pole unless somebody chose another."""
        need(self.can, Can.PARK)
        self._ask(say.PARK)

    def unpark(self) -> None:
        """It stays at rest; the next goto makes it track."""
        need(self.can, Can.UNPARK)
        self._ask(say.UNPARK)

    def home(self) -> None:
        """Its zero marks: the pole, counterweight down."""
        self._ask(say.HOME)

    def clock_and_site(self) -> ClockAndSite:
        status = self._status()
        return ClockAndSite(self._ask(self._say.clock), status.latitude_degrees, status.longitude_degrees)

    def set_clock_and_site(self, given: ClockAndSite, offset_hours: float) -> None:
        for command in self._say.set_site(given.latitude_degrees, given.longitude_degrees):
            self._ask(command)
        for command in self._say.set_clock(given.utc, offset_hours):
            self._ask(command)


def _able(model: str, is_new: bool, is_altaz: bool) -> Can:
    able = CAN
    if is_altaz:
        able &= ~(Can.SYNC | Can.LUNAR | Can.SOLAR)
    elif is_new:
        able |= Can.PIER_SIDE
    return able & ~(Can.PARK | Can.UNPARK) if not is_new and model in NO_PARK_IN_2 else able
