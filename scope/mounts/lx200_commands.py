"""The words of the LX200 language: what to send, when the answer is whole, what it means. No dialect, no order.

Source: Meade Telescope Serial Command Protocol (2002 revision L, and 2010.10); byte spellings that differ between
firmwares are accepted in answers (the degree sign as 0xDF, `*`, 0xE1 or `:`), one spelling is sent. On the wire
longitude is positive to the west and the UTC offset is what must be added to local time to get UTC.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from scope.command import Command, garbled, nothing, one_byte, read_text, silent, until_hash
from scope.errors import MountRefused
from scope.orders import Direction, NudgeRate, TrackingRate

T = TypeVar("T")

PRODUCT_SECONDS = 0.5
"""A Classic knows no `:GVP#` and says nothing; a longer wait would only delay the connection."""
DATE_SECONDS = 8.0
"""A Classic computes for up to 5 s before the second half of its answer to `:SC`."""

RA_LOW = re.compile(rb"(\d\d):(\d\d)\.(\d)#")
RA_HIGH = re.compile(rb"(\d\d):(\d\d):(\d\d(?:\.\d\d?)?)#")
ANGLE = re.compile(rb"([+-])(\d\d)[\xdf*\xe1:](\d\d)(?:[':](\d\d(?:\.\d)?))?#")
"""A sign, two digits, nothing behind the last: what a bad line leaves of an angle must not be another angle."""
WEST_ANGLE = re.compile(rb"([+-]?)(\d{3})[\xdf*\xe1:](\d\d)(?:[':](\d\d(?:\.\d)?))?#")
CLOCK_TIME = re.compile(rb"(\d\d):(\d\d):(\d\d)#")
CLOCK_DATE = re.compile(rb"(\d\d)/(\d\d)/(\d\d)#")
UTC_OFFSET = re.compile(rb"([+-]?)(\d\d?)(?::(\d\d)|\.(\d))?#")
BARS = re.compile(rb"[\xff\x7f| ]{0,40}#")
"""What `:D#` draws: bars of one kind or another, and blanks."""
SYNC_REFUSED = re.compile(rb"[Ee]\d+#|No object!#|Match fail.*#", re.DOTALL)
TRACKING_HERTZ = re.compile(rb"[+-]?(\d\d\.\d)\d*#")


def read_ra_hours(answer: bytes) -> float:
    """`HH:MM.T#` or `HH:MM:SS#`; 60 seconds, as some firmwares round, count as the next minute."""
    if low := RA_LOW.fullmatch(answer):
        hours = int(low[1]) + (int(low[2]) + int(low[3]) / 10) / 60
    elif high := RA_HIGH.fullmatch(answer):
        hours = int(high[1]) + _sixtieths(answer, high[2], high[3])
    else:
        raise garbled("a right ascension", answer)
    if not 0 <= hours <= 24:
        raise garbled("a right ascension below 24 h", answer)
    return hours % 24.0


def read_degrees(limit: float, form: re.Pattern[bytes] = ANGLE) -> Callable[[bytes], float]:
    """`sDD*MM#` or `sDD*MM'SS#` within ±limit; the sign of −00° counts."""

    def means(answer: bytes) -> float:
        found = form.fullmatch(answer)
        if not found:
            raise garbled("an angle", answer)
        size = int(found[2]) + _sixtieths(answer, found[3], found[4] or b"0")
        if size > limit:
            raise garbled(f"an angle within {limit:g} degrees", answer)
        return -size if found[1] == b"-" else size

    return means


def _sixtieths(answer: bytes, minutes: bytes, seconds: bytes) -> float:
    if int(minutes) > 60 or float(seconds) > 60:
        raise garbled("minutes and seconds up to 60", answer)
    return int(minutes) / 60 + float(seconds) / 3600


def read_slewing(answer: bytes) -> bool:
    """`:D#` draws bars for the distance that is left; blanks or nothing when there is none."""
    if not BARS.fullmatch(answer):
        raise garbled("distance bars", answer)
    return bool(answer.strip(b" #"))


def alignment_whole(buffer: bytes) -> int | None:
    """One letter; a line that echoes puts our own byte before it, which is no letter."""
    return one_byte(buffer[1:]) and 2 if buffer[:1] == b"\x06" else one_byte(buffer)


def read_alignment(answer: bytes) -> str:
    answer = answer.removeprefix(b"\x06")
    if answer not in (b"A", b"P", b"L", b"D", b"G"):
        raise garbled("an alignment letter", answer)
    return answer.decode()


def read_rate(answer: bytes) -> TrackingRate:
    """Hertz of the drive: 60.1 follows the stars, 60.0 the Sun, 57.9 the Moon."""
    found = TRACKING_HERTZ.fullmatch(answer)
    if not found:
        raise garbled("a tracking frequency", answer)
    hertz = float(found[1])
    if hertz < 59.0:
        return TrackingRate.LUNAR
    return TrackingRate.SIDEREAL if hertz > 60.05 else TrackingRate.SOLAR


def read_time(answer: bytes) -> time:
    return _made(answer, CLOCK_TIME, lambda h, m, s: time(h, m, s), "a time")


def read_date(answer: bytes) -> date:
    return _made(answer, CLOCK_DATE, lambda month, day, year: date(2000 + year, month, day), "a date")


def _made(answer: bytes, form: re.Pattern[bytes], make: Callable[[int, int, int], T], what: str) -> T:
    found = form.fullmatch(answer)
    try:
        if found:
            return make(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise garbled(what, answer)


def read_utc_offset(answer: bytes) -> timedelta:
    """East positive, as everybody but the wire has it."""
    found = UTC_OFFSET.fullmatch(answer)
    if not found:
        raise garbled("a UTC offset", answer)
    hours = int(found[2]) + int(found[3] or 0) / 60 + int(found[4] or 0) / 10
    if hours > 14:
        raise garbled("a UTC offset within 14 h", answer)
    return timedelta(hours=hours if found[1] == b"-" else -hours)


def read_longitude(answer: bytes) -> float:
    """West 0…360 on the wire → east positive within ±180."""
    west = read_degrees(360.0, WEST_ANGLE)(answer)
    return (180.0 - west) % 360.0 - 180.0


def accepted(what: str) -> Callable[[bytes], None]:
    """`1` is yes, `0` is no."""

    def means(answer: bytes) -> None:
        if answer == b"0":
            raise MountRefused(f"the mount refused {what}", words=what)
        if answer != b"1":
            raise garbled("1 or 0", answer)

    return means


def goto_whole(buffer: bytes) -> int | None:
    """`0` alone accepts; any other digit is followed by the mount's words and `#`."""
    return 1 if buffer[:1] == b"0" else until_hash(buffer)


