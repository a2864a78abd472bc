"""The families that hardware-sim can be: by name, with their models, and how each is made of a mount.

One line a family. What a model is like is its family's own affair; all that the command line has to know is its name
and how its axes stand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hardware_sim import ioptron_models, nexstar_models, rainbow_hand_control, skywatcher_models, synscan_models
from hardware_sim.exchange import Dialect
from hardware_sim.geometry import Travel
from hardware_sim.ioptron import IOptron
from hardware_sim.lx200 import LX200
from hardware_sim.lx200_models import MODELS
from hardware_sim.mount import Mount
from hardware_sim.nexstar import NexStar
from hardware_sim.rainbow import Rainbow
from hardware_sim.skywatcher import SkyWatcher
from hardware_sim.strangers import STRANGERS, Stranger

USUAL_BAUD = 9600
ASTRO_PHYSICS = "astro-physics"
"""An LX200 dialect by its words, but one that no harmless question can tell from the others."""


@dataclass(frozen=True)
class Family:
    """`geometry_of` has the models by name, the usual one first: altaz, fork or german. `make` gets such a name.

    `baud_of` has the models whose line is not as fast as `baud`.
    """

    geometry_of: Mapping[str, str]
    make: Callable[[str, Mount], Dialect]
    baud: int = USUAL_BAUD
    baud_of: Mapping[str, int] = field(default_factory=dict)

    def baud_for(self, model: str) -> int:
        return self.baud_of.get(model, self.baud)

    @property
    def usual_model(self) -> str:
        return next(iter(self.geometry_of))


def _stranger(name: str) -> Family:
    """No mount at all, but something that sits on the same kind of port."""
    return Family({name: "altaz"}, lambda _, mount: Stranger(STRANGERS[name], mount))


def _nexstar(model: str, mount: Mount) -> Dialect:
    return NexStar(nexstar_models.MODELS[model], mount)


def _synscan(model: str, mount: Mount) -> Dialect:
    return NexStar(synscan_models.MODELS[model], mount)


def _ioptron(model: str, mount: Mount) -> Dialect:
    return IOptron(ioptron_models.MODELS[model], mount)


def _rainbow(model: str, mount: Mount) -> Dialect:
    return Rainbow(rainbow_hand_control.MODELS[model], mount)


def _lx200(model: str, mount: Mount) -> Dialect:
    return LX200(MODELS[model], mount)


ROUND_AND_ROUND = Travel(-540.0, 540.0)


def _skywatcher(model: str, mount: Mount) -> Dialect:
    """Those that stand upright turn as far as their cables let them, and begin in the middle, in the north."""
    if not mount.ground.polar:
        mount.move_first_stops(ROUND_AND_ROUND)
    return SkyWatcher(skywatcher_models.MODELS[model], mount)


FAMILIES: Mapping[str, Family] = {
    "lx200": Family({name: model.geometry for name, model in MODELS.items() if name != ASTRO_PHYSICS}, _lx200),
    ASTRO_PHYSICS: Family({ASTRO_PHYSICS: MODELS[ASTRO_PHYSICS].geometry}, _lx200),
    "nexstar": Family({name: model.geometry for name, model in nexstar_models.MODELS.items()}, _nexstar),
    "synscan": Family({name: model.geometry for name, model in synscan_models.MODELS.items()}, _synscan),
    "ioptron": Family(
        {name: model.geometry for name, model in ioptron_models.MODELS.items()},
        _ioptron,
        baud_of={name: model.baud for name, model in ioptron_models.MODELS.items()},
    ),
    "skywatcher": Family(
        {name: model.geometry for name, model in skywatcher_models.MODELS.items()},
        _skywatcher,
        baud_of={name: model.baud for name, model in skywatcher_models.MODELS.items()},
    ),
    "rainbow": Family(
        {name: model.geometry for name, model in rainbow_hand_control.MODELS.items()}, _rainbow, baud=115200
    ),
    **{name: _stranger(name) for name in STRANGERS},
}
