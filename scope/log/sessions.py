"""When an evening begins and ends, and what it is called. Pure: events in, decisions out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from scope.clock import local_offset_hours
from scope.log.events import Event
from scope.orders import TrackingRate

BEGINNERS = frozenset({"goto", "track", "nudge", "unpark", "home", "sync"})
IDLE_SECONDS = 45 * 60  # longer than anybody looks at one thing with a queue behind them
BY_HAND, PARKED, IDLE, INTERRUPTED, STOPPED = "by_hand", "parked", "idle", "interrupted", "service_stopped"
ENDERS = {"end-session": BY_HAND, "parked": PARKED}


def begins(event: Event) -> bool:
    """An accepted order that puts the telescope to use; a stop, or letting the sky go, does not."""
    lets_go = event.action == "track" and event.arguments.get("rate") in (TrackingRate.OFF, TrackingRate.OFF.value)
    return event.took_effect and event.action in BEGINNERS and not lets_go


def ending(event: Event) -> str | None:
    """Why the session ends with this event; None if it goes on."""
    return ENDERS.get(event.action) if event.took_effect else None


def evening(utc: datetime, timezone: str) -> date:
    """The date of the evening that a night belongs to: at two in the morning it is still yesterday's."""
    local = utc + timedelta(hours=local_offset_hours(timezone, utc))
    return (local - timedelta(hours=12)).date()


def free_slug(evening: date, taken: Collection[str]) -> str:
    """ "2026-11-23", and "2026-11-23-2" for the second session of that evening."""
    slug, number = evening.isoformat(), 1
    while slug in taken:
        number += 1
        slug = f"{evening.isoformat()}-{number}"
    return slug
