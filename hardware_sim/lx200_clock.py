"""LX200 commands for the mount's clock and site.

On the wire longitude counts positive to the west, 0..359°, and the UTC offset is what to ADD to local time to get UTC;
inside this program both count the usual way. Meade Telescope Serial Command Protocol, 2010.10: Get/Set Telescope
Information.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

from hardware_sim.lx200_formats import read_degrees, signed_degrees_text, turn_degrees_text
from hardware_sim.lx200_hand_control import NO, YES, HandControl, Understood
from hardware_sim.reply import SILENCE, Replies, Reply, say

FIRST_YEAR_OF_19XX = 70  # two digits of the year from here on belong to the last century
LARGEST_OFFSET_HOURS = 15.0
LONGEST_SITE_NAME = 15
_OFFSET = re.compile(rb"([+-]?)(\d{1,2})(?:\.(\d)|:(\d{2}))?")
_THREE_PAIRS = re.compile(rb"(\d{2})[:/](\d{2})[:/](\d{2})")


def _date(control: HandControl, _: bytes) -> Replies:
    local = control.mount.belief.clock.local(control.mount.true_utc_seconds)
    return say(local.strftime("%m/%d/%y#").encode())


def _time_24(control: HandControl, _: bytes) -> Replies:
    local = control.mount.belief.clock.local(control.mount.true_utc_seconds)
    return say(local.strftime("%H:%M:%S#").encode())


def _time_12(control: HandControl, _: bytes) -> Replies:
    local = control.mount.belief.clock.local(control.mount.true_utc_seconds)
    return say(local.strftime("%I:%M:%S#").encode())


def _clock_format(control: HandControl, _: bytes) -> Replies:
    return say(b"24#")


def _offset(control: HandControl, _: bytes) -> Replies:
    west = -control.mount.belief.clock.offset_hours + 0.0  # + 0.0: no negative zero
    if control.model.offset_has_tenths:
        return say(b"%+05.1f#" % west)
    return say(b"%+03d#" % round(west))


def _set_date(control: HandControl, argument: bytes) -> Replies:
    match = _THREE_PAIRS.fullmatch(argument)
    try:
        if match is None:
            return NO
        year = int(match[3]) + (1900 if int(match[3]) >= FIRST_YEAR_OF_19XX else 2000)
        day = date(year, int(match[1]), int(match[2]))
    except ValueError:
        return NO
    control.mount.belief.clock.set_date(day, control.mount.true_utc_seconds)
    control.mount.follow_from_here()
    blank_line = Reply(b" " * 30 + b"#", after_seconds=control.model.planetary_data_seconds)
    return (Reply(b"1Updating Planetary Data#"), blank_line)


def _set_time(control: HandControl, argument: bytes) -> Replies:
    match = _THREE_PAIRS.fullmatch(argument)
    try:
        if match is None:
            return NO
        of_day = time(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return NO
    control.mount.belief.clock.set_time(of_day, control.mount.true_utc_seconds)
    control.mount.follow_from_here()
    return YES


def _set_offset(control: HandControl, argument: bytes) -> Replies:
    match = _OFFSET.fullmatch(argument)
    if match is None or int(match[4] or 0) > 59:
        return NO
    hours = int(match[2]) + int(match[3] or 0) / 10.0 + int(match[4] or 0) / 60.0
    if hours > LARGEST_OFFSET_HOURS:
        return NO
    control.mount.belief.clock.offset_hours = hours if match[1] == b"-" else -hours
    control.mount.follow_from_here()
    return YES


def _latitude(control: HandControl, _: bytes) -> Replies:
    return say(signed_degrees_text(control.mount.belief.site.latitude_degrees, high_precision=False) + b"#")


def _longitude(control: HandControl, _: bytes) -> Replies:
    return say(turn_degrees_text(-control.mount.belief.site.longitude_degrees, high_precision=False) + b"#")


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


def _choose_site(number: int) -> Callable[[HandControl, bytes], Replies]:
    def choose(control: HandControl, _: bytes) -> Replies:
        control.site_number = number
        control.use_site(control.sites[number])
        return SILENCE

    return choose


def _site_name(number: int) -> Callable[[HandControl, bytes], Replies]:
    return lambda control, _: say(control.site_names[number] + b"#")


def _set_site_name(number: int) -> Callable[[HandControl, bytes], Replies]:
    def rename(control: HandControl, argument: bytes) -> Replies:
        control.site_names[number] = argument[:LONGEST_SITE_NAME]
        return YES

    return rename


COMMANDS = (
    Understood(b"GC", _date),
    Understood(b"GL", _time_24),
    Understood(b"Ga", _time_12),
    Understood(b"Gc", _clock_format),
    Understood(b"GG", _offset),
    Understood(b"SC", _set_date, takes_argument=True),
    Understood(b"SL", _set_time, takes_argument=True),
    Understood(b"SG", _set_offset, takes_argument=True),
    Understood(b"Gt", _latitude),
    Understood(b"Gg", _longitude),
    Understood(b"St", _set_latitude, takes_argument=True),
    Understood(b"Sg", _set_longitude, takes_argument=True),
    *(Understood(b"W%d" % (n + 1), _choose_site(n)) for n in range(4)),
    *(Understood(b"G" + letter, _site_name(n)) for n, letter in enumerate((b"M", b"N", b"O", b"P"))),
    *(
        Understood(b"S" + letter, _set_site_name(n), takes_argument=True)
        for n, letter in enumerate((b"M", b"N", b"O", b"P"))
    ),
)
