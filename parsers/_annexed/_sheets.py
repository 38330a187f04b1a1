"""Pages as text to be weighed: folded rows, what stands at the head, page numbers, and damage repaired.

Letter-spaced text (« S t a t u t s », older extracts of the Moniteur belge) is closed up. Words that
recognition has damaged are read as the word of the table that they are closest to; on pages that carry
their own text this is left alone, unless they look as if a scanner had written it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from statistics import median

from rapidfuzz import process
from rapidfuzz.distance import OSA

from data.model import Document, Line, Origin, Page, PageSource
from parsers._wording import fold

HEAD_ROWS = 7
"""So many first rows are the head of a page, beside those in letters much larger than the rest."""
MOST_CHARACTERS = 12_000
"""Of one page; a page of running text has 3,000. Files without pages are one long page."""
LONG_PAGE = 120_000

_A_YEAR = re.compile(r"\b20\d\d\b")
FEW_WORDS, MOST_WRAPPED = 4, 3
"""A title that goes on over several rows has no more words in one, and no more rows."""
SENTENCE = 4
"""Blanks in a row that the next one may go on with: with fewer, it may be a name above a title."""

_BULLET = re.compile(r"[-–—•*·>]")
_SPACED = re.compile(r"(?:(?<=\s)|^)(?:[^\W_]['°.,:]?[ ]{1,3}){5,}[^\W_](?=\W|$)")
_AMOUNT = re.compile(
    r"(?<![\d/.-])\d{1,3}(?:[ .]\d{3})+(?![\d.])|\d+,\d\d?(?!\d)|(?<![\d/.,-])\d{2,9}(?![\d/-])"
)
_NO_AMOUNT = re.compile(
    r"\b[01]\d{3}[. ]?\d{3}[. ]?\d{3}\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b(?:19|20)\d\d(?:[-/]\d+)?\b"
    r"|\b\d{1,2} [a-z]{3,9} 20\d\d\b|\b1[01]\d\d\b|\+?\b0?4\d\d(?:[ /.]?\d\d){3}\b"
)
_FOLIO = re.compile(
    r"\W*(?:page|p\.|pg\.?|blz\.?|bladzijde)?\W{0,3}(\d{1,3})\s*(?:(?:/|sur|of|van"
    r"|de)\s*(\d{1,3}))?\W*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"^\W*(?:annexe|bijlage|appendi[xc]e?|piece|attachment|onglet)s?\b")
_ODD = re.compile(r"[^\W\d_]\d[^\W\d_]|[^\W\d_][|!§£€$%*;:][^\W\d_]|\ufffd")

REPAIRED = tuple(
    re.findall(
        r"\w+",
        "abstentions accounts activa activite activities activity activiteiten activites adherents "
        "administrateur administrateurs administration amortissements animation annual annuel annuels "
        "article articles "
        "artikel assemblee association associations ateliers attestation balans begroting belangeloos "
        "benaming benefice beneficiaires benevoles bestuursorgaan bilan boekjaar candidature capitaux "
        "certifie charges chiffres comparants competences comptable comptes constitue constitution "
        "constitutif convention convocation coordination coordonnes corporelles courant creances "
        "curriculum declare denomination denommee depenses desinteresse dettes diplomes disponibles "
        "dissolution distinguees duree education effectifs enregistree etat etudes excuses exercice "
        "experience experiences facture figures financiere financieres fonction formation formations "
        "generale gecoordineerde gemeente immobilisations immobilises indeterminee informatique interets "
        "interieur jaarrekening jaarverslag kerncijfers langues liquidites loisirs maternelle membres "
        "mentionner moniteur montants notaire numero objet oprichtingsakte ordinaire ordre organe "
        "parcours participants passif passiva patrimoine permis perspectives precedent presents "
        "previsionnel proces produits professionnelle professionnelles profil provisoire quartier rapport "
        "report realisations recettes reglement remunerations reparation reserve resultat resultats "
        "resultatenrekening schulden siege social societes soussignes statuten statuts subsides titre "
        "total unanimite valeurs verbal vereniging vergadering vermogen versant verslag vitae volet "
        "vorderingen werkervaring",
    )
)
"""Words that say what a document is, and that recognition damages."""

NEAR = tuple(
    re.findall(
        r"\w+",
        "administratrice apport apports beneficiez candidatures centrale chargee controle coordinateur "
        "coordinatrice coordonnees couvrant decharge diplome echanges finances financier financiers "
        "charge charges chiffre compte creance depense membre montant produit recette societe "
        "fondation information informations internet intervat monsieur presence presidence president "
        "presidente quartiers present presente repartition reserves sociale statut titres",
    )
)
"""Words that are so close to one of these that they would be read as it: « monsieur » is no Moniteur."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page."""

    text: str
    plain: str
    """Folded, closed up, repaired."""
    is_head: bool
    goes_on: bool = False
    """Whether it is the rest of the sentence above."""

    @property
    def is_short(self) -> bool:
        """A heading's length, and a heading's first letter: no line out of a wrapped sentence."""
        begins = next((c for c in self.text if c.isalpha()), "")
        return 0 < len(self.plain) <= 90 and self.plain.count(" ") < 12 and (begins.isupper() or self.is_head)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, as text."""

    number: int
    rows: tuple[Row, ...]
    plain: str
    """All rows, folded, one a line."""
    running: str
    """The same as running text."""
    margin: tuple[str, ...]
    """Running head and foot, folded."""
    folio: tuple[int, int | None] | None
    """Page number as printed, and of how many."""
    size: tuple[float, float] | None
    letter: float | None
    """Height of most lines, in points."""
    left: float | None
    """Where most lines begin."""
    is_tight: bool = False
    """Letter-spaced, and so without blanks between words: read with patterns that need none."""
    wrapped: tuple[Row, ...] = ()
    """Rows of few words at its head, read as one: « Rapport / d'activités / 2025 »."""

    @property
    def words(self) -> int:
        return len(self.running.split())

    @property
    def is_blank(self) -> bool:
        return not any(re.search(r"\w{2}", row.plain) for row in self.rows)

    @property
    def is_separator(self) -> bool:
        """« Annexe 1 : Statuts », alone on its page."""
        return self.words <= 14 and any(_SEPARATOR.match(row.plain) for row in self.rows)


