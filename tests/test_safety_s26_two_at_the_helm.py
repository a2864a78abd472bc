"""S26: two who order at the same moment, ten thousand times: one moves it, the other is told who does."""

import sys
import threading
from concurrent.futures import Future
from typing import cast

import pytest

from scope.clerk import Clerk, Entry
from scope.clock import Clock
from scope.errors import NotAllowed
from scope.helm import IDLE_SECONDS
from scope.orders import Goto, Helm, HelmAct, Order, Person, Role, Track, TrackingRate
from scope.precautions import Precautions
from scope.sky.catalogue import Catalogue
from scope.sky.frames import Sky
from scope.steering.controller import Controller

AIGERIM, TIMUR = Person("Aigerim", Role.VOLUNTEER, "browser"), Person("Timur", Role.VOLUNTEER, "browser")
RACES = 10_000
TRACK, LEAVE = Track(TrackingRate.SIDEREAL), Helm(HelmAct.LEAVE)


class Hand(Clock):
    """A clock that somebody turns."""

    seconds = 0.0

    def monotonic(self) -> float:
        return Hand.seconds


class Moved:
    """Stands in for the controller: whoever gets through to it moves the telescope."""

    guard = None

    def __init__(self) -> None:
        self.by: list[str] = []

    def track(self, _: TrackingRate) -> None:
        self.by.append(threading.current_thread().name)


def a_clerk() -> tuple[Clerk, Moved, list[Entry]]:
    moved, log = Moved(), list[Entry]()

    def write(entry: Entry) -> bool:
        log.append(entry)
        return True

    sky, catalogue = Future[Sky](), Future[Catalogue]()
    parts = (cast(Controller, moved), cast(Precautions, None), sky, catalogue, Hand(), write, lambda: None)
    return Clerk(*parts), moved, log


class Racer(threading.Thread):
    """Orders the moment both are ready, again and again; who has won gives the helm up for the next race."""

    def __init__(self, clerk: Clerk, who: Person, ready: threading.Barrier, order: Order) -> None:
        super().__init__(name=who.name, daemon=True)
        self.clerk, self.who, self.ready, self.order = clerk, who, ready, order
        self.outcomes: list[str] = []

    def run(self) -> None:
        for _ in range(RACES):
            self.ready.wait(30)
            won = self._order()
            self.outcomes.append("won" if won else "told")
            self.ready.wait(30)
            if won:
                self.clerk.order(LEAVE, self.who, "")

    def _order(self) -> bool:
        try:
            self.clerk.order(self.order, self.who, "")
        except NotAllowed:
            return False
        helm = self.clerk.helm()
        assert helm is not None
        assert helm.holder == self.who.name
        return True


def test_of_two_at_the_same_moment_exactly_one_moves_it() -> None:
    clerk, moved, log = a_clerk()
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # so that one is interrupted in the middle of the other
    try:
        ready = threading.Barrier(2)
        racers = [Racer(clerk, who, ready, TRACK) for who in (AIGERIM, TIMUR)]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join(100)
    finally:
        sys.setswitchinterval(before)
    pairs = list(zip(*(racer.outcomes for racer in racers), strict=True))
    assert len(pairs) == RACES
    assert all(sorted(pair) == ["told", "won"] for pair in pairs)
    winners = ["Aigerim" if pair[0] == "won" else "Timur" for pair in pairs]
    assert moved.by == winners  # and nobody else's order came through
    assert set(winners) == {"Aigerim", "Timur"}
    assert sum(entry.result == "helm_taken" for entry in log) == RACES


def test_an_idle_helm_goes_to_one_of_two_as_well() -> None:
    clerk, moved, _ = a_clerk()
    for number in range(200):
        Hand.seconds += IDLE_SECONDS + 1.0
        first, second = (AIGERIM, TIMUR) if number % 2 else (TIMUR, AIGERIM)
        clerk.order(TRACK, first, "")
        with pytest.raises(NotAllowed) as refused:
            clerk.order(TRACK, second, "")
        assert refused.value.details["holder"] == first.name
    assert len(moved.by) == 200


def test_a_refused_goto_is_refused_for_its_first_reason_whatever_was_typed() -> None:
    """The catalogue is never asked for the target of somebody who may not slew."""
    clerk, _, log = a_clerk()
    clerk.order(TRACK, AIGERIM, "")
    for who, code in ((TIMUR, "helm_taken"), (Person("guest", Role.VISITOR, "browser"), "role_needed")):
        with pytest.raises(NotAllowed) as refused:
            clerk.order(Goto("no such thing"), who, "")
        assert refused.value.code == code
        assert log[-1].result == code
