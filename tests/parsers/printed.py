"""Filled forms as programs print them: PDFs with form fields, ruled tables, two columns; and plain text.

`PRINTED` maps a name to a builder ``(Filled, Edition) -> bytes``, as `LAYOUTS` does for Word.
"""

import io
from collections.abc import Callable
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    Image,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from data.edition import Edition, Question, QuestionKind
from tests.parsers.layouts import Filled, signature_png

FIELDS = {"a1", "a2"}
LAST = "ETAPE 4 – VÉRIFIER QUE VOUS N’AVEZ RIEN OUBLIÉ"


def _bare(question: Question) -> str:
    return question.wording.removesuffix(": oui/non").rstrip(" :")


def _asked(question: Question) -> str:
    return f"{question.number}. {_bare(question)}" if question.number else _bare(question)


def _text(answer: str | int | None) -> str:
    return "" if answer is None else str(answer)


def _shown(question: Question, answer: str | int | None) -> str:
    if answer is None and question.kind is QuestionKind.CHOICE:
        return " – ".join(question.choices)
    return _text(answer)


# ---------------------------------------------------------------- written line by line


class _Sheet:
    """A canvas that is written from top to bottom."""

    def __init__(self, head: str = "") -> None:
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4)
        self.y, self._page, self._head = 780.0, 1, head

    def room(self, height: float) -> None:
        if self.y < 60 + height:
            self._finish()
            self.y, self._page = 780.0, self._page + 1

    def line(self, text: str, bold: bool = False) -> None:
        for row in wrap(text, 88) or [""]:
            self.room(0)
            self.at(50, row, bold)
            self.y -= 14

    def at(self, x: float, text: str, bold: bool = False) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 10)
        self.canvas.drawString(x, self.y, text)

    def field(self, name: str, value: str, x: float, width: float, height: float = 16) -> None:
        plain = value.replace("’", "'").replace("œ", "oe").replace("\n", "\r")
        flags = "multiline" if height > 20 else ""
        self.canvas.acroForm.textfield(
            name=name, value=plain, x=x, y=self.y, width=width, height=height, fontSize=9, fieldFlags=flags
        )

    def done(self) -> bytes:
        self._finish()
        self.canvas.save()
        return self.out.getvalue()

    def _finish(self) -> None:
        if self._head:
            self.canvas.setFont("Helvetica", 8)
            self.canvas.drawString(50, 820, self._head)
            self.canvas.drawString(280, 25, f"Page {self._page}")
        self.canvas.showPage()


def form_fields(filled: Filled, edition: Edition) -> bytes:
    """A PDF form: text fields and check boxes."""
    sheet = _Sheet()
    for section in edition.section:
        sheet.line(section.title, bold=True)
        for number, question in enumerate(section.question):
            if section.id != "s":
                _field(sheet, f"{section.id}_{number}", question, filled.answers[question.id], section.id)
        if section.id == "s":
            _signature_fields(sheet, filled, edition)
    sheet.line(LAST)
    return sheet.done()


def _field(sheet: _Sheet, name: str, question: Question, answer: str | int | None, section: str) -> None:
    sheet.room(90)
    if section in FIELDS and question.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
        sheet.line(_bare(question))
        for option in question.choices or ("oui", "non"):
            sheet.y -= 4
            chosen = _text(answer).lower() == option.lower()
            box = f"{name}_{option}"
            sheet.canvas.acroForm.checkbox(name=box, x=50, y=sheet.y, size=12, checked=chosen)
            sheet.at(68, option)
            sheet.y -= 14
    elif section in FIELDS:
        sheet.at(50, f"{question.wording} :")
        sheet.y -= 4
        sheet.field(name, _text(answer), 300, 240)
        sheet.y -= 18
    else:
        sheet.line(_asked(question))
        height = 16.0 if question.kind is QuestionKind.SCALE else 60.0
        sheet.y -= height
        sheet.field(name, _text(answer), 50, 40 if height < 20 else 480, height)
        sheet.y -= 14


