"""The live page: from the moment a snapshot is made to each of its many readers."""

import tempfile
import time
from pathlib import Path

from tests.bench.figures import Row
from tests.bench.program import measured, viewers


def measure(seconds: float, count: int = 300) -> list[Row]:
    """While it slews: four snapshots a second, each to all."""
    late: list[float] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name, measured(Path(name), "--slew-rate", "1") as running:
        running.slew_to(88.0)
        with viewers(running, count, late):
            time.sleep(seconds)
    return [Row(f"snapshot to each of {count} viewers", "clubscope", late)]
