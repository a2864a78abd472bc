"""The clock and the port of tests/hand_time.py: waiting for bytes is what makes time pass."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hardware_sim.exchange import Exchange
from scope.clock import Clock
from scope.errors import LineLost

LONGEST_STEP_SECONDS, SHORTEST_STEP_SECONDS = 0.02, 0.0002


class HandClock(Clock):
    """It is `begun` when its own seconds are 1000; a time server vouches for it unless the test says otherwise."""

    def __init__(self, begun: datetime) -> None:
        super().__init__()
        self.put(begun=begun, seconds=1000.0, step=timedelta(), kept=True)

    begun: datetime
    seconds: float
    step: timedelta
    kept: bool

    def put(self, **values: Any) -> None:
        """The clock of the product is frozen, this one is turned by hand."""
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def monotonic(self) -> float:
        return self.seconds

    def wall(self) -> datetime:
        return self.begun + timedelta(seconds=self.seconds - 1000.0) + self.step

    def since_boot(self) -> float:
        return self.seconds

    def synchronised(self) -> bool | None:
        return self.kept


@dataclass
class Said:
    """Bytes that went to the mount at that second."""

    t: float
    data: bytes


@dataclass
class HandWire:
    """The port of tests/hand_time.py: waiting is what makes time pass."""

    exchange: Exchange
    clock: HandClock
    each_step: Callable[[float], None]
    is_open: bool = False
    plugged: bool = True
    said: list[Said] = field(default_factory=list)
    _rung: bool = False
    _arrived: bytearray = field(default_factory=bytearray)

    def ring(self) -> None:
        self._rung = True

    def open(self) -> None:
        self.close()
        if not self.plugged:
            raise LineLost("no such port", code="port_missing", port="hand")
        self.is_open = True
        self._arrived.clear()
        self.exchange.opened(self.clock.seconds)

    def close(self, orderly: bool = True) -> None:
        self.is_open = False

    def dispose(self) -> None:
        self.close()

    def wait(self, until: float) -> bool:
        while not self._rung:
            now = self.clock.seconds
            due = self.exchange.next_event() or until
            soon = now + SHORTEST_STEP_SECONDS
            self._let_pass(max(soon, min(until, now + LONGEST_STEP_SECONDS, due)))
            if not self._rung and ((self.is_open and (self._arrived or not self.plugged)) or now >= until):
                return False
        self._rung = False
        return True

    def _let_pass(self, until: float) -> None:
        self.clock.put(seconds=until)
        self._arrived += self.exchange.live(until)
        self.each_step(until)

    def read(self) -> bytes:
        if not self.is_open:
            return b""
        if not self.plugged:
            self.close()
            raise LineLost("the port has gone", code="port_gone", port="hand")
        found = bytes(self._arrived)
        self._arrived.clear()
        return found

    def write(self, sends: bytes) -> None:
        if not self.is_open or not self.plugged:
            self.close()
            raise LineLost("the port is not open", code="port_gone", port="hand")
        self.said.append(Said(self.clock.seconds, sends))
        self.exchange.arrive(sends, self.clock.seconds)

    def refuse_when_stuck(self) -> None:
        """This port takes every byte."""
