"""What is drawn on the image of a page that is no letter: ruled lines, check boxes, leaders, fills.

Found on a copy of 150 dpi: a line stays a line there, and it costs a third. Closing gaps before
lines are taken out was tried: it eats letters below 200 dpi.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from parsers._scanned._raster import boxes_around, coarser, components, size_at

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
BOX_PT = (5.5, 17.0)
"""The side of a check box."""
_LONG_PT = 40.0
"""Of a shorter run it must be certain that it is no row of letters that blur has joined."""
_VIVID = 70
"""Of 255: the colour of a highlighter, which may cover a single digit."""
_FAINT = 22
"""Of 255: darker than the paper around it by so much, a straight run is a ruled line."""
_RIM = 6
"""Pixels from the end of a line to a filled area that it meets, at `LINE_DPI`."""
_AROUND = 15
"""Pixels around of which the paper's tone is taken, at `LINE_DPI`."""
_STICKS_OUT_PT2 = 1.2
_FULL = 0.75
"""Share of the box around it that an area of colour covers."""
_FEWEST_DOTS, _MOST_DOTS = 8, 2000
"""Of a leader; and of a page that is looked at for them by its dots' places first."""
_FEW_DOTS, _CLOSE_PT, _EVEN = 5, 4.5, 0.2
"""Of a short leader, « ..... 7 ..... »; an ellipsis has three. How near they are, and how evenly apart."""
_LEANS, _OFF_PT = 0.05, 1.0
"""How much of its length a leader rises or sags on a page that does not lie flat; and how far from it a full
stop stands."""
_BLOT = 0.97
"""Share of a square from which nothing in it is light."""
_STREAK_GAP, _STREAK_SLANT, _AT_EDGE = 0.06, 0.02, 0.01
"""Of a page's height: how far apart pieces of a streak are, and how near to its edges it ends; and how much
it leans."""
FULLEST_EMPTY = 0.05
"""Share of a box's inside that may be dark though nobody ticked it."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruled line. Lengths are pixels of the page."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class CheckBox:
    """A small drawn square, alone."""

    x0: float
    top: float
    x1: float
    bottom: float
    ticked: bool


@dataclass(frozen=True, slots=True)
class Fill:
    """An area of colour under or without words."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: tuple[float, float, float]
    """Red, green and blue, from 0 to 1."""


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
    strict = cv2.threshold(coarser(black, coarse.shape[::-1]), 110, 255, cv2.THRESH_BINARY)[1]
    inside, drawn_in = _inside_of_areas(coarse, local, point)
    faint, strict = (cv2.bitwise_or(cv2.subtract(each, inside), drawn_in) for each in (faint, strict))
    level_mask, level = _strokes(faint, strict, point, upright=False)
    upright_mask, upright = _strokes(faint, faint, point, upright=True)
    streaks = _streaks(upright, coarse.shape[0], point)
    upright = [stroke for stroke in upright if stroke not in streaks]
    upright_mask, upright = _touching(upright_mask, upright, level, inside, point)
    squares = _squares(coarse, cv2.bitwise_or(level_mask, upright_mask), point)
    boxes = _check_boxes(black, squares, step, dpi / 72)
    leader_mask, leaders = _leaders(coarse, point)
    mask = cv2.bitwise_or(cv2.bitwise_or(level_mask, upright_mask), leader_mask)
    mask = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    full = cv2.resize(mask, (black.shape[1], black.shape[0]), interpolation=cv2.INTER_NEAREST)
    for line in level:
        if not level_mask[int(line.top), int((line.x0 + line.x1) / 2)]:
            _take_out(full, black, _scaled(line, step), dpi / 72)
    for box in boxes:
        _erase(full, black, box, dpi / 72)
    return Rulings(
        tuple(_scaled(_through(inside, each), step) for each in level),
        tuple(_scaled(_through(inside, each), step) for each in upright),
        tuple(boxes),
        tuple(_scaled(each, step) for each in leaders),
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

    small = coarser(grey, (shape[1], shape[0]))
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
    at = (
        end
        + next((near for near in range(_RIM) if filled[end + step * near : end + step * near + 1].any()), 0)
        * step
    )
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


# ---------------------------------------------------------------- check boxes


def _squares(black: Any, ruled: Any, point: float) -> Iterator[tuple[int, int, int, int]]:
    """What may be a check box: about square, with straight strokes, and part of no table."""
    import cv2
    import numpy as np

    side = round(0.7 * BOX_PT[0] * point)
    free = cv2.subtract(black, cv2.dilate(_long(ruled, point), np.ones((3, 3), np.uint8)))
    rect = cv2.MORPH_RECT
    level = cv2.morphologyEx(free, cv2.MORPH_OPEN, cv2.getStructuringElement(rect, (side, 1)))
    upright = cv2.morphologyEx(free, cv2.MORPH_OPEN, cv2.getStructuringElement(rect, (1, side)))
    found = boxes_around(np.asarray(cv2.bitwise_or(level, upright), np.uint8))
    least, most = (size * point for size in BOX_PT)
    for x, y, width, height in found:
        if least <= width <= most and least <= height <= most and 0.75 < width / height < 1.33:
            yield x, y, width, height


def _check_boxes(
    black: Any, squares: Iterator[tuple[int, int, int, int]], step: float, point: float
) -> list[CheckBox]:
    """Those that stand alone; and, in a row or column with them, those joined by a pen to what is beside."""
    alone: list[CheckBox] = []
    others: list[tuple[Sequence[int], CheckBox | None]] = []
    for square in squares:
        around = tuple(round(side * step) for side in square)
        box = _check_box(black, around, point)
        if box and _is_alone(black, box, point):
            alone.append(box)
        else:
            others.append((around, box))
    empty = [box for box in alone if not box.ticked]
    alone = [
        box for box in alone
        if not _is_blot(black, box) or any(_is_sister(box, other, point) for other in empty)
    ]  # fmt: skip
    if not empty:
        return alone
    joined = (box or _check_box(black, around, point, joined=True) for around, box in others)
    return alone + [box for box in joined if box and any(_is_sister(box, other, point) for other in empty)]


def _is_alone(black: Any, box: CheckBox, point: float) -> bool:
    return not _goes_on(black, box, point) and not (box.ticked and _has_neighbours(black, box, point))


def _is_blot(black: Any, box: CheckBox) -> bool:
    """Whether it is dark all over: as often as a filled box, a word on which a fax has lost its colour."""
    inside = black[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)]
    return bool(inside.size and (inside > 0).mean() > _BLOT)


