"""iOptron commands that ask what the mount is, and those for targets, limits and the zone, alike in both command sets.

iOptron RS-232 Command Language, 2.5 and 3.10: Change Settings, Position, Miscellaneous. The zone is in minutes,
positive to the east, without summer time, which has a command of its own.
"""

from collections.abc import Callable

from hardware_sim.ioptron_formats import (
    HUNDREDTHS_PER_DEGREE,
    QUARTER_TURN,
    read_signed,
    read_signed_degrees,
    read_turn_degrees,
    read_whole,
    signed_text,
    turn_text,
)
from hardware_sim.ioptron_hand_control import NO, YES, HandControl, Understood
from hardware_sim.mount_clock import SECONDS_PER_HOUR
from hardware_sim.reply import Replies, say

MINUTES_PER_HOUR = 60
FARTHEST_WEST_MINUTES, FARTHEST_EAST_MINUTES = -720, 780
HIGHEST_LIMIT_DEGREES = 89


def _number(control: HandControl, _: bytes) -> Replies:
    """Four digits, and no hash behind them."""
    return say(control.model.number)


def _firmware(control: HandControl, _: bytes) -> Replies:
    return say(control.model.firmware + b"#")


def _motor_firmware(control: HandControl, _: bytes) -> Replies:
    return say(control.model.motor_firmware + b"#")


def _where_horizontal(control: HandControl, _: bytes) -> Replies:
    altitude, azimuth = control.mount.horizontal()
    height = signed_text(altitude, HUNDREDTHS_PER_DEGREE, 8)
    return say(height + turn_text(azimuth, HUNDREDTHS_PER_DEGREE, 9) + b"#")


def _park_place(control: HandControl, _: bytes) -> Replies:
    belief = control.mount.belief
    altitude, azimuth = belief.horizontal(control.park_place())
    height = turn_text(altitude, HUNDREDTHS_PER_DEGREE, 8)
    return say(height + turn_text(azimuth, HUNDREDTHS_PER_DEGREE, 9) + b"#")


def _set_target_dec(control: HandControl, argument: bytes) -> Replies:
    degrees = read_signed_degrees(argument, 8, HUNDREDTHS_PER_DEGREE, QUARTER_TURN)
    if degrees is None:
        return NO
    control.target_dec_degrees = degrees
    return YES


def _set_target_altitude(control: HandControl, argument: bytes) -> Replies:
    degrees = read_signed_degrees(argument, 8, HUNDREDTHS_PER_DEGREE, QUARTER_TURN)
    if degrees is None:
        return NO
    control.target_altitude_degrees = degrees
    return YES


def _set_target_azimuth(control: HandControl, argument: bytes) -> Replies:
    degrees = read_turn_degrees(argument, 9, HUNDREDTHS_PER_DEGREE)
    if degrees is None:
        return NO
    control.target_azimuth_degrees = degrees
    return YES


def _set_park_altitude(control: HandControl, argument: bytes) -> Replies:
    hundredths = read_whole(argument, 8, QUARTER_TURN * HUNDREDTHS_PER_DEGREE)
    if hundredths is None:
        return NO
    control.park_altitude_degrees = hundredths / HUNDREDTHS_PER_DEGREE
    return YES


def _set_park_azimuth(control: HandControl, argument: bytes) -> Replies:
    degrees = read_turn_degrees(argument, 9, HUNDREDTHS_PER_DEGREE)
    if degrees is None:
        return NO
    control.park_azimuth_degrees = degrees
    return YES


def zone_minutes(control: HandControl) -> int:
    summer = MINUTES_PER_HOUR * control.has_summer_time
    return round(control.mount.belief.clock.offset_hours * MINUTES_PER_HOUR) - summer


def _use_zone(control: HandControl, minutes: int, has_summer_time: bool) -> None:
    """The old set keeps local time and the new one UTC; what follows from it changes."""
    control.has_summer_time = has_summer_time
    clock = control.mount.belief.clock
    earlier, clock.offset_hours = clock.offset_hours, minutes / MINUTES_PER_HOUR + has_summer_time
    if control.model.version == 3:
        clock.local_minus_true_utc_seconds += (clock.offset_hours - earlier) * SECONDS_PER_HOUR
    control.mount.follow_from_here()


