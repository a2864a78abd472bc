"""The letters common to NexStar and SynScan hand controls: what to send, when the answer is whole, what it means.

Source: NexStar Communication Protocol 1.2, SynScan Serial Communication Protocol 3.3. No frame, no model, no order is
decided here. Rules that must stay true:
* an answer with binary data is told by its length, never by `#`, which may be data (35 = 0x23);
* an angle is a fraction of a turn: below zero it wraps round, it is never written with a sign.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from scope.command import Command, Framing, exactly, garbled, one_byte, until_hash
from scope.errors import MountRefused

LOOK_SECONDS, ACT_SECONDS = 1.0, 3.5
"""The manual warns of 3.5 s at worst; a place that is told so late is no place any more, and better asked for anew."""
TURN = {4: 1 << 16, 8: 1 << 32}
"""By the number of hexadecimal digits; of 32 bits the mount uses the upper 24 (0.08″)."""
ANGLES = re.compile(rb"(?:([0-9A-Fa-f]{4}),([0-9A-Fa-f]{4})|([0-9A-Fa-f]{8}),([0-9A-Fa-f]{8}))#")
YES_OR_NO = {b"\x00": False, b"0": False, b"\x01": True, b"1": True}
"""`J` answers in binary, `L` in ASCII; the printed tables of some models have either the other way round."""


class Axis(IntEnum):
    """A motor board's number on the AUX bus: azimuth or right ascension, altitude or declination."""

    AZIMUTH = 0x10
    ALTITUDE = 0x11


@dataclass(frozen=True, slots=True)
class Angles:
    """Two angles in degrees as the wire has them, each in [0, 360)."""

    first: float
    second: float

    @property
    def dec_degrees(self) -> float:
        """Between 90 and 270 a German mount's axis stands beyond the pole."""
        second = self.second
        if 90.0 < second < 270.0:
            return 180.0 - second
        return second - 360.0 if second >= 270.0 else second


def read_angles(answer: bytes) -> Angles:
    """`HHHH,HHHH#` or `HHHHHHHH,HHHHHHHH#`."""
    found = ANGLES.fullmatch(answer)
    if not found:
        raise garbled("two fractions of a turn", answer)
    first, second = (word for word in found.groups() if word is not None)
    turn = TURN[len(first)]
    return Angles(int(first, 16) * 360.0 / turn, int(second, 16) * 360.0 / turn)


def write_angles(letter: str, first_degrees: float, second_degrees: float, digits: int = 8) -> bytes:
    """Rounded once, at the last bit that is sent."""
    turn = TURN[digits]
    words = (round(degrees * turn / 360.0) % turn for degrees in (first_degrees, second_degrees))
    return (letter + ",".join(f"{word:0{digits}X}" for word in words)).encode()


def _data(length: int, what: str) -> tuple[Framing, Callable[[bytes], bytes]]:
    """So many bytes of data, and `#`."""

    def means(answer: bytes) -> bytes:
        if len(answer) != length + 1 or not answer.endswith(b"#"):
            raise garbled(what, answer)
        return answer[:length]

    return exactly(length + 1), means


def data(sends: bytes, length: int, what: str, within_seconds: float = LOOK_SECONDS) -> Command[bytes]:
    """A question answered by binary data of this length."""
    whole, means = _data(length, what)
    return Command(sends, whole, means, within_seconds)


def number(sends: bytes, what: str, within_seconds: float = LOOK_SECONDS) -> Command[int]:
    """A question answered by one binary number."""
    whole, means = _data(1, what)
    return Command(sends, whole, lambda answer: means(answer)[0], within_seconds)


def _yes_or_no(sends: bytes, what: str) -> Command[bool]:
    whole, means = _data(1, what)

    def read(answer: bytes) -> bool:
        known = YES_OR_NO.get(means(answer))
        if known is None:
            raise garbled(what, answer)
        return known

    return Command(sends, whole, read, LOOK_SECONDS)


def done(sends: bytes) -> Command[None]:
    """`#` says that it was heard, not that it is done."""

    def means(answer: bytes) -> None:
        if answer != b"#":
            raise garbled("#", answer)

    return Command(sends, one_byte, means, ACT_SECONDS)


def _mode_whole(buffer: bytes) -> int | None:
    """A StarSense may add bytes behind the mode, which itself is never `#`."""
    at = buffer.find(b"#", 1)
    return None if at < 0 else at + 1


def _read_mode(answer: bytes) -> int:
    if len(answer) < 2 or not answer.endswith(b"#") or answer[0] > LAST_MODE:
        raise garbled("a tracking mode", answer)
    return answer[0]


