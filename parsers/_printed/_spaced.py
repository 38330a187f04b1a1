"""Words set with room between their letters: « D O S S I E R   D E » is two words, and no nine.

Titles are set so. Between two words there is still more room than between two letters.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

FEWEST, MOSTLY = 5, 0.8
"""So many letters in a row, and so large a share of what stands there: initials and « a à y » are fewer."""
LEAST_LETTERS, FEWEST_OF_THEM = 0.7, 4
"""« 1 2 3 4 5 6 » and « X X X X X » are set apart on purpose."""
KERNED = 2
"""« TA » and « AV » stand nearer than other letters, and were read as one word."""
WORD_SPACE = 0.14
"""In font sizes: by how much more room than a letter a word has before it."""
FARTHEST = 1.5
"""In font sizes: what stands farther is another column."""


def closed_up(words: Sequence[Any]) -> list[Any]:
    """The words of a page in the order of its rows, spaced ones as words."""
    return [word for run in _runs(words) for word in (_joined(run) if _is_spaced(run) else run)]


def _runs(words: Sequence[Any]) -> Iterator[list[Any]]:
    """Words that stand near each other on one row, set alike."""
    run: list[Any] = []
    for word in words:
        if run and not _follows(run[-1], word):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _follows(before: Any, word: Any) -> bool:
    alike = all(before[each] == word[each] for each in ("fontname", "size"))
    level = abs(before["top"] - word["top"]) < 1
    return bool(alike and level and -1 < word["x0"] - before["x1"] < FARTHEST * word["size"])


def _is_spaced(run: Sequence[Any]) -> bool:
    short = [word["text"] for word in run if len(word["text"]) <= KERNED]
    letters = [text for text in short if text.isalpha()]
    told = len(short) >= max(FEWEST, MOSTLY * len(run)) and len(letters) >= LEAST_LETTERS * len(short)
    return (
        told and len(set(letters)) >= FEWEST_OF_THEM and sum(len(text) == 1 for text in short) > len(run) / 2
    )


def _joined(run: Sequence[Any]) -> Iterator[Any]:
    widest = median(word["x0"] - before["x1"] for before, word in pairwise(run)) + WORD_SPACE * run[0]["size"]
    whole = run[0]
    for before, word in pairwise(run):
        if word["x0"] - before["x1"] < widest:
            bottom = max(whole["bottom"], word["bottom"])
            whole = {**whole, "text": whole["text"] + word["text"], "x1": word["x1"], "bottom": bottom}
        else:
            yield whole
            whole = word
    yield whole
