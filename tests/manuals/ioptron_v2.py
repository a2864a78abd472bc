"""The iOptron command set of version 2 (2.0 with the long status, 2.5) as a table of bytes.

Words of `given` and meanings are those of tests/manuals/ioptron_v3.py, without the side of the pier, which this version
does not tell, and with `local` (what its clock shows) in place of `utc`. `model` is one of MODELS here (ieq45). The
wire counts right ascension in milliseconds of time, declination in 0.01″, the site in whole arcseconds. Nothing here
has been seen on hardware of ours yet.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from tests.manuals import Row

PROTOCOL = "iOptron RS-232 Command Language 2014, version 2.5, "
GET = PROTOCOL + "Telescope Information"
CHANGE = PROTOCOL + "Settings"
MOTION = PROTOCOL + "Telescope Motion"
POSITION = PROTOCOL + "Position"
OTHER = PROTOCOL + "Miscellaneous"


class Model(NamedTuple):
    """One row a mount: what `:MountInfo#` and `:FW1#` answer, and how it stands."""

    number: bytes
    firmware: bytes
    geometry: str


MODELS = {
    "ieq45": Model(b"0045", b"161101161101", "german"),
    "ieq30": Model(b"0030", b"161101161101", "german"),
    "cem25": Model(b"0025", b"170518170106", "german"),
    "cem60": Model(b"0060", b"161101161101", "german"),
    "smarteq": Model(b"0011", b"161101161101", "german"),
    "ieq45aa": Model(b"5045", b"161101161101", "altaz"),
}

DIRECTIONS = {b":mn#": ("dec", 1), b":ms#": ("dec", -1), b":mw#": ("ra", 1), b":me#": ("ra", -1)}
"""This version's manual says north, south, west, east and no more. North is taken by its word; for east and west
INDI's driver for it notes that mounts do the opposite, as the manual of version 3.10 has it. In doubt on hardware."""


def _row(sent: bytes, answered: bytes, meaning: object, manual: str, **given: object) -> Row:
    return Row(sent, answered, meaning, manual, seen_on_hardware=False, given=given)


HERE = (49.8, 73.1)

IDENTITY = [
    _row(b":MountInfo#", b"0045", "0045", OTHER),
    _row(b":MountInfo#", b"0060", "0060", OTHER, model="cem60"),
    _row(b":FW1#", b"161101161101#", "161101161101", OTHER),
    _row(b":V#", b"V1.00#", None, OTHER, only="simulator"),
]

STATUS = [
    _row(b":GLS#", b"+263160503280010521#", (*HERE, 1, 0), GET),
    _row(b":GLS#", b"+263160503280000521#", (*HERE, 0, 0), GET, tracking=False),
    _row(b":GLS#", b"+263160503280011521#", (*HERE, 1, 1), GET, before=b":RT1#"),
    _row(b":GLS#", b"+263160503280012521#", (*HERE, 1, 2), GET, before=b":RT2#"),
    _row(b":GLS#", b"+263160503280060521#", (*HERE, 6, 0), GET, parked=True),
    _row(b":GLS#", b"+263160503280070521#", (*HERE, 7, 0), GET, at_home=True),
    _row(b":GLS#", b"+263160503280020521#", (*HERE, 2, 0), GET, before=b":Sr07200000#:Sd+28800000#:MS#"),
    _row(
        b":GLS#",
        b"-425700203400010520#",
        (-33.5, -118.25, 1, 0),
        GET,
        latitude_degrees=-33.5,
        longitude_degrees=-118.25,
    ),
    _row(b":GLS#", b"-001800322200010520#", (-0.5, -0.5, 1, 0), GET, latitude_degrees=-0.5, longitude_degrees=-0.5),
]

WHERE_IT_POINTS = [
    _row(b":GEC#", b"+1620000019800000#", (5.5, 45.0, None), GET, ra_hours=5.5, dec_degrees=45.0),
    _row(b":GEC#", b"-0189000019800000#", (5.5, -5.25, None), GET, ra_hours=5.5, dec_degrees=-5.25),
    _row(b":GEC#", b"-0018000000000000#", (0.0, -0.5, None), GET, ra_hours=0.0, dec_degrees=-0.5),
    _row(b":GEC#", b"+0018000045000000#", (12.5, 0.5, None), GET, ra_hours=12.5, dec_degrees=0.5),
    _row(b":GEC#", b"+0000000086399990#", (23.9999972, 0.0, None), GET, only="driver"),
    _row(b":GEC#", b"+3240000021600000#", (6.0, 90.0, None), GET, only="driver"),
    _row(b":GEC#", b"-3240000021600000#", (6.0, -90.0, None), GET, only="driver"),
    _row(b":GEC#", b"+3240000086400000#", (0.0, 90.0, None), GET + ": a whole turn is allowed", only="driver"),
]

