"""Moves sessions that were begun by a wrong clock to when they really were, once the right time is known.

A machine without a battery clock writes 1970 until the network comes. Within one boot the monotonic seconds tell how
long ago a session began; what was derived from its events is moved with it. Events themselves are never changed: who
reads them counts from the session's beginning, see scope/log/anchor.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scope.clock import STEP_SECONDS
from scope.log import sessions
from scope.log.anchor import Origin
from scope.log.moment import VOUCHED_FOR, Moment
from scope.log.tables import ChunkRow, EventRow, HelmRow, ObservationRow, SessionRow
from scope.log.track import Sample, decode, encode

_BEGUN = EventRow.action == "session-begun"


def origin(tx: Session, row: SessionRow) -> Origin | None:
    """What the times of a session's events are to be counted from; None where they are right as they were written."""
    columns = select(EventRow.utc, EventRow.monotonic, EventRow.boot_id)
    found = tx.execute(columns.where(EventRow.session_id == row.id, _BEGUN).limit(1)).one_or_none()
    if found is None or abs((row.begun - found.utc).total_seconds()) <= STEP_SECONDS:
        return None
    return Origin(row.begun, found.monotonic, found.boot_id)


def reanchor(tx: Session, telescope: str, now: Moment, vouched: bool) -> dict[int, timedelta]:
    """Move what this boot has written by another clock than that of `now`; session id → how far it was moved.

    What was written by a clock that somebody vouched for is moved only by another such.
    """
    moved: dict[int, timedelta] = {}
    helms: set[int] = set()
    begun = (SessionRow.telescope == telescope, EventRow.boot_id == now.boot_id, _BEGUN)
    asked = select(SessionRow, EventRow.monotonic, EventRow.clock_quality).join(EventRow).where(*begun)
    for row, monotonic, quality in tx.execute(asked).all():
        by = now.utc - timedelta(seconds=now.monotonic - monotonic) - row.begun
        if abs(by.total_seconds()) > STEP_SECONDS and (vouched or quality not in VOUCHED_FOR):
            _move(tx, row, by, helms)
            moved[row.id] = by
    return moved


def moved_samples(samples: Iterable[Sample], by: timedelta) -> list[Sample]:
    return [replace(sample, utc=sample.utc + by) for sample in samples]


def _move(tx: Session, row: SessionRow, by: timedelta, helms: set[int]) -> None:
    _move_helms(tx, row, by, helms)
    row.begun, row.ended = row.begun + by, _later(row.ended, by)
    for observation in tx.scalars(select(ObservationRow).where(ObservationRow.session_id == row.id)):
        observation.begun, observation.ended = observation.begun + by, _later(observation.ended, by)
    for chunk in tx.scalars(select(ChunkRow).where(ChunkRow.session_id == row.id)):
        chunk.begun, chunk.ended = chunk.begun + by, chunk.ended + by
        chunk.packed = encode(moved_samples(decode(chunk.packed), by))
    _rename(tx, row)


def _move_helms(tx: Session, row: SessionRow, by: timedelta, moved: set[int]) -> None:
    """Those that overlap the session, each once."""
    during = [HelmRow.telescope == row.telescope, (HelmRow.left.is_(None)) | (HelmRow.left >= row.begun)]
    if row.ended is not None:
        during.append(HelmRow.taken <= row.ended)
    for helm in tx.scalars(select(HelmRow).where(*during)):
        if helm.id not in moved:
            moved.add(helm.id)
            helm.taken, helm.left = helm.taken + by, _later(helm.left, by)


def _rename(tx: Session, row: SessionRow) -> None:
    """A session is called after its evening, and that may be another now."""
    evening = sessions.evening(row.begun, row.timezone)
    if row.slug.startswith(evening.isoformat()):
        return
    taken = tx.scalars(select(SessionRow.slug).where(SessionRow.slug.startswith(evening.isoformat())))
    row.slug = sessions.free_slug(evening, set(taken))
    tx.flush()


def _later(utc: datetime | None, by: timedelta) -> datetime | None:
    return None if utc is None else utc + by