def sheets(document: Document) -> tuple[Sheet, ...]:
    """Every page of a document."""
    by_page: dict[int, list[Line]] = {page.number: [] for page in document.pages}
    for line in document.lines:
        if line.origin is not Origin.COMMENT and line.text.strip():
            by_page.setdefault(line.page, []).append(line)
    pages = {page.number: page for page in document.pages}
    most = LONG_PAGE if len(by_page) == 1 else MOST_CHARACTERS
    return tuple(_sheet(number, by_page[number], pages.get(number), most) for number in sorted(by_page))


def _sheet(number: int, lines: Sequence[Line], page: Page | None, most: int) -> Sheet:
    folio, at = _folio(lines)
    body = [line for line in lines if line.origin is not Origin.MARGIN and line is not at]
    rows_of = [(line, text) for line in body for text in numbered(line).splitlines() if text.strip()]
    heights = [line.box.bottom - line.box.top for line in body if line.box]
    usual = median(heights) if heights else None
    tight = _is_letter_spaced([text for _, text in rows_of])
    texts = _within((text.replace(" ", "") if tight else closed_up(text) for _, text in rows_of), most)
    damaged = (page is not None and page.source is PageSource.OCR) or _is_odd(texts)
    is_printed = page is not None and page.width_pt is not None
    rows = tuple(
        Row(
            text,
            repaired(fold(text)) if damaged else fold(text),
            is_head=index < HEAD_ROWS or _is_large(line, usual),
            goes_on=is_printed and index > 0 and goes_on(text, texts[index - 1]),
        )
        for index, (text, (line, _)) in enumerate(zip(texts, rows_of, strict=False))
    )
    margin = tuple(fold(line.text) for line in lines if line.origin is Origin.MARGIN)
    size = (
        (round(page.width_pt), round(page.height_pt)) if page and page.width_pt and page.height_pt else None
    )
    lefts = [line.box.x0 for line in body if line.box]
    plain = tuple(row.plain for row in rows)
    left = min(lefts) if lefts else None
    wrapped = () if tight else _wrapped(rows)
    return Sheet(
        number, rows, "\n".join(plain), " ".join(plain), margin, folio, size, usual, left, tight, wrapped
    )


def _wrapped(rows: Sequence[Row]) -> tuple[Row, ...]:
    """What rows of few words at the head of a page say together; most text layers tell no size of letters."""
    found = []
    for first in range(min(len(rows), HEAD_ROWS)):
        run = list(takewhile(_is_part_of_title, rows[first : first + MOST_WRAPPED]))
        found += [_as_one(run[:count]) for count in range(2, len(run) + 1)]
    return tuple(found)