def _is_sister(box: CheckBox, other: CheckBox, point: float) -> bool:
    """As large, and in one column or row."""
    side, same = other.x1 - other.x0, 3 * point
    alike = abs(box.x1 - box.x0 - side) < 0.15 * side and abs(box.bottom - box.top - side) < 0.15 * side
    return alike and (abs(box.x0 - other.x0) < same or abs(box.top - other.top) < same)


def _check_box(black: Any, around: Sequence[int], point: float, *, joined: bool = False) -> CheckBox | None:
    """A square with four straight sides and four corners: no letter has all of them.

    Args:
        joined: a stroke may stick out of it, and what was found is larger than the square.
    """
    import numpy as np

    x, y, width, height = around
    window = black[max(0, y - 1) : y + height + 1, max(0, x - 1) : x + width + 1]
    least = max(0.62 * min(width, height), 0.9 * BOX_PT[0] * point)
    rows = np.flatnonzero((window > 0).sum(axis=1) > (least if joined else 0.78 * window.shape[1]))
    columns = np.flatnonzero((window > 0).sum(axis=0) > (least if joined else 0.78 * window.shape[0]))
    if len(rows) < 2 or len(columns) < 2:
        return None
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    frame = window[top:bottom, left:right]
    if not _has_edges(frame):
        return None
    if min(frame.shape) < BOX_PT[0] * point or not 0.75 < frame.shape[0] / frame.shape[1] < 1.33:
        return None
    if min(_drawn_sides(frame)) < 0.88 or not _has_corners(frame):
        return None
    rim = max(2, round(1.2 * point), round(0.16 * min(frame.shape)))
    inside = frame[rim:-rim, rim:-rim]
    ticked = bool(inside.size and (inside > 0).mean() > FULLEST_EMPTY)
    x0, y0 = max(0, x - 1), max(0, y - 1)
    box = CheckBox(float(x0 + left), float(y0 + top), float(x0 + right), float(y0 + bottom), ticked)
    return replace(box, ticked=ticked or _sticks_out(black, box, point))


