"""The one line to the mount: `ask` a question and get its answer, `shout` a halt over whatever is going on.

One thread owns a Line: it opens, asks, idles and closes. Any other thread may only `shout` and `wake`. A shout wakes
the owner out of whatever wait it is in, and is written at once, over a pending question; every answer is still handed
to its own question, in the order the bytes were written. Rules that must stay true:
* nothing is ever written before a shout that was made earlier, and a shout is owed until it has been written;
* no halt waits for anybody's answer, its own or another's (scope/line/halts.py);
* one deadline for a whole transaction, on the monotonic clock, however slowly the bytes dribble;
* after a silence nothing is asked before the line knows again whose answers it hears;
* every way in which a port dies ends as LineLost, and the port is closed then.
"""

from __future__ import annotations

import time
from collections import deque
from typing import Any, TypeVar

from scope.command import Command
from scope.errors import GarbledAnswer, NoAnswer
from scope.line.exchange import Exchange, Record
from scope.line.halts import Halts
from scope.line.hearing import Hearing, Question
from scope.line.owed import Owed
from scope.line.port import SYSTEM, Roots
from scope.line.voice import Voice
from scope.line.wire import Wire

T = TypeVar("T")

BITS_A_BYTE = 10
USUAL_ANSWER = 32
"""Bytes; what an answer's deadline allows for on a slow line."""
GAP_SECONDS, RESYNC_SECONDS, LONGEST_RESYNC_SECONDS = 0.001, 0.02, 0.3
"""How long, beyond two characters, the line must be quiet before a question, and after a silence; and at most."""
OWED_SECONDS = 1.0
"""How long one call waits for answers that are owed, as for any other."""
SILENCE_SECONDS = 0.5
"""An answer that may go on, and has not for this long, is all there is."""


