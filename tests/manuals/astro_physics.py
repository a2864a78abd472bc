"""Astro-Physics GTO control boxes as a table of bytes: a dialect of the LX200 family.

Words of `given` as in tests/manuals/lx200.py, and: `model` (astro-physics, a GTOCP4), `parked`, `slewing`, `pier_side`,
`rate` (sidereal, lunar, solar). `precision` is "high" for the long format, which `:U#` selects and nothing leaves, and
rows without the word are in it. A mount is tracking and unparked unless a row says else. What it does not understand,
and a goto that it refuses but for the horizon, it does not answer. Nothing here has been seen on hardware of ours.
"""

from datetime import date, datetime, time, timedelta

from tests.manuals import Row
from tests.manuals.lx200 import sexagesimal

ABOVE_THE_POLE = b":Sr 05:30:00.0#:Sd +80*00:00#"
PROTOCOL = "Astro-Physics GTOCP3 and GTOCP4 command language, "
GET = PROTOCOL + "position"
SET = PROTOCOL + "targets"
MOVE = PROTOCOL + "movement"
STATUS = "other programs' drivers, status string of newer boxes (GTOCP3 from version S)"
TRACK = PROTOCOL + "tracking rate"
PARK = PROTOCOL + "park"
TIME = PROTOCOL + "date, time and site"


def _row(sent: bytes, answered: bytes, meaning: object, manual: str, **given: object) -> Row:
    stands = {"model": "astro-physics", **given}
    return Row(sent, answered, meaning, manual, seen_on_hardware=False, given=stands)


IDENTITY = [
    _row(b":GVP#", b"", None, PROTOCOL + "there is no product name"),
    _row(b":V#", b"VCP4-P02-15#", "VCP4-P02-15", PROTOCOL + "version"),
    _row(b"\x06", b"", None, PROTOCOL + "there is no alignment query"),
    _row(b":XYZ#", b"", None, PROTOCOL + "what is not understood is not answered"),
]

WHERE_IT_POINTS = [
    _row(b":GR#", b"05:30:00.0#", 5.5, GET, ra_hours=5.5),
    _row(b":GR#", b"05:30.0#", 5.5, GET, ra_hours=5.5, precision="low"),
    _row(b":GR#", b"00:00:00.0#", 0.0, GET, ra_hours=0.0),
    _row(b":GR#", b"23:59:59.5#", sexagesimal(23, 59, 59.5), GET, ra_hours=sexagesimal(23, 59, 59.5)),
    _row(b":GD#", b"+22*01:00#", sexagesimal(22, 1), GET, dec_degrees=sexagesimal(22, 1)),
    _row(b":GD#", b"+22*01#", sexagesimal(22, 1), GET, dec_degrees=sexagesimal(22, 1), precision="low"),
    _row(b":GD#", b"-00*30:00#", -0.5, GET, dec_degrees=-0.5),
    _row(b":GD#", b"+90*00:00#", 90.0, GET, dec_degrees=90.0),
    _row(b":U#", b"", None, GET + ", long format", precision="low"),
    _row(b":GR#", b"05:30:00.0#", 5.5, GET, precision="low", before=b":U#", ra_hours=5.5),
    _row(b":GR#", b"05:30:00.0#", 5.5, GET + ", no way back", before=b":U#", ra_hours=5.5),
]

STATES = [
    _row(b":GOS#", b"02000000000#", "02000000000", STATUS),
    _row(b":GOS#", b"00000000000#", "00000000000", STATUS, rate="lunar"),
    _row(b":GOS#", b"01000000000#", "01000000000", STATUS, rate="solar"),
    _row(b":GOS#", b"09000000000#", "09000000000", STATUS, tracking=False),
    _row(b":GOS#", b"020S0000000#", "020S0000000", STATUS, slewing=True),
    _row(b":GOS#", b"P9000000000#", "P9000000000", STATUS, parked=True),
    _row(b":pS#", b"East#", "east", STATUS, geometry="german", pier_side="east"),
    _row(b":pS#", b"West#", "west", STATUS, geometry="german", pier_side="west"),
]

