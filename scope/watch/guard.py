"""The limits fed by the sky: where the Sun is now, what the mask hides, which way there is safe, what will be soon.

It answers the pilot before anything moves and the lookout while it does. It acts on nothing and asks no mount. When the
Sun cannot be computed it refuses: a guard that is not there is a closed one. The decisions are scope/limits'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime

from scope.errors import NotAllowed
from scope.limits import forecast, hand, idle, live, route, where
from scope.limits.axes import Axes, looks_east, poses, separation, standing_at
from scope.limits.horizon import OPEN_HORIZON, Mask
from scope.limits.leg import Chart
from scope.limits.sun import SunNow, is_day, minutes_until_day
from scope.limits.sweep import Sweep
from scope.limits.where import Bounds
from scope.orders import Direction, NudgeRate
from scope.position import SIDEREAL_DEGREES_PER_SECOND, Epoch, Equatorial, Standing, wrapped
from scope.settings import LimitSettings, MountSettings
from scope.sky.frames import Sky
from scope.snapshot import SunState
from scope.watch.bearing import Look
from scope.watch.solar import Solar

HAND_SPEEDS = {NudgeRate.GUIDE: 2 * SIDEREAL_DEGREES_PER_SECOND, NudgeRate.CENTRE: 0.25}
"""Degrees a second at the most, for the families we know; finding is half of a mount's fastest or less."""
FIND_PART = 0.5
SHORTEST_POLL_SECONDS, LONGEST_POLL_SECONDS, HALT_SECONDS = 0.25, 1.0, 0.3
"""Until the next look, which may be the one that calls for a halt, and until that halt has got through."""
HAND_WINDOW_SECONDS = 0.6
"""From the last heartbeat until the axes begin to brake: the lease (0.4 s) and the way of the halt."""
KINDS = {
    "altaz": frozenset({Axes.ALTAZ}),
    "fork": frozenset({Axes.FORK}),
    "german": frozenset({Axes.GERMAN}),
    "polar": frozenset({Axes.FORK, Axes.GERMAN}),
}
"""What clubscope.toml or the mount calls the way its axes stand; many mounts tell only that one points to the pole."""


QUICK_SECONDS = 0.15
"""What the three questions of a look take at 9600 baud; the windows allow for it."""
SURELY_BEYOND_DEGREES = 30.0
"""So far beyond the overrun no German mount goes with its weights up; one that says so means the other side."""
LATE_PARTS = 2.5
"""Of a slow look: as old as the position may be, until the next one is in, and half of one for the halt to arrive."""


def late_seconds(look: Look) -> float:
    """How much later than on a quick line the axes begin to brake, as that look has shown."""
    return LATE_PARTS * max(0.0, look.took_seconds - QUICK_SECONDS)


@dataclass(frozen=True, slots=True)
class Way:
    """The legs of a goto, of date, the target last, and why there is more than one."""

    legs: tuple[Equatorial, ...]
    reason: str | None


