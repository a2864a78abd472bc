"""ZWO AM3, AM5 and AM7 as a table of bytes: a dialect of the LX200 family.

Words of `given` as in tests/manuals/lx200.py, and: `model` (am5), `parked`, `at_home`, `slewing`, `pier_side`, `rate`
(sidereal, lunar, solar), `clock_set` as in tests/manuals/onstep.py. A mount is tracking, unparked and knows its time
and site unless a row says else. Answers to questions end with `#`, a single 1 or 0 has none, a code is `e`, its number
and `#`; what is not understood is not answered. The firmware is one of 2026, which knows when it is parked.

Nothing here has been seen on hardware of ours.
"""

from datetime import date, datetime, time, timedelta

from tests.manuals import Row
from tests.manuals.lx200 import ABOVE_THE_POLE, NEVER_RISES, sexagesimal

PROTOCOL = "ZWO Mount Serial Communication Protocol, 2.1, "
GET = PROTOCOL + "position and coordinates"
MOVE = PROTOCOL + "moving commands"
ERRORS = PROTOCOL + "error codes"
STATUS = PROTOCOL + "get status"
TRACK = PROTOCOL + "tracking and guiding"
PARK = PROTOCOL + "park commands"
TIME = PROTOCOL + "date and time"
OTHERS = "another program's driver, tried on an AM5N with firmware 1.8.8"


def _row(sent: bytes, answered: bytes, meaning: object, manual: str, **given: object) -> Row:
    return Row(sent, answered, meaning, manual, seen_on_hardware=False, given={"model": "am5", **given})


IDENTITY = [
    _row(b":GVP#", b"AM5#", "AM5", PROTOCOL + "product"),
    _row(b":GV#", b"1.8.8#", "1.8.8", OTHERS),
    _row(b":XYZ#", b"", None, PROTOCOL + "an illegal command has no response"),
    _row(b"\x06", b"", None, PROTOCOL + "not documented, so not answered"),
]

WHERE_IT_POINTS = [
    _row(b":GR#", b"05:30:00#", 5.5, GET, ra_hours=5.5),
    _row(b":GR#", b"23:59:59#", sexagesimal(23, 59, 59), GET, ra_hours=sexagesimal(23, 59, 59)),
    _row(b":GR#", b"00:00:00#", 0.0, GET, ra_hours=0.0),
    _row(b":GD#", b"+22*01:00#", sexagesimal(22, 1), GET, dec_degrees=sexagesimal(22, 1)),
    _row(b":GD#", b"-00*30:00#", -0.5, GET, dec_degrees=-0.5),
    _row(b":GD#", b"+90*00:00#", 90.0, GET, dec_degrees=90.0),
    _row(b":GD#", b"-05*15:30#", -sexagesimal(5, 15, 30), GET, dec_degrees=-sexagesimal(5, 15, 30)),
]

STATES = [
    _row(b":GU#", b"NG000000060#", "NG000000060", STATUS),
    _row(b":GU#", b"nNG000000060#", "nNG000000060", STATUS, tracking=False),
    _row(b":GU#", b"G000000060#", "G000000060", STATUS, slewing=True),
    _row(b":GU#", b"nNHG000000060#", "nNHG000000060", STATUS, at_home=True, tracking=False),
    _row(b":GU#", b"NZ000000060#", "NZ000000060", STATUS, geometry="altaz"),
    _row(b":GAT#", b"1#", True, TRACK),
    _row(b":GAT#", b"0#", False, TRACK, tracking=False),
    _row(b":GT#", b"0#", "sidereal", TRACK),
    _row(b":GT#", b"1#", "lunar", TRACK + ", the Chinese text; the English one has it the other way", rate="lunar"),
    _row(b":GT#", b"2#", "solar", TRACK + ", the Chinese text; the English one has it the other way", rate="solar"),
    _row(b":Gm#", b"W#", "west", GET, geometry="german", pier_side="west"),
    _row(b":Gm#", b"E#", "east", GET, geometry="german", pier_side="east"),
    _row(b":Gm#", b"N#", None, GET, at_home=True),
    _row(b":Gps#", b"0#", 0, PARK),
    _row(b":Gps#", b"2#", 2, PARK, parked=True),
]