def _is_part_of_title(row: Row) -> bool:
    """Few words, no item of a list, no number but a year: « Recettes 120.000 » is a row of figures."""
    is_short = row.plain.count(" ") < FEW_WORDS
    return is_short and not _BULLET.match(row.plain) and not re.search(r"\d", _A_YEAR.sub("", row.plain))


def _as_one(run: Sequence[Row]) -> Row:
    return Row(" ".join(row.text for row in run), " ".join(row.plain for row in run), is_head=True)


def goes_on(text: str, before: str) -> bool:
    """Whether a row of a printed page is the rest of a sentence: narrow columns wrap it as short as a title.

    It begins with a small letter, below a row that has not ended; most text layers tell no places.
    """
    begins = next((c for c in text if c.isalnum()), "")
    ended = re.search(r"[.:!?;]$", before.rstrip())
    return begins.islower() and not ended and before.count(" ") >= SENTENCE


def numbered(line: Line) -> str:
    """With the number or bullet that a word processor would print: a row of an agenda is no title."""
    return f"{line.number} {line.text}" if line.number and line.text.strip() else line.text


def _within(texts: Iterable[str], most: int) -> list[str]:
    kept, length = [], 0
    for text in texts:
        kept.append(text[:most])
        length += len(text)
        if length > most:
            break
    return kept


def _is_large(line: Line, usual: float | None) -> bool:
    return bool(line.box and usual and line.box.bottom - line.box.top >= 1.4 * usual and len(line.text) < 80)


def _folio(lines: Sequence[Line]) -> tuple[tuple[int, int | None] | None, Line | None]:
    """The printed page number: alone at the page's edge, in a running foot, or as its very last row."""
    for line in [*lines[-2:][::-1], *lines[:1], *(one for one in lines if one.origin is Origin.MARGIN)]:
        match = _FOLIO.fullmatch(line.text.strip())
        if match and (
            line.box is None or line.box.top > 700 or line.box.bottom < 90 or line.origin is Origin.MARGIN
        ):
            return (int(match[1]), int(match[2]) if match[2] else None), line
    return None, None


# ---------------------------------------------------------------- damage


def _is_letter_spaced(texts: Sequence[str]) -> bool:
    """Whether most words of a page are single letters."""
    said = [word for text in texts for word in text.split()]
    return len(said) >= 40 and sum(len(word) == 1 for word in said) > 0.6 * len(said)


def closed_up(text: str) -> str:
    """A letter-spaced run within a page closed up, its words parted at those that the table knows."""
    return _SPACED.sub(lambda match: _apart(match[0]), text)


def _apart(run: str) -> str:
    if re.search(r"\S {2,}\S", run):
        return " ".join(word.replace(" ", "") for word in re.split(r" {2,}", run))
    return re.sub(rf"({_known()})", r" \1 ", fold(run).replace(" ", "")).strip()


@cache
def _known() -> str:
    long = sorted((word for word in REPAIRED if len(word) >= 6), key=len, reverse=True)
    return "|".join(long)


def _is_odd(texts: Sequence[str]) -> bool:
    """Whether a text layer looks as if a scanner had written it."""
    words = " ".join(texts).split()
    return len(words) >= 30 and sum(bool(_ODD.search(word)) for word in words) > 0.02 * len(words)


def repaired(plain: str) -> str:
    """A folded text whose damaged words are read as the closest word that matters."""
    return re.sub(r"[a-z0-9|!$§.]*[a-z][a-z0-9|!$§.]{4,}", lambda match: _closest(match[0]), plain)


@cache
def _closest(word: str) -> str:
    bare = word.strip(".!|$§").translate(str.maketrans("0158|!$§", "olsbllss"))
    if len(bare) < 6:
        return word
    most = 1 if len(bare) < 8 else 2 if len(bare) < 12 else 3
    found = process.extractOne(bare, (*REPAIRED, *NEAR), scorer=OSA.distance, score_cutoff=most)
    return found[0] if found else word


def amounts_in(text: str) -> int:
    """How many numbers of a folded text are amounts: no dates, no numbers of telephones or enterprises."""
    return len(_AMOUNT.findall(_NO_AMOUNT.sub(" ", text)))