def _signature_fields(sheet: _Sheet, filled: Filled, edition: Edition) -> None:
    sheet.room(220)
    for label, question in (("Fait à", "s.place"), ("Le", "s.date")):
        sheet.at(50, label)
        sheet.y -= 4
        sheet.field(question, _text(filled.answers[question]), 100, 150)
        sheet.y -= 24
    for label, key in (("Nom, prénom", "name_question"), ("Fonction", "function_question")):
        for column in range(len(edition.signatory)):
            sheet.at(50 + column * 260, label)
        sheet.y -= 4
        for column, signatory in enumerate(edition.signatory):
            value = _text(filled.answers[getattr(signatory, key)])
            sheet.field(f"{label} {column}", value, 120 + column * 260, 160)
        sheet.y -= 22
    for column, signatory in enumerate(edition.signatory):
        sheet.at(50 + column * 260, "Signature")
        if filled.signed[signatory.id]:
            png = ImageReader(io.BytesIO(signature_png()))
            sheet.canvas.drawImage(png, 60 + column * 260, sheet.y - 60, 110, 40)
    sheet.y -= 90


def lines_and_ink(filled: Filled, edition: Edition) -> bytes:
    """Labels and answers on lines, typed boxes for the scale, running heads, signatures drawn as curves."""
    sheet = _Sheet("COOPCITY – Dossier de candidature 2026")
    for section in edition.section:
        sheet.line(section.title, bold=True)
        for question in section.question:
            answer = filled.answers[question.id]
            if section.id == "s":
                continue
            if section.id in FIELDS:
                sheet.line(f"{_bare(question)} : {_shown(question, answer)}")
            elif question.kind is QuestionKind.SCALE:
                sheet.line(question.wording)
                sheet.line(
                    "   ".join(f"[{'X' if value == answer else ' '}] {value}" for value in range(1, 11))
                )
            else:
                sheet.line(_asked(question), bold=True)
                for row in _text(answer).split("\n") if answer is not None else ():
                    sheet.line(row)
            sheet.y -= 6
        if section.id == "s":
            _signature_lines(sheet, filled, edition)
    sheet.line(LAST)
    return sheet.done()


def _signature_lines(sheet: _Sheet, filled: Filled, edition: Edition) -> None:
    sheet.room(180)
    place, day = (_text(filled.answers[q]) or "." * 20 for q in ("s.place", "s.date"))
    sheet.line(f"Fait à {place}, le {day}")
    for label, key in (
        ("Nom, prénom :", "name_question"),
        ("Fonction :", "function_question"),
        ("Signature :", None),
    ):
        for column, signatory in enumerate(edition.signatory):
            value = _text(filled.answers[getattr(signatory, key)]) if key else ""
            sheet.at(50 + column * 260, f"{label} {value}".strip())
        sheet.y -= 16
    for column, signatory in enumerate(edition.signatory):
        if filled.signed[signatory.id]:
            _scribble(sheet.canvas, 60 + column * 260, sheet.y - 25)
    sheet.y -= 70


def _scribble(canvas: Any, x: float, y: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x, y)
    for step in range(12):
        left = x + step * 8
        path.curveTo(left + 2, y + 18, left + 5, y - 14, left + 8, y + (step * 5) % 11)
    canvas.drawPath(path)


# ---------------------------------------------------------------- set by a layout engine


def ruled_tables(filled: Filled, edition: Edition) -> bytes:
    """Ruled tables for everything, a grid with crosses, signatures as pictures in cells."""
    styles = getSampleStyleSheet()
    normal = styles["Normal"]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    story: list[Any] = [Paragraph("Dossier de candidature", styles["Title"])]
    for section in edition.section:
        story.append(Paragraph(escape(section.title), styles["Heading2"]))
        pairs = [(question, filled.answers[question.id]) for question in section.question]
        if section.id in FIELDS:
            rows: list[Any] = [
                [Paragraph(escape(_bare(q)), normal), Paragraph(escape(_shown(q, a)), normal)]
                for q, a in pairs
            ]
            story.append(Table(rows, colWidths=[220, 280], style=grid))
        elif pairs[0][0].kind is QuestionKind.SCALE:
            rows = [["", *map(str, range(1, 11))]]
            for question, answer in pairs:
                crosses = ["X" if value == answer else "" for value in range(1, 11)]
                rows.append([Paragraph(escape(question.wording), normal), *crosses])
            head = ("BACKGROUND", (0, 0), (-1, 0), "lightgrey")
            story.append(Table(rows, colWidths=[260] + [24] * 10, style=[*grid, head]))
        elif section.id == "s":
            story += _signature_table(filled, edition, normal, grid)
        else:
            for question, answer in pairs:
                said = [Paragraph(escape(row), normal) for row in _text(answer).split("\n")]
                asked = Paragraph(escape(_asked(question)), styles["Heading4"])
                story += [Table([[asked], [said]], colWidths=[500], style=grid), Spacer(1, 6)]
    story.append(Paragraph(LAST, styles["Heading2"]))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(story)
    return out.getvalue()


