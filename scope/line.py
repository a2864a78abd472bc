"""The only file that opens a port: `ask` a question and get its answer, `shout` a halt over whatever is going on.

One thread owns a Line: it opens, asks, idles and closes. Any other thread may only `shout` and `wake`. A shout wakes
the owner out of whatever wait it is in, and is written at once, over a pending question; every answer is still handed
to its own question, in the order the bytes were written. Rules that must stay true:
* nothing is ever written before a shout that was made earlier;
* one deadline for a whole transaction, on the monotonic clock, however slowly the bytes dribble;
* every way in which a port dies ends as LineLost, and the port is closed then.
"""

from __future__ import annotations

import selectors
import socket
import termios
import threading
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import serial

from scope.command import LONGEST_ANSWER, Command
from scope.errors import GarbledAnswer, LineLost, NoAnswer, Overtaken

T = TypeVar("T")

WRITE_DEADLINE_SECONDS = 0.3
"""A USB adapter that takes no byte for this long hangs; only closing and opening it again helps."""
UNHEARD_SECONDS = 0.005
"""How long to wait between looks at a port that select cannot watch (rfc2217://)."""
REMEMBERED_EXCHANGES = 400
PORT_FAILURES = (OSError, termios.error, TypeError)
"""What pyserial 3.5 raises when a device goes; SerialException is an OSError, termios.error is not."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing that happened on the line; `at` is monotonic. For `clubscope trace` and for error messages."""

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


