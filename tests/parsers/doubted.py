"""Recognised forms that nobody filled in, and what a pen left on them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import parsers
from data.edition import Edition, Question, QuestionKind
from data.model import (
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
from tests.parsers.layouts import Filled
from tests.parsers.printed import PRINTED


def blank_form(edition: Edition, sure: float) -> Document:
    """A form that nobody filled in or signed, as if its pages had been recognised as surely as this."""
    blank = Filled(dict.fromkeys(edition.questions), dict.fromkeys(edition.signatories, False))
    printed = parsers.read(PRINTED["lines, ink"](blank, edition))
    assert isinstance(printed, Document)
    pages = tuple(replace(page, source=PageSource.OCR, confidence=sure) for page in printed.pages)
    return replace(printed, pages=pages)


def rated_form(
    edition: Edition, rate: Callable[[int, Question, float], Sequence[Line | Picture]]
) -> Document:
    """A recognised form of one page whose statements have each what `rate` gives for its place and height."""
    held: list[Line | Picture] = []
    for section in edition.section:
        held.append(Line((Span(section.title),), 1))
        for number, question in enumerate(section.question):
            if question.kind is QuestionKind.SCALE:
                held += rate(number, question, 100.0 + 40 * number)
            else:
                held.append(Line((Span(question.wording),), 1))
    lines = tuple(each for each in held if isinstance(each, Line))
    pictures = tuple(each for each in held if isinstance(each, Picture))
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    return Document(FileKind.PDF, (page,), lines, pictures)


def traced(document: Document, at: int, look: Look, stroke_pt: float) -> Document:
    """The document with something unread behind one of its lines."""
    line = document.lines[at]
    assert line.box
    box = Box(300, line.box.top, 312, line.box.bottom)
    ink = Picture(PictureForm.INK, line.page, at, box, None, 12, 10, stroke_pt=stroke_pt, look=look)
    return replace(document, pictures=(ink,))


def answered_below(question: str, said: Span, edition: Edition) -> tuple[Document, int]:
    """A recognised form with words below the question that begins so, and which line they are."""
    whole = blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith(question))
    box = whole.lines[at].box
    assert box
    below = Line((said,), whole.lines[at].page, replace(box, top=box.bottom + 1, bottom=box.bottom + 11))
    lines = (*whole.lines[: at + 1], below, *whole.lines[at + 1 :])
    return replace(whole, lines=lines, pictures=()), at + 1
