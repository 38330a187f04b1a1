"""Scales printed as a row of numbers: their places, and what was added to one of them."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from pdfplumber.table import Table as Ruled

from parsers import _ocr
from parsers._ocr import Word
from parsers._scanned import _number_places, _number_rows
from parsers._scanned._check_boxes import CheckBox
from parsers._scanned._number_places import Band, Blob
from parsers._scanned._number_rows import NumberRow, as_printed, number_rows, parted
from parsers._scanned._recognised import with_rows
from parsers._scanned._upright import parts

POINT = 3.0
STEP, FIRST, HIGH = 66, 120, 24
TOPS = (100, 220, 340)

Pixels = NDArray[np.uint8]


def _page(bold: dict[int, int] | None = None, spoilt: tuple[int, ...] = (), foot: int = 0) -> Pixels:
    """Three rows of ten numbers; by row, the number that is bold; rows of which the first two are a blot.

    A one stands on a foot so many pixels wide to either side.
    """
    grey = np.full((480, 1000), 255, np.uint8)
    for row, top in enumerate(TOPS):
        for number in range(1, 11):
            thick = 4 if (bold or {}).get(row) == number else 2
            for at, digit in enumerate(str(number)):
                place = (FIRST + STEP * (number - 1) + 15 * at, top + HIGH)
                cv2.putText(grey, digit, place, cv2.FONT_HERSHEY_SIMPLEX, 1.1, 0, thick, cv2.LINE_AA)
                if foot and number == 1:
                    cv2.line(
                        grey,
                        (place[0] + 9 - foot, TOPS[row] + HIGH),
                        (place[0] + 9 + foot, TOPS[row] + HIGH),
                        0,
                        2,
                    )
        if row in spoilt:
            cv2.line(grey, (FIRST - 8, top + 8), (FIRST + STEP + 24, top + 14), 0, 5)
    return grey


def _middle(row: int, number: int) -> tuple[int, int]:
    return FIRST + STEP * (number - 1) + 10, TOPS[row] + HIGH // 2


def _read(row: int) -> list[Word]:
    """What was recognised in a row."""
    middles = [_middle(row, number) for number in range(1, 11)]
    return [
        Word(str(number), x - 9, y - 12, x + 9, y + 12, 0.9, y + 12, 30.0)
        for number, (x, y) in enumerate(middles, 1)
    ]


def _found(grey: Pixels, light: Pixels | None = None) -> list[NumberRow]:
    _, black = cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY_INV)
    paper = grey if light is None else light
    return number_rows(parts(np.asarray(black, np.uint8)), grey, lambda: paper, _read(1), (), POINT)


def test_what_a_pen_added_to_one_number_is_its_mark() -> None:
    """A circle, a cross and a row left alone, of which one alone was recognised."""
    grey = _page()
    cv2.ellipse(grey, _middle(0, 7), (28, 24), 0, 0, 360, 0, 3)
    x, y = _middle(1, 2)
    for slant in (-1, 1):
        cv2.line(grey, (x - 20, y - 20 * slant), (x + 20, y + 20 * slant), 0, 3)

    assert [set(row.marked) for row in _found(grey)] == [{6}, {1}, set()]
    assert not _found(grey)[2].perhaps


def test_a_number_in_bold_is_marked() -> None:
    """It has more ink than the same number in the other rows, and nothing else has."""
    assert [set(row.marked) for row in _found(_page({0: 4, 2: 9}))] == [{3}, set(), {8}]


def test_a_number_that_is_bold_in_every_row_is_a_doubt() -> None:
    """Somebody may give five to everything: it is heavier than a five is beside other numbers."""
    assert [set(row.perhaps) for row in _found(_page(dict.fromkeys(range(3), 5)))] == [{4}] * 3


def test_a_one_with_a_foot_is_no_heavier_than_its_face_makes_it() -> None:
    """In faces with serifs it has half as much ink again; it is the same in every row, and no mark."""
    assert [set(row.perhaps) for row in _found(_page(foot=12))] == [set()] * 3


def test_a_stem_that_is_a_pixel_wider_in_one_row_is_no_mark() -> None:
    """A scanner's pixels fell so, at its flag twice: a one is so thin that it has a third more ink."""
    grey = _page()
    x, y = _middle(1, 1)
    for foot in (y + 13, y - 3):
        one = grey[y - 13 : foot, x - 12 : x + 12]
        one[:, 1:] = np.minimum(one[:, 1:], one[:, :-1])

    assert [set(row.marked) for row in _found(grey)] == [set()] * 3
    assert [row.perhaps - {0} for row in _found(grey)] == [set()] * 3


