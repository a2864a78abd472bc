"""How the Earth stands at a moment: the two-part dates ERFA wants, UT1, and where the pole is.

The table is the IERS's finals2000A as bundled by astropy-iers-data, read from the disk once and never renewed from a
network. Before and behind it nothing is known: UT1−UTC keeps the last value (0 before 1973), the pole likewise, which
is wrong by less than a second of time, 15″, for as long as leap seconds exist.

ERFA's plain wrappers warn of "dubious years" more than five years after their release, and silencing a warning is not
safe between threads. Therefore everything here calls `erfa.ufunc`, the same routines with the status as a value: the
only status they give a valid date is that doubt, which is about leap seconds not yet announced.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import astropy_iers_data  # type: ignore[import-untyped]  # ships no types
import numpy as np
from erfa import DAS2R, DJM0, ufunc
from numpy.typing import NDArray

Days = tuple[float, float]
"""A Julian Date in two parts, of which the second is the smaller; ERFA's quasi-JD on the day of a leap second."""

SECONDS_A_DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Orientation:
    """UT1−UTC in seconds, and the pole's coordinates in radians."""

    ut1_minus_utc: float
    pole_x: float
    pole_y: float


def julian_utc(utc: datetime) -> Days:
    """The moment as ERFA's UTC; any time zone is understood, a moment without one is refused."""
    if utc.tzinfo is None:
        raise ValueError("a moment without a time zone is not a moment")
    at = utc.astimezone(UTC)
    day, part, _doubt = ufunc.dtf2d(
        "UTC", at.year, at.month, at.day, at.hour, at.minute, at.second + at.microsecond / 1e6
    )
    return float(day), float(part)


def terrestrial_time(utc: Days) -> Days:
    """TT; it stands for TDB too, from which it differs by less than 2 ms (the Moon moves 1 mas)."""
    day, part, _doubt = ufunc.utctai(*utc)
    day, part, _status = ufunc.taitt(day, part)
    return float(day), float(part)


def universal_time(utc: Days, ut1_minus_utc: float) -> Days:
    """UT1, the angle of the Earth's rotation; UT1−UTC in seconds, as `orientation` of about that moment has it."""
    day, part, _doubt = ufunc.utcut1(*utc, ut1_minus_utc)
    return float(day), float(part)


def orientation(utc: Days) -> Orientation:
    """From the table, interpolated by the day; behind its end the last values."""
    table = _table()
    mjd = utc[0] - DJM0 + utc[1]
    if not mjd >= table.mjd[0]:
        return Orientation(0.0, 0.0, 0.0)
    leaps = table.leaps[np.searchsorted(table.mjd, mjd, side="right") - 1]
    return Orientation(
        float(np.interp(mjd, table.mjd, table.steady) + leaps),
        float(np.interp(mjd, table.mjd, table.pole_x)),
        float(np.interp(mjd, table.mjd, table.pole_y)),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """A row a day; UT1−UTC is `leaps` + `steady`, which has no jumps and can therefore be interpolated."""

    mjd: NDArray[np.float64]
    steady: NDArray[np.float64]
    leaps: NDArray[np.float64]
    pole_x: NDArray[np.float64]
    pole_y: NDArray[np.float64]


@cache
def _table() -> _Table:
    mjd, ut1_minus_utc, pole_x, pole_y = np.array(_rows()).T
    steady = np.unwrap(ut1_minus_utc, period=1.0)
    return _Table(mjd, steady, np.rint(ut1_minus_utc - steady), pole_x * DAS2R, pole_y * DAS2R)


def _rows() -> list[tuple[float, float, float, float]]:
    """MJD, UT1−UTC in seconds and the pole in arcseconds, in the columns that ReadMe.finals2000A gives (Bulletin A)."""
    with open(astropy_iers_data.IERS_A_FILE, encoding="ascii") as table:
        return [
            (float(row[7:15]), float(row[58:68]), float(row[18:27]), float(row[37:46]))
            for row in table
            if row[58:68].strip()  # the last rows are days without a prediction
        ]
