"""The one door to the database and to the files beside it.

What the order of writing promises (style guide, 28): a raw mail is a synced file before a row names it;
all that follows from one mail is one transaction; sending is another. Every method is one transaction,
committed and on disk when it returns; one that raises has changed nothing. Any number of threads,
workers and machines may hold a store on the same database. All of them may raise `StoreError`.
"""

import shutil
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Self, TypeVar

from pydantic import ValidationError
from sqlalchemy import func
from sqlmodel import Session, col, select

from data import _rows
from data._database import Database, absent, add_new, locked, put, rebuilding
from data._files import Files
from data._generation import unchanged
from data.errors import StoreError
from data.letters import Letters, came_back, outdate
from data.model import (
    Application,
    Call,
    CallState,
    Document,
    Event,
    InboxState,
    Letter,
    LetterKind,
    LetterState,
    MailKey,
    Outcome,
    RawMail,
    Shelved,
    Unread,
    VerdictState,
)
from data.tables import (
    ApplicationRow,
    CallRow,
    EventRow,
    GenerationRow,
    InboxRow,
    LetterRow,
    MailRow,
    MailState,
    PositionRow,
    ReadingRow,
    Row,
    SightingRow,
)

SomeRow = TypeVar("SomeRow", bound=Row)
Kind = TypeVar("Kind", bound=StrEnum)

TRIES = 3
"""Failures after which a mail waits on the shelf for a person."""

TRACE_LENGTH = 20_000
"""Characters kept of a traceback, from its end."""

