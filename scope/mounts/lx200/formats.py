"""How the LX200 language writes numbers: hours, angles, times, dates. Reading raises GarbledAnswer and nothing else.

Byte spellings that differ between makes are accepted in answers (the degree sign as 0xDF, `*`, 0xE1 or `:`), but never
a number with a digit or a sign missing: what a bad line leaves of an answer must not be another answer. On the wire
longitude is positive to the west and the UTC offset is what must be added to local time to get UTC. No word is here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import TypeVar

from scope.command import garbled
from scope.position import wrapped

T = TypeVar("T")
Reads = Callable[[bytes], T]

RA_LOW = re.compile(rb"(\d\d):(\d\d)\.(\d)#")
RA_HIGH = re.compile(rb"(\d\d):(\d\d):(\d\d(?:\.\d\d?)?)#")
ANGLE = re.compile(rb"([+-])(\d\d)[\xdf*\xe1:](\d\d)(?:[':](\d\d(?:\.\d)?))?#")
WEST_ANGLE = re.compile(rb"([+-]?)(\d{3})[\xdf*\xe1:](\d\d)(?:[':](\d\d(?:\.\d)?))?#")
CLOCK_TIME = re.compile(rb"(\d\d):(\d\d):(\d\d)(?:\.\d\d?)?#")
AMERICAN_DATE = re.compile(rb"(?P<month>\d\d)/(?P<day>\d\d)/(?P<year>\d\d)#")
DATE_WITH_COLONS = re.compile(rb"(?P<month>\d\d):(?P<day>\d\d):(?P<year>\d\d)#")
"""Looks like a time of day, so it is no landmark."""
ISO_DATE = re.compile(rb"20(?P<year>\d\d)-(?P<month>\d\d)-(?P<day>\d\d)#")
UTC_OFFSET = re.compile(rb"([+-]?)(\d\d?)(?::(\d\d)|\.(\d))?#")
LONG_UTC_OFFSET = re.compile(rb"([+-]?)(\d\d)(?::(\d\d)(?:\.(\d)|:\d\d(?:\.\d)?)?)?#")
"""Minutes, with seconds behind them where there are any; those are always nought."""


# --- reading --------------------------------------------------------------------------------------------------------


def read_ra_hours(answer: bytes) -> float:
    """`HH:MM.T#` or `HH:MM:SS#`, with up to two decimals; 60 seconds, as some round, count as the next minute."""
    return _hours(answer, RA_HIGH)


def hours_with(decimals: int) -> Reads[float]:
    """So many decimals of a second, or none, or `HH:MM.T#`: a mount may be found in another precision than it was."""
    form = re.compile(rb"(\d\d):(\d\d):(\d\d(?:\.\d{%d})?)#" % decimals)
    return lambda answer: _hours(answer, form)


def _hours(answer: bytes, high: re.Pattern[bytes]) -> float:
    if low := RA_LOW.fullmatch(answer):
        hours = int(low[1]) + (int(low[2]) + int(low[3]) / 10) / 60
    elif found := high.fullmatch(answer):
        hours = int(found[1]) + _sixtieths(answer, found[2], found[3])
    else:
        raise garbled("a right ascension", answer)
    if not 0 <= hours <= 24:
        raise garbled("a right ascension below 24 h", answer)
    return hours % 24.0


def angle_with(decimals: int) -> re.Pattern[bytes]:
    """So many decimals of an arcsecond, or none, or whole minutes."""
    return re.compile(rb"([+-])(\d\d)[\xdf*\xe1:](\d\d)(?:[':](\d\d(?:\.\d{%d})?))?#" % decimals)


def read_degrees(limit: float, form: re.Pattern[bytes] = ANGLE) -> Reads[float]:
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


def read_longitude(answer: bytes) -> float:
    """West 0…360, or signed → east positive within ±180."""
    west = read_degrees(360.0, WEST_ANGLE)(answer)
    return wrapped(-west)


def read_time(answer: bytes) -> time:
    if not (found := CLOCK_TIME.fullmatch(answer)):
        raise garbled("a time", answer)
    try:
        return time(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise garbled("a time that there is", answer) from None


def read_date(answer: bytes, form: re.Pattern[bytes] = AMERICAN_DATE) -> date:
    """Of this century."""
    if not (found := form.fullmatch(answer)):
        raise garbled("a date", answer)
    try:
        return date(2000 + int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise garbled("a date that there is", answer) from None


def read_utc_offset(answer: bytes) -> timedelta:
    """`sHH#`, `sHH.H#` or `sHH:MM#` → east positive, as everybody but the wire has it."""
    return _utc_offset(answer, UTC_OFFSET.fullmatch(answer), 10)


def read_long_utc_offset(answer: bytes) -> timedelta:
    """`sHH:MM:SS#` or `sHH:MM.M#`, too: with seconds it looks like a declination, so this is no landmark."""
    return _utc_offset(answer, LONG_UTC_OFFSET.fullmatch(answer), 600)


def _utc_offset(answer: bytes, found: re.Match[bytes] | None, tenths_in_an_hour: int) -> timedelta:
    if not found:
        raise garbled("a UTC offset", answer)
    hours = int(found[2]) + int(found[3] or 0) / 60 + int(found[4] or 0) / tenths_in_an_hour
    if hours > 14:
        raise garbled("a UTC offset within 14 h", answer)
    return timedelta(hours=hours if found[1] == b"-" else -hours)


# --- writing: rounded once, at the smallest unit, so that 60 never appears --------------------------------------------


def hours_text(ra_hours: float, decimals: int = 0) -> str:
    """`HH:MM:SS`, with so many decimals of a second."""
    return _sexagesimal(round(ra_hours * 3600 * 10**decimals) % (86400 * 10**decimals), decimals, ":", 2)


def degrees_text(degrees: float, decimals: int = 0, digits: int = 2) -> str:
    """`sDD*MM:SS`, with so many decimals of an arcsecond; −00°30′ keeps its sign."""
    return _sign(degrees) + _sexagesimal(round(abs(degrees) * 3600 * 10**decimals), decimals, "*", digits)


def minutes_text(degrees: float) -> str:
    """`sDD*MM`."""
    total = round(abs(degrees) * 60)
    return f"{_sign(degrees)}{total // 60:02d}*{total % 60:02d}"


def west_minutes_text(east_degrees: float) -> str:
    """`DDD*MM`, 0…360 to the west."""
    total = round(-east_degrees * 60) % (360 * 60)
    return f"{total // 60:03d}*{total % 60:02d}"


def west_text(east_degrees: float) -> str:
    """`DDD*MM:SS`, 0…360 to the west."""
    return _sexagesimal(round(-east_degrees * 3600) % (360 * 3600), 0, "*", 3)


def offset_text(east: timedelta) -> str:
    """`sHH:MM` to be added to local time."""
    minutes = round(-east / timedelta(minutes=1))
    return f"{_sign(minutes)}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _sign(number: float) -> str:
    return "-" if number < 0 else "+"


def _sexagesimal(units: int, decimals: int, mark: str, digits: int) -> str:
    """Seconds, or decimal parts of them, as whole degrees or hours, minutes and seconds."""
    total, fraction = divmod(units, 10**decimals)
    text = f"{total // 3600:0{digits}d}{mark}{total // 60 % 60:02d}:{total % 60:02d}"
    return f"{text}.{fraction:0{decimals}d}" if decimals else text
