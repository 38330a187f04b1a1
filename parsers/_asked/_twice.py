"""A form that stands twice in one file: the blank one above the filled one, or its table of contents.

Who answers below the blank form, or prints the questions before asking them, sends each wording twice. The
file is cut between the two, and each part is read by itself.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from data.edition import Edition
from data.model import Document
from parsers._asked._anchors import Form
from parsers._wording import fold

LEAST_TWICE = 0.6
"""Of the questions with a wording of some length, so many stand there twice."""
TELLING = 25
"""Characters of a wording of some length."""
BEGINNING = 60
"""Characters by which a line is known."""

_NUMBERED = re.compile(r"^[\W\d_]+")


def parted(document: Document, edition: Edition, known: Form) -> list[Document]:
    """The document, cut where the form begins once more."""
    begun = [_NUMBERED.sub("", fold(line.text[: 2 * BEGINNING]))[:BEGINNING] for line in document.lines]
    at: dict[str, list[int]] = {}
    for index, words in enumerate(begun):
        at.setdefault(words, []).append(index)
    asked = [fold(question.wording)[:BEGINNING] for question in edition.questions.values()]
    long = [words for words in asked if len(words) >= TELLING]
    twice = [places for words in long if len(places := _places(at, words)) > 1]
    if not twice or len(twice) < LEAST_TWICE * len(long):
        return [document]
    last, again = max(places[0] for places in twice), min(places[1] for places in twice)
    if last >= again:
        return [document]
    printed = {line[:BEGINNING] for line in known.template} | set(asked)
    seen = set(begun[:last])
    cut = next(i for i in range(last + 1, again + 1) if i == again or begun[i] in printed & seen)
    head, rest = _slice(document, 0, cut), _slice(document, cut, len(document.lines))
    return [head, *parted(rest, edition, known)]


def _places(at: dict[str, list[int]], wording: str) -> Sequence[int]:
    """Where a line begins with a wording, or is the beginning of it: laid-out lines wrap."""
    if wording in at:
        return at[wording]
    return sorted(
        index for words, places in at.items()
        if len(words) >= TELLING and (wording.startswith(words) or words.startswith(wording))
        for index in places
    )  # fmt: skip


def _slice(document: Document, first: int, last: int) -> Document:
    """Some lines of a document, with the pictures among them."""
    end = last if last < len(document.lines) else 10**9
    return replace(
        document,
        lines=document.lines[first:last],
        pictures=tuple(
            replace(picture, after=picture.after - first)
            for picture in document.pictures
            if (first or -1) <= picture.after < end
        ),
    )
