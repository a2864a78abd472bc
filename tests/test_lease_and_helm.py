"""S17, S26: who may move it, and for how long a hand on a button counts. CLUBSCOPE_NIGHTLY=1 takes more steps."""

import os
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from scope.errors import NotAllowed
from scope.helm import IDLE_SECONDS, Helm
from scope.orders import Direction, HelmAct, Person, Role
from scope.orders import Helm as HelmOrder
from scope.steering.lease import LEASE_SECONDS, LONGEST_PRESS_SECONDS, Lease

AIGERIM = Person("Aigerim", Role.VOLUNTEER, "browser")
TIMUR = Person("Timur", Role.VOLUNTEER, "browser")
ADMIN = Person("Dana", Role.ADMIN, "browser")
NIGHTLY = bool(os.environ.get("CLUBSCOPE_NIGHTLY"))
UTC_NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


class PressesAndHeartbeats(RuleBasedStateMachine):
    """However heartbeats come late, doubled or out of order, motion ends in time."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.lease, self.now, self.presses = Lease(), 0.0, 0
        self.renewed, self.begun = 0.0, 0.0
        self.let_go: set[str] = set()

    names = Bundle("names")

    @rule(target=names, holder=st.sampled_from(["Aigerim", "Timur"]))
    def press(self, holder: str) -> str:
        name = f"p{self.presses}"
        self.presses += 1
        if self.lease.press:
            self.let_go.add(self.lease.press.name)
        self.lease.begin(name, holder, Direction.NORTH, 0, self.now)
        self.renewed = self.begun = self.now
        return name

    @rule(name=names, holder=st.sampled_from(["Aigerim", "Timur"]), beat=st.integers(0, 20))
    def heartbeat(self, name: str, holder: str, beat: int) -> None:
        held = self.lease.press
        newer = held is not None and (held.name, held.holder) == (name, holder) and beat > held.beat
        try:
            renewed = self.lease.renew(name, holder, beat, self.now)
        except NotAllowed:
            assert name in self.let_go
            return
        assert renewed == (held is not None and (held.name, held.holder) == (name, holder))
        if newer:
            self.renewed = self.now

    @rule(name=names)
    def release(self, name: str) -> None:
        self.lease.end(name)
        self.let_go.add(name)

    @rule(seconds=st.floats(0, 1.5))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds
        if self.lease.lapsed(self.now):
            ended = self.lease.end()
            assert ended is not None
            self.let_go.add(ended.name)

    @invariant()
    def motion_never_outlives_its_hand(self) -> None:
        PressesAndHeartbeats.steps += 1
        if self.lease.press is None:
            return
        assert self.lease.press.name not in self.let_go
        assert self.now <= self.renewed + LEASE_SECONDS + 1e-9
        assert self.lease.press.until <= self.renewed + LEASE_SECONDS + 1e-9
        assert self.lease.press.until <= self.begun + LONGEST_PRESS_SECONDS + 1e-9


PressesAndHeartbeats.TestCase.settings = settings(max_examples=400 if NIGHTLY else 210, stateful_step_count=60)
TestPressesAndHeartbeats = PressesAndHeartbeats.TestCase


def test_ten_thousand_steps_have_extended_no_press() -> None:
    """What the machine above has counted while it ran, in the same process."""
    if PressesAndHeartbeats.steps == 0:
        pytest.skip("the state machine itself has not run")
    assert PressesAndHeartbeats.steps >= 10_000


def test_no_order_of_heartbeats_extends_a_press_beyond_its_ten_seconds() -> None:
    """Beats as fast, as late and as mixed up as they like: the lease ends with the press."""
    chance = Random(17)
    for number in range(300):
        lease, begun, now = Lease(), 100.0 * number, 100.0 * number
        lease.begin("p", "Aigerim", Direction.NORTH, 0, begun)
        beats = list(range(1, 200))
        chance.shuffle(beats)
        for beat in (*sorted(beats[:100]), *beats[100:]):
            now += chance.uniform(0.0, 0.2)
            if lease.lapsed(now):
                break
            lease.renew("p", chance.choice(["Aigerim", "Timur"]), beat, now)
            assert lease.press is not None
            assert lease.press.until <= begun + LONGEST_PRESS_SECONDS
        assert lease.lapsed(begun + LONGEST_PRESS_SECONDS)


def test_the_helm_is_taken_by_the_first_motion_and_kept() -> None:
    helm = Helm()
    helm.require(AIGERIM, 0.0, UTC_NOW)
    helm.require(AIGERIM, 60.0, UTC_NOW)
    with pytest.raises(NotAllowed, match="Aigerim is at the helm"):
        helm.require(TIMUR, 60.0 + IDLE_SECONDS - 1, UTC_NOW)


def test_an_idle_helm_is_free_again() -> None:
    helm = Helm()
    helm.require(AIGERIM, 0.0, UTC_NOW)
    assert helm.state(IDLE_SECONDS + 1) is None
    helm.require(TIMUR, IDLE_SECONDS + 1, UTC_NOW)


def test_the_helm_is_asked_for_and_given() -> None:
    helm = Helm()
    helm.act(HelmOrder(HelmAct.TAKE), AIGERIM, 0.0, UTC_NOW)
    helm.act(HelmOrder(HelmAct.ASK), TIMUR, 1.0, UTC_NOW)
    state = helm.state(1.0)
    assert state is not None
    assert (state.holder, state.asked_by) == ("Aigerim", "Timur")
    helm.act(HelmOrder(HelmAct.GIVE), AIGERIM, 2.0, UTC_NOW)
    state = helm.state(2.0)
    assert state is not None
    assert state.holder == "Timur"


def test_only_an_admin_takes_it_from_somebody() -> None:
    helm = Helm()
    helm.act(HelmOrder(HelmAct.TAKE), AIGERIM, 0.0, UTC_NOW)
    with pytest.raises(NotAllowed):
        helm.act(HelmOrder(HelmAct.TAKE), TIMUR, 1.0, UTC_NOW)
    helm.act(HelmOrder(HelmAct.TAKE), ADMIN, 1.0, UTC_NOW)
    state = helm.state(1.0)
    assert state is not None
    assert state.holder == "Dana"


def test_nobody_gives_away_what_they_do_not_hold() -> None:
    helm = Helm()
    helm.act(HelmOrder(HelmAct.TAKE), AIGERIM, 0.0, UTC_NOW)
    for act in (HelmAct.GIVE, HelmAct.LEAVE):
        with pytest.raises(NotAllowed):
            helm.act(HelmOrder(act), TIMUR, 1.0, UTC_NOW)


@pytest.mark.parametrize(("beat", "until"), [(3, 1.4), (2, 1.2), (1, 1.2), (0, 1.2)])
def test_only_a_newer_heartbeat_renews_and_one_that_comes_twice_does_not(beat: int, until: float) -> None:
    lease = Lease()
    lease.begin("p", "Aigerim", Direction.NORTH, 0, 0.6)
    lease.renew("p", "Aigerim", 2, 0.8)
    assert lease.renew("p", "Aigerim", beat, 1.0)
    assert lease.press is not None
    assert lease.press.until == pytest.approx(until)


@pytest.mark.parametrize("beat", [1, 2, 9])
def test_a_heartbeat_begins_no_press(beat: int) -> None:
    """One whose beginning was lost, or forgotten by a service that has started anew."""
    lease = Lease()
    with pytest.raises(NotAllowed, match="press again") as refused:
        lease.begin("p", "Aigerim", Direction.NORTH, beat, 0.0)
    assert refused.value.code == "press_over"
    assert lease.press is None


def test_a_press_that_is_over_is_told_to_press_again() -> None:
    lease = Lease()
    lease.begin("p", "Aigerim", Direction.NORTH, 0, 0.0)
    lease.end("p")
    with pytest.raises(NotAllowed, match="this press is over; press again"):
        lease.renew("p", "Aigerim", 1, 0.1)
