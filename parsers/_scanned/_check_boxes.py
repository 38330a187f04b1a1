"""Check boxes on the image of a page: small drawn squares that stand alone, ticked or empty.

Sizes are pixels, `point` is how many of them make a point.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parsers._scanned._raster import components

_BOX_PT = (5.5, 17.0)
"""The side of a check box."""
_STICKS_OUT_PT2 = 1.2
_BLOT = 0.97
"""Share of a square from which nothing in it is light."""
FULLEST_EMPTY = 0.05
"""Share of a box's inside that may be dark though nobody ticked it."""


@dataclass(frozen=True, slots=True)
class CheckBox:
    """A small drawn square, alone."""

    x0: float
    top: float
    x1: float
    bottom: float
    ticked: bool


def squares(black: Any, ruled: Any, point: float) -> Iterator[tuple[int, int, int, int]]:
    """What may be a check box: about square, with straight strokes, and part of no table."""
    import cv2
    import numpy as np

    side = round(0.7 * _BOX_PT[0] * point)
    free = cv2.subtract(black, cv2.dilate(_long(ruled, point), np.ones((3, 3), np.uint8)))
    rect = cv2.MORPH_RECT
    level = cv2.morphologyEx(free, cv2.MORPH_OPEN, cv2.getStructuringElement(rect, (side, 1)))
    upright = cv2.morphologyEx(free, cv2.MORPH_OPEN, cv2.getStructuringElement(rect, (1, side)))
    found = components(np.asarray(cv2.bitwise_or(level, upright), np.uint8))[1][1:, :4]
    wide, high = found[:, 2:].T
    least, most = (size * point for size in _BOX_PT)
    sized = (np.minimum(wide, high) >= least) & (np.maximum(wide, high) <= most)
    square = (wide / high > 0.75) & (wide / high < 1.33)
    yield from sorted(map(tuple, found[sized & square].tolist()), key=lambda box: (box[1], box[0]))


def check_boxes(
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
    window = black[max(0, y - 1) : y + height + 1, max(0, x - 1) : x + width + 1] > 0
    least = max(0.62 * min(width, height), 0.9 * _BOX_PT[0] * point)
    rows = np.flatnonzero(window.sum(axis=1) > (least if joined else 0.78 * window.shape[1]))
    columns = np.flatnonzero(window.sum(axis=0) > (least if joined else 0.78 * window.shape[0]))
    if len(rows) < 2 or len(columns) < 2:
        return None
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    frame = window[top:bottom, left:right]
    if not _has_edges(frame):
        return None
    if min(frame.shape) < _BOX_PT[0] * point or not 0.75 < frame.shape[0] / frame.shape[1] < 1.33:
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
    x0, top, x1, bottom = (int(side) for side in (box.x0, box.top, box.x1, box.bottom))
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

    length = round(1.3 * _BOX_PT[1] * point)
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


def erase(mask: Any, black: Any, box: CheckBox, point: float) -> None:
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
