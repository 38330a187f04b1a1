"""Labels in small print under the line that they name, as on the forms of offices: answers stand above.

Between two such labels nothing tells whose a line is. Where a run of labels begins and ends, it does: a line
stands before the first of them and none behind the last, or the other way round.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from data.edition import Edition, Question, QuestionKind
from data.model import Box
from parsers._answered._regions import Region
from parsers._stream import Part, Stream
from parsers._wording import has_content, without_leaders

FEWEST_LINES, FEWEST_RUNS = 3, 2
"""Lines above labels, and runs of labels that begin with one: fewer may be titles that nobody knows."""
MOST_RUNS_DOWN = 0.25
"""Of these, runs that end with a line: behind the last label may stand what is asked by a title alone."""
NEAR, CLOSE = 1.3, 0.6
"""In heights of a row: how far above a label its line stands, and another row of the same answer."""
SMALL = 0.9
"""How high the labels of a page are at most, of the lines above them."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A question that stands alone on its rows."""

    region: Region
    page: int
    above: tuple[int, ...]
    """The pieces right above it that are nobody's label, from the lowest."""
    begins: bool
    """Whether no other such label stands above those."""
    ends: bool
    """Whether a line stands right below it, and no other such label below that."""


def give_what_stands_above(text: Stream, regions: Sequence[Region], edition: Edition) -> None:
    """Where a page's labels stand under their lines, each gets its own, and what was its goes to the next."""
    labels = list(_labels(text, regions, edition))
    for page in {label.page for label in labels}:
        own = [label for label in labels if label.page == page]
        begun, ended = sum(label.begins for label in own), sum(label.ends for label in own)
        lines = sum(bool(label.above) for label in own)
        if begun < FEWEST_RUNS or lines < FEWEST_LINES or ended > MOST_RUNS_DOWN * begun:
            continue
        if not _is_small_print(text, own):
            continue
        taken = [text.pieces[at] for label in own for at in label.above]
        for region in regions:
            region.parts = [part for part in region.parts if part.piece not in taken]
        for label in own:
            lowest = [text.pieces[at] for at in label.above]
            label.region.parts = [Part(piece, 0, len(piece.text)) for piece in reversed(lowest)]
            label.region.is_caption = True


def _labels(text: Stream, regions: Sequence[Region], edition: Edition) -> Iterator[_Label]:
    fields = (
        region for region in regions
        if (question := region.match.anchor.question) and _is_field(edition.questions[question])
    )  # fmt: skip
    alone = [(region, box) for region in fields if (box := _box(text, region)) is not None]
    asked = {at for region in regions for at in _rows(region)}
    own = {at for region, _ in alone for at in _rows(region)}
    for region, box in alone:
        page = text.pieces[region.match.start[0]].line.page
        here = [
            at for at, piece in enumerate(text.pieces)
            if piece.box and piece.line.page == page and has_content(without_leaders(piece.text))
        ]  # fmt: skip
        above, beyond_above = _stack(text, here, box, asked, up=True)
        below, beyond_below = _stack(text, here, box, asked, up=False)
        begins = bool(above) and beyond_above not in own
        yield _Label(region, page, above, begins, bool(below) and beyond_below not in own)


def _is_field(question: Question) -> bool:
    """Whether it is answered on a line; what is answered in ten is asked above them, and rated beside."""
    return question.max_lines is None and question.kind is not QuestionKind.SCALE


def _is_small_print(text: Stream, labels: Sequence[_Label]) -> bool:
    """Whether labels are lower than the lines above them, taken together: letters differ in height."""
    pairs = [
        (text.pieces[label.region.match.start[0]].box, text.pieces[label.above[0]].box)
        for label in labels
        if label.above
    ]
    own, said = (median(box.bottom - box.top for box in boxes if box) for boxes in zip(*pairs, strict=True))
    return bool(own <= SMALL * said)


def _stack(
    text: Stream, here: Sequence[int], box: Box, asked: set[int], *, up: bool
) -> tuple[tuple[int, ...], int | None]:
    """The rows above a label, or below it, that are one answer; and what stands beyond them."""
    rows: list[int] = []
    following = _nearest(text, here, box, NEAR, up=up)
    while following is not None and following not in asked and (row := text.pieces[following].box):
        rows.append(following)
        following = _nearest(text, here, row, CLOSE, up=up)
        if following is None:
            return tuple(rows), _nearest(text, here, row, NEAR, up=up)
    return tuple(rows), following


def _rows(region: Region) -> range:
    first, (last, end) = region.match.start[0], region.match.end
    return range(first, last + 1 if end else last)


def _box(text: Stream, region: Region) -> Box | None:
    """Around a question that nothing stands beside; None for any other."""
    rows = [text.pieces[at] for at in _rows(region)]
    boxes = [piece.box for piece in rows if piece.box and not piece.cell]
    if not boxes or len(boxes) < len(rows):
        return None
    x0, top, x1, bottom = zip(*((b.x0, b.top, b.x1, b.bottom) for b in boxes), strict=True)
    around = Box(min(x0), min(top), max(x1), max(bottom))
    said = [part for part in region.parts if has_content(without_leaders(part.text))]
    beside = any(part.piece in rows or _is_level(part.piece.box, around) for part in said)
    return None if beside else around


def _is_level(box: Box | None, label: Box) -> bool:
    return box is not None and label.top < (box.top + box.bottom) / 2 < label.bottom


def _nearest(text: Stream, here: Sequence[int], box: Box, near: float, *, up: bool) -> int | None:
    """The piece right above a box, or below it, in its column."""
    gaps = []
    for at in here:
        other = text.pieces[at].box
        if other is None or min(box.x1, other.x1) <= max(box.x0, other.x0):
            continue
        gap = box.top - other.bottom if up else other.top - box.bottom
        middle = (other.top + other.bottom) / 2
        if (middle < box.top if up else middle > box.bottom) and gap < near * (other.bottom - other.top):
            gaps.append((gap, at))
    return min(gaps)[1] if gaps else None
