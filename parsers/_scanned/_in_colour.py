"""Rings and lines of a coloured pen on options: print is read once more without their colour.

Tesseract loses a word that a pen went around or through close to its letters, and what tells a ring's outline
from letters that it touches is its colour: saturated, as no print is (HSV: Smith, 1978). Where a pen crosses
print, the page is dark in every channel: that stays.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from data.model import Box
from parsers import _ocr
from parsers._ocr import Word
from parsers._scanned._penned import OPTIONS
from parsers._scanned._raster import coarser, components, darkest, lightest, size_at
from parsers._scanned._rulings import Stroke
from parsers._scanned._upright import Upright
from parsers._scanned._weight import cut, parted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

SURE, _READ = 0.6, 0.5
"""How sure an option is at least that is read without the colour on it; and a word that tells its row."""
MOST = 8
"""Pieces of one page that are read again."""
_SATURATED, _CHROMA, _DEPTH = 0.22, 25, 50
"""Of a pen's ink: saturation, distance from grey, and how much darker than paper it is, of 255."""
_STRETCHED = (0.3, 0.85)
"""Of the light of a line's lightest channel: what is darker is print, what is lighter is paper."""
_SIZES = (1.0, 1.6)
"""How many times as large a row is read, until an option is."""
_PARTNERS, _ALIKE = {"oui": "non", "non": "oui", "ja": "nee", "nee": "ja", "yes": "no", "no": "yes"}, 60
"""Of two options each one's other, and likeness of what was read to it."""
_WIDE, _HIGH = (0.6, 26.0), 3.2
"""In sizes of the type: how wide and how high a ring or a line is."""
_CROSSED = 0.5
"""In sizes: how wide a letter is at most that a line crosses, and is interrupted by."""
_FLAT, _THIN, _MOSTLY = 0.9, 0.35, 0.85
"""In sizes: how high a line is at most that goes up or down; and how thick, nearly all along, as letters are
not."""
_AROUND, _HOLLOW, _INNER = 0.8, 0.75, 0.3
"""Share of the hull that a ring, filled, covers; and how much of that, and of its middle, is ink at most."""
_CENTRE, _LEVEL = 0.28, 0.5
"""In sizes: how far above its foot the middle of a row lies, and how far from it a ring's middle."""
_THROUGH, _UNDER, _LINE_UNDER = (-0.6, -0.14), (0.0, 0.75), 0.2
"""In sizes below the foot: where a line strikes out, and where it underlines (between them it may do either);
and where a printed one lies."""
_NEAR = 4.0
"""In sizes: what stands so near to a mark on its row is read again with what lies under it."""
_PAIR = re.compile(r"(\W*(?:oui|ja|yes))(\w?)((?:non|nee|no)\W*)", re.IGNORECASE)
_SPACE = 0.15
"""In sizes: so far apart are two options that are cut from each other."""
_ALONG = 0.5
"""Share of a word along which a line runs at least."""


@dataclass(frozen=True, slots=True)
class Uncoloured:
    """What a closer look at coloured marks gave."""

    words: list[Word]
    rings: list[Box]
    """In points."""
    strokes: list[Stroke]
    """Through and under words."""
    clean: "Pixels"
    """The page without them."""


