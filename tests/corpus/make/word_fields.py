"""Short answers in Word, as strangers set them: ``(Sheet, questions) -> None`` each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docx.enum.text import WD_COLOR_INDEX, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm

from desk.demo.script import Asked
from tests.corpus.make.people import words
from tests.corpus.make.sheet import (
    BLUE,
    RED,
    Sheet,
    bare,
    box_control,
    chosen,
    into_cell,
    label,
    legacy_box,
    legacy_text,
    list_control,
    options,
    run,
    shade,
    text_control,
    xml,
)  # fmt: skip

Fields = Callable[[Sheet, Sequence[Asked]], None]


def _unmarked(asked: Asked, answer: str) -> str:
    """What stands beside a label where nobody chose: the printed options stay."""
    return answer or ("oui/non" if options(asked) == ("oui", "non") else " – ".join(options(asked)))


def as_handed_out(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """Behind the colon, in blue; an option is chosen by deleting the others."""
    for asked in questions:
        paragraph = sheet.line("· " + label(asked) + " ")
        answer = sheet.said(asked)
        run(paragraph, _unmarked(asked, answer), colour=BLUE if answer else None)


def ledger(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """A shaded column of labels, a column of answers, boxes to tick below one another."""
    table = sheet.table(len(questions), 2)
    for row, asked in zip(table.rows, questions, strict=True):
        into_cell(row.cells[0], bare(asked), bold=True, size=9)
        shade(row.cells[0])
        answer = sheet.said(asked)
        if options(asked) and (chosen(asked, answer) or not answer):
            ticked = [f"{'■' if o == chosen(asked, answer) else '□'} {o}" for o in options(asked)]
            into_cell(row.cells[1], "\n".join(ticked))
        else:
            into_cell(row.cells[1], answer)
    sheet.line()


def capitals(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """Labels retyped in capitals, the answer on its own line behind an arrow."""
    for asked in questions:
        sheet.line(bare(asked).upper(), bold=True, size=9)
        answer = sheet.said(asked)
        sheet.line(f"→ {_unmarked(asked, answer)}" if answer or options(asked) else "→")


def leaders(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """A tab with dots leads to the answer at the right margin."""
    for asked in questions:
        paragraph = sheet.line(bare(asked))
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(150), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        run(paragraph, "\t" + _unmarked(asked, sheet.said(asked)), italic=True)


def legacy(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """Form fields of Word 97, boxes for the options."""
    for asked in questions:
        paragraph = sheet.line(label(asked) + " ")
        answer = sheet.said(asked)
        if options(asked) and (chosen(asked, answer) or not answer):
            for option in options(asked):
                legacy_box(paragraph, option == chosen(asked, answer))
                run(paragraph, f" {option}   ")
        else:
            legacy_text(paragraph, answer)


def controls(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """A content control in a cell: lists, boxes, text."""
    table = sheet.table(len(questions), 2, ruled=False)
    for row, asked in zip(table.rows, questions, strict=True):
        row.cells[0].text = label(asked)
        _controlled(row.cells[1].paragraphs[0], asked, sheet.said(asked))


def _controlled(paragraph: Any, asked: Asked, answer: str) -> None:
    free = answer and not chosen(asked, answer)
    if asked.question.choices:
        paragraph._p.append(xml(list_control(answer, options(asked))))
    elif options(asked) and not free:
        for option in options(asked):
            paragraph._p.append(xml(box_control(option == chosen(asked, answer))))
            run(paragraph, f" {option.capitalize()}  ")
    else:
        paragraph._p.append(xml(text_control(answer)))


def nested(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """A table in a cell of a table."""
    outer = sheet.table(1, 1)
    inner = outer.rows[0].cells[0].add_table(len(questions), 2)
    inner.style = "Table Grid"
    for row, asked in zip(inner.rows, questions, strict=True):
        row.cells[0].text = bare(asked)
        into_cell(row.cells[1], _unmarked(asked, sheet.said(asked)))
    sheet.line()


def _looked(
    sheet: Sheet, questions: Sequence[Asked], sign: Mapping[str, Any], others: Mapping[str, Any]
) -> None:
    """All the options stay; the one that is meant looks so, the others so."""
    for asked in questions:
        answer = sheet.said(asked)
        paragraph = sheet.line(bare(asked) + " : ")
        if not options(asked) or (answer and not chosen(asked, answer)):
            run(paragraph, answer)
            continue
        for number, option in enumerate(options(asked)):
            run(paragraph, " / " if number else "")
            look = {} if not answer else sign if option == chosen(asked, answer) else others
            run(paragraph, option, **look)


def struck(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """What does not apply is struck out."""
    _looked(sheet, questions, {}, {"strike": True})


def framed(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """What applies has a frame around it, as if circled."""
    _looked(sheet, questions, {"framed": True}, {})


def coloured(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """What applies is red."""
    _looked(sheet, questions, {"colour": RED}, {})


def highlighted(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """What applies is green."""
    _looked(sheet, questions, {"highlight": WD_COLOR_INDEX.BRIGHT_GREEN}, {})


def underscored(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """Typed into the middle of the line that was printed to write on."""
    for asked in questions:
        answer = sheet.said(asked)
        if options(asked):
            marks = ["(x)" if option == chosen(asked, answer) else "( )" for option in options(asked)]
            listed = "  ".join(f"{mark} {option}" for mark, option in zip(marks, options(asked), strict=True))
            shown = listed if chosen(asked, answer) or not answer else answer
        else:
            shown = f"___{answer}___" if answer else "_" * 40
        sheet.line(f"{bare(asked)} : {shown}")


def lettered(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """Made anew: a) b) c), other words for the labels."""
    for letter, asked in zip("abcdefghijklm", questions, strict=False):
        paragraph = sheet.line(f"{letter}) {words()['retyped'][asked.question.id].rstrip(' :')} : ")
        run(paragraph, sheet.said(asked), bold=True)


def paired(sheet: Sheet, questions: Sequence[Asked]) -> None:
    """Two questions in a row, label above answer in the same cell."""
    table = sheet.table((len(questions) + 1) // 2, 2)
    for number, asked in enumerate(questions):
        cell = table.rows[number // 2].cells[number % 2]
        into_cell(cell, bare(asked), bold=True, size=8)
        answer = sheet.said(asked)
        if answer or options(asked):
            run(cell.add_paragraph(), _unmarked(asked, answer))
    sheet.line()
