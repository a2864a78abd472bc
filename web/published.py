"""Which of the log this asker may read, and how a session is written as JSON: field by field, nothing by accident."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from scope.errors import NotUnderstood
from scope.log.history import Observation, Session, SessionInFull
from web import wording
from web.happened import in_words
from web.house import here
from web.persons import person

MOST_SESSIONS = 200
POINTS = 500
PLACES = 1  # of a degree: eleven kilometres; where exactly the telescope stands is nobody's business


def sessions() -> list[Session]:
    """The latest first."""
    history = here().history
    return history.sessions(simulated=_simulated_too(), published_only=not _reads_all(), most=MOST_SESSIONS)


def session(slug: str) -> SessionInFull:
    """NotUnderstood also where there is one that this asker may not know of."""
    found = here().history.session(slug, published_only=not _reads_all())
    if found is None or (found.simulated and not _simulated_too()):
        raise NotUnderstood(f"no session {slug!r}", code="session_unknown")
    return found


def session_page(slug: str) -> dict[str, Any]:
    """What session.html is given; the events only for whoever is signed in."""
    found, history = session(slug), here().history
    return {
        "session": found,
        "observations": found.observations,
        "operators": found.operators,
        "events": [in_words(event) for event in history.events(slug)] if _reads_all() else [],
        "track": history.track(slug, points=POINTS),
    }


def _reads_all() -> bool:
    """At the operators' door, whoever is signed in."""
    return person() is not None


def _simulated_too() -> bool:
    """A simulated evening is no news to the public, unless the whole program is a demonstration."""
    return _reads_all() or bool(here().live.status()["simulated"])


def session_as_json(session: Session) -> dict[str, Any]:
    return {
        "slug": session.slug,
        "title": dict(session.title),
        "begun": session.begun.isoformat(),
        "ended": _text(session.ended),
        "night": (wording.local(session.begun) - timedelta(hours=12)).date().isoformat(),
        "site": session.site,
        "timezone": session.timezone,
        "mount": session.mount,
        "simulated": session.simulated,
        "targets": session.targets,
    }


def session_in_full_as_json(session: SessionInFull) -> dict[str, Any]:
    return session_as_json(session) | {
        "ending": session.ending,
        "summary": dict(session.summary),
        "latitude_degrees": round(session.latitude_degrees, PLACES),
        "longitude_degrees": round(session.longitude_degrees, PLACES),
        "visitors": session.visitors,
        "seeing": session.seeing,
        "transparency": session.transparency,
        "temperature_celsius": session.temperature_celsius,
        "humidity_percent": session.humidity_percent,
        "operators": list(session.operators),
        "observations": [_observation(seen) for seen in session.observations],
    }


def _observation(seen: Observation) -> dict[str, Any]:
    return {
        "designation": seen.designation,
        "names": dict(seen.names),
        "kind": seen.kind,
        "constellation": seen.constellation,
        "begun": seen.begun.isoformat(),
        "ended": _text(seen.ended),
        "arrived": seen.arrived,
        "ra_hours_j2000": seen.ra_hours_j2000,
        "dec_degrees_j2000": seen.dec_degrees_j2000,
        "altitude_degrees": seen.altitude_degrees,
        "azimuth_degrees": seen.azimuth_degrees,
        "error_arcseconds": seen.error_arcseconds,
        "outcome": seen.outcome,
        "notes": dict(seen.notes),
    }


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
