"""The words of a page of a PDF, as pdfplumber finds them, with what their letters say in plain characters.

A word is pdfplumber's mapping: its text, ``x0 top x1 bottom`` in points from the top left, size and font.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from data.model import Box
from parsers._printed._drawn import MAX_STROKES
from parsers._printed._spaced import closed_up
from parsers._symbols import shown

TYPED_CROSSES = frozenset("xX×+vV✓✔✗✘✕✖")

CROSSES = TYPED_CROSSES | frozenset("☒☐☑")

_NO_UNICODE = re.compile(r"\(cid:\d+\)")
"""How pdfminer writes a glyph that the font gives no character for: in practice, bullets."""


_LEADERS = frozenset("._…")
_FEWEST_LEADING = 8
"""So many dots one behind the other lead the eye to an answer; an ellipsis has three."""


def page_words(page: Any) -> list[Any]:
    written_over = _written_over(page)
    if written_over:
        page = page.filter(lambda each: id(each) not in written_over)
    found: list[Any] = page.extract_words(
        x_tolerance_ratio=0.18,
        y_tolerance=3,
        extra_attrs=["fontname", "size", "non_stroking_color"],
        use_text_flow=False,
        split_at_punctuation="/:?()",  # of « ?:oui/non » one part may be struck out
    )
    return [_cleaned(word) for word in closed_up(found)]


def _written_over(page: Any) -> set[int]:
    """By identity: the dots of a form's line on which an answer was printed, each between two of its letters.

    They come one behind the other in the page's content, whatever was printed over them later.
    """
    runs: list[list[Any]] = [[]]
    for char in getattr(page, "chars", ()):
        if char["text"] in _LEADERS and (not runs[-1] or _goes_on(runs[-1][-1], char)):
            runs[-1].append(char)
        elif runs[-1]:
            runs.append([char] if char["text"] in _LEADERS else [])
    leading = [run for run in runs if len(run) >= _FEWEST_LEADING]
    if not leading:
        return set()
    letters = [char for char in page.chars if char["text"].strip() and char["text"] not in _LEADERS]
    return {id(dot) for run in leading if any(_is_printed_on(run, each) for each in letters) for dot in run}


def _goes_on(dot: Any, following: Any) -> bool:
    return bool(following["text"] == dot["text"] and 0 <= following["x0"] - dot["x0"] < 2 * dot["size"])


def _is_printed_on(run: Sequence[Any], letter: Any) -> bool:
    middle = (letter["x0"] + letter["x1"]) / 2
    height = letter["bottom"] - letter["top"]
    shared = min(letter["bottom"], run[0]["bottom"]) - max(letter["top"], run[0]["top"])
    return bool(run[0]["x1"] < middle < run[-1]["x0"] and shared > 0.5 * height)


def _cleaned(word: Any) -> Any:
    said = _NO_UNICODE.sub("•", word["text"])
    text = shown(said, word["fontname"]) or "•"
    text = unicodedata.normalize("NFC", text.replace("\xa0", " "))
    cut = text.endswith("\xad")
    return {**word, "text": text.replace("\xad", "") + "-" * cut}


def cut_at_ends(words: Sequence[Any], page: Any) -> list[Any]:
    """Words that a line or a colour covers in part: of « réponseVia » only « réponse » is struck."""
    ends = [
        (side, r["top"], r["bottom"])
        for r in (*page.rects, *page.lines) if r["width"] >= 4 and r["height"] < 30
        for side in (r["x0"], r["x1"])
    ][:MAX_STROKES]  # fmt: skip
    cut: list[Any] = []
    for word in words:
        left, right = word["x0"] + 3, word["x1"] - 3
        middle, reach = (word["top"] + word["bottom"]) / 2, 0.3 * (word["bottom"] - word["top"])
        within = (
            x for x, top, bottom in ends
            if left < x < right and top - reach <= middle <= bottom + reach
        )  # fmt: skip
        at = next(within, None)
        cut += [word] if at is None else _cut(word, at, page)
    return cut


def _cut(word: Any, x: float, page: Any) -> list[Any]:
    chars = [
        c for c in getattr(page, "chars", ())
        if is_inside(c, (word["x0"], word["top"], word["x1"], word["bottom"])) and c["text"].strip()
    ]  # fmt: skip
    sides = [[c for c in chars if ((c["x0"] + c["x1"]) / 2 < x) is left] for left in (True, False)]
    if not all(sides) or "".join(c["text"] for side in sides for c in side) != word["text"]:
        return [word]
    return [
        {**word, "text": "".join(c["text"] for c in side), "x0": side[0]["x0"], "x1": side[-1]["x1"]}
        for side in sides
    ]


def is_inside(word: Any, cell: Any) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3])


def box_around(words: Sequence[Any]) -> Box:
    return Box(
        min(w["x0"] for w in words),
        min(w["top"] for w in words),
        max(w["x1"] for w in words),
        max(w["bottom"] for w in words),
    )
