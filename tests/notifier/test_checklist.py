"""The checklist of the terminal."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import AnswerState, Ground, Piece, Place
from notifier import checklist
from tests.notifier.builders import (
    VALUES,
    a_dossier,
    a_finding,
    a_piece,
    a_verdict,
    an_answer,
    edition,
    forgetful,
    without_answers,
)


def test_every_item_of_the_form_has_its_line_and_its_place() -> None:
    """In the form's order: questions, signatures, annexes, each with file and page where it was seen."""
    said = checklist.render(a_dossier(), a_verdict(), edition())
    places = [said.index(question.label.split(" ")[0]) for question in edition().questions.values()]

    assert places
    assert said.count("✓") == len(edition().questions) + 2 + 4 + len(a_dossier().pieces)
    assert "✗" not in said
    assert "p. 8" in said


def test_what_is_missing_is_marked_and_told() -> None:
    """The two forgotten things, the verdict, and the findings at the end."""
    verdict = replace(
        forgetful().verdict, findings=(a_finding("annex.missing", "x", message="Il manque x."),)
    )
    said = checklist.render(forgetful().dossier, verdict, edition())

    assert "Verdict : À COMPLÉTER" in said
    assert "✗ signature de l'administrateur ou de l'administratrice" in said
    assert "✗ le dernier rapport d'activité" in said
    assert said.endswith("Points relevés\n  - Il manque x. [à compléter]\n")


def test_an_annex_says_why_it_was_taken_for_one() -> None:
    """The three clues that weighed most, once each; of other papers what they are."""
    clues = (Ground("montants", 2), Ground("titre de comptes", 7), Ground("bilan", 6), Ground("exercice", 1))
    pieces = [
        a_piece("a.pdf", "accounts", grounds=clues),
        a_piece("b.pdf", "accounts", grounds=clues[:2]),
        a_piece("c.pdf", "other", detail="procès-verbal"),
    ]
    said = checklist.render(a_dossier(pieces=pieces), a_verdict(), edition())

    assert "      indices : « titre de comptes », « bilan », « montants »\n" in said.replace("\xa0", " ")
    assert said.count("indices") == 1
    assert "Autre document (procès-verbal)" in said


def test_no_hour_of_reception_is_made_up() -> None:
    """Loose files do not say when they were received, so nothing is « à temps »."""
    said = checklist.render(a_dossier(), a_verdict(), edition(), received=False)

    assert "Date de réception inconnue" in said
    assert "à temps" not in said


@pytest.mark.parametrize("id", ["a1.capital", "a1.website"])
def test_what_need_not_be_answered_is_no_fault(id: str) -> None:
    """« Le cas échéant » without an answer is a dot, not a cross."""
    said = checklist.render(a_dossier(answers=without_answers(id)), a_verdict(), edition())

    assert "✗" not in said
    assert f"· {edition().questions[id].label}" in said


def test_personal_answers_are_only_counted_as_given() -> None:
    """Their values and doubts stay in the file."""
    doubt = an_answer("a2.birth_date", AnswerState.UNCLEAR, reason="le 31 février 1987")
    said = checklist.render(a_dossier(answers={"a2.birth_date": doubt}), a_verdict(), edition())

    assert "31 février" not in said
    assert VALUES["a2.gender"] not in said


@given(name=st.text(max_size=150), file=st.text(max_size=150), page=st.integers(1, 10**9), reason=st.text())
def test_no_line_is_wider_than_a_terminal(name: str, file: str, page: int, reason: str) -> None:
    """80 columns, whatever strangers write, wide signs counted as two."""
    unclear = replace(an_answer("b.1", AnswerState.UNCLEAR, reason=reason), place=Place(file, page))
    pieces: list[Piece] = [a_piece(file, "dossier", pages=page)]
    dossier = a_dossier(organisation=name, answers={"b.1": unclear}, pieces=pieces)
    said = checklist.render(
        dossier, a_verdict(a_finding("document.unreadable", file, message=name)), edition()
    )

    assert all(checklist.len_of(line) <= 80 for line in said.splitlines())
