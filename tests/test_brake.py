"""S11-S15: the brake on a line that only notes what it is told and a clock that somebody turns."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from scope.clock import Clock
from scope.command import Command
from scope.errors import NotAllowed
from scope.line.line import Line
from scope.mounts.lx200.words import HALT
from scope.orders import Direction, Nudge, NudgeRate
from scope.steering.brake import HALT_EVERY_SECONDS, UNCONFIRMED_SECONDS, WATCH_SECONDS, Brake
from scope.steering.lease import LEASE_SECONDS, LONGEST_PRESS_SECONDS
from tests.simulated_mount import wait_until

NOT_WHILE_SECONDS = 0.1
"""The brake's own thread looks every 0.02 s: what it has not done in five looks it does not do."""


class Hand(Clock):
    """A clock that somebody turns."""

    seconds = 1000.0

    def monotonic(self) -> float:
        return self.seconds

    def pass_by(self, seconds: float) -> None:
        object.__setattr__(self, "seconds", self.seconds + seconds)


@dataclass
class Noted:
    """A line that writes down what it should say, and how: shouted or written by its owner."""

    said: list[tuple[str, object]] = field(default_factory=list)

    def shout(self, command: object, again: bool = False) -> None:
        self.said.append(("shout", command))

    def halt(self, command: object) -> None:
        self.said.append(("halt", command))


@dataclass
class Bench:
    """A brake, what it said, and its clock."""

    line: Noted
    clock: Hand
    brake: Brake

    @property
    def halts(self) -> int:
        return len(self.line.said)


def bench() -> Bench:
    line, clock = Noted(), Hand()
    return Bench(line, clock, Brake(cast(Line, line), cast(Command[None], HALT), clock))


@pytest.fixture
def still() -> Bench:
    """Its own thread does not run."""
    return bench()


@pytest.fixture
def alive() -> Iterator[Bench]:
    found = bench()
    found.brake.start()
    yield found
    found.brake.close()


def north(press: str = "p1", beat: int = 0) -> Nudge:
    return Nudge(Direction.NORTH, NudgeRate.FIND, press, beat)


def hold(found: Bench, press: str = "p1", direction: Direction = Direction.NORTH, holder: str = "Aigerim") -> Any:
    return found.brake.hold(Nudge(direction, NudgeRate.FIND, press, 0), direction, holder)


def never(question: Callable[[], object]) -> bool:
    time.sleep(NOT_WHILE_SECONDS)
    return not question()


# --- pulling ------------------------------------------------------------------------------------------------------


def test_a_pull_shouts_the_halt_at_once_and_leaves_word_of_why(still: Bench) -> None:
    still.brake.pull("stop")
    assert still.line.said == [("shout", HALT)]
    assert still.brake.pulled == "stop"


def test_every_pull_shouts_anew(still: Bench) -> None:
    still.brake.pull("lease_over")
    still.brake.pull("stop")
    assert still.line.said == [("shout", HALT)] * 2
    assert still.brake.pulled == "stop"


@pytest.mark.parametrize("hand", ["let_go", "lease_over"])
def test_a_hand_that_lets_go_does_not_turn_a_stop_into_a_halt_after_which_the_mount_may_track(
    still: Bench, hand: str
) -> None:
    still.brake.pull("stop")
    still.brake.pull(hand)
    assert still.line.said == [("shout", HALT)] * 2
    assert still.brake.pulled == "stop"


def test_a_stop_that_comes_as_another_halt_is_being_noted_is_noted_next(still: Bench) -> None:
    still.brake.pull("stop")
    still.brake.settle("let_go")
    assert still.brake.pulled == "stop"
    still.brake.settle("stop")
    assert still.brake.pulled is None


def test_a_pull_ends_the_press_for_good(still: Bench) -> None:
    hold(still)
    still.brake.pull("stop")
    with pytest.raises(NotAllowed) as refused:
        still.brake.renew(north(beat=1), "Aigerim")
    assert refused.value.code == "press_over"


