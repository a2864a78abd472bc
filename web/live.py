"""The latest snapshot, followed once and handed to everybody: `/api/status`, `/api/live` and the pages.

One thread follows the service; each snapshot is encoded once and the same bytes go to every subscriber. A subscriber
who reads slowly misses what lay between and gets the latest: nothing queues up in memory. When the service is gone,
that is what is published, at once; an old position is never shown as a new one.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from scope.desk import Watch
from scope.errors import LineError

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.2, 2.0  # a restarted service is back within a second
KEEP_ALIVE_SECONDS = 15.0  # proxies close a connection that is silent for 30 or 60
STALE_SECONDS = 5.0  # several polls missed: from here on the age itself is news
MOST_PER_ADDRESS = 20
KEEP_ALIVE = b": still here\n\n"

LOST: Mapping[str, Any] = {
    "serial": 0,
    "utc": None,
    "age_seconds": None,
    "line": "lost",
    "motion": "unknown",
    "position": None,
    "target": None,
    "arrived": False,
    "tracking": None,
    "pier_side": None,
    "mount": None,
    "can": [],
    "alarms": [{"code": "service_gone", "details": {}, "latched": False}],
    "helm": None,
    "session": None,
    "site": "",
    "simulated": False,
    "clock_shifted": False,
    "covered": False,
    "solar": None,
    "sun": None,
    "detour": None,
    "cable_degrees": None,
    "time_source": "unknown",
    "pointing_stars": 0,
}
_KEPT = ("serial", "site", "simulated", "clock_shifted")


class LiveState:
    """What is known now. `shown` decides what of a snapshot this door may tell."""

    def __init__(
        self,
        shown: Callable[[dict[str, Any]], dict[str, Any]] = dict,
        monotonic: Callable[[], float] = time.monotonic,
        known: Mapping[str, Any] | None = None,
    ) -> None:
        """`known` is true before the service has said anything: the site, and that the telescope is simulated."""
        self._shown, self._monotonic = shown, monotonic
        self._news = threading.Condition()
        self._closed = threading.Event()
        self._boot = secrets.token_hex(4)
        self._edition = 0
        self._status: dict[str, Any] = {**LOST, **(known or {})}
        self._event = b""

    def follow(self, watch: Watch) -> None:
        """Follow the service from now on, in a thread of its own, for as long as the door is open."""
        threading.Thread(target=self._follow, args=(watch,), name="live", daemon=True).start()

    def close(self) -> None:
        self._closed.set()
        with self._news:
            self._news.notify_all()

    def _follow(self, watch: Watch) -> None:
        pause = FIRST_PAUSE_SECONDS
        while not self._closed.is_set():
            try:
                for line in watch.lines():
                    self.publish(json.loads(line))
                    pause = FIRST_PAUSE_SECONDS
                    if self._closed.is_set():
                        return
            except (LineError, OSError, ValueError):
                pass  # gone, or not speaking our language: both are told as lost, and tried again
            self.lose()
            self._closed.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def publish(self, snapshot: dict[str, Any]) -> None:
        """Encode once, then wake all who wait."""
        status = self._shown(snapshot)
        event = _event(self._aged(status))
        with self._news:
            self._status, self._event = status, event
            self._edition += 1
            self._news.notify_all()

    def lose(self) -> None:
        """The service is gone: say so once, and keep nothing that could be taken for the present."""
        if self._status.get("motion") == "unknown" and self._status["alarms"] == LOST["alarms"] and self._edition:
            return
        self.publish({**LOST, **{key: self._status[key] for key in _KEPT}})

    def status(self) -> dict[str, Any]:
        """The JSON of `/api/status`, with the age as it is at this moment."""
        return self._aged(self._status)

    def tag(self) -> str:
        """Changes with every snapshot; and, once the position is stale, with every second of its age."""
        age = self.status()["age_seconds"]
        stale = "" if age is None or age < STALE_SECONDS else f"-{age:.0f}"
        return f"{self._boot}-{self._edition}-{self._status['serial']}{stale}"

    def events(self) -> Iterator[bytes]:
        """Server-sent events, without end: the present, then each change; a comment when there is none for a while."""
        seen = self._edition
        yield _event(self.status())
        while not self._closed.is_set():
            with self._news:
                fresh = self._news.wait_for(lambda seen=seen: self._edition != seen, KEEP_ALIVE_SECONDS)  # type: ignore[misc]
                seen, event = self._edition, self._event
            yield event if fresh else KEEP_ALIVE

    def _aged(self, status: dict[str, Any]) -> dict[str, Any]:
        aged = {key: value for key, value in status.items() if key != "read_at"}
        read_at = status.get("read_at")
        if read_at is not None:
            aged["age_seconds"] = round(max(0.0, self._monotonic() - read_at), 3)
        return aged


def as_visitors_see(snapshot: dict[str, Any]) -> dict[str, Any]:
    """A snapshot without what is nobody's business: of a name only the first word, nobody who asks for the helm.

    What is wrong with the club's equipment is its volunteers' business too; only that the service is gone is told.
    """
    shown = {**snapshot, "alarms": [alarm for alarm in snapshot.get("alarms", []) if alarm["code"] == "service_gone"]}
    if helm := snapshot.get("helm"):
        shown["helm"] = {**helm, "holder": _first_name(helm["holder"]), "asked_by": None}
    if solar := snapshot.get("solar"):
        shown["solar"] = {**solar, "by": _first_name(solar["by"])}
    return shown


def _first_name(name: Any) -> str:
    return (str(name).split() or [""])[0]


def _event(status: Mapping[str, Any]) -> bytes:
    data = json.dumps(status, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return f"id: {status['serial']}\nevent: status\ndata: {data}\n\n".encode()


class Seats:
    """How many live connections each address holds; one address cannot take them all."""

    def __init__(self, most: int = MOST_PER_ADDRESS) -> None:
        self._most, self._taken, self._lock = most, Counter[str](), threading.Lock()

    def take(self, address: str) -> bool:
        with self._lock:
            if self._taken[address] >= self._most:
                return False
            self._taken[address] += 1
            return True

    def held(self) -> dict[str, int]:
        with self._lock:
            return dict(self._taken)

    def leave(self, address: str) -> None:
        with self._lock:
            self._taken[address] -= 1
            if self._taken[address] <= 0:
                del self._taken[address]
