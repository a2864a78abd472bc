"""The Sky-Watcher motor controller as a table of bytes, and what its counts mean on the sky.

Words of `given`, all optional: `model` (eq6: 9 024 000 counts a turn, timer 64 935 Hz, ratio 16, firmware 2.03),
`counts` (what the two axes' counters show), `initialised` (True: both axes have been told `:F`), `before` (bytes that
it was sent earlier, answers thrown away), `heard_only` (no state of the simulated mount is asked for: the answer is for
the driver alone). With a question that sets something, `value` is what the sent bytes carry, after the axis.

Meanings: numbers as int, the version as (firmware, mount code), the status as the set of what is on, consent as True, a
refusal as its number in text. Two answers without one consent are no answer. Nothing here has been seen on hardware of
ours yet; what was seen passing between other people's programs says so in its source.
"""

from typing import NamedTuple

from tests.manuals import Row

MANUAL = "Sky-Watcher Motor Controller Command Set, "
ASK = MANUAL + "inquiries"
SET = MANUAL + "settings"
MOVE = MANUAL + "motion"
STATUS = MANUAL + "inquire status"
ERRORS = MANUAL + "error codes"
WIRE = "passed between INDI's eqmod driver and an emulator"
OLD = "INDI's eqmod driver: older mounts do not know it, which is normal"
SIX_DIGITS = "the emulator of INDI's eqmod driver, against the manual"
ECHO = "mounts with DC motors echo, since one wire carries both directions"

EQ6_TURN = 9_024_000
ZERO = 0x800000
HOME = 0x800000 + EQ6_TURN // 4
READY = b":F1\r:F2\r"


def _row(sent: bytes, answered: bytes, meaning: object, manual: str, **given: object) -> Row:
    return Row(sent, answered, meaning, manual, seen_on_hardware=False, given=given)


IDENTITY = [
    _row(b":e1\r", b"=020300\r", ("2.03", 0x00), WIRE),
    _row(b":e1\r", b"=020300\r", ("2.03", 0x00), ASK, initialised=False),
    _row(b":e1\r", b"=032DA5\r", ("3.45", 0xA5), WIRE, heard_only=True),
    _row(b":e1\r", b"=0316F0\r", ("3.22", 0xF0), ASK, heard_only=True),
    _row(b":a1\r", b"=00B289\r", EQ6_TURN, WIRE),
    _row(b":a2\r", b"=00B289\r", EQ6_TURN, WIRE),
    _row(b":a1\r", b"=00A41F\r", 2_073_600, ASK, heard_only=True),
    _row(b":b1\r", b"=A7FD00\r", 64_935, WIRE),
    _row(b":b2\r", b"=A7FD00\r", 64_935, WIRE),
    _row(b":g1\r", b"=10\r", 16, WIRE),
    _row(b":g2\r", b"=10\r", 16, WIRE),
    _row(b":g1\r", b"=100000\r", 16, SIX_DIGITS, heard_only=True),
    _row(b":q1010000\r", b"=000000\r", 0, ASK, heard_only=True),
    _row(b":q1010000\r", b"=0B7000\r", 0x700B, ASK, heard_only=True),
    _row(b":q1010000\r", b"!0\r", "0", OLD, heard_only=True),
    _row(b":e1\r", b":e1\r=020300\r", ("2.03", 0x00), ECHO, heard_only=True),
]

COUNTERS = [
    _row(b":j1\r", b"=000080\r", ZERO, ASK, counts=(ZERO, ZERO), initialised=False),
    _row(b":j2\r", b"=000080\r", ZERO, ASK, counts=(ZERO, ZERO), initialised=False),
    _row(b":j2\r", b"=806CA2\r", HOME, WIRE, before=READY + b":E2806CA2\r"),
    _row(b":j1\r", b"=563412\r", 0x123456, ASK, before=READY + b":E1563412\r"),
    _row(b":j1\r", b"=000000\r", 0, ASK, before=READY + b":E1000000\r"),
    _row(b":j1\r", b"=FFFFFF\r", 0xFFFFFF, ASK, before=READY + b":E1FFFFFF\r"),
    _row(b":j1\r", b"=FFFF7F\r", ZERO - 1, ASK, before=READY + b":E1FFFF7F\r"),
    _row(b":j2\r", b"=010080\r", ZERO + 1, ASK, before=READY + b":E2010080\r"),
    _row(b":i1\r", b"=6C0200\r", 620, ASK, before=READY + b":G110\r:I16C0200\r"),
]

