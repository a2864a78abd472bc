"""What the operators' door remembers without the database: who was here a moment ago, and what to tell them next.

A stop must not wait for a disk: whoever was let in a short while ago may stop the telescope without being looked up
again. Nothing else is ever allowed from memory. Keys are digests, so that no token lies about twice.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import sha256

from scope.orders import Person

RECENT_SECONDS = 12 * 3600.0  # an evening; a stop by somebody signed out elsewhere harms nothing
MOST_PEOPLE = 1000
MOST_MESSAGES = 5


@dataclass(slots=True)
class _Entry:
    person: Person
    seen: float
    messages: list[tuple[str, str]] = field(default_factory=list)


class Memory:
    """Bounded; the one who came least recently is forgotten first."""

    def __init__(self) -> None:
        self._entries: OrderedDict[bytes, _Entry] = OrderedDict()
        self._lock = threading.Lock()

    def remember(self, token: str, person: Person) -> None:
        key = _key(token)
        with self._lock:
            entry = self._entries.setdefault(key, _Entry(person, 0.0))
            entry.person, entry.seen = person, time.monotonic()
            self._entries.move_to_end(key)
            while len(self._entries) > MOST_PEOPLE:
                self._entries.popitem(last=False)

    def recall(self, token: str) -> Person | None:
        entry = self._entries.get(_key(token))
        return entry.person if entry and time.monotonic() - entry.seen < RECENT_SECONDS else None

    def forget(self, token: str) -> None:
        with self._lock:
            self._entries.pop(_key(token), None)

    def tell(self, token: str, category: str, sentence: str) -> None:
        """Keep a sentence for the next page this person sees."""
        with self._lock:
            if entry := self._entries.get(_key(token)):
                entry.messages = [*entry.messages, (category, sentence)][-MOST_MESSAGES:]

    def messages(self, token: str) -> list[tuple[str, str]]:
        with self._lock:
            entry = self._entries.get(_key(token))
            if entry is None:
                return []
            messages, entry.messages = entry.messages, []
            return messages


def _key(token: str) -> bytes:
    return sha256(token.encode()).digest()
