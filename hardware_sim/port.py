"""The socket that a client plugs into: a pseudo-terminal behind a link, or a TCP port.

Opens, accepts, reads and writes bytes without ever waiting; can be unplugged and plugged in again under the same
address. It must never look at what the bytes mean, nor pace them (wire.py does).
"""

import contextlib
import os
import pty
import socket
import tty
from pathlib import Path
from typing import Protocol

LARGEST_READ = 4096


class Port(Protocol):
    """What loop.py needs of either kind."""

    @property
    def address(self) -> str: ...
    @property
    def is_plugged(self) -> bool: ...
    def plug(self) -> None: ...
    def unplug(self) -> None: ...
    def files(self) -> tuple[int, ...]:
        """File descriptors to wait on."""
        ...

    def read(self) -> bytes:
        """What the client has written so far."""
        ...

    def write(self, data: bytes) -> None:
        """As on a real line, bytes that nobody takes are lost."""
        ...


class PseudoTerminal:
    """A pty whose client side is reached through a symbolic link, so that it can come back under the same name."""

    def __init__(self, link: Path) -> None:
        self._link = link
        self._ours: int | None = None
        self._theirs: int | None = None

    @property
    def address(self) -> str:
        return str(self._link)

    @property
    def is_plugged(self) -> bool:
        return self._ours is not None

    def plug(self) -> None:
        """The client side is kept open here too: with no client, reading would otherwise fail instead of wait."""
        if self._ours is not None:
            return
        self._ours, self._theirs = pty.openpty()
        tty.setraw(self._theirs)
        os.set_blocking(self._ours, False)
        self._point_link_to(os.ttyname(self._theirs))

    def unplug(self) -> None:
        if self._ours is None or self._theirs is None:
            return
        with contextlib.suppress(FileNotFoundError):
            if os.readlink(self._link) == os.ttyname(self._theirs):
                self._link.unlink()
        os.close(self._ours)
        os.close(self._theirs)
        self._ours = self._theirs = None

    def files(self) -> tuple[int, ...]:
        return () if self._ours is None else (self._ours,)

    def read(self) -> bytes:
        if self._ours is None:
            return b""
        try:
            return os.read(self._ours, LARGEST_READ)
        except BlockingIOError:
            return b""

    def write(self, data: bytes) -> None:
        if self._ours is not None:
            with contextlib.suppress(BlockingIOError):
                os.write(self._ours, data)

    def _point_link_to(self, terminal: str) -> None:
        """Replaces a link left over from a run that was killed; never anything else."""
        if self._link.exists() and not self._link.is_symlink():
            raise FileExistsError(f"{self._link} exists and is not a link to a terminal")
        fresh = self._link.with_name(f".{self._link.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(terminal)
        fresh.replace(self._link)


class TcpPort:
    """A serial-to-network adapter: one client at a time, further ones are turned away."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._listening: socket.socket | None = None
        self._client: socket.socket | None = None

    @property
    def address(self) -> str:
        return f"{self._host}:{self._port}"

    @property
    def is_plugged(self) -> bool:
        return self._listening is not None

    def plug(self) -> None:
        """Port 0 takes a free one, and keeps it over a replug."""
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

    def files(self) -> tuple[int, ...]:
        return tuple(end.fileno() for end in (self._listening, self._client) if end is not None)

    def read(self) -> bytes:
        """Looks for a hang-up before it accepts the next client, who may well be the same one."""
        data = self._read_client()
        self._accept()
        return data

    def _read_client(self) -> bytes:
        if self._client is None:
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

    def write(self, data: bytes) -> None:
        if self._client is not None:
            try:
                self._client.send(data)
            except BlockingIOError:
                pass
            except OSError:
                self._hang_up()

    def _accept(self) -> None:
        if self._listening is None:
            return
        try:
            client, _ = self._listening.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        if self._client is not None:
            client.close()
            return
        client.setblocking(False)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._client = client

    def _hang_up(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None
