"""In which order a page is read: columns one after the other, else rows, each from left to right.

What stands beside a box or a table is read with it, and a label that wraps in its column stays whole.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from data.model import Line

FEWEST_PAUSES = 4
"""White between two lines of a side, wider than between lines of a paragraph: so many tell something."""


FEWEST_ROWS = 3
"""So many labels beside their values are no accident of two columns of text."""


ROOM = 0.25
"""Of a line's height: so much more white above a row than between the lines of a label is a row's own."""

HIGH, LOW = 0.3, 0.15
"""Of the height of a page: columns of text are as high, or lower where both of them ask."""

FEWEST_ASKED = 2
"""So many questions in a column are no accident."""

ALONE = 0.2
"""Of the pauses of each side: where so many are its own, neither is of labels. Measured 0 of labels beside
values, on paper too, and 0.18 to 0.5 of columns of labels over their values; of prose more."""

ALIGNED = 3.0
"""Points: how far from a column's edge its lines begin, on a sheet that is not quite straight."""

MIDDLE = 0.04
"""Of a sheet's width: how far from its middle the white between two pages lies."""

_YES, _NO = (re.compile(p, re.IGNORECASE) for p in (r"\b(?:oui|ja|yes)\W*$", r"\W*(?:non|neen?|no)\b"))
"""« … ? oui      non »: two options of one row, none of them a label's value."""
_HEADING = re.compile(r"\W*(?:[ée]tape|stap|step)\s+\d\b", re.IGNORECASE)
"""Of a part of a form."""
_COUNTED = re.compile(r"\s*(?:\d{1,2}|[A-Za-z])\s?[.)/]")
"""« g) »: what begins so is another label."""


@dataclass(slots=True)
class Item:
    """Something that is read at one go: words on one row, a box with its lines, a table."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: list[Line]
    solid: bool = False
    """A box or table: what stands beside it belongs to it as a whole."""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def in_reading_order(items: list[Item], width: float, height: float) -> list[Item]:
    """Two columns of text one after the other; everything else row by row."""
    gutter = _gutter(items, width, height)
    if gutter is None:
        return by_rows(items)
    x, top, bottom = gutter
    above = [item for item in items if item.bottom <= top + 1]
    below = [item for item in items if item.top >= bottom - 1]
    between = [item for item in items if item not in above and item not in below]
    left = [item for item in between if item.x0 + item.x1 <= 2 * x]
    right = [item for item in between if item not in left]
    columns = [*by_rows(left), *by_rows(right)]
    return [*in_reading_order(above, width, height), *columns, *in_reading_order(below, width, height)]


def _gutter(items: list[Item], width: float, height: float) -> tuple[float, float, float] | None:
    """A white stripe between two columns of running text: (x, from, to).

    A column of labels beside a column of values has such a stripe too, but is read row by row: where a
    label ends, its value ends as well, and white goes through both. Two columns of text pause each for
    itself. Where neither pauses often, text columns are told by what stands on the right: values do not
    ask; text columns hold questions, or are filled to their edge on both sides.
    """
    if fold := _fold(items, width, height):
        return fold
    best: tuple[float, float, float] | None = None
    edges = sorted({round(item.x0) for item in items if 0.35 * width < item.x0 < 0.7 * width})
    for x in edges:
        crossing = [item for item in items if item.x0 < x - ALIGNED and item.x1 > x and item.lines]
        tops = sorted([0.0, *(item.bottom for item in crossing)])
        ends = sorted([*(item.top for item in crossing), height])
        for top in tops:
            bottom = min((end for end in ends if end >= top), default=height)
            if bottom - top < LOW * height or (best and best[2] - best[1] >= bottom - top):
                continue
            inside = [i for i in items if i.top >= top - 1 and i.bottom <= bottom + 1]
            left = [i for i in inside if i.x1 < x]
            right = [i for i in inside if i.x0 >= x - ALIGNED]
            if bottom - top < HIGH * height and not _both_ask(left, right):
                continue
            if _are_text_columns(left, right, x, width):
                best = (x - ALIGNED, top, bottom)
    return best


def _fold(items: list[Item], width: float, height: float) -> tuple[float, float, float] | None:
    """The white down the middle of a sheet that holds two pages, as a booklet's: no value asks or heads."""
    middle = width / 2
    left = [item for item in items if item.x1 < middle]
    right = [item for item in items if item.x0 > middle]
    asked = sum(_asks(item) or _HEADING.match(item.text) is not None for item in right) >= FEWEST_ASKED
    if width < height or not left or not asked or len(left) + len(right) < len(items):
        return None
    white = max(item.x1 for item in left), min(item.x0 for item in right)
    off = abs(sum(white) / 2 - middle)
    return (middle, 0.0, height) if off < MIDDLE * width < white[1] - white[0] else None


