"""Revisions of the tables, applied by Alembic inside one transaction of ours; no ini file.

Forward only: add first, remove in a later version. A revision is never edited once it has been used.
"""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.sql.schema import SchemaItem

from data.tables import Row

HERE = Path(__file__).parent


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest revision, inside the transaction of the connection given."""
    command.upgrade(config(connection), "head")


def revision(connection: Connection) -> str | None:
    """The revision the tables are of; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The revision this version of the software needs."""
    return ScriptDirectory(str(HERE)).get_current_head()


def differences(connection: Connection) -> list[object]:
    """What differs between the tables as they are and as `data/tables.py` has them; to be empty."""
    options = {"compare_type": True, "include_object": is_ours}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), Row.metadata))


def config(connection: Connection | None) -> Config:
    """What an ini file would hold, with the connection that `env.py` is to use."""
    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(HERE).replace("%", "%%"))
    return made


def is_ours(item: SchemaItem, name: str | None, kind: str, reflected: bool, counterpart: object) -> bool:
    """Leave out the tables we do not know: the engine's (DBOS) lie in the same file.

    So a table of ours that is to go must be dropped by a hand-written line.
    """
    return not (kind == "table" and reflected and counterpart is None)
