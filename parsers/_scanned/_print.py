"""Which of the recognised words are print: noise, guesses, bullets and the strokes of a pen are none."""

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers._ocr import Word

SURE = 0.5
"""A word less sure than this may be handwriting: it is kept, and its ink is, too."""
PRINTED = 0.7
"""A run as sure as this is print as a whole: names and numbers make single words unsure."""
_WAVES, _AS_PRINT = 3, 0.8
"""So many words in a row, of so many letters at most, are no print unless they are as sure as this."""
_LARGE, _INITIALS = 1.6, 4
"""How many times higher than the words of its page a large one is; and letters of a paraph at most."""
LEGIBLE = 0.45
"""A run of words less sure than this, taken together, is no text."""
NOISE = 0.6
"""Signs without letter or digit, less sure than this, are specks and ends of strokes."""
_DIGIT, _OF_TEN = re.compile(r"[\W_]*(\d{1,2})[\W_]*([17Il|/]?10)?"), re.compile(r"[\W_]*[17Il|]?/?10\W*")
_HIGHER = 1.4
"""A number and what it stands before, as it is read; and how many times higher than type a hand's is."""
_SPRAWLING = 1.8
"""In heights of the page's words: so high few lone letters are, but strokes of a pen."""
_SAID, SAID = frozenset("-–—/"), 0.3
"""What people answer with instead of words, and how sure it must be."""
_EDGE, _IN_SHADE = 2, 2
"""Pixels from the edge of a page, where nothing is printed; and letters of what is read there."""
_DASHES = "-–—"
_DRAWN = "<>|\\^~*{}"
"""Signs that nobody prints alone: « >< » is a cross."""


def mean(words: Sequence[Word]) -> float:
    """How sure the words are, the longer ones counting more; 1 where there is none."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 1.0


def legible(words: Sequence[Word]) -> list[Word]:
    """Without runs of words that are mostly guesses: handwriting, crosses, signatures. Their ink stays."""
    usual = _median_height(words)
    told = [word for word in words if not (_is_noise(word) or _is_sprawling(word, usual))]
    kept = (run for run in runs(told) if mean(run) >= LEGIBLE)
    return [word for run in kept for word in _with_digits_in_doubt(run, usual)]


def without_shade(words: Sequence[Word], shape: tuple[int, ...]) -> list[Word]:
    """Without letters that touch the edge of the page: what is dark there is read as « a » and « 4 »."""
    height, width = shape
    return [
        word for word in words
        if len(word.text) > _IN_SHADE
        or (min(word.x0, word.top) > _EDGE and word.x1 < width - _EDGE and word.bottom < height - _EDGE)
    ]  # fmt: skip


def bullets(words: Sequence[Word]) -> set[Word]:
    """Blots to the left of a row, above its foot: read as « e » or « ° », they would join the row.

    A dash behind a word of its row is none: it parts a label from its value.
    """
    import numpy as np

    long = [(word.x0, word.size, word.baseline) for word in words if len(word.text) > 2]
    x0, size, baseline = np.array(long, np.float64).reshape(-1, 3).T
    few = [word for word in words if len(word.text) <= 2 and not any(map(str.isdigit, word.text))]
    short = [word for word in few if word.text not in _DASHES or not _stands_behind(word, words)]
    sides = [(word.x0, word.top, word.x1, word.bottom) for word in short]
    left, top, right, bottom = np.array(sides, np.float64).reshape(-1, 4).T[:, :, None]
    blots = (
        (x0 - right > 0)
        & (x0 - right < 4 * size)
        & (np.maximum(right - left, bottom - top) < 0.55 * size)
        & (baseline - 0.75 * size < top)
        & (bottom < baseline - 0.08 * size)
    ).any(axis=1)
    return {word for word, is_blot in zip(short, blots.tolist(), strict=True) if is_blot}


def _stands_behind(word: Word, words: Sequence[Word]) -> bool:
    """Whether a word stands right before another on its row."""
    return any(
        any(map(str.isalnum, other.text))
        and 0 <= word.x0 - other.x1 < 2 * other.size
        and other.top < (word.top + word.bottom) / 2 < other.bottom
        for other in words
    )


def printed(words: Sequence[Word]) -> list[Word]:
    """Sure words, and unsure ones among them; no large letters that may be drawn."""
    usual = _median_height(words)
    told = []
    for run in runs(words):
        if _is_of_waves(run):
            continue
        together, drawn = mean(run) >= PRINTED, _may_be_drawn(run)
        told += [
            word
            for word in run
            if (together or word.confidence >= SURE)
            and not (drawn and word.bottom - word.top > _LARGE * usual)
        ]
    return told


def runs(words: Sequence[Word]) -> list[list[Word]]:
    """Words that follow each other on a row."""
    found: list[list[Word]] = []
    for word in words:
        if found and _goes_on(found[-1][-1], word):
            found[-1].append(word)
        else:
            found.append([word])
    return found


def _goes_on(last: Word, word: Word) -> bool:
    level = abs(word.baseline - last.baseline) < 0.4 * last.size
    return level and word.x0 - last.x1 < 2 * last.size


def _is_noise(word: Word) -> bool:
    if any(char.isalnum() for char in word.text):
        return False
    if word.text in _SAID:
        return word.confidence < SAID
    return word.confidence < NOISE or any(char in _DRAWN for char in word.text)


def _is_sprawling(word: Word, usual: float) -> bool:
    """Whether an unsure letter or two are far larger than type: a pen's zigzag was read as « à »."""
    larger = word.bottom - word.top > _SPRAWLING * usual > 0
    return larger and word.confidence < PRINTED and len(word.text) <= _INITIALS and word.text.isalpha()


def _with_digits_in_doubt(run: Sequence[Word], usual: float) -> list[Word]:
    """The words; « 4? » for a digit by hand before a printed « / 10 », far higher than type.

    Three of ten are read as another digit, as surely as the others are as the right one.
    """
    told = list(run)
    for at, word in enumerate(run):
        said = _DIGIT.fullmatch(word.text)
        follows = said is not None and (
            said[2] or (at + 1 < len(run) and _OF_TEN.fullmatch(run[at + 1].text))
        )
        if said is not None and follows and word.bottom - word.top > _HIGHER * usual > 0:
            told[at] = replace(word, text=f"{said[1]}? {said[2] or ''}".strip())
    return told


def _is_of_waves(run: Sequence[Word]) -> bool:
    """Whether a row of letters is what a pen’s waves were taken for: « / J A NON ON A », none surely."""
    return len(run) >= _WAVES >= max(len(word.text) for word in run) and mean(run) < _AS_PRINT


def _may_be_drawn(run: Sequence[Word]) -> bool:
    """Whether large letters may be initials, or some of a signature: few of them, or unsure."""
    return sum(len(word.text) for word in run) <= _INITIALS or mean(run) < PRINTED


def _median_height(words: Sequence[Word]) -> float:
    heights = sorted(word.bottom - word.top for word in words if word.confidence >= PRINTED)
    return heights[len(heights) // 2] if heights else 0.0
