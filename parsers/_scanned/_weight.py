"""How heavy the letters of recognised words are, of what colour and how dark: what a font tells of print.

The mean width of the strokes that a row of pixels crosses is twice the sum of its darkness over the sum of
its slopes (the co-area formula in one dimension: Federer, *Curvature measures*, 1959), so that nothing hangs
on a threshold. Words that follow each other without a separator are one phrase, « supérieur de type court »,
and have one weight. A phrase is bold beside its neighbours, never by itself. Measured on the pages of
`tests/corpus/chosen_pages.py`: bold type is 1.26 to 1.85 times as heavy as its font's regular; « oui » and
« non » of one weight differ by 1.16 at most, but for two pairs of the half to work with. On a grey page what
was coloured is 0.69 to 0.77 times as dark as the option beside it, what was not 0.86 and more.
"""

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from statistics import median
from typing import TYPE_CHECKING, Any

from parsers._ocr import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_Strokes = Mapping[int, float]
"""Of each word, by identity, how wide its strokes are."""
LONGEST = 8
"""Words of a phrase: a longer run is a sentence, which is no option, and costs time."""
BLACK = (0.0, 0.0, 0.0)
BOLD, HEAVY = 1.21, 1.12
"""How much heavier a bold phrase is than its lightest neighbour, and than what is regular on its page."""
GAP = 1.12
"""What is lighter than the bold phrase beside it by less is as bold: between options there must be a gap."""
LEAD = 1.3
"""How much heavier the bold words of a page are than its regular ones of the same size, at least."""
_FEWEST, _FEWEST_LETTERS = 40, 3
"""Words of one size that tell what is regular; and letters of a beginning that is none by chance."""
COLOURED = (0.5, 0.0, 0.0)
"""Of what was coloured before the page became grey: in which one, nobody sees."""
_PALE, _GREYED = 0.8, 0.55
"""How much paler than its neighbour what was coloured is; what is paler still was greyed out."""
_AS_HEAVY = 1.18
"""A neighbour heavier by more looks darker for its weight."""
_LIGHTER = 20
"""Percentile of a page's phrases that is regular: most of them may be bold labels or bold answers."""
_SAME_SIZE = 0.15
"""Rows of one size of type are told as high by the engine but for so much."""
_APART = 0.9
"""In sizes: a gap that no word space reaches."""
_NOISE = 0.15
"""Of the darkest pixel: what is paler is the paper's grain."""
_INK = 0.6
"""Of the darkest pixel: what is darker is ink, not the blur around it."""
_LEAST_PX = 3
"""High and wide: in less there is no stroke to measure."""
_LEVEL = 1.8
"""Times the median of its rows: there the bar of a « t », or a line through the word, runs along."""
_SEPARATES = re.compile(r"[-–—/|;:•()\[\]]+|ou|of|or", re.IGNORECASE)
_ALONE = re.compile(r"\W*(?:oui|non|ja|nee|neen|yes|no)\W*", re.IGNORECASE)
"""A phrase by itself, though nothing but a space parts it from the other."""
_GLUED = re.compile(r"(^:(?=.)|(?<=[^\W\d])/|/(?=[^\W\d])|(?:^|(?<=oui))[-–—](?=oui|non))", re.IGNORECASE)
_NARROW, _WIDE = frozenset("iljtfrI.,:;'’!|/()[]-1"), frozenset("mwMW—")


