"""Angles as the NexStar family writes and reads them: fractions of a turn in hexadecimal, two with a comma between.

Pure text. 16 bits, or 32 of which the low eight are always nothing when written. Readers give None for what is no pair
of hexadecimal numbers. NexStar Communication Protocol 1.2: Position and GOTO Commands.
"""

import re

FULL_TURN = 360.0
_PAIR = {
    4: re.compile(rb"([0-9A-Fa-f]{4}),([0-9A-Fa-f]{4})"),
    8: re.compile(rb"([0-9A-Fa-f]{8}),([0-9A-Fa-f]{8})"),
}


def pair_text(first_degrees: float, second_degrees: float, digits: int) -> bytes:
    """`HHHH,HHHH` or `HHHHHHHH,HHHHHHHH`."""
    written = sixteen_bits if digits == 4 else thirty_two_bits
    return b"%0*X,%0*X" % (digits, written(first_degrees), digits, written(second_degrees))


def sixteen_bits(degrees: float) -> int:
    return round(degrees / FULL_TURN * 2**16) % 2**16


def twenty_four_bits(degrees: float) -> int:
    """As the motor controllers count."""
    return round(degrees / FULL_TURN * 2**24) % 2**24


def thirty_two_bits(degrees: float) -> int:
    return twenty_four_bits(degrees) << 8


def read_pair(text: bytes) -> tuple[float, float] | None:
    """Two angles in degrees, 0 <= value < 360, from either width; read, the low byte counts."""
    digits = (len(text) - 1) // 2
    match = _PAIR[digits].fullmatch(text) if digits in _PAIR else None
    if match is None:
        return None
    turn = 16.0**digits
    return int(match[1], 16) / turn * FULL_TURN, int(match[2], 16) / turn * FULL_TURN
