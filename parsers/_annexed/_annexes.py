"""What kind of annex a document is: its clues weighed (`_evidence`), page by page, with the grounds kept.

Titles name a document; the rest of the clues say whether the title is true. Over many pages the clues of
each are averaged, so that two pages of figures do not make a report the accounts.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from data.edition import Edition
from data.model import Document, FileKind, Ground
from parsers._annexed._evidence import LOOK_ALIKES, NAMES, RESEMBLING, Clue, Where, clues_for
from parsers._annexed._sheets import Sheet, amounts_in, sheets
from parsers._annexed._titles import BULLET, ITEM, by_titles, is_called
from parsers._wording import fold

CERTAIN, LIKELY = 8.0, 4.5
MARGIN = 1.25
"""How many times the second kind's weight the first needs."""
ALONE, NAMED_ALONE = 4.0, 5.0
"""What is called by a kind's name, and speaks so many times as loudly for it as for anything else, is certain
where it is likely: of forty slides hardly a word says what they are, but the first."""
NAMED = 2.5
"""What a file's name counts: weak evidence."""
HEAD, HEADING, RUNNING = 1.0, 0.45, 0.12
"""What a title's phrase counts at the head of a page, as a heading below, within a sentence."""
CROWD = 0.7
"""Exponent of the number of pages by which their clues are averaged."""
SECOND = 0.7
"""What a page counts for a kind, where it speaks louder for another."""
SILENT = 0.5
"""A page that says no more of a kind says nothing of it."""
SPEAKING, FOREIGN = 3.0, 4.0
"""A page that says so much of a kind, and so many times what it says of another, is hardly of the other."""
FULL_PAGE = 120
"""So many words fill a page: the few words of ten slides are one page's."""

MINUTES = "procès-verbal"
LETTER = "lettre"
ARTICLES, ADOPTED = "articles numérotés", 4.8
"""Minutes that hold so many articles, six a page, hold the statutes that they adopt."""

FEWEST_AMOUNTS = 3
"""Accounts hold more: with fewer, what is called another paper is that, as the mention of their deposit."""

WORKBOOKS = {FileKind.XLSX, FileKind.XLS, FileKind.ODS}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a document was taken for, and how surely."""

    id: str | None
    """Id of an annex of the edition; None for anything else."""
    certain: bool
    grounds: tuple[Ground, ...]
    look_alike: str | None = None
    """What it is instead, in French, where that is known."""
    peaks: Mapping[str, float] = field(default_factory=dict)
    """Of every annex: how loudly the page that speaks most for it does."""
    likeness: float = LIKELY
    """How much it is like what it is taken for instead: `LIKELY` or `CERTAIN`."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What one page says of one kind."""

    title: float
    """How plainly its head names the kind."""
    body: float
    by_clue: tuple[tuple[str, float], ...]


def classify(document: Document, file: str, edition: Edition) -> Kind:
    """Weigh a document's clues; its file name is weak evidence."""
    written = [page for page in sheets(document) if not page.is_blank]
    weighed = _loudest if document.kind in WORKBOOKS else _whole
    known = {annex.id: weighed(written, clues_for(annex)) for annex in edition.annex}
    peaks = _peaks(document, edition)
    others = {name: weighed(written, clues) for name, clues in LOOK_ALIKES.items()}
    if not known:
        return Kind(None, False, ())
    named = by_name(file, edition)
    weights = {kind: whole.body + (NAMED if kind in named else 0.0) for kind, whole in known.items()}
    best = max(weights, key=lambda kind: weights[kind])
    against = {name: _against(best, known[best], name, whole) for name, whole in others.items()}
    alike = max(against, key=lambda name: against[name])
    likeness = against[alike]
    rivals = [weight for kind, weight in weights.items() if kind != best]
    if not (alike == MINUTES and _is_whole_text(known[best])):
        rivals.append(likeness)
    rival = max(rivals)
    grounds = _grounds(known[best], best in named)
    few = sum(amounts_in(page.running) for page in written) < FEWEST_AMOUNTS
    if edition.annexes[best].closed_years and likeness >= CERTAIN and few:
        return Kind(None, False, _grounds(others[alike], False), alike, peaks, likeness=CERTAIN)
    alone = known[best].title >= NAMED_ALONE and weights[best] >= ALONE * rival
    sure = weights[best] >= (LIKELY if alone else CERTAIN) and weights[best] >= MARGIN * rival
    if sure and len(known[best].by_clue) > 1:
        return Kind(best, True, grounds, peaks=peaks)
    if likeness >= max(CERTAIN, weights[best]):
        return Kind(None, False, _grounds(others[alike], False), alike, peaks, likeness=CERTAIN)
    if weights[best] >= LIKELY and weights[best] >= rival:
        return Kind(best, weights[best] >= CERTAIN and best in named, grounds, peaks=peaks)
    if best in named and len(named) == 1 and likeness < CERTAIN and weights[best] >= 0.8 * rival:
        return Kind(best, False, grounds, peaks=peaks)
    seen = likeness >= LIKELY
    return Kind(None, False, _grounds(others[alike], False) if seen else (), alike if seen else None, peaks)


def _against(annex: str, known: Weighing, name: str, other: Weighing) -> float:
    """What speaks for another paper: where it is unlike the annex, no title outweighs the annex's own words.

    « Certificat de … » is a line of many a CV, « Budget 2026 » a heading of many a report.
    """
    alike = name in RESEMBLING.get(annex, LOOK_ALIKES)
    return other.body if alike or known.body - known.title < LIKELY else other.body - other.title


