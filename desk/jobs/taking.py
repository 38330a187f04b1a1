"""Think: one mail, one outcome.

`take` is one of the two places with a broad `except` (style guide 37): whatever a mail provokes, it costs
that mail three tries and a place on the shelf, never the next mail.
"""

import traceback

from data.errors import Damaged, DeskError, Overtaken
from data.store import TRIES
from data.tables import MailState
from desk import pipeline
from desk.confined import reading_ahead
from desk.jobs.sending import waits, written
from desk.jobs.stuck import shelve, tell_of_shelf
from desk.journal import task
from desk.wiring import Desk, Fresh


def take(desk: Desk, mail: str) -> None:
    """Judge one kept mail and keep what follows from it.

    Raises:
        DeskError: disk, database or sandbox are in trouble; not the mail's fault, so no try is counted.
    """
    with task("take", mail=mail[:12]) as facts:
        try:
            facts.update(judge(desk, mail))
        except Damaged:
            facts["shelved"] = True
            shelve(desk, mail, traceback.format_exc())
        except DeskError:
            raise
        except Exception:  # whatever a mail provokes, it costs that mail a try, never the next one
            attempts = desk.store.fail(mail, traceback.format_exc(), desk.now())
            facts["attempts"] = attempts
            if attempts < TRIES:
                raise
            tell_of_shelf(desk)
    desk.engine.enqueue("calls", f"calls/{mail}")


def judge(desk: Desk, mail: str) -> dict[str, object]:
    """Think until nobody else changed the applications meanwhile; then keep the outcome.

    Of a mail that is not ours nothing is kept: neither its bytes nor what its files say.
    """
    fresh = Fresh()
    while (state := desk.store.mail_state(mail)) is MailState.KEPT:
        generation = desk.store.generation()
        with reading_ahead(desk.tools(fresh)) as tools:
            outcome = pipeline.handle(
                desk.store.mail(mail), desk.known(), desk.edition, tools, desk.manners, desk.now()
            )
        application = outcome.application
        if application:
            desk.keep(fresh, application)
        mime = {each.id: written(desk, each) for each in outcome.letters}
        held = any(waits(desk, each, desk.store.mail(mail).received_at) for each in outcome.letters)
        try:
            desk.store.keep_outcome(
                outcome, mime, generation=generation, events=outcome.events, held=held, now=desk.now()
            )
        except Overtaken:
            continue
        desk.store.forget()
        return {
            "kind": outcome.recognition.kind.value,
            "application": application and application.reference,
            "verdict": application and application.verdict.state.value,
            "letters": len(outcome.letters),
        }
    return {"state": state.value}
