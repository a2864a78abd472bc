"""The Sky-Watcher SynScan family: every mount behind a SynScan hand control. Its places are of J2000.

Its letters are NexStar's, its modes and its frame are not: whoever takes one for the other is off by the precession
since 2000. Source: SynScan Serial Communication Protocol 3.3; the sense of `p` by INDI's synscandriver.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scope.command import Command, garbled, until_hash
from scope.errors import GarbledAnswer
from scope.mounts import hand_control as hand
from scope.mounts import nexstar_clock as clock
from scope.mounts import nexstar_commands as say
from scope.mounts.able import need, need_rate
from scope.mounts.certain import certain
from scope.mounts.mount import Ask, Can, ClockAndSite, Identity, Mount, Observatory, Reading
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, PierSide

OLDER = Can.GOTO | Can.NUDGE | Can.TRACK
SYNSCAN = OLDER | Can.SYNC | Can.PARK | Can.UNPARK | Can.READ_CLOCK | Can.SET_CLOCK
WHOLE_SINCE = 37
"""The minor version, of 3 as of 4, since which a hand control knows all of this; INDI asks for 38."""
PEC = 3
MODELS: Mapping[int, str] = {
    **{0: "EQ6", 1: "HEQ5", 2: "EQ5", 3: "EQ3", 4: "EQ8", 5: "AZ-EQ6", 6: "AZ-EQ5"},
    **dict.fromkeys(range(128, 144), "AZ GoTo"),
    **dict.fromkeys(range(144, 160), "Dobsonian GoTo"),
    **{160: "AllView", 161: "Virtuoso", 165: "AZ-GTi"},
}
GERMAN, EITHER, ALTAZ_SINCE = frozenset(range(5)), frozenset({5, 6}), 128
"""An AZ-EQ mount tells only by the way it tracks how it has been set up."""
NUDGE_RATES = {NudgeRate.GUIDE: 1, NudgeRate.CENTRE: 3, NudgeRate.FIND: 6, NudgeRate.SLEW: 9}
"""1, 16 and 128 times sidereal, and the fastest."""
SIDES = {"E": PierSide.WEST, "W": PierSide.EAST}
VERSION_TEXT = re.compile(rb"([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})#")


def _read_version(answer: bytes) -> tuple[int, int, int]:
    """Six hexadecimal digits; a NexStar says two binary bytes instead."""
    found = VERSION_TEXT.fullmatch(answer)
    if found:
        major, minor, patch = (int(word, 16) for word in found.groups())
        return major, minor, patch
    if len(answer) == 3 and answer.endswith(b"#"):
        raise GarbledAnswer(f"a NexStar answers: {answer!r}", code="speaks_nexstar", answer=repr(answer))
    raise garbled("six digits of a version", answer)


VERSION = Command(b"V", until_hash, _read_version, say.LOOK_SECONDS, landmark=True)


class SynScan(Mount):
    """Sky-Watcher and Orion mounts by their SynScan hand control. `greet` first."""

    known_as = "Sky-Watcher and Orion with a SynScan hand control"
    halt = say.HALT

    def __init__(self, ask: Ask, observatory: Observatory) -> None:
        self._ask, self._observatory = ask, observatory
        self._knows_all = False
        self._axes: str | None = None
        self._mode: int | None = None
        self._parking, self._alignment = hand.Parking(ask), hand.Alignment(ask)
        self.can = OLDER

    def greet(self) -> Identity:
        self._ask(say.ECHO)
        version = certain(self._ask, VERSION)
        self._knows_all = version[:2] >= (3, WHOLE_SINCE) and not (4, 0) <= version[:2] < (4, WHOLE_SINCE)
        self._ask(say.PLACE)
        self._alignment.meet()
        model = certain(self._ask, say.MODEL) if self._knows_all else None
        told = certain(self._ask, say.MODE) if self._knows_all else hand.OFF
        told_axes = _axes(model, told)
        self._axes = told_axes or self._observatory.axes
        self._mode = told or self._usual_mode()
        self.can = (SYNSCAN if self._knows_all else OLDER) | (Can.PIER_SIDE if self._tells_side else Can(0))
        name = MODELS.get(-1 if model is None else model, "mount")
        return Identity(f"SynScan {name}", "{}.{:02d}.{:02d}".format(*version), told_axes)

    @property
    def _tells_side(self) -> bool:
        return self._knows_all and self._axes == hand.GERMAN_AXES

    def _usual_mode(self) -> int | None:
        """For a mount that does not track when we meet it."""
        if self._axes is None:
            return None
        return hand.ALTAZ if self._axes == hand.ALTAZ_AXES else hand.NORTH

    def read(self) -> Reading:
        """The place last, so that it is no older than the look, and where it goes no more it is the end of the way."""
        restarted, going = self._alignment.is_lost(), self._ask(say.GOING)
        side = SIDES[self._ask(say.SIDE)] if Can.PIER_SIDE in self.can else None
        angles = self._ask(say.PLACE)
        told = Equatorial(angles.first / 15.0, angles.dec_degrees, Epoch.J2000)
        return Reading(self._observatory.of_date(told), going, side, restarted=restarted)

    def goto(self, place: Equatorial) -> None:
        hand.refuse_unaligned(self._ask)
        self._go(place)

    def _go(self, place: Equatorial) -> None:
        degrees = self._wire_degrees(place)
        hand.start(self._ask, say.goto(*degrees), say.PLACE, *degrees)

    def _wire_degrees(self, place: Equatorial) -> tuple[float, float]:
        j2000 = self._observatory.j2000(place)
        return j2000.ra_hours * 15.0, j2000.dec_degrees

    def sync(self, place: Equatorial) -> None:
        need(self.can, Can.SYNC)
        degrees = self._wire_degrees(place)
        hand.refuse_unaligned(self._ask)
        self._ask(say.sync(*degrees))

    def tracking(self) -> TrackingRate | None:
        """It has one rate: that of the stars."""
        if not self._knows_all:
            return None
        mode = self._ask(say.MODE)
        if mode == hand.OFF:
            return TrackingRate.OFF
        self._mode = mode
        return TrackingRate.SIDEREAL

    def track(self, rate: TrackingRate) -> None:
        """On is the mode that the mount had before, with or without its periodic error correction."""
        need_rate(self.can, rate)
        if rate is TrackingRate.OFF:
            self._ask(say.track(hand.OFF))
            return
        self._ask(say.track(hand.known(self._mode)))

    def nudge(self, direction: Direction, rate: NudgeRate) -> None:
        need(self.can, Can.NUDGE)
        axis, positive = hand.turning(direction, self._axes, self._looks_east, in_the_south=False)
        self._ask(say.turn(axis, positive, NUDGE_RATES[rate]))

    def _looks_east(self) -> bool:
        """By the side it tells, else by the hour angle."""
        if Can.PIER_SIDE in self.can:
            return SIDES[self._ask(say.SIDE)] is PierSide.WEST
        return hand.is_east(self.read().position, self._observatory)

    def rest(self, direction: Direction) -> None:
        self._ask(say.rest(hand.axis_of(direction)))

    def park(self) -> None:
        """It has no command for it: an alt-azimuth mount lies down level towards the pole, another points to the pole.

        Then it tracks no more. It does not know itself that it is parked, so its own keys still move it.
        """
        need(self.can, Can.PARK)
        hand.refuse_unaligned(self._ask)
        if hand.known(self._mode) == hand.ALTAZ:
            hand.lie_down(self._ask, self._observatory)
        else:
            self._go(hand.beside_the_pole(self._observatory))
        self._parking.begin((say.track(hand.OFF),))

    def unpark(self) -> None:
        """It tracks again, as after its own start."""
        need(self.can, Can.UNPARK)
        self.track(TrackingRate.SIDEREAL)

    def attend(self) -> None:
        self._parking.attend()

    def halted(self, goes_on: bool) -> None:
        self._parking.forget()

    def clock_and_site(self) -> ClockAndSite:
        need(self.can, Can.READ_CLOCK)
        return ClockAndSite(self._ask(clock.CLOCK), *self._ask(clock.SITE))

    def set_clock_and_site(self, given: ClockAndSite, offset_hours: float) -> None:
        need(self.can, Can.SET_CLOCK)
        self._ask(clock.set_site(given.latitude_degrees, given.longitude_degrees))
        self._ask(clock.set_clock(given.utc, offset_hours, quarterly=False))


def _axes(model: int | None, mode: int) -> str | None:
    """How they stand, as far as it tells."""
    if model in GERMAN:
        return hand.GERMAN_AXES
    if model is not None and model >= ALTAZ_SINCE and mode not in (hand.NORTH, PEC):
        return hand.ALTAZ_AXES
    if mode == hand.OFF:
        return None
    return hand.ALTAZ_AXES if mode == hand.ALTAZ else hand.GERMAN_AXES
