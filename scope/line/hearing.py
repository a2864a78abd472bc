"""Whose answer is this? Bytes in, answers out, each to the question it belongs to. Pure: no port, no time of its own.

Mounts answer in the order they were asked, and say nothing else than answers; lines don't: they echo, double, cut and
delay. Rules that must stay true:
* an answer is only ever given to the oldest question that waits;
* what came after its question was given up is never given to a later one (`catch_up`);
* no more is kept than LONGEST_ANSWER and what one read brings.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scope.command import LONGEST_ANSWER, Command
from scope.line.exchange import Record

SHORTEST_ECHO = 3
"""Shorter words of ours may well be the beginning of an answer."""
REMEMBERED_WORDS = 8
REMEMBERED_ANSWERS = 32
LANDMARKS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A command that was written at the monotonic moment `at`, and whose answer is to come."""

    command: Command[Any]
    at: float
    is_halt: bool = False


class Hearing:
    """One line's ear. `waiting` are the questions that an answer is still expected to, oldest first."""

    def __init__(self, record: Record) -> None:
        self.heard = bytearray()
        self.waiting: deque[Question] = deque()
        self._record = record
        self._spoken: deque[bytes] = deque(maxlen=REMEMBERED_WORDS)
        self._answers: dict[bytes, bytes] = {}
        self._landmarks: dict[bytes, Command[Any]] = {}

    def spoke(self, command: Command[Any], at: float, is_halt: bool = False) -> Question:
        """Note what was written; it may be echoed, and its answer may come."""
        question = Question(command, at, is_halt)
        if len(command.sends) >= SHORTEST_ECHO:
            self._spoken.append(command.sends)
        if command.has_answer:
            self.waiting.append(question)
        return question

    def answer(self) -> tuple[Question, bytes] | None:
        """The next whole answer and its question; call again until None."""
        if self.drop_echo() or not self.waiting:
            return None
        length = self.waiting[0].command.whole(bytes(self.heard))
        return None if length is None else (self.waiting.popleft(), self._take(length))

    def in_silence(self, question: Question) -> bytes | None:
        """What is the answer after all, if nothing more comes."""
        if not self.waiting or self.waiting[0] is not question:
            return None
        length = question.command.in_silence(bytes(self.heard))
        if length is None:
            return None
        self.waiting.popleft()
        return self._take(length)

    def drop_echo(self) -> bool:
        """Drop what is our own; True while what was heard may still become that."""
        while self.heard:
            text = next((text for text in self._spoken if self.heard.startswith(text)), None)
            if text is None:
                return any(text.startswith(self.heard) for text in self._spoken)
            self._take(len(text))
            self._spoken.remove(text)
            self._record.echoed += 1
        return False

    @property
    def is_endless(self) -> bool:
        return len(self.heard) > LONGEST_ANSWER

    def forget(self) -> bytes:
        """Drop what was heard."""
        heard = bytes(self.heard)
        self.heard.clear()
        return heard

    def give_up(self) -> list[Question]:
        """Wait no longer for what was asked; what was is returned."""
        given_up = list(self.waiting)
        self.waiting.clear()
        return given_up

    # --- finding the place again ------------------------------------------------------------------------------

    def understood(self, command: Command[Any], answer: bytes) -> None:
        """Remember what a good answer to this looks like, and the landmarks there are."""
        self._answers.pop(command.sends, None)
        self._answers[command.sends] = answer
        if len(self._answers) > REMEMBERED_ANSWERS:
            del self._answers[next(iter(self._answers))]
        if command.landmark and len(self._landmarks) < LANDMARKS:
            self._landmarks[command.sends] = command

    def landmark(self, late: Sequence[Question]) -> Command[Any] | None:
        """A question whose answer cannot be taken for one that is still owed."""
        owed = {question.command.sends for question in late}
        for command in reversed(self._landmarks.values()):
            answers = [self._answers[sends] for sends in owed if sends in self._answers]
            if command.sends not in owed and not any(command.understands(answer) for answer in answers):
                return command
        return None

    @property
    def has_landmarks(self) -> bool:
        return bool(self._landmarks)

    def catch_up(
        self, expected: Sequence[Question], newest_first: bool = True, behind_halts: bool = False
    ) -> int | None:
        """Which of these the next bytes answer; -1 for an answer to none of them, None for none yet.

        When one of them is answered, all that was owed before it has come or never will. `newest_first` is right when
        the newest is a landmark; else the oldest is taken for answered, so that rather too much stays owed. With
        `behind_halts` what halts are answered with, or a part of it, may stand in front, and is dropped byte by byte.
        """
        if self.drop_echo():
            return None
        while (index := self._answered(expected, newest_first)) is None:
            length = expected[-1].command.whole(bytes(self.heard))
            if length is None and not self.is_endless:
                return None
            if behind_halts and self.heard:
                self._take(1)
                continue
            self._take(length or len(self.heard))
            return -1
        return index

    def _answered(self, expected: Sequence[Question], newest_first: bool) -> int | None:
        for index in sorted(range(len(expected)), reverse=newest_first):
            length = expected[index].command.whole(bytes(self.heard))
            if length and expected[index].command.understands(bytes(self.heard[:length])):
                self._take(length)
                return index
        return None

    def foreign_in(self, heard: bytes) -> int:
        """How many whole answers to landmarks these are; the last answer again is a line that doubles, not counted."""
        count, last = 0, next(reversed(self._answers.values()), b"")
        while heard:
            fitting = [known for known in self._landmarks.values() if known.whole(heard) is not None]
            if not fitting:
                break
            piece = heard[: fitting[0].whole(heard)]
            heard = heard[len(piece) :]
            count += piece != last and any(known.understands(piece) for known in fitting)
        return count

    # --- inside -----------------------------------------------------------------------------------------------

    def _take(self, length: int) -> bytes:
        taken = bytes(self.heard[:length])
        del self.heard[:length]
        return taken
