"""10Micron's GM mounts: three precisions, two emulations, a status number and a line with everything in it.

Written from 10Micron's Mount Command Protocol, versions 2.13 and 2.15. It emulates the LX200 after power-on, and
Astro-Physics (extended) after `:EMUAP#`; ultra precision is the same in both. None of it is confirmed on hardware.
"""

from collections.abc import Callable
from dataclasses import replace

from hardware_sim.lx200_clock import CLOCK, SITE, iso_date, sets_date, us_date
from hardware_sim.lx200_formats import (
    MEADE_LOW,
    STAR_HIGH,
    STAR_LOW,
    Writing,
    Writings,
    offset_in_minute_tenths,
    offset_in_second_tenths,
    offset_in_tenths,
)
from hardware_sim.lx200_hand_control import HandControl, Rest
from hardware_sim.lx200_model import NO, YES, Answer, Model, PowerOn, Refusal, Speed, Understood, says, table
from hardware_sim.lx200_motion import (
    DISTANCE_BARS,
    FARTHEST_SYNC_DEGREES,
    GOTO_HORIZONTAL,
    KEYS,
    MOTION,
    PULSE,
    choose_speed,
    goto,
    press_or_pulse,
    speeds,
    stop,
    sync,
    target,
    tells_side,
)
from hardware_sim.lx200_position import (
    DEGREES_PER_HOUR,
    POSITION,
    PRODUCT,
    TARGET,
    choose_precision,
    toggle_precision,
)
from hardware_sim.lx200_settings import FASTER_BAUD, limits, line_speed
from hardware_sim.lx200_tracking import go_to_rest, tells_rate, track, track_at, wake_up
from hardware_sim.motion import TrackingRate
from hardware_sim.reply import SILENCE, Replies, Reply, say
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND

UNIX_EPOCH_JULIAN_DATE, SECONDS_PER_DAY = 2440587.5, 86400.0
ARCSECONDS_PER_DEGREE = 3600.0
SYNC_REFINES, HAS_STOPPED, FLIPS_UNATTENDED = b"CMCFG", b"stopped", b"uaf"
BLANKS = b" " * 32 + b"#"
TOO_FAR = b"Match fail: dist. too large#"
ULTRA = Writing(b":", b":", True, 2, 1, date="%Y-%m-%d", offset=offset_in_second_tenths)
LX200_WRITINGS = Writings(
    replace(MEADE_LOW, offset=offset_in_tenths), Writing(before_seconds=b":", offset=offset_in_tenths), ULTRA
)
EXTENDED_WRITINGS = Writings(
    replace(STAR_LOW, date="%m:%d:%y", offset=offset_in_minute_tenths, time_has_seconds=False),
    replace(STAR_HIGH, hour_decimals=1, date="%m:%d:%y", offset=offset_in_second_tenths),
    ULTRA,
)
REFUSES = {
    Refusal.PARKED: b"4Mount Parked                #",
    Refusal.BUSY: b"3Cannot Perform Slew         #",
    Refusal.BELOW_HORIZON: b"1Object Below Horizon        #",
    Refusal.ABOVE_LIMIT: b"2Object Below Higher         #",
    Refusal.OUT_OF_REACH: b"5Object on the  other side   #",
}
REFUSES_SYNC = dict.fromkeys((Refusal.PARKED, Refusal.GOING), TOO_FAR)
# Four times the arcseconds of a second.
FREQUENCIES = {TrackingRate.SIDEREAL: b"60.2#", TrackingRate.SOLAR: b"60.0#", TrackingRate.LUNAR: b"57.9#"}
SPEEDS: dict[bytes, Speed | None] = {
    b"G": None,
    b"C": Speed(sidereals=64.0),
    b"C0": Speed(sidereals=16.0),
    b"C1": Speed(sidereals=64.0),
    b"C2": Speed(sidereals=600.0),
    b"C3": Speed(sidereals=1200.0),
    b"M": Speed(part_of_slew_rate=0.5),
    b"S": Speed(part_of_slew_rate=1.0),
    b"S0": Speed(part_of_slew_rate=1.0),
    b"S1": Speed(part_of_slew_rate=0.75),
    b"S2": Speed(part_of_slew_rate=0.5),
}
GUIDE_RATES = {b"RG0": 0.25, b"RG1": 0.5, b"RG2": 1.0}


def _is_extended(control: HandControl) -> bool:
    return control.writings is EXTENDED_WRITINGS


def _emulate(writings: Writings) -> Answer:
    def emulate(control: HandControl, _: bytes) -> Replies:
        control.writings = writings
        return SILENCE

    return emulate


