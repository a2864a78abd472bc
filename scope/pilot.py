"""What an order does to the mount, and what is then seen of it: targets, limits, arrival, parking, trust.

Blocking code in straight lines on the mount thread; no thread, no port, no queue of its own. The controller decides
when to call and does the halting; `look` only says why a halt is due.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime

from scope import limits
from scope.bearing import Bearing, Look
from scope.clock import Clock
from scope.errors import Detail, NotAllowed
from scope.limits import SunNow
from scope.mounts.mount import Can, Identity, Mount
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Equatorial, Site, separation_degrees
from scope.settings import LimitSettings
from scope.sky.frames import Sky
from scope.snapshot import Alarm, Motion, Pointing
from scope.target import Kind, Target
from scope.trust import Trust

TRACKING_EVERY_SECONDS = 1.0
ARRIVED_DEGREES = 0.1
"""Well inside any eyepiece's field, well outside what rounding and flexure do to an aligned mount."""
LEFT_DEGREES = 2.0
MISSED_SECONDS = 5.0
"""A mount that stands still elsewhere for this long after a goto will not go on."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something the log should know: what, with which result and numbers, where, and what for."""

    action: str
    result: str = "accepted"
    details: Mapping[str, Detail] = field(default_factory=dict)
    pointing: Pointing | None = None
    motion: Motion = Motion.UNKNOWN
    target: Target | None = None


@dataclass(slots=True)
class Slew:
    """A goto the mount accepted: where it should end, of date, and since when the mount has stood still elsewhere.

    What was seen before `begun` says nothing about it: some mounts rest for a moment before they start.
    """

    place: Equatorial
    begun: float
    still_since: float | None = None


