"""A worker that is killed in the middle of a write leaves all of it or nothing of it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data.store import Store
from tests.data.nouns import NOW, a_key, a_raw_mail, an_application, an_outcome, keep, keep_outcome

WORKER = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Connection
from data import store
from tests.data.nouns import an_application, an_identity, an_outcome, keep, keep_outcome

def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

url, folder, door, work = sys.argv[1:]
worker = store.Store.open(url, Path(folder))
if door == "commit":
    Connection._commit_impl = killed
else:
    setattr(store, door, killed)
if work == "keep":
    keep(worker)
else:
    keep_outcome(worker, an_outcome(an_identity(), an_application()))
"""


def kill(url: str, folder: Path, door: str, work: str) -> None:
    """Let another process do some work, and be killed when it comes to a door."""
    words = [sys.executable, "-c", WORKER, url, str(folder), door, work]
    root = Path(__file__).parents[2]
    done = subprocess.run(words, check=False, cwd=root, timeout=60)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("door", ["put", "commit"])
def test_keeping(store: Store, ready_url: str, tmp_path: Path, door: str) -> None:
    """Killed before the commit, there is a file and no row; the next poll keeps the mail."""
    kill(ready_url, tmp_path, door, "keep")

    assert len(list((tmp_path / "mail").rglob("*.eml"))) == 1
    assert store.unhandled() == ()
    assert store.seen("info", "INBOX", 1) == 0
    assert store.keep_mail(a_raw_mail(), a_key(), to_answer=True, now=NOW)
    assert len(list((tmp_path / "mail").rglob("*.eml"))) == 1


@pytest.mark.parametrize("door", ["commit"])
def test_handling(store: Store, ready_url: str, tmp_path: Path, door: str) -> None:
    """Killed before the commit, the mail is still to be handled, and can be."""
    identity = keep(store)

    kill(ready_url, tmp_path, door, "handle")

    assert store.unhandled() == (identity,)
    assert store.applications() == ()
    assert keep_outcome(store, an_outcome(identity, an_application()))
