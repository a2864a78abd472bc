"""The Sky-Watcher SynScan hand control as a table of bytes: NexStar's letters with other meanings.

Words of `given`, all optional, that say how the mount stands when it is asked: `model` (one of MODELS, eq6), `geometry`
(the model's), `aligned` (True), `tracking_mode` (0 off, 1 alt-azimuth, 2 equatorial, 3 with PEC; by geometry),
`j2000_ra_hours`, `j2000_dec_degrees`, `altitude_degrees`, `azimuth_degrees` (where it points), `latitude_degrees`,
`longitude_degrees` (east-positive), `local` (what its clock shows), `zone_hours` (east-positive), `summer_time`
(False), `deaf` (the AUX number of a motor board that does not answer), `before` (bytes sent earlier, answers thrown
away). `only` is "driver" or "simulator" where a row cannot be put to the other. With a question that sets something,
`value` is what the sent bytes carry.

Meanings: a place is (right ascension in hours, declination in degrees) of J2000, which is what the wire speaks; the
rest as in tests/manuals/nexstar.py, and so are the directions of the pass-through rates (both hemispheres alike, since
there is no mode of the south). Places are compared as angles, within 1″ (16-bit words: within 20″). Fixed rates are 1 =
1x, 2 = 8x, 3 = 16x, 4 = 32x, 5 = 64x, 6 = 128x, 7 = 400x, 8 = 600x sidereal, 9 = the fastest. Nothing here has been
seen on hardware of ours yet.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from tests.manuals import Row

PROTOCOL = "SynScan Serial Communication Protocol, version 3.3, "
POSITION = PROTOCOL + "position"
GOTO = PROTOCOL + "goto"
SYNC = PROTOCOL + "sync"
TRACKING = PROTOCOL + "tracking"
SLEWING = PROTOCOL + "slewing"
TIME_AND_PLACE = PROTOCOL + "time and location"
MISCELLANEOUS = PROTOCOL + "miscellaneous"
INDI = "INDI's synscandriver, "


class Model(NamedTuple):
    """One row a mount: what `m` and `V` answer, and how it stands."""

    number: int
    firmware: tuple[int, int, int]
    geometry: str


MODELS = {
    "eq6": Model(0, (4, 37, 7), "german"),
    "heq5": Model(1, (4, 39, 5), "german"),
    "eq5": Model(2, (4, 38, 0), "german"),
    "eq8": Model(4, (4, 39, 21), "german"),
    "azeq6": Model(5, (4, 39, 5), "german"),
    "az": Model(128, (4, 39, 5), "altaz"),
    "dob": Model(144, (4, 39, 5), "altaz"),
    "azgti": Model(165, (4, 39, 5), "altaz"),
    "old": Model(0, (3, 27, 0), "german"),
}


def _row(sent: bytes, answered: bytes, meaning: object, manual: str, **given: object) -> Row:
    return Row(sent, answered, meaning, manual, seen_on_hardware=False, given=given)


IDENTITY = [
    _row(b"KG", b"G#", "G", MISCELLANEOUS),
    _row(b"Kx", b"x#", "x", MISCELLANEOUS, only="simulator"),
    _row(b"Ka", b"a#", "a", MISCELLANEOUS, only="simulator"),
    _row(b"V", b"042507#", (4, 37, 7), MISCELLANEOUS),
    _row(b"V", b"042715#", (4, 39, 21), MISCELLANEOUS, model="eq8"),
    _row(b"V", b"031B00#", (3, 27, 0), MISCELLANEOUS, model="old"),
    _row(b"m", b"\x00#", 0, MISCELLANEOUS),
    _row(b"m", b"\x05#", 5, MISCELLANEOUS, model="azeq6"),
    _row(b"m", b"\x90#", 144, MISCELLANEOUS, model="dob"),
    _row(b"m", b"\xa5#", 165, MISCELLANEOUS, model="azgti"),
    _row(b"m", b"\x23#", 35, MISCELLANEOUS + ", with # as data", only="driver"),
    _row(b"J", b"\x01#", True, MISCELLANEOUS),
    _row(b"J", b"\x00#", False, MISCELLANEOUS, aligned=False),
]

WHERE_IT_POINTS = [
    _row(b"e", b"40000000,20000000#", (6.0, 45.0), POSITION, j2000_ra_hours=6.0, j2000_dec_degrees=45.0),
    _row(b"E", b"4000,2000#", (6.0, 45.0), POSITION, j2000_ra_hours=6.0, j2000_dec_degrees=45.0),
    _row(b"e", b"3AAAAB00,FC444400#", (5.5, -5.25), POSITION, j2000_ra_hours=5.5, j2000_dec_degrees=-5.25),
    _row(b"e", b"00000000,00000000#", (0.0, 0.0), POSITION, j2000_ra_hours=0.0, j2000_dec_degrees=0.0),
    _row(b"e", b"FFFFFE00,00B60B00#", (23.9999972, 1.0), POSITION, j2000_ra_hours=23.9999972, j2000_dec_degrees=1.0),
    _row(b"e", b"80000000,40000000#", (12.0, 90.0), POSITION, only="driver"),
    _row(b"e", b"C0000000,C0000000#", (18.0, -90.0), POSITION, only="driver"),
    _row(b"e", b"20000000,C05B0600#", (3.0, -89.5), POSITION, only="driver"),
    _row(b"e", b"00000000,FFA4FA00#", (0.0, -0.5), POSITION, j2000_ra_hours=0.0, j2000_dec_degrees=-0.5),
    _row(b"e", b"85555500,005B0600#", (12.5, 0.5), POSITION, j2000_ra_hours=12.5, j2000_dec_degrees=0.5),
    _row(b"e", b"40000000,60000000#", (6.0, 45.0), POSITION + ", beyond the pole", only="driver"),
    _row(
        b"z",
        b"C0000000,15555500#",
        (270.0, 30.0),
        POSITION,
        model="az",
        azimuth_degrees=270.0,
        altitude_degrees=30.0,
    ),
]

NEVER_SETS = b"r15555555,38E38E39"  # 2 h, +80°
NEVER_RISES = b"r15555555,C71C71C7"  # 2 h, −80°

GOTOS_AND_SYNC = [
    _row(b"r3A6D7599,FC4017E8", b"#", True, INDI + "for 5 h 30 m, −5° 15′ of November 2026", only="simulator"),
    _row(b"r3AAAAAAA,FC444444", b"#", True, GOTO, value=(5.5, -5.25)),
    _row(b"r00000000,FFA4FA50", b"#", True, GOTO, value=(0.0, -0.5)),
    _row(b"r40000000,40000000", b"#", True, GOTO, value=(6.0, 90.0)),
    _row(b"r40000000,C0000000", b"#", True, GOTO, value=(6.0, -90.0)),
    _row(b"R3AAB,FC44", b"#", True, GOTO, only="simulator"),
    _row(b"L", b"0#", False, GOTO),
    _row(b"L", b"1#", True, GOTO, before=NEVER_SETS),
    _row(b"L", b"0#", False, GOTO + ": below the horizon, and no word of it", before=NEVER_RISES),
    _row(b"L", b"0#", False, GOTO + ": must be aligned", before=NEVER_SETS, aligned=False),
    _row(b"L", b"0#", False, GOTO + ": cancelled", before=NEVER_SETS + b"M"),
    _row(b"M", b"#", True, GOTO),
    _row(b"b80000000,20000000", b"#", True, GOTO, value=(180.0, 45.0), model="az"),
    _row(b"L", b"1#", True, GOTO, before=b"b00000000,0AAAAAAA", model="az"),
    _row(b"s3BBBBBBB,FC71C71C", b"#", True, SYNC, value=(5.6, -5.0)),
    _row(b"e", b"3BBBBC00,FC71C700#", (5.6, -5.0), SYNC, before=b"s3BBBBBBB,FC71C71C"),
]

MOTION = [
    *(
        _row(b"P\x02" + axis + way + bytes([rate]) + b"\x00\x00\x00", b"#", True, SLEWING)
        for axis in (b"\x10", b"\x11")
        for way in (b"\x24", b"\x25")
        for rate in (0, 1, 9)
    ),
    _row(b"P\x03\x11\x07\x00\x5a\x00\x00", b"#", True, INDI + "guides by a variable rate", only="simulator"),
    _row(b"P\x02\x11\x24\x05\x00\x00\x00", b"\x00#", False, SLEWING + ", not confirmed", deaf=0x11),
    _row(b"t", b"\x02#", 2, TRACKING),
    _row(b"t", b"\x02#", 2, TRACKING, latitude_degrees=-33.0),
    _row(b"t", b"\x01#", 1, TRACKING, model="dob"),
    _row(b"t", b"\x00#", 0, TRACKING, tracking_mode=0),
    _row(b"t", b"\x03#", 3, TRACKING, tracking_mode=3),
    *(_row(b"T" + bytes([mode]), b"#", True, TRACKING, value=mode) for mode in (0, 1, 2, 3)),
    _row(b"t", b"\x00#", 0, TRACKING, before=b"T\x00"),
    _row(b"t", b"\x02#", 2, TRACKING, before=b"T\x00T\x02"),
    _row(b"p", b"E#", "E", INDI + "the tube is west of the pier", altitude_degrees=45, azimuth_degrees=90),
    _row(b"p", b"W#", "W", INDI + "the tube is east of the pier", altitude_degrees=45, azimuth_degrees=270),
]

EVENING = datetime(2026, 11, 23, 22, 5, 9)

CLOCK_AND_SITE = [
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
        b"\x16\x23\x23\x0b\x17\x1a\xfb\x01#",
        datetime(2026, 11, 24, 2, 35, 35, tzinfo=UTC),
        TIME_AND_PLACE + ", with # as data",
        local=datetime(2026, 11, 23, 22, 35, 35),
        zone_hours=-5.0,
        summer_time=True,
    ),
    _row(b"H\x16\x05\x09\x0b\x17\x1a\x05\x00", b"#", True, TIME_AND_PLACE, value=(EVENING, 5.0)),
    _row(b"H\x16\x05\x09\x0b\x17\x1a\xfb\x00", b"#", True, TIME_AND_PLACE, value=(EVENING, -5.0)),
    _row(b"H\x0c\x3b\x3b\x0b\x17\x1a\x01\x00", b"#", True, INDI + "for 13 h at UTC+1", only="simulator"),
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
        b"\x23\x00\x23\x01\x0b\x23\x00\x00#",
        (-(35 + 35 / 3600), 11 + 35 / 60),
        TIME_AND_PLACE + ", with # as data",
        latitude_degrees=-(35 + 35 / 3600),
        longitude_degrees=11 + 35 / 60,
    ),
    _row(b"w", b"\x30\x06\x00\x00\x0b\x1e\x00\x00#", (48.1, 11.5), INDI, before=b"W\x30\x06\x00\x00\x0b\x1e\x00\x00"),
    _row(b"W\x30\x06\x00\x00\x0b\x1e\x00\x00", b"#", True, INDI, value=(48.1, 11.5)),
    _row(b"W\x00\x1e\x00\x01\x00\x1e\x00\x01", b"#", True, TIME_AND_PLACE, value=(-0.5, -0.5)),
    _row(b"J", b"\x01#", True, TIME_AND_PLACE, before=b"W\x30\x06\x00\x00\x0b\x1e\x00\x00"),
]

NOT_UNDERSTOOD = [
    _row(b"#", b"", None, PROTOCOL + "there is no such letter"),
    _row(b"q", b"", None, PROTOCOL + "there is no such letter"),
    _row(
        b":e1\r",
        b"40000000,20000000#",
        None,
        "the motor controller's language: only its e is a letter here, too",
        only="simulator",
        j2000_ra_hours=6.0,
        j2000_dec_degrees=45.0,
    ),
]

ROWS = [
    *IDENTITY,
    *WHERE_IT_POINTS,
    *GOTOS_AND_SYNC,
    *MOTION,
    *CLOCK_AND_SITE,
    *NOT_UNDERSTOOD,
]