def test_the_press_has_ended_by_the_time_the_halt_is_shouted(still: Bench) -> None:
    """Or a heartbeat between the two would renew what is being stopped."""
    refused: list[str] = []

    def shout(_: object, again: bool = False) -> None:
        with pytest.raises(NotAllowed) as found:
            still.brake.renew(north(beat=1), "Aigerim")
        refused.append(found.value.code)

    hold(still)
    still.line.shout = shout  # type: ignore[method-assign]
    still.brake.pull("stop")
    assert refused == ["press_over"]


# --- settling -----------------------------------------------------------------------------------------------------


def test_settling_asks_the_halt_once_more_and_takes_note_of_the_pull(still: Bench) -> None:
    still.brake.pull("stop")
    still.brake.settle("stop")
    assert still.line.said == [("shout", HALT), ("halt", HALT)]
    assert still.brake.pulled is None
    settling = still.brake.settling
    assert settling is not None
    assert (settling.reason, settling.begun, settling.halted_at) == ("stop", 1000.0, 1000.0)


def test_settling_ends_a_press_that_began_after_the_pull(still: Bench) -> None:
    still.brake.pull("stop")
    hold(still, "p2")
    still.brake.settle("stop")
    with pytest.raises(NotAllowed):
        still.brake.renew(north("p2", 1), "Aigerim")


def test_a_pull_in_the_middle_of_settling_is_not_forgotten(still: Bench) -> None:
    """The note of the first is taken before the halt is written, so one that comes meanwhile stays."""

    def halt(_: object) -> None:
        still.brake.pulled = "second"

    still.brake.pull("first")
    still.line.halt = halt  # type: ignore[method-assign]
    still.brake.settle("first")
    assert still.brake.pulled == "second"


@pytest.mark.parametrize(("after_seconds", "unconfirmed"), [(0.0, False), (3.0, False), (3.01, True), (60.0, True)])
def test_a_halt_that_nobody_saw_obeyed_is_unconfirmed_after_three_seconds(
    still: Bench, after_seconds: float, unconfirmed: bool
) -> None:
    assert UNCONFIRMED_SECONDS == 3.0
    still.brake.settle("stop")
    still.clock.pass_by(after_seconds)
    assert still.brake.unconfirmed() is unconfirmed


def test_what_is_released_or_never_began_is_not_unconfirmed(still: Bench) -> None:
    assert not still.brake.unconfirmed()
    still.brake.settle("stop")
    still.clock.pass_by(60.0)
    still.brake.release()
    assert not still.brake.unconfirmed()
    assert still.brake.settling is None


def test_an_unconfirmed_halt_is_repeated_every_four_tenths_of_a_second_and_not_more_often(alive: Bench) -> None:
    assert HALT_EVERY_SECONDS <= 0.5
    alive.brake.settle("stop")
    assert never(lambda: alive.halts > 1)
    for number in range(1, 4):
        alive.clock.pass_by(HALT_EVERY_SECONDS - 0.01)
        assert never(lambda number=number: alive.halts > number)  # type: ignore[misc]
        alive.clock.pass_by(0.01 + 1e-9)
        wait_until(lambda number=number: alive.halts == number + 1, 5, "the halt again")  # type: ignore[misc]
    assert alive.line.said[1:] == [("shout", HALT)] * 3


def test_a_halt_that_was_obeyed_is_not_repeated(alive: Bench) -> None:
    alive.brake.settle("stop")
    alive.brake.release()
    alive.clock.pass_by(10.0)
    assert never(lambda: alive.halts > 1)


# --- the dead-man -------------------------------------------------------------------------------------------------


def test_a_press_without_heartbeats_is_pulled_when_its_lease_is_over(alive: Bench) -> None:
    assert LEASE_SECONDS + WATCH_SECONDS < 0.5
    hold(alive)
    alive.clock.pass_by(LEASE_SECONDS - 0.001)
    assert never(lambda: alive.halts)
    alive.clock.pass_by(0.002)
    wait_until(lambda: alive.halts, 5, "the halt")
    assert alive.line.said == [("shout", HALT)]
    assert alive.brake.pulled == "lease_over"
    assert never(lambda: alive.halts > 1)


