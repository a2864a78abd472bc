"""How far the Earth's axis nods: nutation in longitude and obliquity, and the obliquity itself.

The ten largest terms of IAU 2000B (McCarthy & Luzum 2003), with Delaunay's arguments (linear terms of Simon et al.
1994). Good to 0.05″ in 1980–2060. It must never read a clock: centuries since J2000 are handed in.
"""

from math import cos, radians, sin

ARCSECONDS_PER_DEGREE = 3600.0

# multiples of (l, l', F, D, Ω), then the amplitudes in longitude (of the sine) and in obliquity (of the cosine), in
# arcseconds
_TERMS = (
    ((0, 0, 0, 0, 1), -17.2064161, 9.2052331),
    ((0, 0, 2, -2, 2), -1.3170906, 0.5730336),
    ((0, 0, 2, 0, 2), -0.2276413, 0.0978459),
    ((0, 0, 0, 0, 2), 0.2074554, -0.0897492),
    ((0, 1, 0, 0, 0), 0.1475877, 0.0073871),
    ((0, 1, 2, -2, 2), -0.0516821, 0.0224386),
    ((1, 0, 0, 0, 0), 0.0711159, -0.0006750),
    ((0, 0, 2, 0, 1), -0.0387298, 0.0200728),
    ((1, 0, 2, 0, 2), -0.0301461, 0.0129025),
    ((0, -1, 2, -2, 2), 0.0215829, -0.0095929),
)


def moon_node_degrees(centuries: float) -> float:
    """Ω, the mean longitude of the Moon's ascending node."""
    return 125.04455501 - 1934.13626197 * centuries


def mean_obliquity_degrees(centuries: float) -> float:
    return 23.439279 - 0.0130102 * centuries


def nutation_arcseconds(centuries: float) -> tuple[float, float]:
    """In longitude and in obliquity."""
    arguments = _fundamental_arguments_degrees(centuries)
    longitude = obliquity = 0.0
    for multiples, along, across in _TERMS:
        angle = radians(sum(n * argument for n, argument in zip(multiples, arguments, strict=True)))
        longitude += along * sin(angle)
        obliquity += across * cos(angle)
    return longitude, obliquity


def _fundamental_arguments_degrees(centuries: float) -> tuple[float, float, float, float, float]:
    """Delaunay's l, l', F, D and Ω."""
    return (
        134.96340251 + 477198.86756050 * centuries,
        357.52910918 + 35999.05029114 * centuries,
        93.27209062 + 483202.01745772 * centuries,
        297.85019547 + 445267.11144694 * centuries,
        moon_node_degrees(centuries),
    )