@dataclass(frozen=True, slots=True)
class Face:
    """What a word's letters look like."""

    bold: bool = False
    colour: tuple[float, float, float] = BLACK
    """Red, green and blue of the ink, from 0 to 1; the paper is white."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[Word, ...]
    weight: float
    """Mean width of the strokes, in pixels."""


def faces(
    words: Sequence[Word], grey: "Pixels", rgb: "Pixels | None", finer: float
) -> list[tuple[Word, Face]]:
    """The words, each with its face.

    Args:
        rgb: the page in colour; None where it has none, and `finer`: how many pixels of `grey` are one of it.
    """
    strokes = {id(word): _strokes(word, grey) for word in words if any(map(str.isalnum, word.text))}
    leads = _leads(words, strokes)
    phrases = _phrases(words, strokes, {id(lead[-1]) for lead in leads})
    led = {id(word) for lead in leads for word in lead}
    bold = led | {id(word) for at in _bold(phrases) for word in phrases[at].words}
    if rgb is not None:
        coloured = {id(word): _colour(word, rgb, finer) for phrase in phrases for word in phrase.words}
    else:
        tones = [_tone(phrase, grey) for phrase in phrases]
        coloured = {id(word): COLOURED for at in _pale(phrases, tones) for word in phrases[at].words}
    return [(word, Face(id(word) in bold, coloured.get(id(word), BLACK))) for word in words]


# ---------------------------------------------------------------- weight


def _leads(words: Sequence[Word], strokes: _Strokes) -> list[list[Word]]:
    """What begins a row, or fills it, in the heavier of two weights that a page has: labels and titles.

    It ends where the row falls into two parts best, so that one word measured wrong cuts none short; its
    first word is heavy, for in « Nom : **Peeters** » the row rises.
    """
    import numpy as np

    told = [word for word in words if id(word) in strokes]
    long = [(word.size, strokes[id(word)]) for word in told if len(word.text) >= _FEWEST_LETTERS]
    sizes, weights = np.array(long).reshape(-1, 2).T
    leads = []
    for row in _rows(words):
        alike = weights[np.abs(sizes / row[0].size - 1) < _SAME_SIZE]
        heavy = _between(alike)
        if heavy is None:
            continue
        more = [len(word.text) * (strokes.get(id(word), heavy) - heavy) for word in row]
        gained = [0.0, *accumulate(more)]
        end = gained.index(max(gained))
        lead = row if not any(more[end:]) else row[:end]
        first = next((word for word in lead[:end] if any(map(str.isalpha, word.text))), None)
        letters = sum(len(word.text) for word in lead[:end])
        if first is not None and strokes[id(first)] >= heavy and letters >= _FEWEST_LETTERS:
            leads.append(lead)
    return leads


def _between(weights: "NDArray[np.float64]") -> float | None:
    """Half way between two weights, where there are two: parted as Otsu (1979) parts two greys."""
    import numpy as np

    if weights.size < _FEWEST:
        return None
    rising = np.sort(weights)
    below = np.arange(1, rising.size)
    sums = np.cumsum(rising)
    light, heavy = sums[:-1] / below, (sums[-1] - sums[:-1]) / below[::-1]
    at = int(np.argmax(below * below[::-1] * (heavy - light) ** 2))
    return float(light[at] + heavy[at]) / 2 if heavy[at] >= LEAD * light[at] else None


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """The words that follow each other on a row, however far apart."""
    rows: list[list[Word]] = []
    for word in words:
        last = rows[-1][-1] if rows else None
        level = last is not None and abs(word.baseline - last.baseline) < 0.4 * last.size
        if last is not None and level and word.x0 > last.x0:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _bold(phrases: Sequence[_Phrase]) -> set[int]:
    """Which phrases are heavier than a neighbour and than most, and which beside them are no lighter."""
    heavy = {at for at in range(len(phrases)) if _is_heavy(at, phrases)}
    return heavy | {
        other for at in heavy for other in _beside(at, phrases)
        if phrases[at].weight < GAP * phrases[other].weight
    }  # fmt: skip


def _is_heavy(at: int, phrases: Sequence[_Phrase]) -> bool:
    import numpy as np

    phrase = phrases[at]
    if not any(phrase.weight >= BOLD * phrases[other].weight for other in _beside(at, phrases)):
        return False
    fellows = [other.weight for other in phrases if _are_alike(phrase, other)]
    return bool(phrase.weight >= HEAVY * np.percentile(fellows, _LIGHTER))


def _pale(phrases: Sequence[_Phrase], tones: Sequence[float]) -> set[int]:
    """Which phrases are paler than a neighbour that is no heavier, and which beside them are no darker."""
    pale = {at for at in range(len(phrases)) if _is_pale(at, phrases, tones)}
    return pale | {
        other for at in pale for other in _beside(at, phrases) if tones[other] < GAP * tones[at]
    }  # fmt: skip


def _is_pale(at: int, phrases: Sequence[_Phrase], tones: Sequence[float]) -> bool:
    return any(
        _GREYED * tones[other] < tones[at] <= _PALE * tones[other]
        and phrases[other].weight < _AS_HEAVY * phrases[at].weight
        for other in _beside(at, phrases)
    )


def _beside(at: int, phrases: Sequence[_Phrase]) -> list[int]:
    """The phrases before and behind one, of the same size of type."""
    near = [other for other in (at - 1, at + 1) if 0 <= other < len(phrases)]
    return [other for other in near if _are_alike(phrases[at], phrases[other])]


def _are_alike(one: _Phrase, other: _Phrase) -> bool:
    """Whether they are of one size of type."""
    return abs(one.words[0].size / other.words[0].size - 1) < _SAME_SIZE


def _phrases(words: Sequence[Word], strokes: _Strokes, ends: Collection[int]) -> list[_Phrase]:
    """Runs of words that no separator and no wide gap parts, in reading order; no sentences.

    Args:
        ends: the words behind which a bold beginning has ended.
    """
    runs: list[list[Word]] = [[]]
    for word in words:
        separates = _SEPARATES.fullmatch(word.text) is not None
        last = runs[-1][-1] if runs[-1] else None
        if separates or (last and (id(last) in ends or not _goes_on(last, word))):
            runs.append([])
        if not separates and any(char.isalpha() for char in word.text):
            runs[-1].append(word)
    return [_phrase(run, strokes) for run in runs if 0 < len(run) <= LONGEST]


def _goes_on(before: Word, word: Word) -> bool:
    if _ALONE.fullmatch(word.text) or _ALONE.fullmatch(before.text) or before.text.endswith((":", ";", "?")):
        return False
    level = abs(word.baseline - before.baseline) < 0.4 * before.size
    return level and word.x0 - before.x1 < _APART * before.size


def _phrase(words: Sequence[Word], strokes: _Strokes) -> _Phrase:
    """With the means of its words', the longer ones counting more."""
    letters = sum(len(word.text) for word in words)
    return _Phrase(tuple(words), sum(strokes[id(word)] * len(word.text) for word in words) / letters)


