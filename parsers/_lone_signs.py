"""« - » and « / » alone on their row: people answer « none » with them, and Tesseract passes them over.

They are told by their shape, with nothing beside them; a dash also by where it stands, at the left edge of
the rows: a speck is seldom flat, and seldom just there.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from parsers._ocr import Word
from parsers._upright import Parts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

DASH, SLASH = "-", "/"
_DASH_PT = (2.3, 14.0), (0.4, 2.0)
"""How long and how thick a hyphen or a dash is."""
_SLASH_PT = (2.0, 7.0), (6.5, 14.0)
"""How wide and how high a stroke is that leans."""
_FLAT, _FULL, _LEANING, _THIN_PT = 1.9, 0.6, 0.85, 1.8
"""How much longer than thick a hyphen is, of which a photo blurs the edges; how much of its box it fills."""
_AROUND_PT, _ABOVE_PT = 10.0, 3.0
"""How far from it nothing else stands, to the sides and over and under it."""
_ALIGNED_PT, _ROWS = 3.5, 3
"""How near to the left edge of how many rows of the page it begins."""
_SURE, _SIZE_PT = 0.9, 10.0


def lone_signs(words: Sequence[Word], black: "Pixels", held: Parts, point: float) -> list[Word]:
    """The signs that stand alone on a page, as words.

    Args:
        words: what was read.
        black: 255 where something is written, ruled lines taken out.
        held: its parts.
        point: pixels to the point.
    """
    found = list(_signs(black, held, point))
    dashes = any(sign.text == DASH for sign in found)
    edges = _left_edges(words, point) if dashes else ()
    return [sign for sign in found if sign.text == SLASH or _is_at(sign.x0, edges, point)]


def _signs(black: "Pixels", held: Parts, point: float) -> Iterator[Word]:
    """What has the shape of one and nothing beside it."""
    import cv2
    import numpy as np

    w, h, area = held.stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_AREA + 1].T
    flat = _within(w, _DASH_PT[0], point) & _within(h, _DASH_PT[1], point)
    flat &= (w >= _FLAT * h) & (area >= _FULL * w * h)
    thin = _within(w, _SLASH_PT[0], point) & _within(h, _SLASH_PT[1], point)
    thin &= area <= _THIN_PT * point * np.hypot(w, h)
    for label in np.flatnonzero(flat | thin).tolist():
        x, y, wide, high, _ = held.stats[label].tolist()
        sign = DASH if flat[label] else SLASH
        if sign == SLASH and not _leans(held.labels[y : y + high, x : x + wide] == label):
            continue
        if _is_alone(x, y, wide, high, black, point):
            foot = y + high + (0.25 * _SIZE_PT * point if sign == DASH else 0.0)
            yield Word(sign, x, y, x + wide, y + high, _SURE, foot, _SIZE_PT * point)


def _within(sides: Any, limits: tuple[float, float], point: float) -> Any:
    return (sides >= limits[0] * point) & (sides <= limits[1] * point)


def _leans(shape: Any) -> bool:
    import cv2

    seen = cv2.moments(shape.view("uint8"), binaryImage=True)
    across, down = seen["mu20"], seen["mu02"]
    return across > 0 < down and seen["mu11"] < -_LEANING * (across * down) ** 0.5


def _left_edges(words: Sequence[Word], point: float) -> Sequence[float]:
    """Where several rows begin."""
    starts = Counter(round(x / (_ALIGNED_PT * point)) for x in _row_starts(words, point))
    return [at * _ALIGNED_PT * point for at, rows in starts.items() if rows >= _ROWS]


def _row_starts(words: Sequence[Word], point: float) -> Iterator[float]:
    for word in words:
        row = [other for other in words if abs(other.baseline - word.baseline) < 0.4 * word.size]
        if not any(0 < word.x0 - other.x0 < _AROUND_PT * 3 * point for other in row):
            yield word.x0


def _is_at(x: float, edges: Sequence[float], point: float) -> bool:
    return any(abs(x - edge) <= _ALIGNED_PT * point for edge in edges)


def _is_alone(x: int, y: int, w: int, h: int, black: "Pixels", point: float) -> bool:
    beside, above = round(_AROUND_PT * point), round(_ABOVE_PT * point)
    row = black[max(0, y - above) : y + h + above, max(0, x - beside) : x + w + beside]
    return bool((row > 0).sum() == (black[y : y + h, x : x + w] > 0).sum())
