"""The language of RainbowAstro's mounts as a table of bytes. Driver and simulator of it were written by the same hand.

The maker's own paper ("RainbowAstro Protocol", 29 June 2020) was not at hand: each row is what two other programs agree
on, INDI's driver of 2020 and INDIGO's driver with its simulated mount; where they differ it is said.

Words of `given`, all optional, that say how the mount stands when it is asked: `model` (rst135; rst135-2019 has the
firmware from before 25 June 2020, which tells no date and no offset), `ra_hours`, `dec_degrees` of date,
`altitude_degrees`, `azimuth_degrees` (where it points), `latitude_degrees`, `longitude_degrees` (east-positive),
`local` (its clock), `offset_hours` (east-positive), `tracking` (True), `before` (bytes that it was sent earlier,
answers thrown away). `only` is "driver" or "simulator" where a row cannot be put to the other. With a question that
sets something, `value` is what the sent bytes carry.

Meanings: hours and degrees, longitude positive to the east; a name or number of a state as text; consent is True, a
refusal what the mount said for it. Answers repeat their command, but for the `1` behind a target. Of itself the mount
says what became of a way: it is there (`MM0`), too low (`MML`), too high (`MMU`), broken off (`MME`), at home (`CHO`),
not at home by its first or second axis (`CH0`, `CH<`). Such a notice may stand before any answer.
Nothing here has been seen on hardware of ours yet.
"""

from datetime import date, datetime, time, timedelta

from tests.manuals import Row

INDI = "as INDI's rainbow driver 1.1 says it: "
INDIGO = "as INDIGO's mount_rainbow 2.0-14 says it: "
BOTH = "as INDI's rainbow driver 1.1 and INDIGO's mount_rainbow 2.0-14 say it: "
EVENING = datetime(2026, 11, 23, 22, 0, 0)
UP = b":Sr02:30:00.0#:Sd+80*00:00.0#"
"""A target that is always above the horizon there."""
DOWN = b":Sr02:30:00.0#:Sd-80*00:00.0#"


def angle(whole: int, minutes: float = 0.0, seconds: float = 0.0) -> float:
    return whole + minutes / 60.0 + seconds / 3600.0


def _row(sent: bytes, answered: bytes, meaning: object, manual: str, **given: object) -> Row:
    return Row(sent, answered, meaning, manual, seen_on_hardware=False, given=given)


def _ra(text: bytes, hours: float, where: float | None = None) -> Row:
    stands = hours if where is None else where
    return _row(b":GR#", b":GR" + text + b"#", hours, BOTH + "position", ra_hours=stands, dec_degrees=10.0)


def _dec(text: bytes, degrees: float, where: float | None = None) -> Row:
    stands = degrees if where is None else where
    return _row(b":GD#", b":GD" + text + b"#", degrees, BOTH + "position", ra_hours=2.5, dec_degrees=stands)


IDENTITY = [
    _row(b":AV#", b":AV200625#", "200625", BOTH + "firmware"),
    _row(b":AV#", b":AV190905#", "190905", BOTH + "firmware", model="rst135-2019"),
    _row(b"\r:AV#\r", b":AV200625#", "200625", INDI + "a carriage return behind each command", only="simulator"),
    _row(b":XX#", b"", None, "not confirmed: what it does not know it says nothing to", only="simulator"),
]

WHERE_IT_POINTS = [
    _ra(b"05:30:00.0", 5.5),
    _ra(b"00:00:00.0", 0.0),
    _ra(b"23:59:59.9", angle(23, 59, 59.9)),
    _ra(b"00:00:00.0", 0.0, angle(23, 59, 59.97)),
    _ra(b"12:30:00.0", 12.5, angle(12, 29, 59.96)),
    _ra(b"00:00:01.0", angle(0, 0, 1.0)),
    _dec(b"+22*01'00.0", angle(22, 1)),
    _dec(b"-05*15'30.5", -angle(5, 15, 30.5)),
    _dec(b"-00*30'00.0", -0.5),
    _dec(b"-00*00'00.1", -angle(0, 0, 0.1)),
    _dec(b"+00*00'00.0", 0.0),
    _dec(b"+90*00'00.0", 90.0),
    _dec(b"+60*00'00.0", 60.0, angle(59, 59, 59.97)),
    _row(
        *(b":GD#", b":GD-90*00'00.0#", -90.0, BOTH + "position"),
        **{"ra_hours": 2.5, "dec_degrees": -90.0, "latitude_degrees": -33.0},
    ),
    _row(b":GA#", b":GA+30*15'00.0#", 30.25, INDI + "altitude", altitude_degrees=30.25, azimuth_degrees=123.75),
    _row(b":GZ#", b":GZ123*45'00.0#", 123.75, INDI + "azimuth", altitude_degrees=30.25, azimuth_degrees=123.75),
    _row(b":GR#", b":MM0#:GR05:30:00.0#", 5.5, BOTH + "end of a way", only="driver"),
    _row(b":GD#", b":MME#:CHO#:GD-00*30'00.0#", -0.5, BOTH + "end of a way", only="driver"),
]

