"""Scales printed as a row, « 1 2 3 … 10 » or ten circles, without lines between: what is marked in them.

Tesseract loses such digits, and all of what a pen went over. Rows of ten places (`_number_places`) that say 1
to 10 where they were read are scales. Each place is weighed against the same number in the other rows, by its
ink and by the colour behind it: what was printed is the same in all of them, what was added is not.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from parsers import _ocr
from parsers._ocr import Word
from parsers._scanned._check_boxes import CheckBox
from parsers._scanned._ground import Cell
from parsers._scanned._number_places import (
    FEWEST,
    LARGE_PT,
    TEN,
    Row,
    alike,
    bands_of,
    is_half_boxes,
    is_of_boxes,
    lent,
    once,
    overlap,
    recurring,
    runs,
    share,
    with_brackets,
)
from parsers._scanned._raster import components
from parsers._scanned._upright import Parts, dark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]


_ROOM_PT, _FREE_PT, _SPECK_PT = 2.5, 16.0, 4.5
_BESIDE_BOXES = 0.8
"""How far from their boxes numbers stand at most, of their height."""
_SAID, _ALIKE, _CLOSER_LOOKS = "12345678910", 70, 2
"""What all of a row is read as, how near to it, and in how many rows it is looked for once more."""
_TEXT = 0.8
"""How sure a word is at least, the letters of which are no things of a scale."""
_AS_PRINTED = 0.85
"""Least correlation of the ink of one to nine with `_PRINTED`: of 34 faces it was 0.94 to 1."""
_PRINTED = (0.74, 0.97, 0.98, 1.05, 1.03, 1.21, 0.74, 1.27, 1.23, 1.75)
"""Ink of the numbers of common faces, of the middle one's; of the 1 between one with a foot and without."""
_NUMBERED = tuple(1 + 0.5 * ink for ink in _PRINTED)
"""The same in circles: a line around has twice the ink of the number."""
_THICKER, _THICKER_ALONE = 1.25, 1.15
"""A number that is heavier in all its rows may be marked in all of them; in its only row, sooner."""
_MARKED, _PERHAPS = (0.3, 1.6), (0.16, 0.9)
"""Of a printed number's ink, and in square points, how much more there is."""
_STEM = 1.5
"""Columns of pixels as high as the row: by one, a number's stem is wider or narrower as it was scanned."""
_CIRCLED = 0.45
"""Of that share, where the ink printed is a circle's, too."""
_CLEARLY, _CLEARLY_PT2 = 1.5, 20.0
"""Times what the same number has more in rows in which another one is marked; and what no speck has."""
_REACH, _SECOND_PT2 = 2, 5.0
"""How many numbers away the end of a mark may lie; so much ink farther away is another, a ring by a blot."""
_MARK, _FEWEST_MARKS = 0.5, 3
"""What share of the ink of a page's marks is one, whatever stands beside it; and of how many that is told."""
_FAINT, _FAINT_PT2 = 0.2, 12.0
"""Beside a mark, what has less than such a share of its ink, and than any mark has, is the paper's noise."""
_SURE = 0.9
"""How sure a number is that its place tells."""
_MOST_DOUBTS = 3
"""Where more numbers of a row differ from those of other rows, none of them is told as marked."""
_TINTED, _TINGED = 22, 9
"""By how much the paper behind a number is darker than behind the others, of 255."""


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One row: the cell of each number, from 1 to 10, and which of them are marked or perhaps are."""

    cells: Sequence[Cell]
    boxes: Sequence[Cell]
    """Where the print itself stands."""
    marked: frozenset[int] = frozenset()
    perhaps: frozenset[int] = frozenset()
    of_boxes: bool = False
    """Whether it says what the boxes over or under it stand for: these are marked, and no number is."""


def number_rows(
    held: Parts,
    clean: "Pixels",
    light: Callable[[], "Pixels"],
    words: Sequence[Word],
    boxes: Sequence[CheckBox],
    point: float,
) -> list[NumberRow]:
    """The rows of numbers on a page, weighed.

    Args:
        held: the parts of what is drawn or written, ruled lines too.
        clean: the page in grey without what is drawn.
        light: gives the darkest channel of the page's colours, as large; asked where there are rows.
        words: what was read there; `boxes`: the little squares drawn there.
        point: pixels to the point.
    """
    import numpy as np

    black = held.black
    # in a line of words alone no scale is looked for
    text = np.array([(w.x0, w.top, w.x1, w.bottom) for w in words if _is_text(w)]).reshape(-1, 4)
    bands = [
        with_brackets(beside, black) for band in bands_of(held, point)
        if not is_of_boxes(band, boxes) and len((beside := band.beside(text)).apart) >= FEWEST
    ]  # fmt: skip
    strict = (row for band in bands for row in runs(band, black, point))
    whole = once([row for row in strict if not is_half_boxes(row, boxes)])
    free = [band for band in bands if not any(overlap(band, row) for row in whole)]
    rows: list[Row] = []
    for group in alike(whole):
        fellows = [*group, *lent(free, group)]
        rows += fellows if _says_numbers(fellows, words, clean, point) else []
    free = [band for band in free if not any(overlap(band, row) for row in rows)]
    found = (row for band in recurring(free, point) for row in runs(band, black, point))
    fellows = lent(free, [*islice(found, 1)])
    rows += fellows if len(fellows) > 1 and _says_numbers(fellows, words, clean, point) else []
    if not rows:
        return []
    rows.sort(key=lambda row: row.top)
    seen = _without_rules(held, point) | dark(clean)
    drawn, paper = _without_specks(seen, point), light()
    taken_up: list[Word | CheckBox] = [*(word for word in words if len(word.text) > 1), *boxes]
    for row in rows:
        row.room = _room(row, rows, taken_up, point)
        _weigh(row, seen, drawn, paper, point)
    told = (_told(row, rows, point) for row in rows)
    return [
        replace(each, marked=frozenset(), perhaps=frozenset(), of_boxes=True)
        if _has_boxes(row, boxes) else each
        for row, each in zip(rows, told, strict=True)
    ]  # fmt: skip


def _is_text(word: Word) -> bool:
    """Whether it was surely read, and is neither numbers nor circles, which are read as one letter again."""
    return word.confidence >= _TEXT and len({*filter(str.isalpha, word.text.lower())}) > 1


def as_printed(rows: Sequence[NumberRow], words: Sequence[Word], point: float) -> list[Word]:
    """The words, with the numbers of these rows in the place of what was read there."""
    kept = [word for word in words if not any(_is_in(word, row, point) for row in rows)]
    return kept + [_number(number, box, point) for row in rows for number, box in enumerate(row.boxes, 1)]


def parted(rows: Sequence[NumberRow], words: Sequence[Word], point: float) -> list[Word]:
    """The words, those that were read of several numbers of a row as these: « 9610 », where 10 is coloured.

    Each number once, whatever else was read of it: « 1:23, » and « 415 » of one row say the same four.
    """
    kept = list(words)
    for row in rows:
        own = [word for word in words if _is_in(word, row, point)]
        covers = {word: _covered(word, row, point) for word in own}
        told = {number for covered in covers.values() if len(covered) > 1 for number in covered}
        at = next((at for at, word in enumerate(kept) if len(covers.get(word, ())) > 1), 0)
        again = [word for word in own if told.intersection(covers[word]) and _says_a_number(word)]
        kept = [word for word in kept if word not in again]
        kept[at:at] = [_number(number, row.boxes[number - 1], point) for number in sorted(told)]
    return kept


def _says_a_number(word: Word) -> bool:
    """« (6) »; a cross typed over its number is another thing."""
    return any(map(str.isdigit, word.text))


def _covered(word: Word, row: NumberRow, point: float) -> list[int]:
    """The numbers whose middle a word goes over."""
    middles = enumerate(((box[0] + box[2]) / 2 * point for box in row.boxes), 1)
    return [number for number, middle in middles if word.x0 < middle < word.x1]


def holds(row: NumberRow, x0: float, top: float, x1: float, bottom: float) -> bool:
    """Whether the middle of a box, in points, is the row's."""
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    return row.cells[0][0] <= x <= row.cells[-1][2] and row.cells[0][1] <= y <= row.cells[0][3]


