"""Which of the log this asker may read, and how a session is written as JSON: field by field, nothing by accident."""

from __future__ import annotations

from typing import Any

from scope.errors import NotUnderstood
from web.house import here
from web.persons import person

MOST_SESSIONS = 100
POINTS = 500


def reads_all() -> bool:
    """At the operators' door, whoever is signed in."""
    return person() is not None


def simulated_too() -> bool:
    """A simulated evening is no news to the public, unless the whole program is a demonstration."""
    return reads_all() or bool(here().live.status()["simulated"])


def sessions(most: int = MOST_SESSIONS) -> list[Any]:
    return list(here().history.sessions(simulated=simulated_too(), published_only=not reads_all(), most=most))


def session(slug: str) -> Any:
    found = here().history.session(slug, published_only=not reads_all())
    if found is None or (found.simulated and not simulated_too()):
        raise NotUnderstood(f"no session {slug!r}", code="session_unknown")
    return found


def session_page(slug: str) -> dict[str, Any]:
    found, history = session(slug), here().history
    return {
        "session": found,
        "observations": found.observations,
        "operators": found.operators,
        "events": history.events(slug) if reads_all() else [],
        "track": history.track(slug, points=POINTS),
    }
