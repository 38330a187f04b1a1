"""Labels in small print under the lines that they name; and those that stand above, as most do."""

from dataclasses import replace

import pytest

from data.edition import Edition
from data.model import (
    Answer,
    AnswerState,
    Box,
    Document,
    FileKind,
    Line,
    Look,
    Page,
    PageSource,
    Picture,
    PictureForm,
    Span,
)
from parsers._answered import _form

FIELDS = (
    ("Nom l’entreprise", "Les Deux Roues"),
    ("Forme juridique", "SC"),
    ("Adresse", "rue Haute 3, 1000 Bruxelles"),
    ("Date de création", ""),
    ("Numéro d’entreprise", "0202.239.951"),
)
MORE = (("Nom", "Peeters"), ("Prénom", "Luc"), ("Genre", "X"), ("Date de naissance", "14/02/1984"))


def _page(edition: Edition, *, under: bool, titled: bool = True, small: float = 8.0) -> Document:
    """A recognised page of fields in one column, each label under its line or above it, and of questions.

    Args:
        small: how high labels are, in points; all else is 10 points high.
    """
    said: list[str] = []
    for title, fields in (("1. Votre entreprise", FIELDS), ("2. Personne référente dans votre équipe", MORE)):
        said.append(title if titled else "Identité")
        said += [each for label, answer in fields for each in ((answer, label) if under else (label, answer))]
    said += [q.wording for q in edition.questions.values() if q.id.startswith("b.")]
    labels = {label for label, _ in (*FIELDS, *MORE)}
    placed = [
        (text, 20.0 + 14 * at, small if text in labels else 10.0) for at, text in enumerate(said) if text
    ]
    lines = [Line((Span(text),), 1, Box(50.0, y, 50 + 5.0 * len(text), y + high)) for text, y, high in placed]
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    return Document(FileKind.PDF, (page,), tuple(lines))


def _read(document: Document, edition: Edition) -> dict[str, Answer]:
    return dict(_form.read(document, "scan.pdf", edition).answers)


@pytest.mark.parametrize("under", [True, False])
def test_each_line_is_its_own_labels(under: bool, edition: Edition) -> None:
    """The rows are as far from each other; where they begin and end tells which is whose."""
    answers = _read(_page(edition, under=under), edition)

    assert answers["a1.name"].value == "Les Deux Roues"
    assert answers["a1.address"].value == "rue Haute 3, 1000 Bruxelles"
    assert answers["a1.created_on"].state is AnswerState.BLANK
    assert answers["a2.first_name"].value == "Luc"
    assert answers["a2.birth_date"].value == "1984-02-14"


def test_titles_above_labels_that_nobody_answered_are_no_answers(edition: Edition) -> None:
    """Two titles of the applicant's own, and labels below each other: there is no line between two."""
    bare = _page(edition, under=False, titled=False)
    answered = {text for _, text in (*FIELDS, *MORE)}
    lines = tuple(line for line in bare.lines if line.text not in answered)
    answers = _read(replace(bare, lines=lines), edition)

    assert {answers[q].state for q in ("a1.name", "a2.last_name", "a2.birth_date")} == {AnswerState.BLANK}


def test_writing_on_the_line_above_a_label_is_its_answer_and_not_the_one_befores(edition: Edition) -> None:
    """Handwriting that nobody can read stands where « Date de création » is asked below."""
    form = _page(edition, under=True)
    label = next(line for line in form.lines if line.text == "Date de création").box
    assert label
    box = Box(60, label.top - 14, 130, label.top - 3)
    ink = Picture(PictureForm.INK, 1, -1, box, None, 70, 11, stroke_pt=150, look=Look.WRITING)
    answers = _read(replace(form, pictures=(ink,)), edition)

    assert answers["a1.created_on"].state is AnswerState.UNCLEAR
    assert answers["a1.address"].state is AnswerState.ANSWERED


def test_a_label_as_large_as_the_line_above_it_is_no_caption(edition: Edition) -> None:
    """What stands above it answers the question before, however the rows are spaced."""
    small, large = (_read(_page(edition, under=True, small=high), edition) for high in (8.0, 10.0))

    assert small["a1.name"].value == "Les Deux Roues"
    assert large["a1.name"].value == "SC"


def test_what_is_answered_in_ten_lines_is_asked_above_them(edition: Edition) -> None:
    """Below fields whose labels are captions, questions in as small print are none of the answer before."""
    form = _page(edition, under=True)
    asked = [q for q in edition.questions.values() if q.id.startswith("b.")]
    fields = [line for line in form.lines if line.text not in {q.wording for q in asked}]
    top = max(line.box.bottom for line in fields if line.box) + 4
    said = [
        words for n, q in enumerate(asked) for words in (q.wording, f"Réponse numéro {n}, en une phrase.")
    ]
    rows = [
        Line((Span(text),), 1, Box(50, top + 14 * at, 50 + 4.0 * len(text), top + 14 * at + (8, 10)[at % 2]))
        for at, text in enumerate(said)
    ]
    answers = _read(replace(form, lines=(*fields, *rows)), edition)

    assert answers["a1.name"].value == "Les Deux Roues"
    assert answers["a2.first_name"].value == "Luc"
    assert [answers[q.id].value for q in asked] == said[1::2]
