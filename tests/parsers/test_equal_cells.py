"""Printed scales: the cell that a pen marked, and what the others say."""

from dataclasses import replace

import numpy as np
import pytest

from parsers._ocr import Word
from parsers._scanned import _equal_cells, _scale_ends
from parsers._scanned._equal_cells import Scale, Weighed, scale
from parsers._scanned._ground import Cell, Ground

POINT = 2.0
NUMBERS = (4, 6, 6, 6, 7, 7, 5, 8, 7, 10)
"""Half sides of what stands for printed numbers, in pixels: of a ten there is more than of a one."""


def _cells(rows: int) -> list[Cell]:
    wide = [(10.0, 20.0 + 24 * row, 200.0, 44.0 + 24 * row) for row in range(rows)]
    return wide + [
        (200.0 + 24 * at, 20.0 + 24 * row, 224.0 + 24 * at, 44.0 + 24 * row)
        for row in range(rows) for at in range(10)
    ]  # fmt: skip


def _page(rows: int, marks: dict[int, int], *, numbered: bool = True) -> np.ndarray:
    """What is written: each cell's number, and a cross in one cell of each row."""
    black = np.zeros((500, 1000), np.uint8)
    for row in range(rows):
        for at, half in enumerate(NUMBERS):
            x, y = round((212 + 24 * at) * POINT), round((32 + 24 * row) * POINT)
            if numbered:
                black[y - half : y + half, x - 2 : x + 2] = 255
            if marks.get(row) == at + 1:
                reach = np.arange(-14, 14)
                for slant in (reach, -reach):
                    black[y + reach, x + slant] = black[y + reach, x + slant + 1] = 255
    return black


def _weighed(found: Scale, black: np.ndarray, paper: np.ndarray | None = None) -> Weighed:
    rgb = np.full((*black.shape, 3), 250, np.uint8) if paper is None else paper
    return _equal_cells.weighed(found, black, Ground(rgb, POINT), POINT)


def _told(found: list[Cell]) -> list[tuple[int, int]]:
    return [(round((cell[1] - 20) / 24), round((cell[0] - 200) / 24) + 1) for cell in found]


@pytest.mark.parametrize("numbered", [True, False])
def test_the_cell_with_more_ink_than_its_column_is_marked(numbered: bool) -> None:
    """A cross is seen over a printed number as well as in an empty cell; a row without one has no mark."""
    found = scale(_cells(4))
    assert found
    marks = {0: 1, 1: 10, 3: 5}

    assert _told(_weighed(found, _page(4, marks, numbered=numbered)).marked) == list(marks.items())


def test_numbers_at_the_ends_of_empty_cells_are_print() -> None:
    """« 1 | | | … | 10 », as the form has it: nobody marks both ends in each row."""
    found = scale(_cells(4))
    assert found
    marks = {0: 3, 1: 6, 3: 10}
    black = _page(4, marks, numbered=False)
    for row in range(4):
        for at, wide in ((0, 4), (9, 7 + (row == 2))):  # in one row without a mark a little blacker
            x, y = round((212 + 24 * at) * POINT), round((32 + 24 * row) * POINT)
            black[y - 5 : y + 5, x - wide : x + wide] = 255

    assert _told(_weighed(found, black).marked) == list(marks.items())


def test_what_stands_in_one_column_beside_marks_in_others_is_print() -> None:
    """« 1 » alone in the first cell of each row, of which one is blank: it rates nothing."""
    found = scale(_cells(4))
    assert found
    marks = {0: 3, 1: 6, 3: 10}
    black = _page(4, marks, numbered=False)
    for row in range(4):
        x, y = round(212 * POINT), round((32 + 24 * row) * POINT)
        black[y - 6 : y + 6, x - 2 : x + 2] = 255

    assert _told(_weighed(found, black).marked) == list(marks.items())
    assert _told(_weighed(found, black).perhaps) == list(marks.items())


def _beside(text: str, x: float, row: int) -> Word:
    foot = (36.0 + 24 * row) * POINT
    return Word(text, x * POINT, foot - 16, (x + 8) * POINT, foot, 0.9, foot, 18.0)


