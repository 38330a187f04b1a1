"""Ruled lines and coloured areas of a scan, by their pixels."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from parsers._ocr import Word
from parsers._scanned._fills import fills
from parsers._scanned._recognised import tables, with_statements
from parsers._scanned._rulings import rulings
from parsers._scanned._upright import dark

DPI = 150.0
SIDE = 120
LINES = (100, 100 + SIDE, 100 + 2 * SIDE, 100 + 3 * SIDE)

Pixels = NDArray[np.uint8]


def _grid(shaded: set[tuple[int, int]], tone: int) -> Pixels:
    """Three rows of three ruled cells, some of them shaded."""
    grey = np.full((700, 700), 255, np.uint8)
    for row, column in shaded:
        grey[LINES[row] : LINES[row + 1], LINES[column] : LINES[column + 1]] = tone
    for at in LINES:
        grey[at - 1 : at + 1, LINES[0] : LINES[-1]] = 0
        grey[LINES[0] : LINES[-1], at - 1 : at + 1] = 0
    return grey


def test_cells_as_dark_as_ink_keep_the_lines_around_and_between_them() -> None:
    """Two shaded cells below each other, and one in the corner: there are nine cells."""
    grey = _grid({(0, 1), (1, 1), (2, 0)}, 110)
    (found,) = tables(rulings(grey, dark(grey), DPI), DPI)

    assert len(found.cells) == 9
    assert all(abs(x1 - x0 - 57.6) < 2 and abs(y1 - y0 - 57.6) < 2 for x0, y0, x1, y1 in found.cells)


def test_shaded_cells_that_touch_at_a_corner_are_two() -> None:
    """Each is an area of its own, as large as its cell."""
    grey = _grid({(0, 1), (1, 2)}, 190)
    found = fills(np.stack([grey] * 3, axis=2), DPI, even_light=True)

    assert sorted((round(fill.x0 / SIDE), round(fill.top / SIDE)) for fill in found) == [(2, 1), (3, 2)]
    assert all(abs(fill.x1 - fill.x0 - SIDE) < 8 and abs(fill.bottom - fill.top - SIDE) < 8 for fill in found)


def test_a_square_dark_all_over_is_a_filled_box_only_beside_an_empty_one() -> None:
    """Of a word that was highlighted, a fax leaves a blot; it is the option that was chosen, and hidden."""
    blot = np.full((500, 500), 255, np.uint8)
    blot[100:126, 100:126] = 0
    beside = blot.copy()
    beside[160:186, 100:126] = 0
    beside[163:183, 103:123] = 255

    assert sorted(box.ticked for box in rulings(beside, dark(beside), DPI).boxes) == [False, True]
    assert rulings(blot, dark(blot), DPI).boxes == ()


@pytest.mark.parametrize(("to", "cells"), [(1100, 0), (700, 4)])
def test_a_streak_from_edge_to_edge_joins_no_boxes(to: int, cells: int) -> None:
    """Of a dirty scanner, down two boxes and beyond, a little aslant; one that ends with them is a rule."""
    grey = np.full((1100, 700), 255, np.uint8)
    for top in (200, 500):
        for y in (top, top + 200):
            grey[y - 1 : y + 1, 100:600] = 0
        for x in (100, 600):
            grey[top : top + 200, x - 1 : x + 1] = 0
    for y in range(0 if to == 1100 else 200, to):
        grey[y, 400 + y // 250 : 402 + y // 250] = 0

    assert sum(len(each.cells) for each in tables(rulings(grey, dark(grey), DPI), DPI)) == cells


@pytest.mark.parametrize(("dots", "leaders"), [(6, 2), (3, 0)])
def test_few_dots_before_and_behind_a_number_are_leaders(dots: int, leaders: int) -> None:
    """« ...... 7 ...... »; an ellipsis is none."""
    grey = np.full((400, 700), 255, np.uint8)
    for left in (100, 200):
        for at in range(dots):
            grey[200:203, left + 6 * at : left + 6 * at + 3] = 0

    assert len(rulings(grey, dark(grey), DPI).leaders) == leaders


@pytest.mark.parametrize("sides", [2, 1])
def test_a_small_frame_to_write_a_number_in_is_drawn(sides: int) -> None:
    """It is lower than a row, and its lines are shorter than a table's; of an E one side is open."""
    grey = np.full((400, 700), 255, np.uint8)
    left, right, top, bottom = 300, 354, 200, 230
    for y in (top, bottom):
        grey[y - 1 : y + 1, left - 1 : right + 1] = 0
    for x in (left, right)[:sides]:
        grey[top:bottom, x - 1 : x + 1] = 0
    found = rulings(grey, dark(grey), DPI)

    assert len(found.upright) == (2 if sides == 2 else 0)
    assert bool(found.mask[(top + bottom) // 2, left]) is (sides == 2)


@pytest.mark.parametrize(("lost", "cells"), [(4, 10), (None, 10), (1, 10)])
def test_a_rule_that_a_mark_has_hidden_is_where_the_other_cells_say(lost: int | None, cells: int) -> None:
    """A cell as wide as two of a row of equal ones is two; the wide one before them, of words, stays one."""
    grey = np.full((300, 1100), 255, np.uint8)
    sides = [250 + 60 * at for at in range(cells + 1)]
    for at in (100, 160):
        grey[at - 1 : at + 1, 60 : sides[-1] + 1] = 0
    for number, x in enumerate([60, *sides]):
        if number - 1 != lost:
            grey[100:160, x - 1 : x + 1] = 0
    (found,) = tables(rulings(grey, dark(grey), DPI), DPI)
    wide = sorted(x1 - x0 for x0, _, x1, _ in found.cells)

    assert len(wide) == cells + 1
    assert all(abs(each - 28.8) < 1.5 for each in wide[:-1])


def test_upright_strokes_that_hatch_a_cell_part_it_not() -> None:
    """The cells of a row are equal: narrow ones that are together as wide as each of them are one."""
    grey = np.full((300, 1100), 255, np.uint8)
    sides = [250 + 60 * at for at in range(11)]
    for at in (100, 160):
        grey[at - 1 : at + 1, sides[0] : sides[-1] + 1] = 0
    for x in (*sides, sides[4] + 14, sides[4] + 30, sides[4] + 46):
        grey[100:160, x - 1 : x + 1] = 0
    (found,) = tables(rulings(grey, dark(grey), DPI), DPI)

    assert len(found.cells) == 10


@pytest.mark.parametrize("bend", [0, 9], ids=["flat", "bent"])
def test_a_leader_on_a_page_that_does_not_lie_flat_is_one(bend: int) -> None:
    """Its dots are taken off the page, and a full stop over it is not."""
    grey = np.full((400, 900), 255, np.uint8)
    for at in range(100):
        y = 200 + round(bend * np.sin(np.pi * at / 100))
        grey[y : y + 2, 100 + 6 * at : 102 + 6 * at] = 0
    x, y = 403, 200 + bend - 4
    grey[y : y + 2, x : x + 2] = 0
    found = rulings(grey, dark(grey), DPI)

    assert len(found.leaders) == 1
    assert found.mask[200, 100] == 255
    assert found.mask[200 + bend, 100 + 6 * 50] == 255
    assert found.mask[y, x] == 0


def test_cells_filled_below_and_beside_each_other_are_cells() -> None:
    """Black on a fax, the line between them is not seen: it goes on from where it is."""
    grey = _grid({(0, 1), (1, 1), (2, 1), (2, 2)}, 0)
    (found,) = tables(rulings(grey, dark(grey), DPI), DPI)

    assert len(found.cells) == 9


def test_a_streak_is_told_though_it_is_no_rule() -> None:
    """What a dirty scanner drew is nobody's ink."""
    grey = np.full((1100, 700), 255, np.uint8)
    grey[:, 400:402] = 0
    found = rulings(grey, dark(grey), DPI)

    assert (len(found.upright), len(found.streaks)) == (0, 1)


def test_a_line_on_the_edge_of_the_page_is_read() -> None:
    """A scanner's dark border ends where the page does."""
    grey = np.full((701, 701), 255, np.uint8)
    grey[100:600, 699:] = 0
    grey[699:, 100:600] = 0

    assert all(stroke.x1 <= 702 for stroke in rulings(grey, dark(grey), DPI).level)


def _scale(rows: int) -> Pixels:
    """Rows of ten narrow cells."""
    grey = np.full((200 + 60 * rows, 1200), 255, np.uint8)
    for row in range(rows + 1):
        grey[100 + 60 * row : 102 + 60 * row, 500:1002] = 0
    for at in range(11):
        grey[100 : 102 + 60 * rows, 500 + 50 * at : 502 + 50 * at] = 0
    return grey


def test_a_cell_that_a_pen_filled_is_one() -> None:
    """The edges of the blot are as straight as rules, and part it in three; its fellows tell that."""
    grey = _scale(3)
    grey[172:206, 602:652] = 40
    grey[232:270, 655:693] = 40
    (found,) = tables(rulings(grey, dark(grey), DPI), DPI)

    assert len(found.cells) == 30
    assert all(abs(x1 - x0 - 24) < 2 and abs(y1 - y0 - 28.8) < 2 for x0, y0, x1, y1 in found.cells)


def test_a_cell_with_the_side_of_a_ring_in_it_is_one() -> None:
    """A stroke close by the rule is the pen's: what it cuts off is no cell."""
    grey = _scale(3)
    grey[160:222, 743:746] = 0
    (found,) = tables(rulings(grey, dark(grey), DPI), DPI)

    assert len(found.cells) == 30


def _word(text: str, x0: float, top: float) -> Word:
    return Word(text, x0, top, x0 + 60, top + 14, 0.9, top + 14, 18)


def test_statements_before_the_rows_of_a_scale_stand_in_their_rows() -> None:
    """Nobody drew lines around them; where there are words beside one row only, they are no statements."""
    grey = _scale(3)
    ruled = tables(rulings(grey, dark(grey), DPI), DPI)
    words = [_word("mot", 100 + 70 * at, 105 + 60 * row + 20 * line)
             for row in range(3) for line in range(2) for at in range(4)]  # fmt: skip
    (found,) = with_statements(ruled, words, DPI)
    (alone,) = with_statements(ruled, words[:8], DPI)

    assert len(found.cells) == 33
    assert sum(cell[0] < 48 < cell[2] for cell in found.cells) == 3
    assert len(alone.cells) == 30


def _frames(count: int, ticked: set[int]) -> Pixels:
    """Frames wider than high, apart from each other; some with a cross in them."""
    grey = np.full((300, 1200), 255, np.uint8)
    for at in range(count):
        left = 100 + 90 * at
        for y in (150, 174):
            grey[y : y + 2, left : left + 77] = 0
        for x in (left, left + 75):
            grey[150:176, x : x + 2] = 0
        if at in ticked:
            reach = np.arange(24)
            for across in (reach, -reach):
                for thick in range(3):
                    grey[152 + reach, left + 38 + across - 12 * np.sign(across[1]) + thick] = 0
    return grey


@pytest.mark.parametrize(("count", "ticked"), [(10, {3}), (2, {1}), (2, set())])
def test_frames_in_a_row_are_boxes_to_make_a_mark_in(count: int, ticked: set[int]) -> None:
    """Ten under numbers, or two before « oui » and « non »: no table, of which the gaps were cells."""
    grey = _frames(count, ticked)
    found = rulings(grey, dark(grey), DPI)

    assert [at for at, box in enumerate(sorted(found.boxes, key=lambda box: box.x0)) if box.ticked] == list(
        ticked
    )
    assert len(found.boxes) == count
    assert not found.level


def test_a_box_that_is_filled_beyond_its_lines_is_told_by_its_fellows() -> None:
    """Its place is at an even distance from the others, or at their end."""
    grey = _frames(10, set())
    for at in (0, 4):
        cv2.ellipse(grey, (138 + 90 * at, 163), (44, 20), 0, 0, 360, 60, -1)
    boxes = sorted(rulings(grey, dark(grey), DPI).boxes, key=lambda box: box.x0)

    assert [at for at, box in enumerate(boxes) if box.ticked] == [0, 4]
    assert len(boxes) == 10


def test_frames_with_words_in_them_are_no_boxes() -> None:
    """« [Oui] [Non] »: what stands in them was printed."""
    grey = _frames(2, {0, 1})

    assert rulings(grey, dark(grey), DPI).boxes == ()
