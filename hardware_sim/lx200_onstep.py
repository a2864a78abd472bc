"""OnStep and OnStepX, the open controllers of home-made and converted mounts.

Written from the OnStepX command reference and what its firmware, built for a computer, said on the wire. What takes
effect or fails is answered 1 or 0 without `#`, and so is what is not known: a lone 0. Goto and sync are refused with a
digit. None of it is confirmed on hardware.
"""

from hardware_sim.lx200_clock import CLOCK, SITE, TIME_IN_HALVES, sets_offset, sites
from hardware_sim.lx200_formats import STAR_HIGH, STAR_LOW, Writing, writings
from hardware_sim.lx200_hand_control import HandControl, Rest
from hardware_sim.lx200_model import NO, YES, Answer, Model, PowerOn, Refusal, Speed, Understood, says, table
from hardware_sim.lx200_motion import (
    DISTANCE_BARS,
    GOTO_HORIZONTAL,
    MOTION,
    PULSE,
    by_side,
    choose_speed,
    goto,
    stop,
    sync,
)
from hardware_sim.lx200_position import DEGREES_PER_HOUR, POSITION, PRODUCT, TARGET
from hardware_sim.lx200_settings import ONSTEPX_BAUD, limits, line_speed
from hardware_sim.lx200_tracking import RATES, go_to_rest, tells_rate, track_and_say, track_at
from hardware_sim.motion import TrackingRate
from hardware_sim.reply import SILENCE, Replies, say

FREQUENCIES = {
    TrackingRate.SIDEREAL: b"60.16427#",
    TrackingRate.SOLAR: b"60.00000#",
    TrackingRate.LUNAR: b"57.90000#",
}
REFUSES = {
    Refusal.PARKED: b"4",
    Refusal.BUSY: b"8",
    Refusal.NO_TIME: b"6",
    Refusal.GOING: b"5",
    Refusal.BELOW_HORIZON: b"1",
    Refusal.ABOVE_LIMIT: b"2",
    Refusal.OUT_OF_REACH: b"6",
}
RATE_FLAGS = {TrackingRate.SIDEREAL: b"", TrackingRate.LUNAR: b"(", TrackingRate.SOLAR: b"O"}
MOUNT_FLAGS = {"german": b"E", "fork": b"K", "altaz": b"A"}
PULSE_RATE, GUIDE_RATE, NO_ERROR = b"1", b"6", b"0"
# Sidereals of :R0# to :R7#; the two fastest are parts of the slew rate.
PRESETS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 20.0, 48.0)
GUIDING_PRESETS = 3  # the slowest ones are guide rates too
SPEEDS: dict[bytes, Speed] = {
    **{b"%d" % number: Speed(sidereals=sidereals) for number, sidereals in enumerate(PRESETS)},
    **dict.fromkeys((b"8", b"S"), Speed(part_of_slew_rate=0.5)),
    b"9": Speed(part_of_slew_rate=1.0),
    b"G": Speed(sidereals=1.0),
    b"C": Speed(sidereals=8.0),
    b"M": Speed(sidereals=20.0),
    b"F": Speed(sidereals=48.0),
}
HIGHEST = Writing(b"*", b":", hour_decimals=4, angle_decimals=3)
OFFSET = rb"(?P<sign>[+-]?)(?P<hours>\d{2})(?::(?P<minutes>00|30|45))?"
_SIDE = by_side(east=b"T", west=b"W", neither=b"o")


def _stands_nowhere(control: HandControl) -> bool:
    """At home it is on no side of the pier."""
    return control.is_home


def _status(control: HandControl, _: bytes) -> Replies:
    """The flags of :GU#, in the order of the firmware."""
    mount = control.mount
    flags = b"" if mount.tracking else b"n"
    flags += b"" if mount.says_it_goes() else b"N"
    flags += _park_flag(control)
    flags += b"H" if control.is_home else b""
    flags += b"h" if control.rest is Rest.HOME and control.is_going else b""
    flags += RATE_FLAGS[mount.tracking_rate]
    flags += MOUNT_FLAGS[mount.belief.geometry.name]
    flags += b"o" if _stands_nowhere(control) else _SIDE(control)
    return say(flags + PULSE_RATE + GUIDE_RATE + NO_ERROR + b"#")


def _park_flag(control: HandControl) -> bytes:
    if not control.is_parking:
        return b"p"
    return b"P" if control.is_parked else b"I"


def _tells_side(control: HandControl, _: bytes) -> Replies:
    side = by_side(east=b"E", west=b"W", neither=b"N")
    return say((b"N" if _stands_nowhere(control) else side(control)) + b"#")


def _goto(control: HandControl, argument: bytes) -> Replies:
    """From home it begins to track."""
    was_home = control.is_home
    answer = goto(control, argument)
    if answer == NO and was_home:
        control.mount.track(True)
    return answer


def _sync_in_silence(control: HandControl, argument: bytes) -> Replies:
    sync(control, argument)
    return SILENCE


def _park(control: HandControl, _: bytes) -> Replies:
    """Refused while a goto is under way, and without the time."""
    if control.is_parked:
        return YES
    if control.is_going or not control.knows_time:
        return NO
    control.kept[b"tracked"] = b"1" if control.mount.tracking else b"0"
    control.go_to_rest(Rest.PARK)
    return YES


