"""Scales printed as a row, « 1 2 3 … 10 » or ten circles, without lines between: their places, by geometry.

Tesseract loses such digits, and all of what a pen went over. Ten narrow things at equal distances, which say
1 to 10 in the rows that were read, are a scale; the statements of a page share its places, so that a row in
which some are hidden borrows them. Each place is then weighed against the same number in the other rows, by
its ink and by the colour behind it: what was printed is the same in all of them, what was added is not.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from parsers import _ocr
from parsers._ocr import Word
from parsers._scanned._check_boxes import CheckBox
from parsers._scanned._raster import components
from parsers._scanned._upright import dark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

Cell = tuple[float, float, float, float]
"""Left, top, right, bottom; in points."""

TEN = 10
_LOW_PT, _TALL_PT, _LARGE_PT, _WIDE_PT = 3.0, 16.0, 45.0, 26.0
"""A number is as high as this, and no higher; a pen's mark no larger; and of what stands at a place."""
_LEVEL_PT, _JOINED, _ROOM_PT, _FREE_PT, _SPECK_PT = 1.3, 0.33, 2.5, 16.0, 4.5
_EVEN = (0.7, 1.45)
"""How near and how far two neighbours are, of the usual distance: brackets and a ten shift them."""
_TWO_DIGITS = 1.5
"""How much wider a ten is, at least: of « mot 1 2 … 9 » nothing is the ten, and every place one too low."""
_OFF = 0.25
"""How far from its place in another row, of the distance between two."""
_FEWEST_SHARED, _FEWEST_SQUARES = 6, 3
_BESIDE_BOXES = 0.8
"""How far from their boxes numbers stand at most, of their height."""
_SAID, _ALIKE, _CLOSER_LOOKS = "12345678910", 70, 2
"""What all of a row is read as, how near to it, and in how many rows it is looked for once more."""
_SAME_WIDTH = 0.25
_AS_PRINTED = 0.85
"""Least correlation of the ink of one to nine with `_PRINTED`: of 34 faces it was 0.94 to 1."""
_EMPTY, _ROUND = 0.2, (0.62, 0.88)
"""Of a circle: how much of its middle is ink if nothing stands there; and how much of its box it fills."""
_SAME_RING, _FEWEST_RINGS = 0.15, 7
"""How far circles differ in size, and how many of ten are left as they were printed."""
_PRINTED = (0.74, 0.97, 0.98, 1.05, 1.03, 1.21, 0.74, 1.27, 1.23, 1.75)
"""Ink of the numbers of common faces, of the middle one's; of the 1 between one with a foot and without."""
_NUMBERED = tuple(1 + 0.5 * ink for ink in _PRINTED)
"""The same in circles: a line around has twice the ink of the number."""
_THICKER, _THICKER_ALONE = 1.25, 1.15
"""A number that is heavier in all its rows may be marked in all of them; in its only row, sooner."""
_MARKED, _PERHAPS = (0.3, 1.6), (0.16, 0.9)
"""Of a printed number's ink, and in square points, how much more there is."""
_CIRCLED = 0.45
"""Of that share, where the ink printed is a circle's, too."""
_CLEARLY, _CLEARLY_PT2 = 1.5, 20.0
"""Times what the same number has more in rows in which another one is marked; and what no speck has."""
_REACH, _SECOND_PT2 = 2, 5.0
"""How many numbers away the end of a mark may lie; so much ink farther away is another, a ring by a blot."""
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


@dataclass(slots=True)
class _Row:
    """Places in pixels: the middle of each, and what stands there."""

    top: int
    bottom: int
    middles: list[float]
    blobs: list["_Blob | None"]
    rings: bool = False
    """Circles to be filled or crossed, in the place of the numbers, or with the numbers in them: « ① ② »."""
    numbered: bool = False
    room: tuple[int, int] = (0, 0)
    """How far over and under it no words stand: there people underline, or cross the line of a scale."""
    ink: list[float] = field(default_factory=list)
    paper: list[float | None] = field(default_factory=list)
    """How light it is behind each number; of one that is all covered, nothing is known."""

    @property
    def step(self) -> float:
        return median(b - a for a, b in pairwise(self.middles))


