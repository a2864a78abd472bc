"""What faults make of the bytes of one reply: pure functions, dice handed in.

Each takes the bytes of a whole reply and gives other bytes. They know how positions are written on the wire, and no
more of any dialect: minutes and seconds are the LX200's alone, a zero with a sign iOptron's too, and a hand control of
the NexStar language writes neither.
"""

import re
from random import Random

_DEGREE = rb"[*:\xdf]"
_MINUTES = rb"[0-5]\d(?:[':][0-5]\d(?:\.\d{1,3})?)?"
_NO_MINUTES = rb"00(?:[':]00(?:\.0{1,3})?)?"
HOURS = re.compile(rb"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,4})?|\.\d)#")
SIGNED = re.compile(rb"[+-](?:[0-8]\d" + _DEGREE + _MINUTES + rb"|90" + _DEGREE + _NO_MINUTES + rb")#")
TURN = re.compile(rb"[+-]?(?:[0-2]\d\d|3[0-5]\d)" + _DEGREE + _MINUTES + rb"#")
POSITIONS = (HOURS, SIGNED, TURN)
_LAST_FIELD = re.compile(rb"\d\d(?=(?:\.\d+)?#$)")
_ZERO_HOURS = re.compile(rb"^00(?=:00(?::00(?:\.0+)?|\.0)#$)")
_ZERO_DEGREES = re.compile(rb"^\+(?=00" + _DEGREE + _NO_MINUTES + rb"#$)")
_ZERO_HUNDREDTHS = re.compile(rb"^\+(?=0{8}\d{8,11}#$)")
_WORDS = re.compile(rb"[A-Za-z]{2}")
_HEXADECIMAL = re.compile(rb"[0-9A-F]+(?:,[0-9A-F]+)?#")

EIGHT_BIT = (b"\x00", b"\xff", b"\xdf", "°".encode(), "Ж".encode(), b"\r\n")
NAK = b"\x15"
ENDLESS_BYTES = 10_000
HOSTILE = b"<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\x1b[2J\x1b]0;owned\x07%s%n'; DROP TABLE events;--"


def with_sixty(reply: bytes) -> bytes:
    """The last field of a position, seconds or minutes, as 60."""
    return _LAST_FIELD.sub(b"60", reply) if _is_position(reply) else reply


def with_minus_zero(reply: bytes) -> bytes:
    """An angle of nothing with a minus before it; a right ascension of nothing as 24 h."""
    return _ZERO_HOURS.sub(b"24", _ZERO_HUNDREDTHS.sub(b"-", _ZERO_DEGREES.sub(b"-", reply)))


def with_flips(reply: bytes, rate: float, dice: Random) -> bytes:
    """Each digit may, with this chance, be another that differs in one bit; a position stays well-formed."""
    flipped = reply
    for at, byte in enumerate(reply):
        if not ord("0") <= byte <= ord("9") or dice.random() >= rate:
            continue
        flips = [flipped[:at] + bytes([byte ^ (1 << bit)]) + flipped[at + 1 :] for bit in range(4)]
        possible = [flip for flip in flips if chr(flip[at]).isdigit() and _is_as_well_formed(flip, reply)]
        flipped = dice.choice(possible) if possible else flipped
    return flipped


def with_noise(reply: bytes, rate: float, dice: Random) -> bytes:
    """Each byte may, with this chance, have a bit flipped, be lost, or be preceded by a random one."""
    spoiled = bytearray()
    for byte in reply:
        if dice.random() >= rate:
            spoiled.append(byte)
            continue
        kind = dice.randrange(3)
        if kind == 0:
            spoiled.append(byte ^ (1 << dice.randrange(8)))
        elif kind == 1:
            spoiled += bytes([dice.randrange(256), byte])
    return bytes(spoiled)


def with_noise_around(reply: bytes, rate: float, dice: Random) -> bytes:
    """Before, inside and behind it there may, each with this chance, stand one to four random bytes."""
    inside = dice.randrange(1, len(reply)) if len(reply) > 1 else len(reply)
    noises = [dice.randbytes(dice.randint(1, 4)) if dice.random() < rate else b"" for _ in range(3)]
    return noises[0] + reply[:inside] + noises[1] + reply[inside:] + noises[2]


def with_eight_bit(reply: bytes, dice: Random) -> bytes:
    """One to three of NUL, 0xFF, a degree sign in two alphabets, a Cyrillic letter and CR LF somewhere in it."""
    for _ in range(dice.randint(1, 3)):
        at = dice.randint(0, len(reply))
        reply = reply[:at] + dice.choice(EIGHT_BIT) + reply[at:]
    return reply


def with_hostile_words(reply: bytes) -> bytes:
    """A text, a name or the reason of a refusal, as somebody who wishes the reader ill would write it."""
    if not _WORDS.search(reply) or _HEXADECIMAL.fullmatch(reply):
        return reply
    return (reply[:1] if reply[:1].isdigit() else b"") + HOSTILE + b"#"


def endless(dice: Random) -> bytes:
    """So many digits, and never an end."""
    return bytes(dice.choice(b"0123456789") for _ in range(ENDLESS_BYTES))


def _is_position(reply: bytes) -> bool:
    return any(form.fullmatch(reply) for form in POSITIONS)


def _is_as_well_formed(reply: bytes, before: bytes) -> bool:
    forms = [form for form in POSITIONS if form.fullmatch(before)]
    return not forms or any(form.fullmatch(reply) for form in forms)
