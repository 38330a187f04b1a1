"""The tables of a page: what is ruled or shaded, and the words that stand in each cell."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from data.model import Box, Cell, Line, Table
from parsers._printed._looks import Marks, is_colour
from parsers._printed._order import Item, by_rows, distinct
from parsers._printed._round import panels_of
from parsers._printed._rows import confidence_of, rows_of, spans_of
from parsers._printed._squares import speaks
from parsers._printed._words import box_around, is_inside

_TIGHT_PT = 3.5
"""No cell of a table is so narrow around its words; a space less, a highlight is."""

_LEVEL_PT = 1.0
"""What is drawn by one rule lies no farther from one height, half its line included; by hand, frames do."""

_LOWEST_PT, _FEWEST_BOXES, _LABELLED = 8.0, 2, 0.7
"""Of boxes below each other with labels beside them: how high the lowest is, what is lower being the space
between two; how many there are; and what part of them has a label."""


def tables_of(page: Any, words: Sequence[Any]) -> tuple[list[Any], list[Any], list[Any]]:
    """Ruled tables; small lone squares, which are check boxes; and frames around words of one row."""
    settings = {"snap_tolerance": 3, "join_tolerance": 3, "edge_min_length": 5}
    finder = page.debug_tablefinder(settings | {"explicit_horizontal_lines": _open_ends(page)})
    tables = [
        t for t in finder.tables
        if t.bbox[2] - t.bbox[0] > 8 and t.bbox[3] - t.bbox[1] > 8
        and not (len(t.cells) > 1 and all(_is_tight(cell, words) for cell in t.cells))
    ]  # fmt: skip
    within = {cell for table in finder.tables for cell in table.cells}
    squares, frames = [], []
    for cell in finder.cells:
        width, height = cell[2] - cell[0], cell[3] - cell[1]
        inside = [w for w in words if is_inside(w, cell)]
        if cell in within:
            continue
        if 4 < width < 17 and 4 < height < 17 and 0.6 < width / height < 1.6 and not speaks(inside):
            squares.append(cell)
        elif inside and height < 2.2 * (inside[0]["bottom"] - inside[0]["top"]):
            frames.append(cell)
    if not any("confidence" in word for word in words):  # on paper each of these is drawn by a pen
        around = [*frames, *((p["x0"], p["top"], p["x1"], p["bottom"]) for p in panels_of(page))]
        frames = [frame for frame in frames if not _is_one_of_a_row(frame, around)]
    return tables, squares, frames


def _is_one_of_a_row(frame: Any, frames: Sequence[Any]) -> bool:
    """Whether the words beside a frame have frames as high at its height: a form's buttons, not a choice."""
    return any(
        abs(other[1] - frame[1]) < _LEVEL_PT and abs(other[3] - frame[3]) < _LEVEL_PT
        and (other[0] >= frame[2] - 1 or other[2] <= frame[0] + 1)
        for other in frames
    )  # fmt: skip


def _is_tight(cell: Any, words: Sequence[Any]) -> bool:
    """Whether a cell is a colour behind words of one row: who highlights rows rules no table."""
    inside = [word for word in words if is_inside(word, cell)]
    if not inside or cell[3] - cell[1] > 1.8 * (inside[0]["bottom"] - inside[0]["top"]):
        return False
    around = box_around(inside)
    return bool(abs(around.x0 - cell[0]) < _TIGHT_PT and abs(around.x1 - cell[2]) < _TIGHT_PT)


def _open_ends(page: Any) -> list[float]:
    """Where columns are cut: browsers rule nothing where a row goes on overleaf, and shade single cells."""
    level = [e for e in page.edges if e["orientation"] == "h" and e["width"] > 4]
    ends: dict[int, list[float]] = {}
    for edge in page.edges:
        if edge["orientation"] == "v" and edge["height"] > 4:
            for side in ("top", "bottom"):
                ends.setdefault(round(edge[side]), []).append(edge["x0"])
    return [
        y for y, columns in ends.items()
        if len(columns) >= 3 and not _is_ruled(columns, [e for e in level if abs(e["top"] - y) < 4])
    ]  # fmt: skip


def _is_ruled(columns: Sequence[float], level: Sequence[Any]) -> bool:
    """Whether a rule meets the first of the columns, and one the last."""
    return all(
        any(edge["x0"] - 3 <= x <= edge["x1"] + 3 for edge in level) for x in (min(columns), max(columns))
    )


