"""Boxes and circles before options, of which a pen has covered one."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from parsers._ocr import Word
from parsers._scanned._check_boxes import CheckBox
from parsers._scanned._covered import told_by_fellows
from parsers._scanned._upright import parts

Pixels = NDArray[np.uint8]
SIDE, SIZE = 30, 40.0
EDUCATION = ("primaire ou sans diplôme", "secondaire inférieur", "supérieur de type court")


def _word(text: str, x0: float, baseline: float) -> Word:
    return Word(text, x0, baseline - 28, x0 + 16 * len(text), baseline + 4, 0.9, baseline, SIZE)


def _list(*, below: bool) -> list[tuple[str, int, int]]:
    """Each option with the left side of its box and its foot: on one row, or below each other."""
    if below:
        return [(said.split()[0], 100, 100 + 60 * at) for at, said in enumerate(EDUCATION)]
    return [("oui", 100, 100), ("non", 300, 100)]


def _drawn(options: list[tuple[str, int, int]], chosen: int | None, *, round_ones: bool = False) -> Pixels:
    """The page in white on black: an empty box before each option, over one a blot larger than it."""
    black = np.zeros((400, 700), np.uint8)
    for at, (said, x, foot) in enumerate(options):
        if round_ones:
            cv2.circle(black, (x + SIDE // 2, foot - SIDE // 2), SIDE // 2, 255, 3)
        else:
            cv2.rectangle(black, (x, foot - SIDE), (x + SIDE, foot), 255, 3)
        cv2.putText(black, said, (x + 50, foot), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 255, 2)
        if at == chosen:
            cv2.rectangle(black, (x - 4, foot - SIDE - 5), (x + SIDE + 5, foot + 4), 255, -1)
    return black


@pytest.mark.parametrize("below", [False, True])
def test_a_box_that_is_filled_beyond_its_sides_is_ticked(below: bool) -> None:
    """The others are empty, and where it should be there is clearly more ink."""
    options = _list(below=below)
    boxes = [CheckBox(x, foot - SIDE, x + SIDE, foot, ticked=False) for _, x, foot in options[:-1]]
    words = [_word(said, x + 50, foot) for said, x, foot in options]
    words[-1:] = [_word("M", options[-1][1] + 4, options[-1][2]), words[-1]]
    black = _drawn(options, len(options) - 1)
    found = told_by_fellows(words, boxes, black, parts(black), black)

    assert [(box.ticked, abs(box.x0 - options[-1][1]) < 5) for box in found.boxes] == [(True, True)]
    assert [word.text for word in found.words] == [said for said, _, _ in options]


def test_a_filled_circle_is_told_among_empty_ones() -> None:
    """Circles are read as letters, « O oui  © non »: each becomes a box, and one is ticked."""
    options = _list(below=False)
    words = [_word("O", 102, 100), _word("oui", 150, 100), _word("©non", 300, 100)]
    black = _drawn(options, 1, round_ones=True)
    found = told_by_fellows(words, [], black, parts(black), black)

    assert [box.ticked for box in found.boxes] == [False, True]
    assert [word.text for word in found.words] == ["oui", "non"]


@pytest.mark.parametrize("round_ones", [False, True])
def test_where_nothing_is_covered_nothing_is_told(round_ones: bool) -> None:
    """Empty boxes are seen as such; empty circles may be letters: a ring around a word may choose it yet."""
    options = _list(below=True)
    boxes = [CheckBox(x, foot - SIDE, x + SIDE, foot, ticked=False) for _, x, foot in options]
    words = [_word(said, x + 50, foot) for said, x, foot in options]
    black = _drawn(options, None, round_ones=round_ones)
    found = told_by_fellows(words, [] if round_ones else boxes, black, parts(black), black)

    assert (found.boxes, found.words) == ([], words)


def test_letters_that_are_no_options_have_no_boxes() -> None:
    """« O Rue », « O Nom »: a bullet, perhaps; nothing is chosen there."""
    options = [("Rue", 100, 100), ("Nom", 300, 100)]
    black = _drawn(options, 1, round_ones=True)
    words = [_word(said, x + 50, foot) for said, x, foot in options]

    assert told_by_fellows(words, [], black, parts(black), black).boxes == []


@pytest.mark.parametrize(("covered", "told"), [(True, 1), (False, 0)])
def test_the_box_that_a_row_of_ten_lacks_is_ticked(covered: bool, told: int) -> None:
    """Nine empty ones at equal distances; where nothing stands in the gap, nothing is told."""
    row = [(f"{at}", 20 + 60 * at, 100) for at in range(10)]
    black = np.zeros((200, 700), np.uint8)
    for at, (_, x, foot) in enumerate(row):
        if at != 6 or covered:
            cv2.rectangle(black, (x, foot - SIDE), (x + SIDE, foot), 255, -1 if at == 6 else 3)
    boxes = [
        CheckBox(x, foot - SIDE, x + SIDE, foot, ticked=False)
        for at, (_, x, foot) in enumerate(row) if at != 6
    ]  # fmt: skip
    found = told_by_fellows([], boxes, black, parts(black), black).boxes

    assert [(box.ticked, round(box.x0)) for box in found] == [(True, 380)] * told


@pytest.mark.parametrize(
    ("said", "places"),
    [(("Ooui", "@non"), "touching"), (("ouiO", "non"), "behind"), (("oui", "non7"), "behind")],
)
def test_a_circle_may_touch_its_option_or_stand_behind_it(said: tuple[str, str], places: str) -> None:
    """« Ooui @non », « ouiO non✓ »: read as one word with it; the second is filled."""
    black = np.zeros((200, 700), np.uint8)
    words = []
    for at, text in enumerate(said):
        x = 100 + 300 * at + (60 if places == "behind" else 0)
        cv2.circle(black, (x + SIDE // 2, 85), SIDE // 2, 255, -1 if at else 3)
        x0, x1 = (x, x + 100) if places == "touching" else (x - 60, x + SIDE if len(text) > 3 else x - 4)
        words.append(Word(text, x0, 72, x1, 104, 0.2, 100, SIZE))
    found = told_by_fellows(words, [], black, parts(black), black)

    assert [(word.text, word.confidence) for word in found.words] == [("oui", 0.6), ("non", 0.6)]
    assert [box.ticked for box in found.boxes] == [False, True]


def test_a_list_of_circles_that_wraps_is_one_list() -> None:
    """Of five levels the last ones stand on a second row; a tick that touches a word is read as its head."""
    places = [
        ("primaire", 100, 100),
        ("secondaire", 500, 100),
        ("secondaire", 900, 100),
        ("supérieur", 100, 160),
    ]
    black = np.zeros((300, 1300), np.uint8)
    words = []
    for at, (said, x, foot) in enumerate(places):
        cv2.circle(black, (x + SIDE // 2, foot - SIDE // 2), SIDE // 2, 255, 3)
        words.append(_word(said, x + 50, foot))
        if at == 2:
            cv2.line(black, (x, foot - 15), (x + 15, foot), 255, 5)
            cv2.line(black, (x + 15, foot), (x + 40, foot - 40), 255, 5)
            words[-1] = Word(said, x + 10, foot - 28, words[-1].x1, foot + 4, 0.9, foot, SIZE)
    found = told_by_fellows(words, [], black, parts(black), black)

    assert [box.ticked for box in found.boxes] == [False, False, True, False]
    assert [word.text for word in found.words] == [said for said, _, _ in places]


def test_a_box_between_two_options_is_the_one_that_its_fellows_stand_with() -> None:
    """« … ? oui ☐ non ☐ »: the first is near « non », too, and before « oui » stands a sign and no box."""
    black = np.zeros((200, 700), np.uint8)
    words = [_word("?", 100, 100), _word("oui", 160, 100), _word("non", 290, 100)]
    boxes = [CheckBox(x, 70, x + SIDE, 100, ticked=False) for x in (230, 360)]
    for box in boxes:
        cv2.rectangle(black, (int(box.x0), 70), (int(box.x1), 100), 255, 3)
    cv2.rectangle(black, (90, 66), (130, 106), 255, -1)

    assert not told_by_fellows(words, boxes, black, parts(black), black).boxes