TARGETS = [
    _row(b":Sr05:30:00#", b"1", True, MOVE, value=5.5),
    _row(b":Sr23:59:59#", b"1", True, MOVE, value=sexagesimal(23, 59, 59)),
    _row(b":Sr24:00:00#", b"0", False, MOVE),
    _row(b":Sd+22*01:00#", b"1", True, MOVE, value=sexagesimal(22, 1)),
    _row(b":Sd-00*30:00#", b"1", True, MOVE, value=-0.5),
    _row(b":Sd-90*00:00#", b"1", True, MOVE, value=-90.0),
    _row(b":Sdx#", b"e2#", "e2", MOVE),
    _row(b":Gr#", b"05:30:00#", 5.5, MOVE, before=b":Sr05:30:00#"),
    _row(b":Gd#", b"-00*30:00#", -0.5, MOVE, before=b":Sd-00*30:00#"),
]

GOTOS_AND_SYNC = [
    _row(b":MS#", b"0", True, MOVE, before=ABOVE_THE_POLE),
    _row(b":MS#", b"e3#", "e3", ERRORS, before=ABOVE_THE_POLE, slewing=True),
    _row(b":MS#", b"e5#", "e5", ERRORS, before=NEVER_RISES),
    _row(b":MS#", b"e7#", "e7", ERRORS, before=ABOVE_THE_POLE, clock_set=False),
    _row(b":MS#", b"e14#", "e14", OTHERS, before=ABOVE_THE_POLE, parked=True),
    _row(b":CM#", b"N/A#", "N/A", PROTOCOL + "sync", before=ABOVE_THE_POLE),
    _row(b":CM#", b"e7#", "e7", ERRORS, before=ABOVE_THE_POLE, clock_set=False),
]

MOTION = [
    *(_row(b":M%c#" % key, b"", None, MOVE) for key in b"nsew"),
    *(_row(b":Q%c#" % key, b"", None, MOVE) for key in b"nsew"),
    _row(b":Q#", b"", None, MOVE),
    *(_row(b":R%c#" % rate, b"", None, MOVE) for rate in b"0123456789GCMS"),
    *(_row(b":T%c#" % rate, b"", None, TRACK) for rate in b"QLS"),
    _row(b":Te#", b"1", True, TRACK, tracking=False),
    _row(b":Te#", b"e14#", "e14", OTHERS, parked=True),
    _row(b":Td#", b"1", True, TRACK),
    _row(b":Td#", b"0", False, TRACK, slewing=True),
    _row(b":hC#", b"", None, PROTOCOL + "home"),
    _row(b":hP#", b"", None, PARK),
    _row(b":Spu#", b"1", True, PARK, parked=True),
    _row(b":Spu#", b"0", False, OTHERS),
]

EVENING = datetime(2026, 11, 23, 22, 5, 9)

CLOCK_AND_SITE = [
    _row(b":GC#", b"11/23/26#", date(2026, 11, 23), TIME, local=EVENING),
    _row(b":GL#", b"22:05:09#", time(22, 5, 9), TIME, local=EVENING),
    _row(b":GG#", b"-05:00#", timedelta(hours=5), TIME, offset_hours=5.0),
    _row(b":Gt#", b"+49*48:00#", 49.8, GET, latitude_degrees=49.8),
    _row(b":Gt#", b"-00*30:00#", -0.5, GET, latitude_degrees=-0.5),
    _row(b":Gg#", b"-073*06:00#", 73.1, GET, longitude_degrees=73.1),
    _row(b":Gg#", b"+118*15:00#", -118.25, GET, longitude_degrees=-118.25),
    _row(b":SC11/23/26#", b"1", True, TIME, value=date(2026, 11, 23)),
    _row(b":SC13/01/26#", b"0", False, TIME),
    _row(b":SL22:05:09#", b"1", True, TIME, value=time(22, 5, 9)),
    _row(b":SG-05:00#", b"1", True, TIME, value=timedelta(hours=5)),
    _row(b":SG-05:30#", b"1", True, TIME, value=timedelta(hours=5.5)),
    _row(b":St+49*48:00#", b"1", True, GET, value=49.8),
    _row(b":St-00*30:00#", b"1", True, GET, value=-0.5),
    _row(b":Sg-073*06:00#", b"1", True, GET, value=73.1),
    _row(b":Sg+118*15:00#", b"1", True, GET, value=-118.25),
    _row(b":Gg#", b"-073*06:00#", 73.1, GET, before=b":Sg-073*06:00#", longitude_degrees=0.0),
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
