"""iOptron commands that move the mount or stop it, alike in both command sets.

iOptron RS-232 Command Language, 2.5 and 3.10: Mount Motion. Arrow keys and guide pulses are obeyed without a word;
everything else is answered by one digit. A parked mount consents to whatever is asked but a goto, and stays.
"""

from collections.abc import Callable

from hardware_sim.belief import Celestial, Target
from hardware_sim.geometry import HourAngleDec, from_horizontal
from hardware_sim.ioptron_formats import read_whole
from hardware_sim.ioptron_hand_control import NO, YES, HandControl, Understood
from hardware_sim.ioptron_models import arrow_rate
from hardware_sim.motion import TrackingRate
from hardware_sim.reply import SILENCE, Replies
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND

RIGHT_ASCENSION, DECLINATION = 0, 1
PERCENT = 100.0
LONGEST_PULSE_MS = 99_999
# King's rate, two parts in ten thousand slower than the stars, and a rate of one's own are followed as the stars are.
RATES = {1: TrackingRate.LUNAR, 2: TrackingRate.SOLAR}


def target(control: HandControl) -> Celestial:
    return Celestial(control.target_ra_degrees, control.target_dec_degrees)


def goto(control: HandControl, _: bytes) -> Replies:
    """Having arrived it tracks, whether it did before or not."""
    return _set_out(control, target(control), tracking=True)


def _set_out(control: HandControl, wanted: Target, tracking: bool) -> Replies:
    if not control.may_go(wanted):
        return NO
    control.mount.track(tracking)
    control.mount.goto(wanted)
    return YES


def goto_counterweight_up(_: HandControl, __: bytes) -> Replies:
    """`exceeds mechanical limits`: this mount's weights stay down, but for what it tracks past the meridian."""
    return NO


def goto_horizontal(control: HandControl, _: bytes) -> Replies:
    """Having arrived it stands."""
    return _set_out(control, _horizontal_target(control), tracking=False)


def _horizontal_target(control: HandControl) -> HourAngleDec:
    latitude = control.mount.belief.site.latitude_degrees
    return from_horizontal(control.target_altitude_degrees, control.target_azimuth_degrees, latitude)


def sync(control: HandControl, _: bytes) -> Replies:
    """Ignored while it slews. An alt-azimuth mount takes the altitude and azimuth that it was given last."""
    mount = control.mount
    if not mount.says_it_goes():
        place = target(control) if mount.belief.geometry.polar else _horizontal_target(control)
        mount.sync(mount.belief.celestial(place, mount.true_utc_seconds))
    return YES


def _stop(control: HandControl, _: bytes) -> Replies:
    """All slewing, on the way to the park position too; tracking is as it was."""
    if control.is_parking and not control.is_parked:
        control.is_parking = False
    if control.model.stops_arrows_with_all:
        control.mount.stop()
    else:
        control.mount.cancel_goto()
    return YES


def _let_go(*axes: int) -> Callable[[HandControl, bytes], Replies]:
    def let_go(control: HandControl, _: bytes) -> Replies:
        for axis in axes:
            control.mount.rest(axis)
        return YES

    return let_go


def _arrow(key: bytes) -> Callable[[HandControl, bytes], Replies]:
    def press(control: HandControl, _: bytes) -> Replies:
        axis, way = control.model.arrows[key]
        if not control.is_parking:
            control.mount.press(axis, way * arrow_rate(control.arrow_speed, control.mount.slew_rate))
        return SILENCE

    return press


def pulse(axis: int, way: float) -> Callable[[HandControl, bytes], Replies]:
    """At the guide rate for so many milliseconds: five digits, and the `d` that some let slip behind them."""

    def press(control: HandControl, argument: bytes) -> Replies:
        milliseconds = read_whole(argument.rstrip(b"d"), 5, LONGEST_PULSE_MS)
        if milliseconds and not control.is_parking:
            seconds = milliseconds / 1000.0
            rate = control.guide_percents[axis] / PERCENT * SIDEREAL_DEGREES_PER_SECOND
            control.mount.press(axis, way * rate, seconds)
            control.guiding_until = control.now + seconds
        return SILENCE

    return press


def _track(on: bool) -> Callable[[HandControl, bytes], Replies]:
    def track(control: HandControl, _: bytes) -> Replies:
        if not control.is_parking:
            control.mount.track(on)
        return YES

    return track


def _choose_rate(digit: int) -> Callable[[HandControl, bytes], Replies]:
    def choose(control: HandControl, _: bytes) -> Replies:
        control.rate_digit = digit
        control.mount.tracking_rate = RATES.get(digit, TrackingRate.SIDEREAL)
        return YES

    return choose


def _choose_arrow_speed(speed: int) -> Callable[[HandControl, bytes], Replies]:
    def choose(control: HandControl, _: bytes) -> Replies:
        control.arrow_speed = speed
        return YES

    return choose


def park(control: HandControl) -> Replies:
    place = control.park_place()
    if control.mount.is_busy() or control.mount.altitude_of(place) < control.lowest_altitude_degrees:
        return NO
    if not control.is_parking:
        control.is_parking = True
        control.mount.track(False)
        control.mount.goto(place)
    return YES


def _unpark(control: HandControl, _: bytes) -> Replies:
    """On the way to its park position it goes on, and is then not parked; not confirmed on hardware."""
    control.is_parking = False
    return YES


def _go_home(control: HandControl, _: bytes) -> Replies:
    if not control.is_parking:
        control.mount.track(False)
        control.mount.goto_axes(control.mount.belief.home)
    return YES


def _take_for_home(control: HandControl, _: bytes) -> Replies:
    mount = control.mount
    mount.belief.take_for_home(mount.axes_believed().minus(mount.belief.alignment))
    mount.follow_from_here()
    return YES


COMMANDS = (
    Understood(b"CM", sync),
    Understood(b"Q", _stop),
    Understood(b"qR", _let_go(RIGHT_ASCENSION)),
    Understood(b"qD", _let_go(DECLINATION)),
    *(Understood(b"m" + key, _arrow(key)) for key in (b"n", b"s", b"e", b"w")),
    Understood(b"ST0", _track(False)),
    Understood(b"ST1", _track(True)),
    *(Understood(b"RT%d" % digit, _choose_rate(digit)) for digit in range(5)),
    *(Understood(b"SR%d" % speed, _choose_arrow_speed(speed)) for speed in range(1, 10)),
    Understood(b"MP1", lambda control, _: park(control)),
    Understood(b"MP0", _unpark),
    Understood(b"MH", _go_home),
    Understood(b"MSH", _go_home),
    Understood(b"SZP", _take_for_home),
)
# Only in the old set; the new one lets `Q` do it.
LET_GO_OF_BOTH = Understood(b"q", _let_go(RIGHT_ASCENSION, DECLINATION))
