"""Excel sheets as tables: accounts, and now and then a form. openpyxl reads values, row by row."""

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any

from data.errors import Unreadable
from data.model import Cell, Document, FileKind, Line, Origin, Page, PageSource, Span, UnreadReason
from parsers import _sniff
from parsers._reader import reader
from parsers.legacy import LOCKED
from parsers.word import check_size

MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_CELLS = 60_000
UNNAMED = r"(?:feuil(?:le)?|sheet|blad|tabelle)?\s?\d{0,3}"
"""What Excel and its like call a sheet that nobody has named."""


@reader(FileKind.XLSX)
def read(content: bytes) -> Document:
    """Read an .xlsx or .xlsm: each sheet is a page and a table, each cell that holds anything a line."""
    from openpyxl import load_workbook

    if _sniff.is_encrypted_office(content) and not content.startswith(b"PK"):
        raise Unreadable(UnreadReason.ENCRYPTED, LOCKED)
    names = check_size(content)
    if "xl/workbook.bin" in names:
        raise Unreadable(UnreadReason.UNSUPPORTED, "classeur binaire : un .xlsx ou un PDF est nécessaire")
    lines: list[Line] = []
    with warnings.catch_warnings():  # of styles and extensions that it leaves out, as we do
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        with closing(book):
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if not sheets:
                raise Unreadable(UnreadReason.CORRUPT, "le classeur n'a pas de feuille visible")
            for number, sheet in enumerate(sheets):
                sheet.reset_dimensions()  # what a file says of its own size may be wrong
                rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
                lines += _titled(sheet.title, number)
                lines += _lines(rows, number, MAX_CELLS - len(lines))
    pages = tuple(Page(number + 1, PageSource.TEXT) for number in range(len(sheets)))
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return Document(FileKind.XLSX, pages, tuple(lines), active_content=macros)


def _titled(title: str, sheet: int) -> list[Line]:
    """A sheet's name, as what stands in the margin: « Bilan 2025 », but not « Feuil1 »."""
    named = not re.fullmatch(UNNAMED, title.strip(), re.IGNORECASE)
    return [Line((Span(title),), sheet + 1, origin=Origin.MARGIN)] if named else []


def _lines(rows: Iterable[tuple[Any, ...]], sheet: int, most: int) -> list[Line]:
    return [line for line, _ in zip(_filled(rows, sheet), range(most), strict=False)]


def _filled(rows: Iterable[tuple[Any, ...]], sheet: int) -> Iterator[Line]:
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            text = _shown(value)
            if text.strip():
                yield Line((Span(text),), sheet + 1, cell=Cell(sheet, row, column))


def _shown(value: Any) -> str:
    """A value as a Belgian sheet shows it."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case datetime() | date():
            return f"{value:%d/%m/%Y}"
        case float():
            return f"{int(value)}" if value.is_integer() else f"{value:.10g}".replace(".", ",")
    return str(value)
