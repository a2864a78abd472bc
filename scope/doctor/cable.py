"""What the doctor looks at between computer and mount, opening nothing: the port, who may use it, and who does."""

from __future__ import annotations

import grp
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scope.doctor.finding import Finding, bad, ok, warn
from scope.errors import LineLost
from scope.line.port.finding import Place, Roots, find
from scope.line.port.lock import holder_of, openers_of
from scope.line.port.usb import UsbAdapter, adapter_of

MEDDLERS = ("ModemManager", "brltty")
"""Programs that write to every serial adapter that is plugged in, to see whether it is a modem or a Braille display."""
RULE_FILE = "78-clubscope.rules"
RULE = """\
# Keeps ModemManager away from the telescope's adapter. Source: ModemManager reference manual, "Modem filter".
ACTION!="add|change|move|bind", GOTO="clubscope_end"
ATTRS{{idVendor}}=="{vendor}", ATTRS{{idProduct}}=="{product}", ENV{{ID_MM_DEVICE_IGNORE}}="1"
LABEL="clubscope_end"
"""
NO_BRAILLE = "sudo systemctl mask --now brltty.service brltty-udev.service"


@dataclass(frozen=True, slots=True)
class Cable:
    """The port of clubscope.toml as it is now; `rules` are the folders of udev."""

    port: str
    roots: Roots
    rules: tuple[Path, ...] = (Path("/etc/udev/rules.d"), Path("/run/udev/rules.d"), Path("/usr/lib/udev/rules.d"))

    def presence(self) -> Iterator[Finding]:
        try:
            place = find(self.port, self.roots)
        except LineLost as lost:
            yield bad("port", str(lost), self._others())
            return
        if place.node is None:
            yield ok("port", f"{self.port}, in the network")
        elif place.by_id and "/serial/" not in self.port:
            yield warn("port", f"{self.port}, whose number may change", f'set port = "{place.by_id[0]}"')
        else:
            yield ok("port", f"{self.port} leads to {place.node}")

    def permission(self) -> Iterator[Finding]:
        place = self._found()
        if place is None or place.node is None:
            return
        if os.access(place.node, os.R_OK | os.W_OK):
            yield ok("permission", f"this user may open {place.node}")
        else:
            group = _group(place.node)
            yield bad(
                "permission",
                f"this user may not open {place.node}",
                f"sudo usermod -aG {group} $USER, then sign in anew",
            )

    def holder(self) -> Iterator[Finding]:
        place, proc = self._found(), self.roots.proc
        if place is None:
            return
        if holder := holder_of(place, self.roots):
            yield bad("holder", f"process {holder.process} ({holder.program}) has locked the port", "end it first")
        elif place.node is not None and not _is_pseudo(place.node) and (openers := openers_of(place.node, proc)):
            names = ", ".join(f"{opener.process} ({opener.program})" for opener in openers)
            yield warn("holder", f"the port is also open in {names}", "end what should not use it")
        else:
            yield ok("holder", "no other program has the port")

    def meddlers(self) -> Iterator[Finding]:
        programs, place = _programs(self.roots.proc), self._found()
        adapter = adapter_of(place.node.name, self.roots.sys) if place is not None and place.node is not None else None
        if not programs & set(MEDDLERS):
            yield ok("meddlers", "neither ModemManager nor brltty runs")
        if "brltty" in programs:
            yield warn("meddlers", "brltty takes many USB serial adapters for Braille displays", NO_BRAILLE)
        if "ModemManager" not in programs:
            return
        if adapter is not None and self._has_rule(adapter):
            yield ok("meddlers", "ModemManager runs, and a udev rule keeps it away from the adapter")
        else:
            yield warn("meddlers", "ModemManager writes to the mount when it is plugged in", _cure(adapter))

    def _has_rule(self, adapter: UsbAdapter) -> bool:
        for folder in self.rules:
            for file in sorted(folder.glob("*.rules")) if folder.is_dir() else []:
                with suppress(OSError):
                    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
                    if any("ID_MM_" in line and "IGNORE" in line and adapter.vendor in line for line in lines):
                        return True
        return False

    def _found(self) -> Place | None:
        with suppress(LineLost):
            return find(self.port, self.roots)
        return None

    def _others(self) -> str:
        folder = self.roots.dev / "serial/by-id"
        there = sorted(str(link) for link in folder.iterdir()) if folder.is_dir() else []
        return f"there is: {', '.join(there)}" if there else "no USB serial adapter is plugged in"


def _cure(adapter: UsbAdapter | None) -> str:
    if adapter is None:
        return "sudo systemctl mask --now ModemManager.service"
    rule = RULE.format(vendor=adapter.vendor, product=adapter.product)
    return (
        f"put this into /etc/udev/rules.d/{RULE_FILE}, run sudo udevadm control --reload, and plug it in again:\n{rule}"
    )


def _is_pseudo(node: Path) -> bool:
    """Whose other end is a simulated mount, which has it open, too."""
    return node.resolve().parent.name == "pts"


def _programs(proc: Path) -> set[str]:
    found = set()
    for process in proc.iterdir():
        if process.name.isdigit():
            with suppress(OSError):
                found.add((process / "comm").read_text(encoding="utf-8", errors="replace").strip())
    return found


def _group(node: Path) -> str:
    with suppress(KeyError, OSError):
        group = grp.getgrgid(node.stat().st_gid).gr_name
        return group if group != "root" else "dialout"
    return "dialout"
