"""The live state: one snapshot for everybody, its age told honestly, and a service that is gone never dressed up."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from scope.errors import LineLost
from tests.web_doors import SNAPSHOT
from web.live import KEEP_ALIVE, LOST, LiveState, Seats, as_visitors_see


class Hand:
    """A clock that somebody turns."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def data(event: bytes) -> dict[str, Any]:
    lines = event.decode().splitlines()
    assert lines[1] == "event: status"
    found: dict[str, Any] = json.loads(lines[2].removeprefix("data: "))
    assert lines[0] == f"id: {found['serial']}"
    return found


def test_before_anything_was_heard_the_line_is_lost_and_there_is_no_position() -> None:
    assert LiveState().status() == LOST


def test_a_simulated_telescope_is_marked_before_the_service_has_said_a_word() -> None:
    live = LiveState(known={"simulated": True})
    assert live.status() == {**LOST, "simulated": True}
    live.lose()
    assert live.status()["simulated"]


def test_the_age_is_that_of_the_moment_of_the_answer() -> None:
    clock = Hand(100.5)
    live = LiveState(monotonic=clock)
    live.publish(dict(SNAPSHOT))
    assert live.status()["age_seconds"] == 0.5
    clock.now = 103.0
    assert live.status()["age_seconds"] == 3.0


def test_the_moment_of_reading_is_not_told() -> None:
    live = LiveState()
    live.publish(dict(SNAPSHOT))
    assert "read_at" not in live.status()
    assert b"read_at" not in next(live.events())


def test_all_subscribers_are_handed_the_same_bytes() -> None:
    live = LiveState(monotonic=Hand(100.0))
    one, other = live.events(), live.events()
    next(one), next(other)
    live.publish(dict(SNAPSHOT))
    assert next(one) is next(other)


def test_who_reads_slowly_gets_the_latest_and_nothing_between() -> None:
    live = LiveState(monotonic=Hand(100.0))
    slow = live.events()
    next(slow)
    for serial in range(10, 1000):
        live.publish({**SNAPSHOT, "serial": serial})
    assert data(next(slow))["serial"] == 999


def test_silence_is_filled_with_a_comment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.live.KEEP_ALIVE_SECONDS", 0.0)
    events = LiveState().events()
    next(events)
    assert next(events) == KEEP_ALIVE


def test_a_subscriber_is_woken_by_a_snapshot() -> None:
    live, heard = LiveState(monotonic=Hand(100.0)), []
    events = live.events()
    next(events)
    reader = threading.Thread(target=lambda: heard.append(next(events)))
    reader.start()
    live.publish(dict(SNAPSHOT))
    reader.join(10)
    assert data(heard[0])["motion"] == "tracking"


class Service:
    """Says what it is given to say, and then is gone."""

    def __init__(self, *lines: bytes) -> None:
        self._lines, self.gone, self.asked = list(lines), threading.Event(), 0

    def lines(self) -> Iterator[bytes]:
        self.asked += 1
        while self._lines:
            yield self._lines.pop(0)
        if self.asked > 1:
            self.gone.set()
        raise LineLost("gone", code="service_gone")


def test_when_the_service_is_gone_nothing_of_the_old_position_remains() -> None:
    live = LiveState()
    service = Service(json.dumps(dict(SNAPSHOT)).encode())
    live.follow(service)
    assert service.gone.wait(10), "it is asked again"
    live.close()
    lost = live.status()
    assert (lost["line"], lost["motion"], lost["position"], lost["age_seconds"]) == ("lost", "unknown", None, None)
    assert (lost["target"], lost["helm"], lost["session"]) == (None, None, None)
    assert [alarm["code"] for alarm in lost["alarms"]] == ["service_gone"]


def test_what_is_no_json_counts_as_lost_and_ends_nothing() -> None:
    live = LiveState()
    service = Service(b"rubbish\n", json.dumps(dict(SNAPSHOT)).encode())
    live.follow(service)
    assert service.gone.wait(10)
    live.close()
    assert live.status()["line"] == "lost"


def test_losing_the_service_twice_is_no_news() -> None:
    live = LiveState()
    live.lose()
    tag = live.tag()
    live.lose()
    assert live.tag() == tag


def test_the_tag_changes_with_each_snapshot_and_with_the_age_of_a_stale_one() -> None:
    clock = Hand(100.0)
    live = LiveState(monotonic=clock)
    tags = []
    for serial, now in ((7, 100.0), (8, 100.0), (8, 110.0), (8, 111.0)):
        clock.now = now
        if not tags or serial != 8 or now == 100.0:
            live.publish({**SNAPSHOT, "serial": serial})
        tags.append(live.tag())
    assert all(one != other for one, other in pairwise(tags))


def test_visitors_read_of_a_helm_the_first_name_only() -> None:
    helm = {"holder": "Aigerim Nurlanova", "since": "2026-11-20T16:00:00+00:00", "asked_by": "Timur Akhmetov"}
    shown = as_visitors_see({**SNAPSHOT, "helm": helm})
    assert (shown["helm"]["holder"], shown["helm"]["asked_by"]) == ("Aigerim", None)
    assert "Nurlanova" not in json.dumps(shown)


def test_visitors_read_nothing_of_the_clubs_equipment_but_that_the_service_is_gone() -> None:
    port = {"code": "line_lost", "details": {"reason": "port_busy", "port": "/dev/ttyUSB0", "process": "indiserver"}}
    assert as_visitors_see({**SNAPSHOT, "alarms": [port]})["alarms"] == []
    assert [alarm["code"] for alarm in as_visitors_see(dict(LOST))["alarms"]] == ["service_gone"]


def test_visitors_read_of_a_declared_filter_and_the_first_name_of_who_declared_it() -> None:
    solar = {"filter": "AstroSolar", "by": "Erlan Syzdykov", "until": "2026-11-20T09:00:00+00:00"}
    assert as_visitors_see({**SNAPSHOT, "solar": solar})["solar"] == {**solar, "by": "Erlan"}


def test_one_address_holds_no_more_than_its_seats() -> None:
    seats = Seats(most=2)
    assert [seats.take("a") for _ in range(3)] == [True, True, False]
    assert seats.take("b")
    seats.leave("a")
    assert seats.take("a")
