"""What is drawn round on a page of a PDF: buttons to choose by, and rings around words.

Programs print a form's buttons as two circles, one within the other; people ring what they choose with a
tool of their reader. Both are curves; neither is a scribble.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from data.model import Box
from parsers._printed._drawn import MAX_STROKES, box_of

_BUTTON_PT = (4.0, 17.0)
_AS_WIDE_AS_HIGH = (0.85, 1.18)
_SAME_SIZE_PT = 1.0
_FEWEST_STEPS = 3
"""A path of less is no ring; of letters and scribbles there are more, but not around one middle."""
_OFF_PATH = 0.25
_HIGHEST_RING = 3.2
"""In heights of the words within."""
_DARK, _LIGHT = 0.6, 0.97
_ALONG_SIDES = 0.9
"""Of the way from its middle to its sides: no step of a rounded frame ends nearer to it, a circle's do."""
_MAX_CURVES = 2000
"""More of them on a page are a drawing."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The round things of a page."""

    buttons: Sequence[tuple[Box, bool]] = ()
    """Each with whether it is chosen."""
    rings: Sequence[Box] = ()
    """Around words, or behind them in another colour than most."""
    curves: frozenset[int] = frozenset()
    """By identity: what draws them, and is no scribble."""


def drawn(page: Any, words: Sequence[Any]) -> Drawn:
    """Tell them apart by what stands within."""
    curves = page.curves[:_MAX_CURVES]
    rounds = [(curve, box_of(curve)) for curve in curves if _is_round(curve)]
    frames = [(curve, box_of(curve)) for curve in curves if is_rounded_frame(curve)]
    if not rounds and not frames:
        return Drawn()
    worded = [(curve, box) for curve, box in rounds if _words_in(box, words)]
    empty = [box for curve, box in rounds if not any(curve is other for other, _ in worded)]
    buttons = _buttons(page, [box for box in empty if _may_be_button(box)])
    buttons += _buttons(page, [b for _, b in frames if _may_be_button(b) and not _words_in(b, words)])
    within = {
        id(shape) for shape in page.curves for box, _ in buttons if _is_within(box_of(shape), box, 1.0)
    }  # fmt: skip
    rings = [box for _, box in _standing_out(worded) if _fits(box, _words_in(box, words))]
    own = {id(curve) for curve, _ in (*worded, *frames)}
    return Drawn(buttons, rings, frozenset(within | own))


def _is_round(curve: Any) -> bool:
    """Whether every step of a path ends on one ellipse, all around its middle."""
    ends = [step[-1] for step in curve.get("path") or () if len(step) > 1]
    box = box_of(curve)
    across, down = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
    if len(ends) <= _FEWEST_STEPS or min(across, down) < 1:
        return False
    middle_x, middle_y = box.x0 + across, box.top + down
    away = [((x - middle_x) / across) ** 2 + ((y - middle_y) / down) ** 2 for x, y in ends]
    sides = {(x > middle_x, y > middle_y) for x, y in ends}
    return len(sides) > 2 and all(abs(each - 1) < _OFF_PATH for each in away)


def panels_of(page: Any) -> list[Any]:
    """Frames and fills with rounded corners."""
    return [curve for curve in page.curves[:MAX_STROKES] if is_rounded_frame(curve)]


def is_rounded_frame(curve: Any) -> bool:
    """Whether a path runs along the sides of its box, all around: browsers round the corners of theirs."""
    ends = [step[-1] for step in curve.get("path") or () if len(step) > 1]
    box = box_of(curve)
    across, down = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
    if len(ends) <= 2 * _FEWEST_STEPS or min(across, down) < 1:
        return False
    middle_x, middle_y = box.x0 + across, box.top + down
    away = [(abs(x - middle_x) / across, abs(y - middle_y) / down) for x, y in ends]
    sides = {(x > middle_x, y > middle_y) for x, y in ends}
    return len(sides) > 3 and all(max(each) > _ALONG_SIDES for each in away)


def _may_be_button(box: Box) -> bool:
    width, height = box.x1 - box.x0, box.bottom - box.top
    sized = all(_BUTTON_PT[0] <= side <= _BUTTON_PT[1] for side in (width, height))
    return sized and _AS_WIDE_AS_HIGH[0] < width / height < _AS_WIDE_AS_HIGH[1]


def _buttons(page: Any, boxes: Sequence[Box]) -> list[tuple[Box, bool]]:
    """Circles of one size, where one of them is filled or two stand on a row: others are bullets of lists."""
    outer = [box for box in boxes if not any(_is_within(box, o, 0.0) for o in boxes if o is not box)]
    chosen = [_is_chosen(page, box) for box in outer]
    found = []
    for box, is_chosen in zip(outer, chosen, strict=True):
        alike = [at for at, other in enumerate(outer) if abs(_width(other) - _width(box)) < _SAME_SIZE_PT]
        empty = [at for at in alike if not chosen[at]]
        on_row = [at for at in alike if abs(outer[at].top - box.top) < _SAME_SIZE_PT]
        if empty and (len(on_row) > 1 or len(empty) < len(alike)):
            found.append((box, is_chosen))
    return found


def _is_chosen(page: Any, box: Box) -> bool:
    """Whether a circle is filled, or something stands in it."""
    shapes = (*page.curves, *page.rects, *page.lines)
    inside = [shape for shape in shapes if _is_within(at := box_of(shape), box, 1.0) and _width(at) > 1]
    drawn_in = (shape for shape in inside if not shape.get("fill") and not _is_as_large(box_of(shape), box))
    return any(_darkness(shape) < _DARK for shape in inside) or any(True for _ in drawn_in)


def _is_as_large(one: Box, other: Box) -> bool:
    return _width(one) > 0.8 * _width(other)


def _darkness(shape: Any) -> float:
    """Of what fills a shape: 0 for black, 1 for white or nothing."""
    colour = shape.get("non_stroking_color")
    parts = [float(p) for p in (colour if isinstance(colour, (tuple, list)) else (colour,)) if _is_number(p)]
    if not shape.get("fill") or not parts:
        return 1.0
    return 1.0 - min(1.0, sum(parts)) if len(parts) == 4 else sum(parts) / len(parts)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float))


def _standing_out(rounds: Sequence[tuple[Any, Box]]) -> Iterator[tuple[Any, Box]]:
    """Of numbers that all stand in circles, those whose circle is filled otherwise than most."""
    fills = Counter(round(_darkness(curve), 1) for curve, _ in rounds)
    common, count = fills.most_common(1)[0] if fills else (1.0, 0)
    for curve, box in rounds:
        if count < 3 or round(_darkness(curve), 1) != common or (common >= _LIGHT and len(fills) == 1):
            yield curve, box


def _words_in(box: Box, words: Sequence[Any]) -> list[Any]:
    return [
        word for word in words
        if box.x0 <= (word["x0"] + word["x1"]) / 2 <= box.x1
        and box.top <= (word["top"] + word["bottom"]) / 2 <= box.bottom
    ]  # fmt: skip


def _fits(box: Box, inside: Sequence[Any]) -> bool:
    """Whether a ring is drawn around these words, and no frame around a paragraph."""
    height = max(word["bottom"] - word["top"] for word in inside)
    return bool(box.bottom - box.top < _HIGHEST_RING * height)


def _is_within(inner: Box, outer: Box, reach: float) -> bool:
    return (
        outer.x0 - reach <= inner.x0 and inner.x1 <= outer.x1 + reach
        and outer.top - reach <= inner.top and inner.bottom <= outer.bottom + reach
    )  # fmt: skip


def _width(box: Box) -> float:
    return box.x1 - box.x0
