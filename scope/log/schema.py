"""Carries the database from one version's tables to the next, with alembic, out of the installed package.

A migration is one transaction on SQLite as on PostgreSQL: killed half-way, the database is what it was.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from scope.errors import SettingsError
from scope.log.database import Database

MIGRATIONS = Path(__file__).with_name("migrations")


def is_current(database: Database) -> bool:
    """Whether the database stands at this version's newest revision."""
    with database.reading() as session:
        return _revision(session.connection()) == _scripts().get_current_head()


def upgrade(database: Database) -> None:
    """To the newest revision; a second process that wants the same waits, and finds it done."""
    with database.writing() as session:
        connection = session.connection()
        _refuse_newer(connection)
        command.upgrade(_config(connection), "head")


def downgrade(database: Database, revision: str) -> None:
    """Back to an older revision, or to "base": no tables at all, and all data gone."""
    with database.writing() as session:
        command.downgrade(_config(session.connection()), revision)


def _refuse_newer(connection: Connection) -> None:
    revision = _revision(connection)
    if revision is None or revision in {script.revision for script in _scripts().walk_revisions()}:
        return
    message = f"the log's database was made by a newer clubscope (revision {revision}): install that version or newer"
    raise SettingsError(message, code="database_newer", revision=revision)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
