"""The form as .docx in layouts that nobody tuned a reader to: `LAYOUTS` maps a name to its builder.

Each walks through the real form's own lines (`desk.demo.script`) and sets short answers, long answers, the
grid and the place to sign in a manner of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from docx.shared import Mm, Pt

from desk.demo.forms import word_bytes
from desk.demo.script import Asked, Grid, Questions, Signing, Text, script
from tests.corpus.make import word_fields as fields
from tests.corpus.make import word_marks as marks
from tests.corpus.make import word_open as answers
from tests.corpus.make.applications import Application
from tests.corpus.make.sheet import Sheet, xml


@dataclass(frozen=True, slots=True)
class Layout:
    """How each part of the form is set."""

    fields: fields.Fields
    open: answers.Open
    grid: marks.Grid
    sign: marks.Sign
    intro: bool = True
    """Whether the pages before the first question are kept."""
    titles: bool = True
    """Whether headings between the sections are kept."""
    columns: int = 1
    margin: str = ""
    """A running head, with a page number below."""
    font: str = ""


def build(application: Application, layout: Layout) -> bytes:
    """The file."""
    sheet = Sheet(application)
    _page(sheet, layout)
    asked_yet = False
    for item in script(application.edition):
        match item:
            case Text():
                if (layout.intro or asked_yet) and (layout.titles or not item.level):
                    _text(sheet, item)
            case Questions():
                asked_yet = True
                _questions(sheet, item.asked, layout)
            case Grid():
                layout.grid(sheet, item.asked)
            case Signing():
                layout.sign(sheet)
    return word_bytes(sheet.document)


def _page(sheet: Sheet, layout: Layout) -> None:
    section = sheet.document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    if layout.columns > 1:
        section._sectPr.append(xml(f'<w:cols w:num="{layout.columns}" w:space="500"/>'))
    if layout.margin:
        section.header.paragraphs[0].text = layout.margin
        section.footer.paragraphs[0].text = "Page 1"
    if layout.font:
        sheet.document.styles["Normal"].font.name = layout.font
    sheet.document.styles["Normal"].paragraph_format.space_after = Pt(sheet.lot.choice((3, 6, 8)))


def _text(sheet: Sheet, item: Text) -> None:
    if item.level:
        sheet.document.add_heading(item.line, item.level)
    else:
        sheet.line(item.line)


def _questions(sheet: Sheet, questions: Sequence[Asked], layout: Layout) -> None:
    """Short ones together, the others one by one; place and day of signing always on their line."""
    for kind, run in groupby(questions, key=_kind):
        asked = list(run)
        if kind == "s":
            for each in asked:
                sheet.line(f"{each.line} {sheet.said(each)}".rstrip())
        elif kind == "field":
            layout.fields(sheet, asked)
        else:
            for each in asked:
                layout.open(sheet, each)


def _kind(asked: Asked) -> str:
    section = asked.question.id.partition(".")[0]
    return section if section == "s" else "field" if section in {"a1", "a2"} else "open"


HEAD = "COOPCITY – Dossier de candidature BLOSSOM 2026-2027"

LAYOUTS: Mapping[str, Layout] = {
    "handed out": Layout(fields.as_handed_out, answers.coloured, marks.row_each, marks.tabs),
    "ledger": Layout(fields.ledger, answers.row, marks.out_of_ten, marks.rows, margin=HEAD),
    "capitals": Layout(fields.capitals, answers.announced, marks.behind, marks.floating, font="Verdana"),
    "leaders": Layout(fields.leaders, answers.soft_break, marks.noted, marks.above),
    "legacy": Layout(fields.legacy, answers.legacy, marks.legacy, marks.two_cells),
    "controls": Layout(fields.controls, answers.rich_control, marks.listed, marks.two_cells, margin=HEAD),
    "nested": Layout(fields.nested, answers.tall_box, marks.shaded, marks.approved),
    "struck": Layout(fields.struck, answers.quoted, marks.crossed_number, marks.tabs),
    "framed": Layout(fields.framed, answers.dashed, marks.framed_number, marks.floating),
    "coloured": Layout(fields.coloured, answers.coloured, marks.highlighted_number, marks.above, intro=False),
    "marked": Layout(fields.highlighted, answers.named, marks.one_table, marks.rows),
    "underscored": Layout(fields.underscored, answers.tracked, marks.bracketed, marks.approved),
    "made anew": Layout(fields.lettered, answers.retyped, marks.out_of_ten, marks.two_cells, intro=False),
    "numbers": Layout(fields.as_handed_out, answers.numbers_only, marks.one_table, marks.tabs),
    "counted": Layout(fields.paired, answers.numbered, marks.circles, marks.floating),
    "boxes": Layout(fields.ledger, answers.floating_box, marks.row_each, marks.rows),
    "columns": Layout(fields.capitals, answers.coloured, marks.noted, marks.approved, columns=2),
    "bare": Layout(
        fields.as_handed_out, answers.soft_break, marks.behind, marks.two_cells, intro=False, titles=False
    ),
}


def builders() -> Mapping[str, Callable[[Application], bytes]]:
    """By name of the layout, what makes the file."""
    return {
        name: (lambda application, layout=layout: build(application, layout))
        for name, layout in LAYOUTS.items()
    }
