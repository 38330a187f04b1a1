"""The application was sent to every address that the form names."""

from collections.abc import Iterator

from checks._check import Tell, check
from checks._standing import real_mails
from data.edition import Edition
from data.model import Dossier, Finding, Severity

SUBJECT = "mail"

ONE_ADDRESS = Tell(
    "mail.one_address",
    Severity.NOTICE,
    "Le dossier n'a pas été envoyé à toutes les adresses demandées ; il manque {absent}.",
    officer_only=True,
)


@check(ONE_ADDRESS, asks="The application was sent to every address that the form names.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Note an address left out; silent where none is named, as in a blind copy or a forwarded mail."""
    written = {address.lower() for mail in real_mails(dossier) for address in mail.recipients}
    absent = [address for address in edition.mail.addresses if address.lower() not in written]
    if 0 < len(absent) < len(edition.mail.addresses):
        yield ONE_ADDRESS.about(SUBJECT, absent=", ".join(absent))
