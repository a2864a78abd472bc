"""The words of the Sky-Watcher motor controller: what to send, when the answer is whole, what it means. No order.

Source: Sky-Watcher Motor Controller Command Set. A frame is `:`, a letter, the axis, data and CR; the answer is `=`
and data, or `!` and a number, and CR. Numbers are hexadecimal in capitals, 24 bits with the low byte first. On mounts
with DC motors one wire carries both directions, so that our own frame comes back before the answer: it is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from scope.command import Command, garbled
from scope.errors import MountRefused

T = TypeVar("T")

MOST_COUNTS = 0xFFFFFF
"""All that a counter holds."""
ECHO = re.compile(rb"(?::[^:\r]*\r)*")
REFUSAL = re.compile(rb"!([0-9A-F])\r")
NUMBER = re.compile(rb"=([0-9A-F]{6})\r")
RATIO = re.compile(rb"=([0-9A-F]{2})(?:0000)?\r")
"""Two digits; a well-known emulator says it in six, low byte first as any number."""
STATUS = re.compile(rb"=([0-7])([0-3])([0-3])\r")
REASONS: Mapping[bytes, str] = {
    b"0": "unknown command",
    b"1": "command of a wrong length",
    b"2": "motor not stopped",
    b"3": "wrong character",
    b"4": "not initialised",
    b"5": "driver sleeping",
    b"7": "PEC training is running",
    b"8": "no valid PEC data",
}


class Axis(Enum):
    """RA or azimuth, declination or altitude."""

    FIRST = "1"
    SECOND = "2"


class Mode(Enum):
    """What a motor is told to do next: to go so far, or to run until it is stopped. Fast steps are coarser."""

    FAST_GOTO = "0"
    SLOW_SLEW = "1"
    SLOW_GOTO = "2"
    FAST_SLEW = "3"


@dataclass(frozen=True, slots=True)
class Version:
    """The firmware in its own figures, and the code of the model."""

    firmware: str
    model: int


@dataclass(frozen=True, slots=True)
class Status:
    """One motor's state; a controller that has just been switched on is not `initialised`, and moves nothing."""

    slews: bool
    backward: bool
    fast: bool
    running: bool
    blocked: bool
    initialised: bool


def frame(buffer: bytes) -> int | None:
    """Up to the first CR that does not end an echo of ours."""
    end = buffer.find(b"\r", ECHO.match(buffer).end())  # type: ignore[union-attr]  # it always matches
    return None if end < 0 else end + 1


def two_frames(buffer: bytes) -> int | None:
    first = frame(buffer)
    second = None if first is None else frame(buffer[first:])
    return None if first is None or second is None else first + second


def _told(form: re.Pattern[bytes], what: str, read: Callable[[re.Match[bytes]], T]) -> Callable[[bytes], T]:
    def means(answer: bytes) -> T:
        own = answer[ECHO.match(answer).end() :]  # type: ignore[union-attr]
        if refusal := REFUSAL.fullmatch(own):
            reason = REASONS.get(refusal[1], "an unknown reason")
            raise MountRefused(f"the motor controller refused: {reason}", words=f"{refusal[1].decode()}: {reason}")
        found = form.fullmatch(own)
        if not found:
            raise garbled(what, answer)
        return read(found)

    return means


def _number(found: re.Match[bytes]) -> int:
    return int.from_bytes(bytes.fromhex(found[1].decode()), "little")


def _version(found: re.Match[bytes]) -> Version:
    major, minor, model = bytes.fromhex(found[1].decode())
    return Version(f"{major}.{minor:02d}", model)


def _status(found: re.Match[bytes]) -> Status:
    how, runs, knows = (int(digit, 16) for digit in found.groups())
    return Status(
        slews=bool(how & 1),
        backward=bool(how & 2),
        fast=bool(how & 4),
        running=bool(runs & 1),
        blocked=bool(runs & 2),
        initialised=bool(knows & 1),
    )


_consent = _told(re.compile(rb"=\r"), "a consent", lambda _: None)
_count = _told(NUMBER, "a 24-bit number", _number)

VERSION = Command(b":e1\r", frame, _told(NUMBER, "a version", _version))


def counts_per_turn(axis: Axis) -> Command[int]:
    return _ask("a", axis, _count)


def timer_hertz(axis: Axis) -> Command[int]:
    return _ask("b", axis, _count)


def fast_ratio(axis: Axis) -> Command[int]:
    """How many counts one step of a fast motion is. A landmark: no other answer has two digits."""
    means = _told(RATIO, "a ratio of two digits", lambda found: int(found[1], 16))
    return Command(f":g{axis.value}\r".encode(), frame, means, landmark=True)


def status(axis: Axis) -> Command[Status]:
    """A landmark: no other answer has three digits."""
    means = _told(STATUS, "a status of three digits", _status)
    return Command(f":f{axis.value}\r".encode(), frame, means, landmark=True)


def counter(axis: Axis) -> Command[int]:
    """Where it stands, 0x800000 being the middle."""
    return _ask("j", axis, _count)


def _ask(letter: str, axis: Axis, means: Callable[[bytes], T]) -> Command[T]:
    return Command(f":{letter}{axis.value}\r".encode(), frame, means)


def initialise(axis: Axis) -> Command[None]:
    """Energise the motor: it holds from now on, and does not move."""
    return _tell("F", axis)


def set_counter(axis: Axis, counts: int) -> Command[None]:
    """Refused while the motor runs."""
    return _tell("E", axis, hexadecimal(counts))


def set_motion(axis: Axis, mode: Mode, backward: bool) -> Command[None]:
    """How the next `start` goes; refused while the motor runs."""
    return _tell("G", axis, f"{mode.value}{int(backward)}")


def set_distance(axis: Axis, counts: int) -> Command[None]:
    """How far a goto goes, in the direction that `set_motion` gave."""
    return _tell("H", axis, hexadecimal(counts))


def set_braking(axis: Axis, counts: int) -> Command[None]:
    """How far before its end a goto begins to slow down."""
    return _tell("M", axis, hexadecimal(counts))


def set_period(axis: Axis, ticks: int) -> Command[None]:
    """Ticks of the timer from one step of a slew to the next; a slow slew may be told so while it runs."""
    return _tell("I", axis, hexadecimal(ticks))


def start(axis: Axis) -> Command[None]:
    return _tell("J", axis)


def stop(axis: Axis) -> Command[None]:
    """Slow down and stop; it still runs for a moment."""
    return _tell("K", axis)


def _tell(letter: str, axis: Axis, data: str = "") -> Command[None]:
    return Command(f":{letter}{axis.value}{data}\r".encode(), frame, _consent)


def hexadecimal(number: int) -> str:
    """Six digits, the low byte first."""
    assert 0 <= number <= MOST_COUNTS
    return number.to_bytes(3, "little").hex().upper()


HALT = Command(b":K1\r:K2\r", two_frames, lambda _: None)
"""Both motors slow down within a second. `:L` stops at once, but from full speed a heavy tube would carry the motors
over steps that nobody counts, and we would not know any more where the Sun is from there. The axes are named one after
the other, since not every model knows the word for both; the first has answered before the second is heard."""
