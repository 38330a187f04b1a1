"""Lines through words and right under them, typed or by pen; struck words are read without them.

Ruled lines are longer than a word, and taken off a page before it is read. What is as short as « non » is
found here, where it lies along a word: runs of dark pixels (an opening with a level element: Serra, *Image
Analysis and Mathematical Morphology*, 1982) longer than any bar of a letter, halfway up the small letters or
below their foot. Strokes that cross the line stay, as staves are taken off music.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from parsers import _ocr
from parsers._ocr import Word
from parsers._scanned._rulings import Stroke
from parsers._scanned._weight import parted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

THROUGH, UNDER = (-0.42, -0.12), (0.07, 0.32)
"""From and to, below the foot of a row, in sizes: where a line strikes out, and where it underlines."""
SURE = 0.6
"""How sure a struck word is at least: that something is printed under the line is certain."""
MOST_ROWS = 8
"""Rows of struck words of one page that are read again."""
_LONG_PT, _THICKEST_PT, _WORD_SPACE_PT, _WRITTEN = 14.0, 4.0, 6.0, 0.25
"""Of a line where no word was read: its length, height and gaps, and how much is written on both sides."""
_UNREAD, _LEGIBLE = "x", 0.5
"""What stands for a piece of a row where no word was read; and how sure each of its words is, read again."""
_LONGEST_BAR = 0.8
"""In sizes: no letter has a longer level stroke."""
_BESIDE = 0.4
"""In sizes: how far to both sides of a word its line is looked for, too."""
_ALONG = 0.8
"""Share of a word's width along which the line must lie."""
_FEWEST_STRUCK, _LEAST_LEFT, _APART = 1.5, 0.6, 0.15
"""In sizes: how much of a word a line runs through and how much it leaves, and what parts both."""
_LEVEL = 0.4
"""In sizes: how far apart the feet of words of one row lie at most."""
_BEYOND = 1.2
"""In sizes: a line that goes on so far beside a word is one to write on."""
_NEIGHBOUR = 4.0
"""In sizes: how near the words stand that tell where a word's row does."""
_THICK = 1.8
"""How much higher than the line a stroke is that crosses it."""


@dataclass(frozen=True, slots=True)
class Lined:
    """What a closer look at lines gave."""

    words: list[Word]
    strokes: list[Stroke]
    clean: "Pixels"
    """The page without lines through words."""


def without_lines(words: Sequence[Word], clean: "Pixels", black: "Pixels", dpi: float) -> Lined:
    """The words, those that are struck out as they read without the line.

    Args:
        clean: the page in grey without what is ruled; `black`: 255 where it is written.
    """
    size = _size(words)
    level = _runs_of(black, _LONGEST_BAR * size)
    apart = list(_apart(words))
    words = [
        part
        for word, lined in zip(apart, _lined(apart, level), strict=True)
        for part in (_where_a_line_ends(word, black, clean, dpi) if lined else (word,))
    ]
    words = _with_unread(words, black, level, dpi / 72)
    found = [
        _line(word, words, black) if lined else (None, None)
        for word, lined in zip(words, _lined(words, level), strict=True)
    ]
    if not any(pair != (None, None) for pair in found):
        return Lined(list(words), [], clean)
    plain, kept = clean.copy(), list(words)
    rows = list(_rows([at for at, (through, _) in enumerate(found) if through], words))
    for run in rows:
        for at in run:
            _erase(plain, black, words[at])
    for run in reversed(rows[:MOST_ROWS]):
        first, last = _with_glued(run, words)
        again = _read(words[first : last + 1], plain, dpi)
        kept[first : last + 1] = again or kept[first : last + 1]
    blind = [word for word in kept if _is_unread(word)]
    seen = (pair for word, pair in zip(words, found, strict=True) if word not in blind)
    strokes = [stroke for pair in seen for stroke in pair if stroke]
    return Lined([word for word in kept if word not in blind], strokes, plain)


