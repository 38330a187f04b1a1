"""A number asked for is not a letter that looks like one.

Words are an answer (« cinq », « deux ETP »); « l,5 » is one, too, and shown with what it may mean.
"""

import re
from collections.abc import Iterator

from checks._check import check
from checks._invalid import INVALID, answered, lookalike
from checks._lookalikes import digits, proposal
from data.edition import Edition, QuestionKind
from data.model import Dossier, Finding

NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?!\w|[.,]\w)")


@check(INVALID, asks="A number asked for is not a letter that looks like one.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Propose the one number that look-alikes make of an answer without any."""
    for question, answer in answered(dossier, edition, QuestionKind.NUMBER):
        read = str(answer.value)
        if meant := proposal(read, digits(read), _number):
            yield lookalike(question, answer, meant)


def _number(text: str) -> str | None:
    found = NUMBER.search(text)
    return found[0] if found else None
