"""Astro-Physics GTO control boxes, GTOCP1 to GTOCP6.

Source: Astro-Physics GTOCP3 and GTOCP4 command language; what newer boxes tell of their state, from other people's
drivers. They have no product name, and only newer ones a version that names them, so the family has a name of its own
for the others. A blank stands behind the verb of what is set. A goto that is refused may not be answered at all. None
of it is confirmed on hardware.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from scope.command import Command, garbled, silent, until_hash
from scope.errors import MountRefused
from scope.mounts.lx200 import formats
from scope.mounts.lx200 import words as say
from scope.mounts.lx200.asking import answer_or_none, is_known
from scope.mounts.lx200.dialect import ClockWords, Dialect, Hello, Met, Status, TrackingByWords
from scope.mounts.mount import Ask, Identity
from scope.orders import NudgeRate, TrackingRate

NAMES_ITSELF = re.compile(r"VCP\d.*")
STATE = re.compile(rb"([0-9A-Za-z])([0-9A-Za-z])[0-9A-Za-z]([0-9A-Za-z])[0-9A-Za-z]{7,16}#")
RATES = {b"0": TrackingRate.LUNAR, b"1": TrackingRate.SOLAR, b"2": TrackingRate.SIDEREAL, b"9": TrackingRate.OFF}
KINGS = b"T"
NO_ANSWER_TO_DATE = re.compile(rb" {0,40}# {0,40}#")
OLD_EAST_OFFSETS = {
    **{b"A%d" % digit: 6 - digit for digit in range(1, 6)},
    **{b"@%d" % digit: 16 - digit for digit in range(4, 10)},
}
"""GTOCP1 and 2 write 1…5 h east as A5…A1 and 7…12 h as @9…@4, for decades now; 6 h is 00, which is also Greenwich."""


def read_state(answer: bytes) -> tuple[Status, TrackingRate | None]:
    found = STATE.fullmatch(answer)
    if not found:
        raise garbled("a string of states", answer)
    rate = TrackingRate.SIDEREAL if found[2] == KINGS else RATES.get(found[2])
    return Status(slewing=found[3] == b"S", parked=found[1] == b"P"), rate


def read_offset(answer: bytes) -> timedelta:
    """East positive, coded as old boxes do or plain."""
    plain = answer.removeprefix(b":")
    coded = OLD_EAST_OFFSETS.get(plain[:2])
    return formats.read_long_utc_offset(plain) if coded is None else timedelta(hours=coded)


def date_accepted(answer: bytes) -> None:
    """Blanks, twice, and no word of consent."""
    if answer == b"0":
        raise MountRefused("the mount refused the date", words="the date")
    if not NO_ANSWER_TO_DATE.fullmatch(answer):
        raise garbled("blanks", answer)


LONG_FORMAT = silent(b":U#")
STATES = Command(b":GOS#", until_hash, read_state)
DATE = Command(
    b":GC#", until_hash, lambda answer: formats.read_date(answer, formats.DATE_WITH_COLONS), say.PRODUCT_SECONDS
)


def _status(ask: Ask) -> Status:
    return replace(ask(STATES)[0], pier_side=ask(say.PIER_SIDE_IN_WORDS))


def _old_status(ask: Ask) -> Status:
    return Status(None, ask(say.PIER_SIDE_IN_WORDS))


def _setting(verb: str, value: str, what: str) -> Command[None]:
    return say.setting(f":{verb} {value}#", what)


RATE_WORDS = {
    TrackingRate.OFF: (silent(b":RT9#"),),
    TrackingRate.SIDEREAL: (silent(b":RT2#"),),
    TrackingRate.LUNAR: (silent(b":RT0#"),),
    TrackingRate.SOLAR: (silent(b":RT1#"),),
}

OLD = Dialect(
    status=_old_status,
    tracking=TrackingByWords(now=lambda _: None, words=RATE_WORDS),
    ra=Command(b":GR#", until_hash, formats.hours_with(1), landmark=True),
    set_ra=lambda ra: _setting("Sr", formats.hours_text(ra, 1), "the right ascension"),
    set_dec=lambda dec: _setting("Sd", formats.degrees_text(dec), "the declination"),
    sync=Command(b":CMR#", until_hash, say.read_sync, say.START_SECONDS),
    nudge_rates={
        NudgeRate.GUIDE: silent(b":RG2#"),
        NudgeRate.CENTRE: silent(b":RC0#"),
        NudgeRate.FIND: silent(b":RC1#"),
        NudgeRate.SLEW: silent(b":RC3#"),
    },
    park=silent(b":KA#"),
    unpark=silent(b":PO#"),
    clock=ClockWords(
        local_date=DATE,
        offset=Command(b":GG#", until_hash, read_offset),
        set_latitude=lambda north: _setting("St", formats.degrees_text(north), "the latitude"),
        set_longitude=lambda east: _setting("Sg", formats.west_text(east), "the longitude"),
        set_offset=lambda east: _setting("SG", f"{formats.offset_text(east)}:00", "the UTC offset"),
        set_time=lambda local: _setting("SL", f"{local:%H:%M:%S}", "the time"),
        set_date=lambda local: Command(f":SC {local:%m/%d/%y}#".encode(), say.two_hashes, date_accepted),
    ),
    tells_pier_side=True,
    refuses_in_silence=True,
)
"""Boxes that do not tell whether they slew or track. `:CMR#` keeps the side of the pier where `:CM#` would guess it."""

TELLS_STATE = replace(OLD, status=_status, tracking=TrackingByWords(now=lambda ask: ask(STATES)[1], words=RATE_WORDS))


def meet(ask: Ask, hello: Hello) -> Met:
    """Whoever is called this family in the settings has a version at least."""
    ask(LONG_FORMAT)
    version = hello.product or ask(say.VERSION)
    dialect = TELLS_STATE if is_known(ask, STATES) else OLD
    if answer_or_none(ask, DATE) is None:
        dialect = replace(dialect, clock=replace(dialect.clock, reads=False))
    return Met(Identity("Astro-Physics GTO", version, "german"), dialect)
