"""Stores on both databases: every test that asks for `store` runs on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from data.store import Store
from data.tables import Row


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'blossom.db'}"
    return str(request.getfixturevalue("postgres").fresh())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables, to be copied: migrating takes a third of a second."""
    folder = tmp_path_factory.mktemp("template")
    _migrated(f"sqlite:///{folder / 'blossom.db'}", folder)
    return folder / "blossom.db"


@pytest.fixture(scope="session")
def postgres_tables(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PostgreSQL database with the tables, emptied before each test."""
    url = str(request.getfixturevalue("postgres").fresh())
    _migrated(url, tmp_path_factory.mktemp("migrated"))
    return url


@pytest.fixture
def ready_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with the tables and nothing in them."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "blossom.db")
        return f"sqlite:///{tmp_path / 'blossom.db'}"
    url = str(request.getfixturevalue("postgres_tables"))
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {', '.join(Row.metadata.tables)}")
        connection.exec_driver_sql("INSERT INTO generation (id, number) VALUES (1, 0)")
    engine.dispose()
    return url


@pytest.fixture
def store(ready_url: str, tmp_path: Path) -> Iterator[Store]:
    """A store with nothing in it."""
    made = Store.open(ready_url, tmp_path)
    yield made
    made.close()


def _migrated(url: str, folder: Path) -> None:
    store = Store.open(url, folder)
    store.migrate()
    store.close()