class Pilot:
    """One mount and what is known of it since it was met."""

    def __init__(
        self,
        mount: Mount,
        sky: Future[Sky],
        site: Site,
        settings: LimitSettings,
        clock: Clock,
        tell: Callable[[Happening], None],
    ) -> None:
        self.mount, self._limits, self._clock = mount, settings, clock
        self.trust = Trust(mount, site, clock)
        self._sky_to_come, self._tell_to = sky, tell
        self.bearing = Bearing()
        self.identity = Identity(None, None)
        self.target: Target | None = None
        self.arrived = self.parking = self.parked = self.by_hand = False
        self._halted_from: Motion | None = Motion.UNKNOWN
        self.slew: Slew | None = None
        self._aim: Equatorial | None = None
        self.tracking: TrackingRate | None = None
        self._tracking_read_at = float("-inf")

    # --- coming and going ---------------------------------------------------------------------------------------

    def meet(self, occasion: str = "connected") -> None:
        """Who is there, and what it believes about time and place."""
        self.identity = self.mount.greet()
        self.trust.compare()
        self._tracking_read_at = float("-inf")
        self.tell(occasion, details={"product": self.identity.product, "firmware": self.identity.firmware})

    def lose(self) -> None:
        """Nothing that was seen is true any more; that the mount was parked still is."""
        self.bearing.forget()
        self.target = self.slew = self.tracking = None
        self.arrived = self.parking = self.by_hand = False
        self._halted_from = Motion.UNKNOWN

    def halted(self) -> None:
        """A halt went out: what was ordered is not under way any more, but rest is only what is seen at rest."""
        if self._halted_from is None:
            self._halted_from = self.motion
        self.slew, self.parking, self.by_hand = None, False, False
        if not self.arrived:
            self.target = None

    def rested(self) -> None:
        """The axes have been seen at rest after a halt."""
        self._halted_from = None

    # --- orders ---------------------------------------------------------------------------------------------------

    def goto(self, target: Target) -> None:
        """NotAllowed by the limits, MountRefused by the mount; nothing has moved then."""
        self._look_back()
        place, utc = self._place(target), self._clock.utc()
        limits.check_altitude(self._sky.horizontal(place, utc).altitude_degrees, self._limits)
        sun = SunNow(separation_degrees(place, self._sky.sun(utc)), self._sky.sun_altitude(utc))
        limits.check_sun(sun, self._limits)
        self.mount.goto(place)
        self.slew = Slew(place, self._clock.monotonic())
        self.target, self.arrived, self._aim = target, False, place

    def sync(self, target: Target, confirmed: bool) -> None:
        look, place = self._look_back(), self._place(target)
        limits.check_sync(separation_degrees(place, look.place), confirmed)
        self.mount.sync(place)
        self.target, self.arrived, self.slew, self._aim = target, True, None, place
        self.bearing.forget()

    def _place(self, target: Target) -> Equatorial:
        if target.kind is Kind.SUN:
            raise NotAllowed("the Sun needs a filter that an admin has declared", code="sun_not_allowed")
        return self._sky.place(target, self._clock.utc())

    def track(self, rate: TrackingRate) -> None:
        self._refuse_when_parked()
        self.mount.track(rate)
        self._tracking_read_at = float("-inf")

    def nudge(self, direction: Direction, rate: NudgeRate) -> None:
        self._refuse_when_parked()
        self.slew, self.by_hand = None, True
        self.mount.nudge(direction, rate)

    def park(self) -> None:
        self._refuse_when_parked()
        self.mount.park()
        self.slew = self.target = None
        self.parking, self.arrived = True, False
        self.bearing.forget()

    def unpark(self) -> None:
        if not self.parked:
            raise NotAllowed("the mount is not parked", code="not_parked")
        self.mount.unpark()
        self.parked = self.parking = False
        self.bearing.forget()
        self.meet("unparked")

    def set_clock(self) -> None:
        """Give the mount our time and site; what it showed before was read with the old ones."""
        self.trust.teach()
        self.bearing.forget()

    # --- looking --------------------------------------------------------------------------------------------------

    def look(self) -> Alarm | None:
        """One reading; the alarm says why the motion must be halted now."""
        reading = self.mount.read()
        at, utc = self._clock.monotonic(), self._clock.utc()
        self.bearing.add(self._seen(at, utc, reading.position, reading.slewing))
        if not reading.slewing and at - self._tracking_read_at >= TRACKING_EVERY_SECONDS:
            self.tracking, self._tracking_read_at = self.mount.tracking(), at
            self.trust.compare_if_unknown()
        self._notice_arrival(at)
        self._notice_departure()
        return self._reason_to_halt()

    def silent_because_parked(self) -> bool:
        """Whether silence is how this mount says that it is parked: it wakes only when switched off and on."""
        if not (self.parking or self.parked) or Can.UNPARK in self.mount.can:
            return False
        if self.parking:
            self._be_parked()
        self.bearing.forget()
        return True

    @property
    def motion(self) -> Motion:
        """What the last looks show; what was ordered decides only between names for the same motion."""
        if self.parked:
            return Motion.PARKED
        look = self.bearing.last
        if look is None:
            return Motion.UNKNOWN
        if self._halted_from is not None:
            return self._halted_from
        if self.by_hand:
            return Motion.MANUAL
        if look.slewing or self.slew is not None or self.parking:
            return Motion.SLEWING
        if self.tracking is None:
            return Motion.UNKNOWN
        return Motion.STOPPED if self.tracking is TrackingRate.OFF else Motion.TRACKING

    @property
    def moving(self) -> bool:
        return self.motion in (Motion.SLEWING, Motion.MANUAL)

    def tell(self, action: str, result: str = "accepted", details: Mapping[str, Detail] | None = None) -> None:
        look = self.bearing.last
        pointing = look.pointing if look else None
        self._tell_to(Happening(action, result, details or {}, pointing, self.motion, self.target))

    def _seen(self, at: float, utc: datetime, place: Equatorial, slewing: bool | None) -> Look:
        if not self._sky_is_there:
            return Look(at, utc, place, slewing)
        stands, ours = self._sky.horizontal(place, utc), self._sky.j2000(place, utc)
        pointing = Pointing(ours.ra_hours, ours.dec_degrees, stands.altitude_degrees, stands.azimuth_degrees)
        return Look(at, utc, place, slewing, pointing)

    def _notice_arrival(self, at: float) -> None:
        look, slew = self.bearing.last, self.slew
        if self.parking and self.bearing.at_rest():
            self._be_parked()
        elif slew is not None and look is not None:
            if self.bearing.at_rest(since=slew.begun):
                self._end_slew(slew, separation_degrees(slew.place, look.place), at)
            else:
                slew.still_since = None

    def _notice_departure(self) -> None:
        """A target that is out of any eyepiece's field is not what the telescope shows any more."""
        look = self.bearing.last
        if look and self._aim and self.arrived and separation_degrees(self._aim, look.place) > LEFT_DEGREES:
            self.target, self.arrived, self._aim = None, False, None

    def _be_parked(self) -> None:
        self.parked, self.parking = True, False
        self.tell("parked")

    def _end_slew(self, slew: Slew, off_degrees: float, at: float) -> None:
        if off_degrees <= ARRIVED_DEGREES:
            self.slew, self.arrived = None, True
            self.tell("arrived", details={"error_arcseconds": round(off_degrees * 3600, 1)})
        elif slew.still_since is None:
            slew.still_since = at
        elif at - slew.still_since > MISSED_SECONDS:
            self.slew = None
            self.tell("missed", details={"error_degrees": round(off_degrees, 2)})
            self.target = None

    def _reason_to_halt(self) -> Alarm | None:
        last, before = self.bearing.last, self.bearing.before
        if not self.moving or self.parking or last is None or last.pointing is None:
            return None
        earlier = before.pointing.altitude_degrees if before and before.pointing else None
        if not limits.must_stop(earlier, last.pointing.altitude_degrees, self._limits):
            return None
        numbers = {
            "altitude_degrees": round(last.pointing.altitude_degrees, 1),
            "limit_degrees": self._limits.lowest_altitude_degrees,
        }
        return Alarm("halted_at_limit", numbers)

    # --- what has to be known before anything moves ---------------------------------------------------------------

    @property
    def _sky_is_there(self) -> bool:
        """Not at the very start, and never if computing it failed: then nothing slews, and a stop still works."""
        return self._sky_to_come.done() and self._sky_to_come.exception() is None

    @property
    def _sky(self) -> Sky:
        if not self._sky_is_there:
            raise NotAllowed("the sky is not computed", code="position_unknown")
        return self._sky_to_come.result()

    def _refuse_when_parked(self) -> None:
        if self.parked or self.parking:
            raise NotAllowed("the mount is parked", code="parked")

    def _look_back(self) -> Look:
        """The last look; NotAllowed when parked, when nothing was seen, or when the mount believes in another sky."""
        self._refuse_when_parked()
        if self.bearing.last is None:
            raise NotAllowed("the mount's position is not known yet", code="position_unknown")
        self.trust.check()
        return self.bearing.last