@dataclass(frozen=True, slots=True)
class _Blob:
    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


def number_rows(
    black: "Pixels",
    clean: "Pixels",
    light: Callable[[], "Pixels"],
    words: Sequence[Word],
    boxes: Sequence[CheckBox],
    point: float,
) -> list[NumberRow]:
    """The rows of numbers on a page, weighed.

    Args:
        black: 255 where something is drawn or written, ruled lines too.
        clean: the page in grey without what is drawn.
        light: gives the darkest channel of the page's colours, as large; asked where there are rows.
        words: what was read there; `boxes`: the little squares drawn there.
        point: pixels to the point.
    """
    bands = list(_bands(black, point))
    strict = [
        row for top, bottom, blobs in bands for row in _runs(top, bottom, blobs, black, point)
        if not (_is_half_boxes(row, boxes) or _has_boxes(row, boxes, 0.0))
    ]  # fmt: skip
    alike: list[list[_Row]] = []
    for row in _once(strict):
        group = next((group for group in alike if _share(group[0], row)), None)
        if group:
            group.append(row)
        else:
            alike.append([row])
    read = [row for group in alike if _says_numbers(group, words, clean, point) for row in group]
    if not read:
        return []
    taken = {(row.top, row.bottom) for row in read}
    lent = [
        hidden for top, bottom, blobs in bands if (top, bottom) not in taken
        if (hidden := _lent(top, bottom, blobs, read)) is not None
    ]  # fmt: skip
    rows = sorted([*read, *lent], key=lambda row: row.top)
    seen = _without_rules(black, point) | dark(clean)
    drawn, paper = _without_specks(seen, point), light()
    taken_up: list[Word | CheckBox] = [*(word for word in words if len(word.text) > 1), *boxes]
    for row in rows:
        row.room = _room(row, rows, taken_up, point)
        _weigh(row, seen, drawn, paper, point)
    told = (_told(row, rows, point) for row in rows)
    return [
        replace(each, marked=frozenset(), perhaps=frozenset(), of_boxes=True)
        if _has_boxes(row, boxes, _BESIDE_BOXES) else each
        for row, each in zip(rows, told, strict=True)
    ]  # fmt: skip


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


def _bands(black: "Pixels", point: float) -> Iterator[tuple[int, int, list[_Blob]]]:
    """Things that stand on one line and are as large as digits, joined with what touches them."""
    import numpy as np

    stats = components(black)[1][1:, :4].astype(np.int64)
    wide, high = stats[:, 2:].T
    parts = stats[(high >= _LOW_PT * point) & (high <= _LARGE_PT * point) & (wide <= _LARGE_PT * point)]
    parts[:, 2:] += parts[:, :2]  # left, top, right, bottom
    parts = parts[np.argsort(parts[:, 0], kind="stable")]
    small = [(bottom, top) for _, top, _, bottom in parts.tolist() if bottom - top <= _TALL_PT * point]
    lines: list[list[tuple[int, int]]] = []
    for bottom, top in sorted(small):
        if lines and bottom - lines[-1][0][0] <= _LEVEL_PT * point:
            lines[-1].append((bottom, top))
        else:
            lines.append([(bottom, top)])
    for line in (line for line in lines if len(line) >= _FEWEST_SHARED):
        bottom, top = (round(median(sides)) for sides in zip(*line, strict=True))
        shared = np.minimum(parts[:, 3], bottom) - np.maximum(parts[:, 1], top)
        yield top, bottom, _joined(parts[shared > 0.5 * (bottom - top)], _JOINED * (bottom - top))


def _joined(parts: Any, gap: float) -> list[_Blob]:
    """Parts from left to right, a row each, as blobs: those less than a gap apart are one."""
    import numpy as np

    if not len(parts):
        return []
    x0, top, x1, bottom = parts.T
    reached = np.maximum.accumulate(x1)
    first = np.flatnonzero(np.concatenate([[True], x0[1:] - reached[:-1] >= gap]))
    lowest, highest = np.maximum.reduceat(bottom, first), np.minimum.reduceat(top, first)
    ends = np.maximum.reduceat(x1, first)
    return [_Blob(*sides) for sides in np.stack([x0[first], highest, ends, lowest]).T.tolist()]


