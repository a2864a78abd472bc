"""What only iOptron's old command set has: right ascension in milliseconds of time, local time, the site in arcseconds.

iOptron RS-232 Command Language 2014, version 2.5. The latitude counts from the south pole in the answer to `:GLS#`, and
from the equator where it is set.
"""

from dataclasses import replace
from datetime import date, time

from hardware_sim.geometry import wrapped
from hardware_sim.ioptron_formats import (
    ARCSECONDS_PER_DEGREE,
    FULL_TURN,
    HUNDREDTHS_PER_DEGREE,
    MILLISECONDS_PER_DEGREE,
    QUARTER_TURN,
    read_signed_degrees,
    read_turn_degrees,
    read_whole,
    signed_text,
    turn_text,
)
from hardware_sim.ioptron_hand_control import NO, YES, HandControl, TimeSource, Understood
from hardware_sim.ioptron_models import ARROWS_OF_2
from hardware_sim.ioptron_motion import LET_GO_OF_BOTH, goto, pulse
from hardware_sim.ioptron_settings import zone_minutes
from hardware_sim.reply import Replies, say

CENTURY = 2000
NO_GPS = 0


def _status(control: HandControl, _: bytes) -> Replies:
    site = control.mount.belief.site
    where = signed_text(wrapped(site.longitude_degrees), ARCSECONDS_PER_DEGREE, 6)
    where += b"%06d" % round((site.latitude_degrees + QUARTER_TURN) * ARCSECONDS_PER_DEGREE)
    return say(where + status_digits(control) + b"#")


def status_digits(control: HandControl) -> bytes:
    """GPS, what it does, how fast it follows, the arrows' speed, who set the clock, and the hemisphere."""
    digits = (NO_GPS, control.status().value, control.rate_digit, control.arrow_speed, control.time_source.value)
    return b"%d%d%d%d%d%d" % (*digits, control.is_north)


def _where(control: HandControl, _: bytes) -> Replies:
    pointing = control.mount.pointing()
    dec = signed_text(pointing.dec_degrees, HUNDREDTHS_PER_DEGREE, 8)
    return say(dec + turn_text(pointing.ra_degrees, MILLISECONDS_PER_DEGREE, 8) + b"#")


def _where_axes(control: HandControl, _: bytes) -> Replies:
    """Undocumented; others read the angle from the pole, positive west of the pier, and hours of the polar axis."""
    axes = control.mount.axes_believed()
    from_pole = signed_text(wrapped(axes.second - QUARTER_TURN), HUNDREDTHS_PER_DEGREE, 8)
    return say(from_pole + turn_text(axes.first + QUARTER_TURN, MILLISECONDS_PER_DEGREE, 8) + b"#")


def _set_target_ra(control: HandControl, argument: bytes) -> Replies:
    degrees = read_turn_degrees(argument, 8, MILLISECONDS_PER_DEGREE)
    if degrees is None:
        return NO
    control.target_ra_degrees = degrees % FULL_TURN
    return YES


def _time(control: HandControl, _: bytes) -> Replies:
    local = control.mount.belief.clock.local(control.mount.true_utc_seconds)
    zone = b"%+04d%d" % (zone_minutes(control), control.has_summer_time)
    return say(zone + local.strftime("%y%m%d%H%M%S#").encode())


def _set_time(control: HandControl, argument: bytes) -> Replies:
    if read_whole(argument, 6, 235_959) is None:
        return NO
    try:
        of_day = time(int(argument[:2]), int(argument[2:4]), int(argument[4:]))
    except ValueError:
        return NO
    control.mount.belief.clock.set_time(of_day, control.mount.true_utc_seconds)
    return _clock_was_set(control)


def _set_date(control: HandControl, argument: bytes) -> Replies:
    if read_whole(argument, 6, 991_231) is None:
        return NO
    try:
        day = date(CENTURY + int(argument[:2]), int(argument[2:4]), int(argument[4:]))
    except ValueError:
        return NO
    control.mount.belief.clock.set_date(day, control.mount.true_utc_seconds)
    return _clock_was_set(control)


def _clock_was_set(control: HandControl) -> Replies:
    control.time_source = TimeSource.CLIENT
    control.mount.follow_from_here()
    return YES


def _set_latitude(control: HandControl, argument: bytes) -> Replies:
    degrees = read_signed_degrees(argument, 6, ARCSECONDS_PER_DEGREE, QUARTER_TURN)
    if degrees is None:
        return NO
    control.mount.belief.site = replace(control.mount.belief.site, latitude_degrees=degrees)
    control.mount.follow_from_here()
    return YES


def _set_longitude(control: HandControl, argument: bytes) -> Replies:
    degrees = read_signed_degrees(argument, 6, ARCSECONDS_PER_DEGREE, FULL_TURN // 2)
    if degrees is None:
        return NO
    control.mount.belief.site = replace(control.mount.belief.site, longitude_degrees=degrees)
    control.mount.follow_from_here()
    return YES


def _command_set(_: HandControl, __: bytes) -> Replies:
    return say(b"V1.00#")


COMMANDS = (
    Understood(b"V", _command_set),
    Understood(b"GLS", _status),
    Understood(b"GEC", _where),
    Understood(b"GEA", _where_axes),
    Understood(b"GLT", _time),
    Understood(b"Sr", _set_target_ra, takes_argument=True),
    Understood(b"SL", _set_time, takes_argument=True),
    Understood(b"SC", _set_date, takes_argument=True),
    Understood(b"St", _set_latitude, takes_argument=True),
    Understood(b"Sg", _set_longitude, takes_argument=True),
    Understood(b"MS", goto),
    LET_GO_OF_BOTH,
    *(Understood(b"M" + key, pulse(*way), takes_argument=True) for key, way in ARROWS_OF_2.items()),
)
