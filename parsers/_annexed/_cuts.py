"""One file of several documents, cut into ranges of pages.

Every page is weighed for every kind; a new document costs something to open, and is paid for by a title at
the head of its first page, a page number that starts anew, another look of the page. The cheapest way to
read the whole file wins (dynamic programming over pages, as Viterbi's). Blank pages and pages that only
announce an annex belong to no document.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from data.edition import Edition
from data.model import Document, DocumentKind
from parsers._annexed import _closing
from parsers._annexed._annexes import FOREIGN, SILENT, SPEAKING, weigh
from parsers._annexed._evidence import LOOK_ALIKES, clues_for
from parsers._annexed._sheets import Sheet, sheets
from parsers._annexed._titles import names_annex
from parsers._wording import words

OPENING = -5.0
"""What a new document costs to open."""
TORN = -3.0
"""What it costs to stay where the paper changes its size: slides do not go on a page of statutes."""
SET_APART = -4.0
"""And where « Annexe 2 » stands between: what follows may say nothing of itself, and is another document."""
FOREIGN_OPENS = 1.5
"""A page that speaks for a kind, and hardly for what comes before, may well be another document."""
SLIDE = 40
"""So many words are more than a slide holds; from 20 to 120 all files at hand are cut alike."""
HARDLY = 3.0
"""A page that says less of a kind begins no document of it by its looks: slides differ in letters and margin,
and a photograph between them is no blank page. From 0.5 to 4 all but one deck are cut alike."""
CHEAPEST = -0.5
"""Opening never pays by itself, or every title would be a document."""
AGAIN, AGAIN_FROM = 0.5, -3.0
"""But it does where a second document of the same kind surely begins: other accounts, another CV."""
NEVER = -99.0
MOST = 9.0
"""No page speaks louder for a kind."""
NAMED, NAMED_REPORT = 4.0, 6.0
"""A title that names a second document of a kind; chapters of a report tell of years, too."""
GOES_ON = -7.0
"""What it costs to open a document where the chapters of the one before, or its page numbers, go on; or
accounts with a report's chapter on finances."""
_CHAPTER = re.compile(r"(?:chapitre |partie )?(\d{1,2})\s?[.)–:-]\s?(?:20\d\d [a-z]|[a-z])")
YEAR_APART = 2.5
"""What it pays that a sheet is called by another year than the one before."""
HEADED_AGAIN = 2.5
"""And that the letterhead of the first page comes again over it, which the pages between do not bear. From
1.5 to 5 all files at hand are cut alike."""
SHORTEST_HEAD = 6
"""In characters: shorter rows are all alike."""
_YEAR_ALONE = re.compile(r"\W*20[0-4]\d\W*")
_FIRST_OF_ACCOUNTS = re.compile(r"couvrant la periode|boekjaar dat de periode|donnees d'identification")
"""On the first page of accounts as the National Bank prints them, and on no other."""
FORM = str(DocumentKind.DOSSIER)
OTHER = str(DocumentKind.OTHER)
REPORT = "activity_report"
"""Which may hold anything: figures, lives, rules."""
ACCOUNTS, BUDGET = "accounts", "budget ou plan financier"
CHAPTER = -2.0
"""What it costs a report at most to hold a page that tells of its year, and is called by no other title; from
-3 to -0.5 all files at hand are cut alike."""
_FINANCES = re.compile(
    r"(?:\d{1,2}\W{1,3})?(?:(?:nos|les?|notre|la|l['a ]|onze|our)\s?)?"
    r"(?:(?:aspects?|volet|partie|situation|bilan|sante)\s)?"
    r"(?:finances?|financi[a-z]{2,5}|ressources|financements?|(?:quelques )?chiffres(?:[- ]cles)?)"
    r"(?: (?:en )?20\d\d)?\W*"
)
"""How a report heads its chapter of figures, and no accountant a balance sheet."""
FORECAST = 0.5
"""What the figures of a page count for accounts that calls itself a budget, and nothing else."""