def _runs(top: int, bottom: int, blobs: Sequence[_Blob], black: "Pixels", point: float) -> Iterator[_Row]:
    """Ten narrow blobs at equal distances, the last of two digits, with nothing as near on either side.

    Or ten circles.
    """
    for first in range(len(blobs) - TEN + 1):
        run = list(blobs[first : first + TEN])
        middles = [blob.middle for blob in run]
        step = median(b - a for a, b in pairwise(middles))
        around = [*blobs[max(0, first - 1) : first], *blobs[first + TEN : first + TEN + 1]]
        if (
            all(_EVEN[0] * step <= b - a <= _EVEN[1] * step for a, b in pairwise(middles))
            and all(blob.x1 - blob.x0 <= min(_WIDE_PT * point, 1.2 * step) for blob in run)
            and all(min(abs(b.x0 - middles[-1]), abs(middles[0] - b.x1)) > 0.8 * step for b in around)
        ):
            rings, numbered = (_are_rings(run, black, empty=empty) for empty in (True, False))
            two_digits = run[-1].x1 - run[-1].x0 >= _TWO_DIGITS * median(b.x1 - b.x0 for b in run)
            if rings or numbered or two_digits:
                yield _Row(top, bottom, middles, list(run), rings or numbered, numbered)
                return


def _is_half_boxes(row: _Row, boxes: Sequence[CheckBox]) -> bool:
    """Whether some of ten things are little squares, and others are not: « ☐ 6 ☐ 7 ☐ 8 ☐ 9 ☐ 10 »."""
    middle = (row.top + row.bottom) / 2
    level = [box for box in boxes if box.top < middle < box.bottom]
    squares = sum(any(box.x0 < x < box.x1 for box in level) for x in row.middles)
    return _FEWEST_SQUARES <= squares <= TEN - _FEWEST_SQUARES


def _has_boxes(row: _Row, boxes: Sequence[CheckBox], near: float) -> bool:
    """Whether little squares, most of them empty, stand where a row does, or so near over or under it."""
    room = near * (row.bottom - row.top)
    level = [box for box in boxes if box.top < row.bottom + room and row.top - room < box.bottom]
    own = [box for x in row.middles for box in level if box.x0 < x < box.x1 and not box.ticked]
    return len(own) >= _FEWEST_SHARED


def _once(rows: Sequence[_Row]) -> list[_Row]:
    """Without a row's second finding: circles, which are higher, and numbers in them stand on two lines."""
    kept: list[_Row] = []
    for row in sorted(rows, key=lambda row: row.top - row.bottom):
        if not any(
            row.top < other.bottom and other.top < row.bottom and _share(row, other) for other in kept
        ):
            kept.append(row)
    return kept


def _are_rings(run: Sequence[_Blob], black: "Pixels", *, empty: bool) -> bool:
    """Whether nearly all are round and as large as each other, and nothing, or something, stands in them.

    Of one that is marked, the line around is left.
    """
    wide = median(blob.x1 - blob.x0 for blob in run)
    high = median(blob.bottom - blob.top for blob in run)
    alike = [
        blob for blob in run
        if abs(blob.x1 - blob.x0 - wide) <= _SAME_RING * wide
        and abs(blob.bottom - blob.top - high) <= _SAME_RING * high and _is_ring(blob, black, empty=empty)
    ]  # fmt: skip
    return abs(wide - high) <= _SAME_WIDTH * high and len(alike) >= _FEWEST_RINGS


def _is_ring(blob: _Blob, black: "Pixels", *, empty: bool) -> bool:
    """Whether its corners are paper, and its middle is, or is not; about a number the line is closed."""
    shape: Any = black[blob.top : blob.bottom, blob.x0 : blob.x1] > 0
    corner, inner = max(1, round(0.1 * min(shape.shape))), round(0.35 * min(shape.shape))
    middle = shape[inner:-inner, inner:-inner] if inner else shape
    corners = (shape[:corner, :corner], shape[:corner, -corner:], shape[-corner:, :corner])
    free = not any(part.all() for part in corners) and bool(middle.size)
    return free and (middle.mean() < _EMPTY if empty else middle.mean() >= _EMPTY and _is_closed(shape))


