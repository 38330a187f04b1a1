"""Scales of ten cells of which only the outer ones carry a number."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from docx import Document as new_document

import parsers
from data.edition import Edition, QuestionKind
from data.model import Answer, AnswerState, Document, Submission
from parsers._answered import _form

GIVEN = (7, 1, None, 10, 4, 2, 9)


def a_form(edition: Edition, tables: list[list[str]], html: bool) -> dict[str, Answer]:
    """The form's wordings, and under each statement a table of ten cells: in Word, or pasted into a mail."""
    scales = iter(tables)
    document, page = new_document(), []
    for question in edition.questions.values():
        document.add_paragraph(question.wording)
        page.append(f"<p>{question.wording}</p>")
        if question.kind is QuestionKind.SCALE:
            row = next(scales)
            for cell, said in zip(document.add_table(1, 10).rows[0].cells, row, strict=True):
                cell.text = said
            page.append(f"<table><tr>{''.join(f'<td>{said}</td>' for said in row)}</tr></table>")
    out = io.BytesIO()
    document.save(out)
    content = ("<!doctype html>\n" + "".join(page)).encode() if html else out.getvalue()
    reading = parsers.read(content)
    assert isinstance(reading, Document)
    return dict(_form.read(reading, "form", edition).answers)


def a_scale(rated: int | None) -> list[str]:
    """« 1 », eight empty cells and « 10 », and a cross in the place of what is meant."""
    return ["x" if n == rated else str(n) if n in {1, 10} else "" for n in range(1, 11)]


@pytest.mark.parametrize("html", [False, True], ids=["Word", "mail"])
def test_a_cross_between_the_ends_of_a_scale_is_told_by_its_place(html: bool, edition: Edition) -> None:
    """Also in the place of one end; and a scale without a cross is blank, not rated 1."""
    answers = a_form(edition, [a_scale(rated) for rated in GIVEN], html)

    assert [answers[f"e.{n}"].value for n in range(1, 8)] == [*GIVEN]
    assert answers["e.3"].state is AnswerState.BLANK


def test_a_1_typed_beside_a_printed_10_rates(edition: Edition) -> None:
    """Where the other statements have a number beside the « 10 » and no « 1 », the form prints none."""
    rated = (1, 1, 3, 4, 5, 6, 7)
    tables = [[str(n) if n in {number, 10} else "" for n in range(1, 11)] for number in rated]

    answers = a_form(edition, tables, html=False)

    assert [answers[f"e.{n}"].value for n in range(1, 8)] == [*rated]


def test_a_scale_that_plain_text_flattened_is_read_in_the_mail_as_shown(
    edition: Edition, a_mail: Callable[..., Submission]
) -> None:
    """« 1 x 10 », and « 1 10 » of a scale without a cross, are no ratings of 1: the cells tell."""
    scales = iter(GIVEN)
    shown, plain = [], []
    for question in edition.questions.values():
        rated = question.kind is QuestionKind.SCALE
        row = a_scale(next(scales)) if rated else ["7"]
        cells = f"<table><tr>{''.join(f'<td>{said}</td>' for said in row)}</tr></table>"
        shown.append(f"<p>{question.wording}</p>" + (cells if rated else "<p>7</p>"))
        plain += [question.wording, " ".join(filter(None, row))]
    mail = a_mail(text="\n".join(plain))
    mail = replace(mail, envelope=replace(mail.envelope, html="".join(shown)))

    answers = parsers.assemble([mail], edition, parsers.read).answers

    assert [answers[f"e.{n}"].value for n in range(1, 8)] == [*GIVEN]