def _apart(words: Sequence[Word]) -> Iterator[Word]:
    """The words, none of which reaches into the next on its row: the box of one under a line may.

    What stands there would be read twice.
    """
    for word, after in zip_longest(words, words[1:]):
        into = (
            after
            and abs(after.baseline - word.baseline) < _LEVEL * word.size
            and word.x0 < after.x0 < word.x1
        )
        yield replace(word, x1=after.x0 - 2 * _APART * word.size) if into else word


def _where_a_line_ends(word: Word, black: "Pixels", clean: "Pixels", dpi: float) -> Sequence[Word]:
    """A word, or two: « V̶o̶t̶r̶e̶ ̶r̶é̶p̶o̶n̶s̶e̶LinkedIn », as changes that were kept track of are printed.

    What the line leaves is read alone; what it runs through is read without it, with all that is struck.
    """
    import numpy as np

    x0, x1, size = round(word.x0), round(word.x1), word.size
    top, bottom = (max(0, round(word.baseline + part * size)) for part in THROUGH)
    piece = black[top:bottom, x0:x1]
    if min(piece.shape) < 2:
        return (word,)
    through = np.flatnonzero(_runs_of(piece, _LONGEST_BAR * size).any(axis=0))
    if not through.size or through[0] > _BESIDE * size:
        return (word,)
    ends = np.flatnonzero(np.diff(through) > _BESIDE * size)
    cut = x0 + int(through[ends[0] if ends.size else -1]) + 1
    if cut - x0 < _FEWEST_STRUCK * size or x1 - cut < _LEAST_LEFT * size:
        return (word,)
    share = round(len(word.text) * (cut - x0) / (x1 - x0))
    struck = replace(word, text=word.text[:share] or _UNREAD, x1=float(cut) - _APART * size)
    left = replace(word, text=word.text[share:] or _UNREAD, x0=float(cut))
    alone = clean.copy()
    ending = slice(max(0, cut - round(size)), round(cut - _APART * size / 2))
    alone[:, ending] = int(np.percentile(clean[::8, ::8], 70))
    again = _read([left], alone, dpi) or [left]
    return (struck, *(replace(each, x0=max(each.x0, left.x0)) for each in again))


def _is_unread(word: Word) -> bool:
    return word.text == _UNREAD and not word.confidence


def _size(words: Sequence[Word]) -> float:
    """The height of most rows."""
    import numpy as np

    return float(np.median([word.size for word in words])) if words else 0.0


def _with_unread(words: Sequence[Word], black: "Pixels", level: Any, point: float) -> list[Word]:
    """The words, and one for each piece of a row that could not be read for the line through it."""
    size, kept = _size(words), list(words)
    for x0, y, x1 in _lines_among_letters(black, level, point) if words else ():
        level_with = [w for w in kept if w.top - 0.1 * size < y < w.bottom]
        read = [w for w in level_with if w.confidence >= SURE or _line(w, kept, black)[0]]
        if sum(max(0.0, min(x1, w.x1) - max(x0, w.x0)) for w in read) > 0.4 * (x1 - x0):
            continue
        own = [w for w in level_with if x0 < (w.x0 + w.x1) / 2 < x1]
        foot = y - sum(THROUGH) / 2 * size
        piece = Word(_UNREAD, x0, foot - 0.75 * size, x1, foot + 0.2 * size, 0.0, foot, size)
        at = kept.index(own[0]) if own else sum(w.baseline < foot for w in kept)
        kept = [w for w in kept if w not in own]
        kept.insert(min(at, len(kept)), piece)
    return kept


# ---------------------------------------------------------------- lines


