"""Whether the mount does what it was told and nothing else: progress of a slew, motion without an order, a restart.

Pure: moments are monotonic seconds handed in, distances are differences of axes, which a flip over the pole does not
make grow. The watchdog finds; the controller halts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scope.errors import Detail
from scope.watch.signs import Sign

PROGRESS_DEGREES = 0.05
"""More than roundings and the turning of the sky make of a mount that stands."""
PROGRESS_SECONDS = 10.0
NEAR_DEGREES = 0.1
"""So near the goal a mount creeps and settles; whether it has arrived is not for the watchdog to say."""
PATIENCE_FACTOR, PATIENCE_SECONDS = 2.0, 30.0
RUNAWAY_DEGREES = 5.0
RUN_OUT_SECONDS = 1.0
"""The last look may be a poll old, and a ramp covers half of what its speed would in a second."""
UNKNOWN_RATE_DEGREES_PER_SECOND = 1.0
"""Slower than any mount that slews well; used until a slew has shown what this one does."""
TELLING_SLEW_DEGREES = 10.0
"""A shorter slew is mostly ramps and says little about the rate."""
AFTER_HALT_SECONDS = 2.0
EXTERNAL_LOOKS = 2
SIGNS_TOGETHER_SECONDS = 30.0
SIGNS_NEEDED = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, with its numbers, and whether the axes must be halted for it."""

    code: str
    details: Mapping[str, Detail] = field(default_factory=dict)
    halt: bool = True


@dataclass(slots=True)
class _Slew:
    begun: float
    start_degrees: float
    nearest_degrees: float
    nearest_at: float
    last_at: float
    last_degrees: float
    astray_allowed: float


class Watchdog:
    """`fastest_degrees_per_second` of an axis. One thread."""

    def __init__(self, fastest_degrees_per_second: float) -> None:
        self._usual = min(fastest_degrees_per_second, UNKNOWN_RATE_DEGREES_PER_SECOND)
        self._fastest = fastest_degrees_per_second
        self._slew: _Slew | None = None
        self._strange_looks = 0
        self._told = False
        self._quiet_until = float("-inf")

    def begin_slew(self, at: float, to_go_degrees: float, degrees_per_second: float = 0.0) -> None:
        """The mount accepted a goto, or a leg of one; `to_go_degrees` is the larger of the two axes' differences.

        `degrees_per_second`: how fast it was moving then, perhaps elsewhere: that has to run out first.
        """
        run_out = degrees_per_second * RUN_OUT_SECONDS
        self._slew = _Slew(at, to_go_degrees, to_go_degrees, at, at, to_go_degrees, RUNAWAY_DEGREES + run_out)

    def end_slew(self) -> None:
        """It has arrived, or it is given up; an arrival teaches how fast this mount is."""
        slew, self._slew = self._slew, None
        if slew is None or slew.start_degrees < TELLING_SLEW_DEGREES or slew.last_degrees > NEAR_DEGREES:
            return
        if slew.nearest_at > slew.begun:
            mean = (slew.start_degrees - slew.nearest_degrees) / (slew.nearest_at - slew.begun)
            self._usual = min(self._fastest, max(self._usual, mean))

    def halted(self, at: float) -> None:
        """A halt went out: no slew is under way, and what still runs out is not strange."""
        self._slew = None
        self._quiet_until = at + AFTER_HALT_SECONDS

    def watch(
        self,
        at: float,
        to_go_degrees: float | None,
        moving: bool,
        expected: bool,
        degrees_per_second: float | None = None,
        astray_degrees: float | None = None,
    ) -> Finding | None:
        """After each believed look.

        `to_go_degrees` None without a slew; `moving`: two looks differ by more than rest allows; `expected`: an order,
        a halt that is not confirmed yet, or parking explains it; `degrees_per_second`: how fast, for the sentence;
        `astray_degrees`: how far from every way there, where the ways are known. A mount that flips over the pole first
        goes away from its target: then only leaving every way is running away, and any motion on one is progress.
        """
        if self._slew is not None and to_go_degrees is not None:
            if astray_degrees is not None and moving:
                self._slew.nearest_at = at
            return self._watch_slew(self._slew, at, to_go_degrees, astray_degrees)
        return self._watch_rest(at, moving, expected, degrees_per_second)

    def _watch_slew(self, slew: _Slew, at: float, to_go_degrees: float, astray: float | None) -> Finding | None:
        slew.last_at, slew.last_degrees = at, to_go_degrees
        if to_go_degrees <= slew.nearest_degrees - PROGRESS_DEGREES or to_go_degrees <= NEAR_DEGREES:
            slew.nearest_at = at if to_go_degrees < slew.nearest_degrees else slew.nearest_at
            slew.nearest_degrees = min(slew.nearest_degrees, to_go_degrees)
        grown = to_go_degrees > self._runaway_beyond(slew) if astray is None else astray > slew.astray_allowed
        if grown:
            return self._found("runaway", slew, at)
        if to_go_degrees <= NEAR_DEGREES:
            return None
        late = at - slew.begun > slew.start_degrees / self._usual * PATIENCE_FACTOR + PATIENCE_SECONDS
        if at - slew.nearest_at >= PROGRESS_SECONDS or late:
            return self._found("no_progress", slew, at)
        return None

    @staticmethod
    def _runaway_beyond(slew: _Slew) -> float:
        """Past its start, or past a goal that it had all but reached."""
        reached = slew.nearest_degrees <= RUNAWAY_DEGREES
        return (slew.nearest_degrees if reached else slew.start_degrees) + slew.astray_allowed

    def _found(self, code: str, slew: _Slew, at: float) -> Finding:
        self._slew = None
        numbers = {"to_go_degrees": round(slew.last_degrees, 1), "after_seconds": round(at - slew.begun, 1)}
        return Finding(code, numbers)

    def _watch_rest(self, at: float, moving: bool, expected: bool, speed: float | None) -> Finding | None:
        if not moving:
            self._strange_looks, self._told = 0, False
            return None
        if expected or at < self._quiet_until:
            self._strange_looks = 0
            return None
        self._strange_looks += 1
        if self._strange_looks < EXTERNAL_LOOKS or self._told:
            return None
        self._told = True
        return Finding("external_motion", {"degrees_per_second": speed and round(speed, 2)}, halt=False)


WEIGHTS: Mapping[Sign, int] = {Sign.JUMPED: 2, Sign.CLOCK_UNSET: 2, Sign.SITE_UNSET: 2, Sign.RESTARTED: 2}
"""No motion and no person's hand explains these; of the others, which a hand box explains, it takes two."""


def reset_evidence(signs: Mapping[Sign, float], at: float, jump_degrees: float | None = None) -> Finding | None:
    """Whether what was seen without an order, each sign with its last moment, means that the mount has restarted."""
    fresh = {sign for sign, seen in signs.items() if 0 <= at - seen <= SIGNS_TOGETHER_SECONDS}
    if sum(WEIGHTS.get(sign, 1) for sign in fresh) < SIGNS_NEEDED:
        return None
    told: dict[str, Detail] = {sign.value: sign in fresh for sign in Sign}
    return Finding("mount_reset", told | {"jump_degrees": jump_degrees and round(jump_degrees, 1)})
