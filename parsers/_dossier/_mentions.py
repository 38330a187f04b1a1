"""What annexes say of the structure and its people: number, name, seat, foundation, administrators, contact.

Only what stands behind a label, or in the sentence that statutes have for it; what is not sure is not
gathered, for each difference to the form becomes a question by telephone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from data.model import Fact, Mention, PageSource, Place
from parsers._annexed import _names
from parsers._annexed._names import is_name
from parsers._annexed._sheets import Row, Sheet, sheets
from parsers._dossier._sorting import FoundAnnex
from parsers._fields import dates

KINDS: Mapping[str, frozenset[Fact]] = {
    "statutes": frozenset(Fact),
    "accounts": frozenset(Fact) - {Fact.CREATED_ON},
    "activity_report": frozenset({Fact.ENTERPRISE_NUMBER, Fact.NAME}),
}
"""Of which annexes what is believed: a report tells of other people's seats and foundations, too."""
READ_PAGES = 4
LONGEST_QUOTE = 120

_NUMBER = re.compile(
    r"(?i)\b(?:n(?:um[ée]ro|°|o)?\s*d\W?\s?entreprise|ondernemings(?:nummer|nr)|BCE|KBO|RPM|T\.?V\.?A\.?)\b"
    r"\D{0,14}((?:\d[\s.]{0,2}){9,10})(?!\d)"
)
_NAME = re.compile(
    r"(?i)^\W*(?:d[ée]nomination(?: sociale)?|nom(?: \(en entier\))?|\(en entier\)|naam|benaming)"
    r"\s*:\s*(.{3,90})$"
    r"|(?:est d[ée]nomm[ée]e?|pour d[ée]nomination|sous la d[ée]nomination(?: de)?|draagt de naam)\s*:?\s*"
    r"[«\"“„']\s*(.{2,80}?)\s*[»\"”']"
)
_NEXT_LABEL = re.compile(r"(?i)\s+[-–—|]\s+(?=forme|adresse|num[ée]ro|n°|si[èe]ge)")
"""Where an identity stands on one line, its next label."""
_SEAT = re.compile(
    r"(?i)(?:si[èe]ge(?: social)?|zetel|adresse|code postal(?: et commune)?)\b"
    r".{0,90}?(?<![\d.])(\d{4})\s+[A-ZÀ-Ý]"
)
_FOUNDED = re.compile(
    r"(?i)\b(?:constitu[ée]e?s?|acte constitutif|opgericht|cr[ée]{2}e?)\b"
    r"(?:\s(?:le|du|en date du|op|date du))?\W{0,3}(\d{1,2}(?:er)?[\s./-]+\S{1,9}[\s./-]+\d{4})"
)


def gather(annexes: Sequence[FoundAnnex], contact: tuple[str, str]) -> tuple[Mention, ...]:
    """Everything that the annexes say, each thing once for each document; of CVs, whose they are instead."""
    sure = [one for one in annexes if one.kind.certain and _is_legible(one)]
    found = [
        mention
        for one in sure
        for page in _read(sheets(one.document))
        for mention in _on(page, one)
        if mention.fact in KINDS.get(mention.kind, ())
    ]
    found += _of_strangers([one for one in sure if one.kind.id == "cv"], *contact)
    once = {(mention.fact, mention.value, mention.place.file): mention for mention in reversed(found)}
    return tuple(sorted(once.values(), key=lambda m: (m.fact, m.place.file, m.place.page or 0, m.value)))


def _read(pages: Sequence[Sheet]) -> Sequence[Sheet]:
    """The first pages, and the last one: there a report says who publishes it."""
    return [*pages[:READ_PAGES], *pages[READ_PAGES:][-1:]]


def _of_strangers(cvs: Sequence[FoundAnnex], first: str, last: str) -> list[Mention]:
    """Whose the CVs are, where none is the contact's."""
    owners = [(one, _names.stranger(one.document, one.file.name, first, last)) for one in cvs]
    if not all(owner for _, owner in owners):
        return []
    return [Mention(Fact.CONTACT, owner, owner, one.place, "cv") for one, owner in owners if owner]


def _is_legible(one: FoundAnnex) -> bool:
    """Recognised digits and names are not compared: what differs would be the recognition."""
    return all(page.source is PageSource.TEXT for page in one.document.pages)


def _on(page: Sheet, one: FoundAnnex) -> Iterator[Mention]:
    place, kind = Place(one.file.name, page.number), one.kind.id or ""
    if page.is_tight:
        return
    texts = [" ".join(row.text.split()) for row in page.rows]
    joined = [*texts, *(f"{first} {second}" for first, second in pairwise(texts))]
    for text in joined:
        for fact, value in _in(text):
            yield Mention(fact, value, text[:LONGEST_QUOTE], place, kind)
    for name, text in _administrators(page.rows):
        yield Mention(Fact.ADMINISTRATOR, name, text[:LONGEST_QUOTE], place, kind)


def _in(text: str) -> Iterator[tuple[Fact, str]]:
    from stdnum.be import vat

    if match := _NUMBER.search(text):
        digits = re.sub(r"\D", "", match[1]).rjust(10, "0")
        if vat.is_valid(digits):
            yield Fact.ENTERPRISE_NUMBER, digits
    if match := _NAME.search(text):
        yield Fact.NAME, _NEXT_LABEL.split(match[1] or match[2])[0].strip(' .«»"')
    if match := _SEAT.search(text):
        yield Fact.SEAT, match[1]
    if match := _FOUNDED.search(text):
        yield from ((Fact.CREATED_ON, day.isoformat()) for day in dates(match[1])[:1])


def _administrators(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """« Lambert Aïcha, rue Haute 1, Fonction : administratrice », in a list of administrators."""
    listed = False
    for row in rows:
        listed = listed or row.plain.startswith(("liste des administrateurs", "lijst van de bestuurders"))
        name = re.split(r"[,;(]|\s[-–—]\s", row.text)[0].strip()
        if listed and is_name(name) and not row.plain.startswith("liste"):
            yield name, row.text
