"""Run by Alembic, never imported: applies the revisions over the connection it is handed."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Enum

from data.migrations import is_ours
from data.tables import Row, UtcDateTime, Words


def as_plain_type(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """Write our types as SQLAlchemy's own: a revision must not change when the code does."""
    match item:
        case UtcDateTime():
            return "sa.DateTime(timezone=True)"
        case Words():
            return "sa.Text()"
        case Enum():
            return f"sa.String(length={item.length})"
        case _:
            return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    include_object=is_ours,
    render_item=as_plain_type,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
