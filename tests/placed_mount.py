"""A simulated mount put where a row of a manual wants it, by magic: no time passes and no step is rounded.

The words of `given` that all tables share are read here; those of one family stand in its test.
"""

from collections.abc import Mapping

from hardware_sim.belief import Celestial, Target
from hardware_sim.exchange import Dialect
from hardware_sim.families import FAMILIES
from hardware_sim.geometry import AxisPair, from_horizontal
from hardware_sim.mount import Mount
from hardware_sim.mount_clock import MountClock, Site
from tests.simulated_mount import EVENING, KARAGANDA, exchange, tell

Given = Mapping[str, object]


def placed(family: str, stands: Given) -> Dialect:
    """At its site, with the axes as a goto would have left them, following the sky; it is now t = 0 there."""
    model = stands.get("model")
    geometry = stands.get("geometry")
    line = exchange(
        family=family,
        model=str(model) if model else next(iter(FAMILIES[family].geometry_of)),
        geometry=str(geometry) if geometry else None,
    )
    mount = line.dialect.mount
    latitude = number(stands, "latitude_degrees", KARAGANDA.latitude_degrees)
    mount.belief.site = Site(latitude, number(stands, "longitude_degrees", KARAGANDA.longitude_degrees))
    return line.dialect


def number(stands: Given, word: str, otherwise: float) -> float:
    given = stands.get(word, otherwise)
    assert isinstance(given, float | int)
    return float(given)


def target_of(stands: Given) -> Target | None:
    """Where it is to point, when a row says so."""
    if "altitude_degrees" in stands:
        altitude, azimuth = number(stands, "altitude_degrees", 0.0), number(stands, "azimuth_degrees", 0.0)
        return from_horizontal(altitude, azimuth, number(stands, "latitude_degrees", KARAGANDA.latitude_degrees))
    if "ra_hours" in stands:
        return Celestial(number(stands, "ra_hours", 0.0) * 15.0, number(stands, "dec_degrees", 0.0))
    return None


def point(mount: Mount, target: Target) -> None:
    """The tube is there, in the pose that a goto takes; where the end stops forbid it, the other way up."""
    sky = mount.belief.over_ground(target, EVENING)
    axes = tuple(axis.travel for axis in mount._axes)
    put_axes(mount, mount.belief.motors_within(sky, AxisPair(0.0, 0.0), (axes[0], axes[1])))
    mount.sync(mount.belief.celestial(target, EVENING))


def put_axes(mount: Mount, angles: AxisPair) -> None:
    for axis, angle in zip(mount._axes, (angles.first, angles.second), strict=True):
        axis.position = angle
    mount.follow_from_here()


def show(mount: Mount, clock: MountClock) -> None:
    """Its clock shows this."""
    mount.belief.clock = clock
    mount.follow_from_here()


def answers(dialect: Dialect, sent: bytes, t: float = 0.0) -> bytes:
    """All that it answers to these bytes at once."""
    return tell(dialect, sent, t)