def _toggle_precision(control: HandControl, argument: bytes) -> Replies:
    """In the extended emulation it leads to high precision only."""
    if _is_extended(control):
        control.high_precision, control.ultra_precision = True, False
        return SILENCE
    return toggle_precision(control, argument)


def _site(degrees: Callable[[HandControl], float], width: int) -> Answer:
    """To the minute in the LX200 emulation, as positions are written otherwise."""

    def tell(control: HandControl, _: bytes) -> Replies:
        in_full = control.ultra_precision or _is_extended(control)
        writing = control.writing if in_full else control.writings.low
        return say(writing.signed(degrees(control), width) + b"#")

    return tell


def _date_consent(control: HandControl) -> Replies:
    if control.ultra_precision:
        return YES
    if _is_extended(control):
        return (Reply(b"1" + BLANKS), Reply(BLANKS))
    return (Reply(b"1Updating        Planetary Data. #"), Reply(BLANKS))


def _status(control: HandControl) -> int:
    """The number of `:Gstat#`."""
    if control.is_parking:
        return 5 if control.is_parked else 2
    if control.mount.says_it_goes():
        return 4 if control.rest is Rest.HOME else 6
    if control.mount.is_slewing():
        return 6
    if control.mount.tracking:
        return 0
    return 1 if control.kept[HAS_STOPPED] == b"1" else 7


def _info(control: HandControl, _: bytes) -> Replies:
    """Right ascension, declination, side, azimuth, altitude, Julian date, status number, whether it slews."""
    mount = control.mount
    here, (altitude, azimuth) = mount.pointing(), mount.horizontal()
    julian_date = UNIX_EPOCH_JULIAN_DATE + mount.belief.clock.utc_seconds(mount.true_utc_seconds) / SECONDS_PER_DAY
    hours = round(here.ra_degrees / DEGREES_PER_HOUR, 5) % 24.0
    azimuth = round(azimuth, 4) % 360.0
    position = b"%08.5f,%+08.4f,%s" % (hours, here.dec_degrees, b"W" if mount.is_tipped() else b"E")
    state = b"%08.4f,%+08.4f,%.8f,%d,%d#" % (azimuth, altitude, julian_date, _status(control), mount.says_it_goes())
    return say(position + b"," + state)


def _goto(control: HandControl, argument: bytes) -> Replies:
    answer = goto(control, argument)
    if answer == NO:
        control.kept[HAS_STOPPED] = b"0"
    return answer


def _goto_horizontal(control: HandControl, argument: bytes) -> Replies:
    """Nothing is followed from there on."""
    answer = GOTO_HORIZONTAL.answer(control, argument)
    if answer == NO:
        control.mount.track(False)
    return answer


def _sync(control: HandControl, argument: bytes) -> Replies:
    """As another star of the model it must not be far off."""
    wanted, here = target(control), control.mount.pointing()
    if control.kept[SYNC_REFINES] == b"1" and abs(wanted.dec_degrees - here.dec_degrees) > FARTHEST_SYNC_DEGREES:
        return say(TOO_FAR)
    return sync(control, argument)


def _stop_all(control: HandControl, argument: bytes) -> Replies:
    """`:STOP#` ends tracking too; a parked mount stays parked."""
    control.mount.track(False)
    control.kept[HAS_STOPPED] = b"1"
    return stop(control, argument)


def _tracks(on: bool) -> Answer:
    switch = track(on)

    def also_forget_the_stop(control: HandControl, argument: bytes) -> Replies:
        control.kept[HAS_STOPPED] = b"0"
        return switch(control, argument)

    return also_forget_the_stop


def _keep(letters: bytes, answer: Replies, allowed: tuple[bytes, ...] = (b"0", b"1")) -> Answer:
    def keep(control: HandControl, argument: bytes) -> Replies:
        if argument not in allowed:
            return NO if answer == YES else SILENCE
        control.kept[letters] = argument
        return answer

    return keep


def _configure_sync(control: HandControl, argument: bytes) -> Replies:
    """Echoes what it was given."""
    _keep(SYNC_REFINES, SILENCE)(control, argument)
    return say(control.kept[SYNC_REFINES] + b"#")


def _guide_rate(control: HandControl, _: bytes) -> Replies:
    return say(b"%.2f#" % (control.guide_rate_sidereals * SIDEREAL_DEGREES_PER_SECOND * ARCSECONDS_PER_DEGREE))


