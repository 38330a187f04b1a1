"""Where the numbers of a scale stand that is printed as a row, without lines between: by geometry alone.

Ten narrow things at equal distances, the last one of two digits; or ten circles. A circle may stand before or
behind each number, « 1 ○ 2 ○ », or a stroke part them, « 1 / 2 / 3 ». Rows of a page share their places, so
that one in which some are hidden borrows them; if something is hidden in each, what several of them have was
printed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, permutations
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from parsers._scanned._check_boxes import CheckBox
from parsers._scanned._upright import Parts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

TEN = 10
FEWEST, _FEWEST_SQUARES = 6, 3
"""So many of ten places or boxes tell a row; and so many boxes are some of them."""
LARGE_PT, _LOW_PT, _TALL_PT, _WIDE_PT = 45.0, 3.0, 16.0, 26.0
"""A pen's mark is no larger; a number is as high as this, and no higher; and what stands at a place."""
_LEVEL_PT, _JOINED, _MORE = 1.3, 0.33, 2
_APART = 0.05
"""Of a digit's height: of a row with circles or strokes between its numbers only what overlaps is joined."""
_WITH_OTHERS = (21, 20, 19)
"""Things of « 1 / 2 / … / 10 » and of « 1 ○ 2 ○ … 10 ○ », if the last number is one or two."""
_SAME_PT = 2.0
"""How far apart the same thing stands in two lines, and how much it differs in width."""
_EVEN = (0.7, 1.45)
"""How near and how far two neighbours are, of the usual distance: brackets and a ten shift them."""
_FREE = 0.8
"""How far from the first and the last number the next thing is, at least, of that distance."""
_TWO_DIGITS = 1.5
"""How much wider a ten is, at least: of « mot 1 2 … 9 » nothing is the ten, and every place one too low."""
_AS_HIGH = 0.25
"""By what part of it a ten is higher or lower than the other numbers, at most."""
_OFF = 0.25
"""How far from its place in another row, of the distance between two."""
_SAME_WIDTH = 0.25
_EMPTY, _ROUND = 0.2, (0.62, 0.88)
"""Of a circle: how much of its middle is ink if nothing stands there; and how much of its box it fills."""
_SAME_RING, _FEWEST_RINGS = 0.15, 7
"""How far circles differ in size, and how many of ten are left as they were printed."""
_NARROW, _SIDE, _FEWEST_PAIRS = 0.45, 0.4, 7
"""Of its height, how wide a bracket is at most; its share of a pair; how many of ten pairs hold nothing."""


@dataclass(slots=True)
class Row:
    """Places in pixels: the middle of each, and what stands there."""

    top: int
    bottom: int
    middles: list[float]
    blobs: list["Blob | None"]
    rings: bool = False
    """Circles to be filled or crossed, in the place of the numbers, or with the numbers in them: « ① ② »."""
    numbered: bool = False
    things: int = TEN
    """How many things are printed in it."""
    room: tuple[int, int] = (0, 0)
    """How far over and under it no words stand: there people underline, or cross the line of a scale."""
    ink: list[float] = field(default_factory=list)
    paper: list[float | None] = field(default_factory=list)
    """How light it is behind each number; of one that is all covered, nothing is known."""

    @property
    def step(self) -> float:
        return median(b - a for a, b in pairwise(self.middles))


class Blob(NamedTuple):
    """A thing on a line. A tuple, since a page has thousands."""

    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    def joined(self, other: "Blob") -> "Blob":
        x0, top = min(self.x0, other.x0), min(self.top, other.top)
        return Blob(x0, top, max(self.x1, other.x1), max(self.bottom, other.bottom))


@dataclass(frozen=True, slots=True)
class Band:
    """Things that stand on one line."""

    top: int
    bottom: int
    joined: list[Blob]
    """What is close together as one: « 10 »."""
    apart: list[Blob]

    def blobs(self, things: int) -> list[Blob]:
        """Those that a row of so many things is made of."""
        return self.joined if things == TEN else self.apart

    def beside(self, text: Any) -> "Band":
        """Without the letters of words: « Pas du tout 1 2 3 … 10 Totalement ».

        Args:
            text: left, top, right and bottom of each word.
        """
        level = text[(text[:, 1] < self.bottom) & (self.top < text[:, 3])]
        return Band(self.top, self.bottom, _outside(self.joined, level), _outside(self.apart, level))


def _outside(blobs: Sequence[Blob], words: Any) -> list[Blob]:
    import numpy as np

    middles = np.array([blob.middle for blob in blobs])[:, None]
    within = ((words[:, 0] < middles) & (middles < words[:, 2])).any(axis=1)
    return [blob for blob, is_letter in zip(blobs, within.tolist(), strict=True) if not is_letter]


