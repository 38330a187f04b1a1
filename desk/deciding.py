"""What the officer decides of an application, and what follows from it."""

from collections.abc import Iterator
from dataclasses import replace

from checks import judge
from data.errors import Overtaken, UsageError
from data.model import Application, Event, EventKind, Letter, Matter, Ruling
from desk import jobs
from desk.applications import as_ruled
from desk.wiring import Desk
from notifier import rulings, withdrawal

ANSWERS = {
    "counts": (Matter.LATE, True),
    "does-not-count": (Matter.LATE, False),
    "in-order": (Matter.DOUBTS, True),
    "not-in-order": (Matter.DOUBTS, False),
}
"""What may be said, by the word that says it."""
STAYS = "stays"
"""The application is not withdrawn, whatever a message seemed to say."""
UNDECIDED = "undecided"
"""Takes back what was said: it is asked again."""
NOTHING_TO_RULE = {
    Matter.LATE: "nothing came after the deadline",
    Matter.DOUBTS: "nothing waits for a look",
}
TAKEN_BACK = "La décision est reprise : la question est posée à nouveau."


def decide(desk: Desk, reference: str, word: str, *, by: str, note: str = "") -> tuple[Application, bool]:
    """Keep what the officer says of an application; its verdict and its call follow, no letter is written.

    Returns:
        The application as it stands then, and whether that is new.

    Raises:
        UsageError: no such application, no such word, or nothing there that it could be said of.
    """
    if word not in (*ANSWERS, STAYS, UNDECIDED):
        words = ", ".join((*ANSWERS, STAYS, UNDECIDED))
        raise UsageError(f"{word}: not an answer", f"Say one of {words}.")
    if word == STAYS:
        return _stays(desk, found(desk, reference), by)
    while True:
        generation = desk.store.generation()
        before = found(desk, reference)
        after = _ruled(desk, before, word, by, note)
        if after.rulings == before.rulings:
            return before, False
        now = desk.now()
        event = Event(now, EventKind.RULED, before.reference, _told(after, word, by))
        try:
            desk.store.rule(after, generation=generation, event=event, now=now)
        except Overtaken:
            continue
        jobs.plan_calls(desk)
        return after, True


def _stays(desk: Desk, application: Application, by: str) -> tuple[Application, bool]:
    """What seemed to be a withdrawal is none: nothing changes but that it is asked no more."""
    asked = application.reference in {event.application for event in jobs.withdrawals_asked(desk)}
    if asked:
        now, told = desk.now(), f"Décidé par {by} : la candidature est maintenue."
        desk.store.note_event(Event(now, EventKind.STAYED, application.reference, told), now)
    return application, asked


def _ruled(desk: Desk, before: Application, word: str, by: str, note: str) -> Application:
    """The application with one ruling more, or with none."""
    machine = replace(before, verdict=judge(before.dossier, desk.edition))
    if word == UNDECIDED:
        return replace(machine, rulings=())
    matter, accepted = ANSWERS[word]
    seen = rulings.evidence(machine, matter, desk.edition)
    if not seen:
        what = f"{before.reference}: {NOTHING_TO_RULE[matter]}"
        raise UsageError(what, "`blossom decide` lists what waits.")
    if (said := rulings.ruling_on(before, matter)) and _says(said, accepted, seen, note):
        return before
    ruling = Ruling(matter, accepted, by, desk.now(), seen, note)
    others = tuple(each for each in before.rulings if each.matter is not matter)
    return as_ruled(replace(machine, rulings=(*others, ruling)), desk.edition)


def _says(ruling: Ruling, accepted: bool, seen: tuple[str, ...], note: str) -> bool:
    """Whether that was said already; a note that is new is worth keeping."""
    return (ruling.accepted, ruling.seen) == (accepted, seen) and note in ("", ruling.note)


def _told(after: Application, word: str, by: str) -> str:
    if word == UNDECIDED:
        return TAKEN_BACK
    ruling = after.rulings[-1]
    return f"Décidé par {by} : {rulings.said(after, ruling)}."


def waiting(desk: Desk) -> Iterator[tuple[Application, Matter]]:
    """What the officer is asked now, in the order of the first mails."""
    for application in jobs.counted(desk):
        for matter in rulings.asked(application, desk.edition):
            yield application, matter


def found(desk: Desk, reference: str) -> Application:
    """The application of a reference, however it was typed.

    Raises:
        UsageError: there is none.
    """
    application = desk.store.application(reference.strip().upper())
    if application is None:
        raise UsageError(f"{reference}: no such application", "`blossom status` shows them.")
    return application


def withdraw(desk: Desk, reference: str) -> Letter | None:
    """Keep that an application is withdrawn, as a person has read; answers, reminders and calls end.

    Returns:
        The confirmation that leaves; None where nobody can be written to.

    Raises:
        UsageError: there is no such application, or it is withdrawn already.
    """
    while True:
        generation = desk.store.generation()
        application = found(desk, reference)
        if application.withdrawn_at:
            raise UsageError(f"{reference}: is withdrawn already", "A new mail with files opens it again.")
        now = desk.now()
        letter = _confirmation(desk, application)
        told = "Le retrait de la candidature est confirmé."
        try:
            desk.store.withdraw(
                replace(application, withdrawn_at=now),
                letter,
                jobs.written(desk, letter) if letter else b"",
                generation=generation,
                event=Event(now, EventKind.WITHDRAWN, application.reference, told),
                held=letter is not None and jobs.must_stay(desk, letter),
                now=now,
            )
        except Overtaken:
            continue
        jobs.plan_calls(desk)
        return letter


def _confirmation(desk: Desk, application: Application) -> Letter | None:
    """The letter that confirms a withdrawal; None where nobody can be written to."""
    reader = jobs.reader_of(desk, application.reference)
    if reader is None or desk.store.letters.blocked(reader.email):
        return None
    return withdrawal.compose(application, desk.edition, to=reader, now=desk.now())
