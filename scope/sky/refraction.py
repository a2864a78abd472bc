"""How much the air lifts what is seen: from the geometric altitude to the one an eye sees.

Down to 8° it is ERFA's A·tan z + B·tan³z, the same as in astropy's AltAz. That series fails at the horizon (it gives
11′ where the air gives 29′), so that below the curve of Sæmundsson (Sky & Telescope 72, 70, 1986) takes over, scaled to
meet it at 8°. Under −1° nothing can be seen; the lift fades to nothing at the nadir, so that altitude as seen always
rises with the geometric one and is never undefined.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, degrees, radians, sin, tan

from erfa import ufunc

TEMPERATURE_CELSIUS = 10.0
RELATIVE_HUMIDITY = 0.5
WAVELENGTH_MICROMETRES = 0.55  # green, where the eye sees best at night and by day
JOIN_DEGREES = 8.0
LOWEST_DEGREES = -1.0


@dataclass(frozen=True, slots=True)
class Air:
    """ERFA's two constants of refraction in radians, and the factor of Sæmundsson's curve, for one place's air."""

    a: float
    b: float
    scale: float

    def lift_degrees(self, altitude_degrees: float) -> float:
        """How much higher than `altitude_degrees` (geometric, −90…90) a thing is seen."""
        if altitude_degrees >= JOIN_DEGREES:
            return _series(altitude_degrees, self.a, self.b)
        if altitude_degrees >= LOWEST_DEGREES:
            return self.scale * _saemundsson(altitude_degrees)
        fading = (90.0 + altitude_degrees) / (90.0 + LOWEST_DEGREES)
        return self.scale * _saemundsson(LOWEST_DEGREES) * fading


def air_at(elevation_metres: float) -> Air:
    """The standard atmosphere (ISO 2533) at that height, but 10 °C warm; a day's weather changes it by percents."""
    a, b = ufunc.refco(
        pressure_hectopascal(elevation_metres), TEMPERATURE_CELSIUS, RELATIVE_HUMIDITY, WAVELENGTH_MICROMETRES
    )
    return Air(float(a), float(b), _series(JOIN_DEGREES, float(a), float(b)) / _saemundsson(JOIN_DEGREES))


def pressure_hectopascal(elevation_metres: float) -> float:
    """Mean pressure of the standard atmosphere; valid through the troposphere, held at its ends."""
    height = min(max(elevation_metres, -500.0), 11_000.0)
    return float(1013.25 * (1.0 - 2.25577e-5 * height) ** 5.25588)


def _series(altitude_degrees: float, a: float, b: float) -> float:
    """ERFA's atioq: one step of Newton on A·tan z + B·tan³z, because z is wanted as seen and given geometric."""
    up, along = sin(radians(altitude_degrees)), cos(radians(altitude_degrees))
    slope = along / up
    cubic = b * slope * slope
    return degrees((a + cubic) * slope / (1.0 + (a + 3.0 * cubic) / (up * up)))


def _saemundsson(altitude_degrees: float) -> float:
    return 1.02 / 60.0 / tan(radians(altitude_degrees + 10.3 / (altitude_degrees + 5.11)))
