"""How the two motors of a Sky-Watcher mount stand to its axes, and how it is left when its power comes on.

Home of a German mount: weights down, tube at the elevated pole; of a fork: at that pole, astride the meridian; of an
upright mount: level and north. "Forward" is the sense of growing counts. A polar mount is the same metal on both
hemispheres, so what goes with the sky in the north goes against it in the south. Source: the conversions that EQMOD and
INDI's drivers apply to real mounts; not confirmed on hardware.
"""

from dataclasses import dataclass

from hardware_sim.geometry import AxisPair, Geometry

POLE = 90.0


@dataclass(frozen=True, slots=True)
class Stance:
    """Axis angles at home, and which way (1 or -1) they grow when a motor runs forward."""

    home: AxisPair
    forward: tuple[float, float]


_NORTH_AND_SOUTH = {
    "german": ((AxisPair(POLE, POLE), (1.0, -1.0)), (AxisPair(POLE, -POLE), (-1.0, -1.0))),
    "fork": ((AxisPair(0.0, POLE), (1.0, 1.0)), (AxisPair(0.0, -POLE), (-1.0, -1.0))),
    "altaz": ((AxisPair(0.0, 0.0), (1.0, 1.0)), (AxisPair(0.0, 0.0), (1.0, 1.0))),
}


def stance(geometry: Geometry, in_the_south: bool) -> Stance:
    return Stance(*_NORTH_AND_SOUTH[geometry.name][in_the_south])
