"""Coloured rings and lines on options: what is read without their colour, and what they say."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from parsers import _ocr
from parsers._ocr import Word
from parsers._scanned import _in_colour
from parsers._scanned._raster import Raster
from parsers._scanned._upright import Upright

Pixels = NDArray[np.uint8]
DPI, SIZE, FOOT = 150.0, 24.0, 150
BLUE, BLACK = (35, 55, 150), (25, 25, 25)
OUI = Word("oui", 100, FOOT - 18, 134, FOOT, 0.9, FOOT, SIZE)
NON = Word("non", 142, FOOT - 13, 180, FOOT, 0.9, FOOT, SIZE)


def _ring(page: Pixels, colour: tuple[int, int, int]) -> None:
    cv2.ellipse(page, (161, FOOT - 7), (27, 17), 0, 0, 355, colour, 3)


def _through(page: Pixels, colour: tuple[int, int, int]) -> None:
    cv2.line(page, (139, FOOT - 5), (184, FOOT - 9), colour, 3)


def _under(page: Pixels, colour: tuple[int, int, int]) -> None:
    cv2.line(page, (140, FOOT + 5), (183, FOOT + 6), colour, 3)


def _at_the_foot(page: Pixels, colour: tuple[int, int, int]) -> None:
    cv2.line(page, (140, FOOT - 2), (183, FOOT - 1), colour, 3)


def _letters(page: Pixels, colour: tuple[int, int, int]) -> None:
    cv2.putText(page, "non", (142, FOOT), cv2.FONT_HERSHEY_SIMPLEX, 0.7, colour, 3)


def _told(
    draw: Callable[[Pixels, tuple[int, int, int]], None],
    monkeypatch: pytest.MonkeyPatch,
    *,
    colour: tuple[int, int, int] = BLUE,
    again: list[Word] | None = None,
) -> _in_colour.Uncoloured:
    page = np.full((300, 400, 3), (235, 225, 205), np.uint8)
    cv2.putText(page, "oui/non", (100, FOOT), cv2.FONT_HERSHEY_SIMPLEX, 0.7, BLACK, 2)
    draw(page, colour)
    grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)
    monkeypatch.setattr(_ocr, "words_enlarged", lambda *_: [OUI, NON] if again is None else again)
    garbled = Word("ouiler)", 100, FOOT - 18, 186, FOOT + 8, 0.3, FOOT + 8, SIZE)
    upright = Upright(Raster(page, DPI), grey, DPI, shadowed=False, turned=0)
    return _in_colour.without_colour([garbled], upright, grey)


def test_a_word_in_a_coloured_ring_is_read_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both options take the place of what was read of them; the ring is around one, and off the page."""
    got = _told(_ring, monkeypatch)

    assert [word.text for word in got.words] == ["oui", "non"]
    assert [(round(box.x0 * DPI / 72), round(box.x1 * DPI / 72)) for box in got.rings] == [(142, 180)]
    assert got.clean[FOOT - 26 : FOOT - 20, 130:190].min() > 150
    assert got.clean[FOOT - 12 : FOOT, 142:180].min() < 80


@pytest.mark.parametrize(("draw", "at"), [(_through, -7), (_under, 5)])
def test_a_coloured_line_is_through_a_word_or_under_it(
    draw: Callable[[Pixels, tuple[int, int, int]], None], at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told where a printed one would lie, by where the word stands that is read without it."""
    (stroke,) = _told(draw, monkeypatch).strokes

    assert (stroke.x0, stroke.x1) == (NON.x0, NON.x1)
    assert round(stroke.top - FOOT) == at


@pytest.mark.parametrize("draw", [_at_the_foot, _letters])
def test_a_line_at_the_feet_of_letters_and_coloured_letters_tell_nothing(
    draw: Callable[[Pixels, tuple[int, int, int]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one may underline or strike out; the others are print."""
    got = _told(draw, monkeypatch)

    assert (got.rings, got.strokes) == ([], [])


def test_black_ink_has_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no other than print, and the paper's own tint is none."""
    got = _told(_ring, monkeypatch, colour=BLACK)

    assert [word.text for word in got.words] == ["ouiler)"]
    assert not got.rings


@pytest.mark.parametrize(
    ("read", "words"), [("oui/nor", ["oui", "non"]), ("ouisnon", ["oui", "non"]), ("oui/mardi", ["ouiler)"])]
)
def test_what_a_letter_lost_is_told_by_the_other_option(
    read: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """« nor » beside « oui » is « non »; what stands between them may be told as a letter."""
    got = _told(_ring, monkeypatch, again=[Word(read, 100, FOOT - 18, 180, FOOT, 0.9, FOOT, SIZE)])

    assert [word.text for word in got.words if word.text != "/"] == words
