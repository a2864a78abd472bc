"""What a mount family may ask of the place and the moment: the sky, the clock and the settings, behind one narrow door.

It answers from what is computed already and never waits for it; see `Observatory` in scope/mounts/mount.py.
"""

from __future__ import annotations

from concurrent.futures import Future
from datetime import datetime

from scope.clock import Clock
from scope.errors import NotAllowed
from scope.position import Equatorial
from scope.settings import Settings
from scope.sky.frames import Sky


class Observatory:
    """One site under one sky."""

    def __init__(self, sky: Future[Sky], settings: Settings, clock: Clock) -> None:
        self._sky_to_come, self._clock = sky, clock
        self.latitude_degrees = settings.site.latitude_degrees
        self.longitude_degrees = settings.site.longitude_degrees
        self.axes: str | None = settings.mount.axes or None

    def utc(self) -> datetime:
        return self._clock.utc()

    def monotonic(self) -> float:
        return self._clock.monotonic()

    def sidereal_hours(self) -> float:
        return self._sky.sidereal_hours(self.utc())

    def j2000(self, place: Equatorial) -> Equatorial:
        return self._sky.j2000(place, self.utc())

    def of_date(self, place: Equatorial) -> Equatorial:
        return self._sky.of_date(place, self.utc())

    @property
    def _sky(self) -> Sky:
        if not self._sky_to_come.done() or self._sky_to_come.exception() is not None:
            raise NotAllowed("the sky is not computed", code="position_unknown")
        return self._sky_to_come.result()
