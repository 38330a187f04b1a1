"""A subject or file name, read in the words of an edition: what it asks for, and whose name it gives.

The programme's own words come from the edition. The words here belong to the languages people write in:
reply marks, small words, the ways to say question, invoice or vacancy.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from data.edition import Edition
from ingest.headers import fold, label

_REPLIES = "re|rép|rep|réf|ref|r|aw|antw|antwoord|sv|vs"
_FORWARDS = "tr|fw|fwd|wg|doorst|rv|i"
_PREFIX = re.compile(
    rf"\s*(?:\[(?:ext|extern|externe|external|spam|suspect)\w*\]|\*+spam\*+|(?:({_REPLIES})|({_FORWARDS}))"
    r"(?:\s*[\[(]\d+[\])])?\s*:)\s*",
    re.IGNORECASE,
)
_SHARE = re.compile(r"[\[(]?\b\d{1,2}\s*(?:/|sur|of|van|op)\s*\d{1,2}\b[\])]?", re.IGNORECASE)
"""« 1/2 » of a mail sent in parts."""

_BREAK = re.compile(r"\s+[-‐‑_]+\s*|\s*[-‐‑_]+\s+|\s*[–—−―|:;•·]+\s*|\s*//\s*|\s*,\s+")
_WORD = re.compile(r"[^\W\d_]+|\d+")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SMALL = _listed(
    "a au aux de des du d l la le les et en un une pour par avec sur notre nos mon ma mes votre vos the of"
    " for from by to our my and van voor het een door onze mijn n nr no s"
)
_TO_WHOM = _listed("pour par for from by of van voor door de du d")
_MARKS = _listed(
    "programme program programma formulaire form formulier annexe annexes bijlage bijlagen piece pieces"
    " jointe jointes complet complete completer complement complementaire complements suite envoi depot"
    " version final finale corrige corrigee signe signee rappel urgent partie part deel edition bien recu"
    " envoyer envoye avant lundi mardi mercredi jeudi vendredi"
    " recue question questions test scan copie mail inscription annee accompagnement incubation v"
    " file inschrijving aanvraag postulation participation deelname"
)
"""Words about the mail, which are nobody's name when they stand alone between two dashes."""

