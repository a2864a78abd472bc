"""Something that happened and that the log should know: what, with which result and numbers, where, and what for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from scope.errors import Detail
from scope.snapshot import Motion, Pointing
from scope.target import Target


@dataclass(frozen=True, slots=True)
class Happening:
    """`action` is what was seen ("arrived", "parked", "line-lost", "alarm", …); see scope/log/events.py."""

    action: str
    result: str = "accepted"
    details: Mapping[str, Detail] = field(default_factory=dict)
    pointing: Pointing | None = None
    motion: Motion = Motion.UNKNOWN
    target: Target | None = None


Write = Callable[[Happening], None]


class Tell(Protocol):
    """Tells the log what happened; where the telescope pointed is added to it."""

    def __call__(self, action: str, result: str = "accepted", details: Mapping[str, Detail] | None = None) -> None: ...
