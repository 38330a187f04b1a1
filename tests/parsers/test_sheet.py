"""Excel sheets: values at their places."""

import io
from datetime import date

from openpyxl import Workbook

import parsers
from data.model import Document, Origin, Unread, UnreadReason


def _read(book: Workbook) -> Document | Unread:
    out = io.BytesIO()
    book.save(out)
    return parsers.read(out.getvalue())


def test_cells_are_lines_with_their_place() -> None:
    """Each sheet is a page; values read as a Belgian sheet shows them."""
    book = Workbook()
    book.active.append(["Comptes annuels", None, date(2025, 12, 31), 1250.5, 3.0])
    book.create_sheet("2024").append([None, "Actif"])
    document = _read(book)

    assert isinstance(document, Document)
    assert [line.text for line in document.lines if line.cell] == [
        "Comptes annuels",
        "31/12/2025",
        "1250,5",
        "3",
        "Actif",
    ]
    places = [(line.page, line.cell.column) for line in document.lines if line.cell]
    assert places == [(1, 0), (1, 2), (1, 3), (1, 4), (2, 1)]


def test_the_name_of_a_sheet_stands_in_its_margin() -> None:
    """« Bilan 2025 » tells what the figures are; « Feuil2 » tells nothing."""
    book = Workbook()
    book.active.title = "Bilan 2025"
    book.create_sheet("Feuil2").append(["Actif"])
    document = _read(book)

    assert isinstance(document, Document)
    assert [line.text for line in document.lines if line.origin is Origin.MARGIN] == ["Bilan 2025"]


def test_hidden_sheets_are_left_out() -> None:
    """What Excel does not show is not read."""
    book = Workbook()
    book.active.append(["vu"])
    book.create_sheet("caché").append(["pas vu"])
    book["caché"].sheet_state = "hidden"
    document = _read(book)

    assert isinstance(document, Document)
    assert [line.text for line in document.lines] == ["vu"]


def test_an_endless_sheet_is_bounded() -> None:
    """Of a sheet with very many cells the first ones are read."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in range(6000):
        sheet.append([row] * 12)
    document = _read(book)

    assert isinstance(document, Document)
    assert len(document.lines) <= 60_000


def test_a_damaged_sheet_says_so() -> None:
    """A workbook without its parts is damaged."""
    book = Workbook()
    out = io.BytesIO()
    book.save(out)
    reading = parsers.read(out.getvalue()[:-60])

    assert isinstance(reading, Unread)
    assert reading.reason is UnreadReason.CORRUPT
