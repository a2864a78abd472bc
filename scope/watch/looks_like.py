"""Which of the usual mistakes explains a clock or a site that differs from ours, so that a person knows what to mend.

Pure; None wherever no usual mistake fits: then nobody should guess.
"""

from __future__ import annotations

from datetime import datetime

from scope.clock import is_possible
from scope.position import wrapped

HOUR_SECONDS, DAY_SECONDS = 3600.0, 86_400.0
FITS_SECONDS = 120.0
"""A hand box that is set by eye is right to a minute or two."""
MOST_HOURS, MOST_DAYS = 14, 366
"""No zone is farther from UTC, and twice six hours with the sign turned round is still within; a year is no slip."""
FITS_DEGREES = 1.0


def time_looks_like(theirs: datetime, ours: datetime) -> str | None:
    """ "hour": summer time or the sign of a time zone; "day"; "unset": a factory's date."""
    seconds = abs((theirs - ours).total_seconds())
    if not is_possible(theirs) or seconds > MOST_DAYS * DAY_SECONDS:
        return "unset" if is_possible(ours) else None
    for name, unit, most in (("hour", HOUR_SECONDS, MOST_HOURS), ("day", DAY_SECONDS, MOST_DAYS)):
        count = round(seconds / unit)
        if 1 <= count <= most and abs(seconds - count * unit) <= FITS_SECONDS:
            return name
    return None


def place_looks_like(theirs: tuple[float, float], ours: tuple[float, float]) -> str | None:
    """ "unset", "longitude_sign", "hemisphere", "both_signs" or "swapped"; places are (latitude, longitude)."""
    latitude, longitude = ours
    mistakes = {
        "unset": (0.0, 0.0),
        "longitude_sign": (latitude, -longitude),
        "hemisphere": (-latitude, longitude),
        "both_signs": (-latitude, -longitude),
        "swapped": (longitude, latitude),
    }
    for name, (mistaken_latitude, mistaken_longitude) in mistakes.items():
        turned = wrapped(theirs[1] - mistaken_longitude)
        if abs(theirs[0] - mistaken_latitude) <= FITS_DEGREES and abs(turned) <= FITS_DEGREES:
            return name
    return None
