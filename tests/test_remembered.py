"""What must survive a restart does, whatever becomes of the disk; and nobody waits for it."""

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scope import remembered
from scope.clock import Clock
from scope.remembered import Remembered

SOON_SECONDS = 10.0


def eventually(question: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON_SECONDS
    while not question():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "remembered.json"


def test_what_was_put_in_is_there_after_a_restart(path: Path) -> None:
    first = Remembered(path)
    first.put("cable_degrees", 123.5)
    first.put("covered", True)
    first.put("cable_degrees", 124.0)
    assert first.get("cable_degrees") == 124.0
    first.close()
    second = Remembered(path)
    assert (second.get("cable_degrees"), second.get("covered"), second.get("else")) == (124.0, True, None)
    assert second.healthy
    second.close()
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name]


def test_a_persons_watch_survives_a_restart(path: Path) -> None:
    class Field(Clock):
        def synchronised(self) -> bool:
            return False

    before, after = Field(), Field()
    before.correct(datetime(2031, 5, 1, tzinfo=UTC))
    assert before.witness is not None
    first = Remembered(path)
    first.put("watch", before.witness.as_json())
    first.close()
    second = Remembered(path)
    assert after.recall(second.get("watch"))
    second.close()
    assert abs((after.utc() - before.utc()).total_seconds()) < 0.01


def test_keys_of_another_version_are_kept(path: Path) -> None:
    path.write_text('{"of_tomorrow": [1, {"a": null}]}', encoding="utf-8")
    now = Remembered(path)
    now.put("covered", False)
    now.close()
    assert json.loads(path.read_text(encoding="utf-8")) == {"of_tomorrow": [1, {"a": None}], "covered": False}


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'"text"', b"\xff\xfe", b'{"a": 1}{', b"[" * 100_000])
def test_a_broken_file_is_told_once_kept_aside_and_replaced(
    path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path.write_bytes(content)
    with caplog.at_level(logging.ERROR):
        store = Remembered(path)
        assert not store.healthy
        store.put("covered", True)
        assert store.flush()
        assert store.healthy
        store.close()
    assert len(caplog.records) == 1
    assert path.with_name(path.name + ".broken").read_bytes() == content
    assert json.loads(path.read_text(encoding="utf-8")) == {"covered": True}


def test_a_folder_that_is_not_there_stops_nothing_and_is_written_to_when_it_comes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "RETRY_SECONDS", 0.01)
    store = Remembered(tmp_path / "gone" / "remembered.json")
    with caplog.at_level(logging.WARNING):
        for number in range(20):
            store.put("cable_degrees", float(number))
        eventually(lambda: not store.healthy)
        assert store.get("cable_degrees") == 19.0
        (tmp_path / "gone").mkdir()
        assert store.flush(SOON_SECONDS)
    assert store.healthy
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    store.close()


def test_a_value_that_is_no_json_is_told_and_takes_nothing_with_it(path: Path) -> None:
    store = Remembered(path)
    store.put("covered", True)
    assert store.flush()
    store.put("nonsense", float("nan"))
    eventually(lambda: not store.healthy)
    store.close()
    assert json.loads(path.read_text(encoding="utf-8")) == {"covered": True}


def test_a_disk_that_hangs_holds_nobody_up_and_only_the_newest_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging, writes = threading.Event(), []
    real = os.fsync

    def slow(file: int) -> None:
        writes.append(file)
        assert hanging.wait(SOON_SECONDS)
        real(file)

    monkeypatch.setattr(os, "fsync", slow)
    store = Remembered(path)
    store.put("cable_degrees", 0.0)
    eventually(lambda: bool(writes))
    longest = 0.0
    for number in range(1, 5_000):
        begun = time.monotonic()
        store.put("cable_degrees", float(number))
        longest = max(longest, time.monotonic() - begun)
    assert longest < 1.0
    assert store.get("cable_degrees") == 4999.0
    assert not store.flush(0.01)
    hanging.set()
    assert store.flush()
    store.close()
    assert json.loads(path.read_text(encoding="utf-8")) == {"cable_degrees": 4999.0}
    assert len(writes) <= 6  # a file and a folder, a few times at most


def test_what_is_known_already_is_not_written_again(path: Path) -> None:
    store = Remembered(path)
    store.put("covered", True)
    assert store.flush()
    written = path.stat().st_mtime_ns, path.stat().st_ino
    store.put("covered", True)
    store.close()
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == written


KILLED = """
import sys
from pathlib import Path
from scope.remembered import Remembered
store = Remembered(Path(sys.argv[1]))
print("begun", flush=True)
number = 0
while True:
    number += 1
    store.put("number", number)
    store.put("text", "x" * 10_000)
    if store.flush():
        print(number, flush=True)
"""


def test_a_kill_at_any_moment_leaves_a_whole_file_with_what_was_acknowledged(path: Path) -> None:
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        for _ in range(6):
            process.stdout.readline()
        process.kill()
        said = [line for line in process.stdout.read().splitlines() if line.isdigit()]
        process.stdout.close()
        process.wait()
        kept = json.loads(path.read_text(encoding="utf-8"))
        assert kept["number"] >= max([5, *map(int, said)])
