"""The log against what happens to computers: kill -9, a full disk, another process at the file."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scope.clock import Clock
from scope.log.database import Database, open_database
from scope.log.history import History
from tests.empty_log import empty_log
from tests.log_evenings import SITE, recording, seen, write

KILLS = 20
ROOT = Path(__file__).parent.parent
WRITER = """
import sys
from scope.clock import Clock
from scope.log.database import open_database
from scope.log.recorder import Recorder
from tests.empty_log import empty_log
from tests.log_evenings import SITE, POINTING, goto, ordered

clock = Clock()
recorder = Recorder(open_database(sys.argv[1]), clock, simulated=False, site=SITE, mount="lx200")
recorder.event(goto()).saved(10)
number = 0
while True:
    tickets = []
    for _ in range(1 + number % 5):
        number += 1
        recorder.sample(clock.utc(), POINTING, "tracking")
        tickets.append((number, recorder.event(ordered("nudge", number=number))))
    for number, ticket in tickets:
        if ticket.saved(10):
            print(number, flush=True)
"""
FULL_DISK = """
import os, resource, sys
from pathlib import Path
from scope.clock import Clock
from scope.log.database import open_database
from scope.log.recorder import Recorder
from tests.empty_log import empty_log
from tests.log_evenings import SITE, goto, ordered

recorder = Recorder(open_database(sys.argv[1]), Clock(), simulated=False, site=SITE, mount="lx200")
assert recorder.event(goto()).saved(10)
wal = Path(sys.argv[1].removeprefix("sqlite:///") + "-wal")
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + 20_000, hard))
tickets = [recorder.event(ordered("nudge", number=number, ballast="x" * 500)) for number in range(300)]
assert not tickets[-1].saved(2.0), "there was room for it all"
assert not recorder.healthy
kept = [number for number, ticket in enumerate(tickets) if ticket.saved(0)]
print("full after", len(kept))
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
assert all(ticket.saved(10) for ticket in tickets)
assert recorder.healthy
recorder.close()
"""


def start(program: str, url: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", program, url], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def numbers(database: Database, slug: str) -> list[int]:
    return [line.arguments["number"] for line in History(database).events(slug) if line.action == "nudge"]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return empty_log(tmp_path / "log.db")


def acknowledged_until_killed(url: str, after_seconds: float) -> list[int]:
    with start(WRITER, url) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(after_seconds)
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.readlines()
    whole = [line for line in (first, *rest) if line.endswith("\n")]
    return [int(line) for line in whole]


def test_whatever_was_acknowledged_is_there_after_kill_nine(url: str, tmp_path: Path) -> None:
    chance, promised = random.Random(59), []
    for _ in range(KILLS):
        promised.append(acknowledged_until_killed(url, chance.uniform(0.0, 0.15)))
        assert promised[-1], "killed before anything was written"
    database = open_database(url)
    try:
        with recording(database, Clock()) as recorder:  # the last one is closed as the others were
            write(recorder, seen("connected"))
        evenings = History(database).sessions(simulated=False, published_only=True, most=KILLS + 1)
        evenings.sort(key=lambda evening: evening.begun)
        assert len(evenings) == KILLS
        for evening, acknowledged in zip(evenings, promised, strict=True):
            found = numbers(database, evening.slug)
            assert found == list(range(1, len(found) + 1))
            assert set(acknowledged) <= set(found)
            assert evening.ended is not None
    finally:
        database.close()
    integrity(tmp_path / "log.db")


def integrity(file: Path) -> None:
    copy = sqlite3.connect(file)
    try:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        copy.close()


def test_a_full_disk_loses_nothing_and_heals_when_there_is_room_again(url: str, tmp_path: Path) -> None:
    with start(FULL_DISK, url) as writer:
        told, _ = writer.communicate(timeout=60)
    assert writer.returncode == 0, told
    assert "full after" in told
    database = open_database(url)
    try:
        (evening,) = History(database).sessions(simulated=False, published_only=True)
        assert numbers(database, evening.slug) == list(range(300))
    finally:
        database.close()
    integrity(tmp_path / "log.db")


def test_a_reader_in_another_process_sees_what_was_saved_at_once(url: str) -> None:
    with start(WRITER, url) as writer:
        assert writer.stdout is not None
        number = int(writer.stdout.readline())
        database = open_database(url)
        try:
            (evening,) = History(database).sessions(simulated=False, published_only=True)
            assert number in numbers(database, evening.slug)
            assert evening.site == SITE.name
        finally:
            database.close()
            writer.kill()