@dataclass(frozen=True, slots=True)
class _Ink:
    """What has a colour on a page, as fine as its colours are kept."""

    ink: Any
    light: "Pixels"
    """The lightest channel: there a coloured line is paler than print."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """In pixels of the page."""

    x0: float
    top: float
    x1: float
    bottom: float
    ring: bool
    """Else it is a line."""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def without_colour(words: Sequence[Word], page: Upright, clean: "Pixels") -> Uncoloured:
    """The words, options that a coloured ring or line lies on as they read without it.

    Args:
        clean: the page in grey without what is ruled.
    """
    kept, rings, strokes, plain = list(words), [], [], clean
    if not words or not page.is_coloured:
        return Uncoloured(kept, [], [], clean)
    seen, size, looks = _ink(page.raster.rgb), median(word.size for word in words), 0
    for mark in _marks(seen.ink, size, page.dpi / page.raster.dpi):
        row = _row(mark, kept, size)
        told = [word for word in row if _is_told(mark, word)]
        if mark.ring and told and all(_is_option(word) for word in told):
            again = row
        elif looks == MOST:
            continue
        else:
            looks += 1
            again = _read_without(mark, row, plain, seen, page, size)
            told = [word for word in again if _is_told(mark, word)]
        if not any(OPTIONS.search(word.text) and _is_clear(mark, word) for word in told):
            continue
        at = kept.index(row[0]) if row else sum(word.baseline < again[0].baseline for word in kept)
        kept = [word for word in kept if word not in row]
        kept[at:at] = again
        plain = plain.copy() if plain is clean else plain
        area = _area(mark, plain, size)
        plain[area] = _without(plain, area, seen, page)
        if mark.ring:
            rings.append(_around(told, page.dpi))
        else:
            strokes += [_stroke(mark, word) for word in told]
    return Uncoloured(kept, rings, strokes, plain)


# ---------------------------------------------------------------- ink


def _ink(rgb: "Pixels") -> _Ink:
    """Where a page has a colour as dark as ink: in shares of the light that the paper around gives back."""
    import cv2
    import numpy as np

    tiny = coarser(rgb, size_at(rgb, 0.25))
    paper = cv2.medianBlur(cv2.dilate(tiny, np.ones((9, 9), np.uint8)), 9)
    paper = cv2.resize(paper, rgb.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    even = np.asarray(cv2.divide(rgb, paper, scale=255), np.uint8)
    light, least = lightest(even), darkest(even)
    chroma, depth = cv2.subtract(light, least), cv2.bitwise_not(least)
    limit = cv2.max(cv2.convertScaleAbs(depth, alpha=_SATURATED), np.full_like(light, _CHROMA))
    ink = cv2.compare(chroma, limit, cv2.CMP_GT) & cv2.compare(depth, _DEPTH, cv2.CMP_GT)  # type: ignore[call-overload]
    return _Ink(np.minimum(ink, 1), light)


def _marks(ink: Any, size: float, finer: float) -> Iterator[_Mark]:
    """Rings and lines among what holds together."""
    import cv2
    import numpy as np

    own = size / finer
    across = np.ones((3, max(3, round(_CROSSED * own))), np.uint8)
    labels, stats = components(np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, across), np.uint8))
    for label, (x, y, wide, high, _) in enumerate(stats.tolist()):
        if label == 0 or not _WIDE[0] * own < wide < _WIDE[1] * own or high > _HIGH * own:
            continue
        shape = (labels[y : y + high, x : x + wide] == label).astype(np.uint8)
        is_line = (
            high < _FLAT * own and wide > 2 * high and _is_line(shape & ink[y : y + high, x : x + wide], own)
        )
        if is_line or (high > own and _is_ring(shape, own)):
            yield _Mark(x * finer, y * finer, (x + wide) * finer, (y + high) * finer, not is_line)


def _is_line(shape: Any, size: float) -> bool:
    """Whether it is thin in nearly all its columns: coloured letters are as high as they stand."""
    import numpy as np

    there = shape.any(axis=0)
    thick = (len(shape) - shape[::-1].argmax(axis=0) - shape.argmax(axis=0))[there]
    return bool(thick.size and np.mean(thick < _THIN * size) > _MOSTLY)


def _is_ring(shape: Any, size: float) -> bool:
    """Whether it encloses most of its hull, and is mostly hollow."""
    import cv2
    import numpy as np

    side = max(3, round(0.3 * size)) | 1
    room = side
    closed = cv2.morphologyEx(np.pad(shape, room), cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    filled, hull = cv2.contourArea(outline), cv2.contourArea(cv2.convexHull(outline))
    high, wide = (length // 3 for length in shape.shape)
    middle = shape[high : len(shape) - high, wide : shape.shape[1] - wide]
    is_hollow = shape.sum() < _HOLLOW * filled and middle.mean() < _INNER
    return bool(filled > _AROUND * hull and is_hollow)


# ---------------------------------------------------------------- words


def _row(mark: _Mark, words: Sequence[Word], size: float) -> list[Word]:
    """The words of the row that a mark lies on, as far as they stand near it."""
    near = [word for word in words if max(word.x0 - mark.x1, mark.x0 - word.x1) < _NEAR * size]
    level = [word for word in near if _is_near(mark, word)]
    foot = min(level, key=lambda word: abs(_below(mark, word) + _CENTRE), default=None)
    return [word for word in level if foot and abs(word.baseline - foot.baseline) < 0.4 * size]


def _below(mark: _Mark, word: Word) -> float:
    """How far the middle of a mark lies below the foot of a word, in sizes."""
    return (mark.middle - word.baseline) / word.size


def _is_near(mark: _Mark, word: Word) -> bool:
    """Whether a ring goes around a word's row, or a line runs on it or under it."""
    below = _below(mark, word)
    return abs(below + _CENTRE) < _LEVEL if mark.ring else _THROUGH[0] < below < _UNDER[1]


def _is_clear(mark: _Mark, word: Word) -> bool:
    """Whether it does, and a line clearly runs through the word or under it."""
    in_doubt = _THROUGH[1] <= _below(mark, word) <= _UNDER[0]
    return _is_near(mark, word) and (mark.ring or not in_doubt)


def _is_told(mark: _Mark, word: Word) -> bool:
    """Whether a word is what a mark lies on."""
    shared = min(mark.x1, word.x1) - max(mark.x0, word.x0)
    return any(map(str.isalnum, word.text)) and shared > _ALONG * (word.x1 - word.x0)


def _is_option(word: Word) -> bool:
    return word.confidence >= SURE and OPTIONS.search(word.text) is not None