_ASKS = re.compile(
    r"\?|\b(?:questions?|renseignements?|vraag|vragen|(?:demande|besoin) d ?(?:infos?|informations?|aide)"
    r"|precisions? sur|prolongation|(?:report|prolonger) (?:du|le|de la) \w+|delais?|uitstel|comment|how to"
    r"|problemes?|probleem|problems?|soucis?|impossible|n arrive (?:pas|plus)|ne fonctionne pas|help|hulp"
    r"|rdv|rendez vous|afspraak|appointment|prise de contact|interess\w+|pas encore|nog niet|not yet)\b"
    r"|^(?:infos?|informations?|demande|ou (?:le|la|se|puis|trouver|est)|quand|pourquoi|waar|wanneer|where"
    r"|when)\b"
)
_ANNOUNCES = re.compile(
    r"\b(?:appels? (?:a|aux) \w+|invitation|seances?|sessions?|infosession|webinaires?|webinar|newsletter"
    r"|nieuwsbrief|lettre d information|communique|oproep|uitnodiging|save the date|resultats?|relance"
    r"|derniers? (?:jours?|delais?|rappel|chance)|last (?:days?|call|chance)|laatste (?:dagen|kans)"
    r"|candidatez|postulez|participez|inscrivez|deposez|rejoignez|disponibles?"
    r"|(?:a|est) (?:remettre|rendre|diffuser)"
    r"|lancement|win|gratuit|promo\w*)\b"
)
_HIRES = re.compile(
    r"\b(?:spontanees?|stages?|stagiaires?|emplois?|vacatures?|sollicitatie|motivatie\w*|internship|job|recrutement"
    r"|(?:au|le|du) poste|poste (?:de|d)|position|benevol\w+|vrijwillig\w+|chargee? (?:de|d|e de|e d)|cdi|cdd"
    r"|curriculum|resume|chez|gerant|direct(?:eur|rice)|administrat(?:eur|rice)s?|bestuurder"
    r"|(?:au|a l) (?:ca|ag|conseil \w+|assemblee \w+))\b"
)
_BILLS = re.compile(
    r"\b(?:factures?|devis|invoice|factuur|offerte|note de frais|bon de commande|declaration de creance)\b"
)
_PREPARES = re.compile(
    r"\b(?:jurys?|juges?|selections?|decisions?|evaluations?|grilles?|relecture|relire|nalezen|modeles?"
    r"|templates?|sjabloon|brouillon|maquette|tableaux?|statistiques?|planning|reunions?|vergadering|meeting"
    r"|proces verba\w+|pv|verslag|compte rendu|cr|ordre du jour|agenda|liste|felicitations"
    r"|was received|accuse)\b"
)
"""Our own work around the applications: who judges, prepares or answers them sends none."""
_ELSEWHERE = re.compile(
    r"\b(?:prix|prijs|award|bourses?|beurs|concours|wedstrijd|subsides?|subventions?|subsidies?|fonds|grants?"
    r"|labels?|feder|efro|innoviris|actiris|hub brussels|be circular|loterie|loterij|marches? publics?)\b"
    r"|\bdossiers? (?:de |du |d |des )?(?:presse|subsides?|subventions?|location|assurances?|personnel"
    r"|medica\w+|pedagogiques?|techniques?|financements?|sinistres?|credit|bail|permis|suivi|sponsoring|partenariat)\b"
)
"""What else people apply for, and what else they call « dossier »."""
_GIVEN = re.compile(
    r"(?:prix|prijs|award|bourses?|concours|wedstrijd|subsides?|subventions?|subsidies?|marches? publics?)\b"
)
"""What somebody else gives, at the head of what stands where the name goes (« Subside COCOF »)."""
_SAYS_NOTHING = _listed(
    "bonjour bonsoir hello hi goedendag dag document documents documenten fichier fichiers file files bestand"
    " scan scans scanne scanned numerisation numerise image photo from message messages send sending emailing"
    " e mail email envoi envoye envoyer de du des d un une le la les l ci joint jointe joints jointes piece"
    " pieces annexe annexes attachment attachments bijlage bijlagen pdf doc docx pj sans objet sujet no"
    " subject geen onderwerp untitled voici notre nos votre vos mon ma mes pour a et suite comme"
    " convenu demande formulaire formulier form formulaires remplis rempli complete completes tout"
    " dossiers papiers km canon"
    " xerox ricoh hp brother epson konica copieur imprimante printer transfert transfere tr fwd"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a subject says, in the edition's terms."""

    keywords: int
    """How many words are keywords of the edition, or nearly."""
    programme: bool
    other_programme: bool
    year: bool
    """A year of the edition, or one beside it."""
    placeholder: bool
    """The place for the name was left as the form prints it."""
    reply: bool
    forward: bool
    asks: bool
    announces: bool
    hires: bool
    bills: bool
    prepares: bool
    elsewhere: bool
    """A prize, a subsidy, another kind of dossier, or a year beside another name."""
    shaped: bool
    """The words that were asked for stand by themselves, apart from the name, as the form prints them."""
    says_nothing: bool
    """Empty, or only words that suit any mail (« Bonjour », « Scan », « Documents »)."""
    empty: bool
    organisation: str | None
    reference: str | None
    """Ours, if the subject carries one."""

    @property
    def as_asked(self) -> bool:
        """Whether it says all that the form asks a subject to say, the name aside."""
        return self.keywords >= 2 and self.programme


class _Segment(NamedTuple):
    """What stands between two dashes."""

    text: str
    start: int
    end: int


def wording(subject: str, edition: Edition) -> Wording:
    """Read a subject."""
    bare, reply, forward = _without_prefixes(subject)
    reference, bare = _without_reference(bare, edition)
    bare, placeholder = _without_placeholder(_SHARE.sub(" ", bare), edition)
    bare = _with_spaces(bare)
    terms = _Terms(edition)
    all_words = _split_words(bare)
    count = sum(map(terms.is_keyword, all_words))
    programme = terms.names_programme(all_words)
    name = organisation(bare, terms) if count or programme else None
    shaped = name is not None and _is_shaped(bare, terms)
    rest = _split_words(bare.replace(name, " ") if name and count >= 2 and programme else bare)
    said = " ".join(rest)
    if name and _is_no_name(name):
        said, shaped = f"{said} {fold(name)}", False
    told = [bool(each.search(said)) for each in (_ANNOUNCES, _HIRES, _BILLS, _PREPARES, _ELSEWHERE)]
    told[-1] = told[-1] or bool(_GIVEN.match(fold(name or "")))
    announces, hires, bills, prepares, elsewhere = told
    return Wording(
        keywords=count,
        programme=programme,
        other_programme=terms.names_another(rest),
        year=any(map(terms.is_year, all_words)),
        placeholder=placeholder,
        reply=reply,
        forward=forward,
        asks=bool(_ASKS.search(f"{said} ?" if "?" in subject else said) or _ASKS.match(fold(name or ""))),
        announces=announces or bool(_ANNOUNCES.match(fold(name or ""))),
        hires=hires,
        bills=bills,
        prepares=prepares,
        elsewhere=elsewhere or (not programme and _has_foreign_year(all_words, terms)),
        shaped=shaped or (placeholder and count >= 2 and programme),
        says_nothing=all(word in _SAYS_NOTHING or any(map(str.isdigit, word)) for word in fold(bare).split()),
        empty=not fold(subject),
        organisation=None if any(told) else name,
        reference=reference,
    )


def _is_shaped(subject: str, terms: "_Terms") -> bool:
    """Whether one part of a subject says all that was asked for, and nothing else."""
    asked = [each.text for each in _segments(subject) if _is_asked(each.text, terms)]
    told = _split_words(" ".join(asked))
    return sum(map(terms.is_keyword, told)) >= 2 and terms.names_programme(told)


def _is_no_name(name: str) -> bool:
    """Whether what stands where the name goes says what the mail is about (« jury », « une question »)."""
    said = fold(name)
    for pattern in (_ASKS, _ANNOUNCES, _PREPARES, _HIRES, _BILLS):
        said = pattern.sub(" ", said)
    return all(word in _SMALL or word in _MARKS or word.isdigit() for word in said.split())


def _has_foreign_year(words: list[str], terms: "_Terms") -> bool:
    """Whether a year stands behind a name that is not ours: « … – Prix Durable 2026 »."""
    return any(
        terms.is_year(after) and not (_is_strong(word, after, terms) or word in _SMALL or word in _MARKS)
        for word, after in _pairs(words)
    )


def is_forward(subject: str) -> bool:
    """Whether a subject is marked as passing a mail on (« TR: », « Fwd: »)."""
    return _without_prefixes(subject)[2]


_IN_PARTS = re.compile(
    r"(?P<word>\b(?:partie|part|deel|teil|mail|e-?mail|message|envoi|bericht)s?\s*(?:n[°o.]?\s*)?)?"
    r"(?P<open>[\[(]\s*)?(?<![\d/.])(?P<part>\d{1,2})\s*(?:/|sur|of|van|op|von)\s*(?P<total>\d{1,2})"
    r"(?![\d/]|\.\d)(?P<close>\s*[\])])?",
    re.IGNORECASE,
)
_OF_A_DAY = re.compile(
    r"(?:\b(?:du|le|au|ce|dès|op|van|tot|on|of)|\b(?:lun|mar|mer|jeu|ven|sam|dim)\w*)\s*$", re.IGNORECASE
)
_MOST_PARTS = 20


def part_of(subject: str) -> tuple[int, int] | None:
    """Which part of how many a mail says it is: « 1/2 », « partie 2 sur 3 », « (2/2) ».

    A bare « 9/10 » counts only at either end or after a dash, and not behind « du » or « le »: it may be a
    day.
    """
    bare = _without_prefixes(subject)[0]
    for found in _IN_PARTS.finditer(bare):
        part, total = int(found["part"]), int(found["total"])
        if 1 <= part <= total and 2 <= total <= _MOST_PARTS and _means_parts(found, bare):
            return part, total
    return None


def _means_parts(found: re.Match[str], subject: str) -> bool:
    before, after = subject[: found.start()].rstrip(), subject[found.end() :].lstrip()
    if found["word"] or (found["open"] and found["close"]):
        return True
    if _OF_A_DAY.search(before):
        return False
    return not before or not after or before[-1] in "-–—:|,;" or after[0] in "-–—:|"


def reference_in(text: str, edition: Edition) -> str | None:
    """Our reference, wherever it stands in a text, with the letters people confuse put right."""
    found = _reference_pattern(edition.programme.reference_prefix).search(text)
    return _spelled(found, edition) if found else None


def names_keyword(text: str, edition: Edition) -> int:
    """How many keywords of the edition stand in a text or file name."""
    return sum(map(_Terms(edition).is_keyword, _split_words(text)))


def names_programme(text: str, edition: Edition) -> bool:
    """Whether a text or file name names the house or programme."""
    return _Terms(edition).names_programme(_split_words(text))


# ---------------------------------------------------------------- what is taken off first


def _with_spaces(subject: str) -> str:
    """A subject written like a file name, with spaces."""
    spaced = re.sub(r"_+", " ", subject)
    return spaced if " " in spaced.strip() else re.sub(r"(?<=\w)-(?=\w)", " ", spaced)


def _without_prefixes(subject: str) -> tuple[str, bool, bool]:
    reply = forward = False
    while found := _PREFIX.match(subject):
        reply, forward = reply or bool(found[1]), forward or bool(found[2])
        subject = subject[found.end() :]
    return subject, reply, forward


@lru_cache(maxsize=16)
def _reference_pattern(prefix: str) -> re.Pattern[str]:
    letters = re.escape(prefix).replace("0", "[0O]").replace("1", "[1IL]")
    return re.compile(rf"[\[(]?\b{letters}\s?[-‐‑–— ]\s?([0-9A-Z]{{5}})\b[\])]?", re.IGNORECASE)


def _spelled(found: re.Match[str], edition: Edition) -> str:
    letters = found[1].upper().replace("O", "0").replace("I", "1").replace("L", "1")
    return f"{edition.programme.reference_prefix}-{letters}"


def _without_reference(subject: str, edition: Edition) -> tuple[str | None, str]:
    found = _reference_pattern(edition.programme.reference_prefix).search(subject)
    if found is None:
        return None, subject
    return _spelled(found, edition), f"{subject[: found.start()]} {subject[found.end() :]}"


def _without_placeholder(subject: str, edition: Edition) -> tuple[str, bool]:
    words = r"\W+".join(map(re.escape, re.findall(r"\w+", edition.mail.placeholder)))
    bare, times = re.subn(rf"[\[(<{{]?\s*{words}\s*:?\s*[\])>}}]?", " ", subject, flags=re.IGNORECASE)
    return bare, times > 0


# ---------------------------------------------------------------- the edition's words


def _split_words(text: str) -> list[str]:
    """The words of a text or file name, folded; « DossierCoopcity2026 » is three."""
    parted = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][a-zà-ÿ])", " ", text)
    return _WORD.findall(fold(parted))