STATES = [
    _row(b":f1\r", b"=100\r", {"slew"}, STATUS, heard_only=True),
    _row(b":f1\r", b"=101\r", {"slew", "initialised"}, STATUS, heard_only=True),
    _row(b":f1\r", b"=001\r", {"initialised"}, STATUS, heard_only=True),
    _row(b":f1\r", b"=121\r", {"slew", "blocked", "initialised"}, STATUS, heard_only=True),
    _row(b":f1\r", b"=111\r", {"slew", "running", "initialised"}, STATUS, before=READY + b":G110\r:I16C0200\r:J1\r"),
    _row(
        b":f1\r",
        b"=311\r",
        {"slew", "backward", "running", "initialised"},
        STATUS,
        before=READY + b":G111\r:I16C0200\r:J1\r",
    ),
    _row(
        b":f2\r",
        b"=511\r",
        {"slew", "fast", "running", "initialised"},
        STATUS,
        before=READY + b":G230\r:I20D0000\r:J2\r",
    ),
    _row(
        b":f2\r",
        b"=711\r",
        {"slew", "backward", "fast", "running", "initialised"},
        STATUS,
        before=READY + b":G231\r:I20D0000\r:J2\r",
    ),
    _row(
        b":f1\r",
        b"=411\r",
        {"fast", "running", "initialised"},
        STATUS,
        before=READY + b":G100\r:H1C82A27\r:M1800C00\r:J1\r",
    ),
    _row(
        b":f2\r",
        b"=211\r",
        {"backward", "running", "initialised"},
        STATUS,
        before=READY + b":G221\r:H2100000\r:M2010000\r:J2\r",
    ),
]

SETTINGS = [
    _row(b":F1\r", b"=\r", True, SET, initialised=False),
    _row(b":F2\r", b"=\r", True, SET, initialised=False),
    _row(b":E2806CA2\r", b"=\r", True, WIRE, value=HOME),
    _row(b":E1000080\r", b"=\r", True, SET, value=ZERO),
    _row(b":E1FFFFFF\r", b"=\r", True, SET, value=0xFFFFFF),
    _row(b":E1000000\r", b"=\r", True, SET, value=0),
    _row(b":G100\r", b"=\r", True, WIRE, value=("fast goto", False)),
    _row(b":G101\r", b"=\r", True, MOVE, value=("fast goto", True)),
    _row(b":G110\r", b"=\r", True, WIRE, value=("slow slew", False)),
    _row(b":G211\r", b"=\r", True, MOVE, value=("slow slew", True)),
    _row(b":G120\r", b"=\r", True, MOVE, value=("slow goto", False)),
    _row(b":G221\r", b"=\r", True, MOVE, value=("slow goto", True)),
    _row(b":G130\r", b"=\r", True, MOVE, value=("fast slew", False)),
    _row(b":G231\r", b"=\r", True, MOVE, value=("fast slew", True)),
    _row(b":H1C82A27\r", b"=\r", True, WIRE, value=0x272AC8, before=READY + b":G100\r"),
    _row(b":H2010000\r", b"=\r", True, MOVE, value=1, before=READY + b":G220\r"),
    _row(b":M1800C00\r", b"=\r", True, WIRE, value=3200, before=READY + b":G100\r:H1C82A27\r"),
    _row(b":I16C0200\r", b"=\r", True, WIRE, value=620, before=READY + b":G110\r"),
    _row(b":I1820200\r", b"=\r", True, WIRE, value=642, before=READY + b":G110\r"),
    _row(b":I16B0200\r", b"=\r", True, MOVE, value=619, before=READY + b":G110\r:I16C0200\r:J1\r"),
    _row(b":J1\r", b"=\r", True, MOVE, before=READY + b":G110\r:I16C0200\r"),
    _row(b":J2\r", b"=\r", True, MOVE, before=READY + b":G220\r:H2100000\r:M2010000\r"),
    _row(b":K1\r", b"=\r", True, WIRE),
    _row(b":K2\r", b"=\r", True, WIRE, before=READY + b":G230\r:I20D0000\r:J2\r"),
    _row(b":L1\r", b"=\r", True, MOVE, before=READY + b":G130\r:I10D0000\r:J1\r"),
    _row(b":P12\r", b"=\r", True, WIRE),
    _row(b":K1\r:K2\r", b"=\r=\r", None, WIRE),
    _row(b":K1\r:K2\r", b"=\r=\r", None, MOVE, before=READY + b":G110\r:I16C0200\r:J1\r:G231\r:I20D0000\r:J2\r"),
]

