"""How the suite is shared out: what is long is begun first, and what measures time has the machine to itself.

It never decides what a test finds. With one worker it only sorts.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
BEGUN_FIRST = (
    "test_whole_kills.py",
    "test_bench.py",
    "test_detect.py",
    "test_pages_safety.py",
    "test_accounts.py",  # many short ones: what wants the machine alone need not wait for a long one to end
    "test_whole_accuracy.py",
    "test_fleet_motion.py",
    "test_fleet_faults.py",
    "test_pointing_fit.py",
    "test_pages_look.py",
    "test_controller.py",
    "test_sim_port.py",
    "test_evening.py",
    "test_indi.py",
    "test_whole_api.py",
    "test_whole_commands.py",
)
"""Those with tests that are `alone`, so that they are over soon, and the longest, so that none is left at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files are handed to the workers in this order; in a file, what is `alone` comes first. Nothing else changes."""
    items.sort(key=lambda item: (_turn(item.path.name), not _is_alone(item)))


def _turn(file: str) -> int:
    return BEGUN_FIRST.index(file) if file in BEGUN_FIRST else len(BEGUN_FIRST)


def _is_alone(item: pytest.Item) -> bool:
    return item.get_closest_marker("alone") is not None


@pytest.hookimpl(wrapper=True, tryfirst=True)  # before the time-out of the test begins to run
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    with _the_machine(_is_alone(item)):
        return (yield)  # type: ignore[return-value]


@contextmanager
def _the_machine(alone: bool) -> Iterator[None]:
    """A share of it, or all of it: locks of the kernel, so that a worker that dies leaves none behind.

    Whoever wants it waits at the door, and whoever wants all of it keeps the door shut, or it would never be empty.
    """
    with _locked(TESTS / "conftest.py", fcntl.LOCK_EX) as door, _locked(TESTS, _kind(alone)):
        if not alone:
            fcntl.flock(door, fcntl.LOCK_UN)
        yield


def _kind(alone: bool) -> int:
    return fcntl.LOCK_EX if alone else fcntl.LOCK_SH


@contextmanager
def _locked(path: Path, kind: int) -> Iterator[int]:
    held = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(held, kind)
        yield held
    finally:
        os.close(held)
