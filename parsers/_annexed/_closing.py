"""Which financial years a set of accounts is of: closing dates, the year before beside it, drafts.

A date closes a year where the words say so (« exercice clos le », « du … au … », « bilan au … »), or where
it heads a column of amounts. Dates of approval, deposit and printing close nothing; nor does the year that
stands for comparison.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from data.model import Document
from parsers._annexed._sheets import Row, Sheet, amounts_in, sheets
from parsers._fields import dates, in_digits

READ_PAGES = 14
"""Later pages are annexes and tell of other years."""

_DATE = (
    r"(?:\d{1,2}\s?(?:er)?[ ./-]{1,3}(?:\d{1,2}|[a-z]{3,10}\.?)[ ./-]{1,3}\d{2,4}"
    r"|\d{4}-\d\d-\d\d)"
)
_BEFORE = (
    r"(?:(?:exercice|annee|boekjaar|periode)s?\s+(?:comptable\s+)?(?:precedente?"
    r"|anterieure?|n\s?-\s?1)|vorig(?:e)? boekjaar|previous (?:financial )?year)"
)
_PERIOD = re.compile(
    rf"\b(?:du|van|from|periode)\s*:?\s*({_DATE})\s*(?:au|tot(?: en met)?|to|jusqu'au"
    rf"|[-–—])\s*({_DATE})"
)
_MONTHS = re.compile(
    r"\b(?:du|van|from|periodes?)\s*:?\s*(?:0?[1-9]|1[0-2])\s?[/.-]\s?(?:20[0-4]\d)\s*(?:au|a|tot|to|[-–—])\s*"
    r"(0?[1-9]|1[0-2])\s?[/.-]\s?(20[0-4]\d)\b"
)
"""« Période : 01/2025 à 12/2025 », as programmes of accountants print it."""
_CLOSED = re.compile(
    r"\b(?:clotur\w*|arret\w*|clos\b|clos(?:e|ant)?|afgesloten|se terminant|ended"
    r"|ending|prenant fin|cloture au|eindigend)"
    rf"\W+(?:(?:au|le|op|on|per|the|a la date du)\s+){{0,2}}({_DATE})"
)
_AS_OF = re.compile(
    r"\b(?:bilan|situation|comptes?|comptes? annuels?|patrimoine|actif|passif|balance"
    r"|balans|resultats?|jaarrekening|exercice|depenses|recettes)"
    rf"\b[^\d\n]{{0,40}}?\b(?:au|le|a la date du|par|per|op|as at|as of)\s+({_DATE})"
)
_YEAR_END = re.compile(
    r"\b(?:au\s+|per\s+)?(3[01]\s?[ ./-]\s?(?:12|0?6|0?9|0?3|decembre|juin|septembre"
    r"|mars|december|juni|june)(?:\s?[ ./-]\s?20|\s?[./-]\s?)\d\d)\b(?![.,]\d)"
)
"""Not « Banque au 31/12 10.250,00 »: behind a blank, two digits are the first of an amount."""
_YEAR = re.compile(
    r"\b(?:exercice|comptes?(?: annuels| simplifies)?|bilans?(?: comptables?"
    r"| internes?)?|annee|boekjaar|jaarrekening|depenses|recettes"
    r"|resultats?|comptabilite|balance|balans)(?:\s+(?:comptable|social|de l'exercice"
    r"|de l'annee|de l'asbl|et compte de resultats|definitifs?|provisoires?"
    r"|et des depenses|et depenses))*"
    r"\W{0,3}(20[0-4]\d)\b(?!\s?[-–/]?\s?20)"
)
_TWO_YEARS = re.compile(
    r"\b(?:comptes?|bilans?|jaarrekeningen|balansen|resultats?|recettes|depenses"
    r"|exercices?)\b[^\d]{0,60}(20[0-4]\d)\s?(?:et|&|\+|en)\s?(20[0-4]\d)\b"
)
"""« Comptes 2024 et 2025 »: a heading that promises both. With a dash it may be one year, to June."""
_INTERIM = re.compile(
    r"\b(?:situation|bilan|comptes?|balance) (?:comptable |financiere )?(?:intermediaires?|trimestriel\w*"
    r"|semestriel\w*)\b|\b(?:premier|1er) (?:semestre|trimestre)\b|\btussentijds\w*|\bhalfjaar\w*"
)
_LEDGER = re.compile(r"^\W*(?:[\w'’ ]{0,30}[-–—:|]\s)?(?:le )?(?:grand[- ]livre|grootboek|general ledger)\b")
_CLOSED_SETS = re.compile(
    r"\btotal (?:de l['a ]|du )?\s?(?:actif|passif)\b|\btotaal (?:van de |der )?(?:activa|passiva)\b"
    r"|\bcomptes? de resultats?\b|\bresultatenrekening\b|\bbilan\b|\bbalans\b"
)
"""What the books of a year do not say by themselves."""
_BARE = re.compile(r"(?<![\d./-])(20[0-4]\d)(?![\d./-])")
_FIGURES = re.compile(r"-?\d[\d .]*(?:,\d+)?(?: ?€)?")
_AMOUNTS = re.compile(r"(?:resultats?|recettes|depenses)\W{0,3}\d{4}\W{1,3}-?(?!20[0-4]\d\b)\d")
"""« Résultat 2000 1000 »: amounts of two years, and no year."""
SET_AMOUNTS, SET_LABELS = 6, 4
"""So many amounts are the least of a year's accounts, and so many labels come again in the next year's. From
3 to 12, and from 2 to 6, all files at hand are told alike."""
_ELSEWHEN = re.compile(
    r"\b(?:approuve\w*|assemblee(?: generale)?(?: (?:extra)?ordinaire)?|ago?|imprime\w*|edite\w*|depose\w*"
    r"|depot|goedgekeurd|vergadering|afgedrukt|neergelegd|approved|printed)"
    rf"\W{{1,3}}(?:(?:le|du|en date du|op|van|dd|on|the)\W{{1,2}})?{_DATE}"
)
"""When accounts were approved, printed, deposited: a meeting may be on the last day of a month."""
_DRAFT = re.compile(
    r"^\W*provisoires?\W*$|\b(?:comptes?|comptabilite|annuels|bilans?|balance|situation|resultats?|exercice|version"
    r"|chiffres|documents?|recettes|depenses|20\d\d)\b\W+(?:\w+\W+){0,4}?provisoires?\b"
    r"|\bprojet (?:de |des )?(?:comptes|bilan|d'approbation)\b"
    r"|\bprojet\b(?= 20)|^projet$|\bvoorlopige?\b|\bontwerp\b|\bdraft\b|\bnon (?:approuves?"
    r"|audites?)\b|\bavant approbation\b|\ben attente d'approbation\b"
)


def closing_dates(document: Document) -> tuple[date, ...]:
    """Closing dates of accounts, the likeliest first; the 31st of December where only a year is told."""
    return _closing_dates(sheets(document)[:READ_PAGES])


def has_two_columns(document: Document) -> bool:
    """Whether accounts show the year before beside the year."""
    return _shows_before(sheets(document)[:READ_PAGES])


def is_draft(document: Document) -> bool:
    """Whether accounts call themselves « projet » or « provisoire » in a heading."""
    return any(_is_draft(page) for page in sheets(document)[:4])


def is_interim(document: Document) -> bool:
    """Whether accounts call themselves those of a part of a year in a heading."""
    rows = (row for page in sheets(document)[:2] for row in page.rows)
    return any(_INTERIM.search(row.plain) for row in rows if row.is_short or row.is_head)


def is_ledger(document: Document) -> bool:
    """Whether accounts call themselves the year's books in a heading, and hold no balance sheet."""
    pages = sheets(document)
    rows = (row for page in pages[:2] for row in page.rows if row.is_short or row.is_head)
    return any(_LEDGER.search(row.plain) for row in rows) and not any(
        _CLOSED_SETS.search(page.running) for page in pages
    )


