"""S30, F32-F37, F40: a slew that stalls, creeps or runs away is found; so is motion that nobody ordered."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scope.position import Epoch, Equatorial
from scope.watch.bearing import STILL_SECONDS, Arrival, Bearing, Look
from scope.watch.watchdog import Finding, Watchdog

FASTEST = 4.0
LOOK_SECONDS = 0.25
NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def slew(to_go: Callable[[float], float], seconds: float = 600.0, dog: Watchdog | None = None) -> Finding | None:
    """What is found in a slew whose rest of the way is `to_go` of the seconds since its beginning."""
    dog = dog or Watchdog(FASTEST)
    dog.begin_slew(100.0, to_go(0.0))
    for number in range(1, int(seconds / LOOK_SECONDS)):
        after = number * LOOK_SECONDS
        if found := dog.watch(100.0 + after, to_go(after), moving=True, expected=True):
            return found
    dog.end_slew()
    return None


def after_seconds(found: Finding | None) -> float:
    assert found is not None
    seconds = found.details["after_seconds"]
    assert isinstance(seconds, float)
    return seconds


def test_a_mount_that_accepts_and_does_not_move_is_found_within_ten_seconds() -> None:
    found = slew(lambda _: 40.0)
    assert found is not None
    assert (found.code, found.halt) == ("no_progress", True)
    assert after_seconds(found) <= 10.0 + LOOK_SECONDS


def test_an_axis_that_stalls_on_the_way_is_found_ten_seconds_later() -> None:
    found = slew(lambda t: 40.0 - FASTEST * min(t, 5.0))
    assert found is not None
    assert found.code == "no_progress"
    assert found.details["to_go_degrees"] == 20.0
    assert 14.0 <= after_seconds(found) <= 15.5


def test_a_mount_that_runs_the_wrong_way_is_halted_five_degrees_on() -> None:
    found = slew(lambda t: 40.0 + FASTEST * t)
    assert found is not None
    assert (found.code, found.halt) == ("runaway", True)
    assert after_seconds(found) <= 5.0 / FASTEST + 2 * LOOK_SECONDS


def test_a_mount_that_runs_past_its_goal_is_halted_five_degrees_beyond() -> None:
    found = slew(lambda t: abs(90.0 - FASTEST * t))
    assert found is not None
    assert found.code == "runaway"
    assert after_seconds(found) <= 95.0 / FASTEST + 2 * LOOK_SECONDS


def test_a_mount_that_creeps_is_given_up_after_twice_its_usual_time_and_half_a_minute() -> None:
    dog = Watchdog(FASTEST)
    assert slew(lambda t: max(0.0, 90.0 - FASTEST * t), dog=dog) is None
    found = slew(lambda t: 40.0 - 0.1 * t, dog=dog)
    assert found is not None
    assert found.code == "no_progress"
    assert after_seconds(found) == pytest.approx(40.0 / FASTEST * 2 + 30.0, abs=1.0)


@given(
    start=st.floats(0.0, 180.0),
    rate=st.floats(0.6, 8.0),
    rests=st.floats(0.0, 8.0),
    ramp=st.floats(0.1, 3.0),
    fastest=st.floats(4.0, 10.0),
)
def test_no_honest_slew_is_halted(start: float, rate: float, rests: float, ramp: float, fastest: float) -> None:
    """Resting first, ramping up, at any usual rate, and creeping in at the end."""

    def to_go(t: float) -> float:
        run = max(0.0, t - rests)
        gone = rate * (run * run / (2 * ramp) if run < ramp else run - ramp / 2)
        return max(0.0, start - gone)

    dog = Watchdog(fastest)
    for _ in range(2):  # the second time it knows how fast this mount is
        assert slew(to_go, 420.0, dog) is None


def test_motion_without_an_order_is_told_at_the_second_look_and_once_until_rest() -> None:
    dog, found = Watchdog(FASTEST), []
    for moving in (False, True, False, True, True, True, True, False, True, True):
        found.append(dog.watch(float(len(found)), None, moving, expected=False, degrees_per_second=0.5))
    told = [number for number, finding in enumerate(found) if finding]
    assert told == [4, 9]
    finding = found[4]
    assert finding is not None
    assert (finding.code, finding.halt, finding.details) == ("external_motion", False, {"degrees_per_second": 0.5})


def test_what_we_ordered_or_have_just_halted_is_no_motion_of_others() -> None:
    dog = Watchdog(FASTEST)
    assert [dog.watch(t, None, True, expected=True) for t in (1.0, 2.0, 3.0)] == [None] * 3
    dog.halted(3.0)
    assert [dog.watch(t, None, True, expected=False) for t in (3.5, 4.0, 4.9)] == [None] * 3
    assert dog.watch(5.1, None, True, expected=False) is None
    assert dog.watch(6.1, None, True, expected=False) is not None


def test_a_halt_ends_the_watch_over_a_slew() -> None:
    dog = Watchdog(FASTEST)
    dog.begin_slew(0.0, 40.0)
    dog.halted(1.0)
    assert dog.watch(60.0, 40.0, moving=False, expected=False) is None


# --- arrival -----------------------------------------------------------------------------------------------------

GOAL = Equatorial(6.0, 20.0, Epoch.OF_DATE)
BEGUN = 0.1


def look(at: float, off_degrees: float, slewing: bool | None) -> Look:
    return Look(at, NOON + timedelta(seconds=at), Equatorial(6.0, 20.0 - off_degrees, Epoch.OF_DATE), slewing)


def arrivals(*looks: tuple[float, float, bool | None]) -> list[Arrival]:
    bearing, seen = Bearing(), []
    for at, off_degrees, slewing in looks:
        bearing.add(look(at, off_degrees, slewing))
        seen.append(bearing.arrival(GOAL, BEGUN))
    return seen


def test_not_slewing_right_after_accepting_is_no_arrival() -> None:
    seen = arrivals(*((number * 0.5, 30.0, False) for number in range(40)))
    assert set(seen) == {Arrival.UNDER_WAY}  # nor a miss: the watchdog says what it is


def test_arrival_is_two_agreeing_looks_at_the_goal() -> None:
    assert arrivals((0.5, 5.0, True), (1.0, 0.05, True), (1.5, 0.01, False), (2.0, 0.01, False)) == [
        Arrival.UNDER_WAY,
        Arrival.UNDER_WAY,
        Arrival.UNDER_WAY,
        Arrival.ARRIVED,
    ]


def test_a_mount_that_goes_on_saying_slewing_at_the_goal_has_arrived_after_a_while() -> None:
    times = [number * 0.5 for number in range(1, 16)]
    seen = dict(zip(times, arrivals(*((t, 0.01, True) for t in times)), strict=True))
    first = min(t for t, what in seen.items() if what is Arrival.ARRIVED)
    assert STILL_SECONDS <= first <= STILL_SECONDS + 1.0


def test_a_mount_that_comes_to_rest_beside_the_goal_has_missed_it() -> None:
    times = [number * 0.5 for number in range(1, 16)]
    seen = arrivals(*((t, 0.7, False) for t in times))
    assert seen[0] is Arrival.UNDER_WAY
    assert seen[-1] is Arrival.MISSED
    assert Arrival.ARRIVED not in seen


def test_passing_over_the_goal_is_no_arrival() -> None:
    assert set(arrivals(*((0.25 * n, abs(5.0 - n), None) for n in range(1, 10)))) == {Arrival.UNDER_WAY}


def test_what_was_seen_before_the_goto_does_not_count() -> None:
    bearing = Bearing()
    for at in (0.0, 1.0, 2.0):
        bearing.add(look(at, 0.0, False))
    assert bearing.arrival(GOAL, begun=2.5) is Arrival.UNDER_WAY
    assert bearing.still_seconds(since=2.5) == 0.0
    assert bearing.still_seconds() == 2.0


def test_speed_and_motion_are_those_of_the_last_two_looks() -> None:
    bearing = Bearing()
    assert (bearing.degrees_per_second, bearing.moving) == (None, False)
    bearing.add(look(1.0, 3.0, None))
    bearing.add(look(2.0, 1.0, None))
    assert bearing.degrees_per_second == pytest.approx(2.0)
    assert bearing.moving
    bearing.add(look(3.0, 0.999, None))
    assert not bearing.moving
