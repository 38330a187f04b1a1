"""A page of a PDF as a reader's eye takes it: rows, cells, boxes, columns, in the order they are read.

pdfplumber gives words, ruled lines, rectangles and curves; here they become lines in reading order.
Lengths are points from the top left.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from data.model import Box, Line, Origin, Picture, PictureForm, Table
from parsers._printed._cells import Grid, tables_of
from parsers._printed._drawn import box_of, scribbles
from parsers._printed._looks import Marks
from parsers._printed._notes import calls_of, notes_from
from parsers._printed._order import Item, in_reading_order
from parsers._printed._round import drawn
from parsers._printed._rows import confidence_of, segments_of, spans_of
from parsers._printed._squares import box_word, holds_box, ticked, without_crosses
from parsers._printed._words import CROSSES, box_around, cut_at_ends, is_inside, page_words

_CROSS_PT = 6.0
"""How far a typed cross reaches to each side, whatever the frame it was typed in."""

_STRIKING = frozenset("xX×+✗✘")
"""Over one of two words they may choose it or strike it out."""

_LEADER = re.compile(r"[._…\u2024\u2025-]{3,}")


@dataclass(slots=True)
class PageReading:
    """What one page gave."""

    number: int
    height: float
    lines: list[Line] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


_LARGEST_BOX = 60.0
"""Points: a box that holds one number of a scale and a mark on it is no larger."""

Corners = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Markup:
    """A mark laid over printed words: around or behind them, or through them."""

    place: Corners
    strikes: bool


def read_page(
    page: Any,
    number: int,
    extras: Sequence[Item],
    tables_before: int,
    inked: Sequence[Picture] = (),
    marked: Sequence[Markup] = (),
) -> PageReading:
    """Lines, pictures and tables of a pdfplumber page; tables are numbered from ``tables_before``.

    ``extras`` are form fields and annotations, ``inked`` and ``marked`` what was drawn over the page: no
    part of its own content.
    """
    words = page_words(page)
    calls = calls_of(words)
    notes = notes_from(words, calls, page.height)
    words = [word for word in words if word not in calls]
    words = _without_leaders_below(extras, words)
    tables, squares, frames = tables_of(page, words)
    rounds = drawn(page, words)
    words = [*cut_at_ends(words, page), *(box_word(box, chosen) for box, chosen in rounds.buttons)]
    grids = [Grid(table, tables_before + index, page) for index, table in enumerate(tables)]
    outside = {
        at: item for at, item in enumerate(extras)
        if not any(grid.cell_at((item.x0 + item.x1) / 2, item.middle) for grid in grids)
    }  # fmt: skip
    crossed = _crossed(outside, words)
    struck = [place for at, place in crossed.items() if extras[at].text.strip() in _STRIKING]
    struck += [mark.place for mark in marked if mark.strikes]
    rings = [(box.x0, box.top, box.x1, box.bottom) for box in rounds.rings]
    rings += [mark.place for mark in marked if not mark.strikes]
    drawings = list(scribbles(page, rounds.curves))
    rings += [place for box in drawings if (place := _number_under(box, words, page.rects)) is not None]
    marks = Marks(page, words, [*frames, *rings, *crossed.values()], struck)
    boxes = [ticked(square, page, words) for square in squares if not holds_box(square, words)]
    loose = [
        word for word in (*without_crosses(words, squares), *boxes) if not any(g.take(word) for g in grids)
    ]
    items = [_segment_item(segment, number, marks) for segment in segments_of(loose, words)]
    rest: list[Item] = []
    for index, extra in enumerate(extras):
        if index not in crossed and not any(grid.take_extra(extra) for grid in grids):
            rest.append(extra)
    items += rest
    items += [item for grid in grids for item in grid.items(number, marks, loose)]
    items = [_as_margin(item) if item.top >= notes else item for item in items]
    ordered = in_reading_order([item for item in items if item.lines], page.width, page.height)
    lines = [replace(line, page=number) for item in ordered for line in item.lines]
    pictures = [*_pictures(page, number, grids, drawings)]
    pictures += [_in_its_cell(picture, grids) for picture in inked]
    return PageReading(number, page.height, lines, pictures, [grid.outline for grid in grids])


def _without_leaders_below(extras: Sequence[Item], words: list[Any]) -> list[Any]:
    """Without the dots or the line on which somebody typed: they would part what was typed from its label."""
    return [
        word for word in words
        if not _LEADER.fullmatch(word["text"])
        or not any(
            extra.top - 2 <= (word["top"] + word["bottom"]) / 2 <= extra.bottom + 2
            and min(extra.x1, word["x1"]) > max(extra.x0, word["x0"])
            for extra in extras
        )
    ]  # fmt: skip


def _crossed(extras: Mapping[int, Item], words: Sequence[Any]) -> dict[int, tuple[float, ...]]:
    """Annotations that are a cross or a tick over a printed number or word, which is framed by them."""
    crosses = {at: extra for at, extra in extras.items() if extra.text.strip() in CROSSES}
    crossed: dict[int, tuple[float, ...]] = {}
    for at, cross in crosses.items():
        x = min(cross.x0 + _CROSS_PT, (cross.x0 + cross.x1) / 2)
        near = [
            word for word in words
            if _is_over(word, x) and cross.top - 2 < (word["top"] + word["bottom"]) / 2 < cross.bottom + 2
        ]  # fmt: skip
        if len(near) == 1:
            crossed[at] = tuple(near[0][side] for side in ("x0", "top", "x1", "bottom"))
    return crossed


def _number_under(box: Box, words: Sequence[Any], rects: Sequence[Any]) -> Corners | None:
    """The printed number over which a cross or a tick was drawn, if it covers nothing else.

    Or the one that a small box around the mark holds: a number is often printed in its box's corner.
    """
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    boxes = [
        (r["x0"], r["top"], r["x1"], r["bottom"]) for r in rects
        if r["width"] <= _LARGEST_BOX and r["height"] <= _LARGEST_BOX
        and r["x0"] <= x <= r["x1"] and r["top"] <= y <= r["bottom"]
    ]  # fmt: skip
    for corners in ((box.x0, box.top, box.x1, box.bottom), *boxes):
        under = [word for word in words if is_inside(word, corners)]
        if len(under) == 1 and re.fullmatch(r"\d{1,2}", under[0]["text"]):
            return corners
    return None


def _is_over(word: Any, x: float) -> bool:
    """Whether what is typed there marks a number, to which it stands near enough, or a word, on it."""
    if re.fullmatch(r"\d{1,2}", word["text"]):
        return bool(abs((word["x0"] + word["x1"]) / 2 - x) < _CROSS_PT)
    return bool(word["x0"] < x < word["x1"] and re.fullmatch(r"[^\W\d_]{2,}", word["text"]))


def _segment_item(words: list[Any], page: int, marks: Marks) -> Item:
    box = box_around(words)
    line = Line(spans_of(words, marks), page, box, confidence=confidence_of(words))
    return Item(box.x0, box.top, box.x1, box.bottom, [line])


def _as_margin(item: Item) -> Item:
    item.lines = [replace(line, origin=Origin.MARGIN) for line in item.lines]
    return item


def _pictures(page: Any, number: int, grids: Sequence[Grid], drawings: Sequence[Box]) -> Iterator[Picture]:
    for image in page.images:
        yield _picture(PictureForm.RASTER, box_of(image), number, grids)
    for box in drawings:
        yield _picture(PictureForm.VECTOR, box, number, grids)


def _picture(form: PictureForm, box: Box, page: int, grids: Sequence[Grid]) -> Picture:
    picture = Picture(form, page, -1, box, None, box.x1 - box.x0, box.bottom - box.top)
    return _in_its_cell(picture, grids)


def _in_its_cell(picture: Picture, grids: Sequence[Grid]) -> Picture:
    if picture.box is None:
        return picture
    x, y = (picture.box.x0 + picture.box.x1) / 2, (picture.box.top + picture.box.bottom) / 2
    cell = next((cell for grid in grids if (cell := grid.cell_at(x, y)) is not None), None)
    return replace(picture, cell=cell)
