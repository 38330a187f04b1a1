"""What the officer decides stands: in the verdict, the calls and every later run; and writes to nobody."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checks import judge
from data.errors import UsageError
from data.model import (
    AnswerState,
    Application,
    CallState,
    Dossier,
    Event,
    EventKind,
    Matter,
    Piece,
    Ruling,
    VerdictState,
)
from desk import deciding, jobs
from desk.applications import as_ruled
from desk.wiring import Desk
from notifier import digest, reminders, rulings
from notifier._inventory import take
from notifier._standing import Standing, standings
from tests.desk.desks import EDITION, Clock
from tests.desk.quiet import a_quiet_desk
from tests.desk.test_letters import Interrupted
from tests.notifier.builders import FORM, RECEIVED, a_dossier, a_mail_fact, a_piece, an_answer, an_application
from tests.notifier.letters import a_few

MONDAY = datetime(2026, 9, 14, 8, 20, tzinfo=UTC)
DEADLINE = EDITION.dates.deadline
DOUBTFUL = {"b.2": an_answer("b.2", AnswerState.UNCLEAR, reason="l'écriture est difficile à lire")}


def sound(**more: object) -> Dossier:
    """A dossier that the checks have nothing to say of: two people signed."""
    dossier = a_dossier(**more)  # type: ignore[arg-type]  # the builder's own keywords
    names = {"s.contact_name": "Aline Peeters", "s.administrator_name": "Karim Haddad"}
    return replace(
        dossier, answers=dict(dossier.answers) | {id: an_answer(id, value=names[id]) for id in names}
    )


def judged(dossier: Dossier, **more: object) -> Application:
    """An application as the checks alone see it."""
    application = an_application(dossier, judge(dossier, EDITION))
    return replace(application, **more)  # type: ignore[arg-type]  # a test's keywords are the nouns' own


def said(application: Application, word: str) -> Application:
    """With this word of the officer's."""
    matter, accepted = deciding.ANSWERS[word]
    seen = rulings.evidence(application, matter, EDITION)
    ruling = Ruling(matter, accepted, "Matthias", DEADLINE, seen)
    return as_ruled(replace(application, rulings=(*application.rulings, ruling)), EDITION)


def came_late(**more: object) -> Application:
    return judged(sound(received_at=DEADLINE + timedelta(seconds=1)), **more)


def with_more(application: Application, *pieces: Piece) -> Dossier:
    return replace(application.dossier, pieces=(*application.dossier.pieces, *pieces))


def again(ruled: Application, dossier: Dossier) -> Application:
    """The next run over what there is then."""
    return as_ruled(replace(ruled, dossier=dossier, verdict=judge(dossier, EDITION)), EDITION)


# ---------------------------------------------------------------- what a word makes of the verdict


def test_a_dossier_in_order_is_complete_and_told_as_found() -> None:
    """The doubt is no doubt any more: not in the verdict, the letter, the picture or the questions."""
    doubted = judged(sound(answers=DOUBTFUL))
    ruled = said(doubted, "in-order")
    stock = take(ruled.dossier, ruled.verdict, EDITION)

    assert doubted.verdict.state is VerdictState.TO_REVIEW
    assert ruled.verdict.state is VerdictState.COMPLETE
    assert [finding.code for finding in ruled.verdict.settled] == ["answer.unclear"]
    assert stock.doubts == ()
    assert set(standings(ruled, EDITION).values()) == {Standing.FOUND}
    assert list(rulings.asked(ruled, EDITION)) == []


def test_a_doubt_that_comes_later_is_asked_about_alone() -> None:
    """What was seen stays settled, in whatever words the readers say it now; a new form is looked at anew."""
    ruled = said(judged(sound(answers=DOUBTFUL)), "in-order")
    other_words = {"b.2": replace(DOUBTFUL["b.2"], reason="la page numérisée est difficile à lire")}
    more = DOUBTFUL | {"b.3": replace(an_answer("b.3", AnswerState.UNCLEAR), reason="illisible")}
    anew = tuple(replace(piece, sha256="0" * 64) if piece.file == FORM else piece for piece in sound().pieces)

    assert again(ruled, sound(answers=other_words)).verdict.state is VerdictState.COMPLETE
    grown = again(ruled, sound(answers=more))
    assert [finding.subject for finding in rulings.doubts(grown)] == ["b.3"]
    assert list(rulings.asked(grown, EDITION)) == [Matter.DOUBTS]
    resent = again(ruled, sound(answers=DOUBTFUL, pieces=anew))
    assert [finding.subject for finding in rulings.doubts(resent)] == ["b.2"]
    assert resent.verdict.state is VerdictState.TO_REVIEW


