"""The clock and the site that a mount keeps for itself, right or wrong.

As in the hand controls, what is kept is local time and the offset; UTC follows from both, so it is wrong until all
three of date, time and offset have been set. It must never read the computer's clock: true UTC is handed in.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

SECONDS_PER_HOUR = 3600.0


@dataclass(frozen=True)
class Site:
    """Degrees, longitude positive to the east."""

    latitude_degrees: float
    longitude_degrees: float


@dataclass
class MountClock:
    """Local time as so many seconds ahead of true UTC, and what is to be taken off again to get UTC."""

    offset_hours: float  # east positive
    local_minus_true_utc_seconds: float

    @classmethod
    def right(cls, offset_hours: float) -> "MountClock":
        return cls(offset_hours, offset_hours * SECONDS_PER_HOUR)

    @classmethod
    def showing(cls, local: datetime, true_utc_seconds: float, offset_hours: float = 0.0) -> "MountClock":
        clock = cls(offset_hours, 0.0)
        clock._set(local, true_utc_seconds)
        return clock

    def local(self, true_utc_seconds: float) -> datetime:
        """Local date and time, written as if it were UTC."""
        return datetime.fromtimestamp(true_utc_seconds + self.local_minus_true_utc_seconds, UTC)

    def utc_seconds(self, true_utc_seconds: float) -> float:
        """What this clock takes for UTC, in seconds since 1970."""
        local = true_utc_seconds + self.local_minus_true_utc_seconds
        return local - self.offset_hours * SECONDS_PER_HOUR

    def set_time(self, of_day: time, true_utc_seconds: float) -> None:
        self._set(datetime.combine(self.local(true_utc_seconds).date(), of_day), true_utc_seconds)

    def set_date(self, day: date, true_utc_seconds: float) -> None:
        of_day = self.local(true_utc_seconds).time()
        self._set(datetime.combine(day, of_day), true_utc_seconds)

    def _set(self, local: datetime, true_utc_seconds: float) -> None:
        self.local_minus_true_utc_seconds = local.replace(tzinfo=UTC).timestamp() - true_utc_seconds