@pytest.mark.parametrize(("highest", "kept"), [("10", 1), ("7", 9)])
def test_numbers_at_both_ends_of_most_rows_rate_nothing(highest: str, kept: int) -> None:
    """« 1 [][]…[] 10 », printed beside each; what only one end has may be what somebody wrote."""
    found = scale(_cells(4))
    assert found
    words = [_beside("Nos", 100, 0), *(_beside("1", 188, row) for row in range(4))]
    words += [_beside(highest, 446, row) for row in range(4)]

    assert len(_scale_ends.without_ends(found, words, POINT)) == kept


def test_a_column_marked_in_every_row_is_no_printed_number() -> None:
    """Somebody who gives seven to everything has marked every row."""
    found = scale(_cells(4))
    assert found
    marks = dict.fromkeys(range(4), 7)

    assert _told(_weighed(found, _page(4, marks)).marked) == list(marks.items())


def test_a_little_more_ink_than_printed_is_a_doubt() -> None:
    """Less than the thinnest tick, and more than a number of the same column has: perhaps a mark."""
    found = scale(_cells(3))
    assert found
    page = _page(3, {0: 4})
    page[100:104, 2 * 285 : 2 * 285 + 6] = 255  # in the second row, beside the four

    seen = _weighed(found, page)

    assert _told(seen.marked) == [(0, 4)]
    assert _told(seen.perhaps) == [(0, 4), (1, 4)]


def test_the_specks_of_a_fax_make_no_number_bold() -> None:
    """Dirt in every cell, more in some: where all have some, a little more of it is nothing."""
    found = scale(_cells(7))
    assert found
    dirty, marked = _page(7, {}), _page(7, {2: 6})
    chance = np.random.default_rng(7)
    for row in range(7):
        for at, half in enumerate(NUMBERS):
            x, y = round((212 + 24 * at) * POINT), round((32 + 24 * row) * POINT)
            thick = int(chance.integers(0, 3) > 0) if at != 1 else (0, 2)[row != 3]
            for page in (dirty, marked):
                page[y - half : y + (0 if at != 1 else half), x + 2 : x + 2 + thick] = 255

    assert _told(_weighed(found, dirty).marked) == []
    assert _told(_weighed(found, marked).marked) == [(2, 6)]


def test_more_marks_than_one_makes_are_a_doubt_and_no_empty_row() -> None:
    """Three cells with ink are no choice; the row was not seen empty either."""
    found = scale(_cells(3))
    assert found
    page = _page(3, {}) | _page(3, {1: 2}) | _page(3, {1: 5}) | _page(3, {1: 9})

    seen = _weighed(found, page)

    assert _told(seen.marked) == []
    assert _told(seen.perhaps) == [(1, 2), (1, 5), (1, 9)]


def test_the_end_of_a_tick_that_reaches_into_the_row_above_is_no_mark_there() -> None:
    """Of an empty row a person is asked at most: the tick is the next row's."""
    found = scale(_cells(4))
    assert found
    black = _page(4, {2: 4})
    x, y = round((212 + 24 * 4) * POINT), round((20 + 24 * 2) * POINT)
    for step in range(-16, 2):
        black[y + step, x - step - 10 : x - step - 4] = 255
    told = _weighed(found, black)

    assert _told(told.marked) == [(2, 4)]
    assert (1, 5) in _told(told.perhaps)


def test_a_row_full_of_ink_is_a_doubt() -> None:
    """A blurred photo shows more in one row than was printed in any other."""
    found = scale(_cells(4))
    assert found
    page = _page(4, {})
    for at in range(1, 9):
        page |= _page(4, {2: at})
    seen = _weighed(found, page)

    assert seen.marked == []
    assert {row for row, _ in _told(seen.perhaps)} == {2}


def test_a_row_that_holds_what_the_others_do_is_seen_to_be_unmarked() -> None:
    """Its cells are print, read or not; those of a row cut by a page's end are empty, which is no less."""
    found = scale(_cells(4))
    assert found
    page = _page(4, {1: 3})
    page[: round(44 * POINT)] = 0
    seen = _weighed(found, page)

    assert seen.marked == [found.rows[1][248]]
    assert [seen.plain.get(cell) for cell in found.rows[2].values()] == [True] * 10
    assert not any(seen.plain.get(cell) for cell in found.rows[0].values())


