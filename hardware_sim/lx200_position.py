"""LX200 commands that ask where the telescope is and what it is, and those that set a target.

Meade Telescope Serial Command Protocol, 2010.10: Get Telescope Information, Set commands for objects, Precision.
"""

from hardware_sim.lx200_formats import (
    hours_text,
    read_degrees,
    read_hours,
    signed_degrees_text,
    turn_degrees_text,
)
from hardware_sim.lx200_hand_control import NO, YES, HandControl, Understood
from hardware_sim.lx200_models import Model
from hardware_sim.reply import SILENCE, Replies, say

DEGREES_PER_HOUR = 15.0


def _ra(control: HandControl, _: bytes) -> Replies:
    hours = control.mount.pointing().ra_degrees / DEGREES_PER_HOUR
    return say(hours_text(hours, control.high_precision) + b"#")


def _dec(control: HandControl, _: bytes) -> Replies:
    return say(signed_degrees_text(control.mount.pointing().dec_degrees, control.high_precision) + b"#")


def _target_ra(control: HandControl, _: bytes) -> Replies:
    return say(hours_text(control.target_ra_hours, control.high_precision) + b"#")


def _target_dec(control: HandControl, _: bytes) -> Replies:
    return say(signed_degrees_text(control.target_dec_degrees, control.high_precision) + b"#")


def _altitude(control: HandControl, _: bytes) -> Replies:
    return say(signed_degrees_text(control.mount.horizontal()[0], control.high_precision) + b"#")


def _azimuth(control: HandControl, _: bytes) -> Replies:
    return say(turn_degrees_text(control.mount.horizontal()[1], control.high_precision) + b"#")


def _sidereal_time(control: HandControl, _: bytes) -> Replies:
    hours = control.mount.belief.sidereal_degrees(control.mount.true_utc_seconds) / DEGREES_PER_HOUR
    return say(hours_text(hours, high_precision=True) + b"#")


def _set_target_ra(control: HandControl, argument: bytes) -> Replies:
    hours = read_hours(argument)
    if hours is None:
        return NO
    control.target_ra_hours = hours
    return YES


def _set_target_dec(control: HandControl, argument: bytes) -> Replies:
    degrees = read_degrees(argument, 90.0)
    if degrees is None:
        return NO
    control.target_dec_degrees = degrees
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


def _toggle_precision(control: HandControl, _: bytes) -> Replies:
    control.high_precision = not control.high_precision
    return SILENCE


def _toggle_pointing_precision(control: HandControl, _: bytes) -> Replies:
    """`:P#` is about centring on a bright star before a goto, and has nothing to do with `:U#`."""
    control.high_precision_pointing = not control.high_precision_pointing
    return say(b"HIGH PRECISION" if control.high_precision_pointing else b"LOW PRECISION")


def _product(control: HandControl, _: bytes) -> Replies:
    return say((control.model.product or "").encode() + b"#")


def _firmware(control: HandControl, _: bytes) -> Replies:
    return say(control.model.firmware.encode() + b"#")


def _firmware_date(control: HandControl, _: bytes) -> Replies:
    return say(control.model.firmware_date.encode() + b"#")


def _firmware_time(control: HandControl, _: bytes) -> Replies:
    return say(control.model.firmware_time.encode() + b"#")


def _full_firmware(control: HandControl, _: bytes) -> Replies:
    return say(control.model.full_firmware.encode() + b"#")


def _tells_its_name(model: Model) -> bool:
    return model.product is not None


COMMANDS = (
    Understood(b"GR", _ra),
    Understood(b"GD", _dec),
    Understood(b"Gr", _target_ra),
    Understood(b"Gd", _target_dec),
    Understood(b"GA", _altitude),
    Understood(b"GZ", _azimuth),
    Understood(b"GS", _sidereal_time),
    Understood(b"Sr", _set_target_ra, takes_argument=True),
    Understood(b"Sd", _set_target_dec, takes_argument=True),
    Understood(b"Sa", _set_target_altitude, takes_argument=True),
    Understood(b"Sz", _set_target_azimuth, takes_argument=True),
    Understood(b"U", _toggle_precision),
    Understood(b"P", _toggle_pointing_precision),
    Understood(b"GVP", _product, known_to=_tells_its_name),
    Understood(b"GVN", _firmware, known_to=_tells_its_name),
    Understood(b"GVD", _firmware_date, known_to=_tells_its_name),
    Understood(b"GVT", _firmware_time, known_to=_tells_its_name),
    Understood(b"GVF", _full_firmware, known_to=_tells_its_name),
)
