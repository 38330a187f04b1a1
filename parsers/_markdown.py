"""Marks that people type for bold and for headings, in mails and plain text: shown as what they mean."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from data.model import Line, Span

FEWEST_MARKED = 3
"""So many lines must be marked: a single « # » or « ** » is just that."""
_HIGHEST = 2
"""Headings up to this level are underlined, too: titles look otherwise than what stands below them."""

_HEADING = re.compile(r"\s*(#{1,6})\s+(?=\S)")
_SLANTED = re.compile(r"\s*([*_])(?=[^\s*_])(.+)(?<=[^\s*_])\1\s*")
_STRONG = re.compile(r"(\*\*)(?=\S)(.+?)(?<=\S)\1")
"""Not « __ »: people write between the underscores of a printed line."""


def shown(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines in the styles that such marks stand for, without them; as they are where few are marked."""
    marked = sum(bool(_HEADING.match(line.text) or _STRONG.search(line.text)) for line in lines)
    return [_shown(line) for line in lines] if marked >= FEWEST_MARKED else lines


def _shown(line: Line) -> Line:
    heading = _HEADING.match(line.text)
    if len(line.spans) != 1 or not (heading or _STRONG.search(line.text) or _SLANTED.fullmatch(line.text)):
        return line  # Word's own runs tell what is bold
    (span,) = line.spans
    if heading:
        title = span.text[heading.end() :].rstrip("# ")
        return replace(
            line, spans=(replace(span, text=title, bold=True, underline=len(heading[1]) <= _HIGHEST),)
        )
    if slanted := _SLANTED.fullmatch(span.text):
        return replace(line, spans=(replace(span, text=slanted[2], italic=True),))
    return replace(line, spans=tuple(_runs(span)))


def _runs(span: Span) -> Iterator[Span]:
    at = 0
    for strong in _STRONG.finditer(span.text):
        yield replace(span, text=span.text[at : strong.start()])
        yield replace(span, text=strong[2], bold=True)
        at = strong.end()
    yield replace(span, text=span.text[at:])