STATES = [
    _row(b":CL#", b":CL0#", False, INDIGO + "slewing"),
    _row(b":CL#", b":CL1#", True, INDIGO + "slewing", before=UP + b":MS#"),
    _row(b":CL#", b":CL1#", True, INDIGO + "slewing", before=b":Ch#", ra_hours=2.5, dec_degrees=40.0),
    _row(b":AT#", b":AT1#", True, BOTH + "tracking"),
    _row(b":AT#", b":AT0#", False, BOTH + "tracking", before=b":CtL#"),
    _row(b":AT#", b":AT1#", True, BOTH + "tracking", tracking=False, before=b":CtA#"),
    _row(b":Ct?#", b":CT0#", "sidereal", INDIGO + "tracking rate"),
    _row(b":Ct?#", b":CT1#", "solar", INDIGO + "tracking rate", before=b":CtS#"),
    _row(b":Ct?#", b":CT2#", "lunar", INDIGO + "tracking rate; `:CtM#`, where INDI has `:CtL#`", before=b":CtM#"),
    _row(b":Ct?#", b":CT3#", None, INDIGO + "tracking rate of the guider", before=b":CtU#"),
    _row(b":Ct?#", b":CT0#", "sidereal", INDIGO + "tracking rate", before=b":CtS#:CtR#"),
    _row(b":CU0#", b":CU0=0.5#", 0.5, BOTH + "guide rate"),
    _row(b":CU0#", b":CU0=0.3#", 0.3, INDI + "guide rate; INDIGO sets it by `:CU0=`", before=b":Cu0=0.3#"),
]

TARGETS = [
    _row(b":Sr05:30:00.0#", b"1", True, BOTH + "target", value=5.5),
    _row(b":Sr00:00:00.0#", b"1", True, BOTH + "target", value=angle(23, 59, 59.96)),
    _row(b":Sr13:00:00.0#", b"1", True, BOTH + "target", value=angle(12, 59, 59.98)),
    _row(b":Sr24:00:00.0#", b"0", "0", "not confirmed: a target out of range"),
    _row(b":Sd+22*01:00.0#", b"1", True, BOTH + "target", value=angle(22, 1)),
    _row(b":Sd-00*30:00.0#", b"1", True, BOTH + "target", value=-0.5),
    _row(b":Sd+90*00:00.0#", b"1", True, BOTH + "target", value=90.0),
    _row(b":Sd-90*00:00.0#", b"1", True, BOTH + "target", value=-90.0),
    _row(b":Sd+10*00:00.0#", b"1", True, BOTH + "target", value=angle(9, 59, 59.98)),
    _row(b":Sd+90*00:00.1#", b"0", "0", "not confirmed: a target out of range"),
    _row(b":Sd+05*00:00.0#", b":MM0#1", True, BOTH + "end of a way", only="driver"),
    _row(b":Ck083.633+22.014#", b"", None, BOTH + "sync", value=(angle(5, 34, 31.92), 22.014)),
    _row(b":Ck000.000-00.500#", b"", None, BOTH + "sync; the turn of 360° is not confirmed", value=(24 - 1e-6, -0.5)),
]

WAYS = [
    _row(b":MS#:CL#", b":CL1#", True, BOTH + "start, and INDIGO's question whether it slews", before=UP),
    _row(b":MS#:CL#", b":MML#:CL0#", "MML", BOTH + "refusal; that it comes at once is not confirmed", before=DOWN),
    _row(b":MS#:CL#", b":MMU#:CL0#", "MMU", BOTH + "refusal", only="driver"),
    _row(b":MS#:CL#", b":MM0#:CL1#", True, BOTH + "the end of an earlier way", only="driver"),
    _row(b":Sz123*45:00.0#:Sa+30*15:00.0#:MA#:CL#", b":CL1#", True, INDI + "a way to a height", only="simulator"),
    _row(b":Sz123*45:00.0#:Sa-30*15:00.0#:MA#:CL#", b":MML#:CL0#", "MML", INDI + "refusal", only="simulator"),
    _row(b":Ch#", b"", None, BOTH + "home"),
    _row(b":Q#", b"", None, BOTH + "stop"),
    _row(b":Q#", b":MME#", None, INDIGO + "stop; INDI: cancelled by user", before=UP + b":MS#", only="simulator"),
]