def _is_in(word: Word, row: NumberRow, point: float) -> bool:
    return holds(row, word.x0 / point, word.top / point, word.x1 / point, word.bottom / point)


def _number(number: int, box: Cell, point: float) -> Word:
    x0, top, x1, bottom = (side * point for side in box)
    return Word(str(number), x0, top, x1, bottom, _SURE, bottom, 1.3 * (bottom - top))


# ---------------------------------------------------------------- places


def _has_boxes(row: Row, boxes: Sequence[CheckBox]) -> bool:
    """Whether little squares, most of them empty, stand close over or under most of a row."""
    room = _BESIDE_BOXES * (row.bottom - row.top)
    level = [box for box in boxes if box.top < row.bottom + room and row.top - room < box.bottom]
    own = [box for x in row.middles for box in level if box.x0 < x < box.x1 and not box.ticked]
    return len(own) >= FEWEST


def _says_numbers(rows: Sequence[Row], words: Sequence[Word], clean: "Pixels", point: float) -> bool:
    """Whether one of these rows was read as the numbers in their order, or is when looked at alone.

    Rows of ten circles below each other need not be read; nor need rows of which each thing has as much ink
    as the number of its place.
    """
    if len(rows) > 1 and (rows[0].rings or _weigh_as_numbers(rows, clean)):
        return True
    if rows[0].rings:
        return False
    known = (_digits([word for word in words if _is_of(word, row)]) for row in rows)
    closer = (_digits(_words_of(row, clean, point)) for row in rows[:_CLOSER_LOOKS])
    if any(fuzz.ratio(said, _SAID) >= _ALIKE for said in (*known, *closer)):
        return True
    return any(_each_says_its_own(row, clean, point) for row in rows[:1])


