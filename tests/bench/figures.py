"""Samples to a row of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

MILLI = 1000.0


@dataclass(frozen=True)
class Row:
    """One cell of a measurement: what, by whom, and the samples in seconds."""

    what: str
    who: str
    seconds: Sequence[float]

    @property
    def median(self) -> float:
        return median(self.seconds)

    def at(self, share: float) -> float:
        """The value that `share` of the samples do not exceed."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))]


def table(rows: Sequence[Row]) -> str:
    """Markdown, in milliseconds."""
    lines = ["| | by | n | p50 ms | p99 ms | max ms |", "|---|---|---|---|---|---|"]
    for row in rows:
        figures = " | ".join(f"{value * MILLI:.1f}" for value in (row.median, row.at(0.99), max(row.seconds)))
        lines.append(f"| {row.what} | {row.who} | {len(row.seconds)} | {figures} |")
    return "\n".join(lines)
