"""The doors as real processes: what a server must keep to that no application can, over real sockets."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from scope.clock import Clock
from scope.log.accounts import Accounts
from scope.log.database import open_database
from scope.orders import Role
from tests.web_doors import SETTINGS, SNAPSHOT, filled_log

WITHIN = 30.0
ANY_PORT = 'operators = "127.0.0.1:0"\nvisitors = "127.0.0.1:0"\n[log]\ndatabase = "sqlite:///log.db"'


class Door:
    """A running `python -m web.door`, and where it listens."""

    def __init__(self, audience: str, folder: Path) -> None:
        config = folder / "clubscope.toml"
        config.write_text(SETTINGS.format(web=ANY_PORT), encoding="utf-8")
        command = [sys.executable, "-m", "web.door", audience, "--config", str(config)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
        )
        self.said: list[str] = []
        self.port = self._port()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _port(self) -> int:
        assert self.process.stderr
        for line in self.process.stderr:
            self.said.append(line)
            if found := re.search(r"open at http://127\.0\.0\.1:(\d+)/", line):
                return int(found[1])
        raise AssertionError("".join(self.said))

    def _read(self) -> None:
        assert self.process.stderr
        self.said.extend(self.process.stderr)

    def close(self) -> int:
        """As when the program that started it has ended."""
        assert self.process.stdin
        assert self.process.stderr
        self.process.stdin.close()
        ended = self.process.wait(WITHIN)
        self._reader.join(WITHIN)
        self.process.stderr.close()
        return ended

    def ask(self, method: str, path: str, **headers: str) -> tuple[int, dict[str, Any]]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=WITHIN)) as connection:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())

    def raw(self, sent: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=WITHIN) as connection:
            connection.sendall(sent)
            return connection.recv(65536)


@contextmanager
def door(audience: str, folder: Path) -> Iterator[Door]:
    filled_log(folder)
    found = Door(audience, folder)
    try:
        yield found
    finally:
        if found.process.poll() is None:
            found.close()


@pytest.fixture(scope="module")
def visitors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with door("visitors", tmp_path_factory.mktemp("v")) as found:
        yield found


@contextmanager
def service(folder: Path, *snapshots: dict[str, Any]) -> Iterator[None]:
    """Something that speaks on watch.sock as the service does, until the block ends."""
    (folder / "run").mkdir(exist_ok=True)
    path = folder / "run" / "watch.sock"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        speaker = threading.Thread(target=speak, args=(listener, snapshots))
        speaker.start()
        yield
        listener.shutdown(socket.SHUT_RDWR)
        speaker.join(WITHIN)
        path.unlink()


def speak(listener: socket.socket, snapshots: tuple[dict[str, Any], ...]) -> None:
    """To the first who listens, and to nobody afterwards."""
    try:
        wire, _address = listener.accept()
    except OSError:
        return
    with wire:
        for snapshot in snapshots:
            wire.sendall(json.dumps(snapshot).encode() + b"\n")
        with suppress(OSError):
            listener.accept()[0].close()


def until(true: Any) -> None:
    deadline = time.monotonic() + WITHIN
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_door_ends_with_the_program_that_opened_it(tmp_path: Path) -> None:
    with door("visitors", tmp_path) as found:
        assert found.close() == 0
        assert not any("Traceback" in line for line in found.said), found.said


def test_a_door_without_a_service_is_open_and_says_that_the_line_is_lost(visitors: Door) -> None:
    status, state = visitors.ask("GET", "/api/status")
    assert (status, state["line"], state["position"]) == (200, "lost", None)


def test_the_log_is_read_beside_the_loop(visitors: Door) -> None:
    status, answer = visitors.ask("GET", "/api/sessions")
    assert (status, [session["slug"] for session in answer["sessions"]]) == (200, ["2026-10-01"])
    assert visitors.ask("GET", "/api/sessions/nothing")[1]["code"] == "session_unknown"


def test_the_visitors_search_the_catalogue_without_the_service(visitors: Door) -> None:
    found = visitors.ask("GET", "/api/objects?q=M13")[1]["objects"]
    assert found[0]["designation"] == "M13"


def test_no_version_of_anything_is_told(visitors: Door) -> None:
    head = visitors.raw(b"GET /api/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").split(b"\r\n\r\n")[
        0
    ]
    assert b"Server:" not in head
    assert b"gevent" not in head
    assert b"Werkzeug" not in head


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + (b"X: " + b"a" * 200 + b"\r\n") * 90 + b"\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 200 + b"\r\n", b"431"),
        (b"GET /" + b"a" * 10_000 + b" HTTP/1.1\r\n\r\n", b"414"),
        (b"rubbish\r\n\r\n", b"400"),
        (b"POST /red HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", b"400"),
    ],
    ids=["long header", "many long headers", "many headers", "long line", "rubbish", "length", "host", "two hosts"],
)
def test_a_malformed_request_is_answered_and_the_door_stays_open(visitors: Door, sent: bytes, status: bytes) -> None:
    assert visitors.raw(sent).split()[1] == status
    assert visitors.ask("GET", "/api/status")[0] == 200


def test_two_hundred_who_never_finish_their_request_hold_nobody_up(visitors: Door) -> None:
    slow = [socket.create_connection(("127.0.0.1", visitors.port), timeout=WITHIN) for _ in range(200)]
    try:
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: local")
        assert visitors.ask("GET", "/api/status")[0] == 200
    finally:
        for connection in slow:
            connection.close()


def test_there_is_no_order_at_the_visitors_door(visitors: Door) -> None:
    assert visitors.ask("POST", "/api/orders/stop", Authorization="Bearer cs_x")[0] == 404


def events(connection: socket.socket) -> Iterator[dict[str, Any]]:
    with connection.makefile("rb") as lines:
        for line in lines:
            if line.startswith(b"data: "):
                yield json.loads(line.removeprefix(b"data: "))


def test_what_the_service_says_is_live_and_when_it_falls_silent_that_is_live_too(tmp_path: Path) -> None:
    now = {**SNAPSHOT, "read_at": time.monotonic()}
    with service(tmp_path, now), door("visitors", tmp_path) as found:
        until(lambda: found.ask("GET", "/api/status")[1]["line"] == "up")
        with socket.create_connection(("127.0.0.1", found.port), timeout=WITHIN) as connection:
            connection.sendall(b"GET /api/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            live = events(connection)
            first = next(live)
            assert (first["motion"], first["helm"]["holder"]) == ("tracking", "Aigerim")
            assert 0 <= first["age_seconds"] < WITHIN
            lost = next(live)
            assert (lost["line"], lost["position"], lost["age_seconds"]) == ("lost", None, None)


def test_the_operators_door_lets_people_in_and_says_when_nobody_is_at_the_desk(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{filled_log(tmp_path)}")
    accounts = Accounts(database, Clock())
    token, code = accounts.add_token("script", Role.VOLUNTEER), accounts.add_user("demo", Role.VOLUNTEER, "Demo")
    database.close()
    with door("operators", tmp_path) as found:
        bearer = {"Authorization": f"Bearer {token}"}
        assert found.ask("POST", "/api/orders/park", **bearer)[1]["code"] == "service_gone"
        assert found.ask("POST", "/api/orders/stop", Authorization="Bearer cs_wrong")[0] == 401
        with closing(HTTPConnection("127.0.0.1", found.port, timeout=WITHIN)) as connection:
            connection.request("GET", "/sign-in")
            page = connection.getresponse()
            csrf = re.search(rb'name="csrf-token" content="(\w+)"', page.read())
            assert csrf
            headers = {
                "Cookie": page.headers["Set-Cookie"].split(";")[0],
                "Origin": f"http://127.0.0.1:{found.port}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            connection.request("POST", "/sign-in", f"csrf_token={csrf[1].decode()}&code={code}", headers)
            answer = connection.getresponse()
            assert (answer.status, answer.headers["Location"]) == (303, "/set-password")
