"""A document as an outline: its lines that are set as labels are, each with what stands behind it.

People who type a form anew set their labels in one or two ways: in bold, before a colon or a tab, in the
first column of a table, behind a number. Which of these ways are labels, and not an answer's own headings
and lists, is told later, by what they ask.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from data.model import Span
from parsers._asked._retyped import COLUMN_GAP, LONGEST_LABEL, counter
from parsers._stream import Piece, Stream
from parsers._wording import has_content, without_hints, without_leaders

NEAR = 40
"""Lines of a cell at most behind which another of its row is looked for."""
APART = 0.25
"""Of a line's height, by how much more a heading stands off from what is above it than from what is below."""
LONGEST_VALUE = 200
"""Characters of what stands behind a label: enough to tell a date from a sentence."""

_STYLES = ("bold", "italic", "underline", "highlight")
_NAMED = re.compile(
    r"(?:^|[–—;|,(·•]\s*|\s[-/]\s+)(?P<label>[^\W\d_](?:(?!\s[-/]\s|[-=]>)[^:=;|–—→…\n]){0,70}?)\s?"
    r"(?::|[-=]+>|=(?=\s)|→|…|\.{3,}|_{2,})\s*"
)
"""« Site : www.x.be – Statut : ASBL » names two."""
_DASHED = re.compile(r"(?:^|;\s*)(?P<label>[^\W\d_][^:=;|–—\n]{0,70}?)\s+(?:[–—-]|-+>)(?:\s+(?=\S)|\s*$)")
"""« structure — Logis ; forme — ASBL » names two, as well."""
_CODE = re.compile(r"\W*[A-Z]{1,3}\s?[-–.]?\s?\d{1,2}(?:[\])]|\s*[.:)–-])?(?:\s+|$)")
"""« [OP-01] » and « A.1 » count as numbers do, and tell less."""
_RATED = re.compile(
    r"(?P<label>[^\W\d_].{2,90}?)[\s:=–—.…-]+(?P<rating>(?:10|[1-9])(?:\s*(?:/|sur)\s*10)?)\W*$"
)
"""« Clarté des décisions 5/10 »."""
_SIGN = re.compile(r"[●◉⬤■◼◾▪★✱]")
"""In a cell of a scale."""
_ANSWER = re.compile(r"(?:oui|non|ja|nee|yes|no)\b.*", re.IGNORECASE)
"""« Oui : un questionnaire » says so, and asks nothing."""
_OPTION = re.compile(r"\W*(?:oui|non|ja|neen?|yes|no)\W*", re.IGNORECASE)
"""« Oui      Non », printed side by side, is what one chooses from: the one is no label of the other."""
_MARKER = re.compile(r"\s*(?:[•·▪◦‣➢→>*–—-]\s*)?")


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch of one line that may ask something."""

    start: tuple[int, int]
    """(piece, character)."""
    end: tuple[int, int]
    """Where what stands behind it begins."""
    text: str
    number: str | None
    setting: tuple[str, ...]
    """How it is set: labels of one form are set alike."""
    value: str = ""
    """The beginning of what stands behind it, up to the next label."""


def outline(stream: Stream) -> list[Label]:
    """Every label there may be, in order, each with what stands between it and the next."""
    found = [label for index in range(len(stream.pieces)) for label in _labels(stream, index)]
    return with_values(stream, found)


def with_values(stream: Stream, labels: Sequence[Label]) -> list[Label]:
    """The labels, each with what stands behind it where only these are labels."""
    ends = [*(label.start for label in labels), (len(stream.pieces), 0)][1:]
    return [replace(each, value=_value(stream, each, end)) for each, end in zip(labels, ends, strict=True)]


def row_of(stream: Stream, piece: int) -> tuple[int, int] | None:
    """The table and the row in which a piece stands."""
    cell = stream.pieces[piece].cell
    return (cell.table, cell.row) if cell else None


def _value(stream: Stream, label: Label, end: tuple[int, int]) -> str:
    said = ""
    for part in stream.between(label.end, end):
        text = without_hints(without_leaders(part.text)).strip(" \t\xa0–—;|,-/·•")
        said = f"{said}\n{text}" if said and text else said or text
        if len(said) > LONGEST_VALUE:
            break
    return said if has_content(said) or _SIGN.search(said) else ""


def _labels(stream: Stream, index: int) -> Iterator[Label]:
    """The labels of a piece: one that takes it whole or begins it, or several before their colons."""
    piece = stream.pieces[index]
    if not re.search(r"\w", piece.text) or piece.rank > 1 or (piece.rank and not _is_coded(stream, index)):
        return
    if _OPTION.fullmatch(piece.text):
        return
    start, number = counter(piece)
    if number is None and start == 0 and (code := _CODE.match(piece.text)):
        start = code.end()
    if start == len(piece.text) and _stands_beside(stream, index):
        return  # of « OP-01 », a tab and a label, that is the label
    whole = len(piece.text) <= LONGEST_LABEL
    styles = _styles(piece.spans(start)) or _styles(piece.spans())

    def label(setting: tuple[str, ...], first: int, last: int, end: tuple[int, int]) -> Label:
        began = first if re.search(r"\w", piece.text[start:first]) else 0
        told = number if began == 0 else None
        at = (index - 1, 0) if piece.rank and not began else (index, began)
        return Label(at, end, piece.text[first:last], told, setting)

    last = len(piece.text)
    if piece.cell is not None and whole and _begins_its_cell(stream, index):
        if not re.search(r"[^\W\d_]", piece.text):
            return
        alone = () if _has_cells_beside(stream, index) else ("alone",)
        column = ("cell", str(piece.cell.column), *alone, *styles)
        found = label(column, start, last, _end_of_cell(stream, index))
        beside = _number_beside(stream, index)
        yield replace(found, start=(index - 1, 0), number=beside) if beside else found
    elif piece.cell is None and whole and _stands_beside(stream, index):
        yield label(("beside",), start, last, (index, last))
    elif styles and whole:
        yield label(("line", *styles), start, last, (index, last))
    elif (end := _styled_to(piece, start)) is not None:
        yield label(("begun", *_styles(piece.spans(start, end))), start, end, (index, end))
    elif number and start and _styles(piece.spans(0, start)) and not styles:
        yield label(("number", *_styles(piece.spans(0, start))), start, start, (index, start))
    elif named := [*_named(piece, start)]:
        before = piece.text[:start].strip()
        marker = "1" if re.search(r"\w", before) else before
        for first, until, end, mark in named:
            yield label(("named", mark, marker), first, until, (index, end))
    elif (rated := _RATED.match(piece.text, start)) is not None:
        yield label(("rated",), start, rated.end("label"), (index, rated.start("rating")))
    elif whole and (number or re.search(r"\?\s*$", piece.text)):
        yield label(
            ("asked",) if piece.text.rstrip().endswith("?") else ("counted",), start, last, (index, last)
        )
    elif whole and _is_set_apart(stream, index):
        yield label(("apart",), start, last, (index, last))
    elif number:
        yield label(("number",), start, start, (index, start))


def _named(piece: Piece, start: int) -> list[tuple[int, int, int, str]]:
    """Where each label of a line begins and ends, where what follows it begins, and its mark."""
    begun = _MARKER.match(piece.text, start)
    at = begun.end() if begun else start
    named = [
        (at + m.start("label"), at + m.end("label"), at + m.end(), ":")
        for m in _NAMED.finditer(piece.text[at:])
        if not m["label"].startswith("http") and not _ANSWER.fullmatch(m["label"])
    ]
    if named and named[0][0] == at:
        return named
    dashed = [
        (at + m.start("label"), at + m.end("label"), at + m.end(), "-")
        for m in _DASHED.finditer(piece.text[at:])
    ]
    return dashed if dashed and dashed[0][0] == at else []


def _styles(spans: Sequence[Span]) -> tuple[str, ...]:
    """Which styles all letters of some runs have."""
    shown = [span for span in spans if re.search(r"\w", span.text)]
    return tuple(style for style in _STYLES if shown and all(getattr(span, style) for span in shown))


def _styled_to(piece: Piece, start: int) -> int | None:
    """Where the styled beginning of a line ends, behind which the line goes on plainly."""
    own = [span for span in piece.spans(start) if span.text]
    styled = _styles(own[:1])
    if len(own) < 2 or not styled:
        return None
    end = start
    for span in own:
        if re.search(r"\w", span.text) and not set(styled) <= set(_styles([span])):
            break
        end += len(span.text)
    mark = re.match(r"\s*[:?=–—-]*\s*", piece.text[end:])
    return end + (mark.end() if mark else 0)


def _begins_its_cell(stream: Stream, index: int) -> bool:
    return index == 0 or stream.pieces[index - 1].cell != stream.pieces[index].cell


def _is_coded(stream: Stream, index: int) -> bool:
    """Whether a code alone stands before a tab, and the piece behind it."""
    piece, before = stream.pieces[index], stream.pieces[index - 1]
    return (before.at, before.row) == (piece.at, piece.row) and _CODE.fullmatch(before.text) is not None


def _has_cells_beside(stream: Stream, index: int) -> bool:
    """Whether anything else stands in a cell's row of a table."""
    own = stream.pieces[index].cell
    near = [piece.cell for piece in stream.pieces[max(index - 1, 0) : index + NEAR] if piece.cell != own]
    return any(own and each and (each.table, each.row) == (own.table, own.row) for each in near)


