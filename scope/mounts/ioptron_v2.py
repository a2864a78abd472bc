"""iOptron's language of version 2: iEQ30 and iEQ45 Pro, CEM25, CEM60, SmartEQ Pro, by older firmware CEM40 and GEM45.

Right ascension in milliseconds of time, declination in 0.01″, the site in arcseconds, the clock in local time. Source:
iOptron RS-232 Command Language 2.5 (January 2019). It does not tell on which side of the pier the tube is.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from scope.command import Command, garbled, until_hash
from scope.mounts.ioptron_words import (
    Place,
    Version,
    arrows,
    counted,
    order,
    set_hemisphere,
    set_zone,
    signed,
)

DEC_DEGREE = 360_000
"""0.01″."""
SITE_DEGREE = 3600
"""1″."""
HOUR = 3_600_000
PLACE_TEXT = re.compile(rb"([+-]\d{8})(\d{8})#")
CLOCK_TEXT = re.compile(rb"([+-]\d{3})([01])(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)#")
WIDEST_ZONE_MINUTES = 14 * 60


def _read_place(answer: bytes) -> Place:
    found = PLACE_TEXT.fullmatch(answer)
    if not found:
        raise garbled("a declination and a right ascension", answer)
    dec = counted(int(found[1]), 90 * DEC_DEGREE, "a declination", answer)
    ra = counted(int(found[2]), 24 * HOUR, "a right ascension", answer)
    return Place(ra / HOUR % 24.0, dec / DEC_DEGREE, None)


def _read_clock(answer: bytes) -> datetime:
    """Zone without summer time, whether it is summer time, and what the clock shows."""
    found = CLOCK_TEXT.fullmatch(answer)
    if not found:
        raise garbled("a zone, a date and a time", answer)
    zone, summer, year, month, day, hour, minute, second = (int(word) for word in found.groups())
    counted(zone, WIDEST_ZONE_MINUTES, "a zone", answer)
    try:
        local = datetime(2000 + year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        raise garbled("a date and a time", answer) from None
    return local - timedelta(minutes=zone + 60 * summer)


def set_ra(ra_hours: float) -> Command[None]:
    """In milliseconds of time, rounded once."""
    return order(b":Sr%08d#" % (round(ra_hours * HOUR) % (24 * HOUR)))


def set_site(latitude_degrees: float, longitude_degrees: float) -> tuple[Command[None], ...]:
    latitude, longitude = (signed(angle, SITE_DEGREE, 6).encode() for angle in (latitude_degrees, longitude_degrees))
    return order(b":Sg" + longitude + b"#"), order(b":St" + latitude + b"#"), set_hemisphere(latitude_degrees)


def set_clock(utc: datetime, offset_hours: float) -> tuple[Command[None], ...]:
    """The zone first: it would shift what the clock shows."""
    local = utc + timedelta(minutes=round(offset_hours * 60), milliseconds=500)
    return *set_zone(offset_hours), order(f":SC{local:%y%m%d}#".encode()), order(f":SL{local:%H%M%S}#".encode())


V2 = Version(
    place=Command(b":GEC#", until_hash, _read_place, landmark=True),
    clock=Command(b":GLT#", until_hash, _read_clock),
    start=order(b":MS#"),
    set_ra=set_ra,
    set_site=set_site,
    set_clock=set_clock,
    arrows=arrows(north="n", south="s", east="w", west="e"),
    names={
        **{"0010": "Cube II EQ", "0011": "SmartEQ Pro+", "0025": "CEM25", "0026": "CEM25-EC", "0030": "iEQ30 Pro"},
        **{"0040": "CEM40", "0041": "CEM40-EC", "0043": "GEM45", "0044": "GEM45-EC"},
        **{"0045": "iEQ45 Pro", "0046": "iEQ45 Pro AA", "0060": "CEM60", "0061": "CEM60-EC"},
        **{"5010": "Cube II AA", "5035": "AZ Mount Pro", "5045": "iEQ45 Pro AA"},
    },
)
"""The manual calls the arrows north, south, east and west; that the latter two do the opposite is what INDI's driver
for these mounts notes, and what the manual of version 3.10 says. Not confirmed on hardware.
"""
