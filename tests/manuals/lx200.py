"""The Meade LX200 dialect as a table of bytes.

Words of `given`, all optional, that say how the mount stands when it is asked: `model` (lx200gps; classic; autostar is
the #497 of ETX and LX90, autostar494 the #494 of the small ETX and DS), `geometry` (the model's), `precision` (high,
low), `ra_hours`, `dec_degrees`, `altitude_degrees`, `azimuth_degrees` (where it points), `sidereal_hours`,
`latitude_degrees`, `longitude_degrees` (east-positive), `local` (its clock), `offset_hours` (east-positive),
`tracking`, `before` (bytes that it was sent earlier, answers thrown away). With a question that sets something, `value`
is what the sent bytes carry.

Meanings: a setter's or a goto's consent is True, its refusal False, or the mount's own words where it gives any.
Nothing here has been seen on hardware of ours yet.
"""

from datetime import date, datetime, time, timedelta

from tests.manuals import Row

PROTOCOL = "Meade Telescope Serial Command Protocol, 2010.10, "
CLASSIC_MANUAL = "Meade LX200 Classic manual, appendix D, "
ACK = PROTOCOL + "Alignment Query"
ALIGNMENT = PROTOCOL + "Alignment Commands"
BARS = PROTOCOL + "Distance Bars"
GET = PROTOCOL + "Get Telescope Information"
HOME = PROTOCOL + "Home Position Commands"
MOVE = PROTOCOL + "Telescope Movement Commands"
POINTING = PROTOCOL + "High Precision Toggle"
PRECISION = PROTOCOL + "Precision Toggle"
RATE = PROTOCOL + "Slew Rate Commands"
SET = PROTOCOL + "Telescope Set Commands"
SITE = PROTOCOL + "Site Select"
STOP = PROTOCOL + "Movement Commands"
SYNC = PROTOCOL + "Sync Control"
TRACK = PROTOCOL + "Tracking Commands"
UNKNOWN = PROTOCOL + "general remarks: unknown commands are not answered"


def sexagesimal(whole: int, minutes: float, seconds: float = 0.0) -> float:
    return whole + minutes / 60.0 + seconds / 3600.0


def _row(sent: bytes, answered: bytes, meaning: object, manual: str, **given: object) -> Row:
    return Row(sent, answered, meaning, manual, seen_on_hardware=False, given=given)


IDENTITY = [
    _row(b"\x06", b"A", "A", ACK),
    _row(b"\x06", b"P", "P", ACK, geometry="fork"),
    _row(b"\x06", b"P", "P", ACK, geometry="german"),
    _row(b"\x06", b"L", "L", ACK, tracking=False),
    _row(b":GVP#", b"LX2001#", "LX2001", GET),
    _row(b":GVP#", b"Autostar#", "Autostar", GET, model="autostar"),
    _row(b":GVP#", b"", None, CLASSIC_MANUAL + "product name is not there", model="classic"),
    _row(b":GVN#", b"4.2g#", "4.2g", GET),
    _row(b":GVD#", b"Oct 29 2007#", "Oct 29 2007", GET),
    _row(b":GVT#", b"15:32:21#", "15:32:21", GET),
    _row(
        b":GVF#",
        b"ETX Autostar|A|43Eg|Apr 03 2007@11:25:53#",
        "ETX Autostar|A|43Eg|Apr 03 2007@11:25:53",
        GET,
        model="autostar",
    ),
]

