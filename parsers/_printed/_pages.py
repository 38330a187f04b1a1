"""Pages of a PDF put together: tables that go on overleaf, running heads, places of pictures."""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from rapidfuzz import fuzz

from data.model import Box, Cell, Line, Origin, Picture, Table
from parsers._printed._layout import PageReading

_FOLIO = re.compile(
    r"(?P<word>page|p\.|blz\.?)?\s*[-–—]?\s*(?P<number>\d{1,3})\s*(?:(?:/|sur|of|van|de)\s*(?P<count>\d{1,3}))?\s*[-–—]?",
    re.IGNORECASE,
)

_ASIDE_PT = 20.0
"""How far from its place on the page before a table may begin."""
_LARGER = 0.08
"""By how much larger one photo shows a sheet than another, at most."""
_SHEETS_DIFFER_PT, _READ_ALIKE = 9.0, 80
"""How far from each other one line stands on several sheets, and how alike it is read."""
_NEAR_EDGE, _MOST_PAGES = 0.12, 0.6
"""Of the height of a page, and of the pages."""
_OF_ONE = 4
"""So many pages in a row are a document of their own, in a file that holds several."""


def put_together(readings: Sequence[PageReading]) -> tuple[list[Line], list[Picture]]:
    """All lines in reading order, and all pictures in their places."""
    heights = {reading.number: reading.height for reading in readings}
    marked = _without_running_heads([line for reading in readings for line in reading.lines], heights)
    by_page: dict[int, list[Line]] = {}
    for line in marked:
        by_page.setdefault(line.page, []).append(line)
    lines: list[Line] = []
    pictures: list[Picture] = []
    last: Table | None = None
    for reading in readings:
        page = by_page.get(reading.number, [])
        drawn = reading.pictures
        first = _first_written(reading.tables, page)
        if last is not None and first is not None and _goes_on(lines, last, page, first, drawn):
            offset = last.rows - _is_split(lines, last, page, first)
            page = [replace(line, cell=_moved(line.cell, first, last, offset)) for line in page]
            drawn = [replace(picture, cell=_moved(picture.cell, first, last, offset)) for picture in drawn]
            _add(page, lines)
            renumbered = replace(first, number=last.number, rows=first.rows + offset)
            last = renumbered if first is reading.tables[-1] else reading.tables[-1]
        else:
            _add(page, lines)
            last = reading.tables[-1] if reading.tables else None
        pictures.extend(drawn)
    return lines, [replace(picture, after=_line_before(lines, picture)) for picture in pictures]


# ---------------------------------------------------------------- tables that go on overleaf


def _first_written(tables: Sequence[Table], page: Sequence[Line]) -> Table | None:
    """The first table in which anything stands, else the first: a finger at the edge of a photo is shaded."""
    filled = {line.cell.table for line in page if line.cell and line.text.strip()}
    return next((table for table in tables if table.number in filled), next(iter(tables), None))


def _goes_on(
    lines: Sequence[Line], last: Table, page: Sequence[Line], first: Table, pictures: Sequence[Picture]
) -> bool:
    """The same columns, nothing under the one and nothing above the other."""
    seen = any(line.confidence < 1.0 for line in page)
    same = _are_same(last.columns, _as_wide(first.columns, last.columns) if seen else first.columns)
    before = next((line for line in reversed(lines) if line.origin is not Origin.MARGIN), None)
    after = next((line for line in page if line.origin is not Origin.MARGIN and line.text.strip()), None)
    ends = before is not None and before.cell is not None and before.cell.table == last.number
    pictured = any(picture.cell and picture.cell.table == first.number for picture in pictures)
    written = any(line.cell and line.cell.table == first.number for line in page)
    begins = (after is not None and after.cell is not None and after.cell.table == first.number) or (
        pictured and not written
    )
    return same and ends and begins and len(first.columns) > 2


def _are_same(columns: Sequence[float], others: Sequence[float]) -> bool:
    """Whether two pages have the same columns: sheets lie a little to the left or right on the glass."""
    if len(columns) != len(others):
        return False
    aside = [a - b for a, b in zip(columns, others, strict=True)]
    middle = median(aside)
    return abs(middle) < _ASIDE_PT and all(abs(each - middle) < 3 for each in aside)


def _as_wide(columns: Sequence[float], others: Sequence[float]) -> Sequence[float]:
    """The columns of a page as large as the other was seen: each photo of a sheet has its own distance."""
    wide = columns[-1] - columns[0]
    times = (others[-1] - others[0]) / wide if wide > 0 else 1.0
    return [times * x for x in columns] if abs(times - 1) < _LARGER else columns


