"""A driver says hello to a mount that has only been found, not chosen: it may ask, and nothing else.

What it would tell the mount is not sent; where it cannot go on without, the mount stays without a name. A motor
controller's driver has to wake it first, so there the one question is asked alone.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from scope.command import Command
from scope.detect.probes import ONLY_ASKS
from scope.errors import LineLost, NotAllowed, ScopeError
from scope.line.line import Line
from scope.mounts import FAMILIES, skywatcher_words
from scope.mounts.mount import Ask, Identity
from scope.mounts.skywatcher_gearing import NAMES
from scope.position import Equatorial

T = TypeVar("T")

NOBODY = Identity(None, None)
SHORTEST_SECONDS = 0.05


class Nowhere:
    """An observatory for who is asked for its name only."""

    latitude_degrees = longitude_degrees = 0.0
    axes: str | None = None

    def utc(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sidereal_hours(self) -> float:
        raise NotAllowed("nobody knows yet where this is", code="position_unknown")

    def j2000(self, _: Equatorial) -> Equatorial:
        raise NotAllowed("nobody knows yet where this is", code="position_unknown")

    of_date = j2000


def hello(line: Line, family: str, until: float) -> Identity:
    """Who it is by its own words, as far as questions tell that before the monotonic `until`."""
    kind = FAMILIES.get(family)
    if kind is None:
        return NOBODY

    def ask(command: Command[T]) -> T:
        if not command.has_answer:
            return command.means(b"")
        if not ONLY_ASKS[family].fullmatch(command.sends):
            raise NotAllowed(f"{command.sends!r} is no question", code="not_harmless")
        seconds = max(SHORTEST_SECONDS, min(command.within_seconds, until - time.monotonic()))
        return line.ask(replace(command, within_seconds=seconds))

    try:
        return _motor_controller(ask) if family == "skywatcher" else kind(ask, Nowhere()).greet()
    except LineLost:
        raise
    except ScopeError:
        return NOBODY


def _motor_controller(ask: Ask) -> Identity:
    version = ask(skywatcher_words.VERSION)
    return Identity(NAMES.get(version.model, f"Sky-Watcher {version.model:02X}"), version.firmware)
