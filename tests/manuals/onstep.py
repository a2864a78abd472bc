"""OnStep and OnStepX as a table of bytes: a dialect of the LX200 family.

Words of `given` as in tests/manuals/lx200.py, and: `model` (onstep), `parked`, `at_home`, `slewing` (a goto is on its
way), `pier_side` (east, west), `rate` (sidereal, lunar, solar), `clock_set` (False: neither date nor time were told
since power-on). A mount is tracking, unparked, in high precision and knows its time and site unless a row says else.
A single digit has no `#`; what OnStep does not know it answers with a lone `0`.

Nothing here has been seen on hardware of ours; rows marked so were seen of the firmware, built to run on a computer.
"""

from datetime import date, datetime, time, timedelta

from tests.manuals import Row
from tests.manuals.lx200 import ABOVE_THE_POLE, NEVER_RISES, sexagesimal

COMMANDS = "OnStepX command reference, "
GET = COMMANDS + "coordinates"
TARGET = COMMANDS + "goto target"
GOTO = COMMANDS + "goto, reply codes"
STATUS = COMMANDS + "status flags of :GU#"
TRACK = COMMANDS + "tracking"
PARK = COMMANDS + "park and home"
SITE = COMMANDS + "date, time and site"
HOST = COMMANDS + "seen of the firmware built for a computer"
UNKNOWN = COMMANDS + "what is not understood is answered 0"


def _row(sent: bytes, answered: bytes, meaning: object, manual: str, **given: object) -> Row:
    return Row(sent, answered, meaning, manual, seen_on_hardware=False, given={"model": "onstep", **given})


IDENTITY = [
    _row(b":GVP#", b"On-Step#", "On-Step", HOST),
    _row(b":GVN#", b"10.28u#", "10.28u", HOST),
    _row(b"\x06", b"P", "P", HOST),
    _row(b"\x06", b"A", "A", HOST, geometry="altaz"),
    _row(b":U#", b"0", None, HOST + ": it is not in this firmware"),
    _row(b":XYZ#", b"0", None, UNKNOWN),
]

WHERE_IT_POINTS = [
    _row(b":GR#", b"05:30:00#", 5.5, GET, ra_hours=5.5),
    _row(b":GR#", b"00:00:00#", 0.0, GET, ra_hours=0.0),
    _row(b":GR#", b"23:59:59#", sexagesimal(23, 59, 59), GET, ra_hours=sexagesimal(23, 59, 59)),
    _row(b":GRH#", b"05:30:00.0000#", 5.5, GET, ra_hours=5.5),
    _row(b":GRH#", b"23:59:59.5000#", sexagesimal(23, 59, 59.5), GET, ra_hours=sexagesimal(23, 59, 59.5)),
    _row(b":GD#", b"+22*01:00#", sexagesimal(22, 1), GET, dec_degrees=sexagesimal(22, 1)),
    _row(b":GD#", b"-05*15:30#", -sexagesimal(5, 15, 30), GET, dec_degrees=-sexagesimal(5, 15, 30)),
    _row(b":GD#", b"-00*30:00#", -0.5, GET, dec_degrees=-0.5),
    _row(b":GD#", b"+00*30:00#", 0.5, GET, dec_degrees=0.5),
    _row(b":GDH#", b"+22*01:00.000#", sexagesimal(22, 1), GET, dec_degrees=sexagesimal(22, 1)),
    _row(b":GDH#", b"-00*00:05.250#", -sexagesimal(0, 0, 5.25), GET, dec_degrees=-sexagesimal(0, 0, 5.25)),
    _row(b":GDH#", b"+90*00:00.000#", 90.0, GET, dec_degrees=90.0),
]

STATES = [
    _row(b":GU#", b"NpEW160#", "NpEW160", STATUS, geometry="german", pier_side="west"),
    _row(b":GU#", b"NpET160#", "NpET160", STATUS, geometry="german", pier_side="east"),
    _row(b":GU#", b"nNpEW160#", "nNpEW160", STATUS, geometry="german", pier_side="west", tracking=False),
    _row(b":GU#", b"Np(EW160#", "Np(EW160", STATUS, geometry="german", pier_side="west", rate="lunar"),
    _row(b":GU#", b"NpOEW160#", "NpOEW160", STATUS, geometry="german", pier_side="west", rate="solar"),
    _row(b":GU#", b"pEW160#", "pEW160", STATUS, geometry="german", pier_side="west", slewing=True),
    _row(b":GU#", b"nNPEW160#", "nNPEW160", STATUS, geometry="german", pier_side="west", parked=True),
    _row(b":GU#", b"nNpHEo160#", "nNpHEo160", HOST, geometry="german", at_home=True, tracking=False),
    _row(b":GU#", b"NpAo160#", "NpAo160", STATUS, geometry="altaz"),
    _row(b":GU#", b"NpKo160#", "NpKo160", STATUS, geometry="fork"),
    _row(b":Gm#", b"W#", "west", STATUS, geometry="german", pier_side="west"),
    _row(b":Gm#", b"E#", "east", STATUS, geometry="german", pier_side="east"),
    _row(b":Gm#", b"N#", None, STATUS, geometry="altaz"),
    _row(b":D#", b"#", False, STATUS),
    _row(b":D#", b"\x7f#", True, STATUS, slewing=True),
    _row(b":GT#", b"60.16427#", 60.16427, TRACK),
    _row(b":GT#", b"60.00000#", 60.0, TRACK, rate="solar"),
    _row(b":GT#", b"57.90000#", 57.9, TRACK, rate="lunar"),
    _row(b":GT#", b"0#", 0.0, TRACK, tracking=False),
]

