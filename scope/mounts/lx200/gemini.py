"""Losmandy Gemini, levels 4 and 5.

Source: Gemini users manual, serial line protocol. Beside LX200's it has a native language, `<id:` to ask and
`>id:value` to set, each with a checksum: tracking is switched and its rate chosen by that. Its clock runs in UTC, and
its UTC offset is whole hours. While it waits for a person to choose how it starts, it moves nothing. None of it is
confirmed on hardware.
"""

from __future__ import annotations

import re
from dataclasses import replace

from scope.command import Command, garbled, one_byte, silent, until_hash
from scope.errors import LineError
from scope.mounts.lx200 import words as say
from scope.mounts.lx200.asking import answer_or_none
from scope.mounts.lx200.dialect import ClockWords, Dialect, Hello, Met, Status, TrackingByWords
from scope.mounts.mount import Ask, Identity
from scope.orders import TrackingRate

NATIVE_ANSWER = re.compile(rb"(\d{1,8})([\x40-\xbf])#")
RATES: dict[int, TrackingRate | None] = {
    131: TrackingRate.SIDEREAL,
    132: TrackingRate.SIDEREAL,  # King's, which is the stars' with refraction
    133: TrackingRate.LUNAR,
    134: TrackingRate.SOLAR,
    135: TrackingRate.OFF,  # terrestrial
    136: None,  # closed loop
    137: None,  # a comet's
}
READY = {"G": "german", "A": "altaz"}
NOT_STARTED = ("B", "b", "S")
"""It shows its first message, waits for a start mode to be chosen, or starts."""
PARKED, PARKING = 1, 2


def checksum(said: bytes) -> bytes:
    """All bytes combined by exclusive or, without the top bit, and 64 added."""
    combined = 0
    for byte in said:
        combined ^= byte
    return bytes([(combined & 0x7F) + 64])


def native(said: str) -> bytes:
    return said.encode() + checksum(said.encode()) + b"#"


def read_native(answer: bytes) -> int:
    """A whole number whose checksum is right."""
    found = NATIVE_ANSWER.fullmatch(answer)
    if not found or checksum(found[1]) != found[2]:
        raise garbled("a number and its checksum", answer)
    return int(found[1])


def read_rate(answer: bytes) -> TrackingRate | None:
    number = read_native(answer)
    if number not in RATES:
        raise garbled("a tracking rate", answer)
    return RATES[number]


def read_startup(answer: bytes) -> str:
    """`G#`, or after a line that echoes our own byte."""
    letter = answer.removeprefix(b"\x06").removesuffix(b"#").decode("latin-1")
    if letter not in (*READY, *NOT_STARTED):
        raise garbled("a state of starting", answer)
    return letter


def read_velocity(answer: bytes) -> str:
    if answer not in (b"N", b"T", b"G", b"C", b"S", b"!"):
        raise garbled("a velocity", answer)
    return answer.decode()


def read_park_state(answer: bytes) -> int:
    if answer not in (b"0", b"1", b"2"):
        raise garbled("a state of parking", answer)
    return int(answer)


STARTUP = Command(b"\x06", until_hash, read_startup, say.PRODUCT_SECONDS)
VELOCITY = Command(b":Gv#", one_byte, read_velocity)
PARK_STATE = Command(b":h?#", one_byte, read_park_state)
RATE = Command(native("<130:"), until_hash, read_rate)
MOTOR_ON, MOTOR_OFF = silent(native(">192:")), silent(native(">191:"))


def _tracking(ask: Ask) -> TrackingRate | None:
    """A stalled axis follows nothing, and it is not known what the other does."""
    velocity = ask(VELOCITY)
    if velocity == "N":
        return TrackingRate.OFF
    return None if velocity == "!" else ask(RATE)


class ParkWatch:
    """Whether it is parked: it goes on saying so when it has been woken, until it parks again."""

    def __init__(self) -> None:
        self._woken = False

    def status(self, ask: Ask) -> Status:
        velocity, park = ask(VELOCITY), ask(PARK_STATE)
        if park != PARKED:
            self._woken = False
        elif velocity != "N":
            self._woken = True
        parked = park == PARKED and velocity == "N" and not self._woken
        return Status(velocity == "S" or park == PARKING, ask(say.PIER_SIDE), parked)


GEMINI = Dialect(
    status=ParkWatch().status,
    tracking=TrackingByWords(
        now=_tracking,
        words={
            TrackingRate.OFF: (MOTOR_OFF,),
            TrackingRate.SIDEREAL: (silent(native(">131:")), MOTOR_ON),
            TrackingRate.LUNAR: (silent(native(">133:")), MOTOR_ON),
            TrackingRate.SOLAR: (silent(native(">134:")), MOTOR_ON),
        },
    ),
    park=silent(b":hP#"),
    unpark=silent(b":hW#"),
    clock=ClockWords(
        offset=say.LONG_OFFSET,
        set_offset=lambda east: say.setting(f":SG{-round(east.total_seconds() / 3600):+03d}#", "the UTC offset"),
        whole_hours=True,
    ),
    tells_pier_side=True,
)
"""Its numbers are Meade's, with `:` behind the degrees; it refuses a goto with a digit and words, as Meade does."""


def meet(ask: Ask, hello: Hello) -> Met:
    """LineError (`mount_not_started`) while it waits for a person at its hand box."""
    letter = ask(STARTUP)
    if letter in NOT_STARTED:
        raise LineError("the mount has not been started yet", code="mount_not_started", words=letter)
    firmware = answer_or_none(ask, say.FIRMWARE)
    if hello.is_short:
        ask(say.TOGGLE_PRECISION)
        ask(say.RA)
    return Met(Identity(hello.product, firmware, READY[letter]), replace(GEMINI, status=ParkWatch().status))
