"""One port over its comings and goings: find it, lock it, open it, carry bytes, let it go.

One thread owns a Port. Nothing here waits longer than its figure says, whatever the kernel does.
"""

from __future__ import annotations

import time
from typing import Any

from serial import SerialTimeoutException

from scope.errors import LineLost
from scope.line.port.finding import Place, Roots, find
from scope.line.port.lock import PortLock, busy, holder_of
from scope.line.port.opening import WRITE_DEADLINE_SECONDS, close_device, open_device, unsent
from scope.line.port.patience import PORT_FAILURES, Patience

OPENING_SECONDS, OPENING_BY_NETWORK_SECONDS = 3.0, 6.0
CLOSING_SECONDS = 1.0
DRAINING_SECONDS = 0.3
DRAINING_EVERY_SECONDS = 0.005
LONGEST_READ = 256


class Port:
    """`name` as in clubscope.toml; `first` is where it led at the first opening."""

    def __init__(self, name: str, baud: int, roots: Roots) -> None:
        self.name, self.baud, self._roots = name, baud, roots
        self.first: Place | None = None
        self._patience = Patience(name)
        self._lock: PortLock | None = None
        self._device: Any = None

    @property
    def is_open(self) -> bool:
        return self._device is not None

    def open(self) -> int | None:
        """The descriptor to wait on, None where there is none; LineLost, with nothing held, when it cannot be had."""
        place = find(self.name, self._roots, self.first)
        lock = PortLock(place, self._roots)
        lock.take()
        seconds = OPENING_BY_NETWORK_SECONDS if place.node is None else OPENING_SECONDS
        try:
            self._device = self._patience.within(
                seconds, lambda: open_device(place, self.baud), lambda late: close_device(late, orderly=False)
            )
        except LineLost as lost:
            lock.release()
            if lost.code == "port_busy":
                raise busy(place, holder_of(place, self._roots)) from lost
            raise
        self._lock, self.first = lock, self.first or place
        return self._descriptor()

    def _descriptor(self) -> int | None:
        try:
            return int(self._device.fileno())
        except OSError:  # rfc2217:// has a thread of its own that reads
            return None

    def read(self) -> bytes:
        """What has come, at once; LineLost when the device is gone."""
        try:
            return bytes(self._device.read(LONGEST_READ))
        except PORT_FAILURES as wrong:
            raise self._gone(wrong) from wrong

    def write(self, sends: bytes) -> None:
        """LineLost `port_hangs` when the device does not take it within WRITE_DEADLINE_SECONDS."""
        try:
            self._device.write(sends)
        except SerialTimeoutException as wrong:
            raise self.hangs() from wrong
        except PORT_FAILURES as wrong:
            raise self._gone(wrong) from wrong

    @property
    def is_stuck(self) -> bool:
        """Whether the system still has bytes that the device ought to have taken."""
        return self._device is not None and unsent(self._device) > 0

    def close(self, orderly: bool) -> None:
        """Let it go; `orderly` has what was written sent first, as far as that takes no longer than it should."""
        device, self._device = self._device, None
        lock, self._lock = self._lock, None
        try:
            if device is not None:
                self._let_go(device, orderly and self._sent(device))
        finally:
            if lock is not None:
                lock.release()

    def _let_go(self, device: Any, orderly: bool) -> None:
        self._patience.within(CLOSING_SECONDS, lambda: close_device(device, orderly))

    def _sent(self, device: Any) -> bool:
        until = time.monotonic() + DRAINING_SECONDS
        while unsent(device) > 0:
            if time.monotonic() > until:
                return False
            time.sleep(DRAINING_EVERY_SECONDS)
        return True

    def hangs(self) -> LineLost:
        return LineLost(
            f"{self.name} takes no bytes; pull its cable and plug it in again",
            code="port_hangs",
            port=self.name,
            within_seconds=WRITE_DEADLINE_SECONDS,
        )

    def _gone(self, wrong: BaseException) -> LineLost:
        return LineLost(f"{self.name} has gone: {wrong}; is the cable in?", code="port_gone", port=self.name)
