"""The mount as a firmware drives it that knows the sky: tracking, gotos, direction keys, on top of the instrument.

Truth (instrument.py) stays apart from belief (belief.py), as in a real one: with a wrong clock it reports a wrong right
ascension and tracks all the same. It must never know bytes. Call `advance(t)` before asking or telling it anything.
"""

from hardware_sim.axes import DEGREES_PER_STEP, Axis
from hardware_sim.belief import Belief, Celestial, Target
from hardware_sim.geometry import AxisPair, Geometry, HourAngleDec, Travel, wrapped
from hardware_sim.instrument import QUARTER_TURN, TICK_SECONDS, Instrument
from hardware_sim.keys import DirectionKeys
from hardware_sim.motion import Fate, Motion, TrackingRate
from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND

AT_GOAL_DEGREES = DEGREES_PER_STEP / 2
AT_REST_DEGREES_PER_SECOND = 1e-6
AT_REST = AxisPair(0.0, 0.0)


class Mount(Instrument):
    """Starts aligned and tracking, its own clock and site as given."""

    def __init__(
        self, geometry: Geometry, site: Site, clock: MountClock, slew_rate: float, t: float, utc_seconds: float
    ) -> None:
        """`utc_seconds` is true UTC, in seconds since 1970, at time `t`; the slew rate is in degrees a second."""
        super().__init__(geometry, site, slew_rate, t, utc_seconds)
        self.belief = Belief(geometry, site, clock)
        self.tracking = True
        self.tracking_rate = TrackingRate.SIDEREAL
        self._keys = DirectionKeys()
        self._goal = geometry.start
        self._target: Target | None = None  # None: the goal is two axis angles that stand still
        self.follow_from_here()

    # Asking

    def pointing(self) -> Celestial:
        """Right ascension and declination of date, from whole encoder steps, as the mount believes."""
        return self.belief.celestial(self.belief.sky_at(self._encoders()), self.true_utc_seconds)

    def horizontal(self) -> tuple[float, float]:
        """Altitude and azimuth, as the mount believes."""
        return self.belief.horizontal(self.belief.sky_at(self._encoders()))

    def axes_believed(self) -> AxisPair:
        """How the firmware believes that the axes stand, whole turns and all."""
        return self._encoders().plus(self.belief.alignment)

    def altitude_of(self, target: Target) -> float:
        return self.belief.horizontal(self.belief.over_ground(target, self.true_utc_seconds))[0]

    def can_reach(self, target: Target) -> bool:
        """Whether the end stops leave a way to point there, as the mount believes."""
        sky = self.belief.over_ground(target, self.true_utc_seconds)
        travel = self._travel()
        pose = self.belief.motors_within(sky, self._motors(), travel)
        return travel[0].holds(pose.first) and travel[1].holds(pose.second)

    def is_tipped(self) -> bool:
        """Whether the second axis stands beyond zenith or pole, as the mount believes."""
        return abs(wrapped(self.axes_believed().second)) > QUARTER_TURN

    def pressed_rates(self) -> tuple[float, float]:
        """How much faster than the sky the direction keys turn each axis just now, in degrees a second."""
        return self._keys.rates(self._t)

    def degrees_to_go(self) -> float:
        """How far the slower axis still has to turn on this goto; 0 when there is none."""
        if self.motion is not Motion.GOING:
            return 0.0
        left = self._goal.minus(self._motors())
        return max(abs(left.first), abs(left.second))

    def says_it_goes(self) -> bool:
        """What the firmware tells of a goto under way."""
        return self.motion is Motion.GOING

    def is_busy(self) -> bool:
        """Whether the firmware turns down a goto because it has other things to do."""
        return False

    def as_told(self, runs: bool) -> bool:
        """What is told to a client of what really runs."""
        return runs

    def fate_of_goto(self) -> Fate:
        """What comes of a goto that was accepted."""
        return Fate.AS_ORDERED

    def hears_a_stop(self) -> bool:
        """Count a stop, and say whether it is heeded."""
        self.stops_heard += 1
        return True

    # Telling

    def goto(self, target: Target) -> None:
        """Start a goto, in place of one that is under way."""
        sky = self.belief.over_ground(target, self.true_utc_seconds)
        self._set_out(target, self.belief.motors_within(sky, self._motors(), self._travel()))

    def goto_axes(self, believed: AxisPair) -> None:
        """Turn the axes until they stand, as the firmware believes, at these angles, on whichever turn they can."""
        self._set_out(None, self.belief.motors_turned(believed, self._motors(), self._travel()))

    def _set_out(self, target: Target | None, goal: AxisPair) -> None:
        self._keys.let_go()
        self._target, self._goal = target, goal
        self.motion = Motion.GOING

    def goto_home(self) -> None:
        self.goto(self.belief.home_sky())

    def press(self, axis: int, rate: float, seconds: float | None = None) -> None:
        """Go west (0) or north (1) faster than the sky by `rate` degrees a second, until released or for a time.

        A direction key pressed during a goto does nothing.
        """
        if self.motion is Motion.GOING:
            return
        self.turn(axis, rate * self._forward(axis), seconds)

    def turn(self, axis: int, rate: float, seconds: float | None = None) -> None:
        """The same for a motor: positive is where its angle grows, whichever way that leads on the sky."""
        if self.motion is Motion.GOING:
            return
        until = None if seconds is None else self._t + seconds
        self._keys.press(axis, rate, until)
        self.motion = Motion.BY_HAND

    def release(self, axis: int, direction: float) -> None:
        """Let go of one direction's key."""
        if self.hears_a_stop():
            self._keys.release(axis, direction * self._forward(axis))

    def rest(self, axis: int) -> None:
        """Let go of whatever turns this axis by hand; a goto goes on."""
        if self.hears_a_stop():
            self._keys.let_go_of(axis)

    def cancel_goto(self) -> None:
        """Break off a goto; what turns by hand goes on turning."""
        if self.hears_a_stop() and self.motion is Motion.GOING:
            self._break_off()

    def stop(self) -> None:
        """Break off whatever moves; the axes come down the ramp."""
        if self.hears_a_stop():
            self._break_off()

    def _break_off(self) -> None:
        self._keys.let_go()
        if self.motion is Motion.GOING:
            self.motion = Motion.BY_HAND

    def take_hand_box(self, axis: int, rate: float, seconds: float) -> None:
        """Somebody holds down a key of the hand control for so long, which ends a goto and asks no client."""
        if self._programme is not None:
            self._programme.take_by_hand(axis, rate, seconds)
            return
        self._break_off()
        self.press(axis, rate, seconds)

    def track(self, on: bool) -> None:
        self.tracking = on
        if self.motion is Motion.HOLDING:
            self.motion = Motion.BY_HAND

    def sync(self, target: Celestial) -> None:
        """Believe from now on that the tube points there."""
        self.belief.sync(self.belief.over_ground(target, self.true_utc_seconds), self._encoders())
        self.follow_from_here()

    def lose_power(self, belief_at_power_on: Belief, tracking: bool) -> None:
        """Power off and on: the tube stays where it is, the firmware takes that for home."""
        for axis in self.axes:
            axis.cut_power()
        self._keys.let_go()
        self.motion = Motion.HOLDING
        self.tracking, self.tracking_rate = tracking, TrackingRate.SIDEREAL
        self.belief = belief_at_power_on
        self.belief.take_for_home(self._motors())
        self.follow_from_here()

    def take_geometry_for(self, geometry: Geometry) -> None:
        """Believe from now on that the axes are mounted like this."""
        self.belief.take_geometry_for(geometry, self._motors())
        self.follow_from_here()

    def follow_from_here(self) -> None:
        """Hold the point of the sky where the motors point now; needed after any change of belief."""
        self._held = self.belief.celestial(self.belief.sky_at(self._motors()), self.true_utc_seconds)

    # Living

    def _tick(self) -> None:
        if self._programme is not None:
            super()._tick()
            return
        rates = self._sky_rates() if self.tracking else AT_REST
        super()._tick()
        if self.motion is Motion.GOING:
            self._tick_going()
        elif self.motion is Motion.BY_HAND:
            self._tick_by_hand(rates)
        elif self.tracking:
            self._tick_following(rates)

    def _tick_going(self) -> None:
        earlier = self._goal
        if self._target is not None:
            sky = self.belief.over_ground(self._target, self.true_utc_seconds)
            self._goal = self.belief.motors_near(sky, earlier)
        moved = self._goal.minus(earlier)
        self._chase(AxisPair(moved.first / TICK_SECONDS, moved.second / TICK_SECONDS))
        if self._has_arrived(0, self._goal.first) and self._has_arrived(1, self._goal.second):
            self._hold_where_it_arrived()

    def _hold_where_it_arrived(self) -> None:
        if self._target is None:
            self.follow_from_here()
        else:
            self._held = self.belief.celestial(self._target, self.true_utc_seconds)
        self.motion = Motion.HOLDING if self.tracking else Motion.BY_HAND

    def _tick_by_hand(self, sky_rates: AxisPair) -> None:
        pressed = self._keys.rates(self._t)
        feeds = (sky_rates.first, sky_rates.second)
        for axis, feed, key in zip(self.axes, feeds, pressed, strict=True):
            axis.drive(feed + key, TICK_SECONDS)
        self.follow_from_here()
        if pressed == (0.0, 0.0) and all(map(_goes_at, self.axes, feeds)):
            self.motion = Motion.HOLDING

    def _tick_following(self, sky_rates: AxisPair) -> None:
        """The Moon and the Sun fall behind the stars; the axes stay on the point that is followed."""
        slip = SIDEREAL_DEGREES_PER_SECOND - self.tracking_rate.value
        self._held = Celestial((self._held.ra_degrees + slip * TICK_SECONDS) % 360.0, self._held.dec_degrees)
        sky = self.belief.over_ground(self._held, self.true_utc_seconds)
        self._goal = self.belief.motors_near(sky, self._motors())
        self._chase(sky_rates)

    def _chase(self, rates: AxisPair) -> None:
        self.axes[0].chase(self._goal.first, rates.first, TICK_SECONDS)
        self.axes[1].chase(self._goal.second, rates.second, TICK_SECONDS)

    def _has_arrived(self, number: int, goal: float) -> bool:
        """On the goal, or held off it by the end stop."""
        axis = self.axes[number]
        against_the_stop = axis.is_at_stop and not axis.travel.holds(goal)
        return abs(goal - axis.position) <= AT_GOAL_DEGREES or against_the_stop

    def _sky_rates(self) -> AxisPair:
        """How fast the axes have to turn just now to stay with the sky, in degrees a second."""
        here = self._motors()
        sky = self.belief.sky_at(here)
        moved = HourAngleDec(sky.hour_angle + self.tracking_rate.value * TICK_SECONDS, sky.dec)
        ahead = self.belief.motors_near(moved, here).minus(here)
        return AxisPair(ahead.first / TICK_SECONDS, ahead.second / TICK_SECONDS)

    def _forward(self, axis: int) -> float:
        return self.belief.northward(self._motors()) if axis == 1 else 1.0

    def _travel(self) -> tuple[Travel, Travel]:
        return self.axes[0].travel, self.axes[1].travel


def _goes_at(axis: Axis, rate: float) -> bool:
    """Turns as fast as the sky asks, or is held by its end stop."""
    return abs(axis.velocity - rate) < AT_REST_DEGREES_PER_SECOND or axis.velocity == 0.0
