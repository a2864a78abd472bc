"""S30, S13, F31–F37, F39, F40: a mount that does not do what it accepted is found, halted and told of.

The simulated mount plays the fault; what must come of it is judged by its axes.
"""

from pathlib import Path

import pytest

from scope.errors import MountRefused
from scope.position import arc_degrees
from scope.snapshot import Motion
from tests.hand_time import SKY, HandTelescope, hand_telescope
from tests.telescopes import POLE_STAR

PROGRESS_SECONDS, SLACK_SECONDS = 10.0, 3.0
RUNAWAY_DEGREES, BRAKING_DEGREES = 5.0, 7.0
"""At 4° a second on both axes: a poll and a half, and the ramp."""


def off_target(t: HandTelescope) -> float:
    place, truth = SKY.place(POLE_STAR, t.clock.utc()), t.truth
    return arc_degrees(truth.ra_degrees, truth.dec_degrees, place.ra_hours * 15, place.dec_degrees)


def found(t: HandTelescope, code: str, within_seconds: float) -> float:
    """After how many seconds the alarm came; then the axes rest and the orders before are forgotten."""
    begun = t.seconds
    t.run_until(lambda: code in t.alarms(), within_seconds, code)
    took = t.seconds - begun
    t.settle()
    assert t.rests()
    assert t.now.target is None
    assert code in [what.result for what in t.happened if what.action == "alarm"]
    assert "arrived" not in t.actions()
    return took


def test_a_goto_that_is_accepted_and_not_carried_out_is_told_within_ten_seconds(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        t.control("refuse-to-move")
        t.controller.goto(POLE_STAR)
        assert found(t, "no_progress", 20) <= PROGRESS_SECONDS + SLACK_SECONDS


@pytest.mark.parametrize("axis", ["first", "second", "both"])
def test_a_motor_that_stalls_on_the_way_is_told_within_ten_seconds_of_the_last_progress(
    tmp_path: Path, axis: str
) -> None:
    with hand_telescope(tmp_path, start=(25.0, 60.0)) as t:
        t.controller.goto(POLE_STAR)
        t.run(3)
        t.control(f"stall {axis}")
        t.run_until(lambda: max(map(abs, t.truth.axis_rates)) < 0.01 or t.alarms(), 60, "standstill")
        assert found(t, "no_progress", 40) <= PROGRESS_SECONDS + SLACK_SECONDS


def test_a_mount_that_runs_the_wrong_way_is_halted_soon(tmp_path: Path) -> None:
    with hand_telescope(tmp_path, start=(50.0, 120.0)) as t:
        at = t.truth
        t.control("runaway")
        t.controller.goto(POLE_STAR)
        found(t, "runaway", 20)
        gone = [abs(now - then) for now, then in zip(t.truth.axis_degrees, at.axis_degrees, strict=True)]
        assert max(gone) <= RUNAWAY_DEGREES + BRAKING_DEGREES


def test_a_mount_that_runs_past_its_target_is_halted_soon(tmp_path: Path) -> None:
    with hand_telescope(tmp_path, start=(30.0, 40.0)) as t:
        t.control("overshoot")
        t.controller.goto(POLE_STAR)
        found(t, "runaway", 60)
        assert off_target(t) <= RUNAWAY_DEGREES + BRAKING_DEGREES


def test_a_mount_that_says_slewing_for_ever_has_arrived_when_it_stands_there(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        t.control("always-slewing")
        t.controller.goto(POLE_STAR)
        t.run_until(lambda: t.now.arrived, 90, "arrival")
        assert off_target(t) < 0.1
        t.controller.stop()
        t.control("clear")
        t.settle()


def test_a_mount_that_never_says_slewing_arrives_when_it_is_there_and_not_before(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        t.control("never-slewing")
        t.controller.goto(POLE_STAR)
        t.run_until(lambda: "arrived" in t.actions(), 90, "arrival")
        assert off_target(t) < 0.1
        shown = [seen for seen in t.seen if seen.arrived]
        rested = next(truth.t for truth in reversed(t.truths) if max(map(abs, truth.axis_rates)) > 0.5)
        assert all((seen.read_at or 0) >= rested for seen in shown)


def test_a_mount_that_is_busy_is_quoted_and_nothing_is_under_way(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        t.control("busy")
        with pytest.raises(MountRefused) as refusal:
            t.controller.goto(POLE_STAR)
        assert "busy" in str(refusal.value.details["words"])
        t.run(2)
        assert t.now.motion is Motion.TRACKING
        assert t.rests()


def test_silence_during_a_slew_ends_it_after_two_seconds(tmp_path: Path) -> None:
    """F02, S8: nobody knows any more where a moving tube is."""
    with hand_telescope(tmp_path) as t:
        t.controller.goto(POLE_STAR)
        t.run(2)
        t.control("silent-slewing")
        begun = t.seconds
        t.run_until(lambda: t.times_of(b":Q#", begun), 10, "a halt")
        assert t.times_of(b":Q#", begun)[0] - begun <= 4.0
        t.run(3)
        assert t.rests()
        assert "position_stale" in [what.result for what in t.happened]


def test_the_hand_box_during_a_goto_of_ours_is_seen_and_the_goto_is_no_arrival(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        t.controller.goto(POLE_STAR)
        t.run(4)
        t.control("hand-box first 0.5 3")
        t.run_until(lambda: t.alarms(), 30, "an alarm")
        t.run(3)
        assert "arrived" not in t.actions()
        assert t.rests()
        assert t.now.target is None


def test_the_hand_box_alone_is_external_motion_and_the_alarm_goes_with_it(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        t.control("hand-box second 0.3 6")
        begun = t.seconds
        t.run_until(lambda: "external_motion" in t.alarms(), 5, "the alarm")
        assert t.seconds - begun <= 4.0
        assert not t.times_of(b":Q#", begun), "it leads nowhere forbidden"
        t.run_until(lambda: "external_motion" not in t.alarms(), 15, "its end")
        assert [what.result for what in t.happened if what.action == "alarm"] == ["external_motion"]


def test_parked_by_its_hand_control_it_is_motion_of_others_and_still_guarded(tmp_path: Path) -> None:
    """F39: a Meade does not tell that it parks; its park position lies below our limit, so it is halted there."""
    with hand_telescope(tmp_path) as t:
        begun = t.seconds
        t.control("hand-park")
        t.run_until(lambda: "external_motion" in t.alarms(), 5, "the alarm")
        t.run_until(lambda: t.times_of(b":Q#", begun), 60, "the halt")
        t.run(3)
        assert t.rests()
        assert t.truth.altitude_degrees > 10
        assert t.now.motion is Motion.STOPPED
        t.controller.goto(POLE_STAR)
        t.run_until(lambda: t.now.arrived, 60, "arrival")
