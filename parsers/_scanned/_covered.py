"""Boxes and circles before options, of which a pen has left nothing to be known by: told by their fellows.

A square filled all over, or with a cross beyond its sides, is none to the eye that looks for squares, and a
circle is an O to the one that reads letters. But options stand in a row or below each other, each as far
behind its own as the others are: where theirs are empty, and at its place is clearly more ink, it is chosen.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from parsers._ocr import Word
from parsers._scanned._check_boxes import CheckBox
from parsers._scanned._upright import Parts, sized

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_LEVELS = r"primaire|secondaire|sup[ée]rieur"
_OPTION = re.compile(
    rf"(?P<before>\W*\w{{0,2}}\W{{0,2}}?)(?P<letters>(?:oui|non|ja|neen?|{_LEVELS})\b.*)", re.IGNORECASE
)
_OPTION_BEFORE = re.compile(r"(?P<letters>oui|non|ja|neen?)(?P<behind>\W*\w?\W*)", re.IGNORECASE)
"""What is chosen among, and what was made of a box before it, or behind it."""
_LEVEL = re.compile(_LEVELS, re.IGNORECASE)
_APART, _ROW, _COLUMN, _INSIDE = 0.7, 0.4, 2.6, 0.4
"""In sizes: how near a word of the same option is, how level a row is, and how near the next of a list."""
_WIDE, _AS_HIGH, _BESIDE = (0.45, 1.4), (0.8, 1.25), 1.7
"""In sizes, of a circle; its width by its height; and how far before its option it ends at most."""
_ROUND, _EMPTY = (0.7, 0.86), 0.12
"""Share of its box that a circle fills with what it encloses; and of its middle that is ink."""
_MORE, _SAME = 1.45, 1.22
"""Times the ink of an empty one: what a mark has at least, and what one that is empty has at most."""
_RIM, _MIDDLE = 0.12, 0.22
"""Of a box's width: how far out a mark on it is looked for, and how far in its own line is left behind."""
_JOINED = 0.6
"""In sizes: by so much is a word wider that a mark joined."""
_SURE = 0.6
"""How sure an option's word is at least, where its box stands with others."""
_ROW_OF = 6
"""Boxes in a row that make a scale, of which one is not seen."""


@dataclass(frozen=True, slots=True)
class Covered:
    """What a closer look at options gave."""

    words: list[Word]
    boxes: list[CheckBox]
    """Those that were not seen as such; of circles all of a list in which one is chosen."""


@dataclass(frozen=True, slots=True)
class _Option:
    word: Word
    letters: str
    """The word without what was made of its box."""
    before: str = ""
    behind: str = ""
    """What was made of a box that stands there, and touches it."""

    @property
    def middle(self) -> float:
        return self.word.baseline - 0.3 * self.word.size

    def touches(self, behind: bool) -> bool:
        return bool(self.behind if behind else self.before)

    def gap(self, box: CheckBox, behind: bool) -> float:
        """How far from it a box stands, on that side; nothing, if the box is a part of the word."""
        if self.touches(behind):
            off = box.x1 - self.word.x1 if behind else self.word.x0 - box.x0
            return 0.0 if abs(off) < _INSIDE * self.word.size else math.inf
        return box.x0 - self.word.x1 if behind else self.word.x0 - box.x1


def told_by_fellows(
    words: Sequence[Word], boxes: Sequence[CheckBox], black: "Pixels", held: Parts, drawn: "Pixels"
) -> Covered:
    """The words, without those read of a box, and the boxes that were not seen.

    Args:
        black: 255 where the page is written on, without what is ruled; `held`: its parts.
        drawn: the same with all that is ruled.
    """
    kept, found = list(words), list(_in_rows(boxes, drawn))
    for options in _lists(words):
        more = _beside(options, boxes, black, held, drawn)
        if more:
            found += more
            kept = _without(kept, options, more)
    return Covered(kept, found)


# ---------------------------------------------------------------- options


def _lists(words: Sequence[Word]) -> Iterator[list[_Option]]:
    """Options on one row, or below each other."""
    rest = list(_options(words))
    while rest:
        run = [rest.pop(0)]
        for option in list(rest):
            if _follows(run[-1], option):
                run.append(option)
                rest.remove(option)
        if len(run) > 1:
            yield [_without_mark(option, run) for option in run]


def _without_mark(option: _Option, run: Sequence[_Option]) -> _Option:
    """The option; without a mark that joined its first letter, if the same word is narrower elsewhere."""
    same = [other.word.x1 - other.word.x0 for other in run if other.letters == option.letters]
    more = option.word.x1 - option.word.x0 - min(same)
    if option.before or more < _JOINED * option.word.size:
        return option
    return replace(option, word=replace(option.word, x0=option.word.x0 + more))


