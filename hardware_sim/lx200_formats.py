"""Angles and times as the LX200 family writes and reads them.

Pure text. Everything is rounded once, in the smallest unit that will be shown, and split afterwards, so that no 60
ever stands in a field; the sign is kept apart from the degrees, so that -00°30' stays negative. How one dialect
differs from the next in writing is a `Writing`, plain data. Readers give None for what a mount would refuse.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

DEGREE = b"\xdf"  # what Meade's character set has for the degree sign
_SEPARATOR = rb"[*:'\xdf]"
_HOURS = re.compile(rb"(\d{1,2}):(\d{2})(?:\.(\d)|:(\d{2}(?:\.\d+)?))?")
_DEGREES = re.compile(rb"([+-]?)(\d{1,3})" + _SEPARATOR + rb"(\d{2})(?:" + _SEPARATOR + rb"(\d{2}|\d{1,2}\.\d+))?['#]?")


def _split(whole: int, *sizes: int) -> list[int]:
    parts = []
    for size in reversed(sizes):
        whole, part = divmod(whole, size)
        parts.append(part)
    return [whole, *reversed(parts)]


def _seconds(whole: int, decimals: int) -> bytes:
    """Seconds, counted in their last decimal place."""
    if not decimals:
        return b"%02d" % whole
    seconds, part = divmod(whole, 10**decimals)
    return b"%02d.%0*d" % (seconds, decimals, part)


def offset_in_hours(west_hours: float) -> bytes:
    return b"%+03d" % round(west_hours)


def offset_in_tenths(west_hours: float) -> bytes:
    return b"%+05.1f" % (west_hours + 0.0)  # + 0.0: no negative zero


def offset_in_minutes(west_hours: float) -> bytes:
    sign = b"-" if west_hours < 0 else b"+"
    return sign + b"%02d:%02d" % tuple(_split(round(abs(west_hours) * 60), 60))


def offset_in_minute_tenths(west_hours: float) -> bytes:
    sign = b"-" if west_hours < 0 else b"+"
    return sign + b"%02d:%02d.%d" % tuple(_split(round(abs(west_hours) * 600), 60, 10))


def offset_in_second_tenths(west_hours: float) -> bytes:
    return offset_in_minutes(west_hours) + b":00.0"


@dataclass(frozen=True)
class Writing:
    """One precision of one dialect.

    Without seconds, angles end with the minute and hours with its tenth. `before_seconds` stands there in an angle. The
    decimals are of a second. `offset` gets what is to be added to local time to get UTC, in hours.
    """

    degree: bytes = DEGREE
    before_seconds: bytes = b"'"
    has_seconds: bool = True
    hour_decimals: int = 0
    angle_decimals: int = 0
    date: str = "%m/%d/%y"
    time_has_seconds: bool = True
    offset: Callable[[float], bytes] = offset_in_tenths

    def hours(self, hours: float) -> bytes:
        """`HH:MM:SS` or `HH:MM.T`; 24 h wrap to 0."""
        if not self.has_seconds:
            hour, minute, tenth = _split(round(hours * 600) % 14400, 60, 10)
            return b"%02d:%02d.%d" % (hour, minute, tenth)
        unit = 10**self.hour_decimals
        hour, minute, second = _split(round(hours * 3600 * unit) % (86400 * unit), 60, 60 * unit)
        return b"%02d:%02d:" % (hour, minute) + _seconds(second, self.hour_decimals)

    def signed(self, degrees: float, width: int = 2) -> bytes:
        """`sDD*MM'SS` or `sDD*MM`."""
        sign = b"-" if degrees < 0 else b"+"
        return sign + self._degrees(abs(degrees), width)

    def turn(self, degrees: float) -> bytes:
        """`DDD*MM'SS` or `DDD*MM` within 0..359."""
        unit = 3600 * 10**self.angle_decimals if self.has_seconds else 60
        return self._degrees(round(degrees * unit) % (360 * unit) / unit, 3)

    def time_of_day(self, local: datetime) -> bytes:
        """As hours are written, but with seconds as a rule, and with those that have passed."""
        if not self.time_has_seconds:
            return self.hours(local.hour + local.minute / 60.0 + local.second / 3600.0)
        tenths = b".%0*d" % (self.hour_decimals, 0) if self.hour_decimals else b""
        return local.strftime("%H:%M:%S").encode() + tenths

    def _degrees(self, degrees: float, width: int) -> bytes:
        if not self.has_seconds:
            return b"%0*d%s%02d" % (width, *_with(self.degree, _split(round(degrees * 60), 60)))
        unit = 10**self.angle_decimals
        whole, minute, second = _split(round(degrees * 3600 * unit), 60, 60 * unit)
        last = self.before_seconds + _seconds(second, self.angle_decimals)
        return b"%0*d%s%02d" % (width, whole, self.degree, minute) + last


def _with(degree: bytes, parts: list[int]) -> tuple[int, bytes, int]:
    return parts[0], degree, parts[1]


@dataclass(frozen=True)
class Writings:
    """The precisions that a dialect can write; ultra is beyond high."""

    low: Writing
    high: Writing
    ultra: Writing


def writings(low: Writing, high: Writing, ultra: Writing | None = None) -> Writings:
    return Writings(low, high, ultra or high)


MEADE_LOW = Writing(has_seconds=False)
MEADE_HIGH = Writing()
STAR_HIGH = Writing(b"*", b":", offset=offset_in_minutes)
STAR_LOW = replace(STAR_HIGH, has_seconds=False)


def read_hours(text: bytes) -> float | None:
    """Hours of right ascension, 0 <= value < 24, from either precision."""
    match = _HOURS.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    second = float(match[4] or 0) + 6.0 * int(match[3] or 0)
    if hour > 23 or minute > 59 or second >= 60.0:
        return None
    return hour + minute / 60.0 + second / 3600.0


def read_degrees(text: bytes, largest: float) -> float | None:
    """Signed degrees from either precision; None beyond the largest."""
    match = _DEGREES.fullmatch(text)
    if match is None:
        return None
    minute, second = int(match[3]), float(match[4] or 0)
    degrees = int(match[2]) + minute / 60.0 + second / 3600.0
    if minute > 59 or second >= 60.0 or degrees > largest:
        return None
    return -degrees if match[1] == b"-" else degrees