def _weigh_as_numbers(rows: Sequence[Row], clean: "Pixels") -> bool:
    """Whether one to nine are as light and as heavy as in print; the ten, of two digits, always is."""
    import numpy as np

    written = dark(clean) > 0
    blobs = [[row.blobs[at] for row in rows] for at in range(TEN - 1)]
    least = [
        min((int(written[b.top : b.bottom, b.x0 : b.x1].sum()) for b in at if b), default=0) for at in blobs
    ]
    return min(least) > 0 and bool(np.corrcoef(least, _PRINTED[:-1])[0, 1] >= _AS_PRINTED)


def _is_of(word: Word, row: Row) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return row.top < y < row.bottom and row.middles[0] - row.step < x < row.middles[-1] + row.step


def _digits(words: Sequence[Word]) -> str:
    said = "".join(word.text for word in sorted(words, key=lambda word: word.x0))
    return "".join(char for char in said if char in _SAID)


def _words_of(row: Row, clean: "Pixels", point: float) -> list[Word]:
    room = round(_ROOM_PT * point)
    left, top = max(0, round(row.middles[0] - row.step)), max(0, row.top - room)
    piece = clean[top : row.bottom + room, left : round(row.middles[-1] + row.step)]
    return _ocr.words_of_block(piece, 72 * point, left, top)


def _each_says_its_own(row: Row, clean: "Pixels", point: float) -> bool:
    """Whether most of a row are read as its numbers, each alone, and none as another number.

    So far apart they are no words to read.
    """
    room = round(_ROOM_PT * point)
    said: list[bool] = []
    for number, blob in enumerate(row.blobs, 1):
        if blob is None:
            continue
        left, top = max(0, blob.x0 - room), max(0, row.top - room)
        piece = clean[top : row.bottom + room, left : blob.x1 + room]
        read = "".join(word.text for word in _ocr.words_enlarged(piece, 72 * point, left, top, 2.0))
        said += [read == str(number)] if read.isdigit() else []
    return all(said) and len(said) >= FEWEST


# ---------------------------------------------------------------- weights