@dataclass(frozen=True, slots=True)
class Part:
    """A range of pages, and what it seems to be."""

    kind: str
    """Id of an annex, `dossier` or `other`."""
    first: int
    last: int
    announced: str = ""
    """What the separator before it says."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A written page, with what precedes it."""

    sheet: Sheet
    titles: Mapping[str, float]
    bodies: Mapping[str, float]
    announced: bool
    """Behind a separator or a blank page."""
    separator: str
    """What the separator says."""
    year: int | None = None
    """The closed year that this page tells."""
    year_held: int | None = None
    """Or that the pages of its kind before it have told."""
    chapter: int = 0
    """The last chapter's number so far; 0 where chapters are annexes (« 2. Rapport d'activités »)."""
    goes_on: bool = False
    """Whether it begins with the chapter after that."""
    follows: str = ""
    """The kind of the page before, for one that says nothing by itself."""
    headed: str = ""
    """How the first page of its kind's run is headed."""

    @property
    def likeliest(self) -> str:
        if self.follows and max(_fit(self, kind) for kind in self.bodies) < SILENT:
            return self.follows
        return max(self.bodies, key=lambda kind: _fit(self, kind))


def cut(document: Document, edition: Edition) -> tuple[Part, ...]:
    """The documents in a file, in order; one part where it is a single document."""
    leaves = _leaves(sheets(document), edition)
    if not leaves:
        return ()
    kinds = list(leaves[0].bodies)
    best = {kind: _opening(None, leaves[0], kind, None) + _stay(leaves[0], kind) for kind in kinds}
    trail: list[dict[str, tuple[str, bool]]] = []
    for before, leaf in pairwise(leaves):
        step: dict[str, tuple[str, bool]] = {}
        scores: dict[str, float] = {}
        torn = _torn(before.sheet, leaf.sheet) + (SET_APART if leaf.separator else 0.0)
        for kind in kinds:
            source = max(kinds, key=lambda k: best[k] + _opening(before, leaf, kind, k))
            opened = best[source] + _opening(before, leaf, kind, source)
            step[kind] = (source, True) if opened > best[kind] + torn else (kind, False)
            scores[kind] = max(opened, best[kind] + torn) + _stay(leaf, kind)
        trail.append(step)
        best = scores
    return _traced(leaves, trail, max(best, key=lambda kind: best[kind]))


def _traced(
    leaves: Sequence[_Leaf], trail: Sequence[Mapping[str, tuple[str, bool]]], last: str
) -> tuple[Part, ...]:
    kind, parts, until = last, [], leaves[-1].sheet.number
    for index in range(len(leaves) - 1, 0, -1):
        source, opened = trail[index - 1][kind]
        if opened:
            parts.append(_part(kind, leaves[index], until))
            until = leaves[index - 1].sheet.number
        kind = source
    parts.append(_part(kind, leaves[0], until))
    return tuple(reversed(parts))


def _part(kind: str, first: _Leaf, last: int) -> Part:
    return Part(kind, first.sheet.number, last, first.separator)


# ---------------------------------------------------------------- pages


def _leaves(pages: Sequence[Sheet], edition: Edition) -> list[_Leaf]:
    leaves: list[_Leaf] = []
    announced = False
    announcing: Sheet | None = None
    for page in pages:
        if page.is_blank or page.is_separator:
            announced, announcing = True, page if page.is_separator else announcing
            continue
        leaf = _leaf(page, announcing, announced, edition)
        before = leaves[-1] if leaves else None
        leaf = replace(_numbered(leaf, before, edition), follows=before.likeliest if before else "")
        goes_on = before and before.likeliest == leaf.likeliest and not _ends(before.sheet)
        if before and goes_on and not leaf.year:
            leaf = replace(leaf, year_held=before.year_held)
        leaf = replace(leaf, headed=before.headed if before and goes_on else _head(leaf.sheet))
        leaves.append(leaf)
        announced, announcing = False, None
    return leaves


