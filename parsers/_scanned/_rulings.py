"""What is drawn on the image of a page that is no letter: ruled lines, with check boxes and leaders.

Found on a copy of 150 dpi: a line stays a line there, and it costs a third. Closing gaps before
lines are taken out was tried: it eats letters below 200 dpi.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parsers._scanned import _check_boxes, _leaders, _wide_boxes
from parsers._scanned._check_boxes import CheckBox
from parsers._scanned._raster import coarser, components

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

LINE_DPI = 150.0
"""At which lines are looked for, where a page is finer."""
SHORTEST_LEVEL_PT = 14.0
"""No stroke of a letter in running text is that long; a line through a word is."""
SHORTEST_UPRIGHT_PT = 11.0
"""No row of a table is lower; a letter may be taller, but does not reach from one line to the next."""
THICKEST_PT = 3.5
_LONG_PT = 40.0
"""Of a shorter run it must be certain that it is no row of letters that blur has joined."""
_FAINT = 22
"""Of 255: darker than the paper around it by so much, a straight run is a ruled line."""
_RIM = 6
"""Pixels from the end of a line to a filled area that it meets, at `LINE_DPI`."""
_AROUND = 15
"""Pixels around of which the paper's tone is taken, at `LINE_DPI`."""
_STREAK_GAP, _STREAK_SLANT, _AT_EDGE = 0.06, 0.02, 0.01
"""Of a page's height: how far apart pieces of a streak are, and how near to its edges it ends; and how much
it leans."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruled line. Lengths are pixels of the page."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Rulings:
    """All that is drawn, and where: in `mask` every pixel of it is 255."""

    level: tuple[Stroke, ...]
    upright: tuple[Stroke, ...]
    boxes: tuple[CheckBox, ...]
    leaders: tuple[Stroke, ...]
    streaks: tuple[Stroke, ...]
    """What a dirty scanner drew."""
    mask: "Pixels"


def rulings(grey: "Pixels", black: "Pixels", dpi: float) -> Rulings:
    """Find them on a page whose written pixels are 255 in `black`."""
    import cv2
    import numpy as np

    step = max(1.0, dpi / LINE_DPI)
    coarse = _pooled(black, step)
    point = dpi / step / 72
    local = _faint(grey, coarse.shape)
    faint = cv2.bitwise_or(coarse, local)
    strict = cv2.threshold(coarser(black, coarse.shape[::-1], between=True), 110, 255, cv2.THRESH_BINARY)[1]
    inside, drawn_in = _inside_of_areas(coarse, local, point)
    faint, strict = (cv2.bitwise_or(cv2.subtract(each, inside), drawn_in) for each in (faint, strict))
    level_mask, level = _strokes(faint, strict, point, upright=False)
    upright_mask, upright = _strokes(faint, faint, point, upright=True)
    streaks = _streaks(upright, coarse.shape[0], point)
    upright = [stroke for stroke in upright if stroke not in streaks]
    upright_mask, upright = _touching(upright_mask, upright, level, inside, point)
    squares = _check_boxes.squares(coarse, cv2.bitwise_or(level_mask, upright_mask), point)
    boxes = _check_boxes.check_boxes(black, squares, step, dpi / 72)
    wide = _wide_boxes.wide_boxes(black, [_scaled(line, step) for line in level], dpi / 72)
    wide = [box for box in wide if not any(_meet(box, square) for square in boxes)]
    level, upright = (
        [line for line in lines if not any(_is_of(_scaled(line, step), box, dpi / 72) for box in wide)]
        for lines in (level, upright)
    )
    boxes += wide
    leader_mask, leaders = _leaders.leaders(coarse, point)
    mask = cv2.bitwise_or(cv2.bitwise_or(level_mask, upright_mask), leader_mask)
    mask = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    full = cv2.resize(mask, (black.shape[1], black.shape[0]), interpolation=cv2.INTER_NEAREST)
    for line in level:
        if not level_mask[int(line.top), int((line.x0 + line.x1) / 2)]:
            _take_out(full, black, _scaled(line, step), dpi / 72)
    for box in boxes:
        _check_boxes.erase(full, black, box, dpi / 72)
    return Rulings(
        tuple(_scaled(_through(inside, each), step) for each in level),
        tuple(_scaled(_through(inside, each), step) for each in upright),
        tuple(boxes),
        tuple(_scaled(_as_line(*each, upright=False), step) for each in leaders),
        tuple(_scaled(each, step) for each in streaks),
        full,  # type: ignore[arg-type]
    )


def _pooled(black: "Pixels", step: float) -> Any:
    """Coarser; a square is dark where any of its pixels is, so that thin lines stay whole."""
    import cv2
    import numpy as np

    if step == 1:
        return black
    height, width = (int(side / step) for side in black.shape)
    side = math.ceil(step)
    spread = cv2.dilate(black, np.ones((side, side), np.uint8), anchor=(0, 0))
    return cv2.resize(spread, (width, height), interpolation=cv2.INTER_NEAREST)


def _faint(grey: "Pixels", shape: tuple[int, int]) -> Any:
    """What is only a little darker than the paper: thin grey lines, which a scanner makes paler still."""
    import cv2
    import numpy as np

    small = coarser(grey, (shape[1], shape[0]), between=True)
    paper = cv2.blur(cv2.dilate(small, np.ones((5, 5), np.uint8)), (_AROUND, _AROUND))
    return cv2.threshold(cv2.subtract(paper, small), _FAINT, 255, cv2.THRESH_BINARY)[1]


def _inside_of_areas(black: Any, local: Any, point: float) -> tuple[Any, Any]:
    """What is dark and no stroke, but for its rim; and what is drawn in it, as darker than what is around.

    Of shaded cells, the lines around them and between them are left.
    """
    import cv2
    import numpy as np

    side = round(2 * THICKEST_PT * point)
    areas = cv2.morphologyEx(black, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    deep = cv2.erode(areas, np.ones((_AROUND + 4, _AROUND + 4), np.uint8))
    return cv2.erode(areas, np.ones((5, 5), np.uint8)), cv2.bitwise_and(local, deep)


def _meet(one: CheckBox, other: CheckBox) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom


def _is_of(line: Stroke, box: CheckBox, point: float) -> bool:
    """Whether a line is a side of a box."""
    x0, top, x1, bottom = _sides(box)
    near = 2 * point
    return (
        line.x0 > x0 - near and line.x1 < x1 + near and line.top > top - near and line.bottom < bottom + near
    )


def _sides(shape: Any) -> tuple[float, float, float, float]:
    return shape.x0, shape.top, shape.x1, shape.bottom


def _scaled(stroke: Stroke, step: float) -> Stroke:
    return Stroke(*(side * step for side in _sides(stroke)))


# ---------------------------------------------------------------- ruled lines


def _strokes(faint: Any, strict: Any, point: float, *, upright: bool) -> tuple[Any, list[Stroke]]:
    """Long thin straight runs, the shorter ones only where they are dark; what is thick is an area."""
    import cv2

    shortest = round((SHORTEST_UPRIGHT_PT if upright else SHORTEST_LEVEL_PT) * point)
    long = round(_LONG_PT * point) if faint is not strict else shortest
    runs = _runs(strict, shortest, upright)
    if faint is not strict:
        runs = cv2.bitwise_or(_runs(faint, long, upright), runs)
    labels, stats = components(runs)
    strokes = []
    for index in range(1, len(stats)):
        x, y, width, height, area = (int(value) for value in stats[index])
        length, across = (height, width) if upright else (width, height)
        thickness = area / length
        is_thick = thickness > THICKEST_PT * point or across > THICKEST_PT * point + 0.03 * length
        if is_thick or (not upright and _is_among_letters(faint, x, y, width, height, point)):
            kept = False
        else:
            strokes.append(_as_line(x, y, width, height, upright))
            kept = upright or not _is_underline(faint, x, y, width, point)
        if not kept:
            window = slice(y, y + height), slice(x, x + width)
            runs[window][labels[window] == index] = 0
    return runs, strokes


def _through(areas: Any, line: Stroke) -> Stroke:
    """The line, and on through filled areas at its ends: between two cells that are filled none is seen."""
    is_upright = line.bottom - line.top > line.x1 - line.x0
    last_row, last_column = (side - 1 for side in areas.shape)  # a line may lie on the page's very edge
    filled = areas[:, min(int(line.x0), last_column)] if is_upright else areas[min(int(line.top), last_row)]
    first, last = (line.top, line.bottom) if is_upright else (line.x0, line.x1)
    first, last = _goes_on_to(filled, int(first), -1), _goes_on_to(filled, int(last), 1)
    return Stroke(line.x0, first, line.x1, last) if is_upright else Stroke(first, line.top, last, line.bottom)


def _goes_on_to(filled: Any, end: int, step: int) -> int:
    """Where a filled area ends that begins where a line ends; without one, its own end."""
    gaps = (gap for gap in range(_RIM) if filled[end + step * gap : end + step * gap + 1].any())
    at = end + step * next(gaps, 0)
    while 0 <= at + step < len(filled) and filled[at + step]:
        at += step
    return at


def _take_out(mask: Any, black: Any, line: Stroke, point: float) -> None:
    """An underline, to the pixel: letters stand on it."""
    import cv2
    import numpy as np

    near = round(2 * point)
    rows = slice(max(0, int(line.top) - near), int(line.top) + near)
    columns = slice(int(line.x0), int(line.x1) + 1)
    runs = _runs(np.ascontiguousarray(black[rows, columns]), round(SHORTEST_LEVEL_PT * point), upright=False)
    mask[rows, columns] = cv2.bitwise_or(np.ascontiguousarray(mask[rows, columns]), runs)


def _is_underline(black: Any, x: int, y: int, width: int, point: float) -> bool:
    """Whether letters stand on a stroke: taken out, it would take their feet along."""
    above = black[max(0, y - round(1.6 * point)) : max(0, y - 1), x : x + width]
    return bool(above.size and float((above > 0).any(axis=0).mean()) > 0.3)


def _runs(black: Any, shortest: int, upright: bool) -> Any:
    import cv2

    shape = (1, shortest) if upright else (shortest, 1)
    return cv2.morphologyEx(black, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))


def _is_among_letters(black: Any, x: int, y: int, width: int, height: int, point: float) -> bool:
    """Whether something is written close by on both sides for most of its length.

    Blurred words run together into strokes; a ruled line has nothing on one side of it at least.
    """
    near, far = max(1, round(0.7 * point)), max(3, round(2.6 * point))
    above = black[max(0, y - far) : max(0, y - near), x : x + width]
    below = black[y + height + near : y + height + far, x : x + width]
    written = [float((side > 0).any(axis=0).mean()) if side.size else 0.0 for side in (above, below)]
    return min(written) > 0.25


def _as_line(x: int, y: int, width: int, height: int, upright: bool) -> Stroke:
    """Without thickness, through the middle."""
    if upright:
        return Stroke(x + width / 2, y, x + width / 2, y + height)
    return Stroke(x, y + height / 2, x + width, y + height / 2)


def _touching(
    mask: Any, strokes: list[Stroke], level: list[Stroke], inside: Any, point: float
) -> tuple[Any, list[Stroke]]:
    """Upright strokes that reach from one level line to another, or are longer than any letter, or frame."""
    reach = 2.5 * point
    long = [line for line in level if line.x1 - line.x0 > _LONG_PT * point]

    def meets(x: float, y: float) -> bool:
        return any(ln.x0 - reach <= x <= ln.x1 + reach and abs(ln.top - y) <= reach for ln in long)

    kept: list[Stroke] = []
    framing = _framing(strokes, level, inside, point)
    for stroke in strokes:
        x = stroke.x0
        if (
            stroke in framing
            or stroke.bottom - stroke.top > 36 * point
            or (meets(x, stroke.top) and meets(x, stroke.bottom))
        ):
            kept.append(stroke)
        else:  # a letter
            at, beside = round(x), round(2 * point)
            mask[round(stroke.top) : round(stroke.bottom) + 1, max(0, at - beside) : at + beside] = 0
    return mask, kept


def _framing(strokes: Sequence[Stroke], level: Sequence[Stroke], inside: Any, point: float) -> list[Stroke]:
    """The sides of small frames, « [ 7 ] »: two upright strokes that end where two short lines do.

    Args:
        inside: where an area is filled; what a highlighter left has edges and no frame.
    """
    short = [line for line in level if line.x1 - line.x0 <= _LONG_PT * point]
    framing: list[Stroke] = []
    for top in short:
        for bottom in short:
            if not 0 < bottom.top - top.top <= _LONG_PT * point:
                continue
            area = inside[round(top.top) : round(bottom.top), round(top.x0) : round(top.x1)]
            if area.size and (area > 0).mean() > 0.5:
                continue
            sides = [_side(strokes, x, top, bottom, 2 * point) for x in (top.x0, top.x1)]
            if abs(top.x0 - bottom.x0) + abs(top.x1 - bottom.x1) < 3 * point and None not in sides:
                framing += [side for side in sides if side]
    return framing


def _side(strokes: Sequence[Stroke], x: float, top: Stroke, bottom: Stroke, reach: float) -> Stroke | None:
    """The upright stroke from one line's end to that of the line below."""
    return next(
        (
            stroke for stroke in strokes
            if abs(stroke.x0 - x) < reach
            and abs(stroke.top - top.top) < reach and abs(stroke.bottom - bottom.top) < reach
        ),
        None,
    )  # fmt: skip


def _streaks(strokes: Sequence[Stroke], height: int, point: float) -> list[Stroke]:
    """Pieces of a line from edge to edge of the page, as a dirty scanner leaves one.

    No table reaches so far; taken for a rule, a streak joins boxes below each other to one table; taken for
    ink, it answers all that is blank.
    """
    streaked: list[Stroke] = []
    for head in (stroke for stroke in strokes if stroke.top < _AT_EDGE * height):
        pieces = [head]
        while (piece := _goes_on_in(pieces[-1], strokes, height, point)) is not None:
            pieces.append(piece)
        if pieces[-1].bottom > (1 - _AT_EDGE) * height:
            streaked += pieces
    return streaked


def _goes_on_in(stroke: Stroke, strokes: Sequence[Stroke], height: int, point: float) -> Stroke | None:
    """The longest stroke that begins where another ends, or a little below it."""
    below = [
        other for other in strokes
        if other.bottom > stroke.bottom and other.top - stroke.bottom < _STREAK_GAP * height
        and abs(other.x0 - stroke.x0) < _STREAK_SLANT * (other.bottom - stroke.top) / 2 + point
    ]  # fmt: skip
    return max(below, key=lambda other: other.bottom, default=None)
