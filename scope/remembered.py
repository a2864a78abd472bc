"""What must survive a restart of the program, in one small JSON file that is always whole.

Whoever puts something in never waits for a disk: a thread of its own writes the newest state into a second file, has it
put on the disk, and renames it over the first. A file that is missing, broken or cannot be written stops nothing: that
is said once, and until it can be written again things are remembered in memory only.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import threading
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import TypeAlias

log = logging.getLogger(__name__)

Json: TypeAlias = "str | float | int | bool | Sequence[Json] | Mapping[str, Json] | None"

RETRY_SECONDS = 5.0
CLOSE_SECONDS = 5.0
LARGEST_BYTES = 1_000_000
"""Nothing of ours comes near; whatever is larger is not our file."""


class Remembered:
    """Key → JSON value; keys that this version does not know are kept. Any thread; `close` when done."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._changed = threading.Condition()
        self._version = self._written = 0
        self._closing = False
        self._healthy = True
        self._values: dict[str, Json] = self._read()
        self._thread = threading.Thread(target=self._run, name="remembered", daemon=True)
        self._thread.start()

    @property
    def healthy(self) -> bool:
        """False while what is put in would not survive a restart, or what was there could not be read."""
        return self._healthy

    def get(self, key: str) -> Json:
        """The value last put, by this run or an earlier one; None if there is none."""
        with self._changed:
            return self._values.get(key)

    def numbers(self, key: str, *names: str) -> tuple[float, ...] | None:
        """The numbers of these names that were put under the key together; None unless all are there."""
        kept = self.get(key)
        found = [kept.get(name) for name in names] if isinstance(kept, Mapping) else [None]
        if all(isinstance(value, int | float) and isfinite(value) for value in found):
            return tuple(float(value) for value in found if isinstance(value, int | float))
        return None

    def put(self, key: str, value: Json) -> None:
        """Remember it from now on, on disk shortly after; the value must not be changed afterwards."""
        with self._changed:
            if key in self._values and self._values[key] == value:
                return
            self._values[key] = value
            self._version += 1
            self._changed.notify_all()

    def flush(self, within_seconds: float = CLOSE_SECONDS) -> bool:
        """Wait until everything put so far is on disk; whether it is."""
        with self._changed:
            wanted = self._version
            return self._changed.wait_for(lambda: self._written >= wanted, within_seconds)

    def close(self, within_seconds: float = CLOSE_SECONDS) -> None:
        """Write the last, once, and end the thread; a disk that hangs is not waited for longer than that."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(within_seconds)

    # --- its own thread -------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._version > self._written)
                closing, version, values = self._closing, self._version, dict(self._values)
            if version > self._written:
                self._write(version, values)
            if closing:
                return

    def _write(self, version: int, values: Mapping[str, Json]) -> None:
        try:
            _write_whole(self._path, json.dumps(values, indent=1, sort_keys=True, allow_nan=False) + "\n")
        except (OSError, ValueError, TypeError) as wrong:
            self._fall_ill(f"cannot write {self._path}: {wrong}")
            with self._changed:
                self._changed.wait_for(lambda: self._closing, RETRY_SECONDS)
            return
        if not self._healthy:
            log.warning("%s is written again", self._path)
        with self._changed:
            self._healthy, self._written = True, version
            self._changed.notify_all()

    def _read(self) -> dict[str, Json]:
        try:
            with self._path.open("rb") as file:
                found = json.loads(file.read(LARGEST_BYTES))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as wrong:
            self._fall_ill(f"cannot read {self._path}: {wrong}")
            self._keep_aside()
            return {}
        if isinstance(found, dict):
            return found
        self._fall_ill(f"cannot read {self._path}: it holds no table")
        self._keep_aside()
        return {}

    def _keep_aside(self) -> None:
        """A broken file is somebody's to look at; it is not written over."""
        with contextlib.suppress(OSError):
            self._path.replace(self._path.with_name(self._path.name + ".broken"))

    def _fall_ill(self, why: str) -> None:
        if self._healthy:
            log.error("%s: things are remembered in memory only", why)
        self._healthy = False


def _write_whole(path: Path, text: str) -> None:
    """All of it or nothing, whenever the power goes: file on disk, name changed, folder on disk."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
