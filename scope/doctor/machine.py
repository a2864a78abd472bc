"""What the doctor looks at on the computer: its clock, its disk, our files, the doors' addresses."""

from __future__ import annotations

import errno
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

from scope.clock import Clock
from scope.doctor.finding import Finding, bad, ok, warn
from scope.log.moment import clock_quality
from scope.settings import Settings

WANTED_BYTES, NEEDED_BYTES = 1_000_000_000, 50_000_000
"""A year of evenings fits into the first; below the second an evening may not."""


def clock(settings: Settings) -> Iterator[Finding]:
    now = f"{Clock().utc():%Y-%m-%d %H:%M:%S} UTC"
    quality = clock_quality(Clock())
    if quality == "synchronised":
        yield ok("clock", f"{now}, synchronised")
    else:
        yield warn("clock", f"{now}, {quality}", "set it, or let NTP or a GPS set it: timedatectl set-ntp true")


def disk(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.folder).free
    words = f"{free / 1e9:.1f} GB free in {settings.folder}"
    if free < NEEDED_BYTES:
        yield bad("disk", words, "make room: the evening's log would not be saved")
    elif free < WANTED_BYTES:
        yield warn("disk", words, "make room soon")
    else:
        yield ok("disk", words)


def files(settings: Settings) -> Iterator[Finding]:
    """The folder, what runs in it, and each file of ours that is there."""
    run = settings.run_folder
    ours = [settings.folder, *([run] if run.exists() else []), *_databases(settings.folder)]
    locked = [path for path in ours if not os.access(path, os.W_OK)]
    for path in locked:
        yield bad("files", f"{path} cannot be written", f"give it to this user: chown {_user()} {path}")
    if not locked:
        yield ok("files", f"{len(ours)} of ours in {settings.folder}, all writable")


def doors(settings: Settings, running: bool) -> Iterator[Finding]:
    for name, address in (("operators", settings.web.operators), ("visitors", settings.web.visitors)):
        host, _, port = address.rpartition(":")
        yield _door(name, host.strip("[]"), int(port), running)


def _door(name: str, host: str, port: int, running: bool) -> Finding:
    place = f"{name}' door {host}:{port}"
    if running:
        return _answering(place, host, port)
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, port), family=family).close()
    except OSError as wrong:
        if wrong.errno == errno.EADDRINUSE:
            return bad("doors", f"{place}: another program listens there", f"end it, or set another port for {name}")
        return bad("doors", f"{place}: {wrong.strerror or wrong}", f"set another address for {name}")
    return ok("doors", f"{place} is free")


def _answering(place: str, host: str, port: int) -> Finding:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  where others listen, we only knock
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError as wrong:
        return warn("doors", f"{place} does not answer: {wrong}", "see what clubscope run says")
    return ok("doors", f"{place} answers")


def _databases(folder: Path) -> list[Path]:
    return sorted(path for pattern in ("*.db", "*.db-wal", "*.csv", "*.hrz", "*.toml") for path in folder.glob(pattern))


def _user() -> str:
    return os.environ.get("USER", str(os.getuid()))
