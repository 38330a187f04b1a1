"""Answers without their questions: « A.2.3 : … », « B.7 … », with the form's own letters and numbers.

Nothing of the form's wording stands there. Its codes do: the letter of a part, the number of a section
where the part has several, the number of the question, else its place in the section. A document in which
most of them stand in the form's order is the form; other papers number otherwise.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from data.edition import Edition, Section
from parsers._asked._anchors import Anchor, Form
from parsers._asked._found import Match
from parsers._stream import Stream

LEAST_SHARE = 0.6
"""Of the form's questions, how many codes must stand there, in order."""

MOST_PLACES = 2000

Code = tuple[str, ...]

_TYPED = re.compile(
    r"^\W*(?:question\s+)?(?P<letter>[A-H])\s?[.\-]?\s?(?P<first>\d{1,2})"
    r"(?:\s?[.\-]\s?(?P<second>\d{1,2}|[a-z](?![a-z])))?(?:\s*[.:)=]+\s*|\s*[/–—-]+\s+(?=\S)|\s+|$)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"^\W*(?:(?:partie|section|point|deel)\s+)?([A-H])(?:\s*[.:)–-](?!\s*\d)|\s*$)", re.IGNORECASE
)
_NUMBER = re.compile(r"^\W*(\d{1,2})\s*[.):/°–-]\s*")


def find(stream: Stream, known: Form, edition: Edition) -> list[Match]:
    """The questions by their codes; none where too few stand there."""
    wanted = list(codes(edition, known))
    places = list(islice(_places(stream), MOST_PLACES))
    chosen = _in_order([code for code, _ in wanted], [code for code, _, _ in places])
    if len(chosen) < LEAST_SHARE * len(wanted):
        return []
    found = [_match(stream, wanted[question][1], *places[place][1:]) for question, place in chosen]
    title = next((anchor for anchor in known.anchors if anchor.is_title), None)
    for code, piece, end in places:
        if len(code) == 1 and title is not None:
            found.append(_match(stream, title, piece, end))
    return sorted(found, key=lambda match: match.start)


def _match(stream: Stream, anchor: Anchor, piece: int, end: int) -> Match:
    token = stream.first_token[piece]
    return Match(anchor, 0.75, True, token, token, (piece, 0), (piece, end))


def codes(edition: Edition, known: Form) -> Iterator[tuple[Code, Anchor]]:
    """The code of each question outside of the place to sign."""
    anchors = {anchor.question: anchor for anchor in known.anchors if anchor.question}
    for section in edition.section:
        part = _code_of(section)
        for place, question in enumerate(section.question, 1):
            anchor = anchors.get(question.id)
            if part and anchor is not None:
                yield (*part, question.number or str(place)), anchor


def _code_of(section: Section) -> Code | None:
    """« A.1 » of « A. Informations générales » and « 1. Votre entreprise »."""
    letter = re.match(r"([A-H])\.", section.heading or section.title)
    number = re.match(r"(\d)\.", section.title)
    return None if letter is None else (letter[1], *([number[1]] if number else []))


def _places(stream: Stream) -> Iterator[tuple[Code, int, int]]:
    """(code, piece, where what follows it starts); of « Partie B » the letter, which bare numbers need."""
    part = ""
    for index, piece in enumerate(stream.pieces):
        written = f"{piece.line.number} " if piece.line.number and piece.offset == 0 else ""
        text = written + piece.text
        typed = _TYPED.match(text)
        if typed:
            part = typed["letter"].upper()
            second = _ordinal(typed["second"]) if typed["second"] else None
            code = (part, typed["first"], *([second] if second else []))
            yield code, index, max(typed.end() - len(written), 0)
        elif (opened := _PART.match(text)) and len(text) < 70:
            part = opened[1].upper()
            yield (part,), index, len(piece.text)
        elif part and (numbered := _NUMBER.match(text)):
            yield (part, numbered[1]), index, max(numbered.end() - len(written), 0)


def _ordinal(text: str) -> str:
    """« c » is the third."""
    return text if text.isdigit() else str(ord(text.lower()) - ord("a") + 1)


def _in_order(wanted: Sequence[Code], said: Sequence[Code]) -> list[tuple[int, int]]:
    """The longest run of pairs that agree, both in order (longest common subsequence)."""
    best = [[0] * (len(said) + 1) for _ in range(len(wanted) + 1)]
    for i in range(len(wanted) - 1, -1, -1):
        for j in range(len(said) - 1, -1, -1):
            taken = best[i + 1][j + 1] + 1 if wanted[i] == said[j] else 0
            best[i][j] = max(taken, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(wanted) and j < len(said):
        if wanted[i] == said[j] and best[i][j] == best[i + 1][j + 1] + 1:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