WHERE_IT_POINTS = [
    _row(b":GR#", b"05:30:00#", 5.5, GET, precision="high", ra_hours=5.5),
    _row(b":GR#", b"05:30.0#", 5.5, GET, precision="low", ra_hours=5.5),
    _row(b":GR#", b"05:34.5#", sexagesimal(5, 34.5), GET, precision="low", ra_hours=sexagesimal(5, 34, 31)),
    _row(b":GR#", b"00:00:00#", 0.0, GET, precision="high", ra_hours=0.0),
    _row(b":GR#", b"23:59:59#", sexagesimal(23, 59, 59), GET, precision="high", ra_hours=sexagesimal(23, 59, 59)),
    _row(b":GR#", b"00:00:00#", 0.0, GET, precision="high", ra_hours=sexagesimal(23, 59, 59.9)),
    _row(b":GR#", b"00:00.0#", 0.0, GET, precision="low", ra_hours=sexagesimal(23, 59, 58)),
    _row(b":GR#", b"12:30:00#", 12.5, GET, precision="high", ra_hours=sexagesimal(12, 29, 59.8)),
    _row(b":GD#", b"+22\xdf01'00#", sexagesimal(22, 1), GET, precision="high", dec_degrees=sexagesimal(22, 1)),
    _row(b":GD#", b"+22\xdf01#", sexagesimal(22, 1), GET, precision="low", dec_degrees=sexagesimal(22, 1, 20)),
    _row(
        b":GD#", b"-05\xdf15'30#", -sexagesimal(5, 15, 30), GET, precision="high", dec_degrees=-sexagesimal(5, 15, 30)
    ),
    _row(b":GD#", b"-00\xdf30'00#", -0.5, GET, precision="high", dec_degrees=-0.5),
    _row(b":GD#", b"-00\xdf30#", -0.5, GET, precision="low", dec_degrees=-0.5),
    _row(b":GD#", b"+00\xdf30'00#", 0.5, GET, precision="high", dec_degrees=0.5),
    _row(b":GD#", b"-00\xdf00'05#", -sexagesimal(0, 0, 5), GET, precision="high", dec_degrees=-sexagesimal(0, 0, 5)),
    _row(b":GD#", b"+00\xdf00'00#", 0.0, GET, precision="high", dec_degrees=0.0),
    _row(b":GD#", b"+90\xdf00'00#", 90.0, GET, precision="high", dec_degrees=90.0),
    _row(b":GD#", b"+90\xdf00#", 90.0, GET, precision="low", dec_degrees=sexagesimal(89, 59, 45)),
    _row(b":GD#", b"+46\xdf00'00#", 46.0, GET, precision="high", dec_degrees=sexagesimal(45, 59, 59.8)),
    _row(b":GA#", b"+45\xdf00'00#", 45.0, GET, precision="high", altitude_degrees=45.0, azimuth_degrees=180.0),
    _row(b":GA#", b"+09\xdf30#", 9.5, GET, precision="low", altitude_degrees=9.5, azimuth_degrees=270.0),
    _row(b":GZ#", b"270\xdf00'00#", 270.0, GET, precision="high", altitude_degrees=30.0, azimuth_degrees=270.0),
    _row(b":GZ#", b"007\xdf30#", 7.5, GET, precision="low", altitude_degrees=30.0, azimuth_degrees=7.5),
    _row(b":GZ#", b"000\xdf00'00#", 0.0, GET, precision="high", altitude_degrees=30.0, azimuth_degrees=359.99995),
    _row(b":GS#", b"10:30:00#", 10.5, GET, sidereal_hours=10.5),
    _row(b":GS#", b"10:30:00#", 10.5, GET, sidereal_hours=10.5, precision="low"),
]

TARGETS = [
    _row(b":Sr05:30:00#", b"1", True, SET, value=5.5),
    _row(b":Sr 05:30:00#", b"1", True, SET),
    _row(b":Sr05:30.0#", b"1", True, SET, value=5.5, precision="low"),
    _row(b":Sr23:59:59#", b"1", True, SET, value=sexagesimal(23, 59, 59)),
    _row(b":Sr00:00:00#", b"1", True, SET, value=0.0),
    _row(b":Sr24:00:00#", b"0", False, SET),
    _row(b":Sr12:60:00#", b"0", False, SET),
    _row(b":Sr12:00:60#", b"0", False, SET),
    _row(b":Sr#", b"0", False, SET),
    _row(b":Sd+22*01:00#", b"1", True, SET, value=sexagesimal(22, 1)),
    _row(b":Sd-05\xdf15:00#", b"1", True, SET),
    _row(b":Sd-05*15'30#", b"1", True, SET),
    _row(b":Sd+22*01#", b"1", True, SET, value=sexagesimal(22, 1), precision="low"),
    _row(b":Sd-00*30:00#", b"1", True, SET, value=-0.5),
    _row(b":Sd+90*00:00#", b"1", True, SET, value=90.0),
    _row(b":Sd-90*00:00#", b"1", True, SET, value=-90.0),
    _row(b":Sd+90*00:01#", b"0", False, SET),
    _row(b":Sd+91*00:00#", b"0", False, SET),
    _row(b":Sd+22*60:00#", b"0", False, SET),
    _row(b":Gr#", b"05:30:00#", 5.5, GET, before=b":Sr05:30:00#"),
    _row(b":Gd#", b"-00\xdf30'00#", -0.5, GET, before=b":Sd-00*30:00#"),
    _row(b":Gd#", b"-00\xdf30#", -0.5, GET, before=b":Sd-00*30#", precision="low"),
    _row(b":Gd#", b"+00\xdf30'00#", 0.5, GET, before=b":Sd+00*30:00#"),
    _row(b":Gd#", b"+22\xdf01'00#", sexagesimal(22, 1), GET, before=b":Sd+22*01:00#:Sd+95*00:00#"),
    _row(b":Sa+45*00#", b"1", True, SET),
    _row(b":Sa+91*00#", b"0", False, SET),
    _row(b":Sz180*00#", b"1", True, SET),
    _row(b":Sz361*00#", b"0", False, SET),
]

