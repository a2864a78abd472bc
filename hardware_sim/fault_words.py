"""The shape of a fault: the row of a table that says what there is, and one fault as it was asked for.

Pure text. A fault is asked for as `WORD VALUES`, behind any of `once`, `times N` (for the next replies, gotos or stops
only) and `at LETTERS` (only for answers to commands that begin so). It must never know what a fault does.
"""

from dataclasses import dataclass
from enum import Enum, auto

LARGEST_COUNT = 1_000_000

Value = float | str


class UnknownFault(ValueError):
    """The words of a fault could not be understood, or cannot happen here; the text says what would be."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A number within bounds, or one of a few words, or (with neither) any one word."""

    name: str
    lowest: float | None = None
    highest: float = 0.0
    words: tuple[str, ...] = ()

    def read(self, word: str, text: str) -> Value:
        """`word` is the fault that it belongs to, for the error's text."""
        if self.words and text not in self.words:
            raise UnknownFault(f"{word} takes {'|'.join(self.words)}, not {text!r}")
        return text if self.lowest is None else self._number(word, text, self.lowest)

    def _number(self, word: str, text: str, lowest: float) -> float:
        try:
            number = float(text)
        except ValueError:
            raise UnknownFault(f"{word} takes {self.name}, not {text!r}") from None
        if not lowest <= number <= self.highest:
            raise UnknownFault(f"{word} takes {self.name} from {lowest:g} up to {self.highest:g}, not {text}")
        return number


SECONDS = Argument("SECONDS", 0.0, 3600.0)
RATE = Argument("RATE", 0.0, 1.0)  # a chance from never to always
BYTES = Argument("BYTES", 0.0, 1e6)


class Lasts(Enum):
    """How long a fault stays, and what may be said before its word."""

    MOMENT = auto()  # it happens once, at once
    HELD = auto()  # until it is cleared
    TIMES = auto()  # the same, or as many times as `once` and `times` say
    ANSWERS = auto()  # the same, and only for the answers that `at` names


@dataclass(frozen=True, slots=True)
class Row:
    """One fault that there is: its word, which faults of the catalogue (F numbers) it plays, what it does."""

    word: str
    plays: str
    does: str
    takes: tuple[Argument, ...] = ()
    lasts: Lasts = Lasts.ANSWERS

    @property
    def usage(self) -> str:
        return " ".join([self.word, *("|".join(taken.words) or taken.name for taken in self.takes)])

    @property
    def line(self) -> str:
        """For a list of all: one line."""
        return f"{self.usage:<34} {self.does}{f' ({self.plays})' if self.plays else ''}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault as it was asked for: `times` None means until it is cleared, empty `at` means for every command."""

    word: str
    values: tuple[Value, ...] = ()
    times: int | None = None
    at: bytes = b""


def read_words(text: str, rows: dict[str, Row]) -> Fault:
    """A fault from its words; the rows are those that are known."""
    words, times, at = text.split(), None, b""
    while words and words[0] in ("once", "times", "at"):
        prefix = words.pop(0)
        if prefix == "at":
            at = (words.pop(0) if words else "").encode()
        else:
            times = 1 if prefix == "once" else _count(words.pop(0) if words else "")
    word, given = (words[0] if words else ""), words[1:]
    row = rows.get(word)
    if row is None:
        raise UnknownFault(f"unknown fault {text!r}; known: {', '.join(known.usage for known in rows.values())}")
    if len(given) != len(row.takes) or not _may_stand_before(row, times, at):
        raise UnknownFault(f"{text!r}: {word} takes {row.usage.partition(' ')[2] or 'nothing'}{_BEFORE[row.lasts]}")
    values = tuple(taken.read(word, value) for taken, value in zip(row.takes, given, strict=True))
    return Fault(word, values, times, at)


_BEFORE = {
    Lasts.MOMENT: ", and nothing before it",
    Lasts.HELD: ", and nothing before it",
    Lasts.TIMES: ", and once or times N before it",
    Lasts.ANSWERS: ", and once, times N or at LETTERS before it",
}


def _may_stand_before(row: Row, times: int | None, at: bytes) -> bool:
    is_counted = row.lasts in (Lasts.TIMES, Lasts.ANSWERS)
    return (times is None or is_counted) and (not at or row.lasts is Lasts.ANSWERS)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LARGEST_COUNT:
        raise UnknownFault(f"times takes a count from 1 up to {LARGEST_COUNT}, not {text!r}")
    return int(text)
