"""The words of RainbowAstro's mounts: what to send, when the answer is whole, and what it means.

An answer repeats its command (`:GR05:30:00.0#`), and before any of them may stand what the mount says of itself about a
way that has ended: such notices are passed over here, and only the start of a way heeds them. No order is decided here.
Source: the drivers of INDI (2020) and INDIGO (2.0), which agree but where it is said; the maker's paper has not been
read, and nothing was seen on hardware.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from scope.command import Command, Framing, garbled, one_byte, silent, until_hash
from scope.errors import MountRefused
from scope.orders import Direction, NudgeRate, TrackingRate

T = TypeVar("T")
NOTICES = re.compile(rb"(?::MM[0LUE]#|:CH[O0<]#)*")
ALL_NOTICES = tuple(b":%s#" % word for word in (b"MM0", b"MML", b"MMU", b"MME", b"CHO", b"CH0", b"CH<"))
REFUSALS = {b"MML": "it is too low", b"MMU": "it is too high"}
"""What became of a way that never began."""
START_SECONDS = 2.0


def behind_notices(whole: Framing) -> Framing:
    """The same framing, with notices before it counted in; what may yet become one is waited for."""

    def framing(buffer: bytes) -> int | None:
        at = _notices_end(buffer)
        rest = buffer[at:]
        if any(notice.startswith(rest) for notice in ALL_NOTICES):
            return None
        length = whole(rest)
        return None if length is None else at + length

    return framing


def _notices_end(buffer: bytes) -> int:
    found = NOTICES.match(buffer)
    return found.end() if found else 0


def _asked(
    question: bytes, repeated: bytes, form: bytes, what: str, means: Callable[[re.Match[bytes]], T]
) -> Command[T]:
    """A question whose answer begins with these letters and goes on in this form; `means` may raise ValueError."""
    wanted = re.compile(b":" + repeated + b"(?:" + form + b")#")

    def read(answer: bytes) -> T:
        found = wanted.fullmatch(answer, _notices_end(answer))
        if not found:
            raise garbled(what, answer)
        try:
            return means(found)
        except ValueError:
            raise garbled(f"{what} that there is", answer) from None

    return Command(b":" + question + b"#", behind_notices(until_hash), read, landmark=question in (b"AV", b"GR", b"GD"))


def _sixtieths(minutes: bytes, seconds: bytes) -> float:
    if int(minutes) > 59 or float(seconds) >= 60.0:
        raise ValueError
    return int(minutes) / 60.0 + float(seconds) / 3600.0


def _within(limit: float, value: float) -> float:
    if abs(value) > limit:
        raise ValueError
    return value


def _hours(found: re.Match[bytes]) -> float:
    hours = int(found[1]) + _sixtieths(found[2], found[3])
    return _within(24.0, hours) % 24.0


def _degrees(limit: float) -> Callable[[re.Match[bytes]], float]:
    def means(found: re.Match[bytes]) -> float:
        """The sign of −00° counts."""
        size = _within(limit, int(found[2]) + _sixtieths(found[3], found[4]))
        return -size if found[1] == b"-" else size

    return means


def _east(found: re.Match[bytes]) -> float:
    """On the wire longitude is positive to the west."""
    return -_degrees(180.0)(found)


RATE_OF: Mapping[bytes, TrackingRate | None] = {
    b"0": TrackingRate.SIDEREAL,
    b"1": TrackingRate.SOLAR,
    b"2": TrackingRate.LUNAR,
    b"3": None,  # the guider's own, at some rate that it does not tell
}
_ANGLE = rb"([+-])(\d\d)[*\xdf:](\d\d)[':](\d\d\.\d)"
_LONG_ANGLE = rb"([+-])(\d{2,3})[*\xdf:](\d\d)[':](\d\d\.\d)"
FIRMWARE = _asked(b"AV", b"AV", rb"(\d{6})", "a firmware's date", lambda found: found[1].decode())
RA = _asked(b"GR", b"GR", rb"(\d\d):(\d\d):(\d\d\.\d)", "a right ascension", _hours)
DEC = _asked(b"GD", b"GD", _ANGLE, "a declination", _degrees(90.0))
SLEWING = _asked(b"CL", b"CL", rb"([01])", "slewing or not", lambda found: found[1] == b"1")
TRACKS = _asked(b"AT", b"AT", rb"([01])", "tracking or not", lambda found: found[1] == b"1")
RATE = _asked(b"Ct?", b"CT", rb"([0-3])", "a tracking rate", lambda found: RATE_OF[found[1]])
LATITUDE = _asked(b"Gt", b"Gt", _ANGLE, "a latitude", _degrees(90.0))
LONGITUDE = _asked(b"Gg", b"Gg", _LONG_ANGLE, "a longitude", _east)
OFFSET = _asked(
    *(b"GG", b"GG", rb"([+-]\d\d?)", "a UTC offset"),
    lambda found: timedelta(hours=-_within(14, int(found[1]))),
)
"""East-positive; on the wire it is what has to be added to local time."""
DATE = _asked(
    *(b"GC", b"GC", rb"(\d\d)/(\d\d)/(\d\d)", "a date"),
    lambda found: date(2000 + int(found[3]), int(found[1]), int(found[2])),
)
TIME = _asked(
    *(b"GL", b"GL", rb"(\d\d):(\d\d):(\d\d)", "a time"),
    lambda found: time(int(found[1]), int(found[2]), int(found[3])),
)
TRACK_ON, TRACK_OFF = silent(b":CtA#"), silent(b":CtL#")
FOLLOW: Mapping[TrackingRate, Command[None]] = {
    TrackingRate.SIDEREAL: silent(b":CtR#"),
    TrackingRate.SOLAR: silent(b":CtS#"),
    TrackingRate.LUNAR: silent(b":CtM#"),
}
"""The Moon by INDIGO's word: INDI's, `:CtL#`, also ends tracking."""
SPEED: Mapping[NudgeRate, Command[None]] = {
    NudgeRate.GUIDE: silent(b":RG#"),
    NudgeRate.CENTRE: silent(b":RC#"),
    NudgeRate.FIND: silent(b":RM#"),
    NudgeRate.SLEW: silent(b":RS#"),
}
NUDGE = {direction: silent(b":M" + direction.value[:1].encode() + b"#") for direction in Direction}
REST = {direction: silent(b":Q" + direction.value[:1].encode() + b"#") for direction in Direction}
HALT = silent(b":Q#")
"""Ends a way and both keys; one that was on its way says `:MME#` of itself, which is no answer to wait for."""
HOME = silent(b":Ch#")


def _started(answer: bytes) -> None:
    for word, why in REFUSALS.items():
        if b":" + word + b"#" in answer[: _notices_end(answer)]:
            raise MountRefused(f"the mount says {word!r}: {why}", code="target_refused", words=word.decode())
    SLEWING.means(answer)


START = Command(b":MS#:CL#", behind_notices(until_hash), _started, START_SECONDS)
"""The start itself is silent; the question behind it tells that it was heard, and has a refusal stand before it."""


def _set(text: str) -> Command[None]:
    """`1` is yes; a `0` is taken for no."""

    def accepted(answer: bytes) -> None:
        said = answer[_notices_end(answer) :]
        if said == b"0":
            raise MountRefused("the mount refused the target", code="target_refused", words="0")
        if said != b"1":
            raise garbled("1 or 0", answer)

    return Command(text.encode(), behind_notices(one_byte), accepted)


def set_ra(ra_hours: float) -> Command[None]:
    """To a tenth of a second of time (1.5″)."""
    return _set(f":Sr{_sexagesimal(round(ra_hours * 36000) % 864000, ':', ':', 2, tenths=True)}#")


def set_dec(dec_degrees: float) -> Command[None]:
    """To a tenth of an arcsecond; −00° 30′ keeps its sign."""
    size = _sexagesimal(round(abs(dec_degrees) * 36000), "*", ":", 2, tenths=True)
    return _set(f":Sd{_sign(dec_degrees)}{size}#")


def sync(ra_hours: float, dec_degrees: float) -> Command[None]:
    """In degrees, to a thousandth (3.6″)."""
    ra = round(ra_hours * 15000) % 360000
    return silent(f":Ck{ra / 1000:07.3f}{_sign(dec_degrees)}{abs(dec_degrees):06.3f}#".encode())


def set_latitude(degrees: float) -> Command[None]:
    return silent(f":St{_sign(degrees)}{_whole_seconds(degrees, 2)}#".encode())


def set_longitude(east_degrees: float) -> Command[None]:
    """Within ±180."""
    return silent(f":Sg{_sign(-east_degrees)}{_whole_seconds(east_degrees, 3)}#".encode())


def set_offset(east: timedelta) -> Command[None]:
    """Whole hours are all that can be said."""
    return silent(f":SG{-(east // timedelta(hours=1)):+03d}#".encode())


def set_date(local: date) -> Command[None]:
    return silent(f":SC{local:%m/%d/%y}#".encode())


def set_time(local: time | datetime) -> Command[None]:
    return silent(f":SL{local:%H:%M:%S}#".encode())


def _sign(number: float) -> str:
    return "-" if number < 0 else "+"


def _whole_seconds(degrees: float, digits: int) -> str:
    return _sexagesimal(round(abs(degrees) * 3600), "*", "'", digits)


def _sexagesimal(units: int, mark: str, before_seconds: str, digits: int, tenths: bool = False) -> str:
    """Rounded once, before, at the smallest unit: seconds or their tenths."""
    total, tenth = divmod(units, 10) if tenths else (units, 0)
    text = f"{total // 3600:0{digits}d}{mark}{total // 60 % 60:02d}{before_seconds}{total % 60:02d}"
    return f"{text}.{tenth}" if tenths else text
