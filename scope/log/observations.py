"""Which targets were looked at, and when: derived from the events and from nothing else. Pure.

An observation is laid out when a goto is accepted, begins when the telescope arrives, and ends with the next goto, when
tracking is switched off, with a park or with the session. One that never arrived, or rests elsewhere, is aborted. A
stop ends only a goto on its way: it leaves the telescope tracking, and whoever looks at M13 and stops a nudge goes on
looking at M13.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from scope.log.events import Event
from scope.orders import TrackingRate
from scope.snapshot import Pointing
from scope.target import Target

ABORTED = "aborted"


class Stage(Enum):
    """How far the observation that is open has come."""

    NONE = "none"
    ON_THE_WAY = "on the way"
    LOOKING = "looking"


@dataclass(frozen=True, slots=True)
class Ordered:
    """A new observation, its telescope on its way."""

    target: Target
    operator: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """The open observation begins here."""

    pointing: Pointing | None
    error_arcseconds: float | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The open observation ends; `outcome` None leaves it to people to say what they saw."""

    outcome: str | None


Change = Ordered | Arrived | Ended


def changes(stage: Stage, event: Event) -> list[Change]:
    """What an event does to the observations of its session, in order."""
    if not event.took_effect:
        return []
    if event.action == "goto" and event.target is not None:
        return [*ended(stage), Ordered(event.target, event.actor.name)]
    if event.action == "arrived" and stage is Stage.ON_THE_WAY:
        return [Arrived(event.pointing, _error_arcseconds(event))]
    if event.action in ("stop", "stopped") and stage is Stage.LOOKING:
        return []
    return ended(stage) if _ends(event) else []


def ended(stage: Stage) -> list[Change]:
    """The end of whatever is open."""
    if stage is Stage.NONE:
        return []
    return [Ended(ABORTED if stage is Stage.ON_THE_WAY else None)]


def _ends(event: Event) -> bool:
    if event.action == "track":
        return event.arguments.get("rate") in (TrackingRate.OFF, TrackingRate.OFF.value)
    return event.action in ("stop", "stopped", "missed", "park", "parked", "end-session")


def _error_arcseconds(event: Event) -> float | None:
    """How far from the target it came to rest; one that missed says so in degrees."""
    for key, arcseconds in (("error_arcseconds", 1.0), ("error_degrees", 3600.0)):
        value = event.details.get(key)
        if isinstance(value, int | float):
            return value * arcseconds
    return None
