"""S11–S14, F35: a stop goes out at once in every state, nothing that was ordered before it follows, and it is believed
only when the axes have been seen at rest.

In a time that the test lets pass; how long the machine itself takes is measured in tests/bench and, generously, in
tests/test_controller.py.
"""

import itertools
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from scope.errors import LineLost, NotAllowed, Overtaken
from scope.orders import Direction, Helm, HelmAct, Nudge, NudgeRate, Stop, TrackingRate
from scope.snapshot import Alarm, LineState, Motion
from tests.hand_office import AIGERIM, DANA, GUEST, TIMUR, Office
from tests.hand_time import HandTelescope, hand_telescope
from tests.telescopes import POLE_STAR

HALT = b":Q#:Qn#:Qs#:Qe#:Qw#"
STARTS = (b":M", b":hP", b":hF", b":I#")
"""What may make an axis turn."""
AT_ONCE_SECONDS, REPEATED_SECONDS, TOLD_SECONDS = 0.25, 0.5, 3.0
STOPS_A_HALT = 5
"""`:Q#` and one for each direction: the simulator counts them one by one."""


def slewing(t: HandTelescope) -> None:
    t.controller.goto(POLE_STAR)
    t.run(3)


def pressed(t: HandTelescope) -> None:
    t.press(Direction.NORTH, NudgeRate.SLEW, 9)
    t.run(2)


def parking(t: HandTelescope) -> None:
    t.controller.park()
    t.run(3)


def parked(t: HandTelescope) -> None:
    t.controller.park()
    t.settle(Motion.PARKED)


def at_rest(t: HandTelescope) -> None:
    t.controller.track(TrackingRate.OFF)
    t.settle(Motion.STOPPED)


def settling(t: HandTelescope) -> None:
    slewing(t)
    t.controller.stop()
    t.run(0.3)


def broken(fault: str) -> Callable[[HandTelescope], None]:
    """Caught in a slew, and the line goes wrong."""

    def befall(t: HandTelescope) -> None:
        slewing(t)
        t.control(fault)

    return befall


STATES: dict[str, Callable[[HandTelescope], object]] = {
    "tracking": lambda t: None,
    "at rest": at_rest,
    "slewing": slewing,
    "pressed": pressed,
    "settling": settling,
    "parking": parking,
    "parked": parked,
    "mute": broken("silent"),
    "mute while it slews": broken("silent-slewing"),
    "dribbling": broken("dribble 0.2"),
    "dribbling slowly": broken("dribble 0.9"),
    "late": broken("late 2"),
    "cut": broken("cut 3"),
    "noise": broken("noise 0.2"),
    "endless": broken("endless"),
    "echo": broken("echo"),
    "slow line": broken("latency 0.3"),
}


@pytest.mark.parametrize("later", [0.013, 0.41, 1.07])
@pytest.mark.parametrize("state", STATES)
def test_whatever_goes_on_the_halt_is_the_next_that_is_written_and_the_axes_rest(
    tmp_path: Path, state: str, later: float
) -> None:
    with hand_telescope(tmp_path) as t:
        STATES[state](t)
        tracked, pulled = t.truth.tracking, t.seconds + later
        t.at(pulled, t.controller.stop)
        t.run(later + 0.02)
        written = [said for said in t.wire.said if said.t >= pulled]
        assert written[0].data == HALT, state
        assert written[0].t - pulled <= AT_ONCE_SECONDS
        t.run(3.0)
        assert t.rests(), f"{state}: still turning after 3 s"
        assert t.truth.tracking == tracked
        t.control("clear")
        t.run_until(lambda: t.now.line is LineState.UP and t.brake.settling is None, 120, "a settled line")
        assert not any(word in said.data for said in written for word in STARTS)
        assert not any(word in said for said in t.said_since(pulled) for word in STARTS)
        assert t.rests()


@pytest.mark.parametrize("moment", [0.005, 0.05, 0.11, 0.2, 0.31])
def test_a_stop_while_the_mount_is_being_met_is_the_next_that_is_written(tmp_path: Path, moment: float) -> None:
    with hand_telescope(tmp_path, settled=False) as t:
        pulled = t.seconds + moment
        t.at(pulled, t.controller.stop)
        t.settle()
        written = [said for said in t.wire.said if said.t >= pulled]
        assert written[0].data == HALT
        assert written[0].t - pulled <= AT_ONCE_SECONDS