def _tone(phrase: _Phrase, grey: "Pixels") -> float:
    """How dark a phrase is, the mean of its words, the longer ones counting more; 1 is black."""
    import cv2

    seen = [(len(word.text), _depth(word, grey)) for word in phrase.words]
    tones = [
        size * cv2.mean(depth, cv2.inRange(depth, math.ceil(_INK * int(depth.max())), 255))[0] / max(paper, 1)
        for size, (depth, paper) in seen if min(depth.shape) >= _LEAST_PX
    ]  # fmt: skip
    return sum(tones) / sum(size for size, _ in seen)


def _depth(word: Word, grey: "Pixels") -> tuple[Any, int]:
    """By how much a word down to its foot is darker than the paper around it; and that."""
    rows = slice(max(0, int(word.top)), int(min(word.bottom, word.baseline)) + 1)
    piece = grey[rows, max(0, int(word.x0) - 1) : int(word.x1) + 2]
    paper = int(piece.max(initial=0))
    return paper - piece, paper


def _strokes(word: Word, grey: "Pixels") -> float:
    """How wide its strokes are, in pixels, in all rows but those in which a line runs along."""
    import cv2

    depth, _ = _depth(word, grey)
    if min(depth.shape) < _LEAST_PX:
        return 0.0
    deepest = int(depth.max())
    depth = cv2.threshold(depth, math.ceil(_NOISE * deepest) - 1, 0, cv2.THRESH_TOZERO)[1]
    steps = cv2.absdiff(depth[:, 1:], depth[:, :-1])
    crossed = [
        (2 * area, ends)
        for area, ends in zip(_by_row(depth), _by_row(steps), strict=True)
        if ends > 2 * _INK * deepest
    ]
    if not crossed:
        return 0.0
    along = _LEVEL * median(area / ends for area, ends in crossed)
    strokes = [(area, ends) for area, ends in crossed if area / ends <= along]
    return sum(area for area, _ in strokes) / sum(ends for _, ends in strokes)


