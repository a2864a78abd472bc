"""S20, S21, S24, F17, F18, F27, F38: a line or a mount that comes and goes, and what must not be believed after it."""

from pathlib import Path

import pytest

from scope.errors import LineLost, NotAllowed
from scope.orders import Direction, Nudge, NudgeRate
from scope.remembered import Remembered
from scope.snapshot import LineState, Motion
from scope.target import Target
from tests.hand_time import HandTelescope, hand_telescope, in_hand
from tests.telescopes import POLE_STAR, settings_for

HALT = b":Q#:Qn#:Qs#:Qe#:Qw#"
SHOWN_SECONDS, BACK_SECONDS, FOUND_SECONDS = 2.0, 5.0, 8.0


def moving(t: HandTelescope, how: str) -> None:
    if how == "slewing":
        t.controller.goto(POLE_STAR)
    elif how == "pressed":
        t.press(Direction.NORTH, NudgeRate.FIND, 9)
    t.run(2)


@pytest.mark.parametrize("how", ["tracking", "slewing", "pressed"])
@pytest.mark.parametrize("away", [0.5, 12.0])
def test_a_plug_that_is_pulled_is_shown_and_heals_with_a_halt_first(tmp_path: Path, how: str, away: float) -> None:
    with hand_telescope(tmp_path) as t:
        moving(t, how)
        pulled = t.seconds
        t.control("unplug")
        t.run_until(lambda: t.now.line is LineState.LOST, SHOWN_SECONDS, "the loss")
        assert (t.now.motion, t.now.position, t.now.read_at) == (Motion.UNKNOWN, None, None)
        for order in (lambda: t.controller.goto(POLE_STAR), t.controller.park, lambda: press(t)):
            with pytest.raises(LineLost):
                order()
        t.run(away)
        back = t.seconds
        t.control("replug")
        t.run_until(lambda: t.now.line is LineState.UP, BACK_SECONDS + 1.0, "the line")
        assert t.said_since(back)[0] == HALT
        t.settle()
        assert t.rests()
        assert not [said for said in t.said_since(pulled) if said.startswith((b":M", b":hP"))]
        assert t.actions().count("line-lost") == 1


def press(t: HandTelescope) -> None:
    t.controller.nudge(Nudge(Direction.NORTH, NudgeRate.FIND, "another", 0), "Aigerim")


@pytest.mark.parametrize("fault", ["blip", "power-cycle"])
@pytest.mark.parametrize("how", ["tracking", "slewing"])
def test_a_mount_that_lost_its_power_goes_nowhere_until_somebody_has_looked(
    tmp_path: Path, how: str, fault: str
) -> None:
    with hand_telescope(tmp_path) as t:
        moving(t, how)
        begun = t.seconds
        t.control(fault)
        t.run_until(lambda: "mount_reset" in t.alarms(), FOUND_SECONDS + 30 * (fault == "power-cycle"), "the reset")
        assert fault == "power-cycle" or t.seconds - begun <= FOUND_SECONDS
        t.run_until(lambda: t.now.line is LineState.UP, 20, "the line")
        t.run_until(lambda: t.now.position is not None, 20, "a position")
        t.controller.set_clock()
        t.run(3)
        with pytest.raises(NotAllowed) as refusal:
            t.controller.goto(POLE_STAR)
        assert refusal.value.code == "mount_reset"
        assert not t.times_of(b":MS#", begun)
        t.controller.confirm_alignment()
        assert "mount_reset" not in t.alarms()
        assert "mount-reset" in t.actions()


def test_a_sync_ends_the_doubt_after_a_restart_of_the_mount(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        t.control("blip")
        t.run_until(lambda: "mount_reset" in t.alarms(), FOUND_SECONDS, "the reset")
        t.controller.set_clock()
        t.run(5)
        here = t.controller._lookout.bearing.last
        assert here is not None
        t.controller.sync(Target("here", POLE_STAR.kind, here.place), confirmed=True)
        t.run(2)
        assert "mount_reset" not in t.alarms()
        t.run_until(lambda: t.now.position is not None, 10, "a position")


def test_a_mount_that_boots_as_the_port_is_opened_is_waited_for(tmp_path: Path) -> None:
    """F27: opening resets the controller, which is deaf for two seconds and then shows a banner."""
    with hand_telescope(tmp_path) as t:
        t.control("boot 2")
        t.control("unplug")
        t.run_until(lambda: t.now.line is LineState.LOST, SHOWN_SECONDS, "the loss")
        t.control("replug")
        t.run_until(lambda: t.now.line is LineState.UP, 60, "the line")
        t.settle()


def test_how_far_the_cables_are_wound_is_counted_over_a_restart_of_the_program_and_a_lost_line(tmp_path: Path) -> None:
    with hand_telescope(tmp_path, start=(45.0, 180.0), slew_rate=20) as t:
        assert t.controller.cable_degrees == pytest.approx(0.0, abs=0.5)
        t.controller.goto(POLE_STAR)
        t.run_until(lambda: t.now.arrived, 40, "arrival")
        wound, stood = t.controller.cable_degrees, t.truth.axis_degrees[0]
        assert wound is not None
        assert wound == pytest.approx(stood - 180.0, abs=1.0)
        t.control("unplug")
        t.run(1)
        t.control("replug")
        t.settle()
        assert t.controller.cable_degrees == pytest.approx(t.truth.axis_degrees[0] - 180.0, abs=1.0)
        t.remembered.close()
        again = Remembered(tmp_path / "remembered.json")
        with in_hand(t.clock):
            restarted = HandTelescope(t.exchange, t.clock, again, settings_for(tmp_path))
            restarted.controller.guard.told_axes = "altaz"
            restarted.settle()
            assert restarted.controller.cable_degrees == pytest.approx(t.truth.axis_degrees[0] - 180.0, abs=1.5)
        again.close()
