"""Statements side by side at the head of a table, numbers below each other."""

import pytest

from data.model import AnswerState, Box, Cell, Document, FileKind, Line, Look, Picture, PictureForm, Span
from parsers._answered._standing import rate, standing

STATEMENTS = [Cell(0, 0, column) for column in range(1, 4)]


def _table(numbers: range, *more: Line, pictures: tuple[Picture, ...] = ()) -> Document:
    lines = [Line((Span(str(number)),), 1, cell=Cell(0, number, 0)) for number in numbers]
    return Document(FileKind.PDF, (), (*lines, *more), pictures)


def _ring(row: int, column: int) -> Picture:
    box = Box(0, 0, 90, 25)
    return Picture(PictureForm.INK, 1, -1, box, Cell(0, row, column), 90, 25, stroke_pt=200, look=Look.HAND)


def test_a_mark_is_rated_by_the_number_of_its_row() -> None:
    """Of the second of three statements the row that says 7 is crossed; the last number was not read."""
    document = _table(range(1, 10), Line((Span("X"),), 1, cell=Cell(0, 7, 2)))
    found = standing(document, STATEMENTS, 1, 10)
    rated = [rate(found, statement, document) for statement in STATEMENTS]

    assert [choice and choice.value for choice in rated] == [None, "7", None]
    assert [choice and choice.state for choice in rated][::2] == [AnswerState.BLANK] * 2


@pytest.mark.parametrize("row", [10, 3])
def test_a_ring_larger_than_its_cell_counts(row: int) -> None:
    """Beside a cross in another row it makes a doubt."""
    document = _table(range(1, 11), Line((Span("X"),), 1, cell=Cell(0, 3, 1)), pictures=(_ring(row, 1),))
    choice = rate(standing(document, STATEMENTS, 1, 10), STATEMENTS[0], document)

    assert choice is not None
    assert choice.state is (AnswerState.ANSWERED if row == 3 else AnswerState.UNCLEAR)


def test_numbers_that_count_nothing_make_no_scale() -> None:
    """Two of ten numbers at the left, or statements below each other: rated as in any other table."""
    document = _table(range(1, 3))

    assert rate(standing(document, STATEMENTS, 1, 10), STATEMENTS[0], document) is None
    below = [Cell(0, row, 1) for row in range(3)]
    assert standing(_table(range(1, 11)), below, 1, 10).first == {}
