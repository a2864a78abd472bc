"""LX200 commands that move the telescope, stop it, or say how it moves.

Meade Telescope Serial Command Protocol, 2010.10: Slew, Telescope Movement, Slew Rate, Tracking, Sync, Home/Park.
A parked mount ignores every order to move.
"""

from collections.abc import Callable

from hardware_sim.belief import Celestial, Target
from hardware_sim.geometry import GEOMETRIES, from_horizontal
from hardware_sim.lx200_hand_control import NO, HandControl, Understood
from hardware_sim.lx200_position import DEGREES_PER_HOUR
from hardware_sim.motion import TrackingRate
from hardware_sim.reply import SILENCE, Replies, say
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND

BELOW_HORIZON = b"1Object Below Horizon.#"  # wording not confirmed on hardware
ABOVE_LIMIT = b"2Object Above Limit.#"  # wording not confirmed on hardware
BUSY = b"4Mount is busy.#"  # no wording of Meade's: their mounts do not know this case
CENTRE_RATE_SIDEREALS = 32.0
FIND_PART_OF_SLEW_RATE = 0.5
FREQUENCIES = {TrackingRate.SIDEREAL: b"60.1#", TrackingRate.SOLAR: b"60.0#", TrackingRate.LUNAR: b"57.9#"}
# Which axis a direction key turns, and which way. On an upright fork east is to the left when looking south, as on
# the sky. Not confirmed on hardware.
KEYS = {b"n": (1, 1.0), b"s": (1, -1.0), b"e": (0, -1.0), b"w": (0, 1.0)}


def _start(control: HandControl, target: Target) -> Replies:
    if control.mount.is_busy():
        return say(BUSY)
    altitude = control.mount.altitude_of(target)
    if altitude < control.lowest_goto_degrees:
        return say(BELOW_HORIZON)
    if altitude > control.highest_goto_degrees:
        return say(ABOVE_LIMIT)
    control.mount.goto(target)
    return NO  # `0`: slew is possible


def _goto(control: HandControl, _: bytes) -> Replies:
    if control.is_parking:
        return SILENCE
    return _start(control, Celestial(control.target_ra_hours * DEGREES_PER_HOUR, control.target_dec_degrees))


def _goto_horizontal(control: HandControl, _: bytes) -> Replies:
    if control.is_parking:
        return SILENCE
    latitude = control.mount.belief.site.latitude_degrees
    sky = from_horizontal(control.target_altitude_degrees, control.target_azimuth_degrees, latitude)
    return _start(control, sky)


def _sync(control: HandControl, _: bytes) -> Replies:
    control.mount.sync(Celestial(control.target_ra_hours * DEGREES_PER_HOUR, control.target_dec_degrees))
    return say(control.model.sync_answer)


def _stop(control: HandControl, _: bytes) -> Replies:
    """Everything stops, a way to the park position too."""
    if control.is_parking and not control.is_parked:
        control.is_parking = False
    control.mount.stop()
    return SILENCE


def _stop_key(key: bytes) -> Callable[[HandControl, bytes], Replies]:
    def release(control: HandControl, _: bytes) -> Replies:
        axis, direction = KEYS[key]
        control.mount.release(axis, direction)
        return SILENCE

    return release


def _press_key(key: bytes) -> Callable[[HandControl, bytes], Replies]:
    def press(control: HandControl, _: bytes) -> Replies:
        if not control.is_parking:
            axis, direction = KEYS[key]
            control.mount.press(axis, direction * _rate(control))
        return SILENCE

    return press


def _pulse(control: HandControl, argument: bytes) -> Replies:
    """`:MgnDDDD#`: at the guide rate for so many milliseconds."""
    key, milliseconds = argument[:1], argument[1:]
    if key in KEYS and milliseconds.isdigit() and len(milliseconds) <= 4 and not control.is_parking:
        axis, direction = KEYS[key]
        control.mount.press(axis, direction * _guide_rate(control), int(milliseconds) / 1000.0)
    return SILENCE


def _guide_rate(control: HandControl) -> float:
    return control.model.guide_rate_sidereals * SIDEREAL_DEGREES_PER_SECOND


