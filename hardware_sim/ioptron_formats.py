"""Numbers as the iOptron family writes and reads them: digits only, of a fixed width, with zeroes before them.

Pure text. Angles are hundredths of an arcsecond, or whole arcseconds, or milliseconds of time. Readers give None for
what is too long, too short, or beyond the largest.
"""

HUNDREDTHS_PER_DEGREE = 360_000
ARCSECONDS_PER_DEGREE = 3600
MILLISECONDS_PER_DEGREE = 240_000
FULL_TURN = 360
QUARTER_TURN = 90


def signed_text(degrees: float, units_per_degree: int, width: int) -> bytes:
    """`sDDDD`: the sign belongs to what is left after rounding."""
    return b"%+0*d" % (width + 1, round(degrees * units_per_degree))


def turn_text(degrees: float, units_per_degree: int, width: int) -> bytes:
    """`DDDD` within one turn."""
    return b"%0*d" % (width, round(degrees * units_per_degree) % (FULL_TURN * units_per_degree))


def read_whole(text: bytes, width: int, largest: int) -> int | None:
    """Digits without a sign."""
    if len(text) != width or not text.isdigit() or int(text) > largest:
        return None
    return int(text)


def read_signed(text: bytes, width: int, largest: int) -> int | None:
    """A sign, which must be there, and digits."""
    whole = read_whole(text[1:], width, largest) if text[:1] in (b"+", b"-") else None
    if whole is None:
        return None
    return -whole if text[:1] == b"-" else whole


def read_signed_degrees(text: bytes, width: int, units_per_degree: int, largest_degrees: int) -> float | None:
    whole = read_signed(text, width, largest_degrees * units_per_degree)
    return None if whole is None else whole / units_per_degree


def read_turn_degrees(text: bytes, width: int, units_per_degree: int) -> float | None:
    whole = read_whole(text, width, FULL_TURN * units_per_degree)
    return None if whole is None else whole / units_per_degree