def _leaf(page: Sheet, announcing: Sheet | None, announced: bool, edition: Edition) -> _Leaf:
    printed = _printed(page, edition)
    titles, bodies = {}, {}
    for annex in edition.annex:
        one = weigh(page, clues_for(annex))
        ahead = weigh(announcing, clues_for(annex)).title if announcing else 0.0
        titles[annex.id], bodies[annex.id] = max(one.title, 0.7 * ahead), one.body
    others = {name: weigh(page, clues) for name, clues in LOOK_ALIKES.items()}
    titles[OTHER] = max(other.title for other in others.values())
    bodies[OTHER] = max(other.body for other in others.values())
    if others[BUDGET].title >= NAMED > titles.get(ACCOUNTS, NAMED):
        bodies[ACCOUNTS] *= FORECAST
    if printed:
        titles = {kind: 0.3 * weight for kind, weight in titles.items()}
        bodies = {kind: 0.5 * weight for kind, weight in bodies.items()}
    titles[FORM], bodies[FORM] = min(printed, 7.0), 1.5 * printed
    year = _closing.year_told(page)
    separator = announcing.running if announcing else ""
    return _Leaf(page, titles, bodies, announced, separator, year, year)


def _numbered(leaf: _Leaf, before: _Leaf | None, edition: Edition) -> _Leaf:
    """A page with its chapters: a report's own, where the first of them names no annex."""
    told = [(index, int(match[1]), row.plain) for index, row in enumerate(leaf.sheet.rows)
            if row.is_short and (match := _CHAPTER.match(row.plain))]  # fmt: skip
    held = before.chapter if before else 0
    if not told:
        return replace(leaf, chapter=held)
    index, first, heading = told[0]
    goes_on = index < 3 and held > 0 and first == held + 1
    begins = first == 1 and not names_annex(heading, edition)
    return replace(leaf, chapter=told[-1][1] if goes_on or begins else 0, goes_on=goes_on)


def _printed(page: Sheet, edition: Edition) -> float:
    """How much of the form's own print stands on a page."""
    said = _triples(page.running)
    hits = len(said & _of_form(edition.form_lines))
    return hits / 2 if hits >= max(6, 0.03 * len(said)) else 0.0


@cache
def _of_form(lines: tuple[str, ...]) -> frozenset[tuple[str, str, str]]:
    return frozenset(triple for line in lines for triple in _triples(line))


def _triples(text: str) -> frozenset[tuple[str, str, str]]:
    said = [word.text for word in words(text)]
    return frozenset(zip(said, said[1:], said[2:], strict=False))


# ---------------------------------------------------------------- what staying and opening cost


def _stay(leaf: _Leaf, kind: str) -> float:
    """How much worse a kind fits a page than the kind that fits it best; a report may hold other papers."""
    if kind == REPORT and _is_slide(leaf):
        return 0.0
    worst = CHAPTER if kind == REPORT and _is_chapter(leaf) else -6.0
    return max(_fit(leaf, kind) - max(_fit(leaf, other) for other in leaf.bodies), worst)


def _is_chapter(leaf: _Leaf) -> bool:
    """Whether a page tells of the year, too, and is called nothing else: « Nos finances », with tables."""
    called = max(title for kind, title in leaf.titles.items() if kind != REPORT)
    return _is_of_finances(leaf) or (called < NAMED and _fit(leaf, REPORT) >= SPEAKING)


def _is_of_finances(leaf: _Leaf) -> bool:
    return bool(_FINANCES.fullmatch(_head(leaf.sheet)))


def _is_slide(leaf: _Leaf) -> bool:
    """A page that lies, with few words: « Comptes 2025 » on one is no set of accounts."""
    size = leaf.sheet.size
    return size is not None and size[0] > size[1] and leaf.sheet.words < SLIDE


def _fit(leaf: _Leaf, kind: str) -> float:
    return min(leaf.bodies[kind] + 0.5 * leaf.titles[kind], MOST)


