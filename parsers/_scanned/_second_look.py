"""Places in which something stands that was not read: each is recognised once more, alone.

On a whole page Tesseract passes over what stands alone: a digit in a grid, a cross, a short name; and what
somebody drew a line around.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from data.model import Box, Look, Picture
from parsers import _ocr
from parsers._ocr import Word
from parsers._scanned._ground import Cell
from parsers._wording import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]


MOST = 24
"""Cells of one page that are looked at again."""
MOST_ROWS = 8
"""Rows of ink of one page that are looked at again."""
_PRINTED, _LETTERS, _ROW_PT = 0.85, 4, 9.0
"""How sure print is, how many letters tell it, and how high they are."""
_SIZES = (1.0, 1.25, 1.6, 2.0)
"""How many times as large a row is read until it is read for sure."""
MOST_SHORT, _SHORT_PT, _BESIDE_PT, _OF_A_ROW = 12, 36.0, 40.0, 2
"""Pieces of ink of one page, as large as a short answer, that are looked at again; how wide they are at most;
and how near to them other numbers or boxes stand that make a row with them, and how many."""
_ADDRESS, _THREE, _AGREED = re.compile(r"\S+@\S+\.\w+|(?:www|https?:)\S+|[\d ./+()-]{8,}"), 3, 0.75
"""Addresses and numbers of mail, web and telephone; how often they read alike; and how sure they are then."""
_SHORT_ANSWER = re.compile(r"\d{1,2}|[FMH]|[^\W\d_]{2,3}\.?")
"""A number, « F », « Non »; other single letters are what ticks and crosses are read as."""
_MOST_PT, _FLUSH_PT = 45.0, 3.0
"""How high a few rows are, and how far from the left edge of the row above they begin."""
_SPELLED, OF_ITS_WIDTH, _OF_ITS_HEIGHT = 0.85, 0.3, 0.5
"""How sure words are that some ink spells, and how much of its width and height is theirs at least."""
_ALIKE, _WHOLE_NAME = 60.0, 0.75
"""Likeness of what cursive type reads as to the name, and part of its letters; by hand one writes less."""
_SENTENCE, _MOST_LETTERS = 20, 0.75
"""Of so many letters a part in sure words tells it: a word of a printed sentence may be told as a guess."""
_TALLEST_PT, _NARROW_PT = 70.0, 48.0
"""A higher cell holds sentences, unless it is one of a scale beside a long statement."""
_LEAST_PT2 = 2.0
"""How much of a cell must be dark: less than a printed 1 is dirt."""
_LETTER_PT = 3.5
_RIM_PT = 1.6
_SHORT, _SURE_ALONE, _AROUND_PT = 2, 0.9, 3.0
"""Letters of a word that is read once more, alone; how sure it is at most; and how much is read around it."""
_SURE, _SURE_SIGN = 0.45, 0.6
"""Of a word, and of a sign."""
_SIGNS = frozenset("-–—/")
"""Signs that people answer with; others, « >< » or « *% », are what a drawn mark was taken for."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What a closer look gave."""

    words: list[Word]
    unread: list[Cell]
    """Cells in which something stands that is no word."""


def look_again(
    cells: Sequence[Cell], known: Sequence[Word], clean: "Pixels", black: "Pixels", dpi: float
) -> SecondLook:
    """Look closer at cells that hold ink and no word.

    Args:
        clean: the page in grey without what is drawn; `black`: 255 where it is written.
    """
    point = dpi / 72
    found = SecondLook([], [])
    for cell in list(_unread(cells, known, black, point))[:MOST]:
        x0, top, x1, bottom = (round(side * point) for side in cell)
        rim = round(_RIM_PT * point)
        piece = clean[top + rim : bottom - rim, x0 + rim : x1 - rim]
        words = [w for w in _ocr.words_of_block(piece, dpi, x0 + rim, top + rim) if _is_word(w)]
        found.words.extend(words)
        if not words:
            found.unread.append(cell)
    return found


def read_alone(cells: Sequence[Cell], known: Sequence[Word], clean: "Pixels", dpi: float) -> list[Word]:
    """The words; an unsure one of a letter or two that has a cell to itself, as it is read alone.

    « 9 » beside a statement was told as « ? », « 7 » as « Z », « 1 » as « L »: no other word helps it.
    Whether it is read as it stands or twice as large, the surest reading is kept.
    """
    told: list[Word] = []
    for word in known:
        alone = (
            len(word.text) <= _SHORT
            and word.confidence < _SURE_ALONE
            and _has_a_cell(word, cells, known, dpi)
        )
        told.append(max((word, *_closer(word, clean, dpi)), key=lambda w: w.confidence) if alone else word)
    return told