def bands_of(held: Parts, point: float) -> Iterator[Band]:
    """Things that stand on one line and are as large as digits, joined with what touches them."""
    import numpy as np

    stats = held.stats[1:, :4].astype(np.int64)
    wide, high = stats[:, 2:].T
    parts = stats[(high >= _LOW_PT * point) & (high <= LARGE_PT * point) & (wide <= LARGE_PT * point)]
    parts[:, 2:] += parts[:, :2]  # left, top, right, bottom
    parts = parts[np.argsort(parts[:, 0], kind="stable")]
    small = [(bottom, top) for _, top, _, bottom in parts.tolist() if bottom - top <= _TALL_PT * point]
    lines: list[list[tuple[int, int]]] = []
    for bottom, top in sorted(small):
        if lines and bottom - lines[-1][0][0] <= _LEVEL_PT * point:
            lines[-1].append((bottom, top))
        else:
            lines.append([(bottom, top)])
    for line in (line for line in lines if len(line) >= FEWEST):
        bottom, top = (round(median(sides)) for sides in zip(*line, strict=True))
        shared = np.minimum(parts[:, 3], bottom) - np.maximum(parts[:, 1], top)
        yield _band(top, bottom, parts[shared > 0.5 * (bottom - top)])


def with_brackets(band: Band, black: "Pixels") -> Band:
    """The things of a line, each two brackets that nothing stands between as one: « [ ] »."""
    kept: list[Blob] = []
    for blob in band.apart:
        if kept and _are_brackets(kept[-1], blob, black):
            kept[-1] = kept[-1].joined(blob)
        else:
            kept.append(blob)
    return Band(band.top, band.bottom, band.joined, kept)


