"""The grid of statements and the place to sign, in Word, as strangers set them."""

from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Mm, Pt

from desk.demo.script import Asked
from tests.corpus.make.ink import Laid, laid
from tests.corpus.make.sheet import (
    Sheet,
    floating_picture,
    into_cell,
    legacy_text,
    list_control,
    picture,
    run,
    shade,
    xml,
)  # fmt: skip

Grid = Callable[[Sheet, Sequence[Asked]], None]
Sign = Callable[[Sheet], None]
MARKS = tuple(str(mark) for mark in range(1, 11))


def _is(sheet: Sheet, asked: Asked, mark: str) -> bool:
    return sheet.said(asked) == mark


# ---------------------------------------------------------------- the grid


def row_each(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """Under each statement a row of ten numbers, and a row to put the cross in."""
    sign = sheet.lot.choice(("X", "x", "✓", "●", "V"))
    for asked in questions:
        sheet.line(asked.line)
        table = sheet.table(2, 10)
        for column, mark in enumerate(MARKS):
            table.rows[0].cells[column].text = mark
            table.rows[1].cells[column].text = sign if _is(sheet, asked, mark) else ""


def one_table(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """A column of statements, ten narrow columns, numbers at the head."""
    table = sheet.table(len(questions) + 1, 11)
    sign = sheet.lot.choice(("X", "x", "✗", "*"))
    into_cell(table.rows[0].cells[0], "1 = pas du tout, 10 = totalement", size=8)
    for column, mark in enumerate(MARKS, 1):
        into_cell(table.rows[0].cells[column], mark, bold=True)
    for row, asked in zip(table.rows[1:], questions, strict=True):
        into_cell(row.cells[0], asked.line, size=9)
        for column, mark in enumerate(MARKS, 1):
            row.cells[column].text = sign if _is(sheet, asked, mark) else ""


def _numbered_cells(sheet: Sheet, questions: Sequence[Asked], mark_cell: Callable[[Any, str], None]) -> None:
    table = sheet.table(len(questions), 11)
    for row, asked in zip(table.rows, questions, strict=True):
        into_cell(row.cells[0], asked.line, size=8)
        for column, mark in enumerate(MARKS, 1):
            if _is(sheet, asked, mark):
                mark_cell(row.cells[column], mark)
            else:
                row.cells[column].text = mark


def shaded(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """The cell of the number is filled."""

    def fill(cell: Any, mark: str) -> None:
        cell.text = mark
        shade(cell, "A9D08E")

    _numbered_cells(sheet, questions, fill)


def crossed_number(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """The X stands beside the number, in its cell."""
    _numbered_cells(sheet, questions, lambda cell, mark: into_cell(cell, f"{mark} X", bold=True))


def highlighted_number(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """The number itself is marked yellow."""
    _numbered_cells(
        sheet, questions, lambda cell, mark: into_cell(cell, mark, highlight=WD_COLOR_INDEX.YELLOW)
    )


def noted(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """« Note : 7 » under each statement; « Note : » where there is none."""
    for asked in questions:
        sheet.line(asked.line, italic=True)
        sheet.line(f"Note : {sheet.said(asked)}".rstrip(), bold=True)


def out_of_ten(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """Numbered statements, « 7/10 » in a column of its own."""
    table = sheet.table(len(questions) + 1, 3)
    for cell, title in zip(table.rows[0].cells, ("N°", "Affirmation", "Note /10"), strict=True):
        into_cell(cell, title, bold=True)
    for number, (row, asked) in enumerate(zip(table.rows[1:], questions, strict=True), 1):
        row.cells[0].text = str(number)
        row.cells[1].text = asked.line
        mark = sheet.said(asked)
        row.cells[2].text = f"{mark}/10" if mark else ""


def circles(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """Ten circles in a line, the one that is meant is full."""
    for asked in questions:
        sheet.line(asked.line)
        sheet.line(" ".join("●" if _is(sheet, asked, mark) else "○" for mark in MARKS))


def framed_number(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """Ten numbers in a line, one with a frame around it."""
    for asked in questions:
        sheet.line(asked.line)
        paragraph = sheet.line()
        for mark in MARKS:
            run(paragraph, mark, framed=_is(sheet, asked, mark))
            run(paragraph, "    ")


def bracketed(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """Ten numbers in a line, one in brackets."""
    for asked in questions:
        sheet.line(asked.line)
        sheet.line(" - ".join(f"[{mark}]" if _is(sheet, asked, mark) else mark for mark in MARKS))


def listed(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """A drop-down list beside each statement."""
    table = sheet.table(len(questions), 2)
    for row, asked in zip(table.rows, questions, strict=True):
        row.cells[0].text = asked.line
        row.cells[1].paragraphs[0]._p.append(xml(list_control(sheet.said(asked), MARKS)))


def legacy(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """A form field behind each statement."""
    for asked in questions:
        legacy_text(sheet.line(asked.line + " : "), sheet.said(asked))


def behind(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """The number typed behind the full stop, bold."""
    for number, asked in enumerate(questions, 1):
        run(
            sheet.line(f"{number}. {asked.line} "),
            f"→ {sheet.said(asked)}" if sheet.said(asked) else "",
            bold=True,
        )


# ---------------------------------------------------------------- the place to sign


def _lay(sheet: Sheet, place: Any, found: Laid) -> None:
    """What stands there, in this paragraph."""
    if found.text:
        run(place, found.text)
    for content, width in found.pictures:
        picture(place, content, width)


def tabs(sheet: Sheet) -> None:
    """As handed out: two columns made of tabs, signatures on a line of their own."""
    first, second = sheet.application.edition.signatory
    rows = [
        (
            f"Nom, prénom {sheet.of(who.name_question)}",
            f"Fonction {sheet.of(who.function_question)}",
            "Signature",
        )
        for who in (first, second)
    ]
    paragraphs = [sheet.line("\t".join(pair)) for pair in zip(*rows, strict=True)]
    signed = sheet.line()
    for paragraph in (*paragraphs, signed):
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(85))
    _lay(sheet, signed, laid(sheet.application, first.id))
    signed.add_run("\t")
    _lay(sheet, signed, laid(sheet.application, second.id))


def two_cells(sheet: Sheet) -> None:
    """One cell for each, everything below one another in it."""
    table = sheet.table(1, 2)
    for cell, who in zip(table.rows[0].cells, sheet.application.edition.signatory, strict=True):
        into_cell(
            cell, f"Nom, prénom : {sheet.of(who.name_question)}\nFonction : {sheet.of(who.function_question)}"
        )
        run(cell.add_paragraph(), "Signature")
        room = cell.add_paragraph()
        room.paragraph_format.space_after = Pt(30)
        _lay(sheet, room, laid(sheet.application, who.id))


def floating(sheet: Sheet) -> None:
    """One after the other; the picture floats over the line that was printed to sign on."""
    for title, who in zip(
        ("Personne de contact :", "Administrateur/trice :"), sheet.application.edition.signatory, strict=True
    ):
        sheet.line(title, bold=True)
        sheet.line(f"Nom, prénom : {sheet.of(who.name_question)}")
        sheet.line(f"Fonction : {sheet.of(who.function_question)}")
        found = laid(sheet.application, who.id)
        paragraph = sheet.line(f"Signature : {found.text or '_' * 34}")
        paragraph.paragraph_format.space_after = Pt(34)
        for content, width in found.pictures:
            floating_picture(paragraph, content, width, 26, -4)


def rows(sheet: Sheet) -> None:
    """A column of labels, a column for each person."""
    table = sheet.table(4, 3)
    for cell, title in zip(
        table.rows[0].cells, ("", "Contact COOPCITY", "Administrateur / administratrice"), strict=True
    ):
        into_cell(cell, title, bold=True)
    for row, title in zip(table.rows[1:], ("Nom, prénom", "Fonction", "Signature"), strict=True):
        row.cells[0].text = title
    for column, who in enumerate(sheet.application.edition.signatory, 1):
        table.rows[1].cells[column].text = sheet.of(who.name_question)
        table.rows[2].cells[column].text = sheet.of(who.function_question)
        _lay(sheet, table.rows[3].cells[column].paragraphs[0], laid(sheet.application, who.id))


def above(sheet: Sheet) -> None:
    """Signatures stand above the rule, the label under it, names last."""
    table = sheet.table(4, 2, ruled=False)
    for column, who in enumerate(sheet.application.edition.signatory):
        _lay(sheet, table.rows[0].cells[column].paragraphs[0], laid(sheet.application, who.id))
        into_cell(table.rows[1].cells[column], "_" * 28 + "\nSignature")
        table.rows[2].cells[column].text = f"Nom, prénom : {sheet.of(who.name_question)}"
        table.rows[3].cells[column].text = f"Fonction : {sheet.of(who.function_question)}"


def approved(sheet: Sheet) -> None:
    """« précédée de la mention “lu et approuvé” », people below one another."""
    for who in sheet.application.edition.signatory:
        sheet.line(f"{who.label[0].upper()}{who.label[1:]}", underline=True)
        sheet.line(
            f"Nom, prénom : {sheet.of(who.name_question)}\tFonction : {sheet.of(who.function_question)}"
        )
        sheet.line("Signature (précédée de la mention manuscrite « lu et approuvé ») :")
        _lay(sheet, sheet.line(), laid(sheet.application, who.id))
