"""Ten numbers over columns that nobody ruled, statements to their left and marks between."""

import pytest

from data.model import AnswerState, Box, Cell, Document, FileKind, Line, Look, Picture, PictureForm, Span
from parsers._answered._headed import heads, rate


def _line(text: str, x0: float, top: float, cell: Cell | None = None) -> Line:
    return Line((Span(text),), 1, Box(x0, top, x0 + 6.0 * len(text), top + 10), cell=cell)


def _mark(x: float, y: float, look: Look) -> Picture:
    box = Box(x - 8, y - 8, x + 8, y + 8)
    return Picture(PictureForm.INK, 1, -1, box, None, 16, 16, stroke_pt=40, look=look)


NUMBERS = [_line(str(n), 300 + 20.0 * n, 60, Cell(0, 0, n - 1)) for n in range(1, 11)]
STATEMENT = [_line("Notre structure est source", 40, 100), _line("d'innovation dans son secteur.", 40, 112)]
BELOW = 140.0


def _read(*drawn: Picture | Line, numbers: list[Line] = NUMBERS) -> tuple[AnswerState, str | None] | None:
    lines = [*numbers, *STATEMENT, *(each for each in drawn if isinstance(each, Line))]
    pictures = [each for each in drawn if isinstance(each, Picture)]
    document = Document(FileKind.PDF, (), tuple(lines), tuple(pictures))
    choice = rate(heads(document, 1, 10), STATEMENT, BELOW, document)
    return (choice.state, choice.value) if choice else None


@pytest.mark.parametrize("drawn", [_mark(444, 112, Look.MARK), _line("X", 441, 104)])
def test_a_mark_below_a_number_and_beside_a_statement_rates_it(drawn: Picture | Line) -> None:
    """Whether it was seen as ink or read as a letter."""
    assert _read(drawn) == (AnswerState.ANSWERED, "7")


def test_two_marks_or_a_speck_are_for_a_person() -> None:
    """A second mark in another column; a dot that may be dirt."""
    assert _read(_mark(444, 112, Look.MARK), _mark(363, 110, Look.MARK)) == (AnswerState.UNCLEAR, None)
    assert _read(_mark(444, 112, Look.TRACE)) == (AnswerState.UNCLEAR, None)


def test_what_stands_beside_another_statement_or_no_column_rates_nothing() -> None:
    """Nor does anything where the page has numbers of its own in each row, or none in their order."""
    again = [_line(line.text, 300 + 20.0 * n, 200, Cell(1, 0, n)) for n, line in enumerate(NUMBERS)]
    backwards = [_line(str(11 - n), 300 + 20.0 * n, 60) for n in range(1, 11)]

    assert _read(_mark(444, 150, Look.MARK)) is None
    assert _read(_mark(270, 112, Look.MARK)) is None
    assert _read(_mark(444, 112, Look.MARK), numbers=[*NUMBERS, *again]) is None
    assert _read(_mark(444, 112, Look.MARK), numbers=backwards) is None


def test_numbers_below_each_statement_head_no_columns() -> None:
    """Some rows of them were read as one line, and one as numbers apart."""
    in_a_line = _line("1 2 3 4 5 6 7 8 9 10", 320, 160)

    assert _read(_mark(444, 112, Look.MARK), in_a_line) is None
