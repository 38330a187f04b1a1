"""An e-mail address is one that mail can be sent to, as far as its spelling tells."""

import re
from collections.abc import Iterator

from email_validator import EmailNotValidError, validate_email

from checks._check import check
from checks._invalid import INVALID, answered, invalid
from data.edition import Edition, QuestionKind
from data.model import Dossier, Finding

AROUND_AT = re.compile(r"\s*@\s*")
BETWEEN = re.compile(r"[\s,;/|<>()\[\]]+|mailto:", re.IGNORECASE)
RESERVED = re.compile(r"\.(example|test|invalid)$", re.IGNORECASE)
"""Names of RFC 2606, well spelt though never reached: rehearsals are written with them."""


@check(INVALID, asks="An e-mail address is spelt as one.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Remark an answer without a well-spelt address; spaces around the @ are forgiven."""
    for question, answer in answered(dossier, edition, QuestionKind.EMAIL):
        words = BETWEEN.split(AROUND_AT.sub("@", str(answer.value)))
        if not any(_is_address(word.strip(".:'\"«»")) for word in words):
            yield invalid(question, answer, "nous n'y lisons pas d'adresse e-mail complète")


def _is_address(word: str) -> bool:
    try:
        validate_email(RESERVED.sub(".example.org", word), check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
