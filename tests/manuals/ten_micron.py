"""10Micron HPS mounts as a table of bytes: a dialect of the LX200 family.

Words of `given` as in tests/manuals/lx200.py, and: `model` (ten-micron), `precision` (low, high, ultra; the driver
selects ultra, and rows without the word are in ultra), `parked`, `slewing`, `pier_side`, `rate` (sidereal, lunar,
solar), `stopped` (True: halted by a key or a stop, which is not the same as tracking off). A mount is tracking and
unparked unless a row says else; its emulation is LX200's. Nothing here has been seen on hardware of ours.
"""

from datetime import date, datetime, time, timedelta

from tests.manuals import Row
from tests.manuals.lx200 import ABOVE_THE_POLE, NEVER_RISES, sexagesimal

PROTOCOL = "10Micron Mount Command Protocol, 2.13, "
GET = PROTOCOL + "get position"
PRECISION = PROTOCOL + "precision"
SET = PROTOCOL + "targets"
MOVE = PROTOCOL + "movement"
SYNC = PROTOCOL + "sync control"
STATUS = PROTOCOL + "operating information"
TRACK = PROTOCOL + "tracking"
PARK = PROTOCOL + "home and park"
TIME = PROTOCOL + "date and time"
SITE = PROTOCOL + "site"


def _row(sent: bytes, answered: bytes, meaning: object, manual: str, **given: object) -> Row:
    stands = {"model": "ten-micron", "precision": "ultra", **given}
    return Row(sent, answered, meaning, manual, seen_on_hardware=False, given=stands)


IDENTITY = [
    _row(b":GVP#", b"10micron GM1000HPS#", "10micron GM1000HPS", PROTOCOL + "product"),
    _row(b":GVN#", b"2.15.8#", "2.15.8", PROTOCOL + "firmware"),
    _row(b"\x06", b"P", "P", PROTOCOL + "alignment query"),
    _row(b"\x06", b"L", "L", PROTOCOL + "alignment query", tracking=False),
]

WHERE_IT_POINTS = [
    _row(b":GR#", b"05:30:00.00#", 5.5, GET, ra_hours=5.5),
    _row(b":GR#", b"05:30:00#", 5.5, GET, ra_hours=5.5, precision="high"),
    _row(b":GR#", b"05:30.0#", 5.5, GET, ra_hours=5.5, precision="low"),
    _row(b":GR#", b"00:00:00.00#", 0.0, GET, ra_hours=0.0),
    _row(b":GR#", b"23:59:59.25#", sexagesimal(23, 59, 59.25), GET, ra_hours=sexagesimal(23, 59, 59.25)),
    _row(b":GD#", b"+22:01:00.0#", sexagesimal(22, 1), GET, dec_degrees=sexagesimal(22, 1)),
    _row(b":GD#", b"+22\xdf01:00#", sexagesimal(22, 1), GET, dec_degrees=sexagesimal(22, 1), precision="high"),
    _row(b":GD#", b"+22\xdf01#", sexagesimal(22, 1), GET, dec_degrees=sexagesimal(22, 1), precision="low"),
    _row(b":GD#", b"-00:30:00.0#", -0.5, GET, dec_degrees=-0.5),
    _row(b":GD#", b"-00:00:05.5#", -sexagesimal(0, 0, 5.5), GET, dec_degrees=-sexagesimal(0, 0, 5.5)),
    _row(b":GD#", b"+90:00:00.0#", 90.0, GET, dec_degrees=90.0),
    _row(b":U2#", b"", None, PRECISION, precision="low"),
    _row(b":GR#", b"05:30:00.00#", 5.5, PRECISION, precision="low", before=b":U2#", ra_hours=5.5),
]

STATES = [
    _row(b":Gstat#", b"0#", 0, STATUS),
    _row(b":Gstat#", b"1#", 1, STATUS, stopped=True),
    _row(b":Gstat#", b"2#", 2, STATUS, before=b":KA#"),
    _row(b":Gstat#", b"5#", 5, STATUS, parked=True),
    _row(b":Gstat#", b"6#", 6, STATUS, slewing=True),
    _row(b":Gstat#", b"7#", 7, STATUS, tracking=False),
    _row(b":D#", b"#", False, STATUS),
    _row(b":D#", b"\x7f#", True, STATUS, slewing=True),
    _row(b":pS#", b"East#", "east", STATUS, geometry="german", pier_side="east"),
    _row(b":pS#", b"West#", "west", STATUS, geometry="german", pier_side="west"),
    _row(b":GT#", b"60.2#", 60.2, TRACK + ", four times the seconds of arc in a second"),
    _row(b":GT#", b"60.0#", 60.0, TRACK, rate="solar"),
    _row(b":GT#", b"57.9#", 57.9, TRACK, rate="lunar"),
]

