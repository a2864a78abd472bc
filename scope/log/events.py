"""What is written down for good: one event, as its giver knows it and as a row.

Events are only ever added. Whatever the giver puts in is made storable here, so that nothing a mount or a person says
can be an event that the database does not take.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from math import isfinite
from typing import Any

from scope.log.moment import Moment
from scope.orders import Person, Role
from scope.snapshot import Motion, Pointing
from scope.target import Target

PROGRAM = Person("clubscope", Role.ADMIN, "program")
"""Who did it when nobody did: the program itself."""

ACCEPTED = "accepted"
REPORTS = frozenset({"arrived", "missed", "stopped", "parked"})
"""What was seen to happen: it counts whatever its result says of how."""


@dataclass(frozen=True, slots=True)
class Event:
    """`action` is an order's name or what was seen ("arrived", "parked", "line-lost", …).

    `result` is "accepted" or the code of the refusal, for what was seen how it went; `arguments` is what was asked,
    `details` the numbers of what came of it, `pointing` and `motion` the state at that moment, `request_id`
    the order's.
    """

    actor: Person
    action: str
    result: str = ACCEPTED
    arguments: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    pointing: Pointing | None = None
    motion: str = Motion.UNKNOWN.value
    request_id: str = ""
    target: Target | None = None

    @property
    def took_effect(self) -> bool:
        """False for a refused order."""
        return self.result == ACCEPTED or self.action in REPORTS


def event_columns(event: Event, at: Moment, clock_quality: str) -> dict[str, Any]:
    """The columns of EventRow that the event itself gives."""
    return {
        "boot_id": at.boot_id,
        "utc": at.utc,
        "monotonic": at.monotonic,
        "clock_quality": clock_quality,
        "actor": storable(event.actor.name),
        "role": event.actor.role.value,
        "via": storable(event.actor.via),
        "action": storable(event.action),
        "result": storable(event.result),
        "arguments": storable(dict(event.arguments)),
        "details": storable(dict(event.details)),
        "target": event.target and target_as_json(event.target),
        "motion": storable(event.motion),
        "request_id": storable(event.request_id),
        **pointing_columns(event.pointing),
    }


def pointing_columns(pointing: Pointing | None) -> dict[str, float | None]:
    """The four columns of a position, all empty without one."""
    names = Pointing.__dataclass_fields__
    return {name: None if pointing is None else storable(float(getattr(pointing, name))) for name in names}


def target_as_json(target: Target) -> dict[str, Any]:
    """What an observation needs to know of its target, as JSON; the place keeps its epoch."""
    place = target.place
    return {
        "designation": storable(target.designation),
        "names": storable(dict(target.names)),
        "kind": target.kind.value,
        "constellation": storable(target.constellation),
        "place": place and storable([place.ra_hours, place.dec_degrees, place.epoch.value]),
    }


def storable(value: Any) -> Any:
    """The same value as every database can keep it as JSON: no NaN, no NUL, no half of a surrogate pair."""
    if isinstance(value, Enum):
        return storable(value.value)
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode()
    if isinstance(value, float):
        return value if isfinite(value) else None
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {storable(str(key)): storable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [storable(inner) for inner in value]
    return storable(str(value))
