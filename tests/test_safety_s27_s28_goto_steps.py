"""S27, S28: a goto is all of it or nothing, however one of its steps fails, and no start of a motion is sent twice.

Each step of a goto (right ascension, declination, start) fails in each way a line or a mount can; the bytes that went
out are audited, and where the tube went is judged by the simulated axes.
"""

from pathlib import Path

import pytest

from scope.errors import ScopeError
from scope.orders import Direction, NudgeRate
from scope.position import arc_degrees
from scope.snapshot import LineState
from tests.hand_time import SKY, HandTelescope, hand_telescope
from tests.telescopes import POLE_STAR

STEPS = {"the right ascension": "Sr", "the declination": "Sd", "the start": "MS"}
FAULTS = (
    "silent",
    "late 0.4",
    "late 2",
    "cut 0",
    "dribble 0.9",
    "noise 1",
    "eight-bit",
    "double",
    "endless",
    "stale 3",
)
RIGHT_DEGREES = 0.2


def gotos(said: list[bytes]) -> list[list[bytes]]:
    """The set-up of each start that went out: all target words since the start before."""
    found, current = [], list[bytes]()
    for words in said:
        if words[:3] in (b":Sr", b":Sd"):
            current.append(words)
        elif words == b":MS#":
            found.append(current)
            current = []
    return found


def off_target(t: HandTelescope) -> float:
    place, truth = SKY.place(POLE_STAR, t.clock.utc()), t.truth
    return arc_degrees(truth.ra_degrees, truth.dec_degrees, place.ra_hours * 15, place.dec_degrees)


def order(t: HandTelescope) -> str | None:
    """The code of its refusal."""
    try:
        t.controller.goto(POLE_STAR)
    except ScopeError as reason:
        return reason.code
    return None


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", STEPS)
def test_no_step_that_fails_sends_it_to_a_target_that_is_half_set(tmp_path: Path, step: str, fault: str) -> None:
    with hand_telescope(tmp_path, slew_rate=20) as t:
        begun, where = t.seconds, (t.truth.ra_degrees, t.truth.dec_degrees)
        t.control(f"once at {STEPS[step]} {fault}")
        refusal = order(t)
        t.control("clear")
        t.run(15)
        started = gotos(t.said_since(begun))
        assert len(started) <= 1, "sent again without having looked"
        assert all([words[:3] for words in setting] == [b":Sr", b":Sd"] for setting in started)
        if step != "the start" and refusal is not None:
            assert not started
        moved = arc_degrees(t.truth.ra_degrees, t.truth.dec_degrees, *where) > RIGHT_DEGREES
        assert moved == bool(started)
        halted = bool(started) and bool(t.times_of(b":Q#", t.times_of(b":MS#", begun)[0]))
        assert not moved or halted or off_target(t) < RIGHT_DEGREES, "it went somewhere else"
        assert refusal is not None or halted or t.now.arrived
        t.run_until(lambda: t.now.line is LineState.UP and t.brake.settling is None, 60, "a settled line")
        t.controller.alarms.drop("external_motion")
        assert order(t) is None, "and the next one goes there"
        t.run_until(lambda: t.now.arrived, 40, "arrival")
        assert off_target(t) < RIGHT_DEGREES


@pytest.mark.parametrize("fault", ["unplug", "power-cycle"])
@pytest.mark.parametrize("word", [b":Sr", b":Sd", b":MS"])
def test_a_line_that_is_lost_within_a_goto_leaves_nothing_to_be_sent_later(
    tmp_path: Path, word: bytes, fault: str
) -> None:
    with hand_telescope(tmp_path, slew_rate=20) as t:
        begun, write = t.seconds, t.wire.write

        def write_and_break(sends: bytes) -> None:
            write(sends)
            if sends.startswith(word):
                t.wire.write = write  # type: ignore[method-assign]
                t.at(t.seconds + 0.002, lambda: t.control(fault))

        t.wire.write = write_and_break  # type: ignore[method-assign]
        assert order(t) is not None
        t.run(2)
        back = t.seconds
        if fault == "unplug":
            t.control("replug")
        t.run_until(lambda: t.now.line is LineState.UP, 30, "the line")
        t.run(5)
        assert not gotos(t.said_since(back)), "nobody has ordered it since"
        assert len(gotos(t.said_since(begun))) == (word == b":MS")
        assert t.rests()


def test_a_mount_that_is_busy_or_refuses_is_quoted_and_not_asked_again(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        begun = t.seconds
        t.control("once busy")
        assert order(t) == "mount_refused"
        t.run(3)
        assert len(gotos(t.said_since(begun))) == 1
        assert t.rests()
        assert t.now.target is None


def test_a_press_whose_key_word_is_lost_is_not_pressed_again(tmp_path: Path) -> None:
    """Keys have no answer, so there is nothing to wait for, and nothing may be sent twice on a guess."""
    with hand_telescope(tmp_path) as t:
        begun = t.seconds
        t.control("silent")
        t.press(Direction.NORTH, NudgeRate.FIND, 1.5)
        t.run(4)
        assert len(t.times_of(b":Mn#", begun)) == 1
        t.control("clear")
        t.run(5)
        assert len(t.times_of(b":Mn#", begun)) == 1
        assert t.rests()


def test_an_order_that_is_given_while_the_axes_come_to_rest_is_carried_out_when_they_do(tmp_path: Path) -> None:
    """The halt is repeated meanwhile, and overtakes only what was ordered before it."""
    with hand_telescope(tmp_path) as t:
        t.controller.goto(POLE_STAR)
        t.run(4)
        t.control("deaf-to-stop 2")
        t.controller.stop()
        t.run(0.1)
        t.controller.goto(POLE_STAR)
        t.run_until(lambda: t.now.arrived, 90, "arrival")
