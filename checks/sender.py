"""The mail comes from whom it says."""

from collections.abc import Iterator

from checks._check import Tell, check
from data.edition import Edition
from data.model import Dossier, Finding, Severity

UNVERIFIED = Tell(
    "sender.unverified",
    Severity.REVIEW,
    "L'adresse de l'expéditeur ({address}) n'a pas pu être authentifiée (SPF, DKIM ou DMARC).",
    officer_only=True,
)


@check(UNVERIFIED, asks="The mail comes from whom it says.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Name each sender whose authentication failed; where nothing was said of it, nothing is said here."""
    failed = {
        mail.sender.email.lower() if mail.sender else "inconnue"
        for mail in dossier.mails
        if mail.sender_verified is False
    }
    for address in sorted(failed):
        yield UNVERIFIED.about(address, address=address)
