"""What the mount believes about time and place, held against what we know: a wrong belief points it at another sky."""

from __future__ import annotations

from scope import limits
from scope.clock import Clock, local_offset_hours
from scope.errors import GarbledAnswer, MountRefused, NoAnswer
from scope.mounts.mount import Can, ClockAndSite, Mount
from scope.position import Site, arc_degrees
from scope.snapshot import Alarm

UNKNOWN_SECONDS = float("inf")
ASK_AGAIN_SECONDS = 5.0
"""One late answer at the start must not lock the telescope for the evening."""


class Trust:
    """One mount's clock and site against ours, as they were when last compared."""

    def __init__(self, mount: Mount, site: Site, clock: Clock) -> None:
        self._mount, self._site, self._clock = mount, site, clock
        self._clock_seconds = self._site_degrees = 0.0
        self._asked_at = float("-inf")

    def compare(self) -> None:
        """Ask the mount; one without clock and site believes nothing, one that does not answer is not trusted."""
        self._asked_at = self._clock.monotonic()
        self._clock_seconds = self._site_degrees = 0.0
        if Can.READ_CLOCK not in self._mount.can:
            return
        try:
            believed = self._mount.clock_and_site()
        except (NoAnswer, GarbledAnswer, MountRefused):
            self._clock_seconds = UNKNOWN_SECONDS
            return
        self._clock_seconds = (believed.utc - self._clock.utc()).total_seconds()
        self._site_degrees = arc_degrees(
            believed.longitude_degrees,
            believed.latitude_degrees,
            self._site.longitude_degrees,
            self._site.latitude_degrees,
        )

    def compare_if_unknown(self) -> None:
        """Ask again where the mount did not answer, now and then."""
        if self._clock_seconds == UNKNOWN_SECONDS and self._clock.monotonic() - self._asked_at > ASK_AGAIN_SECONDS:
            self.compare()

    def teach(self) -> None:
        """Give the mount our time and site, and see what it made of them."""
        utc, site = self._clock.utc(), self._site
        given = ClockAndSite(utc, site.latitude_degrees, site.longitude_degrees)
        self._mount.set_clock_and_site(given, local_offset_hours(site.timezone, utc))
        self.compare()

    def check(self) -> None:
        """NotAllowed while the mount believes in another sky."""
        limits.check_trust(self._clock_seconds, self._site_degrees)

    def doubts(self) -> list[Alarm]:
        """What a person should know before it is wrong enough to refuse."""
        found = []
        if abs(self._clock_seconds) > limits.CLOCK_WARNED_SECONDS:
            seconds = limits.whole_or_none(self._clock_seconds)
            found.append(Alarm("clock_differs", {"difference_seconds": seconds}))
        if self._site_degrees > limits.SITE_WARNED_DEGREES:
            found.append(Alarm("site_differs", {"difference_degrees": round(self._site_degrees, 2)}))
        return found
