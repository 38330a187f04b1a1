"""A form that stands twice in one file."""

from dataclasses import replace

import pytest

from data.edition import Edition
from data.model import AnswerState
from parsers import text
from parsers._answered import _form
from parsers._asked import _twice
from parsers._asked._anchors import form


def _rows(edition: Edition, said: str, behind: str = "") -> list[str]:
    asked = [q for q in edition.questions.values() if q.id[:2] in {"b.", "d1", "d2", "e."}]
    return [row for q in asked for row in (q.wording + behind, said) if row]


@pytest.mark.parametrize("order", [1, -1])
def test_of_a_blank_form_and_a_filled_one_the_filled_one_is_read(order: int, edition: Edition) -> None:
    """Who answers below the blank form has answered; so has who leaves the blank one below."""
    title = ["B. Description du projet"]
    forms = [title + _rows(edition, ""), title + _rows(edition, "7 fois dit")]
    rows = [row for each in forms[::order] for row in each]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert {answers[f"b.{n}"].value for n in range(1, 14)} == {"7 fois dit"}
    assert {answers[f"e.{n}"].value for n in range(1, 8)} == {7}


def test_a_table_of_contents_answers_nothing(edition: Edition) -> None:
    """The pages behind its lines are no answers where the form itself is blank."""
    rows = [*_rows(edition, "", "\t3"), "B. Description du projet", *_rows(edition, "")]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert {answers[f"b.{n}"].state for n in range(1, 14)} == {AnswerState.BLANK}


def test_a_form_that_stands_once_is_left_whole(edition: Edition) -> None:
    """Also where its answers quote some of its questions."""
    rows = _rows(edition, "dit")
    rows[5:5] = rows[10:16:2]
    document = text.from_text("\n".join(rows))

    assert _twice.parted(document, edition, form(edition)) == [replace(document)]
