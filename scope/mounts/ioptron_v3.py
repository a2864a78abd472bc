"""iOptron's language of version 3: CEM26 to CEM120, GEM28, GEM45, HEM, HAE, in 0.01″ and milliseconds since J2000.

Source: iOptron Mount RS-232 Command Language 3.10 (January 2021). Longitude is positive to the east; 90° are added to
the latitude in the status, and nowhere else.
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
from scope.position import PierSide

DEGREE = 360_000
"""0.01″."""
TURN = 360 * DEGREE
J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
PLACE_TEXT = re.compile(rb"([+-]\d{8})(\d{9})([012])([01])#")
CLOCK_TEXT = re.compile(rb"[+-]\d{3}[01](\d{13})#")
SIDES = {b"0": PierSide.EAST, b"1": PierSide.WEST, b"2": None}
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def _read_place(answer: bytes) -> Place:
    found = PLACE_TEXT.fullmatch(answer)
    if not found:
        raise garbled("a declination, a right ascension and a side", answer)
    dec = counted(int(found[1]), 90 * DEGREE, "a declination", answer)
    ra = counted(int(found[2]), TURN, "a right ascension", answer)
    return Place(ra / TURN * 24.0 % 24.0, dec / DEGREE, SIDES[found[3]])


def _read_clock(answer: bytes) -> datetime:
    """Zone, summer time, and UTC itself, which needs neither."""
    found = CLOCK_TEXT.fullmatch(answer)
    utc = J2000 + timedelta(milliseconds=int(found[1])) if found else LATEST
    if utc >= LATEST:
        raise garbled("milliseconds since J2000", answer)
    return utc


def set_ra(ra_hours: float) -> Command[None]:
    """In 0.01″ of a turn, rounded once."""
    return order(b":SRA%09d#" % (round(ra_hours / 24.0 * TURN) % TURN))


def set_site(latitude_degrees: float, longitude_degrees: float) -> tuple[Command[None], ...]:
    latitude, longitude = (signed(angle, DEGREE, 8).encode() for angle in (latitude_degrees, longitude_degrees))
    return order(b":SLO" + longitude + b"#"), order(b":SLA" + latitude + b"#"), set_hemisphere(latitude_degrees)


def set_clock(utc: datetime, offset_hours: float) -> tuple[Command[None], ...]:
    return *set_zone(offset_hours), order(b":SUT%013d#" % ((utc - J2000) // timedelta(milliseconds=1)))


V3 = Version(
    place=Command(b":GEP#", until_hash, _read_place, landmark=True),
    clock=Command(b":GUT#", until_hash, _read_clock),
    start=order(b":MS1#"),
    set_ra=set_ra,
    set_site=set_site,
    set_clock=set_clock,
    arrows=arrows(north="s", south="n", east="w", west="e"),
    names={
        **{"0026": "CEM26", "0027": "CEM26-EC", "0028": "GEM28", "0029": "GEM28-EC"},
        **{"0040": "CEM40", "0041": "CEM40-EC", "0043": "GEM45", "0044": "GEM45-EC"},
        **{"0070": "CEM70", "0071": "CEM70-EC", "0120": "CEM120", "0121": "CEM120-EC", "0122": "CEM120-EC2"},
        **{"0010": "SkyHunter", "0025": "HEM27", "0030": "HEM27-EC", "0045": "HEM44-EC", "0046": "HEM44"},
        **{"5010": "SkyHunter AA", "5035": "AZ Mount Pro"},
    },
)
"""`:MS1#` is the way with the counterweight down; `:MS2#`, with it up, is never sent.

The manual names the arrows by what they do: `mn` falls in declination, `mw` grows in right ascension, which is east.
INDI found the latter on a CEM120 in 2020 and took it for an error of that model. Not confirmed on hardware.
"""
