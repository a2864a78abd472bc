"""A simulated mount of the LX200 family that stands as a row of its manual has it.

The words are explained on top of the tables, tests/manuals/lx200.py first; this is the one place that knows what they
mean to the simulator.
"""

from collections.abc import Mapping
from dataclasses import replace

from hardware_sim.belief import Celestial
from hardware_sim.geometry import GEOMETRIES, AxisPair, from_horizontal
from hardware_sim.lx200 import LX200
from hardware_sim.lx200_hand_control import Rest
from hardware_sim.lx200_models import MODELS
from hardware_sim.motion import TrackingRate
from hardware_sim.mount import Mount
from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.sidereal import greenwich_apparent_degrees
from tests.simulated_mount import EVENING, KARAGANDA, tell

# The tube on that side of the pier, 20° north of the equator.
ON_SIDE = {"east": AxisPair(60.0, 20.0), "west": AxisPair(60.0, 160.0)}
PRESSED = {"guiding": b":RG#:Mn#", "centring": b":RC#:Mn#"}
FAR_AWAY = Celestial(100.0, 60.0)


def standing(given: Mapping[str, object]) -> LX200:
    """It is now t = 0, true UTC is EVENING."""
    dialect = _on_its_ground(given)
    _tell_place_and_time(dialect, given)
    _point(dialect.mount, given)
    _bring_about(dialect, given)
    tell(dialect, given.get("before", b""))  # type: ignore[arg-type]
    return dialect


def _on_its_ground(given: Mapping[str, object]) -> LX200:
    model = MODELS[str(given.get("model", "lx200gps"))]
    ground = GEOMETRIES[str(given.get("geometry", model.geometry))]
    if "pier_side" in given:
        ground = replace(ground, start=ON_SIDE[str(given["pier_side"])])  # type: ignore[type-var]
    return LX200(model, Mount(ground, KARAGANDA, MountClock.right(5.0), 4.0, t=0.0, utc_seconds=EVENING))


def _tell_place_and_time(dialect: LX200, given: Mapping[str, object]) -> None:
    belief = dialect.mount.belief
    longitude = given.get("longitude_degrees", KARAGANDA.longitude_degrees)
    if "sidereal_hours" in given:
        longitude = float(given["sidereal_hours"]) * 15.0 - greenwich_apparent_degrees(EVENING)  # type: ignore[arg-type]
    dialect.control.sites[0] = Site(given.get("latitude_degrees", 49.80), longitude)  # type: ignore[arg-type]
    dialect.control.use_site(dialect.control.sites[0])
    belief.clock = MountClock.right(given.get("offset_hours", 5.0))  # type: ignore[arg-type]
    if "local" in given:
        belief.clock = MountClock.showing(given["local"], EVENING, belief.clock.offset_hours)  # type: ignore[arg-type]


def _point(mount: Mount, given: Mapping[str, object]) -> None:
    if "altitude_degrees" in given:
        sky = from_horizontal(given["altitude_degrees"], given["azimuth_degrees"], 49.80)  # type: ignore[arg-type]
        mount.sync(mount.belief.celestial(sky, EVENING))
    else:
        hours, dec = float(given.get("ra_hours", 3.0)), float(given.get("dec_degrees", 20.0))  # type: ignore[arg-type]
        mount.sync(Celestial(hours * 15.0, dec))


def _bring_about(dialect: LX200, given: Mapping[str, object]) -> None:
    """What it does, and what it knows."""
    control, mount = dialect.control, dialect.mount
    precision = given.get("precision", "high")
    control.high_precision, control.ultra_precision = precision != "low", precision == "ultra"
    control.rest = Rest.PARK if given.get("parked") else Rest.HOME if given.get("at_home") else Rest.NOWHERE
    mount.tracking = control.rest is Rest.NOWHERE and bool(given.get("tracking", True))
    mount.tracking_rate = TrackingRate[str(given.get("rate", "sidereal")).upper()]
    control.knows_date = control.knows_time_of_day = bool(given.get("clock_set", True))
    control.aligned_stars = 2 if given.get("aligned", True) else 0
    if given.get("slewing"):
        mount.goto(FAR_AWAY)
    if given.get("stopped"):
        tell(dialect, b":STOP#")
    tell(dialect, PRESSED.get(str(given.get("moving")), b""))
