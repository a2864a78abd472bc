"""The answers of halts: collected whenever they come, waited for by no halt, and given to nobody else.

A halt is written at once, over a question that waits (scope/line/voice.py). Some mounts answer it, and then what they
say must not be taken for the next answer. Rules that must stay true:
* a halt is never waited for before another halt is written, and one that stays unanswered is no lost line by itself;
* before the next question its answer is waited for, but not for long, and once: a mount that left one unanswered is not
  waited for again before it has said anything.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from scope.line.hearing import Hearing, Question
from scope.line.owed import Owed
from scope.line.voice import Voice

PATIENCE_SECONDS = 1.0
"""A mount may take longer at worst, but whoever has stopped a telescope wants to see soon whether it obeys."""


class Halts:
    """Outside a question the line waits for nothing else; `deadline` is when a question counts as unanswered."""

    def __init__(self, voice: Voice, hearing: Hearing, owed: Owed, deadline: Callable[[Question], float]) -> None:
        self._voice, self._hearing, self._owed, self._deadline = voice, hearing, owed, deadline
        self._mute_since = float("-inf")

    def collect(self) -> bool:
        """Give what has come to the halts that were written, oldest first; True when one of them was answered."""
        has_come = False
        while self._hearing.waiting and (found := self._hearing.answer()):
            self.note(*found)
            has_come = True
        return has_come

    def note(self, halt: Question, answer: bytes) -> None:
        self._voice.note("halted", halt.command.sends, answer, halt.at)

    def hear_out(self) -> bool:
        """Before a question: wait for a while until all are answered; what then lacks is owed.

        True when one of them was answered.
        """
        self._voice.listen()
        has_come = self.collect()
        if self._hearing.waiting and self._voice.heard_at >= self._mute_since:
            overdue = max(self._deadline(halt) for halt in self._hearing.waiting)
            until = min(overdue, time.monotonic() + PATIENCE_SECONDS)
            while self._hearing.waiting and not self._hearing.is_endless and time.monotonic() < until:
                self._voice.pause(until)
                has_come = self.collect() or has_come
        if unanswered := self._hearing.give_up():
            self._owed.add(unanswered)
            self._mute_since = time.monotonic()
        return has_come
