"""The connection: how the database is opened, how a transaction begins, and what its errors mean.

The settings for SQLite are measured (`docs/decisions`): WAL with `synchronous=FULL` loses nothing at a
power cut, and only BEGIN IMMEDIATE lets many writers wait for each other: a transaction that begins by
reading gets « database is locked » at once when it comes to write, however long the timeout. The engine
(DBOS) opens the same file with connections of its own; WAL is a property of the file, so it must be set
by us before that.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, inspect, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlmodel import Session

from data.errors import Overtaken, StoreError
from data.tables import Row

SomeRow = TypeVar("SomeRow", bound=Row)

_PRAGMAS = ("busy_timeout=30000", "synchronous=FULL", "trusted_schema=OFF")
_URL = "Write the URL as sqlite:///var/blossom.db or postgresql+psycopg://user@host/database."

_FULL = "Free disk space. Nothing is lost: what was not kept is done again."
_BROKEN = "Stop the service and bring the database back from the last backup (docs/operations.md)."
_BUSY = "Another program holds the database: end it, or look what it does."
_RIGHTS = "Look at the disk, and at the rights of the file and of its folder."
_UNMADE = "The tables are not there or of another version: start the service once, it makes them."
_AWAY = "Is the database server running and reachable? What was not kept is done again."
_LOGIN = "Correct user, password or database name in the URL."

_SQLITE_ADVICE = {
    "SQLITE_FULL": _FULL,
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_READONLY": _RIGHTS,
    "SQLITE_CANTOPEN": _RIGHTS,
    "SQLITE_PERM": _RIGHTS,
    "SQLITE_IOERR": _RIGHTS,
    "SQLITE_CORRUPT": _BROKEN,
    "SQLITE_NOTADB": _BROKEN,
    "SQLITE_ERROR": _UNMADE,
}
"""By the name of the error, or by its first two parts (« SQLITE_IOERR_WRITE »)."""

_POSTGRES_ADVICE = {"08": _AWAY, "57": _AWAY, "28": _LOGIN, "3D": _LOGIN, "42": _UNMADE, "53": _FULL}
"""By class, the first two characters of the SQLSTATE."""

_OVERTAKEN = {"40001", "40P01"}
"""Serialization failure and deadlock: the other transaction won."""


class Database:
    """Sessions that begin as they should and speak of their trouble in our words."""

    def __init__(self, url: str) -> None:
        """Open the database; SQLite's file and folder are made where absent, for us alone.

        Raises:
            StoreError: no such kind of database, or it cannot be opened.
        """
        self._engine = _engine(url)
        self._writer = self._engine.execution_options(writing=True)
        with self.reading() as session:
            session.connection()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look; on SQLite it waits for nobody."""
        with translated(), Session(self._engine) as session:
            yield session

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """All of it is committed at the end of the block, or on any exception none of it."""
        with translated(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        self._engine.dispose()


@contextlib.contextmanager
def rebuilding(url: str) -> Iterator[Connection]:
    """One transaction in which tables may be rebuilt; no other process does so meanwhile.

    SQLite's foreign keys are off: with them on, rebuilding a table deletes the rows that depend on its
    rows. They are checked before the commit instead.
    """
    engine = _engine(url, foreign_keys=False).execution_options(writing=True)
    try:
        with translated(), engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('blossom migrations'))")
            yield connection
            if engine.dialect.name == "sqlite":
                _refuse_orphans(connection)
    finally:
        engine.dispose()


def add_new(session: Session, row: Row) -> bool:
    """Insert the row unless its key is there already; say whether it was inserted."""
    # Asked back, not counted: after this statement psycopg has no row count.
    inserted = _insert(session, row).on_conflict_do_nothing().returning(*inspect(type(row)).primary_key)
    return session.execute(inserted).first() is not None


def put(session: Session, row: Row) -> None:
    """Insert the row, or replace the one with its key."""
    keys = [column.name for column in inspect(type(row)).primary_key]
    others = {name: value for name, value in row.model_dump().items() if name not in keys}
    session.exec(_insert(session, row).on_conflict_do_update(index_elements=keys, set_=others))


def _insert(session: Session, row: Row) -> sqlite.Insert | postgresql.Insert:
    table = Row.metadata.tables[str(row.__tablename__)]
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table).values(row.model_dump())
    return sqlite.insert(table).values(row.model_dump())


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """The database's errors as ours: without the statement, which may hold somebody's words."""
    try:
        yield
    except NoConnection as error:
        raise StoreError("the database: no free connection within 30 s", _BUSY) from error
    except DBAPIError as error:
        raise _ours(error) from error


def _ours(error: DBAPIError) -> StoreError:
    said = (str(error.orig).strip().splitlines() or [type(error.orig).__name__])[0]
    if isinstance(error.orig, sqlite3.Error):
        name = getattr(error.orig, "sqlite_errorname", None) or ""
        advice = _SQLITE_ADVICE.get(name) or _SQLITE_ADVICE.get("_".join(name.split("_")[:2]))
        return StoreError(f"the database: {said}", advice)
    state = getattr(error.orig, "sqlstate", None)
    if state in _OVERTAKEN:
        return Overtaken(f"the database: {said}")
    return StoreError(f"the database: {said}", _POSTGRES_ADVICE.get(state[:2]) if state else _AWAY)


def _engine(url: str, *, foreign_keys: bool = True) -> Engine:
    try:
        parsed = make_url(url)
        match parsed.get_backend_name():
            case "postgresql":
                return create_engine(
                    parsed,
                    isolation_level="READ COMMITTED",
                    pool_pre_ping=True,
                    max_overflow=32,
                    hide_parameters=True,
                )
            case "sqlite":
                return _sqlite(parsed, foreign_keys=foreign_keys)
            case other:
                raise StoreError(f"database.url: no such kind of database here: {other}", _URL)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(f"database.url: not understood ({error})", _URL) from error


def _sqlite(url: URL, *, foreign_keys: bool) -> Engine:
    _make_file(url.database)
    engine = create_engine(url, poolclass=QueuePool, max_overflow=32, hide_parameters=True)
    event.listen(engine, "connect", lambda link, _: _set_up(link, foreign_keys=foreign_keys))
    event.listen(engine, "begin", _begin)
    return engine


def _make_file(name: str | None) -> None:
    if not name or name == ":memory:" or name.startswith("file:"):
        raise StoreError("database.url: SQLite needs the path of a file", _URL)
    path = Path(name)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Never opened here once it is there: closing any descriptor of a file drops all locks that this
        # process holds on it (POSIX), and another process would then delete the WAL under our feet.
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened ({error.strerror})", _RIGHTS) from error


def _set_up(link: sqlite3.Connection, *, foreign_keys: bool) -> None:
    link.isolation_level = None  # transactions begin in `_begin`, not where sqlite3 guesses
    for pragma in (*_PRAGMAS, f"foreign_keys={'ON' if foreign_keys else 'OFF'}"):
        link.execute(f"PRAGMA {pragma}")
    if link.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        link.execute("PRAGMA journal_mode=WAL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _refuse_orphans(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        tables = ", ".join(sorted({str(row[0]) for row in orphans}))
        raise StoreError(f"the database: after the migration rows in {tables} would name rows that are gone")


def locked(session: Session, table: type[SomeRow], key: object) -> SomeRow:
    """The row, ours until the commit (on SQLite the whole database is)."""
    row = session.get(table, key, with_for_update=True)
    if row is None:
        raise absent(table, key)
    return row


def absent(table: type[Row], key: object) -> StoreError:
    return StoreError(f"there is no {table.__tablename__} {key}", "Look for it with `blossom status`.")