def _by_row(values: Any) -> list[int]:
    """The sum of each row."""
    import cv2

    return cv2.reduce(values, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel().tolist()  # type: ignore[no-any-return,unused-ignore]


# ---------------------------------------------------------------- colour


def _colour(word: Word, rgb: "Pixels", finer: float) -> tuple[float, float, float]:
    """Of its ink, without the paper that shows beside thin strokes: it is black in one of the three."""
    import cv2

    rows = slice(max(0, int(word.top / finer)), int(word.bottom / finer) + 1)
    piece = rgb[rows, max(0, int(word.x0 / finer)) : int(word.x1 / finer) + 1]
    if piece.shape[0] * piece.shape[1] < 9:
        return 0.0, 0.0, 0.0
    red, green, blue = cv2.split(piece)
    light = cv2.add(cv2.add(red, green, dtype=cv2.CV_16U), blue, dtype=cv2.CV_16U)
    least, most, _, _ = cv2.minMaxLoc(light)
    ink = cv2.mean(piece, cv2.inRange(light, 0, math.floor(most - _INK * (most - least))))
    paper = cv2.mean(piece, cv2.inRange(light, math.ceil(most - 30), 3 * 255))
    seen = [dark / max(white, 1.0) for dark, white in zip(ink[:3], paper[:3], strict=True)]
    black = max(1.0 - min(seen), 0.1)
    r, g, b = ((share - min(seen)) / black for share in seen)
    return r, g, b


# ---------------------------------------------------------------- « oui/non »


def parted(words: Sequence[Word], grey: "Pixels") -> list[Word]:
    """The words, « oui/non » in its parts: one of them may be bold, or struck out."""
    return [part for word in words for part in _parted(word, grey)]


def _parted(word: Word, grey: "Pixels") -> Iterator[Word]:
    """A word and what is glued to it, each by itself."""
    parts = [part for part in _GLUED.split(word.text) if part]
    yield from cut(word, parts, grey) if len(parts) > 1 else (word,)


def cut(word: Word, parts: Sequence[str], grey: "Pixels") -> Iterator[Word]:
    """A word cut where nothing is written, each part about as wide as its letters are."""
    wide = (word.x1 - word.x0) / sum(map(_width, word.text))
    x = word.x0
    for part in parts[:-1]:
        end = max(x, _gap_near(x + wide * sum(map(_width, part)), word, grey))
        yield replace(word, text=part, x0=x, x1=end)
        x = end
    yield replace(word, text=parts[-1], x0=x)


def _width(char: str) -> float:
    return 0.5 if char in _NARROW else 1.5 if char in _WIDE else 1.0


def _gap_near(x: float, word: Word, grey: "Pixels") -> float:
    """The lightest column close to a place."""
    import numpy as np

    reach = max(1, round(0.15 * word.size))
    first = max(0, round(x) - reach)
    columns = grey[max(0, int(word.top)) : int(word.bottom) + 1, first : round(x) + reach + 1]
    return float(first + np.argmax(columns.sum(axis=0, dtype=np.int64))) if columns.size else x
