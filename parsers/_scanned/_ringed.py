"""Rings that a pen drew around printed words, touching them: the words are read once more without the ring.

A ring and the letters that it crosses are one component, of which no letter is as large. What tells it is its
outline: filled, it is a lens, nearly convex, that leaves the corners of its box free (an ellipse fills 0.785
of it), and inside it is mostly paper. A box's outline fills its corners, a word's letters are apart.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.model import Box
from parsers import _ocr
from parsers._ocr import Word
from parsers._scanned._penned import OPTIONS
from parsers._scanned._rulings import Rulings, Stroke
from parsers._scanned._upright import Parts, sized
from parsers._scanned._weight import parted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

SURE = 0.6
"""How sure a ringed word is at least: that something is printed in the ring is certain."""
MOST = 12
"""Rings of one page whose words are read again."""
_HIGH, _WIDE = (1.2, 3.2), (1.4, 26.0)
"""Least and most, in sizes of the type that is ringed."""
_FILLS, _CONVEX, _INKED = (0.55, 0.9), 0.82, 0.6
"""Of its outline, filled: share of its box, share of its hull, and how much of it is ink at most."""
_OPEN, _NARROW = 0.35, 0.6
"""In sizes: how far apart the ends of a ring's line are, and how narrow what stands out of it is, at most."""
_ROW = 1.5
"""In sizes: how much of a ring's height its own row takes; above and below it may cross others."""
_SIDE, _FOOT, _ABOVE, _BELOW = 8.0, 0.15, 0.95, 0.4
"""In sizes: how far beside a ring a word tells its row, of which the foot lies in the ring's lower half, or
so far out of it; and how far over and under its foot a row reaches."""
_FLAT, _AS_LONG = (3.0, 1.1, 2.4), 0.8
"""In sizes, of a flat ring: least length, least and most height; and what its two lines share, at least."""
_BESIDE = 0.15
"""In sizes: how near to a ring a rule runs that cut it."""
_SIDES = "()[]{}<>|!;:»«°'“”‘’"
"""What a ring's sides are read as, where something of them is left."""
_LINE, _THICKEST = 0.19, 0.5
"""In sizes: how far from its outline a ring's line reaches: at least, with its blur; and at most."""


@dataclass(frozen=True, slots=True)
class Ringed:
    """What a closer look at rings gave."""

    words: list[Word]
    rings: list[Box]
    """In points."""
    clean: "Pixels"
    """The page without the rings."""


def without_rings(words: Sequence[Word], clean: "Pixels", held: Parts, ruled: "Pixels", dpi: float) -> Ringed:
    """The words, those that somebody drew a ring around as they read without it.

    Args:
        clean: the page in grey without what is ruled; `held`: the parts of what is written on it.
        ruled: where a rule was taken off it.
    """
    import numpy as np

    kept, rings, plain = list(words), [], clean
    size = float(np.median([word.size for word in words])) if words else 0.0
    for left, top, right, bottom, line, sure in list(_rings(held, ruled, size))[:MOST]:
        own = [w for w in kept if w.x1 > left and w.x0 < right and _is_level(w, (top + bottom) / 2)]
        x0, x1 = min([left, *(int(w.x0) for w in own)]), max([right, *(int(w.x1) + 1 for w in own)])
        piece = plain[top:bottom, x0:x1].copy()
        piece[:, left - x0 : right - x0][line] = int(np.percentile(clean[::8, ::8], 70))
        first, last = _row((left, top, right, bottom), own or kept, size)
        again = parted(_ocr.words_of_block(piece[first - top : last - top], dpi, x0, first), plain)
        again = again if own else [w for w in again if _is_level(replace(w, size=size), (top + bottom) / 2)]
        again = [said for w in again if (said := _without_line_ends(w, (left, right)))]
        inside = [w for w in again if left < (w.x0 + w.x1) / 2 < right and _speaks(w)]
        if not any(w.confidence >= sure or OPTIONS.fullmatch(w.text.strip(_SIDES)) for w in inside):
            continue
        plain = plain.copy() if plain is clean else plain
        plain[top:bottom, x0:x1] = piece
        foot, high = (own[0].baseline, own[0].size) if own else (again[0].baseline, size)
        at = kept.index(own[0]) if own else sum(w.baseline < foot for w in kept)
        kept = [w for w in kept if w not in own]
        kept[at:at] = [
            replace(w, baseline=foot, size=high, confidence=max(w.confidence, SURE)) for w in again
        ]
        rings.append(Box(*(side * 72 / dpi for side in (left, top, right, bottom))))
    return Ringed(kept, rings, plain)