def _has_a_cell(word: Word, cells: Sequence[Cell], known: Sequence[Word], dpi: float) -> bool:
    own = next((cell for cell in cells if holds(cell, word, dpi)), None)
    return own is not None and sum(holds(own, other, dpi) for other in known) == 1


def holds(cell: Cell, word: Word, dpi: float) -> bool:
    """Whether the middle of a word is in a cell."""
    x, y = (word.x0 + word.x1) / 2 * 72 / dpi, (word.top + word.bottom) / 2 * 72 / dpi
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]


def _closer(word: Word, clean: "Pixels", dpi: float) -> Iterator[Word]:
    """What a word reads as alone, at its size and at twice its size."""
    rim = round(_AROUND_PT * dpi / 72)
    left, top = max(0, round(word.x0) - rim), max(0, round(word.top) - rim)
    piece = clean[top : round(word.bottom) + rim, left : round(word.x1) + rim]
    for read in (_ocr.words_of_block(piece, dpi, left, top), _ocr.words_enlarged(piece, dpi, left, top, 2.0)):
        if len(read) == 1:
            yield replace(word, text=read[0].text, confidence=read[0].confidence)


def look_within(
    rings: Sequence[Box], known: Sequence[Word], clean: "Pixels", black: "Pixels", dpi: float
) -> list[Word]:
    """What stands within lines drawn around something that was not read: without the line it can be."""
    found: list[Word] = []
    for ring in rings[:MOST]:
        left, top, right, bottom = (
            round(side * dpi / 72) for side in (ring.x0, ring.top, ring.x1, ring.bottom)
        )
        if any(left < (w.x0 + w.x1) / 2 < right and top < (w.top + w.bottom) / 2 < bottom for w in known):
            continue
        area = slice(max(0, top), bottom), slice(max(0, left), right)
        piece = _without_line(clean[area], black[area])
        found += [w for w in _ocr.words_of_block(piece, dpi, max(0, left), max(0, top)) if _is_word(w)]
    return found


def passed_over(
    ink: Sequence[Picture], said: Sequence[Word], clean: "Pixels", dpi: float, boxes: Sequence[Box] = ()
) -> Iterator[tuple[Picture, Sequence[Word]]]:
    """Ink that is print after all, with its words: of two « Signature » on a row, one may be passed over.

    What reads badly once reads well when it is a little larger: of print, not of writing.

    A hand's writing is not read as surely: on a hundred pages to sign, printed words had 0.9 and more, all
    others less but for one name. Of forms, whole questions are passed over, that look like a stamp's row,
    and a few rows of one, flush with the row above.
    """
    small = [each for each in ink if _is_row(each) or _goes_on_below(each, said, 72 / dpi)]
    drawn = [each.box for each in ink if each.box and each.look in {Look.HAND, Look.STAMP}]
    short = [
        each for each in ink
        if each not in small and _is_short(each, said, boxes, 72 / dpi)
        and not any(_is_near(each, box) for box in drawn)
    ]  # fmt: skip
    for picture in [*_alone(small, ink)[:MOST_ROWS], *_alone(short, ink)[:MOST_SHORT]]:
        if (box := picture.box) is None:
            continue
        sides = (box.x0 - 3, box.top - 3, box.x1 + 3, box.bottom + 3)
        left, top, right, bottom = (max(0, round(side * dpi / 72)) for side in sides)
        fewest = _LETTERS if picture.look is not Look.STAMP else _SENTENCE
        readings: list[Sequence[Word]] = []
        for larger in _SIZES:
            words = _ocr.words_enlarged(clean[top:bottom, left:right], dpi, left, top, larger)
            readings.append(words)
            printed: Sequence[Word] = words if _is_printed(words, fewest) else []
            if not printed and picture.look is not Look.STAMP:
                printed = _agreed(readings)
            if printed:
                yield picture, printed
                break


