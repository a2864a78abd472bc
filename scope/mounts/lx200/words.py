"""The words that most dialects of the LX200 language share: what to send, when the answer is whole, what it means.

No dialect is here, and no order of words. Source: Meade Telescope Serial Command Protocol (2002 revision L, 2010.10).
How numbers are written is formats.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from scope.command import Command, Framing, garbled, nothing, one_byte, read_text, silent, until_hash
from scope.errors import MountRefused
from scope.mounts.lx200 import formats
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import PierSide

PRODUCT_SECONDS = 0.5
"""What a mount does not know it says nothing to; a longer wait would only delay the connection."""
DATE_SECONDS = 8.0
"""A Classic computes for up to 5 s before the second half of its answer to `:SC`."""
START_SECONDS = 2.0

BARS = re.compile(rb"[\xff\x7f| ]{0,40}#")
"""What `:D#` draws: bars of one kind or another, and blanks."""
SYNC_REFUSED = re.compile(rb"[Ee]\d+#|No object!#|Match fail.*#", re.DOTALL)
TRACKING_HERTZ = re.compile(rb"[+-]?(\d\d\.\d)\d*#")
PIER_SIDES: Mapping[bytes, PierSide | None] = {
    b"E#": PierSide.EAST,
    b"East#": PierSide.EAST,
    b"W#": PierSide.WEST,
    b"West#": PierSide.WEST,
    b"N#": None,
}
"""Where the tube is; none at home, and on an alt-azimuth mount."""


def read_slewing(answer: bytes) -> bool:
    """`:D#` draws bars for the distance that is left; blanks or nothing when there is none."""
    if not BARS.fullmatch(answer):
        raise garbled("distance bars", answer)
    return bool(answer.strip(b" #"))


def read_rate(answer: bytes) -> TrackingRate:
    """Hertz of the drive: 60.1 follows the stars, 60.0 the Sun, 57.9 the Moon; `0#` where it does not track."""
    if answer == b"0#":
        return TrackingRate.OFF
    found = TRACKING_HERTZ.fullmatch(answer)
    if not found:
        raise garbled("a tracking frequency", answer)
    hertz = float(found[1])
    if hertz < 59.0:
        return TrackingRate.LUNAR
    return TrackingRate.SIDEREAL if hertz > 60.05 else TrackingRate.SOLAR


def read_pier_side(answer: bytes) -> PierSide | None:
    if answer not in PIER_SIDES:
        raise garbled("a side of the pier", answer)
    return PIER_SIDES[answer]


def accepted(what: str) -> Callable[[bytes], None]:
    """`1` is yes, `0` is no."""

    def means(answer: bytes) -> None:
        if answer == b"0":
            raise MountRefused(f"the mount refused {what}", words=what)
        if answer != b"1":
            raise garbled("1 or 0", answer)

    return means


def setting(text: str, what: str) -> Command[None]:
    """A word that is answered with 1 or 0."""
    return Command(text.encode(), one_byte, accepted(what))


def goto_whole(buffer: bytes) -> int | None:
    """`0` alone accepts; any other digit is followed by the mount's words and `#`."""
    return 1 if buffer[:1] == b"0" else until_hash(buffer)


def lone(*answers: bytes) -> Framing:
    """These are whole when silence follows."""
    return lambda buffer: len(buffer) if buffer in answers else None


lone_digit = lone(*(b"%d" % digit for digit in range(1, 10)))
"""An Autostar 494 gives no words: the digit is all that comes."""
lone_one = lone(b"1")
"""Those that compute no planets say `1` to a date, and no more."""
lone_zero = lone(b"0")
"""What an OnStep says to what it does not know."""


def goto_accepted(answer: bytes) -> None:
    if answer == b"0":
        return
    if not re.match(rb"[1-9]", answer):
        raise garbled("0, or a digit and a reason", answer)
    raise MountRefused(f"the mount refused: {answer!r}", words=read_text(answer[1:]) or answer[:1].decode())


def date_whole(buffer: bytes) -> int | None:
    """`0` refuses; `1Updating Planetary Data#` is followed by blanks and a second `#`."""
    return 1 if buffer[:1] == b"0" else two_hashes(buffer)


def two_hashes(buffer: bytes) -> int | None:
    first = buffer.find(b"#")
    second = buffer.find(b"#", first + 1)
    return None if first < 0 or second < 0 else second + 1


def date_accepted(answer: bytes) -> None:
    accepted("the date")(answer[:1])