def test_a_highlighted_number_is_marked() -> None:
    """The paper behind it is darker than behind the others; in a shadow it is darker behind all."""
    grey = _page()
    shade = np.linspace(1.0, 0.7, grey.shape[1])[None, :]
    light = (grey * shade).astype(np.uint8)
    x, y = _middle(2, 5)
    behind = light[y - 16 : y + 16, x - 18 : x + 18]
    behind[:] = (behind * 0.6).astype(np.uint8)

    assert [set(row.marked) for row in _found(grey, light)] == [set(), set(), {4}]


def test_a_row_of_which_numbers_are_hidden_borrows_the_places_of_another() -> None:
    """A stroke that joins the first two marks both: no empty row, and no choice of one of them."""
    assert [set(row.marked) for row in _found(_page(spoilt=(2,)))] == [set(), set(), {0, 1}]


def test_a_lost_row_gets_its_numbers_back() -> None:
    """What was made of it, « 1234 » or « à », gives way to what stands at the same places in others."""
    (x, y), (end, _) = _middle(0, 1), _middle(0, 4)
    lost = Word("à234", x, y - 10, end, y + 10, 0.3, y + 10, 30.0)
    words = as_printed(_found(_page()), [lost, *_read(1)], POINT)

    assert [word.text for word in words] == [str(number) for number in range(1, 11)] * 3


def test_nine_numbers_behind_a_word_are_no_ten() -> None:
    """Where the ten is hidden, a word before the one would make of each number the one below."""
    grey = _page()
    for top in TOPS:
        grey[top - 20 : top + HIGH + 20, FIRST + 9 * STEP - 12 :] = 255
        cv2.rectangle(grey, (FIRST - STEP, top), (FIRST - STEP + 20, top + HIGH), 0, 3)

    assert _found(grey) == []


def test_where_many_numbers_differ_none_is_marked() -> None:
    """Strokes along a row are for a person, though one number has most of the ink."""
    grey = _page()
    for number in range(1, 6):
        x, y = _middle(0, number)
        cv2.line(grey, (x - 10, y + 16), (x + 10, y + 16), 0, 6 if number == 3 else 3)
    row = _found(grey)[0]

    assert not row.marked
    assert len(row.perhaps) > 3


def test_ten_other_things_in_a_row_are_no_scale() -> None:
    """Ticks of a ruler, letters to fill in: nothing there says 1 to 10."""
    grey = np.full((480, 1000), 255, np.uint8)
    for top in TOPS:
        for place in range(10):
            cv2.rectangle(grey, (FIRST + STEP * place, top), (FIRST + STEP * place + 14, top + HIGH), 0, 2)
    _, black = cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY_INV)

    assert number_rows(parts(np.asarray(black, np.uint8)), grey, lambda: grey, [], (), POINT) == []


def _circles(filled: dict[int, int], rows: int = 3) -> Pixels:
    """Ten circles in each row; by row, the one that is filled."""
    grey = np.full((480, 1000), 255, np.uint8)
    for row in range(rows):
        for number in range(1, 11):
            thick = -1 if filled.get(row) == number else 2
            cv2.circle(grey, _middle(row, number), 11, 0, thick, cv2.LINE_AA)
    return grey


def test_a_filled_one_of_ten_circles_is_marked() -> None:
    """Nothing of a row of circles is read; below each other, they are a scale, and say 1 to 10."""
    found = _found(_circles({0: 4, 2: 10}))

    assert [set(row.marked) for row in found] == [{3}, set(), {9}]
    assert [word.text for word in as_printed(found[:1], [], POINT)] == [
        str(number) for number in range(1, 11)
    ]


