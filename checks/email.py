"""An e-mail address is one that mail can be sent to, as far as its spelling tells.

A sign that was read for another is proposed: « © » for « @ », a comma or a blank beside a full stop; « a »
for « @ » only where that gives a house that is known, for names are full of it.
"""

import re
from collections.abc import Iterator

from email_validator import EmailNotValidError, validate_email

from checks._check import check
from checks._emails import words_of
from checks._invalid import INVALID, answered, invalid, lookalike
from checks._lookalikes import proposal, signs
from checks._standing import real_mails
from data.edition import Edition, QuestionKind
from data.model import Dossier, Finding

RESERVED = re.compile(r"\.(example|test|invalid)$", re.IGNORECASE)
"""Names of RFC 2606, well spelt though never reached: rehearsals are written with them."""

SIGNS = {r"\s*(?:[©®]|\([aà]\))\s*": "@", r"\s*[.,]\s*": "."}


@check(INVALID, asks="An e-mail address is spelt as one.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Remark an answer without a well-spelt address; spaces around the @ are forgiven."""
    for question, answer in answered(dossier, edition, QuestionKind.EMAIL):
        if _address(str(answer.value)) is not None:
            continue
        if meant := _meant(str(answer.value), _houses(dossier, edition)):
            yield lookalike(question, answer, meant)
        else:
            yield invalid(question, answer, "nous n'y lisons pas d'adresse e-mail complète")


def _meant(read: str, houses: frozenset[str]) -> str | None:
    def at_a_house(text: str) -> str | None:
        address = _address(text)
        return address if address and address.rpartition("@")[2].lower() in houses else None

    by_sign = proposal(read, signs(read, SIGNS), _address)
    if by_sign or "@" in read:
        return by_sign
    return proposal(read, signs(read, SIGNS | {"a": "@"}), at_a_house)


def _houses(dossier: Dossier, edition: Edition) -> frozenset[str]:
    """Domains that are known: those many live in, and the sender's own."""
    senders = (mail.sender.email for mail in real_mails(dossier) if mail.sender)
    return frozenset((*edition.mail.providers, *(each.rpartition("@")[2].lower() for each in senders)))


def _address(text: str) -> str | None:
    """The first well-spelt address of a text."""
    return next(filter(_is_address, words_of(text)), None)


def _is_address(word: str) -> bool:
    try:
        validate_email(RESERVED.sub(".example.org", word), check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
