"""What everybody sees: one frozen value with a serial number and the moment it was read.

A position is never shown without its age, and a lost line shows None, never the last value dressed up. Every field is
what was read from the mount or what was ordered here; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from scope.errors import Detail
from scope.target import Target


class LineState(Enum):
    UP = "up"
    LOST = "lost"


class Motion(Enum):
    """UNKNOWN until the mount has been read; STOPPED is at rest without tracking."""

    SLEWING = "slewing"
    MANUAL = "manual"
    TRACKING = "tracking"
    STOPPED = "stopped"
    PARKED = "parked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Pointing:
    """Where the mount says it points; altitude as seen (refracted), azimuth from north through east."""

    ra_hours_j2000: float
    dec_degrees_j2000: float
    altitude_degrees: float
    azimuth_degrees: float


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something a person must know now: a code the pages make a sentence of, and its numbers.

    A `latched` one stays until somebody says to have seen it, whatever becomes of its cause.
    """

    code: str
    details: Mapping[str, Detail] = field(default_factory=dict)
    latched: bool = False


@dataclass(frozen=True, slots=True)
class HelmState:
    """Who controls, since when (UTC), and who asks for it."""

    holder: str
    since: datetime
    asked_by: str | None = None


@dataclass(frozen=True, slots=True)
class SolarState:
    """The declared solar filter: which, by whom, and until when (UTC) the Sun may be looked at through it."""

    filter: str
    by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class SunState:
    """How high the Sun stands, as seen, and how far the tube points from it; None without a position."""

    altitude_degrees: float
    separation_degrees: float | None


@dataclass(frozen=True, slots=True)
class SessionState:
    slug: str
    begun: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of the whole service at one moment.

    `read_at` is the monotonic second of the position, None without one. `utc` is the service's own, perhaps shifted,
    clock. `arrived` tells whether the mount has been seen at rest on `target`. `can` names what the mount can do.
    `detour` tells why a goto goes there in several legs (sun, horizon, cable, zenith), `cable_degrees` how far the
    first axis has been turned since its cables hung free, `time_source` who vouches for our clock, `pointing_stars` how
    many stars the pointing model has.
    """

    serial: int
    utc: datetime
    line: LineState
    motion: Motion
    position: Pointing | None
    read_at: float | None
    target: Target | None = None
    arrived: bool = False
    tracking: str | None = None
    pier_side: str | None = None
    mount: str | None = None
    can: tuple[str, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    helm: HelmState | None = None
    session: SessionState | None = None
    site: str = ""
    simulated: bool = False
    clock_shifted: bool = False
    covered: bool = False
    solar: SolarState | None = None
    sun: SunState | None = None
    detour: str | None = None
    cable_degrees: float | None = None
    time_source: str = "unknown"
    pointing_stars: int = 0


def as_json(seen: Snapshot, monotonic: float) -> dict[str, Any]:
    """The answer of `GET /api/status`, with the age of the position at `monotonic`; `read_at` lets a door renew it."""
    return {
        "serial": seen.serial,
        "utc": seen.utc.isoformat(timespec="milliseconds"),
        "age_seconds": None if seen.read_at is None else round(max(0.0, monotonic - seen.read_at), 3),
        "read_at": seen.read_at,
        "line": seen.line.value,
        "motion": seen.motion.value,
        "position": _pointing(seen.position),
        "target": _target(seen.target),
        "arrived": seen.arrived,
        "tracking": seen.tracking,
        "pier_side": seen.pier_side,
        "mount": seen.mount,
        "can": list(seen.can),
        "alarms": [_alarm(alarm) for alarm in seen.alarms],
        "helm": _helm(seen.helm),
        "session": seen.session and {"slug": seen.session.slug, "begun": seen.session.begun.isoformat()},
        "site": seen.site,
        "simulated": seen.simulated,
        "clock_shifted": seen.clock_shifted,
        "covered": seen.covered,
        "solar": seen.solar and {**asdict(seen.solar), "until": seen.solar.until.isoformat(timespec="seconds")},
        "sun": seen.sun and {name: _rounded(value, 1) for name, value in asdict(seen.sun).items()},
        "detour": seen.detour,
        "cable_degrees": _rounded(seen.cable_degrees, 1),
        "time_source": seen.time_source,
        "pointing_stars": seen.pointing_stars,
    }


def _alarm(alarm: Alarm) -> dict[str, Any]:
    return {"code": alarm.code, "details": dict(alarm.details), "latched": alarm.latched}


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _pointing(position: Pointing | None) -> dict[str, float] | None:
    if position is None:
        return None
    return {
        "ra_hours_j2000": round(position.ra_hours_j2000, 6),
        "dec_degrees_j2000": round(position.dec_degrees_j2000, 5),
        "altitude_degrees": round(position.altitude_degrees, 4),
        "azimuth_degrees": round(position.azimuth_degrees, 4),
    }


def _target(target: Target | None) -> dict[str, Any] | None:
    if target is None:
        return None
    place = target.place and {
        "ra_hours": target.place.ra_hours,
        "dec_degrees": target.place.dec_degrees,
        "epoch": target.place.epoch.value,
    }
    return {
        "designation": target.designation,
        "kind": target.kind.value,
        "names": dict(target.names),
        "constellation": target.constellation,
        "magnitude": target.magnitude,
        "place": place,
    }


def _helm(helm: HelmState | None) -> dict[str, Any] | None:
    if helm is None:
        return None
    return {"holder": helm.holder, "since": helm.since.isoformat(), "asked_by": helm.asked_by}
