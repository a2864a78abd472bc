"""Opens the log's database, SQLite or PostgreSQL, and brings its tables up to date.

On SQLite every connection is in WAL mode with synchronous=FULL: an acknowledged row survives a power cut. A writing
transaction takes the lock when it begins, so that it can neither fail half-way for want of it nor work on stale reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from scope.errors import SettingsError

WAIT_SECONDS = 5.0  # longer than any transaction of ours; a backup or a copy by hand may hold the lock so long
CODE = "database_unusable"
DatabaseAway = SQLAlchemyError
"""What reading the log may raise, for those who do not know what it is kept in."""


class Database:
    """Hands out transactions; `close` when done. Safe to share between threads, not between processes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Everything read in it is of one moment; writers neither wait for it nor disturb it."""
        with Session(self.engine, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self, wait_seconds: float = WAIT_SECONDS) -> Iterator[Session]:
        """Commits at the end, takes all back on an error; SQLite waits so long for another writer, then raises."""
        engine = self.engine.execution_options(writing=True, wait_seconds=wait_seconds)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            session.connection()
            yield session

    def forget_connections(self) -> None:
        """After an error of the disk or the server: begin afresh with new ones."""
        self.engine.dispose()

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The database at an SQLAlchemy URL, tried once; SettingsError says what to do where it cannot be used."""
    parsed = _parse(url)
    engine = _engine(parsed)
    try:
        with engine.connect():
            pass
    except SQLAlchemyError as wrong:
        engine.dispose()
        raise _unusable(
            f"cannot open the log's database {_shown(parsed)}: {_cause(wrong)}", url=_shown(parsed)
        ) from wrong
    return Database(engine)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as wrong:
        example = "sqlite:////var/lib/clubscope/log.db"
        raise _unusable(f"[log] database is not a database URL: write one like {example}", url=url) from wrong
    if parsed.get_backend_name() == "sqlite":
        _check_place(parsed)
    return parsed


def _check_place(url: URL) -> None:
    if url.database in (None, "", ":memory:"):
        raise _unusable("[log] database names no file: the log must outlive the program", url=_shown(url))
    folder = Path(str(url.database)).absolute().parent
    if not folder.is_dir():
        raise _unusable(f"the folder {folder} of the log's database does not exist: create it", folder=str(folder))


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
    except (NoSuchModuleError, ImportError) as wrong:
        raise _unusable(
            f"no driver for {_shown(url)} is installed ({wrong}): pip install psycopg", url=_shown(url)
        ) from wrong
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # sqlite3 begins no transactions of its own: _begin_sqlite does
    for pragma in (f"busy_timeout={WAIT_SECONDS * 1000:.0f}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=1"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    wait_seconds = options.get("wait_seconds", WAIT_SECONDS)
    connection.exec_driver_sql(f"PRAGMA busy_timeout={wait_seconds * 1000:.0f}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")


def _unusable(message: str, **details: str) -> SettingsError:
    return SettingsError(message, code=CODE, **details)


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _cause(wrong: SQLAlchemyError) -> str:
    cause = getattr(wrong, "orig", None) or wrong
    if isinstance(cause, sqlite3.DatabaseError) and "not a database" in str(cause):
        return "the file is damaged or is something else; it is left as it is: restore a backup or name another file"
    return str(cause).strip().splitlines()[0]


def is_current(url: str) -> bool:
    """Whether the tables are those this version works with; False also for an empty database."""
    from scope.log import schema

    database = open_database(url)
    try:
        return schema.is_current(database)
    finally:
        database.close()


def upgrade(url: str) -> None:
    """Bring the tables up to date, all or nothing; SettingsError where a newer version has already changed them."""
    from scope.log import schema

    database = open_database(url)
    try:
        schema.upgrade(database)
    finally:
        database.close()
