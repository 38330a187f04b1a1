"""Pages that are images: which of a file are read, and how what was recognised is joined to the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.model import Cell, Document, Line, Page, PageSource, Picture, Table, Unread, UnreadReason
from parsers import _ocr
from parsers._printed._layout import PageReading
from parsers._printed._pages import put_together

MOST = 60
"""Pages of one file that are recognised: a form with all its annexes; of a book, enough to say what it is."""
_BEYOND = f"au-delà des {MOST} premières pages numérisées du fichier"


def pages_to_recognise(document: Document) -> list[int]:
    """Numbers of the pages that wait, the first ones of a long file."""
    waiting = [page.number for page in document.pages if page.source is PageSource.NONE]
    return waiting[:MOST]


def joined(document: Document, recognised: Mapping[int, Document | Unread]) -> Document | Unread:
    """The document with its recognised pages; the reason why not, where nothing of it was read."""
    readings: list[PageReading] = []
    pages: list[Page] = []
    tables = 1 + max((line.cell.table for line in document.lines if line.cell), default=-1)
    for page in document.pages:
        found = recognised.get(page.number)
        if page.source is PageSource.NONE and isinstance(found, Document):
            reading, printed = _as_reading(found, page.number, tables), _as_it_was(document, page)
            if _letters(printed) > _letters(reading):
                reading = printed
                pages.append(replace(page, source=PageSource.TEXT))
            else:
                tables += len(reading.tables)
                pages.append(replace(found.pages[0], number=page.number, sha256=page.sha256))
        else:
            reading = _as_it_was(document, page)
            pages.append(_told(page, found))
        readings.append(reading)
    if pages and all(page.source is PageSource.NONE for page in pages):
        return _unread(document, recognised)
    if any(page.source is PageSource.TEXT and page.width_pt is None for page in document.pages):
        return _behind(document, pages, readings)
    lines, pictures = put_together(readings)
    # A page that is a file of its own may be joined to others: its tables go on in theirs.
    ruled = tuple(table for reading in readings for table in reading.tables)
    return replace(document, pages=tuple(pages), lines=tuple(lines), pictures=tuple(pictures), tables=ruled)


def _behind(document: Document, pages: Sequence[Page], readings: Sequence[PageReading]) -> Document:
    """A file without layout, with the pages that were pasted into it as pictures behind its text."""
    pasted = {page.number for page in document.pages if page.source is PageSource.NONE}
    lines, pictures = put_together([reading for reading in readings if reading.number in pasted])
    before = len(document.lines)
    moved = [replace(picture, after=picture.after + before) for picture in pictures]
    return replace(
        document,
        pages=tuple(pages),
        lines=(*document.lines, *lines),
        pictures=(*document.pictures, *moved),
    )


def _as_reading(found: Document, number: int, tables_before: int) -> PageReading:
    """A page that was read alone, with its place in the file."""

    def placed(cell: Cell | None) -> Cell | None:
        return cell and replace(cell, table=cell.table + tables_before)

    lines = [replace(line, page=number, cell=placed(line.cell)) for line in found.lines]
    pictures = [replace(each, page=number, cell=placed(each.cell)) for each in found.pictures]
    tables = [Table(each.number + tables_before, each.columns, each.rows) for each in found.tables]
    return PageReading(number, found.pages[0].height_pt or 842.0, lines, pictures, tables)


def _letters(reading: PageReading) -> int:
    """Of a photograph under a title, less is recognised than the page prints over it."""
    return sum(character.isalnum() for line in reading.lines for character in line.text)


def _as_it_was(document: Document, page: Page) -> PageReading:
    lines: list[Line] = [line for line in document.lines if line.page == page.number]
    pictures: list[Picture] = [each for each in document.pictures if each.page == page.number]
    return PageReading(page.number, page.height_pt or 842.0, lines, pictures)


def _told(page: Page, found: Document | Unread | None) -> Page:
    """A page that was not recognised, with the reason."""
    if page.source is not PageSource.NONE:
        return page
    return replace(page, reason=found.detail if isinstance(found, Unread) else _BEYOND)


def _unread(document: Document, recognised: Mapping[int, Document | Unread]) -> Unread:
    """Why nothing was read: as for the first page, which stands for the others."""
    first = next((each for each in recognised.values() if isinstance(each, Unread)), None)
    if first is not None:
        return Unread(document.kind, first.reason, first.detail)
    return Unread(document.kind, UnreadReason.SCAN, _ocr.missing() or "pages numérisées sans texte")
