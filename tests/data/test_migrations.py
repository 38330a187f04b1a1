"""The revisions lead from nothing to the tables as the code has them, on both databases."""

import shutil
from pathlib import Path

import pytest
from dbos import DBOS
from dbos._schemas.system_database import SystemSchema
from sqlalchemy import Connection, inspect, text

from data import migrations
from data._database import Database, rebuilding
from data.errors import StoreError
from data.migrations.__main__ import draft
from data.store import Store
from data.tables import Row


def names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def migrate(url: str, folder: Path) -> None:
    store = Store.open(url, folder)
    store.migrate()
    store.close()


def test_from_nothing(database_url: str, tmp_path: Path) -> None:
    """From an empty database the revisions make exactly the tables that the code has."""
    migrate(database_url, tmp_path)

    with rebuilding(database_url) as connection:
        assert migrations.differences(connection) == []
        assert names(connection) == {*Row.metadata.tables, "alembic_version"}
        assert migrations.revision(connection) == migrations.newest()


def test_again(database_url: str, tmp_path: Path) -> None:
    """Migrating what is up to date changes nothing."""
    migrate(database_url, tmp_path)
    migrate(database_url, tmp_path)

    with rebuilding(database_url) as connection:
        assert connection.execute(text("SELECT number FROM generation")).scalars().all() == [0]


def test_difference_is_seen(database_url: str, tmp_path: Path) -> None:
    """A column that the code has and the table has not is a difference."""
    migrate(database_url, tmp_path)

    with rebuilding(database_url) as connection:
        connection.exec_driver_sql("ALTER TABLE mail DROP COLUMN trace")
        differences = migrations.differences(connection)

    assert "trace" in str(differences)


def test_engine_tables_are_left_alone(database_url: str, tmp_path: Path) -> None:
    """The engine and we get along in one database, whoever is first; its tables are no difference."""
    DBOS.migrate(database_url)
    migrate(database_url, tmp_path)
    DBOS.migrate(database_url)

    with rebuilding(database_url) as connection:
        schema = "dbos" if connection.dialect.name == "postgresql" else None
        assert migrations.differences(connection) == []
        assert "workflow_status" in inspect(connection).get_table_names(schema)


def test_no_name_of_the_engine() -> None:
    """No table of ours has a name that the engine's tables have."""
    engine = {table.name for table in SystemSchema.metadata_obj.tables.values()}

    assert engine
    assert engine.isdisjoint(Row.metadata.tables)


def test_a_failed_revision_leaves_nothing(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that breaks off leaves the database as it was."""

    def upgrade_and_fail() -> None:
        with rebuilding(database_url) as connection:
            migrations.upgrade(connection)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        upgrade_and_fail()

    with rebuilding(database_url) as connection:
        assert names(connection) == set()


def test_rebuilding_keeps_the_children(tmp_path: Path) -> None:
    """Rebuilding a table of SQLite does not delete the rows that depend on its rows."""
    url = f"sqlite:///{tmp_path / 'blossom.db'}"
    with rebuilding(url) as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE child (id INTEGER REFERENCES parent ON DELETE CASCADE)")
        connection.exec_driver_sql("INSERT INTO parent VALUES (1)")
        connection.exec_driver_sql("INSERT INTO child VALUES (1)")

    with rebuilding(url) as connection:
        connection.exec_driver_sql("CREATE TABLE new (id INTEGER PRIMARY KEY, more TEXT)")
        connection.exec_driver_sql("INSERT INTO new SELECT id, '' FROM parent")
        connection.exec_driver_sql("DROP TABLE parent")
        connection.exec_driver_sql("ALTER TABLE new RENAME TO parent")

    with rebuilding(url) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM child").scalar_one() == 1


def test_orphans_are_refused(tmp_path: Path) -> None:
    """A migration that would leave rows naming rows that are gone is undone, and says which."""
    url = f"sqlite:///{tmp_path / 'blossom.db'}"
    with rebuilding(url) as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE child (id INTEGER REFERENCES parent)")
        connection.exec_driver_sql("INSERT INTO parent VALUES (1)")
        connection.exec_driver_sql("INSERT INTO child VALUES (1)")

    def orphan() -> None:
        with rebuilding(url) as connection:
            connection.exec_driver_sql("DELETE FROM parent")

    with pytest.raises(StoreError, match="child"):
        orphan()

    with rebuilding(url) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM parent").scalar_one() == 1


def test_foreign_keys_are_on_afterwards(database_url: str, tmp_path: Path) -> None:
    """What the migration turned off is on for the store that made it."""
    store = Store.open(database_url, tmp_path)
    store.migrate()
    store.close()
    database = Database(database_url)

    with database.reading() as session:
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    database.close()


def test_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no difference the drafted revision is empty, so nothing was forgotten; it gets the next number."""
    copy = shutil.copytree(migrations.HERE, tmp_path / "migrations")
    monkeypatch.setattr("data.migrations.HERE", copy)

    draft("nothing")

    drafted = (copy / "versions" / "0002_nothing.py").read_text()
    body = drafted.partition("def upgrade() -> None:\n")[2]
    assert [line.strip() for line in body.splitlines() if "#" not in line] == ["pass"]
