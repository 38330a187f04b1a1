"""The application form, blank or filled, as people fill it: three ways in Word, two as PDF.

Nothing of the form is typed here: its words come from the edition (`script`). The same input gives the
same bytes.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Image, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from data.edition import Edition
from desk.demo.script import Asked, Grid, Item, Questions, Signing, Text, script

MADE_AT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
"""What the files say of their own making."""
GREEN = "2F6B4F"
PALE = "E9F1EC"
HINT = "Cliquez ou appuyez ici pour entrer du texte."
INK_WIDTH_MM = 46


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody put into the form."""

    answers: Mapping[str, str] = field(default_factory=dict)
    """By id of question; what is not there is left blank."""
    ink: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures of signatures, by id of signatory."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What was typed where a signature goes, by id of signatory."""

    def of(self, asked: Asked) -> str:
        return self.answers.get(asked.question.id, "")


def word(edition: Edition, filled: Filled, layout: str = "plain") -> bytes:
    """The form as .docx: `plain` lines as handed out, `tables`, or `controls` (content controls)."""
    document = _blank_word()
    look = WORD[layout]
    for item in script(edition):
        match item:
            case Text():
                _word_text(document, item)
            case Questions():
                look.questions(document, item, filled)
            case Grid():
                look.grid(document, item, filled, edition)
            case Signing():
                look.signing(document, item, filled)
    return word_bytes(document)


def pdf(edition: Edition, filled: Filled, layout: str = "boxes") -> bytes:
    """The form as a PDF with text: answers in `boxes`, or as `lines` as a word processor prints them."""
    look = PDF[layout]
    flow: list[Flowable] = []
    for item in script(edition):
        flow += look(item, filled, edition)
    return pdf_bytes(flow, edition.programme.name)


# ---------------------------------------------------------------- Word


def _blank_word() -> WordDocument:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    return document


def word_bytes(document: WordDocument, made_at: datetime = MADE_AT) -> bytes:
    """Save, with every time in the file and its archive set to `made_at`."""
    properties = document.core_properties
    properties.created = properties.modified = made_at.replace(tzinfo=None)
    properties.author, properties.comments = "", ""
    written = io.BytesIO()
    document.save(written)
    return packed_at(written.getvalue(), made_at)


def packed_at(content: bytes, made_at: datetime = MADE_AT) -> bytes:
    """An archive (.docx, .xlsx) that was made and changed at one time, in all its parts."""
    still, told = io.BytesIO(), f"{made_at:%Y-%m-%dT%H:%M:%S}Z".encode()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told, part)
            target.writestr(zipfile.ZipInfo(name, made_at.timetuple()[:6]), part, zipfile.ZIP_DEFLATED)
    return still.getvalue()


def _word_text(document: WordDocument, text: Text) -> None:
    if text.line.startswith("· "):
        document.add_paragraph(text.line[2:], style="List Bullet")
        return
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text.line)
    if text.level:
        run.bold = True
        run.font.size = Pt({1: 15, 2: 13, 3: 11}[text.level])
        run.font.color.rgb = RGBColor.from_string(GREEN)
        paragraph.paragraph_format.space_before = Pt({1: 14, 2: 10, 3: 8}[text.level])
        paragraph.paragraph_format.keep_with_next = True


def _lines(answer: str) -> list[str]:
    return answer.split("\n") if answer else [""]


def _plain_questions(document: WordDocument, item: Questions, filled: Filled) -> None:
    """As the form is handed out: bullets and numbers, the answer behind the colon or below."""
    for asked in item.asked:
        answer, label = filled.of(asked), asked.label
        bullet = label.startswith("· ")
        paragraph = document.add_paragraph(style="List Bullet" if bullet else None)
        paragraph.add_run(label.removeprefix("· ")).bold = not bullet
        if asked.question.choices:
            _marked_choices(paragraph, asked, answer)
        elif asked.beside:
            paragraph.add_run(f" {answer}" if answer else "")
        else:
            for line in _lines(answer):
                document.add_paragraph(line)


