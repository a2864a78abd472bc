"""The Celestron NexStar hand control as a table of bytes.

Words of `given`, all optional, that say how the mount stands when it is asked: `model` (one of MODELS, se8), `geometry`
(the model's), `aligned` (True), `tracking_mode` (0 off, 1 alt-azimuth, 2 equatorial north, 3 equatorial south; by
geometry and hemisphere), `ra_hours`, `dec_degrees` of date, `altitude_degrees`, `azimuth_degrees` (where it points),
`latitude_degrees`, `longitude_degrees` (east-positive), `local` (what its clock shows), `zone_hours` (east-positive, as
it is without summer time), `summer_time` (False), `deaf` (the AUX number of a motor board that does not answer),
`before` (bytes that it was sent earlier, answers thrown away). `only` is "driver" or "simulator" where a row cannot be
put to the other. With a question that sets something, `value` is what the sent bytes carry.

Meanings: a place is (right ascension in hours, declination in degrees) of date; a pair of axes (azimuth, altitude) in
degrees; a site (latitude, longitude) in degrees, positive to north and east; a clock its UTC; consent is True, refusal
False. A place on the wire is a fraction of a turn of which only the upper 24 bits count: programs differ in the last of
them, so places are compared as angles, within 1″ (16-bit words: within 20″).

Directions of the pass-through rates (24 positive, 25 negative): azimuth or right ascension (0x10) positive turns west,
which is what follows the sky in the north, and east in mode 3; altitude or declination (0x11) positive is up on an
alt-azimuth and north on a fork in the northern hemisphere; on a German mount north where `p` says E, south where it
says W. Nothing here has been seen on hardware of ours yet.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from tests.manuals import Row

PROTOCOL = "NexStar Communication Protocol, version 1.2, "
POSITION = PROTOCOL + "Get Position Commands"
GOTO = PROTOCOL + "GOTO Commands"
SYNC = PROTOCOL + "Sync"
TRACKING = PROTOCOL + "Tracking Commands"
SLEWING = PROTOCOL + "Slewing Commands"
TIME_AND_PLACE = PROTOCOL + "Time/Location Commands"
MISCELLANEOUS = PROTOCOL + "Miscellaneous Commands"
AUX = "NexStar AUX Command Set, "
LATER = "hand controls since 5.28, as INDI's celestrondriver speaks to them"


class Model(NamedTuple):
    """One row a hand control: what `m`, `V` and `v` answer (None: silence), and how the mount stands."""

    number: int
    firmware: tuple[int, int]
    variant: int | None
    geometry: str


MODELS = {
    "se8": Model(12, (4, 21), None, "altaz"),
    "gps": Model(1, (1, 6), None, "fork"),
    "cpc": Model(9, (4, 21), None, "altaz"),
    "cge": Model(5, (4, 10), None, "german"),
    "cgem": Model(14, (4, 21), None, "german"),
    "avx": Model(20, (5, 28), 0x11, "german"),
    "cgx": Model(23, (5, 31), 0x11, "german"),
    "evolution": Model(22, (5, 31), 0x11, "altaz"),
    "starsense": Model(20, (1, 20), 0x13, "german"),
}
"""The gps knows `m`, `t`, `z`, `b`, `w`, `W`, `h`, `H`, `s`, `S`, `p` not yet, and says nothing to them (1.6)."""


def sexagesimal(whole: int, minutes: float, seconds: float = 0.0) -> float:
    return whole + minutes / 60.0 + seconds / 3600.0


def _row(sent: bytes, answered: bytes, meaning: object, manual: str, **given: object) -> Row:
    return Row(sent, answered, meaning, manual, seen_on_hardware=False, given=given)


IDENTITY = [
    _row(b"KG", b"G#", "G", MISCELLANEOUS),
    _row(b"Kx", b"x#", "x", MISCELLANEOUS, only="simulator"),
    _row(b"K#", b"##", "#", MISCELLANEOUS),
    _row(b"K\x00", b"\x00#", "\x00", MISCELLANEOUS, only="simulator"),
    _row(b"V", b"\x04\x15#", (4, 21), MISCELLANEOUS),
    _row(b"V", b"\x01\x06#", (1, 6), MISCELLANEOUS, model="gps"),
    _row(b"V", b"\x05\x1c#", (5, 28), MISCELLANEOUS, model="avx"),
    _row(b"V", b"\x01\x14#", (1, 20), MISCELLANEOUS, model="starsense"),
    _row(b"V", b"\x04\x23#", (4, 35), MISCELLANEOUS + ", with # as data", only="driver"),
    _row(b"v", b"\x11#", 0x11, LATER, model="avx"),
    _row(b"v", b"\x13#", 0x13, LATER, model="starsense"),
    _row(b"v", b"", None, LATER),
    _row(b"m", b"\x0c#", 12, MISCELLANEOUS),
    _row(b"m", b"\x14#", 20, MISCELLANEOUS, model="avx"),
    _row(b"m", b"\x17#", 23, MISCELLANEOUS, model="cgx"),
    _row(b"m", b"", None, MISCELLANEOUS + " (since 2.2)", model="gps"),
    _row(b"J", b"\x01#", True, MISCELLANEOUS),
    _row(b"J", b"\x00#", False, MISCELLANEOUS, aligned=False),
    _row(b"P\x01\x10\xfe\x00\x00\x00\x02", b"\x06\x0d#", (6, 13), AUX + "get version"),
    _row(
        b"P\x01\x12\xfe\x00\x00\x00\x04", b"\x00\x00\x00\x00\x00#", None, AUX + "no focuser: one byte more than asked"
    ),
]

WHERE_IT_POINTS = [
    _row(b"e", b"40000000,20000000#", (6.0, 45.0), POSITION, ra_hours=6.0, dec_degrees=45.0),
    _row(b"E", b"4000,2000#", (6.0, 45.0), POSITION, ra_hours=6.0, dec_degrees=45.0),
    _row(b"e", b"3AAAAB00,FC444400#", (5.5, -5.25), POSITION, ra_hours=5.5, dec_degrees=-5.25),
    _row(b"E", b"3AAB,FC44#", (5.5, -5.25), POSITION, ra_hours=5.5, dec_degrees=-5.25),
    _row(b"e", b"00000000,00000000#", (0.0, 0.0), POSITION, ra_hours=0.0, dec_degrees=0.0),
    _row(
        b"e", b"FFFFFE00,00B60B00#", (sexagesimal(23, 59, 59.99), 1.0), POSITION, ra_hours=23.99999722, dec_degrees=1.0
    ),
    _row(b"e", b"80000000,40000000#", (12.0, 90.0), POSITION, ra_hours=12.0, dec_degrees=90.0, only="driver"),
    _row(b"e", b"80000000,3FEDCC00#", (12.0, 89.9), POSITION, ra_hours=12.0, dec_degrees=89.9),
    _row(b"e", b"C0000000,C0000000#", (18.0, -90.0), POSITION, ra_hours=18.0, dec_degrees=-90.0, only="driver"),
    _row(b"e", b"20000000,E0000000#", (3.0, -45.0), POSITION, ra_hours=3.0, dec_degrees=-45.0),
    _row(b"e", b"20000000,C05B0600#", (3.0, -89.5), POSITION, ra_hours=3.0, dec_degrees=-89.5),
    _row(b"e", b"00000000,FFA4FA00#", (0.0, -0.5), POSITION, ra_hours=0.0, dec_degrees=-0.5),
    _row(b"e", b"85555500,005B0600#", (12.5, 0.5), POSITION, ra_hours=12.5, dec_degrees=0.5),
    _row(b"e", b"40000000,60000000#", (6.0, 45.0), POSITION + ", beyond the pole", only="driver"),
    _row(b"e", b"40000000,A0000000#", (6.0, -45.0), POSITION + ", beyond the pole", only="driver"),
    _row(b"e", b"40000000,20000023#", (6.0, 45.0), POSITION, only="driver"),
    _row(b"z", b"C0000000,15555500#", (270.0, 30.0), POSITION, azimuth_degrees=270.0, altitude_degrees=30.0),
    _row(b"Z", b"C000,1555#", (270.0, 30.0), POSITION, azimuth_degrees=270.0, altitude_degrees=30.0),
    _row(b"z", b"05555500,FF49F500#", (7.5, -1.0), POSITION, azimuth_degrees=7.5, altitude_degrees=-1.0),
    _row(b"z", b"", None, POSITION + " (since 2.2)", model="gps"),
]

NEVER_SETS = b"r15555555,38E38E39"  # 2 h, +80°
NEVER_RISES = b"r15555555,C71C71C7"  # 2 h, −80°

GOTOS_AND_SYNC = [
    _row(b"r3AAAAAAA,FC444444", b"#", True, GOTO, value=(5.5, -5.25)),
    _row(b"R3AAB,FC44", b"#", True, GOTO, value=(5.5, -5.25)),
    _row(b"r3aaaaaaa,fc444444", b"#", True, GOTO + ", small letters", only="simulator"),
    _row(b"r00000000,00000000", b"#", True, GOTO, value=(0.0, 0.0)),
    _row(b"r00000000,FFA4FA50", b"#", True, GOTO, value=(0.0, -0.5)),
    _row(b"r40000000,40000000", b"#", True, GOTO, value=(6.0, 90.0)),
    _row(b"r40000000,C0000000", b"#", True, GOTO, value=(6.0, -90.0)),
    _row(b"L", b"0#", False, GOTO),
    _row(b"L", b"1#", True, GOTO, before=NEVER_SETS),
    _row(b"L", b"0#", False, GOTO + ": below the horizon, and no word of it", before=NEVER_RISES),
    _row(b"L", b"0#", False, GOTO + ": scope must be aligned", before=NEVER_SETS, aligned=False),
    _row(b"L", b"0#", False, GOTO + ": cancelled", before=NEVER_SETS + b"M"),
    _row(
        b"L",
        b"1#",
        True,
        GOTO + ": a rate of 0 ends no goto",
        before=b"b80000000,20000000P\x02\x11\x24\x00\x00\x00\x00",
    ),
    _row(b"M", b"#", True, GOTO),
    _row(b"b80000000,20000000", b"#", True, GOTO, value=(180.0, 45.0)),
    _row(b"L", b"1#", True, GOTO, before=b"b00000000,0AAAAAAA"),
    _row(b"B8000,2000", b"#", True, GOTO, value=(180.0, 45.0)),
    _row(b"s3BBBBBBB,FC71C71C", b"#", True, SYNC, value=(5.6, -5.0)),
    _row(b"e", b"3BBBBC00,FC71C700#", (5.6, -5.0), SYNC, before=b"s3BBBBBBB,FC71C71C"),
    _row(b"S4000,2000", b"#", True, SYNC),
    _row(b"s3BBBBBBB,FC71C71C", b"", None, SYNC + " (since 4.10)", model="gps", only="simulator"),
]
"""What a hand control older than a command does with its arguments is not documented; ours sees them as letters."""

MOTION = [
    *(
        _row(b"P\x02" + axis + way + bytes([rate]) + b"\x00\x00\x00", b"#", True, SLEWING)
        for axis in (b"\x10", b"\x11")
        for way in (b"\x24", b"\x25")
        for rate in (0, 1, 9)
    ),
    _row(b"P\x03\x10\x06\x01\xe0\x00\x00", b"#", True, SLEWING + ", 120″ a second", only="simulator"),
    _row(b"P\x02\x11\x24\x05\x00\x00\x00", b"\x00#", False, AUX + "the motor board is silent", deaf=0x11),
    _row(b"t", b"\x01#", 1, TRACKING),
    _row(b"t", b"\x00#", 0, TRACKING, tracking_mode=0),
    _row(b"t", b"\x02#", 2, TRACKING, model="avx"),
    _row(b"t", b"\x03#", 3, TRACKING, model="avx", latitude_degrees=-33.0),
    _row(b"t", b"\x02\x00\x01#", 2, "INDI's celestrondriver: StarSense may add bytes", only="driver"),
    _row(b"t", b"", None, TRACKING + " (since 2.3)", model="gps"),
    *(_row(b"T" + bytes([mode]), b"#", True, TRACKING, value=mode) for mode in (0, 1, 2, 3)),
    _row(b"t", b"\x00#", 0, TRACKING, before=b"T\x00"),
    _row(b"t", b"\x02#", 2, TRACKING, before=b"T\x00T\x02", model="cgem"),
    _row(b"P\x03\x10\x06\xff\xff\x00\x00", b"#", True, AUX + "set positive guide rate: sidereal", model="avx"),
    _row(b"P\x03\x10\x06\xff\xfe\x00\x00", b"#", True, AUX + "set positive guide rate: solar", model="avx"),
    _row(b"P\x03\x10\x06\xff\xfd\x00\x00", b"#", True, AUX + "set positive guide rate: lunar", model="avx"),
    _row(
        b"P\x03\x10\x07\xff\xfd\x00\x00",
        b"#",
        True,
        AUX + "set negative guide rate: lunar",
        model="avx",
        latitude_degrees=-33.0,
        tracking_mode=3,
    ),
    _row(
        b"p", b"E#", "E", LATER + ": the tube is west of the pier", model="avx", altitude_degrees=45, azimuth_degrees=90
    ),
    _row(
        b"p",
        b"W#",
        "W",
        LATER + ": the tube is east of the pier",
        model="avx",
        altitude_degrees=45,
        azimuth_degrees=270,
    ),
    _row(
        b"p",
        b"W#",
        "W",
        LATER + ": up to 5.24 the letters are exchanged in the south",
        model="cgem",
        latitude_degrees=-33.0,
        altitude_degrees=45,
        azimuth_degrees=90,
    ),
    _row(b"p", b"E#", "E", LATER, model="starsense", latitude_degrees=-33.0, altitude_degrees=45, azimuth_degrees=90),
    _row(b"x", b"#", True, LATER + ": hibernate", model="avx"),
    _row(b"y", b"#", True, LATER + ": wake", model="avx"),
]

EVENING = datetime(2026, 11, 23, 22, 5, 9)

CLOCK_AND_SITE = [
    _row(
        b"h",
        b"\x0f\x1a\x00\x04\x06\x05\xfb\x01#",
        datetime(2005, 4, 6, 19, 26, tzinfo=UTC),
        TIME_AND_PLACE,
        local=datetime(2005, 4, 6, 15, 26),
        zone_hours=-5.0,
        summer_time=True,
    ),
    _row(
        b"h",
        b"\x16\x05\x09\x0b\x17\x1a\x05\x00#",
        datetime(2026, 11, 23, 17, 5, 9, tzinfo=UTC),
        TIME_AND_PLACE,
        local=EVENING,
        zone_hours=5.0,
    ),
    _row(
        b"h",
        b"\x16\x23\x23\x0b\x17\x1a\x05\x00#",
        datetime(2026, 11, 23, 17, 35, 35, tzinfo=UTC),
        TIME_AND_PLACE + ", with # as data",
        local=datetime(2026, 11, 23, 22, 35, 35),
        zone_hours=5.0,
    ),
    _row(
        b"i",
        b"\x16\x05\x09\x0b\x17\x1a\x16\x00#",
        datetime(2026, 11, 23, 16, 35, 9, tzinfo=UTC),
        LATER + ": the zone in quarters of an hour",
        model="avx",
        local=EVENING,
        zone_hours=5.5,
    ),
    _row(
        b"i",
        b"\x16\x05\x09\x0b\x17\x1a\xf2\x00#",
        datetime(2026, 11, 24, 1, 35, 9, tzinfo=UTC),
        LATER,
        model="avx",
        local=EVENING,
        zone_hours=-3.5,
    ),
    _row(b"h", b"", None, TIME_AND_PLACE + " (since 2.3)", model="gps"),
    _row(
        b"H\x0f\x1a\x00\x04\x06\x05\xfb\x01",
        b"#",
        True,
        TIME_AND_PLACE + ": 3:26 p.m. on April 6, 2005, Eastern time, with summer time",
        only="simulator",
    ),
    _row(b"H\x16\x05\x09\x0b\x17\x1a\x05\x00", b"#", True, TIME_AND_PLACE, value=(EVENING, 5.0)),
    _row(b"H\x16\x05\x09\x0b\x17\x1a\xfb\x00", b"#", True, TIME_AND_PLACE, value=(EVENING, -5.0)),
    _row(b"I\x16\x05\x09\x0b\x17\x1a\x16\x00", b"#", True, LATER, value=(EVENING, 5.5), model="avx"),
    _row(
        b"h",
        b"\x16\x05\x09\x0b\x17\x1a\x05\x00#",
        datetime(2026, 11, 23, 17, 5, 9, tzinfo=UTC),
        TIME_AND_PLACE,
        before=b"H\x16\x05\x09\x0b\x17\x1a\x05\x00",
        zone_hours=0.0,
    ),
    _row(
        b"w",
        b"\x21\x32\x29\x00\x76\x14\x11\x01#",
        (sexagesimal(33, 50, 41), -sexagesimal(118, 20, 17)),
        TIME_AND_PLACE,
        latitude_degrees=sexagesimal(33, 50, 41),
        longitude_degrees=-sexagesimal(118, 20, 17),
    ),
    _row(
        b"w",
        b"\x23\x00\x23\x01\x0b\x23\x00\x00#",
        (-sexagesimal(35, 0, 35), sexagesimal(11, 35)),
        TIME_AND_PLACE + ", with # as data",
        latitude_degrees=-sexagesimal(35, 0, 35),
        longitude_degrees=sexagesimal(11, 35),
    ),
    _row(
        b"w",
        b"\x00\x1e\x00\x01\x00\x1e\x00\x01#",
        (-0.5, -0.5),
        TIME_AND_PLACE,
        latitude_degrees=-0.5,
        longitude_degrees=-0.5,
    ),
    _row(
        b"w",
        b"\x31\x30\x00\x00\xb3\x3b\x3b\x00#",
        (49.8, sexagesimal(179, 59, 59)),
        TIME_AND_PLACE,
        latitude_degrees=49.8,
        longitude_degrees=sexagesimal(179, 59, 59),
    ),
    _row(
        b"W\x21\x32\x29\x00\x76\x14\x11\x01",
        b"#",
        True,
        TIME_AND_PLACE,
        value=(sexagesimal(33, 50, 41), -sexagesimal(118, 20, 17)),
    ),
    _row(b"W\x00\x1e\x00\x01\x00\x1e\x00\x01", b"#", True, TIME_AND_PLACE, value=(-0.5, -0.5)),
    _row(b"W\x31\x30\x00\x00\x49\x06\x00\x00", b"#", True, TIME_AND_PLACE, value=(49.8, 73.1)),
    _row(
        b"w",
        b"\x31\x30\x00\x00\x49\x06\x00\x00#",
        (49.8, 73.1),
        TIME_AND_PLACE,
        before=b"W\x31\x30\x00\x00\x49\x06\x00\x00",
    ),
    _row(
        b"J",
        b"\x00#",
        False,
        "INDI pull request 907: a StarSense that is told the site forgets its alignment",
        model="starsense",
        before=b"W\x31\x30\x00\x00\x49\x06\x00\x00",
    ),
    _row(
        b"J",
        b"\x01#",
        True,
        "INDI issue 1330: others keep it",
        model="avx",
        before=b"W\x31\x30\x00\x00\x49\x06\x00\x00",
    ),
]

NOT_UNDERSTOOD = [
    _row(b"#", b"", None, "SkySafari sends a stray # after V, and it is ignored"),
    _row(b"#V#", b"\x04\x15#", None, "the same", only="simulator"),
    _row(b"q", b"", None, PROTOCOL + "there is no such letter"),
]

ROWS = [
    *IDENTITY,
    *WHERE_IT_POINTS,
    *GOTOS_AND_SYNC,
    *MOTION,
    *CLOCK_AND_SITE,
    *NOT_UNDERSTOOD,
]
