"""PostgreSQL: a cluster for one run of the tests."""

import itertools
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Self

import psycopg

from tests.servers._own import Absent, as_ordinary_user, end, give, until


class Postgres:
    """A cluster of its own, reachable by a Unix socket in its folder; nothing is synced to disk."""

    def __init__(self) -> None:
        self._binaries = _postgres_binaries()
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._folder.chmod(0o755)
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        give(self._folder)
        locale = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
        self._run("initdb", *locale, "-D", str(self._folder / "cluster"))

    def _run(self, binary: str, *words: str) -> None:
        command = as_ordinary_user(str(self._binaries / binary), *words)
        done = subprocess.run(command, capture_output=True, check=False, cwd=self._folder)
        if done.returncode:
            raise RuntimeError(f"{binary}: {done.stderr.decode(errors='replace')}")

    def start(self) -> Self:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._folder),
            "max_connections": "100",
            "shared_buffers": "16MB",
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
        }
        words = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        postgres = str(self._binaries / "postgres")
        command = as_ordinary_user(postgres, "-D", str(self._folder / "cluster"), *words)
        log = self._folder / "log"
        with log.open("wb") as said:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=self._folder
            )
        until(self._answers, self._process, log)
        return self

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(host=str(self._folder), user="postgres", dbname="postgres")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop at once (SIGINT is PostgreSQL's fast shutdown), cutting the sessions that are open."""
        end(self._process, how)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def url(self) -> str:
        """Of the database that every cluster has."""
        return self._url("postgres")

    def fresh(self) -> str:
        """Make an empty database and return its URL."""
        name = f"blossom_{next(self._numbers)}"
        with self._connect() as link:
            link.autocommit = True
            link.execute(f"create database {name}".encode())
        return self._url(name)

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self._folder}"


def _postgres_binaries() -> Path:
    """Debian keeps the servers out of PATH, by version: the newest."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    found = newest or shutil.which("initdb")
    if found is None:
        raise Absent("PostgreSQL is not installed (Debian: postgresql)")
    return Path(found).parent