def lone_digit(buffer: bytes) -> int | None:
    """An Autostar 494 gives no words, nor does OnStep: the digit is all that comes."""
    return 1 if re.fullmatch(rb"[1-9]", buffer) else None


def goto_accepted(answer: bytes) -> None:
    if answer == b"0":
        return
    if not re.match(rb"[1-9]", answer):
        raise garbled("0, or a digit and a reason", answer)
    raise MountRefused(f"the mount refused: {answer!r}", words=read_text(answer[1:]) or answer[:1].decode())


def date_whole(buffer: bytes) -> int | None:
    """`0` refuses; `1Updating Planetary Data#` is followed by blanks and a second `#`."""
    if buffer[:1] == b"0":
        return 1
    first = buffer.find(b"#")
    second = buffer.find(b"#", first + 1)
    return None if first < 0 or second < 0 else second + 1


def lone_one(buffer: bytes) -> int | None:
    """Those that compute no planets say `1` to a date, and no more."""
    return 1 if buffer == b"1" else None


def date_accepted(answer: bytes) -> None:
    accepted("the date")(answer[:1])


def read_sync(answer: bytes) -> str:
    """The object's name, or that coordinates matched, in the mount's words; MountRefused where they mean no."""
    if SYNC_REFUSED.fullmatch(answer):
        raise MountRefused(f"the mount refused to sync: {answer!r}", words=read_text(answer))
    if RA_LOW.fullmatch(answer) or RA_HIGH.fullmatch(answer) or ANGLE.fullmatch(answer):
        raise garbled("words about a sync", answer)
    return read_text(answer)