def test_a_number_with_colour_behind_it_is_marked_though_every_row_has_the_same() -> None:
    """A highlighter leaves no ink; who gives seven to everything has coloured the whole column."""
    found = scale(_cells(4))
    assert found
    paper = np.full((500, 1000, 3), 250, np.uint8)
    x = round((212 + 24 * 6) * POINT)
    for row in range(3):
        y = round((32 + 24 * row) * POINT)
        paper[y - 14 : y + 14, x - 10 : x + 10, 2] = 190
    seen = _weighed(found, _page(4, {}), paper)

    assert _told(seen.marked) == [(0, 7), (1, 7), (2, 7)]
    assert all(cell in seen.plain for cell in found.rows[3].values())


def test_a_number_with_a_line_through_it_is_marked() -> None:
    """A strike-out has little ink, but is level and as long as the number is wide."""
    found = scale(_cells(3))
    assert found
    page = _page(3, {})
    x, y = round((212 + 24 * 5) * POINT), round((32 + 24) * POINT)
    page[y : y + 2, x - 7 : x + 7] = 255

    assert _told(_weighed(found, page).marked) == [(1, 6)]


def test_what_stands_in_a_shaded_cell_is_no_measure_for_its_column() -> None:
    """Lightened, its number is gone: the same number of the other row is not bold for that."""
    found = scale(_cells(2))
    assert found
    page = _page(2, {})
    x0, top, x1, bottom = (round(side * POINT) for side in found.rows[0][344])
    page[top:bottom, x0:x1] = 0
    ground = Ground(np.full((500, 1000, 3), 250, np.uint8), POINT)

    assert _equal_cells.weighed(found, page, ground, POINT).marked == [found.rows[1][344]]
    assert _equal_cells.weighed(found, page, ground, POINT, [found.rows[0][344]]).marked == []


def test_a_cell_filled_with_ink_is_marked_and_its_ends_in_the_next_ones_are_not() -> None:
    """A pen went to and fro in it and beyond its sides; cells that are dark in every row were printed so."""
    found = scale(_cells(4))
    assert found
    page = _page(4, {0: 2, 1: 3}, numbered=False)
    x0, top, x1, bottom = (round(side * POINT) for side in found.rows[2][sorted(found.rows[2])[5]])
    for y in range(top + 4, bottom - 4, 8):
        page[y : y + 5, x0 - 14 : x1 + 10] = 255
    seen = _weighed(found, page)
    for row in found.rows:
        x0, top, x1, bottom = (round(side * POINT) for side in row[sorted(row)[8]])
        page[top:bottom, x0:x1] = 255

    assert _told(seen.marked) == [(0, 2), (1, 3), (2, 6)]
    assert _told(_weighed(found, page).marked) == [(0, 2), (1, 3), (2, 6)]


def test_a_cell_highlighted_beyond_its_sides_is_marked_alone() -> None:
    """Its colour is an area of the page, so that nothing was weighed in it, and the next ones were marked."""
    found = scale(_cells(4))
    assert found
    page, paper = _page(4, {}), np.full((500, 1000, 3), 250, np.uint8)
    x0, top, x1, bottom = found.rows[1][sorted(found.rows[1])[5]]
    colour = (x0 - 9, top + 2, x1 + 9, bottom - 2)
    left, upper, right, lower = (round(side * POINT) for side in colour)
    paper[upper:lower, left:right] = (250, 170, 210)
    seen = _equal_cells.weighed(found, page, Ground(paper, POINT), POINT, [colour])

    assert _told(seen.marked) == [(1, 6)]


def test_a_piece_of_a_cell_is_no_measure_for_its_column() -> None:
    """A stroke of a cross over a ten looked like a rule: left of it is less ink than any ten has."""
    found = scale(_cells(4))
    assert found
    x0, top, _, bottom = found.rows[2][max(found.rows[2])]
    piece = (x0, top, x0 + 8, bottom)
    rows = [dict(row) for row in found.rows]
    rows[2][max(rows[2])] = piece
    split = replace(found, rows=rows)
    got = _weighed(split, _page(4, {0: 3, 1: 4, 3: 5}))

    assert _told(got.marked) == [(0, 3), (1, 4), (3, 5)]
    assert piece in got.perhaps


def test_a_table_of_words_is_no_scale() -> None:
    """Cells as wide as answers are not looked at."""
    assert scale([(10.0 + 120 * at, 20.0, 130.0 + 120 * at, 44.0) for at in range(6)]) is None


