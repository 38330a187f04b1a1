"""A document as an outline: its lines that are set as labels are, each with what stands behind it.

People who type a form anew set their labels in one or two ways: in bold, before a colon or a tab, in the
first column of a table, behind a number. Which of these ways are labels, and not an answer's own headings
and lists, is told later, by what they ask.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from data.model import Span
from parsers._asked._candidates import wraps
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
_RATED_FIRST = re.compile(r"\W*(?:10|[1-9])\s?(?:/|sur)\s?10(?:\W+pour)?\W+(?P<label>[^\W\d_].{2,90})")
"""« 5/10 pour la clarté des décisions »."""
_CAPITALS = re.compile(r"[^a-zà-ÿ]*[^\W\d_a-zà-ÿ]{2}[^a-zà-ÿ]{3,}")
"""No acronym: « DÉJÀ VENUS ? » in a frame, and the answer in the one below it."""
_SIGN = re.compile(r"[●◉⬤■◼◾▪★✱]")
"""In a cell of a scale."""
_ANSWER = re.compile(r"(?:oui|non|ja|nee|yes|no)\b.*", re.IGNORECASE)
"""« Oui : un questionnaire » says so, and asks nothing."""
_OPTION = re.compile(r"\W*(?:oui|non|ja|neen?|yes|no)\W*", re.IGNORECASE)
"""« Oui      Non », printed side by side, is what one chooses from: the one is no label of the other."""
_TAKES_UP = re.compile(
    r"\W*(?:c['’]est[- ]à[- ]dire|à savoir|soit|voici|ainsi|notamment|entre autres|par exemple"
    r"|autrement dit|(?:plus )?(?:précisément|concrètement|exactement)"
    r"|en (?:bref|clair|résumé|détail|pratique|particulier))(?:\W+\w+){0,2}\s*(?::|$)",
    re.IGNORECASE,
)
"""« Concrètement, cela donne : » goes on with an answer."""
_MARKED = re.compile(r"\s*[•·▪◦‣➢→>*–—-]\s*")


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
    """Every label there may be, in order."""
    return [label for index in range(len(stream.pieces)) for label in _labels(stream, index)]


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


@dataclass(frozen=True, slots=True)
class _Line:
    """One piece, and what is told of it whichever way labels are set."""

    stream: Stream
    index: int
    start: int
    """Where its words begin behind what counts it."""
    number: str | None
    styles: tuple[str, ...]
    """Those of all its words."""

    @property
    def piece(self) -> Piece:
        return self.stream.pieces[self.index]

    @property
    def end(self) -> int:
        return len(self.piece.text)

    @property
    def is_short(self) -> bool:
        return self.end <= LONGEST_LABEL

    def whole(self, *setting: str) -> list[Label]:
        """The line as a label, with nothing behind it."""
        return [self.label(setting, self.start, self.end, self.end)]

    def label(self, setting: tuple[str, ...], first: int, last: int, end: int) -> Label:
        """The words from ``first`` to ``last``, with what begins at ``end`` behind them."""
        begins = re.search(r"\w", self.piece.text[self.start : first]) is None
        at = (self.index, 0 if begins else first)
        if self.piece.rank and begins:  # with the code before its tab
            at = (self.index - 1, 0)
        number = self.number if begins else None
        return Label(at, (self.index, end), self.piece.text[first:last], number, setting)


def _labels(stream: Stream, index: int) -> list[Label]:
    """The labels of a piece, in the surest of the ways in which it may be set as one."""
    line = _line(stream, index)
    return next((found for way in _WAYS if (found := way(line))), []) if line else []


def _line(stream: Stream, index: int) -> _Line | None:
    """A piece that may hold a label: no option, nothing that goes on, no number of what stands beside it."""
    piece = stream.pieces[index]
    if not re.search(r"\w", piece.text) or _OPTION.fullmatch(piece.text):
        return None
    if piece.rank > 1 or (piece.rank and not _is_coded(stream, index)):
        return None
    start, number = counter(piece)
    if number is None and start == 0 and (code := _CODE.match(piece.text)):
        start = code.end()
    if start == len(piece.text) and _stands_beside(stream, index):
        return None  # of « OP-01 », a tab and a label, that is the label
    if _TAKES_UP.match(piece.text, start) or (piece.text[:1].islower() and wraps(stream, index)):
        return None
    line = _Line(stream, index, start, number, _styles(piece.spans(start)) or _styles(piece.spans()))
    return None if _heads_its_cell(line) and not re.search(r"[^\W\d_]", piece.text) else line


def _heads_its_cell(line: _Line) -> bool:
    cell, before = line.piece.cell, line.stream.pieces[line.index - 1] if line.index else None
    return cell is not None and line.is_short and (before is None or before.cell != cell)


def _in_a_cell(line: _Line) -> list[Label]:
    """« Nom | Peeters », with the number that may stand in a cell before it."""
    if not _heads_its_cell(line) or line.piece.cell is None:
        return []
    alone: tuple[str, ...] = () if _has_cells_beside(line.stream, line.index) else ("alone",)
    if alone and _CAPITALS.fullmatch(line.piece.text):
        alone = ("alone", "capitals")
    (found,) = line.whole("cell", str(line.piece.cell.column), *alone, *line.styles)
    found = replace(found, end=_end_of_cell(line.stream, line.index))
    beside = _number_beside(line.stream, line.index)
    return [replace(found, start=(line.index - 1, 0), number=beside) if beside else found]


def _beside_its_value(line: _Line) -> list[Label]:
    """« Nom      Peeters »."""
    beside = line.piece.cell is None and line.is_short and _stands_beside(line.stream, line.index)
    return line.whole("beside") if beside else []


def _styled(line: _Line) -> list[Label]:
    """A line that is in bold, to its end."""
    return line.whole("line", *line.styles) if line.styles and line.is_short else []


def _begun_styled(line: _Line) -> list[Label]:
    """A line of which the beginning is in bold, or its number alone."""
    piece, start = line.piece, line.start
    if (end := _styled_to(piece, start)) is not None:
        return [line.label(("begun", *_styles(piece.spans(start, end))), start, end, end)]
    counted = _styles(piece.spans(0, start)) if line.number and start and not line.styles else ()
    return [line.label(("number", *counted), start, start, start)] if counted else []


def _before_marks(line: _Line) -> list[Label]:
    """« Nom : Peeters – Prénom : Lies »."""
    named = _named(line.piece, line.start)
    before = line.piece.text[: named[0][0]].strip() if named else ""
    marker = "1" if re.search(r"\w", before) else before
    return [line.label(("named", mark, marker), first, last, end) for first, last, end, mark in named]


def _rated_first(line: _Line) -> list[Label]:
    rated = _RATED_FIRST.fullmatch(line.piece.text)
    return [replace(each, end=each.start) for each in line.whole("rated first")] if rated else []


def _rated(line: _Line) -> list[Label]:
    rated = _RATED.match(line.piece.text, line.start)
    if rated is None:
        return []
    return [line.label(("rated",), line.start, rated.end("label"), rated.start("rating"))]


def _asking(line: _Line) -> list[Label]:
    """A short line that asks, or is counted."""
    asks = re.search(r"\?\s*$", line.piece.text) is not None
    return line.whole("asked" if asks else "counted") if line.is_short and (asks or line.number) else []


def _set_apart(line: _Line) -> list[Label]:
    marked = _MARKED.match(line.piece.text)  # a list's
    apart = line.is_short and not marked and _is_set_apart(line.stream, line.index)
    return line.whole("apart") if apart else []


def _counted(line: _Line) -> list[Label]:
    """A number, and what it asks nobody says."""
    return [line.label(("number",), line.start, line.start, line.start)] if line.number else []


_WAYS: Sequence[Callable[[_Line], list[Label]]] = (
    _in_a_cell,
    _rated_first,
    _beside_its_value,
    _styled,
    _begun_styled,
    _before_marks,
    _rated,
    _asking,
    _set_apart,
    _counted,
)
"""How labels are set, the surest first."""


def _named(piece: Piece, start: int) -> list[tuple[int, int, int, str]]:
    """Where each label of a line begins and ends, where what follows it begins, and its mark."""
    begun = _MARKED.match(piece.text, start)
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
    if len(own) < 2:
        return None
    end = max((start + _reach(style, own) for style in _styles(own[:1])), default=start)
    if end == start:
        return None
    mark = re.match(r"\s*[:?=–—-]*\s*", piece.text[end:])
    return end + (mark.end() if mark else 0)


def _reach(style: str, spans: Sequence[Span]) -> int:
    """How many characters have a style, from the first on."""
    return sum(
        len(span.text)
        for span in takewhile(lambda span: not re.search(r"\w", span.text) or getattr(span, style), spans)
    )


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
    """The number that stands alone in the cell before, where that begins the row: « ETP | 4 | Agréée ? »."""
    row, near = row_of(stream, index), range(max(index - 2, 0), index)
    if row is None or [at for at in near if row_of(stream, at) == row] != [index - 1]:
        return None
    said = re.fullmatch(r"\W*(?:[A-H]\W?|\d{1,2}\.)?(\d{1,2})\W*", stream.pieces[index - 1].text)
    return said[1] if said else None


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
    if above.text.rstrip().endswith(":"):  # it introduces the line
        return False
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
