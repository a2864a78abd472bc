"""What time it is, handed to everybody who needs it, so that a demo can play tonight at noon and a test at any hour.

`utc` may be shifted; `monotonic` never is, and is the only one that timers, leases and deadlines use. On Linux it is
the same for all processes of a machine, so an age computed in one process from a moment noted in another is right.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """The machine's clock plus `shift`; a shift other than zero is refused with a real mount."""

    shift: timedelta = field(default=timedelta())

    @property
    def shifted(self) -> bool:
        return bool(self.shift)

    def utc(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def monotonic(self) -> float:
        return time.monotonic()
