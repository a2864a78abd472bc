"""Counts, ticks and models of the motor controller, against figures that other programs were heard to send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scope.mounts.skywatcher_gearing import (
    MIDDLE,
    SHORTEST_PERIOD_TICKS,
    Gearing,
    counts_per_turn,
    goto_mode,
    slew_mode,
    stands_upright,
)
from scope.mounts.skywatcher_words import MOST_COUNTS, Axis, Mode, Version
from scope.position import SIDEREAL_DEGREES_PER_SECOND

EQ6 = Gearing(Axis.FIRST, 9_024_000, 64_935, 16)
AZGTI = Gearing(Axis.SECOND, 2_073_600, 16_000_000, 1)
ARCSECONDS_PER_HOUR = 3600 * 3600


@pytest.mark.parametrize(
    ("times_sidereal", "mode", "ticks"),
    [
        (1.0, Mode.SLOW_SLEW, 620),
        (15.0 / 15.041067, Mode.SLOW_SLEW, 622),  # the Sun
        (14.4921 / 15.041067, Mode.SLOW_SLEW, 644),  # the Moon in its mean
        (1.5, Mode.SLOW_SLEW, 413),
        (0.5, Mode.SLOW_SLEW, 1240),
        (-16.0, Mode.SLOW_SLEW, 39),
        (800.0, Mode.FAST_SLEW, 12),
        (10_000.0, Mode.FAST_SLEW, SHORTEST_PERIOD_TICKS),
        (1e-9, Mode.SLOW_SLEW, MOST_COUNTS),
    ],
)
def test_a_period_is_the_timer_over_the_counts_of_a_second(times_sidereal: float, mode: Mode, ticks: int) -> None:
    speed = times_sidereal * SIDEREAL_DEGREES_PER_SECOND
    assert slew_mode(speed) is mode
    assert EQ6.period_ticks(speed, mode) == ticks


def test_the_nearest_period_to_sidereal_is_two_arcseconds_an_hour_off() -> None:
    off = EQ6.speed(EQ6.period_ticks(SIDEREAL_DEGREES_PER_SECOND)) - SIDEREAL_DEGREES_PER_SECOND
    assert off * ARCSECONDS_PER_HOUR == pytest.approx(1.8, abs=0.1)


@given(st.sampled_from([EQ6, AZGTI]), st.floats(0.2, 100.0))
def test_what_rounding_makes_of_a_slow_speed_is_half_a_tick_at_most(gearing: Gearing, times_sidereal: float) -> None:
    speed = times_sidereal * SIDEREAL_DEGREES_PER_SECOND
    ticks = gearing.period_ticks(speed)
    assert abs(gearing.speed(ticks) / speed - 1.0) <= 0.5 / (ticks - 0.5) + 1e-12


@given(st.sampled_from([EQ6, AZGTI]), st.floats(-300.0, 240.0))
def test_degrees_and_counts_agree_within_half_a_count(gearing: Gearing, degrees: float) -> None:
    assert gearing.holds(degrees)
    assert abs(gearing.degrees(gearing.counts(degrees)) - degrees) <= 0.5000001 * gearing.degrees_per_count


def test_a_counter_ends() -> None:
    assert EQ6.counts(0.0) == MIDDLE
    assert EQ6.holds(-334.0)
    assert not EQ6.holds(-335.0)
    assert EQ6.holds(334.0)
    assert not EQ6.holds(335.0)


@pytest.mark.parametrize(
    ("degrees", "mode"),
    [(0.001, Mode.SLOW_GOTO), (-2.6, Mode.SLOW_GOTO), (2.7, Mode.FAST_GOTO), (-90.0, Mode.FAST_GOTO)],
)
def test_a_short_goto_is_done_in_fine_steps(degrees: float, mode: Mode) -> None:
    assert goto_mode(degrees) is mode


@pytest.mark.parametrize(
    ("model", "upright"), [(0x00, False), (0x23, False), (0x45, False), (0x82, True), (0xA5, True), (0xF0, False)]
)
def test_which_models_stand_level(model: int, upright: bool) -> None:
    assert stands_upright(model) is upright


@pytest.mark.parametrize(
    ("version", "counts"),
    [(Version("1.09", 0x82), 0x205318), (Version("2.00", 0x82), 1_000_000), (Version("1.05", 0x00), 1_000_000)],
)
def test_two_old_models_are_known_better_than_by_their_word(version: Version, counts: int) -> None:
    assert counts_per_turn(1_000_000, version) == counts
