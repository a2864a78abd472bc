"""What the mount still owes: answers that did not come in time, and may come when another is waited for. Pure.

Mounts answer in the order they are asked, so a question that is answered clears all before it; adapters that buffer may
still break that order, so what was cleared unseen is looked out for a while longer.
"""

from __future__ import annotations

from typing import Any

from scope.command import Command
from scope.line.hearing import Question

MOST_OWED = 8
LOOKED_OUT_SECONDS = 6.0
"""How long after its question an answer may yet turn up out of its turn."""


class Owed:
    """`late` are the questions whose answers may come next; the line asks nothing else before they are cleared.

    `halts` are apart, since any bytes may be theirs: what they are answered with is passed over, never looked for.
    """

    def __init__(self) -> None:
        self.late: list[Question] = []
        self.halts: list[Question] = []
        self._unseen: list[Question] = []

    def add(self, questions: list[Question]) -> None:
        fresh = [question for question in questions if question not in self.late and not question.is_halt]
        self.late = [*self.late, *fresh][-MOST_OWED:]
        self.halts = [*self.halts, *(question for question in questions if question.is_halt)][-MOST_OWED:]

    def expire(self, now: float) -> None:
        """What has not come for so long will not come."""
        self.late = [question for question in self.late if now - question.at < LOOKED_OUT_SECONDS]
        self.halts = [halt for halt in self.halts if now - halt.at < LOOKED_OUT_SECONDS]

    def paid(self, question: Question) -> None:
        """Its answer came; what was owed before it never will."""
        self.late = self.late[self.late.index(question) + 1 :]

    def clear(self, seen: list[Question]) -> None:
        """Nothing can come in its turn any more; what has not been `seen` may out of it."""
        unseen = [question for question in self.late if question not in seen]
        self._unseen = [*self._unseen, *unseen][-MOST_OWED:]
        self.late, self.halts = [], []

    def explains(self, heard: bytes, now: float) -> bool:
        """Whether these bytes are an answer that was owed; it is owed no longer then."""
        if any(question.command.understands(heard) for question in self.late):
            return True
        found = next((question for question in self._in_time(now) if question.command.understands(heard)), None)
        if found is not None:
            self._unseen.remove(found)
        return found is not None

    def may_mislead(self, command: Command[Any], now: float) -> bool:
        """Whether an answer that is still looked out for could be taken for this command's."""
        return any(question.command.sends == command.sends for question in self._in_time(now))

    def _in_time(self, now: float) -> list[Question]:
        self._unseen = [question for question in self._unseen if now - question.at < LOOKED_OUT_SECONDS]
        return self._unseen
