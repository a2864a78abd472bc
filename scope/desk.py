"""Where orders are handed in: a Protocol, and the same over a Unix socket.

Whoever holds a Desk gives orders and asks questions, and gets plain values or a ScopeError back, without knowing
whether the service lives in this process or in another. JSON lines, readable with `nc -U`; one connection carries any
number of questions, one after the other. A Watch only listens: what it reads cannot move anything.
"""

from __future__ import annotations

import json
import os
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol, cast

from scope.errors import FAMILY, LineLost, NotUnderstood, ScopeError
from scope.order_json import order_as_json, order_from_json
from scope.orders import Order, Person, Role

LONGEST_LINE = 64 * 1024
ANSWER_SECONDS = 15.0
"""Longer than anything the mount thread may take with an order (10 s), so that its own reason arrives."""
SILENCE_SECONDS = 2.0
"""The service says something at least this often; a watch that hears nothing for longer has lost it."""


class Desk(Protocol):
    """Orders and questions of the operators."""

    def order(self, order: Order, by: Person, request: str) -> dict[str, Any]:
        """Accepted: what is going to happen (`target`, …, and `logged`, whether the event is on disk yet).

        `request` is an id for the log. A refusal is raised as the ScopeError it is. Returns when accepted; arrival is
        read from the snapshot.
        """
        ...

    def look_up(self, text: str, most: int = 10) -> list[dict[str, Any]]:
        """Objects whose name begins like `text`, with `altitude_degrees` and `azimuth_degrees` now."""
        ...

    def status(self) -> dict[str, Any]:
        """The latest snapshot as `as_json` gives it."""
        ...

    def trace(self) -> list[dict[str, Any]]:
        """The last exchanges on the line, oldest first."""
        ...

    def clocks(self) -> dict[str, Any]:
        """What mount and service take for the time and the place, as it was when last compared.

        `utc`, `source`, `synchronised` and `site` of the service; `mount` with `utc`, `latitude_degrees` and
        `longitude_degrees` as it would tell them now, or None; `difference_seconds` and `difference_degrees`, mount
        minus service, None where the mount does not tell.
        """
        ...

    def limits(self) -> dict[str, Any]:
        """Where the telescope may point: the settings' numbers, and `horizon`, the mask as [azimuth, altitude]."""
        ...

    def pointing(self) -> dict[str, Any]:
        """The pointing model: `geometry` (altaz, fork, german, polar, or None), and what it was fitted to.

        `stars`, each with `designation`, `utc`, `residual_arcminutes` and `is_doubtful`, which has no part in the fit;
        `terms`, each with `name`, `arcminutes` and `uncertainty_arcminutes`, see scope/sky/pointing/terms.py;
        `rms_arcminutes` of the stars believed, `rms_without_arcminutes` of what the mount itself says of them. `polar`,
        where known: `azimuth_arcminutes` and `altitude_arcminutes` with the `azimuth_turn` (east, west) and
        `altitude_turn` (up, down) that mend it, `distance_arcminutes` from the pole, and both uncertainties.
        """
        ...


class Watch(Protocol):
    """What everybody may see, as it happens."""

    def lines(self) -> Iterator[bytes]:
        """Each snapshot as one JSON line, the latest at once; raises LineLost when the service is gone."""
        ...


