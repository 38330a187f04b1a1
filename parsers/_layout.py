"""A page of a PDF as a reader's eye takes it: rows, cells, boxes, columns, in the order they are read.

pdfplumber gives words, ruled lines, rectangles and curves; here they become lines in reading order.
Lengths are points from the top left.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from data.model import Box, Cell, Line, Picture, PictureForm, Span

WIDE_GAP = 1.7
"""In font sizes: a gap that no word space reaches, also not in justified text."""

_SYMBOLS = {
    "\uf0fe": "☒", "\uf0fd": "☒", "\uf052": "☒", "\uf053": "☒", "\uf054": "☒", "\uf0fc": "☒", "\uf0fb": "☒",
    "\uf0a8": "☐", "\uf06f": "☐", "\uf071": "☐", "\uf0a1": "☐",
    "\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•",
}  # fmt: skip
_NO_UNICODE = re.compile(r"\(cid:\d+\)")
"""How pdfminer writes a glyph that the font gives no character for: in practice, bullets."""
_BOLD = re.compile(r"bold|black|heavy|semib|demi|-bd|,bd", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli", re.IGNORECASE)


@dataclass(slots=True)
class Item:
    """Something that is read at one go: words on one row, a box with its lines, a table."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: list[Line]
    solid: bool = False
    """A box or table: what stands beside it belongs to it as a whole."""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """The outline of a ruled table, by which it is recognised on the next page."""

    number: int
    columns: tuple[float, ...]
    """Left edges, then the right one."""
    rows: int


@dataclass(slots=True)
class PageReading:
    """What one page gave."""

    number: int
    height: float
    lines: list[Line] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def read_page(page: Any, number: int, extras: Sequence[Item], tables_before: int) -> PageReading:
    """Lines, pictures and tables of a pdfplumber page; tables are numbered from ``tables_before``.

    ``extras`` are form fields and annotations, which are no part of the page's own content.
    """
    marks = _Marks(page)
    words = [_cleaned(word) for word in _words(page)]
    tables, squares = _tables(page)
    grids = [_Grid(table, tables_before + index, page) for index, table in enumerate(tables)]
    loose: list[Any] = []
    for word in words:
        grid = next((grid for grid in grids if grid.take(word)), None)
        if grid is None:
            loose.append(word)
    loose += [_ticked(square, page, words) for square in squares if not _holds_word(square, words)]
    items = [_segment_item(segment, number, marks) for segment in _segments(loose)]
    rest: list[Item] = []
    for extra in extras:
        if not any(grid.take_extra(extra) for grid in grids):
            rest.append(extra)
    items += rest
    items += [grid.item(number, marks) for grid in grids]
    ordered = _in_reading_order([item for item in items if item.lines], page.width, page.height)
    lines = [replace(line, page=number) for item in ordered for line in item.lines]
    pictures = list(_pictures(page, number, grids))
    return PageReading(number, page.height, lines, pictures, [grid.outline for grid in grids])


# ---------------------------------------------------------------- words


def _words(page: Any) -> list[Any]:
    found: list[Any] = page.extract_words(
        x_tolerance_ratio=0.18, y_tolerance=3, extra_attrs=["fontname", "size"], use_text_flow=False
    )
    return found


def _cleaned(word: Any) -> Any:
    text = _NO_UNICODE.sub("•", "".join(_SYMBOLS.get(char, char) for char in word["text"]))
    return {**word, "text": text.replace("\xa0", " ").replace("\xad", "-")}