def _agreed(readings: Sequence[Sequence[Word]]) -> Sequence[Word]:
    """What was read alike at several sizes: an address at three, however unsurely; else surely, at two.

    An address and a lone number are in no dictionary; of a pen's strokes each size makes other letters.
    """
    last = "".join(word.text for word in readings[-1])
    alike = [words for words in readings if fold("".join(word.text for word in words)) == fold(last)]
    best = max(alike, key=_surest)
    if len(alike) >= _THREE and _ADDRESS.fullmatch(last):
        return [replace(word, confidence=max(word.confidence, _AGREED)) for word in best]
    surely = [words for words in alike if _surest(words) >= (_SURE_ALONE if last.isalpha() else _PRINTED)]
    return best if len(best) == 1 and len(surely) > 1 and _SHORT_ANSWER.fullmatch(last) else []


def _surest(words: Sequence[Word]) -> float:
    return min((word.confidence for word in words), default=0.0)


def _alone(pictures: Sequence[Picture], ink: Sequence[Picture]) -> list[Picture]:
    """Those that are not within other ink: what stands there is a stamp's."""
    return [picture for picture in pictures if not any(_is_inside(picture, other) for other in ink)]


def _is_short(picture: Picture, said: Sequence[Word], boxes: Sequence[Box], scale: float) -> bool:
    """Whether it is as high as a letter, and no number of a printed row, which may be marked.

    A number in a dark box is: the box is its mark.
    """
    box = picture.box
    if box is None or picture.look not in {Look.WRITING, Look.MARK, Look.TRACE, Look.PRINT}:
        return False
    high, wide = box.bottom - box.top, box.x1 - box.x0
    if not (_LETTER_PT < high < 2 * _ROW_PT and wide <= _SHORT_PT):
        return False
    numbers = (
        Box(word.x0 * scale, word.top * scale, word.x1 * scale, word.bottom * scale)
        for word in said if any(map(str.isdigit, word.text))
    )  # fmt: skip
    beside = sum(_is_beside(box, other) for other in (*numbers, *boxes))
    return picture.look is Look.PRINT or beside < _OF_A_ROW


def _is_near(picture: Picture, drawn: Box) -> bool:
    """Whether it may be a piece of what a hand or a stamp left there."""
    box = picture.box
    across = box is not None and drawn.x0 < box.x1 + _BESIDE_PT and box.x0 - _BESIDE_PT < drawn.x1
    return bool(
        across and box and drawn.top < box.bottom + _BESIDE_PT and box.top - _BESIDE_PT < drawn.bottom
    )


def _is_beside(box: Box, other: Box) -> bool:
    level = other.top < box.bottom and box.top < other.bottom
    return level and other.x0 < box.x1 + _BESIDE_PT and box.x0 - _BESIDE_PT < other.x1


def spelled(
    ink: Sequence[Picture], printed: Sequence[Box], said: Sequence[Word], clean: "Pixels", dpi: float
) -> Iterator[Picture]:
    """Lines like a hand's that spell words which can be read for sure: a name in cursive type, most often.

    Or that read, however unsurely, as a name that the page says elsewhere.

    No signature of the corpus does; and of what else stands there, a stamp or a typed name, words are lower
    than the pen's strokes over them.
    """
    names = _names(said)
    for picture in [p for p in ink if p.look is Look.HAND][:MOST_ROWS]:
        if (box := picture.box) is None:
            continue
        sides = (box.x0 - 3, box.top - 3, box.x1 + 3, box.bottom + 3)
        left, top, right, bottom = (max(0, round(side * dpi / 72)) for side in sides)
        read = _ocr.words_of_block(clean[top:bottom, left:right], dpi, left, top)
        own = [word for word in read if not is_among(word, printed, dpi)]
        told = [word for word in own if _is_spelled(word, box, dpi)]
        across = sum(word.x1 - word.x0 for word in told) * 72 / dpi
        sure = any(len(word.text) >= _LETTERS for word in told) and across > OF_ITS_WIDTH * (box.x1 - box.x0)
        if sure or _is_a_name([word for word in own if is_as_high(word, box, dpi)], names):
            yield picture


def _names(said: Sequence[Word]) -> list[str]:
    """Two words with capitals, one after the other: as people are named."""
    pairs = pairwise(word.text for word in said)
    return [
        fold("".join(pair)) for pair in pairs
        if all(word[:1].isupper() and word.isalpha() and len(word) > 2 for word in pair)
    ]  # fmt: skip


def _is_a_name(read: Sequence[Word], names: Sequence[str]) -> bool:
    """Whether letters are about those of a name; measured on 18 cursive types, and on signatures."""
    letters = fold("".join(word.text for word in read))
    long = (name for name in names if len(letters) > max(_LETTERS, _WHOLE_NAME * len(name)))
    return any(fuzz.ratio(letters, name) >= _ALIKE for name in long)


