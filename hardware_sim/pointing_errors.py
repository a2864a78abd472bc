"""What is crooked in a mount that was built and set up by hand: where the tube really points for given axis angles.

Whole rotations, no small-angle formulae, so that they hold at the pole and for errors of any size. From the tube
outwards: cone, second axis not square to the first, index errors, the base on its bolts and on a leaning pier, a tube
that sags. It must never know what the firmware believes, which takes its mount for perfect.
"""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

from hardware_sim.geometry import AxisPair, Geometry, HourAngleDec, from_horizontal

ARCMINUTES_PER_DEGREE = 60.0
Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class PointingErrors:
    """By how much what is perfect in the firmware is not so in metal; arcminutes throughout.

    polar_altitude, polar_azimuth: the raised end of the polar axis (in the south that to the south pole) stands too
        high, and too far to the east, as its two bolts would turn it. On an upright mount the first leans it towards
        the equator and the second only turns it.
    lean_north, lean_east: the pier, with all that stands on it, leans that way.
    cone: the tube points too far on along the first axis (west, or clockwise) by so much at declination or altitude 0,
        and the other way when it is tipped over (on the other side of the pier).
    non_perpendicularity: the second axis is so much off square; with it at 45° the tube is too far on by as much.
    flexure: how much a level tube sags; it goes with the cosine of the altitude.
    index: how much further each axis stands than its motor says.
    """

    polar_altitude_arcminutes: float = 0.0
    polar_azimuth_arcminutes: float = 0.0
    lean_north_arcminutes: float = 0.0
    lean_east_arcminutes: float = 0.0
    cone_arcminutes: float = 0.0
    non_perpendicularity_arcminutes: float = 0.0
    flexure_arcminutes: float = 0.0
    index_arcminutes: tuple[float, float] = (0.0, 0.0)


NO_ERRORS = PointingErrors()


def sky_through(errors: PointingErrors, geometry: Geometry, axes: AxisPair, latitude: float) -> HourAngleDec:
    """Where the tube points when its axes stand like this; without errors exactly what the geometry says."""
    if errors == NO_ERRORS:
        return geometry.sky(axes, latitude)
    tube = _on_its_axes(errors, axes)
    ground = _on_the_wedge(tube, latitude) if geometry.polar else tube
    towards_pole = 1.0 if latitude >= 0.0 else -1.0
    ground = _on_its_bolts(errors, ground, towards_pole)
    return _as_sky(_sagging(errors, _leaning(errors, ground)), latitude)


def _angle(arcminutes: float) -> float:
    return radians(arcminutes / ARCMINUTES_PER_DEGREE)


def _turned(along: float, across: float, angle: float) -> tuple[float, float]:
    """Two components after a turn from the first towards the second."""
    return along * cos(angle) - across * sin(angle), along * sin(angle) + across * cos(angle)


def _on_its_axes(errors: PointingErrors, axes: AxisPair) -> Vector:
    """The tube against the base: towards zero of the first axis, a quarter turn on, and along that axis."""
    first = radians(axes.first) + _angle(errors.index_arcminutes[0])
    second = radians(axes.second) + _angle(errors.index_arcminutes[1])
    cone = _angle(errors.cone_arcminutes)
    forward, rise = cos(cone) * cos(second), cos(cone) * sin(second)
    rise, sideways = _turned(rise, sin(cone), _angle(errors.non_perpendicularity_arcminutes))
    return (*_turned(forward, sideways, first), rise)


def _on_the_wedge(tube: Vector, latitude: float) -> Vector:
    """From meridian, west and north pole to north, east and up."""
    meridian, west, pole = tube
    north, up = _turned(pole, meridian, radians(latitude))
    return north, -west, up


def _on_its_bolts(errors: PointingErrors, ground: Vector, towards_pole: float) -> Vector:
    """The altitude bolt stands on the plate that the azimuth bolts turn."""
    north, east, up = ground
    north, up = _turned(north, up, towards_pole * _angle(errors.polar_altitude_arcminutes))
    return (*_turned(north, east, towards_pole * _angle(errors.polar_azimuth_arcminutes)), up)


def _leaning(errors: PointingErrors, ground: Vector) -> Vector:
    """One turn about the level line across the lean."""
    north, east, up = ground
    lean = hypot(errors.lean_north_arcminutes, errors.lean_east_arcminutes)
    if lean == 0.0:
        return ground
    to_north, to_east = errors.lean_north_arcminutes / lean, errors.lean_east_arcminutes / lean
    along = north * to_north + east * to_east
    up, leant = _turned(up, along, _angle(lean))
    return north + (leant - along) * to_north, east + (leant - along) * to_east, up


def _sagging(errors: PointingErrors, ground: Vector) -> Vector:
    north, east, up = ground
    level = hypot(north, east)
    if errors.flexure_arcminutes == 0.0 or level == 0.0:
        return ground
    sagged, up = _turned(level, up, -_angle(errors.flexure_arcminutes) * level)  # its cosine, of a vector of length 1
    return north * sagged / level, east * sagged / level, up


def _as_sky(ground: Vector, latitude: float) -> HourAngleDec:
    north, east, up = ground
    return from_horizontal(degrees(atan2(up, hypot(north, east))), degrees(atan2(east, north)), latitude)
