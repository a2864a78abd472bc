"""What time it is, handed to everybody who needs it, so that a demo can play tonight at noon and a test at any hour.

`utc` may be shifted; `monotonic` never is, and is the only one that timers, leases and deadlines use. On Linux it is
the same for all processes of a machine, so an age computed in one process from a moment noted in another is right.
"""

from __future__ import annotations

import time
import zoneinfo
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


def zone(name: str) -> zoneinfo.ZoneInfo:
    """An IANA time zone; ZoneInfoNotFoundError or ValueError for a name that is none.

    Only the tzdata package is asked: an old system table still has Almaty at +6, where it is +5 since March 2024.
    """
    zoneinfo.reset_tzpath(to=())
    return zoneinfo.ZoneInfo(name)


def local_offset_hours(timezone: str, utc: datetime) -> float:
    """Hours to add to UTC at `utc` in an IANA time zone, positive to the east."""
    offset = utc.astimezone(zone(timezone)).utcoffset()
    assert offset is not None
    return offset / timedelta(hours=1)
