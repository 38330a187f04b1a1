"""One of two options, « oui » and « non », that a pen went over so that it was not read: told by the other.

The one that is read says where on its row the other stands, and how large it is. What is drawn there is a
ring if it runs over and under the letters all along, and a line through them if it is no higher; both are
longer than the word. What is neither stays for a person. The shape of a stroke is that of its upper and lower
edge (profiles, as in the segmentation of cursive writing: Casey and Lecolinet, *A survey of methods and
strategies in character segmentation*, 1996).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.model import Box
from parsers._ocr import Word
from parsers._scanned._rulings import Stroke
from parsers._scanned._upright import Parts, sized

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_FIRST, _SECOND = ("oui", "ja", "yes"), ("non", "nee", "no")
_OPTION = re.compile(r"\W*(oui|non|ja|neen?|yes|no)\W*", re.IGNORECASE)
_READ = 0.4
"""How sure the one that is read is at least."""
_SURE = 0.6
"""How sure the other one is: that it is printed there is certain."""
_NEAR, _INTO, _LEVEL = 3.5, 0.5, 0.4
"""In sizes: how near to the one that is read the mark on the other is, and how far it reaches into it; and
how level its row is."""
_WIDE, _HIGH = (1.12, 3.4), (0.25, 2.6)
"""Times the width of the option read, and in sizes: least and most of a mark. A circle printed to be filled
is narrower; measured 1.17 and more where a pen drew one."""
_OVER, _UNDER, _ALONG = 0.72, 0.02, 0.65
"""In sizes, over and under the foot of a row: a ring runs beyond them along so much of its middle half."""
_LETTERS, _FOOT = 0.85, 0.15
"""In sizes, from where to where a line goes with the letters that it joins."""
_SOLID = 0.5
"""Share of its box that is ink: of more, a scribble, nobody knows whether it chooses or strikes out."""
_BELOW = 0.25
"""In sizes: how far below a word a line is under it."""
_MIDDLE = 0.28
"""In sizes, above the foot of a row: the middle of its small letters."""
_APART = 0.3
"""In sizes: how far apart both options stand at least."""
_CAPITALS, _SMALL = 0.72, 0.53
"""How high capitals and « i », and other small letters are, in sizes."""
_MOST_LETTERS = 6
"""Letters of what the mark was read as."""


@dataclass(frozen=True, slots=True)
class Partnered:
    """What was told of options that were not read."""

    words: list[Word]
    rings: list[Box]
    """In points."""
    through: list[Stroke]


@dataclass(frozen=True, slots=True)
class _Mark:
    x0: int
    top: int
    x1: int
    bottom: int
    around: bool
    """Else it is a line through letters."""


def told_by_partner(
    words: Sequence[Word], lines: Sequence[Stroke], held: Parts, drawn: Callable[[], Parts], dpi: float
) -> Partnered:
    """The words, with options that only their partners tell, and what is drawn around or through those.

    Args:
        lines: those through or under words that are known; `held`: the parts of what is written.
        drawn: gives them with what is ruled, for which long strokes may have been taken.
    """
    kept, rings, through = list(words), [], []
    for read in words:
        said = _OPTION.fullmatch(read.text)
        if said is None or read.confidence < _READ or _has_partner(read, words):
            continue
        leads, text, word = said[1].lower() in _FIRST, _partner(said[1]), _as_high_as_its_letters(read)
        lined = [w for w in _beside(word, kept, behind=leads) if _is_lined(w, lines)]
        if len(lined) == 1 and len(lined[0].text) <= _MOST_LETTERS:
            kept[kept.index(lined[0])] = replace(lined[0], text=text)
            continue
        mark = _mark(word, held, behind=leads) or _mark(word, drawn(), behind=leads)
        if mark is None:
            continue
        level = [w for w in kept if w is not read and abs(w.baseline - read.baseline) < _LEVEL * read.size]
        own = [w for w in level if mark.x0 < (w.x0 + w.x1) / 2 < mark.x1]
        if sum(len(w.text) for w in own) > _MOST_LETTERS:
            continue
        at = kept.index(own[0]) if own else kept.index(read) + leads
        kept = [w for w in kept if w not in own]
        x0 = max(mark.x0, word.x1 + _APART * word.size) if leads else mark.x0
        x1 = mark.x1 if leads else min(mark.x1, word.x0 - _APART * word.size)
        kept.insert(at, replace(read, text=text, x0=float(x0), x1=float(x1), confidence=_SURE))
        if mark.around:
            rings.append(Box(*(side * 72 / dpi for side in (mark.x0, mark.top, mark.x1, mark.bottom))))
        else:
            y = word.baseline - _MIDDLE * word.size
            through.append(Stroke(float(x0), y, float(x1), y))
    return Partnered(kept, rings, through)


def _as_high_as_its_letters(word: Word) -> Word:
    """An option without what made its row look higher: a mark beside it."""
    own = (word.bottom - word.top) / (_CAPITALS if word.text.isupper() or "i" in word.text else _SMALL)
    return replace(word, baseline=word.bottom, size=own) if own < word.size else word


def _beside(word: Word, words: Sequence[Word], *, behind: bool) -> list[Word]:
    """What was read close by an option on the side of its partner, on its row."""
    return [
        other for other in words
        if other is not word and _is_level(other, word)
        and -_INTO * word.size < (other.x0 - word.x1 if behind else word.x0 - other.x1) < _NEAR * word.size
        and any(map(str.isalnum, other.text))
    ]  # fmt: skip


def _is_lined(word: Word, lines: Sequence[Stroke]) -> bool:
    """Whether a line is known to run through a word or right under it."""
    middle, end = (word.x0 + word.x1) / 2, word.bottom + _BELOW * word.size
    return any(line.x0 < middle < line.x1 and word.top < line.top < end for line in lines)


def _partner(said: str) -> str:
    """The other option, in capitals where this one is."""
    low = "nee" if said.lower() == "neen" else said.lower()
    pairs = {**dict(zip(_FIRST, _SECOND, strict=True)), **dict(zip(_SECOND, _FIRST, strict=True))}
    return pairs[low].upper() if said.isupper() else pairs[low]


def _is_level(one: Word, other: Word) -> bool:
    return abs(one.baseline - other.baseline) < _LEVEL * other.size


def _has_partner(word: Word, words: Sequence[Word]) -> bool:
    """Whether another option was read on its row."""
    level = (other for other in words if abs(other.baseline - word.baseline) < _LEVEL * word.size)
    return any(other is not word and _OPTION.fullmatch(other.text) for other in level)


def _mark(word: Word, held: Parts, *, behind: bool) -> _Mark | None:
    """The only ring or line close by an option on the side of its partner, on its row."""
    size, wide = word.size, word.x1 - word.x0
    middle, near = word.baseline - _MIDDLE * size, _NEAR * size
    found = []
    for label in sized(held, size, (_WIDE[0] * wide / size, _WIDE[1] * wide / size), _HIGH):
        x, y, w, h, _ = held.stats[label].tolist()
        apart = x - word.x1 if behind else word.x0 - (x + w)
        if y < middle < y + h and -_INTO * size < apart < near:
            around = _is_ring(held.labels[y : y + h, x : x + w] == label, y, word)
            if around or _is_line(y, y + h, word):
                found.append(_Mark(x, y, x + w, y + h, around))
    return found[0] if len(found) == 1 else None


def _is_ring(line: Any, top: int, word: Word) -> bool:
    """Whether it runs over and under the letters nearly all along its middle half."""
    import numpy as np

    foot, size, quarter = word.baseline, word.size, line.shape[1] // 4
    middle = line[:, quarter : line.shape[1] - quarter]
    if not middle.size or line.mean() > _SOLID:
        return False
    first = top + middle.argmax(axis=0)
    last = top + len(line) - 1 - middle[::-1].argmax(axis=0)
    around = middle.any(axis=0) & (first < foot - _OVER * size) & (last > foot + _UNDER * size)
    return bool(np.mean(around) >= _ALONG)


def _is_line(top: int, bottom: int, word: Word) -> bool:
    """Whether it is no higher than small letters."""
    return top > word.baseline - _LETTERS * word.size and bottom < word.baseline + _FOOT * word.size
