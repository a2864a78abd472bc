"""Answers what the log knows, as plain values; it never writes.

Whoever asks with `published_only` gets public sessions, first names, and directions too coarse to find the telescope
by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, distinct, func, select, update
from sqlalchemy.orm import Session as Transaction

from scope.log.anchor import Origin
from scope.log.database import Database
from scope.log.reanchor import origin
from scope.log.tables import AccountRow, ChunkRow, EventRow, HelmRow, ObservationRow, SessionRow
from scope.log.track import Sample, decode

VISIBILITIES = ("private", "members", "public")
PUBLIC = "public"
COARSE_PLACES = 1  # of a degree, eleven kilometres: with the time, a direction tells where the telescope stands


@dataclass(frozen=True, slots=True)
class Observation:
    """One target looked at; see ObservationRow. `arrived` False: the telescope never got there."""

    designation: str
    names: Mapping[str, str]
    kind: str
    constellation: str | None
    begun: datetime
    ended: datetime | None
    arrived: bool
    ra_hours_j2000: float | None
    dec_degrees_j2000: float | None
    altitude_degrees: float | None
    azimuth_degrees: float | None
    error_arcseconds: float | None
    outcome: str | None
    source: str
    operator: str
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Session:
    """An evening as a list shows it; `targets` counts the different ones that were reached."""

    slug: str
    title: Mapping[str, str]
    begun: datetime
    ended: datetime | None
    site: str
    timezone: str
    mount: str
    simulated: bool
    example: bool
    visibility: str
    targets: int


@dataclass(frozen=True, slots=True)
class SessionInFull(Session):
    """An evening as its own page shows it; operators in the order in which they came."""

    ending: str | None
    summary: Mapping[str, str]
    latitude_degrees: float
    longitude_degrees: float
    visitors: int | None
    seeing: int | None
    transparency: int | None
    temperature_celsius: float | None
    humidity_percent: float | None
    operators: Sequence[str]
    observations: Sequence[Observation]


@dataclass(frozen=True, slots=True)
class EventTarget:
    """What an event was about."""

    designation: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event, for the eyes of members only."""

    utc: datetime
    actor: str
    role: str
    via: str
    action: str
    result: str
    arguments: Mapping[str, Any]
    details: Mapping[str, Any]
    target: EventTarget | None
    motion: str
    altitude_degrees: float | None
    azimuth_degrees: float | None


@dataclass(frozen=True, slots=True)
class TrackPoint:
    """Where the telescope pointed at an instant."""

    utc: datetime
    ra_hours_j2000: float
    dec_degrees_j2000: float
    altitude_degrees: float
    azimuth_degrees: float
    motion: str


class History:
    """The log of one database, for any number of readers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sessions(
        self, *, simulated: bool, published_only: bool, most: int = 50, before: datetime | None = None
    ) -> list[Session]:
        """The latest first, those begun earlier than `before`; `simulated` adds the simulated ones to the real."""
        asked = select(SessionRow, _TARGETS).where(*_readable(published_only))
        if not simulated:
            asked = asked.where(SessionRow.simulated.is_(False))
        if before is not None:
            asked = asked.where(SessionRow.begun < before)
        latest = asked.order_by(SessionRow.begun.desc(), SessionRow.id.desc()).limit(most)
        with self._database.reading() as tx:
            return [Session(**_summary(row, targets)) for row, targets in tx.execute(latest)]

    def session(self, slug: str, *, published_only: bool = False) -> SessionInFull | None:
        """None also where there is one that may not be seen; whether it is simulated stands in it."""
        asked = select(SessionRow, _TARGETS).where(SessionRow.slug == slug, *_readable(published_only))
        with self._database.reading() as tx:
            for row, targets in tx.execute(asked):
                return _in_full(tx, row, targets, published_only)
        return None

    def events(self, slug: str) -> list[EventLine]:
        """All of a session, in the order in which they were written down; their times by the session's clock."""
        asked = select(EventRow).join(SessionRow).where(SessionRow.slug == slug).order_by(EventRow.id)
        with self._database.reading() as tx:
            session = tx.scalar(select(SessionRow).where(SessionRow.slug == slug))
            began = origin(tx, session) if session is not None else None
            return [_event(row, began) for row in tx.scalars(asked)]

    def track(self, slug: str, points: int = 500) -> list[TrackPoint]:
        """About so many points, evenly out of the whole; chunks that give none are not even read."""
        chunks = select(ChunkRow.id, ChunkRow.samples).join(SessionRow).where(SessionRow.slug == slug)
        with self._database.reading() as tx:
            sizes = tx.execute(chunks.order_by(ChunkRow.begun, ChunkRow.id)).all()
            wanted = _chosen(sizes, points)
            found = tx.execute(select(ChunkRow.id, ChunkRow.packed).where(ChunkRow.id.in_(wanted)))
            packed = {chunk: decode(data) for chunk, data in found}
        return [_point(packed[chunk][place]) for chunk, places in wanted.items() for place in places]


