"""Every file could be opened and read, and none carries a programme."""

from collections.abc import Iterator

from checks._check import Tell, check
from checks._standing import form_is_filled, is_present, links, unread_pieces
from data.edition import Edition
from data.model import Dossier, Finding, Place, Severity, UnreadReason

UNREADABLE = Tell(
    "document.unreadable", Severity.REVIEW, "Nous n'avons pas pu lire le fichier « {file} » : {why}."
)
ENCRYPTED = Tell(
    "document.encrypted",
    Severity.REVIEW,
    "Nous n'avons pas pu ouvrir le fichier « {file} » : il est protégé par un mot de passe.",
)
TOO_LARGE = Tell(
    "document.too_large",
    Severity.REVIEW,
    "Nous n'avons pas pu ouvrir le fichier « {file} » : il est trop volumineux, ou fait de trop de fichiers "
    "l'un dans l'autre.",
)
ACTIVE = Tell(
    "document.active_content",
    Severity.NOTICE,
    "Le fichier « {file} » contient des macros ou des scripts ; rien n'en a été exécuté.",
    officer_only=True,
)
LINK_ONLY = Tell(
    "document.link_only",
    Severity.REVIEW,
    "Votre message contient un lien de téléchargement ({host}), que nous n'ouvrons pas automatiquement ; "
    "comme un lien peut expirer, nous vous conseillons d'envoyer les fichiers en pièces jointes.",
)
WHY = {
    UnreadReason.CORRUPT: "il semble endommagé",
    UnreadReason.EMPTY: "il est vide",
    UnreadReason.SCAN: "il ne contient que des images de pages, qu'une personne lira",
    UnreadReason.UNSUPPORTED: "c'est un type de fichier que nous ne pouvons pas ouvrir",
    UnreadReason.UNFAMILIAR: "il ne reprend pas les questions du formulaire, une personne le lira",
    UnreadReason.TIMED_OUT: "sa lecture a pris trop de temps",
    UnreadReason.CRASHED: "sa lecture s'est interrompue",
}


@check(UNREADABLE, ENCRYPTED, TOO_LARGE, ACTIVE, LINK_ONLY, asks="Every file could be opened and read.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Name each file that was not read, and why; and links that stand where files should."""
    for piece in unread_pieces(dossier, edition):
        place = Place(piece.file)
        match piece.unread:
            case UnreadReason.ENCRYPTED:
                yield ENCRYPTED.about(piece.file, place, file=piece.file)
            case UnreadReason.TOO_LARGE:
                yield TOO_LARGE.about(piece.file, place, file=piece.file)
            case None:
                yield UNREADABLE.about(piece.file, place, file=piece.file, why="une personne le regardera")
            case reason:
                yield UNREADABLE.about(piece.file, place, file=piece.file, why=WHY[reason])
    for file in sorted({piece.file for piece in dossier.pieces if piece.active_content}):
        yield ACTIVE.about(file, Place(file), file=file)
    if _lacks_files(dossier, edition):
        for host in links(dossier):
            yield LINK_ONLY.about(host, host=host)


def _lacks_files(dossier: Dossier, edition: Edition) -> bool:
    """Whether a file is still wanted: a link in a complete application is only a signature's ornament."""
    return not form_is_filled(dossier) or not all(is_present(dossier, r, edition) for r in edition.annex)
