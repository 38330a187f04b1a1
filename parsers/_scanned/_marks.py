"""What was told of cells and numbers, as marks in the place of the ink that was found there."""

from collections.abc import Sequence
from dataclasses import replace

from data.model import Box, Look, Picture, PictureForm
from parsers._ocr import Word
from parsers._scanned import _equal_cells, _number_rows
from parsers._scanned._ground import Cell
from parsers._scanned._number_rows import NumberRow
from parsers._scanned._penned import OPTIONS
from parsers._scanned._rulings import Stroke

_MARK_PT = 30.0
"""A mark is no larger than this, however high the cell is beside a long statement."""
_FLAT, _BELOW, _ALONG, _UNDER = 3.0, (-0.1, 0.75), 0.4, 0.2
"""Of a line under a word: how many times as wide as high it is; from where to where it begins below the row's
foot, in sizes; how much of the word it runs along; and where a printed one lies, in sizes."""


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


def underlines(lines: Sequence[Box | None], words: Sequence[Word], dpi: float) -> dict[int, Stroke]:
    """Where a printed line would lie under options, by the number of what a pen drew there.

    What is straight and close to the letters is seen before (`_struck`); this is further below, or trembles.

    Args:
        lines: in points, what is drawn or written on the page.
        words: in pixels.
    """
    options = [word for word in words if OPTIONS.search(word.text)]
    told = {}
    for at, box in enumerate(lines):
        if box is None or box.x1 - box.x0 < _FLAT * (box.bottom - box.top):
            continue
        x0, top, x1 = (side * dpi / 72 for side in (box.x0, box.top, box.x1))
        for word in options:
            shared, below = min(x1, word.x1) - max(x0, word.x0), (top - word.baseline) / word.size
            along = shared > _ALONG * (word.x1 - word.x0) and shared > x1 - x0 - word.size
            if along and _BELOW[0] < below < _BELOW[1]:
                y = word.baseline + _UNDER * word.size
                told[at] = Stroke(word.x0, y, word.x1, y)
    return told