ABOVE_THE_POLE = b":Sr05:30:00#:Sd+80*00:00#"  # never sets in Karaganda
NEVER_RISES = b":Sr05:30:00#:Sd-80*00:00#"

GOTOS_AND_SYNC = [
    _row(b":MS#", b"0", True, MOVE, before=ABOVE_THE_POLE),
    _row(b":MS#", b"0", True, MOVE, before=ABOVE_THE_POLE + b":MS#"),
    _row(b":MS#", b"1Object Below Horizon.#", "Object Below Horizon.", MOVE, before=NEVER_RISES),
    _row(b":MS#", b"2Object Above Limit.#", "Object Above Limit.", MOVE, before=ABOVE_THE_POLE + b":Sh 10#"),
    _row(b":MS#", b"", None, HOME + ", not confirmed on hardware", before=ABOVE_THE_POLE + b":hP#"),
    _row(b":MA#", b"0", True, MOVE, before=b":Sa+30*00#:Sz090*00#"),
    _row(b":MA#", b"1Object Below Horizon.#", "Object Below Horizon.", MOVE, before=b":Sa-01*00#:Sz090*00#"),
    _row(b":CM#", b" M31 EX GAL MAG 3.5 SZ178.0'#", " M31 EX GAL MAG 3.5 SZ178.0'", SYNC, before=ABOVE_THE_POLE),
    _row(
        b":CM#",
        b"Coordinates     matched.        #",
        "Coordinates     matched.        ",
        CLASSIC_MANUAL + "sync",
        before=ABOVE_THE_POLE,
        model="classic",
    ),
    _row(b":D#", b"#", False, BARS),
    _row(b":D#", b"\x7f#", True, BARS, before=ABOVE_THE_POLE + b":MS#"),
    _row(b":D#", b"\x7f#", True, BARS, before=ABOVE_THE_POLE + b":MS#", model="autostar"),
    _row(
        b":D#",
        b"\xff" * 16 + b" " * 16 + b"#",
        True,
        CLASSIC_MANUAL + "distance bars",
        before=ABOVE_THE_POLE + b":MS#",
        model="classic",
    ),
]

MOTION = [
    *(_row(b":M%c#" % key, b"", None, MOVE) for key in b"nsew"),
    *(_row(b":Q%c#" % key, b"", None, STOP) for key in b"nsew"),
    _row(b":Q#", b"", None, STOP),
    _row(b"#:Q#", b"", None, STOP),
    _row(b":Mgn0500#", b"", None, MOVE),
    *(_row(b":R%c#" % rate, b"", None, RATE) for rate in b"GCMS"),
    *(_row(b":T%c#" % rate, b"", None, TRACK) for rate in b"QLS"),
    _row(b":GT#", b"60.1#", 60.1, GET),
    _row(b":GT#", b"57.9#", 57.9, GET, before=b":TL#"),
    _row(b":GT#", b"60.0#", 60.0, GET, before=b":TS#"),
    _row(b":GT#", b"60.1#", 60.1, CLASSIC_MANUAL + "no solar rate", before=b":TS#", model="classic"),
    _row(b":AP#", b"", None, ALIGNMENT, geometry="fork"),
    _row(b":AA#", b"", None, ALIGNMENT),
    _row(b":AL#", b"", None, ALIGNMENT),
    _row(b":GW#", b"AT2#", "AT2", GET),
    _row(b":GW#", b"AN2#", "AN2", GET, tracking=False),
    _row(b":GW#", b"PT2#", "PT2", GET, geometry="fork"),
    _row(b":GW#", b"GT2#", "GT2", GET, geometry="german"),
    _row(b":GW#", b"", None, GET + ", Autostar II only", model="autostar"),
    _row(b":hP#", b"", None, HOME),
    _row(b":I#", b"", None, PROTOCOL + "Initialize Telescope"),
]

