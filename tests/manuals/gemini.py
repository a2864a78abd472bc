"""Losmandy Gemini (level 4 and 5) as a table of bytes: a dialect of the LX200 family with a native language beside it.

Words of `given` as in tests/manuals/lx200.py, and: `model` (gemini), `parked`, `slewing`, `pier_side`, `rate`
(sidereal, lunar, solar), `moving` (guiding, centring: a hand on a button), `aligned` (False: it knows no object and was
never aligned). A mount has started, is aligned, tracking, unparked and in high precision unless a row says else.

Native commands are `<id:` to ask and `>id:value` to set, each with a checksum byte and `#`; the answer is the value, a
checksum byte of the value, and `#`. Nothing here has been seen on hardware of ours.
"""

from datetime import date, datetime, time, timedelta

from tests.manuals import Row
from tests.manuals.lx200 import ABOVE_THE_POLE, NEVER_RISES, sexagesimal

MANUAL = "Gemini users manual, serial line protocol, "
GET = MANUAL + "get information"
SET = MANUAL + "set information"
MOVE = MANUAL + "telescope movement"
STARTUP = MANUAL + "startup check"
STATUS = MANUAL + "velocity and side of the mount"
HOME = MANUAL + "home position commands"
SYNC = MANUAL + "synchronisation"
NATIVE = MANUAL + "native commands"


def _row(sent: bytes, answered: bytes, meaning: object, manual: str, **given: object) -> Row:
    return Row(sent, answered, meaning, manual, seen_on_hardware=False, given={"model": "gemini", **given})


IDENTITY = [
    _row(b"\x06", b"G#", "G", STARTUP),
    _row(b":GVP#", b"Losmandy Gemini#", "Losmandy Gemini", GET),
    _row(b":GVN#", b"5.21#", "5.21", GET),
]

WHERE_IT_POINTS = [
    _row(b":GR#", b"05:30:00#", 5.5, GET, ra_hours=5.5),
    _row(b":GR#", b"05:30.0#", 5.5, GET, precision="low", ra_hours=5.5),
    _row(b":GR#", b"00:00:00#", 0.0, GET, ra_hours=0.0),
    _row(b":GR#", b"23:59:59#", sexagesimal(23, 59, 59), GET, ra_hours=sexagesimal(23, 59, 59)),
    _row(b":GD#", b"+22:01:00#", sexagesimal(22, 1), GET, dec_degrees=sexagesimal(22, 1)),
    _row(b":GD#", b"+22\xdf01#", sexagesimal(22, 1), GET, precision="low", dec_degrees=sexagesimal(22, 1)),
    _row(b":GD#", b"-00:30:00#", -0.5, GET, dec_degrees=-0.5),
    _row(b":GD#", b"+00:30:00#", 0.5, GET, dec_degrees=0.5),
    _row(b":GD#", b"-05:15:30#", -sexagesimal(5, 15, 30), GET, dec_degrees=-sexagesimal(5, 15, 30)),
    _row(b":GD#", b"+90:00:00#", 90.0, GET, dec_degrees=90.0),
    _row(b":U#", b"", None, SET),
    _row(b":GR#", b"05:30:00#", 5.5, SET, precision="low", before=b":U#", ra_hours=5.5),
    _row(b":P#", b"HIGH PRECISION", True, SET),
    _row(b":P#", b"LOW  PRECISION", False, SET, precision="low"),
]

STATES = [
    _row(b":Gv#", b"T", "T", STATUS),
    _row(b":Gv#", b"N", "N", STATUS, tracking=False),
    _row(b":Gv#", b"S", "S", STATUS, slewing=True),
    _row(b":Gv#", b"G", "G", STATUS, moving="guiding"),
    _row(b":Gv#", b"C", "C", STATUS, moving="centring"),
    _row(b":Gv#", b"N", "N", STATUS, parked=True),
    _row(b":Gm#", b"E#", "east", STATUS, geometry="german", pier_side="east"),
    _row(b":Gm#", b"W#", "west", STATUS, geometry="german", pier_side="west"),
    _row(b":h?#", b"0", 0, HOME),
    _row(b":h?#", b"1", 1, HOME, parked=True),
    _row(b":h?#", b"2", 2, HOME, before=b":hP#"),
    _row(b"<130:t#", b"131s#", 131, NATIVE),
    _row(b"<130:t#", b"133q#", 133, NATIVE, rate="lunar"),
    _row(b"<130:t#", b"134v#", 134, NATIVE, rate="solar"),
    _row(b"<12345:w#", b"#", None, NATIVE + ", an id that is not there"),
]

TARGETS = [
    _row(b":Sr05:30:00#", b"1", True, SET, value=5.5),
    _row(b":Sr05:30.0#", b"1", True, SET),
    _row(b":Sr23:59:59#", b"1", True, SET, value=sexagesimal(23, 59, 59)),
    _row(b":Sr24:00:00#", b"0", False, SET),
    _row(b":Sd+22*01:00#", b"1", True, SET, value=sexagesimal(22, 1)),
    _row(b":Sd-00*30:00#", b"1", True, SET, value=-0.5),
    _row(b":Sd-05\xdf15:00#", b"1", True, SET),
    _row(b":Sd-05:15:00#", b"1", True, SET),
    _row(b":Sd+91*00:00#", b"0", False, SET),
]

