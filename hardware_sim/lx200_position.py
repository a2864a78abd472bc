"""LX200 commands that ask where the telescope is and what it is, and those that set a target.

Meade Telescope Serial Command Protocol, 2010.10: Get Telescope Information, Set commands for objects, Precision. The
letters are the same for the whole family; how it is written is the dialect's.
"""

from collections.abc import Callable

from hardware_sim.lx200_formats import read_degrees, read_hours
from hardware_sim.lx200_hand_control import HandControl
from hardware_sim.lx200_model import NO, YES, Answer, Model, Understood
from hardware_sim.reply import SILENCE, Replies, say

DEGREES_PER_HOUR = 15.0


def ra(control: HandControl, _: bytes) -> Replies:
    return say(control.writing.hours(control.mount.pointing().ra_degrees / DEGREES_PER_HOUR) + b"#")


def dec(control: HandControl, _: bytes) -> Replies:
    return say(control.writing.signed(control.mount.pointing().dec_degrees) + b"#")


def _target_ra(control: HandControl, _: bytes) -> Replies:
    return say(control.writing.hours(control.target_ra_hours) + b"#")


def _target_dec(control: HandControl, _: bytes) -> Replies:
    return say(control.writing.signed(control.target_dec_degrees) + b"#")


def _altitude(control: HandControl, _: bytes) -> Replies:
    return say(control.writing.signed(control.mount.horizontal()[0]) + b"#")


def _azimuth(control: HandControl, _: bytes) -> Replies:
    return say(control.writing.turn(control.mount.horizontal()[1]) + b"#")


def sidereal_hours(control: HandControl) -> float:
    return control.mount.belief.sidereal_degrees(control.mount.true_utc_seconds) / DEGREES_PER_HOUR


def _sidereal_time(control: HandControl, _: bytes) -> Replies:
    """With seconds whatever the precision, as other times."""
    writing = control.writing
    precise = control.writings.high if writing.time_has_seconds and not writing.has_seconds else writing
    return say(precise.hours(sidereal_hours(control)) + b"#")


def set_target_ra(control: HandControl, argument: bytes) -> Replies:
    hours = read_hours(argument)
    if hours is None:
        return NO
    control.target_ra_hours = hours
    return YES


def set_target_dec(control: HandControl, argument: bytes) -> Replies:
    """The second half of a target."""
    degrees = read_degrees(argument, 90.0)
    if degrees is None:
        return NO
    control.target_dec_degrees = degrees
    control.has_target = True
    return YES


def _set_target_altitude(control: HandControl, argument: bytes) -> Replies:
    degrees = read_degrees(argument, 90.0)
    if degrees is None:
        return NO
    control.target_altitude_degrees = degrees
    return YES


def _set_target_azimuth(control: HandControl, argument: bytes) -> Replies:
    degrees = read_degrees(argument, 360.0)
    if degrees is None or argument.startswith(b"-"):
        return NO
    control.target_azimuth_degrees = degrees % 360.0
    return YES


def toggle_precision(control: HandControl, _: bytes) -> Replies:
    control.high_precision, control.ultra_precision = not control.high_precision, False
    return SILENCE


def choose_precision(high: bool, ultra: bool = False) -> Answer:
    def choose(control: HandControl, _: bytes) -> Replies:
        control.high_precision, control.ultra_precision = high, ultra
        return SILENCE

    return choose


def _toggle_pointing_precision(control: HandControl, _: bytes) -> Replies:
    """`:P#` is about centring on a bright star before a goto, and has nothing to do with `:U#`."""
    control.high_precision_pointing = not control.high_precision_pointing
    return say(b"HIGH PRECISION" if control.high_precision_pointing else b"LOW PRECISION")


def _of_model(tells: Callable[[Model], str]) -> Answer:
    return lambda control, _: say(tells(control.model).encode() + b"#")


POSITION = (
    Understood(b"GR", ra),
    Understood(b"GD", dec),
    Understood(b"Gr", _target_ra),
    Understood(b"Gd", _target_dec),
    Understood(b"GA", _altitude),
    Understood(b"GZ", _azimuth),
    Understood(b"GS", _sidereal_time),
)
TARGET = (
    Understood(b"Sr", set_target_ra, takes_argument=True),
    Understood(b"Sd", set_target_dec, takes_argument=True),
    Understood(b"Sa", _set_target_altitude, takes_argument=True),
    Understood(b"Sz", _set_target_azimuth, takes_argument=True),
)
TOGGLE_PRECISION = Understood(b"U", toggle_precision)
TOGGLE_POINTING_PRECISION = Understood(b"P", _toggle_pointing_precision)
PRODUCT = (
    Understood(b"GVP", _of_model(lambda model: model.product)),
    Understood(b"GVN", _of_model(lambda model: model.firmware)),
    Understood(b"GVD", _of_model(lambda model: model.firmware_date)),
    Understood(b"GVT", _of_model(lambda model: model.firmware_time)),
)
FULL_PRODUCT = Understood(b"GVF", _of_model(lambda model: model.full_firmware))
