"""Calls into the kernel that may never come back, as opening and closing a hung USB adapter does.

Each runs in a thread of its own that is abandoned when it takes too long. While one is still stuck no other is begun,
so that a port that hangs all night costs one thread.
"""

from __future__ import annotations

import termios
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from typing import TypeVar

from scope.errors import LineLost

T = TypeVar("T")

PORT_FAILURES = (OSError, termios.error, TypeError)
"""What pyserial 3.5 raises when a device goes; SerialException is an OSError, termios.error is not."""


class Patience:
    """With one port: one owner calls `within`."""

    def __init__(self, port: str) -> None:
        self._port = port
        self._stuck: threading.Thread | None = None

    def within(self, seconds: float, act: Callable[[], T], too_late: Callable[[T], object] = lambda _: None) -> T:
        """What `act` returns or raises; LineLost `port_hangs` after `seconds`; a result after that goes `too_late`."""
        if self._stuck is not None and self._stuck.is_alive():
            raise self._hangs(seconds)
        call: Future[T] = Future()
        thread = threading.Thread(target=_carry_out, args=(call, act, too_late), name="port", daemon=True)
        thread.start()
        try:
            return call.result(seconds)
        except Late:
            if call.done() or not call.cancel():
                return call.result()  # it raised that itself, or came back this very moment
        self._stuck = thread
        raise self._hangs(seconds)

    def _hangs(self, seconds: float) -> LineLost:
        return LineLost(
            f"{self._port} hangs: no way back from the system in {seconds:g} s; pull its cable and plug it in again",
            code="port_hangs",
            port=self._port,
            within_seconds=seconds,
        )


def _carry_out(call: Future[T], act: Callable[[], T], too_late: Callable[[T], object]) -> None:
    try:
        result = act()
    except (*PORT_FAILURES, ValueError, LineLost) as wrong:
        if call.set_running_or_notify_cancel():
            call.set_exception(wrong)
    else:
        if call.set_running_or_notify_cancel():
            call.set_result(result)
        else:
            too_late(result)
    finally:
        if not call.done():  # of anything else the traceback goes to the log, and the owner need not wait for it
            call.set_exception(LineLost("a fault of ours or of pyserial; see the log", code="port_unusable"))