def _sticks_out(black: Any, box: CheckBox, point: float) -> bool:
    """Whether a stroke that begins at the box goes on outside of it: of a thin tick little is inside."""
    import cv2
    import numpy as np

    rim, near = round(4 * point), max(1, round(0.9 * point))
    x0, top = max(0, int(box.x0) - rim), max(0, int(box.top) - rim)
    window = black[top : int(box.bottom) + rim, x0 : int(box.x1) + rim]
    _, labels = cv2.connectedComponents(window, connectivity=8)
    rows = slice(int(box.top) - top, int(box.bottom) - top)
    columns = slice(int(box.x0) - x0, int(box.x1) - x0)
    frame = labels[rows, columns]
    own = frame[frame > 0]
    if not own.size:
        return False
    outside = labels == np.bincount(own).argmax()
    outside[
        max(0, rows.start - near) : rows.stop + near, max(0, columns.start - near) : columns.stop + near
    ] = False
    return bool(outside.sum() > _STICKS_OUT_PT2 * point**2)


def _goes_on(black: Any, box: CheckBox, point: float) -> bool:
    """Whether its sides are as thick as a bold letter's: around a drawn frame the paper is white."""
    x0, top, x1, bottom = (int(side) for side in _sides(box))
    near, far = max(1, round(0.5 * point)), max(2, round(1.1 * point))
    around = (
        black[max(0, top - far) : max(0, top - near), x0:x1],
        black[bottom + near : bottom + far, x0:x1],
        black[top:bottom, max(0, x0 - far) : max(0, x0 - near)],
        black[top:bottom, x1 + near : x1 + far],
    )
    return sum(bool(side.size) and float((side > 0).mean()) > 0.4 for side in around) >= 2


def _has_edges(frame: Any) -> bool:
    """Whether each outermost row and column is drawn for most of its length: an O's are not."""
    near = 1 + max(1, round(0.1 * min(frame.shape)))
    dark = frame > 0
    edges = (dark[:near], dark[-near:], dark.T[:near], dark.T[-near:])
    return all(float(edge.mean(axis=1).max()) > 0.78 for edge in edges)


def _has_corners(frame: Any) -> bool:
    near = max(3, round(0.14 * min(frame.shape)))
    corners = (frame[:near, :near], frame[:near, -near:], frame[-near:, :near], frame[-near:, -near:])
    return all((corner > 0).mean() >= 0.4 for corner in corners)


def _has_neighbours(black: Any, box: CheckBox, point: float) -> bool:
    """Whether letters stand as close as in a word: a bold B, blurred, is a box with something in it."""
    top, bottom = int(box.top + 0.3 * (box.bottom - box.top)), int(box.bottom)
    gap, reach = max(1, round(0.4 * point)), max(2, round(1.8 * point))
    right = black[top:bottom, int(box.x1) + gap : int(box.x1) + reach]
    left = black[top:bottom, max(0, int(box.x0) - reach) : max(0, int(box.x0) - gap)]
    return any(bool(strip.size) and bool((strip > 0).any()) for strip in (left, right))


