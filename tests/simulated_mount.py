"""A simulated mount for tests: in a process of its own where a real port is needed, as plain objects where not.

`with simulated_mount(tmp_path) as mount:` is hardware_sim/running.py, which other projects use as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hardware_sim.exchange import Dialect, Exchange
from hardware_sim.families import FAMILIES
from hardware_sim.fault_motion import UnrulyMount
from hardware_sim.faults import read_fault
from hardware_sim.gears import PERFECT_GEARS, GearErrors
from hardware_sim.geometry import GEOMETRIES
from hardware_sim.held import Held
from hardware_sim.lx200 import LX200
from hardware_sim.lx200_models import MODELS
from hardware_sim.mount import Mount
from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.pointing_errors import NO_ERRORS, PointingErrors
from hardware_sim.running import RunningMount, running_mount, wait_until
from hardware_sim.wire import Wire

__all__ = ["wait_until"]

REPOSITORY = Path(__file__).resolve().parent.parent
KARAGANDA = Site(49.80, 73.10)
EVENING = 1795453200.0  # 2026-11-23 17:00 UTC


class SimulatedMount(RunningMount):
    """One running simulator."""

    def control(self, words: str) -> None:
        """Let a fault happen: `silent`, `clear`, `late 2`, `unplug`, ..."""
        self.inflict(words)


@contextmanager
def simulated_mount(
    tmp_path: Path,
    model: str | None = None,
    geometry: str | None = None,
    tcp: bool = False,
    extra: Sequence[str] = (),
    family: str = "lx200",
) -> Iterator[SimulatedMount]:
    """A running mount, ready to be talked to; further arguments of hardware-sim go into `extra`."""
    folder = tmp_path / "mount"
    with running_mount(folder, family, model, geometry, tcp=tcp, options=extra) as mount:
        yield SimulatedMount(mount.folder, mount.process, mount.port)


def lx200(
    model: str = "lx200gps", geometry: str | None = None, slew_rate: float = 4.0, utc_seconds: float = EVENING
) -> LX200:
    """A mount with no process and no port, in whose life it is now t = 0."""
    chosen = MODELS[model]
    ground = GEOMETRIES[geometry or chosen.geometry]
    return LX200(chosen, Mount(ground, KARAGANDA, MountClock.right(5.0), slew_rate, t=0.0, utc_seconds=utc_seconds))


def tell(dialect: Dialect, data: Iterable[int], t: float = 0.0) -> bytes:
    """All that it answers to these bytes at time `t`."""
    return b"".join(reply.data for byte in data for reply in dialect.hear(byte, t))


def exchange(
    *faults: str,
    seed: int = 1,
    family: str = "lx200",
    model: str | None = None,
    geometry: str | None = None,
    slew_rate: float = 4.0,
    site: Site = KARAGANDA,
    errors: PointingErrors = NO_ERRORS,
    gears: GearErrors = PERFECT_GEARS,
) -> Exchange:
    """A mount behind its line and its faults, with no process and no port; it is now t = 0 there."""
    kind, held = FAMILIES[family], Held(seed)
    chosen = model or kind.usual_model
    ground = GEOMETRIES[geometry or kind.geometry_of[chosen]]
    mount = UnrulyMount(ground, site, MountClock.right(5.0), slew_rate, 0.0, EVENING, held)
    mount.misalign(errors)
    mount.wear(gears)
    line = Exchange(kind.make(chosen, mount), Wire(kind.baud_for(chosen)), held)
    for fault in faults:
        line.inflict(read_fault(fault), 0.0)
    return line


def ask(line: Exchange, data: bytes, t: float, within_seconds: float = 0.25) -> bytes:
    """What has come back by so long after `t`, with the usual slowness of the line."""
    line.arrive(data, t)
    return line.live(t + within_seconds)