def _without_rules(held: Parts, point: float) -> "Pixels":
    import numpy as np

    _, _, wide, high, _ = held.stats.T
    kept = np.where(np.maximum(wide, high) > 1.5 * LARGE_PT * point, np.uint8(0), np.uint8(255))
    kept[0] = 0
    return np.asarray(kept[held.labels], np.uint8)


def _window(row: Row, at: int) -> tuple[slice, slice]:
    """From half way to the last number to half way to the next, and as far over and under as is free."""
    x, half = row.middles[at], row.step / 2
    left = (row.middles[at - 1] + x) / 2 if at else x - half
    right = (row.middles[at + 1] + x) / 2 if at + 1 < TEN else x + half
    across = slice(max(0, round(left)), round(right))
    return slice(max(0, row.top - row.room[0]), row.bottom + row.room[1]), across


def _without_specks(seen: "Pixels", point: float) -> "Pixels":
    import cv2
    import numpy as np

    labels, stats = components(seen)
    kept = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) > _SPECK_PT * point
    kept[0] = False
    return np.where(kept[labels], np.uint8(255), np.uint8(0))


def _room(row: Row, rows: Sequence[Row], taken: Sequence[Word | CheckBox], point: float) -> tuple[int, int]:
    """How far over and under a row nothing stands but, perhaps, what people mark it with."""
    left, right = row.middles[0] - row.step, row.middles[-1] + row.step
    near = [(each.top, each.bottom) for each in taken if each.x0 < right and left < each.x1]
    near += [(each.top, each.bottom) for each in rows if each.middles[0] < right and left < each.middles[-1]]
    over = min((row.top - bottom for _, bottom in near if bottom <= row.top), default=math.inf)
    under = min((top - row.bottom for top, _ in near if top >= row.bottom), default=math.inf)
    least, most = _ROOM_PT * point, _FREE_PT * point
    up, down = (round(max(least, min(free - point, most))) for free in (over, under))
    return up, down


def _weigh(row: Row, seen: "Pixels", drawn: "Pixels", light: "Pixels", point: float) -> None:
    """All that stands close by a number, and over and under it what is no speck."""
    import cv2
    import numpy as np

    high, close = row.bottom - row.top, round(_ROOM_PT * point)
    for at, x in enumerate(row.middles):
        down, across = _window(row, at)
        level = slice(max(0, row.top - close), row.bottom + close)
        beyond = (slice(down.start, level.start), slice(level.stop, down.stop))
        ink = np.count_nonzero(seen[level, across]) + sum(np.count_nonzero(drawn[d, across]) for d in beyond)
        row.ink.append(float(ink) / point**2)
        behind = slice(row.top, row.bottom), slice(max(0, round(x - high / 2)), round(x + high / 2))
        near: Any = cv2.dilate(seen[behind], np.ones((3, 3), np.uint8))
        free = light[behind][near == 0]
        row.paper.append(float(np.median(free)) if free.size else None)


def _told(row: Row, rows: Sequence[Row], point: float) -> NumberRow:
    """What of a row is more than the same numbers of the other rows have."""
    others = [other for other in rows if share(other, row)]
    printed, heavy = _as_printed(others)
    darker = {at: _darker(row, at) for at in range(TEN)}
    darker_by = {at: darker[at] - max(0.0, min(_darker(other, at) for other in others)) for at in range(TEN)}
    more = _more(row, printed)
    heaviest = _heaviest(more)
    faint = min(_FAINT * more[heaviest], _FAINT_PT2)
    usual = _usual([_more(other, printed) for other in others if other is not row])
    whole = _MARK * _mark([_more(other, printed) for other in others if other is not row])
    part = _CIRCLED if row.numbered else 1.0
    stem = _STEM * (row.bottom - row.top) / point**2
    second = max(_SECOND_PT2, faint)
    inked = {
        at for at in range(TEN)
        if more[at] >= max(part * _MARKED[0] * printed[at], _MARKED[1], stem, _CLEARLY * usual[at])
        and (
            more[at] >= 0.5 * more[heaviest]
            or (abs(at - heaviest) > _REACH and more[at] >= second)
            or (abs(at - heaviest) > 1 and more[at] >= whole)  # beside one that was scribbled over
        )
    }  # fmt: skip
    ends = _beside(inked, more)
    tinted = {at for at in range(TEN) if darker[at] >= _TINTED}
    perhaps = {
        at for at in range(TEN) if more[at] >= max(part * _PERHAPS[0] * printed[at], _PERHAPS[1], faint)
    }
    perhaps |= {at for at in range(TEN) if darker_by[at] >= _TINGED} | heavy | tinted
    clearly = {at for at in inked - ends if more[at] >= _CLEARLY_PT2}
    several = clearly if len(clearly) > 1 else set()  # for a person, though the paper be full of specks
    marked = (inked - ends) | tinted if len(perhaps - ends) <= _MOST_DOUBTS else several
    cells = [_cell(row, at, point) for at in range(TEN)]
    boxes = [_box(row, at, point) for at in range(TEN)]
    return NumberRow(cells, boxes, frozenset(marked), frozenset(perhaps))


