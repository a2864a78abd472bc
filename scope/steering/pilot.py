"""What an order does to the mount: asks the guard, tells the mount, notes what is under way.

Blocking code in straight lines on the mount thread; no thread, no port, no queue of its own. The controller decides
when to call and does the halting; what becomes of an order is seen by the lookout.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scope.clock import Clock
from scope.errors import NotAllowed, ScopeError
from scope.limits.sync import check_sync
from scope.mounts.mount import Can, Identity, Mount
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Equatorial, separation_degrees
from scope.remembered import Remembered
from scope.steering.readiness import Readiness
from scope.target import Kind, Target
from scope.watch.alarms import Alarms
from scope.watch.arrival import PARK
from scope.watch.bearing import Look
from scope.watch.course import Course, Slew
from scope.watch.foresight import Foresight
from scope.watch.guard import Guard, Way
from scope.watch.lookout import Lookout
from scope.watch.trust import Trust
from scope.watch.watchdog import Finding

MOST_LEGS = 8
"""A way that has not ended after so many legs is not the one that was planned."""


class Pilot:
    """One mount and the orders it is given."""

    def __init__(
        self,
        mount: Mount,
        guard: Guard,
        trust: Trust,
        course: Course,
        lookout: Lookout,
        foresight: Foresight,
        alarms: Alarms,
        clock: Clock,
        remembered: Remembered,
    ) -> None:
        self.mount, self.guard, self.trust, self.course, self.lookout = mount, guard, trust, course, lookout
        self._foresight, self._alarms, self._clock, self._remembered = foresight, alarms, clock, remembered
        self._ready = Readiness(guard, trust, course, lookout, foresight, alarms, clock)
        self.identity = Identity(None, None)

    # --- coming and going ---------------------------------------------------------------------------------------

    def meet(self, occasion: str = "connected") -> None:
        """Who is there, and what it believes about time and place."""
        before, self.identity = self.identity, self.mount.greet()
        self.guard.told_axes = self.identity.axes or self.guard.told_axes
        self.course.home_assumed = self.identity.assumes_home
        self.lookout.begin()
        self.lookout.suspect(*self.trust.compare())
        self.lookout.tell(occasion, details={"product": self.identity.product, "firmware": self.identity.firmware})
        if before.product is not None and before.product != self.identity.product:
            self.lookout.suspect_reset(Finding("mount_reset", {"product": self.identity.product}))

    def lose(self) -> None:
        """Nothing that was seen is true any more."""
        self.lookout.end_solar("disconnected")
        self.lookout.lose()
        self.course.lose()

    def halted(self, goes_on: bool) -> None:
        """A halt went out; `goes_on` when it was a hand that let go."""
        self.mount.halted(goes_on)
        if self.mount.halt_ends_tracking:
            self.lookout.ask_tracking_again()
        self.course.halt(self.lookout.motion)
        self.lookout.watchdog.halted(self._clock.monotonic())

    def give_up(self, reason: ScopeError) -> None:
        """A goto that goes round cannot go on."""
        self.course.slew = None
        self.lookout.tell("missed", reason.code, reason.details)
        self.course.target = None

    # --- orders -------------------------------------------------------------------------------------------------

    def goto(self, target: Target) -> None:
        """NotAllowed by the limits, MountRefused by the mount; nothing has moved then."""
        self._ready.refuse_after_alarm()
        look, utc = self._ready.look_back(), self._clock.utc()
        place = self._place(target)
        way = self._way(look, place, utc)
        self._follow_again()
        self._set_out(way, place, legs=1)
        self.course.target, self.course.arrived, self.course.aim = target, False, place

    def go_on(self) -> None:
        """The next leg of a goto that goes round: planned anew from where the last one has ended."""
        slew, utc = self.course.slew, self._clock.utc()
        if slew is None or not slew.leg_due:
            return
        slew.leg_due = False
        if slew.legs >= MOST_LEGS:
            raise NotAllowed("the way there does not end", code="path_near_sun")
        look = self._ready.look_back()
        way = self._way(look, slew.place, utc)
        self._set_out(replace(way, reason=slew.detour), slew.place, slew.legs + 1)

    def _way(self, look: Look, place: Equatorial, utc: datetime) -> Way:
        return self.guard.way(look.place, place, utc, self.lookout.cable.travel_degrees, self.lookout.pier.looks_east)

    def end_tracking(self) -> None:
        """Follow the sky no further; the next goto will follow it again."""
        rate = self.course.tracking
        self.track(TrackingRate.OFF)
        self.course.tracking_before = rate

    def _follow_again(self) -> None:
        """What we ended at a limit was nobody's wish."""
        rate, self.course.tracking_before = self.course.tracking_before, None
        if rate is not None:
            self.mount.track(rate)
            self.lookout.ask_tracking_again()

    def _set_out(self, way: Way, place: Equatorial, legs: int) -> None:
        leg = way.legs[0]
        look = self.lookout.bearing.last
        self.mount.goto(leg)
        now, utc = self._clock.monotonic(), self._clock.utc()
        self.course.slew = slew = Slew(place, leg, now, legs, way.reason)
        if look is not None:
            slew.ways = self.guard.ways(look.place, leg, utc)
            to_go, speed = self.guard.to_go(look.place, leg, utc), self.lookout.bearing.degrees_per_second
            self.lookout.watchdog.begin_slew(now, to_go, speed or 0.0)

    def sync(self, target: Target, confirmed: bool, is_admin: bool = False) -> None:
        place = self.sighted(target, confirmed, is_admin)
        self.mount.sync(place)
        self.be_at(target, place)
        self._aligned()

    def sighted(self, target: Target, confirmed: bool, is_admin: bool) -> Equatorial:
        """Where the target stands that is in the middle of the field; NotAllowed where that cannot be so."""
        look, place, utc = self._ready.look_back(), self._place(target), self._clock.utc()
        jump = separation_degrees(place, look.place)
        check_sync(jump, confirmed, by_day=self.guard.is_day(utc), is_admin=is_admin)
        return place

    def be_at(self, target: Target, place: Equatorial) -> None:
        """The telescope points there, whatever was shown before: no axis has turned."""
        course = self.course
        course.target, course.arrived, course.slew, course.aim = target, True, None, place
        self.lookout.begin_elsewhere()

    def confirm_alignment(self) -> None:
        """A person has looked: the mount that has restarted still points where it says."""
        self._aligned()
        self.lookout.tell("alignment-confirmed")

    def _aligned(self) -> None:
        self.course.reset = self.course.home_assumed = False
        self._alarms.settle("mount_reset")

    def _place(self, target: Target) -> Equatorial:
        if target.kind is Kind.SUN and not self.guard.solar.is_on:
            raise NotAllowed("the Sun needs a filter that an admin has declared", code="sun_not_allowed")
        return self.guard.sky.place(target, self._clock.utc())

    def track(self, rate: TrackingRate) -> None:
        self._ready.refuse_when_parked()
        self.course.tracking_before = None
        self.mount.track(rate)
        self.lookout.ask_tracking_again()

    def check_nudge(self, direction: Direction, rate: NudgeRate) -> None:
        """By hand: refused before the first byte where it leads into danger; what leads out of it is not."""
        look, utc = self._ready.look_back(trusting=False), self._clock.utc()
        self._ready.refuse_in_doubtful_daylight(utc)
        self._ready.refuse_blind_by_day()
        self.guard.check_hand(look, direction, rate, utc)

    def nudge(self, direction: Direction, rate: NudgeRate, left_alone: Direction | None = None) -> None:
        """One direction at a time: the one that a second finger has left alone rests first."""
        self.course.slew, self.course.by_hand = None, rate
        if left_alone is not None:
            self.mount.rest(left_alone)
        self.mount.nudge(direction, rate)

    def park(self) -> None:
        self._ready.refuse_when_parked()
        self._check_way_to_park()
        self.mount.park()
        self.course.slew = self.course.target = None
        self.course.parking, self.course.arrived = True, False
        self.course.lid_on = self._foresight.covered
        self.lookout.begin()

    def _check_way_to_park(self) -> None:
        """By day the way has to be known; where it is not, a lid on the tube makes any way safe."""
        if self._ready.is_harmless():
            return
        self._ready.refuse_blind_by_day()
        kept = self._remembered.numbers(PARK, "altitude", "azimuth")
        if kept is None:
            raise NotAllowed("it is not known where this mount parks", code="park_path_unknown")
        altitude, azimuth = kept
        self.guard.check_park(self._ready.look_back().place, altitude, azimuth, self._clock.utc())

    def home(self) -> None:
        """Where that is only the mount knows: by day it needs a lid, as a way to an unknown park does."""
        self._ready.refuse_when_parked()
        self._ready.refuse_after_alarm()
        if not self._ready.is_harmless():
            raise NotAllowed("it is not known where this mount has its home", code="home_path_unknown")
        self.mount.home()
        self.course.slew = self.course.target = None
        self.course.homing, self.course.arrived = True, False
        self.course.lid_on = self._foresight.covered
        self.lookout.begin()

    def end_solar_when_over(self) -> None:
        """After four hours, or when the Sun is down; where it cannot be computed it may not be looked at either."""
        state = self.guard.sun_state(None, self._clock.utc())
        height = None if state is None else state.altitude_degrees
        reason = self.guard.solar.reason_to_end(height, self._clock.monotonic())
        if reason is not None:
            self.lookout.end_solar(reason)

    def put_away(self) -> None:
        """The night is over: parked where the way is safe, at rest in any case; NotAllowed where it is not."""
        try:
            self._need_park()
            self.park()
        except NotAllowed:
            if not self.course.parked and Can.TRACK in self.mount.can:
                self.end_tracking()
            raise

    def _need_park(self) -> None:
        if Can.PARK not in self.mount.can:
            raise NotAllowed("this mount cannot park", code="park_path_unknown")

    def unpark(self) -> None:
        if not self.course.parked:
            raise NotAllowed("the mount is not parked", code="not_parked")
        self.mount.unpark()
        self.course.parked = self.course.parking = False
        self.lookout.begin()
        self.meet("unparked")
        self._aligned()

    def set_clock(self) -> None:
        """Give the mount our time and site; what it showed before was read with the old ones."""
        self.trust.teach()
        self.lookout.begin_elsewhere()
