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
from collections.abc import Callable, Mapping, Sequence

log = logging.getLogger(__name__)

LIVED_SECONDS = 10.0
"""Who lived this long and then died is started again at once; who dies at the start waits longer each time."""
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.1, 1.0
"""Not longer, however often it dies: a mount may be slewing, and only the service that comes back halts it."""
ENDING_SECONDS = 5.0
MOUNT = "mount"
"""The simulated one; it has to be there to hear the service's last halt."""
UNUSABLE = 2
"""The exit code of a process that cannot work as it is set up, as all of ours use it."""


class Child:
    """One process that should always run; `give_up` is called when its first start says that it cannot."""

    def __init__(self, name: str, command: Sequence[str], give_up: Callable[[], None]) -> None:
        self.name, self._command, self._give_up = name, command, give_up
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name=name)

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
        wait, starts = FIRST_WAIT_SECONDS, 0
        while not self._ending.is_set():
            begun, starts = time.monotonic(), starts + 1
            with subprocess.Popen(self._command, stdin=subprocess.PIPE) as self._process:  # noqa: S603  our own command
                if self._ending.is_set():  # told to end in the very moment of the start
                    self._process.terminate()
                self._process.wait()  # before the block's end, which closes the pipe and so tells the child to end
            if self._ending.is_set():
                return
            if starts == 1 and self._process.returncode == UNUSABLE:
                self._give_up()  # it has said why; to start it again would only say it again
                return
            log.warning("%s ended with code %s and is started again", self.name, self._process.returncode)
            wait = FIRST_WAIT_SECONDS if time.monotonic() - begun > LIVED_SECONDS else wait
            self._ending.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)


def run_until_ended(commands: Mapping[str, Sequence[str]]) -> bool:
    """Start all, in this order, and keep them until SIGINT or SIGTERM; then end them, a simulated mount last.

    False, and all ended, when one of them found at its first start that it cannot be used as it is set up.
    """
    ended, hopeless = threading.Event(), threading.Event()

    def give_up() -> None:
        hopeless.set()
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    children = [Child(name, command, give_up) for name, command in commands.items()]
    for child in children:
        child.start()
    try:
        ended.wait()
    finally:
        _end([child for child in children if child.name != MOUNT])
        _end([child for child in children if child.name == MOUNT])
    return not hopeless.is_set()


def _end(children: Sequence[Child]) -> None:
    for child in children:
        child.end()
    for child in children:
        child.join()
