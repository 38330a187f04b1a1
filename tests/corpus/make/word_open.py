"""Answers in sentences in Word, as strangers set them: ``(Sheet, question) -> None`` each."""

from collections.abc import Callable

from docx.enum.text import WD_BREAK
from docx.shared import Mm

from desk.demo.script import Asked
from tests.corpus.make.people import words
from tests.corpus.make.sheet import (
    BLUE,
    Sheet,
    bare,
    inserted,
    into_cell,
    label,
    legacy_text,
    rows_of,
    run,
    shade,
    text_box,
    text_control,
    xml,
)  # fmt: skip

Open = Callable[[Sheet, Asked], None]


def coloured(sheet: Sheet, asked: Asked) -> None:
    """In blue below the question, with the empty lines that the form leaves."""
    sheet.line(label(asked), bold=True)
    for row in rows_of(sheet.said(asked)):
        sheet.line(row, colour=BLUE)
    for _ in range(sheet.lot.randint(0, 2)):
        sheet.line()


def soft_break(sheet: Sheet, asked: Asked) -> None:
    """In the question's own paragraph, after a line break."""
    paragraph = sheet.line(label(asked), bold=True)
    for row in rows_of(sheet.said(asked)):
        paragraph.add_run().add_break(WD_BREAK.LINE)
        run(paragraph, row)


def announced(sheet: Sheet, asked: Asked) -> None:
    """« R : » before each answer."""
    sheet.line(label(asked), italic=True)
    rows = rows_of(sheet.said(asked))
    sheet.line("R : " + (rows[0] if rows else ""))
    for row in rows[1:]:
        sheet.line(row)


def named(sheet: Sheet, asked: Asked) -> None:
    """« Question n » and « Réponse : », in a table of one column."""
    table = sheet.table(2, 1)
    number = asked.question.number
    into_cell(
        table.rows[0].cells[0], f"Question {number} : {asked.question.wording}" if number else label(asked)
    )
    shade(table.rows[0].cells[0], "E2EFDA")
    into_cell(table.rows[1].cells[0], f"Réponse : {sheet.said(asked)}".rstrip())
    sheet.line()


def row(sheet: Sheet, asked: Asked) -> None:
    """Question left, answer right, a table for each."""
    table = sheet.table(1, 2)
    table.autofit = False
    for cell, width in zip(table.rows[0].cells, (60, 105), strict=True):
        cell.width = Mm(width)
    into_cell(table.rows[0].cells[0], label(asked), size=9)
    into_cell(table.rows[0].cells[1], sheet.said(asked))


def tall_box(sheet: Sheet, asked: Asked) -> None:
    """A ruled box of some height under the question."""
    sheet.line(label(asked))
    table = sheet.table(1, 1)
    table.rows[0].height = Mm(28)
    into_cell(table.rows[0].cells[0], sheet.said(asked))
    sheet.line()


def floating_box(sheet: Sheet, asked: Asked) -> None:
    """A text box under the question."""
    sheet.line(label(asked), bold=True)
    text_box(sheet, sheet.said(asked))


def legacy(sheet: Sheet, asked: Asked) -> None:
    """A form field below."""
    sheet.line(label(asked))
    legacy_text(sheet.document.add_paragraph(), sheet.said(asked))


def rich_control(sheet: Sheet, asked: Asked) -> None:
    """A content control around whole paragraphs, or its hint."""
    sheet.line(label(asked), bold=True)
    answer = sheet.said(asked)
    if not answer:
        sheet.document.add_paragraph()._p.append(xml(text_control("", "Tapez votre réponse ici.")))
        return
    marker = sheet.line()
    paragraphs = [sheet.line(line)._p for line in rows_of(answer)]
    block = xml("<w:sdt><w:sdtPr><w:alias w:val='Texte'/></w:sdtPr><w:sdtContent/></w:sdt>")
    marker._p.addnext(block)
    for paragraph in paragraphs:
        block[1].append(paragraph)


def dashed(sheet: Sheet, asked: Asked) -> None:
    """Behind the question on its own line, after a dash, in italics."""
    paragraph = sheet.line(label(asked), bold=True)
    rows = rows_of(sheet.said(asked))
    if rows:
        run(paragraph, " – " + rows[0], italic=True)
    for line in rows[1:]:
        sheet.line(line, italic=True)


def numbered(sheet: Sheet, asked: Asked) -> None:
    """Word counts the questions; answers are a list under each."""
    sheet.line(asked.question.wording if asked.question.number else bare(asked), style="List Number")
    for line in rows_of(sheet.said(asked)):
        sheet.line(line, style="List Continue")


def tracked(sheet: Sheet, asked: Asked) -> None:
    """Written with « track changes » on."""
    sheet.line(label(asked), bold=True)
    for line in rows_of(sheet.said(asked)):
        inserted(sheet.document.add_paragraph(), line)


def quoted(sheet: Sheet, asked: Asked) -> None:
    """The answer first says the question again, in its own words."""
    sheet.line(label(asked))
    for line in rows_of(sheet.said(asked)):
        paragraph = sheet.line(style="Intense Quote")
        run(paragraph, line)


def retyped(sheet: Sheet, asked: Asked) -> None:
    """The question in other and fewer words, answers below."""
    number = f"{asked.question.number}/ " if asked.question.number else ""
    sheet.line(number + words()["retyped"][asked.question.id], bold=True)
    for line in rows_of(sheet.said(asked)):
        sheet.line(line)


def numbers_only(sheet: Sheet, asked: Asked) -> None:
    """The question's text is deleted, its letter and number stay."""
    section, _, number = asked.question.id.partition(".")
    if section != "b":
        coloured(sheet, asked)
        return
    rows = rows_of(sheet.said(asked))
    sheet.line(f"B.{number} {rows[0] if rows else ''}".rstrip())
    for line in rows[1:]:
        sheet.line(line)
