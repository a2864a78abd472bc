"""The commands of RainbowAstro's mounts: questions, which the answers repeat, and orders, silent but for a target.

Known from what INDI's and INDIGO's drivers send and expect; the maker's own paper has not been read, and what neither
tells is marked as not confirmed.
"""

import re
from collections.abc import Callable
from datetime import datetime

from hardware_sim.belief import Celestial
from hardware_sim.geometry import from_horizontal
from hardware_sim.motion import TrackingRate
from hardware_sim.mount_clock import Site
from hardware_sim.rainbow_formats import hours_text, read_degrees, read_hours, signed_text, turn_text
from hardware_sim.rainbow_hand_control import HandControl, Understood
from hardware_sim.reply import SILENCE, Replies, say

YES, NO = say(b"1"), say(b"0")
KEYS = {b"n": (1, 1.0), b"s": (1, -1.0), b"w": (0, 1.0), b"e": (0, -1.0)}
RATES = {b"R": (0, TrackingRate.SIDEREAL), b"S": (1, TrackingRate.SOLAR), b"M": (2, TrackingRate.LUNAR)}
GUIDER = {b"U": (3, TrackingRate.SIDEREAL)}
_SYNC = re.compile(rb"(\d{3}\.\d{3})([+-]\d\d\.\d{3})")
Answer = Callable[[HandControl, bytes], Replies]


def asked(letters: bytes, tell: Callable[[HandControl], bytes], repeated: bytes | None = None) -> Understood:
    return Understood(letters, lambda control, _: say(b":" + (repeated or letters) + tell(control) + b"#"))


def _slews(control: HandControl) -> bytes:
    return b"%d" % control.mount.says_it_goes()


def _local(control: HandControl) -> datetime:
    return control.mount.belief.clock.local(control.mount.true_utc_seconds)


def _offset(control: HandControl) -> bytes:
    """Whole hours, to be added to local time."""
    return b"%+d" % -round(control.mount.belief.clock.offset_hours)


def _set_ra(control: HandControl, argument: bytes) -> Replies:
    """The refusal is not confirmed on hardware, nor the next."""
    hours = read_hours(argument)
    if hours is None:
        return NO
    control.target_ra_degrees = hours * 15.0
    return YES


def _set_dec(control: HandControl, argument: bytes) -> Replies:
    degrees = read_degrees(argument, 90.0)
    if degrees is None:
        return NO
    control.target_dec_degrees = degrees
    return YES


def _set_altitude(control: HandControl, argument: bytes) -> Replies:
    degrees = read_degrees(argument, 90.0)
    control.target_altitude_degrees = control.target_altitude_degrees if degrees is None else degrees
    return SILENCE


def _set_azimuth(control: HandControl, argument: bytes) -> Replies:
    degrees = read_degrees(argument, 360.0)
    control.target_azimuth_degrees = control.target_azimuth_degrees if degrees is None else degrees
    return SILENCE


def _goto(control: HandControl, _: bytes) -> Replies:
    return control.set_out(Celestial(control.target_ra_degrees, control.target_dec_degrees))


def _goto_horizontal(control: HandControl, _: bytes) -> Replies:
    """Having arrived it stands."""
    latitude = control.mount.belief.site.latitude_degrees
    refused = control.set_out(
        from_horizontal(control.target_altitude_degrees, control.target_azimuth_degrees, latitude)
    )
    if not refused:
        control.mount.track(False)
    return refused


def _sync(control: HandControl, argument: bytes) -> Replies:
    """Degrees; not heeded on a way, which is not confirmed."""
    found = _SYNC.fullmatch(argument)
    if found and float(found[1]) < 360.0 and abs(float(found[2])) <= 90.0 and not control.on_arrival:
        control.mount.sync(Celestial(float(found[1]), float(found[2])))
    return SILENCE


def _press(key: bytes) -> Answer:
    def press(control: HandControl, _: bytes) -> Replies:
        axis, way = KEYS[key]
        control.is_at_home = False
        control.mount.press(axis, way * control.key_rate())
        return SILENCE

    return press


def _let_go(key: bytes) -> Answer:
    def let_go(control: HandControl, _: bytes) -> Replies:
        axis, way = KEYS[key]
        if not control.model.is_old:
            control.mount.release(axis, way)
        return SILENCE

    return let_go


def _choose_rate(digit: int, rate: TrackingRate) -> Answer:
    def choose(control: HandControl, _: bytes) -> Replies:
        control.rate_digit, control.mount.tracking_rate = digit, rate
        return SILENCE

    return choose


def _track(on: bool) -> Answer:
    def track(control: HandControl, _: bytes) -> Replies:
        control.is_at_home = control.is_at_home and not on
        control.mount.track(on)
        return SILENCE

    return track


def _choose_key_speed(letter: bytes) -> Answer:
    def choose(control: HandControl, _: bytes) -> Replies:
        control.key_speed = letter
        return SILENCE

    return choose


