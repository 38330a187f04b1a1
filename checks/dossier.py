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
OWN_WORDS = Tell(
    "dossier.own_words",
    Severity.NOTICE,
    "Le formulaire a été retapé en d'autres mots : chaque réponse a été rattachée à sa question par ce "
    "qu'elle dit et par sa place, ce qui est à relire.",
    officer_only=True,
)


@check(MISSING, BLANK, UNCLEAR, OWN_WORDS, asks="The form came, filled in.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Say once that the form is not there, or is empty, instead of once for each question.

    What could not be opened may hold it: then nobody is told that it is missing.
    """
    if dossier.has_form and not dossier.template_blank:
        if dossier.in_own_words:
            yield OWN_WORDS.about(SUBJECT)
        return
    if links(dossier) or any(unread_pieces(dossier, edition)):
        yield UNCLEAR.about(SUBJECT)
    else:
        yield (BLANK if dossier.template_blank else MISSING).about(SUBJECT)
