"""F51, F70, S15–S17: no timer goes by a clock that somebody turns, and a long night changes nothing."""

import os
import resource
from datetime import timedelta
from pathlib import Path

import pytest

from hardware_sim import mount as simulated
from scope.errors import NotAllowed
from scope.orders import Direction, Nudge, NudgeRate
from scope.snapshot import LineState, Motion
from tests import hand_time, hand_wire
from tests.hand_time import HandTelescope, hand_telescope
from tests.telescopes import POLE_STAR

STEPS = [timedelta(days=3), timedelta(hours=-1), timedelta(days=-365 * 40)]
LEASE_SECONDS, PRESS_SECONDS = 0.5, 10.0
POLLS = 1_000_000 if os.environ.get("CLUBSCOPE_NIGHTLY") else 3_000
MEMORY_KILOBYTES = 20_000


def halted_after(t: HandTelescope, since: float, within_seconds: float) -> float:
    t.run_until(lambda: t.times_of(b":Q#", since), within_seconds, "a halt")
    return t.times_of(b":Q#", since)[0] - since


@pytest.mark.parametrize("step", STEPS)
def test_a_press_ends_in_its_own_time_whatever_the_wall_clock_does(tmp_path: Path, step: timedelta) -> None:
    with hand_telescope(tmp_path) as t:
        begun = t.seconds
        t.press(Direction.NORTH, NudgeRate.CENTRE, 2.1)
        t.at(begun + 1.0, lambda: t.clock.put(step=step))
        last = begun + 2.1
        t.run(1.9)
        assert t.now.motion is Motion.MANUAL or t.times_of(b":Q#", begun), "it goes on, or has been halted for cause"
        t.run_until(lambda: t.times_of(b":Q#", begun), 5, "a halt")
        assert t.times_of(b":Q#", begun)[0] <= last + LEASE_SECONDS
        t.run(2)
        assert t.rests()


@pytest.mark.parametrize("step", STEPS)
def test_a_slew_under_a_clock_that_steps_arrives_or_is_halted_and_the_next_one_is_refused(
    tmp_path: Path, step: timedelta
) -> None:
    with hand_telescope(tmp_path) as t:
        t.controller.goto(POLE_STAR)
        t.run(3)
        t.clock.put(step=step)
        t.run_until(lambda: t.now.motion is Motion.TRACKING, 120, "its end")
        assert t.rests()
        t.run(20)
        with pytest.raises(NotAllowed):
            t.controller.goto(POLE_STAR)
        t.clock.put(step=timedelta())
        t.run(20)
        if "mount_reset" in t.alarms():
            t.controller.confirm_alignment()
        t.controller.goto(POLE_STAR)


def test_the_time_since_the_last_heartbeat_is_all_that_counts(tmp_path: Path) -> None:
    """S15."""
    with hand_telescope(tmp_path) as t:
        for number, held in enumerate((0.3, 1.05, 2.4)):
            begun = t.seconds
            t.press(Direction.EAST, NudgeRate.FIND, held)
            t.run(held - 0.05)
            assert not t.times_of(b":Q#", begun), number
            assert halted_after(t, begun, held + 2) <= held + LEASE_SECONDS
            t.settle()


def test_one_press_lasts_ten_seconds_and_then_it_takes_another(tmp_path: Path) -> None:
    """S17."""
    with hand_telescope(tmp_path) as t:
        begun = t.seconds
        t.press(Direction.NORTH, NudgeRate.CENTRE, 14)
        assert halted_after(t, begun, 12) <= PRESS_SECONDS + LEASE_SECONDS
        t.run(5)
        assert t.rests()
        with pytest.raises(NotAllowed, match="press again"):
            t.controller.nudge(Nudge(Direction.NORTH, NudgeRate.CENTRE, "press 1", 999), "Aigerim")


def test_heartbeats_of_another_hand_or_an_older_press_renew_nothing(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        t.press(Direction.NORTH, NudgeRate.CENTRE, 0.3)
        t.run(1.5)
        t.settle()
        begun = t.seconds
        t.controller.nudge(Nudge(Direction.NORTH, NudgeRate.CENTRE, "fresh", 0), "Aigerim")
        others = [("press 1", "Aigerim", 99), ("fresh", "Timur", 7), ("fresh", "Aigerim", 0)]
        for number, (name, holder, beat) in enumerate(others * 3):
            old = Nudge(Direction.NORTH, NudgeRate.CENTRE, name, beat)
            t.at(begun + 0.12 * number, lambda old=old, holder=holder: quietly(t, old, holder))  # type: ignore[misc]
        assert halted_after(t, begun, 3) <= LEASE_SECONDS
        t.run(2)
        assert t.rests()


def quietly(t: HandTelescope, order: Nudge, holder: str) -> None:
    try:
        t.brake.renew(order, holder)
    except NotAllowed:
        return


def memory_kilobytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1024


def test_a_long_night_takes_no_more_memory_and_no_more_files_and_counts_the_same_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F70, quickened: the mount ticks by quarters of a second, and time goes on in whole looks."""
    monkeypatch.setattr(simulated, "TICK_SECONDS", 0.25)
    monkeypatch.setattr(hand_wire, "LONGEST_STEP_SECONDS", 1.0)
    monkeypatch.setattr(hand_time, "TRUTH_SECONDS", 1e9)
    with hand_telescope(tmp_path, start=(45.0, 150.0)) as t:
        t.run(100)
        files, memory = len(os.listdir("/proc/self/fd")), memory_kilobytes()
        begun, looks = t.seconds, 0
        while looks < POLLS:
            t.turn()
            looks += 1
            t.seen[:-1], t.wire.said[:-1] = [], []
        assert t.seconds - begun > POLLS / 3
        assert t.now.line is LineState.UP
        assert len(os.listdir("/proc/self/fd")) == files
        assert memory_kilobytes() - memory < MEMORY_KILOBYTES
        assert t.controller.cable_degrees == pytest.approx(t.truth.axis_degrees[0] - 180.0, abs=1.0)
        assert "line-lost" not in t.actions()