def report_year(document: Document) -> int | None:
    """The year that a report is about: the first in its first rows; days do not tell it."""
    rows = [re.sub(_DATE, " ", row.plain) for page in sheets(document)[:2] for row in page.rows[:12]]
    told = [year for row in rows for year in re.findall(r"(?<!\d)(20[0-4]\d)(?!\d)", row)]
    return int(told[0]) if told else None


def years_promised(document: Document) -> tuple[int, ...]:
    """The two years that a heading among the first rows names as those of the accounts; none otherwise."""
    rows = [row.plain for page in sheets(document)[:1] for row in page.rows if row.is_head and row.is_short]
    told = [match for row in rows if (match := _TWO_YEARS.search(row))]
    return (int(told[0][1]), int(told[0][2])) if told else ()


def years_told(document: Document) -> frozenset[int]:
    """Every year that some page tells as its own: of two that were not cut apart, both."""
    told = (year_told(page) for page in sheets(document)[:READ_PAGES])
    return frozenset(year for year in told if year)


def years_in_turn(document: Document) -> frozenset[int]:
    """The years whose accounts stand one below the other in a file that no page cuts: none of a single year.

    Each is named alone, above amounts of its own, and they are drawn up alike: the labels of one come again
    in the next. A column for comparison is named beside the year, and has no labels of its own.
    """
    amounts: dict[int, int] = {}
    labels: dict[int, set[str]] = {}
    year = 0
    for row in (row for page in sheets(document)[:READ_PAGES] for row in page.rows):
        named = {day.year for _, day in _days(row.plain)} | {int(each) for each in _YEAR.findall(row.plain)}
        if len(named) == 1:
            year = named.pop()
        elif year:
            amounts[year] = amounts.get(year, 0) + amounts_in(row.plain)
            labels.setdefault(year, set()).update(re.findall(r"[^\W\d_]{4,}(?: [^\W\d_]+)*", row.plain))
    whole = {year for year, held in amounts.items() if held >= SET_AMOUNTS}
    again = {y for y in whole if any(len(labels[y] & labels[o]) >= SET_LABELS for o in whole - {y})}
    return frozenset(again)


