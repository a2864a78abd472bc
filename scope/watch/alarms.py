"""What a person must know now: raised once, shown until its cause has gone and, where it is latched, until seen.

A board of alarms by code. The mount thread raises and drops; anybody may acknowledge, so the board locks itself. It
decides nothing: who raises an alarm has halted what had to be halted.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from dataclasses import replace

from scope.errors import NotAllowed
from scope.snapshot import Alarm


class Alarms:
    """In the order in which they came up."""

    def __init__(self) -> None:
        self._shown: dict[str, Alarm] = {}
        self._gone: set[str] = set()
        self._lock = threading.Lock()

    def __contains__(self, code: str) -> bool:
        return code in self._shown

    @property
    def shown(self) -> tuple[Alarm, ...]:
        with self._lock:
            return tuple(self._shown.values())

    def is_unseen(self, code: str) -> bool:
        """Whether it waits for somebody to say that it has been seen."""
        alarm = self._shown.get(code)
        return alarm is not None and alarm.latched

    def put_up(self, alarm: Alarm) -> bool:
        """Show it; whether it is news. An alarm that somebody has seen keeps that while its cause lasts."""
        with self._lock:
            before = self._shown.get(alarm.code)
            self._gone.discard(alarm.code)
            seen = before is not None and alarm.latched and not before.latched
            self._shown[alarm.code] = replace(alarm, latched=False) if seen else alarm
            return before is None

    def drop(self, *codes: str) -> None:
        """Their cause has gone; what nobody has seen yet stays."""
        with self._lock:
            for code in codes:
                alarm = self._shown.get(code)
                if alarm is None:
                    continue
                if alarm.latched:
                    self._gone.add(code)
                else:
                    del self._shown[code]

    def drop_all_but(self, *codes: str) -> None:
        """Nothing is known any more of the causes of the others."""
        self.drop(*(set(self._shown) - set(codes)))

    def settle(self, code: str) -> None:
        """Somebody has done what it asked for: it goes, seen or not."""
        with self._lock:
            self._gone.discard(code)
            self._shown.pop(code, None)

    def keep_only(self, among: Collection[str], now: Iterable[Alarm]) -> list[Alarm]:
        """Of the codes `among` show just those of `now`; returns what is news."""
        now = tuple(now)
        self.drop(*(set(among) - {alarm.code for alarm in now}))
        return [alarm for alarm in now if self.put_up(alarm)]

    def acknowledge(self, code: str) -> None:
        """Somebody has seen it; NotAllowed when there is no such alarm."""
        with self._lock:
            alarm = self._shown.get(code)
            if alarm is None:
                raise NotAllowed(f"there is no alarm {code!r}", code="alarm_unknown")
            if code in self._gone:
                self._gone.discard(code)
                del self._shown[code]
            else:
                self._shown[code] = replace(alarm, latched=False)