def test_what_is_missing_stays_missing_whatever_was_in_order() -> None:
    """The officer's look settles doubts, never what blocks."""
    blank = {"b.3": an_answer("b.3", AnswerState.BLANK)}
    ruled = said(judged(sound(answers=DOUBTFUL | blank)), "in-order")

    assert ruled.verdict.state is VerdictState.INCOMPLETE
    assert [finding.subject for finding in ruled.verdict.findings] == ["b.3"]


def test_a_dossier_not_in_order_is_incomplete_and_reminded_of_nothing() -> None:
    """The call asks; no letter could say what is missing. Other doubts, and the officer is asked again."""
    ruled = said(judged(sound(answers=DOUBTFUL)), "not-in-order")

    assert ruled.verdict.state is VerdictState.INCOMPLETE
    assert list(reminders.wanted([ruled])) == []
    assert list(rulings.asked(ruled, EDITION)) == []
    assert again(ruled, sound()).verdict.state is VerdictState.COMPLETE


def test_a_late_dossier_that_counts_is_judged_as_if_in_time() -> None:
    """That it came late is still told; a later form is a new question, another annex is none."""
    late = came_late()
    ruled = said(late, "counts")
    later = replace(late.dossier, pieces=(a_piece("Nouveau.docx", "dossier"), *late.dossier.pieces[1:]))

    assert late.verdict.state is VerdictState.TO_REVIEW
    assert (ruled.verdict.state, ruled.verdict.on_time) == (VerdictState.COMPLETE, False)
    assert list(rulings.asked(again(ruled, with_more(late, a_piece("b.pdf", "other"))), EDITION)) == []
    assert again(ruled, later).verdict.state is VerdictState.TO_REVIEW
    assert list(rulings.asked(again(ruled, later), EDITION)) == [Matter.LATE]


@pytest.mark.parametrize(
    ("word", "state"), [("counts", VerdictState.COMPLETE), ("does-not-count", VerdictState.INCOMPLETE)]
)
def test_a_late_supplement_counts_or_the_dossier_stands_as_it_stood(word: str, state: VerdictState) -> None:
    """Another file after that, and the officer is asked again."""
    late = a_piece("Rapport.pdf", "activity_report", received_at=DEADLINE + timedelta(days=1))
    other = a_piece("Autre.pdf", "other", received_at=DEADLINE + timedelta(days=2))
    completed = judged(replace(sound(), pieces=(*sound().pieces, late)), at_deadline=VerdictState.INCOMPLETE)
    ruled = said(completed, word)
    grown = again(ruled, with_more(completed, other))

    assert (completed.verdict.state, ruled.verdict.state) == (VerdictState.COMPLETE, state)
    assert list(rulings.asked(ruled, EDITION)) == []
    assert list(rulings.asked(grown, EDITION)) == [Matter.LATE]
    assert grown.verdict.state is VerdictState.COMPLETE


def test_what_came_late_in_a_mails_own_words_is_asked_about_too() -> None:
    """No file came, and yet the dossier stands otherwise than at the deadline."""
    mails = (a_mail_fact(), a_mail_fact("mail-2", received_at=DEADLINE + timedelta(hours=3)))
    completed = judged(sound(mails=mails), at_deadline=VerdictState.INCOMPLETE)

    assert list(rulings.asked(completed, EDITION)) == [Matter.LATE]
    assert list(rulings.asked(said(completed, "counts"), EDITION)) == []


# ---------------------------------------------------------------- kept, and what follows


def test_a_decision_is_kept_once_tells_the_digest_and_writes_no_letter(tmp_path: Path) -> None:
    """With who, when and why; said again it changes nothing; the call that is no longer needed is dropped."""
    with a_desk(tmp_path) as desk:
        jobs.plan_calls(desk)
        letters = desk.store.letters.facts()
        first, new = deciding.decide(desk, "bl26-ccccc", "in-order", by="Matthias", note="Appelé.")
        _, twice = deciding.decide(desk, "BL26-CCCCC", "in-order", by="Quelqu'un d'autre")
        kept = desk.store.application("BL26-CCCCC")
        events = desk.store.events(RECEIVED, MONDAY + timedelta(days=1))
        (told,) = (each.detail for each in events if each.kind is EventKind.RULED)

        assert (new, twice) == (True, False)
        assert kept == first
        assert [(each.by, each.at, each.note) for each in first.rulings] == [("Matthias", MONDAY, "Appelé.")]
        assert first.verdict.state is VerdictState.COMPLETE
        assert told == "Décidé par Matthias : vu et en ordre."
        assert desk.store.letters.facts() == letters
        assert call_of(desk, "BL26-CCCCC") is CallState.DROPPED


