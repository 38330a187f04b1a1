"""What is true of every verdict, whatever was sent."""

from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks import annex_of, answer_to, judge, signature_of
from data.edition import Edition
from data.model import (
    Annex,
    AnnexState,
    AnswerState,
    Dossier,
    Severity,
    SignatureState,
    Verdict,
    VerdictState,
)
from tests.checks.dossiers import a_dossier, blossom, verger
from tests.checks.strategies import annexes, answers, dossiers, signatures

EDITIONS = st.sampled_from([blossom(), verger()])


@st.composite
def cases(draw: st.DrawFn) -> tuple[Dossier, Edition]:
    """Any dossier; as often one that would be complete, but for a few things."""
    edition = draw(EDITIONS)
    anything = draw(dossiers(edition))
    if draw(st.booleans()):
        return anything, edition
    asked = [*edition.questions, *edition.signatories, *edition.annexes]
    odd = draw(st.lists(st.sampled_from(asked), max_size=3, unique=True))
    dossier = a_dossier(
        edition,
        answers={q: draw(answers(q)) for q in odd if q in edition.questions},
        signatures={role: draw(signatures(role)) for role in odd if role in edition.signatories},
        annexes={annex: draw(annexes(annex)) for annex in odd if annex in edition.annexes},
        more_pieces=draw(st.sampled_from([(), anything.pieces])),
        mails=draw(st.sampled_from([(), anything.mails])),
        received_at=draw(st.none() | st.just(anything.received_at)),
    )
    return dossier, edition


def _missing(verdict: Verdict) -> set[tuple[str, str]]:
    return {(f.code, f.subject) for f in verdict.findings if f.severity is Severity.BLOCKING}


few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(cases())
def test_any_dossier_gets_a_verdict(case: tuple[Dossier, Edition]) -> None:
    """No dossier makes a check fail, and every finding has its sentence."""
    verdict = judge(*case)

    assert verdict.on_time == case[1].is_on_time(case[0].received_at)
    assert all(finding.message and "\n" not in finding.message for finding in verdict.findings)


@few
@given(cases())
def test_incomplete_names_what_is_missing(case: tuple[Dossier, Edition]) -> None:
    """Incomplete if and only if something blocks."""
    verdict = judge(*case)

    assert (verdict.state is VerdictState.INCOMPLETE) == bool(_missing(verdict))


@few
@given(cases())
def test_what_is_unclear_is_never_called_missing(case: tuple[Dossier, Edition]) -> None:
    """The worst error: no finding blocks for a thing in doubt."""
    dossier, edition = case
    blocked = {subject for _, subject in _missing(judge(dossier, edition))}

    assert not [q for q in edition.questions if _doubted(dossier, q) and q in blocked]
    assert not [
        s
        for s in edition.signatories
        if signature_of(dossier, s).state is SignatureState.UNCLEAR and s in blocked
    ]
    assert not [
        a for a in edition.annexes if annex_of(dossier, a).state is AnnexState.UNCLEAR and a in blocked
    ]


@few
@given(cases())
def test_complete_means_that_all_is_there(case: tuple[Dossier, Edition]) -> None:
    """The second worst error: nothing doubtful, unread or late is called complete."""
    dossier, edition = case
    if judge(dossier, edition).state is not VerdictState.COMPLETE:
        return

    assert dossier.has_form
    assert edition.is_on_time(dossier.received_at)
    required = [q.id for q in edition.questions.values() if q.required]
    assert {answer_to(dossier, q).state for q in required} == {AnswerState.ANSWERED}
    assert {signature_of(dossier, s).state for s in edition.signatories} == {SignatureState.SIGNED}
    assert {annex_of(dossier, a).state for a in edition.annexes} == {AnnexState.PRESENT}


@few
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_files_and_mails_does_not_matter(case: tuple[Dossier, Edition], lot: Random) -> None:
    """The same files in another order are the same application."""
    dossier, edition = case
    pieces, mails = list(dossier.pieces), list(dossier.mails)
    lot.shuffle(pieces)
    lot.shuffle(mails)
    shuffled = replace(dossier, pieces=tuple(pieces), mails=tuple(mails))

    assert judge(shuffled, edition) == judge(dossier, edition)


@few
@given(cases(), st.data())
def test_another_annex_never_makes_more_missing(case: tuple[Dossier, Edition], data: st.DataObject) -> None:
    """Whoever sends more is never told that more is missing."""
    dossier, edition = case
    annex = data.draw(st.sampled_from(list(edition.annexes)))
    more = replace(dossier, annexes={**dossier.annexes, annex: Annex(annex, AnnexState.PRESENT)})

    assert _missing(judge(more, edition)) <= _missing(judge(dossier, edition))


@few
@given(cases())
def test_a_verdict_is_a_function_of_its_dossier(case: tuple[Dossier, Edition]) -> None:
    """Judged again, it is the same to the letter."""
    assert judge(*case) == judge(*case)


def _doubted(dossier: Dossier, question: str) -> bool:
    return answer_to(dossier, question).state is AnswerState.UNCLEAR