def test_ten_circles_in_one_row_alone_are_no_scale() -> None:
    """An ornament, or letters: nothing tells."""
    assert _found(_circles({}, rows=1)) == []


def test_numbers_that_nobody_could_read_are_told_by_their_ink(monkeypatch: pytest.MonkeyPatch) -> None:
    """A one is light, an eight is heavy; ten things at the same places that are not so are no numbers."""
    monkeypatch.setattr(_number_rows, "_words_of", lambda *_: [])
    grey = _page({0: 7})
    letters = _page()
    letters[:, FIRST - 5 : FIRST + 2 * STEP - 5] = letters[:, FIRST + 7 * STEP - 5 : FIRST + 9 * STEP - 5]

    def rows(page: Pixels) -> list[NumberRow]:
        _, black = cv2.threshold(page, 128, 255, cv2.THRESH_BINARY_INV)
        return number_rows(parts(np.asarray(black, np.uint8)), page, lambda: page, [], (), POINT)

    assert [set(row.marked) for row in rows(grey)] == [{6}, set(), set()]
    assert rows(letters) == []


def test_numbers_in_circles_are_a_scale() -> None:
    """« ① ② ③ »: hardly any is read, and each is as wide as the ten; a short line under one is its mark."""
    grey = _circles({})
    for row in range(3):
        for number in range(1, 11):
            x, y = _middle(row, number)
            for at, digit in enumerate(str(number)):
                place = (x - 5 * len(str(number)) + 9 * at, y + 5)
                cv2.putText(grey, digit, place, cv2.FONT_HERSHEY_SIMPLEX, 0.45, 0, 1, cv2.LINE_AA)
    x, y = _middle(1, 6)
    cv2.line(grey, (x - 14, y + 26), (x + 14, y + 26), 0, 4)

    assert [set(row.marked) for row in _found(grey)] == [set(), {5}, set()]


def test_a_scale_is_crossed_on_its_line_too() -> None:
    """Its strokes are the same in every row: what is added over one number is a mark; a speck is none."""
    grey = _page()
    for top in TOPS:
        cv2.line(grey, (FIRST, top - 26), (FIRST + 9 * STEP + 20, top - 26), 0, 2)
        for number in range(1, 11):
            x, _ = _middle(0, number)
            cv2.line(grey, (x, top - 34), (x, top - 18), 0, 2)
    x, y = _middle(0, 8)
    cv2.line(grey, (x - 10, y - 52), (x + 10, y - 28), 0, 5)
    cv2.circle(grey, (_middle(2, 3)[0], TOPS[2] - 42), 4, 0, -1)

    assert [set(row.marked) for row in _found(grey)] == [{7}, set(), set()]


def test_a_ring_beside_a_blot_is_not_lost() -> None:
    """Of one number blotted out and another ringed, a person sees which counts: the blot is heavier."""
    grey = _page()
    cv2.circle(grey, _middle(0, 2), 26, 0, -1)
    cv2.ellipse(grey, _middle(0, 7), (26, 22), 0, 0, 360, 0, 3)

    assert set(_found(grey)[0].marked) == {1, 6}


def test_of_a_number_that_is_all_covered_no_paper_is_seen() -> None:
    """The same number is no darker in other rows for that."""
    grey = _page()
    light = np.full_like(grey, 226)
    x, y = _middle(0, 4)
    cv2.rectangle(grey, (x - 24, y - 20), (x + 24, y + 20), 0, -1)

    assert [set(row.perhaps) for row in _found(grey, light)] == [{3}, set(), set()]


def test_a_word_read_of_several_numbers_is_parted() -> None:
    """« 345 » of three cells: which of them is coloured is seen of each by itself."""
    (x, y), (end, _) = _middle(0, 3), _middle(0, 5)
    over = Word("3h45", x - 10, y - 10, end + 10, y + 10, 0.3, y + 10, 30.0)
    alone = Word(
        "X", *(side + 10 * add for side, add in ((x, -1), (y, -1), (x, 1), (y, 1))), 0.9, y + 10, 30.0
    )

    assert [word.text for word in parted(_found(_page()), [over, alone], POINT)] == ["3", "4", "5", "X"]