def test_heartbeats_carry_a_press_to_ten_seconds_and_not_beyond(alive: Bench) -> None:
    hold(alive)
    for beat in range(1, 51):
        alive.clock.pass_by(0.195)
        assert alive.brake.renew(north(beat=beat), "Aigerim")
    assert never(lambda: alive.halts)
    alive.clock.pass_by(LONGEST_PRESS_SECONDS - 50 * 0.195 + 1e-6)
    wait_until(lambda: alive.halts, 5, "the halt")


def test_the_thread_sleeps_through_a_rest_and_wakes_for_the_next_press(alive: Bench) -> None:
    hold(alive)
    alive.clock.pass_by(1.0)
    wait_until(lambda: alive.halts == 1, 5, "the first halt")
    wait_until(lambda: not alive.brake._needed.is_set(), 5, "nothing to watch")
    hold(alive, "p2")
    alive.clock.pass_by(1.0)
    wait_until(lambda: alive.halts == 2, 5, "the second halt")


def test_the_thread_goes_on_while_either_a_press_or_a_halt_needs_it(alive: Bench) -> None:
    hold(alive)
    assert never(lambda: not alive.brake._needed.is_set())
    alive.brake.settle("stop")
    assert never(lambda: not alive.brake._needed.is_set())
    alive.brake.release()
    wait_until(lambda: not alive.brake._needed.is_set(), 5, "nothing to watch")


def test_letting_go_pulls_and_says_why(still: Bench) -> None:
    hold(still)
    still.brake.let_go("p1")
    assert still.line.said == [("shout", HALT)]
    assert still.brake.pulled == "let_go"


def test_letting_go_of_another_press_stops_nothing_but_that_press_for_good(still: Bench) -> None:
    hold(still)
    still.brake.let_go("p0")
    assert still.halts == 0
    assert still.brake.pulled is None
    assert still.brake.renew(north(beat=1), "Aigerim")
    with pytest.raises(NotAllowed):
        hold(still, "p0")


def test_a_renewal_is_only_of_the_own_press(still: Bench) -> None:
    assert not still.brake.renew(north(), "Aigerim")
    hold(still)
    assert still.brake.renew(north(beat=1), "Aigerim")
    assert not still.brake.renew(north(beat=2), "Timur")
    assert not still.brake.renew(north("p2", 3), "Aigerim")


def test_a_renewal_counts_from_now(alive: Bench) -> None:
    hold(alive)
    alive.clock.pass_by(0.3)
    assert alive.brake.renew(north(beat=1), "Aigerim")
    alive.clock.pass_by(0.3)
    assert never(lambda: alive.halts)


@pytest.mark.parametrize(
    ("second", "left_alone"),
    [(Direction.EAST, Direction.NORTH), (Direction.SOUTH, Direction.NORTH), (Direction.NORTH, None)],
)
def test_a_second_press_tells_which_direction_nobody_holds_any_more(
    still: Bench, second: Direction, left_alone: Direction | None
) -> None:
    assert hold(still) is None
    assert hold(still, "p2", second) is left_alone
    with pytest.raises(NotAllowed):
        still.brake.renew(north("p1", 1), "Aigerim")


def test_a_press_that_is_over_takes_nothing_over(still: Bench) -> None:
    hold(still, "p1")
    still.brake.let_go("p1")
    hold(still, "p2")
    with pytest.raises(NotAllowed):
        hold(still, "p1")
    assert still.brake.renew(north("p2", 1), "Aigerim")


def test_closing_ends_the_thread_at_once_whatever_it_waits_for() -> None:
    for begin in (lambda found: None, hold, lambda found: found.brake.settle("stop")):
        found = bench()
        found.brake.start()
        begin(found)
        found.brake.close()
        assert "brake" not in {thread.name for thread in threading.enumerate()}