def _marked_choices(paragraph: WordParagraph, asked: Asked, answer: str) -> None:
    """All the choices as printed; the one that was meant is bold and highlighted."""
    for place, choice in enumerate(asked.question.choices):
        paragraph.add_run(" – " if place else " ")
        run = paragraph.add_run(choice)
        if choice == answer:
            run.bold = True
            _highlight(run._r)


def _highlight(run: Any) -> None:
    run.get_or_add_rPr().append(parse_xml(f'<w:highlight {nsdecls("w")} w:val="yellow"/>'))


def _table_questions(document: WordDocument, item: Questions, filled: Filled) -> None:
    """Two columns for short answers, two rows for long ones."""
    for beside, run in groupby(item.asked, key=lambda asked: asked.beside):
        for rows in [list(run)] if beside else [[asked] for asked in run]:
            _answer_table(document, rows, filled, beside=beside)
            document.add_paragraph()


def _answer_table(document: WordDocument, rows: list[Asked], filled: Filled, *, beside: bool) -> None:
    table = _table(document, len(rows), (66, 100)) if beside else _table(document, 2, (166,))
    for number, asked in enumerate(rows):
        asks, answers = (number, 0), (number, 1) if beside else (1, 0)
        table.cell(*asks).text = _bare(asked)
        _shade(table.cell(*asks))
        table.cell(*answers).text = _ticked(asked, filled.of(asked))


def _bare(asked: Asked) -> str:
    """A question without the bullet and colon that a table makes needless."""
    return asked.label.removeprefix("· ").rstrip(" :")


def _ticked(asked: Asked, answer: str) -> str:
    """A choice as boxes to tick, anything else as it is."""
    if not asked.question.choices:
        return answer
    return "\n".join(f"{'☒' if choice == answer else '☐'} {choice}" for choice in asked.question.choices)


def _control_questions(document: WordDocument, item: Questions, filled: Filled) -> None:
    """Content controls; one that nobody touched still shows its hint."""
    for asked in item.asked:
        answer, label = filled.of(asked), asked.label.removeprefix("· ")
        if asked.beside:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{label} ").bold = True
            paragraph._p.append(_control(asked, answer, inline=True))
        else:
            document.add_paragraph().add_run(label).bold = True
            cell = _table(document, 1, (166,)).cell(0, 0)
            cell._tc.insert(1, _control(asked, answer, inline=False))
            document.add_paragraph()


def _control(asked: Asked, answer: str, *, inline: bool) -> Any:
    """A `w:sdt`: of running text, or for a choice a drop-down list."""
    untouched = not answer
    look = '<w:rPr><w:color w:val="808080"/></w:rPr>' if untouched else ""
    runs = [
        f'<w:r>{look}<w:t xml:space="preserve">{escape(line)}</w:t></w:r>' for line in _lines(answer or HINT)
    ]
    content = "<w:r><w:br/></w:r>".join(runs) if inline else "".join(f"<w:p>{run}</w:p>" for run in runs)
    entries = "".join(
        f'<w:listItem w:displayText="{escape(c)}" w:value="{escape(c)}"/>' for c in asked.question.choices
    )
    kind = f"<w:dropDownList>{entries}</w:dropDownList>" if entries else '<w:text w:multiLine="1"/>'
    hint = "<w:showingPlcHdr/>" if untouched else ""
    return parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{asked.question.id}"/>{hint}{kind}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _cross_grid(document: WordDocument, item: Grid, filled: Filled, edition: Edition) -> None:
    """One table, a column a mark, an X in one of them."""
    marks = [str(mark) for mark in range(edition.scale.lowest, edition.scale.highest + 1)]
    table = _table(document, len(item.asked) + 1, (72, *[9.4] * len(marks)))
    _row(table.rows[0].cells, ["", *marks], shade=True)
    for row, asked in zip(table.rows[1:], item.asked, strict=True):
        _row(row.cells, [asked.line, *("X" if mark == filled.of(asked) else "" for mark in marks)])
    document.add_paragraph()