def test_words_that_say_the_same_numbers_say_each_of_them_once() -> None:
    """« 1:23, » and « 415 » overlap; « (4) » is what a ring around one of these numbers was read as."""
    (x, y), (end, _) = _middle(0, 1), _middle(0, 5)
    both = [Word("1:23,", x - 10, y - 10, end + 10, y + 10, 0.3, y + 10, 30.0)]
    (x, _), (end, _) = _middle(0, 4), _middle(0, 6)
    both.append(Word("415", x - 10, y - 10, end + 10, y + 10, 0.3, y + 10, 30.0))
    both.append(Word("(4)", x - 10, y - 10, x + 10, y + 10, 0.3, y + 10, 30.0))

    assert [word.text for word in parted(_found(_page()), both, POINT)] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(("away", "of_boxes"), [(8, True), (40, False)])
def test_numbers_under_a_row_of_boxes_say_what_these_stand_for(away: int, of_boxes: bool) -> None:
    """Boxes are marked, and numbers are not; a row of empty boxes is no row of circles either."""
    grey, boxes = _page(), []
    for row, top in enumerate(TOPS):
        for number in range(1, 11):
            x, _ = _middle(row, number)
            cv2.rectangle(grey, (x - 15, top - away - 30), (x + 15, top - away), 0, 2)
            boxes.append(CheckBox(x - 15, top - away - 30, x + 15, top - away, ticked=False))
    cv2.line(grey, _middle(0, 3), (_middle(0, 3)[0] + 12, TOPS[0] - away - 35), 0, 4)
    _, black = cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY_INV)
    rows = number_rows(parts(np.asarray(black, np.uint8)), grey, lambda: grey, _read(1), boxes, POINT)

    assert [row.of_boxes for row in rows] == [of_boxes] * 3
    assert bool(rows[0].marked) is not of_boxes


def test_the_ends_of_two_wide_rings_make_no_more_doubts() -> None:
    """A thick pen around two numbers reaches their neighbours: two are marked, and not none."""
    grey = _page()
    for number in (3, 9):
        cv2.ellipse(grey, _middle(0, number), (42, 24), 0, 0, 360, 0, 6)

    assert set(_found(grey)[0].marked) == {2, 8}


def test_two_marks_on_a_page_full_of_specks_are_seen() -> None:
    """Where many numbers differ none is told as the one that is marked; a blot and a ring are two."""
    grey = _page()
    cv2.circle(grey, _middle(0, 10), 24, 0, -1)
    cv2.ellipse(grey, _middle(0, 4), (26, 22), 0, 0, 360, 0, 5)
    for number in (1, 2, 6, 7, 8):
        x, y = _middle(0, number)
        cv2.circle(grey, (x - 4, y + 18), 4, 0, -1)

    assert set(_found(grey)[0].marked) == {3, 9}


def test_specks_that_every_row_has_are_no_marks() -> None:
    """What stands by a number where another one is marked is noise, and as much of it marks nothing."""
    grey = _page()
    for row, ringed in enumerate((4, 7, 7)):
        cv2.circle(grey, _middle(row, ringed), 20, 0, 5)
        for number in (1, 2, 6, 8):
            x, y = _middle(row, number)
            cv2.circle(grey, (x - 4, y + 22), 8, 0, -1)

    assert [set(row.marked) for row in _found(grey)][1:] == [{6}, {6}]