def _signature_table(filled: Filled, edition: Edition, normal: Any, grid: Any) -> list[Any]:
    rows: list[Any] = [["La personne de contact", "Un administrateur ou une administratrice"]]
    rows.append([f"Nom, prénom : {_text(filled.answers[s.name_question])}" for s in edition.signatory])
    rows.append([f"Fonction : {_text(filled.answers[s.function_question])}" for s in edition.signatory])
    cells = []
    for signatory in edition.signatory:
        drawn = Image(io.BytesIO(signature_png()), 110, 35) if filled.signed[signatory.id] else Spacer(1, 35)
        cells.append([Paragraph("Signature", normal), drawn])
    rows.append(cells)
    return [
        Paragraph(f"Fait à : {_text(filled.answers['s.place'])}", normal),
        Paragraph(f"Le : {_text(filled.answers['s.date'])}", normal),
        Table(rows, colWidths=[250, 250], style=grid),
    ]


def two_columns(filled: Filled, edition: Edition) -> bytes:
    """Set in two columns, as a newspaper is."""
    styles = getSampleStyleSheet()
    normal = styles["Normal"]
    story: list[Any] = []
    for section in edition.section:
        story.append(Paragraph(escape(section.title), styles["Heading3"]))
        for question in section.question:
            answer = filled.answers[question.id]
            if section.id in FIELDS:
                story.append(Paragraph(escape(f"{_bare(question)} : {_shown(question, answer)}"), normal))
            elif question.kind is QuestionKind.SCALE:
                story.append(Paragraph(escape(question.wording), normal))
                story.append(Paragraph("....../10" if answer is None else f"{answer}/10", normal))
            elif section.id != "s":
                story.append(Paragraph(f"<b>{escape(_asked(question))}</b>", normal))
                story += [Paragraph(escape(row), normal) for row in _text(answer).split("\n")]
            story.append(Spacer(1, 6))
        if section.id == "s":
            story.append(Paragraph(f"Fait à {_text(filled.answers['s.place'])}", normal))
            story.append(Paragraph(f"Le {_text(filled.answers['s.date'])}", normal))
            for signatory in edition.signatory:
                story.append(
                    Paragraph(f"Nom, prénom : {_text(filled.answers[signatory.name_question])}", normal)
                )
                story.append(
                    Paragraph(f"Fonction : {_text(filled.answers[signatory.function_question])}", normal)
                )
                story.append(Paragraph("Signature :", normal))
                signed = filled.signed[signatory.id]
                story.append(Image(io.BytesIO(signature_png()), 110, 35) if signed else Spacer(1, 35))
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4)
    document.addPageTemplates(PageTemplate(frames=[Frame(40, 40, 250, 760), Frame(310, 40, 250, 760)]))
    document.build(story)
    return out.getvalue()


PRINTED: dict[str, Callable[[Filled, Edition], bytes]] = {
    "form fields": form_fields,
    "lines, ink": lines_and_ink,
    "ruled tables": ruled_tables,
    "two columns": two_columns,
}


def plain_text(filled: Filled, edition: Edition) -> str:
    """The form pasted into a mail."""
    rows: list[str] = []
    for section in edition.section:
        rows += ["", section.title, ""]
        for question in section.question:
            answer = filled.answers[question.id]
            if section.id in FIELDS:
                rows.append(f"- {_bare(question)} : {_shown(question, answer)}")
            elif question.kind is QuestionKind.SCALE:
                rows.append(f"{question.wording} {_text(answer)}")
            elif section.id != "s":
                rows += [_asked(question), _text(answer), ""]
    rows.append(f"Fait à {_text(filled.answers['s.place'])}, le {_text(filled.answers['s.date'])}")
    for signatory in edition.signatory:
        rows.append(f"Nom, prénom : {_text(filled.answers[signatory.name_question])}")
        rows.append(f"Fonction : {_text(filled.answers[signatory.function_question])}")
        rows.append("Signature :")
    return "\n".join(rows)
