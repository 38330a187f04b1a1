"""An e-mail address is one that mail can be sent to, as far as its spelling tells."""

import re
from collections.abc import Iterator

from email_validator import EmailNotValidError, validate_email

from checks._check import check
from checks._emails import words_of
from checks._invalid import INVALID, answered, invalid
from data.edition import Edition, QuestionKind
from data.model import Dossier, Finding

RESERVED = re.compile(r"\.(example|test|invalid)$", re.IGNORECASE)
"""Names of RFC 2606, well spelt though never reached: rehearsals are written with them."""


@check(INVALID, asks="An e-mail address is spelt as one.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Remark an answer without a well-spelt address; spaces around the @ are forgiven."""
    for question, answer in answered(dossier, edition, QuestionKind.EMAIL):
        if not any(map(_is_address, words_of(str(answer.value)))):
            yield invalid(question, answer, "nous n'y lisons pas d'adresse e-mail complète")


def _is_address(word: str) -> bool:
    try:
        validate_email(RESERVED.sub(".example.org", word), check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