TARGETS = [
    _row(b":Sr 05:30:00.0#", b"1", True, SET, value=5.5),
    _row(b":Sr 05:30:00#", b"1", True, SET),
    _row(b":Sr 23:59:59.5#", b"1", True, SET, value=sexagesimal(23, 59, 59.5)),
    _row(b":Sd +22*01:00#", b"1", True, SET, value=sexagesimal(22, 1)),
    _row(b":Sd -00*30:00#", b"1", True, SET, value=-0.5),
    _row(b":Sd -90*00:00#", b"1", True, SET, value=-90.0),
]

MATCHED = b"Coordinates     matched.        #"

GOTOS_AND_SYNC = [
    _row(b":MS#", b"0", True, MOVE, before=ABOVE_THE_POLE),
    _row(
        b":MS#",
        b"1Object is below horizon        #",
        "Object is below horizon",
        MOVE + ", the check is on",
        before=b":Sr 05:30:00.0#:Sd -80*00:00#",
    ),
    _row(b":MS#", b"", None, MOVE + ", refused in silence", before=ABOVE_THE_POLE, parked=True),
    _row(b":CM#", MATCHED, "Coordinates     matched.", PROTOCOL + "sync", before=ABOVE_THE_POLE),
    _row(b":CMR#", MATCHED, "Coordinates     matched.", PROTOCOL + "recalibrate", before=ABOVE_THE_POLE),
]

MOTION = [
    *(_row(b":M%c#" % key, b"", None, MOVE) for key in b"nsew"),
    *(_row(b":Q%c#" % key, b"", None, MOVE) for key in b"nsew"),
    _row(b":Q#", b"", None, MOVE),
    *(
        _row(b":R%c%c#" % (kind, rate), b"", None, MOVE)
        for kind, rates in ((67, b"0123"), (71, b"012"))
        for rate in rates
    ),
    _row(b":RT0#", b"", None, TRACK + ", lunar"),
    _row(b":RT1#", b"", None, TRACK + ", solar"),
    _row(b":RT2#", b"", None, TRACK + ", sidereal"),
    _row(b":RT9#", b"", None, TRACK + ", none"),
    _row(b":GOS#", b"09000000000#", "09000000000", STATUS, before=b":RT9#"),
    _row(b":GOS#", b"02000000000#", "02000000000", STATUS, before=b":RT2#", tracking=False),
    _row(b":KA#", b"", None, PARK),
    _row(b":PO#", b"", None, PARK, parked=True),
]

EVENING = datetime(2026, 11, 23, 22, 5, 9)
BLANKS = b" " * 32 + b"#"

CLOCK_AND_SITE = [
    _row(b":GC#", b"11:23:26#", date(2026, 11, 23), TIME, local=EVENING),
    _row(b":GL#", b"22:05:09.0#", time(22, 5, 9), TIME, local=EVENING),
    _row(b":GG#", b"05:00:00.0#", timedelta(hours=-5), TIME, offset_hours=-5.0),
    _row(b":GG#", b"-05:00:00.0#", timedelta(hours=5), TIME + ", GTOCP4", offset_hours=5.0),
    _row(b":Gt#", b"+49*48:00#", 49.8, TIME, latitude_degrees=49.8),
    _row(b":Gt#", b"-00*30:00#", -0.5, TIME, latitude_degrees=-0.5),
    _row(b":Gg#", b"+286*54:00#", 73.1, TIME, longitude_degrees=73.1),
    _row(b":Gg#", b"+118*15:00#", -118.25, TIME, longitude_degrees=-118.25),
    _row(b":SC 11/23/26#", BLANKS + BLANKS, True, TIME, value=date(2026, 11, 23)),
    _row(b":SL 22:05:09#", b"1", True, TIME, value=time(22, 5, 9)),
    _row(b":SG -05:00:00#", b"1", True, TIME, value=timedelta(hours=5)),
    _row(b":SG +04:30:00#", b"1", True, TIME, value=timedelta(hours=-4.5)),
    _row(b":St +49*48:00#", b"1", True, TIME, value=49.8),
    _row(b":St -00*30:00#", b"1", True, TIME, value=-0.5),
    _row(b":Sg 286*54:00#", b"1", True, TIME, value=73.1),
    _row(b":Sg 118*15:00#", b"1", True, TIME, value=-118.25),
    _row(b":Gg#", b"+286*54:00#", 73.1, TIME, before=b":Sg 286*54:00#", longitude_degrees=0.0),
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
