"""Keeps the processes of one clubscope alive: starts each again when it dies, and ends all when told to.

Every child holds one end of a pipe as its standard input. When this process dies, however suddenly, the pipe closes,
the service halts the mount and the doors close.
"""

from __future__ import annotations

import logging
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence

log = logging.getLogger(__name__)

LIVED_SECONDS = 10.0
"""Who lived this long and then died is started again at once; who dies at the start waits longer each time."""
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.1, 5.0
ENDING_SECONDS = 5.0


class Child:
    """One process that should always run."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name, self._command = name, command
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name=name)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Ask it to end; `join` waits for that."""
        self._ending.set()
        if self._process is not None:
            self._process.terminate()

    def join(self) -> None:
        self._thread.join(ENDING_SECONDS)
        if self._thread.is_alive() and self._process is not None:
            log.warning("%s does not end, so it is killed", self.name)
            self._process.kill()
        self._thread.join()

    def _keep(self) -> None:
        wait = FIRST_WAIT_SECONDS
        while not self._ending.is_set():
            begun = time.monotonic()
            with subprocess.Popen(self._command, stdin=subprocess.PIPE) as self._process:  # noqa: S603  our own command
                if self._ending.is_set():  # told to end in the very moment of the start
                    self._process.terminate()
                self._process.wait()  # before the block's end, which closes the pipe and so tells the child to end
            if self._ending.is_set():
                return
            log.warning("%s ended with code %s and is started again", self.name, self._process.returncode)
            wait = FIRST_WAIT_SECONDS if time.monotonic() - begun > LIVED_SECONDS else wait
            self._ending.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)


def run_until_ended(commands: Mapping[str, Sequence[str]]) -> None:
    """Start all, in this order, and keep them until SIGINT or SIGTERM; then end them in reverse."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    children = [Child(name, command) for name, command in commands.items()]
    for child in children:
        child.start()
    try:
        ended.wait()
    finally:
        for child in reversed(children):
            child.end()
        for child in reversed(children):
            child.join()