def _more(row: Row, printed: Mapping[int, float]) -> Mapping[int, float]:
    return {at: row.ink[at] - printed[at] for at in range(TEN)}


def _heaviest(more: Mapping[int, float]) -> int:
    return max(more, key=lambda at: more[at])


def _beside(marked: set[int], more: Mapping[int, float]) -> set[int]:
    """The neighbours of marked numbers that have the ends of their marks."""
    return {
        at for at in more for other in marked
        if abs(at - other) == 1 and more[at] < 0.5 * more[other] >= _SECOND_PT2
    }  # fmt: skip


def _usual(rows: Sequence[Mapping[int, float]]) -> Mapping[int, float]:
    """How much more ink a number has, by the middle one of the rows in which another is marked: noise."""
    marked = [(more, heaviest) for more in rows if more[heaviest := _heaviest(more)] >= _SECOND_PT2]
    seen = ([more[at] for more, heaviest in marked if abs(at - heaviest) > _REACH] for at in range(TEN))
    return {at: median(noise) if noise else 0.0 for at, noise in enumerate(seen)}


def _mark(rows: Sequence[Mapping[int, float]]) -> float:
    """How much ink a mark of this page has, by the middle one of the other rows; of few it is not told."""
    marks = [more[heaviest] for more in rows if more[heaviest := _heaviest(more)] >= _SECOND_PT2]
    return median(marks) if len(marks) >= _FEWEST_MARKS else math.inf


def _as_printed(rows: Sequence[Row]) -> tuple[Mapping[int, float], set[int]]:
    """The least ink of each number in any row; and numbers that are heavy in all of them."""
    least = {at: min(row.ink[at] for row in rows) for at in range(TEN)}
    printed = _NUMBERED if rows[0].numbered else (1.0,) * TEN if rows[0].rings else _PRINTED
    usual = median(least[at] / printed[at] for at in range(TEN))
    thicker = _THICKER if len(rows) > 1 else _THICKER_ALONE
    most = {at: thicker * usual * printed[at] for at in range(TEN)}
    heavy = {at for at in range(TEN) if least[at] > most[at]}
    return {at: min(least[at], most[at]) for at in range(TEN)}, heavy


def _darker(row: Row, at: int) -> float:
    """By how much the paper is darker than around: a shadow darkens the neighbours, too."""
    own = row.paper[at]
    near = (row.paper[k] for k in range(max(0, at - 2), min(TEN, at + 3)) if k != at)
    around = [light for light in near if light is not None]
    return 0.0 if own is None or not around else median(around) - own


def _cell(row: Row, at: int, point: float) -> Cell:
    down, across = _window(row, at)
    return across.start / point, down.start / point, across.stop / point, down.stop / point


def _box(row: Row, at: int, point: float) -> Cell:
    """Where the number stands; of one that is hidden, where it should."""
    blob = row.blobs[at]
    high = row.bottom - row.top
    half = min((blob.x1 - blob.x0) / 2 if blob else high, 0.55 * high)
    x = row.middles[at]
    return (x - half) / point, row.top / point, (x + half) / point, row.bottom / point
