"""The digest, line by line."""

from dataclasses import replace
from datetime import timedelta

from data.model import Event, EventKind, LetterFact, LetterKind, LetterState, VerdictState
from notifier import calls, closing, digest
from tests.notifier.builders import (
    a_day_book,
    a_finding,
    a_verdict,
    an_application,
    edition,
    forgetful,
)
from tests.notifier.letters import OFFICER

DEADLINE = edition().dates.deadline


def test_what_came_after_the_deadline_is_the_officers_decision() -> None:
    """The row says how it stood at the deadline; a line asks whether what came since counts."""
    completed = replace(an_application(), at_deadline=VerdictState.INCOMPLETE)
    at = DEADLINE + timedelta(days=2)
    told = "Reçu après l'échéance : la candidature était alors à compléter."
    event = Event(at, EventKind.AFTER_DEADLINE, completed.reference, told)
    book = a_day_book(applications=(completed,), events=(event,), day=at.date(), until=at)
    (line,) = digest.to_do(book, edition())

    assert digest.row_of(completed, edition()).told == "complet (à l'échéance : à compléter)"
    assert line.what == "Décider si cela compte"
    assert line.told.endswith("reçu après l'échéance : la candidature était alors à compléter")


def test_the_closing_statement_tells_how_it_stood_when_the_door_closed() -> None:
    """Three minutes later a signed page came: the statement of 10:05 is of 10:00."""
    completed = replace(an_application(), at_deadline=VerdictState.INCOMPLETE)
    book = a_day_book(applications=(completed,), until=DEADLINE + timedelta(minutes=5))
    letter = closing.compose(book, edition(), to=OFFICER, now=book.until)

    assert "| à compléter" in letter.text
    assert "1 candidature à temps, aucune après l'heure" in letter.subject


def test_nothing_is_said_of_a_deadline_that_changed_nothing() -> None:
    """What came after did not change how it stands."""
    same = replace(forgetful(), at_deadline=VerdictState.INCOMPLETE)

    assert "échéance" not in digest.row_of(same, edition()).told


def test_an_address_that_may_be_a_slip_is_shown_with_the_domain_alone() -> None:
    """On the day it came; whose address it is stands on the call sheet, not in a mail that many may read."""
    facts = {"address": "aline@gmial.com", "proposal": "aline@gmail.com"}
    slip = a_finding("email.slip", "aline@gmial.com", facts=facts, message="L'adresse est à lire autrement.")
    verdict = replace(a_verdict(slip), state=VerdictState.COMPLETE)
    application = an_application(verdict=verdict)
    came = Event(DEADLINE, EventKind.RECEIVED, application.reference, "Nouvelle candidature : complète.")
    today = a_day_book(applications=(application,), events=(came,))
    (line,) = digest.to_do(today, edition())

    assert (line.what, line.told) == (
        "Vérifier une adresse e-mail",
        f"{digest.name_of(application)}, peut-être « …@gmail.com »",
    )
    assert list(digest.to_do(replace(today, events=()), edition())) == []
    assert calls.questions_for(application, edition()) == ("L'adresse est à lire autrement. Qu'en est-il ?",)


def test_who_has_written_since_a_refused_letter_is_not_to_be_telephoned() -> None:
    """The newer mail has its own answer; without one, the line stays from day to day."""
    application = an_application()
    written_at = application.dossier.mails[-1].received_at
    told = LetterFact("x", LetterKind.REPLY, application.reference, "", LetterState.FAILED, written_at, None)
    before = replace(told, composed_at=written_at - timedelta(hours=1))

    def lines(letter: LetterFact) -> list[str]:
        book = a_day_book(applications=(application,), letters=(letter,))
        return [line.what for line in digest.to_do(book, edition())]

    assert lines(told) == ["Téléphoner"]
    assert lines(before) == []
