"""What a refusal tells in numbers, at the limit itself and beside it: a sentence with a wrong number misleads."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scope.errors import NotAllowed
from scope.limits.axes import Axes, standing_at
from scope.limits.hand import check_nudge
from scope.limits.live import breach
from scope.limits.sync import check_sync
from scope.limits.trust import check_trust, whole_or_none
from scope.limits.where import Bounds, dec_limit_degrees
from scope.orders import Direction
from scope.position import Standing
from scope.settings import LimitSettings

LATITUDE = 49.8
FORK = Bounds(frozenset({Axes.FORK}), LATITUDE, LimitSettings())
UPRIGHT = Bounds(frozenset({Axes.ALTAZ}), LATITUDE, LimitSettings())
NARROW = replace(FORK, limits=replace(FORK.limits, lowest_dec_degrees=-20.0, highest_dec_degrees=60.0))
INFINITE, NAN = float("inf"), float("nan")


def refused(ask: Callable[[], None]) -> tuple[str, dict[str, Any], str]:
    with pytest.raises(NotAllowed) as refusal:
        ask()
    return refusal.value.code, dict(refusal.value.details), str(refusal.value)


@pytest.mark.parametrize(
    ("seconds", "degrees", "code", "numbers", "words"),
    [
        (300.4, 0.0, "time_not_trusted", {"difference_seconds": 300, "limit_seconds": 300.0}, "300 s off"),
        (-3600.0, 5.0, "time_not_trusted", {"difference_seconds": -3600, "limit_seconds": 300.0}, "-3600 s off"),
        (INFINITE, 0.0, "time_not_trusted", {"difference_seconds": None, "limit_seconds": 300.0}, "clock"),
        (0.0, 20.6, "site_differs", {"difference_degrees": 21, "limit_degrees": 1.0}, "20.6° away"),
        (0.0, NAN, "site_differs", {"difference_degrees": None, "limit_degrees": 1.0}, "stand"),
    ],
)
def test_trust(seconds: float, degrees: float, code: str, numbers: dict[str, Any], words: str) -> None:
    told, details, message = refused(lambda: check_trust(seconds, degrees))
    assert (told, details) == (code, numbers)
    assert words in message


def test_at_the_limit_itself_a_mount_is_still_trusted() -> None:
    check_trust(300.0, 1.0)
    check_trust(-300.0, 1.0)


@pytest.mark.parametrize(("number", "whole"), [(1.4, 1), (1.6, 2), (-0.6, -1), (INFINITE, None), (NAN, None)])
def test_what_a_sentence_can_hold(number: float, whole: int | None) -> None:
    assert whole_or_none(number) == whole


def test_sync_is_asked_about_by_a_volunteer_at_night_when_nothing_else_is_said() -> None:
    code, numbers, message = refused(lambda: check_sync(5.04, confirmed=False))
    assert (code, numbers) == ("sync_needs_confirmation", {"jump_degrees": 5.0, "limit_degrees": 2.0})
    assert "5.0°" in message
    check_sync(5.04, confirmed=True)
    assert refused(lambda: check_sync(5.04, confirmed=True, by_day=True))[0] == "sync_by_day"
    assert refused(lambda: check_sync(12.34, confirmed=True))[1] == {"jump_degrees": 12.3, "limit_degrees": 10.0}


@pytest.mark.parametrize(("dec", "limit"), [(61.0, 60.0), (21.0, 60.0), (19.0, -20.0), (-21.0, -20.0)])
def test_the_nearer_limit_of_declination(dec: float, limit: float) -> None:
    assert dec_limit_degrees(Standing(0.0, dec), NARROW.limits) == limit


# --- by hand ------------------------------------------------------------------------------------------------------


def by_hand(now: Standing, direction: Direction, bounds: Bounds, speed: float = 4.0) -> tuple[str, dict[str, Any], str]:
    return refused(lambda: check_nudge(now, direction, speed, 0.6, None, bounds))


def test_a_key_that_leads_below_the_limit_says_how_low() -> None:
    code, numbers, message = by_hand(standing_at(15.5, 180.0, LATITUDE), Direction.SOUTH, UPRIGHT)
    assert code == "nudge_below_horizon"
    assert numbers["limit_degrees"] == 15.0
    assert 9.0 < numbers["altitude_degrees"] < 15.0
    assert numbers["altitude_degrees"] == round(numbers["altitude_degrees"], 1)
    assert "beyond the limit of 15.0°" in message


def test_a_key_that_leads_into_the_zenith_says_how_high() -> None:
    code, numbers, message = by_hand(standing_at(87.5, 180.0, LATITUDE), Direction.NORTH, UPRIGHT, 1.0)
    assert code == "nudge_into_zenith"
    assert numbers["limit_degrees"] == 88.0
    assert 88.0 < numbers["altitude_degrees"] <= 90.0
    assert "beyond the limit of 88.0°" in message


@pytest.mark.parametrize(
    ("dec", "direction", "limit"), [(59.5, Direction.NORTH, 60.0), (-19.5, Direction.SOUTH, -20.0)]
)
def test_a_key_that_leads_past_a_declination_says_which(dec: float, direction: Direction, limit: float) -> None:
    bounds = replace(NARROW, limits=replace(NARROW.limits, lowest_altitude_degrees=10.0))
    code, numbers, _ = by_hand(Standing(0.0, dec), direction, bounds)
    assert code == "nudge_outside_dec"
    assert numbers["limit_degrees"] == limit
    assert abs(numbers["dec_degrees"]) > abs(limit)


# --- while it moves -----------------------------------------------------------------------------------------------


def halted(before: Standing, now: Standing, bounds: Bounds) -> tuple[str, dict[str, Any]] | None:
    found = breach(before, now, 2.0, 0.25, 8.0, None, bounds)
    return None if found is None else (found.code, dict(found.details))


@pytest.mark.parametrize(
    ("before", "now", "bounds", "expected"),
    [
        ((15.2, 180.0), (14.06, 180.0), FORK, ("halted_at_limit", {"altitude_degrees": 14.1, "limit_degrees": 15.0})),
        (
            (87.0, 180.0),
            (88.94, 180.0),
            UPRIGHT,
            ("halted_at_zenith", {"altitude_degrees": 88.9, "limit_degrees": 88.0}),
        ),
        ((87.0, 180.0), (88.94, 180.0), FORK, None),
        ((12.0, 180.0), (13.0, 180.0), FORK, None),
    ],
)
def test_a_halt_says_where_and_at_which_limit(
    before: tuple[float, float], now: tuple[float, float], bounds: Bounds, expected: tuple[str, dict[str, Any]] | None
) -> None:
    first, second = (standing_at(altitude, azimuth, LATITUDE) for altitude, azimuth in (before, now))
    assert halted(first, second, bounds) == expected


def test_a_halt_at_a_declination_says_which() -> None:
    expected = ("halted_at_dec_limit", {"dec_degrees": 61.2, "limit_degrees": 60.0})
    assert halted(Standing(0.0, 59.0), Standing(0.0, 61.24), NARROW) == expected


def test_what_climbs_out_from_below_is_not_halted_though_a_hill_makes_it_deeper_for_a_while() -> None:
    """Up and over: the way out of a hidden place may lead behind a higher part of the horizon."""
    hill = replace(FORK, mask=type(FORK.mask)(((0.0, 15.0), (170.0, 15.0), (180.0, 40.0), (190.0, 15.0))))
    before, now = standing_at(20.0, 175.0, LATITUDE), standing_at(20.5, 178.0, LATITUDE)
    assert halted(before, now, hill) is None
    sinking = standing_at(19.5, 178.0, LATITUDE)
    found = halted(before, sinking, hill)
    assert found is not None
    assert found[0] == "halted_at_limit"
