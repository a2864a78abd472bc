"""How two axes point at the sky, and which angles a mount may have there: upright fork, wedge, German equatorial.

A pose is a pair of axis angles in degrees: azimuth from north through east, or hour angle positive to the west; then
altitude or declination, which goes on beyond 90° where the tube is tipped over zenith or pole. Nobody outside the mount
sees its axes, only where the tube points, so that for one direction there may be several poses; what is decided from
them must hold for all. Geometric, with perfectly aligned axes. Never a mount, never a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import atan2, cos, degrees, hypot, radians, sin

from scope.position import Standing, arc_degrees, wrapped
from scope.settings import LimitSettings

HALF_TURN_UNSURE_DEGREES = 10.0
"""A mount takes the short way round; so near to half a turn its own rounding decides which one that is."""
MERIDIAN_UNSURE_DEGREES = 1.5
"""So near to the meridian its own clock, which may be 300 s off, and its own errors decide which side a mount takes."""
BEYOND_CULMINATION_DEGREES = 30.0
"""So far a fork on a wedge may go on beyond the lower culmination before it meets a stop."""
TIP_DEGREES = 5.0
UPRIGHT_TIP_DEGREES = 2.0
"""So far beyond the pole, or the zenith, a fork's tube can be tipped by hand before it meets the base."""


class Axes(Enum):
    """How the first axis stands: upright, or at the pole; and whether there is a pier in the way."""

    ALTAZ = "altaz"
    FORK = "fork"
    GERMAN = "german"


@dataclass(frozen=True, slots=True)
class Pose:
    """Angles of the first (azimuth or polar) and the second (altitude or declination) axis."""

    first_degrees: float
    second_degrees: float


def separation(a: Standing, b: Standing) -> float:
    """Degrees between two directions."""
    return arc_degrees(a.hour_angle_degrees, a.dec_degrees, b.hour_angle_degrees, b.dec_degrees)


def altitude_degrees(standing: Standing, latitude: float) -> float:
    return _swung(standing.hour_angle_degrees, standing.dec_degrees, latitude)[1]


def azimuth_degrees(standing: Standing, latitude: float) -> float:
    """In [0, 360) from north through east."""
    return _swung(standing.hour_angle_degrees, standing.dec_degrees, latitude)[0] % 360.0 % 360.0


def standing_at(altitude: float, azimuth: float, latitude: float) -> Standing:
    hour_angle, dec = _swung(azimuth, altitude, latitude)
    return Standing(wrapped(hour_angle), dec)


def _swung(longitude: float, height: float, latitude: float) -> tuple[float, float]:
    """Hour angle and declination → azimuth and altitude, or back: half a turn about the same axis does both."""
    turn, rise, tilt = radians(longitude), radians(height), radians(latitude)
    north = sin(rise) * cos(tilt) - cos(rise) * cos(turn) * sin(tilt)
    east = -cos(rise) * sin(turn)
    up = sin(rise) * sin(tilt) + cos(rise) * cos(turn) * cos(tilt)
    return degrees(atan2(east, north)), degrees(atan2(up, hypot(north, east)))


def upright(axes: Axes, standing: Standing, latitude: float) -> Pose:
    """The pose with nothing tipped over: plain azimuth and altitude, or hour angle and declination."""
    if axes is Axes.ALTAZ:
        return Pose(*_swung(standing.hour_angle_degrees, standing.dec_degrees, latitude))
    return Pose(standing.hour_angle_degrees, standing.dec_degrees)


def standing(axes: Axes, pose: Pose, latitude: float) -> Standing:
    """Where a pose points."""
    first, second = pose.first_degrees, wrapped(pose.second_degrees)
    if abs(second) > 90.0:
        first, second = first + 180.0, (180.0 if second > 0 else -180.0) - second
    if axes is Axes.ALTAZ:
        return standing_at(second, first, latitude)
    return Standing(wrapped(first), second)


