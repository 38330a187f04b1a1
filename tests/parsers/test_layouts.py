"""Whole forms, in every layout, against their truth."""

import shutil

import pytest

import parsers
from data.edition import Edition
from data.model import AnswerState, Document, SignatureState
from parsers import text
from parsers._answered import _form
from tests.parsers.accuracy import compare, measure, to_pdf
from tests.parsers.layouts import LAYOUTS, Filled, fill
from tests.parsers.printed import PRINTED, plain_text
from tests.parsers.strangers import stranger


def _read(content: bytes) -> Document:
    document = parsers.read(content)
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("name", sorted(set(LAYOUTS) - {"numbers"}))
def test_every_item_of_a_word_form_is_read(name: str, edition: Edition) -> None:
    """Every answer, blank and signature of a filled Word form is read as it stands there."""
    outcomes = measure(edition, {name: LAYOUTS[name]}, range(2))[name]

    assert outcomes["right"] == sum(outcomes.values())


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_every_item_of_a_printed_form_is_read(name: str, edition: Edition) -> None:
    """Every answer, blank and signature of a text PDF is read as it stands there."""
    outcomes = measure(edition, {name: PRINTED[name]}, range(2))[name]

    assert outcomes["right"] == sum(outcomes.values())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["original", "boxes", "borderless", "tabbed"])
def test_a_word_form_reads_the_same_as_pdf(name: str, edition: Edition) -> None:
    """What LibreOffice prints of a Word form gives the same answers, with page and box."""
    filled = fill(edition, 1)
    reading = _form.read(_read(to_pdf(LAYOUTS[name](filled, edition))), "form.pdf", edition)
    wrong = [row for row in compare(filled, reading, edition) if row[0] != "right"]

    assert wrong == []
    placed = [a.place for a in reading.answers.values() if a.state is AnswerState.ANSWERED]
    assert all(place and place.page and place.box for place in placed)


def test_deleted_wordings_are_found_by_their_numbers(edition: Edition) -> None:
    """Where section B kept only its numbers, nine answers in ten are still found."""
    outcomes = measure(edition, {"numbers": LAYOUTS["numbers"]}, range(2))["numbers"]

    assert outcomes["right"] >= 0.9 * sum(outcomes.values())


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_a_blank_form_is_blank_and_not_missing(name: str, edition: Edition) -> None:
    """Of a form that came back as it was handed out, every question is found and none is answered."""
    blank = Filled(dict.fromkeys(edition.questions), dict.fromkeys(edition.signatories, False))
    reading = _form.read(_read(LAYOUTS[name](blank, edition)), "blank.docx", edition)

    states = {question: answer.state for question, answer in reading.answers.items()}
    allowed = {AnswerState.BLANK} if name != "numbers" else {AnswerState.BLANK, AnswerState.NOT_FOUND}
    assert set(states.values()) <= allowed
    assert all(s.state is SignatureState.MISSING for s in reading.signatures.values())


@pytest.mark.parametrize("seed", range(12))
def test_every_item_of_a_strangers_form_is_read(seed: int, edition: Edition) -> None:
    """Whatever habits meet in a form, every answer, blank and signature is read as it stands there."""
    filled, content = stranger(edition, seed)
    reading = _form.read(_read(content), "form.docx", edition)

    assert [row for row in compare(filled, reading, edition) if row[0] != "right"] == []


def test_the_forms_own_text_is_a_blank_form(edition: Edition) -> None:
    """The blank form's text alone, its lone « 10 » included, holds no answer."""
    reading = _form.read(text.from_text("\n".join(edition.form_lines)), "form.txt", edition)

    assert reading.found == len(edition.questions)
    assert reading.answered == 0


def test_a_form_pasted_into_a_mail_is_read(edition: Edition) -> None:
    """Plain text is enough to find every answer."""
    filled = fill(edition, 4)
    unsigned = Filled(filled.answers, dict.fromkeys(filled.signed, False))
    reading = _form.read(text.from_text(plain_text(unsigned, edition)), "message", edition)

    assert [row for row in compare(unsigned, reading, edition) if row[0] != "right"] == []