def _near(word: str, wanted: str) -> bool:
    """Whether a word is meant: equal, or a slip away where it is long enough not to be another word."""
    slips = 0 if len(wanted) < 6 else 1 if len(wanted) < 9 else 2
    return word == wanted or (
        abs(len(word) - len(wanted)) <= slips and OSA.distance(word, wanted, score_cutoff=slips) <= slips
    )


@dataclass(frozen=True)
class _Terms:
    edition: Edition

    def is_keyword(self, word: str) -> bool:
        keywords = [fold(each) for each in self.edition.mail.keywords]
        return any(_near(word, each) or (len(each) > 6 and each in word) for each in keywords)

    def is_programme(self, word: str, following: str = "") -> bool:
        names = [fold(each).replace(" ", "") for each in self.edition.mail.programme_words]
        return any(_near(word, each) or (following and _near(word + following, each)) for each in names)

    def names_programme(self, words: list[str]) -> bool:
        return any(self.is_programme(word, after) for word, after in _pairs(words))

    def names_another(self, words: list[str]) -> bool:
        others = {fold(each) for each in self.edition.mail.other_programmes}
        return fold(self.edition.programme.name) not in words and any(word in others for word in words)

    def is_other(self, word: str) -> bool:
        return word in {fold(each) for each in self.edition.mail.other_programmes}

    def is_year(self, word: str) -> bool:
        programme = self.edition.programme
        years = {int(year) for year in re.findall(r"\d{4}", f"{programme.years} {self.edition.mail.subject}")}
        return word.isascii() and word.isdigit() and any(abs(int(word) - year) <= 1 for year in years)


