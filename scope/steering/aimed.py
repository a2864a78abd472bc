"""A mount as it would be without its errors: what it reports is turned into where it points, and back for a goto.

It stands between any family and everybody else, so that guards, limits and log see where the tube really is. Without a
model it changes nothing. It fits no model and keeps no star: that is the aligner's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scope.command import Command
from scope.errors import GarbledAnswer
from scope.limits.axes import looks_east
from scope.mounts.mount import Can, ClockAndSite, Identity, Mount, Observatory, Reading
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, PierSide, Standing, separation_degrees, wrapped
from scope.settings import LimitSettings
from scope.sky.pointing.model import Model, Stand

READ_AT_MOST = 4
AGREE_DEGREES = 1 / 60
"""Two readings of a mount that follows the sky: its roundings, and no damaged digit that would matter."""


class Aimed(Mount):
    """`mount` is the one on the line; `model` None leaves it as it is. `before_look` is called before each look."""

    def __init__(self, mount: Mount, observatory: Observatory, limits: LimitSettings) -> None:
        self.mount, self._observatory, self._limits = mount, observatory, limits
        self.model: Model | None = None
        self.before_look: Callable[[], None] = lambda: None
        self._told_axes: str | None = None
        self._looks_east: bool | None = None
        self._side: PierSide | None = None
        self._restarted = False

    @property
    def halt(self) -> Command[None]:  # type: ignore[override]  # of the family, which is known for each one only here
        return self.mount.halt

    @property
    def halt_ends_tracking(self) -> bool:  # type: ignore[override]  # as above
        return self.mount.halt_ends_tracking

    @property
    def can(self) -> Can:  # type: ignore[override]  # never set, only asked
        return self.mount.can

    # --- how it stands ------------------------------------------------------------------------------------------

    @property
    def axes(self) -> str | None:
        """altaz, fork, german, or polar where it tells no more; None while nobody knows."""
        return self._observatory.axes or self._told_axes

    @property
    def stand(self) -> Stand | None:
        if self.axes is None:
            return None
        return Stand(self.axes == "altaz", self._observatory.latitude_degrees)

    def standing(self, place: Equatorial) -> Standing:
        """Over the ground, now; NotAllowed while the sky is not computed."""
        hour_angle = (self._observatory.sidereal_hours() - place.ra_hours) * 15.0
        return Standing(wrapped(hour_angle), place.dec_degrees)

    def _place(self, standing: Standing) -> Equatorial:
        hours = self._observatory.sidereal_hours() - standing.hour_angle_degrees / 15.0
        return Equatorial(hours % 24.0 % 24.0, standing.dec_degrees, Epoch.OF_DATE)

    def tipped(self, reported: Standing) -> bool:
        """Whether the tube is beyond the pole, which only a German mount's is: as it last said, else as it must be.

        Within the overrun both sides are possible, and it is taken to be on the one it was on.
        """
        if self._side is not None and self.axes in ("german", "polar"):
            self._looks_east = self._side is PierSide.WEST
        elif self.axes == "german":
            latitude = self._observatory.latitude_degrees
            known = looks_east(self._looks_east, reported, latitude, self._limits)
            self._looks_east = _goes_east(reported) if known is None else known
        else:
            self._looks_east = None
        return bool(self._looks_east)

    # --- where it points ----------------------------------------------------------------------------------------

    def read(self) -> Reading:
        reading = self._with_news(self.mount.read())
        if self.model is None:
            return reading
        reported = self.standing(reading.position)
        true = self.model.true(reported, self.tipped(reported))
        return replace(reading, position=self._place(true))

    def reported(self) -> Reading:
        """What the mount itself says, twice the same; GarbledAnswer on a line so bad that no two agree."""
        before: Reading | None = None
        for _ in range(READ_AT_MOST):
            try:
                now = self.mount.read()
            except GarbledAnswer:
                continue
            self._side, self._restarted = now.pier_side, self._restarted or now.restarted
            if before is not None and separation_degrees(before.position, now.position) <= AGREE_DEGREES:
                return now
            before = now
        raise GarbledAnswer("readings of the position contradict each other", code="position_doubtful")

    def _with_news(self, reading: Reading) -> Reading:
        """That it has restarted is told once; where that was when nobody looked, it is told at the next look."""
        self._side = reading.pier_side
        restarted, self._restarted = self._restarted or reading.restarted, False
        return replace(reading, restarted=True) if restarted else reading

    def goto(self, place: Equatorial) -> None:
        self.mount.goto(place if self.model is None else self._place(self._to_tell(self.model, self.standing(place))))

    def _to_tell(self, model: Model, true: Standing) -> Standing:
        """What brings the tube there on the side of the pier that the mount will choose for what it is told."""
        if self.axes != "german" and self._looks_east is None:
            return model.reported(true, tipped=False)
        told = {side: model.reported(true, side) for side in (False, True)}
        fitting = [side for side, standing in told.items() if _goes_east(standing) is side]
        if len(fitting) != 1:  # at the meridian: it stays where it is
            return told[_goes_east(true) if self._looks_east is None else self._looks_east]
        return told[fitting[0]]

    def sync(self, place: Equatorial) -> None:
        """The mount's own: what it reports from now on is this, so that a model of before holds no longer."""
        self.mount.sync(place)

    # --- what is no matter of pointing ----------------------------------------------------------------------------

    def greet(self) -> Identity:
        identity = self.mount.greet()
        self._told_axes = identity.axes or self._told_axes
        return identity

    def attend(self) -> None:
        self.before_look()
        self.mount.attend()

    def halted(self, goes_on: bool) -> None:
        self.mount.halted(goes_on)

    def tracking(self) -> TrackingRate | None:
        return self.mount.tracking()

    def track(self, rate: TrackingRate) -> None:
        self.mount.track(rate)

    def nudge(self, direction: Direction, rate: NudgeRate) -> None:
        self.mount.nudge(direction, rate)

    def rest(self, direction: Direction) -> None:
        self.mount.rest(direction)

    def park(self) -> None:
        self.mount.park()

    def unpark(self) -> None:
        self.mount.unpark()

    def home(self) -> None:
        self.mount.home()

    def clock_and_site(self) -> ClockAndSite:
        return self.mount.clock_and_site()

    def set_clock_and_site(self, given: ClockAndSite, offset_hours: float) -> None:
        self.mount.set_clock_and_site(given, offset_hours)


def _goes_east(reported: Standing) -> bool:
    """Which side a German mount takes for it: the tube looks east of the meridian from the west side of its pier."""
    return reported.hour_angle_degrees < 0.0
