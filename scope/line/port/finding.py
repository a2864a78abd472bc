"""From the name in clubscope.toml to the device of this moment, anew at every opening, and never to another device.

A by-id name stays with its adapter, whichever socket and number that has today. A name like /dev/ttyUSB0 does not, so
what stood behind it at the first opening is remembered and looked for again. Nothing is opened here.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scope.errors import LineLost
from scope.line.port.usb import UsbAdapter, adapter_of, twins_of

LONGEST_CHAIN = 8


@dataclass(frozen=True, slots=True)
class Roots:
    """Where the system keeps its devices; a test has its own."""

    dev: Path = Path("/dev")
    sys: Path = Path("/sys")
    proc: Path = Path("/proc")
    locks: Path = Path("/run/lock")


SYSTEM = Roots()


@dataclass(frozen=True, slots=True)
class Place:
    """What to open. `node` is None for a port in the network; `by_id` are the lasting names of a device here."""

    name: str
    node: Path | None = None
    by_id: tuple[str, ...] = ()
    adapter: UsbAdapter | None = None

    @property
    def opens(self) -> str:
        return str(self.node or self.name)


def find(name: str, roots: Roots, known: Place | None = None) -> Place:
    """Where `name` leads now; `known` is where it led when this process first opened it.

    LineLost: `port_missing`, `port_ambiguous` (two adapters under one by-id name), `port_changed` (another device).
    """
    if "://" in name:
        return Place(name)
    place = _place(name, Path(name), roots)
    if place is not None and known is not None and not _is_same(place, known, roots):
        place = _moved(name, known, roots, place)
    elif place is None and known is not None:
        place = _moved(name, known, roots, None)
    if place is None:
        raise LineLost(f"there is no {name}; is the cable in?", code="port_missing", port=name)
    _refuse_twins(place, roots)
    return place


def lasting_names(node: Path, roots: Roots, kind: str = "by-id") -> tuple[str, ...]:
    """The names under /dev/serial/by-id (or by-path) that lead to this device now."""
    folder = roots.dev / "serial" / kind
    if not folder.is_dir():
        return ()
    return tuple(sorted(str(link) for link in folder.iterdir() if link.resolve() == node.resolve()))


def _place(name: str, path: Path, roots: Roots) -> Place | None:
    node = _node(path, roots.dev)
    if node is None:
        return None
    return Place(name, node, lasting_names(node, roots), adapter_of(node.name, roots.sys))


def _node(path: Path, dev: Path) -> Path | None:
    """Follow links until a device of /dev itself, or to their end elsewhere; None where they lead nowhere."""
    if not path.exists():
        return None
    for _ in range(LONGEST_CHAIN):
        if path.parent == dev or not path.is_symlink():
            break
        path = Path(os.path.normpath(path.parent / path.readlink()))
    return path


def _is_same(place: Place, known: Place, roots: Roots) -> bool:
    """A by-id name vouches for itself; else the adapter must be like the first, and so must its lasting names.

    Of adapters that call themselves the same, only where it is plugged in tells which is which.
    """
    if "/serial/by-id/" in place.name:
        return True
    if place.node is not None and place.adapter is not None and known.adapter is not None:
        is_in_place = place.adapter.socket == known.adapter.socket
        return place.adapter.is_like(known.adapter) and (is_in_place or not twins_of(place.node.name, roots.sys))
    return place.adapter is known.adapter and place.by_id == known.by_id


def _moved(name: str, known: Place, roots: Roots, now: Place | None) -> Place | None:
    """The first device under its number of today; LineLost when `name` leads to another and the first is gone."""
    for lasting in known.by_id:
        with suppress(OSError):
            found = _place(name, Path(lasting), roots)
            if found is not None and (found.adapter is None or known.adapter is None or _is_same(found, known, roots)):
                return found
    if now is None:
        return None
    raise LineLost(
        f"{name} is another device than before; put the mount's cable back, or set its /dev/serial/by-id name",
        code="port_changed",
        port=name,
        before=(known.by_id or (known.opens,))[0],
        now=(now.by_id or (now.opens,))[0],
    )


def _refuse_twins(place: Place, roots: Roots) -> None:
    if "/serial/by-id/" not in place.name or place.node is None:
        return
    if twins := twins_of(place.node.name, roots.sys):
        paths = [
            name for node in (place.node.name, *twins) for name in lasting_names(roots.dev / node, roots, "by-path")
        ]
        raise LineLost(
            f"{place.name} fits {1 + len(twins)} adapters; unplug the others, or set one of {', '.join(paths)}",
            code="port_ambiguous",
            port=place.name,
            adapters=1 + len(twins),
            instead=", ".join(paths),
        )