def test_boxes_and_their_numbers_are_not_ten_numbers() -> None:
    """« ☐ 6 ☐ 7 ☐ 8 ☐ 9 ☐ 10 », of which the rest of the scale stands farther off, are five of each."""
    grey = np.full((480, 1000), 255, np.uint8)
    boxes = []
    for top in TOPS:
        for at in range(5):
            x = FIRST + 2 * STEP * at
            cv2.rectangle(grey, (x + 4, top), (x + 18, top + HIGH), 0, 2)
            boxes.append(CheckBox(x + 4, top, x + 18, top + HIGH, False))
            for place, digit in enumerate(str(6 + at)):
                where = (x + STEP + 15 * place, top + HIGH)
                cv2.putText(grey, digit, where, cv2.FONT_HERSHEY_SIMPLEX, 1.1, 0, 2, cv2.LINE_AA)
    _, black = cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY_INV)
    said = [
        Word(
            text,
            FIRST + 2 * STEP * at + STEP,
            TOPS[1],
            FIRST + 2 * STEP * at + STEP + 20,
            TOPS[1] + HIGH,
            0.9,
            1.0,
            30.0,
        )
        for at, text in enumerate(("6", "7", "8", "9", "10"))
    ]

    assert number_rows(parts(np.asarray(black, np.uint8)), grey, lambda: grey, said, boxes, POINT) == []


@pytest.mark.parametrize(("read", "rows"), [(10, 1), (5, 0)])
def test_a_single_row_is_read_number_by_number(read: int, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A header's numbers stand too far apart to be read as words; alone most of them are."""
    said = iter(str(number) if number <= read else "§" for number in range(1, 11))
    monkeypatch.setattr(_ocr, "words_of_block", lambda *_: [])
    monkeypatch.setattr(
        _ocr, "words_enlarged", lambda *_: [Word(next(said), 0.0, 0.0, 9.0, 9.0, 0.9, 9.0, 9.0)]
    )
    grey = _page()
    grey[TOPS[0] + 2 * HIGH :] = 255
    _, black = cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY_INV)

    assert len(number_rows(parts(np.asarray(black, np.uint8)), grey, lambda: grey, [], (), POINT)) == rows


def _row_of(said: str, top: int, marked: int | None) -> Pixels:
    """« o1 o2 … », « 1o 2o … », « [ ] 1 [ ] 2 … » or « 1/2/… » on its own page, one of its numbers marked."""
    grey = np.full((480, 1000), 255, np.uint8)
    for number in range(1, 11):
        x, y = FIRST + STEP * (number - 1), top + HIGH
        digits = str(number)
        if said == "o1":
            cv2.circle(grey, (x + 10, y - 12), 11, 0, 2)
            x += 30
        if said == "[ ]":
            for side, bend in ((x - 4, 5), (x + 16, -5)):
                cv2.line(grey, (side, y - 26), (side, y + 6), 0, 2)
                for level in (y - 26, y + 6):
                    cv2.line(grey, (side, level), (side + bend, level), 0, 2)
            if number == marked:
                for one, other in ((-26, 6), (6, -26)):
                    cv2.line(grey, (x - 8, y + one), (x + 20, y + other), 0, 3)
            x += 26
        for at, digit in enumerate(digits):
            cv2.putText(grey, digit, (x + 17 * at, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2, cv2.LINE_AA)
        end = x + 17 * len(digits)
        if said == "1o":
            cv2.circle(grey, (end + 17, y - 12), 11, 0, 2)
        if said == "1/" and number < 10:
            cv2.line(grey, (x + 39, y), (x + 47, y - 24), 0, 2)
        if number == marked and said != "[ ]":
            cv2.ellipse(grey, (x + 9, y - 12), (33, 26), 0, 0, 360, 0, 3)
    return grey


@pytest.mark.parametrize("said", ["o1", "1o", "1/", "[ ]"])
@pytest.mark.parametrize("marked", [(7, 2, None), (7, 2, 4)])
def test_circles_beside_numbers_and_strokes_between_them_are_a_part_of_the_row(
    said: str, marked: tuple[int | None, ...]
) -> None:
    """Though in each row a ring joins a number to what stands beside it: the others have it apart."""
    grey = np.minimum.reduce([_row_of(said, top, one) for top, one in zip(TOPS, marked, strict=True)])
    _, black = cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY_INV)
    found = number_rows(parts(np.asarray(black, np.uint8)), grey, lambda: grey, (), (), POINT)

    assert [[at + 1 for at in row.marked] for row in found] == [[one] if one else [] for one in marked]


