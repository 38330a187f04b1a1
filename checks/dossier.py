"""The form itself came, and somebody has filled it in."""

from collections.abc import Iterator

from checks._check import Tell, check
from checks._standing import links, unread_pieces
from data.edition import Edition
from data.model import Dossier, Finding, Severity

SUBJECT = "dossier"

MISSING = Tell(
    "dossier.missing",
    Severity.BLOCKING,
    "Nous n'avons pas trouvé le dossier de candidature dans votre envoi.",
)
BLANK = Tell(
    "dossier.template_blank",
    Severity.BLOCKING,
    "Le formulaire joint semble vide : nous n'y avons trouvé aucune réponse.",
)
UNCLEAR = Tell(
    "dossier.unclear",
    Severity.REVIEW,
    "Nous n'avons pas pu vérifier si le dossier de candidature se trouve dans votre envoi : "
    "une personne regardera ce que nous n'avons pas pu ouvrir.",
)


@check(MISSING, BLANK, UNCLEAR, asks="The form came, filled in.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Say once that the form is not there, or is empty, instead of once for each question.

    What could not be opened may hold it: then nobody is told that it is missing.
    """
    if dossier.has_form and not dossier.template_blank:
        return
    if links(dossier) or any(unread_pieces(dossier, edition)):
        yield UNCLEAR.about(SUBJECT)
    else:
        yield (BLANK if dossier.template_blank else MISSING).about(SUBJECT)