# ---------------------------------------------------------------- whose name it gives


def organisation(subject: str, terms: _Terms) -> str | None:
    """The structure's name: what remains when the words that were asked for are taken off."""
    segments = list(_segments(subject))
    free = [segment for segment in segments if not _is_asked(segment.text, terms)]
    if not free:
        return None
    others = " ".join(segment.text for segment in segments if segment not in free)
    told = _split_words(others)
    if any(map(terms.is_keyword, told)) and terms.names_programme(told):
        return _name(subject[free[0].start : free[-1].end] if _adjacent(segments, free) else free[-1].text)
    return _name(" – ".join(filter(None, (_trimmed(segment.text, terms) for segment in free))))


def _segments(subject: str) -> Iterator[_Segment]:
    start = 0
    for found in _BREAK.finditer(subject):
        yield from _segment(subject, start, found.start())
        start = found.end()
    yield from _segment(subject, start, len(subject))


def _segment(subject: str, start: int, end: int) -> Iterator[_Segment]:
    if _WORD.search(subject[start:end]):
        yield _Segment(subject[start:end], start, end)


def _adjacent(segments: list[_Segment], free: list[_Segment]) -> bool:
    first = segments.index(free[0])
    return segments[first : first + len(free)] == free


def _is_asked(text: str, terms: _Terms) -> bool:
    """Whether a segment holds only words that were asked for, or words about the mail."""
    words = _split_words(text)
    kinds = [
        _is_strong(word, after, terms) or word in _MARKS or word in _SMALL for word, after in _pairs(words)
    ]
    return all(kinds) or _ASKS.match(" ".join(words)) is not None


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    """Each word with its partner: « coop » and « city » are one name, whichever of them is asked about."""
    return [(word, words[index + 1] if index + 1 < len(words) else "") for index, word in enumerate(words)]