def _number_beside(stream: Stream, index: int) -> str | None:
    """The number that stands alone in the cell before, in the same row."""
    piece, before = stream.pieces[index], stream.pieces[max(index - 1, 0)]
    said = re.fullmatch(r"\W*(?:[A-H]\W?|\d{1,2}\.)?(\d{1,2})\W*", before.text)
    level = (
        before.cell
        and piece.cell
        and (before.cell.table, before.cell.row) == (piece.cell.table, piece.cell.row)
    )
    return said[1] if said and level else None


def _end_of_cell(stream: Stream, index: int) -> tuple[int, int]:
    """Where a cell ends whose lines only wrap, beside others; else its first line."""
    cell, last = stream.pieces[index].cell, index
    beside = _has_cells_beside(stream, index)
    while beside and last + 1 < len(stream.pieces) and stream.pieces[last + 1].cell == cell:
        last += 1
    return last, len(stream.pieces[last].text)


def _is_set_apart(stream: Stream, index: int) -> bool:
    """Whether a laid-out line stands nearer to what is below it than to what is above, as headings do."""
    above, piece, below = (
        stream.pieces[at] if 0 <= at < len(stream.pieces) else None for at in (index - 1, index, index + 1)
    )
    if not (piece and piece.box and below and below.box and below.line.page == piece.line.page):
        return False
    if above is None or above.box is None or above.line.page != piece.line.page:
        return piece.cell is None
    over, under = piece.box.top - above.box.bottom, below.box.top - piece.box.bottom
    return piece.cell is None and over > under + APART * (piece.box.bottom - piece.box.top)


def _stands_beside(stream: Stream, index: int) -> bool:
    """Whether something stands behind a tab, or level with the line in a column of its own."""
    piece = stream.pieces[index]
    other = stream.pieces[index + 1] if index + 1 < len(stream.pieces) else None
    if other is None or other.cell:
        return False
    if other.at == piece.at and other.row == piece.row:
        return True
    one, two = piece.box, other.box
    if one is None or two is None or piece.line.page != other.line.page:
        return False
    return abs(one.top - two.top) < 0.5 * (one.bottom - one.top) and two.x0 > one.x1 + COLUMN_GAP
