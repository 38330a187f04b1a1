"""What was interrupted by a stop, and what got stuck: taken up again, or left to a person."""

from datetime import timedelta

from data.model import Event, EventKind, LetterState
from data.store import TRIES
from desk.jobs.sending import letter_trouble
from desk.wiring import Desk


def settle_interrupted(desk: Desk) -> None:
    """Letters that this worker was sending when it stopped: back to the queue, or to the officer."""
    now = desk.now()
    desk.store.letters.strand(
        now, by=desk.engine.executor, tell=lambda letter: letter_trouble(letter, LetterState.UNKNOWN, now)
    )


def take_up(desk: Desk) -> None:
    """Put every kept mail to work that is not handled: new, interrupted, or back from the shelf.

    A mail that took its process down with it each time is not tried again: it goes to the shelf.
    """
    waiting = set(desk.store.unhandled())
    for stuck in desk.engine.failed():
        if not stuck.parked:
            desk.engine.resume(stuck.id)
        elif stuck.job == "take" and stuck.args[0] in waiting:
            shelve(desk, stuck.args[0], stuck.detail)
    for mail in desk.store.unhandled():
        desk.engine.enqueue("take", f"take/{mail}", mail) or desk.engine.resume(f"take/{mail}")


def shelve(desk: Desk, mail: str, why: str) -> None:
    """Put a mail on the shelf without another try."""
    while desk.store.fail(mail, why, desk.now()) < TRIES:
        pass
    tell_of_shelf(desk)


def tell_of_shelf(desk: Desk) -> None:
    """A line for the digest: a person must look."""
    now = desk.now()
    told = "Un message n'a pas pu être traité : il attend une personne sur l'étagère."
    desk.store.note_event(Event(at=now, kind=EventKind.SHELVED, application=None, detail=told), now)


def bring_back(desk: Desk, mail: str) -> None:
    """Put a mail from the shelf to work again, also one that the engine has given up."""
    desk.store.retry(mail, desk.now())
    desk.engine.resume(f"take/{mail}")


def sweep(desk: Desk) -> None:
    """Forget the engine's records of what ended a month ago, and what is left of mails not ours."""
    desk.store.forget()
    desk.engine.sweep(desk.now() - timedelta(days=30))
