"""Rows of equal cells, one below the other, as a printed scale has them: which of them a pen has marked.

The same is printed in each column of such a table. A cell that holds clearly more ink than the emptiest of
its column is marked, whatever Tesseract made of it; one that does not says what its column says.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Any

from parsers._ocr import Word
from parsers._scanned._ground import RIM_PT, Cell, Ground

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

FEWEST = 5
"""Cells side by side that make a scale; and of them most are as wide as each other."""
_HALF = 0.7
"""Share of a column's usual width: a narrower cell is a piece of one."""
_WIDEST_PT, _LONGEST = 48.0, 4
"""Of a cell, and of what is read in it."""
_LEAST_PT2, _LEAST_ALONE_PT2 = 7.0, 3.0
"""Ink of the shortest tick with a fine pen, over a number; and of a typed one in a cell that is empty."""
_DOUBT = 0.6
"""Share of a mark's least ink from which there may be one in an empty cell."""
_SLIGHT, _BOLD = (0.2, 1.2), (0.3, 1.6)
"""Of a printed number's ink, and in square points: how much more may be a mark, and is a bold number's."""
_TALL_PT = 4.5
_LINE_PT, _LINED_PT2, _LINED = 5.0, 3.0, (0.12, 1.5)
"""How long a line through a number is at least, and how much ink it adds: to level strokes, and to all."""
_TINGED, _TINTED = (9, 45.0), (22, 45.0)
"""By how much, of 255, and on how large an area, in square points, paper is darker that may be coloured."""
_LARGER_PT = 1.2
"""By how much wider or higher than its column's numbers a marked one is: shade makes strokes thicker."""
_SHADED, _AREA_PT, _RULE_PT = 0.4, 10.0, 40.0
"""Share of a cell from which it is coloured, not written in; how large no blot is; how long no stroke."""
_THICKER, _TEN, _NOUGHT = 1.6, 10, 1.4
"""By how much the longest number has more ink than the middle one; and the 0 of a ten, blurred."""
_SEVERAL = 0.3
"""Share of the rows in which another cell is marked, where what stands in one column of all was printed."""
_UNEVEN = 1.25
"""By how much the same number differs in its rows, where the cells between hold nothing; a mark has more."""
_EMPTY_PT2 = 1.0
"""Ink of a row's middle cell, if nothing is printed in them."""
_HIGH_PT, _SURE = 12.0, 0.9
"""Of a number that was not read: how high, and how sure it is."""
_END_BAND, _MOSTLY, _TOUCH_PT = 0.35, 0.7, 3.0
"""How much of a cell's height a mark of the next row reaches over, what part of its ink is then there, and
how near the cells are."""
MARK = "X"
_CROSSED = (["X"], ["x"], ["×"])
_MOST_MARKS = 2
"""In one row; more are no marks, but a doubt."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Rows of equal cells of one table: a cell by its column's left side, rounded."""

    rows: Sequence[Mapping[int, Cell]]

    @property
    def cells(self) -> Iterator[Cell]:
        for row in self.rows:
            yield from row.values()


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the ink in a scale's cells says of them."""

    marked: Sequence[Cell]
    perhaps: Sequence[Cell]
    """The marked ones, and those with less than a mark."""
    plain: Mapping[Cell, bool]
    """Cells that hold what others of their column hold: whether that is print."""


def scale(cells: Sequence[Cell], words: Sequence[Word] = (), point: float = 1.0) -> Scale | None:
    """The equal cells among those of a page's tables; None where there are no such rows.

    Each statement may have a table of its own; the same is printed in all of them.

    A statement in a column as narrow as the numbers' is told by its words, and by those below it: a ring
    around a number may be read as letters, too.
    """
    narrow = [cell for cell in cells if cell[2] - cell[0] <= _WIDEST_PT]
    said: dict[tuple[int, int], list[bool]] = {}
    for cell in narrow:
        letters = sum(len(word.text) for word in words if _is_in(word, cell, point))
        said.setdefault(_sides(cell), []).append(letters > _LONGEST)
    by_row: dict[tuple[int, int], list[Cell]] = {}
    for cell in narrow:
        if 2 * sum(said[_sides(cell)]) < len(said[_sides(cell)]):
            by_row.setdefault((round(cell[1]), round(cell[3])), []).append(cell)
    columns = _columns([cell for row in by_row.values() for cell in row])
    rows = [{columns[cell]: cell for cell in row} for _, row in sorted(by_row.items()) if _are_equal(row)]
    return Scale(rows) if rows else None


