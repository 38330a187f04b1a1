"""What every room's tests share: throw-away servers, and goldens that `--bless` rewrites."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.servers import Absent, Dovecot, Postgres, SmtpSink, skip_without

IN_CI = os.environ.get("CI") == "true"
settings.register_profile("untimed", deadline=None)  # a loaded machine is slow, and right all the same
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="rewrite the golden files; refused where CI=true")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--bless") and IN_CI:
        raise pytest.UsageError("--bless rewrites what the tests compare with: never in CI")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--bless"))


@pytest.fixture
def golden(bless: bool) -> Callable[[Path, str], None]:
    """Compare a text with its golden file, or write that file where blessing."""

    def compare(path: Path, actual: str) -> None:
        if bless:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8")

        assert path.read_text(encoding="utf-8") == actual

    return compare


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A running Dovecot, one a test process; ask `.account()` for an inbox that no other test uses."""
    try:
        server = Dovecot()
    except Absent as absent:
        skip_without(absent)
    try:
        yield server.start()
    finally:
        server.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running PostgreSQL, one a test process; `.fresh()` gives a database that no other test uses."""
    try:
        server = Postgres()
    except Absent as absent:
        skip_without(absent)
    try:
        yield server.start()
    finally:
        server.close()


@pytest.fixture
def smtp() -> Iterator[SmtpSink]:
    """A running SMTP server that keeps what it is given, one a test."""
    sink = SmtpSink().start()
    try:
        yield sink
    finally:
        sink.stop()