FIXED = {
    b"GVZ": b"Q-TYPE2012#",
    b"V": b"G#",
    b"GRTMP": b"+010.0#",
    b"GRPRS": b"1010.0#",
    b"GREF": b"1",
    b"modelcnt": b"0#",
    b"getalst": b"0#",
    b"Gev": b"+0553.0#",
    b"Glmt": b"05#",
    b"Glms": b"03#",
    b"GMF": b"1#",
    b"Gpgc": b"0",
    b"GINQ": b"0#",
}
COMMANDS = table(
    *(POSITION, PRODUCT, TARGET, MOTION, CLOCK, SITE, speeds(SPEEDS), limits(b"h", b"o", b"%+03d*#")),
    map(press_or_pulse, KEYS),
    (Understood(letters, choose_speed(None, rate)) for letters, rate in GUIDE_RATES.items()),
    (Understood(letters, says(text)) for letters, text in FIXED.items()),
    (
        *(DISTANCE_BARS, PULSE, line_speed(FASTER_BAUD)),
        Understood(b"EMUAP", _emulate(EXTENDED_WRITINGS)),
        Understood(b"EMULX", _emulate(LX200_WRITINGS)),
        Understood(b"U", _toggle_precision),
        Understood(b"U0", choose_precision(high=False)),
        Understood(b"U1", choose_precision(high=True)),
        Understood(b"U2", choose_precision(high=True, ultra=True)),
        Understood(b"P", lambda control, _: SILENCE),
        Understood(b"MS", _goto),
        Understood(b"MA", _goto_horizontal),
        Understood(b"CM", _sync),
        Understood(b"CMR", _sync),
        Understood(b"CMCFG", _configure_sync, takes_argument=True),
        Understood(b"STOP", _stop_all),
        Understood(b"Ga", lambda control, _: say(control.writing.signed(control.target_altitude_degrees) + b"#")),
        Understood(b"Gz", lambda control, _: say(control.writing.turn(control.target_azimuth_degrees) + b"#")),
        Understood(b"Gt", _site(lambda control: control.mount.belief.site.latitude_degrees, 2)),
        Understood(b"Gg", _site(lambda control: -control.mount.belief.site.longitude_degrees, 3)),
        Understood(b"Gstat", lambda control, _: say(b"%d#" % _status(control))),
        Understood(b"Ginfo", _info),
        Understood(b"GTRK", lambda control, _: YES if control.mount.tracking else NO),
        Understood(b"GT", tells_rate(FREQUENCIES)),
        Understood(b"Ggui", _guide_rate),
        Understood(b"pS", tells_side(east=b"East", west=b"West")),
        Understood(b"SC", sets_date(_date_consent, us_date, iso_date), takes_argument=True),
        Understood(b"SRTMP", lambda control, _: YES, takes_argument=True),
        Understood(b"SRPRS", lambda control, _: YES, takes_argument=True),
        Understood(b"Guaf", lambda control, _: say(control.kept[FLIPS_UNATTENDED])),
        Understood(b"Suaf", _keep(FLIPS_UNATTENDED, SILENCE), takes_argument=True),
        Understood(b"TQ", track_at(TrackingRate.SIDEREAL)),
        Understood(b"TL", track_at(TrackingRate.LUNAR)),
        Understood(b"TSOLAR", track_at(TrackingRate.SOLAR)),
        Understood(b"RT0", track_at(TrackingRate.LUNAR)),
        Understood(b"RT1", track_at(TrackingRate.SOLAR)),
        Understood(b"RT2", track_at(TrackingRate.SIDEREAL)),
        Understood(b"RT9", _tracks(on=False)),
        Understood(b"AP", _tracks(on=True)),
        Understood(b"AL", _tracks(on=False)),
        Understood(b"KA", go_to_rest(Rest.PARK)),
        Understood(b"hP", go_to_rest(Rest.PARK)),
        Understood(b"PO", wake_up),
    ),
)

TEN_MICRON = Model(
    name="ten-micron",
    geometry="german",
    commands=COMMANDS,
    mounting=lambda control: b"P" if control.mount.tracking else b"L",
    writings=LX200_WRITINGS,
    refuses=REFUSES,
    sync_answer=b"Coordinates     matched        #",
    refuses_sync=REFUSES_SYNC,
    product="10micron GM1000HPS",
    firmware="2.15.8",
    firmware_date="Jun 01 2017",  # not confirmed on hardware
    firmware_time="12:00:00",
    power_on=PowerOn(keeps_clock=True, keeps_site=True, aligned_stars=2),
    key_speed=Speed(sidereals=64.0),
    guide_rate_sidereals=0.5,
    goto_starts_tracking=True,
    kept={SYNC_REFINES: b"0", HAS_STOPPED: b"0", FLIPS_UNATTENDED: b"0"},
)