def test_a_stop_without_a_line_is_the_first_thing_said_when_it_is_back(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        slewing(t)
        t.control("unplug")
        t.run_until(lambda: t.now.line is LineState.LOST, 2, "the loss")
        with pytest.raises(LineLost):
            t.controller.stop()
        back = t.seconds
        t.control("replug")
        t.run_until(lambda: t.now.line is LineState.UP, 10, "the line")
        assert t.said_since(back)[0] == HALT
        assert not any(word in said for said in t.said_since(back) for word in STARTS)


def test_a_stop_that_comes_between_the_steps_of_a_goto_leaves_it_undone(tmp_path: Path) -> None:
    """At every moment of giving the order: either it was overtaken, or what it started rests."""
    for hundredths in range(1, 26):
        with hand_telescope(tmp_path / str(hundredths)) as t:
            pulled = t.seconds + hundredths / 100
            t.at(pulled, t.controller.stop)
            with suppress(Overtaken):
                t.controller.goto(POLE_STAR)
            t.run(3)
            assert t.rests()
            assert not any(word in said for said in t.said_since(pulled) for word in STARTS)
            assert t.now.target is None


@pytest.mark.parametrize("ignored", [1, 2, 5])
def test_a_mount_that_ignores_the_first_stops_is_stopped_by_the_next_and_never_shown_as_stopped(
    tmp_path: Path, ignored: int
) -> None:
    with hand_telescope(tmp_path) as t:
        slewing(t)
        t.control(f"deaf-to-stop {ignored * STOPS_A_HALT}")
        pulled = t.seconds
        t.controller.stop()
        t.run_until(lambda: "stopped" in t.actions(), 10, "the stop seen")
        assert t.rests()
        halts = t.times_of(b":Q#", pulled)
        assert len(halts) > ignored
        assert max(later - earlier for earlier, later in itertools.pairwise(halts)) <= REPEATED_SECONDS
        rested = next(truth.t for truth in t.truths_since(pulled) if max(map(abs, truth.axis_rates)) < 0.01)
        calm = [seen for seen in t.seen if seen.motion in (Motion.TRACKING, Motion.STOPPED)]
        assert not [seen for seen in calm if pulled < (seen.read_at or 0) < rested], "a false rest was shown"


def test_a_mount_that_does_not_obey_is_told_of_after_three_seconds_and_takes_no_order(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        pressed(t)
        t.control("deaf-to-stop 100")
        pulled = t.seconds
        t.controller.stop()
        t.run_until(lambda: "stop_not_confirmed" in t.alarms(), 6, "the alarm")
        assert TOLD_SECONDS <= t.seconds - pulled <= TOLD_SECONDS + 1.0
        assert [what.result for what in t.happened if what.action == "alarm"] == ["stop_not_confirmed"]
        with pytest.raises(NotAllowed) as refusal:
            t.controller.goto(POLE_STAR)
        assert refusal.value.code == "stop_not_confirmed"
        t.run_until(lambda: "stop_not_confirmed" not in t.alarms(), 20, "obedience")
        assert t.rests()
        t.settle()
        t.controller.goto(POLE_STAR)


def test_both_axes_and_a_key_that_the_hand_box_holds_come_to_rest(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        t.control("hand-box second 2 30")
        t.press(Direction.EAST, NudgeRate.FIND, 9)
        t.run(2)
        assert all(abs(rate) > 1 for rate in t.truth.axis_rates)
        t.controller.stop()
        t.run(2)
        assert t.rests()


def test_anybody_who_is_signed_in_stops_it_and_needs_no_helm(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        office = Office(t, tmp_path)
        office.order(Helm(HelmAct.TAKE), AIGERIM)
        for person in (TIMUR, DANA, AIGERIM):
            slewing(t)
            assert office.refusal(Stop(), person) is None
            t.settle()
            assert t.rests()
        slewing(t)
        before = len(t.wire.said)
        assert office.refusal(Stop(), GUEST) == "role_needed"
        t.run(1)
        assert HALT not in [said.data for said in t.wire.said[before:]]
        stops = [(entry.by.name, entry.result) for entry in office.entries if entry.action == "stop"]
        assert stops == [("Timur", "accepted"), ("Dana", "accepted"), ("Aigerim", "accepted"), ("Guest", "role_needed")]


def test_a_stop_does_not_wait_for_a_log_that_hangs(tmp_path: Path) -> None:
    """The halt is on its way before anything is written down."""
    with hand_telescope(tmp_path) as t:
        slewing(t)
        office = Office(t, tmp_path)
        seen = list[bool]()
        office.clerk._write = lambda entry: not seen.append(t.brake.pulled is not None)  # type: ignore[func-returns-value]
        office.order(Stop(), TIMUR)
        assert seen == [True]
        t.run(2)
        assert t.rests()


def test_a_stop_is_no_press_and_no_heartbeat_outlives_it(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        pressed(t)
        pulled = t.seconds
        t.controller.stop()
        with pytest.raises(NotAllowed, match="press again"):
            t.controller.nudge(Nudge(Direction.NORTH, NudgeRate.SLEW, "press 1", 99), "Aigerim")
        t.run(3)
        assert t.rests()
        assert not any(word in said for said in t.said_since(pulled) for word in STARTS)
        assert Alarm("stop_not_confirmed") not in t.now.alarms
