"""Pages in the order of the form: sheets that were swapped on the way to the scanner go back.

A form's questions are found in their order; so the pages are put in that order first. Page numbers stay
those of the file.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from data.edition import Edition
from data.model import Document, PageSource
from parsers._asked._anchors import Form, form
from parsers._asked._match import matches, printed_lines
from parsers._signed import _signatures
from parsers._stream import Stream, stream

MOST_PAGES = 40


def in_form_order(document: Document, edition: Edition) -> Document:
    """The document with its recognised pages in the order of the questions on them."""
    if not 2 < len(document.pages) <= MOST_PAGES or not _has_scans(document):
        return document
    ranks = _ranks(document, edition)
    known = [rank for rank in ranks if rank is not None]
    if known == sorted(known):
        return document
    order = _order(ranks)
    by_page: dict[int, list[int]] = {}
    for index, line in enumerate(document.lines):
        by_page.setdefault(line.page, []).append(index)
    numbers = [document.pages[at].number for at in order]
    kept = [index for number in numbers for index in by_page.get(number, ())]
    places = {index: at for at, index in enumerate(kept)}
    pictures = tuple(replace(p, after=places.get(p.after, p.after)) for p in document.pictures)
    return replace(document, lines=tuple(document.lines[index] for index in kept), pictures=pictures)


def _has_scans(document: Document) -> bool:
    return any(page.source is PageSource.OCR for page in document.pages)


def _ranks(document: Document, edition: Edition) -> list[float | None]:
    """For each page where in the form it belongs, by the questions that are found on it.

    « Nom » and « Fonction » alone say nothing: they stand in several places. What is signed comes last.
    """
    known = form(edition)
    asked = {question: at for at, question in enumerate(edition.questions)}
    ranks: list[float | None] = []
    for page in document.pages:
        lines = tuple(line for line in document.lines if line.page == page.number)
        alone = stream(replace(document, pages=(page,), lines=lines, pictures=()))
        asks = [match for match in matches(alone, known) if match.anchor.question in asked]
        telling = any(len(match.anchor.stems) >= 3 and match.score >= 0.7 for match in asks)
        found = [asked[match.anchor.question] for match in asks if match.anchor.question]
        rank = median(found) if len(found) >= 2 and telling else None
        ranks.append(len(asked) if rank is None and _is_signed_on(alone, known, edition) else rank)
    return ranks


def _is_signed_on(page: Stream, known: Form, edition: Edition) -> bool:
    block = _signatures.find(page, printed_lines(page, known), edition)
    return block is not None and block.is_certain


def _order(ranks: Sequence[float | None]) -> list[int]:
    """Pages by rank; a page without one stays behind the page it came after."""
    keys: list[tuple[float, int]] = []
    last = -1.0
    for at, rank in enumerate(ranks):
        last = last if rank is None else rank
        keys.append((last, at))
    return [at for _, at in sorted(keys)]