def _lines_among_letters(black: "Pixels", level: Any, point: float) -> Iterator[tuple[float, float, float]]:
    """Left, height and right of level lines that have letters above and below."""
    import cv2
    import numpy as np

    gaps = np.ones((3, round(_WORD_SPACE_PT * point)), np.uint8)
    near, far = round(1.2 * point), round(2.6 * point)
    for first, last in _stretches(level.any(axis=1)):
        long = _runs_of(level[first:last].astype(np.uint8), _LONG_PT * point).astype(np.uint8)
        joined = np.asarray(cv2.morphologyEx(long, cv2.MORPH_CLOSE, gaps), np.uint8)
        for x, down, width, height, _ in cv2.connectedComponentsWithStats(joined)[2][1:].tolist():
            y = first + down
            sides = (black[max(0, y - far) : max(0, y - near), x : x + width],
                     black[y + height + near : y + height + far, x : x + width])  # fmt: skip
            written = [float((side > 0).any(axis=0).mean()) if side.size else 0.0 for side in sides]
            if height <= _THICKEST_PT * point and min(written) > _WRITTEN:
                yield float(x), y + height / 2, float(x + width)


def _stretches(rows: Any) -> list[tuple[int, int]]:
    """Where rows follow each other: the first and behind the last."""
    import numpy as np

    ends = np.flatnonzero(np.diff(np.concatenate(([0], rows.view(np.int8), [0]))))
    return list(zip(ends[::2].tolist(), ends[1::2].tolist(), strict=True))


def _lined(words: Sequence[Word], level: Any) -> list[bool]:
    """Whether any long level run touches each word: few rows have one, and nothing more is asked of most."""
    import numpy as np

    feet = np.array([(word.baseline, word.size) for word in words]).reshape(-1, 2)
    sides = np.rint(feet[:, :1] + feet[:, 1:] * [THROUGH[0], UNDER[1]]).clip(0, len(level)).astype(int)
    above = np.concatenate(([0], np.cumsum(level.any(axis=1))))
    return [
        bool(runs and level[top:bottom, max(0, round(word.x0)) : round(word.x1)].any())
        for word, (top, bottom), runs in zip(words, sides, np.diff(above[sides])[:, 0] > 0, strict=True)
    ]


def _line(word: Word, words: Sequence[Word], black: "Pixels") -> tuple[Stroke | None, Stroke | None]:
    """What lies through a word, and under it."""
    through = _level(word, black, THROUGH)
    whole = _level(word, black, (THROUGH[0], UNDER[1]))
    if through and whole and whole.top > _foot(word, words) + THROUGH[1] * word.size:
        low = word.baseline + sum(UNDER) / 2 * word.size  # thick, its middle at the letters' feet
        return None, replace(through, top=low, bottom=low)
    under = None if through else _level(word, black, UNDER)
    return through, under if under and not _goes_on(word, black, under) else None


def _foot(word: Word, words: Sequence[Word]) -> float:
    """Where its row stands by the words beside it: a line at the feet of a word hides its own."""
    beside = [
        other.baseline for other in words
        if other is not word and abs(other.baseline - word.baseline) < 0.4 * word.size
        and max(other.x0 - word.x1, word.x0 - other.x1) < _NEIGHBOUR * word.size
    ]  # fmt: skip
    return sum(beside) / len(beside) if beside else word.baseline


def _level(word: Word, black: "Pixels", band: tuple[float, float]) -> Stroke | None:
    import numpy as np

    x0, x1, beside = round(word.x0), round(word.x1), round(_BESIDE * word.size)
    top, bottom = (max(0, round(word.baseline + part * word.size)) for part in band)
    piece = black[top:bottom, max(0, x0 - beside) : x1 + beside]
    if min(piece.shape) < 2 or not any(char.isalnum() for char in word.text):
        return None
    runs = _runs_of(piece, _LONGEST_BAR * word.size)[:, x0 - max(0, x0 - beside) :][:, : x1 - x0]
    if not runs.size or float(runs.any(axis=0).mean()) < _ALONG:
        return None
    y = top + float(np.mean(np.nonzero(runs)[0]))
    return Stroke(float(x0), y, float(x1), y)


