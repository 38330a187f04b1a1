"""Accounts are final: drafts are told by file, unless the final ones of their year came, too."""

from collections.abc import Iterator

from checks._check import Tell, check
from data.edition import Edition
from data.model import Dossier, Finding, Place, Severity

DRAFT = Tell(
    "annex.draft",
    Severity.NOTICE,
    "Les comptes « {file} » se disent projet ou provisoires : acceptés, à vérifier.",
    officer_only=True,
)


@check(DRAFT, asks="Accounts are final.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Name every set of accounts that calls itself a draft, and is all there is of its year."""
    final = {(piece.kind, piece.year) for piece in dossier.pieces if piece.year and not piece.is_draft}
    for piece in dossier.pieces:
        if piece.is_draft and not piece.superseded and (piece.kind, piece.year) not in final:
            yield DRAFT.about(piece.kind, Place(piece.file, piece.first_page), file=piece.file)
