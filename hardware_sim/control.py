"""The back door for tests: a Unix socket that takes one fault or question a line and answers one line.

`ok`, `error …`, or for `truth` the JSON line of that moment. Reads and writes without ever waiting. It must never be
reachable over a network.
"""

import contextlib
import socket
from collections.abc import Callable
from pathlib import Path

LONGEST_LINE = 200


class ControlSocket:
    """Any number of talkers; each line is handed to `obey`, whose answer goes back."""

    def __init__(self, path: Path, obey: Callable[[str], str]) -> None:
        self._path = path
        self._obey = obey
        self._talkers: dict[socket.socket, bytearray] = {}
        if path.is_socket():
            path.unlink()  # left over from a run that was killed
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listening.bind(str(path))
        self._listening.listen()
        self._listening.setblocking(False)

    def files(self) -> tuple[int, ...]:
        return (self._listening.fileno(), *(talker.fileno() for talker in self._talkers))

    def serve(self) -> None:
        """Take whatever has come in."""
        with contextlib.suppress(BlockingIOError):
            talker, _ = self._listening.accept()
            talker.setblocking(False)
            self._talkers[talker] = bytearray()
        for talker in list(self._talkers):
            self._listen_to(talker)

    def close(self) -> None:
        for talker in self._talkers:
            talker.close()
        self._listening.close()
        self._path.unlink(missing_ok=True)

    def _listen_to(self, talker: socket.socket) -> None:
        waiting = self._talkers[talker]
        try:
            data = talker.recv(LONGEST_LINE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        waiting += data
        try:
            while b"\n" in waiting:
                line, _, rest = bytes(waiting).partition(b"\n")
                waiting[:] = rest
                talker.send(self._obey(line.decode("utf-8", "replace").strip()).encode() + b"\n")
        except OSError:
            data = b""
        if not data or len(waiting) > LONGEST_LINE:
            talker.close()
            del self._talkers[talker]
