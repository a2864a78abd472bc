"""Losmandy's Gemini, level 5: the LX200 language, and a native one with checksums beside it.

Written from the Gemini's serial interface descriptions, levels 4 and 5. `<id:` asks and `>id:value` sets; both end with
a checksum byte before the `#`: the exclusive or of all that stands before it, without its top bit, plus 64. After
power-on it waits to be told how to start. None of it is confirmed on hardware.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from operator import xor

from hardware_sim.lx200_clock import CLOCK, SITE, sets_date, sites, tells_longitude, updating
from hardware_sim.lx200_formats import MEADE_LOW, Writing, offset_in_hours, writings
from hardware_sim.lx200_hand_control import HandControl, Rest
from hardware_sim.lx200_model import NO, YES, Answer, Model, PowerOn, Refusal, Speed, Understood, says, table
from hardware_sim.lx200_motion import GOTO_HORIZONTAL, MOTION, PULSE, speeds, tells_side
from hardware_sim.lx200_position import POSITION, PRODUCT, TARGET, TOGGLE_PRECISION, sidereal_hours
from hardware_sim.lx200_tracking import go_to_rest, track, track_at, wake_up
from hardware_sim.motion import Motion, TrackingRate
from hardware_sim.reply import SILENCE, Replies, say
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND

COLD_START_SECONDS = 2.0  # not confirmed on hardware
GUIDING_SIDEREALS = 1.0  # a key that goes no faster only guides
NO_OBJECT, USUAL_OBJECT = b"No object!#", b"PC Object"
OBJECT_NAME = b"ON"
REFUSES = {
    Refusal.PARKED: b"7Rejected - Mount is parked!#",
    Refusal.BUSY: b"3Manual Control.#",
    Refusal.NO_OBJECT: b"2No object selected.#",
    Refusal.NOT_ALIGNED: b"5Not aligned.#",
    Refusal.BELOW_HORIZON: b"1Object below horizon.#",
    Refusal.ABOVE_LIMIT: b"6Outside Limits.#",
    Refusal.OUT_OF_REACH: b"4Position unreachable.#",
}
REFUSES_SYNC = dict.fromkeys((Refusal.PARKED, Refusal.NO_OBJECT, Refusal.NOT_ALIGNED), NO_OBJECT)
SPEEDS: dict[bytes, Speed | None] = {
    b"G": None,
    b"C": Speed(sidereals=20.0),
    b"M": Speed(sidereals=20.0),
    b"S": Speed(part_of_slew_rate=1.0),
}
_NATIVE = re.compile(rb"([<>])(\d+):(.*)", re.DOTALL)


def checksum(text: bytes) -> bytes:
    return bytes([reduce(xor, text, 0) % 128 + 64])


def _native(control: HandControl, rest: bytes, kind: bytes) -> Replies:
    """A wrong checksum is passed over; so is the setting of what is not there."""
    whole, given = kind + rest[:-1], rest[-1:]
    match = _NATIVE.fullmatch(whole)
    if match is None or checksum(whole) != given:
        return SILENCE
    number, value = int(match[2]), match[3]
    if kind == b"<":
        asked = ASKED.get(number)
        return say(b"#") if asked is None else say(asked(control) + checksum(asked(control)) + b"#")
    obeyed = OBEYED.get(number)
    return SILENCE if obeyed is None else obeyed(control, value)


def _rate_number(control: HandControl) -> bytes:
    return {TrackingRate.SIDEREAL: b"131", TrackingRate.LUNAR: b"133", TrackingRate.SOLAR: b"134"}[
        control.mount.tracking_rate
    ]


def _state_bits(control: HandControl) -> bytes:
    """Aligned, an object selected, a goto under way."""
    return b"%d" % (bool(control.aligned_stars) + 4 * control.has_target + 8 * control.is_going)


def _kept(number: int) -> Callable[[HandControl], bytes]:
    return lambda control: control.kept[b"%d" % number]


def _keep(number: int, of: tuple[float, float]) -> Answer:
    """A number within its bounds; another one is passed over."""

    def keep(control: HandControl, value: bytes) -> Replies:
        if re.fullmatch(rb" *\d+(\.\d+)?", value) and of[0] <= float(value) <= of[1]:
            control.kept[b"%d" % number] = value.strip()
            if number == GUIDING_SPEED:
                control.guide_rate_sidereals = float(value)
        return SILENCE

    return keep


GUIDING_SPEED = 150
BOUNDS = {120: (20, 2000), 140: (20, 2000), 145: (20, 2000), 150: (0.2, 0.8), 151: (0.2, 0.8), 152: (0.2, 0.8)}
BOUNDS |= {170: (1, 255), 229: (0, 3), 401: (0, 3), 508: (0, 1)}
AT_FIRST = {
    0: b"2",  # a G-11
    21: b"-360",
    22: b"-360",
    27: b"6400",
    28: b"6400",
    120: b"800",
    140: b"800",
    145: b"20",
    150: b"0.5",
    151: b"0.5",
    152: b"0.5",
    170: b"20",
    229: b"0",
    401: b"0",
    501: b"1234",
    502: b"0.5",
    503: b"6400",
    508: b"0",
    509: b"0",
}
ASKED: dict[int, Callable[[HandControl], bytes]] = {
    **{number: _kept(number) for number in AT_FIRST},
    99: _state_bits,
    130: _rate_number,
    190: lambda control: b"192" if control.mount.tracking else b"191",
}
OBEYED: dict[int, Answer] = {
    **{number: _keep(number, bounds) for number, bounds in BOUNDS.items()},
    131: track_at(TrackingRate.SIDEREAL),
    133: track_at(TrackingRate.LUNAR),
    134: track_at(TrackingRate.SOLAR),
    191: track(on=False),
    192: track(on=True),
}


def _velocity(control: HandControl, _: bytes) -> Replies:
    """Of the faster axis: slewing, centring, guiding, tracking or none; one letter, and no `#`."""
    mount = control.mount
    if mount.says_it_goes() or mount.is_slewing():
        return say(b"S" if mount.says_it_goes() or _hand_sidereals(control) > CENTRING_SIDEREALS else b"C")
    if mount.motion is Motion.BY_HAND and _hand_sidereals(control) > 0.0:
        return say(b"C" if _hand_sidereals(control) > GUIDING_SIDEREALS else b"G")
    return say(b"T" if mount.tracking else b"N")


CENTRING_SIDEREALS = 255.0  # no centring is faster


def _hand_sidereals(control: HandControl) -> float:
    return max(map(abs, control.mount.pressed_rates())) / SIDEREAL_DEGREES_PER_SECOND


def _rest_state(control: HandControl, _: bytes) -> Replies:
    """`:h?#`: parked, on the way there, or neither."""
    if control.is_parking:
        return say(b"1" if control.is_parked else b"2")
    return NO


def _precision(control: HandControl, _: bytes) -> Replies:
    """`:P#` tells, and changes nothing."""
    return say(b"HIGH PRECISION" if control.high_precision else b"LOW  PRECISION")


def _name_object(control: HandControl, argument: bytes) -> Replies:
    control.kept[OBJECT_NAME] = argument or USUAL_OBJECT
    return SILENCE


def _sync_answer(control: HandControl, argument: bytes) -> Replies:
    """The object's name."""
    replies = SYNC.answer(control, argument)
    return replies if replies == say(NO_OBJECT) else say(control.kept[OBJECT_NAME] + b"#")


