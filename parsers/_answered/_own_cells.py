"""A statement's own row of ten empty cells, « 1 ▢▢▢▢▢▢▢▢▢▢ 10 »: the place of the marked one counts.

What stands before and behind such a row names the ends of the scale, and rates nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.model import Box, Document, Line, Look, Picture
from parsers._answered._choices import TICKS, Choice
from parsers._answered._in_a_line import UNTOLD, decided

_MARK = re.compile(rf"\W*(?:[xXvV×]|[{TICKS}])\W*")
_APART = 8.0
"""In heights of the numbers: how far apart the ends of a scale stand at least."""
_DIGIT_PT = 16.0
"""So long are the strokes of a printed number at most; of a pen's cross they are half as long again."""
_OFF_PT = 1.0
"""How far the ink of a number goes beyond the box in which it was read, at most."""
_IN_LINE_PT = 4.0
"""How far the ends of one statement's scale are from those of another's, across."""


@dataclass(frozen=True, slots=True)
class OwnCells:
    """Such rows in a document, and where the ends of scales stand on its pages."""

    tables: Mapping[int, int]
    """The lowest number, by the table that is one row of as many cells as there are numbers."""
    ends: Sequence[tuple[int, str, float]]
    """Page, number and left side."""

    def is_end(self, line: Line) -> bool:
        """Whether it names an end of the scale."""
        said, box = line.text.strip(), line.box
        return line.cell is None and box is not None and any(
            (page, number) == (line.page, said) and abs(x0 - box.x0) < _IN_LINE_PT
            for page, number, x0 in self.ends
        )  # fmt: skip


def own_cells(document: Document, lowest: int, highest: int) -> OwnCells:
    """The tables of one row, of which nothing says other numbers than those of their places."""
    span = highest - lowest + 1
    tables = {
        each.number: lowest for each in document.tables if (len(each.columns), each.rows) == (span + 1, 1)
    }
    for line in document.lines:
        said = line.text.strip()
        names = any(map(str.isalnum, said)) and not _MARK.fullmatch(said)
        if line.cell and names and said != str(lowest + line.cell.column):
            tables.pop(line.cell.table, None)
    lows, highs = (
        [(line.page, line.box) for line in document.lines
         if line.box and line.cell is None and line.text.strip() == str(end)]
        for end in (lowest, highest)
    )  # fmt: skip
    ends = [
        (page, number, box.x0)
        for page, low in lows for other, high in highs if page == other and _are_ends(low, high)
        for number, box in ((str(lowest), low), (str(highest), high))
    ]  # fmt: skip
    return OwnCells(tables, ends)


def _are_ends(low: Box, high: Box) -> bool:
    tall = high.bottom - high.top
    return abs(low.bottom - high.bottom) < 0.5 * tall and high.x0 - low.x1 > _APART * tall


def _is_a_digit(ink: Picture, number: Box | None) -> bool:
    """Whether ink is no more than the printed number: a « 1 » read unsurely is told as a mark, too.

    A place that differs from the same one in other rows is told by its cell, and goes beyond the number.
    """
    box = ink.box
    if ink.look is not Look.MARK or box is None or number is None:
        return False
    beyond = (number.x0 - box.x0, number.top - box.top, box.x1 - number.x1, box.bottom - number.bottom)
    return (ink.stroke_pt or _DIGIT_PT) < _DIGIT_PT and max(beyond) < _OFF_PT


def rate(found: OwnCells, asked: Sequence[Line], below: float, document: Document) -> Choice | None:
    """The number of the cell that is marked between a statement and the next; None where none is."""
    page, box = asked[-1].page, asked[-1].box
    if box is None or not found.tables:
        return None
    printed = {
        line.cell: line.box
        for line in document.lines
        if line.cell and line.text.strip() == str(found.tables.get(line.cell.table, 0) + line.cell.column)
    }
    drawn = [
        (
            p.cell,
            p.page,
            p.box,
            p.look is not Look.TRACE and not (p.cell and _is_a_digit(p, printed.get(p.cell))),
        )
        for p in document.pictures
    ]
    said = [(line.cell, line.page, line.box, True) for line in document.lines if _MARK.fullmatch(line.text)]
    marked = [
        (found.tables[cell.table] + cell.column, sure) for cell, own, place, sure in (*drawn, *said)
        if cell and cell.table in found.tables and own == page and place
        and box.top < (place.top + place.bottom) / 2 < below
    ]  # fmt: skip
    surely = {number for number, sure in marked if sure}
    return decided(surely) if surely else UNTOLD if marked else None