def _is_closed(shape: Any) -> bool:
    """Whether what is drawn fills, with all that it encloses, as much of its box as a circle does."""
    import cv2
    import numpy as np

    outlines, _ = cv2.findContours(shape.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = max(map(cv2.contourArea, outlines), default=0.0)
    return bool(_ROUND[0] < filled / shape.size < _ROUND[1])


def _share(one: _Row, other: _Row) -> bool:
    """Whether the same is printed at most of the same places."""
    if (one.rings, one.numbered) != (other.rings, other.numbered):
        return False
    near = sum(abs(a - b) < _OFF * other.step for a, b in zip(one.middles, other.middles, strict=True))
    return near >= _FEWEST_SHARED


def _says_numbers(rows: Sequence[_Row], words: Sequence[Word], clean: "Pixels", point: float) -> bool:
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


def _weigh_as_numbers(rows: Sequence[_Row], clean: "Pixels") -> bool:
    """Whether one to nine are as light and as heavy as in print; the ten, of two digits, always is."""
    import numpy as np

    written = dark(clean) > 0
    blobs = [[row.blobs[at] for row in rows] for at in range(TEN - 1)]
    least = [min(int(written[b.top : b.bottom, b.x0 : b.x1].sum()) for b in at if b) for at in blobs]
    return min(least) > 0 and bool(np.corrcoef(least, _PRINTED[:-1])[0, 1] >= _AS_PRINTED)


def _is_of(word: Word, row: _Row) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return row.top < y < row.bottom and row.middles[0] - row.step < x < row.middles[-1] + row.step


def _digits(words: Sequence[Word]) -> str:
    said = "".join(word.text for word in sorted(words, key=lambda word: word.x0))
    return "".join(char for char in said if char in _SAID)


def _words_of(row: _Row, clean: "Pixels", point: float) -> list[Word]:
    room = round(_ROOM_PT * point)
    left, top = max(0, round(row.middles[0] - row.step)), max(0, row.top - room)
    piece = clean[top : row.bottom + room, left : round(row.middles[-1] + row.step)]
    return _ocr.words_of_block(piece, 72 * point, left, top)


def _each_says_its_own(row: _Row, clean: "Pixels", point: float) -> bool:
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
    return all(said) and len(said) >= _FEWEST_SHARED


def _lent(top: int, bottom: int, blobs: Sequence[_Blob], rows: Sequence[_Row]) -> _Row | None:
    """A line with the same things at most of another row's places, and little else: the rest is hidden."""
    if any(top < row.bottom and row.top < bottom for row in rows):
        return None
    for row in rows:
        inside = [b for b in blobs if b.x1 > row.middles[0] - row.step and b.x0 < row.middles[-1] + row.step]
        at = [next((blob for blob in inside if _is_like(blob, own, row.step)), None) for own in row.blobs]
        found = [blob for blob in at if blob is not None]
        if len(found) >= _FEWEST_SHARED and len(inside) <= TEN + 1:
            return _Row(top, bottom, list(row.middles), at, row.rings, row.numbered)
    return None


def _is_like(blob: _Blob, own: "_Blob | None", step: float) -> bool:
    """Whether something stands at the place of a number, and is as wide."""
    if own is None or abs(blob.middle - own.middle) > _OFF * step:
        return False
    wide, own_wide = blob.x1 - blob.x0, own.x1 - own.x0
    return abs(wide - own_wide) <= max(_SAME_WIDTH * own_wide, 0.08 * step)


# ---------------------------------------------------------------- weights


def _without_rules(black: "Pixels", point: float) -> "Pixels":
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    large = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) > 1.5 * _LARGE_PT * point
    kept = np.where(large, np.uint8(0), np.uint8(255))
    kept[0] = 0
    return np.asarray(kept[labels], np.uint8)


def _window(row: _Row, at: int) -> tuple[slice, slice]:
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


