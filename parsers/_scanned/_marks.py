"""What was told of cells and numbers, as marks in the place of the ink that was found there."""

from collections.abc import Sequence
from dataclasses import replace

from data.model import Box, Look, Picture, PictureForm
from parsers._scanned import _equal_cells, _number_rows
from parsers._scanned._equal_cells import Cell
from parsers._scanned._number_rows import NumberRow

_MARK_PT = 30.0
"""A mark is no larger than this, however high the cell is beside a long statement."""
_BAR_PT = 2.5
"""So wide is a printed bar in the margin at most, its edges on a scan included; and four times as high."""


def with_marks(
    ink: Sequence[Picture], scale: _equal_cells.Scale, seen: _equal_cells.Weighed, page: int
) -> list[Picture]:
    """The ink, with the marks of a scale's rows in the place of what was found in its cells.

    In the other rows what was found is print that was not read, where as much stands in the same place of
    other rows; else a trace.
    """
    marked = [row for row in scale.rows if any(cell in seen.marked for cell in row.values())]
    settled = {*seen.plain, *(cell for row in marked for cell in row.values())}
    kept = []
    for picture in ink:
        cell = next((cell for cell in scale.cells if is_in(picture, cell)), None)
        if cell is None:
            kept.append(picture)
        elif cell not in settled:
            kept.append(replace(picture, look=Look.TRACE))
    doubted = [replace(mark(cell, page), look=Look.TRACE) for cell in seen.perhaps if cell not in settled]
    return kept + doubted + [mark(cell, page) for cell in seen.marked]


def with_numbers_marked(ink: Sequence[Picture], rows: Sequence[NumberRow], page: int) -> list[Picture]:
    """The ink, with the marks of rows of numbers in the place of what was found there."""
    boxes = [(picture, picture.box) for picture in ink]
    kept = [
        picture for picture, box in boxes
        if not box or not any(_number_rows.holds(row, box.x0, box.top, box.x1, box.bottom) for row in rows)
    ]  # fmt: skip
    for row in rows:
        told, look = (row.marked, Look.MARK) if row.marked else (row.perhaps, Look.TRACE)
        kept += [replace(mark(row.cells[at], page), look=look) for at in sorted(told)]
    return kept


def mark(cell: Cell, page: int) -> Picture:
    """Something small in a cell that is no word: what, a person must see."""
    box = Box(*cell)
    side = min(box.x1 - box.x0, box.bottom - box.top, _MARK_PT)
    return Picture(PictureForm.INK, page, -1, box, None, side, side, stroke_pt=side, look=Look.MARK)


def is_in(picture: Picture, cell: Cell) -> bool:
    box = picture.box
    if box is None:
        return False
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]
