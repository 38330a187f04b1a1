"""Ten empty cells of its own under each statement, between the ends of the scale."""

import pytest

from data.edition import Edition
from data.model import (
    Answer,
    AnswerState,
    Box,
    Cell,
    Document,
    FileKind,
    Line,
    Look,
    Page,
    PageSource,
    Picture,
    PictureForm,
    Span,
    Table,
)
from parsers._answered import _form

COLUMNS = tuple(60.0 + 24 * at for at in range(11))


def _line(text: str, x0: float, top: float, cell: Cell | None = None) -> Line:
    return Line((Span(text),), 1, Box(x0, top, x0 + 5.0 * len(text), top + 10), cell=cell)


def _read(
    edition: Edition,
    marks: dict[int, list[int]],
    said: dict[int, str] | None = None,
    first: dict[int, float] | None = None,
    beyond: float = 0.0,
) -> dict[str, Answer]:
    """A page of statements, each with its cells below; `marks`: the numbers that are marked, by statement.

    `first`: where the first cell prints its number, how much of a stroke is seen there, too, and how far
    `beyond` the number.
    """
    statements = [q.wording for q in edition.questions.values() if q.id.startswith("e.")]
    lines: list[Line] = []
    pictures: list[Picture] = []
    for row, statement in enumerate(statements):
        top = 100.0 + 60 * row
        lines += [_line(statement, 40, top), _line("1", 48, top + 20), _line("10", 310, top + 20)]
        if said and row in said:
            lines.append(_line(said[row], COLUMNS[6] + 8, top + 20, Cell(row, 0, 6)))
        if first and row in first:
            lines.append(_line("1", COLUMNS[0] + 8, top + 20, Cell(row, 0, 0)))
        seen = [
            (number, 40.0, Box(COLUMNS[number - 1] + 4, top + 18, COLUMNS[number] - 4, top + 32))
            for number in marks.get(row, [])
        ]
        if first and row in first:
            left = COLUMNS[0] + 8
            one = Box(left - beyond, top + 20 - beyond, left + 5 + beyond, top + 30 + beyond)
            seen.append((1, first[row], one))
        for number, stroke, box in seen:
            cell = Cell(row, 0, number - 1)
            pictures.append(
                Picture(
                    PictureForm.INK, 1, len(lines) - 1, box, cell, 16, 14, stroke_pt=stroke, look=Look.MARK
                )
            )
    outlines = tuple(Table(row, COLUMNS, 1) for row in range(len(statements)))
    pages = (Page(1, PageSource.OCR, 595, 842),)
    document = Document(FileKind.PDF, pages, tuple(lines), tuple(pictures), tables=outlines)
    return dict(_form.read(document, "f", edition).answers)


def test_the_place_of_the_marked_cell_is_what_it_says(edition: Edition) -> None:
    """No number stands in it, nor over it; a cross may have been read as a letter."""
    answers = _read(edition, {0: [3], 1: [10], 2: [1], 3: [6]}, {4: "X"})

    assert [answers[f"e.{n}"].value for n in range(1, 6)] == [3, 10, 1, 6, 7]


def test_a_printed_number_that_is_told_as_ink_is_no_mark(edition: Edition) -> None:
    """A « 1 » is a stroke; alone it is for a person, and a cross over it is a mark like any other."""
    answers = _read(edition, {0: [9], 1: [9]}, first={0: 13.0, 1: 30.0, 2: 13.0})

    assert answers["e.1"].value == 9
    assert {answers[f"e.{n}"].state for n in (2, 3)} == {AnswerState.UNCLEAR}


def test_a_place_that_differs_from_the_same_in_other_rows_is_a_mark(edition: Edition) -> None:
    """« ● ○ ○ … »: it is told by the room of its place, in which a number stands for it."""
    assert _read(edition, {}, first={0: 13.0}, beyond=4.0)["e.1"].value == 1


def test_the_ends_of_a_scale_rate_nothing(edition: Edition) -> None:
    """« 1 ▢▢▢▢▢▢▢▢▢▢ 10 » without a mark is blank, and with two it is for a person."""
    answers = _read(edition, {0: [3], 1: [4, 8]})

    assert answers["e.2"].state is AnswerState.UNCLEAR
    assert {answers[f"e.{n}"].state for n in range(3, 8)} == {AnswerState.BLANK}


@pytest.mark.parametrize(("said", "value"), [("7", 7), ("9", None)])
def test_cells_that_say_other_numbers_than_their_places_are_no_such_row(
    said: str, value: int | None, edition: Edition
) -> None:
    """A nine in the seventh cell: its numbers begin elsewhere, or somebody wrote it there."""
    answers = _read(edition, {0: [7]}, {0: said})

    assert answers["e.1"].value == value