def _follows(one: _Option, other: _Option) -> bool:
    a, b = one.word, other.word
    down = b.baseline - a.baseline
    level = abs(down) < _ROW * a.size and b.x0 > a.x1
    below = 0 < down < _COLUMN * a.size and abs(a.x1 - b.x1) < 30 * a.size
    wraps = bool(b.x0 < a.x0 and _LEVEL.match(one.letters) and _LEVEL.match(other.letters))
    return level or (below and (_are_aligned(one, other) or wraps))


def _are_aligned(one: _Option, other: _Option) -> bool:
    return abs(one.word.x0 - other.word.x0) < 1.5 * one.word.size


def _options(words: Sequence[Word]) -> Iterator[_Option]:
    """Words that begin one: what stands close before them is no word, but what was made of a box."""
    for word in words:
        said = _OPTION_BEFORE.fullmatch(word.text) or _OPTION.fullmatch(word.text)
        if said and not any(_is_of_the_same(other, word) for other in words):
            yield _Option(word, **said.groupdict())


def _is_of_the_same(before: Word, word: Word) -> bool:
    close = 0 <= word.x0 - before.x1 < _APART * word.size
    return close and len(before.text) > 3 and abs(before.baseline - word.baseline) < _ROW * word.size


# ---------------------------------------------------------------- boxes before them


def _beside(
    options: Sequence[_Option], boxes: Sequence[CheckBox], black: "Pixels", held: Parts, drawn: "Pixels"
) -> list[CheckBox]:
    """The boxes that a list lacks, if one of them is covered and all others are empty."""
    squares, behind = _on_one_side(options, boxes)
    circles: dict[int, CheckBox] = {}
    if not squares:
        circles, behind = _on_one_side(options, _circles(options, held))
    seen = squares or circles
    if not seen or any(box.ticked for box in seen.values()):
        return []
    places = [seen.get(at) or _place(option, options, seen, behind) for at, option in enumerate(options)]
    if any(place is None for place in places):
        return []
    gap = max(0.0, min(options[at].gap(box, behind) for at, box in seen.items()))
    gap = -gap if behind else gap
    ink = [
        _ink(place, drawn) if at in seen else max(_ink(place, drawn), _ink(_moved(place, gap), drawn))
        for at, place in enumerate(places) if place
    ]  # fmt: skip
    usual = min(ink[at] for at in seen)
    chosen = [at for at, amount in enumerate(ink) if amount >= _MORE * usual]
    empty = [at for at, amount in enumerate(ink) if amount <= _SAME * usual]
    if len(chosen) != 1 or len(empty) != len(options) - 1 or not set(empty) <= set(seen):
        return []
    told = [replace(place, ticked=at in chosen) for at, place in enumerate(places) if place]
    return told if circles else [told[chosen[0]]] if chosen[0] not in squares else []


def _on_one_side(options: Sequence[_Option], boxes: Sequence[CheckBox]) -> tuple[dict[int, CheckBox], bool]:
    """The boxes beside options, and whether they stand behind them: « oui ☐   non ☐ ».

    A box may be near the next option, too: they stand on the side of more of them, or nearer to theirs.
    """
    sides = []
    for behind in (False, True):
        near = ((at, _near(option, boxes, behind=behind)) for at, option in enumerate(options))
        sides.append({at: box for at, box in near if box is not None})
    apart = [
        sum(options[at].gap(box, behind) for at, box in side.items())
        for behind, side in zip((False, True), sides, strict=True)
    ]
    behind = (len(sides[1]), -apart[1]) > (len(sides[0]), -apart[0])
    return sides[behind], behind


def _near(option: _Option, boxes: Sequence[CheckBox], *, behind: bool) -> CheckBox | None:
    """The box that stands next to an option, on that side."""
    size = option.word.size
    near = [
        box for box in boxes
        if box.top < option.middle < box.bottom and -0.2 * size < option.gap(box, behind) < _BESIDE * size
    ]  # fmt: skip
    return min(near, key=lambda box: option.gap(box, behind), default=None)


def _circles(options: Sequence[_Option], held: Parts) -> list[CheckBox]:
    """The empty circles of a page, as large as the type of these options."""
    size = median(option.word.size for option in options)
    labels = sized(held, size, _WIDE, _WIDE)
    return [box for label in labels if (box := _circle(label, held)) is not None]


