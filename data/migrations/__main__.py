"""Draft the next revision: ``python -m data.migrations "what changes"``. Read it before using it."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from data._database import rebuilding
from data.migrations import config, newest, upgrade


def draft(message: str) -> None:
    """Write the difference between the newest revision and `data/tables.py` as the next one."""
    number = f"{int(newest() or '0') + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'draft.db'}"
        with rebuilding(url) as connection:
            if newest():
                upgrade(connection)
        with rebuilding(url) as connection:
            command.revision(
                config(connection),
                message,
                autogenerate=True,
                rev_id=number,
            )


if __name__ == "__main__":
    draft(" ".join(sys.argv[1:]) or "describe what changes")
