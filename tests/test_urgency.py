"""Whoever may have to halt the telescope runs first, where the system lets it, and as well as it can where not."""

import errno
import os
import threading

import pytest

from scope.urgency import FIRST, come_first


def test_it_asks_to_run_before_others(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int, int]] = []
    monkeypatch.setattr(os, "setpriority", lambda *words: asked.append(words))
    come_first()
    assert asked == [(os.PRIO_PROCESS, 0, FIRST)]
    assert FIRST < 0


@pytest.mark.parametrize("why", [errno.EACCES, errno.EPERM])
def test_where_that_is_not_permitted_it_runs_like_any_other(monkeypatch: pytest.MonkeyPatch, why: int) -> None:
    def refuse(*_: int) -> None:
        raise OSError(why, os.strerror(why))

    monkeypatch.setattr(os, "setpriority", refuse)
    come_first()


def test_threads_that_are_started_later_run_first_too() -> None:
    """In a thread of its own, so that the tests themselves stay what they are."""
    found: list[tuple[int, int]] = []

    def first() -> None:
        before = os.getpriority(os.PRIO_PROCESS, 0)
        come_first()
        mine = os.getpriority(os.PRIO_PROCESS, 0)
        child = threading.Thread(target=lambda: found.append((mine, os.getpriority(os.PRIO_PROCESS, 0))))
        child.start()
        child.join()
        assert mine in (before, FIRST)

    begun = threading.Thread(target=first)
    begun.start()
    begun.join()
    assert found[0][0] == found[0][1]
