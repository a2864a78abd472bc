"""What was ordered of the mount and is believed to be under way.

The pilot sets it, the lookout sees what becomes of it. Only the mount thread touches it. Nothing here is a claim about
where the telescope is: that is in the looks.
"""

from __future__ import annotations

from dataclasses import dataclass

from scope.limits.sweep import Sweep
from scope.orders import NudgeRate, TrackingRate
from scope.position import Equatorial
from scope.snapshot import Motion
from scope.target import Target


@dataclass(slots=True)
class Slew:
    """A goto the mount accepted: where it should end and where this leg of it does, of date.

    What was seen before `begun` says nothing about it: some mounts rest for a moment before they start. `detour` is why
    it goes round, None when it goes straight; `ways` are all that this leg may take, none where they are not known;
    `leg_due` when a leg has ended and the next is to be ordered.
    """

    place: Equatorial
    leg: Equatorial
    begun: float
    legs: int = 1
    detour: str | None = None
    ways: tuple[Sweep, ...] = ()
    leg_due: bool = False

    @property
    def is_last_leg(self) -> bool:
        return self.leg == self.place


@dataclass(slots=True)
class Course:
    """`aim` is the place of the last arrival, while it is still pointed at; `halted_from` what a halt broke off.

    `tracking_before` is the rate that we have ended at a limit; `reset` is set when the mount has restarted and nobody
    has confirmed its alignment yet; `home_assumed` when it was just switched on and only says to stand at home.
    `lid_on`: a parking under way was allowed because a lid is on the tube, so that the Sun is none of its concern.
    """

    target: Target | None = None
    slew: Slew | None = None
    arrived: bool = False
    parking: bool = False
    parked: bool = False
    homing: bool = False
    lid_on: bool = False
    by_hand: NudgeRate | None = None
    aim: Equatorial | None = None
    tracking: TrackingRate | None = None
    halted_from: Motion | None = Motion.UNKNOWN
    tracking_before: TrackingRate | None = None
    reset: bool = False
    home_assumed: bool = False

    def lose(self) -> None:
        """The line is gone: nothing that was under way is known any more; that the mount was parked still is."""
        self.target = self.slew = self.tracking = self.aim = None
        self.arrived, self.parking, self.homing, self.by_hand = False, False, False, None
        self.halted_from = Motion.UNKNOWN

    def halt(self, from_motion: Motion) -> None:
        """A halt went out: what was ordered is not under way any more, but rest is only what is seen at rest."""
        if self.halted_from is None:
            self.halted_from = from_motion
        self.slew, self.parking, self.homing, self.by_hand = None, False, False, None
        if not self.arrived:
            self.target = None

    @property
    def puts_itself_away(self) -> bool:
        """On a way of its own to where it rests: to park, or home."""
        return self.parking or self.homing

    @property
    def expects_motion(self) -> bool:
        """Whether we have ordered something that moves it, or a halt that nobody has seen obeyed yet."""
        sent_away = self.slew is not None or self.puts_itself_away
        return sent_away or self.by_hand is not None or self.halted_from is not None