class Guard:
    """One telescope's limits. `solar` lifts the Sun's for a while; `told_axes` is what the mount says of its kind."""

    def __init__(self, sky: Future[Sky], latitude_degrees: float, mount: MountSettings, given: LimitSettings) -> None:
        self._sky_to_come, self._latitude = sky, latitude_degrees
        self._declared = mount.axes
        self.fastest = mount.fastest_degrees_per_second
        self.limits = given
        self.mask: Mask = OPEN_HORIZON
        self.told_axes: str | None = None
        self.solar = Solar()

    # --- what there is ------------------------------------------------------------------------------------------

    @property
    def sky_is_there(self) -> bool:
        """Not at the very start, and never if computing it failed: then nothing slews, and a stop still works."""
        return self._sky_to_come.done() and self._sky_to_come.exception() is None

    @property
    def sky(self) -> Sky:
        if not self.sky_is_there:
            raise NotAllowed("the sky is not computed", code="position_unknown")
        return self._sky_to_come.result()

    @property
    def axes(self) -> frozenset[Axes]:
        """The kinds of mount it may be: as declared, as it tells, or all."""
        return KINDS.get(self._declared or self.told_axes or "", frozenset(Axes))

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.axes, self._latitude, self.limits, self.mask)

    def sun(self, utc: datetime) -> SunNow:
        """NotAllowed (`sun_guard_unavailable`) when it cannot be computed; whatever the reason, nothing moves then."""
        try:
            place = self.sky.sun(utc)
            sun = SunNow(self.standing(place, utc), self.sky.horizontal(place, utc).altitude_degrees)
        except (NotAllowed, ArithmeticError, ValueError, LookupError, OSError) as fault:
            raise NotAllowed(f"no Sun: {fault!r}", code="sun_guard_unavailable", reason=type(fault).__name__) from fault
        if not sun.altitude_degrees <= 90.0:  # a NaN fails it too
            raise NotAllowed("the Sun's place is no number", code="sun_guard_unavailable", reason="nan")
        return sun

    def sun_to_avoid(self, utc: datetime) -> SunNow | None:
        """None while an admin vouches for a filter."""
        return None if self.solar.is_on else self.sun(utc)

    def is_day(self, utc: datetime) -> bool:
        return is_day(self.sun(utc))

    def standing(self, place: Equatorial, utc: datetime) -> Standing:
        """Where a place of date stands over the ground at that moment."""
        assert place.epoch is Epoch.OF_DATE
        hour_angle = (self.sky.sidereal_hours(utc) - place.ra_hours) * 15.0
        return Standing(wrapped(hour_angle), place.dec_degrees)

    def place(self, standing: Standing, utc: datetime) -> Equatorial:
        """The place of date that stands there at that moment."""
        hours = self.sky.sidereal_hours(utc) - standing.hour_angle_degrees / 15.0
        return Equatorial(hours % 24.0 % 24.0, standing.dec_degrees, Epoch.OF_DATE)

    # --- before anything moves ----------------------------------------------------------------------------------

    def way(
        self,
        here: Equatorial,
        target: Equatorial,
        utc: datetime,
        travel_degrees: float | None,
        looks_east: bool | None,
    ) -> Way:
        """How to get there in safety; NotAllowed tells which limit stands in the way, and by how much."""
        there = self.standing(target, utc)
        where.check_target(there, self.bounds)
        found = route.plan(
            self.standing(here, utc), there, self.sun_to_avoid(utc), self.bounds, travel_degrees, looks_east
        )
        between = (self.place(leg, utc) for leg in found.legs[:-1])
        return Way((*between, target), found.reason)

    def check_hand(self, here: Look, direction: Direction, rate: NudgeRate, utc: datetime) -> None:
        """Whether a press may begin: what leads out of a forbidden region always may."""
        sun, speed = self.sun_to_avoid(utc), self.hand_speed(rate)
        window = HAND_WINDOW_SECONDS + late_seconds(here)
        hand.check_nudge(self.standing(here.place, utc), direction, speed, window, sun, self.bounds)

    def hand_speed(self, rate: NudgeRate) -> float:
        """The most an axis does at one of a hand box's rates, in degrees a second."""
        return HAND_SPEEDS.get(rate) or self.fastest * (FIND_PART if rate is NudgeRate.FIND else 1.0)

    def check_park(self, here: Equatorial, altitude: float, azimuth: float, utc: datetime) -> None:
        """By day the whole envelope of the way to the parking position keeps clear of the Sun, or it is refused."""
        sun = self.sun_to_avoid(utc)
        if sun is None or not is_day(sun):
            return
        start, end = self.standing(here, utc), standing_at(altitude, azimuth, self._latitude)
        nearest = min(way.nearest_degrees(sun.standing) for way in self._ways(start, end, sun))
        if not nearest >= self.limits.sun_radius_degrees:
            raise NotAllowed(
                f"the way to the parking position passes {nearest:.1f}° from the Sun",
                code="park_path_unsafe",
                separation_degrees=round(nearest, 1),
                limit_degrees=self.limits.sun_radius_degrees,
            )

    # --- while it moves, and while it rests -----------------------------------------------------------------------

    def breach(
        self,
        before: Look,
        now: Look,
        bound_for: Equatorial | None,
        by_hand: NudgeRate | None,
        looks_east: bool | None = None,
    ) -> live.Breach | None:
        """Why the motion that two looks show must end now; a goto's leg may come as near as its way was found safe."""
        seconds = now.at - before.at
        return live.breach(
            self.standing(before.place, before.utc),
            self.standing(now.place, now.utc),
            seconds,
            min(max(seconds, SHORTEST_POLL_SECONDS), LONGEST_POLL_SECONDS) + HALT_SECONDS + late_seconds(now),
            self.fastest if by_hand is None else self.hand_speed(by_hand),
            self.sun_to_avoid(now.utc),
            self.bounds,
            None if bound_for is None else self.standing(bound_for, now.utc),
            looks_east,
        )

    def minutes_until_sun(self, here: Look, utc: datetime) -> float | None:
        """When the Sun will pass over where a tube points that nobody moves."""
        return idle.minutes_until_sun(self.standing(here.place, here.utc), self.sun_to_avoid(utc), self.bounds)

    def minutes_until_day(self, utc: datetime) -> float | None:
        """Until the Sun can reach the tube; None in a polar night."""
        return minutes_until_day(self.sun(utc), self._latitude)

    def ahead(self, here: Look, utc: datetime, travel_degrees: float | None) -> Iterable[forecast.Ahead]:
        """What tracking will run into within the hour."""
        where = self.standing(here.place, here.utc)
        return forecast.ahead(where, self.sun_to_avoid(utc), self.bounds, travel_degrees=travel_degrees)

    def sun_state(self, here: Look | None, utc: datetime) -> SunState | None:
        """For people; None where it cannot be computed."""
        try:
            sun = self.sun(utc)
        except NotAllowed:
            return None
        off = None if here is None else separation(self.standing(here.place, here.utc), sun.standing)
        return SunState(sun.altitude_degrees, off)

    def too_near_sun(self, here: Look, utc: datetime) -> dict[str, float] | None:
        """How near it points to a Sun that is up, with the limit, for a sentence; None where that is far enough."""
        sun = self.sun_to_avoid(utc)
        if sun is None or not is_day(sun):
            return None
        off, limit = separation(self.standing(here.place, here.utc), sun.standing), self.limits.sun_radius_degrees
        return None if off >= limit else {"separation_degrees": round(off, 1), "limit_degrees": limit}

    def first_axis(self, here: Look) -> float | None:
        """The first axis' angle, for the cables; None while it is not known whether that is azimuth or hour angle."""
        kinds = self.axes
        if Axes.ALTAZ in kinds and len(kinds) > 1:
            return None
        kind = next(iter(kinds)) if len(kinds) == 1 else Axes.FORK
        return poses(kind, self.standing(here.place, here.utc), self._latitude, self.limits)[0].first_degrees

    def side(self, before: bool | None, here: Look) -> bool | None:
        """Whether a German mount's tube looks east; None for other mounts, and while nobody can know."""
        if self.axes != {Axes.GERMAN}:
            return None
        return looks_east(before, self.standing(here.place, here.utc), self._latitude, self.limits)

    def side_must_be(self, here: Look) -> bool | None:
        """Whether it looks east where no German mount could be on either side; None elsewhere."""
        if self.axes != {Axes.GERMAN}:
            return None
        overrun = self.limits.meridian_overrun_degrees + SURELY_BEYOND_DEGREES
        stands = self.standing(here.place, here.utc)
        return looks_east(None, stands, self._latitude, replace(self.limits, meridian_overrun_degrees=overrun))

    def tracking_ends(self, here: Look, travel_degrees: float | None, looks_east: bool | None) -> forecast.Ahead | None:
        """The limit that tracking has come to and goes on beyond; the Sun is no matter of tracking on."""
        stands, overrun = self.standing(here.place, here.utc), self.limits.meridian_overrun_degrees
        if looks_east and stands.hour_angle_degrees >= overrun:
            return forecast.Ahead("ahead_meridian", 0.0, {"limit_degrees": overrun})
        for found in forecast.ahead(stands, None, self.bounds, 1.0, travel_degrees):
            if found.minutes == 0.0 and forecast.gets_worse(stands, found.code, self.bounds):
                return found
        return None

    def to_go(self, here: Equatorial, there: Equatorial, utc: datetime) -> float:
        """How far the slower axis has still to turn, in degrees: over a pole, too, it only ever grows smaller."""
        ways = self._ways(self.standing(here, utc), self.standing(there, utc), None)
        return min(max(abs(way.first_degrees), abs(way.second_degrees)) for way in ways)

    def ways(self, here: Equatorial, there: Equatorial, utc: datetime) -> tuple[Sweep, ...]:
        """Every way that a goto given now may take."""
        return tuple(self._ways(self.standing(here, utc), self.standing(there, utc), None))

    def astray_degrees(self, here: Look, ways: Iterable[Sweep]) -> float:
        """How far the tube is from all of these ways, over the ground."""
        stands = self.standing(here.place, here.utc)
        return min(way.nearest_degrees(stands) for way in ways)

    def _ways(self, here: Standing, there: Standing, sun: SunNow | None) -> Iterator[Sweep]:
        """Every way that a mount of any kind it may be could take."""
        chart = Chart(self.bounds, sun)
        return chart.sweeps(chart.spot(here), chart.spot(there))
