"""LX200 commands that set how far a goto may go, and how fast the line is.

Meade Telescope Serial Command Protocol, 2010.10: Get/Set Telescope Information, Set Baud Rate.
"""

from hardware_sim.lx200_formats import read_degrees
from hardware_sim.lx200_hand_control import NO, YES, HandControl, Understood
from hardware_sim.reply import Replies, Reply, say

BAUD_OF_DIGIT = {
    b"1": 57600,
    b"2": 38400,
    b"3": 28800,
    b"4": 19200,
    b"5": 14400,
    b"6": 9600,
    b"7": 4800,
    b"8": 2400,
    b"9": 1200,
}


def _highest(control: HandControl, _: bytes) -> Replies:
    return say(b"%+03d\xdf#" % round(control.highest_goto_degrees))


def _lowest(control: HandControl, _: bytes) -> Replies:
    return say(b"%+03d\xdf#" % round(control.lowest_goto_degrees))


def _set_highest(control: HandControl, argument: bytes) -> Replies:
    degrees = _whole_degrees(argument)
    if degrees is None:
        return NO
    control.highest_goto_degrees = degrees
    return YES


def _set_lowest(control: HandControl, argument: bytes) -> Replies:
    degrees = _whole_degrees(argument)
    if degrees is None:
        return NO
    control.lowest_goto_degrees = degrees
    return YES


def _whole_degrees(argument: bytes) -> float | None:
    """`DD`, with or without a degree sign behind it."""
    return read_degrees(argument.rstrip(b"*\xdf") + b"*00", 90.0)


def _line_speed(control: HandControl, argument: bytes) -> Replies:
    """`1` still at the old speed."""
    baud = BAUD_OF_DIGIT.get(argument)
    return NO if baud is None else (Reply(b"1", then_baud=baud),)


COMMANDS = (
    Understood(b"Gh", _highest),
    Understood(b"Go", _lowest),
    Understood(b"Sh", _set_highest, takes_argument=True),
    Understood(b"So", _set_lowest, takes_argument=True),
    Understood(b"SB", _line_speed, takes_argument=True),
)
