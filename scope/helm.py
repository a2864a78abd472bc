"""Who controls: one person at a time, visibly, handed over explicitly; a stop needs none.

Pure: the moments are handed in. The helm is free when nobody holds it or its holder has ordered nothing for
IDLE_SECONDS; whoever orders a motion then takes it. An admin may take it at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scope.errors import NotAllowed
from scope.orders import Helm as HelmOrder
from scope.orders import HelmAct, Person, Role
from scope.snapshot import HelmState

IDLE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Hold:
    """`active_at` is monotonic, `since` is for people."""

    holder: str
    since: datetime
    active_at: float
    asked_by: str | None = None


class Helm:
    """At most one hold; the caller locks."""

    def __init__(self) -> None:
        self._hold: Hold | None = None

    def state(self, now: float) -> HelmState | None:
        hold = self._current(now)
        return HelmState(hold.holder, hold.since, hold.asked_by) if hold else None

    def require(self, person: Person, now: float, utc: datetime) -> None:
        """Let `person` order a motion: renews the hold, or takes a free helm; NotAllowed while another holds it."""
        hold = self._current(now)
        if hold is None:
            self._hold = Hold(person.name, utc, now)
        elif hold.holder == person.name:
            self._hold = Hold(hold.holder, hold.since, now, hold.asked_by)
        else:
            raise NotAllowed(f"{hold.holder} is at the helm", code="helm_taken", holder=hold.holder)

    def act(self, order: HelmOrder, person: Person, now: float, utc: datetime) -> None:
        hold = self._current(now)
        if order.act is HelmAct.TAKE:
            self._take(hold, person, now, utc)
        elif order.act is HelmAct.ASK:
            self._ask(hold, person, now, utc)
        else:
            self._part_with(hold, order, person, now, utc)

    def _take(self, hold: Hold | None, person: Person, now: float, utc: datetime) -> None:
        if hold is not None and hold.holder != person.name and person.role is not Role.ADMIN:
            raise NotAllowed(f"{hold.holder} is at the helm", code="helm_taken", holder=hold.holder)
        self._hold = Hold(person.name, utc, now)

    def _ask(self, hold: Hold | None, person: Person, now: float, utc: datetime) -> None:
        if hold is None or hold.holder == person.name:
            self._take(hold, person, now, utc)
        else:
            self._hold = Hold(hold.holder, hold.since, hold.active_at, person.name)

    def _part_with(self, hold: Hold | None, order: HelmOrder, person: Person, now: float, utc: datetime) -> None:
        """Give it to somebody, or to whoever asks, or leave it to anybody."""
        if hold is None or hold.holder != person.name:
            raise NotAllowed("only who is at the helm can give it away", code="helm_not_yours")
        heir = (order.to or hold.asked_by) if order.act is HelmAct.GIVE else None
        self._hold = Hold(heir, utc, now) if heir else None

    def _current(self, now: float) -> Hold | None:
        if self._hold is not None and now - self._hold.active_at > IDLE_SECONDS:
            self._hold = None
        return self._hold
