"""Answers that nobody can read any more: ink, coffee, a marker's bar or a pen's zigzag lies on them."""

import math
from collections.abc import Callable
from random import Random

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from data.edition import Edition
from data.model import Answer, AnswerState, Box, Document, Look
from parsers._answered import _form
from parsers._scanned import _blots
from tests.parsers.scans import NEEDS_FRENCH, as_pdf, askew, drawn, pixels, recognised

ASKED = ("b.8", "b.9", "b.10")
COVERED = "b.9"
BAR = Box(100, 200, 220, 212)


def _ink(canvas: Canvas, left: float, right: float, foot: float) -> None:
    canvas.setFillColorRGB(0.15, 0.15, 0.25)
    for at in range(int(left), int(right), 6):
        canvas.circle(at, foot + 3 + 2 * math.sin(at), 8 + 2 * math.cos(2 * at), stroke=0, fill=1)


def _coffee(canvas: Canvas, left: float, right: float, foot: float) -> None:
    canvas.setFillColorRGB(0.45, 0.3, 0.15)
    for at in range(int(left), int(right), 8):
        canvas.circle(at, foot + 3 + 3 * math.sin(at), 15, stroke=0, fill=1)


def _marker(canvas: Canvas, left: float, right: float, foot: float) -> None:
    canvas.setFillColorRGB(0, 0, 0)
    canvas.rect(left - 1, foot - 3, right - left + 2, 12, stroke=0, fill=1)


def _zigzag(canvas: Canvas, left: float, right: float, foot: float) -> None:
    """To and fro, as unevenly as a hand does it; of eight such this was read as « à »."""
    hand = Random(2)
    canvas.setStrokeColorRGB(0.08, 0.12, 0.47)
    canvas.setLineWidth(1)
    path = canvas.beginPath()
    path.moveTo(left, foot + 9)
    at, step = left, 0
    while at < right:
        path.lineTo(at, foot + (9 if step % 2 else -5))
        at, step = at + hand.uniform(1, 3), step + 1
    canvas.drawPath(path)
    canvas.setStrokeColorRGB(0, 0, 0)


def _nothing(canvas: Canvas, left: float, right: float, foot: float) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(left - 2, foot - 4, right - left + 4, 14, stroke=0, fill=1)


Cover = Callable[[Canvas, float, float, float], None]


def _read(edition: Edition, cover: Cover) -> dict[str, Answer]:
    """Thirteen questions on paper with short answers in boxes, one of which is covered."""

    def draw(canvas: Canvas) -> None:
        y = 800.0
        for number in range(1, 14):
            question, answer = (
                edition.questions[f"b.{number}"],
                f"Au printemps 202{number % 10}, comme convenu.",
            )
            canvas.setFillColorRGB(0, 0, 0)
            canvas.setFont("Helvetica-Bold", 8.5)
            canvas.drawString(50, y, f"{number}. {question.wording}")
            canvas.setFont("Helvetica", 9)
            canvas.drawString(52, y - 22, answer)
            if question.id == COVERED:
                cover(canvas, 52, 52 + canvas.stringWidth(answer, "Helvetica", 9), y - 22)
            canvas.setLineWidth(0.5)
            canvas.rect(48, y - 28, 500, 18)
            y -= 54
        canvas.showPage()

    document = recognised(as_pdf([askew(page, 0.4) for page in pixels(drawn(draw, A4), 150)], 150))
    assert isinstance(document, Document)
    return dict(_form.read(document, "scan.pdf", edition).answers)


@NEEDS_FRENCH
@pytest.mark.parametrize("cover", [_ink, _coffee, _marker, _zigzag])
def test_a_covered_answer_is_neither_missing_nor_read(edition: Edition, cover: Cover) -> None:
    """What lies under a blot is for a person; the answers before and behind it are as they were."""
    answers = _read(edition, cover)

    assert [answers[asked].state for asked in ASKED] == [
        AnswerState.ANSWERED, AnswerState.UNCLEAR, AnswerState.ANSWERED,
    ]  # fmt: skip


@NEEDS_FRENCH
def test_paper_without_ink_is_no_blot(edition: Edition) -> None:
    """The same page without the answer: it is missing."""
    assert _read(edition, _nothing)[COVERED].state is AnswerState.BLANK


def test_a_dark_area_of_a_words_size_covers_something() -> None:
    """It says where, and that it is neither a hand's nor a stamp."""
    (blot,) = _blots.blots([BAR], [], 3)

    assert (blot.page, blot.box, blot.look) == (3, BAR, Look.PRINT)


@pytest.mark.parametrize(
    ("area", "words"),
    [
        (BAR, [Box(110, 202, 160, 210)]),
        (Box(50, 200, 540, 212), []),
        (Box(100, 200, 108, 208), []),
        (Box(100, 200, 400, 500), []),
    ],
    ids=["a bar with a title", "a bar across the page", "a filled check box", "a picture"],
)
def test_what_is_drawn_is_no_blot(area: Box, words: list[Box]) -> None:
    """Headings with light letters, dividers, boxes and logos hide no answer."""
    assert list(_blots.blots([area], words, 1)) == []


def test_a_blot_may_reach_into_the_row_above() -> None:
    """Words that it touches at its rim do not make it a heading."""
    assert list(_blots.blots([Box(100, 200, 220, 240)], [Box(100, 196, 300, 206)], 1))