def poses(axes: Axes, where: Standing, latitude: float, limits: LimitSettings) -> tuple[Pose, ...]:
    """All poses a mount may have when it is found to point there: both sides of the pier, a tube tipped by hand."""
    plain = upright(axes, where, latitude)
    if axes is Axes.GERMAN:
        return tuple(_sides(plain, latitude, limits).values())
    tip = UPRIGHT_TIP_DEGREES if axes is Axes.ALTAZ else TIP_DEGREES
    if plain.second_degrees >= 90.0 - tip:
        return plain, tipped(plain, Pose(0.0, 90.0))
    if axes is Axes.FORK and plain.second_degrees <= TIP_DEGREES - 90.0:
        return plain, tipped(plain, Pose(0.0, -90.0))
    return (plain,)


def tipped(plain: Pose, over: Pose) -> Pose:
    """The same direction with the tube beyond zenith or pole: beyond the one at +90° or −90°, as `over` stands."""
    half_turn = 180.0 if over.second_degrees > 0.0 else -180.0
    return Pose(plain.first_degrees + 180.0, half_turn - plain.second_degrees)


def ends(axes: Axes, start: Pose, plain: Pose, latitude: float, limits: LimitSettings) -> tuple[Pose, ...]:
    """Where a goto from `start` to the upright pose `plain` may bring the axes, whole turns told apart.

    An upright fork takes the short way round. One on a wedge may have stops beside the lower culmination, so that it
    takes the way through the meridian too. A German mount keeps its side of the pier where it can, or takes the one
    that goes with the hour angle (near the meridian either), and never turns its weights over the top.
    """
    if axes is Axes.GERMAN:
        return _german_ends(start, plain, latitude, limits)
    short = wrapped(plain.first_degrees - start.first_degrees)
    turns = {short}
    if abs(short) > 180.0 - HALF_TURN_UNSURE_DEGREES:
        turns.add(short - 360.0 if short > 0 else short + 360.0)
    if axes is Axes.FORK:
        turns |= {plain.first_degrees - first for first in _wedge_angles(wrapped(start.first_degrees))}
    return tuple(Pose(start.first_degrees + turn, plain.second_degrees) for turn in turns)


def _wedge_angles(hour_angle: float) -> tuple[float, ...]:
    """Where the polar axis of a fork may stand, whole turns told apart: near the lower culmination also beyond it."""
    if abs(hour_angle) < 180.0 - BEYOND_CULMINATION_DEGREES:
        return (hour_angle,)
    return hour_angle, hour_angle - 360.0 if hour_angle > 0.0 else hour_angle + 360.0


def _german_ends(start: Pose, plain: Pose, latitude: float, limits: LimitSettings) -> tuple[Pose, ...]:
    sides = _sides(plain, latitude, limits)
    hour_angle = wrapped(plain.first_degrees)
    preferred = {True, False} if abs(hour_angle) < MERIDIAN_UNSURE_DEGREES else {hour_angle < 0.0}
    possible = (preferred | {is_east(start)}) & sides.keys()
    return tuple(sides[side] for side in possible)


def is_east(pose: Pose) -> bool:
    """Whether a German mount's tube stands west of the pier and looks east: its declination axis is beyond the pole."""
    return abs(pose.second_degrees) > 90.0


def looks_east(before: bool | None, where: Standing, latitude: float, limits: LimitSettings) -> bool | None:
    """The side that a German mount is on, when it was on one a look ago; None while nobody can know.

    Where only one side is possible it is that one; within the overrun it stays on the one it was on.
    """
    sides = _sides(upright(Axes.GERMAN, where, latitude), latitude, limits)
    return next(iter(sides)) if len(sides) == 1 else before


def _sides(plain: Pose, latitude: float, limits: LimitSettings) -> dict[bool, Pose]:
    """The poses a German mount may have by whether it looks east; it flips over the pole that stands above its ground.

    The weights hang down while the polar axis stands between 0° and 180°, and may go up by the overrun at either end.
    """
    over, lowest = Pose(0.0, 90.0 if latitude >= 0.0 else -90.0), -limits.meridian_overrun_degrees
    turned = {
        east: Pose((pose.first_degrees - lowest) % 360.0 + lowest, pose.second_degrees)
        for east, pose in ((False, plain), (True, tipped(plain, over)))
    }
    highest = 180.0 + limits.meridian_overrun_degrees
    return {east: pose for east, pose in turned.items() if pose.first_degrees <= highest}
