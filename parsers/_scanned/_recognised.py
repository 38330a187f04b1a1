"""A recognised page with the face of a pdfplumber page, so that one layout serves print and scan."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median
from types import SimpleNamespace
from typing import Any

from data.model import Box
from parsers._ocr import Word
from parsers._scanned._fills import Fill
from parsers._scanned._rulings import Rulings, Stroke
from parsers._scanned._upright import Upright
from parsers._scanned._weight import Face

_SNAP_PT = 3.0
_JOIN_PT = 6.0
"""Scanned lines have gaps that printed ones have not."""
_FEWEST_EQUAL, _MOST_PARTS, _EQUAL = 6, 3, 0.15
"""Cells of a row that are as wide as each other, into how many parts one of another width is cut at most, and
by what share of the usual width it differs from so many: two cells of a scale differ by a line's width."""
_FEWEST_WORDS, _FEWEST_STATEMENTS = 3, 3
"""Of a statement before its row of a scale; and of statements beside a table that has no cells for them."""

_Cell = tuple[float, float, float, float]


class RecognisedPage:
    """What `_layout.read_page` asks of a page."""

    curves: Sequence[Any] = ()
    images: Sequence[Any] = ()
    through, under = (0.35, 0.66), 0.82
    """Of a word's height, from its top: where a line strikes it, and from where one underlines it.

    What lies at its foot, 0.78, may be a thick underline, or the lower of two lines that strike it out.
    """

    def __init__(
        self,
        page: Upright,
        words: Sequence[tuple[Word, Face]],
        drawn: Rulings,
        fills: Sequence[Fill],
        tables: Sequence[Any],
        rings: Sequence[Box],
    ) -> None:
        height, width = page.grey.shape
        self._scale = 72 / page.dpi
        self.width, self.height = width * self._scale, height * self._scale
        self._drawn = drawn
        self._tables = tables
        self._rings = rings
        self._words = [*(self._word(*each) for each in words), *self._ticks()]
        self.edges: tuple[Any, ...] = ()  # its tables are found already
        self.lines = [self._line(stroke) for stroke in (*drawn.level, *drawn.upright)]
        coarse = 72 / page.raster.dpi
        self.rects = [
            {**_placed(fill, coarse), "fill": True, "non_stroking_color": fill.colour} for fill in fills
        ]

    def extract_words(self, **_: object) -> list[Any]:
        """Words as pdfplumber has them, with how sure each is."""
        return self._words

    def find_tables(self, _: Mapping[str, object]) -> list[Any]:
        """Tables by the ruled lines that meet."""
        return list(self._tables)

    def debug_tablefinder(self, _: Mapping[str, object]) -> Any:
        """Tables, and what a pen drew around words. Lone boxes are seen in the pixels, and told as ticks."""
        around = [
            (
                min(word["x0"] for word in inside) - 1, min(word["top"] for word in inside) - 1,
                max(word["x1"] for word in inside) + 1, max(word["bottom"] for word in inside) + 1,
            )
            for ring in self._rings if (inside := _within(self._words, ring))
        ]  # fmt: skip
        return SimpleNamespace(tables=self._tables, cells=around)

    def _word(self, word: Word, face: Face) -> Any:
        """As tall as its row, as a font makes it: boxes of ink are lower without descenders."""
        size = word.size * self._scale
        foot = word.baseline * self._scale
        return {
            "text": word.text, "x0": word.x0 * self._scale, "x1": word.x1 * self._scale,
            "top": foot - 0.78 * size, "bottom": foot + 0.22 * size, "size": size,
            "fontname": "bold" if face.bold else "", "non_stroking_color": face.colour,
            "confidence": word.confidence,
        }  # fmt: skip

    def _ticks(self) -> list[Any]:
        return [
            {
                "text": "☒" if box.ticked else "☐", "tick": box.ticked,
                "x0": box.x0 * self._scale, "x1": box.x1 * self._scale,
                "top": box.top * self._scale, "bottom": box.bottom * self._scale,
                "size": (box.bottom - box.top) * self._scale, "fontname": "", "confidence": 1.0,
            }
            for box in self._drawn.boxes
        ]  # fmt: skip

    def _line(self, stroke: Stroke) -> dict[str, Any]:
        return _placed(stroke, self._scale)


