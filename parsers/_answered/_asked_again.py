"""Questions asked once more below or behind themselves: a form in two languages, or with a line of help.

What stands so under most questions was printed, whatever language it is in; an answer asks seldom.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from data.model import Span
from parsers._answered._regions import Region
from parsers._stream import Part, Stream

FEWEST, SHARE = 5, 0.6
"""So many questions, and so large a share of all that are no labels, are asked again."""

SENTENCE = 4
"""In words: what is shorter is a label."""

MOST_ROWS, FULL = 3, 40
"""Rows of a question in another language, and letters of a row that may go on in the next one."""

_ASKS = re.compile(r"\w\s?\?\W*$")

_BEHIND = re.compile(r"\s*[/|]\s*[^\W\d_][^:?\n]{2,160}[:?][\s:]*")
"""« Forme juridique / Rechtsvorm : »."""

_BEGINS_BEHIND = re.compile(r"\s*(?:\([^)]*\)\s*)?[?:]?\s*[/|]\s*[^\W\d_][^:?\n]*")

Look = tuple[bool, bool, bool, bool, bool]


def without_printed(text: Stream, regions: Sequence[Region]) -> None:
    """Take from each region the words in which its question is asked again."""
    asked = [region for region in regions if region.match.anchor.question]
    looks = Counter(_take_what_is_behind(text, asked))
    asking = [r for r in asked if len(r.match.anchor.variants[0].words) >= SENTENCE]
    below = {id(region): count for region in asking if (count := _rows_that_ask(region))}
    if len(below) >= max(FEWEST, SHARE * len([r for r in asking if r.match.anchor.number])):
        looks.update(_look(region.parts[0]) for region in asking if id(region) in below)
        for region in asking:
            del region.parts[: below.get(id(region), 0)]
    above = {id(region): count for region in asking if (count := _rows_that_ask_next(region))}
    if len(above) >= max(FEWEST, SHARE * len([r for r in asking if r.match.anchor.number])):
        for region in asking:
            del region.parts[len(region.parts) - above.get(id(region), 0) :]
    look, often = looks.most_common(1)[0] if looks else (None, 0)
    others = sum(_look(part) == look for region in asked for part in region.parts if _letters(part))
    for region in asking if often >= FEWEST and others < often / 2 else ():
        same = [_look(part) == look for part in region.parts]
        del region.parts[: [*same, False].index(False)]


def _take_what_is_behind(text: Stream, regions: Sequence[Region]) -> list[Look]:
    """« Site internet / Website : »: behind a wording, on its own line. Answers how such words look."""
    behind = [
        (region, Part(piece, last.end, last.end + len(said[0])))
        for region in regions
        if (last := text.tokens[region.match.last - 1]) and (piece := text.pieces[last.piece])
        and (said := _BEGINS_BEHIND.match(piece.text[last.end :]))
    ]  # fmt: skip
    for region, _ in behind if len(behind) >= FEWEST else ():
        first = region.parts[0] if region.parts else None
        if first is None or (first.piece, first.start) != (
            text.pieces[region.match.end[0]],
            region.match.end[1],
        ):
            continue
        for count in (1, 2):
            before = " ".join(part.text for part in region.parts[: count - 1])
            said = _BEHIND.match(" ".join(part.text for part in region.parts[:count]))
            if said and said.end() > len(before):
                row = region.parts[count - 1]
                start = row.start + said.end() - len(before) - (count > 1)
                region.parts[:count] = [Part(row.piece, start, row.end)]
                break
    return [_look(part) for _, part in behind] if len(behind) >= FEWEST else []


def _rows_that_ask(region: Region) -> int:
    """How many rows at the head of a region are one question, set on lines of their own."""
    for count, part in enumerate(region.parts[:MOST_ROWS], 1):
        if part.start > 0 or (count > 1 and not _goes_on(region.parts[count - 2], part)):
            return 0
        if _ASKS.search(part.text):
            return count
    return 0


def _rows_that_ask_next(region: Region) -> int:
    """How many rows at the end of a region are one question: it is asked first in the other language."""
    parts = region.parts[::-1]
    if not parts or parts[0].start > 0 or not _ASKS.search(parts[0].text):
        return 0
    going = (n for n, (part, above) in enumerate(pairwise(parts), 1) if not _goes_on(above, part))
    return next(going, len(parts))


def _goes_on(above: Part, part: Part) -> bool:
    """Whether a laid-out row goes on in the next one: it looks the same, was long and ended no sentence."""
    laid_out = above.piece.box is not None and part.piece.box is not None
    return (
        laid_out
        and _look(above) == _look(part)
        and len(above.text) >= FULL
        and re.search(r"[.?!:]\s*$", above.text) is None
    )


def _look(part: Part) -> Look:
    spans = _letters(part)
    bold, italic, underline, strike, highlight = (
        bool(spans) and all(getattr(span, sign) for span in spans)
        for sign in ("bold", "italic", "underline", "strike", "highlight")
    )
    return bold, italic, underline, strike, highlight


def _letters(part: Part) -> list[Span]:
    return [span for span in part.spans if re.search(r"[^\W\d_]", span.text)]
