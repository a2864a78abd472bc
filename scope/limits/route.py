"""Which way round: straight to the target if the whole way is safe, else over safe places between.

Each leg is a goto that the mount makes on its own, so that leg.py judges all it may do. The sky goes on turning while
the legs are made: judge each again with `is_safe` before it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass

from scope.errors import NotAllowed
from scope.limits import sun as sun_limits
from scope.limits import where
from scope.limits.cable import may_wind
from scope.limits.detour import around, counted
from scope.limits.leg import Chart, Fault, Spot
from scope.limits.sun import SunNow
from scope.limits.where import Bounds
from scope.position import Standing


@dataclass(frozen=True, slots=True)
class Route:
    """Gotos to send one after the other, the target last.

    `reason` says why it goes round: "sun", "horizon", "dec" or "cable"; None when it goes straight.
    """

    legs: tuple[Standing, ...]
    reason: str | None = None


def plan(
    here: Standing,
    target: Standing,
    sun: SunNow | None,
    bounds: Bounds,
    travel_degrees: float | None = None,
    looks_east: bool | None = None,
) -> Route:
    """The way to the target; NotAllowed when it may not be pointed at, or when no safe way to it is found.

    `travel_degrees`: how far the first axis is wound now, positive with its angle; None when it is not counted, and it
    is not for a German mount, whose pier bounds it, nor while the kind of mount is not known. `looks_east`: the side
    of its pier that a German mount is known to be on (axes.looks_east); within the overrun, if it is not known, both
    are reckoned with, and then there may be no safe way for lack of knowledge.
    """
    for place in (here, target):
        sun_limits.check_known(place, sun)
    where.check_target(target, bounds)
    sun_limits.check_target(target, sun, bounds.limits)
    chart = Chart(bounds, sun)
    start, goal = chart.spot(here, looks_east), chart.spot(target)
    fault = _fault(chart, start, goal, travel_degrees)
    if fault is None:
        return Route((target,))
    spots = around(chart, start, goal, travel_degrees)
    if spots is None:
        raise _refusal(fault, bounds, travel_degrees)
    return Route(tuple(spot.standing for spot in spots), fault.cause)


def is_safe(
    here: Standing,
    there: Standing,
    sun: SunNow | None,
    bounds: Bounds,
    travel_degrees: float | None = None,
    looks_east: bool | None = None,
) -> bool:
    """Whether one leg may still be made straight from where the tube has come to.

    The arguments are those of `plan`, and so are the errors for what is not known.
    """
    for place in (here, there):
        sun_limits.check_known(place, sun)
    chart = Chart(bounds, sun)
    return _fault(chart, chart.spot(here, looks_east), chart.spot(there), travel_degrees) is None


def _fault(chart: Chart, start: Spot, goal: Spot, travel_degrees: float | None) -> Fault | None:
    kind = counted(chart.bounds.axes)
    if travel_degrees is not None and kind is not None:
        turns = [way.first_degrees for way in chart.sweeps(start, goal) if way.axes is kind]
        if not all(may_wind(travel_degrees, turn, chart.bounds.limits) for turn in turns):
            return chart.fault(start, goal) or Fault("cable", max(abs(travel_degrees + turn) for turn in turns))
    return chart.fault(start, goal)


def _refusal(fault: Fault, bounds: Bounds, travel_degrees: float | None) -> NotAllowed:
    limits, degrees = bounds.limits, round(fault.degrees, 1)
    if fault.cause == "sun":
        return NotAllowed(
            f"on the way it may pass {degrees:.1f}° from the Sun, the limit is {limits.sun_radius_degrees:g}°",
            code="path_near_sun",
            separation_degrees=degrees,
            limit_degrees=limits.sun_radius_degrees,
        )
    if fault.cause == "cable":
        return NotAllowed(
            f"the cables would be wound by {degrees:.0f}°, the limit is {limits.cable_degrees:g}°",
            code="cable_wrapped",
            travel_degrees=None if travel_degrees is None else round(travel_degrees, 1),
            limit_degrees=limits.cable_degrees,
        )
    code = {"dec": "path_outside_dec", "horizon": "path_below_horizon"}[fault.cause]
    return NotAllowed(f"the way there leads {degrees:.1f}° beyond the limit", code=code, beyond_degrees=degrees)
