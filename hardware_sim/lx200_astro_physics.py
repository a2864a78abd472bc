"""Astro-Physics' GTO control boxes, as the GTOCP4 speaks.

Written from the Astro-Physics command protocol for GTOCP3 and GTOCP4; the status string from what drivers of others
know of newer boxes. A blank stands between letters and argument. What it will not do it passes over in silence, but for
an object below the horizon. None of it is confirmed on hardware.
"""

from dataclasses import replace

from hardware_sim.lx200_clock import CLOCK, SITE, sets_date, tells_latitude, tells_longitude
from hardware_sim.lx200_formats import STAR_HIGH, STAR_LOW, offset_in_minute_tenths, offset_in_second_tenths, writings
from hardware_sim.lx200_hand_control import HandControl, Rest
from hardware_sim.lx200_model import YES, Answer, Model, PowerOn, Refusal, Speed, Understood, says, table
from hardware_sim.lx200_motion import (
    GOTO_HORIZONTAL,
    KEYS,
    KEYS_STOP_THEIR_AXIS,
    MOTION,
    choose_speed,
    goto,
    press_or_pulse,
    speeds,
    sync,
    tells_side,
)
from hardware_sim.lx200_position import POSITION, TARGET, choose_precision, ra
from hardware_sim.lx200_tracking import track_at, wake_up
from hardware_sim.motion import TrackingRate
from hardware_sim.reply import SILENCE, Replies, Reply, say

BELOW_THE_EARTH_DEGREES = -90.0
WORM_TURN_DEGREES = 1.6  # 225 teeth
GOES_TO, STAR, OVER_GROUND = b"goes to", b"star", b"ground"
NO_DEC_TRACKING = b"9"
NOT_PLAYED = b"00" + b"212" + b"O" + b"0000"  # moving, the three rates, error correction, faults, keys, rate table
BLANKS = b" " * 32 + b"#"
REFUSES = {
    Refusal.PARKED: b"",
    Refusal.BUSY: b"",
    Refusal.NO_TIME: b"",
    Refusal.NO_OBJECT: b"",
    Refusal.BELOW_HORIZON: b"1Object is below horizon        #",
}
RATE_LETTERS = {TrackingRate.LUNAR: b"0", TrackingRate.SOLAR: b"1", TrackingRate.SIDEREAL: b"2"}
SPEEDS: dict[bytes, Speed | None] = {
    b"G": None,
    b"C": Speed(sidereals=64.0),
    b"C0": Speed(sidereals=12.0),
    b"C1": Speed(sidereals=64.0),
    b"C2": Speed(sidereals=600.0),
    b"C3": Speed(sidereals=1200.0),
}
GUIDE_RATES = {b"RG0": 0.25, b"RG1": 0.5, b"RG2": 1.0}
PASSED_OVER = (b"RS", b"RS0", b"RS1", b"RS2", b"p", b"pP", b"pR", b"NS", b"EW", b"FM", b"EM")


def _unsigned(text: bytes) -> bytes:
    """West of Greenwich without a plus."""
    return text.removeprefix(b"+")


def _status(control: HandControl, _: bytes) -> Replies:
    """Parked, rate of the polar axis, none of the other, slewing; behind them what is not played."""
    mount = control.mount
    parked = b"P" if control.is_parked else b"0"
    rate = RATE_LETTERS[mount.tracking_rate] if mount.tracking else b"9"
    slewing = b"S" if mount.says_it_goes() else b"0"
    return say(parked + rate + NO_DEC_TRACKING + slewing + NOT_PLAYED + b"#")


def _set(where: Answer, horizontal: bool) -> Answer:
    """What was set last says where a goto leads: to a star, or to a place over the ground."""

    def take(control: HandControl, argument: bytes) -> Replies:
        control.kept[GOES_TO] = OVER_GROUND if horizontal else STAR
        control.has_target = True
        return where(control, argument)

    return take


def _goto(control: HandControl, argument: bytes) -> Replies:
    """It tracks afterwards as it did before."""
    if control.kept[GOES_TO] == STAR:
        return goto(control, argument)
    return GOTO_HORIZONTAL.answer(control, argument)


def _park_here(control: HandControl, _: bytes) -> Replies:
    """Where the mount is to stand, its client has it go first."""
    control.mount.stop()
    control.mount.track(False)
    control.rest = Rest.PARK
    return SILENCE


