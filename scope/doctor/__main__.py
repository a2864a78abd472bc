"""The doctor as a process: `python -m scope.doctor --config clubscope.toml`; exit code 0 fine, 1 warnings, 2 bad."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from scope.doctor import machine, telescope
from scope.doctor.cable import Cable
from scope.doctor.finding import Finding, Level, bad, carefully, ok, worst
from scope.errors import SettingsError
from scope.line.port import SYSTEM, Roots
from scope.mounts import FAMILIES
from scope.settings import Settings, read_settings


def main(argv: Sequence[str] | None = None, roots: Roots = SYSTEM) -> int:
    parser = argparse.ArgumentParser(prog="clubscope doctor", description="what is wrong, and what to do about it")
    parser.add_argument("--config", type=Path, default=Path("clubscope.toml"), metavar="FILE")
    found = []
    for finding in examine(parser.parse_args(argv).config, roots):
        print(finding, flush=True)
        found.append(finding)
    return int(worst(found))


def examine(config: Path, roots: Roots) -> Iterator[Finding]:
    """Everything, in the order in which it has to be right."""
    try:
        settings = read_settings(config)
    except SettingsError as wrong:
        yield bad("settings", str(wrong), "edit it, or write one with clubscope init")
        return
    if settings.mount.family not in FAMILIES:
        yield bad("settings", f"no mount family {settings.mount.family!r}", f"choose one of {', '.join(FAMILIES)}")
        return
    yield ok("settings", f"{config} can be used")
    status = telescope.running_status(settings)
    yield from carefully("clock", lambda: machine.clock(settings))
    yield from carefully("disk", lambda: machine.disk(settings))
    yield from carefully("files", lambda: machine.files(settings))
    yield from carefully("doors", lambda: machine.doors(settings, running=status is not None))
    cable = Cable(settings.mount.port, roots)
    there = list(carefully("port", cable.presence))
    yield from there
    yield from carefully("permission", cable.permission)
    yield from carefully("meddlers", cable.meddlers)
    if status is not None:
        yield from carefully("service", lambda: telescope.over_the_service(status))
    elif worst(there) is not Level.BAD:
        yield from carefully("holder", lambda: _alone(cable, settings, roots))


def _alone(cable: Cable, settings: Settings, roots: Roots) -> Iterator[Finding]:
    """With no service: the mount is asked by ourselves, unless the port is another's."""
    holders = list(cable.holder())
    yield from holders
    if worst(holders) is not Level.BAD:
        yield from telescope.over_the_port(settings, roots)


if __name__ == "__main__":
    sys.exit(main())