RA = Command(b":GR#", until_hash, read_ra_hours, landmark=True)
DEC = Command(b":GD#", until_hash, read_degrees(90.0), landmark=True)
SLEWING = Command(b":D#", until_hash, read_slewing)
ALIGNMENT = Command(b"\x06", alignment_whole, read_alignment, PRODUCT_SECONDS)
RATE = Command(b":GT#", until_hash, read_rate)
PRODUCT = Command(b":GVP#", until_hash, read_text, PRODUCT_SECONDS)
FIRMWARE = Command(b":GVN#", until_hash, read_text, PRODUCT_SECONDS)
TOGGLE_PRECISION = silent(b":U#")
LOCAL_TIME = Command(b":GL#", until_hash, read_time)
LOCAL_DATE = Command(b":GC#", until_hash, read_date, landmark=True)
OFFSET = Command(b":GG#", until_hash, read_utc_offset, landmark=True)
LATITUDE = Command(b":Gt#", until_hash, read_degrees(90.0))
LONGITUDE = Command(b":Gg#", until_hash, read_longitude)
START_GOTO = Command(b":MS#", goto_whole, goto_accepted, 2.0, in_silence=lone_digit)
SYNC = Command(b":CM#", until_hash, read_sync, 2.0)
HALT = Command(b":Q#:Qn#:Qs#:Qe#:Qw#", nothing, lambda _: None)
"""`:Q#` ends a slew; the four letters end what a hand or a crashed program left running on either axis."""
PARK = silent(b":hP#")
INITIALISE = silent(b":I#")
LAND = silent(b":AL#")
ALIGN = {"A": silent(b":AA#"), "P": silent(b":AP#")}
TRACK = {
    TrackingRate.SIDEREAL: silent(b":TQ#"),
    TrackingRate.LUNAR: silent(b":TL#"),
    TrackingRate.SOLAR: silent(b":TS#"),
}
NUDGE_RATE = {
    NudgeRate.GUIDE: silent(b":RG#"),
    NudgeRate.CENTRE: silent(b":RC#"),
    NudgeRate.FIND: silent(b":RM#"),
    NudgeRate.SLEW: silent(b":RS#"),
}
NUDGE = {direction: silent(b":M" + direction.value[:1].encode() + b"#") for direction in Direction}
REST = {direction: silent(b":Q" + direction.value[:1].encode() + b"#") for direction in Direction}


def set_ra(ra_hours: float) -> Command[None]:
    """Rounded once, at the second of time (15″), so that 60 never appears."""
    total = round(ra_hours * 3600) % 86400
    text = f":Sr{total // 3600:02d}:{total // 60 % 60:02d}:{total % 60:02d}#"
    return Command(text.encode(), one_byte, accepted("the right ascension"))


def set_dec(dec_degrees: float) -> Command[None]:
    """Rounded once, at the arcsecond; −00°30′ keeps its sign."""
    total = min(round(abs(dec_degrees) * 3600), 90 * 3600)
    sign = "-" if dec_degrees < 0 else "+"
    text = f":Sd{sign}{total // 3600:02d}*{total // 60 % 60:02d}:{total % 60:02d}#"
    return Command(text.encode(), one_byte, accepted("the declination"))


def set_latitude(degrees: float) -> Command[None]:
    total = round(abs(degrees) * 60)
    text = f":St{'-' if degrees < 0 else '+'}{total // 60:02d}*{total % 60:02d}#"
    return Command(text.encode(), one_byte, accepted("the latitude"))


def set_longitude(degrees: float) -> Command[None]:
    total = round(-degrees * 60) % (360 * 60)
    return Command(f":Sg{total // 60:03d}*{total % 60:02d}#".encode(), one_byte, accepted("the longitude"))


def set_offset(offset_hours: float) -> Command[None]:
    return Command(f":SG{-offset_hours:+05.1f}#".encode(), one_byte, accepted("the UTC offset"))


def set_time(local: datetime) -> Command[None]:
    return Command(f":SL{local:%H:%M:%S}#".encode(), one_byte, accepted("the time"))


def set_date(local: datetime) -> Command[None]:
    return Command(f":SC{local:%m/%d/%y}#".encode(), date_whole, date_accepted, DATE_SECONDS, in_silence=lone_one)