PRECISION_ROWS = [
    _row(b":U#", b"", None, PRECISION),
    _row(b":GR#", b"05:30.0#", 5.5, PRECISION, precision="high", before=b":U#", ra_hours=5.5),
    _row(b":GR#", b"05:30:00#", 5.5, PRECISION, precision="low", before=b":U#", ra_hours=5.5),
    _row(b":P#", b"HIGH PRECISION", True, POINTING),
    _row(b":P#", b"LOW PRECISION", False, POINTING, before=b":P#"),
]

EVENING = datetime(2026, 11, 23, 22, 5, 9)

CLOCK_AND_SITE = [
    _row(b":GC#", b"11/23/26#", date(2026, 11, 23), GET, local=EVENING),
    _row(b":GL#", b"22:05:09#", time(22, 5, 9), GET, local=EVENING),
    _row(b":Ga#", b"10:05:09#", time(10, 5, 9), GET, local=EVENING),
    _row(b":Ga#", b"12:00:01#", time(12, 0, 1), GET, local=datetime(2026, 11, 23, 0, 0, 1)),
    _row(b":Gc#", b"24#", 24, GET),
    _row(b":GG#", b"-05.0#", timedelta(hours=5), GET, offset_hours=5.0),
    _row(b":GG#", b"-05#", timedelta(hours=5), GET, offset_hours=5.0, model="classic"),
    _row(b":GG#", b"+04.5#", timedelta(hours=-4.5), GET, offset_hours=-4.5),
    _row(b":GG#", b"+00.0#", timedelta(0), GET, offset_hours=0.0),
    _row(
        b":SC11/23/26#",
        b"1Updating Planetary Data#" + b" " * 30 + b"#",
        True,
        SET,
        value=date(2026, 11, 23),
    ),
    _row(b":SC13/01/26#", b"0", False, SET),
    _row(b":SC02/30/26#", b"0", False, SET),
    _row(b":SL22:05:09#", b"1", True, SET, value=time(22, 5, 9)),
    _row(b":SL24:00:00#", b"0", False, SET),
    _row(b":SL12:59:60#", b"0", False, SET),
    _row(b":SG-05.0#", b"1", True, SET, value=timedelta(hours=5)),
    _row(b":SG-05#", b"1", True, SET),
    _row(b":SG+04.5#", b"1", True, SET, value=timedelta(hours=-4.5)),
    _row(b":SGxx#", b"0", False, SET),
    _row(b":GL#", b"22:05:10#", time(22, 5, 10), SET, before=b":SL22:05:10#"),
    _row(b":GC#", b"02/29/28#", date(2028, 2, 29), SET, before=b":SC02/29/28#"),
    _row(b":GG#", b"-05.5#", timedelta(hours=5.5), SET, before=b":SG-05.5#"),
    _row(b":Gt#", b"+49\xdf48#", 49.8, GET, latitude_degrees=49.8),
    _row(b":Gt#", b"-00\xdf30#", -0.5, GET, latitude_degrees=-0.5),
    _row(b":Gg#", b"286\xdf54#", 73.1, GET, longitude_degrees=73.1),
    _row(b":Gg#", b"118\xdf15#", -118.25, GET, longitude_degrees=-118.25),
    _row(b":Gg#", b"000\xdf00#", 0.0, GET, longitude_degrees=0.0),
    _row(b":Gg#", b"000\xdf30#", -0.5, GET, longitude_degrees=-0.5),
    _row(b":Gg#", b"000\xdf00#", 0.0, GET, longitude_degrees=0.001),
    _row(b":St+49*48#", b"1", True, SET, value=49.8),
    _row(b":St-00*30#", b"1", True, SET, value=-0.5),
    _row(b":St+91*00#", b"0", False, SET),
    _row(b":Sg286*54#", b"1", True, SET, value=73.1),
    _row(b":Sg118*15#", b"1", True, SET, value=-118.25),
    _row(b":Sg400*00#", b"0", False, SET),
    _row(b":Gg#", b"286\xdf54#", 73.1, SET, before=b":Sg286*54#", longitude_degrees=0.0),
    _row(b":Gg#", b"348\xdf30#", 11.5, SET, before=b":Sg-011*30#"),
    _row(b":Gt#", b"-00\xdf30#", -0.5, SET, before=b":St-00*30#"),
    _row(b":GM#", b"SITE 1#", "SITE 1", GET),
    _row(b":GM#", b"KARAGANDA#", "KARAGANDA", SET, before=b":SMKARAGANDA#"),
    _row(b":W2#", b"", None, SITE),
    _row(b":Gt#", b"+10\xdf00#", 10.0, SITE, before=b":W2#:St+10*00#:W1#:W2#", latitude_degrees=49.8),
    _row(b":Gt#", b"+49\xdf48#", 49.8, SITE, before=b":W2#:St+10*00#:W1#", latitude_degrees=49.8),
    _row(b":Gh#", b"+90\xdf#", 90.0, GET),
    _row(b":Go#", b"+00\xdf#", 0.0, GET),
    _row(b":Go#", b"+15\xdf#", 15.0, SET, before=b":So15*#"),
    _row(b":SB6#", b"1", True, SET),
    _row(b":SB0#", b"0", False, SET),
]

