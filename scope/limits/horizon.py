"""The horizon as it is: roofs, trees and hills as points of azimuth and altitude, straight lines between them.

Reads what Stellarium (horizon.txt of a polygonal landscape) and N.I.N.A. (.hrz, .txt) write: one pair a line. Files are
somebody else's; here is only their text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from math import isfinite

from scope.errors import NotUnderstood

FEWEST_POINTS, MOST_POINTS = 2, 720
LOWEST_DEGREES, HIGHEST_DEGREES = -10.0, 90.0
FULL_TURN = 360.0


@dataclass(frozen=True, slots=True)
class Mask:
    """Points (azimuth in [0, 360), altitude), azimuths rising; none is a horizon that hides nothing."""

    points: tuple[tuple[float, float], ...]

    @property
    def highest(self) -> float:
        return max((altitude for _, altitude in self.points), default=-90.0)

    def altitude_at(self, azimuth: float) -> float:
        """Below this altitude nothing is seen; −90° where there is no mask. A NaN hides everything."""
        if not self.points:
            return -90.0
        if not isfinite(azimuth):
            return 90.0
        azimuth %= FULL_TURN
        after = bisect_right(self.points, (azimuth, HIGHEST_DEGREES))
        left_azimuth, left = self.points[after - 1]
        right_azimuth, right = self.points[after % len(self.points)]
        gap = (right_azimuth - left_azimuth) % FULL_TURN or FULL_TURN
        return left + (right - left) * ((azimuth - left_azimuth) % FULL_TURN) / gap

    def highest_between(self, one: float, other: float) -> float:
        """The highest altitude of the mask on the way from one azimuth to another, whichever is larger, unwrapped."""
        low, high = min(one, other), max(one, other)
        if high - low >= FULL_TURN:
            return self.highest
        within = [altitude for azimuth, altitude in self.points if (azimuth - low) % FULL_TURN <= high - low]
        return max(self.altitude_at(low), self.altitude_at(high), *within)


OPEN_HORIZON = Mask(())


def read_mask(text: str) -> Mask:
    """The mask that a file of pairs means; NotUnderstood names the line.

    `#` begins a remark; blanks, tabs or `;` stand between the numbers, or a comma where it cannot be a decimal one.
    Azimuth 0–360° from north through east, 360 being north again; altitude −10–90°.
    """
    given: dict[float, float] = {}
    points: dict[float, float] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        written = line.partition("#")[0].strip()
        if not written:
            continue
        azimuth, altitude = _pair(written, number)
        if azimuth in given or points.get(azimuth % FULL_TURN, altitude) != altitude:
            raise _wrong(written, number)
        given[azimuth] = points[azimuth % FULL_TURN] = altitude
    if not FEWEST_POINTS <= len(points) <= MOST_POINTS:
        code = "horizon_too_few" if len(points) < FEWEST_POINTS else "horizon_too_many"
        raise NotUnderstood(f"a horizon of {len(points)} points", code=code, points=len(points))
    return Mask(tuple(sorted(points.items())))


def mask_text(mask: Mask) -> str:
    """A file that `read_mask`, Stellarium and N.I.N.A. read as the same mask."""
    return "".join(f"{azimuth!r} {altitude!r}\n" for azimuth, altitude in mask.points)


def _pair(written: str, number: int) -> tuple[float, float]:
    parts = [part for part in re.split(r"[\s;]+", written) if part]
    if len(parts) == 1 and written.count(",") == 1:
        parts = written.split(",")
    elif len(parts) == 2 and parts[0].endswith(","):
        parts[0] = parts[0][:-1]
    try:
        azimuth, altitude = (float(part.replace(",", ".")) for part in parts)
    except ValueError as wrong:
        raise _wrong(written, number) from wrong
    if not (0.0 <= azimuth <= FULL_TURN and LOWEST_DEGREES <= altitude <= HIGHEST_DEGREES):
        raise _wrong(written, number)
    return azimuth, altitude


def _wrong(written: str, number: int) -> NotUnderstood:
    part = written[:40]
    return NotUnderstood(f"line {number}: {part!r}", code="horizon_wrong", line=number, part=part)