def read_sync(answer: bytes) -> str:
    """The object's name, or that coordinates matched, in the mount's words; MountRefused where they mean no."""
    if SYNC_REFUSED.fullmatch(answer):
        raise MountRefused(f"the mount refused to sync: {answer!r}", words=read_text(answer))
    if any(form.fullmatch(answer) for form in (formats.RA_LOW, formats.RA_HIGH, formats.ANGLE)):
        raise garbled("words about a sync", answer)
    return read_text(answer)


HALT = Command(b":Q#:Qn#:Qs#:Qe#:Qw#", nothing, lambda _: None)
"""`:Q#` ends a slew; the four letters end what a hand or a crashed program left running on either axis.

No dialect that is spoken here answers any of the five: OnStep, ZWO, Gemini, 10Micron and Astro-Physics are as silent as
Meade. An OpenAstroTracker, which is not, would stop tracking as well.
"""

RA = Command(b":GR#", until_hash, formats.read_ra_hours, landmark=True)
DEC = Command(b":GD#", until_hash, formats.read_degrees(90.0), landmark=True)
SLEWING = Command(b":D#", until_hash, read_slewing)
RATE = Command(b":GT#", until_hash, read_rate)
PRODUCT = Command(b":GVP#", until_hash, read_text, PRODUCT_SECONDS)
FIRMWARE = Command(b":GVN#", until_hash, read_text, PRODUCT_SECONDS)
VERSION = Command(b":V#", until_hash, read_text, PRODUCT_SECONDS)
TOGGLE_PRECISION = silent(b":U#")
LOCAL_TIME = Command(b":GL#", until_hash, formats.read_time)
LOCAL_DATE = Command(b":GC#", until_hash, formats.read_date, landmark=True)
OFFSET = Command(b":GG#", until_hash, formats.read_utc_offset, landmark=True)
LONG_OFFSET = Command(b":GG#", until_hash, formats.read_long_utc_offset)
LATITUDE = Command(b":Gt#", until_hash, formats.read_degrees(90.0))
LONGITUDE = Command(b":Gg#", until_hash, formats.read_longitude)
PIER_SIDE = Command(b":Gm#", until_hash, read_pier_side)
PIER_SIDE_IN_WORDS = Command(b":pS#", until_hash, read_pier_side)
START_GOTO = Command(b":MS#", goto_whole, goto_accepted, START_SECONDS, in_silence=lone_digit)
SYNC = Command(b":CM#", until_hash, read_sync, START_SECONDS)

STARS, MOON, SUN = silent(b":TQ#"), silent(b":TL#"), silent(b":TS#")
NUDGE_RATES: Mapping[NudgeRate, Command[None]] = {
    NudgeRate.GUIDE: silent(b":RG#"),
    NudgeRate.CENTRE: silent(b":RC#"),
    NudgeRate.FIND: silent(b":RM#"),
    NudgeRate.SLEW: silent(b":RS#"),
}
NUDGE = {direction: silent(b":M" + direction.value[:1].encode() + b"#") for direction in Direction}
REST = {direction: silent(b":Q" + direction.value[:1].encode() + b"#") for direction in Direction}


def set_ra(ra_hours: float) -> Command[None]:
    """To the second of time (15″)."""
    return setting(f":Sr{formats.hours_text(ra_hours)}#", "the right ascension")


def set_dec(dec_degrees: float) -> Command[None]:
    """To the arcsecond."""
    return setting(f":Sd{formats.degrees_text(dec_degrees)}#", "the declination")


def set_latitude(degrees: float) -> Command[None]:
    return setting(f":St{formats.minutes_text(degrees)}#", "the latitude")


def set_longitude(degrees: float) -> Command[None]:
    return setting(f":Sg{formats.west_minutes_text(degrees)}#", "the longitude")


def set_offset(east: timedelta) -> Command[None]:
    """`sHH.H`: to six minutes."""
    return setting(f":SG{0.0 - east / timedelta(hours=1):+05.1f}#", "the UTC offset")


def set_offset_to_the_minute(east: timedelta) -> Command[None]:
    """`sHH:MM`."""
    return setting(f":SG{formats.offset_text(east)}#", "the UTC offset")


def set_time(local: datetime) -> Command[None]:
    return setting(f":SL{local:%H:%M:%S}#", "the time")


def set_date(local: datetime) -> Command[None]:
    """Of those that compute the planets anew for it."""
    return Command(f":SC{local:%m/%d/%y}#".encode(), date_whole, date_accepted, DATE_SECONDS, in_silence=lone_one)


def set_mere_date(local: datetime) -> Command[None]:
    """Of those that do not: 1 or 0, and no more."""
    return setting(f":SC{local:%m/%d/%y}#", "the date")
