"""The socket that a client plugs into: what it has to offer, and the one that is a TCP port (see terminal.py).

Opens, accepts, reads and writes bytes without ever waiting; can be unplugged and plugged in again under the same
address. It must never look at what the bytes mean, nor pace them (wire.py does).
"""

import socket
import struct
from io import UnsupportedOperation
from typing import Protocol

LARGEST_READ = 4096
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Port(Protocol):
    """What loop.py needs of either kind."""

    @property
    def address(self) -> str: ...
    def plug(self, name: str | None = None) -> None:
        """Under the same address as before, or under another name."""
        ...

    def unplug(self) -> None: ...
    def hang(self, is_hung: bool) -> None:
        """Let every byte that the client writes wait, or go on again."""
        ...

    def turn_away(self, is_turning_away: bool) -> None:
        """Close each new connection at once, or take them again."""
        ...

    def drop_client(self, rudely: bool) -> None:
        """End the connection, with a reset or with a farewell."""
        ...

    def watch_openings(self, is_wanted: bool) -> None: ...
    def was_opened(self) -> bool:
        """Whether a client has opened it since this was last asked; only while it watches."""
        ...

    def client_baud(self) -> int | None:
        """The speed that the client has chosen, where there is such a thing."""
        ...

    def files(self) -> tuple[int, ...]:
        """File descriptors to wait on."""
        ...

    def read(self) -> bytes:
        """What the client has written so far."""
        ...

    def write(self, data: bytes) -> bool:
        """Whether there was a line to put them on; as on a real one, bytes that nobody takes are lost."""
        ...


class TcpPort:
    """A serial-to-network adapter: one client at a time, further ones are turned away."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._listening: socket.socket | None = None
        self._client: socket.socket | None = None
        self._is_hung = self._is_turning_away = self._was_opened = False

    @property
    def address(self) -> str:
        return f"{self._host}:{self._port}"

    def plug(self, name: str | None = None) -> None:
        """Port 0 takes a free one, and keeps it over a replug."""
        if name is not None:
            raise UnsupportedOperation("a TCP port comes back under no other name")
        if self._listening is not None:
            return
        self._listening = socket.create_server((self._host, self._port))
        self._listening.setblocking(False)
        self._port = self._listening.getsockname()[1]

    def unplug(self) -> None:
        self._hang_up()
        if self._listening is not None:
            self._listening.close()
            self._listening = None

    def hang(self, is_hung: bool) -> None:
        """Nothing is read any more, so that the client's window closes."""
        self._is_hung = is_hung
        if is_hung and self._client is not None:
            self._client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)

    def turn_away(self, is_turning_away: bool) -> None:
        self._is_turning_away = is_turning_away

    def drop_client(self, rudely: bool) -> None:
        if self._client is not None and rudely:
            self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self._hang_up()

    def watch_openings(self, is_wanted: bool) -> None:
        """It always sees them."""

    def was_opened(self) -> bool:
        opened, self._was_opened = self._was_opened, False
        return opened

    def client_baud(self) -> int | None:
        return None

    def files(self) -> tuple[int, ...]:
        ends = (self._listening, None if self._is_hung else self._client)
        return tuple(end.fileno() for end in ends if end is not None)

    def read(self) -> bytes:
        """Looks for a hang-up before it accepts the next client, who may well be the same one."""
        data = self._read_client()
        self._accept()
        return data

    def _read_client(self) -> bytes:
        if self._client is None or self._is_hung:
            return b""
        try:
            data = self._client.recv(LARGEST_READ)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            self._hang_up()
        return data

    def write(self, data: bytes) -> bool:
        if self._client is None or self._is_hung:
            return False
        try:
            self._client.send(data)
        except BlockingIOError:
            pass
        except OSError:
            self._hang_up()
        return True

    def _accept(self) -> None:
        if self._listening is None:
            return
        try:
            client, _ = self._listening.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        if self._client is not None or self._is_turning_away:
            client.close()
            return
        client.setblocking(False)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._client, self._was_opened = client, True

    def _hang_up(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None