def _is_split(lines: Sequence[Line], last: Table, page: Sequence[Line], first: Table) -> bool:
    """Whether a row was cut by the end of the page: a cell goes on in the middle of a sentence, or the
    first column, which every row fills, is empty."""
    above = [line for line in lines if line.cell and line.cell.table == last.number]
    below = [line for line in page if _is_at(line, first.number, 0) and line.text.strip()]
    if not below or any(line.cell and line.cell.row == last.rows - 1 for line in above) is False:
        return False
    filled = {line.cell.row for line in above if line.cell and line.cell.column == 0 and line.text.strip()}
    if min(line.cell.column for line in below if line.cell) > 0 and len(filled) == last.rows > 1:
        return True
    label = next((line.text for line in below if line.cell and line.cell.column == 0), "")
    labelled = any(line.cell.column == 0 for line in above if line.cell and line.cell.row == last.rows - 1)
    for column in {line.cell.column for line in below if line.cell}:
        if column and labelled and re.match(r"\W*[A-ZÀ-Ü\d]", label):
            continue  # the row below has a label of its own
        ends = [
            line.text
            for line in above
            if line.cell and (line.cell.row, line.cell.column) == (last.rows - 1, column)
        ]
        goes_on = next(line.text for line in below if line.cell and line.cell.column == column)
        if ends and not re.search(r"[.?!:]\s*$", ends[-1]) and re.match(r"\s*[a-zà-ÿ(,;’'\-–]", goes_on):
            return True
    return False


def _is_at(line: Line, table: int, row: int) -> bool:
    return line.cell is not None and line.cell.table == table and line.cell.row == row


def _moved(cell: Cell | None, first: Table, last: Table, offset: int) -> Cell | None:
    if cell is None or cell.table != first.number:
        return cell
    return replace(cell, table=last.number, row=cell.row + offset)


def _add(page: Sequence[Line], lines: list[Line]) -> None:
    """Behind what stands before it; of a row that the end of the page cut, into its cells.

    Only the last row can be cut: pages that were photographed each count their tables from the first.
    """
    table = max((line.cell.table for line in lines if line.cell), default=0)
    last = max((line.cell.row for line in lines if line.cell and line.cell.table == table), default=None)
    for line in page:
        cut = line.cell is not None and (line.cell.table, line.cell.row) == (table, last)
        lines.insert(_end_of_cell(lines, line.cell) if cut else len(lines), line)


def _end_of_cell(lines: Sequence[Line], cell: Cell | None) -> int:
    """Where a line goes that continues a cell."""
    before = [
        index
        for index, line in enumerate(lines)
        if line.cell
        and cell
        and line.cell.table == cell.table
        and (line.cell.row, line.cell.column) <= (cell.row, cell.column)
    ]
    return before[-1] + 1 if before else len(lines)


# ---------------------------------------------------------------- pictures


def _line_before(lines: Sequence[Line], picture: Picture) -> int:
    """The last line above a picture or beside it; what stands wholly to its right is another column's."""
    if (top := _on_top_of_a_column(lines, picture)) is not None:
        return top
    box = picture.box
    middle = (box.top + box.bottom) / 2 if box else 0.0
    before = [
        index
        for index, line in enumerate(lines)
        if line.page < picture.page
        or (line.page == picture.page and line.box is not None and line.box.top <= middle)
    ]
    own = [
        index for index in before
        if not (box and (at := lines[index].box) and lines[index].page == picture.page and at.x0 > box.x1 + 6)
    ]  # fmt: skip
    return max(own or before, default=-1)


def _on_top_of_a_column(lines: Sequence[Line], picture: Picture) -> int | None:
    """The last line of the column before, for a picture over which nothing stands in its own column."""
    if picture.box is None or picture.cell is not None:
        return None
    box = picture.box
    column = [
        (index, at) for index, line in enumerate(lines)
        if line.page == picture.page and line.origin is not Origin.MARGIN
        and (at := line.box) and at.x0 < box.x1 and at.x1 > box.x0
    ]  # fmt: skip
    if not column or column[0][0] == 0 or min(at.top for _, at in column) <= (box.top + box.bottom) / 2:
        return None
    first, below = column[0]
    before = lines[first - 1]
    is_column = before.page == picture.page and before.box and before.box.top > below.bottom
    return first - 1 if is_column and before.origin is not Origin.MARGIN else None


# ---------------------------------------------------------------- running heads


def _without_running_heads(lines: Sequence[Line], heights: dict[int, float]) -> list[Line]:
    """Mark page numbers, and what stands at the edge of several pages alike, as margin."""
    edge = [
        line for line in lines
        if _at_edge(line, heights) and line.cell is None and line.origin is Origin.BODY and _says(line)
    ]  # fmt: skip
    seen: dict[str, list[Line]] = {}
    for line in edge:
        if not _FOLIO.fullmatch(line.text.strip()):
            seen.setdefault(_pattern(line.text), []).append(line)
    heads = _folios(edge, len(heights))
    for alike in seen.values():
        for line in alike:
            on = {other.page for other in alike if _is_as_high(line, other)}
            if _run_over(on, len(heights)):
                heads.add(id(line))
    heads |= _alike_everywhere(lines, heights)
    heads |= {id(line) for line in edge if _is_beside_a_head(line, edge, heads, heights)}
    return [replace(line, origin=Origin.MARGIN) if id(line) in heads else line for line in lines]


