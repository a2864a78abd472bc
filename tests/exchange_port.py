"""A simulated mount on a pseudo-terminal in this very process: many at once, each a thread, at its own speed only."""

import os
import select
import termios
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager

from hardware_sim.exchange import Exchange
from hardware_sim.terminal import BAUD_OF_CODE

TURN_SECONDS = 0.005


class ExchangePort:
    """`path` is the client's end. What is said at another speed is not heard, and counted in `misheard`."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.path = os.ttyname(self._theirs)
        self.heard = self.misheard = b""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._live)
        self._thread.start()

    def _live(self) -> None:
        born = time.monotonic()
        while not self._ended.is_set():
            data = os.read(self._ours, 4096) if select.select([self._ours], [], [], TURN_SECONDS)[0] else b""
            now = time.monotonic() - born
            if data and BAUD_OF_CODE.get(termios.tcgetattr(self._ours)[5]) == self.exchange.baud:
                self.heard += data
                self.exchange.arrive(data, now)
            else:
                self.misheard += data
            if said := self.exchange.live(now):
                os.write(self._ours, said)

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        os.close(self._ours)
        os.close(self._theirs)


@contextmanager
def on_ports(*exchanges: Exchange) -> Iterator[list[ExchangePort]]:
    ports = [ExchangePort(exchange) for exchange in exchanges]
    try:
        yield ports
    finally:
        for port in ports:
            port.close()
