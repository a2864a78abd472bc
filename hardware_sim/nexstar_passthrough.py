"""`P`: commands that the hand control passes through to the motors and to what else hangs on the same bus.

Eight bytes always: `P`, how many of the next count, to whom, the command, three arguments, how many bytes are to come
back. A device that is not there, or does not know the command, shows in one byte too many before the closing hash.
NexStar Communication Protocol 1.2: Slewing Commands, Get Device Version, Pass-through Commands with No Response.
"""

from collections.abc import Callable, Mapping

from hardware_sim.motion import TrackingRate
from hardware_sim.nexstar_angles import twenty_four_bits
from hardware_sim.nexstar_hand_control import DONE, HandControl, Understood
from hardware_sim.reply import Replies, Reply, say
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND

MOTORS = {0x10: 0, 0x11: 1}
GPS = 0xB0
VERSION = 0xFE
IS_LINKED = 0x37
# The hand control asks a silent device several times over. Not measured on hardware; the makers say up to 3.5 s.
PATIENCE_SECONDS = 0.1
QUARTER_ARCSECONDS_PER_DEGREE = 4 * 3600.0
NAMED_RATES = {
    b"\xff\xff": TrackingRate.SIDEREAL,
    b"\xff\xfe": TrackingRate.SOLAR,
    b"\xff\xfd": TrackingRate.LUNAR,
}
PARTS_PER_SIDEREAL = 256.0
PERCENT = 100.0
AT_REST = 0.0

Motor = Callable[[HandControl, int, bytes], bytes | None]


def _position(control: HandControl, axis: int, _: bytes) -> bytes:
    axes = control.motor_angles()
    return twenty_four_bits((axes.first, axes.second)[axis]).to_bytes(3, "big")


def _turn(control: HandControl, axis: int, rate: float, seconds: float | None = None) -> None:
    if rate == AT_REST:
        control.mount.rest(axis)
    elif not control.is_hibernating:
        control.mount.turn(axis, rate * control.motor_way(axis), seconds)


def _at_fixed_rate(way: float) -> Motor:
    def turn(control: HandControl, axis: int, given: bytes) -> bytes | None:
        if not given or given[0] > len(control.model.fixed_rates):
            return None
        _turn(control, axis, way * control.model.fixed_rates[given[0] - 1] if given[0] else AT_REST)
        return b""

    return turn


def _at_variable_rate(way: float) -> Motor:
    """Three numbers name the sky's own rate; others are added to it, which is not confirmed on hardware."""

    def turn(control: HandControl, axis: int, given: bytes) -> bytes | None:
        if len(given) < 2:
            return None
        named = NAMED_RATES.get(given[:2])
        if named is not None:
            _follow_at(control, axis, named, way)
        else:
            _turn(control, axis, way * int.from_bytes(given[:2], "big") / QUARTER_ARCSECONDS_PER_DEGREE)
        return b""

    return turn


def _follow_at(control: HandControl, axis: int, rate: TrackingRate, way: float) -> None:
    """A sky that turns the other way than the motor is left behind at twice its rate."""
    control.mount.tracking_rate = rate
    if axis == 0 and way != control.motor_way(axis):
        control.mount.turn(axis, -2.0 * rate.value)


def _is_there(control: HandControl, _: int, __: bytes) -> bytes:
    return b"\x00" if control.mount.says_it_goes() else b"\xff"


def _guide(control: HandControl, axis: int, given: bytes) -> bytes | None:
    """A percentage of the sidereal rate, with its sign, for so many hundredths of a second."""
    if len(given) < 2:
        return None
    percent, seconds = given[0] - 256 if given[0] > 127 else given[0], given[1] / 100.0
    control.guiding_until[axis] = control.now + seconds
    if percent:
        _turn(control, axis, percent / PERCENT * SIDEREAL_DEGREES_PER_SECOND, seconds)
    return b""


def _is_guiding(control: HandControl, axis: int, _: bytes) -> bytes:
    return bytes([control.guiding_until[axis] > control.now])


def _guide_rate(control: HandControl, axis: int, _: bytes) -> bytes:
    return bytes([control.guide_rates[axis]])


def _set_guide_rate(control: HandControl, axis: int, given: bytes) -> bytes | None:
    if not given:
        return None
    control.guide_rates[axis] = given[0]
    return b""


def _motor_version(control: HandControl, _: int, __: bytes) -> bytes:
    return bytes(control.model.motor_version)


MOTOR_COMMANDS: Mapping[int, Motor] = {
    0x01: _position,
    0x06: _at_variable_rate(1.0),
    0x07: _at_variable_rate(-1.0),
    0x13: _is_there,
    0x24: _at_fixed_rate(1.0),
    0x25: _at_fixed_rate(-1.0),
    0x26: _guide,
    0x27: _is_guiding,
    0x46: _set_guide_rate,
    0x47: _guide_rate,
    VERSION: _motor_version,
}
# What Sky-Watcher's motors do not have: they only understand Celestron's slews, in the hand control's translation.
SLEWS_ONLY = frozenset((0x06, 0x07, 0x24, 0x25, VERSION))


def _from_gps(control: HandControl, command: int) -> bytes | None:
    if not control.model.has_gps:
        return None
    return {VERSION: b"\x01\x06", IS_LINKED: b"\x01"}.get(command)


def _passed_on(control: HandControl, told: bytes) -> bytes | None:
    """What the device says; None when nothing comes back."""
    counted, device, command = told[0], told[1], told[2]
    if not 1 <= counted <= 4:
        return None
    if device == GPS:
        return _from_gps(control, command)
    if (
        device not in MOTORS
        or device == control.deaf_motor
        or (control.model.speaks_j2000 and command not in SLEWS_ONLY)
    ):
        return None
    motor = MOTOR_COMMANDS.get(command)
    return None if motor is None else motor(control, MOTORS[device], told[3 : 2 + counted])


def _pass_through(control: HandControl, told: bytes) -> Replies:
    wanted = told[6]
    came = _passed_on(control, told)
    if came is None or len(came) != wanted:
        return (Reply(bytes(wanted + 1) + b"#", after_seconds=PATIENCE_SECONDS),)
    return say(came + b"#") if came else DONE


COMMANDS = (Understood(b"P", 7, _pass_through),)
