"""What waits to be written: never blocks who brings it, forgets samples before events, and counts what it forgot.

Things stay in the spool until the writer says that they are on disk, in the order in which they came.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from scope.log.events import Event
from scope.log.moment import Moment
from scope.log.track import Sample

MOST_EVENTS = 10_000
MOST_SAMPLES = 3_600  # an hour at one a second


class Ticket:
    """The promise that an event is going to be kept."""

    def __init__(self) -> None:
        self._settled = threading.Event()
        self._kept = False

    def saved(self, within_seconds: float) -> bool:
        """True once the event is on disk and will survive a power cut; False if that takes longer, or never will be."""
        return self._settled.wait(within_seconds) and self._kept

    def settle(self, kept: bool) -> None:
        self._kept = kept
        self._settled.set()


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with the moment it happened and the ticket of who brought it."""

    at: Moment
    event: Event
    ticket: Ticket


Item = Entry | Sample


@dataclass(frozen=True, slots=True)
class Gap:
    """Things of one sort that were dropped for want of room, from when to when."""

    count: int
    first: datetime
    last: datetime

    def wider(self, utc: datetime) -> Gap:
        return Gap(self.count + 1, self.first, utc)


class Spool:
    """A bounded queue between many givers and one writer."""

    def __init__(self, most_events: int = MOST_EVENTS, most_samples: int = MOST_SAMPLES) -> None:
        self._room = {Entry: most_events, Sample: most_samples}
        self._gaps: dict[type[Item], Gap] = {}
        self._items: deque[Item] = deque()
        self._changed = threading.Condition()
        self._wanted = False

    def put(self, item: Item) -> bool:
        """Whether there was room for it; takes microseconds either way."""
        kind, utc = type(item), item.at.utc if isinstance(item, Entry) else item.utc
        with self._changed:
            if not self._room[kind]:
                self._gaps[kind] = self._gaps[kind].wider(utc) if kind in self._gaps else Gap(1, utc, utc)
                return False
            self._room[kind] -= 1
            self._items.append(item)
            if isinstance(item, Entry):
                self.wake()
        return True

    def wake(self) -> None:
        """Let the writer look up now."""
        with self._changed:
            self._wanted = True
            self._changed.notify()

    def wait(self, seconds: float) -> None:
        """Until an event comes, or somebody wakes the writer, or so much time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._wanted, seconds)
            self._wanted = False

    def oldest(self, most: int) -> list[Item]:
        """The next to be written, left where they are."""
        with self._changed:
            return list(islice(self._items, most))

    def written(self, count: int) -> None:
        """The oldest `count` are done with."""
        with self._changed:
            for _ in range(count):
                self._room[type(self._items.popleft())] += 1

    def gaps(self) -> dict[type[Item], Gap]:
        """What was dropped since the last call, by kind."""
        with self._changed:
            gaps, self._gaps = self._gaps, {}
            return gaps