TARGETS = [
    _row(b":Sr19800000#", b"1", True, POSITION, value=("ra", 5.5)),
    _row(b":Sr00000000#", b"1", True, POSITION, value=("ra", 0.0)),
    _row(b":Sr86399990#", b"1", True, POSITION, value=("ra", 23.9999972222)),
    _row(b":Sr86400001#", b"0", False, POSITION + ", not confirmed"),
    _row(b":Sd-01890000#", b"1", True, POSITION, value=("dec", -5.25)),
    _row(b":Sd-00180000#", b"1", True, POSITION, value=("dec", -0.5)),
    _row(b":Sd+32400000#", b"1", True, POSITION, value=("dec", 90.0)),
    _row(b":Sd-32400000#", b"1", True, POSITION, value=("dec", -90.0)),
    _row(b":Sd+32400001#", b"0", False, POSITION + ", not confirmed"),
]

NEVER_SETS = b":Sr07200000#:Sd+28800000#"
NEVER_RISES = b":Sr07200000#:Sd-28800000#"

GOTOS = [
    _row(b":MS#", b"1", True, MOTION, before=NEVER_SETS),
    _row(b":MS#", b"0", False, MOTION + ": below the horizon", before=NEVER_RISES),
    _row(b":MS#", b"0", False, MOTION + ": parked", before=NEVER_SETS, parked=True),
    _row(b":CM#", b"1", True, POSITION, before=NEVER_SETS),
    _row(b":Q#", b"1", True, MOTION),
    _row(b":qR#", b"1", True, MOTION),
    _row(b":qD#", b"1", True, MOTION),
    _row(b":Q#:qR#:qD#", b"111", None, MOTION),
    *(_row(arrow, b"", None, MOTION) for arrow in DIRECTIONS),
    *(_row(b":SR%d#" % speed, b"1", True, CHANGE) for speed in range(1, 10)),
    *(_row(b":RT%d#" % rate, b"1", True, CHANGE) for rate in range(5)),
    _row(b":ST0#", b"1", True, MOTION),
    _row(b":ST1#", b"1", True, MOTION),
    _row(b":MP1#", b"1", True, MOTION),
    _row(b":MP0#", b"1", True, MOTION, parked=True),
    _row(b":MH#", b"1", True, MOTION),
    _row(b":Mn00500#", b"", None, MOTION, only="simulator"),
    _row(b":Mn00500d#", b"", None, "INDI's ieqdriverbase sends a stray d, and mounts bear it", only="simulator"),
    _row(b":AG#", b"5050#", None, GET, only="simulator"),
]

EVENING = datetime(2026, 11, 23, 22, 5, 9)

CLOCK_AND_SITE = [
    _row(
        b":GLT#",
        b"+3000261123220509#",
        datetime(2026, 11, 23, 17, 5, 9, tzinfo=UTC),
        GET,
        local=EVENING,
        zone_minutes=300,
    ),
    _row(
        b":GLT#",
        b"-2101261123220509#",
        datetime(2026, 11, 24, 0, 35, 9, tzinfo=UTC),
        GET + "; that the clock shows summer time, and the zone does not, is not confirmed",
        local=EVENING,
        zone_minutes=-210,
        summer_time=True,
    ),
    _row(b":SL220509#", b"1", True, CHANGE, value=("time", EVENING)),
    _row(b":SC261123#", b"1", True, CHANGE, value=("date", EVENING)),
    _row(b":SL240000#", b"0", False, CHANGE + ", not confirmed"),
    _row(b":SC261301#", b"0", False, CHANGE + ", not confirmed"),
    _row(b":SG+300#", b"1", True, CHANGE, value=("zone", 5.0)),
    _row(b":SG-210#", b"1", True, CHANGE, value=("zone", -3.5)),
    _row(b":SG+000#", b"1", True, CHANGE, value=("zone", 0.0)),
    _row(b":SDS0#", b"1", True, CHANGE),
    _row(b":Sg+263160#", b"1", True, CHANGE, value=("longitude", 73.1)),
    _row(b":Sg-425700#", b"1", True, CHANGE, value=("longitude", -118.25)),
    _row(b":St+179280#", b"1", True, CHANGE, value=("latitude", 49.8)),
    _row(b":St-001800#", b"1", True, CHANGE, value=("latitude", -0.5)),
    _row(b":SHE0#", b"1", True, CHANGE),
    _row(b":SHE1#", b"1", True, CHANGE),
    _row(
        b":GLT#",
        b"+3000261123220509#",
        datetime(2026, 11, 23, 17, 5, 9, tzinfo=UTC),
        CHANGE,
        before=b":SG+300#:SDS0#:SC261123#:SL220509#",
    ),
]

NOT_UNDERSTOOD = [
    _row(b":GEP#", b"", None, PROTOCOL + "a command of version 3"),
    _row(b":GUT#", b"", None, PROTOCOL + "a command of version 3"),
    _row(b":XYZ#", b"", None, PROTOCOL + "there is no such command"),
    _row(b"#", b"", None, PROTOCOL + "there is no such command"),
]

ROWS = [
    *IDENTITY,
    *STATUS,
    *WHERE_IT_POINTS,
    *TARGETS,
    *GOTOS,
    *CLOCK_AND_SITE,
    *NOT_UNDERSTOOD,
]
