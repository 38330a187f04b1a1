"""What the officer is told: the digest of each day, and the statement when the door has closed."""

from datetime import date, datetime, timedelta

from data.errors import StillReading
from data.model import DayBook, Event, EventKind, LetterKind
from desk.jobs.inboxes import poll
from desk.jobs.planning import plan_calls
from desk.jobs.rehearsing import counted
from desk.jobs.sending import written
from desk.wiring import Desk
from notifier import closing, digest

SETTLED = timedelta(minutes=1)
"""A digest tells what was noted until a minute before it: no transaction of that time is still open."""


def write_digest(desk: Desk, day: str) -> None:
    """Compose the digest of a day and queue it; the same day never gives two."""
    today = date.fromisoformat(day)
    plan_calls(desk)  # the officer's calendar may have changed overnight
    letter = digest.compose(day_book(desk, today), desk.edition, to=desk.reader_of_digest, now=desk.now())
    desk.store.letters.keep(letter, written(desk, letter), held=False, now=desk.now())


def close(desk: Desk) -> None:
    """Look once more for mails that were in transit when the door closed, then ask for the statement."""
    for account in desk.accounts:
        poll(desk, account)
    desk.engine.enqueue("closing", f"closing/{desk.edition.id}")


def write_closing(desk: Desk) -> None:
    """The dated statement of what had arrived when the door closed, once everything is judged.

    Raises:
        StillReading: mails wait to be judged; the engine asks again.
    """
    if waiting := len(desk.store.unhandled()):
        raise StillReading(f"closing statement: {waiting} mails wait to be judged")
    today = desk.edition.local(desk.now()).date()
    letter = closing.compose(day_book(desk, today), desk.edition, to=desk.reader_of_digest, now=desk.now())
    desk.store.letters.keep(letter, written(desk, letter), held=False, now=desk.now())


def day_book(desk: Desk, day: date) -> DayBook:
    """All that happened since the digest before."""
    until = desk.now()
    since = digest_before(desk, day)
    return DayBook(
        day=day,
        since=since,
        until=until,
        applications=counted(desk),
        events=desk.store.events(since - SETTLED, until - SETTLED),
        letters=desk.store.letters.facts(),
        calls=desk.store.calls(),
        shelf=desk.store.shelf(),
        inboxes=desk.store.inboxes(),
        withdrawals=withdrawals_asked(desk),
    )


def withdrawals_asked(desk: Desk) -> tuple[Event, ...]:
    """The last message of each application that seems to withdraw it, until the officer says if it does."""
    asked: dict[str, Event] = {}
    for event in desk.store.events(desk.edition.dates.go_live, desk.now() + SETTLED):
        if event.application and event.kind is EventKind.WITHDRAWAL:
            asked[event.application] = event
        elif event.application and event.kind in (EventKind.WITHDRAWN, EventKind.STAYED):
            asked.pop(event.application, None)
    gone = {each.reference for each in desk.store.applications() if each.withdrawn_at}
    return tuple(event for reference, event in asked.items() if reference not in gone)


def digest_before(desk: Desk, day: date) -> datetime:
    """When the digest before this day's was composed; the go-live where there was none."""
    composed = (
        letter.composed_at
        for letter in desk.store.letters.facts()
        if letter.kind is LetterKind.DIGEST and desk.edition.local(letter.composed_at).date() < day
    )
    return max(composed, default=desk.edition.dates.go_live)
