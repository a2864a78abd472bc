"""Enters events and samples into one transaction, with everything that follows from them.

The rows of the open session and its open observation are read at the start, so that nothing here outlives the
transaction: taken back and entered again, the result is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scope.log import observations, sessions
from scope.log.events import PROGRAM, Event, event_columns, pointing_columns, storable, target_as_json
from scope.log.moment import VOUCHED_FOR, Moment
from scope.log.observations import Change, Ended, Ordered, Stage
from scope.log.reanchor import moved_samples, origin, reanchor
from scope.log.tables import ChunkRow, EventRow, HelmRow, ObservationRow, SessionRow
from scope.log.track import CHUNK_SAMPLES, Sample, encode
from scope.orders import HelmAct
from scope.position import Site
from scope.snapshot import SessionState

CLOCK_STEP = "clock-step"


@dataclass(frozen=True, slots=True)
class Heading:
    """What all sessions and events of one recorder have in common; `telescope` tells those of one database apart."""

    telescope: str
    site: Site
    mount: str
    simulated: bool
    visibility: str
    run_id: str


class Logbook:
    """The log, open for one transaction at the place where the last one left off."""

    def __init__(self, tx: Session, heading: Heading, clock_quality: str, track: Iterable[Sample] = ()) -> None:
        """`track` are the samples of the open session that are in no chunk yet."""
        self._tx = tx
        self.track = list(track)
        self._heading = heading
        self._clock_quality = clock_quality
        self._session = tx.scalar(
            select(SessionRow).where(SessionRow.telescope == heading.telescope, SessionRow.ended.is_(None))
        )
        self._observation = self._open_observation()
        self.last_seq = tx.scalar(select(func.max(EventRow.seq)).where(EventRow.run_id == heading.run_id)) or 0

    @property
    def state(self) -> SessionState | None:
        row = self._session
        return SessionState(row.slug, row.begun) if row is not None else None

    def enter(self, event: Event, at: Moment) -> None:
        """Write the event, and begin or end what begins or ends with it."""
        if self._session is None and sessions.begins(event):
            self._begin_session(at)
        self._write(event, at)
        if self._session is not None:
            for change in observations.changes(self._stage(), event):
                self._observe(change, at.utc)
        self._note_helm(event, at.utc)
        if event.action == CLOCK_STEP:
            self.reanchor(at)
        reason = sessions.ending(event)
        if reason is not None:
            self.end_session(reason, at)

    def reanchor(self, now: Moment) -> None:
        """Move what this boot has written by a wrong clock to when it really was."""
        self._tx.flush()
        moved = reanchor(self._tx, self._heading.telescope, now, self._clock_quality in VOUCHED_FOR)
        if self._session is not None and (by := moved.get(self._session.id)):
            self.track = moved_samples(self.track, by)

    def add_sample(self, sample: Sample) -> None:
        """To the open session's track; without a session nobody will look for it."""
        if self._session is not None:
            self.track.append(sample)
        if len(self.track) >= CHUNK_SAMPLES:
            self.flush_track()

    def flush_track(self) -> None:
        """Write what there is of the track, a whole chunk or not."""
        samples, self.track = self.track, []
        if self._session is None or not samples:
            return
        first, last = min(sample.utc for sample in samples), max(sample.utc for sample in samples)
        chunk = ChunkRow(begun=first, ended=last, samples=len(samples), packed=encode(samples))
        chunk.session_id = self._session.id
        self._tx.add(chunk)

    def end_session(self, reason: str, at: Moment, ended: datetime | None = None) -> None:
        """Close the open session, if there is one, at `ended` (or now), and what is open in it."""
        self.flush_track()
        row = self._session
        if row is None:
            return
        row.ended, row.ending = max(row.begun, ended or at.utc), reason
        for change in observations.ended(self._stage()):
            self._observe(change, row.ended)
        details = {"slug": row.slug, "reason": reason, "ended": row.ended.isoformat()}
        self._write(Event(PROGRAM, "session-ended", "done", details=details), at)
        self._session = None

    def end_idle_session(self, at: Moment) -> None:
        """Nothing has happened for so long: it was over when the last thing was heard of it."""
        self.flush_track()
        self.end_session(sessions.IDLE, at, self.last_heard())

    def close_what_was_left_open(self, at: Moment) -> None:
        """After a crash: session and helm end when the last thing was heard of them."""
        last = self.last_heard()
        if last is not None:
            self.end_session(sessions.INTERRUPTED, at, last)
        for helm in self._open_helms():
            helm.left = max(helm.taken, last or helm.taken)

    def last_heard(self) -> datetime | None:
        """When the open session's last event or sample was; None without a session."""
        if self._session is None:
            return None
        chunk = select(func.max(ChunkRow.ended)).where(ChunkRow.session_id == self._session.id)
        return max(filter(None, (self._session.begun, self._last_event_utc(self._session), self._tx.scalar(chunk))))

    def _last_event_utc(self, row: SessionRow) -> datetime | None:
        columns = select(EventRow.utc, EventRow.monotonic, EventRow.boot_id)
        last = self._tx.execute(
            columns.where(EventRow.session_id == row.id).order_by(EventRow.id.desc()).limit(1)
        ).one_or_none()
        began = origin(self._tx, row)
        return None if last is None else began.utc(*last) if began else last[0]

    def _begin_session(self, at: Moment) -> None:
        heading, site = self._heading, self._heading.site
        evening = sessions.evening(at.utc, site.timezone)
        taken = self._tx.scalars(select(SessionRow.slug).where(SessionRow.slug.startswith(evening.isoformat())))
        self._session = SessionRow(
            slug=sessions.free_slug(evening, set(taken)),
            telescope=heading.telescope,
            begun=at.utc,
            visibility=heading.visibility,
            simulated=heading.simulated,
            mount=heading.mount,
            **site_columns(site),
        )
        self._tx.add(self._session)
        self._tx.flush()
        self._write(Event(PROGRAM, "session-begun", "done", details={"slug": self._session.slug}), at)

    def _write(self, event: Event, at: Moment) -> None:
        self.last_seq += 1
        row = EventRow(**event_columns(event, at, self._clock_quality))
        row.telescope, row.run_id, row.seq = self._heading.telescope, self._heading.run_id, self.last_seq
        row.session_id = self._session.id if self._session is not None else None
        self._tx.add(row)

    def _open_observation(self) -> ObservationRow | None:
        if self._session is None:
            return None
        mine = ObservationRow.session_id == self._session.id
        return self._tx.scalar(select(ObservationRow).where(mine, ObservationRow.ended.is_(None)))

    def _stage(self) -> Stage:
        row = self._observation
        if row is None:
            return Stage.NONE
        return Stage.LOOKING if row.arrived else Stage.ON_THE_WAY

    def _observe(self, change: Change, utc: datetime) -> None:
        if isinstance(change, Ordered):
            self._observation = self._new_observation(change, utc)
            self._tx.add(self._observation)
            return
        row = self._observation
        assert row is not None
        if isinstance(change, Ended):
            row.ended, row.outcome = max(row.begun, utc), change.outcome
            self._observation = None
            return
        row.begun, row.arrived = utc, True
        row.error_arcseconds = storable(change.error_arcseconds)
        for name, value in pointing_columns(change.pointing).items():
            setattr(row, name, value)

    def _new_observation(self, change: Ordered, utc: datetime) -> ObservationRow:
        assert self._session is not None
        target = target_as_json(change.target)
        ra, dec, epoch = target.pop("place") or (None, None, None)
        return ObservationRow(
            session_id=self._session.id,
            begun=utc,
            arrived=False,
            source="goto",
            operator=storable(change.operator),
            ordered_ra_hours=ra,
            ordered_dec_degrees=dec,
            ordered_epoch=epoch,
            **target,
        )

    def _note_helm(self, event: Event, utc: datetime) -> None:
        act = event.arguments.get("act") if event.action == "helm" and event.took_effect else None
        if act not in (HelmAct.TAKE.value, HelmAct.GIVE.value, HelmAct.LEAVE.value):
            return
        for helm in self._open_helms():
            helm.left = max(helm.taken, utc)
        if act != HelmAct.LEAVE.value:
            operator = event.arguments.get("to") if act == HelmAct.GIVE.value else event.actor.name
            self._tx.add(HelmRow(telescope=self._heading.telescope, operator=storable(str(operator)), taken=utc))

    def _open_helms(self) -> Sequence[HelmRow]:
        mine = HelmRow.telescope == self._heading.telescope
        return self._tx.scalars(select(HelmRow).where(mine, HelmRow.left.is_(None))).all()


def site_columns(site: Site) -> dict[str, str | float]:
    """The columns of SessionRow that tell where it was."""
    return {
        "site": site.name,
        "latitude_degrees": site.latitude_degrees,
        "longitude_degrees": site.longitude_degrees,
        "elevation_metres": site.elevation_metres,
        "timezone": site.timezone,
    }
