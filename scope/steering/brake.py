"""What stops the telescope: at once, again until it is seen at rest, and by itself when a hand on a button goes silent.

The brake owns no port and reads no position. It shouts over the line, from any thread, and has one small thread of its
own that repeats an unconfirmed halt and watches the dead-man's lease, so that both work while the mount is mute and the
mount thread waits for an answer.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from scope.clock import Clock
from scope.command import Command
from scope.line.line import Line
from scope.orders import Direction, Nudge
from scope.steering.lease import Lease

HALT_EVERY_SECONDS = 0.4
"""An unconfirmed halt is repeated at least every 0.5 s."""
UNCONFIRMED_SECONDS = 3.0
"""After this a person has to be told in words that the mount does not obey."""
WATCH_SECONDS = 0.02
HAND_LETS_GO = frozenset({"let_go", "lease_over"})
"""After these a mount may follow the sky again; after all other halts it is for the next order to say so."""


@dataclass(slots=True)
class Settling:
    """A halt that nobody has seen obeyed yet; moments are monotonic."""

    reason: str
    begun: float
    halted_at: float


class Brake:
    """`pulled` is the reason of a halt that the mount thread has not taken note of yet."""

    def __init__(self, line: Line, halt: Command[None], clock: Clock) -> None:
        self._line, self._halt, self._clock = line, halt, clock
        self._lease, self._lock = Lease(), threading.Lock()
        self._needed, self._closing = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._watch, name="brake")
        self.pulled: str | None = None
        self.settling: Settling | None = None

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        self._needed.set()
        self._thread.join()

    def pull(self, reason: str) -> None:
        """Halt now; the line writes it over whatever is going on. Any thread, any number of times."""
        with self._lock:
            if self.pulled is None or reason not in HAND_LETS_GO:  # a hand that lets go does not undo a stop
                self.pulled = reason
            self._lease.end()
        self._line.shout(self._halt)

    # --- the mount thread -------------------------------------------------------------------------------------

    def settle(self, reason: str) -> None:
        """From now on the halt is repeated until `release`; one that was pulled for another reason meanwhile, too."""
        with self._lock:
            self.pulled = None if self.pulled == reason else self.pulled
            self._lease.end()
        now = self._clock.monotonic()
        self.settling = Settling(reason, now, now)
        self._line.halt(self._halt)
        self._needed.set()

    def release(self) -> None:
        """The axes have been seen at rest, or there is no line to halt them by."""
        with self._lock:
            self.settling = None

    def unconfirmed(self) -> bool:
        settling = self.settling
        return settling is not None and self._clock.monotonic() - settling.begun > UNCONFIRMED_SECONDS

    # --- the dead-man's lease ---------------------------------------------------------------------------------

    def renew(self, order: Nudge, holder: str) -> bool:
        """Whether this press holds the telescope already; its heartbeat then counts."""
        with self._lock:
            return self._lease.renew(order.press, holder, order.beat, self._clock.monotonic())

    def hold(self, order: Nudge, direction: Direction, holder: str) -> Direction | None:
        """A new press: the motion it starts ends when its heartbeats do; the direction that nobody holds any more."""
        with self._lock:
            before = self._lease.begin(order.press, holder, direction, order.beat, self._clock.monotonic())
        self._needed.set()
        return before.direction if before is not None and before.direction is not direction else None

    def let_go(self, press: str) -> None:
        with self._lock:
            ended = self._lease.end(press)
        if ended is not None:
            self.pull("let_go")

    # --- its own thread ---------------------------------------------------------------------------------------

    def _watch(self) -> None:
        while not self._closing.is_set():
            self._needed.wait()
            self._closing.wait(WATCH_SECONDS)
            if self._lapsed():
                self.pull("lease_over")
            self._repeat()
            with self._lock:
                if self._lease.press is None and self.settling is None:
                    self._needed.clear()

    def _lapsed(self) -> bool:
        with self._lock:
            return self._lease.lapsed(self._clock.monotonic())

    def _repeat(self) -> None:
        """Never once it is released: an order that waits for rest may begin then, and must not be halted by this."""
        now = self._clock.monotonic()
        with self._lock:
            settling = self.settling
            if settling is not None and now - settling.halted_at >= HALT_EVERY_SECONDS:
                settling.halted_at = now
                self._line.shout(self._halt, again=True)
