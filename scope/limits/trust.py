"""Whether a mount's clock and site are near enough to ours for it to know where it points."""

from __future__ import annotations

from math import isfinite

from scope.errors import NotAllowed

CLOCK_REFUSED_SECONDS = 300.0
CLOCK_WARNED_SECONDS = 60.0
"""In alt/az the sky turns 15′ a minute: 60 s show in the eyepiece, 300 s put the Sun's circle off by more than 1°."""
SITE_REFUSED_DEGREES = 1.0
SITE_WARNED_DEGREES = 0.1


def check_trust(clock_seconds: float, site_degrees: float) -> None:
    """Refuse to slew with a mount that believes in another time or place: it would point elsewhere."""
    if not abs(clock_seconds) <= CLOCK_REFUSED_SECONDS:
        raise NotAllowed(
            f"the mount's clock is {clock_seconds:.0f} s off",
            code="time_not_trusted",
            difference_seconds=whole_or_none(clock_seconds),
            limit_seconds=CLOCK_REFUSED_SECONDS,
        )
    if not site_degrees <= SITE_REFUSED_DEGREES:
        raise NotAllowed(
            f"the mount believes to stand {site_degrees:.1f}° away",
            code="site_differs",
            difference_degrees=whole_or_none(site_degrees),
            limit_degrees=SITE_REFUSED_DEGREES,
        )


def whole_or_none(number: float) -> int | None:
    """For a sentence; None for what no sentence can hold."""
    return round(number) if isfinite(number) else None
