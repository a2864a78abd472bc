"""LX200 commands that move the telescope or stop it, and say how fast: gotos, syncs, direction keys, guide pulses.

Meade Telescope Serial Command Protocol, 2010.10: Slew, Telescope Movement, Slew Rate, Sync. Which reasons turn a goto
or a sync down, and in which words, is the dialect's; the order in which they are looked at is the same for all. A
parked mount ignores the direction keys.
"""

from collections.abc import Callable, Iterator

from hardware_sim.belief import Celestial, Target
from hardware_sim.geometry import from_horizontal, wrapped
from hardware_sim.lx200_hand_control import HandControl, Rest
from hardware_sim.lx200_model import NO, Answer, Refusal, Refuses, Speed, Understood
from hardware_sim.lx200_position import DEGREES_PER_HOUR
from hardware_sim.reply import SILENCE, Replies, say
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND

FARTHEST_SYNC_DEGREES = 20.0  # of those that mind; not confirmed on hardware
FIND_PART_OF_SLEW_RATE = 0.5
# Which axis a direction key turns, and which way. On an upright fork east is to the left when looking south, as on
# the sky. Not confirmed on hardware.
KEYS = {b"n": (1, 1.0), b"s": (1, -1.0), b"e": (0, -1.0), b"w": (0, 1.0)}


def target(control: HandControl) -> Celestial:
    return Celestial(control.target_ra_hours * DEGREES_PER_HOUR, control.target_dec_degrees)


def _against_moving(control: HandControl) -> Iterator[Refusal]:
    """Reasons in the mount itself."""
    if control.is_parking:
        yield Refusal.PARKED
    if control.mount.is_busy():
        yield Refusal.BUSY
    if not control.knows_time:
        yield Refusal.NO_TIME
    if control.is_going:
        yield Refusal.GOING
    if not control.has_target:
        yield Refusal.NO_OBJECT
    if control.aligned_stars == 0:
        yield Refusal.NOT_ALIGNED


def _against_target(control: HandControl, wanted: Target) -> Iterator[Refusal]:
    """Reasons in where it would point."""
    altitude = control.mount.altitude_of(wanted)
    if altitude < control.lowest_goto_degrees:
        yield Refusal.BELOW_HORIZON
    if altitude > control.highest_goto_degrees:
        yield Refusal.ABOVE_LIMIT
    if not control.mount.can_reach(wanted):
        yield Refusal.OUT_OF_REACH


def _against_sync(control: HandControl, wanted: Celestial) -> Iterator[Refusal]:
    here = control.mount.pointing()
    hour_angle = wrapped(_sidereal_degrees(control) - wanted.ra_degrees)
    if hour_angle * wrapped(_sidereal_degrees(control) - here.ra_degrees) < 0.0:
        yield Refusal.ACROSS_MERIDIAN
    across = abs(wrapped(wanted.ra_degrees - here.ra_degrees))
    if max(across, abs(wanted.dec_degrees - here.dec_degrees)) > FARTHEST_SYNC_DEGREES:
        yield Refusal.TOO_FAR


def _sidereal_degrees(control: HandControl) -> float:
    return control.mount.belief.sidereal_degrees(control.mount.true_utc_seconds)


def refusal(refuses: Refuses, *reasons: Iterator[Refusal]) -> bytes | None:
    """The words for the first reason that this dialect knows; none when it consents."""
    return next((refuses[reason] for some in reasons for reason in some if reason in refuses), None)


def start_goto(control: HandControl, wanted: Target, then_track: bool) -> Replies:
    refused = refusal(control.model.refuses, _against_moving(control), _against_target(control, wanted))
    if refused is not None:
        return say(refused)
    control.rest = Rest.NOWHERE
    control.mount.goto(wanted)
    if then_track:
        control.mount.track(True)
    return NO  # `0`: slew is possible


def goto(control: HandControl, _: bytes) -> Replies:
    return start_goto(control, target(control), control.model.goto_starts_tracking)


def _goto_horizontal(control: HandControl, _: bytes) -> Replies:
    latitude = control.mount.belief.site.latitude_degrees
    control.has_target = True
    sky = from_horizontal(control.target_altitude_degrees, control.target_azimuth_degrees, latitude)
    return start_goto(control, sky, then_track=False)


