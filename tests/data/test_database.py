"""How the database is opened, and what its errors say."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from data._database import Database, add_new
from data.errors import Overtaken, StoreError
from data.store import Store
from data.tables import BlockRow
from tests.data.nouns import MINUTE, NOW, a_letter, keep


def pragma(url: str, name: str) -> object:
    database = Database(url)
    with database.reading() as session:
        value = session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one()
    database.close()
    return value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 30_000),
        ("trusted_schema", 0),
    ],
)
def test_sqlite_settings(tmp_path: Path, name: str, value: object) -> None:
    """Every connection to SQLite has the settings that were measured."""
    assert pragma(f"sqlite:///{tmp_path / 'blossom.db'}", name) == value


def test_sqlite_file_is_ours_alone(tmp_path: Path) -> None:
    """The file and its folder are made, readable by nobody else."""
    path = tmp_path / "var" / "blossom.db"
    Database(f"sqlite:///{path}").close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://localhost/x",
        "nonsense",
        "sqlite+none:///x.db",
        "oracle:///x",
    ],
)
def test_url_not_understood(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A URL that cannot be used is named as such, with two that can."""
    monkeypatch.chdir(tmp_path)  # where a file of a relative URL would be made
    with pytest.raises(StoreError, match=r"database\.url") as told:
        Database(url)

    assert "postgresql+psycopg://" in told.value.advice


def test_no_server(tmp_path: Path) -> None:
    """A server that does not answer is told without the password."""
    with pytest.raises(StoreError) as told:
        Database(f"postgresql+psycopg://someone:secret@/blossom?host={tmp_path}")

    assert "secret" not in str(told.value)
    assert "running and reachable" in told.value.advice


def test_no_such_database(request: pytest.FixtureRequest) -> None:
    """A database that the server does not have is told, with where to look."""
    url = request.getfixturevalue("postgres").fresh().replace("/blossom_", "/nowhere_")

    with pytest.raises(StoreError, match="nowhere") as told:
        Database(url)

    assert told.value.advice


def test_not_a_database(tmp_path: Path) -> None:
    """A file that is something else is told, and left as it is."""
    path = tmp_path / "blossom.db"
    path.write_bytes(b"a letter to my grandmother" * 100)

    with pytest.raises(StoreError, match="not a database") as told:
        Database(f"sqlite:///{path}")

    assert "backup" in told.value.advice
    assert path.read_bytes().startswith(b"a letter")


def test_no_tables(database_url: str, tmp_path: Path) -> None:
    """A store without tables says what makes them."""
    store = Store.open(database_url, tmp_path)

    with pytest.raises(StoreError) as told:
        store.generation()

    assert "tables" in told.value.advice
    store.close()


def test_folder_is_a_file(tmp_path: Path) -> None:
    """A path that cannot be made is told with its name."""
    (tmp_path / "var").write_text("")

    with pytest.raises(StoreError, match="var"):
        Database(f"sqlite:///{tmp_path / 'var' / 'blossom.db'}")


def test_foreign_keys(store: Store) -> None:
    """A letter to an application that does not exist is refused."""
    with pytest.raises(StoreError, match=r"(?i)foreign key"):
        store.letters.keep(a_letter(application="BL26-00000"), b"", held=False, now=NOW)

    assert store.letters.facts() == ()


def test_no_personal_words_in_errors(store: Store) -> None:
    """What a statement held is not in the error, which may be logged."""
    with pytest.raises(StoreError) as told:
        store.letters.keep(a_letter(application="BL26-00000"), b"", held=False, now=NOW)

    assert "laremise" not in f"{told.value} {told.value.__cause__}"


def test_all_or_nothing(ready_url: str) -> None:
    """An exception inside a transaction undoes all of it."""
    database = Database(ready_url)

    def half_done() -> None:
        with database.writing() as session:
            add_new(session, BlockRow(address="a@example.org", reason="", blocked_at=NOW))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()

    with database.reading() as session:
        assert session.exec(select(BlockRow)).all() == []
    database.close()


def test_moments_come_back_in_utc(ready_url: str) -> None:
    """A moment written on another clock comes back aware, in UTC, to the microsecond."""
    database = Database(ready_url)
    moment = NOW.replace(microsecond=123_456)
    with database.writing() as session:
        add_new(session, BlockRow(address="a", reason="", blocked_at=moment))

    with database.reading() as session:
        kept = session.exec(select(BlockRow.blocked_at)).one()
        asked = session.exec(select(BlockRow).where(col(BlockRow.blocked_at) < moment + MINUTE)).all()

    assert kept == moment
    assert kept.utcoffset() == NOW.utcoffset()
    assert len(asked) == 1
    database.close()


def test_naive_moment(store: Store) -> None:
    """A moment without its zone is refused before anything is written."""
    with pytest.raises(Exception, match="without its zone"):
        store.letters.block("a@example.org", "", NOW.replace(tzinfo=None))

    assert store.letters.blocked("a@example.org") is None


def test_characters_that_databases_refuse(store: Store) -> None:
    """NUL and lone surrogates in a text from outside lose themselves, not the rest."""
    store.letters.block("a@example.org", "vu\0 \udce9 là", NOW)

    assert store.letters.blocked("a@example.org") == "vu ? là"


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_full_disk(store: Store, ready_url: str) -> None:
    """A database that cannot grow says so; what was there before stays."""
    first = keep(store)
    database = Database(ready_url)

    def fill() -> None:
        with database.writing() as session:
            session.connection().exec_driver_sql("PRAGMA max_page_count=1")
            for uid in range(1000):
                add_new(session, BlockRow(address=f"{uid}@example.org", reason="x" * 1000, blocked_at=NOW))

    with pytest.raises(StoreError, match="full") as told:
        fill()
    database.close()

    assert "Free disk space" in told.value.advice
    assert store.letters.blocked("0@example.org") is None
    assert store.unhandled() == (first,)


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
def test_deadlock_is_overtaken(ready_url: str) -> None:
    """Where PostgreSQL ends one of two transactions for the other's sake, it is to be done again."""
    database = Database(ready_url)
    with pytest.raises(Overtaken), database.writing() as session:
        session.execute(text("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$"))
    database.close()


def test_server_restarts(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """A store outlives a restart of its server."""
    server = request.getfixturevalue("postgres")
    store = Store.open(server.fresh(), tmp_path)
    store.migrate()
    identity = keep(store)

    server.stop()
    with pytest.raises(StoreError) as told:
        store.unhandled()
    server.start()

    assert "running and reachable" in told.value.advice
    assert store.unhandled() == (identity,)
    store.close()
