"""How a program that only carries bytes is ended: by SIGTERM or SIGINT, or when whoever started it has gone."""

import contextlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from types import FrameType


class Ending:
    """`fileno` can be waited on; it is ready when it is time to end."""

    def __init__(self) -> None:
        self.is_over = False
        self._wake, self._woken = socket.socketpair()

    def fileno(self) -> int:
        return self._woken.fileno()

    def end(self) -> None:
        self.is_over = True
        with contextlib.suppress(OSError):
            self._wake.send(b"\0")

    def close(self) -> None:
        self._wake.close()
        self._woken.close()


@contextlib.contextmanager
def ended_by_signals(until_stdin_closes: bool = False) -> Iterator[Ending]:
    ending = Ending()

    def end(_: int, __: FrameType | None) -> None:
        ending.end()

    if until_stdin_closes:
        threading.Thread(target=_end_with_parent, args=(ending,), name="parent", daemon=True).start()
    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        ending.close()


def _end_with_parent(ending: Ending) -> None:
    """A parent holds the other end of standard input; killed, it cannot say that it ends, but the pipe closes."""
    while os.read(sys.stdin.fileno(), 64):
        pass
    ending.end()
