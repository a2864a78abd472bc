"""One line of the doctor's report, and how the lines together make an exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from scope.errors import ScopeError


class Level(IntEnum):
    """As an exit code."""

    OK = 0
    WARN = 1
    BAD = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about a subject, and what to do about it, "" when nothing."""

    level: Level
    subject: str
    words: str
    cure: str = ""

    def __str__(self) -> str:
        """For a terminal: words of devices and files lose what would steer it."""
        cure = f"; {self.cure}" if self.cure else ""
        text = f"{self.words}{cure}"
        kept = "".join(letter if letter.isprintable() or letter == "\n" else "?" for letter in text)
        return f"{self.level.name.lower():5} {self.subject:14} {kept}"


Check = Callable[[], Iterable[Finding]]


def ok(subject: str, words: str) -> Finding:
    return Finding(Level.OK, subject, words)


def warn(subject: str, words: str, cure: str) -> Finding:
    return Finding(Level.WARN, subject, words, cure)


def bad(subject: str, words: str, cure: str) -> Finding:
    return Finding(Level.BAD, subject, words, cure)


def carefully(subject: str, check: Check) -> Iterator[Finding]:
    """The findings of a check; one that fails itself is a finding, too."""
    try:
        yield from check()
    except ScopeError as reason:
        yield bad(subject, str(reason), "")
    except (OSError, ValueError) as wrong:
        yield warn(subject, f"could not be looked at: {wrong}", "")


def worst(findings: Iterable[Finding]) -> Level:
    return max((finding.level for finding in findings), default=Level.OK)
