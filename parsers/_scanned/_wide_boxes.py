"""Boxes wider than high to make a mark in, on the image of a page: frames alike in a row that do not touch.

A frame with a word or a number in it is none: of a row of boxes, at least half are empty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any

from parsers._scanned._check_boxes import FULLEST_EMPTY, CheckBox

_WIDEST_PT, _HIGH_PT = 50.0, (7.0, 20.0)
_SAME_PT, _APART_PT = 2.5, 1.5
"""How far the ends of a frame's lines, or two frames of a row, differ at most; how far apart these stand."""
_SIDE, _SIDE_PT = 0.7, 1.5
"""How much of its height the side of a frame is dark; and how far from the lines' ends it is."""
_RIM_PT = 1.8
_FEWEST, _FILLED = 5, 0.5
"""Boxes of a row in which others are lost; and how much of one at its end is dark that somebody filled."""


def wide_boxes(black: Any, level: Sequence[Any], point: float) -> list[CheckBox]:
    """The rows of them.

    Args:
        black: 255 where something is drawn or written.
        level: the level lines on it, in its pixels.
        point: its pixels to the point.
    """
    short = [line for line in level if line.x1 - line.x0 <= _WIDEST_PT * point]
    framed: list[CheckBox] = []
    for upper, lower in _pairs(short, point):
        frame = _frame(black, upper, lower, point)
        if frame and not any(_meet(frame, other) for other in framed):
            framed.append(frame)
    found: list[CheckBox] = []
    for frame in framed:
        level_with = [other for other in framed if _is_alike(other, frame, point)]
        row = sorted(
            (box for box in level_with if _stands_apart(box, level_with, point)), key=lambda box: box.x0
        )
        if any(_meet(box, other) for box in row for other in found):
            continue
        if len(row) > 1 and 2 * sum(not box.ticked for box in row) >= len(row) > len(level_with) / 2:
            found += _completed(row, black, point) if len(row) >= _FEWEST else row
    return found


def _stands_apart(box: CheckBox, row: Sequence[CheckBox], point: float) -> bool:
    return all(other is box or max(other.x0 - box.x1, box.x0 - other.x1) > _APART_PT * point for other in row)


def _completed(row: Sequence[CheckBox], black: Any, point: float) -> list[CheckBox]:
    """The boxes of a row, with those whose lines are lost in what fills them: at even distances."""
    step = median(after.x0 - box.x0 for box, after in pairwise(row))
    whole: list[CheckBox] = [row[0]]
    for box in row[1:]:
        last = whole[-1]
        missing = round((box.x0 - last.x0) / step) - 1
        whole += [_moved(last, step * (at + 1), black, point) for at in range(missing)]
        whole.append(box)
    ends = (_moved(whole[0], -step, black, point), _moved(whole[-1], step, black, point))
    return [*whole, *(box for box in ends if _inked(black, box, point) > _FILLED)]


def _moved(box: CheckBox, far: float, black: Any, point: float) -> CheckBox:
    moved = replace(box, x0=box.x0 + far, x1=box.x1 + far)
    return replace(moved, ticked=_inked(black, moved, point) > FULLEST_EMPTY)


def _inked(black: Any, box: CheckBox, point: float) -> float:
    """How much of a box's inside is dark."""
    rim = round(_RIM_PT * point)
    x0, top, x1, bottom = (max(0, round(side)) for side in (box.x0, box.top, box.x1, box.bottom))
    inside = black[top + rim : bottom - rim, x0 + rim : x1 - rim] > 0
    return float(inside.mean()) if inside.size else 0.0


def _meet(one: CheckBox, other: CheckBox) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom


def _pairs(lines: Sequence[Any], point: float) -> Iterator[tuple[Any, Any]]:
    """Lines below each other, as long as each other, and nearest of those that are."""
    ordered = sorted(lines, key=lambda line: float(line.top))
    near = _SAME_PT * point
    for at, upper in enumerate(ordered):
        for lower in ordered[at + 1 :]:
            if lower.top - upper.top > _HIGH_PT[1] * point:
                break
            same = abs(lower.x0 - upper.x0) < near and abs(lower.x1 - upper.x1) < near
            if same and lower.top - upper.top >= _HIGH_PT[0] * point:
                yield upper, lower
                break


def _frame(black: Any, upper: Any, lower: Any, point: float) -> CheckBox | None:
    """The box of two lines, if it has sides."""
    x0, x1 = (round((upper.x0 + lower.x0) / 2), round((upper.x1 + lower.x1) / 2))
    top, bottom, near = round(upper.top), round(lower.top), round(_SIDE_PT * point)
    for x in (x0, x1):
        side = black[top:bottom, max(0, x - near) : x + near + 1] > 0
        if not side.size or float(side.any(axis=1).mean()) < _SIDE:
            return None
    box = CheckBox(float(x0), float(top), float(x1), float(bottom), ticked=False)
    return replace(box, ticked=_inked(black, box, point) > FULLEST_EMPTY)


def _is_alike(one: CheckBox, other: CheckBox, point: float) -> bool:
    """On a row, as high and as wide."""
    near = _SAME_PT * point
    level = abs(one.top - other.top) < near and abs(one.bottom - other.bottom) < near
    return level and abs(one.x1 - one.x0 - other.x1 + other.x0) < 2 * near