class Line:
    """A port that may come and go. `mark` counts the shouts: who noted it before can tell whether one came since."""

    def __init__(self, port: str, baud: int) -> None:
        self.port, self.baud = port, baud
        self.exchanges: deque[Exchange] = deque(maxlen=REMEMBERED_EXCHANGES)
        self._device: Any = None
        self._heard = bytearray()
        self._shouts: list[Command[Any]] = []
        self._lock = threading.Lock()
        self._mark = 0
        self._bell, self._bell_rope = socket.socketpair()
        self._bell.setblocking(False)
        self._bell_rope.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._bell, selectors.EVENT_READ)

    # --- any thread -------------------------------------------------------------------------------------------

    @property
    def mark(self) -> int:
        return self._mark

    def shout(self, command: Command[Any]) -> None:
        """Have `command` written before anything else. A second one that finds the first unwritten adds no bytes."""
        with self._lock:
            self._mark += 1
            if command not in self._shouts:
                self._shouts.append(command)
        self.wake()

    def wake(self) -> None:
        """End the owner's `idle`."""
        with suppress(BlockingIOError):  # the bell's buffer is full, so it rings already
            self._bell_rope.send(b"!")

    # --- the owner --------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self._device is not None

    def open(self) -> None:
        """Open the port for us alone; LineLost with the system's reason when that fails."""
        self.close()
        try:
            device = serial.serial_for_url(
                self.port, baudrate=self.baud, timeout=0, write_timeout=WRITE_DEADLINE_SECONDS, exclusive=True
            )
        except (*PORT_FAILURES, ValueError) as wrong:
            raise LineLost(f"cannot open {self.port}: {wrong}", code="port_unusable", port=self.port) from wrong
        self._device = device
        with suppress(OSError):  # no descriptor to select on: UNHEARD_SECONDS serves instead
            self._selector.register(device.fileno(), selectors.EVENT_READ)

    def close(self) -> None:
        """Let the port go; shouts made while it was gone are not kept: the first act on return is a halt anyway."""
        device, self._device = self._device, None
        self._heard.clear()
        with self._lock:
            self._shouts.clear()
        if device is None:
            return
        with suppress(*PORT_FAILURES, KeyError):
            self._selector.unregister(device.fileno())
        with suppress(*PORT_FAILURES):
            device.close()

    def dispose(self) -> None:
        """Close for good; a Line is not used after this."""
        self.close()
        self._selector.close()
        self._bell.close()
        self._bell_rope.close()

    def ask(self, command: Command[T], mark: int | None = None) -> T:
        """Carry one command: what its answer means, or NoAnswer, GarbledAnswer, LineLost.

        With `mark`, Overtaken is raised before the first byte when a shout has come since that mark was noted, so that
        nothing that starts motion can follow a stop it should not survive.
        """
        self._cut_in()
        if mark is not None and mark != self._mark:
            raise Overtaken("a stop came before this could be sent")
        self._listen()
        self._forget("unasked")
        begun = time.monotonic()
        self._write(command.sends)
        answer = self._collect(command, begun)
        self._note("ask", command.sends, answer, begun)
        return command.means(answer)

    def idle(self, until: float) -> None:
        """Wait until a wake or the monotonic moment `until`; a shout is written as it comes.

        Bytes nobody asked for are noted and dropped, and a device that goes is noticed here too.
        """
        while not self._wait(until):
            self._listen()
            self._forget("unasked")
            if time.monotonic() >= until:
                return
        self._cut_in()

    # --- inside -----------------------------------------------------------------------------------------------

    def _collect(self, command: Command[Any], begun: float) -> bytes:
        """The bytes that answer `command`, while halts that cut in get their own answers behind it."""
        waiting: deque[Command[Any]] = deque([command])
        answer: bytes | None = None
        until = begun + command.within_seconds
        while True:
            for asked, heard in self._whole_answers(waiting):
                answer = heard if asked is command else answer
            if answer is not None and (not waiting or time.monotonic() >= until):
                return answer
            if self._wait(until):
                waiting.extend(self._cut_in())
            elif time.monotonic() >= until and not self._listen():
                raise self._no_answer(command, begun)
            self._listen()

    def _whole_answers(self, waiting: deque[Command[Any]]) -> Iterable[tuple[Command[Any], bytes]]:
        while waiting and (length := waiting[0].whole(bytes(self._heard))) is not None:
            heard = bytes(self._heard[:length])
            del self._heard[:length]
            yield waiting.popleft(), heard
        if len(self._heard) > LONGEST_ANSWER:
            heard = self._forget("endless")
            raise GarbledAnswer(f"{len(heard)} bytes without an end", code="endless_answer", answer=repr(heard[:40]))

    def _no_answer(self, command: Command[Any], begun: float) -> NoAnswer:
        heard = self._forget("silence")
        self._note("silence", command.sends, heard, begun)
        return NoAnswer(
            f"no whole answer to {command.sends!r} within {command.within_seconds} s, heard {heard!r}",
            asked=repr(command.sends),
            heard=repr(heard),
            within_seconds=command.within_seconds,
        )

    def _wait(self, until: float) -> bool:
        """True when the bell rang, False when bytes may have come or the time is over."""
        seconds = max(0.0, until - time.monotonic())
        if self._device is not None and len(self._selector.get_map()) == 1:
            seconds = min(seconds, UNHEARD_SECONDS)
        ready = [key.fileobj for key, _ in self._selector.select(seconds)]
        if self._bell not in ready:
            return False
        with suppress(BlockingIOError):
            self._bell.recv(4096)
        return True

    def _cut_in(self) -> list[Command[Any]]:
        """Write every shout that waits, and return those that have an answer to come."""
        with self._lock:
            shouts, self._shouts = self._shouts, []
        if self._device is None:
            return []
        for command in shouts:
            self._write(command.sends)
            self._note("shout", command.sends, b"", time.monotonic())
        return [command for command in shouts if command.whole(b"") is None]

    def _listen(self) -> bool:
        """Take in what has arrived; True when that was anything."""
        if self._device is None:
            return False
        try:
            arrived = self._device.read(LONGEST_ANSWER)
        except PORT_FAILURES as wrong:
            raise self._lost(wrong) from wrong
        self._heard += arrived
        return bool(arrived)

    def _write(self, sends: bytes) -> None:
        if self._device is None:
            raise LineLost(f"{self.port} is not open", port=self.port)
        try:
            self._device.write(sends)
        except PORT_FAILURES as wrong:
            raise self._lost(wrong) from wrong

    def _lost(self, wrong: BaseException) -> LineLost:
        self.close()
        return LineLost(f"{self.port}: {wrong}", port=self.port)

    def _forget(self, kind: str) -> bytes:
        heard = bytes(self._heard)
        self._heard.clear()
        if heard and kind == "unasked":
            self._note(kind, b"", heard, time.monotonic())
        return heard

    def _note(self, kind: str, sent: bytes, heard: bytes, begun: float) -> None:
        self.exchanges.append(Exchange(begun, kind, sent, heard, time.monotonic() - begun))
