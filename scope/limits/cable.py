"""How far the first axis is wound: counted in whole, so that two turns are not taken for none."""

from __future__ import annotations

from scope.position import wrapped
from scope.settings import LimitSettings


def wound(travel_degrees: float, before_first: float, now_first: float) -> float:
    """The travel after the axis was seen at one angle and then at another: it went the short way between two looks.

    At 8° a second that holds for looks less than 22 s apart; a longer silence has to be counted as not known.
    """
    return travel_degrees + wrapped(now_first - before_first)


def is_wound_up(travel_degrees: float, limits: LimitSettings) -> bool:
    """Whether even tracking must not go on this way."""
    return not abs(travel_degrees) <= limits.cable_degrees


def may_wind(travel_degrees: float, turn_degrees: float, limits: LimitSettings) -> bool:
    """Whether the axis may turn so far from here; one that is wound too far may always unwind."""
    after = abs(travel_degrees + turn_degrees)
    return after <= limits.cable_degrees or after < abs(travel_degrees)