def _long(ruled: Any, point: float) -> Any:
    """The ruled lines that are longer than a check box."""
    import cv2

    length = round(1.3 * BOX_PT[1] * point)
    rect = cv2.MORPH_RECT
    level = cv2.morphologyEx(ruled, cv2.MORPH_OPEN, cv2.getStructuringElement(rect, (length, 1)))
    upright = cv2.morphologyEx(ruled, cv2.MORPH_OPEN, cv2.getStructuringElement(rect, (1, length)))
    return cv2.bitwise_or(level, upright)


def _drawn_sides(square: Any) -> Iterator[float]:
    """How much of each side is drawn on one straight line: a round letter's top is half its width."""
    rim = max(2, round(0.2 * min(square.shape)))
    for strip, axis in ((square[:rim], 1), (square[-rim:], 1), (square[:, :rim], 0), (square[:, -rim:], 0)):
        dark = strip > 0
        pairs = dark[1:] | dark[:-1] if axis else dark[:, 1:] | dark[:, :-1]
        yield float(pairs.mean(axis=axis).max())


def _erase(mask: Any, black: Any, box: CheckBox, point: float) -> None:
    """The box, and the tick that sticks out of it."""
    import cv2

    rim = round(7 * point)
    x0, top = max(0, int(box.x0) - rim), max(0, int(box.top) - rim)
    x1, bottom = int(box.x1) + rim, int(box.bottom) + rim
    window = black[top:bottom, x0:x1]
    _, labels = cv2.connectedComponents(window, connectivity=8)
    own = labels[int(box.top) - top : int(box.bottom) - top, int(box.x0) - x0 : int(box.x1) - x0]
    for label in set(own[own > 0].tolist()):
        part = labels == label
        cut = part[0].any() or part[-1].any() or part[:, 0].any() or part[:, -1].any()
        if not cut:  # what goes on beyond is a word, a line or a signature
            mask[top:bottom, x0:x1][part] = 255
    near = max(1, round(0.8 * point))
    mask[int(box.top) - near : int(box.bottom) + near, int(box.x0) - near : int(box.x1) + near] = 255


# ---------------------------------------------------------------- leaders


def _leaders(black: Any, point: float) -> tuple[Any, list[Stroke]]:
    """Dotted lines to write on: many dots, level and close."""
    import cv2
    import numpy as np

    labels, stats = components(black)
    largest, reach = max(2.4 * point, 3), round(8 * point)
    small = (stats[:, 2] <= largest) & (stats[:, 3] <= largest)
    small[0] = False
    long, short = (_FEWEST_DOTS, reach + largest, 4 * point), (_FEW_DOTS, _CLOSE_PT * point, point)
    if not any(_has_rows_of_dots(stats[small, :2], *those) for those in (long, short)):
        return np.zeros_like(black), []
    dots = (small.astype(np.uint8) * 255)[labels]
    joined = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    joined = cv2.dilate(joined, np.ones((3, 1), np.uint8))
    found, regions, areas, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    kept = np.zeros_like(black)
    leaders = []
    for index in range(1, found):
        x, y, width, height, _ = (int(value) for value in areas[index])
        if width < _FEW_DOTS * point or height > 4 * point + _LEANS * width:
            continue
        window = slice(y, y + height), slice(x, x + width)
        row = cv2.bitwise_and(dots[window], np.where(regions[window] == index, 255, 0).astype(np.uint8))
        across = np.flatnonzero(row.max(axis=0))
        apart = np.diff(across[np.flatnonzero(np.diff(across, prepend=-9) > 1)])
        if len(apart) + 1 < _FEW_DOTS:
            continue
        uneven = np.std(apart) / np.mean(apart)
        is_long = len(apart) + 1 >= _FEWEST_DOTS and width >= 30 * point
        if uneven < (0.6 if is_long else _EVEN if np.mean(apart) < _CLOSE_PT * point else 0.0):
            kept[window] = cv2.bitwise_or(kept[window], _without_stops(row, point))
            leaders.append(_as_line(x, y, width, height, upright=False))
    return kept, leaders


