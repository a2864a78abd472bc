"""Faults of the line between mount and client: the rows, and the few bytes that they put upon it.

The plug itself is a matter of port.py, the pace one of wire.py; exchange.py and loop.py let these happen.
"""

from random import Random

from hardware_sim.fault_words import SECONDS, Argument, Lasts, Row

HELD, AT_ONCE = Lasts.HELD, Lasts.MOMENT
ROWS = (
    Row("latency", "F07 F48", "every byte needs so much longer, both ways", (SECONDS,), lasts=HELD),
    Row("hang", "F22 F30", "the port takes no byte and gives none", lasts=HELD),
    Row("black-hole", "F48", "every byte is lost, both ways; stops, too", lasts=HELD),
    Row("wrong-baud", "F28", "rubbish in both directions", lasts=HELD),
    Row(
        "boot",
        "F27",
        "each opening leaves it deaf for so long, then comes a banner",
        (SECONDS,),
        lasts=HELD,
    ),
    Row(
        "garbage-at-plug",
        "F26",
        "rubbish both ways at each plugging and opening, as of a probe",
        lasts=HELD,
    ),
    Row("turn-away", "F48", "TCP: each new connection is closed at once", lasts=HELD),
    Row("rst", "F48", "TCP: the connection is reset", lasts=AT_ONCE),
    Row("fin", "F48", "TCP: the connection is closed", lasts=AT_ONCE),
    Row("unplug", "F17", "the plug is pulled; the mount goes on moving", lasts=AT_ONCE),
    Row("replug", "F18", "the plug is back under the same name", lasts=AT_ONCE),
    Row(
        "replug-as",
        "F19",
        "the plug is back under another name in the same folder",
        (Argument("NAME"),),
        lasts=AT_ONCE,
    ),
    Row("power-cycle", "F38", "power off and on: a pause, then everything is forgotten", lasts=AT_ONCE),
    Row("blip", "F38", "the same in a blink: forgets everything, answers at once", lasts=AT_ONCE),
)

BANNER = b"\r\nMount controller 4.2g\r\nRAM test OK\r\nready\r\n"
CHATTER = (b"TX timeout\r\n", b"DEBUG: enc=1024 pwm=37#\r\n", b"ready\r\n", b"WARN motor temp 41C#", b"1\r\n#")
PROBE = b"AT\r\n~\x00\x78\xf0\x7e\x7e~AT+GCAP\r\n+++\r\n"  # a modem's and a Braille display's, as some desktops send
GARBAGE = b"\x00\xff\xfe\x80OK\r\nERROR\r\n\xf8~"
# What a receiver makes of bits that are shorter or longer than its own: many of the high bits are stop bits.
MISREAD = (0x00, 0x80, 0xC0, 0xE0, 0xF0, 0xF8, 0xFC, 0xFE, 0xFF, 0x1C, 0x66, 0x9E, 0xE6, 0x98, 0x18, 0x86)
SHORTEST_RUBBISH, LONGEST_RUBBISH = 3, 9


def misread(dice: Random) -> int:
    """A byte as it arrives at the wrong speed; never one that begins or ends a command, or is one."""
    return dice.choice(MISREAD)


def rubbish(dice: Random) -> bytes:
    """An answer as it arrives at the wrong speed."""
    return bytes(misread(dice) for _ in range(dice.randint(SHORTEST_RUBBISH, LONGEST_RUBBISH)))