def _opening(before: _Leaf | None, leaf: _Leaf, kind: str, source: str | None) -> float:
    """What it costs to begin a document of a kind on this page; it pays only for a second one of a kind."""
    title = min(leaf.titles[kind], 7.0)
    score = OPENING + 0.7 * title
    if before is None:
        return min(score, CHEAPEST)
    score += _turned(before.sheet, leaf.sheet)
    if _fit(leaf, kind) >= HARDLY or leaf.separator:
        score += 2.5 if leaf.announced else 0.0
        if title >= 0.5 or leaf.announced or _starts(leaf.sheet) or _is_foreign(leaf, kind, source):
            score += _set_otherwise(before.sheet, leaf.sheet)  # by itself, a table begins nothing
    if _is_foreign(leaf, kind, source):
        score += FOREIGN_OPENS
    if _FIRST_OF_ACCOUNTS.search(leaf.sheet.running):
        score += 2.0
    if _is_next_year(before.sheet, leaf.sheet):
        score += YEAR_APART
    if _is_headed_again(before, leaf):
        score += HEADED_AGAIN
    if leaf.goes_on or (source == REPORT and _is_of_finances(leaf)):
        score += GOES_ON
    if source != kind:
        return min(score, CHEAPEST)
    if kind == FORM:
        return NEVER
    return AGAIN if _is_another(before, leaf, kind, title) and score > AGAIN_FROM else NEVER


def _is_foreign(leaf: _Leaf, kind: str, source: str | None) -> bool:
    """Whether a page says something of a kind, and hardly anything of what it would go on with."""
    if source in (None, REPORT):
        return False
    return _fit(leaf, kind) >= max(SPEAKING, FOREIGN * _fit(leaf, source))


def _turned(before: Sheet, page: Sheet) -> float:
    """What the number and the size of a page say of a new document."""
    score = 2.5 if _torn(before, page) else 0.0
    if page.folio and before.folio:
        if page.folio[0] == before.folio[0] + 1 and page.folio[1] == before.folio[1]:
            return GOES_ON
        score += 3.0 if page.folio[0] == 1 else 1.0
    elif page.folio:
        score += 3.0 if page.folio[0] == 1 else -3.0 if page.folio[0] > 1 and page.folio[1] else 0.0
    elif before.folio:
        score += 2.5 if _ends(before) else 0.5
    return score


def _set_otherwise(before: Sheet, page: Sheet) -> float:
    """What its letters and its margin say of it."""
    score = 0.0
    if page.letter and before.letter:
        score += 2.0 if abs(page.letter - before.letter) > 0.06 * before.letter else -0.5
    if page.left and before.left and abs(page.left - before.left) > 9:
        score += 1.5
    return score


def _starts(page: Sheet) -> bool:
    """Whether a page bears the number of a first one."""
    return page.folio is not None and page.folio[0] == 1


def _ends(page: Sheet) -> bool:
    """Whether a page bears the number of the last one: « 4/4 »."""
    return page.folio is not None and page.folio[1] is not None and page.folio[0] == page.folio[1] > 1


def _torn(before: Sheet, page: Sheet) -> float:
    return TORN if page.size and before.size and not _alike(page.size, before.size) else 0.0


def _alike(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 12


def _is_next_year(before: Sheet, page: Sheet) -> bool:
    """Whether two sheets of a workbook are called by years: « 2024 », « 2025 »."""
    one, other = ({text for text in each.margin if _YEAR_ALONE.fullmatch(text)} for each in (before, page))
    return bool(one and other) and one != other


def _head(page: Sheet) -> str:
    return page.rows[0].plain if page.rows else ""


def _is_headed_again(before: _Leaf, leaf: _Leaf) -> bool:
    """Whether the first page's letterhead comes again, over another year; a running head stands between."""
    head = _head(leaf.sheet)
    again = len(head) >= SHORTEST_HEAD and head == before.headed != _head(before.sheet)
    return again and bool(before.year_held and leaf.year) and before.year_held != leaf.year


def _is_another(before: _Leaf, leaf: _Leaf, kind: str, title: float) -> bool:
    """Whether a page begins a second document of one kind: other accounts, another person's CV."""
    earlier, starts = before.sheet.folio, _starts(leaf.sheet)
    if _ends(before.sheet) and leaf.sheet.folio is None:
        return True
    if _FIRST_OF_ACCOUNTS.search(leaf.sheet.running) or _is_next_year(before.sheet, leaf.sheet):
        return True
    if _is_headed_again(before, leaf):
        return True
    if title < (NAMED_REPORT if kind == REPORT else NAMED):
        return starts and earlier is not None and (earlier[0] > 1 or earlier[0] == earlier[1])
    if before.year and leaf.year:
        return before.year != leaf.year
    if before.year_held and leaf.year and before.year_held != leaf.year:
        return True
    return starts