def _read_side(answer: bytes) -> str:
    if answer not in (b"E#", b"W#"):
        raise garbled("E or W", answer)
    return answer[:1].decode()


def _read_echo(answer: bytes) -> None:
    if answer != b"G#":
        raise garbled("G#", answer)


# --- by pass-through to the motor boards ----------------------------------------------------------------------------

POSITIVE, NEGATIVE, POSITIVE_GUIDE, NEGATIVE_GUIDE = 0x24, 0x25, 0x06, 0x07


def _passed_whole(buffer: bytes) -> int | None:
    """`#`, or one byte before it where the board did not answer."""
    return 1 if buffer[:1] == b"#" else exactly(2)(buffer)


def _passed(answer: bytes) -> None:
    if answer == b"#":
        return
    if len(answer) != 2 or not answer.endswith(b"#"):
        raise garbled("# alone, or behind one byte", answer)
    raise MountRefused("a motor board does not answer the hand control", code="motor_board_silent", words=repr(answer))


def _pass(board: Axis, order: int, *values: int) -> bytes:
    """Eight bytes always: `P`, how many count, to whom, what, three values, how many bytes come back."""
    return bytes((ord("P"), 1 + len(values), board, order, *values, *(0,) * (3 - len(values)), 0))


def turn(axis: Axis, positive: bool, rate: int) -> Command[None]:
    """A fixed rate, 1…9, on top of tracking; 0 rests."""
    sends = _pass(axis, POSITIVE if positive else NEGATIVE, rate)
    return Command(sends, _passed_whole, _passed, ACT_SECONDS)


def follow(rate: int, south: bool) -> Command[None]:
    """What the polar axis follows: FFFF the stars, FFFE the Sun, FFFD the Moon."""
    sends = _pass(Axis.AZIMUTH, NEGATIVE_GUIDE if south else POSITIVE_GUIDE, rate >> 8, rate & 0xFF)
    return Command(sends, _passed_whole, _passed, ACT_SECONDS)


def rest(axis: Axis) -> Command[None]:
    return turn(axis, True, 0)


def _third_hash(buffer: bytes) -> int | None:
    """Each of the three answers ends in `#`; a board that is silent puts one byte before its own."""
    at = -1
    for _ in range(3):
        at = buffer.find(b"#", at + 1)
        if at < 0:
            return None
    return at + 1


CANCEL = b"M"
HALT = Command(rest(Axis.AZIMUTH).sends + rest(Axis.ALTITUDE).sends + CANCEL, _third_hash, lambda _: None, ACT_SECONDS)
"""`M` ends a goto and leaves what a hand has set going; rate 0 does the reverse."""

# --- questions and orders ---------------------------------------------------------------------------------------------

LAST_MODE = 4
ECHO = Command(b"KG", exactly(2), _read_echo, LOOK_SECONDS, landmark=True)
"""Not the usual `Kx`: a line that loses the K would leave an x, which puts the mount to sleep; G is no command."""
PLACE = Command(b"e", until_hash, read_angles, LOOK_SECONDS, landmark=True)
COARSE_PLACE = Command(b"E", until_hash, read_angles, LOOK_SECONDS, landmark=True)
AXES = Command(b"z", until_hash, read_angles, LOOK_SECONDS)
GOING = _yes_or_no(b"L", "0 or 1")
ALIGNED = _yes_or_no(b"J", "aligned or not")
MODEL = number(b"m", "a model number")
MODE = Command(b"t", _mode_whole, _read_mode, LOOK_SECONDS)
SIDE = Command(b"p", exactly(2), _read_side, LOOK_SECONDS)


def goto(first_degrees: float, second_degrees: float) -> Command[None]:
    """To a right ascension (in degrees) and declination."""
    return done(write_angles("r", first_degrees, second_degrees))


def goto_coarsely(first_degrees: float, second_degrees: float) -> Command[None]:
    return done(write_angles("R", first_degrees, second_degrees, digits=4))


def goto_axes(azimuth_degrees: float, altitude_degrees: float) -> Command[None]:
    """On an alt-azimuth mount horizon coordinates; on others where the motors stand, which is another thing."""
    return done(write_angles("b", azimuth_degrees, altitude_degrees))


def sync(first_degrees: float, second_degrees: float) -> Command[None]:
    return done(write_angles("s", first_degrees, second_degrees))


def track(mode: int) -> Command[None]:
    return done(b"T" + bytes((mode,)))