def _area(mark: _Mark, grey: "Pixels", size: float) -> tuple[slice, slice]:
    room = 0.2 * size
    rows = slice(max(0, int(mark.top - room)), min(grey.shape[0], int(mark.bottom + room)))
    return rows, slice(max(0, int(mark.x0 - room)), min(grey.shape[1], int(mark.x1 + room)))


def _without(grey: "Pixels", area: tuple[slice, slice], seen: _Ink, page: Upright) -> "Pixels":
    """A part of the page, of what is coloured no more than is dark in every channel: what it crosses.

    There the lightest channel is stretched, so that ink is as light as paper and print stays dark.
    """
    import cv2
    import numpy as np

    coarse = page.raster.dpi / page.dpi
    rows, columns = (slice(int(side.start * coarse), int(side.stop * coarse) + 1) for side in area)
    piece = grey[area].copy()
    size = piece.shape[1], piece.shape[0]
    ink, light = seen.ink[rows, columns], seen.light[rows, columns]
    if not ink.any():
        return piece
    usual = float(np.median(light[ink > 0]))
    paper = float(np.percentile(grey[::8, ::8], 70))
    stretched = (light - _STRETCHED[0] * usual) / ((_STRETCHED[1] - _STRETCHED[0]) * usual)
    print_alone = (np.clip(stretched, 0, 1) * paper).astype(np.uint8)
    around = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    where = cv2.resize(around, size, interpolation=cv2.INTER_NEAREST) > 0
    piece[where] = cv2.resize(print_alone, size, interpolation=cv2.INTER_CUBIC)[where]
    return piece


def _read_without(
    mark: _Mark, row: Sequence[Word], grey: "Pixels", seen: _Ink, page: Upright, size: float
) -> list[Word]:
    """The row, as far as it stands near a mark, without what is coloured; larger, where that fails."""
    known = max(row, key=lambda word: word.confidence, default=None)
    sure = known if known and (known.confidence >= _READ or not mark.ring) else None
    foot, high = (sure.baseline, sure.size) if sure else (mark.middle + _CENTRE * size, size)
    x0, x1 = min([mark.x0, *(w.x0 for w in row)]), max([mark.x1, *(w.x1 for w in row)])
    rows = slice(max(0, int(foot - 0.95 * high)), min(grey.shape[0], int(foot + 0.4 * high)))
    columns = slice(max(0, int(x0 - 0.3 * high)), min(grey.shape[1], int(x1 + 0.3 * high)))
    bare, again = grey.copy(), []
    piece = bare[rows, columns] = _without(grey, (rows, columns), seen, page)
    for larger in _SIZES if piece.size else ():
        read = _ocr.words_enlarged(piece, page.dpi, columns.start, rows.start, larger)
        read = [word for word in parted(read, bare) if abs(word.baseline - foot) < _LEVEL * high]
        own = median(word.baseline for word in read) if read else foot  # that line was not in its way
        again = [
            replace(part, confidence=max(part.confidence, SURE), baseline=own, size=high)
            for word in read for part in _both(word, bare)
        ]  # fmt: skip
        again = _with_partner(mark, again)
        if any(OPTIONS.search(word.text) for word in again if _is_told(mark, word)):
            break
    return again


def _with_partner(mark: _Mark, words: list[Word]) -> list[Word]:
    """« nor » beside « oui » is « non », where the mark lies on it: of a letter crossed less is left."""
    told = [word for word in words if _is_told(mark, word)]
    others = {_letters(word) for word in words if word not in told} & set(_PARTNERS)
    if len(told) != 1 or len(others) != 1 or OPTIONS.search(told[0].text):
        return words
    partner = _PARTNERS[others.pop()]
    alike = fuzz.ratio(_letters(told[0]), partner) >= _ALIKE
    return [replace(word, text=partner) if alike and word is told[0] else word for word in words]


def _letters(word: Word) -> str:
    return "".join(filter(str.isalpha, word.text.lower()))


def _both(word: Word, grey: "Pixels") -> Sequence[Word]:
    """A word, or the two options in it: the stroke between went with the colour, or is told as a letter."""
    pair = _PAIR.fullmatch(word.text)
    if pair is None:
        return (word,)
    first, *_, second = cut(word, [part for part in pair.groups() if part], grey)
    return replace(first, x1=first.x1 - _SPACE * word.size), second


def _around(words: Sequence[Word], dpi: float) -> Box:
    x0, top = min(word.x0 for word in words), min(word.top for word in words)
    x1, bottom = max(word.x1 for word in words), max(word.bottom for word in words)
    return Box(*(side * 72 / dpi for side in (x0, top, x1, bottom)))


def _stroke(mark: _Mark, word: Word) -> Stroke:
    """A line where a printed one would lie through a word, or under it."""
    through = _below(mark, word) < _THROUGH[1]
    y = word.baseline + (-_CENTRE if through else _LINE_UNDER) * word.size
    return Stroke(word.x0, y, word.x1, y)
