"""Must whatever moves now be halted: seen from two looks at where the tube points, whoever ordered it, or nobody.

The distance from the Sun at which the axes would come to rest is reckoned with the speed seen, with the speed that the
axes may have gained since, and with what they may still gain until the halt takes hold. A motion that leads away goes
on, and one that was sent somewhere may come as near as its whole way was found safe. Only the controller halts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scope.errors import Detail
from scope.limits.axes import altitude_degrees, is_east, separation, tipped, upright
from scope.limits.leg import Chart
from scope.limits.sun import SunNow, is_day, is_known
from scope.limits.sweep import Sweep
from scope.limits.where import (
    Bounds,
    dec_excess_degrees,
    dec_limit_degrees,
    depth_degrees,
    zenith_excess_degrees,
)
from scope.position import Standing, wrapped

TOLERANCE_DEGREES = 0.5
"""A mount that comes to rest on the limit may read a little beyond it; a halt is for what goes on further."""
READING_DEGREES = 20 / 3600
"""Two roundings of an LX200's right ascension may look like this much motion."""
UNMOVED_DEGREES_PER_SECOND = 30 / 3600
"""Twice the sky's own turning: a tube that tracks, or rests, goes nowhere that a halt could prevent."""
RAMP_SECONDS = 1.0
"""No telescope's axis comes from rest to its fastest in less."""
BRAKED_LATE_DEGREES = 1.0
SKEW_DEGREES = 0.5
"""A mount tells its two coordinates one after the other: while one axis runs, the other seems to go astray by this."""
BOTH_AXES = 2.0**0.5
"""How much faster than one axis the tube goes when both do."""


@dataclass(frozen=True, slots=True)
class Breach:
    """Why to halt: a code the pages make a sentence of, and its numbers."""

    code: str
    details: Mapping[str, Detail]


def breach(
    before: Standing,
    now: Standing,
    seconds: float,
    window_seconds: float,
    fastest_degrees_per_second: float,
    sun: SunNow | None,
    bounds: Bounds,
    bound_for: Standing | None = None,
    looks_east: bool | None = None,
) -> Breach | None:
    """Why a tube seen at `before`, and `seconds` later at `now`, must be halted; None if it may go on.

    `window_seconds`: from the look at `now` to the moment when the axes begin to brake at the latest if only the next
    look calls for a halt: the time between two looks, and the time a halt takes to get through.
    `fastest_degrees_per_second`: what an axis may reach before then; while a key is pressed here, the rate of that key.
    `bound_for`: where the goto or leg under way is to end, if there is one; its way has been found safe before, and
    `looks_east` is the side of its pier that a German mount was then known to be on, and is known to be on now.
    """
    if not (is_known(before) and is_known(now)) or (sun is not None and is_day(sun) and not is_known(sun.standing)):
        return Breach("position_unknown", {})
    sent = None if bound_for is None else _Sent(bound_for, looks_east)
    return _near_sun(before, now, seconds, window_seconds, fastest_degrees_per_second, sun, bounds, sent) or (
        _outside(
            before, now, bounds, None if bound_for else _Braking(seconds, window_seconds, fastest_degrees_per_second)
        )
    )


def _near_sun(
    before: Standing,
    now: Standing,
    seconds: float,
    window_seconds: float,
    fastest: float,
    sun: SunNow | None,
    bounds: Bounds,
    sent: _Sent | None,
) -> Breach | None:
    if sun is None or not is_day(sun):
        return None
    apart = separation(now, sun.standing)
    closing = separation(before, sun.standing) - apart
    if closing <= 0.0 or max(0.0, separation(before, now) - READING_DEGREES) <= UNMOVED_DEGREES_PER_SECOND * seconds:
        return None
    if sent is not None and _keeps_clear(before, now, seconds, fastest, sun, bounds, sent):
        return None
    at_rest = apart - reach_degrees(closing / seconds, seconds, window_seconds, fastest * BOTH_AXES)
    if at_rest >= bounds.limits.sun_radius_degrees:
        return None
    return Breach(
        "sun_near", {"separation_degrees": round(apart, 1), "limit_degrees": bounds.limits.sun_radius_degrees}
    )


