"""ZWO AM3, AM5 and AM7.

Source: ZWO Mount Serial Communication Protocol, 2.1, and what others found on an AM5N. A code is `e`, its number and
`#`, instead of an answer to almost anything; what it does not know it says nothing to. Firmware from 2023 on has a park
position, and from 2026 on tells whether it is there and stays parked over a power-off; older ones park by going home.
None of it is confirmed on hardware of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from scope.command import Command, garbled, one_byte, read_text, silent, until_hash
from scope.errors import MountRefused
from scope.mounts.lx200 import formats
from scope.mounts.lx200 import words as say
from scope.mounts.lx200.asking import answer_or_none, is_known
from scope.mounts.lx200.dialect import ClockWords, Dialect, Hello, Met, Status, TrackingByWords
from scope.mounts.mount import Ask, Identity
from scope.orders import NudgeRate, TrackingRate

FLAGS = re.compile(rb"(n?)(N?)([A-Za-z]{1,8})\d{7,9}#")
CODE = re.compile(rb"e(\d{1,2})#")
ERRORS = {
    1: "parameter beyond the range",
    2: "parameter format",
    3: "it is slewing or going home",
    4: "it is moving",
    5: "target under the horizon",
    6: "target under the height limit",
    7: "time and position are not set",
    8: "past the meridian",
    9: "across the meridian",
    10: "altitude angle is reversed",
    11: "too near the pole",
    12: "too far from where it points",
    14: "not in its present state, as a rule because it is parked",
}
"""By its manual; 14 is none of its, but was met."""
RATES = {b"0#": TrackingRate.SIDEREAL, b"1#": TrackingRate.LUNAR, b"2#": TrackingRate.SOLAR}
"""As the manual has it in Chinese; in English it has Moon and Sun the other way. Not confirmed on hardware."""
PARKED, PARKING = 2, 1


def code_or(whole: Callable[[bytes], int | None]) -> Callable[[bytes], int | None]:
    """A code goes to its `#`."""
    return lambda buffer: until_hash(buffer) if buffer[:1] == b"e" else whole(buffer)


def refuse_code(answer: bytes) -> None:
    """MountRefused where the answer is a code."""
    if found := CODE.fullmatch(answer):
        number = int(found[1])
        meant = ERRORS.get(number, "unknown")
        raise MountRefused(f"the mount refused: {answer!r}", words=f"e{number}: {meant}")


def accepted(what: str, yes: bytes = b"1") -> Callable[[bytes], None]:
    def means(answer: bytes) -> None:
        refuse_code(answer)
        if answer != yes:
            if answer.isdigit() and len(answer) == 1:
                raise MountRefused(f"the mount refused {what}", words=f"{what}: {answer.decode()}")
            raise garbled("a digit or a code", answer)

    return means


def setting(text: str, what: str) -> Command[None]:
    return Command(text.encode(), code_or(one_byte), accepted(what))


def read_sync(answer: bytes) -> str:
    refuse_code(answer)
    return say.read_sync(answer)


def _flags(answer: bytes) -> re.Match[bytes]:
    found = FLAGS.fullmatch(answer)
    if not found or (b"G" in found[3]) == (b"Z" in found[3]):
        raise garbled("status flags", answer)
    return found


def read_stillness(answer: bytes) -> tuple[bool, bool]:
    """Whether it tracks, and whether it rests or only tracks."""
    found = _flags(answer)
    return not found[1], bool(found[2])


def read_axes(answer: bytes) -> str:
    return "german" if b"G" in _flags(answer)[3] else "altaz"


def read_rate(answer: bytes) -> TrackingRate:
    if answer not in RATES:
        raise garbled("a tracking rate", answer)
    return RATES[answer]


def read_park_state(answer: bytes) -> int:
    if not re.fullmatch(rb"[0-3]#?", answer):
        raise garbled("a state of parking", answer)
    return int(answer[:1])


STILLNESS = Command(b":GU#", until_hash, read_stillness)
HOW_IT_STANDS = Command(b":GU#", until_hash, read_axes)
RATE = Command(b":GT#", until_hash, read_rate)
FIRMWARE = Command(b":GV#", until_hash, read_text, say.PRODUCT_SECONDS)
PARK_STATE = Command(
    b":Gps#", until_hash, read_park_state, say.PRODUCT_SECONDS, in_silence=say.lone(b"0", b"1", b"2", b"3")
)
TRACK_ON = setting(":Te#", "to track")
TRACK_OFF = setting(":Td#", "to stop tracking")
HOME = silent(b":hC#")


def _status(ask: Ask) -> Status:
    _, at_rest = ask(STILLNESS)
    return Status(not at_rest, ask(say.PIER_SIDE))


def _status_with_park(ask: Ask) -> Status:
    """Only one that rests and does not track can be parked, so no other is asked."""
    tracks, at_rest = ask(STILLNESS)
    park = 0 if tracks else ask(PARK_STATE)
    return Status(not at_rest or park == PARKING, ask(say.PIER_SIDE), parked=park == PARKED)


def _tracking(ask: Ask) -> TrackingRate:
    tracks, _ = ask(STILLNESS)
    return ask(RATE) if tracks else TrackingRate.OFF


OLD = Dialect(
    status=_status,
    tracking=TrackingByWords(
        now=_tracking,
        words={
            TrackingRate.OFF: (TRACK_OFF,),
            TrackingRate.SIDEREAL: (say.STARS, TRACK_ON),
            TrackingRate.LUNAR: (say.MOON, TRACK_ON),
            TrackingRate.SOLAR: (say.SUN, TRACK_ON),
        },
    ),
    set_ra=lambda ra: setting(f":Sr{formats.hours_text(ra)}#", "the right ascension"),
    set_dec=lambda dec: setting(f":Sd{formats.degrees_text(dec)}#", "the declination"),
    start_goto=Command(
        b":MS#", code_or(one_byte), accepted("the goto", yes=b"0"), say.START_SECONDS
    ),  # some answer a bare digit
    sync=Command(b":CM#", until_hash, read_sync, say.START_SECONDS),
    nudge_rates={
        NudgeRate.GUIDE: silent(b":R1#"),
        NudgeRate.CENTRE: silent(b":R5#"),
        NudgeRate.FIND: silent(b":R7#"),
        NudgeRate.SLEW: silent(b":R9#"),
    },
    park=HOME,
    unpark=TRACK_ON,
    home=HOME,
    clock=ClockWords(
        set_latitude=lambda north: setting(f":St{formats.degrees_text(north)}#", "the latitude"),
        set_longitude=lambda east: setting(f":Sg{formats.degrees_text(-east, digits=3)}#", "the longitude"),
        set_offset=say.set_offset_to_the_minute,
        set_date=say.set_mere_date,
    ),
    tells_pier_side=True,
)
"""Half, 8, 60 and 1440 times the sky's rate by hand: the letters of others mean half, 1, 720 and 1440 here."""

KNOWS_WHEN_IT_IS_PARKED = replace(
    OLD, status=_status_with_park, park=silent(b":hP#"), unpark=setting(":Spu#", "to unpark")
)


def meet(ask: Ask, hello: Hello) -> Met:
    identity = Identity(hello.product, answer_or_none(ask, FIRMWARE), ask(HOW_IT_STANDS))
    return Met(identity, KNOWS_WHEN_IT_IS_PARKED if is_known(ask, PARK_STATE) else OLD)
