"""Tests of `checks/referring.py`."""

import pytest

from checks import judge, referring
from data.model import Answer, AnswerState, Severity
from tests.checks.dossiers import a_dossier, blossom

P = blossom()


def _told(said: str) -> list[str]:
    answers = {"b.4": Answer("b.4", AnswerState.ANSWERED, said)}
    return [finding.subject for finding in referring.look(a_dossier(answers=answers), P)]


@pytest.mark.parametrize(
    "said",
    [
        "Voir annexe",
        "voir document joint",
        "Cf. plan financier en pièce jointe.",
        "Cfr notre rapport d'activité 2025 (annexe 2)",
        "En annexe.",
        "Ci-joint",
        "Veuillez trouver notre réponse dans le document joint.",
        "Zie bijlage 3",
    ],
)
def test_an_answer_that_only_refers_to_a_document_is_told_to_the_officer(said: str) -> None:
    """Nobody has opened that document to answer the question."""
    assert _told(said) == ["b.4"]


@pytest.mark.parametrize(
    "said",
    [
        "Non",
        "Idem",
        "Voir réponse 1",
        "Nous voir grandir",
        "Rapport d'activité annuel",
        "Oui, un rapport d'impact est publié chaque année (voir annexe).",
        "Voir notre rapport d'activité, où l'enquête auprès de nos membres est décrite page 4.",
    ],
)
def test_an_answer_that_says_something_itself_is_not(said: str) -> None:
    """A reference beside an answer is a service."""
    assert _told(said) == []


def test_it_stays_an_answer_and_the_dossier_complete() -> None:
    """The contract counts what is answered; the remark is for the officer alone."""
    answers = {"b.4": Answer("b.4", AnswerState.ANSWERED, "Voir annexe")}
    dossier = a_dossier(answers=answers)
    (finding,) = referring.look(dossier, P)

    assert finding.severity is Severity.REVIEW
    assert finding.officer_only
    assert judge(dossier, P).state is judge(a_dossier(), P).state