class Line:
    """A port that may come and go. `mark` counts the shouts: who noted it before can tell whether one came since."""

    def __init__(self, port: str, baud: int, roots: Roots = SYSTEM) -> None:
        self.port, self.baud = port, baud
        self.record = Record()
        self._wire, self._hearing = Wire(port, baud, roots), Hearing(self.record)
        self._voice, self._owed = Voice(self._wire, self._hearing), Owed()
        self._halts = Halts(self._voice, self._hearing, self._owed, self._deadline)
        self._gap_seconds = 0.0

    # --- any thread -------------------------------------------------------------------------------------------

    @property
    def mark(self) -> int:
        return self._voice.mark

    @property
    def exchanges(self) -> deque[Exchange]:
        """The last of them, oldest first."""
        return self._voice.exchanges

    def shout(self, command: Command[Any], again: bool = False) -> None:
        """Have `command` written before anything else. A second one that finds the first unwritten adds no bytes.

        `again`: it is the same halt repeated, which overtakes no order that was given since.
        """
        self._voice.shout(command, again)

    def wake(self) -> None:
        """End the owner's `idle`."""
        self._wire.ring()

    @property
    def quality(self) -> float:
        """Which share of the last hundred questions ended badly, 0…1."""
        return self.record.bad_share

    @property
    def foreign_answers(self) -> int:
        """Answers of the last 10 s to questions we never asked; three of them mean that another program speaks here."""
        return self.record.foreign_of_late(time.monotonic())

    @property
    def first_words(self) -> bytes:
        """The first bytes heard since the port was opened, for scope/line/stranger.py."""
        return bytes(self._voice.first_words)

    # --- the owner --------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self._wire.is_open

    def open(self) -> None:
        """Find the port anew and open it for us alone; LineLost with a code that says what to do when that fails."""
        self.close()
        self._voice.first_words.clear()
        self._wire.open()

    def close(self) -> None:
        """Let the port go; a shout that has not been written stays owed, and an answer may still come late."""
        self._wire.close()
        self._owed.add(self._hearing.give_up())
        self._hearing.forget()

    def dispose(self) -> None:
        """Close for good; a Line is not used after this."""
        self.close()
        self._wire.dispose()

    def ask(self, command: Command[T], mark: int | None = None) -> T:
        """Carry one command: what its answer means, or NoAnswer, GarbledAnswer, LineLost.

        With `mark`, Overtaken is raised before the first byte when a shout has come since that mark was noted, so that
        nothing that starts motion can follow a stop it should not survive.
        """
        self._voice.cut_in()
        self._voice.refuse_when_overtaken(mark)
        if command.has_answer:
            self._find_place()
        self._quieten(self._gap_seconds if command.has_answer else 0.0, self._voice.heard_at)
        self._voice.refuse_when_overtaken(mark)
        return self._transact(command)

    def halt(self, command: Command[Any]) -> None:
        """Write it now, over everything, and return; what the mount answers is collected later. LineLost at most."""
        self._voice.cut_in()
        self._quieten(0.0, self._voice.heard_at)
        self._voice.say(command, is_halt=True)
        self._voice.note("halt", command.sends, b"", time.monotonic())

    def idle(self, until: float) -> None:
        """Wait until a wake or the monotonic moment `until`; a shout is written as it comes.

        Bytes nobody asked for are noted and dropped, and a device that goes is noticed here too.
        """
        while not self._wire.wait(until):
            self._voice.listen()
            self._drop_unasked()
            if time.monotonic() >= until:
                return
        self._voice.cut_in()

    # --- one question -----------------------------------------------------------------------------------------

    def _transact(self, command: Command[T]) -> T:
        question = self._voice.say(command)
        answer = self._collect(question) if command.has_answer else b""
        self._voice.note("ask", command.sends, answer, question.at)
        try:
            meaning = command.means(answer)
        except GarbledAnswer:
            self.record.bad(garbled=True)
            self._suspect(answer)
            self._owed.add([question])  # it may have been another's, and ours still come
            raise
        if command.has_answer:
            self._understood(question, answer)
            if self._owed.may_mislead(command, time.monotonic()):
                self._refuse_second(command, answer)
        return meaning

    def _refuse_second(self, command: Command[Any], answer: bytes) -> None:
        """Another answer of the kind behind this one: one of the two was owed since long, and nobody can say which."""
        until = time.monotonic() + self.record.latency_seconds + self._wire_seconds(command) + RESYNC_SECONDS
        while time.monotonic() < until:
            self._voice.pause(until)
        self._halts.collect()
        second = bytes(self._hearing.heard)
        self._drop_unasked()
        if second and second != answer and command.understands(second):
            self.record.bad(garbled=True)
            raise GarbledAnswer(f"two answers to {command.sends!r}: {answer!r} and {second!r}", answer=repr(answer))

    def _understood(self, question: Question, answer: bytes) -> None:
        self.record.good()
        self._gap_seconds = GAP_SECONDS if len(answer) == 1 else 0.0  # a doubled 1 would answer the next, too
        self._hearing.understood(question.command, answer)
        if question.command.landmark:
            self.record.took(time.monotonic() - question.at - self._wire_seconds(question.command))

    def _collect(self, question: Question) -> bytes:
        """The bytes that answer the question; halts that cut in are answered behind it, and are collected later."""
        while True:
            while found := self._hearing.answer():
                if found[0] is question:
                    return found[1]
                self._halts.note(*found)
            self._refuse_endless()
            now, until = time.monotonic(), self._deadline(question)
            if now >= min(until, self._voice.heard_at + SILENCE_SECONDS):
                answer = self._hearing.in_silence(question)
                if answer is not None:
                    return answer
            came = self._voice.pause(min(until, max(now, self._voice.heard_at) + SILENCE_SECONDS))
            if not came and time.monotonic() >= until:
                raise self._no_answer(question)

    def _deadline(self, question: Question) -> float:
        """Of the whole transaction; later on a line that is slow, within LONGEST_LATENCY_SECONDS."""
        command = question.command
        return question.at + command.within_seconds + self._wire_seconds(command) + self.record.latency_seconds

    def _wire_seconds(self, command: Command[Any]) -> float:
        return (len(command.sends) + USUAL_ANSWER) * BITS_A_BYTE / self.baud

    def _no_answer(self, question: Question) -> NoAnswer:
        """LineLost instead when the question has never left."""
        command, heard = question.command, self._hearing.forget()
        self._owed.add(self._hearing.give_up())
        self.record.bad(garbled=False)
        self._voice.note("silence", command.sends, heard, question.at)
        self._wire.refuse_when_stuck()
        seconds = round(time.monotonic() - question.at, 2)
        return NoAnswer(
            f"no whole answer to {command.sends!r} within {seconds} s, heard {heard!r}",
            asked=repr(command.sends),
            heard=repr(heard),
            within_seconds=seconds,
        )

    def _refuse_endless(self) -> None:
        if self._hearing.is_endless:
            heard = self._hearing.forget()
            self._owed.add(self._hearing.give_up())
            self.record.bad(garbled=True)
            raise GarbledAnswer(f"{len(heard)} bytes without an end", code="endless_answer", answer=repr(heard[:40]))

    # --- finding the place again ------------------------------------------------------------------------------

    def _find_place(self) -> None:
        """Before a question: nothing that halts or earlier questions are answered with may be taken for its answer."""
        if self._halts.hear_out():
            self._gap_seconds = GAP_SECONDS
        if self._owed.late or self._owed.halts:
            self._catch_up()
            self._halts.hear_out()  # those that cut in meanwhile

    def _catch_up(self) -> None:
        """Ask a landmark: mounts answer in order, so after its answer nothing is owed that could come later."""
        self._quieten(RESYNC_SECONDS, time.monotonic())
        self._owed.expire(time.monotonic())
        landmark = self._hearing.landmark(self._owed.late)
        if landmark is None and self._owed.late and self._hearing.has_landmarks:
            self._await_owed()
        seen: list[Question] = []
        if landmark is not None:
            question = self._voice.say(landmark)
            self._owed.add([question])
            self._await(question, seen)
        self._owed.clear(seen)

    def _await(self, question: Question, seen: list[Question]) -> None:
        """Until the landmark is answered; what was owed before it is counted and dropped."""
        expected, damaged_at = list(self._owed.late), float("inf")
        while True:
            behind = bool(self._owed.halts)
            while (index := self._hearing.catch_up(expected, behind_halts=behind)) is not None:
                if index < 0:
                    damaged_at = time.monotonic()
                    continue
                seen.append(expected[index])
                self._found(expected[index], is_late=expected[index] is not question)
                if expected[index] is question:
                    return
            patience = self.record.latency_seconds + LONGEST_RESYNC_SECONDS
            until = min(self._deadline(question), damaged_at + patience)
            if not self._voice.pause(until) and time.monotonic() >= until:
                raise self._no_answer(question)

    def _await_owed(self) -> None:
        """Every landmark is owed itself: ask nothing until what is owed has come, or will not come any more."""
        begun, behind = time.monotonic(), bool(self._owed.halts)
        while self._owed.late:
            while (index := self._hearing.catch_up(self._owed.late, False, behind)) is not None:
                if index >= 0:
                    self._found(self._owed.late[index], is_late=True)
                    self._owed.paid(self._owed.late[index])
                if not self._owed.late:
                    return
            if not self._voice.pause(begun + OWED_SECONDS) and time.monotonic() >= begun + OWED_SECONDS:
                raise self._no_answer(self._owed.late[-1])
            self._owed.expire(time.monotonic())

    def _found(self, question: Question, is_late: bool) -> None:
        self.record.took(time.monotonic() - question.at)
        self.record.late += is_late
        self._voice.note("late" if is_late else "landmark", question.command.sends, b"", question.at)
        if question in self._hearing.waiting:
            self._hearing.waiting.remove(question)

    def _quieten(self, seconds: float, quiet_since: float) -> None:
        """Drop what comes until nothing has come for so long and two characters; halts are written meanwhile."""
        seconds += 2 * BITS_A_BYTE / self.baud if seconds else 0.0
        longest = time.monotonic() + LONGEST_RESYNC_SECONDS
        came = self._voice.listen()
        while self.is_open:
            quiet_since = time.monotonic() if came else quiet_since
            self._drop_unasked()
            until = min(quiet_since + seconds, longest)
            if time.monotonic() >= until:
                return
            came = self._voice.pause(until)

    def _drop_unasked(self) -> None:
        """What came without a question: perhaps late, perhaps doubled, perhaps meant for another program."""
        if self._halts.collect():
            self._gap_seconds = GAP_SECONDS
        if self._hearing.waiting and not self._hearing.is_endless:
            return  # a part of what a halt is answered with
        if not self._hearing.drop_echo() and (heard := self._hearing.forget()):
            self.record.unasked_bytes += len(heard)
            self._voice.note("unasked", b"", heard, time.monotonic())
            self._suspect(heard)

    def _suspect(self, heard: bytes) -> None:
        """Whole answers that nobody here waits for: another program asked."""
        if self._owed.explains(heard, time.monotonic()):
            self.record.late += 1
        else:
            self.record.heard_foreign(self._hearing.foreign_in(heard), time.monotonic())
