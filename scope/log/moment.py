"""When something was written, in a way that survives a clock that steps.

A Raspberry Pi without a battery clock starts weeks behind and jumps when the network comes. So every record carries the
wall clock, and beside it the boot it belongs to and the monotonic second of that boot: within one boot ages are exact,
whatever the wall clock does; across boots the wall clock is all there is.
"""

from __future__ import annotations

import ctypes
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from scope.clock import Clock

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
TIME_ERROR = 5  # adjtimex(2): the kernel's clock is not synchronised
TIMEX_BYTES = 512  # struct timex is 208 bytes on 64-bit Linux


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
    """Now, without a demo's shift: codes and sign-ins are shared with programs that know of none."""
    return Moment(clock.utc() - clock.shift, clock.monotonic(), boot_id())


@cache
def boot_id() -> str:
    """The kernel's name for this boot; elsewhere a name for this process, so that nothing is compared wrongly."""
    try:
        return BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return str(uuid.uuid4())


def clock_quality(clock: Clock) -> str:
    """What the kernel says of its wall clock: shifted, synchronised, unsynchronised or unknown."""
    if clock.shifted:
        return "shifted"
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(TIMEX_BYTES))
    except (AttributeError, OSError):
        return "unknown"
    if state < 0:
        return "unknown"
    return "unsynchronised" if state == TIME_ERROR else "synchronised"