def _row(ring: tuple[int, int, int, int], words: Sequence[Word], size: float) -> tuple[int, int]:
    """Top and bottom of the row that a ring is drawn around, as far as the ring reaches.

    By the nearest word to its left or right that stands on that row: a ring is rarely drawn evenly over and
    under its word, and the feet of the row above, in its box, are read as letters.
    """
    left, top, right, bottom = ring
    middle = (top + bottom) / 2
    level = [w for w in words if middle - _FOOT * size < w.baseline < bottom + _FOOT * size]
    nearest = min(level, key=lambda w: max(w.x0 - right, left - w.x1, 0.0), default=None)
    if nearest is None or max(nearest.x0 - right, left - nearest.x1) > _SIDE * size:
        edge = max(0, (bottom - top - round(_ROW * size)) // 2)
        return top + edge, bottom - edge
    foot = nearest.baseline
    return max(top, round(foot - _ABOVE * size)), min(bottom, round(foot + _BELOW * size))


def flat_rings(drawn: Rulings, words: Sequence[Word]) -> list[tuple[Stroke, Stroke]]:
    """The upper and the lower line of rings so long that they were taken for ruled ones: both end with words.

    A table's rules are longer than what stands between them, or have others like them; a frame has sides.
    """
    import numpy as np

    size = float(np.median([word.size for word in words])) if words else 0.0
    level = sorted((s for s in drawn.level if s.x1 - s.x0 > _FLAT[0] * size), key=lambda s: s.top)
    return [
        (upper, lower) for at, upper in enumerate(level) for lower in level[at + 1 :]
        if _FLAT[1] * size < lower.top - upper.top < _FLAT[2] * size and _are_as_long(upper, lower)
        and not any(_are_as_long(upper, other) for other in level if other not in (upper, lower))
        and not any(_is_side(side, upper, lower, size) for side in drawn.upright)
        and _end_with_words(upper, lower, words, size)
    ]  # fmt: skip


def around(upper: Stroke, lower: Stroke, dpi: float) -> Box:
    """What two such lines enclose, with the ends that are round, in points."""
    round_end = (lower.top - upper.top) / 2
    x0, x1 = min(upper.x0, lower.x0) - round_end, max(upper.x1, lower.x1) + round_end
    return Box(*(side * 72 / dpi for side in (x0, upper.top, x1, lower.top)))


def _are_as_long(one: Stroke, other: Stroke) -> bool:
    return min(one.x1, other.x1) - max(one.x0, other.x0) > _AS_LONG * max(
        one.x1 - one.x0, other.x1 - other.x0
    )


def _is_side(side: Stroke, upper: Stroke, lower: Stroke, size: float) -> bool:
    spans = side.top < upper.top + size and side.bottom > lower.top - size
    ends = (upper.x0, upper.x1, lower.x0, lower.x1)
    return spans and any(abs(side.x0 - end) < size for end in ends)


def _end_with_words(upper: Stroke, lower: Stroke, words: Sequence[Word], size: float) -> bool:
    x0, x1 = min(upper.x0, lower.x0) - size, max(upper.x1, lower.x1) + size
    middle = (upper.top + lower.top) / 2
    inside = [w for w in words if x0 < (w.x0 + w.x1) / 2 < x1 and _is_level(w, middle)]
    wide = max(w.x1 for w in inside) - min(w.x0 for w in inside) if inside else 0.0
    return min(upper.x1 - upper.x0, lower.x1 - lower.x0) < wide + size / 2 and any(map(_speaks, inside))


def _without_line_ends(word: Word, sides: tuple[int, int]) -> Word | None:
    """A word without the signs at its ends that are left of a ring's sides; None if it is nothing else."""
    text, near = word.text, word.size / 2
    if min(abs(word.x0 - side) for side in sides) < near:
        text = text.lstrip(_SIDES)
    if min(abs(word.x1 - side) for side in sides) < near:
        text = text.rstrip(_SIDES)
    return replace(word, text=text) if text else None


def _is_level(word: Word, middle: float) -> bool:
    """Whether a word's row is the one that goes through the middle of a ring."""
    return -0.78 * word.size < middle - word.baseline < 0.05 * word.size


def _speaks(word: Word) -> bool:
    return sum(map(str.isalpha, word.text)) > 1


def _rings(held: Parts, ruled: "Pixels", size: float) -> Iterator[tuple[int, int, int, int, Any, float]]:
    """Left, top, right and bottom, where in that box the line runs, and how surely words in it are read."""
    import numpy as np

    beside = round(_BESIDE * size)
    for label in sized(held, size, _WIDE, _HIGH):
        x, y, wide, high, area = held.stats[label].tolist()
        if area > _INKED * wide * high:
            continue
        left, right = max(0, x - beside), x + wide + beside
        shape = (held.labels[y : y + high, left:right] == label).astype(np.uint8)
        rule = (ruled[y : y + high, left:right] > 0).astype(np.uint8)
        for body, sure in _bodies(shape, rule, size):
            found = _line(shape, body, size)
            if found is not None:
                (x0, top, x1, bottom), line = found
                yield left + x0, y + top, left + x1, y + bottom, line[top:bottom, x0:x1], sure
                break


def _bodies(shape: Any, rule: Any, size: float) -> Iterator[tuple[Any, float]]:
    """What a ring with letters may be told by: itself, or what it encloses, as a scribble may, too."""
    yield shape, 0.0
    if rule.any():  # a cell's edge, taken off the page, has cut the ring: it closes it
        yield shape | rule, 0.0
    yield _mended(shape, size), SURE


def _line(shape: Any, body: Any, size: float) -> tuple[tuple[int, int, int, int], Any] | None:
    """A ring's box and where its line runs, if what has this body is a ring; None if not."""
    import cv2
    import numpy as np

    high, wide = shape.shape
    outlines, _ = cv2.findContours(body, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea, default=None)
    if outline is None:
        return None
    filled = cv2.contourArea(outline)
    hull = cv2.contourArea(cv2.convexHull(outline))
    x, y, own_wide, own_high = cv2.boundingRect(outline)
    if own_high < _HIGH[0] * size or own_wide < max(_WIDE[0] * size, 0.9 * own_high):
        return None
    if not _FILLS[0] < filled / (own_wide * own_high) < _FILLS[1] or filled < _CONVEX * hull:
        return None
    inside = np.zeros((high + 2, wide + 2), np.uint8)
    cv2.drawContours(inside, [outline], -1, 255, cv2.FILLED, offset=(1, 1))
    if np.count_nonzero(shape[inside[1:-1, 1:-1] > 0]) > _INKED * filled:
        return None
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 3)[1:-1, 1:-1]
    line = (shape > 0) & (np.asarray(depth) < _thickness(shape, np.asarray(depth), size))
    box = x, y, x + own_wide, y + own_high
    return box, np.asarray(cv2.dilate(line.astype(np.uint8), np.ones((3, 3), np.uint8))) > 0


