"""Which letters leave by themselves, and how each is handed to the mail server."""

from datetime import datetime, timedelta

from data.errors import NobodyThere, Overtaken, PostError
from data.letters import StoredLetter
from data.model import Address, Event, EventKind, Letter, LetterState
from desk.jobs.rehearsing import must_stay
from desk.journal import task
from desk.wiring import Desk
from notifier import outbox, post

TROUBLE = {
    LetterState.FAILED: "Une lettre a été refusée par le serveur du destinataire : à appeler.",
    LetterState.UNKNOWN: "La connexion a été coupée pendant l'envoi d'une lettre : à vérifier.",
}


def waits(desk: Desk, letter: Letter, since: datetime) -> bool:
    """Whether a person must release a letter to an applicant.

    A mail that is older than `held_after_hours` when it is judged is not answered by itself: whatever
    brings old mail back (a lost database, a moved inbox), no wave of second answers leaves.

    Args:
        since: when that came which it answers.
    """
    sending = desk.settings.sending
    age = desk.now() - since
    old = 0 < sending.held_after_hours < age / timedelta(hours=1)
    return sending.send == "hold" or old or must_stay(desk, letter)


def reader_of(desk: Desk, reference: str) -> Address | None:
    """Who reads our letters to an application: as the last one was addressed, else who wrote last."""
    facts = desk.store.letters.facts(application=reference)
    if facts:
        return desk.store.letters.get(facts[-1].id).letter.recipient
    application = desk.store.application(reference)
    mails = application.dossier.mails if application else ()
    return next((mail.sender for mail in reversed(mails) if mail.sender), None)


def written(desk: Desk, letter: Letter) -> bytes:
    """The letter as it goes over the wire: made once, kept, and sent as it is however often it is tried."""
    return post.to_mime(letter, sender=desk.sender, reply_to=desk.reply_to, domain=desk.manners.domain)


def enqueue_due(desk: Desk) -> None:
    """Put every letter whose time has come to work; the try is part of the id, so none goes twice."""
    for letter in desk.store.letters.due(desk.now()):
        tries = desk.store.letters.get(letter).attempts
        desk.engine.enqueue("send", f"send/{letter}/{tries}", letter)


def send(desk: Desk, letter: str) -> None:
    """Hand one letter to the mail server, and keep what it said (docs/decisions/0004)."""
    with task("send", letter=letter[:12]) as facts:
        if not desk.store.letters.take(letter, desk.now(), by=desk.engine.executor):
            facts["state"] = "taken"
            return
        stored = desk.store.letters.get(letter)
        if must_stay(desk, stored.letter):  # queued before the rehearsal began
            facts["state"] = desk.store.letters.settle(
                letter, LetterState.HELD, reply="", now=desk.now()
            ).value
            return
        try:
            error, said = attempt(desk, stored)
        except Overtaken:  # its application changed in this very moment: nothing was handed over
            facts["state"] = LetterState.SUPERSEDED.value
            return
        now = desk.now()
        state, next_at = outbox.after(error, stored.attempts, now)
        facts["state"] = desk.store.letters.settle(
            letter,
            state,
            reply=said,
            now=now,
            next_at=next_at,
            event=letter_trouble(stored.letter, state, now) if state in TROUBLE else None,
            nobody_there=isinstance(error, NobodyThere),
        ).value


def attempt(desk: Desk, stored: StoredLetter) -> tuple[PostError | None, str]:
    """One try, with what went wrong and what the server said."""
    letter = stored.letter
    try:
        said = post.send(
            desk.server,
            stored.mime,
            desk.sender.email,
            letter.recipient.email,
            before_dot=lambda: desk.store.letters.hand_over(letter.id, desk.now()),
        )
    except PostError as error:
        return error, str(error)
    return None, said


def letter_trouble(letter: Letter, state: LetterState, now: datetime) -> Event:
    """What the digest says of a letter that did not surely arrive."""
    return Event(at=now, kind=EventKind.LETTER_FAILED, application=letter.application, detail=TROUBLE[state])