class DeskOverSocket:
    """A Desk in another process of this machine; `service_gone` when nobody listens there."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def order(self, order: Order, by: Person, request: str) -> dict[str, Any]:
        who = {"name": by.name, "role": by.role.value, "via": by.via}
        asked = {"ask": "order", "order": order_as_json(order), "by": who, "request": request}
        return cast(dict[str, Any], self._ask(asked))

    def look_up(self, text: str, most: int = 10) -> list[dict[str, Any]]:
        return cast(list[dict[str, Any]], self._ask({"ask": "look_up", "text": text, "most": most}))

    def status(self) -> dict[str, Any]:
        return cast(dict[str, Any], self._ask({"ask": "status"}))

    def trace(self) -> list[dict[str, Any]]:
        return cast(list[dict[str, Any]], self._ask({"ask": "trace"}))

    def clocks(self) -> dict[str, Any]:
        return cast(dict[str, Any], self._ask({"ask": "clocks"}))

    def limits(self) -> dict[str, Any]:
        return cast(dict[str, Any], self._ask({"ask": "limits"}))

    def pointing(self) -> dict[str, Any]:
        return cast(dict[str, Any], self._ask({"ask": "pointing"}))

    def _ask(self, question: dict[str, Any]) -> Any:
        try:
            with _connected(self._path, ANSWER_SECONDS) as wire, wire.makefile("rb") as answers:
                wire.sendall(json.dumps(question).encode() + b"\n")
                answer = json.loads(answers.readline())
        except (OSError, ValueError) as wrong:
            raise LineLost(f"the service does not answer at {self._path}: {wrong}", code="service_gone") from wrong
        if refused := answer.get("refused"):
            kind = FAMILY.get(refused["kind"], ScopeError)
            raise kind(refused["message"], code=refused["code"], **refused["details"])
        return answer["answer"]


class WatchOverSocket:
    """The snapshots of a service in another process of this machine."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lines(self) -> Iterator[bytes]:
        try:
            with _connected(self._path, SILENCE_SECONDS) as wire, wire.makefile("rb") as lines:
                for line in lines:
                    if line.strip():  # an empty one only says that the service lives
                        yield line
        except OSError as wrong:
            raise LineLost(f"the service is silent at {self._path}: {wrong}", code="service_gone") from wrong
        raise LineLost(f"the service has ended at {self._path}", code="service_gone")


def _connected(path: Path, seconds: float) -> socket.socket:
    wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    wire.settimeout(seconds)
    try:
        wire.connect(str(path))
    except OSError:
        wire.close()
        raise
    return wire


class Counter(socketserver.ThreadingUnixStreamServer):
    """A Unix socket that only this user may open; each caller is served by a thread of its own."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, path: Path, serve: Callable[[Any], None]) -> None:
        self._serve, self._path = serve, path
        path.unlink(missing_ok=True)
        old = os.umask(0o177)
        try:
            super().__init__(str(path), _Caller)
        finally:
            os.umask(old)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, name=path.stem, daemon=True).start()

    def serve(self, caller: Any) -> None:
        self._serve(caller)

    def close(self) -> None:
        self.shutdown()
        self.server_close()
        self._path.unlink(missing_ok=True)


class _Caller(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        try:
            cast(Counter, self.server).serve(self)
        except (BrokenPipeError, ConnectionResetError):
            return  # the caller has gone; nobody is left to tell


def take_orders(desk: Desk) -> Callable[[Any], None]:
    """Serve one caller's questions to `desk`, until it hangs up."""

    def serve(caller: Any) -> None:
        while line := caller.rfile.readline(LONGEST_LINE):
            caller.wfile.write(json.dumps(_answer(desk, line)).encode() + b"\n")

    return serve


def _answer(desk: Desk, line: bytes) -> dict[str, Any]:
    try:
        return {"answer": _ask(desk, json.loads(line))}
    except ScopeError as reason:
        return {"refused": _refusal(reason)}
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        return {"refused": _refusal(NotUnderstood(f"not a question: {wrong!r}", code="question_unknown"))}


def _refusal(reason: ScopeError) -> dict[str, Any]:
    kind = next(name for name, known in reversed(list(FAMILY.items())) if isinstance(reason, known))
    return {"kind": kind, "code": reason.code, "message": str(reason), "details": dict(reason.details)}


PLAIN_QUESTIONS = frozenset({"status", "trace", "clocks", "limits", "pointing"})
"""Those that need nothing but to be asked."""


def _ask(desk: Desk, question: dict[str, Any]) -> Any:
    asked = question["ask"]
    if asked == "order":
        by = question["by"]
        person = Person(str(by["name"]), Role(by["role"]), str(by["via"]))
        return desk.order(order_from_json(question["order"]), person, str(question["request"]))
    if asked == "look_up":
        return desk.look_up(str(question["text"]), int(question["most"]))
    if asked in PLAIN_QUESTIONS:
        return getattr(desk, asked)()
    raise NotUnderstood(f"no such question: {asked!r}", code="question_unknown")
