"""The rows: how the database holds the nouns. Not nouns themselves: nothing is checked when one is built.

`data/store.py` alone reads and writes them. A change here needs a revision in `data/migrations/`, which
`python -m data.migrations "what changes"` drafts. No name here may be one of the engine's (DBOS), whose
tables lie in the same file: those have plural names, ours singular ones.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Index, LargeBinary, MetaData, String, Text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from data.model import CallState, EventKind, LetterKind, LetterState, VerdictState


class MailState(StrEnum):
    """What has become of a mail that we keep."""

    KEPT = "kept"
    """On disk, not yet thought about."""
    HANDLED = "handled"
    FORGOTTEN = "forgotten"
    """Handled, and not ours: key, time and reason stay; its bytes do not."""
    SHELVED = "shelved"
    """Failed three times: waits for a person."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both sides. SQLite alone would give it back without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC. A moment without its zone is a mistake of ours and is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without its zone cannot be kept")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From UTC (SQLite gives it back naive), or from the zone of the session (PostgreSQL)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """A text from outside, as any database takes it.

    PostgreSQL refuses NUL and both refuse lone surrogates, which mails do hold: a mail must not be lost
    for a character nobody can see.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Without NUL; a question mark for each lone surrogate."""
        return None if value is None else value.replace("\0", "").encode("utf-8", "replace").decode()


def _one_of(kind: type[StrEnum]) -> Enum:
    """Members by value, as plain strings: autogenerate misses a new member of PostgreSQL's own enums."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda kind: [one.value for one in kind])


HASH = String(64)
"""A SHA-256 in hexadecimal, or a letter's id."""


class Row(SQLModel):
    """What all rows share: names for every constraint, without which SQLite could not drop one later."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class GenerationRow(Row, table=True):
    """One row: how often the applications have changed. Whoever changes them holds its lock."""

    __tablename__ = "generation"

    id: int = Field(default=1, primary_key=True)
    number: int


class PositionRow(Row, table=True):
    """How far a folder has been read."""

    __tablename__ = "position"

    account: str = Field(primary_key=True, sa_type=Words)
    folder: str = Field(primary_key=True, sa_type=Words)
    uidvalidity: int = Field(sa_type=BigInteger)
    uid: int = Field(sa_type=BigInteger)
    """The last one looked at."""


class InboxRow(Row, table=True):
    """How the last poll of an inbox went."""

    __tablename__ = "inbox"

    account: str = Field(primary_key=True, sa_type=Words)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    trouble: str | None = Field(default=None, sa_type=Words)


class ApplicationRow(Row, table=True):
    """An application, whole in `body`; the columns are what is asked by."""

    __tablename__ = "application"

    reference: str = Field(primary_key=True, sa_type=String(32))
    edition: str = Field(sa_type=String(64), index=True)
    first_received_at: datetime = Field(sa_type=UtcDateTime)
    received_at: datetime = Field(sa_type=UtcDateTime)
    verdict: VerdictState = Field(sa_type=_one_of(VerdictState))
    generation: int
    """The one that wrote it: what another process has read before is known by it."""
    body: str = Field(sa_type=Text)


class MailRow(Row, table=True):
    """A mail we keep. Its bytes are the file named by `sha256`."""

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_state_received_at", "state", "received_at"),)

    identity: str = Field(primary_key=True, sa_type=HASH)
    sha256: str = Field(sa_type=HASH)
    """Of the copy that came first."""
    size_bytes: int
    received_at: datetime = Field(sa_type=UtcDateTime)
    """The earliest of all copies."""
    to_answer: bool
    state: MailState = Field(default=MailState.KEPT, sa_type=_one_of(MailState))
    kept_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    """When the state became what it is."""
    application: str | None = Field(
        default=None, sa_type=String(32), foreign_key="application.reference", index=True
    )
    attempts: int = 0
    """Failed ones."""
    trace: str = Field(default="", sa_type=Words)
    """Of the last failure."""


class SightingRow(Row, table=True):
    """One copy of a mail in one folder, ours or not. Of a mail that is not ours there is nothing more."""

    __tablename__ = "sighting"

    account: str = Field(primary_key=True, sa_type=Words)
    folder: str = Field(primary_key=True, sa_type=Words)
    uidvalidity: int = Field(primary_key=True, sa_type=BigInteger)
    uid: int = Field(primary_key=True, sa_type=BigInteger)
    received_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    mail: str | None = Field(default=None, sa_type=HASH, foreign_key="mail.identity", index=True)
    sha256: str | None = Field(default=None, sa_type=HASH)
    """Of this copy's own bytes: every copy is a file, since a Message-ID may name two different mails."""
    reason: str | None = Field(default=None, sa_type=Words)
    """Why it was passed over."""


