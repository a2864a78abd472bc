"""LX200 commands that set how far a goto may go, and how fast the line is.

Meade Telescope Serial Command Protocol, 2010.10: Get/Set Telescope Information, Set Baud Rate. `:Gh#` and `:Go#` have
changed places at OnStep.
"""

from hardware_sim.lx200_formats import read_degrees
from hardware_sim.lx200_hand_control import HandControl
from hardware_sim.lx200_model import NO, YES, Answer, Understood
from hardware_sim.reply import Replies, Reply, say

MEADE_BAUD = {
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
FASTER_BAUD = {**MEADE_BAUD, b"0": 115200}
ONSTEPX_BAUD = {**FASTER_BAUD, b"A": 230400, b"B": 460800}


def tells_highest(form: bytes) -> Answer:
    """The form has room for whole degrees."""
    return lambda control, _: say(form % round(control.highest_goto_degrees))


def tells_lowest(form: bytes) -> Answer:
    return lambda control, _: say(form % round(control.lowest_goto_degrees))


def set_highest(control: HandControl, argument: bytes) -> Replies:
    degrees = _whole_degrees(argument)
    if degrees is None:
        return NO
    control.highest_goto_degrees = degrees
    return YES


def set_lowest(control: HandControl, argument: bytes) -> Replies:
    degrees = _whole_degrees(argument)
    if degrees is None:
        return NO
    control.lowest_goto_degrees = degrees
    return YES


def _whole_degrees(argument: bytes) -> float | None:
    """`DD`, with or without a degree sign behind it."""
    return read_degrees(argument.rstrip(b"*\xdf") + b"*00", 90.0)


def line_speed(baud_of_letter: dict[bytes, int]) -> Understood:
    """`1` still at the old speed."""

    def change(_: HandControl, argument: bytes) -> Replies:
        baud = baud_of_letter.get(argument)
        return NO if baud is None else (Reply(b"1", then_baud=baud),)

    return Understood(b"SB", change, takes_argument=True)


def limits(highest: bytes, lowest: bytes, form: bytes) -> tuple[Understood, ...]:
    """`:G`, `:S` and these letters."""
    return (
        Understood(b"G" + highest, tells_highest(form)),
        Understood(b"G" + lowest, tells_lowest(form)),
        Understood(b"S" + highest, set_highest, takes_argument=True),
        Understood(b"S" + lowest, set_lowest, takes_argument=True),
    )
