"""What is alike in driving a NexStar and a SynScan hand control, which is no mount of its own.

A goto that is refused is answered like any other, so it is looked at whether it has begun; which way a motor has to
turn for a direction key depends on how the mount stands; and a place to park at is ours to name. It must never know
which of the two speaks, nor in which frame.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scope.command import Command
from scope.errors import MountRefused
from scope.mounts import nexstar_commands as say
from scope.mounts.mount import Ask, Observatory
from scope.mounts.nexstar_commands import Angles, Axis
from scope.orders import Direction
from scope.position import Epoch, Equatorial, arc_degrees

THERE_DEGREES = 0.1
"""A goto to where the telescope is already has ended before one can ask; 0.1° is far below a step by hand."""
LOOKS = 3
BESIDE_DEGREES = 0.1
OFF, ALTAZ, NORTH, SOUTH = range(4)
"""Modes of tracking; a SynScan's 3 is NORTH's with periodic error correction."""
ALTAZ_AXES, POLAR_AXES, GERMAN_AXES = "altaz", "polar", "german"


def refuse_unaligned(ask: Ask) -> None:
    """An unaligned hand control answers to a goto, and goes nowhere."""
    if not ask(say.ALIGNED):
        raise MountRefused("the hand control is not aligned", code="not_aligned", words="J")


class Alignment:
    """Whether it is aligned, from look to look: what was and is not any more has lost its power, or been aligned anew.

    Each way every place that it tells is another. Believed when told twice: one bit would be enough for a false alarm.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._held = self._is_lost = False

    def meet(self) -> None:
        """At first, or again: it may have lost its power while the line was lost."""
        self._is_lost, self._held = self._held, self._ask(say.ALIGNED) or self._ask(say.ALIGNED)
        self._is_lost = self._is_lost and not self._held

    def is_lost(self) -> bool:
        """True once, when it has gone since the last look."""
        if self._is_lost:
            self._is_lost = False
            return True
        if not self._held:
            self._held = self._ask(say.ALIGNED)
            return False
        self._held = self._ask(say.ALIGNED) or self._ask(say.ALIGNED)
        return not self._held


def start(ask: Ask, order: Command[None], where: Command[Angles], first_degrees: float, second_degrees: float) -> None:
    """Give the order, and see that it is obeyed: MountRefused when nothing goes and the place is not reached either.

    Beyond its slew limits, below its horizon or in a menu the hand control takes the order and does nothing.
    """
    ask(order)
    for _ in range(LOOKS):
        if ask(say.GOING):
            return
        here = ask(where)
        if arc_degrees(here.first, here.dec_degrees, first_degrees, second_degrees) <= THERE_DEGREES:
            return
    raise MountRefused("the hand control took the goto and does not go", code="goto_not_begun", words="L0")


def turning(
    direction: Direction, axes: str | None, looks_east: Callable[[], bool], in_the_south: bool
) -> tuple[Axis, bool]:
    """The axis, and whether it has to turn in its positive sense.

    `in_the_south` is for a polar axis that points to the southern pole. A German mount's declination axis turns the
    other way round when it looks west; that does not depend on the hemisphere. Not confirmed on hardware.
    """
    if axis_of(direction) is Axis.AZIMUTH:
        return Axis.AZIMUTH, (direction is Direction.WEST) != (in_the_south and axes != ALTAZ_AXES)
    north = direction is Direction.NORTH
    if axes == GERMAN_AXES:
        return Axis.ALTITUDE, north == looks_east()
    return Axis.ALTITUDE, north != (in_the_south and axes == POLAR_AXES)


def axis_of(direction: Direction) -> Axis:
    return Axis.AZIMUTH if direction in (Direction.EAST, Direction.WEST) else Axis.ALTITUDE


def is_east(place: Equatorial, observatory: Observatory) -> bool:
    """Whether it looks east of the meridian, by the hour angle."""
    return (observatory.sidereal_hours() - place.ra_hours) % 24.0 >= 12.0


def known(mode: int | None) -> int:
    """The mode to track in; MountRefused where we never saw one, and nobody has said how the axes stand."""
    if mode is None:
        raise MountRefused("it is not known how its axes stand", code="axes_unknown", words="t0")
    return mode


# --- where it parks, since it has no such place of its own ------------------------------------------------------------


def lie_down(ask: Ask, observatory: Observatory) -> None:
    """An alt-azimuth mount: level, towards the pole, where no Sun comes outside the polar regions."""
    azimuth_degrees = 180.0 if observatory.latitude_degrees < 0 else 0.0
    start(ask, say.goto_axes(azimuth_degrees, 0.0), say.AXES, azimuth_degrees, 0.0)


def beside_the_pole(observatory: Observatory) -> Equatorial:
    """A polar axis: beside the pole, six hours from the meridian, so that a German mount's counterweight hangs down.

    At the pole itself a right ascension means nothing, and the counterweight might come to lie anywhere.
    """
    ra_hours = (observatory.sidereal_hours() + 6.0) % 24.0
    dec_degrees = 90.0 - BESIDE_DEGREES
    return Equatorial(ra_hours, -dec_degrees if observatory.latitude_degrees < 0 else dec_degrees, Epoch.OF_DATE)


class Parking:
    """The way to the park position: ordered like any goto, and ended by what has to be said when it is reached."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._ends: Sequence[Command[None]] | None = None

    def begin(self, ends: Sequence[Command[None]]) -> None:
        """A goto to the place is under way."""
        self._ends = ends

    def attend(self) -> None:
        if self._ends is not None and not self._ask(say.GOING):
            for command in self._ends:
                self._ask(command)
            self._ends = None

    def forget(self) -> None:
        """A halt came: it is not going to be parked."""
        self._ends = None
