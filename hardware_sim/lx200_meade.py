"""Meade's own controllers: the Classic, the two Autostars of ETX and LX90, and the Autostar II of the LX200GPS.

Sources: Meade Telescope Serial Command Protocol, 2010.10 (Autostar and Autostar II); Meade LX200 Classic manual,
appendix D; for the Autostar #494, whose manual is silent on the serial port, what the drivers of others know of it.
Figures without a source there are named as such. None of it is confirmed on hardware.
"""

from dataclasses import replace

from hardware_sim.lx200_clock import (
    CLOCK,
    SITE,
    TIME_IN_HALVES,
    sets_date,
    sites,
    tells_longitude,
    updating,
)
from hardware_sim.lx200_formats import MEADE_HIGH, MEADE_LOW, offset_in_hours, writings
from hardware_sim.lx200_hand_control import HandControl
from hardware_sim.lx200_model import Model, PowerOn, Refusal, Speed, Understood, says, table
from hardware_sim.lx200_motion import DISTANCE_BARS, FIND_PART_OF_SLEW_RATE, GOTO_HORIZONTAL, MOTION, PULSE, speeds
from hardware_sim.lx200_position import (
    FULL_PRODUCT,
    POSITION,
    PRODUCT,
    TARGET,
    TOGGLE_POINTING_PRECISION,
    TOGGLE_PRECISION,
)
from hardware_sim.lx200_settings import MEADE_BAUD, limits, line_speed
from hardware_sim.lx200_tracking import ALIGNMENT, MEADE_FREQUENCIES, PARK, RATES, tells_rate, wake_up
from hardware_sim.reply import Replies, say

CENTRE = Speed(sidereals=32.0)
SPEEDS = {
    b"G": None,
    b"C": CENTRE,
    b"M": Speed(part_of_slew_rate=FIND_PART_OF_SLEW_RATE),
    b"S": Speed(part_of_slew_rate=1.0),
}
SYNC_ANSWER = b" M31 EX GAL MAG 3.5 SZ178.0'#"
REFUSES = {
    Refusal.PARKED: b"",  # not confirmed on hardware
    Refusal.BUSY: b"4Mount is busy.#",  # no wording of Meade's: their mounts do not know this case
    Refusal.BELOW_HORIZON: b"1Object Below Horizon.#",  # wording not confirmed on hardware
    Refusal.ABOVE_LIMIT: b"2Object Above Limit.#",  # wording not confirmed on hardware
}


def _mounting(control: HandControl) -> bytes:
    if not control.mount.tracking:
        return b"L"
    return b"P" if control.mount.belief.geometry.polar else b"A"


def _status(control: HandControl, _: bytes) -> Replies:
    """Mounting, tracking, number of alignment stars."""
    mount = control.mount
    mounting = {"altaz": b"A", "fork": b"P", "german": b"G"}[mount.belief.geometry.name]
    tracking = b"T" if mount.tracking else b"N"
    return say(mounting + tracking + b"%d#" % control.aligned_stars)


def _start_anew(control: HandControl, argument: bytes) -> Replies:
    """`:I#` starts the firmware anew: low precision, tracking; the alignment is kept. Not confirmed on hardware."""
    control.high_precision = False
    return wake_up(control, argument)


COMMON = table(
    *(POSITION, TARGET, MOTION, CLOCK, SITE, RATES, ALIGNMENT, sites(first=1)),
    speeds(SPEEDS),
    limits(b"h", b"o", b"%+03d\xdf#"),
    (
        TOGGLE_PRECISION,
        TOGGLE_POINTING_PRECISION,
        GOTO_HORIZONTAL,
        DISTANCE_BARS,
        TIME_IN_HALVES,
        line_speed(MEADE_BAUD),
        Understood(b"Gc", says(b"24#")),
        Understood(b"GT", tells_rate(MEADE_FREQUENCIES)),
        Understood(b"Gg", tells_longitude(signed=False)),
        Understood(b"SC", sets_date(updating(b"1Updating Planetary Data#", b" " * 30 + b"#")), takes_argument=True),
    ),
)
AUTOSTAR_COMMANDS = table(COMMON, PRODUCT, (FULL_PRODUCT, PULSE, PARK))
AUTOSTAR_II_COMMANDS = table(
    AUTOSTAR_COMMANDS, (Understood(b"GW", _status), Understood(b"I", _start_anew), Understood(b"hW", wake_up))
)

LX200GPS = Model(
    name="lx200gps",
    geometry="altaz",
    commands=AUTOSTAR_II_COMMANDS,
    mounting=_mounting,
    writings=writings(MEADE_LOW, MEADE_HIGH),
    refuses=REFUSES,
    sync_answer=SYNC_ANSWER,
    product="LX2001",
    firmware="4.2g",
    firmware_date="Oct 29 2007",
    firmware_time="15:32:21",
    full_firmware="LX2001|A|4.2g|Oct 29 2007@15:32:21",
    planetary_data_seconds=0.3,
)

AUTOSTAR = Model(
    name="autostar",
    geometry="altaz",
    commands=AUTOSTAR_COMMANDS,
    mounting=_mounting,
    writings=writings(MEADE_LOW, MEADE_HIGH),
    refuses=REFUSES,
    sync_answer=SYNC_ANSWER,
    product="Autostar",
    firmware="43Eg",
    firmware_date="Apr 03 2007",
    firmware_time="11:25:53",
    full_firmware="ETX Autostar|A|43Eg|Apr 03 2007@11:25:53",
    high_precision=False,
    planetary_data_seconds=0.5,
    is_mute_when_parked=True,
)

AUTOSTAR_494 = replace(
    AUTOSTAR,
    name="autostar494",
    commands=table(AUTOSTAR_COMMANDS, without=(b"Mg", b"hP", b"GVF")),
    refuses={**REFUSES, Refusal.BELOW_HORIZON: b"1", Refusal.ABOVE_LIMIT: b"2", Refusal.BUSY: b"4"},
    firmware="1.1f",
    firmware_date="Mar 02 2001",  # not confirmed on hardware
    is_mute_when_parked=False,
)

_CLASSIC_LOW = replace(MEADE_LOW, offset=offset_in_hours)
CLASSIC = Model(
    name="classic",
    geometry="fork",
    commands=table(COMMON, without=(b"TS",)),
    mounting=_mounting,
    writings=writings(_CLASSIC_LOW, replace(MEADE_HIGH, offset=offset_in_hours)),
    refuses=REFUSES,
    sync_answer=b"Coordinates     matched.        #",
    high_precision=False,
    power_on=PowerOn(tracks=True),
    guide_rate_sidereals=2.0,
    planetary_data_seconds=5.0,
    slew_bars=b"\xff" * 16 + b" " * 16,
)

MODELS = (LX200GPS, AUTOSTAR, AUTOSTAR_494, CLASSIC)
