"""The one door to the database and to the files beside it.

What the order of writing promises (style guide, 28): a raw mail is a synced file before a row names it;
all that follows from one mail is one transaction; sending is another. Every method is one transaction,
committed and on disk when it returns; one that raises has changed nothing. Any number of threads,
workers and machines may hold a store on the same database. All of them may raise `StoreError`.
"""

import shutil
import threading
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Self, TypeVar

from pydantic import ValidationError
from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select, update

from data import _rows
from data._database import Database, add_new, put, rebuilding
from data._files import Files
from data.errors import Overtaken, StoreError
from data.model import (
    Application,
    Call,
    CallState,
    Document,
    Event,
    InboxState,
    Letter,
    LetterFact,
    LetterKind,
    LetterState,
    MailKey,
    Outcome,
    RawMail,
    Shelved,
    Undelivered,
    Unread,
    VerdictState,
)
from data.tables import (
    ApplicationRow,
    BlockRow,
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
class StoredLetter:
    """A letter, the bytes that leave, and where it stands."""

    letter: Letter
    mime: bytes
    state: LetterState
    attempts: int
    """How often it was taken to be sent."""
    next_at: datetime
    taken_by: str
    handed_over_at: datetime | None
    sent_at: datetime | None
    last_reply: str


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
            put(session, GenerationRow(number=_locked(session, GenerationRow, 1).number))
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
            row = _locked(session, PositionRow, (account, folder))
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
            row = _locked(session, InboxRow, account)
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
                row = _locked(session, MailRow, raw.identity)
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
            row = _locked(session, MailRow, identity)
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
            row = _locked(session, MailRow, identity)
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
            mail = _locked(session, MailRow, outcome.mail)
            if mail.state in _DONE:
                return False
            number = _locked(session, GenerationRow, 1)
            _unchanged(number, generation)
            application = outcome.application
            if application is not None:
                number.number += 1
                put(session, _rows.from_application(application, number.number))
                if outcome.changes:
                    _outdate(session, application.reference, list(mimes), now)
                mail.application = application.reference
            for letter in outcome.letters:
                waits = held or outcome.held is not None
                add_new(session, _rows.from_letter(letter, mimes[letter.id], held=waits, now=now))
            for returned in outcome.undelivered:
                _came_back(session, returned, now)
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
            _outdate(session, application.reference, (), now)
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

    # ------------------------------------------------------------ letters

    def keep_letter(
        self, letter: Letter, mime: bytes, *, held: bool, now: datetime, generation: int | None = None
    ) -> bool:
        """Keep a letter that follows from no mail: a digest, the closing statement, a reminder.

        Args:
            generation: as it was before the applications were read that the letter speaks of.

        Returns:
            False, and nothing is changed, if a letter with its id is there.

        Raises:
            Overtaken: the applications have changed since: what the letter says may no longer be true.
        """
        with self._database.writing() as session:
            if generation is not None:
                _unchanged(_locked(session, GenerationRow, 1), generation)
            return add_new(session, _rows.from_letter(letter, mime, held=held, now=now))

    def letter(self, id: str) -> StoredLetter:
        """A letter, whatever its state.

        Raises:
            StoreError: no such letter.
        """
        with self._database.reading() as session:
            row = session.get(LetterRow, id)
        if row is None:
            raise _absent(LetterRow, id)
        return StoredLetter(
            letter=_rows.to_letter(row),
            mime=row.mime,
            state=row.state,
            attempts=row.attempts,
            next_at=row.next_at,
            taken_by=row.taken_by,
            handed_over_at=row.handed_over_at,
            sent_at=row.sent_at,
            last_reply=row.last_reply,
        )

    def due(self, now: datetime) -> tuple[str, ...]:
        """Ids of queued letters whose quiet period, or wait for the next try, is over; longest first.

        One that was queued more than an hour from now was so by a clock that has been put right since.
        """
        over = (col(LetterRow.next_at) <= now) | (col(LetterRow.changed_at) > now + timedelta(hours=1))
        return self._letter_ids(col(LetterRow.state) == LetterState.QUEUED, over)

    def take(self, id: str, now: datetime, *, by: str = "") -> bool:
        """Take a queued letter to send it: `sending` is committed before a byte leaves.

        Args:
            by: who sends it; after a crash the same worker finds its own by this.

        Returns:
            False if it is not queued: another worker took it, or it was superseded.

        Raises:
            StoreError: no such letter.
        """
        with self._database.writing() as session:
            row = _locked(session, LetterRow, id)
            if row.state is not LetterState.QUEUED:
                return False
            row.state, row.taken_by, row.changed_at = LetterState.SENDING, by, now
            row.attempts, row.handed_over_at = row.attempts + 1, None
            return True

    def hand_over(self, id: str, now: datetime) -> None:
        """Commit that the server may own a letter from here on; called right before SMTP's final dot.

        This is the last moment at which a letter that is no longer true can be stopped.

        Raises:
            Overtaken: its application has changed since it was taken; it is superseded, and must not leave.
            StoreError: no such letter, or it is not being sent.
        """
        with self._database.writing() as session:
            row = _locked(session, LetterRow, id)
            if row.state is not LetterState.SENDING:
                raise StoreError(f"letter {id} is not being sent, but {row.state}")
            stopped = row.outdated
            row.changed_at = now
            if stopped:
                row.state = LetterState.SUPERSEDED
            else:
                row.handed_over_at = now
        if stopped:
            raise Overtaken(f"letter {id} is no longer true and was not sent")

    def settle(
        self,
        id: str,
        state: LetterState,
        *,
        reply: str,
        now: datetime,
        next_at: datetime | None = None,
        event: Event | None = None,
        nobody_there: bool = False,
    ) -> LetterState:
        """Note what became of a letter that was being sent, or of which that was unknown.

        To be queued again it must still say the truth: if its application has changed since it was
        taken, it is superseded instead.

        Args:
            reply: what the server said.
            next_at: for `queued`, when it is tried again.
            event: what the digest says of it.
            nobody_there: its address does not exist, and gets no more letters.

        Returns:
            The state it has now; a letter settled before keeps its own.

        Raises:
            StoreError: no such letter.
        """
        with self._database.writing() as session:
            row = _locked(session, LetterRow, id)
            if row.state not in (LetterState.SENDING, LetterState.UNKNOWN):
                return row.state
            if state in _WAITING and row.outdated:
                state = LetterState.SUPERSEDED
            row.state, row.last_reply, row.changed_at = state, reply, now
            row.next_at = next_at or row.next_at
            row.sent_at = now if state is LetterState.SENT else None
            if event:
                add_new(session, _rows.from_event(event, now))
            if nobody_there:
                put(session, BlockRow(address=row.recipient, reason=reply, blocked_at=now))
            return state

    def sending(self, by: str | None = None) -> tuple[str, ...]:
        """Ids of the letters being sent, of one worker or of all.

        A worker that has just started sends nothing: what it finds here under its own name was cut off
        by a crash. Where the server keeps copies, look for the Message-ID of those handed over and
        `settle` them; then `strand` the rest.
        """
        return self._letter_ids(_being_sent(by))

    def strand(
        self, now: datetime, by: str | None = None, *, tell: Callable[[Letter], Event] | None = None
    ) -> tuple[str, ...]:
        """Settle what a crash cut off, and give back the ids that are `unknown` now.

        A letter that was not handed over cannot have left: it is queued again, or superseded if its
        application has changed since. Of one handed over nobody can know whether the server has it, so
        it is not sent again: a person settles it. Never for the letters of a worker that is alive.

        Args:
            tell: what the digest says of one that is `unknown`.
        """
        with self._database.writing() as session:
            rows = session.exec(select(LetterRow).where(_being_sent(by)).with_for_update()).all()
            for row in rows:
                row.state, row.changed_at = _after_crash(row), now
            unknown = [row for row in rows if row.state is LetterState.UNKNOWN]
            if tell:
                for row in unknown:
                    add_new(session, _rows.from_event(tell(_rows.to_letter(row)), now))
            return tuple(sorted(row.id for row in unknown))

    def release(self, now: datetime, ids: Collection[str] | None = None) -> int:
        """Queue letters that were held, all or some; give back how many."""
        chosen = [] if ids is None else [col(LetterRow.id).in_(ids)]
        with self._database.writing() as session:
            return session.exec(
                update(LetterRow)
                .where(col(LetterRow.state) == LetterState.HELD, *chosen)
                .values(state=LetterState.QUEUED, changed_at=now)
            ).rowcount

    def drop(self, now: datetime, ids: Collection[str]) -> int:
        """Let letters that wait, held or queued, never leave; give back how many."""
        with self._database.writing() as session:
            return session.exec(
                update(LetterRow)
                .where(col(LetterRow.id).in_(ids), col(LetterRow.state).in_(_WAITING))
                .values(state=LetterState.SUPERSEDED, changed_at=now)
            ).rowcount

    def letter_facts(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        states: Collection[LetterState] | None = None,
        application: str | None = None,
    ) -> tuple[LetterFact, ...]:
        """What is to be said of letters, in the order they were composed.

        Args:
            since, until: of the last change of their state, the end not included.
        """
        wanted: list[ColumnElement[bool]] = []
        if since is not None:
            wanted.append(col(LetterRow.changed_at) >= since)
        if until is not None:
            wanted.append(col(LetterRow.changed_at) < until)
        if states is not None:
            wanted.append(col(LetterRow.state).in_(states))
        if application is not None:
            wanted.append(col(LetterRow.application) == application)
        # `col` gives a Mapped, which `defer` takes; its annotation does not say so.
        heavy = [defer(col(column)) for column in (LetterRow.mime, LetterRow.body)]  # type: ignore[arg-type]
        with self._database.reading() as session:
            rows = session.exec(
                select(LetterRow)
                .where(*wanted)
                .options(*heavy)
                .order_by(col(LetterRow.composed_at), col(LetterRow.id))
            )
            return tuple(_rows.to_letter_fact(row) for row in rows)

    def last_digest(self) -> date | None:
        """The day of the last digest composed, from its cause (« digest/2026-09-07 »)."""
        with self._database.reading() as session:
            causes = session.exec(
                select(LetterRow.cause).where(col(LetterRow.kind) == LetterKind.DIGEST)
            ).all()
            return max((date.fromisoformat(cause.rsplit("/", 1)[-1]) for cause in causes), default=None)

    def sent_to(self, address: str | None, since: datetime) -> int:
        """How many answers to an address, or to all, were written since then and have left or still may."""
        gone = (LetterState.SUPERSEDED, LetterState.FAILED)
        to = [] if address is None else [col(LetterRow.recipient) == address.lower()]
        with self._database.reading() as session:
            return session.exec(
                select(func.count()).where(
                    *to,
                    col(LetterRow.kind).in_(_ANSWERS),
                    col(LetterRow.state).not_in(gone),
                    col(LetterRow.composed_at) >= since,
                )
            ).one()

    def block(self, address: str, reason: str, now: datetime) -> None:
        """Send no more letters to an address: it bounced, or somebody asked."""
        with self._database.writing() as session:
            put(session, BlockRow(address=address.lower(), reason=reason, blocked_at=now))

    def blocked(self, address: str) -> str | None:
        """Why no letter goes to an address, or None."""
        with self._database.reading() as session:
            row = session.get(BlockRow, address.lower())
            return row.reason if row else None

    # ------------------------------------------------------------ calls and events

    def keep_calls(self, calls: Sequence[Call]) -> None:
        """Insert or replace calls by their uid.

        A call is replaced only by one with a higher sequence: what a person said of it meanwhile stands.
        """
        with self._database.writing() as session:
            for call in calls:
                row = _rows.from_call(call)
                if not add_new(session, row) and _locked(session, CallRow, call.uid).sequence < call.sequence:
                    put(session, row)

    def change_call(self, uid: str, change: Callable[[Call], Call]) -> Call:
        """Keep what a person says of a call, read and written in one transaction.

        Raises:
            StoreError: no such call.
        """
        with self._database.writing() as session:
            call = change(_rows.to_call(_locked(session, CallRow, uid)))
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
            raise _absent(MailRow, identity)
        return row

    def _letter_ids(self, *wanted: ColumnElement[bool]) -> tuple[str, ...]:
        with self._database.reading() as session:
            rows = select(LetterRow.id).where(*wanted).order_by(col(LetterRow.next_at), col(LetterRow.id))
            return tuple(session.exec(rows))


def _locked(session: Session, table: type[SomeRow], key: object) -> SomeRow:
    """The row, ours until the commit (on SQLite the whole database is)."""
    row = session.get(table, key, with_for_update=True)
    if row is None:
        raise _absent(table, key)
    return row


def _absent(table: type[Row], key: object) -> StoreError:
    return StoreError(f"there is no {table.__tablename__} {key}", "Look for it with `blossom status`.")


def _tally(session: Session, kind: type[Kind], column: Kind) -> dict[Kind, int]:
    """How many rows have each value of a column."""
    rows = session.exec(select(column, func.count()).group_by(col(column)))
    return {kind(value): count for value, count in rows}


def _came_back(session: Session, returned: Undelivered, now: datetime) -> None:
    """A letter that the server took did not arrive: a person must act."""
    row = session.get(LetterRow, returned.letter, with_for_update=True)
    if row is not None and row.state in (LetterState.SENT, LetterState.UNKNOWN):
        row.state, row.last_reply, row.changed_at = LetterState.FAILED, returned.reason, now
    if row is not None and returned.address == row.recipient:
        reason = f"notre lettre est revenue, {returned.reason}"
        put(session, BlockRow(address=returned.address, reason=reason, blocked_at=now))


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


def _unchanged(number: GenerationRow, generation: int) -> None:
    if number.number != generation:
        raise Overtaken(f"the applications are at {number.number}, judged by {generation}")


def _replace(session: Session, application: Application, generation: int) -> None:
    """Put an application in place of what it was when the generation was read."""
    number = _locked(session, GenerationRow, 1)
    _unchanged(number, generation)
    number.number += 1
    put(session, _rows.from_application(application, number.number))


def _outdate(session: Session, reference: str, newer: Collection[str], now: datetime) -> None:
    """Supersede the answers to an application that wait; mark the one being sent, should it come back."""
    older = (
        col(LetterRow.application) == reference,
        col(LetterRow.kind).in_(_ANSWERS),
        col(LetterRow.id).not_in(newer),
    )
    waiting = col(LetterRow.state).in_(_WAITING)
    superseded = update(LetterRow).values(state=LetterState.SUPERSEDED, changed_at=now)
    session.exec(update(LetterRow).where(*older).values(outdated=True))
    session.exec(superseded.where(*older, waiting))


def _after_crash(row: LetterRow) -> LetterState:
    if row.handed_over_at is not None:
        return LetterState.UNKNOWN
    return LetterState.SUPERSEDED if row.outdated else LetterState.QUEUED


def _being_sent(by: str | None) -> ColumnElement[bool]:
    being_sent = col(LetterRow.state) == LetterState.SENDING
    return being_sent if by is None else being_sent & (col(LetterRow.taken_by) == by)
