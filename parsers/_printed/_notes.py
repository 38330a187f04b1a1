"""The footnotes of a page: which numbers call them, and where they begin."""

import math
import re
from collections.abc import Sequence
from typing import Any

_NOTE = 0.75
"""Of the letters before it: a number that calls a footnote is no larger."""


def calls_of(words: Sequence[Any]) -> list[Any]:
    """The small raised numbers that call a footnote: « brièvement.⁶ » does not end in a number."""
    numbers = [word for word in words if re.fullmatch(r"\d{1,2}", word["text"])]
    return [number for number in numbers if any(_is_called_by(word, number) for word in words)]


def _is_called_by(word: Any, note: Any) -> bool:
    """Whether a number is set right behind a word, small and raised; « m² » is no note."""
    small = note["size"] <= _NOTE * word["size"] and note["bottom"] < word["bottom"] - 1
    level = word["top"] - note["size"] < note["top"] < word["bottom"] - note["size"] / 2
    return bool(small and level and -1 < note["x0"] - word["x1"] < 3 and not word["text"].endswith("m"))


def notes_from(words: Sequence[Any], calls: Sequence[Any], height: float) -> float:
    """From where down a page holds the footnotes that are called on it: a number begins the row of each."""
    lower = [word for word in words if word["top"] > height / 2 and word not in calls]
    opening = [
        max(
            (word["top"] for word in lower if word["text"] == number and _begins_a_row(word, words)),
            default=None,
        )
        for number in {call["text"] for call in calls}
    ]
    return min((top - 2 for top in opening if top is not None), default=math.inf)


def _begins_a_row(number: Any, words: Sequence[Any]) -> bool:
    """Whether letters follow a number at once, and nothing stands before it."""
    middle = (number["top"] + number["bottom"]) / 2
    row = [word for word in words if word["top"] < middle < word["bottom"] and word is not number]
    first = min(row, key=lambda word: word["x0"], default=None)
    if first is None or first["x0"] < number["x0"]:
        return False
    return bool(first["x0"] - number["x1"] < 8 and re.match(r"[^\W\d_]", first["text"]))