def _set_zone(control: HandControl, argument: bytes) -> Replies:
    minutes = read_signed(argument, 3, FARTHEST_EAST_MINUTES)
    if minutes is None or minutes < FARTHEST_WEST_MINUTES:
        return NO
    _use_zone(control, minutes, control.has_summer_time)
    return YES


def _set_summer_time(has_summer_time: bool) -> Callable[[HandControl, bytes], Replies]:
    def choose(control: HandControl, _: bytes) -> Replies:
        _use_zone(control, zone_minutes(control), has_summer_time)
        return YES

    return choose


def _set_hemisphere(is_north: int) -> Callable[[HandControl, bytes], Replies]:
    def choose(control: HandControl, _: bytes) -> Replies:
        control.hemisphere = is_north
        return YES

    return choose


def _guide_rates(control: HandControl, _: bytes) -> Replies:
    return say(b"%02d%02d#" % tuple(control.guide_percents))


def _set_guide_rates(control: HandControl, argument: bytes) -> Replies:
    if read_whole(argument, 4, 9099) is None or int(argument[:2]) < 1 or int(argument[2:]) < 10:
        return NO
    control.guide_percents = [int(argument[:2]), int(argument[2:])]
    return YES


def _fastest_slew(control: HandControl, _: bytes) -> Replies:
    return say(b"%d#" % control.fastest_slew)


def _set_fastest_slew(speed: int) -> Callable[[HandControl, bytes], Replies]:
    def choose(control: HandControl, _: bytes) -> Replies:
        control.fastest_slew = speed
        return YES

    return choose


def _lowest_altitude(control: HandControl, _: bytes) -> Replies:
    return say(b"%+03d#" % control.lowest_altitude_degrees)


def _set_lowest_altitude(control: HandControl, argument: bytes) -> Replies:
    degrees = read_signed(argument, 2, HIGHEST_LIMIT_DEGREES)
    if degrees is None:
        return NO
    control.lowest_altitude_degrees = degrees
    return YES


def _meridian_treatment(control: HandControl, _: bytes) -> Replies:
    return say(control.meridian_treatment + b"#")


def _set_meridian_treatment(control: HandControl, argument: bytes) -> Replies:
    if read_whole(argument, 3, 199) is None:
        return NO
    control.meridian_treatment = argument
    return YES


def _set_custom_rate(control: HandControl, argument: bytes) -> Replies:
    """Remembered; the motors follow the stars even so."""
    if read_whole(argument, 5, 99_999) is None:
        return NO
    control.custom_rate = argument
    return YES


COMMANDS = (
    Understood(b"MountInfo", _number),
    Understood(b"FW1", _firmware),
    Understood(b"FW2", _motor_firmware),
    Understood(b"GAC", _where_horizontal),
    Understood(b"GPC", _park_place),
    Understood(b"Sd", _set_target_dec, takes_argument=True),
    Understood(b"Sa", _set_target_altitude, takes_argument=True),
    Understood(b"Sz", _set_target_azimuth, takes_argument=True),
    Understood(b"SPH", _set_park_altitude, takes_argument=True),
    Understood(b"SPA", _set_park_azimuth, takes_argument=True),
    Understood(b"SG", _set_zone, takes_argument=True),
    Understood(b"SDS0", _set_summer_time(False)),
    Understood(b"SDS1", _set_summer_time(True)),
    Understood(b"SHE0", _set_hemisphere(0)),
    Understood(b"SHE1", _set_hemisphere(1)),
    Understood(b"AG", _guide_rates),
    Understood(b"RG", _set_guide_rates, takes_argument=True),
    Understood(b"GSR", _fastest_slew),
    *(Understood(b"MSR%d" % speed, _set_fastest_slew(speed)) for speed in (7, 8, 9)),
    Understood(b"GAL", _lowest_altitude),
    Understood(b"SAL", _set_lowest_altitude, takes_argument=True),
    Understood(b"GMT", _meridian_treatment),
    Understood(b"SMT", _set_meridian_treatment, takes_argument=True),
    Understood(b"RR", _set_custom_rate, takes_argument=True),
)