class ReadingRow(Row, table=True):
    """What a reader made of a file; made again for the next version of the readers."""

    __tablename__ = "reading"

    sha256: str = Field(primary_key=True, sa_type=HASH)
    version: str = Field(primary_key=True, sa_type=String(64))
    read_at: datetime = Field(sa_type=UtcDateTime)
    body: bytes = Field(sa_type=LargeBinary)


class LetterRow(Row, table=True):
    """A letter and where it stands. The bytes that leave are kept, so that each try sends the same."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_state_next_at", "state", "next_at"),)

    id: str = Field(primary_key=True, sa_type=HASH)
    kind: LetterKind = Field(sa_type=_one_of(LetterKind))
    cause: str = Field(sa_type=Words)
    application: str | None = Field(
        default=None, sa_type=String(32), foreign_key="application.reference", index=True
    )
    recipient: str = Field(sa_type=Words, index=True)
    """Address, lower case."""
    subject: str = Field(sa_type=Words)
    state: LetterState = Field(sa_type=_one_of(LetterState))
    outdated: bool = False
    """The application has changed since: never queued again."""
    composed_at: datetime = Field(sa_type=UtcDateTime)
    next_at: datetime = Field(sa_type=UtcDateTime)
    """It leaves no earlier."""
    changed_at: datetime = Field(sa_type=UtcDateTime)
    taken_by: str = Field(default="", sa_type=Words)
    handed_over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since then the server may own it, whatever it said or did not say."""
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    last_reply: str = Field(default="", sa_type=Words)
    """What the server said."""
    body: str = Field(sa_type=Text)
    mime: bytes = Field(sa_type=LargeBinary)


class BlockRow(Row, table=True):
    """An address that gets no letter."""

    __tablename__ = "block"

    address: str = Field(primary_key=True, sa_type=Words)
    reason: str = Field(sa_type=Words)
    blocked_at: datetime = Field(sa_type=UtcDateTime)


class CallRow(Row, table=True):
    """A phone call to make."""

    __tablename__ = "call"

    uid: str = Field(primary_key=True, sa_type=Words)
    application: str = Field(sa_type=String(32), foreign_key="application.reference", index=True)
    state: CallState = Field(sa_type=_one_of(CallState))
    starts_at: datetime = Field(sa_type=UtcDateTime)
    sequence: int
    body: str = Field(sa_type=Text)


class EventRow(Row, table=True):
    """Something for a digest. Its id comes from its content: noted twice, it is one."""

    __tablename__ = "event"

    id: str = Field(primary_key=True, sa_type=HASH)
    noted_at: datetime = Field(sa_type=UtcDateTime, index=True)
    """When we wrote it down, which may be days after it happened: a digest asks by this."""
    at: datetime = Field(sa_type=UtcDateTime)
    kind: EventKind = Field(sa_type=_one_of(EventKind))
    application: str | None = Field(
        default=None, sa_type=String(32), foreign_key="application.reference", index=True
    )
    detail: str = Field(sa_type=Words)