def _is_strong(word: str, after: str, terms: _Terms) -> bool:
    return (
        terms.is_keyword(word)
        or terms.is_year(word)
        or terms.is_other(word)
        or terms.is_programme(word, after)
        or any(word == part for each in terms.edition.mail.programme_words for part in fold(each).split()[1:])
    )


def _is_mark(word: str) -> bool:
    return word in _MARKS or (word.isdigit() and len(word) < 3)


def _trimmed(text: str, terms: _Terms) -> str:
    """A segment without the asked words at its ends."""
    found = list(re.finditer(r"[^\W\d_]+|\d+", text))
    words = [fold(each[0]) for each in found]
    strong = [_is_strong(word, after, terms) or _is_mark(word) for word, after in _pairs(words)]
    passable = [strong[i] or words[i] in _SMALL for i in range(len(words))]
    first = _run(strong, passable)
    if first < len(words) and first and words[first] in _TO_WHOM:
        first += 1
    last = len(words) - _run(strong[::-1], passable[::-1])
    if first < last < len(words) and words[last - 1] in _TO_WHOM:
        last -= 1
    return text[found[first].start() : found[last - 1].end()] if first < last else ""


def _run(strong: list[bool], passable: list[bool]) -> int:
    """How many words from the start are asked ones, small words between them included."""
    reach = 0
    for index, (is_strong, may_pass) in enumerate(zip(strong, passable, strict=True)):
        if not may_pass:
            break
        if is_strong:
            reach = index + 1
    return reach


def _name(text: str) -> str | None:
    """A name without the quotes, brackets and pictures around it."""
    name = re.sub(r"\.(?:docx?|odt|pdf|rtf)$", "", label(text), flags=re.IGNORECASE)
    while name and not (name[0].isalnum() or name[0] in "(&@+#"):
        name = name[1:].lstrip()
    while name and not (name[-1].isalnum() or name[-1] in ").!+&"):
        name = name[:-1].rstrip()
    aside = re.search(r"\s*\(([^()]*)\)$", name)  # « (version corrigée) »
    if aside and all(_is_mark(word) or word in _SMALL for word in _split_words(aside[1])):
        name = name[: aside.start()]
    if name.count('"') == 1:
        name = name.replace('"', "")
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    return name[:120] if sum(map(str.isalnum, name)) >= 2 else None