REFUSALS = [
    _row(b":G110\r", b"!2\r", "2", ERRORS, before=READY + b":G110\r:I16C0200\r:J1\r"),
    _row(b":G100\r", b"!2\r", "2", ERRORS, before=READY + b":G130\r:I10D0000\r:J1\r:K1\r"),
    _row(b":E1000080\r", b"!2\r", "2", ERRORS, before=READY + b":G110\r:I16C0200\r:J1\r"),
    _row(b":J1\r", b"!4\r", "4", ERRORS, initialised=False),
    _row(b":y1\r", b"!0\r", "0", ERRORS),
    _row(b":E100\r", b"!1\r", "1", ERRORS),
    _row(b":j\r", b"!1\r", "1", ERRORS + ", not confirmed on hardware"),
    _row(b":E1GG0080\r", b"!3\r", "3", ERRORS),
    _row(b":j1\r", b"!5\r", "5", ERRORS + ": the driver sleeps", heard_only=True),
    _row(b":j1\r", b"!7\r", "7", ERRORS + ": PEC training", heard_only=True),
    _row(b":j1\r", b"!8\r", "8", ERRORS + ": no PEC data", heard_only=True),
]

FRAMES = [
    _row(b"::e1\r", b"=020300\r", ("2.03", 0x00), WIRE + ": a second colon begins the frame anew"),
    _row(b":G1:e1\r", b"=020300\r", ("2.03", 0x00), WIRE + ": a second colon begins the frame anew"),
    _row(b"e1\r", b"", None, MANUAL + "frames begin with a colon"),
    _row(b"\r", b"", None, MANUAL + "frames begin with a colon"),
    _row(b":e1", b"", None, MANUAL + "frames end with a carriage return"),
]

ROWS: list[Row] = [*IDENTITY, *COUNTERS, *STATES, *SETTINGS, *REFUSALS, *FRAMES]


class Pointing(NamedTuple):
    """Where a tube points whose two counters stand so many degrees of a turn above 0x800000.

    `along_degrees` is the hour angle, positive to the west, of a polar mount, and the azimuth from north through east
    of an upright one; `height_degrees` the declination or altitude. `tube` is the side of the pier it is on.
    """

    geometry: str
    latitude_degrees: float
    turns_degrees: tuple[float, float]
    along_degrees: float
    height_degrees: float
    tube: str | None


"""German: what EQMOD and INDI's driver agree on. Home, weights down and tube at the pole, is 0° and +90°, in the
south too; there the first axis follows the sky backward. An unset controller shows 0° and 0° at home: whoever
initialises it sets the second counter to +90°. Forward is the way of the hour angle in the north.

Upright: 0° and 0° is north and level; forward is azimuth and altitude upward (what INDI's driver for them does).
On a wedge: 0° and +90° is the pole, the fork astride the meridian; the polar axis as with a German mount, forward of
the second axis is towards the elevated pole (not confirmed on hardware).
"""
POINTINGS = [
    Pointing("german", 49.8, (0.0, 90.0), 90.0, 90.0, None),
    Pointing("german", 49.8, (0.0, 180.0), 90.0, 0.0, "east"),
    Pointing("german", 49.8, (0.0, 0.0), -90.0, 0.0, "west"),
    Pointing("german", 49.8, (-45.0, 130.0), 45.0, 50.0, "east"),
    Pointing("german", 49.8, (45.0, 60.0), -45.0, 60.0, "west"),
    Pointing("german", 49.8, (-90.0, 190.5), 0.0, -10.5, "east"),
    Pointing("german", 49.8, (90.0, 0.5), 0.0, 0.5, "west"),
    Pointing("german", 49.8, (90.0, -0.5), 0.0, -0.5, "west"),
    Pointing("german", 49.8, (80.0, 110.0), 170.0, 70.0, "east"),
    Pointing("german", -33.9, (0.0, 90.0), 90.0, -90.0, None),
    Pointing("german", -33.9, (0.0, 0.0), 90.0, 0.0, "east"),
    Pointing("german", -33.9, (0.0, 180.0), -90.0, 0.0, "west"),
    Pointing("german", -33.9, (45.0, 50.0), 45.0, -50.0, "east"),
    Pointing("german", -33.9, (-45.0, 120.0), -45.0, -60.0, "west"),
    Pointing("fork", 49.8, (0.0, 90.0), 0.0, 90.0, None),
    Pointing("fork", 49.8, (45.0, 50.0), 45.0, 50.0, None),
    Pointing("fork", 49.8, (-45.0, -0.5), -45.0, -0.5, None),
    Pointing("fork", -33.9, (45.0, 50.0), -45.0, -50.0, None),
    Pointing("altaz", 49.8, (0.0, 0.0), 0.0, 0.0, None),
    Pointing("altaz", 49.8, (90.0, 30.0), 90.0, 30.0, None),
    Pointing("altaz", 49.8, (-90.0, 10.0), 270.0, 10.0, None),
    Pointing("altaz", -33.9, (200.0, 60.0), 200.0, 60.0, None),
]
"""Degrees are rounded to the nearest count."""