def _rate(control: HandControl) -> float:
    """Degrees a second of the chosen rate."""
    fastest = control.mount.slew_rate
    return {
        "G": _guide_rate(control),
        "C": CENTRE_RATE_SIDEREALS * SIDEREAL_DEGREES_PER_SECOND,
        "M": FIND_PART_OF_SLEW_RATE * fastest,
        "S": fastest,
    }[control.slew_rate_letter]


def _choose_rate(letter: str) -> Callable[[HandControl, bytes], Replies]:
    def choose(control: HandControl, _: bytes) -> Replies:
        control.slew_rate_letter = letter
        return SILENCE

    return choose


def _distance_bars(control: HandControl, _: bytes) -> Replies:
    """Bars during a goto only; moving by hand shows none."""
    return say((control.model.slew_bars if control.mount.says_it_goes() else b"") + b"#")


def _track_at(rate: TrackingRate) -> Callable[[HandControl, bytes], Replies]:
    def choose(control: HandControl, _: bytes) -> Replies:
        control.mount.tracking_rate = rate
        return SILENCE

    return choose


def _tracking_frequency(control: HandControl, _: bytes) -> Replies:
    return say(FREQUENCIES[control.mount.tracking_rate])


def _align(polar: bool) -> Callable[[HandControl, bytes], Replies]:
    """`:AP#` and `:AA#` turn tracking on and say how the axes stand; said wrongly, they ruin the alignment."""

    def align(control: HandControl, _: bytes) -> Replies:
        if control.is_parking:
            return SILENCE
        mount = control.mount
        if polar != mount.belief.geometry.polar:
            own = mount.ground if mount.ground.polar == polar else GEOMETRIES["fork" if polar else "altaz"]
            mount.take_geometry_for(own)
        mount.track(True)
        return SILENCE

    return align


def _land(control: HandControl, _: bytes) -> Replies:
    control.mount.track(False)
    return SILENCE


def _status(control: HandControl, _: bytes) -> Replies:
    """Mounting, tracking, number of alignment stars."""
    mount = control.mount
    mounting = {"altaz": b"A", "fork": b"P", "german": b"G"}[mount.belief.geometry.name]
    tracking = b"T" if mount.tracking else b"N"
    return say(mounting + tracking + b"%d#" % control.aligned_stars)


def park(control: HandControl) -> None:
    control.is_parking = True
    control.mount.track(False)
    control.mount.goto_home()


def _park(control: HandControl, _: bytes) -> Replies:
    park(control)
    return SILENCE


def _wake_up(control: HandControl, _: bytes) -> Replies:
    """`:I#` starts the firmware anew: low precision, tracking; the alignment is kept. Not confirmed on hardware."""
    control.is_parking = False
    control.high_precision = False
    control.mount.track(True)
    return SILENCE


COMMANDS = (
    Understood(b"MS", _goto),
    Understood(b"MA", _goto_horizontal),
    Understood(b"CM", _sync),
    Understood(b"Q", _stop),
    *(Understood(b"Q" + key, _stop_key(key)) for key in KEYS),
    *(Understood(b"M" + key, _press_key(key)) for key in KEYS),
    Understood(b"Mg", _pulse, takes_argument=True, known_to=lambda model: model.knows_pulse_guiding),
    *(Understood(b"R" + letter.encode(), _choose_rate(letter)) for letter in "GCMS"),
    Understood(b"D", _distance_bars),
    Understood(b"TQ", _track_at(TrackingRate.SIDEREAL)),
    Understood(b"TL", _track_at(TrackingRate.LUNAR)),
    Understood(b"TS", _track_at(TrackingRate.SOLAR), known_to=lambda model: model.knows_solar_rate),
    Understood(b"GT", _tracking_frequency),
    Understood(b"AP", _align(polar=True)),
    Understood(b"AA", _align(polar=False)),
    Understood(b"AL", _land),
    Understood(b"GW", _status, known_to=lambda model: model.knows_status),
    Understood(b"hP", _park, known_to=lambda model: model.knows_park),
    Understood(b"I", _wake_up, known_to=lambda model: model.wakes_up),
)
