"""What a sync is, and what a star of the pointing model: the orders that change where the telescope is taken to point.

A sync is the mount's own, and begins anew: the star it is made on is the first of the model, those before are dropped.
Every further star is ours: the mount is told nothing, the model is fitted again. So a mount that has lost what it knew
needs one sync, after which no star of before can lie. Stars are kept through restarts of the program; through one of
the mount too, if somebody confirms that it still points where it says. On the mount thread.
"""

from __future__ import annotations

from typing import Any

from scope.clock import Clock
from scope.errors import LineError, NotAllowed, NotUnderstood, Overtaken
from scope.mounts.mount import Can
from scope.position import Equatorial
from scope.remembered import Remembered
from scope.settings import Settings
from scope.sky.pointing.doubt import Judged, judge
from scope.sky.pointing.fit import Sight
from scope.sky.pointing.model import Model, Stand
from scope.snapshot import Alarm, Motion
from scope.steering.aimed import Aimed
from scope.steering.crew import Crew
from scope.steering.kept_stars import MOST_STARS, KeptStar, report, stars_as_json, stars_from_json, telescope_of
from scope.target import Target

KEY = "pointing"
A_MODEL = 2
"""So many stars are worth a question before a sync drops them; one alone was no more than a sync itself."""
CLOCK_SECONDS = 4.0
"""A mount whose clock is put right by more points elsewhere by an arcminute: its stars hold no longer."""
NOTHING_ARCMINUTES = 1e-6
DOUBTFUL = "pointing_star_doubtful"
UPRIGHT_OR_NOT = Stand(False, 0.0)
"""For no stars at all."""


