"""What a trace holds, as questions and what was said to each, in order; pure, with time handed in.

No dialect is known: a question is what a program wrote at once, its answer what came before it wrote again. So an
answer that came after the next question was written, as over a halt, is kept as that one's.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

HALF_WORD_SECONDS = 0.3
"""Bytes that could be the beginning of a question are, after this, something that was never recorded."""
SHORTEST_SURE = 3


class NoTrace(Exception):
    """A file that is none, and in which line."""


@dataclass(frozen=True)
class Piece:
    """Said so long after its question."""

    after_seconds: float
    data: bytes


@dataclass
class Recorded:
    """`answers` to each question, in the order in which it was asked; `before` came before anything was asked."""

    answers: dict[bytes, list[list[Piece]]] = field(default_factory=dict)
    before: bytes = b""


def read_trace(lines: Iterable[str]) -> Recorded:
    recorded, asked_at = Recorded(), 0.0
    answer: list[Piece] | None = None
    for number, line in enumerate(lines, 1):
        t, is_question, data = _read_line(line, number)
        if is_question:
            answer, asked_at = [], t
            recorded.answers.setdefault(data, []).append(answer)
        elif answer is None:
            recorded.before += data
        else:
            answer.append(Piece(max(0.0, t - asked_at), data))
    return recorded


def _read_line(line: str, number: int) -> tuple[float, bool, bytes]:
    try:
        said = json.loads(line)
        return float(said["t"]), {"in": True, "out": False}[said["dir"]], bytes.fromhex(said["hex"])
    except (ValueError, KeyError, TypeError) as error:
        raise NoTrace(f"line {number} is none of a trace: {error}") from error


class Replay:
    """The mount's part: each question gets its recorded answers in order, the last one again and again.

    `unknown` are the bytes that were heard and never recorded, as they came.
    """

    def __init__(self, recorded: Recorded) -> None:
        self._left = {question: list(answers) for question, answers in recorded.answers.items()}
        self._heard, self._heard_at = b"", 0.0
        self._due: list[tuple[float, bytes]] = []
        self.unknown: list[bytes] = []

    def hear(self, data: bytes, t: float) -> None:
        self._heard, self._heard_at = self._heard + data, t
        while self._heard and self._take(t):
            pass

    def said(self, t: float) -> bytes:
        """What is due by `t`; also gives up on half a word after a while."""
        if self._heard and t >= self._heard_at + HALF_WORD_SECONDS:
            self._take(t, is_all=True)
        due = [data for at, data in self._due if at <= t]
        self._due = [(at, data) for at, data in self._due if at > t]
        return b"".join(due)

    def next_event(self) -> float | None:
        times = [at for at, _ in self._due] + ([self._heard_at + HALF_WORD_SECONDS] if self._heard else [])
        return min(times, default=None)

    def _take(self, t: float, is_all: bool = False) -> bool:
        """Answer or give up what stands first; False while it may still become another question."""
        may_go_on = not is_all and any(question.startswith(self._heard) for question in self._left)
        known = [question for question in self._left if self._heard.startswith(question)]
        if known and (is_all or not any(q.startswith(self._heard) and q != self._heard for q in self._left)):
            question = max(known, key=len)
            self._heard = self._heard[len(question) :]
            self._answer(question, t)
            return True
        if may_go_on:
            return False
        self._give_up()
        return True

    def _answer(self, question: bytes, t: float) -> None:
        answers = self._left[question]
        pieces = answers.pop(0) if len(answers) > 1 else answers[0]
        last = max((at for at, _ in self._due), default=t)
        self._due += [(max(last, t + piece.after_seconds), piece.data) for piece in pieces]

    def _give_up(self) -> None:
        """Drop what nobody recorded, up to where a question begins that somebody did, and that is no chance letter."""
        sure = [question for question in self._left if len(question) >= SHORTEST_SURE]
        starts = (at for at in range(1, len(self._heard)) if any(self._heard.startswith(q, at) for q in sure))
        at = next(starts, len(self._heard))
        self.unknown.append(self._heard[:at])
        self._heard = self._heard[at:]
