"""Tests of `checks/answers.py`."""

from dataclasses import replace
from typing import Any

import pytest

from checks import answers
from data.model import Answer, AnswerState, Place, Severity
from tests.checks.dossiers import a_dossier, blossom

P = blossom()


def test_nothing_is_said_of_a_form_filled_in() -> None:
    """A form with an answer everywhere gives no finding."""
    assert list(answers.look(a_dossier(), P)) == []


@pytest.mark.parametrize(
    ("state", "code", "severity"),
    [
        (AnswerState.BLANK, "answer.blank", Severity.BLOCKING),
        (AnswerState.NOT_FOUND, "answer.not_found", Severity.BLOCKING),
        (AnswerState.UNCLEAR, "answer.unclear", Severity.REVIEW),
    ],
)
def test_each_state_has_its_own_code(state: AnswerState, code: str, severity: Severity) -> None:
    """Blank and not found block; unclear is for a person."""
    (finding,) = answers.look(a_dossier(answers={"b.7": state}), P)

    assert (finding.code, finding.subject, finding.severity) == (code, "b.7", severity)
    assert not finding.officer_only


def test_the_point_is_named_in_the_forms_words() -> None:
    """The facts give the label, the part of the form and the number printed there."""
    (finding,) = answers.look(a_dossier(answers={"b.7": AnswerState.BLANK}), P)

    assert finding.facts["label"] == "vos partenaires et ressources clés"
    assert finding.facts["section"] == "B. Description du projet, question 7"


def test_the_place_of_the_question_is_kept() -> None:
    """Whoever reads the finding can look for himself."""
    answer = Answer("d2.1", AnswerState.BLANK, place=Place("Dossier.pdf", 6))
    (finding,) = answers.look(a_dossier(answers={"d2.1": answer}), P)

    assert finding.place == Place("Dossier.pdf", 6)


@pytest.mark.parametrize("state", [AnswerState.BLANK, AnswerState.NOT_FOUND])
@pytest.mark.parametrize("question", ["a1.capital", "a1.website"])
def test_an_optional_question_may_stay_empty(question: str, state: AnswerState) -> None:
    """« Le cas échéant », « si existant »: empty is not missing."""
    assert list(answers.look(a_dossier(answers={question: state}), P)) == []


def test_an_unclear_answer_to_an_optional_question_is_shown_to_a_person() -> None:
    """Something stands there, and somebody must read it."""
    (finding,) = answers.look(a_dossier(answers={"a1.website": AnswerState.UNCLEAR}), P)

    assert finding.severity is Severity.REVIEW


@pytest.mark.parametrize("value", ["Non", "0", "néant", "N/A", "-", "/", 0, 1])
def test_a_short_answer_is_an_answer(value: str | int) -> None:
    """What the parsers call answered is not doubted here."""
    assert list(answers.look(a_dossier(answers={"a1.fte": value, "b.4": value}), P)) == []


def test_a_question_that_the_reading_forgot_is_unclear() -> None:
    """A gap of ours is never a reproach."""
    dossier = a_dossier()
    gap = {question: answer for question, answer in dossier.answers.items() if question != "b.1"}
    (finding,) = answers.look(replace(dossier, answers=gap), P)

    assert (finding.code, finding.subject) == ("answer.unclear", "b.1")


@pytest.mark.parametrize("changes", [{"has_form": False}, {"template_blank": True}])
def test_without_a_filled_form_no_question_is_reproached(changes: dict[str, Any]) -> None:
    """One finding of `checks/dossier.py` stands for all of them."""
    empty = dict.fromkeys(P.questions, AnswerState.BLANK)

    assert list(answers.look(a_dossier(answers=empty, **changes), P)) == []
