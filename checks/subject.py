"""A mail of the application carries the subject that the form asks for."""

import re
import unicodedata
from collections.abc import Iterator

from checks._check import Tell, check
from checks._standing import real_mails
from data.edition import Edition, Mail
from data.model import Dossier, Finding, Severity

SUBJECT = "mail"

WRONG = Tell(
    "mail.wrong_subject",
    Severity.NOTICE,
    "L'objet du message n'est pas celui que le formulaire demande ; le dossier est accepté tel quel.",
    officer_only=True,
)


@check(WRONG, asks="A mail of the application carries the subject that the form asks for.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Note another subject, or the placeholder left in; dashes, case, accents and « TR: » do not count."""
    mails = real_mails(dossier)
    if mails and not any(_is_as_asked(mail.subject, edition.mail) for mail in mails):
        yield WRONG.about(SUBJECT)


def _is_as_asked(subject: str, asked: Mail) -> bool:
    before, _, after = asked.subject.partition(asked.placeholder)
    name = _between(_words(before), _words(after), _words(subject))
    return bool(name) and _words(asked.placeholder) != name


def _between(before: list[str], after: list[str], words: list[str]) -> list[str]:
    """What stands where the placeholder stood; nothing where the words around it are others."""
    if words[len(words) - len(after) :] != after:
        return []
    words = words[: len(words) - len(after)]
    starts = (i for i in range(len(words) - len(before) + 1) if words[i : i + len(before)] == before)
    start = next(starts, None)
    return [] if start is None else words[start + len(before) :]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