def _unpark(control: HandControl, _: bytes) -> Replies:
    if not (control.is_parked or control.is_home) or not control.knows_time:
        return NO
    control.rest = Rest.NOWHERE
    control.mount.track(True)
    return YES


def _stop(control: HandControl, argument: bytes) -> Replies:
    """A way to the park position that is broken off leaves it tracking, if it was."""
    tracks_again = control.is_parking and control.is_going and control.kept.get(b"tracked") == b"1"
    stop(control, argument)
    if tracks_again:
        control.mount.track(True)
    return SILENCE


def _is_ready(control: HandControl, _: bytes) -> Replies:
    """`:GX89#`: 0 when date and time are known."""
    return NO if control.knows_time else YES


def _highest_ra(control: HandControl, _: bytes) -> Replies:
    return say(HIGHEST.hours(control.mount.pointing().ra_degrees / DEGREES_PER_HOUR) + b"#")


def _highest_dec(control: HandControl, _: bytes) -> Replies:
    return say(HIGHEST.signed(control.mount.pointing().dec_degrees) + b"#")


def _alignment(control: HandControl, _: bytes) -> Replies:
    return say(b"900#")


def _site_in_full(longitude: bool) -> Answer:
    def tell(control: HandControl, _: bytes) -> Replies:
        site = control.mount.belief.site
        text = HIGHEST.signed(-site.longitude_degrees, 3) if longitude else HIGHEST.signed(site.latitude_degrees)
        return say(text + b"#")

    return tell


def _guide_rate(control: HandControl, _: bytes) -> Replies:
    return say(b"%.2f#" % control.guide_rate_sidereals)


def _preset(letters: bytes, speed: Speed) -> Understood:
    guides_at = speed.sidereals if letters.isdigit() and int(letters) < GUIDING_PRESETS else None
    return Understood(b"R" + letters, choose_speed(speed, guides_at))


# What a build without sensors, with a flip by hand and a meridian limit of an hour says.
SETTINGS = {
    b"GX95": b"0#",
    b"GX96": b"B#",
    b"GX97": b"4.0#",
    b"GX98": b"N#",
    b"GX9A": b"10.0#",
    b"GX9B": b"1010.0#",
    b"GX9C": b"70.0#",
    b"GX9E": b"4.7#",
    b"GX9F": b"20.0#",
    b"GXE9": b"15#",
    b"GXEA": b"15#",
    b"GXEM": b"1#",
    b"GX02": b"0#",
    b"GX03": b"0#",
    b"%BD": b"0#",
    b"%BR": b"0#",
    b"$QZ?": b"I#",
    b"GE": b"00#",
    b"Gc": b"24#",
}
COMMANDS = table(
    *(POSITION, PRODUCT, TARGET, MOTION, CLOCK, SITE, RATES, sites(first=0)),
    limits(b"o", b"h", b"%+03d*#"),
    (_preset(letters, speed) for letters, speed in SPEEDS.items()),
    (Understood(letters, says(text)) for letters, text in SETTINGS.items()),
    (
        *(GOTO_HORIZONTAL, DISTANCE_BARS, TIME_IN_HALVES, PULSE, line_speed(ONSTEPX_BAUD)),
        Understood(b"MS", _goto),
        Understood(b"CS", _sync_in_silence),
        Understood(b"Q", _stop),
        Understood(b"GRH", _highest_ra),
        Understood(b"GDH", _highest_dec),
        Understood(b"GtH", _site_in_full(longitude=False)),
        Understood(b"GgH", _site_in_full(longitude=True)),
        Understood(b"GU", _status),
        Understood(b"Gm", _tells_side),
        Understood(b"GT", tells_rate(FREQUENCIES, at_rest=b"0#")),
        Understood(b"GX89", _is_ready),
        Understood(b"GX90", _guide_rate),
        Understood(b"A?", _alignment),
        Understood(b"TK", track_at(TrackingRate.SIDEREAL)),  # King, which this mount cannot tell from sidereal
        Understood(b"Te", track_and_say(on=True)),
        Understood(b"Td", track_and_say(on=False)),
        Understood(b"hP", _park),
        Understood(b"hR", _unpark),
        Understood(b"hQ", lambda control, _: NO if control.is_parking or control.is_going else YES),
        Understood(b"hC", go_to_rest(Rest.HOME)),
        Understood(b"SG", sets_offset(OFFSET), takes_argument=True),
        Understood(b"SX95,", lambda control, _: YES, takes_argument=True),
        Understood(b"SX96,", lambda control, _: YES, takes_argument=True),
    ),
)

ONSTEP = Model(
    name="onstep",
    geometry="german",
    commands=COMMANDS,
    mounting=lambda control: b"P" if control.mount.belief.geometry.polar else b"A",
    writings=writings(STAR_LOW, STAR_HIGH),
    refuses=REFUSES,
    sync_answer=b"N/A#",
    refuses_sync={reason: b"E" + digit + b"#" for reason, digit in REFUSES.items()},
    product="On-Step",
    firmware="10.28u",
    firmware_date="Nov 01 2025",  # not confirmed on hardware
    firmware_time="12:00:00",
    unknown=b"0",
    power_on=PowerOn(high_precision=True, keeps_site=True, knows_time=False, aligned_stars=1),
    guide_rate_sidereals=0.5,
    key_speed=Speed(sidereals=20.0),
    lowest_goto_degrees=-10.0,  # what the firmware is delivered with
    highest_goto_degrees=85.0,
    site_names=(b"None",) * 4,
)
