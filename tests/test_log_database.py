"""The database's ground: pragmas of live connections, migrations there and back, and what is said when it cannot be."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, select, text

from scope.errors import SettingsError
from scope.log import schema
from scope.log.database import Database, is_current, open_database, upgrade
from scope.log.examples import write_examples
from scope.log.tables import SessionRow, Table
from tests.log_evenings import EVENING, SITE, open_log


@pytest.mark.parametrize("writing", [False, True])
def test_every_connection_keeps_what_it_acknowledges(tmp_path: Path, writing: bool) -> None:
    with open_log(tmp_path) as database, database.writing() if writing else database.reading() as tx:
        pragmas = {name: tx.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")}
        assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        assert tx.scalar(text("PRAGMA busy_timeout")) >= 1000


def test_the_tables_are_those_the_code_declares(tmp_path: Path) -> None:
    with open_log(tmp_path) as database, database.reading() as tx:
        context = MigrationContext.configure(tx.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


def test_an_empty_database_is_not_current_until_upgraded(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    assert not is_current(url)
    upgrade(url)
    assert is_current(url)
    upgrade(url)
    assert is_current(url)


def test_migrations_go_there_and_back_and_there_again(tmp_path: Path) -> None:
    with open_log(tmp_path) as database:
        write_examples(database, SITE, EVENING)
        schema.downgrade(database, "base")
        with database.reading() as tx:
            left = tx.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        assert left == ["alembic_version"]
        schema.upgrade(database)
        write_examples(database, SITE, EVENING)
        assert schema.is_current(database)


def test_a_migration_that_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'log.db'}")
    try:
        with database.writing() as tx:
            tx.execute(text("CREATE TABLE tokens (id INTEGER)"))  # in the way of the first revision
        with pytest.raises(Exception, match="tokens"):
            schema.upgrade(database)
        with database.reading() as tx:
            assert tx.scalars(text("SELECT name FROM sqlite_master")).all() == ["tokens"]
    finally:
        database.close()


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with open_log(tmp_path) as database:
        with database.writing() as tx:
            tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(SettingsError, match="newer clubscope") as refused:
            schema.upgrade(database)
    assert refused.value.code == "database_newer"


def test_a_missing_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="does not exist: create it") as refused:
        open_database(f"sqlite:///{tmp_path / 'nowhere' / 'log.db'}")
    assert refused.value.code == "database_unusable"


def test_a_damaged_file_is_refused_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "log.db"
    file.write_bytes(b"this is a shopping list\n" * 100)
    before = file.read_bytes()
    with pytest.raises(SettingsError, match="left as it is") as refused:
        open_database(f"sqlite:///{file}")
    assert refused.value.code == "database_unusable"
    assert file.read_bytes() == before


@pytest.mark.parametrize("url", ["log.db", "sqlite://", "sqlite:///:memory:", "nosuch://host/log", "mysql://"])
def test_what_names_no_usable_database_is_refused(url: str) -> None:
    with pytest.raises(SettingsError) as refused:
        open_database(url)
    assert refused.value.code == "database_unusable"


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot open"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_time_without_a_zone_never_gets_in(tmp_path: Path) -> None:
    with open_log(tmp_path) as database, pytest.raises(Exception, match="no time zone"), database.writing() as tx:
        tx.execute(insert(SessionRow).values(begun=EVENING.replace(tzinfo=None)))


def test_times_come_back_in_utc(tmp_path: Path) -> None:
    with open_log(tmp_path) as database:
        write_examples(database, SITE, EVENING)
        with database.reading() as tx:
            begun = tx.scalars(select(SessionRow.begun)).all()
    assert begun
    assert all(moment.utcoffset().total_seconds() == 0 for moment in begun)


def test_two_who_upgrade_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    first = open_database(url)
    try:
        with first.writing() as tx:
            tx.execute(text("SELECT 1"))
            with pytest.raises(Exception, match="locked"):
                _upgrade_at_once(url)
        upgrade(url)
        assert is_current(url)
    finally:
        first.close()


def _upgrade_at_once(url: str) -> None:
    second = open_database(url)
    try:
        with second.writing(wait_seconds=0.0):
            raise AssertionError("two writers at once")
    finally:
        second.close()


def test_the_file_is_in_wal_mode_for_whoever_opens_it(tmp_path: Path) -> None:
    with open_log(tmp_path):
        pass
    other = sqlite3.connect(tmp_path / "log.db")
    try:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    finally:
        other.close()


def test_a_database_can_be_opened_again(tmp_path: Path) -> None:
    with open_log(tmp_path) as database:
        assert isinstance(database, Database)
    with open_log(tmp_path) as database:
        assert schema.is_current(database)