def _is_whole_text(whole: Weighing) -> bool:
    """Whether a document holds the articles of statutes, and not a few that were amended."""
    return dict(whole.by_clue).get(ARTICLES, 0.0) >= ADOPTED


def _whole(pages: Sequence[Sheet], clues: tuple[Clue, ...]) -> Weighing:
    """All pages as one: the best title, the first page's first, and the average of the rest."""
    weighed = [weigh(page, clues) for page in pages]
    if not weighed:
        return Weighing(0, 0, ())
    titles = [weighed[0].title, *(HEADING * one.title for one in weighed[1:])]
    full = sum(page.words for page in pages) / FULL_PAGE
    crowd = min(len(weighed), max(1.0, full)) ** CROWD
    told: dict[str, float] = {}
    for one in weighed:
        for label, weight in one.by_clue:
            told[label] = told.get(label, 0.0) + weight / crowd
    body = sum(one.body for one in weighed) / crowd
    by_clue = tuple(sorted(told.items(), key=lambda pair: -pair[1]))
    return Weighing(max(titles), max(titles) + body, by_clue)


def loud(page: Sheet, edition: Edition) -> dict[str, float]:
    """How loudly one page speaks for each annex."""
    said = {annex.id: weigh(page, clues_for(annex)) for annex in edition.annex}
    return {kind: one.title + one.body for kind, one in said.items()}


def _peaks(document: Document, edition: Edition) -> dict[str, float]:
    """How loudly the loudest page, or part of a page under a title, speaks for each annex."""
    peaks = dict.fromkeys(edition.annexes, 0.0)
    for page in sheets(by_titles(document, edition)):
        said = loud(page, edition)
        for kind, weight in said.items():
            peaks[kind] = max(peaks[kind], weight if weight == max(said.values()) else SECOND * weight)
    return peaks


def _loudest(pages: Sequence[Sheet], clues: tuple[Clue, ...]) -> Weighing:
    """A workbook is what its plainest sheet is: the twelve of the months only explain the one of the year."""
    each = [_whole([page], clues) for page in pages]
    return max(each, key=lambda whole: whole.body, default=Weighing(0, 0, ()))


@lru_cache(maxsize=512)
def weigh(page: Sheet, clues: tuple[Clue, ...]) -> Weighing:
    """What one page says of one kind. Kept: whoever cuts a file and whoever names its parts ask the same."""
    title, body, told = 0.0, 0.0, []
    for clue in clues:
        pattern = tight(clue.pattern) if page.is_tight else clue.pattern
        if clue.where is Where.TITLE:
            weight = clue.weight * _named(pattern, page)
            title = max(title, weight)
        else:
            weight = clue.weight * _counted(clue, pattern, page)
            body += weight
        if weight >= 0.5:
            told.append((clue.label, weight))
    return Weighing(title, body, tuple(told))


@cache
def tight(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """A pattern for text whose words have run together."""
    loose = pattern.pattern.replace(r"\b", "").replace(r"\s+", r"\s*")
    return re.compile(re.sub(r"(?<!\[) (?![{}?*+\]])", " ?", loose), pattern.flags)


def _named(pattern: re.Pattern[str], page: Sheet) -> float:
    """How plainly a page is called something."""
    if any(pattern.search(row.plain) and is_called(row, pattern) for row in page.wrapped):
        return HEAD
    if not pattern.search(page.plain):
        return HEADING if any(pattern.search(text) for text in page.margin) else 0.0
    hits = [row for row in page.rows if pattern.search(row.plain)]
    if any(row.is_head and not ITEM.match(row.plain) and is_called(row, pattern) for row in hits):
        return HEAD
    if any(row.is_short and not BULLET.match(row.plain) and is_called(row, pattern) for row in hits):
        return HEADING
    return RUNNING


def _counted(clue: Clue, pattern: re.Pattern[str], page: Sheet) -> float:
    match clue.where:
        case Where.HEADING:
            short = (row.plain for row in page.rows if row.is_short and row.plain.count(" ") < 6)
            found = {match[0] for text in short for match in pattern.finditer(text)}
            return float(min(len(found), clue.most))
        case Where.COUNT:
            return float(min(len({match[0] for match in pattern.finditer(page.plain)}), clue.most))
        case _:
            return math.sqrt(min(len(pattern.findall(page.running)), clue.most))


def _grounds(whole: Weighing, is_named: bool) -> tuple[Ground, ...]:
    """What spoke for a kind, the weightiest first."""
    told = [Ground(label, round(weight)) for label, weight in whole.by_clue if weight >= 1][:5]
    return (*told, Ground("nom du fichier", round(NAMED))) if is_named else tuple(told)


def names_an_annex(plain: str) -> bool:
    """Whether a folded file name speaks of one of the usual annexes."""
    return any(re.search(pattern, plain) for pattern in NAMES.values())


def by_name(file: str, edition: Edition) -> list[str]:
    """The annexes that a file's name speaks of."""
    plain = re.sub(r"[_\-.]+", " ", fold(file.rsplit("/", 1)[-1]))
    found = [
        annex.id
        for annex in edition.annex
        if (annex.id in NAMES and re.search(NAMES[annex.id], plain))
        or any(fold(word) in plain for word in annex.words)
    ]
    if (
        len(found) > 1
        and "activity_report" in found
        and not re.search(r"activ|annuel|jaarverslag|moral", plain)
    ):
        found.remove("activity_report")
    return found
