"""Angles and times as the LX200 family writes and reads them.

Pure text. Everything is rounded once, in the smallest unit that will be shown, and split afterwards, so that no 60
ever stands in a field; the sign is kept apart from the degrees, so that -00°30' stays negative. Readers give None for
what a mount would refuse.
"""

import re

DEGREE = b"\xdf"  # what Meade's character set has for the degree sign
_SEPARATOR = rb"[*:'\xdf]"
_HOURS = re.compile(rb"(\d{1,2}):(\d{2})(?:\.(\d)|:(\d{2}(?:\.\d+)?))?")
_DEGREES = re.compile(rb"([+-]?)(\d{1,3})" + _SEPARATOR + rb"(\d{2})(?:" + _SEPARATOR + rb"(\d{2}(?:\.\d+)?))?['#]?")


def _split(whole: int, *sizes: int) -> list[int]:
    parts = []
    for size in reversed(sizes):
        whole, part = divmod(whole, size)
        parts.append(part)
    return [whole, *reversed(parts)]


def hours_text(hours: float, high_precision: bool) -> bytes:
    """`HH:MM:SS` or, in low precision, `HH:MM.T`; 24 h wrap to 0."""
    if high_precision:
        hour, minute, second = _split(round(hours * 3600) % 86400, 60, 60)
        return b"%02d:%02d:%02d" % (hour, minute, second)
    hour, minute, tenth = _split(round(hours * 600) % 14400, 60, 10)
    return b"%02d:%02d.%d" % (hour, minute, tenth)


def signed_degrees_text(degrees: float, high_precision: bool) -> bytes:
    """`sDD*MM'SS` or `sDD*MM` with Meade's degree sign for the star."""
    sign = b"-" if degrees < 0 else b"+"
    return sign + _degrees_text(abs(degrees), 2, high_precision)


def turn_degrees_text(degrees: float, high_precision: bool) -> bytes:
    """`DDD*MM'SS` or `DDD*MM` within 0..359."""
    unit = 3600 if high_precision else 60
    return _degrees_text(round(degrees * unit) % (360 * unit) / unit, 3, high_precision)


def _degrees_text(degrees: float, width: int, high_precision: bool) -> bytes:
    if high_precision:
        whole, minute, second = _split(round(degrees * 3600), 60, 60)
        return b"%0*d%s%02d'%02d" % (width, whole, DEGREE, minute, second)
    whole, minute = _split(round(degrees * 60), 60)
    return b"%0*d%s%02d" % (width, whole, DEGREE, minute)


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