def _says(line: Line) -> bool:
    """Whether a line is more than the dots or the rule that people write on: those stand on every page."""
    return re.search(r"[^\W_]", line.text) is not None


def _is_beside_a_head(line: Line, edge: Sequence[Line], heads: set[int], heights: dict[int, float]) -> bool:
    """Whether a line stands on the row of a head, which a scan parts otherwise on each page: a fax's."""
    box = line.box
    if box is None or box.bottom > 0.5 * heights.get(line.page, 842.0):
        return False
    row = [o.box for o in edge if id(o) in heads and o.page == line.page and o.box]
    return any(abs(head.top - box.top) < 0.5 * (box.bottom - box.top) for head in row)


def _alike_everywhere(lines: Sequence[Line], heights: dict[int, float]) -> set[int]:
    """Further from the edge, what stands to the letter at the same place of most pages.

    A second row of a head, or a foot that browsers print over what stands there, cells too.
    """
    near = [
        (line, line.box) for line in lines
        if line.origin is Origin.BODY and line.box and _near_edge(line.box, heights.get(line.page, 842.0))
    ]  # fmt: skip
    laid = {line.page for line in lines if line.box}  # of skimmed pages nobody knows what stands where
    found: set[int] = set()
    for line, box in near:
        same = [
            other for other, at in near if _are_at_one_place(box, at, line) and _say_the_same(line, other)
        ]
        on = {other.page for other in same if other.cell is None}
        if len(on) >= max(3, _MOST_PAGES * len(laid)):
            found.add(id(line))
    said = {line.text.strip() for line, _ in near if id(line) in found}
    return found | {id(line) for line in lines if line.box is None and line.text.strip() in said}


def _are_at_one_place(one: Box, other: Box, line: Line) -> bool:
    reach = 2.0 if line.confidence == 1.0 else _SHEETS_DIFFER_PT
    return abs(one.top - other.top) < reach and abs(one.x0 - other.x0) < reach


def _say_the_same(one: Line, other: Line) -> bool:
    """To the letter; where they were recognised, nearly."""
    if one.confidence == other.confidence == 1.0:
        return one.text.strip() == other.text.strip()
    return fuzz.ratio(_letters(one.text), _letters(other.text)) >= _READ_ALIKE


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text.lower())


def _near_edge(box: Box, height: float) -> bool:
    return box.bottom < _NEAR_EDGE * height or box.top > (1 - _NEAR_EDGE) * height


def _run_over(on: set[int], pages: int) -> bool:
    """Whether what stands on these pages heads them all: of the file, or of one document among others."""
    spread = max(on) - min(on) + 1
    return len(on) >= max(2, 0.4 * pages) or (len(on) >= _OF_ONE and len(on) >= 0.7 * spread)


def _is_as_high(one: Line, other: Line) -> bool:
    """Running heads stand at one height; « E.4 : 7 » at the foot and « E.5 : 8 » overleaf do not."""
    return one.box is not None and other.box is not None and abs(one.box.top - other.box.top) < 12


def _folios(edge: Sequence[Line], pages: int) -> set[int]:
    """Page numbers: they say so, or count with the pages. A lone « 7/10 » at the edge may be an answer."""
    found: set[int] = set()
    by_shift: dict[int, list[Line]] = {}
    for line in edge:
        folio = _FOLIO.fullmatch(line.text.strip())
        if folio is None:
            continue
        if folio["word"] or (
            folio["count"] and int(folio["count"]) == pages and int(folio["number"]) == line.page
        ):
            found.add(id(line))
        by_shift.setdefault(int(folio["number"]) - line.page, []).append(line)
    for counted in by_shift.values():
        if len({line.page for line in counted}) >= max(2, 0.4 * pages):
            found |= {id(line) for line in counted}
    return found


def _pattern(text: str) -> str:
    """What a head says on every page, whatever it counts; of two years, each alone, neither is a head."""
    if re.search(r"[^\W\d_]", text) is None:
        return text.strip()
    return re.sub(r"\d+", "#", " ".join(text.split()).lower())


def _at_edge(line: Line, heights: dict[int, float]) -> bool:
    height = heights.get(line.page, 842.0)
    return line.box is not None and (line.box.bottom < 0.085 * height or line.box.top > 0.925 * height)
