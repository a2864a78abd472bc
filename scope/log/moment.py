"""When something was written, in a way that survives a clock that steps.

A Raspberry Pi without a battery clock starts weeks behind and jumps when the network comes. So every record carries the
wall clock, and beside it the boot it belongs to and the monotonic second of that boot: within one boot ages are exact,
whatever the wall clock does; across boots the wall clock is all there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scope.clock import Clock, TimeSource, boot_id

VOUCHED_FOR = frozenset({"shifted", "confirmed", "synchronised"})
"""The qualities of a clock that somebody or something knows to be right."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant: wall clock in UTC, and the monotonic second of the boot `boot_id`."""

    utc: datetime
    monotonic: float
    boot_id: str

    def age_seconds(self, now: Moment) -> float:
        """How long ago this was at `now`, never negative: a clock that stepped back locks nobody out."""
        if self.boot_id == now.boot_id:
            return max(0.0, now.monotonic - self.monotonic)
        return max(0.0, (now.utc - self.utc).total_seconds())


def moment(clock: Clock) -> Moment:
    """Now, on the clock that the log is written by (a demo's is shifted)."""
    return Moment(clock.utc(), clock.monotonic(), boot_id())


def true_moment(clock: Clock) -> Moment:
    """Now by the machine, without a demo's shift or a person's watch: other programs read what is stamped with it."""
    return Moment(clock.utc() - clock.shift - clock.correction, clock.monotonic(), boot_id())


def clock_quality(clock: Clock) -> str:
    """Who vouches for the time: shifted, confirmed, or the kernel: synchronised, unsynchronised, unknown."""
    source = clock.source
    if source is TimeSource.NETWORK:
        return "synchronised"
    if source is TimeSource.UNCONFIRMED:
        return "unknown" if clock.synchronised() is None else "unsynchronised"
    return "confirmed" if source is TimeSource.CONFIRMED else "shifted"