def test_words_at_the_ends_of_a_row_are_no_part_of_it() -> None:
    """« Pas du tout 1 2 3 … 10 Totalement », as near as the numbers to each other."""
    grey = _page()
    words = []
    for top in TOPS:
        for x, said in ((10, "pasdutout"), (FIRST + 10 * STEP - 10, "Totalement")):
            cv2.putText(grey, said, (x, top + HIGH), cv2.FONT_HERSHEY_SIMPLEX, 0.65, 0, 2, cv2.LINE_AA)
            words.append(Word(said, x, top + 2, x + 110, top + HIGH + 4, 0.95, top + HIGH, 30.0))
    cv2.ellipse(grey, _middle(1, 6), (26, 24), 0, 0, 360, 0, 3)
    _, black = cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY_INV)
    ink = parts(np.asarray(black, np.uint8))

    assert [set(row.marked) for row in number_rows(ink, grey, lambda: grey, words, (), POINT)] == [
        set(),
        {5},
        set(),
    ]
    assert number_rows(ink, grey, lambda: grey, [], (), POINT) == []


def test_circles_beside_the_last_numbers_do_not_make_a_row_of_their_own() -> None:
    """« ○ 6 ○ 7 ○ 8 ○ 9 ○ 10 » are ten things at nearly even distances, too, the last of two digits."""
    grey = np.full((480, 1000), 255, np.uint8)
    for top in TOPS:
        for number in range(1, 11):
            x, y = FIRST + 78 * (number - 1), top + HIGH
            cv2.circle(grey, (x, y - 12), 7, 0, 2)
            for at, digit in enumerate(str(number)):
                place = (x + 21 + 14 * at, y)
                cv2.putText(grey, digit, place, cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2, cv2.LINE_AA)
    cv2.circle(grey, (FIRST + 78 * 2, TOPS[0] + HIGH - 12), 7, 0, -1)
    _, black = cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY_INV)
    found = number_rows(parts(np.asarray(black, np.uint8)), grey, lambda: grey, (), (), POINT)

    assert [set(row.marked) for row in found] == [{2}, set(), set()]


def test_a_number_beside_darker_ones_makes_no_doubt_of_the_same_in_other_rows() -> None:
    """In one row a shadow lies over the numbers before the ten: the ten is not darker in the others."""
    grey = _page()
    light = np.full_like(grey, 250)
    (x0, y), (x1, _) = _middle(0, 7), _middle(0, 9)
    light[y - 30 : y + 30, x0 - 30 : x1 + 30] = 235
    found = _found(grey, light)

    assert 9 not in found[1].perhaps | found[2].perhaps


