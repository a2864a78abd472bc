"""The real port that a recorder listens in on: a serial device or a TCP adapter, opened for us alone, never waited for.

Standard library only. It must never look at what the bytes mean.
"""

import contextlib
import fcntl
import os
import socket
import termios
import tty
from pathlib import Path

LARGEST_READ = 4096
CODE_OF_BAUD = {int(name[1:]): code for name, code in vars(termios).items() if name[0] == "B" and name[1:].isdigit()}


class RealPort:
    """`fileno` can be waited on for bytes; OSError when it is gone."""

    def __init__(self, name: str, baud: int) -> None:
        self._socket: socket.socket | None = None
        host, _, number = name.rpartition(":")
        if host and number.isdecimal() and not Path(name).exists():
            self._socket = socket.create_connection((host, int(number)), timeout=5.0)
            self._socket.setblocking(False)
            self._descriptor = self._socket.fileno()
        else:
            self._descriptor = _opened(name, baud)

    def fileno(self) -> int:
        return self._descriptor

    def read(self) -> bytes:
        try:
            data = os.read(self._descriptor, LARGEST_READ)
        except BlockingIOError:
            return b""
        if not data:
            raise ConnectionResetError("it has hung up")
        return data

    def write(self, data: bytes) -> None:
        """What the device does not take at once is lost, as on any line without handshake."""
        with contextlib.suppress(BlockingIOError):
            os.write(self._descriptor, data)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        else:
            os.close(self._descriptor)


def _opened(name: str, baud: int) -> int:
    """8N1 without handshake; a lock of the kernel keeps a second program out, and the control lines stay up after."""
    descriptor = os.open(name, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        tty.setraw(descriptor)
        modes = termios.tcgetattr(descriptor)
        modes[2] = (modes[2] | termios.CLOCAL | termios.CREAD) & ~(termios.HUPCL | termios.CSTOPB | termios.CRTSCTS)
        modes[4] = modes[5] = CODE_OF_BAUD[baud]
        termios.tcsetattr(descriptor, termios.TCSANOW, modes)
    except (OSError, termios.error) as error:
        os.close(descriptor)
        raise OSError(f"{name}: {error}") from error
    return descriptor