def _thickness(shape: Any, depth: Any, size: float) -> float:
    """How far from its outline a ring's line reaches: as far as most of what lies there is ink."""
    least = _LINE * size
    for inner in range(1, math.ceil(_THICKEST * size)):
        there = shape[(depth >= inner) & (depth < inner + 1)]
        if not there.size or there.mean() < 0.5:
            return max(least, inner + 1.0)
    return least


def _mended(shape: Any, size: float) -> Any:
    """What a line encloses whose ends do not meet, without what is narrow and stands out of it.

    By a closing, filled, and an opening (Serra, *Image Analysis and Mathematical Morphology*, 1982).
    """
    import cv2
    import numpy as np

    room = round(_NARROW * size)
    closed = cv2.morphologyEx(np.pad(shape, room), cv2.MORPH_CLOSE, _disc(_OPEN * size))
    opened = cv2.morphologyEx(_filled(closed), cv2.MORPH_OPEN, _disc(_NARROW * size))
    return np.ascontiguousarray(opened[room:-room, room:-room])


def _filled(shape: Any) -> Any:
    import cv2
    import numpy as np

    outlines, _ = cv2.findContours(shape, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros_like(shape)
    cv2.drawContours(filled, outlines, -1, 1, cv2.FILLED)
    return filled


def _disc(across: float) -> Any:
    import cv2

    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (round(across) | 1,) * 2)
