"""Writes a few example evenings, so that a demonstration has something to show.

They go through the same Logbook as real ones, are marked as examples and as simulated, and everything in them was in
fact up, above the horizon in a dark sky, at the moment they tell.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scope.clock import local_offset_hours
from scope.log import sessions
from scope.log.database import Database
from scope.log.events import PROGRAM, Event
from scope.log.example_evenings import EVENINGS, NOTES, TARGETS, Evening
from scope.log.example_sky import Place, moon, moon_age_degrees, pointing, saturn, sun
from scope.log.history import PUBLIC
from scope.log.logbook import Heading, Logbook
from scope.log.moment import Moment
from scope.log.tables import ObservationRow, SessionRow
from scope.log.track import Sample
from scope.orders import Person, Role
from scope.position import Site
from scope.snapshot import Motion, Pointing
from scope.target import Target

TELESCOPE = "example"
MOUNT = "lx200"
DARK_SUN_DEGREES = -8.0
LOWEST_DEGREES = 22.0
MOST_TARGETS = 6
LOOK = timedelta(minutes=11)
SLEW_DEGREES_PER_SECOND = 3.0
SAMPLE_EVERY = timedelta(seconds=10)
MOON_DAYS = set(range(2, 32)) - {evening.days_ago for evening in EVENINGS}


def write_examples(database: Database, site: Site, now: datetime) -> None:
    """Evenings of the weeks before `now`, all public; nothing if there are examples already."""
    chance = random.Random(site.name)  # noqa: S311  the same examples every time; nothing secret hangs on them
    with database.writing() as tx:
        if tx.scalar(select(SessionRow.id).where(SessionRow.example).limit(1)) is None:
            for evening in EVENINGS:
                _write(tx, site, evening, _beginning(evening, site, now), chance)


def _write(tx: Session, site: Site, evening: Evening, begin: datetime, chance: random.Random) -> None:
    heading = Heading(TELESCOPE, site, MOUNT, True, PUBLIC, run_id=f"example-{uuid.uuid4().hex}")
    book, utc, at = Logbook(tx, heading, "synchronised"), begin, None
    for number, target in enumerate(_in_turn(evening, site, begin)):
        operator = Person(evening.operators[number % len(evening.operators)], Role.VOLUNTEER, "browser")
        book.enter(Event(operator, "goto", target=target, pointing=at), _moment(utc))
        utc = _slew(book, at or pointing((12.0, 85.0), site, utc), target, site, utc)
        at, error = _seen(target, site, utc), {"error_arcseconds": round(chance.uniform(4.0, 40.0), 1)}
        arrived = Event(PROGRAM, "arrived", "done", {}, error, at, Motion.TRACKING.value, "", target)
        book.enter(arrived, _moment(utc))
        utc = _track(book, target, site, utc)
    if book.state is None:
        return  # far from where these wishes were made, nothing of them is ever up
    slug = book.state.slug
    book.enter(Event(PROGRAM, "parked", "done", motion=Motion.PARKED.value), _moment(utc))
    _describe(tx, slug, evening)


def _in_turn(evening: Evening, site: Site, begin: datetime) -> Iterator[Target]:
    """Those of the wishes that stand high enough from when their turn comes until it is over."""
    turn = begin
    for wish in evening.wishes:
        if turn >= begin + MOST_TARGETS * LOOK:
            return
        target = TARGETS[wish]
        if all(_seen(target, site, turn + more).altitude_degrees >= LOWEST_DEGREES for more in (0 * LOOK, 2 * LOOK)):
            yield target
            turn += LOOK


def _slew(book: Logbook, origin: Pointing, target: Target, site: Site, utc: datetime) -> datetime:
    """Samples once a second on the way, along both axes evenly; returns the arrival."""
    goal, _ = _place(target, utc)
    east = (goal[0] - origin.ra_hours_j2000 + 12) % 24 - 12
    north = goal[1] - origin.dec_degrees_j2000
    seconds = 2 + int(max(abs(east) * 15, abs(north)) / SLEW_DEGREES_PER_SECOND)
    for second in range(1, seconds + 1):
        part = second / seconds
        place = (origin.ra_hours_j2000 + part * east, origin.dec_degrees_j2000 + part * north)
        moment = utc + timedelta(seconds=second)
        book.add_sample(Sample(moment, pointing(place, site, moment), Motion.SLEWING.value))
    return utc + timedelta(seconds=seconds)


def _track(book: Logbook, target: Target, site: Site, utc: datetime) -> datetime:
    until = utc + LOOK
    while (utc := utc + SAMPLE_EVERY) < until:
        book.add_sample(Sample(utc, _seen(target, site, utc), Motion.TRACKING.value))
    return until


def _describe(tx: Session, slug: str, evening: Evening) -> None:
    """What people add by hand."""
    row = tx.scalars(select(SessionRow).where(SessionRow.slug == slug)).one()
    row.example = True
    row.title, row.summary, row.visitors = dict(evening.title), dict(evening.summary), evening.visitors
    row.seeing, row.transparency = evening.seeing, evening.transparency
    row.temperature_celsius, row.humidity_percent = evening.temperature_celsius, evening.humidity_percent
    mine = ObservationRow.session_id == row.id
    tx.execute(update(ObservationRow).where(mine).values(outcome="seen"))
    for designation, notes in NOTES.items():
        tx.execute(update(ObservationRow).where(mine, ObservationRow.designation == designation).values(notes=notes))


def _beginning(evening: Evening, site: Site, now: datetime) -> datetime:
    """When it was first dark on that evening."""
    if evening.days_ago is not None:
        return _dusk(site, now - timedelta(days=evening.days_ago))
    return max(
        (_dusk(site, now - timedelta(days=days)) for days in sorted(MOON_DAYS)),
        key=lambda dusk: _moon_shows(site, dusk),
    )


def _moon_shows(site: Site, utc: datetime) -> float:
    """How well the Moon can be looked at: high, and with shadows in its craters."""
    crescent = 50 <= moon_age_degrees(utc) <= 150
    return _seen(TARGETS["Moon"], site, utc).altitude_degrees if crescent else -90.0


def _dusk(site: Site, utc: datetime) -> datetime:
    """The first quarter of an hour of that evening with a dark sky; midnight where it gets no darker."""
    evening, offset = sessions.evening(utc, site.timezone), local_offset_hours(site.timezone, utc)
    noon = datetime.combine(evening, datetime.min.time(), utc.tzinfo) + timedelta(hours=12 - offset)
    quarters = [noon + timedelta(minutes=15 * number) for number in range(20, 49)]
    dark = (at for at in quarters if pointing(sun(at), site, at).altitude_degrees < DARK_SUN_DEGREES)
    return next(dark, quarters[-1])


def _seen(target: Target, site: Site, utc: datetime) -> Pointing:
    place, parallax = _place(target, utc)
    return pointing(place, site, utc, parallax)


def _place(target: Target, utc: datetime) -> tuple[Place, float]:
    """Where it stands, J2000, and its parallax in degrees."""
    if target.place is not None:
        return (target.place.ra_hours, target.place.dec_degrees), 0.0
    return moon(utc) if target.designation == "Moon" else (saturn(utc), 0.0)


def _moment(utc: datetime) -> Moment:
    return Moment(utc, 0.0, "example")
