"""A command is data: the bytes to send, when the answer is whole, and what it means. Pure; no port, no time.

Everything that can be wrong about a dialect is testable here without a line. Rules that must stay true:
* `whole(buffer)` gives the length of the answer that stands at the buffer's beginning, or None while it is not whole;
* `means(answer)` raises GarbledAnswer, or MountRefused where the mount said no, and nothing else, whatever the bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from scope.errors import GarbledAnswer, MountRefused

T = TypeVar("T")
Framing = Callable[[bytes], int | None]

LONGEST_ANSWER = 256
"""No family says more in one answer (bytes); a device that goes on without an end is talking another language."""


def never(_: bytes) -> int | None:
    """Nothing is whole."""
    return None


@dataclass(frozen=True, slots=True)
class Command(Generic[T]):
    """`within_seconds` is the deadline of the whole transaction, from the first byte written, on a quick line.

    `in_silence` tells how much is whole when the mount has fallen silent before `whole` was satisfied. A `landmark`
    only asks, and its answer is like no other's: after a silence the line asks one to know whose answers it hears.
    """

    sends: bytes
    whole: Framing
    means: Callable[[bytes], T]
    within_seconds: float = 1.0
    in_silence: Framing = never
    landmark: bool = False

    @property
    def has_answer(self) -> bool:
        return self.whole(b"") is None

    def understands(self, answer: bytes) -> bool:
        """Whether this could be the answer; a refusal is one."""
        try:
            self.means(answer)
        except GarbledAnswer:
            return False
        except MountRefused:
            return True
        return True


def nothing(_: bytes) -> int | None:
    """The mount says nothing to this: whole before the first byte."""
    return 0


def exactly(length: int) -> Framing:
    """Answers of fixed length, where a terminator may also be data."""
    return lambda buffer: length if len(buffer) >= length else None


one_byte = exactly(1)


def until(terminator: bytes) -> Framing:
    """Text up to and with its terminator."""

    def whole(buffer: bytes) -> int | None:
        at = buffer.find(terminator)
        return None if at < 0 else at + len(terminator)

    return whole


until_hash = until(b"#")


def silent(sends: bytes) -> Command[None]:
    """A command that no answer follows."""
    return Command(sends, nothing, lambda _: None)


def read_text(answer: bytes) -> str:
    """Text of an answer without its `#`; bytes that are no printable ASCII stay visible as their hexadecimal value."""
    text = answer.removesuffix(b"#").decode("latin-1").strip(" \r\n")
    return "".join(letter if " " <= letter <= "~" else f"\\x{ord(letter):02x}" for letter in text)


def garbled(expected: str, answer: bytes) -> GarbledAnswer:
    return GarbledAnswer(f"expected {expected}, got {answer!r}", expected=expected, answer=repr(answer))
