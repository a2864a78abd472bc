"""What people declare and set for the telescope's safety: lid, solar filter, horizon, time; and what is told of it.

On the thread of whoever gives the order. What has to survive a restart is remembered; a declared filter never does.
"""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from scope.clock import Clock
from scope.errors import LineLost, NotAllowed, NotUnderstood, SettingsError
from scope.limits.axes import azimuth_degrees
from scope.limits.horizon import OPEN_HORIZON, Mask, mask_text, read_mask
from scope.orders import DeclareSolar, EndSolar, Person
from scope.position import Site
from scope.remembered import Remembered
from scope.steering.controller import Controller
from scope.target import Target

COVERED, CLOCK = "covered", "clock"


class Precautions:
    """One telescope's; `horizon_file` lies beside clubscope.toml, as people can read and edit it."""

    def __init__(
        self, controller: Controller, remembered: Remembered, horizon_file: Path, site: Site, clock: Clock
    ) -> None:
        self._controller, self._remembered, self._file = controller, remembered, horizon_file
        self._site, self._clock, self._guard = site, clock, controller.guard
        self._guard.mask = horizon_from(horizon_file)
        controller.foresight.covered = remembered.get(COVERED) is True
        clock.recall(remembered.get(CLOCK))

    # --- the lid and the filter -----------------------------------------------------------------------------------

    def cover(self, covered: bool) -> None:
        self._controller.foresight.covered = covered
        self._remembered.put(COVERED, covered)

    def somebody_looks(self) -> None:
        """Whoever points the telescope somewhere has taken the lid off, said or not: nothing else is safe to think."""
        if self._controller.foresight.covered:
            self.cover(False)

    def declare_solar(self, order: DeclareSolar, by: Person) -> None:
        """NotAllowed without both ticks or without a Sun; a filter is declared for a telescope that answers."""
        if not self._controller.is_up:
            raise LineLost("there is no line to the mount")
        utc = self._clock.utc()
        height = self._guard.sun(utc).altitude_degrees
        self._guard.solar.declare(order, by, height, self._clock.monotonic(), utc)

    def end_solar(self, order: EndSolar) -> None:
        if not self._controller.end_solar(order.because.value):
            raise NotAllowed("the Sun is forbidden anyway", code="solar_not_on")

    # --- horizon and time -----------------------------------------------------------------------------------------

    def set_horizon(self, points: tuple[tuple[float, float], ...]) -> None:
        """Checked, written whole or not at all, and in force at once."""
        mask = read_mask(mask_text(Mask(points))) if points else OPEN_HORIZON
        _write_whole(self._file, mask_text(mask) if points else "")
        self._guard.mask = mask

    def set_time(self, utc: datetime) -> None:
        """By a person's watch from now on; the mount is compared with it at once."""
        self._clock.correct(utc)
        witness = self._clock.witness
        self._remembered.put(CLOCK, None if witness is None else witness.as_json())
        if self._controller.is_up:
            self._controller.compare_clocks()

    # --- what is told of it ---------------------------------------------------------------------------------------

    def limits(self) -> dict[str, Any]:
        """See scope/desk.py."""
        guard, status = self._guard, self._controller.where()
        return {
            **asdict(guard.limits),
            "axes": sorted(kind.value for kind in guard.axes),
            "fastest_degrees_per_second": guard.fastest,
            "horizon": [list(point) for point in guard.mask.points],
            "sun": self._sun(),
            "pointing": status and {"altitude_degrees": status[0], "azimuth_degrees": status[1]},
            "cable_travel_degrees": self._controller.cable_degrees,
        }

    def _sun(self) -> dict[str, float] | None:
        try:
            sun = self._guard.sun(self._clock.utc())
        except NotAllowed:
            return None
        azimuth = azimuth_degrees(sun.standing, self._site.latitude_degrees)
        return {"altitude_degrees": round(sun.altitude_degrees, 1), "azimuth_degrees": round(azimuth, 1)}

    def described(self, target: Target) -> dict[str, Any]:
        """An object of the catalogue with where it stands now."""
        utc, sky = self._clock.utc(), self._guard.sky
        stands = sky.horizontal(sky.place(target, utc), utc)
        return {
            "designation": target.designation,
            "kind": target.kind.value,
            "names": dict(target.names),
            "constellation": target.constellation,
            "magnitude": target.magnitude,
            "altitude_degrees": round(stands.altitude_degrees, 1),
            "azimuth_degrees": round(stands.azimuth_degrees, 1),
        }


def horizon_from(file: Path) -> Mask:
    """The mask in that file; none where there is no file, and no start with one that cannot be read."""
    if not file.exists():
        return OPEN_HORIZON
    try:
        text = file.read_text(encoding="utf-8")
        return read_mask(text) if text.strip() else OPEN_HORIZON
    except (OSError, UnicodeDecodeError) as wrong:
        raise SettingsError(f"cannot read {file}: {wrong}", code="settings_unreadable", file=str(file)) from wrong
    except NotUnderstood as wrong:
        raise SettingsError(f"{file}: {wrong}", code="settings_wrong", **wrong.details) from wrong


def _write_whole(file: Path, text: str) -> None:
    fresh = file.with_name(f".{file.name}.new")
    try:
        with fresh.open("w", encoding="utf-8") as page:
            page.write(text)
            page.flush()
            os.fsync(page.fileno())
        fresh.replace(file)
    except OSError as wrong:
        raise NotAllowed(f"cannot write {file}: {wrong}", code="not_saved", file=str(file)) from wrong
