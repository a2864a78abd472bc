"""What only iOptron's new command set has: everything in hundredths of an arcsecond, UTC, the side of the pier.

iOptron Mount RS-232 Command Language, version 3.10. The latitude counts from the south pole in the answer to `:GLS#`,
and from the equator where it is set.
"""

from dataclasses import replace
from datetime import UTC, datetime

from hardware_sim.geometry import wrapped
from hardware_sim.ioptron_formats import (
    FULL_TURN,
    HUNDREDTHS_PER_DEGREE,
    QUARTER_TURN,
    read_signed_degrees,
    read_turn_degrees,
    read_whole,
    signed_text,
    turn_text,
)
from hardware_sim.ioptron_hand_control import NO, YES, HandControl, TimeSource, Understood
from hardware_sim.ioptron_models import EAST, NORTH, SOUTH, WEST
from hardware_sim.ioptron_motion import goto, goto_counterweight_up, goto_horizontal, pulse
from hardware_sim.ioptron_settings import zone_minutes
from hardware_sim.ioptron_v2 import status_digits
from hardware_sim.mount_clock import SECONDS_PER_HOUR, MountClock
from hardware_sim.reply import Replies, say
from hardware_sim.sidereal import J2000_UNIX_SECONDS

LATEST_MILLISECONDS = 9_999_999_999_999
YEAR_2100_SECONDS = 4_102_444_800.0
PIER_EAST, PIER_WEST, NO_PIER = 0, 1, 2
HALF_TURN = 180.0
# Right ascension grows to the east.
PULSES = {b"S": EAST, b"Q": WEST, b"E": NORTH, b"C": SOUTH}


def _status(control: HandControl, _: bytes) -> Replies:
    site = control.mount.belief.site
    where = signed_text(wrapped(site.longitude_degrees), HUNDREDTHS_PER_DEGREE, 8)
    where += b"%08d" % round((site.latitude_degrees + QUARTER_TURN) * HUNDREDTHS_PER_DEGREE)
    return say(where + status_digits(control) + b"#")


def _where(control: HandControl, _: bytes) -> Replies:
    pointing = control.mount.pointing()
    dec = signed_text(pointing.dec_degrees, HUNDREDTHS_PER_DEGREE, 8)
    return say(dec + turn_text(pointing.ra_degrees, HUNDREDTHS_PER_DEGREE, 9) + _pose(control) + b"#")


def _pose(control: HandControl) -> bytes:
    """The side of the pier, and 1 while the counterweight is down."""
    mount = control.mount
    if mount.belief.geometry.name != "german":
        return b"%d1" % NO_PIER
    axes = mount.axes_believed()
    side = PIER_WEST if mount.is_tipped() else PIER_EAST
    return b"%d%d" % (side, 0.0 <= axes.first % FULL_TURN <= HALF_TURN)


def _set_target_ra(control: HandControl, argument: bytes) -> Replies:
    degrees = read_turn_degrees(argument, 9, HUNDREDTHS_PER_DEGREE)
    if degrees is None:
        return NO
    control.target_ra_degrees = degrees % FULL_TURN
    return YES


def _time(control: HandControl, _: bytes) -> Replies:
    utc_seconds = control.mount.belief.clock.utc_seconds(control.mount.true_utc_seconds)
    milliseconds = round((utc_seconds - J2000_UNIX_SECONDS) * 1000.0)
    return say(b"%+04d%d%013d#" % (zone_minutes(control), control.has_summer_time, milliseconds))


def _set_time(control: HandControl, argument: bytes) -> Replies:
    milliseconds = read_whole(argument, 13, LATEST_MILLISECONDS)
    utc_seconds = J2000_UNIX_SECONDS + (milliseconds or 0) / 1000.0
    if milliseconds is None or utc_seconds > YEAR_2100_SECONDS:
        return NO
    mount = control.mount
    offset_hours = mount.belief.clock.offset_hours
    local = datetime.fromtimestamp(utc_seconds + offset_hours * SECONDS_PER_HOUR, UTC)
    mount.belief.clock = MountClock.showing(local, mount.true_utc_seconds, offset_hours)
    control.time_source = TimeSource.CLIENT
    mount.follow_from_here()
    return YES


def _set_latitude(control: HandControl, argument: bytes) -> Replies:
    degrees = read_signed_degrees(argument, 8, HUNDREDTHS_PER_DEGREE, QUARTER_TURN)
    if degrees is None:
        return NO
    control.mount.belief.site = replace(control.mount.belief.site, latitude_degrees=degrees)
    control.mount.follow_from_here()
    return YES


def _set_longitude(control: HandControl, argument: bytes) -> Replies:
    degrees = read_signed_degrees(argument, 8, HUNDREDTHS_PER_DEGREE, FULL_TURN // 2)
    if degrees is None:
        return NO
    control.mount.belief.site = replace(control.mount.belief.site, longitude_degrees=degrees)
    control.mount.follow_from_here()
    return YES


def _custom_rate(control: HandControl, _: bytes) -> Replies:
    return say(control.custom_rate + b"#")


def _worm_is_known(_: HandControl, __: bytes) -> Replies:
    """No error of the worm has been recorded. One digit, and no hash behind it."""
    return NO


COMMANDS = (
    Understood(b"GLS", _status),
    Understood(b"GEP", _where),
    Understood(b"GUT", _time),
    Understood(b"GTR", _custom_rate),
    Understood(b"GPE", _worm_is_known),
    Understood(b"SRA", _set_target_ra, takes_argument=True),
    Understood(b"SUT", _set_time, takes_argument=True),
    Understood(b"SLA", _set_latitude, takes_argument=True),
    Understood(b"SLO", _set_longitude, takes_argument=True),
    Understood(b"MS1", goto),
    Understood(b"MS2", goto_counterweight_up),
    Understood(b"MSS", goto_horizontal),
    *(Understood(b"Z" + key, pulse(*way), takes_argument=True) for key, way in PULSES.items()),
)