def test_a_statement_in_a_narrow_column_is_no_cell_of_the_scale() -> None:
    """It holds more ink than a number, and is told by its words."""
    cells = [(176.0, cell[1], 200.0, cell[3]) if cell[0] == 10.0 else cell for cell in _cells(4)]
    said = [_word("transparence", row, 0) for row in range(4)]
    found = scale(cells, said, POINT)

    assert found
    assert {cell[0] for cell in found.cells} == {200.0 + 24 * at for at in range(10)}


def _word(text: str, row: int, at: int) -> Word:
    x, y = (208 + 24 * (at - 1)) * POINT, (28 + 24 * row) * POINT
    return Word(text, x, y, x + 10, y + 16, 0.4, y + 14, 16)


def test_a_printed_number_is_read_as_in_the_rows_around() -> None:
    """« T » and a ringed « © » among sevens are sevens; a word in an empty column is a mark, if marked."""
    found = scale(_cells(4))
    assert found
    read = [_word(text, row, 7) for row, text in enumerate(("7", "T", "7", "©"))]
    lone = _word("V4", 2, 3)
    ringed, ticked = ((200.0 + 24 * (at - 1), 20.0 + 24 * row) for row, at in ((3, 7), (2, 3)))
    marked = [cell for cell in found.cells if cell[:2] in (ringed, ticked)]
    words = _equal_cells.as_printed(found, [*read, lone], Weighed(marked, marked, {}), POINT)

    assert [word.text for word in words] == ["7", "7", "7", "7", "X"]


def test_numbers_that_nobody_read_are_counted() -> None:
    """Of ten columns Tesseract read six, and one of them wrong: the others count on from them."""
    found = scale(_cells(2))
    assert found
    read = [_word(text, 0, at) for at, text in ((1, "1"), (2, "2"), (3, "3"), (5, "5"), (6, "6"), (9, "g"))]
    seen = _weighed(found, _page(2, {}))
    words = _equal_cells.as_printed(found, read, seen, POINT)
    told = sorted((round(word.top / POINT / 24), word.x0, word.text) for word in words)

    assert [text for row, _, text in told if row == told[0][0]] == [str(number) for number in range(1, 11)]
    assert len(words) == 20


def test_a_cross_typed_in_the_place_of_a_number_marks_its_cell() -> None:
    """It has no more ink than the number had, and was read as what it is; a number is no mark beside it."""
    found = scale(_cells(3))
    assert found
    crossed = {0: 7, 1: 4, 2: 8}
    words = [
        _word("X" if crossed[row] == at else str(at), row, at) for row in range(3) for at in range(1, 11)
    ]
    typed = list(_equal_cells.crosses(found, words, POINT))
    rgb = np.full((500, 1000, 3), 250, np.uint8)

    seen = _equal_cells.weighed(found, _page(3, {}), Ground(rgb, POINT), POINT, (), typed)
    said = _equal_cells.as_printed(found, words, seen, POINT)

    assert _told(list(seen.marked)) == list(crossed.items())
    assert [word.text for word in said if not word.text.isdigit()] == ["X"] * 3


