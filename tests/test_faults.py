"""F01–F15, F26–F29, F36, F37, F41–F46, F66: whatever a line or a mount does to its answers, four things hold.

While the fault lasts no position is shown that is not true, a stop gets through, and no byte that is not of the
language goes out; when it is over the telescope is at work again by itself. The simulator plays it, under a seed.
"""

from bisect import bisect_left
from pathlib import Path

import pytest

from scope.errors import NotAllowed
from scope.position import arc_degrees
from scope.snapshot import LineState, Motion
from tests.hand_time import HandTelescope, hand_telescope
from tests.telescopes import POLE_STAR
from tests.test_wire_grammar import in_grammar

SHOWN_DEGREES = 0.7
"""Half a degree may pass for truth, and the air lifts what is low."""
AGAIN_SECONDS = 120.0
LASTS_SECONDS = 20.0
FAULTS = {
    "F01 mute": "silent",
    "F02 mute while it slews": "silent-slewing",
    "F03 answers cut short": "cut 4",
    "F04 the tail two seconds later": "stale-tail 2",
    "F05 an answer two seconds later": "stale 2",
    "F05 all answers late": "late 1.5",
    "F06 a byte each 0.2 s": "dribble 0.2",
    "F06 a byte each 0.9 s": "dribble 0.9",
    "F07 a slow line": "latency 0.3",
    "F08 noise 1 %": "noise-around 0.01",
    "F08 noise 5 %": "noise-around 0.05",
    "F08 noise 20 %": "noise-around 0.2",
    "F08 damaged bytes 2 %": "noise 0.02",
    "F08 damaged bytes 20 %": "noise 0.2",
    "F09 wrong digits 2 %": "flip 0.02",
    "F09 wrong digits 10 %": "flip 0.1",
    "F10 two answers in one": "joined",
    "F11 answers doubled": "double",
    "F12 lines nobody asked for": "unsolicited 0.7",
    "F13 eight-bit characters": "eight-bit",
    "F14 ten kilobytes without an end": "once endless",
    "F15 an echo": "echo",
    "F28 the wrong speed": "wrong-baud",
    "F36 slewing for ever": "always-slewing",
    "F37 never slewing": "never-slewing",
    "F43 low precision from now on": "low-precision",
    "F45 minus zero and 24 h": "minus-zero",
    "F46 sixty seconds": "sixty",
    "F48 every byte is lost": "black-hole",
    "F66 hostile words": "hostile",
}
DEAF = ("wrong-baud", "black-hole")
"""The mount hears nothing then: a stop gets onto the wire, and no further."""
SLOW = ("late", "dribble", "latency", "stale")
"""A reading takes seconds then, and tells of a moment within them; of a moving tube it tells two."""
SLOW_SECONDS, SLOW_DEGREES = 4.0, 4.0


