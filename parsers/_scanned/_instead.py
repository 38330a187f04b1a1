"""Words that a pen wrote where somebody does not sign, or above a signature: « à venir », « lu et approuvé ».

Each piece of ink is read by itself, too: what a pen wrote is read unsurely, now on the page, now alone. No
signature reads as such a word.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from data.model import Box, Look, Picture
from parsers import _ocr
from parsers._ocr import Word
from parsers._scanned._second_look import MOST_ROWS, OF_ITS_WIDTH, is_among, is_as_high
from parsers._wording import fold, is_short_day, says_instead

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_SIGNING = ("sign", "handtek")
"""How a word begins that stands on a page to sign: « signer », « Signature », « Handtekening »."""
_TALLEST_PT, _SIZES = 30.0, (0.6, 1.6, 2.5)
"""How high a row of a pen's words is at most; and how many times as large it is read, too: one that is read
at no other size is at one of these, a broad pen's where it is smaller.
"""
_NEAR_PT, _AS_HIGH = 20.0, 1.5
"""How near more words of a row stand, and how many times as high as those that were read they are at most."""


def instead(
    ink: Sequence[Picture], printed: Sequence[Box], said: Sequence[Word], clean: "Pixels", dpi: float
) -> Iterator[Picture]:
    """The pieces of ink that are such words, and what stands right beside them on their row, no higher.

    A day is none either; but beside a day people sign. Looked for on pages to sign only: each piece is read
    four times more.

    Args:
        printed: words that are print, in points; `said`: all that was read.
        clean: the page in grey without what is drawn.
    """
    if not any(fold(word.text).startswith(_SIGNING) for word in said):
        return
    told: list[Picture] = []
    days: list[Picture] = []
    for picture in [p for p in ink if p.look in {Look.HAND, Look.WRITING}][: 2 * MOST_ROWS]:
        if (box := picture.box) is None or box.bottom - box.top > _TALLEST_PT:
            continue
        for word in _readings(box, said, clean, dpi):
            if not _fills(word, box, dpi) or is_among(word, printed, dpi):
                continue
            if says_instead(word.text):
                told.append(picture)
                break
            if is_short_day(word.text):
                days.append(picture)
                break
    for picture in (p for p in ink if p.look in {Look.HAND, Look.WRITING, Look.MARK}):
        if picture in (*told, *days) or any(_is_more_of(picture, other) for other in told):
            yield picture


def _readings(box: Box, said: Sequence[Word], clean: "Pixels", dpi: float) -> Iterator[Word]:
    """What a piece of ink reads as on its page, then alone, then at other sizes."""
    sides = (box.x0 - 3, box.top - 3, box.x1 + 3, box.bottom + 3)
    left, top, right, bottom = (max(0, round(side * dpi / 72)) for side in sides)
    for word in said:
        if left < (word.x0 + word.x1) / 2 < right and top < (word.top + word.bottom) / 2 < bottom:
            yield word
    piece = clean[top:bottom, left:right]
    yield from _ocr.words_of_block(piece, dpi, left, top)
    for size in _SIZES:
        yield from _ocr.words_enlarged(piece, dpi, left, top, size)


def _fills(word: Word, ink: Box, dpi: float) -> bool:
    """Whether a word is a good part of some ink: of a signature it is not that one was read in it."""
    across = (word.x1 - word.x0) * 72 / dpi > OF_ITS_WIDTH * (ink.x1 - ink.x0)
    return across and is_as_high(word, ink, dpi)


def _is_more_of(picture: Picture, told: Picture) -> bool:
    """Whether a piece stands right beside some words, on their row."""
    one, other = picture.box, told.box
    if one is None or other is None:
        return False
    level = min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5 * (one.bottom - one.top)
    near = one.x0 < other.x1 + _NEAR_PT and other.x0 < one.x1 + _NEAR_PT
    return level and near and one.bottom - one.top < _AS_HIGH * (other.bottom - other.top)
