"""« - » and « / » alone on their row: people answer « none » with them, and Tesseract passes them over.

They are told by their shape, with nothing beside them; a dash also by where it stands, at the left edge of
the rows: a speck is seldom flat, and seldom just there.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from parsers._ocr import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

DASH, SLASH = "-", "/"
_DASH_PT = (2.3, 14.0), (0.4, 2.0)
"""How long and how thick a hyphen or a dash is."""
_SLASH_PT = (2.0, 7.0), (6.5, 14.0)
"""How wide and how high a stroke is that leans."""
_FULL, _LEANING, _THIN_PT = 0.6, 0.85, 1.8
_AROUND_PT, _ABOVE_PT = 10.0, 3.0
"""How far from it nothing else stands, to the sides and over and under it."""
_ALIGNED_PT, _ROWS = 3.5, 3
"""How near to the left edge of how many rows of the page it begins."""
_SURE, _SIZE_PT = 0.9, 10.0


def lone_signs(words: Sequence[Word], black: "Pixels", point: float) -> list[Word]:
    """The signs that stand alone on a page, as words.

    Args:
        words: what was read.
        black: 255 where something is written, ruled lines taken out.
        point: pixels to the point.
    """
    import cv2

    edges = _left_edges(words, point)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    found = []
    for label, (x, y, w, h, area) in enumerate(stats.tolist()):
        sign = label and _shape(x, y, w, h, area, labels, label, point)
        in_place = sign == SLASH or _is_at(x, edges, point)
        if sign and in_place and _is_alone(x, y, w, h, black, point):
            foot = y + h + (0.25 * _SIZE_PT * point if sign == DASH else 0.0)
            found.append(Word(sign, x, y, x + w, y + h, _SURE, foot, _SIZE_PT * point))
    return found


def _shape(x: int, y: int, w: int, h: int, area: int, labels: Any, label: int, point: float) -> str | None:
    import numpy as np

    wide, high = w / point, h / point
    (least, most), (thin, thick) = _DASH_PT
    if least <= wide <= most and thin <= high <= thick and w >= 2.2 * h and area >= _FULL * w * h:
        return DASH
    (narrow, broad), (low, tall) = _SLASH_PT
    if narrow <= wide <= broad and low <= high <= tall and area <= _THIN_PT * point * np.hypot(w, h):
        down, across = np.nonzero(labels[y : y + h, x : x + w] == label)
        return SLASH if np.corrcoef(down, across)[0, 1] < -_LEANING else None
    return None


def _left_edges(words: Sequence[Word], point: float) -> Sequence[float]:
    """Where several rows begin."""
    starts = Counter(round(x / (_ALIGNED_PT * point)) for x in _row_starts(words, point))
    return [at * _ALIGNED_PT * point for at, rows in starts.items() if rows >= _ROWS]


def _row_starts(words: Sequence[Word], point: float) -> Iterator[float]:
    for word in words:
        row = [other for other in words if abs(other.baseline - word.baseline) < 0.4 * word.size]
        if not any(0 < word.x0 - other.x0 < _AROUND_PT * 3 * point for other in row):
            yield word.x0


def _is_at(x: int, edges: Sequence[float], point: float) -> bool:
    return any(abs(x - edge) <= _ALIGNED_PT * point for edge in edges)


def _is_alone(x: int, y: int, w: int, h: int, black: "Pixels", point: float) -> bool:
    beside, above = round(_AROUND_PT * point), round(_ABOVE_PT * point)
    row = black[max(0, y - above) : y + h + above, max(0, x - beside) : x + w + beside]
    return bool((row > 0).sum() == (black[y : y + h, x : x + w] > 0).sum())
