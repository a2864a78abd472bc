"""Two files for whoever judges a test: the bytes that passed, and where the tube really pointed.

JSON lines, each flushed when it is complete. `t` is time.monotonic() throughout, so that both files, and a test that
runs on the same machine, share one clock. A run of bytes ends when the line pauses or the other side speaks; it bears
the time of its first byte.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from hardware_sim.motion import Truth

TRUTH_PERIOD_SECONDS = 0.02


def truth_line(truth: Truth, is_parked: bool, t: float) -> str:
    """Truth as one JSON line, without its end; `pier_side` is where a German mount has its tube."""
    return json.dumps(
        {
            "t": round(t, 6),
            "utc": datetime.fromtimestamp(truth.utc_seconds, UTC).isoformat(timespec="milliseconds"),
            "ra_hours": round(truth.ra_degrees / 15.0, 9),
            "dec_degrees": round(truth.dec_degrees, 8),
            "alt_degrees": round(truth.altitude_degrees, 8),
            "az_degrees": round(truth.azimuth_degrees, 8),
            "axis_degrees": [round(angle, 8) for angle in truth.axis_degrees],
            "axis_rates_deg_s": [round(rate, 6) for rate in truth.axis_rates],
            "slewing": truth.slewing,
            "motion": truth.motion.value,
            "tracking": truth.tracking,
            "parked": is_parked,
            "geometry": truth.geometry,
            "tipped": truth.is_tipped,
            "pier_side": _pier_side(truth),
            "stops_heard": truth.stops_heard,
            "stops_ignored": truth.stops_ignored,
        }
    )


def _pier_side(truth: Truth) -> str | None:
    if truth.geometry != "german":
        return None
    return "west" if truth.is_tipped else "east"


class LineFile:
    """A file that is only ever appended to by whole lines; without a path it takes them to nowhere."""

    def __init__(self, path: Path | None) -> None:
        self._file: TextIO | None = path.open("w", encoding="ascii") if path else None

    @property
    def is_wanted(self) -> bool:
        return self._file is not None

    def write(self, line: str) -> None:
        if self._file is not None:
            self._file.write(line + "\n")
            self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


class Trace:
    """The bytes that passed, as the mount sees them."""

    def __init__(self, lines: LineFile) -> None:
        self._lines = lines
        self._out = bytearray()
        self._out_since = 0.0

    def heard(self, data: bytes, t: float) -> None:
        self.pause()
        self._write(t, "in", data)

    def said(self, data: bytes, t: float) -> None:
        if data and not self._out:
            self._out_since = t
        self._out += data

    def pause(self) -> None:
        """The line went quiet, was cut, or the other side speaks."""
        if self._out:
            self._write(self._out_since, "out", bytes(self._out))
            self._out.clear()

    def _write(self, t: float, direction: str, data: bytes) -> None:
        if self._lines.is_wanted:
            self._lines.write(json.dumps({"t": round(t, 6), "dir": direction, "hex": data.hex()}))
