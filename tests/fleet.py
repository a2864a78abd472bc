"""Every family that is simulated, with each of its models: who is held to the fleet's tests, and what a wire can tell.

A new family comes in by its line in `hardware_sim/families.py` and one in RESOLUTION.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hardware_sim.families import FAMILIES as SIMULATED
from hardware_sim.strangers import STRANGERS
from scope.mounts.mount import Can
from scope.orders import TrackingRate
from scope.snapshot import Motion
from tests.hand_time import HandTelescope, hand_telescope

NIGHTLY = os.environ.get("CLUBSCOPE_NIGHTLY") == "1"
SLEW_RATE = 10.0
"""Degrees a second: nobody wants to wait for forty of them."""
STEP_ARCSECONDS = 0.25
"""Of the simulated motors."""
WHOLE_SECONDS = (15.0 + 7.5, 1.0)
"""Right ascension in whole seconds of time, and half a second of the sky's turning; declination in whole arcseconds."""
RESOLUTION: Mapping[str, tuple[float, float]] = {
    "lx200": WHOLE_SECONDS,
    "astro-physics": WHOLE_SECONDS,
    "nexstar": (0.5, 0.5),
    "synscan": (1.0, 1.0),
    "skywatcher": (1.5, 1.5),  # a step of the coarsest model is 0.9″, and an upright one has two axes to be off by
    "ioptron": (0.5, 0.5),
    "rainbow": (1.0, 0.5),  # targets in tenths of a second of time
}
"""Arcseconds along right ascension (on the equator) and declination that a family's wire allows a goto to be off."""


@dataclass(frozen=True)
class Member:
    """One model of one family."""

    family: str
    model: str
    geometry: str

    def __str__(self) -> str:
        return f"{self.family}-{self.model}"

    @property
    def allowed_arcseconds(self) -> tuple[float, float]:
        ra, dec = RESOLUTION[self.family]
        return ra + STEP_ARCSECONDS, dec + STEP_ARCSECONDS

    @property
    def counts_upright(self) -> bool:
        """Whether its wire speaks of two axes that have nothing to do with the pole."""
        return self.family == "skywatcher" and self.geometry == "altaz"


FLEET = [
    Member(name, model, geometry)
    for name, family in SIMULATED.items()
    if name not in STRANGERS
    for model, geometry in family.geometry_of.items()
]
OF_OWN_KIND: Mapping[str, tuple[str, ...]] = {
    "lx200": ("lx200gps", "classic", "onstep", "am5", "ten-micron"),
    "nexstar": ("se8", "avx", "gps"),
    "synscan": ("heq5", "old"),
    "skywatcher": ("eq6", "azgti"),
    "ioptron": ("cem26", "ieq45"),
}
"""Models that differ most; the others have their turn by night, and of a family that is not here all have it always."""
KINDS = FLEET if NIGHTLY else [m for m in FLEET if m.model in OF_OWN_KIND.get(m.family, (m.model,))]
FLAGSHIPS = list({member.family: member for member in reversed(FLEET)}.values())[::-1]
"""The usual model of each family."""


@contextmanager
def at_work(folder: Path, member: Member, **options: Any) -> Iterator[HandTelescope]:
    """It follows the stars when the block begins; a mount that has to be told so has been told."""
    declared = {"mount": f'axes = "{member.geometry}"'} | options.pop("settings", {})
    kind = {"family": member.family, "model": member.model, "geometry": member.geometry}
    with hand_telescope(folder, settled=False, slew_rate=SLEW_RATE, **kind, **declared, **options) as telescope:
        telescope.run_until(lambda: telescope.seen and telescope.now.motion in RESTING, 90, "rest")
        if telescope.now.motion is Motion.STOPPED and Can.TRACK in telescope.mount.can:
            telescope.controller.track(TrackingRate.SIDEREAL)
        telescope.settle()
        telescope.controller.confirm_alignment()  # somebody has looked that one just switched on stands at home
        yield telescope


RESTING = (Motion.TRACKING, Motion.STOPPED, Motion.PARKED)
