"""The iOptron command set of version 3 as a table of bytes.

Words of `given`, all optional, that say how the mount stands when it is asked: `model` (one of MODELS, cem26),
`geometry` (the model's), `ra_hours`, `dec_degrees` of date, `altitude_degrees`, `azimuth_degrees` (where it points),
`tracking` (True), `parked` (False: at its park position, asleep), `at_home` (False), `latitude_degrees`,
`longitude_degrees` (east-positive), `utc` (by its clock), `zone_minutes` (east-positive, without summer time),
`summer_time` (False), `before` (bytes that it was sent earlier, answers thrown away). `only` is "driver" or
"simulator" where a row cannot be put to the other. With a question that sets something, `value` is what the sent bytes
carry. Unless it is told otherwise its GPS is absent (0), its arrow speed 64x (5) and its time from the hand control
(2).

Meanings: a place is (right ascension in hours, declination in degrees, side of the pier that the tube is on: east,
west or None); a status (latitude, longitude, positive to north and east, status digit, tracking rate digit); a clock
its UTC; consent is True, refusal False. The wire counts in 0.01″ and milliseconds; places are compared within 1″.
The arrow commands say nothing and turn as DIRECTIONS has it. Nothing here has been seen on hardware of ours yet.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from tests.manuals import Row

PROTOCOL = "iOptron Mount RS-232 Command Language, version 3.10, "
GET = PROTOCOL + "Get Information and Settings"
CHANGE = PROTOCOL + "Change Settings"
MOTION = PROTOCOL + "Mount Motion"
POSITION = PROTOCOL + "Position"
OTHER = PROTOCOL + "Miscellaneous"


class Model(NamedTuple):
    """One row a mount: what `:MountInfo#` and `:FW1#` answer, and how it stands."""

    number: bytes
    firmware: bytes
    geometry: str


MODELS = {
    "cem26": Model(b"0026", b"210420210105", "german"),
    "gem28": Model(b"0028", b"210420210105", "german"),
    "cem40": Model(b"0040", b"210105210105", "german"),
    "gem45": Model(b"0043", b"210105210105", "german"),
    "cem70": Model(b"0070", b"210105210105", "german"),
    "cem120": Model(b"0120", b"210105210105", "german"),
    "hem44": Model(b"0045", b"230615230310", "german"),
    "azmp": Model(b"5035", b"210105210105", "altaz"),
}

DIRECTIONS = {b":mn#": ("dec", -1), b":ms#": ("dec", 1), b":mw#": ("ra", 1), b":me#": ("ra", -1)}
"""Mount Motion: which coordinate grows or falls. It is the manual's own word, against what the letters make one think;
INDI found the same of east and west on a CEM120 in 2020, and takes `mn` for north none the less."""


def _row(sent: bytes, answered: bytes, meaning: object, manual: str, **given: object) -> Row:
    return Row(sent, answered, meaning, manual, seen_on_hardware=False, given=given)


HERE = (49.8, 73.1)

IDENTITY = [
    _row(b":MountInfo#", b"0026", "0026", OTHER),
    _row(b":MountInfo#", b"0120", "0120", OTHER, model="cem120"),
    _row(b":MountInfo#", b"5035", "5035", "INDI's ioptronv3driver", model="azmp"),
    _row(b":FW1#", b"210420210105#", "210420210105", OTHER),
    _row(b":FW2#", b"210420210420#", "210420210420", OTHER, only="driver"),
]

STATUS = [
    _row(b":GLS#", b"+2631600050328000010521#", (*HERE, 1, 0), GET),
    _row(b":GLS#", b"+2631600050328000000521#", (*HERE, 0, 0), GET, tracking=False),
    _row(b":GLS#", b"+2631600050328000011521#", (*HERE, 1, 1), GET, before=b":RT1#"),
    _row(b":GLS#", b"+2631600050328000012521#", (*HERE, 1, 2), GET, before=b":RT2#"),
    _row(b":GLS#", b"+2631600050328000013521#", (*HERE, 1, 3), GET, before=b":RT3#"),
    _row(b":GLS#", b"+2631600050328000010921#", (*HERE, 1, 0), GET, before=b":SR9#"),
    _row(b":GLS#", b"+2631600050328000060521#", (*HERE, 6, 0), GET, parked=True),
    _row(b":GLS#", b"+2631600050328000070521#", (*HERE, 7, 0), GET, at_home=True),
    _row(b":GLS#", b"+2631600050328000050521#", (*HERE, 5, 0), GET, only="driver"),
    _row(b":GLS#", b"+2631600050328000040521#", (*HERE, 4, 0), GET, only="driver"),
    _row(b":GLS#", b"+2631600050328000020521#", (*HERE, 2, 0), GET, before=b":SRA010800000#:Sd+28800000#:MS1#"),
    _row(b":GLS#", b"+2631600050328000020521#", (*HERE, 2, 0), GET, before=b":MH#"),
    _row(b":GLS#", b"+2631600050328000020521#", (*HERE, 2, 0), GET, before=b":MP1#"),
    _row(
        b":GLS#",
        b"-4257000020340000010520#",
        (-33.5, -118.25, 1, 0),
        GET,
        latitude_degrees=-33.5,
        longitude_degrees=-118.25,
    ),
    _row(
        b":GLS#",
        b"-0018000032220000010520#",
        (-0.5, -0.5, 1, 0),
        GET,
        latitude_degrees=-0.5,
        longitude_degrees=-0.5,
    ),
]

WHERE_IT_POINTS = [
    _row(b":GEP#", b"+1620000009720000001#", (18.0, 45.0, "east"), GET, only="driver"),
    _row(b":GEP#", b"+1620000002970000011#", (5.5, 45.0, "west"), GET, ra_hours=5.5, dec_degrees=45.0),
    _row(b":GEP#", b"-0189000002970000011#", (5.5, -5.25, "west"), GET, ra_hours=5.5, dec_degrees=-5.25),
    _row(b":GEP#", b"-0018000000000000001#", (0.0, -0.5, "east"), GET, ra_hours=0.0, dec_degrees=-0.5),
    _row(b":GEP#", b"+0018000006750000021#", (12.5, 0.5, None), GET, only="driver"),
    _row(b":GEP#", b"+0000000012959998501#", (23.9999972, 0.0, "east"), GET, only="driver"),
    _row(b":GEP#", b"+3240000003240000021#", (6.0, 90.0, None), GET, only="driver"),
    _row(b":GEP#", b"-3240000003240000021#", (6.0, -90.0, None), GET, only="driver"),
    _row(b":GEP#", b"+3240000012960000021#", (0.0, 90.0, None), GET + ": a whole turn is allowed", only="driver"),
]
"""A simulated mount has come there by a goto, a German one on the usual side: in the evening of 2026-11-23, 17:00 UTC,
at 73.1° E the sidereal time is 2 h 03 m."""

TARGETS = [
    _row(b":SRA029700000#", b"1", True, POSITION, value=("ra", 5.5)),
    _row(b":SRA000000000#", b"1", True, POSITION, value=("ra", 0.0)),
    _row(b":SRA129599985#", b"1", True, POSITION, value=("ra", 23.9999972222)),
    _row(b":SRA129600001#", b"0", False, POSITION + ", not confirmed"),
    _row(b":Sd-01890000#", b"1", True, POSITION, value=("dec", -5.25)),
    _row(b":Sd-00180000#", b"1", True, POSITION, value=("dec", -0.5)),
    _row(b":Sd+00180000#", b"1", True, POSITION, value=("dec", 0.5)),
    _row(b":Sd+32400000#", b"1", True, POSITION, value=("dec", 90.0)),
    _row(b":Sd-32400000#", b"1", True, POSITION, value=("dec", -90.0)),
    _row(b":Sd+32400001#", b"0", False, POSITION + ", not confirmed"),
    _row(b":Sd-1800000#", b"0", False, "INDIGO sends 7 digits; that a mount says 0 to it is not confirmed"),
]

NEVER_SETS = b":SRA010800000#:Sd+28800000#"
NEVER_RISES = b":SRA010800000#:Sd-28800000#"

GOTOS = [
    _row(b":MS1#", b"1", True, MOTION, before=NEVER_SETS),
    _row(b":MS1#", b"0", False, MOTION + ": below the altitude limit", before=NEVER_RISES),
    _row(b":MS1#", b"0", False, MOTION + ": parked", before=NEVER_SETS, parked=True),
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
    _row(b":GLS#", b"+2631600050328000000521#", (*HERE, 0, 0), MOTION, before=b":ST0#"),
    _row(b":MP1#", b"1", True, MOTION),
    _row(b":MP0#", b"1", True, MOTION),
    _row(b":MP0#", b"1", True, MOTION, parked=True),
    _row(b":MH#", b"1", True, MOTION),
    _row(b":ZS00500#", b"", None, MOTION, only="simulator"),
    _row(b":AG#", b"5050#", None, GET, only="simulator"),
    _row(b":GMT#", b"000#", None, GET, only="simulator"),
    _row(b":GPE#", b"0", None, GET, only="simulator"),
]

CLOCK_AND_SITE = [
    _row(
        b":GUT#",
        b"+30000848725509000#",
        datetime(2026, 11, 23, 17, 5, 9, tzinfo=UTC),
        GET,
        utc=datetime(2026, 11, 23, 17, 5, 9, tzinfo=UTC),
        zone_minutes=300,
    ),
    _row(
        b":GUT#",
        b"-21010848725509000#",
        datetime(2026, 11, 23, 17, 5, 9, tzinfo=UTC),
        GET,
        utc=datetime(2026, 11, 23, 17, 5, 9, tzinfo=UTC),
        zone_minutes=-210,
        summer_time=True,
    ),
    _row(
        b":SUT0848725509000#",
        b"1",
        True,
        CHANGE,
        value=("utc", datetime(2026, 11, 23, 17, 5, 9, tzinfo=UTC)),
    ),
    _row(b":SG+300#", b"1", True, CHANGE, value=("zone", 5.0)),
    _row(b":SG-210#", b"1", True, CHANGE, value=("zone", -3.5)),
    _row(b":SG+000#", b"1", True, CHANGE, value=("zone", 0.0)),
    _row(b":SDS0#", b"1", True, CHANGE),
    _row(b":SLO+26316000#", b"1", True, CHANGE, value=("longitude", 73.1)),
    _row(b":SLO-42570000#", b"1", True, CHANGE, value=("longitude", -118.25)),
    _row(b":SLO-00180000#", b"1", True, CHANGE, value=("longitude", -0.5)),
    _row(b":SLA+17928000#", b"1", True, CHANGE, value=("latitude", 49.8)),
    _row(b":SLA-00180000#", b"1", True, CHANGE, value=("latitude", -0.5)),
    _row(b":SLA+32400001#", b"0", False, CHANGE + ", not confirmed"),
    _row(b":SHE0#", b"1", True, CHANGE),
    _row(b":SHE1#", b"1", True, CHANGE),
    _row(
        b":GLS#",
        b"-4257000020340000010520#",
        (-33.5, -118.25, 1, 0),
        CHANGE,
        before=b":SLO-42570000#:SLA-12060000#:SHE0#",
        only="driver",
    ),
    _row(
        b":GUT#",
        b"+30000848725509000#",
        datetime(2026, 11, 23, 17, 5, 9, tzinfo=UTC),
        CHANGE,
        before=b":SG+300#:SDS0#:SUT0848725509000#",
    ),
]

NOT_UNDERSTOOD = [
    _row(b":GEC#", b"", None, PROTOCOL + "a command of version 2"),
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
