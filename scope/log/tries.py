"""How often somebody has tried in vain of late; on the monotonic clock, so that no step of the time forgives it."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque

from scope.clock import Clock
from scope.errors import NotAllowed

MOST_TRIES = 10
WINDOW_SECONDS = 15 * 60.0
MOST_KEYS = 10_000


class Tries:
    """Counts per key, say an account with an address; bounded, the key that was quiet longest is forgotten first."""

    def __init__(self, clock: Clock, most: int = MOST_TRIES) -> None:
        self._clock, self._most = clock, most
        self._tries: OrderedDict[tuple[str, ...], deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, *key: str) -> None:
        """One more try, before it is known how it ends; NotAllowed if there were too many."""
        now = self._clock.monotonic()
        with self._lock:
            tries = self._tries.setdefault(key, deque())
            self._tries.move_to_end(key)
            while tries and now - tries[0] >= WINDOW_SECONDS:
                tries.popleft()
            if len(tries) >= self._most:
                wait = WINDOW_SECONDS - (now - tries[0])
                raise NotAllowed("too many tries", code="too_many_tries", retry_after_seconds=int(wait) + 1)
            tries.append(now)
            if len(self._tries) > MOST_KEYS:
                self._tries.popitem(last=False)

    def forgive(self, *key: str) -> None:
        """It was the right one."""
        with self._lock:
            self._tries.pop(key, None)
