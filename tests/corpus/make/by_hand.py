"""The form printed, then filled in with a pen: boxes ticked, numbers circled, answers written, signed.

Each layout is a PDF whose strokes are lines, so that it can be read as it is or go through a scanner.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from random import Random
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from desk.demo.script import Asked, Grid, Questions, Signing, Text, script
from tests.corpus.make import pens
from tests.corpus.make.applications import Application
from tests.corpus.make.ink import drawn, laid
from tests.corpus.make.sheet import options as printed_options
from tests.corpus.make.truth import ItemTruth

LEFT, RIGHT, TOP, BOTTOM = 22 * mm, 188 * mm, 280 * mm, 20 * mm
_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13)
_ASKS = ParagraphStyle("asks", _BODY, fontName="Helvetica-Bold")
_SMALL = ParagraphStyle("small", _BODY, fontSize=8.5, leading=10.5)
_TITLE = ParagraphStyle("title", _BODY, fontName="Helvetica-Bold", fontSize=13, leading=17)


@dataclass(frozen=True, slots=True)
class Hand:
    """How somebody fills it in."""

    mark: str
    """What goes into a box or around a number: `cross`, `tick`, `circle`."""
    writes: bool = False
    """Whether answers are written by hand as well."""


HANDS: Mapping[str, Hand] = {
    "crossed by hand": Hand("cross"),
    "ticked by hand": Hand("tick"),
    "circled by hand": Hand("circle"),
    "written by hand": Hand("cross", writes=True),
}


def build(application: Application, hand: Hand) -> bytes:
    """The PDF."""
    pages = _Pages(application, hand)
    for item in script(application.edition):
        match item:
            case Text():
                pages.say(item.line, _TITLE if item.level else _BODY)
            case Questions():
                for beside, run in groupby(item.asked, key=lambda asked: asked.beside):
                    for asked in run:
                        pages.ask(asked, beside=beside)
            case Grid():
                pages.rate(item.asked)
            case Signing():
                pages.sign()
    return pages.done()


def truth(answers: Mapping[str, ItemTruth], hand: Hand) -> dict[str, ItemTruth]:
    """Handwriting that is not read is in doubt, and honestly so."""
    return {
        question: replace(item, also=(*item.also, "unclear"))
        if hand.writes and isinstance(item.value, str)
        else item
        for question, item in answers.items()
    }


class _Pages:
    """A canvas that is written from top to bottom."""

    def __init__(self, application: Application, hand: Hand) -> None:
        self.application, self.hand = application, hand
        self.lot = Random(f"hand {application.seed}")
        self.pen = pens.PENS[self.lot.choice(("blue ballpoint", "black ballpoint", "black gel", "fine"))]
        self.held = io.BytesIO()
        self.canvas: Any = Canvas(self.held, pagesize=A4, invariant=1)
        self.y = TOP

    def room(self, height: float) -> None:
        if self.y - height < BOTTOM:
            self.canvas.showPage()
            self.y = TOP

    def say(
        self, text: str, style: ParagraphStyle = _BODY, x: float = LEFT, width: float = RIGHT - LEFT
    ) -> float:
        """Print a paragraph, and go below it; where it began."""
        paragraph = Paragraph(text.replace("&", "&amp;").replace("\n", "<br/>"), style)
        _, height = paragraph.wrap(width, 10_000)
        self.room(height)
        began = self.y
        paragraph.drawOn(self.canvas, x, self.y - height)
        self.y -= height + 3
        return began

    def said(self, asked: Asked) -> str:
        answer = self.application.answers[asked.question.id]
        return "" if answer is None else str(answer)

    def ask(self, asked: Asked, *, beside: bool) -> None:
        """A question, and its answer typed or by hand."""
        options = printed_options(asked) if beside else ()
        answer = self.said(asked)
        chosen = next((option for option in options if option.lower() == answer.lower()), None)
        if options and (chosen or not answer):
            self._choose(asked, options, chosen)
            return
        label = asked.label.removeprefix("· ").removesuffix("oui/non")
        if beside and not self.hand.writes:
            self.say(f"{label} {answer}")
        else:
            self.say(label, _ASKS)
            self._answer(answer)

    def _choose(self, asked: Asked, options: Sequence[str], chosen: str | None) -> None:
        """Boxes below one another; or words only, one of them circled."""
        self.say(asked.label.removeprefix("· ").removesuffix("oui/non"), _ASKS)
        for option in options:
            self.room(16)
            self.canvas.setFont("Helvetica", 10)
            if self.hand.mark != "circle":
                self.canvas.rect(LEFT + 2, self.y - 11, 10, 10)
            self.canvas.drawString(LEFT + 18, self.y - 10, option)
            if option == chosen:
                width = self.canvas.stringWidth(option, "Helvetica", 10)
                self._mark(LEFT + 7, self.y - 6, LEFT + 18 + width / 2, width)
            self.y -= 17

    def _mark(self, x: float, y: float, word_x: float, width: float) -> None:
        """Over the middle of the box, or around the word."""
        if self.hand.mark == "circle":
            wide, tall = width / mm + 4, 6.0
            drawing = pens.circle(self.lot, wide, tall)
            self.ink(drawing, word_x - wide / 2 * mm, y + tall / 2 * mm)
        else:
            draw = pens.cross if self.hand.mark == "cross" else pens.tick
            size = self.lot.uniform(3.2, 5.0)
            self.ink(draw(self.lot, size), x - size / 2 * mm, y + size / 2 * mm)

    def ink(self, drawing: pens.Drawing, x: float, top: float) -> None:
        if drawing:  # « … » has no glyph
            pens.on_canvas(self.canvas, drawing, self.pen, x, top)

    def _answer(self, answer: str) -> None:
        """On ruled lines where one writes, as running text where one types."""
        if not self.hand.writes:
            self.say(answer or " ")
            self.y -= 8
            return
        for row in _wrapped(answer) or [""]:
            self.room(26)
            self.canvas.setLineWidth(0.3)
            self.canvas.line(LEFT, self.y - 20, RIGHT, self.y - 20)
            if row:
                drawing = pens.handwriting(self.lot, row, self.lot.uniform(3.4, 4.0))
                self.ink(drawing, LEFT + 4, self.y - 20 + 4.4 * mm)
            self.y -= 24

    def rate(self, asked: Sequence[Asked]) -> None:
        """Ten numbered cells behind each statement."""
        cell = 8.5 * mm
        for each in asked:
            paragraph = Paragraph(each.line, _SMALL)
            _, height = paragraph.wrap(RIGHT - LEFT - 10 * cell - 6, 1000)
            tall = max(height + 4, 8 * mm)
            self.room(tall)
            paragraph.drawOn(self.canvas, LEFT + 2, self.y - height - 2)
            self.canvas.setLineWidth(0.5)
            self.canvas.rect(LEFT, self.y - tall, RIGHT - LEFT, tall)
            for number in range(1, 11):
                x = RIGHT - (11 - number) * cell
                self.canvas.line(x, self.y, x, self.y - tall)
                self.canvas.setFont("Helvetica", 9)
                self.canvas.drawCentredString(x + cell / 2, self.y - tall / 2 - 3, str(number))
                if str(number) == self.said(each):
                    self._mark(x + cell / 2, self.y - tall / 2, x + cell / 2, 6)
            self.y -= tall
        self.y -= 10

    def sign(self) -> None:
        """Two columns, a rule to sign on, and what stands there."""
        self.room(75 * mm)
        for column, who in enumerate(self.application.edition.signatory):
            x, y = LEFT + column * 85 * mm, self.y
            for label, question in (("Nom, prénom", who.name_question), ("Fonction", who.function_question)):
                answer = self.application.answers[question] or ""
                self.canvas.setFont("Helvetica", 10)
                self.canvas.drawString(x, y - 12, f"{label} : {'' if self.hand.writes else answer}")
                if self.hand.writes and answer:
                    drawing = pens.handwriting(self.lot, str(answer)[:24], 3.4)
                    self.ink(drawing, x + (26 if label.startswith("N") else 20) * mm, y - 12 + 3 * mm)
                y -= 20
            self.canvas.drawString(x, y - 12, "Signature")
            self.canvas.line(x, y - 80, x + 65 * mm, y - 80)
            self._signed(who.id, x, y - 22)
        self.y -= 75 * mm

    def _signed(self, role: str, x: float, top: float) -> None:
        from reportlab.lib.utils import ImageReader

        made, found = self.application.made[role], laid(self.application, role)
        inked = made.startswith("pen") or made == "initials"
        if inked:
            drawing, pen = drawn(self.application, role)
            right, down = self.lot.uniform(2, 14) * mm, self.lot.uniform(-14, 4)
            pens.on_canvas(self.canvas, drawing, pen, x + right, top - down)
        for content, width in found.pictures[inked:]:
            image = ImageReader(io.BytesIO(content))
            tall = width * image.getSize()[1] / image.getSize()[0] * mm
            self.canvas.drawImage(image, x + 10 * mm, top - 0.8 * tall, width * mm, tall, mask="auto")
        if found.text:
            self.canvas.drawString(x + 4, top - 40, found.text)

    def done(self) -> bytes:
        self.canvas.save()
        return self.held.getvalue()


def _wrapped(text: str) -> list[str]:
    from textwrap import wrap

    return [row for line in text.split("\n") for row in wrap(line, 54)]