def _sides(cell: Cell) -> tuple[int, int]:
    return round(cell[0]), round(cell[2])


def short(found: Scale | None, words: Sequence[Word], point: float) -> list[Word]:
    """Words without those too long for a cell of a scale: a number and a ring that were read as one."""
    cells = list(found.cells) if found else []
    said = {cell: sum(len(word.text) for word in words if _is_in(word, cell, point)) for cell in cells}
    long = [cell for cell, letters in said.items() if letters > _LONGEST]
    return [word for word in words if not any(_is_in(word, cell, point) for cell in long)]


def weighed(
    found: Scale,
    black: "Pixels",
    ground: Ground,
    point: float,
    coloured: Sequence[Cell] = (),
    crossed: Sequence[Cell] = (),
) -> Weighed:
    """Each row's cells against the same column of the rows that are printed alike.

    Args:
        black: 255 where something is written, ruled lines taken out.
        ground: the paper behind it.
        point: pixels of `black` to the point.
        coloured: areas of another colour than the paper, as cells: what stands in such a cell is paler or
            darker than in the others, unless most of a row does.
        crossed: cells in which a cross was read in the place of their number: marked, and no measure.
    """
    coloured = [shade for shade in coloured if not _is_of_a_row(shade, found.rows)]
    strokes, halves = _without_areas(black, point), _halves(found.rows)
    ink, tall, level = (
        [
            dict(_inked(_measured(row, coloured, [*crossed, *halves]), each, black, point))
            for row in found.rows
        ]
        for each in (strokes, _tall(strokes, point), _level(strokes, point))
    )
    tint = [{depth: ground.darker(row, depth) for depth, _ in (_TINGED, _TINTED)} for row in found.rows]
    filled = _filled(found.rows, black, tint, coloured, crossed, point)
    marked, perhaps = list(crossed), [*crossed, *halves]
    added: dict[Cell, float] = {}
    plain: dict[Cell, bool] = {}
    for rows in _printed_alike(ink):
        printed = _printed([ink[row] for row in rows])
        usual = median(printed.values())
        dirt, specks = _dirt([ink[row] for row in rows]), _dirt([tall[row] for row in rows])
        for row in rows:
            more = _beyond_its_row({at: amount - printed[at] for at, amount in ink[row].items()})
            added |= {found.rows[row][at]: amount for at, amount in more.items()}
            bold, bolder = (_bolder(row, rows, tall, times * specks) for times in (1, 2))
            tinged, tinted = (
                {at for at in more if _added(tint, depth, row, at, rows) >= least}
                for depth, least in (_TINGED, _TINTED)
            )
            lined = _lined(row, rows, level, more, printed) if len(rows) > 1 and usual > _EMPTY_PT2 else set()
            sure, doubted = _above(more, printed, usual, dirt)
            if len(rows) > 1 and usual > _LEAST_ALONE_PT2:
                sure = {at for at in sure if _outgrows(row, rows, at, found.rows, strokes, point)}
            doubted |= bold | lined | tinged | tinted
            if not sure and len(doubted) == 1:
                sure = doubted & (bolder | lined | tinted)
            ends = _ends(filled[row], found.rows[row], strokes, tint[row], point)
            whole = {at for at in filled[row] if found.rows[row][at] not in halves}
            sure, doubted = (sure - ends) | whole, (doubted | set(filled[row])) - ends
            marked += [found.rows[row][at] for at in sorted(sure) if len(sure) <= _MOST_MARKS]
            perhaps += [found.rows[row][at] for at in sorted(sure | doubted)]
            if len(rows) > 1:
                plain |= {found.rows[row][at]: usual > _EMPTY_PT2 for at in more if at not in doubted}
    marked = [cell for cell in marked if not _is_an_end(cell, marked, added, strokes, point)]
    return Weighed(marked, perhaps, plain)


