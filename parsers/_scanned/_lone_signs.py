"""« - » and « / » alone on their row: people answer « none » with them, and Tesseract passes them over.

They are told by their shape, with nothing beside them; a dash also by where it stands, at the left edge of
the rows, or behind the colon of a label: a speck is seldom flat, and seldom just there.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from parsers._ocr import Word
from parsers._scanned._upright import Parts

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
_BEHIND_PT, _HEIGHTS = 30.0, (0.1, 0.7)
"""How near behind a colon it stands, and how high over the foot of its row, in sizes."""
_CLOSES = (":", "?")
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
    alone = [sign for sign in found if _is_alone(sign, black, point)]
    edges = _left_edges(words, point) if any(sign.text == DASH for sign in alone) else ()
    return [
        sign for sign in found
        if (sign in alone and (sign.text == SLASH or _is_at(sign.x0, edges, point)))
        or (sign.text == DASH and _is_behind_a_colon(sign, words, black, point))
    ]  # fmt: skip


def _signs(black: "Pixels", held: Parts, point: float) -> Iterator[Word]:
    """What has the shape of one and nothing behind it."""
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
        foot = y + high + (0.25 * _SIZE_PT * point if sign == DASH else 0.0)
        word = Word(sign, x, y, x + wide, y + high, _SURE, foot, _SIZE_PT * point)
        if _is_free(word, black, 0, point):
            yield word


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


def _is_behind_a_colon(sign: Word, words: Sequence[Word], black: "Pixels", point: float) -> bool:
    """Whether it is the first thing behind a label's colon, at the height of a dash."""
    before = max((word for word in words if _is_before(word, sign, point)), key=lambda w: w.x1, default=None)
    if before is None or not before.text.endswith(_CLOSES):
        return False
    return _is_free(sign, black, round(min(_AROUND_PT * point, sign.x0 - before.x1)), point)


def _is_before(word: Word, sign: Word, point: float) -> bool:
    over = word.baseline - (sign.top + sign.bottom) / 2
    near = 0 <= sign.x0 - word.x1 < _BEHIND_PT * point
    return near and _HEIGHTS[0] * word.size < over < _HEIGHTS[1] * word.size


def _is_alone(sign: Word, black: "Pixels", point: float) -> bool:
    return _is_free(sign, black, round(_AROUND_PT * point), point)


def _is_free(sign: Word, black: "Pixels", before: int, point: float) -> bool:
    """Whether nothing stands behind it, so far before it, and close over and under it."""
    x, y, x1, y1 = int(sign.x0), int(sign.top), int(sign.x1), int(sign.bottom)
    beside, above = round(_AROUND_PT * point), round(_ABOVE_PT * point)
    row = black[max(0, y - above) : y1 + above, max(0, x - before) : x1 + beside]
    return bool((row > 0).sum() == (black[y:y1, x:x1] > 0).sum())
