"""SQLite's locks: another process must always see that we hold the file, else it deletes the WAL under us."""

import subprocess
import sys
from pathlib import Path

from data._database import Database
from data.store import Store

TRY_TO_LOCK = """
import fcntl, sys
SHARED_FIRST, SHARED_SIZE = 0x40000000 + 2, 510  # sqlite3's os.h
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, SHARED_SIZE, SHARED_FIRST)
    except OSError:
        sys.exit(0)
sys.exit(1)
"""


def is_held(database: Path) -> bool:
    """Whether a process other than the asking one holds SQLite's shared lock."""
    return subprocess.run([sys.executable, "-c", TRY_TO_LOCK, str(database)], check=False).returncode == 0


def test_opening_twice_keeps_the_locks(tmp_path: Path) -> None:
    """A second opening of the file in this process, as the engine's lease does, lets go of nothing."""
    path = tmp_path / "blossom.db"
    store = Store.open(f"sqlite:///{path}", tmp_path)
    store.migrate()
    store.counts()
    held_before = is_held(path)
    second = Database(f"sqlite:///{path}")
    held_after = is_held(path)
    second.close()
    store.close()

    assert (held_before, held_after) == (True, True)
    assert not is_held(path)
