"""Cells in which something stands that was not read: each is recognised once more, alone.

On a whole page Tesseract passes over what stands alone: a digit in a grid, a cross, a short name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parsers import _ocr
from parsers._ocr import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

Cell = tuple[float, float, float, float]
"""Left, top, right, bottom; in points."""

MOST = 24
"""Cells of one page that are looked at again."""
_TALLEST_PT = 70.0
_LEAST_PT2 = 2.0
"""How much of a cell must be dark: less than a printed 1 is dirt."""
_LETTER_PT = 3.5
_RIM_PT = 1.6
_SURE, _SURE_SIGN = 0.45, 0.6
"""Of a word, and of signs without letter or digit."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What a closer look gave."""

    words: list[Word]
    unread: list[Cell]
    """Cells in which something stands that is no word."""


def look_again(
    cells: Sequence[Cell], known: Sequence[Word], clean: "Pixels", black: "Pixels", dpi: float
) -> SecondLook:
    """Look closer at cells that hold ink and no word.

    Args:
        clean: the page in grey without what is drawn; `black`: 255 where it is written.
    """
    point = dpi / 72
    found = SecondLook([], [])
    for cell in list(_unread(cells, known, black, point))[:MOST]:
        x0, top, x1, bottom = (round(side * point) for side in cell)
        rim = round(_RIM_PT * point)
        piece = clean[top + rim : bottom - rim, x0 + rim : x1 - rim]
        words = [w for w in _ocr.words_of_block(piece, dpi, x0 + rim, top + rim) if _is_word(w)]
        found.words.extend(words)
        if not words:
            found.unread.append(cell)
    return found


def _is_word(word: Word) -> bool:
    return word.confidence >= (_SURE if any(char.isalnum() for char in word.text) else _SURE_SIGN)


def _unread(cells: Sequence[Cell], known: Sequence[Word], black: "Pixels", point: float) -> Iterator[Cell]:
    for cell in cells:
        x0, top, x1, bottom = (side * point for side in cell)
        if bottom - top > _TALLEST_PT * point or min(x1 - x0, bottom - top) < 7 * point:
            continue
        middles = (((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2) for word in known)
        if any(x0 <= x <= x1 and top <= y <= bottom for x, y in middles):
            continue
        if _written(black, cell, point):
            yield cell


def _written(black: "Pixels", cell: Cell, point: float) -> bool:
    """Whether something as large as a letter stands inside, away from the cell's own lines."""
    import cv2

    x0, top, x1, bottom = (round(side * point) for side in cell)
    rim = round(_RIM_PT * point)
    inside: Any = black[top + rim : bottom - rim, x0 + rim : x1 - rim]
    if inside.size == 0 or (inside > 0).sum() < _LEAST_PT2 * point**2:
        return False
    _, _, parts, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    height, width = inside.shape
    return any(
        max(w, h) >= _LETTER_PT * point and x > 0 and y > 0 and x + w < width and y + h < height
        for x, y, w, h, _ in parts[1:].tolist()
    )
