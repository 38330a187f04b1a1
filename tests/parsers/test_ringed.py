"""Rings around words: told by what they enclose, where their own outline is none."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from parsers import _ocr
from parsers._ocr import Word
from parsers._scanned import _ringed
from parsers._scanned._upright import parts

Pixels = NDArray[np.uint8]
SIZE, FOOT = 40.0, 200
MIDDLE = (300, FOOT - 12)


def _whole(black: Pixels) -> None:
    cv2.ellipse(black, MIDDLE, (62, 36), 0, 0, 360, 255, 4)


def _open(black: Pixels) -> None:
    cv2.ellipse(black, MIDDLE, (62, 36), 0, 8, 350, 255, 4)


def _over_a_slash(black: Pixels) -> None:
    _whole(black)
    cv2.line(black, (215, FOOT + 6), (245, FOOT - 34), 255, 4)
    cv2.line(black, (330, FOOT - 46), (330, FOOT - 90), 255, 5)  # a letter of the row above


def _narrow_under_a_letter(black: Pixels) -> None:
    cv2.ellipse(black, MIDDLE, (52, 42), 0, 0, 360, 255, 4)
    cv2.line(black, (300, FOOT - 56), (300, FOOT - 86), 255, 5)


def _frame(black: Pixels) -> None:
    cv2.rectangle(black, (238, FOOT - 48), (362, FOOT + 24), 255, 4)


@pytest.mark.parametrize(
    ("draw", "found"),
    [(_whole, True), (_open, True), (_over_a_slash, True), (_narrow_under_a_letter, True), (_frame, False)],
)
def test_a_ring_is_told_by_what_it_encloses(
    draw: Callable[[Pixels], None], found: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its ends need not meet, and it may go over what stands beside it; a frame is none."""
    black = np.zeros((400, 600), np.uint8)
    draw(black)
    cv2.putText(black, "non", (270, FOOT), cv2.FONT_HERSHEY_SIMPLEX, 1.1, 255, 4)
    monkeypatch.setattr(_ocr, "words_of_block", lambda *_: [Word("non", 272, 170, 330, 202, 0.9, FOOT, SIZE)])
    words = [Word("oui", 120, 170, 180, 202, 0.9, FOOT, SIZE)]
    grey = np.asarray(255 - black, np.uint8)
    got = _ringed.without_rings(words, grey, parts(black), np.zeros_like(black), 200)

    assert bool(got.rings) is found
    assert {word.text for word in got.words} == ({"oui", "non"} if found else {"oui"})


@pytest.mark.parametrize(("said", "sure", "rings"), [("IAA", 0.9, 1), ("IAA", 0.3, 0), ("‘non", 0.1, 1)])
def test_what_an_open_line_encloses_is_surely_read_or_an_option(
    said: str, sure: float, rings: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it may be the loops of a signature, of which two letters are soon made."""
    black = np.zeros((400, 600), np.uint8)
    _open(black)
    read = Word(said, 272, 170, 330, 202, sure, FOOT, SIZE)
    monkeypatch.setattr(_ocr, "words_of_block", lambda *_: [read])
    words = [Word("oui", 120, 170, 180, 202, 0.9, FOOT, SIZE)]
    got = _ringed.without_rings(words, np.asarray(255 - black), parts(black), np.zeros_like(black), 200)

    assert len(got.rings) == rings


def test_a_ring_that_reaches_into_the_row_above_is_of_its_own_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands above its middle by more than a row's height stays as it was read."""
    black = np.zeros((400, 600), np.uint8)
    _whole(black)
    cv2.putText(black, "non", (270, FOOT), cv2.FONT_HERSHEY_SIMPLEX, 1.1, 255, 4)
    above = Word("Bénéficiez", 240, 140, 420, 184, 0.9, FOOT - 18, SIZE)
    monkeypatch.setattr(_ocr, "words_of_block", lambda *_: [Word("non", 272, 170, 330, 202, 0.9, FOOT, SIZE)])
    got = _ringed.without_rings([above], np.asarray(255 - black), parts(black), np.zeros_like(black), 200)

    assert [word.text for word in got.words] == ["Bénéficiez", "non"]


def test_the_row_in_a_ring_is_the_one_of_the_words_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn too high, a ring has the feet of the row above in it: these are not read with its own row."""
    black = np.zeros((400, 600), np.uint8)
    cv2.ellipse(black, (300, FOOT - 26), (62, 40), 0, 0, 360, 255, 4)
    seen: list[tuple[int, int]] = []

    def read(piece: Pixels, _: float, left: int, top: int) -> list[Word]:
        seen.append((top, top + piece.shape[0]))
        return [Word("non", 272, 170, 330, 202, 0.1, FOOT, SIZE)]

    monkeypatch.setattr(_ocr, "words_of_block", read)
    words = [Word("oui", 120, 170, 180, 202, 0.9, FOOT, SIZE)]
    got = _ringed.without_rings(words, np.asarray(255 - black), parts(black), np.zeros_like(black), 200)

    assert len(got.rings) == 1
    assert seen[0][0] >= FOOT - SIZE


@pytest.mark.parametrize("wide", [4, 9, 14])
def test_of_a_ring_nothing_stays_however_thick_the_pen_is(wide: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left of a thick line at the sides of a word is read as letters of it."""
    black = np.zeros((400, 600), np.uint8)
    cv2.ellipse(black, MIDDLE, (76, 46), 0, 0, 360, 255, wide)
    monkeypatch.setattr(_ocr, "words_of_block", lambda *_: [Word("non", 272, 170, 330, 202, 0.9, FOOT, SIZE)])
    words = [Word("oui", 120, 170, 180, 202, 0.9, FOOT, SIZE)]
    got = _ringed.without_rings(words, np.asarray(255 - black), parts(black), np.zeros_like(black), 200)

    assert len(got.rings) == 1
    assert int((got.clean < 128).sum()) == 0


def test_signs_at_a_rings_sides_are_no_part_of_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """« oui {non> » is read where something of the line is left; a sign further away stays."""
    black = np.zeros((400, 600), np.uint8)
    _whole(black)
    read = [
        Word("(a)", 130, 170, 190, 202, 0.9, FOOT, SIZE),
        Word("{non)", 240, 170, 362, 202, 0.9, FOOT, SIZE),
        Word(">", 352, 170, 360, 202, 0.9, FOOT, SIZE),
    ]
    monkeypatch.setattr(_ocr, "words_of_block", lambda *_: read)
    words = [Word("non", 272, 170, 330, 202, 0.9, FOOT, SIZE)]
    got = _ringed.without_rings(words, np.asarray(255 - black), parts(black), np.zeros_like(black), 200)

    assert [word.text for word in got.words] == ["(a)", "non"]
