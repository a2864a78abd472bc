"""What the mount believes about time and place, held against what we know: a wrong belief points it at another sky.

Our own time has a witness too, or none: a time server, a person's watch, or a mount whose clock agrees. Where nobody
vouches for it nothing slews, for no one could tell where the Sun stands. The mount thread compares; any thread may ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from scope.clock import Clock, TimeSource, is_possible, local_offset_hours
from scope.errors import Detail, GarbledAnswer, MountRefused, NoAnswer, NotAllowed
from scope.limits import trust as limits
from scope.mounts.mount import Can, ClockAndSite, Mount
from scope.position import Site, arc_degrees
from scope.snapshot import Alarm
from scope.watch.looks_like import place_looks_like, time_looks_like
from scope.watch.signs import Sign

ASK_AGAIN_SECONDS = 5.0
"""One late answer at the start must not lock the telescope for the evening; a mount that restarts is found so soon."""
ASKED_AT_MOST = 4
MISSES_ALLOWED = 3
"""What was once answered well is not forgotten for one answer that did not come."""
SITE_CHANGED_DEGREES = 0.05
"""A mount tells its site to a minute of arc."""


@dataclass(frozen=True, slots=True)
class Belief:
    """What the mount said at the monotonic second `at`; None for `said` where it has no clock or did not answer."""

    at: float
    said: ClockAndSite | None = None
    silent: bool = False

    def utc(self, now: float) -> datetime | None:
        """What its clock shows by now."""
        return None if self.said is None else self.said.utc + timedelta(seconds=now - self.at)

    def agrees(self, later: Belief) -> bool:
        """Whether the same clock, running on, and the same site would say that later."""
        expected = self.utc(later.at)
        if self.said is None or later.said is None or expected is None:
            return False
        seconds = abs((later.said.utc - expected).total_seconds())
        apart = _apart_degrees(self.said, later.said.latitude_degrees, later.said.longitude_degrees)
        return seconds <= limits.CLOCK_WARNED_SECONDS and apart <= SITE_CHANGED_DEGREES


class Trust:
    """One mount's clock and site against ours."""

    def __init__(self, mount: Mount, site: Site, clock: Clock) -> None:
        self._mount, self._site, self._clock = mount, site, clock
        self._belief = Belief(float("-inf"))
        self._asked_at = self._taught_at = float("-inf")
        self._misses = 0

    # --- the mount thread -----------------------------------------------------------------------------------------

    def compare(self) -> tuple[Sign, ...]:
        """Ask the mount, and tell how its belief has changed since it was last asked, if nobody taught it.

        One without clock and site believes nothing; one that does not answer is not trusted.
        """
        before, self._asked_at = self._belief, self._clock.monotonic()
        if Can.READ_CLOCK not in self._mount.can:
            self._belief = Belief(self._asked_at)
            return ()
        heard = self._heard(before)
        if heard is None:
            self._misses += 1
            if before.said is None or self._misses >= MISSES_ALLOWED:
                self._belief = Belief(self._asked_at, silent=True)
            return ()
        self._belief, self._misses = heard, 0
        return () if before.said is None or self._taught_at >= before.at else self._changes(before, heard)

    def compare_if_due(self) -> tuple[Sign, ...]:
        """Now and then: a mount that restarts loses clock and site, and a silent one may answer now."""
        return self.compare() if self._clock.monotonic() - self._asked_at > ASK_AGAIN_SECONDS else ()

    def teach(self) -> None:
        """Give the mount our time and site, and see what it made of them.

        NotAllowed while nobody vouches for ours: the mount would then repeat what it was told, and pass for a witness.
        """
        self._check_vouched_for()
        utc, site = self._clock.utc(), self._site
        given = ClockAndSite(utc, site.latitude_degrees, site.longitude_degrees)
        self._taught_at = self._clock.monotonic()
        self._mount.set_clock_and_site(given, local_offset_hours(site.timezone, utc))
        self.compare()

    def _heard(self, before: Belief) -> Belief | None:
        """What it says, if it is no news or is said twice: a damaged digit or midnight makes one answer wrong."""
        heard: list[Belief] = [before]
        for _ in range(ASKED_AT_MOST):
            try:
                said = self._mount.clock_and_site()
            except GarbledAnswer:
                continue
            except (NoAnswer, MountRefused):
                return None
            new = Belief(self._clock.monotonic(), said)
            if any(old.agrees(new) for old in heard):
                return new
            heard.append(new)
        return None

    def _changes(self, before: Belief, now: Belief) -> tuple[Sign, ...]:
        expected, old, new, signs = before.utc(now.at), before.said, now.said, list[Sign]()
        if expected is None or old is None or new is None:
            return ()
        if abs((new.utc - expected).total_seconds()) > limits.CLOCK_WARNED_SECONDS:
            unset = time_looks_like(new.utc, self._clock.utc()) == "unset"
            signs.append(Sign.CLOCK_UNSET if unset else Sign.CLOCK_CHANGED)
        if _apart_degrees(new, old.latitude_degrees, old.longitude_degrees) > SITE_CHANGED_DEGREES:
            unset = new.latitude_degrees == new.longitude_degrees == 0.0
            signs.append(Sign.SITE_UNSET if unset else Sign.SITE_CHANGED)
        return tuple(signs)

    # --- any thread -----------------------------------------------------------------------------------------------

    @property
    def vouched_for(self) -> bool:
        """Whether our time has a witness; a mount whose clock agrees is one."""
        if self._clock.source is not TimeSource.UNCONFIRMED:
            return True
        seconds = self.difference_seconds()
        ours = is_possible(self._clock.utc())
        return ours and seconds is not None and abs(seconds) <= limits.CLOCK_WARNED_SECONDS

    def difference_seconds(self) -> float | None:
        """The mount's clock minus ours; None where it has none or did not answer."""
        belief = self._belief
        theirs = belief.utc(self._clock.monotonic())
        return None if theirs is None else (theirs - self._clock.utc()).total_seconds()

    def difference_degrees(self) -> float | None:
        """Between the mount's site and ours."""
        said = self._belief.said
        return None if said is None else _apart_degrees(said, self._site.latitude_degrees, self._site.longitude_degrees)

    def looks_like(self) -> str | None:
        """What mistake explains the difference: hour, day, unset, longitude_sign, swapped, hemisphere; None if none."""
        belief, site = self._belief, self._site
        if belief.said is None:
            return None
        seconds, degrees = self.difference_seconds() or 0.0, self.difference_degrees() or 0.0
        theirs = (belief.said.latitude_degrees, belief.said.longitude_degrees)
        if degrees > limits.SITE_WARNED_DEGREES and (kind := place_looks_like(theirs, _place(site))):
            return kind
        if abs(seconds) > limits.CLOCK_WARNED_SECONDS:
            return time_looks_like(self._clock.utc() + timedelta(seconds=seconds), self._clock.utc())
        return None

    def check(self) -> None:
        """NotAllowed while the mount believes in another sky, or nobody knows what time it is.

        In the details `looks_like` names the likely mistake.
        """
        seconds = float("inf") if self._belief.silent else self.difference_seconds() or 0.0
        try:
            limits.check_trust(seconds, self.difference_degrees() or 0.0)
        except NotAllowed as refusal:
            refusal.details = {**refusal.details, "looks_like": self.looks_like()}
            raise
        self._check_vouched_for()

    def _check_vouched_for(self) -> None:
        if not self.vouched_for:
            raise NotAllowed("nobody vouches for the time", code="time_unconfirmed", utc=self._told_utc())

    def doubts(self) -> list[Alarm]:
        """What a person should know before it is wrong enough to refuse."""
        found, seconds, degrees = [], self.difference_seconds() or 0.0, self.difference_degrees() or 0.0
        likeness: dict[str, Detail] = {"looks_like": self.looks_like()}
        if self._belief.silent or abs(seconds) > limits.CLOCK_WARNED_SECONDS:
            whole = None if self._belief.silent else limits.whole_or_none(seconds)
            found.append(Alarm("clock_differs", {"difference_seconds": whole} | likeness))
        if degrees > limits.SITE_WARNED_DEGREES:
            found.append(Alarm("site_differs", {"difference_degrees": round(degrees, 2)} | likeness))
        if not self.vouched_for:
            found.append(Alarm("time_unconfirmed", {"utc": self._told_utc()}))
        return found

    def clocks(self) -> dict[str, Any]:
        """All clocks and sites as JSON; that of the mount goes on ticking from what it last said."""
        seconds, degrees, site = self.difference_seconds(), self.difference_degrees(), self._site
        return {
            "utc": self._clock.utc().isoformat(timespec="milliseconds"),
            "source": self._clock.source.value,
            "synchronised": self._clock.synchronised(),
            "site": {
                "name": site.name,
                "latitude_degrees": site.latitude_degrees,
                "longitude_degrees": site.longitude_degrees,
                "timezone": site.timezone,
            },
            "mount": self._mount_says(),
            "difference_seconds": None if seconds is None else round(seconds, 1),
            "difference_degrees": None if degrees is None else round(degrees, 3),
            "looks_like": self.looks_like(),
        }

    def _mount_says(self) -> dict[str, Any] | None:
        belief = self._belief
        theirs = belief.utc(self._clock.monotonic())
        if belief.said is None or theirs is None:
            return None
        return {
            "utc": theirs.isoformat(timespec="milliseconds"),
            "latitude_degrees": round(belief.said.latitude_degrees, 4),
            "longitude_degrees": round(belief.said.longitude_degrees, 4),
        }

    def _told_utc(self) -> str:
        return self._clock.utc().isoformat(timespec="seconds")


def _place(site: Site) -> tuple[float, float]:
    return site.latitude_degrees, site.longitude_degrees


def _apart_degrees(said: ClockAndSite, latitude_degrees: float, longitude_degrees: float) -> float:
    return arc_degrees(said.longitude_degrees, said.latitude_degrees, longitude_degrees, latitude_degrees)