def test_a_mark_beside_one_that_was_scribbled_over_is_a_second_one() -> None:
    """Somebody corrects a rating: the scribble has much more ink, and the mark as much as others have."""
    grey = np.full((860, 1000), 255, np.uint8)
    tops = (100, 220, 340, 460, 580, 700)
    for top in tops:
        grey[top - 20 : top + 60] = np.minimum(grey[top - 20 : top + 60], _page()[80:160])
    for row, number in enumerate((3, 5, 8, 6, 4)):
        x, _ = _middle(0, number)
        cv2.ellipse(grey, (x, tops[row] + HIGH // 2), (24, 24), 0, 0, 360, 0, 2)
    x, _ = _middle(0, 6)
    cv2.rectangle(grey, (x - 26, tops[4] - 14), (x + 26, tops[4] + 38), 0, -1)
    _, black = cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY_INV)
    found = number_rows(parts(np.asarray(black, np.uint8)), grey, lambda: grey, _read(1), (), POINT)

    assert [at + 1 for at in sorted(found[4].marked)] == [4, 6]
    assert [at + 1 for at in sorted(found[0].marked)] == [3]


def test_what_is_faint_beside_a_mark_is_the_grain_of_the_paper() -> None:
    """A little more ink at four numbers is a doubt in a row without a mark, and nothing beside one."""
    grey = _page()
    for number in (1, 3, 5, 10):
        x, y = _middle(0, number)
        cv2.rectangle(grey, (x + 14, y - 6), (x + 19, y + 4), 0, -1)
    assert len(_found(grey)[0].perhaps) == 4

    cv2.ellipse(grey, _middle(0, 8), (28, 24), 0, 0, 360, 0, 6)
    assert [at + 1 for at in _found(grey)[0].marked] == [8]


@pytest.mark.parametrize(("below", "cut"), [(None, 12), ("ou : 8", 0)], ids=["alone", "with a line"])
def test_a_cell_that_holds_a_row_is_parted_between_its_numbers(below: str | None, cut: int) -> None:
    """Beside a statement of three lines, its numbers stand in its row of the table, in none of their own."""
    cells = [(60.0, 100.0, 300.0, 136.0), (300.0, 100.0, 540.0, 136.0)]
    row = [(330.0 + 15 * at, 102.0, 345.0 + 15 * at, 112.0) for at in range(10)]
    words = [Word("ou", 330, 118, 350, 128, 0.9, 128, 10.0)] if below else []
    found = with_rows([Ruled(None, cells)], [row], words, 72)[0].cells  # type: ignore[arg-type]

    assert cells[0] in found
    assert sum(cell[1:] == (100.0, cell[2], 136.0) for cell in found) == (cut + 1 if cut else 2)
    assert (row[3] in found) is not bool(cut)


def test_a_line_of_boxes_lends_no_places() -> None:
    """Of which one row was not seen as boxes: blurred, they are as round as circles."""
    grey = np.full((480, 1000), 255, np.uint8)
    for top in TOPS:
        for number in range(10):
            cv2.circle(grey, (FIRST + STEP * number + 12, top + 12), 12, 0, 2)
    _, black = cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY_INV)
    boxes = [
        CheckBox(FIRST + STEP * n, top, FIRST + STEP * n + 24, top + 24, ticked=False)
        for top in TOPS[1:] for n in range(10)
    ]  # fmt: skip

    assert not number_rows(parts(np.asarray(black, np.uint8)), grey, lambda: grey, (), boxes, POINT)
    assert len(number_rows(parts(np.asarray(black, np.uint8)), grey, lambda: grey, (), (), POINT)) == 3


@given(
    st.lists(st.tuples(st.integers(1, 90), st.integers(3, 60), st.integers(9, 34)), max_size=40),
    st.integers(0, 40),
    st.integers(8, 70),
    st.sampled_from((10, 19, 20, 21)),
)
def test_no_row_is_passed_over_for_how_it_begins(
    others: list[tuple[int, int, int]], at: int, gap: int, things: int
) -> None:
    """Looked at from each of its things, not from those alone that may be a first, a line holds no more."""
    even = [(gap, 12, 24)] * (things - 1) + [(gap, 26, 24)]
    sides, x = [], 0
    for before, wide, high in [*others[:at], *even, *others[at:]]:
        x += before
        sides.append((x, 40 - high, x + wide, 40))
        x += wide
    blobs = [Blob(*each) for each in sides]
    band, black = Band(16, 40, blobs, blobs), np.full((60, x + 10), 255, np.uint8)
    told = list(_number_places.runs(band, black, POINT))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_number_places, "_beginnings", lambda blobs, things, _: range(len(blobs) - things + 1))

        assert list(_number_places.runs(band, black, POINT)) == told


@pytest.mark.parametrize(("said", "sure", "looked_at"), [
    ("gouvernance", 0.95, False), ("gouvernance", 0.5, True), ("1234567", 0.95, True), ("OOOOOO", 0.95, True),
])  # fmt: skip
def test_in_a_line_of_words_alone_no_scale_is_looked_for(
    said: str, sure: float, looked_at: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has as many things to begin with as letters; what was read unsurely, or as one sign, may be one."""
    seen: list[Band] = []
    monkeypatch.setattr(_number_rows, "runs", lambda band, *_: seen.append(band) or ())
    (x, y), (end, _) = _middle(0, 1), _middle(0, 10)
    grey = _page()
    grey[TOPS[1] - 20 :] = 255
    _, black = cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY_INV)
    words = [Word(said, x - 20, y - 12, end + 30, y + 12, sure, y + 12, 30.0)]
    number_rows(parts(np.asarray(black, np.uint8)), grey, lambda: grey, words, (), POINT)

    assert bool(seen) is looked_at
