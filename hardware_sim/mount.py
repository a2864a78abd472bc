"""The mount itself: two axes on the ground, tracking, gotos, direction keys, and the time that passes over them.

Truth (the axes, the real site and time) stays apart from belief (belief.py), as in a real one: with a wrong clock it
reports a wrong right ascension and tracks all the same. It moves in fixed ticks, so that the same calls at the same
times give the same steps. It must never know bytes. Call `advance(t)` before asking or telling it anything.
"""

from hardware_sim.axes import DEGREES_PER_STEP, Axis
from hardware_sim.belief import Belief, Celestial, Target
from hardware_sim.geometry import AxisPair, Geometry, HourAngleDec, Travel, horizontal, wrapped
from hardware_sim.keys import DirectionKeys
from hardware_sim.motion import Motion, TrackingRate, Truth
from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND, local_apparent_degrees

TICK_SECONDS = 0.01  # shorter than ten characters at 9600 baud: a stop takes hold before its client can ask again
RAMP_SECONDS = 1.0  # from rest to the slew rate, about what a fork of 25 kg takes
AT_GOAL_DEGREES = DEGREES_PER_STEP / 2
AT_REST_DEGREES_PER_SECOND = 1e-6
SLEWING_DEGREES_PER_SECOND = 0.05  # twelve times the sky's own rate: guiding is not slewing, centring is
AT_REST = AxisPair(0.0, 0.0)
QUARTER_TURN = 90.0


