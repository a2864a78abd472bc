"""A device on a pseudo-terminal that answers as a test says: after which wait, with which bytes."""

import os
import select
import threading
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scope.line.line import Line

Answer = Callable[[bytes], list[tuple[float, bytes]]]


class Device:
    """The other end of a pseudo-terminal: a thread that hears frames and answers as `answer` says."""

    def __init__(self, answer: Answer) -> None:
        self._master, slave = os.openpty()
        tty.setraw(slave)
        self.path, self._slave = os.ttyname(slave), slave
        self._answer = answer
        self.heard: list[tuple[float, bytes]] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        buffer = b""
        while not self._ended.is_set():
            if not select.select([self._master], [], [], 0.02)[0]:
                continue
            buffer += os.read(self._master, 256)
            while b"#" in buffer:
                frame, _, buffer = buffer.partition(b"#")
                self.heard.append((time.monotonic(), frame + b"#"))
                self._answer_to(frame + b"#")

    def _answer_to(self, frame: bytes) -> None:
        """In the order of the questions, unless a wait lets others overtake."""
        answer = self._answer(frame)
        if any(delay for delay, _ in answer):
            threading.Thread(target=self._say, args=(answer,)).start()
        else:
            self._say(answer)

    def _say(self, answer: list[tuple[float, bytes]]) -> None:
        for delay, said in answer:
            time.sleep(delay)
            if not self._ended.is_set():
                os.write(self._master, said)

    def say(self, said: bytes) -> None:
        """Without being asked."""
        os.write(self._master, said)

    @property
    def is_unplugged(self) -> bool:
        return self._ended.is_set()

    def unplug(self) -> None:
        self._ended.set()
        self._thread.join()
        os.close(self._slave)
        os.close(self._master)


@contextmanager
def line_to(answer: Answer, baud: int = 9600) -> Iterator[tuple[Line, Device]]:
    """An open line to a device that answers so."""
    device = Device(answer)
    line = Line(device.path, baud)
    line.open()
    try:
        yield line, device
    finally:
        line.dispose()
        if not device.is_unplugged:
            device.unplug()
