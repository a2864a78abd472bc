"""What a NexStar hand control can do, by its firmware and by the mount it is plugged into: data, no order.

Source: NexStar Communication Protocol 1.2 (which command came with which version); model numbers, the versions of
`p` and `v` and the southern exchange of its letters by INDI's celestron drivers. Not confirmed on hardware.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scope.mounts.mount import Can

STARSENSE = 0x13
MODELS: Mapping[int, str] = {
    1: "NexStar GPS",
    3: "NexStar i",
    4: "NexStar i SE",
    5: "CGE",
    6: "Advanced GT",
    7: "NexStar SLT",
    9: "CPC",
    10: "NexStar GT",
    11: "NexStar 4/5 SE",
    12: "NexStar 6/8 SE",
    13: "CGE Pro",
    14: "CGEM",
    15: "LCM",
    16: "SkyProdigy",
    17: "CPC Deluxe",
    18: "NexStar GT 16",
    19: "StarSeeker",
    20: "Advanced VX",
    21: "Cosmos",
    22: "NexStar Evolution",
    23: "CGX",
    24: "CGX-L",
    25: "Astro Fi",
    26: "Sky-Watcher",
}
GERMAN = frozenset({5, 6, 13, 14, 20, 23, 24})
SINCE: Mapping[Can, tuple[int, int]] = {
    Can.GOTO: (1, 2),
    Can.NUDGE: (1, 6),
    Can.TRACK: (1, 6),
    Can.PARK: (2, 2),
    Can.UNPARK: (2, 2),
    Can.READ_CLOCK: (2, 3),
    Can.SET_CLOCK: (2, 3),
    Can.SYNC: (4, 10),
}
FOR_EQUATORIAL = Can.LUNAR | Can.SOLAR
"""The rates are the polar axis's: on an alt-azimuth mount there is none."""
FINE, MODELS_TOLD, MODES_TOLD, SIDES_TOLD = (1, 6), (2, 2), (2, 3), (4, 15)
VARIANTS_TOLD, QUARTERLY, HIBERNATES = (5, 28), (5, 28), (5, 28)
SIDES_EXCHANGED_UP_TO = (5, 24)


@dataclass(frozen=True, slots=True)
class HandControl:
    """One hand control and its mount: `version` of the former, `model` of the latter (None where it is too old)."""

    version: tuple[int, int]
    variant: int | None = None
    model: int | None = None

    @property
    def is_starsense(self) -> bool:
        """Its versions begin at 1 again, and it can all that the others can do."""
        return self.variant == STARSENSE

    def has(self, since: tuple[int, int]) -> bool:
        return self.is_starsense or self.version >= since

    @property
    def is_german(self) -> bool:
        return self.model in GERMAN

    @property
    def counts_quarters(self) -> bool:
        """Whether its time zone can be told in quarters of an hour; a StarSense's cannot."""
        return not self.is_starsense and self.version >= QUARTERLY

    @property
    def exchanges_sides_in_the_south(self) -> bool:
        return not self.is_starsense and self.version <= SIDES_EXCHANGED_UP_TO

    @property
    def product(self) -> str:
        name = MODELS.get(self.model or 0, "NexStar" if self.model is None else f"NexStar model {self.model}")
        return name + " with StarSense" * self.is_starsense

    def can(self, equatorial: bool) -> Can:
        able = Can(0)
        for flag, since in SINCE.items():
            able |= flag if self.has(since) else Can(0)
        if self.is_german and self.has(SIDES_TOLD):
            able |= Can.PIER_SIDE
        return able | FOR_EQUATORIAL if equatorial and Can.TRACK in able else able