class Aligner:
    """One telescope's stars. `told` is what the desk answers; any thread may read it."""

    def __init__(self, mount: Aimed, crew: Crew, settings: Settings, clock: Clock, remembered: Remembered) -> None:
        self._mount, self._crew, self._clock, self._remembered = mount, crew, clock, remembered
        self._telescope = telescope_of(settings)
        self._stars = stars_from_json(remembered.get(KEY), self._telescope)
        self._judged = judge((), UPRIGHT_OR_NOT)
        self._is_in_force = not self._stars
        self.told: dict[str, Any] = report((), self._judged, None, None)
        mount.before_look = self._take_up

    @property
    def stars(self) -> int:
        return len(self._stars)

    # --- orders -------------------------------------------------------------------------------------------------

    def sync(self, target: Target, confirmed: bool, is_admin: bool = False) -> None:
        """Tell the mount that it points there, and begin the model anew with that."""
        if self.stars >= A_MODEL and not confirmed:
            raise NotAllowed("the sync would drop the stars", code="sync_drops_stars", stars=self.stars)
        try:
            self._crew.pilot.sync(target, confirmed, is_admin)
        except (LineError, Overtaken):  # it may have been heard or not: what is not certain is no model
            if self._stars:
                self._forget("sync_unsure")
            raise
        place = self._crew.course.aim
        assert place is not None
        dropped = self.stars
        self._stars.clear()
        if self._mount.stand is not None:
            standing = self._mount.standing(place)
            self._keep(target, Sight(standing, standing, self._mount.tipped(standing)))
        self._fit()
        if dropped >= A_MODEL:
            self._tell("cleared", "synced")

    def add(self, target: Target, confirmed: bool, is_admin: bool = False) -> None:
        """The telescope is centred on it now; the first star is a sync, where the mount can be synced."""
        self._refuse_unless_it_follows()
        if not self._stars and Can.SYNC in self._mount.can:
            self.sync(target, confirmed, is_admin)
            return
        place = self._crew.pilot.sighted(target, confirmed, is_admin)
        self._keep(target, self._sight(place))
        self._fit()
        self._tell("fitted")
        self._crew.pilot.be_at(target, place)

    def drop(self, designation: str | None) -> None:
        """All that was added under this name."""
        left = [star for star in self._stars if star.designation != designation]
        if len(left) == self.stars:
            raise NotUnderstood(f"no star is called {designation!r}", code="pointing_star_unknown", typed=designation)
        self._refuse_while_moving()
        self._stars[:] = left
        self._fit()
        self._tell("fitted")
        self._crew.lookout.begin_elsewhere()

    def clear(self) -> None:
        self._refuse_while_moving()
        self._forget("ordered")

    def set_clock(self) -> None:
        """Give the mount our time; stars that were seen by another clock are dropped."""
        seconds = self._crew.trust.difference_seconds() or 0.0
        self._crew.pilot.set_clock()
        if self._stars and abs(seconds) > CLOCK_SECONDS:
            self._forget("clock_set")

    def _forget(self, because: str) -> None:
        self._stars.clear()
        self._fit()
        self._tell("cleared", because)
        self._crew.lookout.begin_elsewhere()

    # --- what has to be so ----------------------------------------------------------------------------------------

    def _refuse_unless_it_follows(self) -> None:
        if self._mount.stand is None:
            raise NotAllowed("nobody knows how the axes stand", code="pointing_axes_unknown")
        self._refuse_while_moving()
        if self._crew.lookout.motion is Motion.STOPPED:
            raise NotAllowed("the mount does not follow the sky", code="pointing_not_tracking")
        if self._stars and self._crew.course.reset:
            raise NotAllowed("the mount has restarted; its alignment is not confirmed", code="mount_reset")

    def _refuse_while_moving(self) -> None:
        if self._crew.lookout.moving or self._crew.course.expects_motion:
            raise NotAllowed("the telescope is moving", code="pointing_moving")

    def _sight(self, place: Equatorial) -> Sight:
        """What the mount says of itself now, against where the star stands."""
        reported = self._mount.standing(self._mount.reported().position)
        return Sight(reported, self._mount.standing(place), self._mount.tipped(reported))

    # --- the model ------------------------------------------------------------------------------------------------

    def _keep(self, target: Target, sight: Sight) -> None:
        self._stars.append(KeptStar(target.designation, self._clock.utc(), sight))
        del self._stars[:-MOST_STARS]

    def _fit(self) -> None:
        self._remembered.put(KEY, stars_as_json(self._stars, self._telescope))
        self._put_in_force()

    def _tell(self, result: str, because: str | None = None) -> None:
        """For the log: what has become of the model."""
        doubtful = [self._stars[number].designation for number in sorted(self._judged.doubtful)]
        rms = self.told["rms_arcminutes"]
        said = {"stars": self.stars, "rms_arcminutes": rms, "doubtful": ", ".join(doubtful) or None, "reason": because}
        self._crew.lookout.tell("pointing", result, {name: value for name, value in said.items() if value is not None})

    def _take_up(self) -> None:
        """Stars of an earlier run hold as soon as sky and mount are there."""
        if self._is_in_force or self._mount.stand is None or not self._crew.guard.sky_is_there:
            return
        self._put_in_force()
        self._crew.lookout.begin_elsewhere()

    def _put_in_force(self) -> None:
        stand = self._mount.stand
        self._judged = judge([star.sight for star in self._stars], stand or UPRIGHT_OR_NOT)
        self._mount.model = self._model(stand)
        self.told = report(self._stars, self._judged, self._mount.axes, stand)
        self._is_in_force = stand is not None or not self._stars
        self._crew.alarms.keep_only(frozenset({DOUBTFUL}), self._doubts(self._judged))

    def _model(self, stand: Stand | None) -> Model | None:
        """None where it would change nothing, as after a sync alone."""
        terms = self._judged.fit.terms
        changes = any(abs(term) > NOTHING_ARCMINUTES for term in terms.values)
        return Model(stand, terms) if stand is not None and changes else None

    def _doubts(self, judged: Judged) -> list[Alarm]:
        """The worst of the stars that do not belong."""
        worst = max(judged.doubtful, key=lambda number: judged.off_arcminutes[number], default=None)
        if worst is None:
            return []
        off = round(judged.off_arcminutes[worst], 1)
        return [Alarm(DOUBTFUL, {"designation": self._stars[worst].designation, "residual_arcminutes": off})]
