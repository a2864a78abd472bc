"""A driver on a simulated mount in virtual time: no process, no port, no waiting.

`OnSimulator(exchange(family=…, model=…))` is the `ask` that a family is given. It keeps what the mount said beyond its
answers in `left_over`: a driver that knows its mount's language leaves nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from hardware_sim.exchange import Exchange
from hardware_sim.sidereal import local_apparent_degrees
from scope.command import Command
from scope.errors import GarbledAnswer, NoAnswer
from scope.position import Equatorial
from tests.simulated_mount import EVENING, KARAGANDA

T = TypeVar("T")

SILENCE_SECONDS = 0.5
"""As the line has it: an answer that may go on, and has not for this long, is all there is."""
TURN_SECONDS = 0.02
"""How long after a command without an answer it is looked whether one came after all."""


class OnSimulator:
    """Carries one command after the other; `t` is the moment in the simulated mount's life."""

    def __init__(self, line: Exchange, t: float = 0.0) -> None:
        self.line, self.t = line, t
        self.sent: list[bytes] = []
        self.left_over = b""

    def __call__(self, command: Command[T]) -> T:
        self._pass(0.0)
        self.sent.append(command.sends)
        self.line.arrive(command.sends, self.t)
        if not command.has_answer:
            self._pass(TURN_SECONDS + len(command.sends) * 10 / self.line.baud)
            return command.means(b"")
        return command.means(self._collect(command))

    def _collect(self, command: Command[Any]) -> bytes:
        until = self.t + command.within_seconds + len(command.sends) * 10 / self.line.baud
        heard, heard_at = b"", self.t
        while True:
            more = self.line.live(self.t)
            heard, heard_at = heard + more, self.t if more else heard_at
            length = command.whole(heard)
            if length is None and heard and self.t >= min(until, heard_at + SILENCE_SECONDS):
                length = command.in_silence(heard)
            if length is not None:
                self.left_over += heard[length:]
                return heard[:length]
            if self.t >= until:
                raise NoAnswer(f"no answer to {command.sends!r}", heard=repr(heard))
            self.t = min(until, max(self.t + 0.001, self._next(heard_at + SILENCE_SECONDS if heard else until)))

    def _next(self, otherwise: float) -> float:
        event = self.line.next_event()
        return otherwise if event is None else min(event, otherwise)

    def _pass(self, seconds: float) -> None:
        until = self.t + seconds
        self.t = until
        self.left_over += self.line.live(until)

    def wait(self, seconds: float, every: float = 0.25) -> None:
        """Let the mount live for so long."""
        until = self.t + seconds
        while self.t < until:
            self._pass(min(every, until - self.t))

    def wait_until(self, question: Callable[[], bool], within_seconds: float = 300.0, every: float = 0.5) -> None:
        """Ask again and again, in virtual time."""
        until = self.t + within_seconds
        while not question():
            assert self.t < until, f"not within {within_seconds:g} s"
            self.wait(every)

    def patient(self, question: Callable[[], T], tries: int = 5) -> T:
        """On a line that damages answers."""
        for _ in range(tries - 1):
            try:
                return question()
            except (GarbledAnswer, NoAnswer):
                self.wait(1.0)
        return question()


@dataclass
class SimulatedObservatory:
    """What a family may ask about place and moment: the simulated mount's own, so that both agree.

    Without a sky to compute with, of date and J2000 are the same here: a test of the turning between them brings its
    own.
    """

    ask: OnSimulator
    latitude_degrees: float = KARAGANDA.latitude_degrees
    longitude_degrees: float = KARAGANDA.longitude_degrees
    axes: str | None = None

    def utc(self) -> datetime:
        return datetime.fromtimestamp(EVENING, UTC) + timedelta(seconds=self.ask.t)

    def monotonic(self) -> float:
        return self.ask.t

    def sidereal_hours(self) -> float:
        return local_apparent_degrees(EVENING + self.ask.t, self.longitude_degrees) / 15.0

    def j2000(self, place: Equatorial) -> Equatorial:
        return place

    def of_date(self, place: Equatorial) -> Equatorial:
        return place
