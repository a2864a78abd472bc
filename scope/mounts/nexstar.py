"""The Celestron NexStar family: every mount behind a NexStar or StarSense hand control. Its places are of date.

What the hand control can do is told by its firmware, what the mount can do by its model. While somebody is in its
menus it answers late or not at all; nothing can be done about that from here.
"""

from __future__ import annotations

from scope.command import Command, exactly, garbled
from scope.errors import GarbledAnswer, MountRefused, NoAnswer
from scope.mounts import hand_control as hand
from scope.mounts import nexstar_clock as clock
from scope.mounts import nexstar_commands as say
from scope.mounts import nexstar_models as models
from scope.mounts.able import need, need_rate
from scope.mounts.certain import certain
from scope.mounts.mount import Ask, Can, ClockAndSite, Identity, Mount, Observatory, Reading
from scope.mounts.nexstar_commands import Angles
from scope.mounts.nexstar_models import HandControl
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, PierSide

OLDEST = HandControl((1, 2))
OLDEST_WITH_VARIANT = (2, 2)
"""A StarSense begins to count at 1 again; below this it may be one."""
NUDGE_RATES = {NudgeRate.GUIDE: 2, NudgeRate.CENTRE: 5, NudgeRate.FIND: 7, NudgeRate.SLEW: 9}
"""Of an SE: 1 and 16 times sidereal, 1° and 5° a second; other models differ a little."""
FOLLOW = {TrackingRate.SIDEREAL: 0xFFFF, TrackingRate.SOLAR: 0xFFFE, TrackingRate.LUNAR: 0xFFFD}
SIDES = {"E": PierSide.WEST, "W": PierSide.EAST}
"""The letter says where it looks, not where the tube is."""
NEAR_THE_POLE_DEGREES = 89.999
"""From here on the side that it tells may be either."""


def _version_whole(buffer: bytes) -> int | None:
    """Two binary bytes and `#`; a SynScan says six digits instead."""
    return 3 if buffer[2:3] == b"#" else exactly(7)(buffer)


def _read_version(answer: bytes) -> tuple[int, int]:
    if len(answer) == 7 and answer.endswith(b"#") and all(digit in b"0123456789ABCDEFabcdef" for digit in answer[:6]):
        raise GarbledAnswer(f"a SynScan answers: {answer!r}", code="speaks_synscan", answer=repr(answer))
    if len(answer) != 3 or not answer.endswith(b"#"):
        raise garbled("two bytes of a version", answer)
    return answer[0], answer[1]


VERSION = Command(b"V", _version_whole, _read_version, say.LOOK_SECONDS)
VARIANT = say.number(b"v", "a variant of hand controls", within_seconds=0.5)
HIBERNATE, WAKE = say.done(b"x"), say.done(b"y")


