"""A command is data: the bytes to send, when the answer is whole, and what it means. Pure; no port, no time.

Everything that can be wrong about a dialect is testable here without a line. Rules that must stay true:
* `whole(buffer)` gives the length of the answer that stands at the buffer's beginning, or None while it is not whole;
* `means(answer)` raises GarbledAnswer and nothing else, whatever the bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from scope.errors import GarbledAnswer

T = TypeVar("T")
Framing = Callable[[bytes], int | None]

LONGEST_ANSWER = 256
"""No family says more in one answer (bytes); a device that goes on without an end is talking another language."""


@dataclass(frozen=True, slots=True)
class Command(Generic[T]):
    """`within_seconds` is the deadline of the whole transaction, from the first byte written."""

    sends: bytes
    whole: Framing
    means: Callable[[bytes], T]
    within_seconds: float = 1.0


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
    """Text of an answer without its `#`; bytes outside ASCII stay visible as their hexadecimal value."""
    return answer.removesuffix(b"#").decode("ascii", errors="backslashreplace").strip()


def garbled(expected: str, answer: bytes) -> GarbledAnswer:
    return GarbledAnswer(f"expected {expected}, got {answer!r}", expected=expected, answer=repr(answer))
