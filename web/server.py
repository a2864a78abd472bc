"""An event-driven HTTP server, hardened against slow, large and endless requests; knows nothing of telescopes.

Nobody holds a thread by being slow: a request has a minute, a header 16 kB, and a live connection that no longer reads
is closed. It says nothing about its version and keeps no list of who came.
"""

from __future__ import annotations

import logging
import os
import resource
import socket
import stat
import sys
from http.client import HTTPException
from typing import Any, cast

import gevent
from flask import Flask
from gevent import socket as cooperative
from gevent.event import Event
from gevent.pool import Pool
from gevent.pywsgi import WSGIHandler, WSGIServer

log = logging.getLogger(__name__)

REQUEST_SECONDS = 60.0  # from the first byte waited for to the last one sent
UNREAD_SECONDS = 30.0  # a live page that has taken nothing for so long is gone
LARGEST_HEADER = 16 * 1024
SPARE_FILES = 100  # for the database, the sockets to the service, the log
CLOSING_SECONDS = 1.0
TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


def open_server(app: Flask, door: str) -> WSGIServer:
    """A server bound to host:port, not yet serving."""
    room = Pool(_room_for_connections())
    return WSGIServer(_listener(door), app, log=None, error_log=log, handler_class=_Handler, spawn=room)


class _Handler(WSGIHandler):  # type: ignore[misc]
    """One connection; the limits that no application can keep by itself."""

    def __init__(self, connection: Any, *rest: Any, **named: Any) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().__init__(connection, *rest, **named)
        self._limit = gevent.Timeout(REQUEST_SECONDS)

    def handle_one_request(self) -> Any:
        with gevent.Timeout(REQUEST_SECONDS) as self._limit:
            try:
                return super().handle_one_request()
            except gevent.Timeout as over:
                if over is not self._limit:
                    raise
                return None

    def MessageClass(self, source: Any, *rest: Any) -> Any:  # noqa: N802  the name in pywsgi
        return super().MessageClass(_Measured(source, LARGEST_HEADER), *rest)

    def run_application(self) -> None:
        if self.path.startswith("/api/live"):
            self._limit.close()
            self.socket.settimeout(UNREAD_SECONDS)
        try:
            super().run_application()
        except gevent.Timeout:
            self.socket.shutdown(socket.SHUT_RDWR)  # or pywsgi would wait for the rest of the body
            raise

    def handle_error(self, kind: Any, error: Any, trace: Any) -> None:
        if isinstance(error, gevent.Timeout | TimeoutError):
            self.close_connection = True
        else:
            super().handle_error(kind, error, trace)

    def _handle_client_error(self, error: Exception) -> tuple[str, bytes]:
        if isinstance(error, _HeaderTooLarge | HTTPException):  # too long, or too many
            return "431", TOO_LARGE
        return cast(tuple[str, bytes], super()._handle_client_error(error))


class _HeaderTooLarge(ValueError):
    """All lines of a header together are longer than allowed."""


class _Measured:
    """Reads lines until they are more than `left` bytes in all."""

    def __init__(self, source: Any, left: int) -> None:
        self._source, self._left = source, left

    def readline(self, most: int) -> bytes:
        line = cast(bytes, self._source.readline(min(most, self._left + 1)))
        self._left -= len(line)
        if self._left < 0:
            raise _HeaderTooLarge
        return line


def _listener(door: str) -> socket.socket:
    host, _, port = door.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return cast(socket.socket, WSGIServer.get_listener((host, int(port)), family=family, backlog=512))


def _room_for_connections() -> int:
    """As many connections as the system grants files, less those we need ourselves."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most - SPARE_FILES


def wait_for_end_of_input(closing: Event) -> None:
    """Tell that the parent is gone. Only a pipe or a socket ties us to one; a terminal or /dev/null doesn't."""
    number = sys.stdin.fileno() if sys.stdin else -1
    mode = os.fstat(number).st_mode if number >= 0 else 0
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return
    while True:
        cooperative.wait_read(number)
        if not os.read(number, 1024):
            break
    log.info("the program has ended: closing")
    closing.set()