def _circle(label: int, held: Parts) -> CheckBox | None:
    """A line that is round and closed, with nothing in it."""
    import cv2
    import numpy as np

    x, y, wide, high, _ = held.stats[label].tolist()
    if not _AS_HIGH[0] < wide / high < _AS_HIGH[1]:
        return None
    shape: Any = (held.labels[y : y + high, x : x + wide] == label).astype(np.uint8)
    outlines, _ = cv2.findContours(shape, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = max(map(cv2.contourArea, outlines)) / (wide * high)
    rim = round(0.3 * min(wide, high))
    middle = shape[rim:-rim, rim:-rim]
    if not _ROUND[0] < filled < _ROUND[1] or not middle.size or middle.mean() > _EMPTY:
        return None
    return CheckBox(float(x), float(y), float(x + wide), float(y + high), ticked=False)


def _place(
    option: _Option, options: Sequence[_Option], seen: dict[int, CheckBox], behind: bool
) -> CheckBox | None:
    """Where an option's box stands, by the others'."""
    fellows = [(options[at], box) for at, box in seen.items()]
    wide, high = (
        median(side) for side in zip(*((b.x1 - b.x0, b.bottom - b.top) for _, b in fellows), strict=True)
    )
    below = [
        box for other, box in fellows
        if abs(other.word.baseline - option.word.baseline) > other.word.size and _are_aligned(other, option)
    ]  # fmt: skip
    gap = median(other.gap(box, behind) for other, box in fellows)
    rise = median(other.word.baseline - box.top for other, box in fellows)
    if below and not behind:
        x0 = median(box.x0 for box in below)
    elif option.touches(behind):
        x0 = option.word.x1 - wide if behind else option.word.x0
    else:
        x0 = option.word.x1 + gap if behind else option.word.x0 - gap - wide
    top = option.word.baseline - rise
    return CheckBox(x0, top, x0 + wide, top + high, ticked=False) if x0 >= 0 and top >= 0 else None


def _moved(box: CheckBox, by: float) -> CheckBox:
    """A mark that touches its option is read as the head of its first letter, which seems too far left."""
    return replace(box, x0=box.x0 + by, x1=box.x1 + by)


def _ink(box: CheckBox, drawn: "Pixels") -> int:
    """How many pixels of it, and of what is close around it, are dark; those of its middle count twice."""
    import numpy as np

    def within(rim: float) -> int:
        side = rim * (box.x1 - box.x0)
        rows = slice(max(0, round(box.top - side)), round(box.bottom + side) + 1)
        columns = slice(max(0, round(box.x0 - side)), round(box.x1 + side) + 1)
        return int(np.count_nonzero(drawn[rows, columns]))

    return within(_RIM) + within(-_MIDDLE)


def _without(words: Sequence[Word], options: Sequence[_Option], boxes: Sequence[CheckBox]) -> list[Word]:
    """The words, without those read of these boxes, whole or before or behind an option's letters."""
    own = {(option.word.baseline, option.word.x1): option for option in options}
    kept = []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, word.baseline - 0.3 * word.size
        inside = next(
            (box for box in boxes if box.top < y < box.bottom and box.x0 < word.x1 and word.x0 < box.x1), None
        )
        option = own.get((word.baseline, word.x1))
        if option is not None:
            word = replace(word, text=option.letters, confidence=max(word.confidence, _SURE))
            if inside is not None and inside.x1 > x:
                word = replace(word, x1=min(word.x1, inside.x0))
            elif inside is not None:
                word = replace(word, x0=max(word.x0, inside.x1))
            kept.append(word)
        elif inside is None or not inside.x0 < x < inside.x1:
            kept.append(word)
    return kept


# ---------------------------------------------------------------- ten in a row


def _in_rows(boxes: Sequence[CheckBox], drawn: "Pixels") -> Iterator[CheckBox]:
    """The box that a row of equal ones lacks, where something stands in its place: the others are empty."""
    rest = sorted(boxes, key=lambda box: box.x0)
    while rest:
        first = rest[0]
        high = first.bottom - first.top
        row = [box for box in rest if abs(box.top - first.top) < high]
        rest = [box for box in rest if box not in row]
        steps = [after.x0 - box.x0 for box, after in pairwise(row)]
        if len(row) < _ROW_OF or any(box.ticked for box in row):
            continue
        step, usual = median(steps), median(_ink(box, drawn) for box in row)
        for box, after, gap in zip(row, row[1:], steps, strict=False):
            if 1.8 * step < gap < 2.2 * step:
                middle = replace(
                    box,
                    x0=(box.x0 + after.x0) / 2, x1=(box.x1 + after.x1) / 2,
                    top=(box.top + after.top) / 2, bottom=(box.bottom + after.bottom) / 2,
                    ticked=True,
                )  # fmt: skip
                if _ink(middle, drawn) >= _MORE * usual:
                    yield middle
