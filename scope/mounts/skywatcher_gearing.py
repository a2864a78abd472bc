"""Counts, ticks and models: what a motor controller's figures are in degrees and seconds. Pure; it sends no word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scope.mounts.skywatcher_words import MOST_COUNTS, Axis, Mode, Version
from scope.position import SIDEREAL_DEGREES_PER_SECOND

MIDDLE = 0x800000
FASTEST_TIMES_SIDEREAL = 800.0
"""What the makers promise of their gotos; we ask for no more by hand."""
SLOW_TIMES_SIDEREAL = 128.0
"""So fast a slow slew or goto goes; beyond that only fast steps follow."""
SLOW_GOTO_DEGREES = SLOW_TIMES_SIDEREAL * SIDEREAL_DEGREES_PER_SECOND * 5.0
"""A goto that takes less than five seconds is done in slow, fine steps."""
SHORTEST_PERIOD_TICKS = 6
"""Below this a controller does not keep up, as other drivers have found; not confirmed on hardware."""
BRAKING_COUNTS = 3200
"""What other programs give for a long way; a short one brakes over a tenth of it."""

NAMES: Mapping[int, str] = {
    0x00: "EQ6",
    0x01: "HEQ5",
    0x02: "EQ5",
    0x03: "EQ3",
    0x04: "EQ8",
    0x05: "AZ-EQ6",
    0x06: "AZ-EQ5",
    0x0A: "Star Adventurer",
    0x0C: "Star Adventurer GTi",
    0x20: "EQ8-R",
    0x22: "AZ-EQ6",
    0x23: "EQ6-R",
    0x24: "CQ350",
    0x25: "CQ350",
    0x31: "EQ5 Pro",
    0x44: "Wave 100i",
    0x45: "Wave 150i",
    0x80: "GT",
    0x81: "MF",
    0x82: "114GT",
    0x90: "Dobsonian",
    0xA2: "AZ-GTe",
    0xA5: "AZ-GTi",
    0xF0: "AHP GT",
}
"""By the code in the version. Not confirmed on hardware."""
TURNS_NOT_AS_TOLD: Mapping[int, int] = {0x80: 0x162B97, 0x82: 0x205318}
"""Counts per turn of two models, by their code, whose firmware before 2.00 tells a wrong number.

As other programs have it; not confirmed on hardware.
"""


def counts_per_turn(told: int, version: Version) -> int:
    """What it says of itself, or what is known better."""
    return TURNS_NOT_AS_TOLD.get(version.model, told) if version.firmware < "2" else told


def stands_upright(model: int) -> bool:
    """Whether a model is made for a tripod that stands level; some of them may stand on a wedge, and some do both."""
    return 0x80 <= model < 0xF0


@dataclass(frozen=True, slots=True)
class Gearing:
    """One axis: counts of a whole turn, ticks of its timer in a second, counts of one fast step."""

    axis: Axis
    counts_per_turn: int
    timer_hertz: int
    fast_ratio: int

    def counts(self, degrees: float) -> int:
        """The counter at so many degrees from its middle, at the nearest count."""
        return MIDDLE + round(degrees / 360.0 * self.counts_per_turn)

    def degrees(self, counts: int) -> float:
        return (counts - MIDDLE) / self.counts_per_turn * 360.0

    @property
    def degrees_per_count(self) -> float:
        return 360.0 / self.counts_per_turn

    def holds(self, degrees: float) -> bool:
        """Whether the counter can count that far."""
        return 0 <= self.counts(degrees) <= MOST_COUNTS

    def period_ticks(self, degrees_per_second: float, mode: Mode = Mode.SLOW_SLEW) -> int:
        """Ticks from one step to the next at this speed, at the nearest tick: the rest is for whoever keeps account."""
        ratio = self.fast_ratio if mode is Mode.FAST_SLEW else 1
        counts_per_second = abs(degrees_per_second) / self.degrees_per_count
        if counts_per_second * MOST_COUNTS <= self.timer_hertz * ratio:
            return MOST_COUNTS
        return max(SHORTEST_PERIOD_TICKS, round(self.timer_hertz * ratio / counts_per_second))

    def speed(self, period_ticks: int, mode: Mode = Mode.SLOW_SLEW) -> float:
        """Degrees a second of a slew with this period."""
        ratio = self.fast_ratio if mode is Mode.FAST_SLEW else 1
        return self.timer_hertz * ratio / period_ticks * self.degrees_per_count


def slew_mode(degrees_per_second: float) -> Mode:
    slow = abs(degrees_per_second) <= SLOW_TIMES_SIDEREAL * SIDEREAL_DEGREES_PER_SECOND * 1.001
    return Mode.SLOW_SLEW if slow else Mode.FAST_SLEW


def goto_mode(degrees: float) -> Mode:
    return Mode.SLOW_GOTO if abs(degrees) <= SLOW_GOTO_DEGREES else Mode.FAST_GOTO


def goto_seconds(degrees: float) -> float:
    """About how long a goto takes."""
    times = SLOW_TIMES_SIDEREAL if goto_mode(degrees) is Mode.SLOW_GOTO else FASTEST_TIMES_SIDEREAL
    ramps = 0.0 if goto_mode(degrees) is Mode.SLOW_GOTO else 1.0
    return abs(degrees) / (times * SIDEREAL_DEGREES_PER_SECOND) + ramps
