"""Who holds a port: a lock file beside the kernel's own locks, and what the system knows of other programs.

The file is the LCK..ttyUSB0 that other serial programs look for and leave too: a process number, and in our own a
second line with the boot and the start of that process, so that a number that came round again locks nobody out. An
flock on the file, which dies with its process, decides between two of ours.
"""

from __future__ import annotations

import fcntl
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scope.errors import LineLost
from scope.line.port.finding import Place, Roots


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that has the port, and what it is called (untrusted text)."""

    process: int
    program: str


class PortLock:
    """Held from `take` to `release`; where the folder cannot be written, the kernel's own locks have to do."""

    def __init__(self, place: Place, roots: Roots) -> None:
        self._place, self._roots, self._path = place, roots, _lock_file(place, roots)
        self._file: int | None = None

    def take(self) -> None:
        """LineLost `port_busy` with the process that holds it; what a dead process left is taken over."""
        if holder := holder_of(self._place, self._roots):
            raise busy(self._place, holder)
        while self._file is None:
            try:
                file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            except OSError:  # another user's dead lock, or no such folder
                return
            self._file = self._locked(file)
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid():10d}\n{_life(os.getpid(), self._roots.proc)}\n".encode(), 0)

    def _locked(self, file: int) -> int | None:
        """The file, locked; None when its holder removed it meanwhile, so that it must be made again."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            raise busy(self._place, _written(self._path, self._roots.proc)) from None
        with suppress(FileNotFoundError):
            if os.stat(self._path).st_ino == os.fstat(file).st_ino:
                return file
        os.close(file)
        return None

    def release(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):
                self._path.unlink()
            os.close(file)


def busy(place: Place, holder: Holder | None) -> LineLost:
    who = f"process {holder.process} ({holder.program})" if holder else "another program"
    return LineLost(
        f"{place.opens} is in use by {who}; end it first",
        code="port_busy",
        port=place.name,
        process=holder.process if holder else None,
        program=holder.program if holder else None,
    )


def holder_of(place: Place, roots: Roots) -> Holder | None:
    """Another living process that has locked this port, by a lock file or by flock; nothing is opened to find out."""
    if written := _written(_lock_file(place, roots), roots.proc):
        return written
    return _flock_holder(place.node, roots.proc) if place.node is not None else None


def openers_of(node: Path, proc: Path) -> list[Holder]:
    """Other processes that have this device open, locked or not; only root sees those of other users."""
    others = [process for process in proc.iterdir() if process.name.isdigit() and process.name != str(os.getpid())]
    open_in = [int(process.name) for process in others if _has_open(process, node.resolve())]
    return [Holder(process, _program(process, proc)) for process in open_in]


def _has_open(process: Path, node: Path) -> bool:
    with suppress(OSError):
        return any(os.readlink(file) == str(node) for file in (process / "fd").iterdir())
    return False


def _lock_file(place: Place, roots: Roots) -> Path:
    """By the number of today, as other programs name it; a pseudo-terminal or an address gets one word."""
    name = place.name
    if place.node is not None:
        node = place.node.resolve()
        name = f"pts_{node.name}" if node.parent.name == "pts" else place.node.name
    return roots.locks / f"LCK..{re.sub(r'[^A-Za-z0-9._-]+', '_', name)}"


def _written(path: Path, proc: Path) -> Holder | None:
    """The living process that a lock file names, when it is not ours."""
    try:
        number, *life = path.read_text(encoding="ascii", errors="replace").split(maxsplit=1)
        process = int(number)
    except (OSError, ValueError):
        return None
    alive = process > 0 and process != os.getpid() and (proc / str(process)).exists()
    if not alive or (life and life[0].strip() != _life(process, proc)):
        return None
    return Holder(process, _program(process, proc))


def _flock_holder(node: Path, proc: Path) -> Holder | None:
    with suppress(OSError):
        place = node.stat()
        ours = f"{os.major(place.st_dev):02x}:{os.minor(place.st_dev):02x}:{place.st_ino}"
        for line in (proc / "locks").read_text(encoding="ascii", errors="replace").splitlines():
            words = line.split()
            if words[1:2] == ["FLOCK"] and ours in words and words[4].isdigit() and int(words[4]) != os.getpid():
                return Holder(int(words[4]), _program(int(words[4]), proc))
    return None


def _life(process: int, proc: Path) -> str:
    """Which life of this number: the boot, and the process's start in it."""
    boot = start = ""
    with suppress(OSError, IndexError):
        boot = (proc / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        start = (
            (proc / str(process) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
        )
    return f"{boot} {start}".strip()


def _program(process: int, proc: Path) -> str:
    with suppress(OSError):
        return (proc / str(process) / "comm").read_text(encoding="utf-8", errors="replace").strip() or "unknown"
    return "unknown"
