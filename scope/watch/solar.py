"""Solar mode: for a while, and only while somebody vouches for the filter, the Sun may be looked at.

It is declared by an admin, who says which filter is before the whole aperture and that the finder is covered. It ends
by itself after FOUR_HOURS, when the Sun is down, when the line is lost or the mount has restarted, and with the
service, since it is kept nowhere but in memory; and at anybody's word. Its end is never refused.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from scope.errors import NotAllowed
from scope.limits.sun import DAYLIGHT_SUN_DEGREES
from scope.orders import DeclareSolar, Person
from scope.snapshot import SolarState

FOUR_HOURS = timedelta(hours=4)


class Solar:
    """At most one declaration; thread-safe. Its four hours are counted on the monotonic clock."""

    def __init__(self) -> None:
        self._state: SolarState | None = None
        self._over_at = 0.0
        self._lock = threading.Lock()

    @property
    def state(self) -> SolarState | None:
        return self._state

    @property
    def is_on(self) -> bool:
        return self._state is not None

    def declare(self, order: DeclareSolar, by: Person, sun_degrees: float, now: float, utc: datetime) -> None:
        """NotAllowed when a point of the checklist is missing, or there is no Sun to look at."""
        if not (order.front and order.finder):
            raise NotAllowed("filter and finder must both be safe", code="solar_checklist")
        if not sun_degrees >= DAYLIGHT_SUN_DEGREES:
            raise NotAllowed("the Sun is down", code="solar_at_night", altitude_degrees=round(sun_degrees, 1))
        with self._lock:
            self._state = SolarState(order.filter, by.name, utc + FOUR_HOURS)
            self._over_at = now + FOUR_HOURS.total_seconds()

    def end(self) -> bool:
        """Whether there was anything to end."""
        with self._lock:
            was_on, self._state = self.is_on, None
            return was_on

    def reason_to_end(self, sun_degrees: float | None, now: float) -> str | None:
        """What ends it now by itself; where the Sun is not known, it may not be looked at either."""
        if not self.is_on:
            return None
        if now >= self._over_at:
            return "four_hours"
        return None if sun_degrees is not None and sun_degrees >= DAYLIGHT_SUN_DEGREES else "sunset"