def _rows(words: Iterable[Any]) -> list[list[Any]]:
    """Words by baseline, each row from left to right."""
    rows: list[list[Any]] = []
    for word in sorted(words, key=lambda w: ((w["top"] + w["bottom"]) / 2, w["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        height = word["bottom"] - word["top"]
        if rows:
            last = rows[-1][0]
            if abs((last["top"] + last["bottom"]) / 2 - middle) <= 0.45 * max(
                min(height, last["bottom"] - last["top"]), 4
            ):
                rows[-1].append(word)
                continue
        rows.append([word])
    return [sorted(row, key=lambda w: w["x0"]) for row in rows]


def _segments(words: Iterable[Any]) -> Iterator[list[Any]]:
    """Rows cut where a gap is wider than any space between words, and where a column of values starts.

    A label that fills its column leaves no wide gap before its value; the values of its neighbours
    tell where the column is.
    """
    rows = _rows(words)
    starts = Counter(
        round(word["x0"])
        for row in rows
        for before, word in pairwise(row)
        if _is_wide(before, word, WIDE_GAP)
    )
    columns = {x for x, count in starts.items() if count >= 3}
    for row in rows:
        segment: list[Any] = []
        for word in row:
            aligned = round(word["x0"]) in columns
            if segment and _is_wide(segment[-1], word, 0.36 if aligned else WIDE_GAP):
                yield segment
                segment = []
            segment.append(word)
        if segment:
            yield segment


def _is_wide(before: Any, word: Any, sizes: float) -> bool:
    return bool(word["x0"] - before["x1"] > sizes * max(word["size"], 6))


def _segment_item(words: list[Any], page: int, marks: "_Marks") -> Item:
    box = _around(words)
    return Item(box.x0, box.top, box.x1, box.bottom, [Line(_spans(words, marks), page, box)])


def _around(words: Sequence[Any]) -> Box:
    return Box(
        min(w["x0"] for w in words),
        min(w["top"] for w in words),
        max(w["x1"] for w in words),
        max(w["bottom"] for w in words),
    )


def _spans(words: Sequence[Any], marks: "_Marks") -> tuple[Span, ...]:
    """Words of one row as runs of one look; a wide gap becomes a tab."""
    spans: list[Span] = []
    previous = None
    for word in words:
        gap = ""
        if previous is not None:
            gap = "\t" if word["x0"] - previous["x1"] > WIDE_GAP * max(word["size"], 6) else " "
        look = marks.look(word)
        if spans and replace(look, text="") == replace(spans[-1], text="") and look.tick is None:
            spans[-1] = replace(spans[-1], text=spans[-1].text + gap + word["text"])
        else:
            if spans and gap:
                spans[-1] = replace(spans[-1], text=spans[-1].text + gap)
            spans.append(look)
        previous = word
    return tuple(spans)


class _Marks:
    """What is drawn over, through and under the words of a page."""

    def __init__(self, page: Any) -> None:
        thin = [r for r in page.rects if r["height"] <= 2 and r["width"] >= 4]
        level = [ln for ln in page.lines if abs(ln["top"] - ln["bottom"]) <= 1 and ln["width"] >= 4]
        self._strokes = [(s["x0"], s["x1"], (s["top"] + s["bottom"]) / 2) for s in (*thin, *level)]
        self._fills = [r for r in page.rects if r["height"] > 4 and _is_colour(r)]

    def look(self, word: Any) -> Span:
        font = word["fontname"]
        height = word["bottom"] - word["top"]
        width = max(word["x1"] - word["x0"], 1)
        strike = underline = False
        for x0, x1, y in self._strokes:
            if min(x1, word["x1"]) - max(x0, word["x0"]) < 0.6 * width:
                continue
            level = (y - word["top"]) / max(height, 1)
            strike = strike or 0.35 <= level <= 0.72
            underline = underline or (0.72 < level <= 1.2 and x1 - x0 < 2 * width + 40)
        highlight = any(
            0.6 * height <= f["height"] <= 1.8 * height
            and f["x0"] - 1 <= (word["x0"] + word["x1"]) / 2 <= f["x1"] + 1
            and f["top"] - 1 <= word["top"] + height / 2 <= f["bottom"] + 1
            for f in self._fills
        )
        tick = word.get("tick")
        return Span(
            word["text"],
            bool(_BOLD.search(font)),
            bool(_ITALIC.search(font)),
            underline,
            strike,
            highlight,
            tick=tick,
        )


def _is_colour(shape: Any) -> bool:
    """Whether a shape is filled with something that is seen on white paper."""
    if not shape.get("fill"):
        return False
    colour = shape.get("non_stroking_color")
    if colour is None:
        return False
    parts = [
        float(part) for part in (colour if isinstance(colour, (tuple, list)) else (colour,)) if _number(part)
    ]
    if not parts:
        return False
    return max(parts) > 0.03 if len(parts) == 4 else min(parts) < 0.97


def _number(value: Any) -> bool:
    return isinstance(value, (int, float))


# ---------------------------------------------------------------- tables, boxes, drawn check boxes


def _tables(page: Any) -> tuple[list[Any], list[Any]]:
    """Ruled tables and boxes; and small lone squares, which are check boxes."""
    tables, squares = [], []
    for table in page.find_tables({"snap_tolerance": 3, "join_tolerance": 3, "edge_min_length": 5}):
        x0, top, x1, bottom = table.bbox
        width, height = x1 - x0, bottom - top
        if len(table.cells) == 1 and width < 17 and height < 17:
            if width > 4 and height > 4 and 0.6 < width / height < 1.6:
                squares.append(table.bbox)
            continue
        if len(table.cells) == 1 and width > 0.8 * page.width and height > 0.7 * page.height:
            continue  # a frame around the page
        if width > 8 and height > 8:
            tables.append(table)
    return tables, squares


def _holds_word(square: Any, words: Sequence[Any]) -> bool:
    return any(
        square[0] - 1 <= (w["x0"] + w["x1"]) / 2 <= square[2] + 1
        and square[1] - 1 <= (w["top"] + w["bottom"]) / 2 <= square[3] + 1
        and w["text"] in "☐☒☑"
        for w in words
    )


def _ticked(square: Any, page: Any, words: Sequence[Any]) -> Any:
    """A drawn check box as a word: ticked when something stands in it."""
    x0, top, x1, bottom = square
    inside = [
        shape
        for shape in (*page.lines, *page.curves)
        if x0 - 2 <= (shape["x0"] + shape["x1"]) / 2 <= x1 + 2
        and top - 2 <= (shape["top"] + shape["bottom"]) / 2 <= bottom + 2
        and shape["width"] > 2
        and shape["height"] > 2
        and not (shape["width"] > 0.95 * (x1 - x0) and _is_frame(shape))
    ]
    filled = any(
        r["x0"] >= x0 - 1 and r["x1"] <= x1 + 1 and r["top"] >= top - 1 and r["bottom"] <= bottom + 1
        and r["width"] > 3 and _is_dark(r)
        for r in page.rects
    )  # fmt: skip
    tick = bool(inside) or filled
    size = bottom - top
    return {
        "text": "☒" if tick else "☐", "tick": tick, "x0": x0, "x1": x1, "top": top, "bottom": bottom,
        "size": size, "fontname": "",
    }  # fmt: skip


def _is_dark(shape: Any) -> bool:
    colour = shape.get("non_stroking_color")
    parts = [p for p in (colour if isinstance(colour, (tuple, list)) else (colour,)) if _number(p)]
    if not shape.get("fill") or not parts:
        return False
    return bool(max(parts) < 0.5 if len(parts) != 4 else parts[3] > 0.5 or sum(parts) > 1.2)


class _Grid:
    """A ruled table or box, filled with the words that stand in its cells."""

    def __init__(self, table: Any, number: int, page: Any) -> None:
        self.box = Box(*table.bbox)
        self.number = number
        self._lefts = _distinct(sorted(cell[0] for cell in table.cells))
        self._tops = _distinct(sorted(cell[1] for cell in table.cells))
        self.cells = sorted(table.cells, key=lambda cell: (round(cell[1]), cell[0]))
        self._words: list[list[Any]] = [[] for _ in self.cells]
        self._extras: list[list[Item]] = [[] for _ in self.cells]
        fills = [r for r in page.rects if _is_colour(r) and r["height"] > 4]
        self._shaded = [any(_covers(fill, cell) for fill in fills) for cell in self.cells]

    def _index(self, x: float, y: float) -> int | None:
        for index, (x0, top, x1, bottom) in enumerate(self.cells):
            if x0 - 0.5 <= x <= x1 + 0.5 and top - 0.5 <= y <= bottom + 0.5:
                return index
        return None

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

    def item(self, page: int, marks: _Marks) -> Item:
        """The table's lines, row by row, cell by cell."""
        lines: list[Line] = []
        for index, _ in enumerate(self.cells):
            cell = self._cell(index)
            inside = [
                Item(*_corners(row), [Line(_spans(row, marks), page, _around(row), cell)])
                for row in _rows(self._words[index])
            ]
            for extra in self._extras[index]:
                extra.lines = [replace(line, cell=cell) for line in extra.lines]
                inside.append(extra)
            found = [line for part in _by_rows(inside) for line in part.lines]
            if not found and cell.shaded:
                found = [Line((), page, Box(*self.cells[index]), cell)]
            lines.extend(found)
        return Item(self.box.x0, self.box.top, self.box.x1, self.box.bottom, lines, solid=True)


def _corners(words: Sequence[Any]) -> tuple[float, float, float, float]:
    box = _around(words)
    return box.x0, box.top, box.x1, box.bottom


def _distinct(values: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for value in values:
        if not kept or value - kept[-1] > 3:
            kept.append(value)
    return kept


def _covers(fill: Any, cell: Any) -> bool:
    x0, top, x1, bottom = cell
    width = min(fill["x1"], x1) - max(fill["x0"], x0)
    height = min(fill["bottom"], bottom) - max(fill["top"], top)
    return bool(width > 0.7 * (x1 - x0) and height > 0.7 * (bottom - top))


# ---------------------------------------------------------------- reading order


def _in_reading_order(items: list[Item], width: float, height: float) -> list[Item]:
    """Two columns of text one after the other; everything else row by row."""
    gutter = _gutter(items, width, height)
    if gutter is None:
        return _by_rows(items)
    x, top, bottom = gutter
    above = [item for item in items if item.bottom <= top + 1]
    below = [item for item in items if item.top >= bottom - 1]
    between = [item for item in items if item not in above and item not in below]
    left = [item for item in between if item.x1 <= x]
    right = [item for item in between if item.x1 > x]
    return [part for side in (above, left, right, below) for part in _by_rows(side)]


def _gutter(items: list[Item], width: float, height: float) -> tuple[float, float, float] | None:
    """A white stripe between two columns of running text: (x, from, to).

    A column of labels beside a column of values has such a stripe too, but is read row by row. It is
    told by what stands on the right: values do not ask; text columns hold questions, or are filled to
    their edge on both sides.
    """
    best: tuple[float, float, float] | None = None
    edges = sorted({round(item.x0) for item in items if 0.35 * width < item.x0 < 0.7 * width})
    for x in edges:
        crossing = [item for item in items if item.x0 < x - 1 < item.x1 - 1 and item.lines]
        tops = sorted([0.0, *(item.bottom for item in crossing)])
        ends = sorted([*(item.top for item in crossing), height])
        for top in tops:
            bottom = min((end for end in ends if end >= top), default=height)
            if bottom - top < 0.3 * height or (best and best[2] - best[1] >= bottom - top):
                continue
            inside = [i for i in items if i.top >= top - 1 and i.bottom <= bottom + 1]
            left = [i for i in inside if i.x1 < x]
            right = [i for i in inside if i.x0 >= x - 1]
            if _are_text_columns(left, right, x, width):
                best = (x - 1, top, bottom)
    return best


def _are_text_columns(left: list[Item], right: list[Item], x: float, width: float) -> bool:
    if sum(len(i.lines) for i in left) < 8 or sum(len(i.lines) for i in right) < 8:
        return False
    asking = [sum(_asks(i) for i in side) / len(side) for side in (left, right)]
    if sum(_asks(i) for i in right) >= 3 and asking[1] >= 0.1:
        return True
    left_edge, right_edge = min(i.x0 for i in left), max(i.x1 for i in right)
    full_left = sum(i.x1 - left_edge > 0.8 * (x - left_edge) for i in left) / len(left)
    full_right = sum(i.x1 - x > 0.75 * (right_edge - x) for i in right) / len(right)
    return full_left > 0.5 and full_right > 0.5


def _asks(item: Item) -> bool:
    return (
        bool(re.search(r"\?\s*$|^[^:]{2,60}\s?:(\s|$)", item.lines[0].text.strip())) if item.lines else False
    )


def _by_rows(items: list[Item]) -> list[Item]:
    """Rows from top to bottom; what stands beside a box or table is read with it, from left to right."""
    ordered: list[Item] = []
    rows = _linked(items)
    for row in _labels_kept_whole(rows):
        ordered.extend(_across(row))
    return ordered


def _linked(items: list[Item]) -> list[list[Item]]:
    """Groups of items that share a row."""
    groups: list[list[Item]] = []
    for item in sorted(items, key=lambda i: (i.top, i.x0)):
        home = next(
            (group for group in reversed(groups[-6:]) if any(_beside(item, other) for other in group)), None
        )
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    return sorted(groups, key=lambda group: min(i.top for i in group))


def _beside(one: Item, other: Item) -> bool:
    if min(one.x1, other.x1) - max(one.x0, other.x0) > 0.3 * min(one.x1 - one.x0, other.x1 - other.x0):
        return False
    if one.solid or other.solid:
        return (one.top - 1 <= other.middle <= one.bottom + 1) or (
            other.top - 1 <= one.middle <= other.bottom + 1
        )
    return abs(one.middle - other.middle) <= 0.45 * min(one.bottom - one.top, other.bottom - other.top)


def _across(row: list[Item]) -> list[Item]:
    """Columns from left to right, each from top to bottom."""
    columns: list[list[Item]] = []
    for item in sorted(row, key=lambda i: i.x0):
        home = next((c for c in columns if any(min(i.x1, item.x1) - max(i.x0, item.x0) > 2 for i in c)), None)
        if home is None:
            columns.append([item])
        else:
            home.append(item)
    return [item for column in columns for item in sorted(column, key=lambda i: (i.top, i.x0))]


def _labels_kept_whole(rows: list[list[Item]]) -> list[list[Item]]:
    """Join rows where a label in the left column goes on in the next row, beside its value."""
    joined: list[list[Item]] = []
    for row in rows:
        if joined and _continues(joined[-1], row):
            joined[-1] = joined[-1] + row
        else:
            joined.append(row)
    return joined


def _continues(before: list[Item], row: list[Item]) -> bool:
    if any(item.solid for item in (*before, *row)) or len(row) > 2:
        return False
    columns = _distinct(sorted(item.x0 for item in before))
    if len(columns) != 2:
        return False
    left = [item for item in before if item.x0 < columns[1] - 1]
    right = [item for item in before if item.x0 >= columns[1] - 1]
    if not left or not right or right[0].x0 - max(i.x1 for i in left) < 6:
        return False
    first = min(row, key=lambda i: i.x0)
    last = max(left, key=lambda i: i.top)
    if abs(first.x0 - last.x0) > 3 or first.x1 >= right[0].x0:
        return False
    if not re.search(r"[^\W\d_]", first.text) or not re.search(r"[^\W\d_]", last.text):
        return False  # check boxes and numbers beside their labels
    if first.top - last.bottom > 0.6 * (last.bottom - last.top):
        return False
    if len(row) == 2 and abs(max(row, key=lambda i: i.x0).x0 - right[0].x0) > 3:
        return False
    if re.search(r"[:?.]\s*$", last.text):
        return False
    start = first.text.split()[0] if first.text.split() else ""
    no_room = right[0].x0 - last.x1 < len(start) * 6.0 + 8
    return start[:1].islower() or no_room


# ---------------------------------------------------------------- pictures


def _pictures(page: Any, number: int, grids: Sequence[_Grid]) -> Iterator[Picture]:
    for image in page.images:
        yield _picture(PictureForm.RASTER, _box(image), number, grids)
    for box in _scribbles(page):
        yield _picture(PictureForm.VECTOR, box, number, grids)


def _picture(form: PictureForm, box: Box, page: int, grids: Sequence[_Grid]) -> Picture:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    cell = next((cell for grid in grids if (cell := grid.cell_at(x, y)) is not None), None)
    return Picture(form, page, -1, box, cell, box.x1 - box.x0, box.bottom - box.top)


def _box(shape: Any) -> Box:
    return Box(shape["x0"], shape["top"], shape["x1"], shape["bottom"])


def _scribbles(page: Any) -> Iterator[Box]:
    """Clusters of curves and slanted lines: signatures drawn on a tablet, crosses, circles."""
    strokes = [curve for curve in page.curves if not _is_frame(curve)]
    strokes += [ln for ln in page.lines if ln["width"] > 2 and ln["height"] > 2]
    boxes = [_box(stroke) for stroke in strokes[:4000]]
    clusters: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b.x0, b.top)):
        near = [c for c in clusters if _touch(c, box, 5)]
        clusters = [c for c in clusters if c not in near]
        clusters.append(_union([box, *near]))
    merged = True
    while merged and len(clusters) < 400:
        merged = False
        for one, other in ((a, b) for i, a in enumerate(clusters) for b in clusters[i + 1 :]):
            if _touch(one, other, 5):
                clusters = [c for c in clusters if c not in (one, other)] + [_union([one, other])]
                merged = True
                break
    yield from (c for c in clusters if c.x1 - c.x0 >= 6 and c.bottom - c.top >= 5)


def _is_frame(curve: Any) -> bool:
    """A box with rounded corners: every point lies on its edge, and it is larger than a mark."""
    points = curve.get("pts") or []
    x0, top, x1, bottom = curve["x0"], curve["top"], curve["x1"], curve["bottom"]
    if x1 - x0 < 40 and bottom - top < 40:
        return False
    reach = max(4.0, 0.12 * min(x1 - x0, bottom - top))
    return all(min(abs(x - x0), abs(x - x1), abs(y - top), abs(y - bottom)) <= reach for x, y in points)


def _touch(one: Box, other: Box, reach: float) -> bool:
    return (
        one.x0 - reach <= other.x1
        and other.x0 - reach <= one.x1
        and one.top - reach <= other.bottom
        and other.top - reach <= one.bottom
    )


def _union(boxes: Sequence[Box]) -> Box:
    return Box(
        min(b.x0 for b in boxes),
        min(b.top for b in boxes),
        max(b.x1 for b in boxes),
        max(b.bottom for b in boxes),
    )
