"""Tests of `checks/_verdict.py`: what the findings and the reading sum up to."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from checks import judge
from data.edition import Edition
from data.model import (
    Annex,
    AnnexState,
    AnswerState,
    DocumentKind,
    Severity,
    Signature,
    SignatureHow,
    SignatureState,
    UnreadReason,
    VerdictState,
)
from tests.checks.dossiers import a_dossier, a_mail_fact, a_piece, blossom, in_time, verger

P = blossom()
COMPLETE, INCOMPLETE, TO_REVIEW = VerdictState
EDITIONS = pytest.mark.parametrize("edition", [blossom(), verger()], ids=lambda e: e.id)


def _codes(state: VerdictState, **changes: Any) -> list[str]:
    """Codes of the findings, after asserting the verdict."""
    verdict = judge(a_dossier(**changes), P)
    assert verdict.state is state
    return [finding.code for finding in verdict.findings]


@EDITIONS
def test_all_that_is_asked_for_in_time_is_complete(edition: Edition) -> None:
    """Nothing to say, in either programme."""
    verdict = judge(a_dossier(edition), edition)

    assert (verdict.state, verdict.on_time, verdict.findings) == (COMPLETE, True, ())


@EDITIONS
def test_every_required_answer_is_needed(edition: Edition) -> None:
    """Blank or not found: incomplete; unclear: for a person; optional: no matter."""
    expected = {
        AnswerState.BLANK: INCOMPLETE,
        AnswerState.NOT_FOUND: INCOMPLETE,
        AnswerState.UNCLEAR: TO_REVIEW,
    }
    for question in edition.questions.values():
        for state, verdict in expected.items():
            dossier = a_dossier(edition, answers={question.id: state})

            assert judge(dossier, edition).state is (verdict if question.required else COMPLETE), question.id


@EDITIONS
def test_every_signature_is_needed(edition: Edition) -> None:
    """Missing: incomplete; unclear: for a person."""
    for role in edition.signatories:
        missing = a_dossier(edition, signatures={role: SignatureState.MISSING})
        unclear = a_dossier(edition, signatures={role: SignatureState.UNCLEAR})

        assert judge(missing, edition).state is INCOMPLETE
        assert judge(unclear, edition).state is TO_REVIEW


@EDITIONS
def test_every_annex_is_needed(edition: Edition) -> None:
    """Missing or partial: incomplete; unclear: for a person."""
    for annex in edition.annexes:
        for state, verdict in {
            AnnexState.MISSING: INCOMPLETE,
            AnnexState.PARTIAL: INCOMPLETE,
            AnnexState.UNCLEAR: TO_REVIEW,
        }.items():
            assert judge(a_dossier(edition, annexes={annex: state}), edition).state is verdict


def test_what_is_missing_outweighs_what_is_doubtful() -> None:
    """One thing missing and one unclear: incomplete, and both are told, the missing one first."""
    codes = _codes(INCOMPLETE, annexes={"cv": AnnexState.MISSING}, answers={"a1.name": AnswerState.UNCLEAR})

    assert codes == ["annex.missing", "answer.unclear"]


def test_one_annex_and_one_signature_forgotten_are_named_and_nothing_else() -> None:
    """Exactly the two things that lack."""
    verdict = judge(
        a_dossier(
            annexes={"activity_report": AnnexState.MISSING},
            signatures={"administrator": SignatureState.MISSING},
        ),
        P,
    )

    assert [finding.message for finding in verdict.findings] == [
        "Nous n'avons pas trouvé la signature de l'administrateur ou l'administratrice.",
        "Nous n'avons pas trouvé le dernier rapport d'activité.",
    ]


def test_a_complete_late_dossier_is_for_a_person() -> None:
    """Late changes no state; the officer decides."""
    late = P.dates.deadline + timedelta(seconds=1)

    assert _codes(TO_REVIEW, received_at=late) == ["mail.late"]
    assert not judge(a_dossier(received_at=late), P).on_time


def test_an_incomplete_late_dossier_is_incomplete() -> None:
    """What lacks is still told."""
    late = P.dates.deadline + timedelta(minutes=3)

    assert _codes(INCOMPLETE, received_at=late, annexes={"cv": AnnexState.MISSING})[0] == "annex.missing"


def test_a_download_link_in_place_of_an_annex_is_for_a_person() -> None:
    """The annex is unclear, not missing."""
    mail = a_mail_fact(links=("we.tl",))

    assert _codes(TO_REVIEW, mails=[mail], annexes={"cv": AnnexState.UNCLEAR}) == [
        "annex.unclear",
        "document.link_only",
    ]


@pytest.mark.parametrize("reason", list(UnreadReason))
def test_a_file_that_could_not_be_read_is_for_a_person(reason: UnreadReason) -> None:
    """Even where nothing seems to lack, somebody looks at it."""
    (code,) = _codes(TO_REVIEW, more_pieces=[a_piece("bonus.pdf", unread=reason)])

    assert code.startswith("document.")


def test_a_file_of_no_interest_holds_nobody_back() -> None:
    """A logo that no reader knows, an earlier version of the form."""
    logo = replace(a_piece("logo.webp", unread=UnreadReason.UNSUPPORTED), kind=DocumentKind.OTHER)
    earlier = a_piece("Dossier (1).pdf", unread=UnreadReason.CORRUPT, superseded=True)

    assert _codes(COMPLETE, more_pieces=[logo, earlier]) == []


def test_a_locked_file_sent_again_unlocked_completes_the_dossier() -> None:
    """Else nobody who was asked for it could ever become complete."""
    locked = a_piece("statuts.pdf", unread=UnreadReason.ENCRYPTED, received_at=in_time(P))
    unlocked = a_piece("statuts.pdf", "statutes", received_at=in_time(P) + timedelta(hours=1))

    assert _codes(COMPLETE, pieces=[locked, unlocked]) == []
    assert _codes(TO_REVIEW, pieces=[replace(locked, received_at=unlocked.received_at), unlocked])


def test_one_person_who_signs_twice_is_a_finding_and_no_obstacle() -> None:
    """Both are signed; a person looks."""
    same = {
        role: Signature(role, SignatureState.SIGNED, SignatureHow.INK, "Zoé Dupont") for role in P.signatories
    }

    assert _codes(COMPLETE, signatures=same) == ["signature.same_person"]


def test_a_broken_seal_is_a_finding_and_no_obstacle() -> None:
    """It is signed; a person looks."""
    broken = Signature("contact", SignatureState.SIGNED, SignatureHow.DIGITAL, intact=False)

    assert _codes(COMPLETE, signatures={"contact": broken}) == ["signature.invalid"]


def test_old_accounts_are_never_present() -> None:
    """Whatever the reading called them, a dossier with accounts of 2019 and 2020 is not complete."""
    old = Annex("accounts", AnnexState.PRESENT, years=(2019, 2020))

    assert _codes(TO_REVIEW, annexes={"accounts": old}) == ["annex.old"]


def test_no_form_is_incomplete_with_one_reproach_for_it() -> None:
    """The annexes came, the form did not."""
    assert _codes(INCOMPLETE, has_form=False, answers={}) == ["dossier.missing"]


def test_an_unreadable_form_is_for_a_person() -> None:
    """A scan without OCR may be the form."""
    scan = a_piece("scan.pdf", unread=UnreadReason.SCAN)

    assert _codes(TO_REVIEW, has_form=False, pieces=[scan]) == ["document.unreadable", "dossier.unclear"]


def test_a_slip_of_the_pen_is_told_and_no_obstacle() -> None:
    """A wrong digit is a notice: the dossier is complete."""
    assert _codes(COMPLETE, answers={"a1.enterprise_number": "0419.618.536"}) == ["answer.invalid"]


def test_findings_stand_in_the_order_of_the_form() -> None:
    """Missing things first, then doubts, then remarks; within each as the form asks."""
    verdict = judge(
        a_dossier(
            answers={
                "b.2": AnswerState.BLANK,
                "a1.name": AnswerState.BLANK,
                "b.10": AnswerState.BLANK,
                "a2.phone": "12",
                "a3.took_part": AnswerState.UNCLEAR,
            },
            annexes={"cv": AnnexState.MISSING, "statutes": AnnexState.MISSING},
            signatures={"contact": SignatureState.MISSING},
        ),
        P,
    )

    expected = ["a1.name", "b.2", "b.10", "contact", "statutes", "cv", "a3.took_part", "a2.phone"]
    assert [finding.subject for finding in verdict.findings] == expected
    severities = [list(Severity).index(finding.severity) for finding in verdict.findings]
    assert severities == sorted(severities)