def sync(control: HandControl, _: bytes) -> Replies:
    wanted = target(control)
    against = (_against_moving(control), _against_target(control, wanted), _against_sync(control, wanted))
    refused = refusal(control.model.refuses_sync, *against)
    if refused is not None:
        return say(refused)
    control.mount.sync(wanted)
    return say(control.model.sync_answer)


def stop(control: HandControl, _: bytes) -> Replies:
    """Everything stops, a way to the park position too."""
    if control.is_going:
        control.rest = Rest.NOWHERE
    control.mount.stop()
    return SILENCE


def _stop_key(*keys: bytes) -> Answer:
    def release(control: HandControl, _: bytes) -> Replies:
        for axis, direction in map(KEYS.__getitem__, keys):
            control.mount.release(axis, direction)
        return SILENCE

    return release


def press_key(key: bytes) -> Answer:
    def press(control: HandControl, _: bytes) -> Replies:
        if not control.is_parking:
            axis, direction = KEYS[key]
            control.mount.press(axis, direction * _key_rate(control))
        return SILENCE

    return press


def pulse(control: HandControl, argument: bytes) -> Replies:
    """`:MgnDDDD#`: at the guide rate for so many milliseconds."""
    key, milliseconds = argument[:1], argument[1:]
    if key in KEYS and milliseconds.isdigit() and len(milliseconds) <= 5 and not control.is_parking:
        axis, direction = KEYS[key]
        control.mount.press(axis, direction * _guide_rate(control), int(milliseconds) / 1000.0)
    return SILENCE


def press_or_pulse(key: bytes) -> Understood:
    """`:Mn#` until it is let go, `:MnDDD#` for so many milliseconds at the guide rate."""
    press = press_key(key)

    def go(control: HandControl, argument: bytes) -> Replies:
        return pulse(control, key + argument) if argument else press(control, argument)

    return Understood(b"M" + key, go, takes_argument=True)


def _guide_rate(control: HandControl) -> float:
    return control.guide_rate_sidereals * SIDEREAL_DEGREES_PER_SECOND


def _key_rate(control: HandControl) -> float:
    """Degrees a second of the chosen rate."""
    speed = control.key_speed
    if speed is None:
        return _guide_rate(control)
    return speed.sidereals * SIDEREAL_DEGREES_PER_SECOND + speed.part_of_slew_rate * control.mount.slew_rate


def choose_speed(speed: Speed | None, guides_at: float | None = None) -> Answer:
    """For the direction keys, None being the guide rate; `guides_at` is a new guide rate in times the sky."""

    def choose(control: HandControl, _: bytes) -> Replies:
        control.key_speed = speed
        control.guide_rate_sidereals = guides_at or control.guide_rate_sidereals
        return SILENCE

    return choose


def speeds(of: dict[bytes, Speed | None]) -> tuple[Understood, ...]:
    return tuple(Understood(b"R" + letters, choose_speed(speed)) for letters, speed in of.items())


def distance_bars(control: HandControl, _: bytes) -> Replies:
    """Bars during a goto only; moving by hand shows none."""
    return say((control.model.slew_bars if control.mount.says_it_goes() else b"") + b"#")


def by_side(east: bytes, west: bytes, neither: bytes = b"") -> Callable[[HandControl], bytes]:
    """What is said of the side of the pier on which the tube is; only a German mount has one."""

    def side(control: HandControl) -> bytes:
        if control.mount.belief.geometry.name != "german":
            return neither
        return west if control.mount.is_tipped() else east

    return side


def tells_side(east: bytes, west: bytes) -> Answer:
    of = by_side(east, west, east)
    return lambda control, _: say(of(control) + b"#")


PULSE = Understood(b"Mg", pulse, takes_argument=True)
DISTANCE_BARS = Understood(b"D", distance_bars)
GOTO_HORIZONTAL = Understood(b"MA", _goto_horizontal)
KEYS_STOP_THEIR_AXIS = (
    *(Understood(b"Q" + key, _stop_key(b"n", b"s")) for key in (b"n", b"s")),
    *(Understood(b"Q" + key, _stop_key(b"e", b"w")) for key in (b"e", b"w")),
)
MOTION = (
    Understood(b"MS", goto),
    Understood(b"CM", sync),
    Understood(b"Q", stop),
    *(Understood(b"Q" + key, _stop_key(key)) for key in KEYS),
    *(Understood(b"M" + key, press_key(key)) for key in KEYS),
)