def _number_grid(document: WordDocument, item: Grid, filled: Filled, edition: Edition) -> None:
    """The mark typed beside the statement."""
    table = _table(document, len(item.asked) + 1, (140, 26))
    _row(table.rows[0].cells, ["", f"{edition.scale.lowest} à {edition.scale.highest}"], shade=True)
    for row, asked in zip(table.rows[1:], item.asked, strict=True):
        _row(row.cells, [asked.line, filled.of(asked)])
    document.add_paragraph()


def _box_grid(document: WordDocument, item: Grid, filled: Filled, edition: Edition) -> None:
    """Under each statement its own row of boxes, numbered, with a box ticked below the number."""
    marks = [str(mark) for mark in range(edition.scale.lowest, edition.scale.highest + 1)]
    for asked in item.asked:
        document.add_paragraph(asked.line)
        table = _table(document, 2, (12,) * len(marks))
        _row(table.rows[0].cells, marks, shade=True)
        _row(table.rows[1].cells, ["☒" if mark == filled.of(asked) else "☐" for mark in marks])
        document.add_paragraph()


def _tabbed_signing(document: WordDocument, item: Signing, filled: Filled) -> None:
    """Two places beside each other, held apart by a tab, as the form is handed out."""
    for label, answers in _signing_rows(item, filled):
        paragraph = _tabbed(document)
        paragraph.add_run("\t".join(f"{label} : {answer}" if answer else label for answer in answers))
    _tabbed(document).add_run("\t".join("Signature" for _ in item.signatories))
    signed = _tabbed(document)
    for place, signatory in enumerate(item.signatories):
        run = signed.add_run("\t" if place else "")
        if picture := filled.ink.get(signatory.id):
            run.add_picture(io.BytesIO(picture), width=Mm(INK_WIDTH_MM))
        else:
            run.add_text(filled.typed.get(signatory.id, ""))


def _tabbed(document: WordDocument) -> WordParagraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(88))
    return paragraph


def _cell_signing(document: WordDocument, item: Signing, filled: Filled) -> None:
    """A column for each who signs."""
    table = _table(document, 3, (83,) * len(item.signatories))
    for row, (label, answers) in zip(table.rows, _signing_rows(item, filled), strict=False):
        _row(row.cells, [f"{label} : {answer}" for answer in answers])
    for cell, signatory in zip(table.rows[2].cells, item.signatories, strict=True):
        cell.text = "Signature :"
        room = cell.add_paragraph()
        room.paragraph_format.space_after = Pt(18)
        if picture := filled.ink.get(signatory.id):
            room.add_run().add_picture(io.BytesIO(picture), width=Mm(INK_WIDTH_MM))
        else:
            room.add_run(filled.typed.get(signatory.id, ""))
    document.add_paragraph()


def _signing_rows(item: Signing, filled: Filled) -> list[tuple[str, list[str]]]:
    return [
        ("Nom, prénom", [filled.answers.get(s.name_question, "") for s in item.signatories]),
        ("Fonction", [filled.answers.get(s.function_question, "") for s in item.signatories]),
    ]


