"""What a mount shows that has been without power for a moment; scope/watch/watchdog.py weighs it."""

from __future__ import annotations

from enum import Enum


class Sign(Enum):
    """Each seen without an order of ours; the value is its name in an alarm's details."""

    JUMPED = "jumped"
    ELSEWHERE = "elsewhere"  # the same while it moved, or while its line was lost: less sure
    CLOCK_UNSET = "clock_unset"
    SITE_UNSET = "site_unset"
    TRACKING_LOST = "tracking_lost"
    CLOCK_CHANGED = "clock_changed"
    SITE_CHANGED = "site_changed"
    PRECISION_LOST = "precision_lost"
    RESTARTED = "restarted"  # the mount says so itself