def _both_ask(left: list[Item], right: list[Item]) -> bool:
    """Whether questions stand in both: of labels beside values the values ask nothing."""
    return min(_questions(left), _questions(right)) >= FEWEST_ASKED


def _questions(side: list[Item]) -> int:
    return sum(bool(re.search(r"\w\s?\?\s*$", item.text)) for item in side)


def _are_text_columns(left: list[Item], right: list[Item], x: float, width: float) -> bool:
    if sum(len(i.lines) for i in left) < 8 or sum(len(i.lines) for i in right) < 8:
        return False
    if _counts_on(left, right):
        return True
    shared = _shared_pauses(left, right)
    if shared is not None:
        return shared
    if _stand_in_rows(left, right):
        return False
    asking = [sum(_asks(i) for i in side) / len(side) for side in (left, right)]
    if sum(_asks(i) for i in right) >= 3 and asking[1] >= 0.05:
        return True
    if _questions(left) >= FEWEST_ASKED and not _questions(right):
        return False  # long labels, as full as the values beside them
    left_edge, right_edge = min(i.x0 for i in left), max(i.x1 for i in right)
    full_left = sum(i.x1 - left_edge > 0.8 * (x - left_edge) for i in left) / len(left)
    full_right = sum(i.x1 - x > 0.75 * (right_edge - x) for i in right) / len(right)
    return min(full_left, full_right) > 0.35 and full_left + full_right > 1.0


def _counts_on(left: list[Item], right: list[Item]) -> bool:
    """Whether the right column goes on where the left one stopped counting: 4, 5, 6 beside 7, 8, 9."""
    said = [
        [int(number[1]) for i in by_rows(side) if (number := re.match(r"\W*(\d{1,2})\s?[.)]\s", i.text))]
        for side in (left, right)
    ]
    counted = [*said[0], *said[1]]
    ascends = all(number == before + 1 for before, number in pairwise(counted))
    return min(map(len, said)) >= FEWEST_ASKED and ascends


def _stand_in_rows(left: list[Item], right: list[Item]) -> bool:
    """Whether labels and values share their tops or their middles: row by row, or each value with a label."""
    height = median(item.bottom - item.top for item in (*left, *right))
    rows = 0
    for top, bottom in _covered([*left, *right], apart=0.6 * height):
        sides = [
            _covered([i for i in side if top <= i.middle <= bottom], apart=bottom) for side in (left, right)
        ]
        if not all(sides):
            continue
        if not _are_level(sides[0][0], sides[1][0], height):
            break
        rows += 1
    else:
        if rows >= FEWEST_ROWS:
            return True
    labels, values = (_covered(side, apart=0.35 * height) for side in (left, right))
    with_label = [any(_are_level(label, value, height) for label in labels) for value in values]
    return all(with_label) and len(values) >= FEWEST_PAUSES


def _are_level(one: tuple[float, float], other: tuple[float, float], height: float) -> bool:
    """Whether two stretches begin at one height, or are centred on one."""
    return min(abs(one[0] - other[0]), abs(sum(one) - sum(other)) / 2) <= 0.6 * height