class Grid:
    """A ruled table or box, filled with the words that stand in its cells."""

    def __init__(self, table: Any, number: int, page: Any) -> None:
        self.box = Box(*table.bbox)
        self.number = number
        self._lefts = distinct(sorted(cell[0] for cell in table.cells))
        self._tops = distinct(sorted(cell[1] for cell in table.cells))
        self.cells = sorted(table.cells, key=lambda cell: (round(cell[1]), cell[0]))
        self._words: list[list[Any]] = [[] for _ in self.cells]
        self._extras: list[list[Item]] = [[] for _ in self.cells]
        fills = [r for r in page.rects if is_colour(r) and r["height"] > 4]
        self._shaded = [any(_covers(fill, cell) for fill in fills) for cell in self.cells]

    def _index(self, x: float, y: float) -> int | None:
        """The cell there: of a table within a cell, its own."""
        found = [
            index
            for index, (x0, top, x1, bottom) in enumerate(self.cells)
            if x0 - 0.5 <= x <= x1 + 0.5 and top - 0.5 <= y <= bottom + 0.5
        ]
        return next(
            (i for i in found if not any(_is_around(self.cells[i], self.cells[j]) for j in found)), None
        )

    def take(self, word: Any) -> bool:
        index = self._index((word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2)
        if index is None:
            return False
        self._words[index].append(word)
        return True

    def take_extra(self, item: Item) -> bool:
        index = self._index((item.x0 + item.x1) / 2, item.middle)
        if index is None:
            return False
        self._extras[index].append(item)
        return True

    def cell_at(self, x: float, y: float) -> Cell | None:
        index = self._index(x, y)
        return None if index is None else self._cell(index)

    def _cell(self, index: int) -> Cell:
        x0, top, _, _ = self.cells[index]
        row = max(i for i, y in enumerate(self._tops) if y <= top + 3)
        column = max(i for i, x in enumerate(self._lefts) if x <= x0 + 3)
        return Cell(self.number, row, column, self._shaded[index])

    @property
    def outline(self) -> Table:
        return Table(self.number, (*self._lefts, self.box.x1), len(self._tops))

    def items(self, page: int, marks: Marks, loose: Sequence[Any]) -> list[Item]:
        """The table at one go; boxes below each other, with labels beside them outside, one by one."""
        if self._are_boxes(loose):
            return [
                Item(x0, top, x1, bottom, self._lines_of(index, page, marks), solid=True)
                for index, (x0, top, x1, bottom) in enumerate(self.cells)
            ]
        return [self._item(page, marks)]

    def _are_boxes(self, loose: Sequence[Any]) -> bool:
        """Whether it is one column, with something to the left of nearly each box, which asks nothing."""
        high = [i for i, (_, top, _, bottom) in enumerate(self.cells) if bottom - top > _LOWEST_PT]
        if len(self._lefts) > 1 or len(high) < _FEWEST_BOXES:
            return False
        left = [(word["top"] + word["bottom"]) / 2 for word in loose if word["x1"] <= self.box.x0 + 1]
        labelled = sum(any(self.cells[i][1] <= y <= self.cells[i][3] for y in left) for i in high)
        asking = sum(bool(self._words[i]) and self._words[i][-1]["text"][-1:] in ":?" for i in high)
        return labelled >= _LABELLED * len(high) and asking < _FEWEST_BOXES

    def _lines_of(self, index: int, page: int, marks: Marks) -> list[Line]:
        cell = self._cell(index)
        inside = [
            Item(*_corners(row), [self._line(row, page, marks, cell)]) for row in rows_of(self._words[index])
        ]
        for extra in self._extras[index]:
            extra.lines = [replace(line, cell=cell) for line in extra.lines]
            inside.append(extra)
        found = [line for part in by_rows(inside) for line in part.lines]
        return [Line((), page, Box(*self.cells[index]), cell)] if not found and cell.shaded else found

    def _item(self, page: int, marks: Marks) -> Item:
        """The table's lines, row by row, cell by cell."""
        parts: list[tuple[float, list[Line]]] = []
        for index, corners in enumerate(self.cells):
            found = self._lines_of(index, page, marks)
            if any(_is_around(corners, other) for other in self.cells):
                parts += [(line.box.top if line.box else corners[1], [line]) for line in found]
            else:
                parts.append((corners[1], found))
        lines = [line for _, part in sorted(parts, key=lambda part: round(part[0])) for line in part]
        return Item(self.box.x0, self.box.top, self.box.x1, self.box.bottom, lines, solid=True)

    def _line(self, row: Sequence[Any], page: int, marks: Marks, cell: Cell) -> Line:
        return Line(spans_of(row, marks), page, box_around(row), cell, confidence=confidence_of(row))


def _corners(words: Sequence[Any]) -> tuple[float, float, float, float]:
    box = box_around(words)
    return box.x0, box.top, box.x1, box.bottom


def _is_around(outer: Any, inner: Any) -> bool:
    """Whether a cell holds another one, of a table within it."""
    return bool(
        outer != inner
        and outer[0] - 1 <= inner[0] and inner[2] <= outer[2] + 1
        and outer[1] - 1 <= inner[1] and inner[3] <= outer[3] + 1
    )  # fmt: skip


def _covers(fill: Any, cell: Any) -> bool:
    x0, top, x1, bottom = cell
    width = min(fill["x1"], x1) - max(fill["x0"], x0)
    height = min(fill["bottom"], bottom) - max(fill["top"], top)
    return bool(width > 0.7 * (x1 - x0) and height > 0.7 * (bottom - top))