TARGETS = [
    _row(b":Sr05:30:00#", b"1", True, TARGET),
    _row(b":Sr05:30:00.0000#", b"1", True, TARGET, value=5.5),
    _row(b":Sr23:59:59.5000#", b"1", True, TARGET, value=sexagesimal(23, 59, 59.5)),
    _row(b":Sr24:00:00#", b"0", False, TARGET),
    _row(b":Sd+22*01:00#", b"1", True, TARGET),
    _row(b":Sd+22*01:00.000#", b"1", True, TARGET, value=sexagesimal(22, 1)),
    _row(b":Sd-00*30:00.000#", b"1", True, TARGET, value=-0.5),
    _row(b":Sd+90*00:00.000#", b"1", True, TARGET, value=90.0),
    _row(b":Sd-90*00:00.000#", b"1", True, TARGET, value=-90.0),
    _row(b":Sd+91*00:00#", b"0", False, TARGET),
    _row(b":Gr#", b"05:30:00#", 5.5, TARGET, before=b":Sr05:30:00#"),
    _row(b":Gd#", b"-00*30:00#", -0.5, TARGET, before=b":Sd-00*30:00#"),
]

GOTOS_AND_SYNC = [
    _row(b":MS#", b"0", True, GOTO, before=ABOVE_THE_POLE),
    _row(b":MS#", b"1", "1", GOTO, before=NEVER_RISES),
    _row(b":MS#", b"4", "4", GOTO, before=ABOVE_THE_POLE, parked=True),
    _row(b":MS#", b"5", "5", GOTO, before=ABOVE_THE_POLE, slewing=True),
    _row(b":MS#", b"6", "6", GOTO + "; 6 also while time and site are not set", before=ABOVE_THE_POLE, clock_set=False),
    _row(b":CM#", b"N/A#", "N/A", TARGET, before=ABOVE_THE_POLE),
    _row(b":CM#", b"E4#", "E4", TARGET, before=ABOVE_THE_POLE, parked=True),
]

MOTION = [
    *(_row(b":M%c#" % key, b"", None, COMMANDS + "motion") for key in b"nsew"),
    *(_row(b":Q%c#" % key, b"", None, COMMANDS + "motion") for key in b"nsew"),
    _row(b":Q#", b"", None, COMMANDS + "motion"),
    *(_row(b":R%c#" % rate, b"", None, COMMANDS + "rates") for rate in b"GCMS0123456789"),
    *(_row(b":T%c#" % rate, b"", None, TRACK) for rate in b"QLS"),
    _row(b":Te#", b"1", True, TRACK, tracking=False),
    _row(b":Te#", b"0", False, TRACK, parked=True),
    _row(b":Td#", b"1", True, TRACK),
    _row(b":Td#", b"0", False, TRACK, slewing=True),
    _row(b":hP#", b"1", True, PARK),
    _row(b":hR#", b"1", True, PARK, parked=True),
    _row(b":hC#", b"", None, PARK),
]

EVENING = datetime(2026, 11, 23, 22, 5, 9)

CLOCK_AND_SITE = [
    _row(b":GC#", b"11/23/26#", date(2026, 11, 23), SITE, local=EVENING),
    _row(b":GL#", b"22:05:09#", time(22, 5, 9), SITE, local=EVENING),
    _row(b":GG#", b"-05:00#", timedelta(hours=5), SITE, offset_hours=5.0),
    _row(b":GG#", b"+04:30#", timedelta(hours=-4.5), SITE, offset_hours=-4.5),
    _row(b":Gt#", b"+49*48#", 49.8, SITE, latitude_degrees=49.8),
    _row(b":Gt#", b"-00*30#", -0.5, SITE, latitude_degrees=-0.5),
    _row(b":Gg#", b"-073*06#", 73.1, SITE, longitude_degrees=73.1),
    _row(b":Gg#", b"+118*15#", -118.25, SITE, longitude_degrees=-118.25),
    _row(b":SC11/23/26#", b"1", True, SITE, value=date(2026, 11, 23)),
    _row(b":SC13/01/26#", b"0", False, SITE),
    _row(b":SL22:05:09#", b"1", True, SITE, value=time(22, 5, 9)),
    _row(b":SL24:00:00#", b"0", False, SITE),
    _row(b":SG-05:00#", b"1", True, SITE, value=timedelta(hours=5)),
    _row(b":SG+04:30#", b"1", True, SITE, value=timedelta(hours=-4.5)),
    _row(b":SG-05:45#", b"1", True, SITE, value=timedelta(hours=5.75)),
    _row(b":SG-1.0#", b"0", False, HOST),
    _row(b":St+49*48:00#", b"1", True, SITE, value=49.8),
    _row(b":St-00*30:00#", b"1", True, SITE, value=-0.5),
    _row(b":St+49*48#", b"1", True, SITE),
    _row(b":Sg286*54:00#", b"1", True, SITE, value=73.1),
    _row(b":Sg118*15:00#", b"1", True, SITE, value=-118.25),
    _row(b":Sg348:30:0.00#", b"1", True, HOST),
    _row(b":Gg#", b"-073*06#", 73.1, SITE, before=b":Sg286*54:00#", longitude_degrees=0.0),
    _row(b":GL#", b"22:05:10#", time(22, 5, 10), SITE, before=b":SL22:05:10#"),
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