def _first_alignment(control: HandControl, argument: bytes) -> Replies:
    if not control.has_target or control.is_parking:
        return say(NO_OBJECT)
    control.aligned_stars = max(1, control.aligned_stars)
    return _sync_answer(control, argument)


def _hour_angle(control: HandControl, _: bytes) -> Replies:
    hours = (sidereal_hours(control) - control.mount.pointing().ra_degrees / 15.0 + 12.0) % 24.0 - 12.0
    return say((b"-" if hours < 0 else b"") + control.writings.high.hours(abs(hours)) + b"#")


def _start(keeps_alignment: bool, seconds: float) -> Answer:
    """`bC#`, `bW#`, `bR#`: heard only by one that waits for it."""

    def start(control: HandControl, _: bytes) -> Replies:
        if control.waits_for_start and control.t >= control.starting_until:
            control.waits_for_start = False
            control.starting_until = control.t + seconds
            control.aligned_stars = 1 if keeps_alignment else 0
            control.mount.track(True)
        return SILENCE

    return start


def _mounting(control: HandControl) -> bytes:
    if control.t < control.starting_until:
        return b"B#" if control.waits_for_start else b"S#"
    if control.waits_for_start:
        return b"b#"
    return b"G#" if control.mount.belief.geometry.polar else b"A#"


