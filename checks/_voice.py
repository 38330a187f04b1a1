"""One voice: what the annexes say beside what the form says. A difference is a question, never a reproach."""

import re
import unicodedata
from collections.abc import Iterator

from checks._check import Tell
from checks._standing import answer_to
from data.model import AnswerState, Dossier, Fact, Mention, Severity

LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ı": "i", "ł": "l", "ø": "o", "đ": "d"})
"""Letters that are no letter with an accent, and that others write without: « Yıldız », « Łukasz »."""


def differs(code: str, what: str) -> Tell:
    """The one thing that such a check says, with both quotes."""
    return Tell(
        code,
        Severity.REVIEW,
        f"{what} : le formulaire indique « {{said}} », le fichier « {{file}} »{{page}} « {{quote}} ».",
        officer_only=True,
    )


def said(dossier: Dossier, question: str | None) -> str | None:
    """What the form answers; None where it does not."""
    answer = answer_to(dossier, question) if question else None
    answered = answer is not None and answer.state is AnswerState.ANSWERED and answer.value is not None
    return str(answer.value) if answer and answered else None


def mentions(dossier: Dossier, fact: Fact) -> Iterator[Mention]:
    """What the annexes say of it."""
    return (mention for mention in dossier.mentions if mention.fact is fact)


def quoting(mention: Mention, told: str) -> dict[str, object]:
    """The facts of a finding: both quotes, file and page."""
    page = f", page {mention.place.page}" if mention.place.page else ""
    return {"said": told, "file": mention.place.file, "page": page, "quote": mention.quote}


def plain(text: str) -> str:
    """Lower case, without accents and signs."""
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS)
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))
