"""« - » and « / » alone on a scan's row, which Tesseract passes over."""

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers._ocr import Word
from parsers._scanned._lone_signs import lone_signs
from parsers._scanned._upright import parts

POINT = 2.5
LEFT = 150

Pixels = NDArray[np.uint8]


def _rows() -> list[Word]:
    """Four rows that begin at the left edge."""
    tops = (100, 140, 300, 340)
    return [Word("Réponse", LEFT, top, LEFT + 90, top + 20, 0.9, top + 20, 25) for top in tops]


def _page(*shapes: tuple[tuple[int, int], tuple[int, int], int]) -> Pixels:
    """The rows, blackened, and strokes between two points, so thick."""
    black = np.zeros((450, 900), np.uint8)
    for word in _rows():
        black[int(word.top) : int(word.bottom), int(word.x0) : int(word.x1)] = 255
    for start, end, thick in shapes:
        cv2.line(black, start, end, 255, thick)
    return black


def _told(*shapes: tuple[tuple[int, int], tuple[int, int], int]) -> list[str]:
    black = _page(*shapes)
    return [word.text for word in lone_signs(_rows(), black, parts(black), POINT)]


def test_a_dash_at_the_edge_of_the_rows_and_a_slash_anywhere_are_words() -> None:
    """What people write for « none » is read by its shape."""
    assert _told(((LEFT, 220), (LEFT + 9, 220), 2)) == ["-"]
    assert _told(((600, 240), (609, 217), 2)) == ["/"]


def test_a_photo_blurs_a_hyphen_to_a_little_bar() -> None:
    """Ten pixels by five are one; a speck is as high as it is wide."""
    assert _told(((LEFT, 220), (LEFT + 5, 220), 4)) == ["-"]


def test_what_only_looks_like_one_is_none() -> None:
    """A scratch away from the edge, a speck, a stroke that leans the other way, a dash in a row of words."""
    assert _told(((500, 220), (509, 220), 2)) == []
    assert _told(((LEFT, 220), (LEFT + 4, 220), 4)) == []
    assert _told(((600, 217), (609, 240), 2)) == []
    assert _told(((LEFT + 100, 110), (LEFT + 109, 110), 2)) == []


def test_a_dash_right_behind_a_colon_is_an_answer() -> None:
    """Closer to its label than anything that stands alone; not so behind words, or before others."""
    rows = [
        *_rows(),
        Word("capital:", 300, 200, 390, 220, 0.9, 220, 25),
        Word("et", 300, 260, 390, 280, 0.9, 280, 25),
    ]
    black = _page(((402, 211), (412, 211), 2), ((402, 271), (412, 271), 2))
    for word in rows:
        black[int(word.top) : int(word.bottom), int(word.x0) : int(word.x1)] = 255
    followed = black.copy()
    followed[205:218, 420:450] = 255

    assert [(sign.text, sign.top < 220) for sign in lone_signs(rows, black, parts(black), POINT)] == [
        ("-", True)
    ]
    assert lone_signs(rows, followed, parts(followed), POINT) == []
