"""The service as a process: `python -m scope --config clubscope.toml`.

It ends, with a halt as its last word to the mount, on SIGTERM or SIGINT, and when its standard input closes, which is
how it learns that the program that started it has died.
"""

from __future__ import annotations

import argparse
import fcntl
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType

from scope.clock import Clock
from scope.errors import LineError, LineLost, ScopeError, SettingsError
from scope.line.line import Line
from scope.line.port.finding import SYSTEM, find
from scope.line.port.lock import busy, holder_of
from scope.mounts import baud_of, family_of
from scope.settings import Settings, read_settings
from scope.urgency import come_first

PORT_FREE_SECONDS, PORT_LOOK_SECONDS = 1.0, 0.1
SWITCH_SECONDS = 0.0005
"""A thread that computes gives way to the one that has to halt ten times sooner than by default."""


def main(argv: Sequence[str] | None = None) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s service %(levelname)s %(message)s")
    sys.setswitchinterval(SWITCH_SECONDS)
    come_first()
    try:
        given = _arguments(argv)
        settings = read_settings(given.config)
        clock = clock_for(settings, timedelta(seconds=given.shift))
        with _alone(settings.run_folder):
            _refuse_taken_port(settings.mount.port)
            _serve(settings, clock, given.until_stdin_closes)
    except ScopeError as reason:
        print(reason, file=sys.stderr)
        return 2
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scope", description="own the telescope and write its log")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--shift", type=float, default=0.0, metavar="SECONDS", help="only with a simulated mount")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end with the program that started this")
    return parser.parse_args(argv)


def clock_for(settings: Settings, shift: timedelta) -> Clock:
    """A clock that shows another time is refused with a real mount: it would point elsewhere and log untruth."""
    if shift and not settings.mount.simulated:
        raise SettingsError("a shifted clock needs [mount] simulated = true", code="shift_refused")
    return Clock(shift)


def _serve(settings: Settings, clock: Clock, until_stdin_closes: bool) -> None:
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    if until_stdin_closes:
        threading.Thread(target=_wait_for_parent, args=(ended,), name="parent", daemon=True).start()
    line = _halted_first(settings)
    from scope.log.database import open_database  # half a second of loading: whoever loads it has come first by now
    from scope.service import Service

    database = open_database(settings.log.database)
    service = Service(settings, database, clock, line)
    try:
        service.start()
        ended.wait()
    finally:
        service.close()
        database.close()


def _halted_first(settings: Settings) -> Line:
    """The line, opened and halted on before the rest of the program is loaded: a mount may be slewing meanwhile.

    Where that fails the mount thread will say why, and try again.
    """
    line = Line(settings.mount.port, baud_of(settings.mount))
    try:
        line.open()
        line.halt(family_of(settings.mount).halt)
    except LineError as wrong:
        logging.getLogger(__name__).info("no halt yet: %s", wrong)
    return line


def _wait_for_parent(ended: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 64):
        pass
    ended.set()


def _refuse_taken_port(port: str) -> None:
    """LineLost `port_busy` when another program has the mount; one that only looked gets a second to go away.

    A port that is not there, or that cannot be opened for another reason, is waited for, and shown as lost.
    """
    until = time.monotonic() + PORT_FREE_SECONDS
    while (taken := _taken(port)) is not None:
        if time.monotonic() > until:
            raise taken
        time.sleep(PORT_LOOK_SECONDS)


def _taken(port: str) -> LineLost | None:
    try:
        place = find(port, SYSTEM)
    except LineLost:
        return None
    holder = holder_of(place, SYSTEM)
    return None if holder is None else busy(place, holder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One service a run folder: two would both believe that they own the telescope."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder / "service.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise SettingsError(
                f"a service runs here already, process {holder}; end it first", code="already_running", process=holder
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


if __name__ == "__main__":
    sys.exit(main())