def _room(row: _Row, rows: Sequence[_Row], taken: Sequence[Word | CheckBox], point: float) -> tuple[int, int]:
    """How far over and under a row nothing stands but, perhaps, what people mark it with."""
    left, right = row.middles[0] - row.step, row.middles[-1] + row.step
    near = [(each.top, each.bottom) for each in taken if each.x0 < right and left < each.x1]
    near += [(each.top, each.bottom) for each in rows if each.middles[0] < right and left < each.middles[-1]]
    over = min((row.top - bottom for _, bottom in near if bottom <= row.top), default=math.inf)
    under = min((top - row.bottom for top, _ in near if top >= row.bottom), default=math.inf)
    least, most = _ROOM_PT * point, _FREE_PT * point
    up, down = (round(max(least, min(free - point, most))) for free in (over, under))
    return up, down


def _weigh(row: _Row, seen: "Pixels", drawn: "Pixels", light: "Pixels", point: float) -> None:
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


def _told(row: _Row, rows: Sequence[_Row], point: float) -> NumberRow:
    """What of a row is more than the same numbers of the other rows have."""
    others = [other for other in rows if _share(other, row)]
    printed, heavy = _as_printed(others)
    darker = {at: _darker(row, at) for at in range(TEN)}
    darker_by = {at: darker[at] - min(_darker(other, at) for other in others) for at in range(TEN)}
    more = _more(row, printed)
    heaviest = _heaviest(more)
    usual = _usual([_more(other, printed) for other in others if other is not row])
    part = _CIRCLED if row.numbered else 1.0
    inked = {
        at for at in range(TEN)
        if more[at] >= max(part * _MARKED[0] * printed[at], _MARKED[1], _CLEARLY * usual[at])
        and (more[at] >= 0.5 * more[heaviest] or (abs(at - heaviest) > _REACH and more[at] >= _SECOND_PT2))
    }  # fmt: skip
    ends = _beside(inked, more)
    tinted = {at for at in range(TEN) if darker[at] >= _TINTED}
    perhaps = {at for at in range(TEN) if more[at] >= max(part * _PERHAPS[0] * printed[at], _PERHAPS[1])}
    perhaps |= {at for at in range(TEN) if darker_by[at] >= _TINGED} | heavy | tinted
    clearly = {at for at in inked - ends if more[at] >= _CLEARLY_PT2}
    several = clearly if len(clearly) > 1 else set()  # for a person, though the paper be full of specks
    marked = (inked - ends) | tinted if len(perhaps - ends) <= _MOST_DOUBTS else several
    cells = [_cell(row, at, point) for at in range(TEN)]
    boxes = [_box(row, at, point) for at in range(TEN)]
    return NumberRow(cells, boxes, frozenset(marked), frozenset(perhaps))


def _more(row: _Row, printed: Mapping[int, float]) -> Mapping[int, float]:
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


def _as_printed(rows: Sequence[_Row]) -> tuple[Mapping[int, float], set[int]]:
    """The least ink of each number in any row; and numbers that are heavy in all of them."""
    least = {at: min(row.ink[at] for row in rows) for at in range(TEN)}
    printed = _NUMBERED if rows[0].numbered else (1.0,) * TEN if rows[0].rings else _PRINTED
    usual = median(least[at] / printed[at] for at in range(TEN))
    thicker = _THICKER if len(rows) > 1 else _THICKER_ALONE
    most = {at: thicker * usual * printed[at] for at in range(TEN)}
    heavy = {at for at in range(TEN) if least[at] > most[at]}
    return {at: min(least[at], most[at]) for at in range(TEN)}, heavy


def _darker(row: _Row, at: int) -> float:
    """By how much the paper is darker than around: a shadow darkens the neighbours, too."""
    own = row.paper[at]
    near = (row.paper[k] for k in range(max(0, at - 2), min(TEN, at + 3)) if k != at)
    around = [light for light in near if light is not None]
    return 0.0 if own is None or not around else median(around) - own


def _cell(row: _Row, at: int, point: float) -> Cell:
    down, across = _window(row, at)
    return across.start / point, down.start / point, across.stop / point, down.stop / point


def _box(row: _Row, at: int, point: float) -> Cell:
    """Where the number stands; of one that is hidden, where it should."""
    blob = row.blobs[at]
    high = row.bottom - row.top
    half = min((blob.x1 - blob.x0) / 2 if blob else high, 0.55 * high)
    x = row.middles[at]
    return (x - half) / point, row.top / point, (x + half) / point, row.bottom / point
