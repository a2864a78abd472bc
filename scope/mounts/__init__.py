"""The families of mounts we speak to, by the name that clubscope.toml gives them."""

from collections.abc import Mapping

from scope.errors import SettingsError
from scope.mounts.ioptron import IOptron
from scope.mounts.lx200 import ASTRO_PHYSICS, LX200
from scope.mounts.mount import Family
from scope.mounts.nexstar import NexStar
from scope.mounts.rainbow import Rainbow
from scope.mounts.skywatcher import SkyWatcher
from scope.mounts.synscan import SynScan
from scope.settings import MountSettings

FAMILIES: Mapping[str, Family] = {
    "lx200": LX200,
    "astro-physics": ASTRO_PHYSICS,
    "nexstar": NexStar,
    "synscan": SynScan,
    "skywatcher": SkyWatcher,
    "ioptron": IOptron,
    "rainbow": Rainbow,
}


def family_of(mount: MountSettings) -> Family:
    """SettingsError with the names there are where clubscope.toml has another one."""
    if mount.family not in FAMILIES:
        known = ", ".join(FAMILIES)
        raise SettingsError(f"[mount] family must be one of {known}, not {mount.family!r}", code="family_unknown")
    return FAMILIES[mount.family]


def baud_of(mount: MountSettings) -> int:
    """As clubscope.toml has it, or else as the family usually has it."""
    return mount.baud or family_of(mount).usual_baud
