"""A port and a bell, waited on together: the owner sleeps until bytes come, until somebody rings, or until its time.

One thread owns a Wire; any other may only ring. It knows nothing of questions and answers.
"""

from __future__ import annotations

import selectors
import socket
import time
from contextlib import suppress

from scope.errors import LineLost
from scope.line.port import Port, Roots

UNHEARD_SECONDS = 0.005
"""How long to wait between looks at a port that select cannot watch (rfc2217://)."""


class Wire:
    """Closed until `open`; every LineLost it raises has closed it."""

    def __init__(self, port: str, baud: int, roots: Roots) -> None:
        self._port = Port(port, baud, roots)
        self._descriptor: int | None = None
        self._bell, self._bell_rope = socket.socketpair()
        self._bell.setblocking(False)
        self._bell_rope.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._bell, selectors.EVENT_READ)

    def ring(self) -> None:
        """Wake the owner out of its wait; any thread."""
        with suppress(BlockingIOError):  # the bell's buffer is full, so it rings already
            self._bell_rope.send(b"!")

    @property
    def is_open(self) -> bool:
        return self._port.is_open

    def open(self) -> None:
        """LineLost with a code that says what to do when it cannot be had."""
        self.close()
        self._descriptor = self._port.open()
        if self._descriptor is not None:  # else UNHEARD_SECONDS serves
            self._selector.register(self._descriptor, selectors.EVENT_READ)

    def close(self, orderly: bool = True) -> None:
        """Let the port go. One that hangs is left to its fate, and the next `open` says so."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with suppress(KeyError, OSError):
                self._selector.unregister(descriptor)
        with suppress(LineLost):
            self._port.close(orderly)

    def dispose(self) -> None:
        self.close()
        self._selector.close()
        self._bell.close()
        self._bell_rope.close()

    def wait(self, until: float) -> bool:
        """True when the bell rang, False when bytes may have come or the monotonic moment `until` is over."""
        seconds = max(0.0, until - time.monotonic())
        if self.is_open and self._descriptor is None:
            seconds = min(seconds, UNHEARD_SECONDS)
        ready = [key.fileobj for key, _ in self._selector.select(seconds)]
        if self._bell not in ready:
            return False
        with suppress(BlockingIOError):
            self._bell.recv(4096)
        return True

    def read(self) -> bytes:
        """What has come, at once; nothing from a closed port."""
        if not self.is_open:
            return b""
        try:
            return self._port.read()
        except LineLost:
            self.close(orderly=False)
            raise

    def write(self, sends: bytes) -> None:
        if not self.is_open:
            raise LineLost(f"{self._port.name} is not open", port=self._port.name)
        try:
            self._port.write(sends)
        except LineLost:
            self.close(orderly=False)
            raise

    def refuse_when_stuck(self) -> None:
        """LineLost `port_hangs` when the device has not taken what was written, which explains any silence."""
        if self._port.is_stuck:
            self.close(orderly=False)
            raise self._port.hangs()
