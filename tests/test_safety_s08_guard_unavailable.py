"""S8, F67: a guard that cannot see the Sun is closed: nothing goes anywhere by day, but a stop and a safe park do.

Twelve ways of not knowing where the Sun is, or where the tube is, each injected into a running telescope.
"""

from collections.abc import Callable
from concurrent.futures import Future
from math import nan
from pathlib import Path
from typing import Any

import pytest

from scope.errors import NotAllowed
from scope.orders import Direction, Nudge, NudgeRate
from scope.position import Epoch, Equatorial, Horizontal
from scope.snapshot import Motion
from tests.hand_time import SKY, HandTelescope, hand_telescope
from tests.telescopes import MORNING, POLE_STAR, ready

pytestmark = pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning")
"""ERFA says so of a Sun that is no number; that it is said is right."""
START = (35.0, 280.0)


class Broken:
    """The sky, but for what a failure replaces."""

    def __init__(self, **replaced: Any) -> None:
        self.__dict__.update(replaced)

    def __getattr__(self, name: str) -> Any:
        return getattr(SKY, name)


def fails(fault: Exception) -> Callable[..., Any]:
    def raises(*_: Any) -> Any:
        raise fault

    return raises


def sky(**replaced: Any) -> Callable[[HandTelescope], None]:
    def replace(t: HandTelescope) -> None:
        t.controller.guard._sky_to_come = ready(Broken(**replaced))  # type: ignore[arg-type]

    return replace


def no_sky(done: bool) -> Callable[[HandTelescope], None]:
    def replace(t: HandTelescope) -> None:
        failed: Future[Any] = Future()
        if done:
            failed.set_exception(OSError("no tables"))
        t.controller.guard._sky_to_come = failed

    return replace


def unconfirmed(t: HandTelescope) -> None:
    """No network, no watch, and a mount that says another time."""
    t.clock.put(kept=False)
    t.clock._learnt.network = None
    t.control("clock 120")
    t.run(8)


def silent_about_the_time(t: HandTelescope) -> None:
    t.control("at GC silent")
    t.run(40)


def stale(t: HandTelescope) -> None:
    """Nothing has been seen for a while, and nobody has noticed."""
    look = t.controller._lookout.bearing
    old = look._looks[-1]
    look._looks.clear()
    look._looks.append(type(old)(old.at - 60.0, old.utc, old.place, old.slewing, old.pointing))


FAILURES: dict[str, Callable[[HandTelescope], None]] = {
    "the ephemeris raises": sky(sun=fails(ArithmeticError("no ephemeris"))),
    "the ephemeris has no such day": sky(sun=fails(LookupError("out of the table"))),
    "a file is missing": sky(sun=fails(OSError("no file"))),
    "a value is out of range": sky(sun=fails(ValueError("dubious year"))),
    "the Sun is no number": sky(sun=lambda _: Equatorial(nan, nan, Epoch.OF_DATE)),
    "its altitude is no number": sky(horizontal=lambda *_: Horizontal(nan, nan)),
    "the sky is not computed yet": no_sky(done=False),
    "the sky could not be computed": no_sky(done=True),
    "the mount's clock is an hour off": lambda t: (t.control("hour-off"), t.run(8)),  # type: ignore[func-returns-value,return-value]
    "nobody vouches for the time": unconfirmed,
    "the mount does not tell its time": silent_about_the_time,
    "the position is old": stale,
}


@pytest.mark.parametrize("failure", FAILURES)
def test_by_day_nothing_goes_anywhere_and_a_stop_still_works(tmp_path: Path, failure: str) -> None:
    with hand_telescope(tmp_path, MORNING, start=START) as t:
        FAILURES[failure](t)
        begun = t.seconds
        press = Nudge(Direction.NORTH, NudgeRate.FIND, "one", 0)
        orders: dict[str, Callable[[], object]] = {
            "goto": lambda: t.controller.goto(POLE_STAR),
            "press": lambda: t.controller.nudge(press, "Aigerim"),
            "park, whose way nobody knows": t.controller.park,
        }
        for name, order in orders.items():
            t.thread._look_due = t.seconds + 5 if failure == "the position is old" else t.thread._look_due
            with pytest.raises(NotAllowed):
                order()
            assert name
        assert not [said for said in t.said_since(begun) if said.startswith((b":M", b":hP"))]
        pulled = t.seconds
        t.controller.stop()
        t.run_until(lambda: "stopped" in t.actions(), 10, "the stop seen")
        assert t.said_since(pulled)[0].startswith(b":Q#")


@pytest.mark.parametrize("failure", ["the ephemeris raises", "the Sun is no number"])
@pytest.mark.parametrize("how", ["goto", "press"])
def test_what_moves_when_it_fails_is_halted(tmp_path: Path, failure: str, how: str) -> None:
    with hand_telescope(tmp_path, MORNING, start=START) as t:
        if how == "goto":
            t.controller.goto(POLE_STAR)
        else:
            t.press(Direction.SOUTH, NudgeRate.FIND, 4)
        t.run(1.5)
        assert not t.rests()
        FAILURES[failure](t)
        begun = t.seconds
        t.run_until(lambda: t.times_of(b":Q#", begun), 3, "a halt")
        t.run(3)
        assert t.rests()
        assert t.now.motion in (Motion.TRACKING, Motion.UNKNOWN)


@pytest.mark.parametrize("failure", [None, "the ephemeris raises"])
def test_a_covered_tube_may_be_parked_past_the_sun_or_without_knowing_where_it_is(
    tmp_path: Path, failure: str | None
) -> None:
    with hand_telescope(tmp_path, MORNING, start=(60.0, 90.0)) as t:
        if failure:
            FAILURES[failure](t)
        t.controller.foresight.covered = True
        t.controller.park()
        t.settle(Motion.PARKED)


def test_a_clock_that_is_ten_years_off_neither_raises_nor_opens(tmp_path: Path) -> None:
    """S9: with its mount in the same wrong year all is consistent, and the guard counts with that sky."""
    for years in (-1, 10):
        moment = MORNING.replace(year=MORNING.year + years)
        with hand_telescope(tmp_path / str(years), moment, start=START) as t:
            assert t.controller.guard.is_day(t.clock.utc())
            sun = t.controller.guard.sun(t.clock.utc())
            assert 50 < sun.altitude_degrees < 56
