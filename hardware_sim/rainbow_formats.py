"""Angles and hours as RainbowAstro's mounts write and read them. Pure text.

Everything is rounded once, in tenths of a second, and split afterwards; the sign is kept apart, so that -00*30 stays
negative. Readers give None for what a mount would refuse.
"""

import re

_HOURS = re.compile(rb"(\d\d):(\d\d):(\d\d(?:\.\d)?)")
_ANGLE = re.compile(rb"([+-]?)(\d{2,3})[*\xdf:](\d\d)[:'](\d\d(?:\.\d)?)")


def hours_text(hours: float) -> bytes:
    """`HH:MM:SS.s`; 24 h wrap to 0."""
    return b"%02d:%02d:%02d.%d" % _split(round(hours * 36000) % 864000)


def signed_text(degrees: float, width: int = 2) -> bytes:
    """`sDD*MM'SS.s`; the sign belongs to what is left after rounding."""
    tenths = round(degrees * 36000)
    return (b"-" if tenths < 0 else b"+") + _angle_text(abs(tenths), width)


def turn_text(degrees: float) -> bytes:
    """`DDD*MM'SS.s` within 0..359."""
    return _angle_text(round(degrees * 36000) % 12960000, 3)


def _angle_text(tenths: int, width: int) -> bytes:
    return b"%0*d*%02d'%02d.%d" % (width, *_split(tenths))


def _split(tenths: int) -> tuple[int, int, int, int]:
    seconds, tenth = divmod(tenths, 10)
    minutes, second = divmod(seconds, 60)
    return minutes // 60, minutes % 60, second, tenth


def read_hours(text: bytes) -> float | None:
    """Below 24 h."""
    found = _HOURS.fullmatch(text)
    return None if found is None else _whole(found[1], found[2], found[3], 23.999999)


def read_degrees(text: bytes, largest: float) -> float | None:
    found = _ANGLE.fullmatch(text)
    size = None if found is None else _whole(found[2], found[3], found[4], largest)
    return -size if found and found[1] == b"-" and size is not None else size


def _whole(whole: bytes, minutes: bytes, seconds: bytes, largest: float) -> float | None:
    value = int(whole) + int(minutes) / 60.0 + float(seconds) / 3600.0
    return value if int(minutes) < 60 and float(seconds) < 60.0 and value <= largest else None