def test_a_ten_is_as_heavy_as_its_two_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A photo thickens print: of a ten there is more than twice as much as of most, and nobody marked it."""
    found = scale(_cells(4))
    assert found
    monkeypatch.setattr("tests.parsers.test_equal_cells.NUMBERS", (5, *NUMBERS[1:9], 15))

    assert _told(_weighed(found, _page(4, {1: 3})).marked) == [(1, 3)]


def test_a_ring_that_was_read_as_letters_is_in_a_cell_of_the_scale() -> None:
    """« 1) RESMEN » of a ring around nothing is no statement: others of its column hold numbers."""
    cells = _cells(4)
    ringed = [replace(_word(text, 1, 6), x0=word_at) for text, word_at in (("1)", 662.0), ("RESMEN", 664.0))]
    read = [_word("6", row, 6) for row in (0, 2, 3)]
    found = scale(cells, [*read, *ringed], POINT)
    assert found
    marked = [cell for cell in cells if cell[:2] == (320.0, 44.0)]
    assert marked[0] in list(found.cells)
    plain = dict.fromkeys((cell for cell in found.cells if cell not in marked), True)
    words = _equal_cells.as_printed(found, [*read, *ringed], Weighed(marked, marked, plain), POINT)

    assert sorted(word.text for word in words) == ["6"] * 4
    assert _equal_cells.short(found, [*read, *ringed], POINT) == read


@pytest.mark.parametrize("numbered", [True, False])
def test_a_row_that_a_fold_darkens_is_marked_where_it_has_more(numbered: bool) -> None:
    """All of its cells have as much more than those of other rows: a shadow, and no mark."""
    found = scale(_cells(5))
    assert found
    black = _page(5, {0: 3, 1: 8, 3: 5}, numbered=numbered)
    for at in range(10):
        for beside in (204, 206, 218, 220):
            black[round(96 * POINT) : round(112 * POINT) : 4, round((beside + 24 * at) * POINT)] = 255
    seen = _weighed(found, black)

    assert sorted(_told(list(seen.marked))) == [(0, 3), (1, 8), (3, 5)]
    assert sorted(_told(list(seen.perhaps))) == [(0, 3), (1, 8), (3, 5)]


def test_a_shade_behind_a_whole_row_tells_nothing_of_its_cells() -> None:
    """As forms print it: the marks in it are weighed. Behind a few cells it was somebody's."""
    found = scale(_cells(4))
    assert found
    marks = {0: 3, 1: 6, 3: 10}
    page = _page(4, marks)
    rows = [(200.0, 20.0 + 24 * row, 440.0, 44.0 + 24 * row) for row in range(4)]
    whole, few = (
        _equal_cells.weighed(
            found, page, Ground(np.full((*page.shape, 3), 250, np.uint8), POINT), POINT, shades
        )
        for shades in (rows, [(200.0, 20.0, 296.0, 44.0)])
    )

    assert _told(whole.marked) == list(marks.items())
    assert _told(few.marked) == [(1, 6), (3, 10)]


def test_whatever_is_read_of_a_blot_is_one_mark() -> None:
    """« =— Li », of a cell that somebody filled, says nothing that its mark does not."""
    found = scale(_cells(3))
    assert found
    seen = _weighed(found, _page(3, {1: 4}, numbered=False))
    x, y = (272.0 + 12) * POINT, (44.0 + 12) * POINT
    words = [
        Word(text, x + at, y - 8, x + at + 6, y + 8, 0.5, y + 8, 18.0) for at, text in ((-8, "=—"), (2, "Li"))
    ]

    assert [word.text for word in _equal_cells.as_printed(found, words, seen, POINT)] == [_equal_cells.MARK]


def test_a_shadow_that_passes_over_cells_marks_none() -> None:
    """A shadow on a photo goes on beyond a cell's sides; a highlighter's colour stops where it stopped."""
    found = scale(_cells(4))
    assert found
    paper = np.full((500, 1000, 3), 250, np.uint8)
    left, top = round(248 * POINT), round(44 * POINT)
    shadow, marked = paper.copy(), paper.copy()
    for y in range(500):  # askew over all rows, as broad as a cell
        x = left + y // 8
        shadow[y, x : x + 46] = 215
    marked[top + 4 : top + 44, left + 4 : left + 44] = 215

    assert not _weighed(found, _page(4, {}), shadow).perhaps
    assert _told(_weighed(found, _page(4, {}), marked).marked) == [(1, 3)]


def test_a_number_whose_strokes_a_shadow_made_thicker_is_a_doubt() -> None:
    """It has as much more ink as a tick, all of it within its own outline; a tick goes beyond."""
    found = scale(_cells(4))
    assert found
    black = _page(4, {}, numbered=False)
    for row in range(4):
        for at in range(10):
            x, y = round((212 + 24 * at) * POINT), round((32 + 24 * row) * POINT)
            more = (row, at) == (1, 8)
            black[y - 8 - more : y + 8 + more, x - 4 : x + 4 + more] = 255
    seen = _weighed(found, black)
    x, y = round((212 + 24 * 4) * POINT), round((32 + 48) * POINT)
    black[y - 16 : y - 8, x - 2 : x + 2] = 255

    assert not seen.marked
    assert _told(seen.perhaps) == [(1, 9)]
    assert _told(_weighed(found, black).marked) == [(2, 5)]