def untrue(t: HandTelescope, since: float, slow: bool = False) -> list[tuple[float, float]]:
    """The moments at which a position was shown that was not where the tube pointed, and by how many degrees."""
    moments, found = [truth.t for truth in t.truths], []
    seconds, degrees = (SLOW_SECONDS, SLOW_DEGREES) if slow else (0.5, SHOWN_DEGREES)
    for seen in t.seen:
        if seen.position is None or seen.read_at is None or seen.read_at < since:
            continue
        off = min(
            arc_degrees(truth.azimuth_degrees, truth.altitude_degrees, *there)
            for truth in t.truths[
                max(0, bisect_left(moments, seen.read_at - seconds)) : bisect_left(moments, seen.read_at)
            ]
            for there in [(seen.position.azimuth_degrees, seen.position.altitude_degrees)]
        )
        if off > degrees:
            found.append((seen.read_at, off))
    return found


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_untrue_is_shown_a_stop_gets_through_and_it_heals(tmp_path: Path, fault: str) -> None:
    slow = FAULTS[fault].startswith(SLOW)
    with hand_telescope(tmp_path) as t:
        begun = t.seconds
        t.controller.goto(POLE_STAR)
        t.run(1)
        t.control(FAULTS[fault])
        t.run(LASTS_SECONDS)
        assert not untrue(t, begun, slow), fault
        pulled = t.seconds + 0.37
        t.at(pulled, lambda: t.line.is_open and t.controller.stop())
        was_open = t.line.is_open
        t.run(0.5)
        if was_open and t.line.is_open:
            written = [said for said in t.wire.said if said.t >= pulled]
            assert written[0].data.startswith(b":Q#")
            assert written[0].t - pulled <= 0.25
        t.run(4)
        assert t.rests() or FAULTS[fault] in DEAF, f"{fault}: still turning"
        t.control("clear")
        t.control("high-precision")
        t.run_until(lambda: t.now.line is LineState.UP and t.brake.settling is None, AGAIN_SECONDS, "the line")
        t.settle()
        assert t.rests()
        for alarm in t.now.alarms:
            if alarm.latched:
                t.controller.alarms.acknowledge(alarm.code)
        t.run(15)  # a clock that was not heard is asked for again
        healed = t.seconds
        assert "mount_reset" not in t.alarms()
        t.controller.goto(POLE_STAR)
        t.run_until(lambda: t.now.arrived, 60, "arrival after the fault")
        assert not untrue(t, healed)
        assert in_grammar([said.data for said in t.wire.said if said.data != b"\x06"])


@pytest.mark.parametrize("fault", ["garbage-at-plug", "boot 2"])
def test_what_comes_with_the_plug_is_no_answer(tmp_path: Path, fault: str) -> None:
    """F26, F27."""
    with hand_telescope(tmp_path) as t:
        t.control(fault)
        t.control("unplug")
        t.run(1)
        t.control("replug")
        t.run_until(lambda: t.now.line is LineState.UP, 20, "the line")
        t.settle()
        assert not untrue(t, 0.0)


@pytest.mark.parametrize(
    ("fault", "likeness"),
    [
        ("hour-off", "hour"),
        ("day-off", "day"),
        ("year-2000", "unset"),
        ("offset-flipped", None),
        ("site-flipped", "longitude_sign"),
        ("site-swapped", "swapped"),
        ("site-zero", None),
        ("site -49.8 73.1", "hemisphere"),
    ],
)
def test_a_mount_under_another_sky_is_told_and_sent_nowhere(tmp_path: Path, fault: str, likeness: str | None) -> None:
    """F41, F42: found within a few seconds of its happening, and nothing slews before it is mended."""
    with hand_telescope(tmp_path) as t:
        begun = t.seconds
        t.control(fault)
        t.run_until(lambda: t.alarms(), 20, "an alarm")
        t.run(15)
        with pytest.raises(NotAllowed) as refusal:
            t.controller.goto(POLE_STAR)
        codes = ("time_not_trusted", "site_not_trusted", "mount_reset", "position_unknown")
        assert refusal.value.code in codes
        assert not t.times_of(b":MS#", begun)
        looks = [alarm.details.get("looks_like") for alarm in t.now.alarms if "differs" in alarm.code]
        assert likeness is None or likeness in looks
        t.controller.set_clock()
        t.run(5)
        if "mount_reset" in t.alarms():
            t.controller.confirm_alignment()
        t.run_until(lambda: t.now.motion in (Motion.TRACKING, Motion.STOPPED), 30, "rest")
        t.controller.goto(POLE_STAR)


def test_a_format_that_changes_every_time_is_no_motion(tmp_path: Path) -> None:
    """F43: the same place to a minute of arc is the same place."""
    with hand_telescope(tmp_path) as t:
        begun = t.seconds
        for _ in range(4):
            t.control("low-precision")
            t.run(3)
            t.control("high-precision")
            t.run(3)
        assert not untrue(t, begun)
        assert t.now.motion is Motion.TRACKING
        assert "mount_reset" not in t.alarms()
        assert len(t.times_of(b":U#", begun)) <= 1
