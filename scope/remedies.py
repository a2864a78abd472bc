"""What a refusal by a limit cannot know itself: which target it was about, and when it will be possible."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import datetime

from scope.clock import Clock
from scope.errors import NotAllowed, ScopeError
from scope.limits import sun as sun_limits
from scope.limits import where
from scope.limits.sun import DAYLIGHT_SUN_DEGREES
from scope.sky.frames import Sky
from scope.sky.rising import first_moment
from scope.target import Kind, Target
from scope.watch.guard import Guard

SUN = Target("Sun", Kind.SUN, None)
OF_THE_TARGET = frozenset(
    {"below_altitude_limit", "below_horizon_mask", "above_zenith_limit", "outside_dec_limits", "too_near_sun"}
)
OF_THE_WAY = frozenset({"path_near_sun", "path_below_horizon", "nudge_into_sun", "park_path_unsafe"})


class Remedies:
    """Asks the sky of the coming day; on the thread of whoever gave the order, never on the mount's."""

    def __init__(self, sky: Future[Sky], guard: Guard, clock: Clock) -> None:
        self._sky, self._guard, self._clock = sky, guard, clock

    @staticmethod
    def are_for(refusal: ScopeError) -> bool:
        """Whether waiting may help; to whoever was refused for another reason the target does not matter."""
        return refusal.code in OF_THE_TARGET | OF_THE_WAY

    def complete(self, refusal: ScopeError, target: Target) -> None:
        """Add the target's names and `possible_at`, UTC, None where it is not within 24 h; for what they `are_for`."""
        moment = self._possible(refusal.code, target, self._clock.utc())
        when = moment.isoformat(timespec="seconds") if moment else None
        named = {f"target_{language}": name for language, name in target.names.items()}
        refusal.details = {**refusal.details, "target": target.designation, **named, "possible_at": when}

    def _possible(self, code: str, target: Target, utc: datetime) -> datetime | None:
        """Of the target, when all its limits allow it; of the way, when there is no Sun to go round."""
        if code in OF_THE_TARGET:
            return first_moment(lambda at: self._is_allowed(target, at), utc)
        if code == "path_below_horizon":
            return None
        return self._sky.result().next_below(SUN, DAYLIGHT_SUN_DEGREES, utc)

    def _is_allowed(self, target: Target, at: datetime) -> bool:
        try:
            stands = self._guard.standing(self._sky.result().place(target, at), at)
            where.check_target(stands, self._guard.bounds)
            sun_limits.check_target(stands, self._guard.sun_to_avoid(at), self._guard.limits)
        except NotAllowed:
            return False
        return True
