"""Names of people in documents: whether somebody is named, and whose a CV seems to be.

Names are compared folded and without order; letters that recognition damaged are forgiven. Of a double
name one half is enough: people marry, and shorten.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from data.model import Document
from parsers._annexed._sheets import Row, sheets
from parsers._wording import fold

BESIDE_NAME = 15
"""Letters that may stand beside a name at the head of a CV: « Curriculum vitae », « PhD »."""
ALIKE = 84
"""Per cent by which two words are one name."""
_PARTICLES = {
    "van",
    "den",
    "der",
    "de",
    "la",
    "le",
    "du",
    "des",
    "el",
    "al",
    "ben",
    "von",
    "ter",
    "da",
    "dos",
    "ep",
}
_NO_NAME = re.compile(
    r"\b(?:curriculum|vitae|cv|experiences?|formations?|contact|profil|langues?|competences?|coordin\w+|direct\w+"
    r"|charge\w*|respons\w+|gestion\w*|animat\w+|chef\w*|projets?|rue|avenue|chaussee|bruxelles|brussels?|parcours"
    r"|informations?|personnelles?|persoonlijke|gegevens|work|experience|education|skills|talen|werkervaring"
    r"|coordonnees|asbl|vzw|europass|page|etudes|diplomes?|professionnel\w*|entreprise|economie|sociale?|assistante?"
    r"|comptable|consultante?|manager|officer|medewerker|resume|email|tel\w*|adresse|nationalite|permis|region"
    r"|capitale|belgique|universite|haute|ecole|centres?|loisirs|interets?|propos)\b"
)


def is_named(document: Document, first: str, last: str) -> bool:
    """Whether somebody is named: the last name or half of a double one, else the first at the head."""
    said = {word for page in sheets(document) for word in re.findall(r"[a-z]+", page.plain)}
    surnames = [word for word in _parts(last) if word not in _PARTICLES and len(word) >= 3] or _parts(last)
    if any(_stands(surname, said) for surname in surnames):
        return True
    heads = {word for row in _head(document) for word in re.findall(r"[a-z]+", row.plain)}
    return any(len(name) >= 3 and _stands(name, heads) for name in _parts(first)[:1])


def heads(document: Document, last: str) -> bool:
    """Whether somebody's last name stands in the first rows."""
    said = {word for row in _head(document)[:3] for word in re.findall(r"[a-z]+", row.plain)}
    return any(len(name) >= 3 and _stands(name, said) for name in _parts(last) if name not in _PARTICLES)


def is_headed_by(document: Document, first: str, last: str) -> bool:
    """Whether a name, and hardly more, stands on one of the first rows, or two; letters may be spaced."""
    rows = [row.plain for row in _head(document)[:3]]
    names = ["".join(_parts(f"{one} {other}")) for one, other in ((first, last), (last, first))]
    bare = [re.sub(r"[^a-z]", "", text) for text in (*rows, *(f"{a}{b}" for a, b in pairwise(rows)))]
    return any(name in text and len(text) <= len(name) + BESIDE_NAME for name in names for text in bare)


def stranger(document: Document, file: str, first: str, last: str) -> str | None:
    """The other person whose CV it is; None where it is theirs, or nothing tells."""
    if not last or is_named(document, first, last) or fold(last) in fold(file):
        return None
    return owner(document)


def owner(document: Document) -> str | None:
    """The name at the head of a CV, as written, where one stands out."""
    for row in _head(document):
        text = re.sub(
            r"(?i)\b(?:nom|pr[ée]nom|naam|voornaam|name|cv|curriculum vitae|resume|de)\b\s*:?", " ", row.text
        )
        text = " ".join(text.split()).strip(" -–—|:,;")
        if is_name(text):
            return text
    return None


def _head(document: Document) -> Sequence[Row]:
    pages = [page for page in sheets(document)[:1] if not page.is_blank]
    return [row for page in pages for row in page.rows if row.is_head][:12]


def is_name(text: str) -> bool:
    said = text.split()
    if not 2 <= len(said) <= 5 or re.search(r"[\d@:/|()]", text) or _NO_NAME.search(fold(text)):
        return False
    return all(word[0].isupper() or fold(word) in _PARTICLES for word in said)


def _stands(name: str, said: set[str]) -> bool:
    if name in said:
        return True
    return len(name) >= 5 and any(
        abs(len(word) - len(name)) <= 2 and fuzz.ratio(name, word) >= ALIKE for word in said
    )


def _parts(name: str) -> list[str]:
    return re.findall(r"[a-z]+", fold(name).replace("'", ""))