def year_told(page: Sheet) -> int | None:
    """The year that one page's accounts were closed."""
    found = _closing_dates([page])
    return found[0].year if found else None


def _closing_dates(pages: Sequence[Sheet]) -> tuple[date, ...]:
    """Weighed: what is said in words counts most, dates over columns less, years alone least."""
    told: dict[date, float] = {}
    for weight, day in _told(pages):
        if 2000 <= day.year <= 2045:
            told[day] = told.get(day, 0.0) + weight
    for day in list(told):
        later = date(day.year + 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
        if told.get(later, 0.0) * 1.6 >= told[day]:
            told[day] *= 0.3  # the column of the year before
    if not told:
        told = _by_year(pages)
    return tuple(sorted(told, key=lambda day: (-told[day], -day.toordinal())))


def _told(pages: Sequence[Sheet]) -> Iterable[tuple[float, date]]:
    for page in pages:
        yield from _days(page.running)


def _days(text: str) -> Iterable[tuple[float, date]]:
    """The days that a text says to close a year, with what each counts."""
    text = re.sub(
        rf"{_BEFORE}.{{0,12}}?(?:du |van )?{_DATE}(?:\s*(?:au|tot)\s*{_DATE})?",
        " ",
        _ELSEWHEN.sub(" ", in_digits(text)),
    )
    for match in _PERIOD.finditer(text):
        first, last = dates(match[1])[:1], dates(match[2])[:1]
        if first and last and 150 <= (last[0] - first[0]).days <= 740:
            yield 4.0, last[0]
    for match in _MONTHS.finditer(text):
        month, year = int(match[1]), int(match[2])
        yield 4.0, date(year, month, monthrange(year, month)[1])
    for pattern, weight in ((_CLOSED, 4.0), (_AS_OF, 3.0), (_YEAR_END, 1.0)):
        for match in pattern.finditer(text):
            for day in dates(match[1])[:1]:
                if _ends_month(day):
                    yield weight, day


def _ends_month(day: date) -> bool:
    """Financial years end with a month; other dates are of meetings and printing."""
    return day.day >= 28


def _by_year(pages: Sequence[Sheet]) -> dict[date, float]:
    """The year named beside « exercice », « comptes »; else the latest that heads a column."""
    named: dict[date, float] = {}
    for page in pages[:4]:
        for match in _YEAR.finditer(page.running):
            if _AMOUNTS.match(page.running, match.start()):
                continue
            day = date(int(match[1]), 12, 31)
            named[day] = named.get(day, 0.0) + (2.0 if match.start() < 400 else 1.0)
    if named:
        return named
    heads = [row.plain for page in pages[:4] for row in _above_amounts(page)]
    heads += [text for page in pages[:4] for text in page.margin]
    bare = _bare(heads) or _bare(row.plain for page in pages[:4] for row in page.rows if len(row.plain) < 70)
    return {date(max(bare), 12, 31): 1.0} if bare else {}


def _above_amounts(page: Sheet) -> Iterator[Row]:
    """The short rows over the first amount: years head columns, and below them « 2048 » is an amount."""
    for row in page.rows:
        if _FIGURES.fullmatch(row.plain) and not _BARE.fullmatch(row.plain):
            return
        if len(row.plain) < 70:
            yield row


def _bare(texts: Iterable[str]) -> list[int]:
    return [int(match[1]) for text in texts for match in _BARE.finditer(text)]


def _shows_before(pages: Sequence[Sheet]) -> bool:
    if any(re.search(rf"{_BEFORE}|\bn\s?-\s?1\b", page.running) for page in pages):
        return True
    for page in pages:
        for row in page.rows:
            heads = {int(year) for year in re.findall(r"(?<!\d)(20[0-4]\d)(?!\d)", row.plain)}
            if any(year - 1 in heads for year in heads) and len(row.plain) < 60 and "-" not in row.plain:
                return True
    return _columns_of_years(pages)


def _columns_of_years(pages: Sequence[Sheet]) -> bool:
    """« 2025 » and « 2024 », each alone in its cell, one after the other."""
    for page in pages:
        alone = [
            int(row.plain[-4:]) if re.fullmatch(r"(?:3[01][./-]\d\d[./-])?20[0-4]\d", row.plain) else 0
            for row in page.rows
        ]
        if any(one and other and abs(one - other) == 1 for one, other in pairwise(alone)):
            return True
    return False


def _is_draft(page: Sheet) -> bool:
    return any(_DRAFT.search(row.plain) for row in page.rows if row.is_short or row.is_head)
