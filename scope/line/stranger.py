"""Who answers, when it is no mount of ours: what was heard during a failed greeting tells the cause, and so the cure.

Pure; nothing is sent. To a stranger nothing goes out but the halt that opens every line and the first question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from operator import xor

from scope.errors import LineError, LineLost, NoAnswer

FEWEST_BYTES = 3
GARBAGE_SHARE = 0.3
"""Answers of a mount have one byte outside ASCII in ten; at a wrong speed it is every second and more."""
DEGREE_SIGNS = b"\xdf\xe1"

WORDS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("a GPS receiver", re.compile(rb"\$G[PNLAB]|\$P[A-Z]{3}\w*,")),
    ("a modem", re.compile(rb"(?:^|[\r\n])(?:AT[^\r\n]*\r+\n*)?(?:OK|ERROR|NO CARRIER|\+CM[ES] ERROR[^\r\n]*)\r?\n")),
    ("a 3D printer or milling machine", re.compile(rb"Marlin|Grbl \d|echo:|Smoothie")),
    ("the console of a computer", re.compile(rb"login: |Password: |U-Boot |\[ +\d+\.\d{6}\] ")),
    ("a Sky-Watcher motor controller", re.compile(rb"(?:^|\r)![0-9A-F]{1,2}\r")),
    ("a Zigbee stick", re.compile(rb"\x1a\xc1\x02")),
)


def cause_of(miss: LineError, heard: bytes, echoed: int = 0) -> LineError:
    """Why a greeting failed, from what was heard since the port was opened and how often our own words came back.

    LineLost `foreign_device` (and `device`, what it seems to be), `wrong_speed` or `only_echo`; else `miss` itself.
    """
    if device := _stranger(heard):
        return LineLost(
            f"this is {device}, not the mount; set the mount's port in clubscope.toml",
            code="foreign_device",
            device=device,
            heard=repr(heard[:40]),
        )
    if _is_garbage(heard):
        return LineLost(
            "what comes is garbage, as from a line at another speed; check baud in clubscope.toml against the mount's",
            code="wrong_speed",
            heard=repr(heard[:40]),
        )
    if echoed and isinstance(miss, NoAnswer):
        return LineLost(
            "only our own words come back; is the mount switched on, and the cable the right one?", code="only_echo"
        )
    return miss


def _stranger(heard: bytes) -> str | None:
    for device, form in WORDS:
        if form.search(heard):
            return device
    return next((device for device, is_frame in FRAMES if is_frame(heard)), None)


def _is_garbage(heard: bytes) -> bool:
    strange = sum(byte >= 0x80 or byte < 0x20 for byte in heard if byte not in DEGREE_SIGNS + b"\r\n\t\x06")
    return len(heard) >= FEWEST_BYTES and strange > GARBAGE_SHARE * len(heard)


def _is_radio_frame(heard: bytes) -> bool:
    """0x7E, two bytes of length, the data, and what makes their sum 0xFF; or anything between two 0x7E."""
    if heard[:1] != b"\x7e" or len(heard) < 5:
        return False
    data = heard[3 : 4 + int.from_bytes(heard[1:3], "big")]
    return b"\x7e" in heard[2:] or (len(data) > 1 and sum(data) & 0xFF == 0xFF)


def _is_stack_frame(heard: bytes) -> bool:
    """0xFE, length, two bytes of command, the data, and their exclusive or."""
    if heard[:1] != b"\xfe" or len(heard) < 5:
        return False
    frame = heard[1 : 5 + heard[1]]
    return len(frame) == 4 + heard[1] and reduce(xor, frame) == 0


FRAMES: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("a radio stick of a smart home", _is_radio_frame),
    ("a Zigbee stick", _is_stack_frame),
)