class Mount:
    """Starts aligned and tracking, its own clock and site as given."""

    def __init__(
        self, geometry: Geometry, site: Site, clock: MountClock, slew_rate: float, t: float, utc_seconds: float
    ) -> None:
        """`utc_seconds` is true UTC, in seconds since 1970, at time `t`; the slew rate is in degrees a second."""
        self.belief = Belief(geometry, site, clock)
        self.tracking = True
        self.tracking_rate = TrackingRate.SIDEREAL
        self.motion = Motion.HOLDING
        self.slew_rate = slew_rate
        self.ground, self._site = geometry, site
        self._started_at, self._utc_at_start, self._ticks = t, utc_seconds, 0
        self._axes = tuple(
            Axis(angle, travel, slew_rate, slew_rate / RAMP_SECONDS)
            for angle, travel in zip((geometry.start.first, geometry.start.second), geometry.travel, strict=True)
        )
        self.stops_heard = self.stops_ignored = 0
        self._keys = DirectionKeys()
        self._goal = geometry.start
        self._target: Target = Celestial(0.0, 0.0)
        self.follow_from_here()

    def move_first_stops(self, travel: Travel) -> None:
        """Other end stops for the first axis; far enough apart they are as good as none."""
        self._axes[0].travel = travel

    # Asking

    @property
    def true_utc_seconds(self) -> float:
        return self._utc_at_start + self._ticks * TICK_SECONDS

    @property
    def _t(self) -> float:
        return self._started_at + self._ticks * TICK_SECONDS

    def pointing(self) -> Celestial:
        """Right ascension and declination of date, from whole encoder steps, as the mount believes."""
        return self.belief.celestial(self.belief.sky_at(self._encoders()), self.true_utc_seconds)

    def horizontal(self) -> tuple[float, float]:
        """Altitude and azimuth, as the mount believes."""
        return self.belief.horizontal(self.belief.sky_at(self._encoders()))

    def altitude_of(self, target: Target) -> float:
        return self.belief.horizontal(self.belief.over_ground(target, self.true_utc_seconds))[0]

    def degrees_to_go(self) -> float:
        """How far the slower axis still has to turn on this goto; 0 when there is none."""
        if self.motion is not Motion.GOING:
            return 0.0
        left = self._goal.minus(self._motors())
        return max(abs(left.first), abs(left.second))

    def truth(self) -> Truth:
        sky = self.ground.sky(self._encoders(), self._site.latitude_degrees)
        altitude, azimuth = horizontal(sky, self._site.latitude_degrees)
        sidereal = local_apparent_degrees(self.true_utc_seconds, self._site.longitude_degrees)
        axes = self._encoders()
        return Truth(
            t=self._t,
            utc_seconds=self.true_utc_seconds,
            ra_degrees=(sidereal - sky.hour_angle) % 360.0,
            dec_degrees=sky.dec,
            altitude_degrees=altitude,
            azimuth_degrees=azimuth,
            axis_degrees=(axes.first, axes.second),
            axis_rates=(self._axes[0].velocity, self._axes[1].velocity),
            slewing=self.is_slewing(),
            motion=self.motion,
            tracking=self.tracking,
            geometry=self.ground.name,
            is_tipped=abs(wrapped(axes.second)) > QUARTER_TURN,
            stops_heard=self.stops_heard,
            stops_ignored=self.stops_ignored,
        )

    def is_slewing(self) -> bool:
        fastest = max(abs(axis.velocity) for axis in self._axes)
        return self.motion is Motion.GOING or (self.motion is Motion.BY_HAND and fastest > SLEWING_DEGREES_PER_SECOND)

    def says_it_goes(self) -> bool:
        """What the firmware tells of a goto under way."""
        return self.motion is Motion.GOING

    def is_busy(self) -> bool:
        """Whether the firmware turns down a goto because it has other things to do."""
        return False

    # Telling

    def goto(self, target: Target) -> None:
        """Start a goto, in place of one that is under way."""
        self._keys.let_go()
        self._target = target
        sky = self.belief.over_ground(target, self.true_utc_seconds)
        travel = (self._axes[0].travel, self._axes[1].travel)
        self._goal = self.belief.motors_within(sky, self._motors(), travel)
        self.motion = Motion.GOING

    def goto_home(self) -> None:
        self.goto(self.belief.home_sky())

    def press(self, axis: int, rate: float, seconds: float | None = None) -> None:
        """Go west (0) or north (1) faster than the sky by `rate` degrees a second, until released or for a time.

        A direction key pressed during a goto does nothing.
        """
        if self.motion is Motion.GOING:
            return
        until = None if seconds is None else self._t + seconds
        self._keys.press(axis, rate * self._forward(axis), until)
        self.motion = Motion.BY_HAND

    def release(self, axis: int, direction: float) -> None:
        """Let go of one direction's key."""
        self.stops_heard += 1
        self._keys.release(axis, direction * self._forward(axis))

    def stop(self) -> None:
        """Break off whatever moves; the axes come down the ramp."""
        self.stops_heard += 1
        self._break_off()

    def _break_off(self) -> None:
        self._keys.let_go()
        if self.motion is Motion.GOING:
            self.motion = Motion.BY_HAND

    def take_hand_box(self, axis: int, rate: float, seconds: float) -> None:
        """Somebody holds down a key of the hand control for so long, which ends a goto and asks no client."""
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
        for axis in self._axes:
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

    def advance(self, t: float) -> None:
        """Let time pass until `t` seconds, in whole ticks."""
        while self._t + TICK_SECONDS <= t:
            rates = self._sky_rates() if self.tracking else AT_REST
            self._ticks += 1
            if self.motion is Motion.GOING:
                self._tick_going()
            elif self.motion is Motion.BY_HAND:
                self._tick_by_hand(rates)
            elif self.tracking:
                self._tick_following(rates)

    def stand_still_for(self, seconds: float) -> None:
        """So much of the computer's time has no part in this mount's life."""
        self._started_at += seconds

    def _tick_going(self) -> None:
        earlier = self._goal
        sky = self.belief.over_ground(self._target, self.true_utc_seconds)
        self._goal = self.belief.motors_near(sky, earlier)
        moved = self._goal.minus(earlier)
        self._chase(AxisPair(moved.first / TICK_SECONDS, moved.second / TICK_SECONDS))
        if self._has_arrived(0, self._goal.first) and self._has_arrived(1, self._goal.second):
            self._held = self.belief.celestial(self._target, self.true_utc_seconds)
            self.motion = Motion.HOLDING if self.tracking else Motion.BY_HAND

    def _tick_by_hand(self, sky_rates: AxisPair) -> None:
        pressed = self._keys.rates(self._t)
        feeds = (sky_rates.first, sky_rates.second)
        for axis, feed, key in zip(self._axes, feeds, pressed, strict=True):
            axis.drive(feed + key, TICK_SECONDS)
        self.follow_from_here()
        if pressed == (0.0, 0.0) and all(map(_goes_at, self._axes, feeds)):
            self.motion = Motion.HOLDING

    def _tick_following(self, sky_rates: AxisPair) -> None:
        """The Moon and the Sun fall behind the stars; the axes stay on the point that is followed."""
        slip = SIDEREAL_DEGREES_PER_SECOND - self.tracking_rate.value
        self._held = Celestial((self._held.ra_degrees + slip * TICK_SECONDS) % 360.0, self._held.dec_degrees)
        sky = self.belief.over_ground(self._held, self.true_utc_seconds)
        self._goal = self.belief.motors_near(sky, self._motors())
        self._chase(sky_rates)

    def _chase(self, rates: AxisPair) -> None:
        self._axes[0].chase(self._goal.first, rates.first, TICK_SECONDS)
        self._axes[1].chase(self._goal.second, rates.second, TICK_SECONDS)

    def _has_arrived(self, number: int, goal: float) -> bool:
        """On the goal, or held off it by the end stop."""
        axis = self._axes[number]
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

    def _motors(self) -> AxisPair:
        return AxisPair(self._axes[0].position, self._axes[1].position)

    def _encoders(self) -> AxisPair:
        return AxisPair(self._axes[0].degrees, self._axes[1].degrees)


def _goes_at(axis: Axis, rate: float) -> bool:
    """Turns as fast as the sky asks, or is held by its end stop."""
    return abs(axis.velocity - rate) < AT_REST_DEGREES_PER_SECOND or axis.velocity == 0.0
