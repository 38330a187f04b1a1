"""A document as one stream of pieces, cut where a form may change its subject: line ends and tabs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from data.model import Box, Cell, Document, Line, Origin, Place, Span
from parsers import _markdown
from parsers._wording import Word, words


@dataclass(frozen=True, slots=True)
class Piece:
    """Text without line end or tab, from one line of the document."""

    text: str
    line: Line
    at: int
    """Index of the line in the document."""
    offset: int
    """Where in the line's text it starts."""
    rank: int
    """How many tab stops of its line are before it."""
    row: int
    """Counts the rows within a line that has line breaks."""

    @property
    def cell(self) -> Cell | None:
        return self.line.cell

    @property
    def box(self) -> Box | None:
        return self.line.box

    def spans(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """The runs of this piece, or of a part of it."""
        first = self.offset + start
        last = self.offset + (len(self.text) if end is None else end)
        return _cut(self.line.spans, first, last)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one piece."""

    piece: Piece
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.piece.text[self.start : self.end]

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.piece.spans(self.start, self.end)

    @property
    def cell(self) -> Cell | None:
        return self.piece.cell


@dataclass(frozen=True, slots=True)
class Token:
    """A word, and the piece it stands in."""

    text: str
    piece: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stream:
    """All pieces of a document, and their words."""

    document: Document
    file: str
    pieces: tuple[Piece, ...]
    tokens: tuple[Token, ...]
    first_token: tuple[int, ...]
    """By piece: index of its first token (or of the next one there is)."""

    def between(self, start: tuple[int, int], end: tuple[int, int]) -> list[Part]:
        """Parts from one place (piece, character) to another."""
        parts = []
        for index in range(start[0], min(end[0] + 1, len(self.pieces))):
            piece = self.pieces[index]
            first = start[1] if index == start[0] else 0
            last = end[1] if index == end[0] else len(piece.text)
            if first < last or (not piece.text and index != end[0]):
                parts.append(Part(piece, first, last))
        return parts

    def place(self, parts: Sequence[Part]) -> Place:
        """Where parts stand: the page of the first, and the box around those on it."""
        if not parts:
            return Place(self.file)
        page = parts[0].piece.line.page
        boxes = [p.piece.box for p in parts if p.piece.box is not None and p.piece.line.page == page]
        around = None
        if boxes:
            around = Box(
                min(b.x0 for b in boxes),
                min(b.top for b in boxes),
                max(b.x1 for b in boxes),
                max(b.bottom for b in boxes),
            )
        return Place(self.file, page, around)


def stream(document: Document, file: str = "") -> Stream:
    """Cut a document. Running heads are left out; comments stay, told by their origin."""
    pieces = [piece for at, line in enumerate(_markdown.shown(document.lines)) for piece in _pieces(line, at)]
    tokens: list[Token] = []
    firsts = []
    for index, piece in enumerate(pieces):
        firsts.append(len(tokens))
        found: list[Word] = [] if piece.line.origin is Origin.COMMENT else words(piece.text)
        tokens.extend(Token(word.text, index, word.start, word.end) for word in found)
    return Stream(document, file, tuple(pieces), tuple(tokens), tuple(firsts))


def _pieces(line: Line, at: int) -> Iterator[Piece]:
    if line.origin is Origin.MARGIN:
        return
    if not line.spans:
        yield Piece("", line, at, 0, 0, 0)
        return
    row = rank = 0
    for match in re.finditer(r"[^\t\n\v]+|[\t\n\v]", line.text):
        if match[0] == "\t":
            rank += 1
        elif match[0] in "\n\v":
            row, rank = row + 1, 0
        elif match[0].strip():
            yield Piece(match[0], line, at, match.start(), rank, row)


def _cut(spans: Sequence[Span], first: int, last: int) -> tuple[Span, ...]:
    cut = []
    position = 0
    for span in spans:
        start, end = max(first - position, 0), min(last - position, len(span.text))
        if start < end:
            cut.append(replace(span, text=span.text[start:end]))
        position += len(span.text)
    return tuple(cut)
