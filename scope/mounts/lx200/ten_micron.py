"""10Micron HPS mounts.

Source: 10Micron Mount Command Protocol, 2.13. It is spoken to in its ultra precision, whatever emulation it is in.
`:AP#` and `:AL#`, which switch the alignment of a Meade, are here what switches tracking and no more. It goes home only
where it has sensors for that, which it does not tell, so no home is offered. None of it is confirmed on hardware.
"""

from __future__ import annotations

import re

from scope.command import Command, garbled, silent, until_hash
from scope.mounts.lx200 import formats
from scope.mounts.lx200 import words as say
from scope.mounts.lx200.asking import answer_or_none
from scope.mounts.lx200.dialect import ClockWords, Dialect, Hello, Met, Status, TrackingByWords
from scope.mounts.mount import Ask, Identity
from scope.orders import TrackingRate

TRACKS, STOPPED, PARKS, UNPARKS, GOES_HOME, PARKED, SLEWS, OFF, COLD, BEYOND_LIMITS = range(10)
NOT_KNOWN = (10, 11, 98, 99)
"""Follows a satellite, waits for a person's consent, does not know, error."""
FOLLOWS_NOTHING = (STOPPED, PARKED, OFF, COLD)


def read_state(answer: bytes) -> int:
    found = re.fullmatch(rb"(\d\d?)#", answer)
    if not found or int(found[1]) not in (*range(10), *NOT_KNOWN):
        raise garbled("a state", answer)
    return int(found[1])


ULTRA_PRECISION = silent(b":U2#")
STATE = Command(b":Gstat#", until_hash, read_state)
TRACK_ON, TRACK_OFF = silent(b":AP#"), silent(b":AL#")


def _status(ask: Ask) -> Status:
    state = ask(STATE)
    slewing = state in (PARKS, UNPARKS, GOES_HOME, SLEWS)
    return Status(slewing, ask(say.PIER_SIDE_IN_WORDS), parked=state == PARKED)


def _tracking(ask: Ask) -> TrackingRate | None:
    state = ask(STATE)
    if state in FOLLOWS_NOTHING:
        return TrackingRate.OFF
    return None if state in NOT_KNOWN else ask(say.RATE)


def _site(verb: str, degrees: float, digits: int, what: str) -> Command[None]:
    return say.setting(f"{verb}{formats.degrees_text(degrees, 1, digits)}#", what)


TEN_MICRON = Dialect(
    status=_status,
    tracking=TrackingByWords(
        now=_tracking,
        words={
            TrackingRate.OFF: (TRACK_OFF,),
            TrackingRate.SIDEREAL: (say.STARS, TRACK_ON),
            TrackingRate.LUNAR: (say.MOON, TRACK_ON),
            TrackingRate.SOLAR: (silent(b":TSOLAR#"), TRACK_ON),
        },
    ),
    ra=Command(b":GR#", until_hash, formats.hours_with(2), landmark=True),
    dec=Command(b":GD#", until_hash, formats.read_degrees(90.0, formats.angle_with(1)), landmark=True),
    set_ra=lambda ra: say.setting(f":Sr{formats.hours_text(ra, 2)}#", "the right ascension"),
    set_dec=lambda dec: say.setting(f":Sd{formats.degrees_text(dec, 1)}#", "the declination"),
    park=silent(b":KA#"),
    unpark=silent(b":PO#"),
    clock=ClockWords(
        local_date=Command(b":GC#", until_hash, lambda answer: formats.read_date(answer, formats.ISO_DATE)),
        offset=say.LONG_OFFSET,
        set_latitude=lambda north: _site(":St", north, 2, "the latitude"),
        set_longitude=lambda east: _site(":Sg", -east, 3, "the longitude"),
        set_offset=lambda east: say.setting(f":SG{formats.offset_text(east)}:00#", "the UTC offset"),
        set_date=lambda local: say.setting(f":SC{local:%Y-%m-%d}#", "the date"),
    ),
    tells_pier_side=True,
)


def meet(ask: Ask, hello: Hello) -> Met:
    """An alt-azimuth model has that in its name."""
    ask(ULTRA_PRECISION)
    axes = "altaz" if "AZ" in (hello.product or "") else "german"
    return Met(Identity(hello.product, answer_or_none(ask, say.FIRMWARE), axes), TEN_MICRON)
