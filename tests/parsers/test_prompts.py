"""The sign before each answer of a form, read as a dash or not at all."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from parsers._ocr import Word
from parsers._scanned._prompts import prompts, without
from parsers._scanned._upright import parts

POINT = 2.5
LEFT = 150
TOPS = (100, 150, 200, 250)

Pixels = NDArray[np.uint8]


def _arrow(black: Pixels, top: int) -> None:
    cv2.arrowedLine(black, (LEFT, top + 12), (LEFT + 20, top + 12), 255, 2, tipLength=0.4)


def _word(text: str, left: int, top: int, wide: int) -> Word:
    return Word(text, left, top, left + wide, top + 22, 0.9, top + 20, 26)


def _answered(*answered: int) -> tuple[Pixels, list[Word]]:
    """Four rows that begin with an arrow, some of them followed by words; one arrow was read as a dash."""
    black = np.zeros((350, 900), np.uint8)
    words = [Word("—", LEFT, TOPS[0] + 5, LEFT + 20, TOPS[0] + 19, 0.8, TOPS[0] + 20, 26)]
    for row, top in enumerate(TOPS):
        _arrow(black, top)
        if row in answered:
            words.append(_word("Réponse", LEFT + 40, top, 110))
            black[top : top + 22, LEFT + 40 : LEFT + 150] = 255
    return black, words


def test_a_sign_before_answers_is_none_where_it_stands_alone() -> None:
    """Two rows are answered, two are not: all four arrows are the form's, and the dash was one of them."""
    black, words = _answered(1, 3)
    spots = prompts(words, black, parts(black), POINT)

    assert [round((y - 100) / 50) for _, y, _, _ in sorted(spots, key=lambda spot: spot[1])] == [0, 1, 2, 3]
    assert [word.text for word in without(words, spots)] == ["Réponse", "Réponse"]


def test_signs_that_nothing_follows_may_be_answers() -> None:
    """Somebody who draws the same sign under every question has answered with it."""
    black, words = _answered(1)

    assert prompts(words, black, parts(black), POINT) == []


def test_dashes_before_a_list_are_no_signs_of_the_form() -> None:
    """A dash alone among dashes before words is an answer."""
    black, words = _answered(1, 2)
    flat = np.zeros_like(black)
    for top in TOPS:
        flat[top + 11 : top + 13, LEFT : LEFT + 12] = 255

    assert prompts(words, flat, parts(flat), POINT) == []


def test_a_letter_before_answers_is_told_where_it_stands_alone() -> None:
    """« R : » under a question is blank, and before an answer it is read as what it is."""
    black, words = _answered(1, 3)
    signs = [Word("R", LEFT, top + 4, LEFT + 20, top + 20, 0.9, top + 20, 26) for top in (TOPS[1], TOPS[3])]
    spots = prompts([*words[1:], *signs], black, parts(black), POINT)

    assert sorted(round((y - 100) / 50) for _, y, _, _ in spots) == [0, 2]


@pytest.mark.parametrize(("head", "seen"), [(2, 4), (0, 0)])
def test_an_arrow_in_small_print_is_as_low_as_a_dash(head: int, seen: int) -> None:
    """« → » of nine points is two points high; a thick dash is too, and fills its box."""
    black, words = _answered(1, 2)
    small = np.zeros_like(black)
    for top in TOPS:
        if head:
            small[top + 12 : top + 13, LEFT : LEFT + 14] = 255
            for at in range(3):
                small[top + 10 + at : top + 15 - at, LEFT + 10 + at] = 255
        else:
            small[top + 10 : top + 15, LEFT : LEFT + 14] = 255

    assert len(prompts(words, small, parts(small), POINT)) == seen


def test_letters_that_differ_are_no_sign_of_the_form() -> None:
    """« C. » and « O. » begin headings, and the nought between them answers."""
    black, words = _answered(1, 3)
    signs = [
        Word(text, LEFT, top + 4, LEFT + 20, top + 20, 0.9, top + 20, 26)
        for text, top in (("C.", TOPS[1]), ("O.", TOPS[3]), ("0", TOPS[2]))
    ]

    assert prompts([*words[1:], *signs], black, parts(black), POINT) == []
