"""Letters from their composing to their leaving: the store's part that sending goes through.

What it promises: `sending` is on disk before a byte leaves, « handed over » before the server may own a
letter, and after a stop in between nothing leaves a second time. Every method is one transaction, as the
store's are.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select, update

from data import _rows
from data._database import Database, absent, add_new, locked, put
from data._generation import unchanged
from data.errors import Overtaken, StoreError
from data.model import Event, Letter, LetterFact, LetterKind, LetterState, Undelivered
from data.tables import BlockRow, LetterRow

_ANSWERS = (LetterKind.REPLY, LetterKind.REMINDER)
_WAITING = (LetterState.HELD, LetterState.QUEUED)


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


class Letters:
    """Every letter, whatever became of it, and the addresses that get none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(
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
                unchanged(session, generation)
            return add_new(session, _rows.from_letter(letter, mime, held=held, now=now))

    def get(self, id: str) -> StoredLetter:
        """A letter, whatever its state.

        Raises:
            StoreError: no such letter.
        """
        with self._database.reading() as session:
            row = session.get(LetterRow, id)
        if row is None:
            raise absent(LetterRow, id)
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
        return self._ids(col(LetterRow.state) == LetterState.QUEUED, over)

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
            row = locked(session, LetterRow, id)
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
            row = locked(session, LetterRow, id)
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
            row = locked(session, LetterRow, id)
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
        return self._ids(_being_sent(by))

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

    def facts(
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

    def _ids(self, *wanted: ColumnElement[bool]) -> tuple[str, ...]:
        with self._database.reading() as session:
            rows = select(LetterRow.id).where(*wanted).order_by(col(LetterRow.next_at), col(LetterRow.id))
            return tuple(session.exec(rows))


def outdate(session: Session, reference: str, newer: Collection[str], now: datetime) -> None:
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


def came_back(session: Session, returned: Undelivered, now: datetime) -> None:
    """A letter that the server took did not arrive: a person must act."""
    row = session.get(LetterRow, returned.letter, with_for_update=True)
    if row is not None and row.state in (LetterState.SENT, LetterState.UNKNOWN):
        row.state, row.last_reply, row.changed_at = LetterState.FAILED, returned.reason, now
    if row is not None and returned.address == row.recipient:
        reason = f"notre lettre est revenue, {returned.reason}"
        put(session, BlockRow(address=returned.address, reason=reason, blocked_at=now))


def _after_crash(row: LetterRow) -> LetterState:
    if row.handed_over_at is not None:
        return LetterState.UNKNOWN
    return LetterState.SUPERSEDED if row.outdated else LetterState.QUEUED


def _being_sent(by: str | None) -> ColumnElement[bool]:
    being_sent = col(LetterRow.state) == LetterState.SENDING
    return being_sent if by is None else being_sent & (col(LetterRow.taken_by) == by)
