"""OnStep and OnStepX, the controllers that many build themselves.

Source: OnStepX command reference and what its firmware, built for a computer, was seen to say. A yes or no is one digit
without `#`; what it does not know it answers with a lone `0`. One question, `:GU#`, tells all of its state. None of it
is confirmed on hardware.
"""

from __future__ import annotations

import re
from dataclasses import replace

from scope.command import Command, garbled, one_byte, silent, until_hash
from scope.errors import MountRefused
from scope.mounts.lx200 import formats
from scope.mounts.lx200 import words as say
from scope.mounts.lx200.asking import answer_or_none, is_known
from scope.mounts.lx200.dialect import ClockWords, Dialect, Hello, Met, Status, TrackingByWords
from scope.mounts.mount import Ask, Identity
from scope.orders import TrackingRate
from scope.position import PierSide

FLAGS = re.compile(rb"(n?N?)([pIPF])([A-Za-z/,~;^(]{0,20}?)([EKAL])([oTW])\d\d[0-?]#")
"""Not tracking, no goto; parked or not; all manner of things; how the axes stand; pier side; three figures."""
SIDES = {b"T": PierSide.EAST, b"W": PierSide.WEST}
AXES = {b"E": "german", b"K": "fork", b"A": "altaz"}

REFUSALS = {
    b"1": "below the horizon limit",
    b"2": "above the overhead limit",
    b"3": "the controller is in standby",
    b"4": "parked",
    b"5": "a goto is in progress",
    b"6": "outside its limits, or date, time and site are not set",
    b"7": "hardware fault",
    b"8": "already in motion",
    b"9": "unspecified",
}
"""What the digits mean by its manual; older OnSteps know fewer."""


def _flags(answer: bytes) -> re.Match[bytes]:
    found = FLAGS.fullmatch(answer)
    if not found:
        raise garbled("status flags", answer)
    return found


def read_status(answer: bytes) -> Status:
    """A mount that parks or seeks its home slews, whatever else it says."""
    found = _flags(answer)
    slewing = b"N" not in found[1] or found[2] == b"I" or b"h" in found[3]
    return Status(slewing, SIDES.get(found[5]), parked=found[2] == b"P")


def read_axes(answer: bytes) -> str:
    return AXES.get(_flags(answer)[4], "altaz")


def goto_accepted(answer: bytes) -> None:
    if answer == b"0":
        return
    if answer not in REFUSALS:
        raise garbled("a digit", answer)
    raise MountRefused(f"the mount refused: {answer!r}", words=f"{answer.decode()}: {REFUSALS[answer]}")


_fine_hours = formats.hours_with(4)


def fine_hours(answer: bytes) -> float:
    """To 0.1 ms; those that have no such question answer 0."""
    if answer == b"0":
        raise MountRefused("it knows no finer positions", words="0")
    return _fine_hours(answer)


STATUS = Command(b":GU#", until_hash, read_status)
HOW_IT_STANDS = Command(b":GU#", until_hash, read_axes)
FINE_RA = Command(b":GRH#", until_hash, fine_hours, in_silence=say.lone_zero)
FINE_DEC = Command(b":GDH#", until_hash, formats.read_degrees(90.0, formats.angle_with(3)))
START_GOTO = Command(b":MS#", one_byte, goto_accepted, say.START_SECONDS)
TRACK_ON = say.setting(":Te#", "to track")
TRACK_OFF = say.setting(":Td#", "to stop tracking")

ONSTEP = Dialect(
    status=lambda ask: ask(STATUS),
    tracking=TrackingByWords(
        now=lambda ask: ask(say.RATE),
        words={
            TrackingRate.OFF: (TRACK_OFF,),
            TrackingRate.SIDEREAL: (say.STARS, TRACK_ON),
            TrackingRate.LUNAR: (say.MOON, TRACK_ON),
            TrackingRate.SOLAR: (say.SUN, TRACK_ON),
        },
    ),
    start_goto=START_GOTO,
    park=say.setting(":hP#", "to park"),
    unpark=say.setting(":hR#", "to unpark"),
    home=silent(b":hC#"),
    clock=ClockWords(set_offset=say.set_offset_to_the_minute, set_date=say.set_mere_date),
    tells_pier_side=True,
)

ONSTEP_X = replace(
    ONSTEP,
    ra=FINE_RA,
    dec=FINE_DEC,
    set_ra=lambda ra: say.setting(f":Sr{formats.hours_text(ra, 4)}#", "the right ascension"),
    set_dec=lambda dec: say.setting(f":Sd{formats.degrees_text(dec, 3)}#", "the declination"),
    clock=replace(
        ONSTEP.clock,
        set_latitude=lambda north: say.setting(f":St{formats.degrees_text(north)}#", "the latitude"),
        set_longitude=lambda east: say.setting(f":Sg{formats.west_text(east)}#", "the longitude"),
    ),
)
"""Which has thirty times the resolution, read and set."""


def meet(ask: Ask, hello: Hello) -> Met:
    """OnStepX knows no `:U#` and would answer it; whoever has finer positions does not need it."""
    firmware, axes = answer_or_none(ask, say.FIRMWARE), ask(HOW_IT_STANDS)
    is_fine = is_known(ask, FINE_RA)
    if hello.is_short and not is_fine:
        ask(say.TOGGLE_PRECISION)
    return Met(Identity(hello.product, firmware, axes), ONSTEP_X if is_fine else ONSTEP)
