"""Commands that stand between two marks: gathered byte by byte, and looked up in a table of what is understood.

It knows no dialect and answers nothing itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from hardware_sim.reply import Replies

Control = TypeVar("Control")


@dataclass(frozen=True)
class Understood(Generic[Control]):
    """One command of the table: its letters and what it does.

    The answer is given the bytes between the letters and the closing mark. A command that takes nothing is not
    recognised with something behind it.
    """

    letters: bytes
    answer: Callable[[Control, bytes], Replies]
    takes_argument: bool = False


def longest_first(rows: Iterable[Understood[Control]]) -> tuple[Understood[Control], ...]:
    """In this order the first row that fits is the right one."""
    return tuple(sorted(rows, key=lambda row: -len(row.letters)))


def find(rows: Iterable[Understood[Control]], command: bytes) -> tuple[Understood[Control], bytes] | None:
    """The row that understands it, and its argument; `rows` have the longest letters first."""
    for row in rows:
        if command == row.letters or (row.takes_argument and command.startswith(row.letters)):
            return row, command[len(row.letters) :]
    return None


class Frame:
    """The command that is coming in. One that is longer than every command is dropped, with the rest of such a line.

    `begins_anew`: a start mark within a command begins it anew, and is no part of it.
    """

    def __init__(self, start: bytes, end: bytes, longest: int, begins_anew: bool) -> None:
        self._start, self._end, self._longest, self._begins_anew = start[0], end[0], longest, begins_anew
        self._gathered: bytearray | None = None

    @property
    def is_open(self) -> bool:
        return self._gathered is not None

    def begin(self, first: bytes = b"") -> None:
        """Without its start mark, or with what else has opened it."""
        self._gathered = bytearray(first)

    def drop(self) -> None:
        self._gathered = None

    def take(self, byte: int) -> bytes | None:
        """The whole command when this byte has completed it, without its marks."""
        if byte == self._start and (self._begins_anew or self._gathered is None):
            self.begin()
        elif self._gathered is not None and byte == self._end:
            command = bytes(self._gathered)
            self.drop()
            return command
        elif self._gathered is not None:
            self._gathered.append(byte)
            if len(self._gathered) > self._longest:
                self.drop()
        return None
