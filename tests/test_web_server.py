"""The time limits of the server, with short ones: who is slow is let go, and holds nothing while being slow."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from queue import Queue
from typing import Any

import gevent
import gevent.event
import pytest

from web import server

ENDLESS = b"x" * 65536


def application(environ: dict[str, Any], start: Any) -> Iterator[bytes]:
    """Reads the whole body; below /api/live it talks without end."""
    environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain")])
    yield b"all of it"
    while environ["PATH_INFO"] == "/api/live":
        gevent.sleep(0.01)
        yield ENDLESS if environ["QUERY_STRING"] == "much" else b"."


class Serving:
    """A server with an event loop of its own in a thread of its own."""

    def __init__(self) -> None:
        self._ports: Queue[int] = Queue()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        self.port = self._ports.get(timeout=30)

    def _serve(self) -> None:
        opened = server.open_server(application, "127.0.0.1:0")  # type: ignore[arg-type]
        opened.start()
        self._pool, self._end = opened.pool, gevent.get_hub().loop.async_()
        ended = gevent.event.Event()
        self._end.start(ended.set)
        self._ports.put(opened.server_port)
        ended.wait()
        opened.stop(0)
        gevent.get_hub().destroy(destroy_loop=True)

    def close(self) -> None:
        self._end.send()
        self._thread.join(30)

    @property
    def busy(self) -> int:
        return len(self._pool)


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    monkeypatch.setattr(server, "REQUEST_SECONDS", 0.3)
    monkeypatch.setattr(server, "UNREAD_SECONDS", 0.3)
    found = Serving()
    yield found
    found.close()


def connected(serving: Serving) -> socket.socket:
    return socket.create_connection(("127.0.0.1", serving.port), timeout=30)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GE",
        b"GET / HTTP/1.1\r\nHost: localh",
        b"POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
    ],
    ids=["nothing", "half a word", "half a header", "half a body", "half the chunks"],
)
def test_who_does_not_finish_a_request_is_let_go(serving: Serving, sent: bytes) -> None:
    with connected(serving) as connection:
        connection.sendall(sent)
        assert connection.recv(100) == b""


def test_who_finishes_is_answered(serving: Serving) -> None:
    with connected(serving) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody")
        assert b"200 OK" in connection.recv(1000)


def test_a_live_page_that_reads_may_stay_longer_than_any_request(serving: Serving) -> None:
    with connected(serving) as connection:
        connection.sendall(b"GET /api/live HTTP/1.1\r\n\r\n")
        heard = sum(len(connection.recv(1)) for _ in range(500))
        assert heard == 500


def test_a_live_page_that_reads_nothing_is_let_go(serving: Serving) -> None:
    with connected(serving) as connection:
        connection.sendall(b"GET /api/live?much HTTP/1.1\r\n\r\n")
        assert connection.recv(1)
        for _ in range(600):
            if not serving.busy:
                break
            threading.Event().wait(0.05)
        assert serving.busy == 0
