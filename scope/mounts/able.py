"""Refuse what this very mount cannot do, where models differ; `Mount` does so for what a whole family never can."""

from __future__ import annotations

from scope.errors import NotCapable
from scope.mounts.mount import Can
from scope.orders import TrackingRate

OF_RATE = {TrackingRate.LUNAR: Can.LUNAR, TrackingRate.SOLAR: Can.SOLAR}


def need(able: Can, wanted: Can) -> None:
    """NotCapable unless it can."""
    if wanted not in able:
        name = (wanted.name or "").lower()
        raise NotCapable(f"this mount cannot {name}", capability=name)


def need_rate(able: Can, rate: TrackingRate) -> None:
    need(able, OF_RATE.get(rate, Can.TRACK))