def _worm_position(control: HandControl, _: bytes) -> Replies:
    """Where the worm of the polar axis stands, in 970ths of its turn."""
    first = control.mount.truth().axis_degrees[0]
    return say(b"%03d#" % int(first % WORM_TURN_DEGREES / WORM_TURN_DEGREES * 970))


def _ra(control: HandControl, argument: bytes) -> Replies:
    """Nothing, until it has been told the time."""
    if not control.knows_time:
        return say(control.writing.hours(0.0) + b"#")
    return ra(control, argument)


def _check_horizon(control: HandControl, _: bytes) -> Replies:
    control.lowest_goto_degrees = 0.0
    return SILENCE


def _leave_horizon(control: HandControl, _: bytes) -> Replies:
    control.lowest_goto_degrees = BELOW_THE_EARTH_DEGREES
    return SILENCE


def _two_lines(_: HandControl) -> Replies:
    return (Reply(BLANKS), Reply(BLANKS))


COMMANDS = table(
    *(POSITION, TARGET, MOTION, KEYS_STOP_THEIR_AXIS, CLOCK, SITE, speeds(SPEEDS)),
    map(press_or_pulse, KEYS),
    (Understood(letters, choose_speed(None, rate)) for letters, rate in GUIDE_RATES.items()),
    (Understood(letters, lambda control, _: SILENCE) for letters in PASSED_OVER),
    (
        *(Understood(row.letters, _set(row.answer, row.letters in (b"Sa", b"Sz")), True) for row in TARGET),
        Understood(b"MS", _goto),
        Understood(b"G\x05", says(b"0000#")),  # features: an equatorial mount, no encoders
        Understood(b"G_E", says(b"0000#")),
        Understood(b"Gp", _worm_position),
        Understood(b"V", lambda control, _: say(control.model.firmware.encode() + b"#")),
        Understood(b"U", choose_precision(high=True)),
        Understood(b"Br", lambda control, _: YES, takes_argument=True),
        Understood(b"Bd", lambda control, _: YES, takes_argument=True),
        Understood(b"GR", _ra),
        Understood(b"CMR", sync),
        Understood(b"GOS", _status),
        Understood(b"pS", tells_side(east=b"East", west=b"West")),
        Understood(b"Gt", tells_latitude(in_full=True)),
        Understood(b"Gg", tells_longitude(signed=False, in_full=True, plus=b"+")),
        Understood(b"SC", sets_date(_two_lines), takes_argument=True),
        Understood(b"RT0", track_at(TrackingRate.LUNAR, on=True)),
        Understood(b"RT1", track_at(TrackingRate.SOLAR, on=True)),
        Understood(b"RT2", track_at(TrackingRate.SIDEREAL, on=True)),
        Understood(b"RT9", track_at(TrackingRate.SIDEREAL, on=False)),
        Understood(b"RR", says(b"1"), takes_argument=True),
        Understood(b"RD", says(b"1"), takes_argument=True),
        Understood(b"ho", _check_horizon),
        Understood(b"hq", _leave_horizon),
        Understood(b"KA", _park_here),
        Understood(b"PO", wake_up),
    ),
    without=(b"Gr", b"Gd"),
)
LOW = replace(
    STAR_LOW,
    date="%m:%d:%y",
    time_has_seconds=False,
    offset=lambda west_hours: _unsigned(offset_in_minute_tenths(west_hours)),
)
LONG = replace(
    STAR_HIGH,
    hour_decimals=1,
    date="%m:%d:%y",
    offset=lambda west_hours: _unsigned(offset_in_second_tenths(west_hours)),
)

ASTRO_PHYSICS = Model(
    name="astro-physics",
    geometry="german",
    commands=COMMANDS,
    mounting=lambda control: b"",
    writings=writings(LOW, LONG),
    refuses=REFUSES,
    sync_answer=b"Coordinates     matched.        #",
    firmware="VCP4-P02-15",
    high_precision=False,
    power_on=PowerOn(knows_time=False, keeps_site=True, aligned_stars=1, is_parked=True),
    key_speed=Speed(sidereals=64.0),
    guide_rate_sidereals=1.0,
    kept={GOES_TO: STAR},
)
