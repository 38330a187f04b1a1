"""The digest, line by line."""

from dataclasses import replace
from datetime import timedelta

from data.model import (
    Application,
    CallState,
    Event,
    EventKind,
    LetterFact,
    LetterKind,
    LetterState,
    Matter,
    Ruling,
    Severity,
    VerdictState,
)
from notifier import calls, closing, digest
from tests.notifier.builders import (
    a_day_book,
    a_dossier,
    a_finding,
    a_piece,
    a_verdict,
    an_application,
    edition,
    forgetful,
)
from tests.notifier.letters import OFFICER

DEADLINE = edition().dates.deadline


def completed_late(**more: object) -> Application:
    """A dossier in time, incomplete then, completed two days after the deadline."""
    late = a_piece("Page signée.pdf", "signature_page", received_at=DEADLINE + timedelta(days=2))
    dossier = a_dossier(pieces=(*a_dossier().pieces, late))
    completed = replace(an_application(dossier=dossier), at_deadline=VerdictState.INCOMPLETE)
    return replace(completed, **more)  # type: ignore[arg-type]  # a test's keywords are the nouns' own


def a_ruling(matter: Matter, *, accepted: bool = True) -> Ruling:
    return Ruling(matter, accepted, "Matthias", DEADLINE + timedelta(days=3), ())


def test_what_came_after_the_deadline_is_the_officers_decision() -> None:
    """The row says how it stood at the deadline; a line asks, every day, and says how to answer."""
    completed = completed_late()
    book = a_day_book(applications=(completed,), until=DEADLINE + timedelta(days=5))
    (line,) = digest.to_do(book, edition())
    letter = digest.compose(book, edition(), to=OFFICER, now=book.until)

    assert digest.row_of(completed, edition()).told == "complet (à l'échéance : à compléter)"
    assert line.what == "Décider si cela compte"
    assert line.told.endswith("le dossier était alors à compléter, il est maintenant complet")
    assert "blossom decide RÉFÉRENCE counts" in " ".join(letter.text.split())


def test_what_was_decided_is_asked_no_more_and_stands_in_the_row() -> None:
    """Until something comes that it was not said of: then the question is there again."""
    said = a_ruling(Matter.LATE)
    decided, lapsed = (completed_late(rulings=(each,)) for each in (said, replace(said, lapsed=True)))

    assert list(digest.to_do(a_day_book(applications=(decided,)), edition())) == []
    assert digest.row_of(decided, edition()).told.endswith(" ; complément tardif pris en compte)")
    assert len(list(digest.to_do(a_day_book(applications=(lapsed,)), edition()))) == 1
    assert "pris en compte" not in digest.row_of(lapsed, edition()).told


def test_thanks_after_the_deadline_ask_for_no_decision() -> None:
    """A mail that brought nothing, to a dossier that stands as it stood."""
    thanked = replace(forgetful(), at_deadline=VerdictState.INCOMPLETE)

    assert not list(digest.to_do(a_day_book(applications=(thanked,)), edition()))


def test_nobody_is_asked_nor_called_about_a_late_dossier_that_does_not_count() -> None:
    """Neither the hour nor its doubts; where it counts, its doubts are still asked about."""
    doubt = a_finding("signature.unclear", "contact", Severity.REVIEW)
    verdict = replace(a_verdict(doubt), state=VerdictState.TO_REVIEW, on_time=False)
    late = an_application(verdict=verdict)
    out, counted = (replace(late, rulings=(a_ruling(Matter.LATE, accepted=yes),)) for yes in (False, True))

    asked = [line.what for line in digest.to_do(a_day_book(applications=(counted,)), edition())]
    assert list(digest.to_do(a_day_book(applications=(out,)), edition())) == []
    assert asked == ["Regarder La Remise (BL26-K7Q3M)"]
    assert not calls.needs_call(out, edition())
    assert calls.needs_call(counted, edition())


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


def test_who_withdrew_is_told_as_such_and_counted_apart() -> None:
    """In the digest's table and count, and in the statement of the 14th."""
    left = replace(an_application(), withdrawn_at=DEADLINE - timedelta(hours=2))
    book = a_day_book(applications=(left, replace(forgetful(), reference="BL26-ZZZZZ")))
    closed = closing.compose(book, edition(), to=OFFICER, now=DEADLINE + timedelta(minutes=5))

    assert digest.row_of(left, edition()).told == "retiré"
    assert digest.summary_of(book.applications) == "2 candidatures (dont 1 retirée) : 1 à compléter"
    assert digest.summary_of((left,)) == "1 candidature (dont 1 retirée)"
    assert "La Remise | BL26-K7Q3M | 10/09 à 16:42:07 | retiré" in " ".join(closed.text.split())


def test_that_an_application_is_new_is_told_first_and_its_name_once() -> None:
    """Of two halves the second may be judged first; what tells the name already is cut."""
    application = an_application()
    happened = (
        (1, EventKind.COMPLETED, "Le dossier est maintenant complet."),
        (2, EventKind.RECEIVED, "Nouvelle candidature : à compléter."),
        (3, EventKind.WITHDRAWAL, "La Remise semble retirer sa candidature."),
    )
    events = tuple(
        Event(DEADLINE + timedelta(hours=hour), kind, application.reference, told)
        for hour, kind, told in happened
    )
    book = a_day_book(applications=(application,), events=events)
    text = " ".join(digest.compose(book, edition(), to=OFFICER, now=book.until).text.split())
    changes = text.partition("Depuis le")[2].partition("Toutes les")[0]

    assert changes.index("Nouvelle candidature") < changes.index("maintenant complet")
    assert "; semble retirer sa candidature (" in changes


def test_who_was_spoken_to_need_not_be_telephoned_for_a_letter_that_failed() -> None:
    """The call has asked for another address."""
    application = an_application()
    facts = (LetterKind.REPLY, application.reference, "…", LetterState.FAILED, DEADLINE, None)
    failed = LetterFact("1" * 32, *facts)
    (call,) = calls.plan((application,), edition(), now=DEADLINE, unreached={application.reference})
    waits, spoken = (
        a_day_book(applications=(application,), letters=(failed,), calls=(replace(call, state=state),))
        for state in (CallState.TO_CALL, CallState.REACHED)
    )

    assert "Téléphoner" in [line.what for line in digest.to_do(waits, edition())]
    assert "Téléphoner" not in [line.what for line in digest.to_do(spoken, edition())]


def test_what_the_officer_must_name_in_a_command_is_told() -> None:
    """The reference stands beside the structure's name."""
    application = an_application()
    leaves = Event(DEADLINE, EventKind.WITHDRAWAL, application.reference, "La Remise semble retirer.")
    (line,) = digest.to_do(a_day_book(applications=(application,), withdrawals=(leaves,)), edition())

    assert (line.what, line.told) == ("Confirmer un retrait", "La Remise (BL26-K7Q3M) semble retirer")
