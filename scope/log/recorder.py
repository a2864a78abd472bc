"""Writes the log from a thread of its own, so that nobody who moves the telescope ever waits for a disk.

Strategy: events and samples go into a bounded spool. The writer takes the oldest, enters them with all that follows
from them in one transaction, and only then lets go of them; a transaction that fails is tried again, and one whose
answer got lost is recognised by the number of its last event. Events are committed at once, samples once a minute.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from math import isfinite

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from scope.clock import Clock
from scope.log import sessions
from scope.log.anchor import Anchor
from scope.log.database import Database
from scope.log.events import PROGRAM, Event
from scope.log.logbook import CLOCK_STEP, Heading, Logbook
from scope.log.moment import clock_quality
from scope.log.spool import Entry, Item, Spool, Ticket
from scope.log.track import CHUNK_SAMPLES, Sample
from scope.position import Site
from scope.snapshot import Pointing, SessionState

log = logging.getLogger(__name__)

BATCH = 200
TICK_SECONDS = 0.5  # how late an idle session or a step of the clock may be noticed
RETRY_SECONDS = 1.0
LOCK_SECONDS = 1.0  # how long one try waits for another writer
FLUSH_SECONDS = 60.0  # how much of a track a crash may cost
CLOSE_SECONDS = 10.0
TRIES = 3  # of something that the database refuses for itself, not for want of room or peace
OUTAGES = (OperationalError, InterfaceError, InternalError, PoolTimeout)


def _ignore(_state: SessionState | None) -> None:
    pass


class Recorder:
    """Takes events and samples, from any thread, without ever blocking. Open until `close`."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        simulated: bool,
        site: Site,
        mount: str,
        visibility: str = "public",
        telescope: str = "telescope",
        on_session: Callable[[SessionState | None], None] = _ignore,
        spool: Spool | None = None,
    ) -> None:
        """`on_session` is called from the writer's thread. Several telescopes of one database need different names."""
        self._database = database
        self._clock = clock
        self._heading = Heading(telescope, site, mount, simulated, visibility, run_id=uuid.uuid4().hex)
        self._on_session = on_session
        self._spool = spool or Spool()
        self._session: SessionState | None = None
        self._healthy = True
        self._resumed = False
        self._seq = 0  # of the last event known to be on disk
        self._pending: Sequence[Item] = ()  # tried, and not known to be on disk
        self._tries = 0
        self._track: list[Sample] = []  # of the open session, less than a chunk
        self._track_due = clock.monotonic()
        self._last_event = clock.monotonic()
        self._anchor, self._stamping = Anchor(clock), threading.Lock()
        self._closing, self._abandoned = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    @property
    def session(self) -> SessionState | None:
        """The session that is open on disk."""
        return self._session

    @property
    def healthy(self) -> bool:
        """False while the database takes nothing; events are kept in memory then."""
        return self._healthy

    def event(self, event: Event) -> Ticket:
        """Have it written down; ask the ticket whether it is."""
        ticket = Ticket()
        self._last_event = self._clock.monotonic()
        with self._stamping:
            self._note_clock_step()
            self._put(event, ticket)
        return ticket

    def sample(self, utc: datetime, pointing: Pointing, motion: str) -> None:
        """Remember for the session's track where the telescope pointed; what is no number is nowhere."""
        if all(isfinite(getattr(pointing, name)) for name in Pointing.__dataclass_fields__):
            with self._stamping:
                self._note_clock_step()
                self._spool.put(Sample(utc + self._anchor.correction, pointing, motion))

    def close(self, within_seconds: float = CLOSE_SECONDS) -> None:
        """End the open session and write all there is; what cannot be written in time is lost, and the log says so."""
        self._closing.set()
        self._spool.wake()
        self._thread.join(within_seconds)
        self._abandoned.set()
        if self._thread.is_alive():
            log.error("closed while the log's database takes nothing: what is not yet written is lost")

    def _run(self) -> None:
        while not self._abandoned.is_set():
            closing = self._closing.is_set()
            done = self._try_turn(closing)
            if done and closing:
                return
            self._spool.wait(RETRY_SECONDS if not self._healthy else TICK_SECONDS if done else 0.0)

    def _try_turn(self, closing: bool) -> bool:
        try:
            return self._turn(closing)
        except OUTAGES as wrong:
            self._lose(f"{wrong.__cause__ or wrong}")
        except Exception:  # the top of the thread: nothing that is wrong with one entry may end the log
            log.exception("the log cannot write an entry")
            self._lose("see above")
            self._skip_after_tries()
        return False

    def _turn(self, closing: bool) -> bool:
        """Write what there is to write; whether nothing is left for now."""
        with self._stamping:
            self._note_clock_step()
        items = self._pending or self._spool.oldest(1 if self._tries else BATCH)
        if closing or self._worth_writing(items):
            self._pending = items
            self._write(items, closing and len(items) < BATCH)
        return len(items) < BATCH and not self._tries

    def _worth_writing(self, items: Sequence[Item]) -> bool:
        """Samples alone can wait for a whole chunk or a minute; an event cannot."""
        if not self._resumed or self._tries or self._idle() or any(isinstance(item, Entry) for item in items):
            return True
        waiting = len(self._track) + len(items)
        return waiting >= CHUNK_SAMPLES or (waiting > 0 and self._track_is_due())

    def _write(self, items: Sequence[Item], last: bool) -> None:
        with self._database.writing(LOCK_SECONDS) as tx:
            book = Logbook(tx, self._heading, clock_quality(self._clock), self._track)
            if book.last_seq > self._seq:
                book.track = []  # the last try was saved after all: only its answer got lost
            else:
                self._enter(book, items, last)
        self._kept(book, items)

    def _enter(self, book: Logbook, items: Sequence[Item], last: bool) -> None:
        now = self._anchor.now()
        if not self._resumed:
            if self._anchor.vouched:
                book.reanchor(now)
            book.close_what_was_left_open(now)
        for item in items:
            if isinstance(item, Sample):
                book.add_sample(item)
            else:
                book.enter(item.event, item.at)
        if self._idle():
            book.end_idle_session(now)
        if self._track_is_due():
            book.flush_track()
        if last:
            book.end_session(sessions.STOPPED, now)

    def _kept(self, book: Logbook, items: Sequence[Item]) -> None:
        """It is on disk: let go of it, and tell whoever waits."""
        if not self._healthy:
            log.warning("the log's database is back: nothing of what was kept in memory is lost")
        self._healthy, self._resumed, self._pending, self._tries = True, True, (), 0
        self._seq, self._track = book.last_seq, book.track
        if not book.track:
            self._track_due = self._clock.monotonic() + FLUSH_SECONDS
        self._spool.written(len(items))
        for item in items:
            if isinstance(item, Entry):
                item.ticket.settle(kept=True)
        self._note_gaps()
        if book.state != self._session:
            self._session = book.state
            self._on_session(self._session)

    def _lose(self, why: str) -> None:
        if self._healthy:
            log.error("the log's database takes nothing (%s): events are kept in memory", why)
        self._healthy = False
        self._database.forget_connections()

    def _skip_after_tries(self) -> None:
        """Not the database is at fault but what is written: one at a time, and past the one that never goes in."""
        self._pending, self._tries = (), self._tries + 1
        if self._tries <= TRIES:
            return
        self._tries = 0
        for item in self._spool.oldest(1):
            log.error("given up: %s", item)
            self._spool.written(1)
            if isinstance(item, Entry):
                item.ticket.settle(kept=False)

    def _idle(self) -> bool:
        silent = self._clock.monotonic() - self._last_event
        return self._session is not None and silent >= sessions.IDLE_SECONDS

    def _track_is_due(self) -> bool:
        return self._clock.monotonic() >= self._track_due

    def _note_gaps(self) -> None:
        for kind, gap in self._spool.gaps().items():
            details: dict[str, float | str] = {
                "count": gap.count,
                "first": gap.first.isoformat(),
                "last": gap.last.isoformat(),
            }
            with self._stamping:
                self._note("samples-dropped" if kind is Sample else "events-dropped", details)

    def _note_clock_step(self) -> None:
        """Before anything is written by the new clock, so that the logbook knows what was written by the old one."""
        step = self._anchor.turn()
        if step is not None:
            self._note(CLOCK_STEP, {"seconds": round(step, 3)})

    def _note(self, action: str, details: Mapping[str, float | str]) -> None:
        self._put(Event(PROGRAM, action, "done", details=details), Ticket())

    def _put(self, event: Event, ticket: Ticket) -> None:
        if not self._spool.put(Entry(self._anchor.now(), event, ticket)):
            ticket.settle(kept=False)
