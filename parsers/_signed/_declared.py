"""Who signs as a sentence says it: « Je soussignée, Marie Claes, directrice, déclare … », then « Signature ».

As declarations on honour and powers of attorney are worded in Belgium and France; or as the label itself
or a heading does, « Signature de la personne de contact (Marie Claes, directrice) : ».
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.edition import Edition
from parsers import _fields
from parsers._signed._block import Block, Label, LabelKind, role_in
from parsers._signed._people import NAME, is_named
from parsers._stream import Stream

_OPENING = re.compile(
    r"\bsoussign[ée](?:\W?e)?\)?[\s,:]+(?:(?:M|Mr|Mme|Madame|Monsieur)\b\.?\s+)?(?=[A-ZÀ-Ý])", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:d[ée]clar|certifi|attest|confirm|m['’]engag|accept|reconna|approuv|souhait|ai\b)", re.IGNORECASE
)
_AS = re.compile(
    r"\s*(?:agissant\s+)?(?:en\s+(?:ma\s+)?)?(?:qualit[ée]\s+(?:de\s+|d['’])|tant\s+qu(?:e\s+|['’]))?",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"[(:]\s*(?P<name>{NAME.pattern})\s*(?:[,;–-]\s*(?P<function>[^():]+?)\s*)?(?:\)\W*)?$")
"""« … (Marie Claes, directrice) » and « … : Marie Claes, directrice », at the end of a row."""


_BRACKETED = re.compile(rf"(?P<name>{NAME.pattern})\s*\((?P<function>[^()\d]{{2,60}})\)")
"""« par Marie Claes (directrice), personne de contact, et par … », all in one sentence."""
_DATED = re.compile(r"(?:[AÀ]\s+)?(?P<place>[A-ZÀ-Ý][\w’' -]{2,45}?),?\s+(?:le\s+)?(?=\d)")
"""« Bruxelles, le 10/09/2026 », as a letter has it."""
_DATED_WITHIN = 6
"""Lines of names and headings, at most, from such a line to the names, or from them to it."""


@dataclass(frozen=True, slots=True)
class _Person:
    labels: tuple[Label, ...]
    piece: int
    name: str
    role: str | None


def with_declared(text: Stream, block: Block, contact: Sequence[str], edition: Edition) -> Block:
    """The block with the names and functions that sentences give, and those sentences as its headings."""
    if LabelKind.NAME in block.kinds:
        return block
    if said := _in_one_sentence(text, block, contact, edition):
        labels = [_before(text, each, said[0]) for each in block.labels]
        return replace(block, labels=tuple(sorted([*labels, *said], key=_at)))
    if named := _in_headings(text, block, contact, edition):
        return replace(block, labels=tuple(sorted([*block.labels, *named], key=lambda each: each.piece)))
    people = [
        person for index in range(block.first, block.last) if (person := _person(text, index, block, edition))
    ]
    if len(people) != len(edition.signatory):
        return block
    roles = _roles(people, contact, edition)
    said = [
        replace(each, role=role) for person, role in zip(people, roles, strict=True) for each in person.labels
    ]
    labels = sorted([*block.labels, *said], key=lambda label: (label.piece, label.start))
    titles = tuple((role, person.piece) for person, role in zip(people, roles, strict=True))
    return replace(block, labels=tuple(labels), titles=titles)


def dated(text: Stream, block: Block) -> Block:
    """The block with the place and the day that a line alone tells, as in a letter, near the names."""
    if LabelKind.DATE in block.kinds:
        return block
    others = [label for label in block.labels if label.kind is not LabelKind.PLACE]
    named = [label.piece for label in block.labels]
    reach = range(max(0, min(named, default=0) - _DATED_WITHIN), max(named, default=-1) + _DATED_WITHIN)
    for index in reach:
        written = text.pieces[index].text if index < len(text.pieces) else ""
        said = _DATED.match(written)
        if said and _fields.is_day(written[said.end() :]):
            place = Label(LabelKind.PLACE, index, 0, 0, said.end("place"))
            day = Label(LabelKind.DATE, index, said.end(), said.end(), len(written))
            first = min(block.first, index)
            return replace(
                block, first=first, start=min(block.start, (first, 0)),
                labels=tuple(sorted([*others, place, day], key=_at)),
            )  # fmt: skip
    return block


def _at(label: Label) -> tuple[int, int]:
    return label.piece, label.start


def _before(text: Stream, label: Label, name: Label) -> Label:
    """A label with its value up to a name in the same sentence: « le 9/8/2026 par … »."""
    said = re.match(r".*?(?=\s+(?:par\s+)?$)", text.pieces[name.piece].text[: name.start])
    ends = label.piece == name.piece and label.end < name.start and said
    return replace(label, until=min(label.until, max(said.end(), label.end))) if ends and said else label


def _in_one_sentence(text: Stream, block: Block, contact: Sequence[str], edition: Edition) -> list[Label]:
    """Names and functions where one sentence has all people, each with what they are in brackets."""
    for index in range(block.first, block.last):
        written = text.pieces[index].text
        found = [*_BRACKETED.finditer(written)]
        if len(found) != len(edition.signatory):
            continue
        ends = [*(each.start() for each in found[1:]), len(written)]
        people = [
            _Person((), index, each["name"], role_in(written[each.end() : end], edition))
            for each, end in zip(found, ends, strict=True)
        ]
        roles = _roles(people, contact, edition)
        kinds = (("name", LabelKind.NAME), ("function", LabelKind.FUNCTION))
        return [
            Label(kind, index, said.start(part), said.start(part), said.end(part), role)
            for said, role in zip(found, roles, strict=True) for part, kind in kinds
        ]  # fmt: skip
    return []


def _in_headings(text: Stream, block: Block, contact: Sequence[str], edition: Edition) -> list[Label]:
    """The names and functions behind headings and « Signature », where one of them is the contact's name.

    Or behind as many lines as there are people, whatever these say: « Qui suivra le programme : … ».
    """
    asked = {each.piece: each.role for each in block.labels if each.kind is LabelKind.SIGNATURE}
    asked |= {index: role for role, index in block.titles}
    lines = [at for at in range(block.first, block.last) if _NAMED.search(text.pieces[at].text)]
    if len(lines) == len(edition.signatory):
        asked = {at: role_in(text.pieces[at].text, edition) for at in lines}
    found = [(at, role, said) for at, role in asked.items() if (said := _NAMED.search(text.pieces[at].text))]
    if not any(is_named(said["name"], contact) for *_, said in found):
        return []
    kinds = (("name", LabelKind.NAME), ("function", LabelKind.FUNCTION))
    people = [_Person((), at, said["name"], role) for at, role, said in found]
    roles = (
        _roles(people, contact, edition)
        if len(people) == len(edition.signatory)
        else [p.role for p in people]
    )
    return [
        Label(kind, at, said.start(part), said.start(part), said.end(part), role)
        for (at, _, said), role in zip(found, roles, strict=True) for part, kind in kinds if said[part]
    ]  # fmt: skip


def _person(text: Stream, index: int, block: Block, edition: Edition) -> _Person | None:
    """Whom one sentence names, what they are, and in which of the two places that is."""
    written = text.pieces[index].text
    opening = _OPENING.search(written)
    name = NAME.match(written, opening.end()) if opening else None
    if name is None:
        return None
    verb = _VERB.search(written, name.end())
    until = verb.start() if verb else len(written)
    labels = [Label(LabelKind.NAME, index, name.start(), name.start(), name.end())]
    parts = [part for part in re.finditer(r"[^,;()]+", written[:until]) if part.start() >= name.end()]
    titled = next((part for part in parts if part[0].strip()), None)
    if titled:
        skipped = _AS.match(written, titled.start())
        begin = skipped.end() if skipped else titled.start()
        labels.append(Label(LabelKind.FUNCTION, index, begin, begin, titled.end()))
    said = [part[0] for part in parts]
    if not verb and index + 1 < block.last:  # the sentence goes on in the next row
        said += _VERB.split(text.pieces[index + 1].text)[0].split(",")
    named = [role for each in said if (role := role_in(each, edition))]
    return _Person(tuple(labels), index, name[0], named[-1] if named else None)


def _roles(people: Sequence[_Person], contact: Sequence[str], edition: Edition) -> list[str]:
    """Whose sentence is whose: as they say, else by the contact's name, else in the form's order."""
    order = [signatory.id for signatory in edition.signatory]
    said = [person.role for person in people]
    if set(said) == set(order):
        return [role for role in said if role]
    own = next((i for i, person in enumerate(people) if is_named(person.name, contact)), None)
    if own is None and said.count(None) == len(said) - 1:  # one of them says it
        own = next(i for i, role in enumerate(said) if role)
        order.sort(key=lambda role: role != said[own])
    if own is None:
        return order
    rest = iter(order[1:])
    return [order[0] if i == own else next(rest) for i in range(len(people))]
