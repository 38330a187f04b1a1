"""Ticks and crosses that a pen drew beside an option or over it: the words are read once more without them.

A letter has no oblique stroke as long as its row is high, but for capitals, which stand in words that are
read. What is longer is a pen's (openings with oblique lines: Serra, *Image Analysis and Mathematical
Morphology*, 1982). Two such strokes that cross each other are a cross, one that rises is a tick's.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from data.model import Box
from parsers import _ocr
from parsers._ocr import Word
from parsers._scanned._rulings import Stroke
from parsers._scanned._upright import Parts, sized
from parsers._scanned._weight import cut, parted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

SURE = 0.6
"""How sure a word that a mark lay on is at least, where it is read without it."""
MOST = 12
"""Marks of one page beside which words are read again."""
_HIGH, _WIDE = (0.65, 3.5), (0.45, 9.0)
"""Least and most, in sizes of the type, of a mark with what it touches."""
_LETTER, _PRINTED = 0.98, 0.8
"""In sizes, how high a letter is at most; and how sure a word is whose letters are no marks."""
_LONG, _HOOK = 0.78, 0.28
"""In sizes: an oblique stroke that no small letter has; and the shorter one of a tick."""
_ANGLES = (32, 38, 44, 50, 56, 62, 68)
_DRAWN = frozenset("vV√/\\")
"""What a tick beside a word is read as, surely."""
_NEAR = 0.9
"""In sizes: how near a mark stands to what it marks."""
_CLEARLY, _AT_ALL = 0.5, 0.15
"""How much nearer than the next a marked word is, as a share and in sizes; else the mark may be either's."""
_HEADING, _ALONE = 1.4, 1.0
"""Of the page's size of type: a larger row is a heading; and how near no other mark stands, in sizes."""
_WORD = 4
"""Letters of a word that is read the same again if it is read well."""
_MIDDLE = 0.28
"""In sizes, above the foot of a row: the middle of its small letters."""
_OVER = 0.5
"""Share of the narrower of them at which a mark lies over a word."""
_END, _NEXT = 0.3, 1.5
"""Share of a word at its end, over which a mark may be the next one's, and how near that is, in sizes."""
_ABOVE, _BELOW = -0.88, 0.3
"""From the foot of a row, in sizes: a mark reaches above or below its letters, as blurred ones do not."""
_SOLID, _REST = 0.75, 0.05
"""Share of its box that a blot fills; and, in squares of the size, what lies under a mark that is no word."""
_SPACE = 0.15
"""In sizes: what is cut off a word stands so far apart, as a word does."""
_PUNCTUATION = re.compile(r"[?:/–—-]+")
_BETWEEN = re.compile(r"[\W_]+|o[uù]|of|or", re.IGNORECASE)
OPTIONS = re.compile(
    r"(?<![^\W\d_])(?:oui|non|ja|neen?|yes|no|primaire|secondaire|sup[ée]rieur|universitaire|inf[ée]rieur"
    r"|dipl[ôo]me|homme|femme|autre)(?![^\W\d_])",
    re.IGNORECASE,
)
"""What is chosen among. Elsewhere the same strokes may be a signature's: they stay."""
_GLUED = re.compile(r"(?<=.)(?=(?:oui|non)$)|(?<=^oui)|(?<=^non)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Penned:
    """What a closer look at marks gave."""

    words: list[Word]
    chosen: list[Box]
    """Around words that are marked, in points."""
    crossed: list[Stroke]
    """Through words that a cross lies over: it may choose them or strike them out."""
    clean: "Pixels"
    """The page without the marks."""


@dataclass(frozen=True, slots=True)
class _Mark:
    x0: float
    top: float
    x1: float
    bottom: float
    tick: bool
    """Else it is a cross, or a stroke like those that strike out."""
    at: tuple[slice, slice]
    line: Any
    """Where in that part of the page it runs."""

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


def without_marks(words: Sequence[Word], clean: "Pixels", black: "Pixels", held: Parts, dpi: float) -> Penned:
    """The words, those that a mark lies on as they read without it, and which are marked.

    Args:
        clean: the page in grey without what is ruled; `black`: 255 where it is written; `held`: its parts.
    """
    import numpy as np

    kept, chosen, crossed, plain = list(words), [], [], clean
    size = float(np.median([word.size for word in words])) if words else 0.0
    paper = int(np.percentile(clean[::8, ::8], 70))
    for mark in _stand_alone(list(_marks(words, held, size)), size)[:MOST] if size else ():
        row = _row(mark, kept, size)
        if not row or not _sticks_out(mark, row, size) or _is_among_numbers(mark, row):
            continue
        piece = plain.copy()
        piece[mark.at][mark.line] = paper
        again = _read(row, mark, piece, dpi)
        over = _over(mark, again, size) or _around_hidden(mark, again, black, size)
        told = over or _beside(mark, again, size)
        if not told or not _is_as_before(mark, row, again) or (not over and _hides(mark, again, black, size)):
            continue
        if not OPTIONS.search(" ".join(word.text for word in again)):
            continue
        plain, at = piece, kept.index(row[0])
        kept = [word for word in kept if word not in row]
        kept[at:at] = again
        chosen += [_around(word, dpi) for word in told]
        crossed += [_through(word) for word in over if not mark.tick]
    return Penned(kept, chosen, crossed, plain)


def _around(word: Word, dpi: float) -> Box:
    return Box(*(side * 72 / dpi for side in (word.x0, word.top, word.x1, word.bottom)))


def _through(word: Word) -> Stroke:
    level = word.baseline - _MIDDLE * word.size
    return Stroke(word.x0, level, word.x1, level)


# ---------------------------------------------------------------- marks


def _marks(words: Sequence[Word], held: Parts, size: float) -> Iterator[_Mark]:
    import numpy as np

    for label in _but_for_letters(sized(held, size, _WIDE, _HIGH), held, words):
        x, y, wide, high, _ = held.stats[label].tolist()
        at = slice(y, y + high), slice(x, x + wide)
        if mark := _mark((held.labels[at] == label).astype(np.uint8), at, size):
            yield mark


def _but_for_letters(labels: Sequence[int], held: Parts, words: Sequence[Word]) -> list[int]:
    """The parts that are no letters of words that are surely print: all at once, for a page has thousands."""
    import numpy as np

    sides = [
        (word.x0 - 2, word.top - 2, word.x1 + 2, word.bottom + 2, _LETTER * word.size)
        for word in words if _is_print(word)
    ]  # fmt: skip
    x0, top, x1, bottom, highest = np.array(sides, np.float64).reshape(-1, 5).T
    x, y, wide, high = held.stats[list(labels), :4].T[:, :, None]
    across, down = (x0 <= x) & (x + wide <= x1), (top <= y) & (y + high <= bottom)
    letters = (across & down & (high < highest)).any(axis=1)
    return [label for label, is_letter in zip(labels, letters.tolist(), strict=True) if not is_letter]


def _is_print(word: Word) -> bool:
    return word.confidence >= _PRINTED and (len(word.text) > 1 or word.text not in _DRAWN)


def _mark(shape: Any, at: tuple[slice, slice], size: float) -> _Mark | None:
    """A tick or a cross among what holds together; no ring, of which the strokes stand apart."""
    import cv2
    import numpy as np

    rising, falling = (_oblique(shape, _LONG * size, sign) for sign in (1, -1))
    if not rising.any() or rising.mean() > _SOLID:
        return None
    cross = bool(falling.any()) and _cross_each_other(rising, falling)
    if falling.any() and not cross and not _is_hook(rising, falling):
        return None
    hook = np.zeros_like(shape) if cross else _hook(shape, rising, size)
    line = rising | falling | hook
    x0, top, x1, bottom = (float(side) for side in _box(line))
    y, x = at[0].start, at[1].start
    tick = not cross and bool(hook.any())
    around = np.asarray(cv2.dilate(line, np.ones((3, 3), np.uint8))) > 0
    return _Mark(x + x0, y + top, x + x1, y + bottom, tick, at, around)


def _box(line: Any) -> tuple[int, int, int, int]:
    import cv2

    x, y, w, h = cv2.boundingRect(line)
    return x, y, x + w, y + h


def _cross_each_other(rising: Any, falling: Any) -> bool:
    """Whether their boxes are nearly one, and its middle is theirs: a ring's strokes go around it."""
    one, other = _box(rising), _box(falling)
    wide, high = (min(one[at], other[at]) - max(one[at - 2], other[at - 2]) for at in (2, 3))
    whole = (max(one[2], other[2]) - min(one[0], other[0])) * (max(one[3], other[3]) - min(one[1], other[1]))
    x, y, x1, y1 = _box(rising | falling)
    w, h = (x1 - x) // 4, (y1 - y) // 4
    meet = (rising & falling)[y + h : y1 - h, x + w : x1 - w]
    return wide > 0 and high > 0 and wide * high > 0.4 * whole and bool(meet.any())


def _is_hook(rising: Any, falling: Any) -> bool:
    """Whether a falling stroke is a tick's short one: about the lower half of the rising one, at most."""
    one, other = _box(rising), _box(falling)
    high = one[3] - one[1]
    return other[1] > one[1] + 0.35 * high and abs(other[3] - one[3]) < 0.3 * high


def _hook(shape: Any, rising: Any, size: float) -> Any:
    """The short stroke that falls to the foot of the long one."""
    import cv2
    import numpy as np

    x0, _, x1, bottom = _box(rising)
    falling = _oblique(shape, _HOOK * size, -1)
    reach = round(0.6 * size)
    falling[: max(0, bottom - reach)] = 0
    falling[:, (x0 + x1) // 2 :] = 0
    _, labels = cv2.connectedComponents(falling, connectivity=8)
    touching = np.unique(labels[cv2.dilate(rising, np.ones((5, 5), np.uint8)) > 0])
    return np.isin(labels, touching[touching > 0]).astype(np.uint8)


def _oblique(shape: Any, length: float, sign: int) -> Any:
    """Strokes that rise (or fall, for -1), at least so long."""
    import cv2
    import numpy as np

    found = np.zeros_like(shape)
    for angle in _ANGLES:
        found |= cv2.morphologyEx(shape, cv2.MORPH_OPEN, _line(length, angle, sign), borderValue=0)
    return found


def _line(length: float, angle: int, sign: int) -> Any:
    import cv2
    import numpy as np

    turn = math.radians(angle)
    across, up = round(length * math.cos(turn)), round(length * math.sin(turn))
    kernel = np.zeros((up + 1, across + 1), np.uint8)
    cv2.line(kernel, (0, up if sign > 0 else 0), (across, 0 if sign > 0 else up), 1)
    return kernel


# ---------------------------------------------------------------- words


def _row(mark: _Mark, words: Sequence[Word], size: float) -> list[Word]:
    """The words close to a mark in the row that it stands in."""
    reach = (_NEAR + 1.5) * size
    near = [word for word in words if mark.x0 - reach < word.x1 and word.x0 < mark.x1 + reach]
    level = [w for w in near if abs(w.baseline - _MIDDLE * w.size - mark.middle[1]) < 0.75 * w.size]
    return sorted(level, key=lambda word: word.x0)


def _read(row: Sequence[Word], mark: _Mark, plain: "Pixels", dpi: float) -> list[Word]:
    """A row once more."""
    size, foot = max(word.size for word in row), row[0].baseline
    left = max(0, int(min(mark.x0, *(word.x0 for word in row)) - 0.2 * size))
    right = int(max(mark.x1, *(word.x1 for word in row)) + 0.2 * size)
    top, bottom = max(0, int(foot - 0.95 * size)), int(foot + 0.4 * size)
    piece = plain[top:bottom, left:right]
    words = parted(_ocr.words_of_block(piece, dpi, left, top), plain) if piece.size else []
    words = [part for word in words for part in _parted(word, plain)]
    return [replace(word, confidence=max(word.confidence, SURE), baseline=foot, size=size) for word in words]


def _parted(word: Word, plain: "Pixels") -> list[Word]:
    """What is left of an option and, apart, the other one, which no mark lies on."""
    parts = [part for part in _GLUED.split(word.text) if part]
    if len(parts) == 1:
        return [word]
    *before, last = cut(word, parts, plain)
    return [*(replace(part, x1=part.x1 - _SPACE * word.size) for part in before), last]


def _sticks_out(mark: _Mark, row: Sequence[Word], size: float) -> bool:
    foot, own = median(word.baseline for word in row), median(word.size for word in row)
    size = own if own > _HEADING * size else size  # of a row with a mark more is told
    return mark.top < foot + _ABOVE * size or mark.bottom > foot + _BELOW * size


def _stand_alone(marks: Sequence[_Mark], size: float) -> list[_Mark]:
    """Those without another close by on the row: capitals that blur has joined have several."""
    return [
        mark for mark in marks
        if not any(
            other is not mark and abs(other.middle[1] - mark.middle[1]) < size
            and max(other.x0 - mark.x1, mark.x0 - other.x1) < _ALONE * size
            for other in marks
        )
    ]  # fmt: skip


def _is_among_numbers(mark: _Mark, row: Sequence[Word]) -> bool:
    return any(word.text.isdigit() for word in row if _gap(mark, word))


def _is_as_before(mark: _Mark, row: Sequence[Word], again: Sequence[Word]) -> bool:
    """Whether it is one row, and all that was surely read beside the mark is still there."""
    apart = all(word.x0 + word.x1 < after.x0 + after.x1 for word, after in pairwise(again))
    said = "".join(word.text for word in again)
    sure = [word for word in row if word.confidence >= _PRINTED and len(word.text) >= _WORD]
    return apart and all(word.text in said for word in sure if _gap(mark, word))


def _said(row: Sequence[Word]) -> list[Word]:
    return [word for word in row if not _BETWEEN.fullmatch(word.text)]


def _is_over(mark: _Mark, word: Word) -> bool:
    shared = min(mark.x1, word.x1) - max(mark.x0, word.x0)
    return shared > _OVER * min(mark.x1 - mark.x0, word.x1 - word.x0)


def _over(mark: _Mark, row: Sequence[Word], size: float) -> list[Word]:
    """The words that a mark lies over; near the end of one, the next one, too, may be meant."""
    said = _said(row)
    over = [word for word in said if _is_over(mark, word)]
    if len(over) == 1 and mark.middle[0] > over[0].x1 - _END * (over[0].x1 - over[0].x0):
        return [over[0], *(word for word in said if 0 <= word.x0 - over[0].x1 < _NEXT * size)]
    return over


def _around_hidden(mark: _Mark, row: Sequence[Word], black: "Pixels", size: float) -> list[Word]:
    """The words to both sides of one that a mark hides."""
    near = [word for word in _said(row) if _gap(mark, word) < _NEAR * size]
    sides = {word.x0 > mark.middle[0] for word in near}
    return near if len(near) == len(sides) == 2 and _hides(mark, row, black, size) else []


def _beside(mark: _Mark, row: Sequence[Word], size: float) -> list[Word]:
    """The word that a mark is clearly nearest to; two where it may be either's."""
    near = sorted(_said(row), key=lambda word: _gap(mark, word))[:2]
    gaps = [gap for word in near if (gap := _gap(mark, word)) < _NEAR * size]
    if len(gaps) == 2 and gaps[0] < min(_CLEARLY * gaps[1], gaps[1] - _AT_ALL * size):
        return near[:1]
    return near[: len(gaps)]


def _gap(mark: _Mark, word: Word) -> float:
    return max(0.0, word.x0 - mark.x1, mark.x0 - word.x1)


def _hides(mark: _Mark, row: Sequence[Word], black: "Pixels", size: float) -> bool:
    """Whether print lies under a mark beside the words and signs that are read."""
    rest = black[mark.at].copy()
    rest[mark.line] = 0
    x, y, foot = mark.at[1].start, mark.at[0].start, row[0].baseline if row else 0.0
    for word in row:
        if not _BETWEEN.fullmatch(word.text) or _PUNCTUATION.fullmatch(word.text):
            rest[:, max(0, round(word.x0) - x) : max(0, round(word.x1) + 1 - x)] = 0
    top, bottom = (max(0, round(foot + part * size) - y) for part in (-0.55, 0.05))
    return int((rest[top:bottom] > 0).sum()) > _REST * size * size
