"""Tests of `checks/dossier.py`."""

from typing import Any

import pytest

from checks import dossier as check
from checks import judge
from data.model import AnswerState, Dossier, Severity, SignatureState, UnreadReason, VerdictState
from tests.checks.dossiers import a_dossier, a_mail_fact, a_piece, blossom

P = blossom()


def _codes(dossier: Dossier) -> list[str]:
    return [finding.code for finding in check.look(dossier, P)]


def test_nothing_is_said_of_a_form_filled_in() -> None:
    """It is there, and holds answers."""
    assert _codes(a_dossier()) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"has_form": False}, "dossier.missing"),
        ({"template_blank": True}, "dossier.template_blank"),
        ({"template_blank": True, "has_form": False}, "dossier.template_blank"),
    ],
)
def test_no_form_or_an_empty_one_blocks(changes: dict[str, Any], code: str) -> None:
    """The applicant hears which of the two it is."""
    (finding,) = check.look(a_dossier(**changes), P)

    assert (finding.code, finding.severity) == (code, Severity.BLOCKING)


def test_of_a_form_in_other_words_the_officer_is_told() -> None:
    """It blocks nothing, and the applicant hears nothing of it; a person reads it with that in mind."""
    (finding,) = check.look(a_dossier(in_own_words=True), P)

    assert (finding.code, finding.severity, finding.officer_only) == (
        "dossier.own_words",
        Severity.NOTICE,
        True,
    )


@pytest.mark.parametrize("changes", [{"has_form": False}, {"template_blank": True}])
def test_what_could_not_be_opened_may_be_the_form(changes: dict[str, Any]) -> None:
    """With a locked file or a link in the mail, nobody is told that the form is missing or empty."""
    locked = [a_piece("dossier.pdf", unread=UnreadReason.ENCRYPTED)]

    assert _codes(a_dossier(more_pieces=locked, **changes)) == ["dossier.unclear"]
    assert _codes(a_dossier(mails=[a_mail_fact(links=("we.tl",))], **changes)) == ["dossier.unclear"]


def test_the_blank_form_gives_one_reproach_and_not_fifty() -> None:
    """All answers blank, no signature, and a single finding says so."""
    verdict = judge(
        a_dossier(
            answers=dict.fromkeys(P.questions, AnswerState.BLANK),
            signatures=dict.fromkeys(P.signatories, SignatureState.MISSING),
            template_blank=True,
        ),
        P,
    )

    assert [finding.code for finding in verdict.findings] == ["dossier.template_blank"]
    assert verdict.state is VerdictState.INCOMPLETE