def _outgrows(
    row: int,
    rows: Sequence[int],
    at: int,
    cells: Sequence[Mapping[int, Cell]],
    strokes: "Pixels",
    point: float,
) -> bool:
    """Whether what stands in a cell is wider or higher than what its column's other cells hold."""
    others = [_extent(cells[each][at], strokes, point) for each in rows if each != row and at in cells[each]]
    own = _extent(cells[row][at], strokes, point)
    if not others:
        return True
    return any(
        side > median(each) + _LARGER_PT for side, each in zip(own, zip(*others, strict=True), strict=True)
    )


def _extent(cell: Cell, strokes: "Pixels", point: float) -> tuple[float, float]:
    """Width and height of what is written in a cell, in points."""
    import cv2

    x0, top, x1, bottom = (round(side * point) for side in cell)
    rim = round(RIM_PT * point)
    *_, wide, high = cv2.boundingRect(strokes[top + rim : bottom - rim, x0 + rim : x1 - rim])
    return wide / point, high / point


def _filled(
    rows: Sequence[Mapping[int, Cell]],
    black: "Pixels",
    tint: Sequence[Mapping[int, Mapping[int, float]]],
    coloured: Sequence[Cell],
    others: Sequence[Cell],
    point: float,
) -> list[Mapping[int, float]]:
    """By row, the cells that somebody filled with ink or colour, and how much of each, in square points.

    Nothing that is written in such a cell is weighed. What is filled in all rows of a column, or in more
    cells of a row than people mark, was printed so.
    """
    found: list[dict[int, float]] = []
    for row, areas in zip(rows, tint, strict=True):
        weighed = dict(_inked(row, black, black, point))
        plain = _measured(row, coloured, ())
        amounts = {at: _dark(cell, black, point) for at, cell in row.items() if at not in weighed}
        amounts |= {
            at: areas[_TINTED[0]][at] for at in row
            if at not in plain and at in weighed and areas[_TINTED[0]][at] >= _TINTED[1]
        }  # fmt: skip
        found.append({at: amount for at, amount in amounts.items() if row[at] not in others})
    columns = Counter(at for amounts in found for at in amounts)
    most = Counter(at for row in rows for at in row)
    own = [
        {at: amount for at, amount in amounts.items() if len(rows) == 1 or columns[at] < most[at]}
        for amounts in found
    ]
    return [amounts if len(found[row]) <= _MOST_MARKS else {} for row, amounts in enumerate(own)]


def _ends(
    filled: Mapping[int, float],
    row: Mapping[int, Cell],
    strokes: "Pixels",
    tint: Mapping[int, Mapping[int, float]],
    point: float,
) -> set[int]:
    """The neighbours of filled cells into which the ink or the colour of these reaches, less of it."""
    order = sorted(row)
    ends = set()
    for at, amount in filled.items():
        place = order.index(at)
        for near in (*order[max(0, place - 1) : place], *order[place + 1 : place + 2]):
            most = max(_dark(row[near], strokes, point), tint[_TINTED[0]][near])
            if near not in filled and most < 0.5 * amount:
                ends.add(near)
    return ends


def _dark(cell: Cell, black: "Pixels", point: float) -> float:
    """Square points of ink in a cell."""
    x0, top, x1, bottom = (round(side * point) for side in cell)
    rim = round(RIM_PT * point)
    return int((black[top + rim : bottom - rim, x0 + rim : x1 - rim] > 0).sum()) / point**2


def _beyond_its_row(more: Mapping[int, float]) -> dict[int, float]:
    """What a cell has more than its row: where a fold darkens a row, it darkens all of it."""
    usual = max(0.0, median(more.values())) if len(more) >= FEWEST else 0.0
    return {at: amount - usual for at, amount in more.items()}


def _is_an_end(
    cell: Cell, marked: Sequence[Cell], added: Mapping[Cell, float], strokes: "Pixels", point: float
) -> bool:
    """Whether a mark is the end of a heavier one that reaches over from the row above or below."""
    x0, top, x1, bottom = cell
    band, own = _END_BAND * (bottom - top), added.get(cell, 0.0)
    for other in marked:
        beside = other[0] < x1 + _TOUCH_PT and x0 - _TOUCH_PT < other[2] and added.get(other, 0.0) > own
        edges = {
            (bottom - band, bottom): abs(other[1] - bottom) < _TOUCH_PT,
            (top, top + band): abs(other[3] - top) < _TOUCH_PT,
        }
        for (first, last), touches in edges.items() if beside else ():
            rows = slice(round(first * point), round(last * point))
            near = strokes[rows, round((x0 + RIM_PT) * point) : round((x1 - RIM_PT) * point)]
            if touches and int((near > 0).sum()) / point**2 >= _MOSTLY * own:
                return True
    return False