class NexStar(Mount):
    """Celestron NexStar, SE, CPC, AVX, CGEM, CGX and their kin, by their hand control. `greet` first."""

    known_as = "Celestron with a hand control: NexStar, SE, CPC, AVX, CGEM, CGX, StarSense"
    halt = say.HALT

    def __init__(self, ask: Ask, observatory: Observatory) -> None:
        self._ask, self._observatory = ask, observatory
        self._control = OLDEST
        self._axes: str | None = None
        self._mode: int | None = None
        self._rate = TrackingRate.SIDEREAL
        self._parking, self._alignment = hand.Parking(ask), hand.Alignment(ask)
        self.can = OLDEST.can(equatorial=False)

    def greet(self) -> Identity:
        self._ask(say.ECHO)
        self._control = control = self._meet()
        self._ask(self._place)
        self._alignment.meet()
        told = self._told_mode() if control.has(models.MODES_TOLD) else hand.OFF
        self._axes = self._axes_of(told)
        self._mode = told or self._usual_mode()
        self.can = control.can(equatorial=self._mode in (hand.NORTH, hand.SOUTH))
        known = control.is_german or told != hand.OFF
        return Identity(control.product, "{}.{:02d}".format(*control.version), self._axes if known else None)

    def _meet(self) -> HandControl:
        version = certain(self._ask, VERSION)
        may_tell = version >= models.VARIANTS_TOLD or version < OLDEST_WITH_VARIANT
        control = HandControl(version, self._variant() if may_tell else None)
        if control.has(models.MODELS_TOLD):
            control = HandControl(version, control.variant, certain(self._ask, say.MODEL))
        return control

    def _variant(self) -> int | None:
        """Hand controls before 2.2 know no `v`: silence is an answer."""
        try:
            return certain(self._ask, VARIANT)
        except NoAnswer:
            return None

    def _told_mode(self) -> int:
        return certain(self._ask, say.MODE)

    def _axes_of(self, told: int) -> str | None:
        """A German mount is known by its model, the others by how they track, or by what clubscope.toml says."""
        if self._control.is_german:
            return hand.GERMAN_AXES
        if told == hand.OFF:
            return hand.POLAR_AXES if self._observatory.axes == "fork" else self._observatory.axes
        return hand.ALTAZ_AXES if told == hand.ALTAZ else hand.POLAR_AXES

    def _usual_mode(self) -> int | None:
        """For a mount that does not track when we meet it: never guessed where it could be the wrong one."""
        if self._axes is None:
            return None
        if self._axes == hand.ALTAZ_AXES:
            return hand.ALTAZ
        return hand.SOUTH if self._observatory.latitude_degrees < 0 else hand.NORTH

    @property
    def _place(self) -> Command[Angles]:
        return say.PLACE if self._control.has(models.FINE) else say.COARSE_PLACE

    def read(self) -> Reading:
        """The place last, so that it is no older than the look, and where it goes no more it is the end of the way."""
        restarted, going = self._alignment.is_lost(), self._ask(say.GOING)
        letter = self._ask(say.SIDE) if Can.PIER_SIDE in self.can else None
        angles = self._ask(self._place)
        place = Equatorial(angles.first / 15.0, angles.dec_degrees, Epoch.OF_DATE)
        return Reading(place, going, self._side(letter, place), restarted=restarted)

    def _side(self, letter: str | None, place: Equatorial) -> PierSide | None:
        side = SIDES.get(letter or "")
        if side is None or abs(place.dec_degrees) > NEAR_THE_POLE_DEGREES:
            return None
        if self._observatory.latitude_degrees < 0 and self._control.exchanges_sides_in_the_south:
            return PierSide.EAST if side is PierSide.WEST else PierSide.WEST
        return side

    def goto(self, place: Equatorial) -> None:
        assert place.epoch is Epoch.OF_DATE
        hand.refuse_unaligned(self._ask)
        self._go(place)

    def _go(self, place: Equatorial) -> None:
        degrees = (place.ra_hours * 15.0, place.dec_degrees)
        order = say.goto if self._control.has(models.FINE) else say.goto_coarsely
        hand.start(self._ask, order(*degrees), self._place, *degrees)

    def sync(self, place: Equatorial) -> None:
        need(self.can, Can.SYNC)
        assert place.epoch is Epoch.OF_DATE
        hand.refuse_unaligned(self._ask)
        self._ask(say.sync(place.ra_hours * 15.0, place.dec_degrees))

    def tracking(self) -> TrackingRate | None:
        """The mode is the mount's word, the rate ours: it cannot be read back."""
        if not self._control.has(models.MODES_TOLD):
            return None
        mode = self._ask(say.MODE)
        if mode == hand.OFF:
            return TrackingRate.OFF
        self._mode = mode
        return self._rate

    def track(self, rate: TrackingRate) -> None:
        """On is the mode that the mount had before, never a guessed one: the wrong one would ruin its alignment."""
        need_rate(self.can, rate)
        if rate is TrackingRate.OFF:
            self._ask(say.track(hand.OFF))
            return
        self._ask(say.track(hand.known(self._mode)))
        if self._mode in (hand.NORTH, hand.SOUTH):
            self._ask(say.follow(FOLLOW[rate], south=self._mode == hand.SOUTH))
        self._rate = rate

    def nudge(self, direction: Direction, rate: NudgeRate) -> None:
        need(self.can, Can.NUDGE)
        axis, positive = hand.turning(direction, self._axes, self._looks_east, self._mode == hand.SOUTH)
        self._ask(say.turn(axis, positive, NUDGE_RATES[rate]))

    def _looks_east(self) -> bool:
        """By the side it tells, else by the hour angle."""
        place = self.read()
        if place.pier_side is not None:
            return place.pier_side is PierSide.WEST
        return hand.is_east(place.position, self._observatory)

    def rest(self, direction: Direction) -> None:
        self._ask(say.rest(hand.axis_of(direction)))

    def park(self) -> None:
        """An alt-azimuth mount lies down level towards the pole, where no Sun comes; another points to the pole.

        Then it tracks no more, and a hand control that can hibernates: it keeps its alignment when switched off.
        What it answers while it does is not confirmed on hardware.
        """
        need(self.can, Can.PARK)
        hand.refuse_unaligned(self._ask)
        if hand.known(self._mode) == hand.ALTAZ:
            hand.lie_down(self._ask, self._observatory)
        else:
            self._go(hand.beside_the_pole(self._observatory))
        hibernates = self._control.has(models.HIBERNATES)
        self._parking.begin((say.track(hand.OFF), *((HIBERNATE,) if hibernates else ())))

    def unpark(self) -> None:
        """Where the mode is known it tracks again, as after its own start."""
        need(self.can, Can.UNPARK)
        if self._control.has(models.HIBERNATES):
            self._ask(WAKE)
        if self._mode is not None:
            self.track(TrackingRate.SIDEREAL)

    def attend(self) -> None:
        self._parking.attend()

    def halted(self, goes_on: bool) -> None:
        self._parking.forget()

    def clock_and_site(self) -> ClockAndSite:
        need(self.can, Can.READ_CLOCK)
        quarterly = self._control.counts_quarters
        return ClockAndSite(self._ask(clock.QUARTERLY_CLOCK if quarterly else clock.CLOCK), *self._ask(clock.SITE))

    def set_clock_and_site(self, given: ClockAndSite, offset_hours: float) -> None:
        """Refused by us where an aligned StarSense would forget its alignment over it."""
        need(self.can, Can.SET_CLOCK)
        if self._control.is_starsense and self._ask(say.ALIGNED):
            raise MountRefused("the StarSense would lose its alignment", code="alignment_would_be_lost", words="J")
        self._ask(clock.set_site(given.latitude_degrees, given.longitude_degrees))
        self._ask(clock.set_clock(given.utc, offset_hours, self._control.counts_quarters))