GOTOS_AND_SYNC = [
    _row(b":MS#", b"0", True, MOVE, before=ABOVE_THE_POLE),
    _row(b":MS#", b"1Object below horizon.#", "Object below horizon.", MOVE, before=NEVER_RISES),
    _row(b":MS#", b"2No object selected.#", "No object selected.", MOVE),
    _row(b":MS#", b"5Not aligned.#", "Not aligned.", MOVE, before=ABOVE_THE_POLE, aligned=False),
    _row(
        b":MS#",
        b"7Rejected - Mount is parked!#",
        "Rejected - Mount is parked!",
        MOVE + ", level 5",
        before=ABOVE_THE_POLE,
        parked=True,
    ),
    _row(b":CM#", b"No object!#", "No object!", SYNC),
    _row(b":CM#", b"PC Object#", "PC Object", SYNC + "; the name is the object's", before=ABOVE_THE_POLE),
]

MOTION = [
    *(_row(b":M%c#" % key, b"", None, MOVE) for key in b"nsew"),
    *(_row(b":Q%c#" % key, b"", None, MOVE) for key in b"nsew"),
    _row(b":Q#", b"", None, MOVE),
    _row(b"\x00:Gv#", b"T", "T", STATUS + "; a NUL before it is passed over"),
    *(_row(b":R%c#" % rate, b"", None, MOVE) for rate in b"GCMS"),
    _row(b">131:w#", b"", None, NATIVE),
    _row(b">133:u#", b"", None, NATIVE),
    _row(b">134:r#", b"", None, NATIVE),
    _row(b">191:}#", b"", None, NATIVE),
    _row(b">192:~#", b"", None, NATIVE),
    _row(b":Gv#", b"N", "N", NATIVE, before=b">191:}#"),
    _row(b":Gv#", b"T", "T", NATIVE, before=b">192:~#", tracking=False),
    _row(b":Gv#", b"T", "T", NATIVE + ", a wrong checksum is not obeyed", before=b">191:A#"),
    _row(b"<130:t#", b"133q#", 133, NATIVE, before=b">133:u#"),
    _row(b":hP#", b"", None, HOME),
    _row(b":hC#", b"", None, HOME),
    _row(b":hW#", b"", None, HOME, parked=True),
    _row(b":Gv#", b"T", "T", HOME, before=b":hW#", parked=True),
]

EVENING = datetime(2026, 11, 23, 22, 5, 9)

CLOCK_AND_SITE = [
    _row(b":GC#", b"11/23/26#", date(2026, 11, 23), GET, local=EVENING),
    _row(b":GL#", b"22:05:09#", time(22, 5, 9), GET, local=EVENING),
    _row(b":GG#", b"-05#", timedelta(hours=5), GET, offset_hours=5.0),
    _row(b":GG#", b"+04#", timedelta(hours=-4), GET, offset_hours=-4.0),
    _row(b":Gt#", b"+49\xdf48#", 49.8, GET, latitude_degrees=49.8),
    _row(b":Gt#", b"-00\xdf30#", -0.5, GET, latitude_degrees=-0.5),
    _row(b":Gg#", b"-073\xdf06#", 73.1, GET, longitude_degrees=73.1),
    _row(b":Gg#", b"+118\xdf15#", -118.25, GET, longitude_degrees=-118.25),
    _row(b":SG-05#", b"1", True, SET, value=timedelta(hours=5)),
    _row(b":SG+04#", b"1", True, SET, value=timedelta(hours=-4)),
    _row(
        b":SC11/23/26#",
        b"1Updating planetary data#" + b" " * 24 + b"#",
        True,
        SET,
        value=date(2026, 11, 23),
    ),
    _row(b":SC13/01/26#", b"0", False, SET),
    _row(b":SL22:05:09#", b"1", True, SET, value=time(22, 5, 9)),
    _row(b":St+49*48#", b"1", True, SET, value=49.8),
    _row(b":St-00*30#", b"1", True, SET, value=-0.5),
    _row(b":Sg286*54#", b"1", True, SET + ", east is negative or 360 more", value=73.1),
    _row(b":Sg118*15#", b"1", True, SET, value=-118.25),
    _row(b":Sg-073*06#", b"1", True, SET),
    _row(b":Gg#", b"-073\xdf06#", 73.1, SET, before=b":Sg286*54#", longitude_degrees=0.0),
]

ROWS = [
    *IDENTITY,
    *WHERE_IT_POINTS,
    *STATES,
    *TARGETS,
    *GOTOS_AND_SYNC,
    *MOTION,
    *CLOCK_AND_SITE,
]