AUTOSTAR = PROTOCOL + "Autostar"
SMALL_AUTOSTAR = "other programs' drivers for the #494; its manual says nothing of the serial port, "

AUTOSTARS = [
    _row(b":GVP#", b"Autostar#", "Autostar", SMALL_AUTOSTAR + "product", model="autostar494"),
    _row(b":GVN#", b"43Eg#", "43Eg", AUTOSTAR, model="autostar"),
    _row(b":GVN#", b"1.1f#", "1.1f", SMALL_AUTOSTAR + "digits where the #497 has letters", model="autostar494"),
    _row(b":MS#", b"1", "1", SMALL_AUTOSTAR + "no words", before=NEVER_RISES, model="autostar494"),
    _row(b":MS#", b"1Object Below Horizon.#", "Object Below Horizon.", MOVE, before=NEVER_RISES, model="autostar"),
    _row(b":MS#", b"0", True, MOVE, before=ABOVE_THE_POLE, model="autostar494"),
    _row(b":CM#", b" M31 EX GAL MAG 3.5 SZ178.0'#", " M31 EX GAL MAG 3.5 SZ178.0'", SYNC, model="autostar494"),
    _row(b":D#", b"#", False, BARS, model="autostar494"),
    _row(b":GW#", b"", None, GET + ", Autostar II only", model="autostar494"),
    _row(b":GR#", b"", None, HOME + ", parked it is silent until switched off", before=b":hP#", model="autostar"),
    _row(
        b":GR#",
        b"05:30.0#",
        5.5,
        SMALL_AUTOSTAR + "no park",
        before=b":hP#",
        model="autostar494",
        ra_hours=5.5,
        precision="low",
    ),
    _row(b":GR#", b"05:30:00#", 5.5, PRECISION, precision="low", before=b":U#", model="autostar494", ra_hours=5.5),
]

NOT_UNDERSTOOD = [
    _row(b":XYZ#", b"", None, UNKNOWN),
    _row(b":#", b"", None, UNKNOWN),
    _row(b":GRX#", b"", None, UNKNOWN),
    _row(b":GU#", b"", None, UNKNOWN),
    _row(b":" + b"G" * 60 + b"#", b"", None, UNKNOWN),
]

ROWS = [
    *IDENTITY,
    *WHERE_IT_POINTS,
    *TARGETS,
    *GOTOS_AND_SYNC,
    *MOTION,
    *PRECISION_ROWS,
    *CLOCK_AND_SITE,
    *AUTOSTARS,
    *NOT_UNDERSTOOD,
]
