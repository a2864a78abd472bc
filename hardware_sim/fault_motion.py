"""Faults of motion: a mount that does not always do what it accepted.

A thin layer between the firmware and the mount of mount.py, whose physics stays as it is: orders are turned down,
ignored or carried out wrongly here, and the two answers about a goto under way are bent. It must never touch a byte.
"""

from hardware_sim.belief import Target
from hardware_sim.fault_words import LARGEST_COUNT, Argument, Lasts, Row
from hardware_sim.geometry import AxisPair, Geometry
from hardware_sim.held import Held
from hardware_sim.instrument import TICK_SECONDS
from hardware_sim.motion import Fate
from hardware_sim.mount import AT_GOAL_DEGREES, Mount
from hardware_sim.mount_clock import MountClock, Site

AXES = ("first", "second", "both")
AXIS = Argument("AXIS", words=AXES)
COUNT = Argument("COUNT", 1.0, LARGEST_COUNT)
ONE_AXIS = Argument("AXIS", words=AXES[:2])
ROWS = (
    Row("busy", "F31", "a goto is answered with an error text", lasts=Lasts.TIMES),
    Row("refuse-to-move", "F32", "a goto is accepted and nothing moves", lasts=Lasts.TIMES),
    Row("runaway", "F33", "a goto runs away from its target until it is stopped", lasts=Lasts.TIMES),
    Row("overshoot", "F33", "a goto runs past its target and on until it is stopped", lasts=Lasts.TIMES),
    Row("stall", "F34", "a motor stands still, whatever is asked of it", (AXIS,), Lasts.HELD),
    Row("deaf-to-stop", "F35", "the next so many stops are ignored", (COUNT,), Lasts.HELD),
    Row("always-slewing", "F36", "says that it slews, also when it has arrived", lasts=Lasts.TIMES),
    Row("never-slewing", "F37", "says that it does not slew, also while it does", lasts=Lasts.TIMES),
    Row("hand-park", "F39", "somebody parks it with the hand control", lasts=Lasts.MOMENT),
    Row(
        "hand-box",
        "F40",
        "somebody holds a key down, + is west or north; ends a goto",
        (ONE_AXIS, Argument("RATE", -20.0, 20.0), Argument("SECONDS", 0.0, 3600.0)),
        lasts=Lasts.MOMENT,
    ),
)
FATES = {"refuse-to-move": Fate.NOWHERE, "runaway": Fate.AWAY, "overshoot": Fate.BEYOND}


class UnrulyMount(Mount):
    """A mount with the faults of motion that hold just now."""

    def __init__(
        self,
        geometry: Geometry,
        site: Site,
        clock: MountClock,
        slew_rate: float,
        t: float,
        utc_seconds: float,
        faults: Held,
    ) -> None:
        super().__init__(geometry, site, clock, slew_rate, t, utc_seconds)
        self._faults = faults
        self._astray: AxisPair | None = None  # the rates of a goto that has lost its target

    def as_told(self, runs: bool) -> bool:
        if self._faults.take("always-slewing") is not None:
            return True
        return self._faults.take("never-slewing") is None and runs

    def says_it_goes(self) -> bool:
        return self.as_told(super().says_it_goes())

    def is_busy(self) -> bool:
        return self._faults.take("busy") is not None

    def fate_of_goto(self) -> Fate:
        for word, fate in FATES.items():
            if self._faults.take(word) is not None:
                return fate
        return Fate.AS_ORDERED

    def hears_a_stop(self) -> bool:
        heard = super().hears_a_stop()
        if self._faults.take("deaf-to-stop") is None:
            return heard
        self.stops_ignored += 1
        return False

    def _set_out(self, target: Target | None, goal: AxisPair) -> None:
        fate = self.fate_of_goto()
        if fate is Fate.NOWHERE:
            return
        self._astray = None
        super()._set_out(target, goal)
        if fate is not Fate.AS_ORDERED:
            self._astray = self._full_rate_to_goal(1.0 if fate is Fate.BEYOND else -1.0)

    def advance(self, t: float) -> None:
        stalled = self._faults.text("stall")
        for name, axis in zip(AXES, self._axes, strict=False):
            axis.is_stalled = stalled in (name, "both")
        super().advance(t)

    def _tick_going(self) -> None:
        if self._astray is None:
            super()._tick_going()
            return
        for axis, rate in zip(self._axes, (self._astray.first, self._astray.second), strict=True):
            axis.drive(rate, TICK_SECONDS)

    def _full_rate_to_goal(self, way: float) -> AxisPair:
        to_go = self._goal.minus(self._motors())
        rates = [
            0.0 if abs(left) <= AT_GOAL_DEGREES else way * self.slew_rate * (1.0 if left > 0.0 else -1.0)
            for left in (to_go.first, to_go.second)
        ]
        return AxisPair(*rates)