SYNC = next(row for row in MOTION if row.letters == b"CM")
HIGH = Writing(b":", b":", offset=offset_in_hours)
COMMANDS = table(
    *(POSITION, PRODUCT, TARGET, MOTION, CLOCK, SITE, sites(first=0), speeds(SPEEDS)),
    (
        *(TOGGLE_PRECISION, GOTO_HORIZONTAL, PULSE),
        Understood(b"<", lambda control, rest: _native(control, rest, b"<"), takes_argument=True),
        Understood(b">", lambda control, rest: _native(control, rest, b">"), takes_argument=True),
        Understood(b"bC", _start(keeps_alignment=False, seconds=COLD_START_SECONDS)),
        Understood(b"bW", _start(keeps_alignment=True, seconds=0.0)),
        Understood(b"bR", _start(keeps_alignment=True, seconds=0.0)),
        Understood(b"CM", _sync_answer),
        Understood(b"Cm", _sync_answer),
        Understood(b"CI", _first_alignment),
        Understood(b"CE", lambda control, echo: say(echo[:1] + b"#"), takes_argument=True),
        Understood(OBJECT_NAME, _name_object, takes_argument=True),
        Understood(b"GV", lambda control, _: say(control.model.firmware.replace(".", "").encode() + b"#")),
        Understood(b"GH", _hour_angle),
        Understood(b"Gv", _velocity),
        Understood(b"Gm", tells_side(east=b"E", west=b"W")),
        Understood(b"Gc", says(b"24#")),
        Understood(b"Gg", tells_longitude(signed=True)),
        Understood(b"h?", _rest_state),
        *(Understood(letters, go_to_rest(Rest.PARK)) for letters in (b"hP", b"hC", b"hZ")),
        Understood(b"hN", track(on=False)),
        Understood(b"hW", wake_up),
        Understood(b"P", _precision),
        *(Understood(b"p%d" % number, lambda control, _: SILENCE) for number in range(4)),
        Understood(b"SC", sets_date(updating(b"1Updating planetary data#", b" " * 24 + b"#")), takes_argument=True),
        Understood(b"Sw", lambda control, _: YES, takes_argument=True),
    ),
)

GEMINI = Model(
    name="gemini",
    geometry="german",
    commands=COMMANDS,
    mounting=_mounting,
    writings=writings(replace(MEADE_LOW, offset=offset_in_hours), HIGH),
    refuses=REFUSES,
    sync_answer=USUAL_OBJECT + b"#",
    refuses_sync=REFUSES_SYNC,
    product="Losmandy Gemini",
    firmware="5.21",
    firmware_date="Oct 07 2012",  # not confirmed on hardware
    firmware_time="12:00:00",
    starts=b":<>b",
    power_on=PowerOn(high_precision=True, keeps_clock=True, keeps_site=True, asks_how_to_start=True),
    guide_rate_sidereals=0.5,
    key_speed=Speed(sidereals=20.0),
    goto_starts_tracking=True,
    kept={OBJECT_NAME: USUAL_OBJECT, **{b"%d" % number: value for number, value in AT_FIRST.items()}},
)
