"""LX200 commands for the mount's clock and site.

On the wire longitude counts positive to the west, and the UTC offset is what to ADD to local time to get UTC; inside
this program both count the usual way. Meade Telescope Serial Command Protocol, 2010.10: Get/Set Telescope Information.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from hardware_sim.lx200_formats import read_degrees
from hardware_sim.lx200_hand_control import HandControl
from hardware_sim.lx200_model import NO, YES, Answer, Understood
from hardware_sim.reply import SILENCE, Replies, Reply, say

FIRST_YEAR_OF_19XX = 70  # two digits of the year from here on belong to the last century
LARGEST_OFFSET_HOURS = 15.0
LONGEST_SITE_NAME = 15
USUAL_OFFSET = rb"(?P<sign>[+-]?)(?P<hours>\d{1,2})(?P<tenths>\.\d)?(?::(?P<minutes>\d{2})(?::\d{2}|\.\d)?)?"
_US_DATE = re.compile(rb"(\d{2})[:/](\d{2})[:/](\d{2}|\d{4})")
_TIME = re.compile(rb"(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?")


def _local(control: HandControl) -> datetime:
    return control.mount.belief.clock.local(control.mount.true_utc_seconds)


def tells_date(control: HandControl, _: bytes) -> Replies:
    return say(_local(control).strftime(control.writing.date).encode() + b"#")


def tells_time(control: HandControl, _: bytes) -> Replies:
    return say(control.writing.time_of_day(_local(control)) + b"#")


def _tells_time_in_halves(control: HandControl, _: bytes) -> Replies:
    return say(_local(control).strftime("%I:%M:%S#").encode())


def _tells_offset(control: HandControl, _: bytes) -> Replies:
    return say(control.writing.offset(-control.mount.belief.clock.offset_hours) + b"#")


def us_date(argument: bytes) -> date | None:
    """`MM/DD/YY`; None for what is no day."""
    match = _US_DATE.fullmatch(argument)
    if match is None:
        return None
    year = int(match[3])
    if year < 100:
        year += 1900 if year >= FIRST_YEAR_OF_19XX else 2000
    return _day(year, int(match[1]), int(match[2]))


def iso_date(argument: bytes) -> date | None:
    """`YYYY-MM-DD`."""
    match = re.fullmatch(rb"(\d{4})-(\d{2})-(\d{2})", argument)
    return _day(int(match[1]), int(match[2]), int(match[3])) if match else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def sets_date(consent: Callable[[HandControl], Replies], *forms: Callable[[bytes], date | None]) -> Answer:
    """Takes a date in any of these forms."""

    def take(control: HandControl, argument: bytes) -> Replies:
        day = next((day for read in forms or (us_date,) if (day := read(argument)) is not None), None)
        if day is None:
            return NO
        control.mount.belief.clock.set_date(day, control.mount.true_utc_seconds)
        control.knows_date = True
        control.mount.follow_from_here()
        return consent(control)

    return take


def updating(words: bytes, then: bytes) -> Callable[[HandControl], Replies]:
    """Two answers, the second as late as the model makes it."""
    return lambda control: (Reply(words), Reply(then, after_seconds=control.model.planetary_data_seconds))


def consent(_: HandControl) -> Replies:
    return YES


def _set_time(control: HandControl, argument: bytes) -> Replies:
    match = _TIME.fullmatch(argument)
    try:
        if match is None:
            return NO
        of_day = time(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return NO
    control.mount.belief.clock.set_time(of_day, control.mount.true_utc_seconds)
    control.knows_time_of_day = True
    control.mount.follow_from_here()
    return YES


def sets_offset(form: bytes) -> Answer:
    """The form has the groups sign and hours, and may have tenths (with their point) and minutes."""
    pattern = re.compile(form)

    def take(control: HandControl, argument: bytes) -> Replies:
        match = pattern.fullmatch(argument)
        said = {} if match is None else match.groupdict()
        minutes = int(said.get("minutes") or 0)
        if match is None or minutes > 59:
            return NO
        hours = int(match["hours"]) + float(said.get("tenths") or 0) + minutes / 60.0
        if hours > LARGEST_OFFSET_HOURS:
            return NO
        control.mount.belief.clock.offset_hours = hours if match["sign"] == b"-" else -hours
        control.mount.follow_from_here()
        return YES

    return take


def tells_latitude(in_full: bool = False) -> Answer:
    """In full: as precisely as positions are written; else to the minute."""

    def tell(control: HandControl, _: bytes) -> Replies:
        writing = control.writing if in_full else control.writings.low
        return say(writing.signed(control.mount.belief.site.latitude_degrees) + b"#")

    return tell


def tells_longitude(signed: bool, in_full: bool = False, plus: bytes = b"") -> Answer:
    """Signed: east is negative; otherwise 0..359 to the west, with a plus before it where the dialect has one."""

    def tell(control: HandControl, _: bytes) -> Replies:
        writing = control.writing if in_full else control.writings.low
        west = -control.mount.belief.site.longitude_degrees
        return say((writing.signed(west, width=3) if signed else plus + writing.turn(west)) + b"#")

    return tell


def _set_latitude(control: HandControl, argument: bytes) -> Replies:
    degrees = read_degrees(argument, 90.0)
    if degrees is None:
        return NO
    control.use_site(replace(control.mount.belief.site, latitude_degrees=degrees))
    return YES


def _set_longitude(control: HandControl, argument: bytes) -> Replies:
    west = read_degrees(argument, 360.0)
    if west is None:
        return NO
    east = (180.0 - west) % 360.0 - 180.0
    control.use_site(replace(control.mount.belief.site, longitude_degrees=east))
    return YES


def _choose_site(number: int) -> Answer:
    def choose(control: HandControl, _: bytes) -> Replies:
        control.site_number = number
        control.use_site(control.sites[number])
        return SILENCE

    return choose


def _site_name(number: int) -> Answer:
    return lambda control, _: say(control.site_names[number] + b"#")


def _set_site_name(number: int) -> Answer:
    def rename(control: HandControl, argument: bytes) -> Replies:
        control.site_names[number] = argument[:LONGEST_SITE_NAME]
        return YES

    return rename


def sites(first: int) -> tuple[Understood, ...]:
    """Four of them, counted from there."""
    letters = (b"M", b"N", b"O", b"P")
    return (
        *(Understood(b"W%d" % (number + first), _choose_site(number)) for number in range(4)),
        *(Understood(b"G" + letter, _site_name(number)) for number, letter in enumerate(letters)),
        *(
            Understood(b"S" + letter, _set_site_name(number), takes_argument=True)
            for number, letter in enumerate(letters)
        ),
    )


TIME_IN_HALVES = Understood(b"Ga", _tells_time_in_halves)
CLOCK = (
    Understood(b"GC", tells_date),
    Understood(b"GL", tells_time),
    Understood(b"GG", _tells_offset),
    Understood(b"SC", sets_date(consent), takes_argument=True),
    Understood(b"SL", _set_time, takes_argument=True),
    Understood(b"SG", sets_offset(USUAL_OFFSET), takes_argument=True),
)
SITE = (
    Understood(b"Gt", tells_latitude()),
    Understood(b"Gg", tells_longitude(signed=True)),
    Understood(b"St", _set_latitude, takes_argument=True),
    Understood(b"Sg", _set_longitude, takes_argument=True),
)