def _are_brackets(left: Blob, right: Blob, black: "Pixels") -> bool:
    """Whether two strokes as high as each other stand close, bent towards each other at both ends."""
    high, gap = left.bottom - left.top, right.x0 - left.x1
    level = max(abs(left.top - right.top), abs(left.bottom - right.bottom)) <= _SAME_RING * high
    narrow = max(left.x1 - left.x0, right.x1 - right.x0) <= _NARROW * high
    if not level or not narrow or not 0 < gap <= high:
        return False
    for blob, side in ((left, 1), (right, -1)):
        shape: Any = black[blob.top : blob.bottom, blob.x0 : blob.x1][:, ::side] > 0
        inner, third = shape[:, -max(1, shape.shape[1] // 3) :], high // 3
        if inner[third:-third].any() or not inner[:third].any() or not inner[-third:].any():
            return False
    return True


def _band(top: int, bottom: int, parts: Any) -> Band:
    return Band(top, bottom, *(_joined(parts, gap * (bottom - top)) for gap in (_JOINED, _APART)))


def recurring(bands: Sequence[Band], point: float) -> Iterator[Band]:
    """What stands at the same places of several lines: it was printed, and there no pen joined it to another.

    Lines that hold more than a scale are left out: of text, something is found at any place.
    """
    import numpy as np

    near = _SAME_PT * point
    short = [band for band in bands if len(band.apart) <= _WITH_OTHERS[0] + _MORE]
    for band in short:
        lines = [band]
        for other in short:
            alike = len(_shared(band.apart, other.apart, near)) >= 2 * FEWEST
            if alike and not any(overlap(other, line) for line in lines):
                lines.append(other)
        seen = [
            blob for one, other in permutations(lines, 2) for blob in _shared(one.apart, other.apart, near)
        ]  # fmt: skip
        kept: list[Blob] = []
        for blob in sorted(seen, key=lambda blob: blob.x1 - blob.x0):  # what is joined is wider
            if not any(blob.x0 < b.x1 and b.x0 < blob.x1 for b in kept):
                kept.append(blob)
        parts = np.array(sorted((b.x0, b.top, b.x1, b.bottom) for b in kept), np.int64).reshape(-1, 4)
        yield _band(band.top, band.bottom, parts)


def _shared(blobs: Sequence[Blob], others: Sequence[Blob], near: float) -> list[Blob]:
    """Those as which the same stands at the same place of another line."""
    import numpy as np

    own, their = (
        np.array([(blob.x0, blob.x1) for blob in each]).reshape(-1, 1, 2) for each in (blobs, others)
    )
    same = (np.abs(own - their.swapaxes(0, 1)).max(axis=2) < near).any(axis=1)
    return [blob for blob, is_same in zip(blobs, same.tolist(), strict=True) if is_same]


def _joined(parts: Any, gap: float) -> list[Blob]:
    """Parts from left to right, a row each, as blobs: those less than a gap apart are one."""
    import numpy as np

    if not len(parts):
        return []
    x0, top, x1, bottom = parts.T
    reached = np.maximum.accumulate(x1)
    first = np.flatnonzero(np.concatenate([[True], x0[1:] - reached[:-1] >= gap]))
    lowest, highest = np.maximum.reduceat(bottom, first), np.minimum.reduceat(top, first)
    ends = np.maximum.reduceat(x1, first)
    return list(map(Blob._make, np.stack([x0[first], highest, ends, lowest]).T.tolist()))


def runs(band: Band, black: "Pixels", point: float) -> Iterator[Row]:
    """Ten narrow things at equal distances, the last of two digits, with nothing as near on either side.

    Or ten circles. Beside each number may stand a circle, or between two of them a stroke.
    """
    for things in (*_WITH_OTHERS, TEN):  # « ○ 6 ○ 7 ○ 8 ○ 9 ○ 10 » are ten things, too
        blobs = band.blobs(things)
        for first in _beginnings(blobs, things, point):
            around = [*blobs[max(0, first - 1) : first], *blobs[first + things : first + things + 1]]
            run = blobs[first : first + things]
            found = (_run(*each, around, black, point) for each in _arranged(run))
            if told := next((each for each in found if each is not None), None):
                yield Row(band.top, band.bottom, *told, things)
                return


def _beginnings(blobs: Sequence[Blob], things: int, point: float) -> list[int]:
    """With which blobs so many may begin: nine narrow numbers at even distances, and nothing near before.

    A line of text has as many places to begin as letters; to look closely at each takes a quarter of the time
    that Tesseract takes for the page. The tenth number is left out: it may be of two blobs.
    """
    import numpy as np

    if len(blobs) < things:
        return []
    x0, x1 = np.array([(blob.x0, blob.x1) for blob in blobs], np.float64).T
    alone, paired = np.where(x1 - x0 > _WIDE_PT * point, np.nan, (x0 + x1) / 2), (x0[:-1] + x1[1:]) / 2
    every, kinds = (1, [alone]) if things == TEN else (2, [alone, paired])
    may = np.zeros(len(blobs) - things + 1, bool)
    before = np.concatenate([[-np.inf], x1[: len(may) - 1]])
    for middles in kinds:
        nine = np.lib.stride_tricks.sliding_window_view(middles, (TEN - 2) * every + 1)[: len(may), ::every]
        gaps = np.diff(nine)
        widest = gaps.max(axis=1)
        even = _EVEN[0] * widest <= _EVEN[1] * gaps.min(axis=1)
        may |= even & (_EVEN[1] * np.abs(nine[:, 0] - before) > _FREE * widest)
    found: list[int] = np.flatnonzero(may).tolist()
    return found


def _run(
    numbers: Sequence[Blob],
    others: Sequence[Blob],
    around: Sequence[Blob],
    black: "Pixels",
    point: float,
) -> tuple[list[float], list["Blob | None"], bool, bool] | None:
    """The places of ten numbers, what stands there, and whether circles do, with or beside numbers."""
    paired = len(others) == TEN
    pairs = zip(numbers, others if paired else numbers, strict=True)
    middles = [(min(one.x0, other.x0) + max(one.x1, other.x1)) / 2 for one, other in pairs]
    gaps = [b - a for a, b in pairwise(middles)]
    step = median(gaps)
    if (
        min(gaps) < _EVEN[0] * step
        or max(gaps) > _EVEN[1] * step
        or max(each.x1 - each.x0 for each in numbers) > min(_WIDE_PT * point, 1.2 * step)
        or any(min(abs(b.x0 - middles[-1]), abs(middles[0] - b.x1)) <= _FREE * step for b in around)
    ):
        return None
    two_digits = numbers[-1].x1 - numbers[-1].x0 >= _TWO_DIGITS * median(b.x1 - b.x0 for b in numbers)
    high, usual = numbers[-1].bottom - numbers[-1].top, median(b.bottom - b.top for b in numbers)
    if others:
        circled = _are_rings(others, black, empty=True) or _are_bracketed(others, black)
        two_digits &= abs(high - usual) <= _AS_HIGH * usual  # else it may be the circle behind the ten
        fits = two_digits and (circled if paired else _are_alike(others) and not circled)
        return (middles, list(numbers), paired, paired) if fits else None
    rings, numbered = (_are_rings(numbers, black, empty=empty) for empty in (True, False))
    fits = rings or numbered or two_digits
    return (middles, list(numbers), rings or numbered, numbered) if fits else None


def _arranged(run: Sequence[Blob]) -> Iterator[tuple[Sequence[Blob], Sequence[Blob]]]:
    """Ten numbers, and what stands behind or before each, or between two: the ten may be of two things."""
    if len(run) == TEN:
        yield run, ()
        return
    *most, last = run
    *fewer, before = most
    *least, ten = fewer
    for each in (run, [*fewer, before.joined(last)], [*least, ten.joined(before), last]):
        if len(each) in {2 * TEN - 1, 2 * TEN}:
            yield each[::2], each[1::2]
        if len(each) == 2 * TEN:
            yield each[1::2], each[::2]


def _are_alike(blobs: Sequence[Blob]) -> bool:
    """Whether they are as wide and as high as each other: strokes are, numbers are not."""
    wide, high = median(b.x1 - b.x0 for b in blobs), median(b.bottom - b.top for b in blobs)
    return all(max(abs(b.x1 - b.x0 - wide), abs(b.bottom - b.top - high)) <= _SAME_RING * high for b in blobs)


def is_half_boxes(row: Row, boxes: Sequence[CheckBox]) -> bool:
    """Whether some of ten things are little squares, and others are not: « ☐ 6 ☐ 7 ☐ 8 ☐ 9 ☐ 10 »."""
    middle = (row.top + row.bottom) / 2
    level = [box for box in boxes if box.top < middle < box.bottom]
    squares = sum(any(box.x0 < x < box.x1 for box in level) for x in row.middles)
    return _FEWEST_SQUARES <= squares <= TEN - _FEWEST_SQUARES


def is_of_boxes(band: Band, boxes: Sequence[CheckBox]) -> bool:
    """Whether empty little squares, as many as most of a scale, stand on a line."""
    middle = (band.top + band.bottom) / 2
    return sum(box.top < middle < box.bottom and not box.ticked for box in boxes) >= FEWEST


def once(rows: Sequence[Row]) -> list[Row]:
    """Without a row's second finding: circles, which are higher, and numbers in them stand on two lines."""
    kept: list[Row] = []
    for row in sorted(rows, key=lambda row: row.top - row.bottom):
        if not any(row.top < other.bottom and other.top < row.bottom and share(row, other) for other in kept):
            kept.append(row)
    return kept


def _are_rings(run: Sequence[Blob], black: "Pixels", *, empty: bool) -> bool:
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


def _are_bracketed(others: Sequence[Blob], black: "Pixels") -> bool:
    """Whether most are as high as each other, and in the middle of each is paper, from top to bottom."""
    high = median(blob.bottom - blob.top for blob in others)
    alike = [
        blob for blob in others
        if abs(blob.bottom - blob.top - high) <= _SAME_RING * high and _is_open(blob, black)
    ]  # fmt: skip
    return len(alike) >= _FEWEST_PAIRS


def _is_open(blob: Blob, black: "Pixels") -> bool:
    side = round(_SIDE * (blob.x1 - blob.x0))
    return not black[blob.top : blob.bottom, blob.x0 + side : blob.x1 - side].any()


def _is_ring(blob: Blob, black: "Pixels", *, empty: bool) -> bool:
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


def share(one: Row, other: Row) -> bool:
    """Whether the same is printed at most of the same places."""
    kinds = ((row.rings, row.numbered, row.things == TEN) for row in (one, other))
    if len(set(kinds)) > 1:
        return False
    near = sum(abs(a - b) < _OFF * other.step for a, b in zip(one.middles, other.middles, strict=True))
    return near >= FEWEST


def alike(rows: Sequence[Row]) -> list[list[Row]]:
    groups: list[list[Row]] = []
    for row in rows:
        group = next((group for group in groups if share(group[0], row)), None)
        if group:
            group.append(row)
        else:
            groups.append([row])
    return groups


def overlap(one: Band | Row, other: Band | Row) -> bool:
    return one.top < other.bottom and other.top < one.bottom


def lent(bands: Sequence[Band], rows: Sequence[Row]) -> list[Row]:
    """Lines with the same things at most of another row's places, and little else: the rest is hidden."""
    found: list[Row] = []
    for band in bands:
        lent = next((lent for row in rows if (lent := _as_in(row, band)) is not None), None)
        if lent is not None and not any(overlap(band, other) for other in found):
            found.append(lent)
    return found


def _as_in(row: Row, band: Band) -> Row | None:
    left, right = row.middles[0] - row.step, row.middles[-1] + row.step
    inside = [blob for blob in band.blobs(row.things) if blob.x1 > left and blob.x0 < right]
    at = [next((blob for blob in inside if _is_like(blob, own, row.step)), None) for own in row.blobs]
    if sum(blob is not None for blob in at) < FEWEST or len(inside) > row.things + 1:
        return None
    return Row(band.top, band.bottom, list(row.middles), at, row.rings, row.numbered, row.things)


def _is_like(blob: Blob, own: "Blob | None", step: float) -> bool:
    """Whether something stands at the place of a number, and is as wide."""
    if own is None or abs(blob.middle - own.middle) > _OFF * step:
        return False
    wide, own_wide = blob.x1 - blob.x0, own.x1 - own.x0
    return abs(wide - own_wide) <= max(_SAME_WIDTH * own_wide, 0.08 * step)
