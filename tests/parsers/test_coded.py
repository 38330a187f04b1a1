"""Answers that stand beside the form's numbers alone."""

import pytest

from data.edition import Edition
from data.model import AnswerState, Document
from parsers import text
from parsers._answered import _form


def _sheet(edition: Edition, style: str, said: dict[str, str]) -> Document:
    """« A.1.3 : … » for every question outside of the place to sign."""
    rows: list[str] = ["Nos réponses"]
    for section in edition.section:
        letter = (section.heading or section.title)[0]
        if section.id == "s":
            continue
        if style == "headed" and rows[-1] != f"{letter}." and letter not in "A":
            rows.append(f"Partie {letter}")
        for place, question in enumerate(section.question, 1):
            number = question.number or str(place)
            code = f"{letter}.{section.title[0]}.{number}" if letter == "A" else f"{letter}.{number}"
            code = f"{number}." if style == "headed" and letter != "A" else code
            code = code.replace(".", "", 1) if style == "short" else code
            rows.append(f"{code} : {said.get(question.id, 'dit')}" if style != "bare" else f"{code} dit")
    return text.from_text("\n".join(rows))


@pytest.mark.parametrize("style", ["dotted", "short", "bare", "headed"])
def test_answers_are_found_by_their_codes(style: str, edition: Edition) -> None:
    """Letters and numbers of the form, in its order, stand for its questions."""
    answers = _form.read(_sheet(edition, style, {}), "f.docx", edition).answers

    texts = [q.id for q in edition.questions.values() if q.id[:2] in {"b.", "d1", "d2"}]
    assert {answers[q].value for q in texts} == {"dit"}


def test_a_code_without_answer_is_blank(edition: Edition) -> None:
    """« B.6 : » and nothing after it was left open; « - » and « ? » were not."""
    answers = _form.read(
        _sheet(edition, "dotted", {"b.6": "", "b.7": "-", "b.8": "?"}), "f.docx", edition
    ).answers

    assert answers["b.6"].state is AnswerState.BLANK
    assert [answers[q].state for q in ("b.7", "b.8")] == [AnswerState.UNCLEAR] * 2


def test_a_few_codes_are_no_form(edition: Edition) -> None:
    """Statutes number their articles too."""
    rows = [f"A.{n} Un article" for n in range(1, 9)] + [f"B.{n} Un autre" for n in range(1, 9)]

    assert not _form.read(text.from_text("\n".join(rows)), "f.docx", edition).is_form