def tables(drawn: Rulings, dpi: float) -> list[Any]:
    """Tables by the ruled lines that meet: pdfplumber's own way from edges to cells."""
    from pdfplumber import table

    scale = 72 / dpi
    edges = [_edge(each, scale, "h") for each in drawn.level]
    edges += [_edge(each, scale, "v") for each in drawn.upright]
    merged = table.merge_edges(edges, _SNAP_PT, _SNAP_PT, _JOIN_PT, _JOIN_PT)
    crossings = table.edges_to_intersections(merged, 4.0, 4.0)
    groups = table.cells_to_tables(table.intersections_to_cells(crossings))
    joined = (_without_layers(_without_slivers(cells)) for cells in groups)
    whole = ([part for cell in cells for part in _parted(cell, cells)] for cells in joined)
    return [table.Table(None, cells) for cells in whole]  # type: ignore[arg-type] # it keeps it, no more


def _without_slivers(cells: Sequence[_Cell]) -> list[_Cell]:
    """The cells; narrow ones that are together as wide as each of a row of equal ones are one.

    What parts them are strokes of a pen that hatched the cell or drew around its number, as upright as rules.
    """
    kept: list[_Cell] = []
    for row in _rows(cells):
        usual = _usual(row)
        while row and usual:
            off = [abs(cell[2] - row[0][0] - usual) for cell in row]
            more = next((at for at, (one, other) in enumerate(pairwise(off)) if other >= one), len(off) - 1)
            joined = 1 + more if off[more] < _EQUAL * usual else 1
            kept.append((*row[0][:2], *row[joined - 1][2:]))
            row = row[joined:]
        kept += row
    return kept


