"""Ten numbers that head columns without rules: a mark below one of them, beside a statement, means it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from data.model import Box, Document, Line, Look
from parsers._answered._choices import Choice
from parsers._answered._grid import scribbles
from parsers._answered._in_a_line import UNTOLD, decided

FEWEST = 0.8
"""Share of the scale's numbers that were read on one row, in their order."""
_LONGEST = 2
"""Signs of what a mark is read as: « X », « « »."""
_ROW = 0.5
"""Of the height of a row: how far over a statement's first row its marks begin."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The middles of the columns of one page, by number, and the foot of the row that heads them."""

    page: int
    middles: dict[int, float]
    bottom: float

    @property
    def step(self) -> float:
        return median(b - a for a, b in pairwise(sorted(self.middles.values())))

    def number(self, box: Box) -> int | None:
        """The number in whose column a mark stands; None beside them."""
        x = (box.x0 + box.x1) / 2
        nearest = min(self.middles, key=lambda number: abs(self.middles[number] - x))
        return nearest if abs(self.middles[nearest] - x) < self.step / 2 and box.top > self.bottom else None


def heads(document: Document, lowest: int, highest: int) -> list[Heads]:
    """The only row of numbers of each page, if it has no more than one: each statement may have its own."""
    rows: dict[int, list[list[Line]]] = {}
    for line in document.lines:
        said = line.text.strip()
        if line.box is None or not said.isdigit() or not lowest <= int(said) <= highest:
            continue
        own = rows.setdefault(line.page, [])
        row = next((row for row in own if _are_level(row[0].box, line.box)), None)
        if row is None:
            own.append([line])
        else:
            row.append(line)
    scale = [str(number) for number in range(lowest, highest + 1)]
    in_lines = {line.page for line in document.lines if re.findall(r"\d+", line.text) == scale}
    return [
        found for page, own in rows.items()
        if page not in in_lines
        and len(full := [row for row in own if len(row) >= FEWEST * (highest - lowest + 1)]) == 1
        and (found := _heads(page, full[0])) is not None
    ]  # fmt: skip


def _are_level(one: Box | None, other: Box) -> bool:
    return one is not None and abs(one.top - other.top) < 0.5 * (other.bottom - other.top)


def _heads(page: int, row: Sequence[Line]) -> Heads | None:
    boxes = sorted((line.box.x0, int(line.text), line.box) for line in row if line.box)
    if any(after != before + 1 for (_, before, _), (_, after, _) in pairwise(boxes)):
        return None
    return Heads(page, {n: (b.x0 + b.x1) / 2 for _, n, b in boxes}, max(b.bottom for *_, b in boxes))


def rate(found: Sequence[Heads], asked: Sequence[Line], below: float, document: Document) -> Choice | None:
    """The number below which something stands beside a statement; None where nothing does.

    Args:
        asked: the rows of the statement, in no table.
        below: where the next one begins.
    """
    boxes = [line.box for line in asked if line.box and line.cell is None]
    own = next((each for each in found if boxes and each.page == asked[0].page), None)
    if own is None or boxes[0].top < own.bottom - (boxes[0].bottom - boxes[0].top):
        return None
    high = boxes[0].bottom - boxes[0].top
    band = boxes[0].top - _ROW * high, min(below - _ROW * high, boxes[-1].bottom + 2 * high)
    seen = [
        (number, sure) for box, sure in _marks(document, own.page)
        if band[0] < (box.top + box.bottom) / 2 < band[1] and (number := own.number(box)) is not None
    ]  # fmt: skip
    surely = {number for number, sure in seen if sure}
    if surely:
        return decided(surely)
    return UNTOLD if seen else None


def _marks(document: Document, page: int) -> list[tuple[Box, bool]]:
    """What stands alone and is no word, and whether it is surely a mark."""
    drawn = [(p.box, True) for p in scribbles(document.pictures) if p.page == page and p.box]
    traced = [(p.box, False) for p in document.pictures if p.page == page and p.box and p.look is Look.TRACE]
    said = [
        (line.box, line.text.strip() in {"X", "x", "×"}) for line in document.lines
        if line.page == page and line.box and line.cell is None and 0 < len(line.text.strip()) <= _LONGEST
    ]  # fmt: skip
    return [*drawn, *traced, *said]
