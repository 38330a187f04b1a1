"""Rows of equal cells, one below the other, as a printed scale has them: which of them a pen has marked.

The same is printed in each column of such a table. A cell that holds clearly more ink than the emptiest of
its column is marked, whatever Tesseract made of it; one that does not says what its column says.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Any

from parsers._ocr import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

Cell = tuple[float, float, float, float]
"""Left, top, right, bottom; in points."""

FEWEST = 5
"""Cells side by side that make a scale; and of them most are as wide as each other."""
_WIDEST_PT, _LONGEST = 48.0, 4
"""Of a cell, and of what is read in it."""
_RIM_PT = 1.6
_LEAST_PT2, _LEAST_ALONE_PT2 = 7.0, 3.0
"""Ink of the shortest tick with a fine pen, over a number; and of a typed one in a cell that is empty."""
_DOUBT = 0.6
"""Share of a mark's least ink from which there may be one."""
_SHADED = 0.4
"""Share of a cell from which it is coloured, not written in."""
_THICKER = 1.6
"""By how much the longest number has more ink than the middle one."""
MARK = "X"
_MOST_MARKS = 2
"""In one row; more are no marks, but a doubt. Where most of the first row's do, it is print: headings."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Rows of equal cells of one table: a cell by its column's left side, rounded."""

    rows: Sequence[Mapping[int, Cell]]

    @property
    def cells(self) -> Iterator[Cell]:
        for row in self.rows:
            yield from row.values()


def scale(cells: Sequence[Cell], words: Sequence[Word] = (), point: float = 1.0) -> Scale | None:
    """The equal cells among those of one table; None where it has no such rows.

    A statement in a column as narrow as the numbers' is told by its words.
    """
    by_row: dict[tuple[int, int], list[Cell]] = {}
    for cell in cells:
        said = sum(len(word.text) for word in words if _is_in(word, cell, point))
        if cell[2] - cell[0] <= _WIDEST_PT and said <= _LONGEST:
            by_row.setdefault((round(cell[1]), round(cell[3])), []).append(cell)
    columns = _columns([cell for row in by_row.values() for cell in row])
    rows = [{columns[cell]: cell for cell in row} for _, row in sorted(by_row.items()) if _are_equal(row)]
    return Scale(rows) if rows else None


def marked(found: Scale, black: "Pixels", point: float, *, perhaps: bool = False) -> list[Cell]:
    """The cells that hold a pen's mark.

    Args:
        black: 255 where something is written, ruled lines taken out.
        point: pixels to the point.
        perhaps: less ink is enough, for a doubt.
    """
    ink = [{at: _ink(black, cell, point) for at, cell in row.items()} for row in found.rows]
    printed = _printed(ink)
    least = _LEAST_PT2 if median(printed.values()) > _LEAST_ALONE_PT2 else _LEAST_ALONE_PT2
    least *= _DOUBT if perhaps else 1.0
    told: list[Cell] = []
    for number, (row, held) in enumerate(zip(found.rows, ink, strict=True)):
        more = {at: amount - printed[at] for at, amount in held.items()}
        most = max(more.values(), default=0.0)
        above = [at for at, amount in more.items() if amount >= max(least, 0.5 * most)]
        if len(above) <= _MOST_MARKS or (perhaps and (number or len(above) <= len(row) // 2)):
            told += [row[at] for at in above]
    return told


def as_printed(found: Scale, words: Sequence[Word], marked: Sequence[Cell], point: float) -> list[Word]:
    """The words, each as most unmarked cells of its column have it: « T » or « (7) » under « 7 » is a 7.

    Where the column is empty, what was read in a marked cell is a mark, unless it is a number.
    """
    said: dict[int, Counter[str]] = {}
    lone: list[tuple[int, int, bool]] = []
    for row in found.rows:
        for at, cell in row.items():
            inside = [i for i, word in enumerate(words) if _is_in(word, cell, point)]
            if len(inside) != 1:
                continue
            lone.append((inside[0], at, cell in marked))
            if cell not in marked:
                said.setdefault(at, Counter())[words[inside[0]].text] += 1
    corrected = list(words)
    for index, at, is_marked in lone:
        text, count = said[at].most_common(1)[0] if at in said else ("", 0)
        if count > 1 and 2 * count > said[at].total():
            corrected[index] = replace(words[index], text=text)
        elif is_marked and not words[index].text.isdigit():
            corrected[index] = replace(words[index], text=MARK)
    return corrected


def _are_equal(row: Sequence[Cell]) -> bool:
    wide = median(cell[2] - cell[0] for cell in row)
    return sum(abs(cell[2] - cell[0] - wide) < 0.25 * wide for cell in row) >= FEWEST


def _columns(cells: Sequence[Cell]) -> dict[Cell, int]:
    """By cell, the left side of its column: rows of a scan differ by a point or two."""
    columns: dict[Cell, int] = {}
    last = -99.0
    for cell in sorted(cells):
        if cell[0] - last > 5:
            last = cell[0]
        columns[cell] = round(last)
    return columns


def _printed(ink: Sequence[Mapping[int, float]]) -> Mapping[int, float]:
    """How much ink each column's own number has: that of its emptiest cell, unless all of them are marked."""
    least = {at: min(row[at] for row in ink if at in row) for row in ink for at in row}
    usual = median(least.values())
    return {at: min(amount, _THICKER * usual + 2.0) for at, amount in least.items()}


def _ink(black: "Pixels", cell: Cell, point: float) -> float:
    """Square points of ink within a cell, away from its own lines; none of a cell that is coloured."""
    rim = round(_RIM_PT * point)
    x0, top, x1, bottom = (round(side * point) for side in cell)
    inside: Any = black[top + rim : bottom - rim, x0 + rim : x1 - rim]
    written = int((inside > 0).sum())
    return 0.0 if written > _SHADED * inside.size else written / point**2


def _is_in(word: Word, cell: Cell, point: float) -> bool:
    x, y = (word.x0 + word.x1) / 2 / point, (word.top + word.bottom) / 2 / point
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]
