"""What is drawn on a page of a PDF with curves and slanted lines: signatures, crosses, circles."""

from collections.abc import Iterator, Sequence
from typing import Any

from data.model import Box

MAX_STROKES = 4000
"""More lines than that on a page are a drawing, and mark no words."""

_LARGE_PT, _PENNED, _SHORT_PT = (6.0, 5.0), 4, 4.0
"""How wide and high a scribble is at least; with so many of them a page is filled in by pen; and how long a
stroke is there."""
_DASH_PT, _CORNER_PT = 1.5, 0.1
"""How thin a dash is at most, and how far its points lie from its corners."""


def box_of(shape: Any) -> Box:
    """Around a shape; of a curve also around its control points, between which it swings."""
    points = [point for step in shape.get("path") or () for point in step[1:]]
    if points and shape["object_type"] == "curve":
        across, down = [x for x, _ in points], [y for _, y in points]
        return Box(min(across), min(down), max(across), max(down))
    return Box(shape["x0"], shape["top"], shape["x1"], shape["bottom"])


def scribbles(page: Any, known: frozenset[int] = frozenset()) -> Iterator[Box]:
    """Clusters of curves and slanted lines: signatures drawn on a tablet, crosses, circles.

    But for ``known`` curves, by identity. A « / » or a « 0 » is as small as a bullet: such are told on pages
    that are filled in by pen.
    """
    strokes = [
        curve for curve in page.curves
        if id(curve) not in known and not is_frame(curve) and not _is_dash(curve)
    ]  # fmt: skip
    strokes += [ln for ln in page.lines if ln["width"] > 2 and ln["height"] > 2]
    boxes = [box_of(stroke) for stroke in strokes[:MAX_STROKES]]
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
    large = [c for c in clusters if c.x1 - c.x0 >= _LARGE_PT[0] and c.bottom - c.top >= _LARGE_PT[1]]
    if len(large) < _PENNED:
        yield from large
    else:
        yield from (c for c in clusters if max(c.x1 - c.x0, c.bottom - c.top) >= _SHORT_PT)


def is_frame(curve: Any) -> bool:
    """A box with rounded corners: every point lies on its edge, and it is larger than a mark."""
    points = [point for step in curve.get("path") or () for point in step[1:]]
    box = box_of(curve)
    x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
    if x1 - x0 < 40 and bottom - top < 40:
        return False
    reach = max(4.0, 0.12 * min(x1 - x0, bottom - top))
    return all(min(abs(x - x0), abs(x - x1), abs(y - top), abs(y - bottom)) <= reach for x, y in points)


def _is_dash(curve: Any) -> bool:
    """A thin upright or level rectangle: of such a browser makes dashed lines. A hand's lines slant."""
    points = [point for step in curve.get("path") or () for point in step[1:]]
    box = box_of(curve)
    thin = min(box.x1 - box.x0, box.bottom - box.top) <= _DASH_PT
    return thin and all(
        min(abs(x - box.x0), abs(x - box.x1)) < _CORNER_PT
        and min(abs(y - box.top), abs(y - box.bottom)) < _CORNER_PT
        for x, y in points
    )


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
