"""Names that stand twice on a page, once as type and once in larger letters of another kind, or in colour.

Where people sign legibly, a reader reads a name, and takes its ink for print. Of what is typed twice in one
font, each word is the same picture, however large it is; of what is typed and then written by hand, or set
in a font like a hand's, it is not; and of two names in one font, only a pen has coloured one. Likeness is
the normalised correlation of two words' ink, both brought to one size (Lewis, *Fast normalized
cross-correlation*, 1995).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from parsers._ocr import Word
from parsers._scanned import _tint
from parsers._scanned._print import runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_MOST_WORDS, _FEWEST_LETTERS, _PARTICLE = 5, 7, 3
"""Of a name; what is shorter than a name's word may be « van » or « El », and its picture tells little."""
_READ_ALIKE, _OF_THE_NAME = 75.0, 0.7
"""Likeness of two words as they are read, and how much of the name stands elsewhere too."""
_LARGER, _ALIKE = 1.2, 0.7
"""How much larger a hand writes than the type, and how alike the pictures are of words in one font.

Measured on 300 words of names in 14 fonts, scanned at 150 to 300 dpi and photographed: typed twice, at the
same size or up to 1.8 times as large, 97 of 100 reach 0.75; written in ten fonts like a hand's, 94 of 100
stay below 0.7, and nine of ten are 1.3 times as large and more.
"""
_SIZE = (72, 24)
_BLUR = 1.2
_INK = 0.35
"""Of the darkest pixel: what is darker is a word's ink."""


def in_other_letters(words: Sequence[Word], grey: "Pixels", rgb: "Pixels") -> list[Word]:
    """The words of names that are no type of this page, for they stand on it in other letters, too.

    Args:
        grey: the page, without what is ruled; `rgb`: the same in colour, at any size.
    """
    finer = len(grey) / len(rgb)
    told = runs(words)
    found: list[Word] = []
    for run in filter(_may_name, told):
        namesakes = [pairs for other in told if other is not run and (pairs := _namesake(run, other))]
        if _is_larger_and_unlike(namesakes, grey) or _alone_has_colour(namesakes, rgb, finer):
            found += run
    return found


def _may_name(run: Sequence[Word]) -> bool:
    """Whether a row of words alone may be somebody's name: two or more, with capitals, and nothing else."""
    long = [word.text for word in run if len(word.text) > _PARTICLE]
    capital = bool(long) and all(text[0].isupper() and text[1:] != text[1:].upper() for text in long)
    letters = sum(sum(map(str.isalpha, word.text)) for word in run)
    return 2 <= len(run) <= _MOST_WORDS and capital and letters >= _FEWEST_LETTERS


def _namesake(run: Sequence[Word], other: Sequence[Word]) -> list[tuple[Word, Word]]:
    """The words of a name with those of another row that reads like it; none where that is another one."""
    pairs = list(_pairs(run, other))
    whole = sum(len(word.text) for word in run)
    return pairs if sum(len(word.text) for word, _ in pairs) >= _OF_THE_NAME * whole else []


def _is_larger_and_unlike(namesakes: Sequence[Sequence[tuple[Word, Word]]], grey: "Pixels") -> bool:
    """Whether a name stands elsewhere in smaller letters, and nowhere in the same ones."""
    larger = any(_high(word) > _LARGER * _high(other) for pairs in namesakes for word, other in pairs)
    return larger and not any(_are_alike(pairs, grey) for pairs in namesakes)


def _alone_has_colour(namesakes: Sequence[Sequence[tuple[Word, Word]]], rgb: "Pixels", finer: float) -> bool:
    """Whether a name is in colour, and none of its namesakes is."""
    if not namesakes:
        return False
    own, others = zip(*(pair for pairs in namesakes for pair in pairs), strict=True)
    return _has_colour(own, rgb, finer) and not _has_colour(others, rgb, finer)


def _has_colour(words: Iterable[Word], rgb: "Pixels", finer: float) -> bool:
    pieces = (
        rgb[int(w.top / finer) : int(w.bottom / finer) + 1, int(w.x0 / finer) : int(w.x1 / finer) + 1]
        for w in words
    )
    return any(_tint.is_coloured(piece) for piece in pieces if piece.size)


def _pairs(run: Sequence[Word], other: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """Each word of a name with the one that reads like it."""
    for word in run:
        best = max(other, key=lambda each: fuzz.ratio(word.text, each.text))
        if fuzz.ratio(word.text, best.text) >= _READ_ALIKE:
            yield word, best


def _high(word: Word) -> float:
    return word.bottom - word.top


def _are_alike(pairs: Sequence[tuple[Word, Word]], grey: "Pixels") -> bool:
    """Whether two names are about one picture, their longer words together."""
    import numpy as np

    seen = [
        (one, other) for word, namesake in pairs if len(word.text) > _PARTICLE
        if (one := _picture(word, grey)) is not None and (other := _picture(namesake, grey)) is not None
    ]  # fmt: skip
    return not seen or float(np.mean([(one * other).sum() for one, other in seen])) >= _ALIKE


def _picture(word: Word, grey: "Pixels") -> Any:
    """A word's ink, at one size, without its mean and of length one; None where there is none."""
    import cv2
    import numpy as np

    rows = slice(max(0, int(word.top)), int(word.bottom) + 1)
    piece = grey[rows, max(0, int(word.x0)) : int(word.x1) + 1].astype(np.float32)
    if min(piece.shape) < 4:
        return None
    depth = np.maximum(np.percentile(piece, 95) - piece, 0)
    dark = depth > _INK * depth.max()
    down, across = (np.flatnonzero(dark.any(axis=side)) for side in (1, 0))
    if not len(down):
        return None
    inner = depth[down[0] : down[-1] + 1, across[0] : across[-1] + 1]
    small = cv2.GaussianBlur(cv2.resize(inner, _SIZE, interpolation=cv2.INTER_AREA), (0, 0), _BLUR)
    small -= small.mean()
    return small / max(float(np.linalg.norm(small)), 1e-6)
