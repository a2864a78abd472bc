"""The commands of the Sky-Watcher motor controller: what each takes, what it refuses, what it does and answers.

Sky-Watcher Motor Controller Command Set: the tables of settings, inquiries and error codes. Numbers of 24 bits are six
upper case hexadecimal digits, low byte first. That it asks for `:F` before a mode, a target and a start, and that `:b2`
is answered as `:b1`, is not confirmed on hardware.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hardware_sim.motion import Fate
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND
from hardware_sim.skywatcher_board import Board
from hardware_sim.skywatcher_motor import Motor

UNKNOWN, LENGTH, RUNS, CHARACTER, NOT_INITIALISED, SLEEPS = "0", "1", "2", "3", "4", "5"
DIGITS = b"0123456789ABCDEF"
EITHER, ANY = b"12", b"123"
ASKS_FOR_FEATURES = 1
LAST_GUIDE_RATE = 4
GOTO_MODES, FAST_MODES = (0, 2), (0, 3)

Answer = bytes
Act = Callable[[Board, Motor, int], Answer | None]


class Refused(Exception):
    """Answered with `!` and this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Understood:
    """One command: its letter, the axes it is known for, how many digits it takes, and what it does with each motor.

    Those of 24 bits hand over the number, the shorter ones their digits read as they stand.
    """

    letter: bytes
    does: Act
    axes: bytes = EITHER
    digits: int = 0
    needs_standing: bool = False
    needs_initialised: bool = False
    is_stop: bool = False

    def check(self, motors: Sequence[Motor]) -> None:
        """All of its motors, before any of them does anything."""
        if self.needs_initialised and not all(motor.is_initialised for motor in motors):
            raise Refused(NOT_INITIALISED)
        if self.needs_standing and any(motor.is_running for motor in motors):
            raise Refused(RUNS)

    def read(self, data: bytes) -> int:
        if len(data) != self.digits:
            raise Refused(LENGTH)
        if any(digit not in DIGITS for digit in data):
            raise Refused(CHARACTER)
        if self.digits == 6:
            return int.from_bytes(bytes.fromhex(data.decode("ascii")), "little")
        return int(data or b"0", 16)


def low_byte_first(number: int) -> Answer:
    """24 bits as six digits."""
    return number.to_bytes(3, "little").hex().upper().encode("ascii")


def _tells(number: Callable[[Board, Motor], int]) -> Act:
    return lambda board, motor, _: low_byte_first(number(board, motor))


def _sets(name: str) -> Act:
    def take(board: Board, motor: Motor, value: int) -> None:
        setattr(motor, name, value)

    return take


def _version(board: Board, _: Motor, __: int) -> Answer:
    major, minor = board.model.firmware
    return b"%02X%02X%02X" % (major, minor, board.model.code)


def _status(board: Board, motor: Motor, _: int) -> Answer:
    mode = (not motor.is_goto) | motor.is_backward << 1 | motor.is_fast << 2
    runs = board.mount.as_told(motor.is_running) | motor.is_blocked << 1
    return b"%X%X%X" % (mode, runs, motor.is_initialised)


def _extended(board: Board, _: Motor, number: int) -> Answer:
    """The feature word; none of our models has a home indexer to tell of."""
    if board.model.features is None or number != ASKS_FOR_FEATURES:
        raise Refused(UNKNOWN)
    return low_byte_first(board.model.features)


def _extended_setting(board: Board, _: Motor, __: int) -> None:
    if board.model.features is None:
        raise Refused(UNKNOWN)


def _initialise(_: Board, motor: Motor, __: int) -> None:
    motor.is_initialised = True


def _set_mode(_: Board, motor: Motor, value: int) -> None:
    """Of the first digit the two lower bits, of the second the lowest: the rest is for refinements of boards."""
    mode, way = value >> 4 & 3, value & 1
    motor.set_mode(mode in GOTO_MODES, mode in FAST_MODES, bool(way))


def _set_period(_: Board, motor: Motor, value: int) -> None:
    """The running motor takes a new one, but not at high speed."""
    if motor.is_running and motor.is_fast:
        raise Refused(RUNS)
    motor.period = value


def _start(board: Board, motor: Motor, _: int) -> None:
    if motor.is_asleep:
        raise Refused(SLEEPS)
    if motor.is_goto and board.mount.is_busy():
        raise Refused(RUNS)
    motor.start(board.mount.fate_of_goto() if motor.is_goto else Fate.AS_ORDERED)


def _sleep(_: Board, motor: Motor, value: int) -> None:
    motor.is_asleep = value == 1


def _guide_rate(_: Board, __: Motor, value: int) -> None:
    if value > LAST_GUIDE_RATE:
        raise Refused(CHARACTER)


def _nothing_to_see(_: Board, __: Motor, ___: int) -> None:
    """A light, a camera's shutter: taken and without any part in this."""


def _sidereal_period(board: Board, motor: Motor) -> int:
    return round(board.model.timer_hertz * 360.0 / (motor.counts_per_turn * SIDEREAL_DEGREES_PER_SECOND))


_COMMANDS = (
    Understood(b"a", _tells(lambda _, motor: motor.counts_per_turn)),
    Understood(b"b", _tells(lambda board, _: board.model.timer_hertz)),
    Understood(b"c", _tells(lambda _, motor: motor.brake_steps)),
    Understood(b"d", _tells(lambda _, motor: motor.counter)),
    Understood(b"D", _tells(_sidereal_period)),
    Understood(b"e", _version),
    Understood(b"f", _status),
    Understood(b"g", lambda board, _, __: b"%02X" % board.model.fast_ratio),
    Understood(b"h", _tells(lambda _, motor: motor.target_counter)),
    Understood(b"i", _tells(lambda _, motor: motor.period)),
    Understood(b"j", _tells(lambda _, motor: motor.counter)),
    Understood(b"m", _tells(lambda _, motor: motor.brake_point)),
    Understood(b"q", _extended, digits=6),
    Understood(b"s", _tells(lambda board, _: board.model.worm_counts)),
    Understood(b"B", _sleep, ANY, digits=1, needs_standing=True),
    Understood(b"E", _sets("counter"), ANY, digits=6, needs_standing=True),
    Understood(b"F", _initialise, ANY),
    Understood(b"G", _set_mode, ANY, digits=2, needs_standing=True, needs_initialised=True),
    Understood(b"H", lambda _, motor, value: motor.aim_off(value), digits=6, needs_initialised=True),
    Understood(b"I", _set_period, ANY, digits=6),
    Understood(b"J", _start, ANY, needs_initialised=True),
    Understood(b"K", lambda _, motor, __: motor.stop(), ANY, is_stop=True),
    Understood(b"L", lambda _, motor, __: motor.stop_at_once(), ANY, is_stop=True),
    Understood(b"M", _sets("brake_point"), ANY, digits=6),
    Understood(b"O", _nothing_to_see, ANY, digits=1),
    Understood(b"P", _guide_rate, ANY, digits=1),
    Understood(b"S", lambda _, motor, value: motor.aim(value), ANY, 6, needs_standing=True, needs_initialised=True),
    Understood(b"T", _nothing_to_see, ANY, digits=6),
    Understood(b"U", _sets("brake_steps"), ANY, digits=6),
    Understood(b"V", _nothing_to_see, ANY, digits=2),
    Understood(b"W", _extended_setting, ANY, digits=6),
)
COMMANDS = {command.letter: command for command in _COMMANDS}
