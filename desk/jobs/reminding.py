"""Reminders to applicants who must still send something: shown in the digest, then sent."""

from datetime import datetime, timedelta

from data.errors import Overtaken, UsageError
from data.model import Event, EventKind, LetterKind
from desk.jobs.rehearsing import counted
from desk.jobs.sending import reader_of, waits, written
from desk.wiring import Desk
from notifier import reminders


def reminders_at(desk: Desk) -> datetime | None:
    """When the reminders are written: before the digest of the last working day before they leave."""
    leaves = desk.edition.dates.reminder
    if leaves is None:
        return None
    day = desk.edition.local(leaves).date() - timedelta(days=1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    hour = desk.settings.digest.at
    return datetime.combine(day, hour, desk.edition.programme.tz) - timedelta(minutes=10)


def write_reminders(desk: Desk) -> None:
    """Write a reminder to each applicant who must still send something: shown in the digest, then sent.

    Written too late to be shown (nobody was at the desk), they wait for a person; after the deadline none is.
    """
    leaves = desk.edition.dates.reminder
    if leaves is None or desk.now() >= desk.edition.dates.deadline:
        return
    for application in reminders.wanted(counted(desk)):
        write_reminder(desk, application.reference, leaves)


def write_reminder(desk: Desk, reference: str, leaves: datetime) -> None:
    """Write one reminder, if it is still true at the moment it is kept."""
    while True:
        generation = desk.store.generation()
        application = desk.store.application(reference)
        reader = reader_of(desk, reference)
        if not application or not reader or not any(reminders.wanted([application])):
            return
        if why := desk.store.letters.blocked(reader.email):
            tell_of_no_reminder(desk, reference, why)
            return
        letter = reminders.compose(application, desk.edition, to=reader, now=desk.now())
        held = desk.now() >= leaves or waits(desk, letter, desk.now())
        try:
            desk.store.letters.keep(
                letter, written(desk, letter), held=held, now=desk.now(), generation=generation
            )
        except Overtaken:
            continue
        return


def tell_of_no_reminder(desk: Desk, reference: str, why: str) -> None:
    """A line for the digest, however often the reminders are written: nobody can be reminded by letter."""
    told = f"Pas de rappel : cette adresse ne reçoit pas nos messages ({why}) : à appeler."
    at = reminders_at(desk) or desk.now()
    desk.store.note_event(Event(at, EventKind.NOT_ANSWERED, reference, told), desk.now())


def stop_reminders(desk: Desk, reference: str) -> int:
    """Let the reminders of an application, or of « all », never leave; how many were waiting.

    Raises:
        UsageError: none is written, so that nothing can be stopped.
    """
    written = [
        fact.id
        for fact in desk.store.letters.facts()
        if fact.kind is LetterKind.REMINDER and reference in ("all", fact.application)
    ]
    if not written:
        raise UsageError(
            f"{reference}: no reminder is written", "`blossom reminders list` says when they are."
        )
    return desk.store.letters.drop(desk.now(), written)
