"""How the words of a page look: what is drawn over, through and under them, and their faces."""

import re
from collections.abc import Sequence
from typing import Any

from data.model import Span
from parsers._printed._drawn import MAX_STROKES
from parsers._printed._round import panels_of
from parsers._printed._words import is_inside

_THROUGH = (0.35, 0.77)
"""Of a word's height, from its top: a line there strikes it, and one below underlines it.

In ten faces, LibreOffice (whose files tell of no descent) struck at 0.71 to 0.74, Chromium at 0.37 to 0.51;
Chromium underlined from 0.80, LibreOffice from 1.08.
"""

_BOLD = re.compile(r"bold|black|heavy|semib|demi|-bd|,bd", re.IGNORECASE)

_ITALIC = re.compile(r"ital|obli", re.IGNORECASE)


class Marks:
    """What is drawn over, through and under the words of a page."""

    def __init__(
        self, page: Any, words: Sequence[Any], frames: Sequence[Any], struck: Sequence[Any] = ()
    ) -> None:
        self._frames = frames
        self._struck = struck
        self._through = getattr(page, "through", _THROUGH)
        self._under = getattr(page, "under", _THROUGH[1])
        thin = [r for r in page.rects if r["height"] <= 2 and r["width"] >= 4]
        level = [ln for ln in page.lines if abs(ln["top"] - ln["bottom"]) <= 1 and ln["width"] >= 4]
        self._strokes = [
            (s["x0"], s["x1"], (s["top"] + s["bottom"]) / 2, _fits_words(s, words))
            for s in (*thin, *level)[:MAX_STROKES]
        ]
        shapes = (*page.rects, *panels_of(page))
        self._fills = [shape for shape in shapes if shape["height"] > 4 and is_colour(shape)]

    def look(self, word: Any) -> Span:
        font = word["fontname"]
        height = word["bottom"] - word["top"]
        width = max(word["x1"] - word["x0"], 1)
        strike, underline = any(is_inside(word, place) for place in self._struck), False
        for x0, x1, y, fits in self._strokes:
            level = (y - word["top"]) / max(height, 1)
            if (
                not self._through[0] <= level <= 1.2
                or min(x1, word["x1"]) - max(x0, word["x0"]) < 0.6 * width
            ):
                continue
            strike = strike or level <= self._through[1]
            underline = underline or (level > self._under and fits)
        highlight = any(
            0.6 * height <= f["height"] <= 1.8 * height
            and f["x0"] - 1 <= (word["x0"] + word["x1"]) / 2 <= f["x1"] + 1
            and f["top"] - 1 <= word["top"] + height / 2 <= f["bottom"] + 1
            for f in self._fills
        )
        tinted = _is_tinted(word.get("non_stroking_color")) and not strike  # a blue line through it tints it
        highlight = highlight or tinted
        highlight = highlight or any(is_inside(word, frame) for frame in self._frames)
        tick = word.get("tick")
        return Span(
            word["text"],
            bool(_BOLD.search(font)),
            bool(_ITALIC.search(font)),
            underline,
            strike,
            highlight,
            tick=tick,
        )


def _fits_words(stroke: Any, words: Sequence[Any]) -> bool:
    """Whether a line under a row begins with one of its words and ends with one, as no ruled line does."""
    y = (stroke["top"] + stroke["bottom"]) / 2
    row = [w for w in words if w["top"] < y <= w["bottom"] + 0.3 * (w["bottom"] - w["top"])]
    return any(abs(w["x0"] - stroke["x0"]) < 5 for w in row) and any(
        abs(w["x1"] - stroke["x1"]) < 5 for w in row
    )


def is_colour(shape: Any) -> bool:
    """Whether a shape is filled with something that is seen on white paper."""
    if not shape.get("fill"):
        return False
    colour = shape.get("non_stroking_color")
    if colour is None:
        return False
    parts = [
        float(part)
        for part in (colour if isinstance(colour, (tuple, list)) else (colour,))
        if _is_number(part)
    ]
    if not parts:
        return False
    return max(parts) > 0.03 if len(parts) == 4 else min(parts) < 0.97


def is_dark(shape: Any) -> bool:
    colour = shape.get("non_stroking_color")
    parts = [p for p in (colour if isinstance(colour, (tuple, list)) else (colour,)) if _is_number(p)]
    if not shape.get("fill") or not parts:
        return False
    return bool(max(parts) < 0.5 if len(parts) != 4 else parts[3] > 0.5 or sum(parts) > 1.2)


def _is_tinted(colour: Any) -> bool:
    """Whether letters are neither black nor grey: a choice marked in red."""
    parts = [float(p) for p in (colour if isinstance(colour, (tuple, list)) else ()) if _is_number(p)]
    return len(parts) in {3, 4} and max(parts[:3]) - min(parts[:3]) > 0.25


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float))