def _runs_of(piece: Any, length: float) -> Any:
    """Level runs of dark pixels at least so long."""
    import cv2
    import numpy as np

    line = np.ones((1, max(3, round(length))), np.uint8)
    return np.asarray(cv2.morphologyEx(np.ascontiguousarray(piece), cv2.MORPH_OPEN, line)) > 0


def _goes_on(word: Word, black: "Pixels", line: Stroke) -> bool:
    """Whether a line runs on beside a word, to either side."""
    reach, near = round(_BEYOND * word.size), round(0.12 * word.size)
    rows = slice(max(0, round(line.top) - near), round(line.top) + near + 1)
    left = black[rows, max(0, round(line.x0) - reach) : round(line.x0)]
    right = black[rows, round(line.x1) : round(line.x1) + reach]
    return any(bool(side.size) and float((side > 0).any(axis=0).mean()) > 0.9 for side in (left, right))


# ---------------------------------------------------------------- words


def _erase(grey: "Pixels", black: "Pixels", word: Word) -> None:
    """Take a line off a word: what is no higher than the line itself, close by it."""
    import cv2
    import numpy as np

    side = round(_BESIDE * word.size)
    columns = slice(max(0, int(word.x0) - side), int(word.x1) + side)
    top, bottom = (max(0, round(word.baseline + part * word.size)) for part in THROUGH)
    runs = _runs_of(black[top:bottom, columns], _LONGEST_BAR * word.size)
    thick = float(np.median(runs.sum(axis=0)[runs.any(axis=0)])) if runs.any() else 1.0
    above = min(top, side)
    window = np.ascontiguousarray(black[top - above : bottom + side, columns])
    high = np.ones((round(_THICK * thick) + 2, 1), np.uint8)
    crossing = np.asarray(cv2.morphologyEx(window, cv2.MORPH_OPEN, high))[above:][: bottom - top]
    near = np.asarray(cv2.dilate(runs.astype(np.uint8), np.ones((3, 3), np.uint8)))
    grey[top:bottom, columns][(near > 0) & (crossing == 0)] = int(np.percentile(grey[::8, ::8], 70))


def _rows(struck: Sequence[int], words: Sequence[Word]) -> Iterator[list[int]]:
    """Words that follow each other on a row, by number."""
    run: list[int] = []
    for at in struck:
        last = words[run[-1]] if run else None
        if last and (at > run[-1] + 1 or abs(words[at].baseline - last.baseline) > _LEVEL * last.size):
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _with_glued(run: Sequence[int], words: Sequence[Word]) -> tuple[int, int]:
    """The first and last number of a run, with what touches it: « /non » was no better read."""
    first, last = run[0], run[-1]
    while first and _touch(words[first - 1], words[first]):
        first -= 1
    while last + 1 < len(words) and _touch(words[last], words[last + 1]):
        last += 1
    return first, last


def _touch(one: Word, other: Word) -> bool:
    level = abs(one.baseline - other.baseline) < _LEVEL * one.size
    return level and -0.1 * one.size < other.x0 - one.x1 < 0.1 * one.size


def _read(run: Sequence[Word], plain: "Pixels", dpi: float) -> list[Word]:
    """The words of a piece of a row, once more."""
    size = max(word.size for word in run)
    left = max(0, int(min(word.x0 for word in run) - 0.2 * size))
    right = int(max(word.x1 for word in run) + 0.2 * size)
    top, bottom = max(0, int(run[0].baseline - 0.95 * size)), int(run[0].baseline + 0.4 * size)
    piece = plain[top:bottom, left:right]
    words = parted(_ocr.words_of_block(piece, dpi, left, top), plain) if piece.size else []
    if all(map(_is_unread, run)) and any(word.confidence < _LEGIBLE for word in words):
        return []  # a pen that went to and fro: « AAA LA »
    foot = run[0].baseline
    return [replace(word, confidence=max(word.confidence, SURE), baseline=foot, size=size) for word in words]