def _set_guide_rate(control: HandControl, argument: bytes) -> Replies:
    if re.fullmatch(rb"0=[01]\.\d", argument):
        control.guide_rate = float(argument[2:])
    return SILENCE


def _set_date(control: HandControl, argument: bytes) -> Replies:
    return _set_clock(control, argument, "%m/%d/%y", lambda clock, given, utc: clock.set_date(given.date(), utc))


def _set_time(control: HandControl, argument: bytes) -> Replies:
    return _set_clock(control, argument, "%H:%M:%S", lambda clock, given, utc: clock.set_time(given.time(), utc))


def _set_clock(control: HandControl, argument: bytes, form: str, put: Callable[..., None]) -> Replies:
    try:
        given = datetime.strptime(argument.decode("ascii"), form)
    except ValueError:
        return SILENCE
    put(control.mount.belief.clock, given, control.mount.true_utc_seconds)
    control.mount.follow_from_here()
    return SILENCE


def _set_offset(control: HandControl, argument: bytes) -> Replies:
    """Local time stays; UTC follows."""
    if re.fullmatch(rb"[+-]\d\d?", argument) and abs(int(argument)) <= 14:
        control.mount.belief.clock.offset_hours = -int(argument)
        control.mount.follow_from_here()
    return SILENCE


def _set_latitude(control: HandControl, argument: bytes) -> Replies:
    degrees, site = read_degrees(argument, 90.0), control.mount.belief.site
    return SILENCE if degrees is None else _use_site(control, Site(degrees, site.longitude_degrees))


def _set_longitude(control: HandControl, argument: bytes) -> Replies:
    west, site = read_degrees(argument, 180.0), control.mount.belief.site
    return SILENCE if west is None else _use_site(control, Site(site.latitude_degrees, -west))


def _use_site(control: HandControl, site: Site) -> Replies:
    control.mount.belief.site = site
    control.mount.follow_from_here()
    return SILENCE


SINCE_200625 = (
    asked(b"GC", lambda control: _local(control).strftime("%m/%d/%y").encode()),
    asked(b"GG", _offset),
)
QUESTIONS = (
    asked(b"AV", lambda control: control.model.firmware),
    asked(b"GR", lambda control: hours_text(control.mount.pointing().ra_degrees / 15.0)),
    asked(b"GD", lambda control: signed_text(control.mount.pointing().dec_degrees)),
    asked(b"GA", lambda control: signed_text(control.mount.horizontal()[0])),
    asked(b"GZ", lambda control: turn_text(control.mount.horizontal()[1])),
    asked(b"CL", _slews),
    asked(b"AT", lambda control: b"%d" % control.mount.tracking),
    asked(b"Ct?", lambda control: b"%d" % control.rate_digit, repeated=b"CT"),
    asked(b"CU0", lambda control: b"=%.1f" % control.guide_rate),
    asked(b"GL", lambda control: _local(control).strftime("%H:%M:%S").encode()),
    asked(b"Gt", lambda control: signed_text(control.mount.belief.site.latitude_degrees)),
    asked(b"Gg", lambda control: signed_text(-control.mount.belief.site.longitude_degrees, 3)),
)
ORDERS = (
    Understood(b"Sr", _set_ra, takes_argument=True),
    Understood(b"Sd", _set_dec, takes_argument=True),
    Understood(b"Sa", _set_altitude, takes_argument=True),
    Understood(b"Sz", _set_azimuth, takes_argument=True),
    Understood(b"MS", _goto),
    Understood(b"MA", _goto_horizontal),
    Understood(b"Ck", _sync, takes_argument=True),
    Understood(b"Ch", lambda control, _: control.go_home()),
    Understood(b"Q", lambda control, _: control.break_off()),
    *(Understood(b"M" + key, _press(key)) for key in KEYS),
    *(Understood(b"Q" + key, _let_go(key)) for key in KEYS),
    *(Understood(b"R" + speed, _choose_key_speed(speed)) for speed in (b"G", b"C", b"M", b"S")),
    *(Understood(b"Ct" + letter, _choose_rate(*rate)) for letter, rate in {**RATES, **GUIDER}.items()),
    Understood(b"CtA", _track(True)),
    Understood(b"CtL", _track(False)),
    Understood(b"Cu", _set_guide_rate, takes_argument=True),
    Understood(b"SC", _set_date, takes_argument=True),
    Understood(b"SL", _set_time, takes_argument=True),
    Understood(b"SG", _set_offset, takes_argument=True),
    Understood(b"St", _set_latitude, takes_argument=True),
    Understood(b"Sg", _set_longitude, takes_argument=True),
)


def understood_by(is_old: bool) -> tuple[Understood, ...]:
    """The commands of a firmware."""
    return (*QUESTIONS, *ORDERS) if is_old else (*SINCE_200625, *QUESTIONS, *ORDERS)
