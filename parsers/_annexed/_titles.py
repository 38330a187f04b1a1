"""What is a title, and a file parted where one names an annex: Word files of everything know no pages.

Each part is given a page number of its own, for weighing and cutting; nothing of it is told to anybody.
"""

import re
from dataclasses import replace

from data.edition import Edition
from data.model import Document, Line, Origin, Page
from parsers._annexed._evidence import Where, clues_for
from parsers._annexed._sheets import Row, closed_up, goes_on, numbered
from parsers._wording import fold

ITEM = re.compile(r"(?:\d{1,2}\s?[.)°]|[a-z]\)|[-–—•*·>])\s?\D")
"""A row of a list: an agenda names the accounts, and is none."""
ARTICLE = re.compile(r"\W*(?:§|(?:art(?:icle|ikel)?s?|titre|chapitre|titel|hoofdstuk)\b)")
"""« Article 9. – Exercice social et comptes annuels »: a heading within statutes, no name before a title."""
BULLET = re.compile(r"[-–—•*·>]\s?\D")
"""One without a number, which no heading is."""
_SAYS = re.compile(r"\W{1,2}(?:20\d\d )?(?:ont|sont|seront|ete|a ete|est|sera|zijn|werd(?:en)?|were|was)\b")
"""« Les comptes 2025 ont été approuvés » is a sentence."""
LONGEST_SMALL = 50
"""In characters: a title in small letters is no longer."""
NAMES_ONE = 5.0
"""Weight from which a title parts what stands before it from what follows."""
HEAD_ROWS = 4
"""A title among the first rows of a part belongs to it: names and dates stand above titles."""


def is_called(row: Row, pattern: re.Pattern[str]) -> bool:
    """A heading that holds the phrase, or a longer row that begins with it; a name may stand before it."""
    match = pattern.search(row.plain)
    if match is None or row.goes_on or re.search(r"[,;]$|.{60}\.$", row.plain) or _is_wrapped(row):
        return False
    if _SAYS.match(row.plain, match.end()):
        return False
    before = row.plain[: match.start()]
    if not ARTICLE.match(before):
        before = re.split(r"\s[-–—|:]\s", before)[-1]
    begins = len(re.findall(r"\w+", before)) <= 3
    return begins and (row.is_short or (row.is_head and len(before) < 12 and len(row.plain) < 160))


def _is_wrapped(row: Row) -> bool:
    """Whether a row goes on with a sentence: one that begins with a small letter, and is long or ends it."""
    begins = next((c for c in row.text if c.isalpha()), "")
    return begins.islower() and (len(row.plain) > LONGEST_SMALL or row.plain.endswith("."))


def by_titles(document: Document, edition: Edition) -> Document:
    """The document with a page for each title that names an annex; itself where no page holds two parts."""
    numbers: list[int] = []
    number, at, held, is_parted, above = 1, 0, 0, False, ""
    printed = {page.number for page in document.pages if page.width_pt}
    for line in document.lines:
        if line.origin is not Origin.MARGIN:
            if at and line.page != at:
                number, held = number + 1, 0
            elif line.page in printed and goes_on(line.text, above):
                pass
            elif held >= HEAD_ROWS and _begins(line, edition):
                number, held, is_parted = number + 1, 0, True
            at, held, above = line.page, held + 1, line.text
        numbers.append(number)
    if not is_parted:
        return document
    source = document.pages[0].source
    lines = tuple(replace(line, page=n) for line, n in zip(document.lines, numbers, strict=True))
    return replace(document, lines=lines, pages=tuple(Page(n, source) for n in range(1, number + 1)))


def _begins(line: Line, edition: Edition) -> bool:
    """Whether a line, as a heading, names an annex."""
    if line.cell is not None or len(line.text) >= 90:
        return False
    text = numbered(line).strip()
    row = Row(text, fold(closed_up(text)), is_head=True)
    if not row.is_short or ITEM.match(row.plain):
        return False
    return any(is_called(row, pattern) for pattern in _patterns(edition))


def names_annex(plain: str, edition: Edition) -> bool:
    """Whether a folded heading holds the name of an annex."""
    return any(pattern.search(plain) for pattern in _patterns(edition))


def _patterns(edition: Edition) -> list[re.Pattern[str]]:
    clues = (clue for annex in edition.annex for clue in clues_for(annex) if clue.where is Where.TITLE)
    return [clue.pattern for clue in clues if clue.weight >= NAMES_ONE]
