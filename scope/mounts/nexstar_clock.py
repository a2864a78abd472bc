"""Time and place in the language of the hand controls: eight binary bytes each, and what they mean.

Source: NexStar Communication Protocol 1.2, Time/Location Commands; the zone in quarters of an hour by INDI's
celestrondriver. The clock shows local time; its zone is that of the winter, and a byte tells of summer time. We send
the offset that is in force and no summer time: a zone and a flag that somebody has to interpret lose an hour.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scope.command import Command, garbled
from scope.mounts.nexstar_commands import LOOK_SECONDS, data, done

SIGNS = (0, 1)
WIDEST_ZONE_HOURS = 14


def _site_of(answer: bytes) -> tuple[float, float]:
    """Degrees, minutes, seconds, and 1 for south; the same, and 1 for west → latitude and longitude in degrees."""
    eight = SITE_DATA.means(answer)
    latitude = _degrees(eight[:4], 90, answer)
    return latitude, _degrees(eight[4:], 180, answer)


def _degrees(four: bytes, limit: int, answer: bytes) -> float:
    degrees, minutes, seconds, sign = four
    size = degrees + minutes / 60 + seconds / 3600
    if size > limit or minutes > 59 or seconds > 59 or sign not in SIGNS:
        raise garbled(f"an angle within {limit} degrees", answer)
    return -size if sign else size


def _four(degrees: float) -> bytes:
    """Rounded once, at the arcsecond; −0° 30′ keeps its sign."""
    total = round(abs(degrees) * 3600)
    return bytes((total // 3600, total // 60 % 60, total % 60, int(degrees < 0)))


def _clock(letter: bytes, steps_an_hour: int) -> Command[datetime]:
    question = data(letter, 8, "a local time", LOOK_SECONDS)

    def means(answer: bytes) -> datetime:
        hour, minute, second, month, day, year, zone, summer = question.means(answer)
        zone_hours = (zone - 256 if zone > 127 else zone) / steps_an_hour
        if abs(zone_hours) > WIDEST_ZONE_HOURS or summer not in SIGNS:
            raise garbled("a time zone", answer)
        try:
            local = datetime(2000 + year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            raise garbled("a date and a time", answer) from None
        return local - timedelta(hours=zone_hours + summer)

    return Command(letter, question.whole, means, LOOK_SECONDS)


SITE_DATA = data(b"w", 8, "a place")
SITE = Command(SITE_DATA.sends, SITE_DATA.whole, _site_of, LOOK_SECONDS)
CLOCK, QUARTERLY_CLOCK = _clock(b"h", 1), _clock(b"i", 4)


def set_site(latitude_degrees: float, longitude_degrees: float) -> Command[None]:
    """Longitude in (−180, 180], positive to the east."""
    return done(b"W" + _four(latitude_degrees) + _four(longitude_degrees))


def set_clock(utc: datetime, offset_hours: float, quarterly: bool) -> Command[None]:
    """To the second; where only whole hours can be said, the local time of the nearest of them."""
    steps_an_hour = 4 if quarterly else 1
    zone = round(offset_hours * steps_an_hour)
    local = (utc + timedelta(hours=zone / steps_an_hour, milliseconds=500)).replace(microsecond=0)
    date_and_time = (local.hour, local.minute, local.second, local.month, local.day, local.year % 100)
    return done((b"I" if quarterly else b"H") + bytes((*date_and_time, zone % 256, 0)))
