"""Whatever a line or a mount does to its answers, every family's driver shows only truth, can be stopped, and heals.

What tests/test_faults.py holds the LX200 to, the usual model of every other family is held to here; by night all models
of all families are.
"""

from pathlib import Path

import pytest

from scope.snapshot import LineState
from tests.fleet import FLAGSHIPS, FLEET, NIGHTLY, Member, at_work
from tests.hand_time import HandTelescope
from tests.telescopes import POLE_STAR
from tests.test_faults import DEAF, FAULTS, LASTS_SECONDS, SLOW, untrue

LX200_ONLY = ("low-precision", "minus-zero", "sixty", "eight-bit")
"""They spoil the sexagesimal text that only this family speaks."""
SHORT_ANSWERS_ONLY = ("flip 0.1",)
"""Where a place is seventeen digits long, one answer in six would be whole, and most positions nobody's."""
BACKLOG_SECONDS = 300.0
"""What has piled up behind a line that let through a byte a second, and its answers are long, has to come first."""
EVERYBODYS = {name: fault for name, fault in FAULTS.items() if fault not in LX200_ONLY + SHORT_ANSWERS_ONLY}
HELD = FLEET if NIGHTLY else [member for member in FLAGSHIPS if member.family in ("nexstar", "skywatcher", "ioptron")]
"""A SynScan shares the NexStar's framing, an Astro-Physics the LX200's."""


def stops(t: HandTelescope, fault: str) -> None:
    """A halt is the first thing that is written after the stop, and axes that can hear it come to rest."""
    pulled = t.seconds + 0.37
    t.at(pulled, lambda: t.line.is_open and t.controller.stop())
    was_open = t.line.is_open
    t.run(0.5)
    if was_open and t.line.is_open:
        written = [said for said in t.wire.said if said.t >= pulled]
        assert written[0].data == t.mount.halt.sends
        assert written[0].t - pulled <= 0.25
    t.run(5)
    assert t.rests() or fault in DEAF, "still turning"


def heals(t: HandTelescope) -> None:
    t.control("clear")
    t.run_until(lambda: t.now.line is LineState.UP and t.brake.settling is None, BACKLOG_SECONDS, "the line")
    t.run(25)  # a clock that was not heard is asked for again
    assert t.rests()
    for alarm in t.now.alarms:
        if alarm.latched:
            t.controller.alarms.acknowledge(alarm.code)
    assert "mount_reset" not in t.alarms()
    healed = t.seconds
    t.controller.goto(POLE_STAR)
    t.run_until(lambda: t.now.arrived, 120, "arrival after the fault")
    assert not untrue(t, healed)


@pytest.mark.parametrize("member", HELD, ids=str)
@pytest.mark.parametrize("name", EVERYBODYS)
def test_nothing_untrue_is_shown_a_stop_gets_through_and_it_heals(tmp_path: Path, member: Member, name: str) -> None:
    fault = EVERYBODYS[name]
    with at_work(tmp_path, member) as t:
        begun = t.seconds
        t.controller.goto(POLE_STAR)
        t.run(1)
        t.control(fault)
        t.run(LASTS_SECONDS)
        assert not untrue(t, begun, fault.startswith(SLOW)), fault
        stops(t, fault)
        heals(t)