def test_what_is_taken_back_is_asked_again(tmp_path: Path) -> None:
    """The verdict is the checks' own again, and the call is there again."""
    with a_desk(tmp_path) as desk:
        jobs.plan_calls(desk)
        deciding.decide(desk, "BL26-DDDDD", "does-not-count", by="Matthias")
        without = [each.reference for each, _ in deciding.waiting(desk)], call_of(desk, "BL26-DDDDD")
        deciding.decide(desk, "BL26-DDDDD", "undecided", by="Matthias")

        assert without == (["BL26-CCCCC"], CallState.DROPPED)
        assert [each.reference for each, _ in deciding.waiting(desk)] == ["BL26-CCCCC", *2 * ["BL26-DDDDD"]]
        assert call_of(desk, "BL26-DDDDD") is CallState.TO_CALL


@pytest.mark.parametrize(
    ("reference", "word", "told"),
    [
        ("BL26-AAAAA", "counts", "BL26-AAAAA: nothing came after the deadline"),
        ("BL26-EEEEE", "in-order", "BL26-EEEEE: nothing waits for a look"),
        ("BL26-ZZZZZ", "counts", "BL26-ZZZZZ: no such application"),
        ("BL26-AAAAA", "oui", "oui: not an answer"),
    ],
)
def test_nothing_is_decided_of_nothing(tmp_path: Path, reference: str, word: str, told: str) -> None:
    """A wrong reference, a wrong word, or nothing to decide: said, and nothing kept."""
    with a_desk(tmp_path) as desk:
        before = desk.store.generation()
        with pytest.raises(UsageError, match=told):
            deciding.decide(desk, reference, word, by="Matthias")

        assert desk.store.generation() == before


def test_who_is_overtaken_decides_upon_what_there_is_then(tmp_path: Path) -> None:
    """Another worker changed the application at the same moment: its change is not lost."""
    with a_desk(tmp_path) as desk:
        grown = replace(a_few()[2], version=7)
        other = Interrupted(desk.store, lambda: rewrite(desk, grown), "rule")
        both = replace(desk, store=other)  # type: ignore[arg-type] # stands for a store
        after, _ = deciding.decide(both, grown.reference, "in-order", by="Matthias")

        assert (after.version, after.verdict.state) == (7, VerdictState.COMPLETE)


def test_a_probable_withdrawal_is_asked_about_until_it_is_answered(tmp_path: Path) -> None:
    """In every digest, not only the next; another message asks again, but not of who has left."""
    with a_desk(tmp_path) as desk:
        for number, reference in enumerate(("BL26-AAAAA", "BL26-BBBBB")):
            at = RECEIVED + timedelta(hours=number)
            desk.store.note_event(Event(at, EventKind.WITHDRAWAL, reference, "… semble retirer."), at)
        book = jobs.day_book(desk, MONDAY.date() + timedelta(days=3))
        lines = [line.what for line in digest.to_do(book, EDITION)]
        _, new = deciding.decide(desk, "BL26-AAAAA", "stays", by="Matthias")
        _, twice = deciding.decide(desk, "BL26-AAAAA", "stays", by="Matthias")
        deciding.withdraw(desk, "BL26-BBBBB")
        left = jobs.withdrawals_asked(desk)
        again = Event(MONDAY + timedelta(seconds=5), EventKind.WITHDRAWAL, "BL26-AAAAA", "… à nouveau.")
        for event in (again, replace(again, application="BL26-BBBBB")):
            desk.store.note_event(event, MONDAY)

        assert lines.count("Confirmer un retrait") == 2
        assert (new, twice, left) == (True, False, ())
        assert jobs.withdrawals_asked(desk) == (again,)


def a_desk(folder: Path) -> AbstractContextManager[Desk]:
    """Five applications on the day the calls begin, one of them without a doubt."""
    return a_quiet_desk(folder, Clock(MONDAY), (*a_few(), judged(sound(), reference="BL26-EEEEE")))


def call_of(desk: Desk, reference: str) -> CallState | None:
    return next((each.state for each in desk.store.calls() if each.application == reference), None)


def rewrite(desk: Desk, application: Application) -> None:
    event = Event(MONDAY, EventKind.CHANGED, application.reference, "…")
    desk.store.rule(application, generation=desk.store.generation(), event=event, now=MONDAY)
