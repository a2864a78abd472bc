"""ZWO's strain-wave mounts AM3, AM5 and AM7.

Written from ZWO's Mount Serial Communication Protocol 2.1 and from what drivers of others found with firmware of 2026.
A question is answered with `#`, consent with a lone 1, a refusal with `e`, a number and `#`; what is not known is not
answered. None of it is confirmed on hardware.
"""

import re

from hardware_sim.lx200_clock import CLOCK, SITE, tells_latitude, tells_longitude
from hardware_sim.lx200_formats import STAR_HIGH, STAR_LOW, read_degrees, writings
from hardware_sim.lx200_hand_control import HandControl, Rest
from hardware_sim.lx200_model import NO, YES, Answer, Model, PowerOn, Refusal, Speed, Understood, says, table
from hardware_sim.lx200_motion import MOTION, PULSE, by_side, speeds
from hardware_sim.lx200_position import POSITION, PRODUCT, TARGET, set_target_dec
from hardware_sim.lx200_tracking import RATES, go_to_rest, tells_rate, track_and_say
from hardware_sim.motion import TrackingRate
from hardware_sim.reply import SILENCE, Replies, say

E_FORM, E_PARKED = b"e2#", b"e14#"
REFUSES = {
    Refusal.PARKED: E_PARKED,
    Refusal.BUSY: b"e4#",
    Refusal.NO_TIME: b"e7#",
    Refusal.GOING: b"e3#",
    Refusal.BELOW_HORIZON: b"e5#",
    Refusal.ABOVE_LIMIT: b"e6#",
    Refusal.OUT_OF_REACH: b"e8#",  # past the meridian
}
REFUSES_SYNC = {
    Refusal.PARKED: E_PARKED,
    Refusal.NO_TIME: b"e7#",
    Refusal.GOING: b"e3#",
}
# The Chinese text; the English one has the Sun and the Moon the other way round.
RATE_NUMBERS = {TrackingRate.SIDEREAL: b"0#", TrackingRate.LUNAR: b"1#", TrackingRate.SOLAR: b"2#"}
# Stalls, guiding, rates and state, each at rest. Their places are not confirmed on hardware.
AT_REST = b"000000060#"
PRESETS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 20.0, 60.0, 720.0, 1440.0)
SPEEDS: dict[bytes, Speed | None] = {
    **{b"%d" % number: Speed(sidereals=sidereals) for number, sidereals in enumerate(PRESETS)},
    b"G": Speed(sidereals=0.5),
    b"C": Speed(sidereals=1.0),
    b"M": Speed(sidereals=720.0),
    b"S": Speed(sidereals=1440.0),
}
_GUIDE_RATE = re.compile(rb"0\.[1-9]\d?")
_SIDE = by_side(east=b"E", west=b"W", neither=b"N")


def _status(control: HandControl, _: bytes) -> Replies:
    mount = control.mount
    flags = b"" if mount.tracking else b"n"
    flags += b"" if mount.says_it_goes() else b"N"
    flags += b"H" if control.is_home else b""
    flags += b"G" if mount.belief.geometry.polar else b"Z"
    return say(flags + AT_REST)


def _tells_side(control: HandControl, _: bytes) -> Replies:
    """At home it is on neither."""
    return say((b"N" if control.is_home else _SIDE(control)) + b"#")


def _set_target_dec(control: HandControl, argument: bytes) -> Replies:
    return say(E_FORM) if read_degrees(argument, 90.0) is None else set_target_dec(control, argument)


def _unless_parked(then: Answer) -> Answer:
    return lambda control, argument: say(E_PARKED) if control.is_parking else then(control, argument)


def _unpark(control: HandControl, _: bytes) -> Replies:
    if not control.is_parked:
        return NO
    control.rest = Rest.NOWHERE
    return YES


def _park_state(control: HandControl, _: bytes) -> Replies:
    if not control.is_parking:
        return say(b"0#")
    return say(b"2#" if control.is_parked else b"1#")


def _tells_guide_rate(control: HandControl, _: bytes) -> Replies:
    return say(b"%.2f#" % control.guide_rate_sidereals)


def _set_guide_rate(control: HandControl, argument: bytes) -> Replies:
    if _GUIDE_RATE.fullmatch(argument):
        control.guide_rate_sidereals = float(argument)
    return SILENCE


def _buzz(control: HandControl, argument: bytes) -> Replies:
    """0, 1 or 2: silent, soft, loud."""
    if argument in (b"0", b"1", b"2"):
        control.kept[b"Bu"] = argument
    return SILENCE


COMMANDS = table(
    *(POSITION, PRODUCT, TARGET, MOTION, CLOCK, SITE, RATES, speeds(SPEEDS)),
    (
        PULSE,
        Understood(b"GV", lambda control, _: say(control.model.firmware.encode() + b"#")),
        Understood(b"Sd", _set_target_dec, takes_argument=True),
        Understood(b"GU", _status),
        Understood(b"Gm", _tells_side),
        Understood(b"GT", tells_rate(RATE_NUMBERS)),
        Understood(b"GAT", lambda control, _: say(b"1#" if control.mount.tracking else b"0#")),
        Understood(b"Te", _unless_parked(track_and_say(on=True))),
        Understood(b"Td", _unless_parked(track_and_say(on=False))),
        Understood(b"Ggr", _tells_guide_rate),
        Understood(b"Rg", _set_guide_rate, takes_argument=True),
        Understood(b"GBu", lambda control, _: say(control.kept[b"Bu"] + b"#")),
        Understood(b"SBu", _buzz, takes_argument=True),
        Understood(b"GRl", says(b"1440#")),
        Understood(b"GTa", says(b"10+00#")),
        Understood(b"GLC", says(b"1#")),
        Understood(b"GLH", lambda control, _: say(b"%02d#" % control.highest_goto_degrees)),
        Understood(b"GLL", lambda control, _: say(b"%02d#" % control.lowest_goto_degrees)),
        Understood(b"Gt", tells_latitude(in_full=True)),
        Understood(b"Gg", tells_longitude(signed=True, in_full=True)),
        Understood(b"Gps", _park_state),
        Understood(b"hC", go_to_rest(Rest.HOME)),
        Understood(b"hP", go_to_rest(Rest.PARK)),
        Understood(b"Spu", _unpark),
    ),
    without=(b"GVN", b"GVD", b"GVT", b"Sa", b"Sz"),
)

AM5 = Model(
    name="am5",
    geometry="german",
    commands=COMMANDS,
    mounting=lambda control: b"",
    writings=writings(STAR_LOW, STAR_HIGH),
    refuses=REFUSES,
    sync_answer=b"N/A#",
    refuses_sync=REFUSES_SYNC,
    product="AM5",
    firmware="1.8.8",
    power_on=PowerOn(high_precision=True, knows_time=False, aligned_stars=1),
    guide_rate_sidereals=0.5,
    key_speed=Speed(sidereals=20.0),
    goto_starts_tracking=True,
    kept={b"Bu": b"2"},
)
