"""The check boxes that are drawn on a page: small squares, which what stands in them ticks."""

from collections.abc import Sequence
from typing import Any

from data.model import Box
from parsers._printed._drawn import is_frame
from parsers._printed._looks import is_dark
from parsers._printed._words import CROSSES, is_inside


def speaks(inside: Sequence[Any]) -> bool:
    """Whether what stands in a square is more than a cross."""
    return any(word["text"] not in CROSSES for word in inside)


def holds_box(square: Any, words: Sequence[Any]) -> bool:
    return any(
        square[0] - 1 <= (w["x0"] + w["x1"]) / 2 <= square[2] + 1
        and square[1] - 1 <= (w["top"] + w["bottom"]) / 2 <= square[3] + 1
        and w["text"] in "☐☒☑"
        for w in words
    )


def without_crosses(words: Sequence[Any], squares: Sequence[Any]) -> list[Any]:
    """Without the letters that tick drawn boxes: the box tells."""
    return [
        word for word in words
        if word["text"] in "☐☒☑" or not any(is_inside(word, square) for square in squares)
    ]  # fmt: skip


def ticked(square: Any, page: Any, words: Sequence[Any]) -> Any:
    """A drawn check box as a word: ticked when something stands in it."""
    x0, top, x1, bottom = square
    inside = [
        shape
        for shape in (*page.lines, *page.curves)
        if x0 - 2 <= (shape["x0"] + shape["x1"]) / 2 <= x1 + 2
        and top - 2 <= (shape["top"] + shape["bottom"]) / 2 <= bottom + 2
        and shape["width"] > 2
        and shape["height"] > 2
        and not (shape["width"] > 0.95 * (x1 - x0) and is_frame(shape))
    ]
    filled = any(
        r["x0"] >= x0 - 1 and r["x1"] <= x1 + 1 and r["top"] >= top - 1 and r["bottom"] <= bottom + 1
        and r["width"] > 3 and is_dark(r)
        for r in page.rects
    )  # fmt: skip
    crossed = any(is_inside(word, square) for word in words)
    return box_word(Box(*square), bool(inside) or filled or crossed)


def box_word(box: Box, tick: bool) -> Any:
    """A drawn box or button as a word."""
    return {
        "text": "☒" if tick else "☐", "tick": tick, "x0": box.x0, "x1": box.x1, "top": box.top,
        "bottom": box.bottom, "size": box.bottom - box.top, "fontname": "",
    }  # fmt: skip
