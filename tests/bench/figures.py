"""Samples to a row of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

MILLI = 1000.0
PEER = "INDI"


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
        return sorted(self.seconds)[ceil(share * len(self.seconds)) - 1]


def table(rows: Sequence[Row]) -> str:
    """Markdown, in milliseconds; a row of the peer's also says how its median compares with ours for the same thing."""
    lines = ["| | by | n | p50 ms | p99 ms | max ms | p50 against ours |", "|---|---|---|---|---|---|---|"]
    ours = {row.what: row.median for row in rows if row.who != PEER}
    for row in rows:
        figures = " | ".join(f"{value * MILLI:.1f}" for value in (row.median, row.at(0.99), max(row.seconds)))
        ratio = f"× {row.median / ours[row.what]:.3g}" if row.who == PEER and row.what in ours else ""
        lines.append(f"| {row.what} | {row.who} | {len(row.seconds)} | {figures} | {ratio} |")
    return "\n".join(lines)
