"""The latest snapshot for everybody who waits for the next: numbered, completed, encoded once.

Whoever publishes never waits for a reader; a slow reader misses what came between, never the latest.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from scope.clock import Clock
from scope.snapshot import Snapshot, as_json

ALIVE_SECONDS = 0.5
"""An empty line at least this often, so that a listener knows the service lives."""


class Bulletin:
    """Thread-safe; `close` ends every reader."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._latest: Snapshot | None = None
        self._closed = False

    def publish(self, snapshot: Snapshot) -> None:
        with self._changed:
            serial = self._latest.serial + 1 if self._latest else 1
            self._latest = replace(snapshot, serial=serial)
            self._changed.notify_all()

    @property
    def latest(self) -> Snapshot | None:
        return self._latest

    def status(self) -> dict[str, Any]:
        latest = self._latest
        return as_json(latest, self._clock.monotonic()) if latest else {}

    def lines(self) -> Iterator[bytes]:
        """The latest snapshot as one JSON line, then each newer one; empty lines while nothing changes."""
        serial = 0
        while not self._closed:
            latest = self._newer_than(serial)
            if latest is None:
                yield b"\n"
                continue
            serial = latest.serial
            yield json.dumps(as_json(latest, self._clock.monotonic()), ensure_ascii=False).encode() + b"\n"

    def _newer_than(self, serial: int) -> Snapshot | None:
        with self._changed:
            self._changed.wait_for(
                lambda: self._closed or (self._latest is not None and self._latest.serial > serial), ALIVE_SECONDS
            )
            latest = self._latest
        return latest if latest and latest.serial > serial else None

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
