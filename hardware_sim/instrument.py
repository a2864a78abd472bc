"""The instrument itself: two axes with their motors on the ground, the tube on them, the time that passes over them.

What is true, and nothing of what a firmware believes: the axes, what is crooked in them and lost in their gears, the
real site and time. It moves in fixed ticks, so that the same calls at the same times give the same steps; what the
motors do in a tick is said by the firmware on top (mount.py), or by a programme that is handed the axes. It must never
know bytes. Call `advance(t)` before asking or telling it anything.
"""

from typing import Protocol

from hardware_sim.axes import Axis
from hardware_sim.gears import PERFECT_GEARS, GearErrors, Gears
from hardware_sim.geometry import AxisPair, Geometry, Travel, horizontal, wrapped
from hardware_sim.motion import Motion, Truth
from hardware_sim.mount_clock import Site
from hardware_sim.pointing_errors import NO_ERRORS, PointingErrors, sky_through
from hardware_sim.sidereal import local_apparent_degrees

TICK_SECONDS = 0.01  # shorter than ten characters at 9600 baud: a stop takes hold before its client can ask again
RAMP_SECONDS = 1.0  # from rest to the slew rate, about what a fork of 25 kg takes
SLEWING_DEGREES_PER_SECOND = 0.05  # twelve times the sky's own rate: guiding is not slewing, centring is
QUARTER_TURN = 90.0


class Programme(Protocol):
    """What drives the axes where there is no firmware that knows the sky."""

    def tick(self, seconds: float) -> None:
        """Drive both axes for so long."""
        ...

    def motion(self) -> Motion: ...
    def is_tracking(self) -> bool:
        """Whether a motor turns about as slowly as the sky."""
        ...

    def take_by_hand(self, axis: int, rate: float, seconds: float) -> None:
        """Somebody moves one motor past the client, `rate` degrees a second, for so long; ends what it was doing."""
        ...


class Instrument:
    """Metal, glass and two motors; at `t` it stands at the start of its geometry."""

    def __init__(self, geometry: Geometry, site: Site, slew_rate: float, t: float, utc_seconds: float) -> None:
        """`utc_seconds` is true UTC, in seconds since 1970, at time `t`; the slew rate is in degrees a second."""
        self.ground, self._site = geometry, site
        self.slew_rate = slew_rate
        self.motion, self.tracking = Motion.HOLDING, False
        self.stops_heard = self.stops_ignored = 0
        self._started_at, self._utc_at_start, self._ticks = t, utc_seconds, 0
        self._axes = tuple(
            Axis(angle, travel, slew_rate, slew_rate / RAMP_SECONDS)
            for angle, travel in zip(
                (geometry.start.first, geometry.start.second), _travel_at(geometry, site), strict=True
            )
        )
        self.errors = NO_ERRORS
        self._gears = Gears(PERFECT_GEARS, self._encoders())
        self._programme: Programme | None = None

    # Building

    def misalign(self, errors: PointingErrors) -> None:
        """Crooked like this from now on; the firmware knows nothing of it."""
        self.errors = errors

    def wear(self, errors: GearErrors) -> None:
        """Gears like these from now on."""
        self._gears = Gears(errors, self._encoders())

    def move_first_stops(self, travel: Travel) -> None:
        """Other end stops for the first axis; far enough apart they are as good as none."""
        self._axes[0].travel = travel

    def stand(self, angles: AxisPair) -> None:
        """It was left at these axis angles when its power came on."""
        self._axes[0].position, self._axes[1].position = angles.first, angles.second
        self._gears = Gears(self._gears.errors, self._encoders())

    def hand_axes_to(self, programme: Programme) -> None:
        """From now on this drives them, and the firmware that knows the sky has no part in it."""
        self._programme = programme

    # Asking

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The first and the second, for a programme that drives them."""
        return self._axes

    @property
    def in_the_south(self) -> bool:
        return self._site.latitude_degrees < 0.0

    @property
    def true_utc_seconds(self) -> float:
        return self._utc_at_start + self._ticks * TICK_SECONDS

    @property
    def _t(self) -> float:
        return self._started_at + self._ticks * TICK_SECONDS

    def truth(self) -> Truth:
        tube = self._gears.tube(self._encoders())
        sky = sky_through(self.errors, self.ground, tube, self._site.latitude_degrees)
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

    # Living

    def advance(self, t: float) -> None:
        """Let time pass until `t` seconds, in whole ticks."""
        while self._t + TICK_SECONDS <= t:
            self._tick()
            self._gears.follow(self._encoders())

    def stand_still_for(self, seconds: float) -> None:
        """So much of the computer's time has no part in this mount's life."""
        self._started_at += seconds

    def _tick(self) -> None:
        self._ticks += 1
        if self._programme is not None:
            self._programme.tick(TICK_SECONDS)
            self.motion, self.tracking = self._programme.motion(), self._programme.is_tracking()

    def _motors(self) -> AxisPair:
        return AxisPair(self._axes[0].position, self._axes[1].position)

    def _encoders(self) -> AxisPair:
        return AxisPair(self._axes[0].degrees, self._axes[1].degrees)


def _travel_at(geometry: Geometry, site: Site) -> tuple[Travel, Travel]:
    """A polar mount has the room of its second axis beyond the elevated pole, on either hemisphere."""
    first, second = geometry.travel
    if not geometry.polar or site.latitude_degrees >= 0.0:
        return first, second
    return first, Travel(-second.highest, -second.lowest)