QUIET = [
    *(_row(b":Ct" + rate + b"#", b"", None, BOTH + "tracking") for rate in (b"A", b"L", b"R", b"S")),
    _row(b":CtM#", b"", None, INDIGO + "tracking"),
    *(_row(b":R" + rate + b"#", b"", None, BOTH + "speed of the keys") for rate in (b"G", b"C", b"M", b"S")),
    *(_row(b":M" + way + b"#", b"", None, BOTH + "a key pressed") for way in (b"n", b"s", b"e", b"w")),
    *(_row(b":Q" + way + b"#", b"", None, BOTH + "a key let go") for way in (b"n", b"s", b"e", b"w")),
]

CLOCK_AND_SITE = [
    _row(b":GC#", b":GC11/23/26#", date(2026, 11, 23), INDIGO + "local date", local=EVENING),
    _row(b":GC#", b":GC02/29/28#", date(2028, 2, 29), INDIGO + "local date", local=datetime(2028, 2, 29, 23, 59)),
    _row(b":GC#", b"", None, INDIGO + "no date before firmware 200625", model="rst135-2019"),
    _row(b":GL#", b":GL22:00:00#", time(22), INDIGO + "local time", local=EVENING),
    _row(b":GL#", b":GL00:00:00#", time(0), INDIGO + "local time", local=datetime(2026, 11, 24)),
    _row(b":GG#", b":GG-5#", timedelta(hours=5), INDIGO + "offset, to be added to local time"),
    _row(b":GG#", b":GG+8#", timedelta(hours=-8), INDIGO + "offset, to be added to local time", offset_hours=-8),
    _row(b":GG#", b":GG-12#", timedelta(hours=12), INDIGO + "offset, to be added to local time", offset_hours=12),
    _row(b":Gt#", b":Gt+49*48'00.0#", 49.8, INDIGO + "latitude"),
    _row(b":Gt#", b":Gt-00*30'00.0#", -0.5, INDIGO + "latitude", latitude_degrees=-0.5),
    _row(b":Gg#", b":Gg-073*06'00.0#", 73.1, INDIGO + "longitude, positive to the west", longitude_degrees=73.1),
    _row(b":Gg#", b":Gg+000*30'00.0#", -0.5, INDIGO + "longitude, positive to the west", longitude_degrees=-0.5),
    _row(b":Gg#", b":Gg-17*06'20.0#", angle(17, 6, 20), INDIGO + "longitude in two digits", only="driver"),
    _row(b":SC11/23/26#", b"", None, INDIGO + "local date", value=date(2026, 11, 23)),
    _row(b":SL22:00:00#", b"", None, INDIGO + "local time", value=time(22)),
    _row(b":SG-05#", b"", None, INDIGO + "offset", value=timedelta(hours=5)),
    _row(b":SG+08#", b"", None, INDIGO + "offset", value=timedelta(hours=-8)),
    _row(b":St+49*48'00#", b"", None, BOTH + "latitude", value=49.8),
    _row(b":St-00*30'00#", b"", None, BOTH + "latitude", value=-0.5),
    _row(b":Sg-073*06'00#", b"", None, BOTH + "longitude, positive to the west", value=73.1),
    _row(b":Sg+000*30'00#", b"", None, BOTH + "longitude, positive to the west", value=-0.5),
    _row(b":Gt#", b":Gt-33*52'08.0#", -angle(33, 52, 8), BOTH + "latitude", before=b":St-33*52'08#"),
    _row(b":Gg#", b":Gg+070*40'00.0#", -angle(70, 40), BOTH + "longitude", before=b":Sg+070*40'00#"),
    _row(b":GL#", b":GL03:04:05#", time(3, 4, 5), INDIGO + "local time", before=b":SL03:04:05#"),
    _row(b":GC#", b":GC01/31/27#", date(2027, 1, 31), INDIGO + "local date", before=b":SC01/31/27#"),
    _row(b":GG#", b":GG+0#", timedelta(0), INDIGO + "offset", before=b":SG+00#"),
]

ROWS = [*IDENTITY, *WHERE_IT_POINTS, *STATES, *TARGETS, *WAYS, *QUIET, *CLOCK_AND_SITE]
