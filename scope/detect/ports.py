"""Which ports there are to look at, each once and by the name that stays with it. Nothing is opened here."""

from __future__ import annotations

from pathlib import Path

from scope.errors import LineLost
from scope.line.port import Roots
from scope.line.port.finding import find, lasting_names

USB = ("ttyUSB*", "ttyACM*")
BOARD = "ttyS*"
"""A computer lists more of these than it has; /sys knows which are real."""
NO_CHIP = "0"


def ports(roots: Roots) -> list[str]:
    """By-id names, by-path names of adapters that call themselves the same, and plain names of what has neither."""
    by_id = sorted(_links(roots.dev / "serial/by-id"))
    seen = {link.resolve() for link in by_id}
    nodes = [node for pattern in USB for node in sorted(roots.dev.glob(pattern))]
    nodes += [node for node in sorted(roots.dev.glob(BOARD)) if _is_real(node, roots.sys)]
    return [*_once(by_id, roots), *(str(node) for node in nodes if node.resolve() not in seen)]


def _once(by_id: list[Path], roots: Roots) -> list[str]:
    named: dict[Path, str] = {}
    for link in by_id:
        named.setdefault(link.resolve(), _unmistakable(link, roots))
    return list(named.values())


def _unmistakable(link: Path, roots: Roots) -> str:
    """Its own name, or where it is plugged in when two adapters share that name."""
    try:
        find(str(link), roots)
    except LineLost as lost:
        if lost.code == "port_ambiguous":
            return next(iter(lasting_names(link.resolve(), roots, "by-path")), str(link.resolve()))
    return str(link)


def lasting(port: str, roots: Roots) -> str:
    """The by-id name of a port that was named otherwise."""
    try:
        place = find(port, roots)
    except LineLost:
        return port
    return port if "/serial/" in port else next(iter(place.by_id), port)


def _links(folder: Path) -> list[Path]:
    return [link for link in folder.iterdir() if link.exists()] if folder.is_dir() else []


def _is_real(node: Path, sys: Path) -> bool:
    try:
        return (sys / "class/tty" / node.name / "type").read_text(encoding="ascii").strip() != NO_CHIP
    except OSError:
        return False
