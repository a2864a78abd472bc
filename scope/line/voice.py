"""Says and hears over the wire, and lets a shout go before everything else.

The owner speaks, waits and listens; any other thread may only `shout` and ring. What a shout says is written at once
when the owner waits, before the next word when it does not, and stays owed when the port dies under it.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Any

from scope.command import Command
from scope.errors import Overtaken
from scope.line.exchange import Exchange
from scope.line.hearing import Hearing, Question
from scope.line.wire import Wire

REMEMBERED_EXCHANGES = 400
FIRST_WORDS = 512


class Voice:
    """`mark` counts the shouts; `heard_at` is the monotonic moment of the last byte, `first_words` what came first."""

    def __init__(self, wire: Wire, hearing: Hearing) -> None:
        self._wire, self._hearing = wire, hearing
        self.exchanges: deque[Exchange] = deque(maxlen=REMEMBERED_EXCHANGES)
        self.first_words = bytearray()
        self.heard_at = float("-inf")
        self.mark = 0
        self._shouts: list[Command[Any]] = []
        self._lock = threading.Lock()

    def shout(self, command: Command[Any], again: bool = False) -> None:
        """Any thread. A second one that finds the first unwritten adds no bytes; one made `again` overtakes nothing."""
        with self._lock:
            self.mark += not again
            if command not in self._shouts:
                self._shouts.append(command)
        self._wire.ring()

    # --- the owner --------------------------------------------------------------------------------------------

    def cut_in(self) -> None:
        """Write every shout that waits; one that the port does not take stays owed to the next."""
        while self._wire.is_open and (command := self._next_shout()) is not None:
            self.say(command, is_halt=True)
            self.note("shout", command.sends, b"", time.monotonic())
            with self._lock:
                self._shouts.remove(command)

    def refuse_when_overtaken(self, mark: int | None) -> None:
        if mark is not None and mark != self.mark:
            raise Overtaken("a stop came before this could be sent")

    def say(self, command: Command[Any], is_halt: bool = False) -> Question:
        at = time.monotonic()
        self._wire.write(command.sends)
        return self._hearing.spoke(command, at, is_halt)

    def pause(self, until: float) -> bool:
        """Wait for bytes, a shout or the monotonic moment `until`; True when bytes came."""
        if self._wire.wait(until):
            self.cut_in()
        return self.listen()

    def listen(self) -> bool:
        """Take in what has arrived; True when that was anything."""
        arrived = self._wire.read()
        if arrived:
            self.heard_at = time.monotonic()
            self._hearing.heard += arrived
            self.first_words += arrived[: FIRST_WORDS - len(self.first_words)]
        return bool(arrived)

    def note(self, kind: str, sent: bytes, heard: bytes, begun: float) -> None:
        self.exchanges.append(Exchange(begun, kind, sent, heard, time.monotonic() - begun))

    def _next_shout(self) -> Command[Any] | None:
        with self._lock:
            return self._shouts[0] if self._shouts else None
