"""Which USB adapter a terminal belongs to, read from /sys: what stays when a cable moves, and what does not."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class UsbAdapter:
    """One adapter's own words (untrusted text); `socket` is where it is plugged in, as in 1-1.4."""

    vendor: str
    product: str
    serial: str
    interface: str
    socket: str

    def is_like(self, other: UsbAdapter) -> bool:
        """Whether the two cannot be told apart but by where they are plugged in."""
        return self._name == other._name

    @property
    def _name(self) -> tuple[str, str, str, str]:
        return (self.vendor, self.product, self.serial, self.interface)


def adapter_of(node: str, sys: Path) -> UsbAdapter | None:
    """The adapter behind a terminal such as ttyUSB0; None for one that is on no USB, or that /sys does not know."""
    device = (sys / "class/tty" / node / "device").resolve()
    interface = ""
    for folder in (device, *device.parents):
        if sys.resolve() not in folder.parents:
            return None
        interface = interface or _word(folder / "bInterfaceNumber")
        if vendor := _word(folder / "idVendor"):
            product, serial = _word(folder / "idProduct"), _word(folder / "serial")
            return UsbAdapter(vendor, product, serial, interface, folder.name)
    return None


def twins_of(node: str, sys: Path) -> list[str]:
    """Other terminals that are plugged in now, and whose adapters give themselves the same name."""
    ours = adapter_of(node, sys)
    if ours is None:
        return []
    others = sorted(path.name for path in (sys / "class/tty").iterdir() if path.name != node)
    adapters = {name: adapter_of(name, sys) for name in others}
    return [name for name, theirs in adapters.items() if theirs and theirs.is_like(ours) and theirs != ours]


def _word(path: Path) -> str:
    with suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace").strip()
    return ""