def _table(document: WordDocument, rows: int, widths_mm: tuple[float, ...]) -> Any:
    table = document.add_table(rows, len(widths_mm), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _row(cells: tuple[_Cell, ...], texts: list[str], *, shade: bool = False) -> None:
    for cell, text in zip(cells, texts, strict=True):
        cell.text = text
        if shade:
            _shade(cell)


def _shade(cell: _Cell) -> None:
    for run in cell.paragraphs[0].runs:
        run.bold = True
    shading = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{PALE}"/>')
    cell._tc.get_or_add_tcPr().append(shading)


class _Look(NamedTuple):
    questions: Callable[[WordDocument, Questions, Filled], None]
    grid: Callable[[WordDocument, Grid, Filled, Edition], None]
    signing: Callable[[WordDocument, Signing, Filled], None]


WORD: Mapping[str, _Look] = {
    "plain": _Look(_plain_questions, _cross_grid, _tabbed_signing),
    "tables": _Look(_table_questions, _number_grid, _cell_signing),
    "controls": _Look(_control_questions, _box_grid, _cell_signing),
}


# ---------------------------------------------------------------- PDF

WIDTH = A4[0] - 44 * mm
_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13.5, spaceAfter=4)
_ASKS = ParagraphStyle("asks", _BODY, fontName="Helvetica-Bold", spaceBefore=5, keepWithNext=True)
_SMALL = ParagraphStyle("small", _BODY, fontSize=9, leading=11.5, spaceAfter=0)
_MIDDLE = ParagraphStyle("middle", _SMALL, alignment=TA_CENTER)
_TITLES = {
    level: ParagraphStyle(
        f"title{level}",
        _BODY,
        fontName="Helvetica-Bold",
        fontSize=size,
        leading=size * 1.25,
        spaceBefore=size * 0.8,
        textColor=colors.HexColor(f"#{GREEN}"),
        keepWithNext=True,
    )
    for level, size in {1: 15, 2: 12.5, 3: 10.5}.items()
}
_RULED = [
    ("GRID", (0, 0), (-1, -1), 0.5, colors.HexColor("#7A8A82")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def pdf_bytes(flow: list[Flowable], title: str, **options: Any) -> bytes:
    """Lay the flow out on A4; nothing in the file tells when, so that it is the same each time."""
    held = io.BytesIO()
    rl_config.useA85 = 0  # pictures as they are: writing them as ASCII took a third of the time
    margins = dict.fromkeys(("leftMargin", "rightMargin"), 22 * mm)
    margins |= dict.fromkeys(("topMargin", "bottomMargin"), 18 * mm)
    SimpleDocTemplate(held, pagesize=A4, title=title, invariant=1, **margins, **options).build(flow)
    return held.getvalue()


def paragraph(text: str, style: ParagraphStyle = _BODY) -> Paragraph:
    """Text as it is, with its line breaks."""
    return Paragraph(escape(text).replace("\n", "<br/>"), style)


def _pdf_text(text: Text) -> list[Flowable]:
    if text.level:
        return [paragraph(text.line, _TITLES[text.level])]
    if text.line.startswith("· "):
        return [Paragraph(escape(text.line[2:]), _BODY, bulletText="•")]
    return [paragraph(text.line)]


def _boxed(item: Item, filled: Filled, edition: Edition) -> list[Flowable]:
    """Answers in ruled boxes, marks as X in a grid."""
    match item:
        case Text():
            return _pdf_text(item)
        case Questions():
            return _boxed_questions(item, filled)
        case Grid():
            return _pdf_grid(item, filled, edition)
        case Signing():
            return _pdf_signing(item, filled, ruled=True)


def _boxed_questions(item: Questions, filled: Filled) -> list[Flowable]:
    flow: list[Flowable] = []
    for beside, run in groupby(item.asked, key=lambda asked: asked.beside):
        if beside:
            rows = [
                [_bare_paragraph(asked), paragraph(_chosen(asked, filled.of(asked)), _SMALL)] for asked in run
            ]
            flow.append(Table(rows, (70 * mm, WIDTH - 70 * mm), style=_RULED, spaceAfter=8))
        else:
            flow += [_answer_box(asked, filled.of(asked)) for asked in run]
    return flow


def _bare_paragraph(asked: Asked) -> Paragraph:
    return paragraph(asked.label.removeprefix("· "), _SMALL)


def _answer_box(asked: Asked, answer: str) -> Flowable:
    style = [*_RULED, ("BOTTOMPADDING", (0, 0), (-1, -1), 8)]
    box = Table([[paragraph(answer or "\n\n", _SMALL)]], (WIDTH,), style=style)
    return KeepTogether([paragraph(asked.label.removeprefix("· "), _ASKS), box, Spacer(0, 6)])


def _chosen(asked: Asked, answer: str) -> str:
    if not asked.question.choices:
        return answer
    return "\n".join(f"[{'X' if choice == answer else '  '}] {choice}" for choice in asked.question.choices)


def _lined(item: Item, filled: Filled, edition: Edition) -> list[Flowable]:
    """As a word processor prints the form: no box but the grid's."""
    match item:
        case Text():
            return _pdf_text(item)
        case Questions():
            return [line for asked in item.asked for line in _lined_question(asked, filled.of(asked))]
        case Grid():
            return _typed_marks(item, filled, edition)
        case Signing():
            return _pdf_signing(item, filled, ruled=False)


def _lined_question(asked: Asked, answer: str) -> list[Flowable]:
    bullet = "•" if asked.label.startswith("· ") else None
    label = escape(asked.label.removeprefix("· "))
    if asked.beside:
        return [Paragraph(f"{label} {escape(answer)}", _BODY, bulletText=bullet)]
    asks = Paragraph(label, _BODY, bulletText=bullet) if bullet else Paragraph(label, _ASKS)
    return [asks, paragraph(answer) if answer else Spacer(0, 24)]


def _pdf_grid(item: Grid, filled: Filled, edition: Edition) -> list[Flowable]:
    marks = [str(mark) for mark in range(edition.scale.lowest, edition.scale.highest + 1)]
    rows = [["", *(paragraph(mark, _MIDDLE) for mark in marks)]]
    for asked in item.asked:
        crosses = [paragraph("X" if mark == filled.of(asked) else "", _MIDDLE) for mark in marks]
        rows.append([paragraph(asked.line, _SMALL), *crosses])
    narrow = 7.6 * mm
    widths = (WIDTH - narrow * len(marks), *[narrow] * len(marks))
    shaded = ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor(f"#{PALE}"))
    padding = [(f"{side}PADDING", (1, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT")]
    return [Table(rows, widths, style=[*_RULED, shaded, *padding], repeatRows=1)]


def _typed_marks(item: Grid, filled: Filled, edition: Edition) -> list[Flowable]:
    flow: list[Flowable] = []
    for asked in item.asked:
        mark = filled.of(asked)
        typed = paragraph(f"{mark} / {edition.scale.highest}" if mark else "", _ASKS)
        flow.append(Table([[paragraph(asked.line, _SMALL), typed]], (WIDTH - 24 * mm, 24 * mm), style=_RULED))
    return flow


def _pdf_signing(item: Signing, filled: Filled, *, ruled: bool) -> list[Flowable]:
    rows: list[list[Any]] = [
        [paragraph(f"{label} : {answer}") for answer in answers]
        for label, answers in _signing_rows(item, filled)
    ]
    rows.append([_signed(filled.ink.get(s.id), filled.typed.get(s.id, "")) for s in item.signatories])
    widths = [WIDTH / len(item.signatories)] * len(item.signatories)
    heights = [None, None, 32 * mm]
    style = _RULED if ruled else [("VALIGN", (0, 0), (-1, -1), "TOP")]
    return [Spacer(0, 8), KeepTogether([Table(rows, widths, heights, style=style)])]


def _signed(ink: bytes | None, typed: str) -> list[Flowable]:
    label = paragraph("Signature :")
    if ink is None:
        return [label, paragraph(typed)]
    width = INK_WIDTH_MM * mm
    return [label, Image(io.BytesIO(ink), width, width * 200 / 560, hAlign="LEFT")]


PDF: Mapping[str, Callable[[Item, Filled, Edition], list[Flowable]]] = {"boxes": _boxed, "lines": _lined}