def _shared_pauses(left: list[Item], right: list[Item]) -> bool | None:
    """Whether the two sides pause apart from each other; None where too few pauses tell."""
    sides = [_covered(side) for side in (left, right)]
    both = _covered([*left, *right])
    height = median(item.bottom - item.top for item in (*left, *right))
    whites = [(end, start) for (_, end), (start, _) in pairwise(both) if start - end > 0.35 * height]
    shares, counts = [], []
    for side in sides:
        own = [(end, start) for (_, end), (start, _) in pairwise(side) if start - end > 0.35 * height]
        if len(own) < FEWEST_PAUSES:
            return None
        alone = sum(not any(p[0] - 1 <= w[0] and w[1] <= p[1] + 1 for w in whites) for p in own)
        shares.append(alone / len(own))
        counts.append(len(own))
    share = (shares[0] * counts[0] + shares[1] * counts[1]) / sum(counts)
    if min(shares) <= 0.15 or share <= 0.2:  # a value may pause beside a label, a label never beside a value
        return False
    return True if share >= 0.35 or min(shares) >= ALONE else None


def _covered(items: list[Item], apart: float = 0.0) -> list[tuple[float, float]]:
    """The heights where something stands, as stretches from top to bottom, with more white between them."""
    stretches: list[tuple[float, float]] = []
    for item in sorted(items, key=lambda i: i.top):
        if stretches and item.top <= stretches[-1][1] + apart:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], item.bottom))
        else:
            stretches.append((item.top, item.bottom))
    return stretches


def _asks(item: Item) -> bool:
    return (
        bool(re.search(r"\?\s*$|^[^:]{2,60}\s?:(\s|$)", item.lines[0].text.strip())) if item.lines else False
    )


def by_rows(items: list[Item]) -> list[Item]:
    """Rows from top to bottom; what stands beside a box or table is read with it, from left to right."""
    ordered: list[Item] = []
    rows = _centred_kept_whole(_linked(items))
    for row in _labels_kept_whole(rows):
        ordered.extend(_across(row))
    return ordered


def _linked(items: list[Item]) -> list[list[Item]]:
    """Groups of items that share a row."""
    groups: list[list[Item]] = []
    for item in sorted(items, key=lambda i: (i.top, i.x0)):
        home = next(
            (group for group in reversed(groups[-6:]) if any(_beside(item, other) for other in group)), None
        )
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    return sorted(groups, key=lambda group: min(i.top for i in group))


def _beside(one: Item, other: Item) -> bool:
    if min(one.x1, other.x1) - max(one.x0, other.x0) > 0.3 * min(one.x1 - one.x0, other.x1 - other.x0):
        return False
    if one.solid or other.solid:
        return (one.top - 1 <= other.middle <= one.bottom + 1) or (
            other.top - 1 <= one.middle <= other.bottom + 1
        )
    return abs(one.middle - other.middle) <= 0.45 * min(one.bottom - one.top, other.bottom - other.top)


def _across(row: list[Item]) -> list[Item]:
    """Columns from left to right, each from top to bottom."""
    columns: list[list[Item]] = []
    for item in sorted(row, key=lambda i: i.x0):
        home = next((c for c in columns if any(min(i.x1, item.x1) - max(i.x0, item.x0) > 2 for i in c)), None)
        if home is None:
            columns.append([item])
        else:
            home.append(item)
    return [item for column in columns for item in sorted(column, key=lambda i: (i.top, i.x0))]


def _centred_kept_whole(rows: list[list[Item]]) -> list[list[Item]]:
    """Join the rows of a label and a value of which the shorter stands at half the height of the other."""
    joined: list[list[Item]] = []
    run: list[list[Item]] = []
    for row in [*rows, []]:
        if run and (not row or _pauses(run[-1], row)):
            joined += [[item for part in run for item in part]] if _is_centred(run) else run
            run = []
        run.append(row)
    return [row for row in joined if row]


def _pauses(before: list[Item], row: list[Item]) -> bool:
    bottom = max(item.bottom for item in before)
    return min(item.top for item in row) - bottom > 0.5 * (bottom - max(item.top for item in before))


def _is_centred(run: list[list[Item]]) -> bool:
    items = [item for row in run for item in row]
    edge = min(item.x0 for item in items)
    left = [item for item in items if abs(item.x0 - edge) <= 3]
    right = [item for item in items if item not in left]
    if not left or not right or any(i.solid for i in items) or len(left) == len(right) or len(run[0]) > 1:
        return False
    if min(item.x0 for item in right) - max(item.x1 for item in left) < 6 or len(run[-1]) > 1:
        return False
    middles = [(min(i.top for i in side) + max(i.bottom for i in side)) / 2 for side in (left, right)]
    if abs(middles[0] - middles[1]) > 0.6 * (items[0].bottom - items[0].top):
        return False
    return all(_is_one_label(before, item, right) for before, item in pairwise(left))