def is_as_high(word: Word, ink: Box, dpi: float) -> bool:
    """Whether a word is about as high as the ink that it is read from."""
    return (word.bottom - word.top) * 72 / dpi > _OF_ITS_HEIGHT * (ink.bottom - ink.top)


def _is_spelled(word: Word, ink: Box, dpi: float) -> bool:
    """Whether a word of letters is read for sure."""
    sure = word.confidence >= _SPELLED and len(word.text) > 1 and word.text.isalpha()
    return sure and is_as_high(word, ink, dpi)


def is_among(word: Word, printed: Sequence[Box], dpi: float) -> bool:
    """Whether a word is one of the page's own, which the pen crosses."""
    x, y = (word.x0 + word.x1) / 2 * 72 / dpi, (word.top + word.bottom) / 2 * 72 / dpi
    return any(box.x0 < x < box.x1 and box.top < y < box.bottom for box in printed)


def _is_printed(words: Sequence[Word], fewest: int) -> bool:
    count = {_ocr.surer(word): sum(map(str.isalpha, word.text)) for word in words}
    sure = sum(letters for word, letters in count.items() if word.confidence >= _PRINTED)
    letters = sum(count.values())
    enough = _MOST_LETTERS * letters if letters >= _SENTENCE else letters
    return letters >= fewest and sure >= enough


def _is_row(picture: Picture) -> bool:
    box = picture.box
    is_small = picture.look in {Look.WRITING, Look.MARK, Look.STAMP}
    return bool(is_small and box and box.x1 - box.x0 > 2 * _ROW_PT and box.bottom - box.top < 2 * _ROW_PT)


def _goes_on_below(picture: Picture, said: Sequence[Word], scale: float) -> bool:
    """Whether a few rows begin where a row that was read begins, right above them."""
    box = picture.box
    if box is None or picture.look not in {Look.WRITING, Look.STAMP} or box.bottom - box.top > _MOST_PT:
        return False
    return any(
        abs(word.x0 * scale - box.x0) < _FLUSH_PT and -2 < box.top - word.bottom * scale < _ROW_PT
        for word in said
    )


def _is_inside(picture: Picture, other: Picture) -> bool:
    one, around = picture.box, other.box
    if one is None or around is None or picture is other:
        return False
    across, down = (one.x0 + one.x1) / 2, (one.top + one.bottom) / 2
    return around.x0 < across < around.x1 and around.top < down < around.bottom


def _without_line(grey: "Pixels", black: "Pixels") -> "Pixels":
    """A piece of a page without the part that spans it."""
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    height, width = black.shape
    spans = (stats[:, cv2.CC_STAT_WIDTH] > 0.7 * width) & (stats[:, cv2.CC_STAT_HEIGHT] > 0.7 * height)
    spans[0] = False
    line = cv2.dilate(spans[labels].view(np.uint8), np.ones((3, 3), np.uint8))
    rest = grey.copy()
    rest[np.asarray(line) > 0] = int(np.percentile(grey, 90))
    return rest


def _is_word(word: Word) -> bool:
    if any(char.isalnum() for char in word.text):
        return word.confidence >= _SURE
    return word.confidence >= _SURE_SIGN and set(word.text) <= _SIGNS


def _unread(cells: Sequence[Cell], known: Sequence[Word], black: "Pixels", point: float) -> Iterator[Cell]:
    for cell in cells:
        x0, top, x1, bottom = (side * point for side in cell)
        high, wide = (bottom - top) / point, (x1 - x0) / point
        if (high > _TALLEST_PT and wide > _NARROW_PT) or min(wide, high) < 7:
            continue
        middles = (((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2) for word in known)
        if any(x0 <= x <= x1 and top <= y <= bottom for x, y in middles):
            continue
        if _written(black, cell, point):
            yield cell


def _written(black: "Pixels", cell: Cell, point: float) -> bool:
    """Whether something as large as a letter stands inside, away from the cell's own lines."""
    import cv2

    x0, top, x1, bottom = (round(side * point) for side in cell)
    rim = round(_RIM_PT * point)
    inside: Any = black[top + rim : bottom - rim, x0 + rim : x1 - rim]
    if inside.size == 0 or (inside > 0).sum() < _LEAST_PT2 * point**2:
        return False
    _, _, parts, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    height, width = inside.shape
    return any(
        max(w, h) >= _LETTER_PT * point and x > 0 and y > 0 and x + w < width and y + h < height
        for x, y, w, h, _ in parts[1:].tolist()
    )
