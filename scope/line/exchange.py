"""What happened on the line, for `clubscope trace` and for errors, and how good the line has been of late.

Written by the line's owner and read by anybody; it remembers a bounded number of things and decides nothing.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

REMEMBERED_QUESTIONS = 100
FOREIGN_SECONDS = 10.0
LONGEST_LATENCY_SECONDS = 2.0
"""A line slower than this counts as silent; longer deadlines would hide a mount that has gone."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing that happened on the line; `at` is monotonic."""

    at: float
    kind: str
    sent: bytes
    heard: bytes
    took_seconds: float

    def as_json(self, now: float) -> dict[str, str | float]:
        """For people: bytes outside ASCII as their hexadecimal value, and how long ago it was at `now`."""
        return {
            "ago_seconds": round(now - self.at, 3),
            "kind": self.kind,
            "sent": self.sent.decode("ascii", "backslashreplace"),
            "heard": self.heard.decode("ascii", "backslashreplace"),
            "took_seconds": round(self.took_seconds, 4),
        }


@dataclass(slots=True)
class Record:
    """Counts since the program began: questions by how they ended, and bytes that came without a question.

    `late` counts answers that came after their deadline, `echoed` our own words that came back, `foreign` whole answers
    to questions that we never asked: another program speaks to the mount.
    """

    answered: int = 0
    silent: int = 0
    garbled: int = 0
    unasked_bytes: int = 0
    late: int = 0
    echoed: int = 0
    foreign: int = 0
    _ends: deque[bool] = field(default_factory=lambda: deque(maxlen=REMEMBERED_QUESTIONS))
    _latencies: deque[float] = field(default_factory=lambda: deque(maxlen=20))
    _foreign_at: deque[float] = field(default_factory=lambda: deque(maxlen=100))

    def good(self) -> None:
        self.answered += 1
        self._ends.append(True)

    def bad(self, garbled: bool) -> None:
        self.garbled, self.silent = self.garbled + garbled, self.silent + (not garbled)
        self._ends.append(False)

    def took(self, seconds: float) -> None:
        """How long after its last byte was sent a short question was answered."""
        self._latencies.append(min(max(seconds, 0.0), LONGEST_LATENCY_SECONDS))

    def heard_foreign(self, count: int, at: float) -> None:
        self.foreign += count
        self._foreign_at.extend([at] * count)

    @property
    def bad_share(self) -> float:
        """0…1 of the last 100 questions; fewer are counted as if good ones had gone before."""
        return self._ends.count(False) / REMEMBERED_QUESTIONS

    @property
    def latency_seconds(self) -> float:
        """The longest of late, within LONGEST_LATENCY_SECONDS."""
        return max(self._latencies, default=0.0)

    def foreign_of_late(self, now: float) -> int:
        """Foreign answers of the last 10 s."""
        return sum(now - at <= FOREIGN_SECONDS for at in list(self._foreign_at))
