"""The calls of the week after the deadline, put into the officer's free moments."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from data.model import Call, Event, EventKind, LetterState
from desk import agenda
from desk.jobs.rehearsing import counted
from desk.wiring import Desk
from notifier import busy, calls


def plan_calls(desk: Desk) -> None:
    """Fill the window with calls, once it is open; calls already planned keep their place."""
    now = desk.now()
    if now < calls_open_at(desk):
        return
    held = desk.store.calls()
    planned = calls.plan(
        counted(desk),
        desk.edition,
        now=now,
        held=held,
        busy=tuple(appointments(desk, held)),
        unreached=unreached(desk),
    )
    desk.store.keep_calls(planned)


def appointments(desk: Desk, ours: Sequence[Call]) -> Iterator[calls.Slot]:
    """When the officer is taken by something else, as far as the calendar files can be read.

    One that cannot be read is a line of the digest: the calls are planned without it.
    """
    for file in agenda.files(desk.settings.calls.calendar):
        try:
            yield from busy.slots(file.read_bytes(), desk.edition, ours={call.uid for call in ours})
        except (OSError, ValueError):
            now = desk.now()
            told = f"Le calendrier « {file.name} » n'a pas pu être lu : ses rendez-vous ne sont pas évités."
            desk.store.note_event(Event(at=now, kind=EventKind.QUESTION, application=None, detail=told), now)


def unreached(desk: Desk) -> frozenset[str]:
    """Applications that our last letter did not reach, and that have not written since."""
    latest = {
        each.reference: max((mail.received_at for mail in each.dossier.mails), default=each.received_at)
        for each in desk.store.applications()
    }
    failed = [
        (letter.application, letter.composed_at)
        for letter in desk.store.letters.facts(states=[LetterState.FAILED])
    ]
    returned = [
        (event.application, event.at)
        for event in desk.store.events(desk.edition.dates.go_live, desk.now())
        if event.kind is EventKind.BOUNCED
    ]
    return frozenset(ref for ref, at in failed + returned if ref in latest and latest[ref] <= at)


def calls_open_at(desk: Desk) -> datetime:
    """Ten minutes after the deadline: the mails in transit are in by then."""
    return desk.edition.dates.deadline + timedelta(minutes=10)