def _without_stops(dots: Any, point: float) -> Any:
    """The dots of a leader, which a page that is not flat bends, without full stops of what is over it."""
    import cv2
    import numpy as np

    count, labels, _, middles = cv2.connectedComponentsWithStats(dots, connectivity=8)
    if count <= _FEWEST_DOTS:
        return dots
    x, y = middles[1:].T
    near = np.ones(len(x), bool)
    off = np.zeros(len(x))
    for _ in range(2):
        bend = np.polynomial.Polynomial.fit(x[near], y[near], 2)
        off = np.abs(y - bend(x))
        near = off <= max(_OFF_PT * point, float(np.median(off)))
    return np.where(np.concatenate([[False], near])[labels], dots, 0).astype(np.uint8)


def _has_rows_of_dots(dots: Any, fewest: int, wide: float, high: float) -> bool:
    """Whether as many stand close together on a level as make a leader; full stops and dots of i do not."""
    import numpy as np

    if len(dots) > _MOST_DOTS:
        return True
    x, y = dots.T
    across, down = x - x[:, None], y - y[:, None]
    near = (across >= 0) & (across <= fewest * wide) & (np.abs(down) <= high)
    return bool((near.sum(axis=1) >= fewest).any())


# ---------------------------------------------------------------- fills


def fills(rgb: "Pixels", dpi: float, *, even_light: bool) -> list[Fill]:
    """Areas of another colour than the paper: shaded cells, highlighted words.

    Where the light is uneven, only what has a colour counts: a shadow is grey.
    """
    import cv2
    import numpy as np

    factor = 60 / dpi
    small = coarser(rgb, size_at(rgb, factor))
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    near = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    vivid = _chroma(near) > _VIVID
    other = _unlike_paper(ground, even_light=even_light) | vivid
    strict = _unlike_paper(near, even_light=even_light)
    found = []
    for own, (x, y, width, height) in _areas(other, strict):
        bright = bool(vivid[own].mean() > 0.5)
        if width < (4 if bright else 8) or height < 5:
            continue
        if own.sum() < _FULL * width * height or own.sum() > 0.4 * other.size:
            continue
        colour = np.median((near if bright else ground)[own], axis=0) / 255
        red, green, blue = (float(part) for part in colour)
        box = (x / factor, y / factor, (x + width) / factor, (y + height) / factor)
        found.append(Fill(*box, (red, green, blue)))
    return found


def _unlike_paper(rgb: Any, *, even_light: bool) -> Any:
    import numpy as np

    channels = [np.asarray(rgb[:, :, at]) for at in range(3)]
    paper = [int(np.median(channel[::2, ::2])) for channel in channels]
    other = _chroma(rgb) > 28 + max(paper) - min(paper)
    if even_light:
        for channel, light in zip(channels, paper, strict=True):
            other |= channel < light - 16
    return other


def _areas(other: Any, strict: Any) -> Iterator[tuple[Any, tuple[int, int, int, int]]]:
    """What holds together, as a mask and its box; two cells that touch at a corner are two.

    Args:
        other: with the letters on it closed; which joins what touches, too.
        strict: the same, hardly closed.
    """
    import cv2
    import numpy as np

    rim = np.ones((5, 5), np.uint8)
    for own, box in _parts(other):
        if own.sum() >= _FULL * box[2] * box[3]:
            yield own, box
            continue
        for core, _ in _parts(cv2.erode((own & strict).view(np.uint8), rim)):
            whole = cv2.dilate(core.view(np.uint8), rim)
            x, y, width, height = cv2.boundingRect(whole)
            yield whole > 0, (x, y, width, height)


def _parts(mask: Any) -> Iterator[tuple[Any, tuple[int, int, int, int]]]:
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=4)
    for index in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[index])
        yield labels == index, (x, y, width, height)


def _chroma(rgb: Any) -> Any:
    """How far each pixel is from grey."""
    import cv2
    import numpy as np

    r, g, b = cv2.split(rgb)
    return np.asarray(cv2.subtract(cv2.max(cv2.max(r, g), b), cv2.min(cv2.min(r, g), b)))
