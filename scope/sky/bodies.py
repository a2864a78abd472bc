"""Where the bodies of the solar system are, seen from a place and moment: astropy's built-in ephemeris.

That is ERFA's `epv00` for the Sun and the Earth, `moon98` (Meeus) for the Moon and `plan94` (Simon et al. 1994) for the
planets, with nothing to download. Compared with JPL's DE421 from 1990 to 2050, seen from Almaty, the greatest errors
are: Sun 0.01″, Mercury 2″, Neptune 7″, Venus 8″, Moon 11″, Mars 51″, Jupiter 54″, Uranus 71″, Saturn 88″. That finds
them in any eyepiece.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from erfa import ufunc
from numpy.typing import NDArray

from scope.sky.earth import Days

Vector = NDArray[np.float64]

PLANETS = {"Mercury": 1, "Venus": 2, "Mars": 4, "Jupiter": 5, "Saturn": 6, "Uranus": 7, "Neptune": 8}
"""`plan94`'s numbers; its third planet is the Earth and Moon together."""
BODIES = frozenset({"Sun", "Moon", *PLANETS})

LIGHT_DAYS_PER_AU = 499.004783836 / 86400.0  # IAU 2012 astronomical unit over the speed of light


def direction(body: str, tt: Days, observer: Vector) -> tuple[float, float]:
    """ICRS right ascension and declination, in radians, in which the body's light comes to a resting observer.

    `body` is one of BODIES, `observer` is the barycentric position in astronomical units at `tt`. Light time is
    allowed for; aberration and deflection are the astrometry context's affair, as for a star.
    """
    light = 0.0
    for _step in range(3):  # the third changes the Moon by nothing and Neptune by 1e-6″
        away = _barycentric(body, (tt[0], tt[1] - light)) - observer
        light = float(np.sqrt(away @ away)) * LIGHT_DAYS_PER_AU
    ra, dec = ufunc.c2s(away)
    return float(ra), float(dec)


def _barycentric(body: str, tt: Days) -> Vector:
    from_sun, from_barycentre, _doubt = ufunc.epv00(*tt)
    if body == "Moon":
        return _position(from_barycentre) + _position(ufunc.moon98(*tt))
    sun = _position(from_barycentre) - _position(from_sun)
    if body == "Sun":
        return sun
    planet, _doubt = ufunc.plan94(*tt, PLANETS[body])
    return sun + _position(planet)


def _position(position_and_velocity: Any) -> Vector:
    place: Vector = position_and_velocity["p"]
    return place