TARGETS = [
    _row(b":Sr05:30:00.00#", b"1", True, SET, value=5.5),
    _row(b":Sr05:30:00#", b"1", True, SET),
    _row(b":Sr23:59:59.25#", b"1", True, SET, value=sexagesimal(23, 59, 59.25)),
    _row(b":Sr24:00:00#", b"0", False, SET),
    _row(b":Sd+22*01:00.0#", b"1", True, SET, value=sexagesimal(22, 1)),
    _row(b":Sd-00*30:00.0#", b"1", True, SET, value=-0.5),
    _row(b":Sd-90*00:00.0#", b"1", True, SET, value=-90.0),
    _row(b":Sd+91*00:00#", b"0", False, SET),
    _row(b":Gr#", b"05:30:00.00#", 5.5, SET, before=b":Sr05:30:00.00#"),
    _row(b":Gd#", b"-00:30:00.0#", -0.5, SET, before=b":Sd-00*30:00.0#"),
]

GOTOS_AND_SYNC = [
    _row(b":MS#", b"0", True, MOVE, before=ABOVE_THE_POLE),
    _row(b":MS#", b"1Object Below Horizon        #", "Object Below Horizon", MOVE, before=NEVER_RISES),
    _row(b":MS#", b"4Mount Parked                #", "Mount Parked", MOVE, before=ABOVE_THE_POLE, parked=True),
    _row(b":CM#", b"Coordinates     matched        #", "Coordinates     matched", SYNC, before=ABOVE_THE_POLE),
]

MOTION = [
    *(_row(b":M%c#" % key, b"", None, MOVE) for key in b"nsew"),
    *(_row(b":Q%c#" % key, b"", None, MOVE) for key in b"nsew"),
    _row(b":Q#", b"", None, MOVE),
    *(_row(b":R%c#" % rate, b"", None, MOVE) for rate in b"GCMS"),
    _row(b":TQ#", b"", None, TRACK),
    _row(b":TL#", b"", None, TRACK),
    _row(b":TSOLAR#", b"", None, TRACK),
    _row(b":GT#", b"60.0#", 60.0, TRACK, before=b":TSOLAR#"),
    _row(b":AP#", b"", None, TRACK + ", on", tracking=False),
    _row(b":AL#", b"", None, TRACK + ", off"),
    _row(b":Gstat#", b"7#", 7, TRACK, before=b":AL#"),
    _row(b":Gstat#", b"0#", 0, TRACK, before=b":AP#", tracking=False),
    _row(b":KA#", b"", None, PARK),
    _row(b":PO#", b"", None, PARK, parked=True),
]

EVENING = datetime(2026, 11, 23, 22, 5, 9)

CLOCK_AND_SITE = [
    _row(b":GC#", b"2026-11-23#", date(2026, 11, 23), TIME, local=EVENING),
    _row(b":GL#", b"22:05:09.00#", time(22, 5, 9), TIME, local=EVENING),
    _row(b":GG#", b"-05:00:00.0#", timedelta(hours=5), TIME, offset_hours=5.0),
    _row(b":GG#", b"+04:30:00.0#", timedelta(hours=-4.5), TIME, offset_hours=-4.5),
    _row(b":Gt#", b"+49:48:00.0#", 49.8, SITE, latitude_degrees=49.8),
    _row(b":Gt#", b"-00:30:00.0#", -0.5, SITE, latitude_degrees=-0.5),
    _row(b":Gg#", b"-073:06:00.0#", 73.1, SITE, longitude_degrees=73.1),
    _row(b":Gg#", b"+118:15:00.0#", -118.25, SITE, longitude_degrees=-118.25),
    _row(b":SC2026-11-23#", b"1", True, TIME, value=date(2026, 11, 23)),
    _row(b":SC2026-13-01#", b"0", False, TIME),
    _row(b":SL22:05:09#", b"1", True, TIME, value=time(22, 5, 9)),
    _row(b":SG-05:00:00#", b"1", True, TIME, value=timedelta(hours=5)),
    _row(b":SG+04:30:00#", b"1", True, TIME, value=timedelta(hours=-4.5)),
    _row(b":St+49*48:00.0#", b"1", True, SITE, value=49.8),
    _row(b":St-00*30:00.0#", b"1", True, SITE, value=-0.5),
    _row(b":Sg-073*06:00.0#", b"1", True, SITE, value=73.1),
    _row(b":Sg+118*15:00.0#", b"1", True, SITE, value=-118.25),
    _row(b":Gg#", b"-073:06:00.0#", 73.1, SITE, before=b":Sg-073*06:00.0#", longitude_degrees=0.0),
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