def publish(database: Database, slug: str, visibility: str) -> None:
    """Set who may read a session: "private", "members" or "public". KeyError if there is none of that name."""
    if visibility not in VISIBILITIES:
        raise ValueError(f"{visibility!r} is none of {', '.join(VISIBILITIES)}")
    with database.writing() as tx:
        changed = tx.scalars(
            update(SessionRow).where(SessionRow.slug == slug).values(visibility=visibility).returning(SessionRow.id)
        )
        if changed.one_or_none() is None:
            raise KeyError(slug)


_TARGETS = (
    select(func.count(distinct(ObservationRow.designation)))
    .where(ObservationRow.session_id == SessionRow.id, ObservationRow.arrived)
    .scalar_subquery()
)


def _readable(published_only: bool) -> tuple[ColumnElement[bool], ...]:
    return (SessionRow.visibility == PUBLIC,) if published_only else ()


def _summary(row: SessionRow, targets: int) -> dict[str, Any]:
    names = Session.__dataclass_fields__.keys() - {"targets"}
    return {name: getattr(row, name) for name in names} | {"targets": targets}


def _in_full(tx: Transaction, row: SessionRow, targets: int, published: bool) -> SessionInFull:
    names = _display_names(tx)
    seen = tx.scalars(
        select(ObservationRow)
        .where(ObservationRow.session_id == row.id)
        .order_by(ObservationRow.begun, ObservationRow.id)
    )
    observations = [_observation(each, names, published) for each in seen]
    own = SessionInFull.__dataclass_fields__.keys() - Session.__dataclass_fields__.keys()
    columns = {name: getattr(row, name) for name in own - {"operators", "observations"}}
    for name in ("latitude_degrees", "longitude_degrees"):
        columns[name] = _coarse(columns[name], published)
    operators = _operators(tx, row, names, published)
    return SessionInFull(**_summary(row, targets), **columns, operators=operators, observations=observations)


def _observation(row: ObservationRow, names: Mapping[str, str], published: bool) -> Observation:
    columns = {name: getattr(row, name) for name in Observation.__dataclass_fields__}
    columns["operator"] = _called(row.operator, names, published)
    for name in ("altitude_degrees", "azimuth_degrees"):
        columns[name] = _coarse(columns[name], published)
    return Observation(**columns)


def _operators(tx: Transaction, row: SessionRow, names: Mapping[str, str], published: bool) -> list[str]:
    """Who was at the helm while the session lasted, and who sent the telescope somewhere."""
    helm = select(HelmRow.operator, HelmRow.taken).where(
        HelmRow.telescope == row.telescope, (HelmRow.left.is_(None)) | (HelmRow.left > row.begun)
    )
    if row.ended is not None:
        helm = helm.where(HelmRow.taken < row.ended)
    looked = select(ObservationRow.operator, ObservationRow.begun).where(ObservationRow.session_id == row.id)
    both = [*tx.execute(helm), *tx.execute(looked)]
    came = [_called(name, names, published) for name, _ in sorted(both, key=lambda pair: pair[1])]
    return list(dict.fromkeys(came))


def _display_names(tx: Transaction) -> dict[str, str]:
    return {name: shown for name, shown in tx.execute(select(AccountRow.name, AccountRow.display_name))}  # noqa: C416


def _called(account: str, names: Mapping[str, str], published: bool) -> str:
    """What the person is called; by the first name where everybody can read it."""
    name = names.get(account) or account
    return name.split()[0] if published and name.split() else name


def _coarse(degrees: float | None, published: bool) -> float | None:
    return round(degrees, COARSE_PLACES) if published and degrees is not None else degrees


def _event(row: EventRow, began: Origin | None) -> EventLine:
    columns = {name: getattr(row, name) for name in EventLine.__dataclass_fields__}
    target = row.target and EventTarget(row.target["designation"], row.target["names"])
    utc = began.utc(row.utc, row.monotonic, row.boot_id) if began else row.utc
    return EventLine(**columns | {"target": target, "utc": utc})


def _chosen(sizes: Sequence[tuple[int, int]], points: int) -> dict[int, list[int]]:
    """Evenly spread places in all samples, as chunk → places in it."""
    total = sum(size for _, size in sizes)
    count = min(points, total)
    chosen: dict[int, list[int]] = {}
    wanted, passed = 0, 0
    for chunk, size in sizes:
        while wanted < count and (place := _place(wanted, count, total) - passed) < size:
            chosen.setdefault(chunk, []).append(place)
            wanted += 1
        passed += size
    return chosen


def _place(number: int, count: int, total: int) -> int:
    """The first and the last are always among them."""
    return number * (total - 1) // max(1, count - 1)


def _point(sample: Sample) -> TrackPoint:
    at = sample.pointing
    return TrackPoint(
        sample.utc, at.ra_hours_j2000, at.dec_degrees_j2000, at.altitude_degrees, at.azimuth_degrees, sample.motion
    )