def _rows(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """The cells that begin and end at the same height, from left to right."""
    rows: dict[tuple[int, int], list[_Cell]] = {}
    for cell in sorted(cells):
        rows.setdefault((round(cell[1]), round(cell[3])), []).append(cell)
    return list(rows.values())


def _usual(row: Sequence[_Cell]) -> float:
    """How wide the equal cells of a row are; 0 if they are too few."""
    wide = [cell[2] - cell[0] for cell in row]
    usual = max(wide, key=lambda w: sum(abs(other - w) < _EQUAL * w for other in wide))
    return usual if sum(abs(other - usual) < _EQUAL * usual for other in wide) >= _FEWEST_EQUAL else 0.0


def _without_layers(cells: Sequence[_Cell]) -> list[_Cell]:
    """The cells; those on top of each other that are together as high as a row of equal ones are one.

    What parts them are the edges of a blot with which somebody filled the cell.
    """
    kept = list(cells)
    for row in _rows(cells):
        usual, (_, top, _, bottom) = _usual(row), row[0]
        columns: dict[int, list[_Cell]] = {}
        for cell in kept if usual else ():
            within = top - _SNAP_PT < cell[1] and cell[3] < bottom + _SNAP_PT and cell not in row
            if within and abs(cell[2] - cell[0] - usual) < _EQUAL * usual:
                columns.setdefault(round(cell[0]), []).append(cell)
        for column in columns.values():
            if abs(sum(cell[3] - cell[1] for cell in column) - (bottom - top)) < _SNAP_PT:
                kept = [cell for cell in kept if cell not in column]
                kept.append((column[0][0], top, column[0][2], bottom))
    return kept


def _parted(cell: _Cell, cells: Sequence[_Cell]) -> list[_Cell]:
    """The cell; or two or three, where it is as wide as so many of a row of equal ones beside it.

    A mark on the rule between them, or a colour over it, has hidden the rule: a scale's cells are equal.
    """
    x0, top, x1, bottom = cell
    level = [other for other in cells if abs(other[1] - top) < _SNAP_PT and abs(other[3] - bottom) < _SNAP_PT]
    usual = median(other[2] - other[0] for other in level)
    equal = sum(abs(other[2] - other[0] - usual) < _EQUAL * usual for other in level)
    count = round((x1 - x0) / usual)
    if equal < _FEWEST_EQUAL or not 1 < count <= _MOST_PARTS or abs(x1 - x0 - count * usual) > _EQUAL * usual:
        return [cell]
    sides = [x0 + (x1 - x0) * at / count for at in range(count + 1)]
    return [(left, top, right, bottom) for left, right in pairwise(sides)]


def with_statements(ruled: Sequence[Any], words: Sequence[Word], dpi: float) -> list[Any]:
    """The tables; those of a scale's rows alone with cells for the statements that stand before them.

    Nobody drew lines around these, but each stands level with its row.
    """
    from pdfplumber import table

    told = []
    for each in ruled:
        before = _before(each.cells, words, 72 / dpi)
        told.append(table.Table(None, [*before, *each.cells]) if before else each)  # type: ignore[arg-type]
    return told


def _before(cells: Sequence[_Cell], words: Sequence[Word], scale: float) -> list[_Cell]:
    left = min(cell[0] for cell in cells)
    found: list[_Cell] = []
    first = left
    for row in (row for row in _rows(cells) if row[0][0] - left < _SNAP_PT and _usual(row)):
        x0, top, _, bottom = row[0]
        beside = [word for word in words if word.x1 * scale < left and top < _middle(word, scale) < bottom]
        if len(beside) >= _FEWEST_WORDS and _hold(top, bottom, beside, scale):
            first = min(first, *(word.x0 * scale for word in beside))
            found.append((first, top, x0, bottom))
    return [(first - _SNAP_PT, *cell[1:]) for cell in found] if len(found) >= _FEWEST_STATEMENTS else []


def _hold(top: float, bottom: float, words: Sequence[Word], scale: float) -> bool:
    """Whether words are wholly between two sides: no line of theirs goes over the edge of a row."""
    highest, lowest = min(word.top for word in words) * scale, max(word.bottom for word in words) * scale
    return top - _SNAP_PT < highest and lowest < bottom + _SNAP_PT


def _middle(word: Word, scale: float) -> float:
    return (word.top + word.bottom) / 2 * scale


def with_rows(
    ruled: Sequence[Any], rows: Sequence[Sequence[_Cell]], words: Sequence[Word], dpi: float
) -> list[Any]:
    """The tables, with cells for the numbers of rows that nobody drew lines between.

    A ruled cell that holds such a row and no other words is parted: its numbers stand in its row of the
    table, beside the statement that they rate, though this has more lines.
    """
    from pdfplumber import table

    found = list(ruled)
    for row in rows:
        x, y = (row[0][0] + row[-1][2]) / 2, (row[0][1] + row[0][3]) / 2
        at = next((i for i, each in enumerate(found) if _cell_at(each, x, y)), None)
        if at is None:
            found.append(table.Table(None, list(row)))  # type: ignore[arg-type] # it keeps it, no more
            continue
        around, cells = _cell_at(found[at], x, y), list(found[at].cells)
        parts = _parts(around, row, words, 72 / dpi) if around else []
        cells = [cell for cell in cells if not parts or cell != around] + (parts or list(row))
        found[at] = table.Table(None, cells)  # type: ignore[arg-type]
    return found


def _cell_at(ruled: Any, x: float, y: float) -> _Cell | None:
    return next((cell for cell in ruled.cells if cell[0] < x < cell[2] and cell[1] < y < cell[3]), None)


def _parts(around: _Cell, row: Sequence[_Cell], words: Sequence[Word], scale: float) -> list[_Cell]:
    """A cell cut between the numbers that stand in it; nothing where other lines of words do, too."""
    x0, top, x1, bottom = around
    if row[0][0] < x0 or row[-1][2] > x1:
        return []
    for word in words:
        x, y = (word.x0 + word.x1) / 2 * scale, (word.top + word.bottom) / 2 * scale
        if x0 < x < x1 and top < y < bottom and not row[0][1] < y < row[0][3]:
            return []
    sides = [x0, *(cell[0] for cell in row), row[-1][2], x1]
    return [(left, top, right, bottom) for left, right in pairwise(sides) if right - left > _SNAP_PT]


def _edge(stroke: Stroke, scale: float, orientation: str) -> dict[str, Any]:
    return {**_placed(stroke, scale), "orientation": orientation, "object_type": "line"}


def _within(words: Sequence[Mapping[str, Any]], ring: Box) -> list[Mapping[str, Any]]:
    """The words in a ring, without those of a row that it only touches."""
    inside = [
        (word, abs((word["top"] + word["bottom"] - ring.top - ring.bottom) / 2)) for word in words
        if ring.x0 < (word["x0"] + word["x1"]) / 2 < ring.x1
        and ring.top < (word["top"] + word["bottom"]) / 2 < ring.bottom
    ]  # fmt: skip
    nearest = min((off for _, off in inside), default=0.0)
    return [word for word, off in inside if off < nearest + 0.4 * (word["bottom"] - word["top"])]


def _placed(shape: Stroke | Fill, scale: float) -> dict[str, Any]:
    """Pixels as pdfplumber has a shape, in points."""
    x0, top, x1, bottom = (side * scale for side in (shape.x0, shape.top, shape.x1, shape.bottom))
    return {"x0": x0, "top": top, "x1": x1, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