def reach_degrees(speed: float, seconds: float, window_seconds: float, fastest: float) -> float:
    """How far an axis goes before it rests that was seen at this mean speed over the last seconds, at the worst.

    It may have been speeding up all the while, goes on doing so during the window, and then brakes down its ramp.
    """
    gain = fastest / RAMP_SECONDS
    speed = min(max(fastest, speed), speed + gain * seconds / 2.0)
    top = min(max(fastest, speed), speed + gain * window_seconds)
    gaining_seconds = (top - speed) / gain
    gained = (speed + top) / 2.0 * gaining_seconds + top * (window_seconds - gaining_seconds)
    return gained + top * top / (2.0 * gain)


def _keeps_clear(
    before: Standing,
    now: Standing,
    seconds: float,
    fastest: float,
    sun: SunNow,
    bounds: Bounds,
    sent: _Sent,
) -> bool:
    """Whether it goes where it was sent and comes too near on no way from here to there, however its axes may stand."""
    chart, safe = Chart(bounds, sun), bounds.limits.sun_radius_degrees - TOLERANCE_DEGREES
    ways = chart.sweeps(chart.spot(now, sent.looks_east), chart.spot(sent.end))
    left = [way for way in ways if _is_followed(way, before, seconds, fastest)]
    return bool(left) and all(way.nearest_degrees(sun.standing) >= safe for way in left)


def _is_followed(left: Sweep, before: Standing, seconds: float, fastest: float) -> bool:
    """Whether both axes came nearer to the end since the look before, and can still brake for it."""
    gain, earlier = fastest / RAMP_SECONDS, upright(left.axes, before, left.latitude_degrees)
    if is_east(left.start):
        earlier = tipped(earlier, left.start)
    first_moved = wrapped(left.start.first_degrees - earlier.first_degrees)
    second_moved = wrapped(left.start.second_degrees - earlier.second_degrees)
    for moved, to_go in ((first_moved, left.first_degrees), (second_moved, left.second_degrees)):
        speed = max(0.0, abs(moved) / seconds - gain * seconds / 2.0)
        if abs(to_go) >= abs(to_go + moved) + SKEW_DEGREES:
            return False
        if speed * speed / (2.0 * gain) > abs(to_go) + BRAKED_LATE_DEGREES:
            return False
    return True


@dataclass(frozen=True, slots=True)
class _Sent:
    """Where a goto is to end, and the side of its pier that a German mount is known to be on while it goes there."""

    end: Standing
    looks_east: bool | None


@dataclass(frozen=True, slots=True)
class _Braking:
    """What a motion that nobody has sent anywhere still does when it is halted at the next look: by hand, by others.

    It goes on as fast as it was seen to go; that a key which is just being pressed reaches nothing is hand.py's affair.
    """

    seconds: float
    window_seconds: float
    fastest: float

    def beyond(self, before: float, now: float) -> float:
        """How far beyond a limit it will rest, from how far it was at two looks."""
        speed = (now - before) / self.seconds
        if speed <= UNMOVED_DEGREES_PER_SECOND:
            return now
        return now + speed * self.window_seconds + speed * speed * RAMP_SECONDS / (2.0 * self.fastest)


def _outside(before: Standing, now: Standing, bounds: Bounds, braking: _Braking | None) -> Breach | None:
    """A goto brakes by itself before a limit that its target keeps; anything else has to be halted in time."""
    limits, latitude = bounds.limits, bounds.latitude_degrees
    altitude, climbs = (
        altitude_degrees(now, latitude),
        altitude_degrees(now, latitude) > altitude_degrees(before, latitude),
    )

    def is_beyond(earlier: float, later: float) -> bool:
        at_rest = braking.beyond(earlier, later) if braking else later
        return not at_rest <= TOLERANCE_DEGREES and not at_rest <= earlier

    depth_before, depth = depth_degrees(before, bounds), depth_degrees(now, bounds)
    if is_beyond(depth_before, depth) and not (climbs and depth_before > TOLERANCE_DEGREES):
        numbers = {"altitude_degrees": round(altitude, 1), "limit_degrees": round(altitude + depth, 1)}
        return Breach("halted_at_limit", numbers)
    if is_beyond(zenith_excess_degrees(before, bounds), zenith_excess_degrees(now, bounds)):
        numbers = {"altitude_degrees": round(altitude, 1), "limit_degrees": limits.highest_altitude_degrees}
        return Breach("halted_at_zenith", numbers)
    if is_beyond(dec_excess_degrees(before, bounds), dec_excess_degrees(now, bounds)):
        numbers = {"dec_degrees": round(now.dec_degrees, 1), "limit_degrees": dec_limit_degrees(now, limits)}
        return Breach("halted_at_dec_limit", numbers)
    return None