def _halves(rows: Sequence[Mapping[int, Cell]]) -> list[Cell]:
    """Cells narrower than their column's: what parts them is a stroke of a cross, taken for a rule."""
    return [
        cell for row in rows for at, cell in row.items()
        if cell[2] - cell[0] < _HALF * median(r[at][2] - r[at][0] for r in rows if at in r)
    ]  # fmt: skip


def _measured(
    row: Mapping[int, Cell], coloured: Sequence[Cell], crossed: Sequence[Cell]
) -> Mapping[int, Cell]:
    return {
        at: cell for at, cell in row.items()
        if cell not in crossed and not any(_is_on(cell, shade) for shade in coloured)
    }  # fmt: skip


def _is_of_a_row(shade: Cell, rows: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether it lies behind as many cells of a row as make a scale: so it was printed, and tells nothing."""
    return any(sum(_is_on(cell, shade) for cell in row.values()) >= FEWEST for row in rows)


def _is_on(cell: Cell, shade: Cell) -> bool:
    """Whether the middle of a cell is on an area of colour."""
    x0, top, x1, bottom = shade
    return x0 < (cell[0] + cell[2]) / 2 < x1 and top < (cell[1] + cell[3]) / 2 < bottom


def _bolder(row: int, rows: Sequence[int], tall: Sequence[Mapping[int, float]], dirt: float) -> set[int]:
    """Numbers with as much more ink as bold ones have, in strokes as high as they are, and dirt besides."""
    usual = _printed([tall[each] for each in rows])
    return {
        at for at, amount in tall[row].items()
        if amount - usual[at] >= max(_BOLD[0] * usual[at], _BOLD[1]) + dirt
    }  # fmt: skip


def _dirt(ink: Sequence[Mapping[int, float]]) -> float:
    """What specks add to a usual cell, of a fax or a photo: of few rows it is not told, and nothing."""
    printed = _printed(ink)
    return median(amount - printed[at] for row in ink for at, amount in row.items())


def _lined(
    row: int,
    rows: Sequence[int],
    level: Sequence[Mapping[int, float]],
    more: Mapping[int, float],
    printed: Mapping[int, float],
) -> set[int]:
    """Numbers that have a level stroke more than the same ones of other rows: struck out or underlined."""
    usual = {at: min(level[each].get(at, 99.0) for each in rows) for at in more}
    return {
        at for at, amount in more.items()
        if level[row][at] - usual[at] >= _LINED_PT2
        and amount >= max(_LINED[0] * printed[at], _LINED[1])
    }  # fmt: skip


def _level(strokes: "Pixels", point: float) -> "Pixels":
    """Its level strokes alone: a number that is struck out or underlined has one more, of little ink."""
    import cv2
    import numpy as np

    run = np.ones((1, round(_LINE_PT * point)), np.uint8)
    return cv2.morphologyEx(strokes, cv2.MORPH_OPEN, run)  # type: ignore[return-value]


def _tall(strokes: "Pixels", point: float) -> "Pixels":
    """What is as high as a number: dirt beside one makes it no bold one."""
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    kept = np.where(stats[:, cv2.CC_STAT_HEIGHT] >= _TALL_PT * point, np.uint8(255), np.uint8(0))
    kept[0] = 0
    return np.asarray(kept[labels], np.uint8)


def _above(
    more: Mapping[int, float], printed: Mapping[int, float], usual: float, dirt: float
) -> tuple[set[int], set[int]]:
    """Where there is as much more ink as a pen leaves; and where so little that it may be nothing."""
    numbered = usual > _LEAST_ALONE_PT2
    least = _LEAST_PT2 if numbered else _LEAST_ALONE_PT2
    most = max(more.values(), default=0.0)
    sure = {at for at, amount in more.items() if amount >= max(least, 0.5 * most)}
    if not numbered:
        return sure, {at for at, amount in more.items() if amount >= _DOUBT * least}
    little = {at: min(max(_SLIGHT[0] * printed[at], _SLIGHT[1]) + dirt, least) for at in more}
    return sure, {at for at, amount in more.items() if amount >= little[at]}


def _added(
    tint: Sequence[Mapping[int, Mapping[int, float]]], depth: int, row: int, at: int, rows: Sequence[int]
) -> float:
    """How much of a cell is darker, unless its row is, or its column, in which more may be coloured."""
    own = tint[row][depth]
    least = {each: min(tint[other][depth].get(each, 0.0) for other in rows) for each in own}
    column = min(least.get(at, 0.0), _THICKER * median(least.values()) + 10.0) if len(rows) > 1 else 0.0
    return own.get(at, 0.0) - max(column, median(own.values()))


def _printed_alike(ink: Sequence[Mapping[int, float]]) -> Iterator[list[int]]:
    """The rows with print in their cells; and those without, as below headings, or cut by a page's end."""
    held = {row: median(amounts.values()) for row, amounts in enumerate(ink) if amounts}
    for rows in (
        [row for row, amount in held.items() if amount > _EMPTY_PT2],
        [row for row, amount in held.items() if amount <= _EMPTY_PT2],
    ):
        if rows:
            yield rows


def as_printed(found: Scale, words: Sequence[Word], seen: Weighed, point: float) -> list[Word]:
    """The words, each as most unmarked cells of its column have it: « T » or « (7) » under « 7 » is a 7.

    Where the column is empty, what was read in a marked cell is a mark, unless it is a number. Where nothing
    was read in a cell that holds as much ink as those above, it is what they say.
    """
    words = short(found, words, point)
    typed = set(crosses(found, words, point))
    said: dict[int, Counter[str]] = {}
    lone: list[tuple[int, int, bool]] = []
    scraps: set[int] = set()
    unread: list[tuple[Cell, int]] = []
    for row in found.rows:
        for at, cell in row.items():
            inside = [i for i, word in enumerate(words) if _is_in(word, cell, point)]
            printed = seen.plain.get(cell) or (cell in seen.marked and any(map(seen.plain.get, row.values())))
            if not inside and printed:
                unread.append((cell, at))
            if len(inside) > 1 and cell in seen.marked and not any(words[i].text.isdigit() for i in inside):
                scraps.update(inside[1:])  # of a blot more than one word may be read
                inside = inside[:1]
            if len(inside) != 1:
                continue
            lone.append((inside[0], at, cell in seen.marked))
            if cell not in seen.marked:
                said.setdefault(at, Counter())[words[inside[0]].text] += 1
    agreed = _counted(said, found) or {
        at: text for at, texts in said.items() for text, count in texts.most_common(1)
        if count > 1 and 2 * count > texts.total()
    }  # fmt: skip
    corrected = list(words)
    for index, at, is_marked in lone:
        if any(_is_in(words[index], cell, point) for cell in typed):
            corrected[index] = replace(words[index], text=MARK)
        elif at in agreed:
            corrected[index] = replace(words[index], text=agreed[at])
        elif is_marked and not words[index].text.isdigit():
            corrected[index] = replace(words[index], text=MARK)
    told = [word for index, word in enumerate(corrected) if index not in scraps]
    return told + [_number(agreed[at], cell, point) for cell, at in unread if at in agreed]


def crosses(found: Scale, words: Sequence[Word], point: float) -> Iterator[Cell]:
    """Cells in which, alone of their row, an « X » was read where the others say numbers: typed in its place.

    It has no more ink than the number that it stands for.
    """
    for row in found.rows:
        inside = {cell: [word.text for word in words if _is_in(word, cell, point)] for cell in row.values()}
        crossed = [cell for cell, said in inside.items() if said in _CROSSED]
        numbers = sum(len(said) == 1 and said[0].isdigit() for said in inside.values())
        if len(crossed) == 1 and numbers >= FEWEST:
            yield crossed[0]


def _counted(said: Mapping[int, Counter[str]], found: Scale) -> Mapping[int, str]:
    """The columns' numbers, where those that were read count from left to right; those not read, too."""
    columns = sorted({at for row in found.rows for at in row})
    shifts = Counter(
        int(text) - place
        for place, at in enumerate(columns) if at in said
        for text, _ in said[at].most_common(1) if text.isdigit()
    )  # fmt: skip
    shift, agreed = shifts.most_common(1)[0] if shifts else (0, 0)
    if agreed < FEWEST or agreed < 0.7 * shifts.total():
        return {}
    return {at: str(place + shift) for place, at in enumerate(columns)}


def _number(text: str, cell: Cell, point: float) -> Word:
    """At the head of its cell, as forms print it."""
    x0, top, x1, bottom = (side * point for side in cell)
    size = min(bottom - top, _HIGH_PT * point)
    middle, foot = (x0 + x1) / 2, top + size
    return Word(text, middle - size / 3, foot - 0.8 * size, middle + size / 3, foot, _SURE, foot, size)


def _are_equal(row: Sequence[Cell]) -> bool:
    wide = median(cell[2] - cell[0] for cell in row)
    return sum(abs(cell[2] - cell[0] - wide) < 0.25 * wide for cell in row) >= FEWEST


def _columns(cells: Sequence[Cell]) -> dict[Cell, int]:
    """By cell, the left side of its column: rows of a scan differ by a point or two."""
    columns: dict[Cell, int] = {}
    last = -99.0
    for cell in sorted(cells):
        if cell[0] - last > 5:
            last = cell[0]
        columns[cell] = round(last)
    return columns


def _printed(ink: Sequence[Mapping[int, float]]) -> Mapping[int, float]:
    """How much ink each column's own number has: that of its emptiest cell, unless all of them are marked."""
    least = {at: min(row[at] for row in ink if at in row) for row in ink for at in row}
    usual = median(least.values())
    most = dict.fromkeys(least, _THICKER * usual + 2.0)
    held = _held_beside_marks(ink, least) if usual <= _EMPTY_PT2 and len(ink) > 1 else set()
    if held:
        return least | {at: _UNEVEN * least[at] for at in held}
    if len(least) >= _TEN:  # the last is « 10 », with the first one's 1 and a 0, as heavy as most
        most[max(least)] = max(most[max(least)], least[min(least)] + _NOUGHT * usual + 2.0)
    return {at: min(amount, most[at]) for at, amount in least.items()}


def _held_beside_marks(ink: Sequence[Mapping[int, float]], least: Mapping[int, float]) -> set[int]:
    """Columns of which every cell holds something, though in several rows another cell does, too.

    « 1 » and « 10 » at the ends of a row of empty cells, or « 1 » alone: nobody marks two cells of a row.
    """
    held = {at for at, amount in least.items() if amount > _EMPTY_PT2}
    if held >= {min(least), max(least)}:
        return {min(least), max(least)}
    marked = [row for row in ink if any(row[at] >= _LEAST_ALONE_PT2 for at in row if at not in held)]
    return held if len(marked) >= max(2, _SEVERAL * len(ink)) else set()


def _inked(
    row: Mapping[int, Cell], strokes: "Pixels", black: "Pixels", point: float
) -> Iterator[tuple[int, float]]:
    """Square points of ink within the cells that are not coloured, away from their own lines."""
    rim = round(RIM_PT * point)
    for at, cell in row.items():
        x0, top, x1, bottom = (round(side * point) for side in cell)
        inside = slice(top + rim, bottom - rim), slice(x0 + rim, x1 - rim)
        dark: Any = black[inside]
        if int((dark > 0).sum()) <= _SHADED * dark.size:
            yield at, int((strokes[inside] > 0).sum()) / point**2


def _without_areas(black: "Pixels", point: float) -> "Pixels":
    """What is written, without what is shaded so darkly that it passes for ink: it ends beside its lines.

    Nor is it written what is straight for as long as no pen is: what is left of ruled lines.
    """
    import cv2
    import numpy as np

    side, long = round(_AREA_PT * point), round(_RULE_PT * point)
    areas = cv2.morphologyEx(black, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    for shape in ((long, 1), (1, long)):
        areas = cv2.bitwise_or(areas, cv2.morphologyEx(black, cv2.MORPH_OPEN, np.ones(shape, np.uint8)))
    near = 2 * round(RIM_PT * point) + 1
    return cv2.subtract(black, cv2.dilate(areas, np.ones((near, near), np.uint8)))  # type: ignore[return-value]


def _is_in(word: Word, cell: Cell, point: float) -> bool:
    x, y = (word.x0 + word.x1) / 2 / point, (word.top + word.bottom) / 2 / point
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]