_ANSWERS = (LetterKind.REPLY, LetterKind.REMINDER)
_WAITING = (LetterState.HELD, LetterState.QUEUED)
_DONE = (MailState.HANDLED, MailState.FORGOTTEN)
_AT_ONCE = 500
_MIGRATE = "Start the service once: it brings the tables up to date."


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of what, for `blossom status`."""

    mails: Mapping[MailState, int]
    passed: int
    """Copies of mails that are not ours."""
    applications: Mapping[VerdictState, int]
    letters: Mapping[LetterState, int]
    calls: Mapping[CallState, int]


class Store:
    """What is known, kept so that a stop at any line loses nothing."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._folder = folder
        self._mails = Files(folder / "mail", ".eml")
        self._attachments = Files(folder / "files")
        self._database = Database(url)
        self.letters = Letters(self._database)
        self._lock = threading.Lock()
        self._read: dict[str, tuple[int, Application]] = {}
        """Applications read before, with the generation that wrote each: nouns never change."""

    # ------------------------------------------------------------ the store itself

    @classmethod
    def open(cls, url: str, folder: Path) -> Self:
        """Open the database and the folder of files; a new SQLite file is made, its tables are not.

        SQLite's file is in WAL mode from here on, so open the store before the engine opens the file.
        """
        return cls(url, folder)

    def migrate(self) -> None:
        """Bring the tables to this version's; a second worker that starts meanwhile waits its turn."""
        from data import migrations  # Alembic is slow to import

        with rebuilding(self._url) as connection:
            migrations.upgrade(connection)

    def close(self) -> None:
        """Give back the connections. The store can no longer be used."""
        self._database.close()

    def check(self) -> str:
        """Write a byte to the disk and to the database, and say in one line what is there.

        Raises:
            StoreError: what the doctor must name; the tables may be of another version.
        """
        from data import migrations  # as above

        self._mails.probe()
        with self._database.writing() as session:
            connection = session.connection()
            found, wanted = migrations.revision(connection), migrations.newest()
            if found != wanted:
                raise StoreError(f"the tables are of revision {found}, not of {wanted}", _MIGRATE)
            put(session, GenerationRow(number=locked(session, GenerationRow, 1).number))
            mails = session.exec(select(func.count()).select_from(MailRow)).one()
            server = ".".join(str(part) for part in connection.dialect.server_version_info or ())
            name = {"postgresql": "PostgreSQL"}.get(connection.dialect.name, "SQLite")
        free = shutil.disk_usage(self._folder).free / 2**30
        return f"{name} {server}, revision {found}, {mails} mails, {free:.1f} GiB free in {self._folder}"

    def counts(self) -> Counts:
        """Count everything by its state."""
        with self._database.reading() as session:
            passed = select(func.count()).where(col(SightingRow.mail).is_(None))
            return Counts(
                mails=_tally(session, MailState, MailRow.state),
                passed=session.exec(passed).one(),
                applications=_tally(session, VerdictState, ApplicationRow.verdict),
                letters=_tally(session, LetterState, LetterRow.state),
                calls=_tally(session, CallState, CallRow.state),
            )

    # ------------------------------------------------------------ inboxes

    def position(self, account: str, folder: str) -> tuple[int, int] | None:
        """How far a folder has been read: its UIDVALIDITY then, and the last UID looked at."""
        with self._database.reading() as session:
            row = session.get(PositionRow, (account, folder))
            return (row.uidvalidity, row.uid) if row else None

    def advance(self, account: str, folder: str, uidvalidity: int, uid: int) -> None:
        """Note how far a folder has been read; never backwards while its UIDVALIDITY stays."""
        with self._database.writing() as session:
            new = PositionRow(account=account, folder=folder, uidvalidity=uidvalidity, uid=uid)
            if add_new(session, new):
                return
            row = locked(session, PositionRow, (account, folder))
            if row.uidvalidity != uidvalidity or row.uid < uid:
                row.uidvalidity, row.uid = uidvalidity, uid

    def seen(self, account: str, folder: str, uidvalidity: int) -> int:
        """How many mails of a folder were looked at: the nightly count compares it with the server's."""
        with self._database.reading() as session:
            return session.exec(
                select(func.count()).where(
                    col(SightingRow.account) == account,
                    col(SightingRow.folder) == folder,
                    col(SightingRow.uidvalidity) == uidvalidity,
                )
            ).one()

    def sighted(self, account: str, folder: str, uidvalidity: int) -> frozenset[int]:
        """The UIDs of a folder that were looked at."""
        with self._database.reading() as session:
            return frozenset(
                session.exec(
                    select(SightingRow.uid).where(
                        col(SightingRow.account) == account,
                        col(SightingRow.folder) == folder,
                        col(SightingRow.uidvalidity) == uidvalidity,
                    )
                )
            )

    def note_poll(self, account: str, now: datetime, trouble: str | None) -> None:
        """Note that an inbox was polled: its trouble, or that it was read."""
        with self._database.writing() as session:
            add_new(session, InboxRow(account=account))
            row = locked(session, InboxRow, account)
            row.trouble = trouble
            if trouble is None:
                row.read_at = now

    def inboxes(self) -> tuple[InboxState, ...]:
        """How each inbox polled so far is being read, in the order of their names."""
        here = (
            select(SightingRow.account, func.count())
            .join(
                PositionRow,
                (col(PositionRow.account) == col(SightingRow.account))
                & (col(PositionRow.folder) == col(SightingRow.folder))
                & (col(PositionRow.uidvalidity) == col(SightingRow.uidvalidity)),
            )
            .group_by(col(SightingRow.account))
        )
        with self._database.reading() as session:
            seen = dict(session.exec(here).all())
            rows = session.exec(select(InboxRow).order_by(col(InboxRow.account))).all()
            return tuple(
                InboxState(row.account, row.read_at, row.trouble, seen.get(row.account, 0)) for row in rows
            )

    # ------------------------------------------------------------ mails

    def keep_mail(self, raw: RawMail, key: MailKey, *, to_answer: bool, now: datetime) -> bool:
        """Keep one copy of a mail; its position may be advanced once this has returned.

        First the bytes are a synced file, then its rows are committed together. Every copy's bytes are
        kept, also where the mail is known, because two different mails may bear one Message-ID. The
        mail's time is the earliest of its copies', and it is to be answered only if all of them are.
        Kept again, the same copy changes nothing.

        Returns:
            Whether the mail is new; only then it needs to be handled.
        """
        sha256 = self._mails.keep(raw.content)
        mail = MailRow(
            identity=raw.identity,
            sha256=sha256,
            size_bytes=len(raw.content),
            received_at=raw.received_at,
            to_answer=to_answer,
            kept_at=now,
            changed_at=now,
        )
        with self._database.writing() as session:
            new = add_new(session, mail)
            if not new:
                row = locked(session, MailRow, raw.identity)
                row.received_at = min(row.received_at, raw.received_at)
                row.to_answer = row.to_answer and to_answer
            put(session, _sighting(key, raw.received_at, now, mail=raw.identity, sha256=sha256))
            return new

    def keep_passed(self, key: MailKey, received_at: datetime, reason: str, now: datetime) -> None:
        """Note a mail that is not ours: where it lies, when it came, why it was passed; nothing of it.

        A copy that was kept before stays kept.
        """
        with self._database.writing() as session:
            add_new(session, _sighting(key, received_at, now, reason=reason))

    def mail(self, identity: str) -> RawMail:
        """A kept mail with its bytes, whole and unchanged since they were kept.

        Raises:
            StoreError: no such mail; or its file is gone or damaged.
        """
        row = self._mail(identity)
        return RawMail(identity, row.received_at, self._mails.read(row.sha256))

    def mail_state(self, identity: str) -> MailState:
        """What has become of a mail.

        Raises:
            StoreError: no such mail.
        """
        return self._mail(identity).state

    def to_answer(self, identity: str) -> bool:
        """Whether a mail may be answered at all: none of its copies came before the go-live.

        Raises:
            StoreError: no such mail.
        """
        return self._mail(identity).to_answer

    def copies(self, identity: str) -> tuple[MailKey, ...]:
        """Where the copies of a mail lie, the earliest first."""
        with self._database.reading() as session:
            rows = session.exec(select(SightingRow).where(col(SightingRow.mail) == identity)).all()
            keyed = sorted((r.received_at, MailKey(r.account, r.folder, r.uidvalidity, r.uid)) for r in rows)
            return tuple(key for _, key in keyed)

    def unhandled(self) -> tuple[str, ...]:
        """Mails that were kept and neither handled nor shelved, in order of reception."""
        with self._database.reading() as session:
            return tuple(
                session.exec(
                    select(MailRow.identity)
                    .where(col(MailRow.state) == MailState.KEPT)
                    .order_by(col(MailRow.received_at), col(MailRow.identity))
                )
            )

    def fail(self, identity: str, trace: str, now: datetime) -> int:
        """Count a failure to handle a mail; the third puts it on the shelf.

        Returns:
            How often it has failed. A mail handled or shelved meanwhile is left as it is.
        """
        with self._database.writing() as session:
            row = locked(session, MailRow, identity)
            if row.state is MailState.KEPT:
                row.attempts += 1
                row.trace = trace[-TRACE_LENGTH:]
                if row.attempts >= TRIES:
                    row.state, row.changed_at = MailState.SHELVED, now
            return row.attempts

    def shelf(self) -> tuple[Shelved, ...]:
        """Mails that wait for a person, in order of reception."""
        with self._database.reading() as session:
            rows = session.exec(
                select(MailRow)
                .where(col(MailRow.state) == MailState.SHELVED)
                .order_by(col(MailRow.received_at), col(MailRow.identity))
            )
            return tuple(_rows.to_shelved(row) for row in rows)

    def retry(self, identity: str, now: datetime) -> bool:
        """Take a mail from the shelf, with all its tries before it; False if it was not there.

        Raises:
            StoreError: no such mail.
        """
        with self._database.writing() as session:
            row = locked(session, MailRow, identity)
            if row.state is not MailState.SHELVED:
                return False
            row.state, row.attempts, row.changed_at = MailState.KEPT, 0, now
            return True

    # ------------------------------------------------------------ files and their readings

    def keep_attachment(self, content: bytes) -> str:
        """Write and sync a file that came with a mail; give back the SHA-256 it is found by."""
        return self._attachments.keep(content)

    def attachment(self, sha256: str) -> bytes:
        """The bytes of a file kept before, unchanged.

        Raises:
            StoreError: the file is gone or damaged.
        """
        return self._attachments.read(sha256)

    def reading(self, sha256: str, version: str) -> Document | Unread | None:
        """What these readers made of a file before, or None: read it then.

        What an older version kept and this one no longer understands is None, too: a reading is a
        cache, and may never be the reason why a mail cannot be handled.
        """
        with self._database.reading() as session:
            row = session.get(ReadingRow, (sha256, version))
        try:
            return _rows.to_reading(row.body) if row else None
        except (ValidationError, zlib.error):
            return None

    def keep_reading(self, sha256: str, version: str, reading: Document | Unread, now: datetime) -> None:
        """Keep what the readers of this version made of a file, in place of an earlier reading."""
        row = ReadingRow(sha256=sha256, version=version, read_at=now, body=_rows.from_reading(reading))
        with self._database.writing() as session:
            put(session, row)

    # ------------------------------------------------------------ applications

    def generation(self) -> int:
        """How often the applications have changed. Ask before `applications`, never after."""
        with self._database.reading() as session:
            return session.exec(select(GenerationRow.number)).one()

    def applications(self) -> tuple[Application, ...]:
        """All applications, by their first mail's time and their reference; only changes are read anew."""
        with self._lock, self._database.reading() as session:
            listed = session.exec(
                select(ApplicationRow.reference, ApplicationRow.generation).order_by(
                    col(ApplicationRow.first_received_at), col(ApplicationRow.reference)
                )
            ).all()
            stale = iter([ref for ref, wrote in listed if self._read.get(ref, (None,))[0] != wrote])
            while some := list(islice(stale, _AT_ONCE)):
                for row in session.exec(
                    select(ApplicationRow).where(col(ApplicationRow.reference).in_(some))
                ):
                    self._read[row.reference] = (row.generation, _rows.to_application(row))
            self._read = {reference: self._read[reference] for reference, _ in listed}
            return tuple(application for _, application in self._read.values())

    def application(self, reference: str) -> Application | None:
        """One application, or None."""
        with self._database.reading() as session:
            row = session.get(ApplicationRow, reference)
            return _rows.to_application(row) if row else None

    def keep_outcome(
        self,
        outcome: Outcome,
        mimes: Mapping[str, bytes],
        *,
        generation: int,
        events: Sequence[Event],
        held: bool,
        now: datetime,
    ) -> bool:
        """Keep all that follows from one mail, in one transaction.

        The application is inserted or replaced, and the generation counts on. If that changed what was
        judged, replies to it that have not left are superseded, even where no new one is written: what
        they say is no longer true. The new letters are inserted, held or queued; one whose id is there
        already stays as it is. Letters that came back are failed, and addresses that do not exist get no
        more. The events are noted, and the mail is handled.

        Args:
            mimes: the bytes of each letter, by its id.
            generation: as it was before the applications were read that this outcome was judged by.

        Returns:
            False, and nothing is changed, if the mail was handled before.

        Raises:
            Overtaken: the applications have changed since: judge the mail again.
            StoreError: no such mail.
        """
        with self._database.writing() as session:
            mail = locked(session, MailRow, outcome.mail)
            if mail.state in _DONE:
                return False
            number = unchanged(session, generation)
            application = outcome.application
            if application is not None:
                number.number += 1
                put(session, _rows.from_application(application, number.number))
                if outcome.changes:
                    outdate(session, application.reference, list(mimes), now)
                mail.application = application.reference
            for letter in outcome.letters:
                waits = held or outcome.held is not None
                add_new(session, _rows.from_letter(letter, mimes[letter.id], held=waits, now=now))
            for returned in outcome.undelivered:
                came_back(session, returned, now)
            for event in events:
                add_new(session, _rows.from_event(event, now))
            ours = outcome.application is not None or bool(events)
            mail.state, mail.changed_at = MailState.HANDLED if ours else MailState.FORGOTTEN, now
            return True

    def withdraw(
        self,
        application: Application,
        letter: Letter | None,
        mime: bytes,
        *,
        generation: int,
        event: Event,
        held: bool,
        now: datetime,
    ) -> None:
        """Keep that an application is withdrawn, with its confirmation; answers to it that wait never leave.

        Raises:
            Overtaken: the applications have changed since they were read: look again.
        """
        with self._database.writing() as session:
            _replace(session, application, generation)
            outdate(session, application.reference, (), now)
            if letter:
                add_new(session, _rows.from_letter(letter, mime, held=held, now=now))
            add_new(session, _rows.from_event(event, now))

    def rule(self, application: Application, *, generation: int, event: Event, now: datetime) -> None:
        """Keep an application with what the officer says of it; letters that wait stay as they are.

        Raises:
            Overtaken: the applications have changed since they were read: look again.
        """
        with self._database.writing() as session:
            _replace(session, application, generation)
            add_new(session, _rows.from_event(event, now))

    def forget(self) -> int:
        """Delete the bytes of mails that turned out not to be ours, and say of how many.

        They lie unchanged in the inbox. After a stop in between, the next call deletes what is left.
        """
        with self._database.reading() as session:
            hashes = session.exec(
                select(SightingRow.sha256)
                .join(MailRow, col(MailRow.identity) == col(SightingRow.mail))
                .where(col(MailRow.state) == MailState.FORGOTTEN)
            )
            return sum(self._mails.remove(sha256) for sha256 in set(hashes) if sha256)

    # ------------------------------------------------------------ calls and events

    def keep_calls(self, calls: Sequence[Call]) -> None:
        """Insert or replace calls by their uid.

        A call is replaced only by one with a higher sequence: what a person said of it meanwhile stands.
        """
        with self._database.writing() as session:
            for call in calls:
                row = _rows.from_call(call)
                if not add_new(session, row) and locked(session, CallRow, call.uid).sequence < call.sequence:
                    put(session, row)

    def change_call(self, uid: str, change: Callable[[Call], Call]) -> Call:
        """Keep what a person says of a call, read and written in one transaction.

        Raises:
            StoreError: no such call.
        """
        with self._database.writing() as session:
            call = change(_rows.to_call(locked(session, CallRow, uid)))
            put(session, _rows.from_call(call))
            return call

    def calls(self) -> tuple[Call, ...]:
        """All calls, in the order they are to be made."""
        with self._database.reading() as session:
            rows = session.exec(select(CallRow).order_by(col(CallRow.starts_at), col(CallRow.uid)))
            return tuple(_rows.to_call(row) for row in rows)

    def note_event(self, event: Event, now: datetime) -> None:
        """Note something for the next digest; noted before, it is noted once."""
        with self._database.writing() as session:
            add_new(session, _rows.from_event(event, now))

    def events(self, since: datetime, until: datetime) -> tuple[Event, ...]:
        """Events noted from `since` to before `until`, in the order they happened.

        What counts is when an event was noted: a mail that came during an outage is in the digest after
        it. Ask with an `until` a minute ago, so that no transaction of that time is still under way.
        """
        with self._database.reading() as session:
            rows = session.exec(
                select(EventRow)
                .where(col(EventRow.noted_at) >= since, col(EventRow.noted_at) < until)
                .order_by(col(EventRow.at), col(EventRow.id))
            )
            return tuple(_rows.to_event(row) for row in rows)

    # ------------------------------------------------------------ what several of them need

    def _mail(self, identity: str) -> MailRow:
        with self._database.reading() as session:
            row = session.get(MailRow, identity)
        if row is None:
            raise absent(MailRow, identity)
        return row


def _tally(session: Session, kind: type[Kind], column: Kind) -> dict[Kind, int]:
    """How many rows have each value of a column."""
    rows = session.exec(select(column, func.count()).group_by(col(column)))
    return {kind(value): count for value, count in rows}


def _sighting(
    key: MailKey,
    received_at: datetime,
    now: datetime,
    *,
    mail: str | None = None,
    sha256: str | None = None,
    reason: str | None = None,
) -> SightingRow:
    return SightingRow(
        account=key.account,
        folder=key.folder,
        uidvalidity=key.uidvalidity,
        uid=key.uid,
        received_at=received_at,
        seen_at=now,
        mail=mail,
        sha256=sha256,
        reason=reason,
    )


def _replace(session: Session, application: Application, generation: int) -> None:
    """Put an application in place of what it was when the generation was read."""
    number = unchanged(session, generation)
    number.number += 1
    put(session, _rows.from_application(application, number.number))