def _is_one_label(before: Item, item: Item, right: list[Item]) -> bool:
    """Whether a line of a label goes on in the one below it."""
    start = item.text.split()[0] if item.text.split() else ""
    if re.search(r":\s*$", before.text):
        return False
    if start[:1].islower() or re.search(r"\?\s*$", before.text):
        return True
    return min(i.x0 for i in right) - before.x1 < len(start) * 6.0 + 8


def _labels_kept_whole(rows: list[list[Item]]) -> list[list[Item]]:
    """Join rows where a label in the left column goes on in the next row, beside its value."""
    joined: list[list[Item]] = []
    edge = max((item.x1 for row in rows for item in row), default=0.0)
    closest = _closest(rows)
    for row in rows:
        if joined and not _is_set_off(joined[-1], row, closest) and _continues(joined[-1], row, edge):
            joined[-1] = joined[-1] + row
        else:
            joined.append(row)
    return joined


def _closest(rows: Sequence[Sequence[Item]]) -> float:
    """The white between the lines of a label that goes on alone, with nothing beside its second line."""
    whites = [
        row[0].top - above.bottom
        for before, row in pairwise(rows) if len(row) == 1
        for above in before[:1]
        if abs(row[0].x0 - above.x0) <= 3 and row[0].text[:1].islower() and row[0].top >= above.top
    ]  # fmt: skip
    return min(whites, default=math.inf)


def _is_set_off(before: Sequence[Item], row: Sequence[Item], closest: float) -> bool:
    """Whether a label has a value beside it, a capital, and more white above it than labels have within."""
    label, last = min(row, key=lambda i: i.x0), max(before, key=lambda i: i.top)
    white = label.top - last.bottom
    return len(row) == 2 and label.text[:1].isupper() and white > closest + ROOM * (label.bottom - label.top)


def _continues(before: list[Item], row: list[Item], edge: float) -> bool:
    if any(item.solid for item in (*before, *row)) or len(row) > 2:
        return False
    columns = distinct(sorted(item.x0 for item in before))
    if len(columns) != 2:
        return False
    left = [item for item in before if item.x0 < columns[1] - 1]
    right = [item for item in before if item.x0 >= columns[1] - 1]
    if not left or not right or right[0].x0 - max(i.x1 for i in left) < 6:
        return False
    first = min(row, key=lambda i: i.x0)
    last = max(left, key=lambda i: i.top)
    if abs(first.x0 - last.x0) > 3 or first.x1 >= right[0].x0 or _COUNTED.match(first.text):
        return False
    if not re.search(r"[^\W\d_]", first.text) or not re.search(r"[^\W\d_]", last.text):
        return False  # check boxes and numbers beside their labels
    if not _follows(last, first):
        return False
    value = max(row, key=lambda i: i.x0) if len(row) == 2 else None
    if value is not None and abs(value.x0 - right[0].x0) > 3:
        return False
    if re.search(r":\s*$", last.text) or (_YES.search(last.text) and _NO.match(right[0].text)):
        return False
    if re.search(r"[…)]\s*$", last.text) and first.text[:1].isupper():
        return False
    if re.search(r"[?.]\s*$", last.text):  # a label of two sentences, beside a value that goes on as well
        above = max(right, key=lambda i: i.top)
        goes_on = value is not None and value.text[:1].islower() and _follows(above, value)
        return value is not None and goes_on and _has_no_room(above, value, edge)
    return first.text[:1].islower() or _has_no_room(last, first, right[0].x0 + 2)


def _follows(before: Item, item: Item) -> bool:
    """Whether a line stands close below another."""
    return item.top - before.bottom <= 0.6 * (before.bottom - before.top)


def _has_no_room(before: Item, item: Item, edge: float) -> bool:
    """Whether a line goes on in the one below it because its next word had no room."""
    start = item.text.split()[0] if item.text.split() else ""
    return edge - before.x1 < len(start) * 6.0 + 6


def distinct(values: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for value in values:
        if not kept or value - kept[-1] > 3:
            kept.append(value)
    return kept
