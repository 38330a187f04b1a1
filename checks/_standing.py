"""How a dossier stands before any check: what is there, what could not be read, what came by mail.

What the reading does not mention is unclear, never missing: nobody is reproached with our own gap.
"""

from collections.abc import Iterator

from data.edition import AnnexRule, Edition
from data.model import (
    Annex,
    AnnexState,
    Answer,
    AnswerState,
    DocumentKind,
    Dossier,
    MailFacts,
    Piece,
    Signature,
    SignatureState,
)


def answer_to(dossier: Dossier, question: str) -> Answer:
    """The answer; where the reading has none, unclear, or not found if no form was read at all."""
    unread = AnswerState.UNCLEAR if dossier.has_form else AnswerState.NOT_FOUND
    return dossier.answers.get(question) or Answer(question, unread)


def signature_of(dossier: Dossier, role: str) -> Signature:
    """What stands where this person signs; unclear where the reading does not say."""
    return dossier.signatures.get(role) or Signature(role, SignatureState.UNCLEAR)


def annex_of(dossier: Dossier, annex: str) -> Annex:
    """What was found of an annex; unclear where the reading does not say."""
    return dossier.annexes.get(annex) or Annex(annex, AnnexState.UNCLEAR)


def is_all_there(dossier: Dossier, edition: Edition) -> bool:
    """Whether every required answer is answered, everybody has signed and every annex is present."""
    return (
        form_is_filled(dossier)
        and all(
            answer_to(dossier, question.id).state is AnswerState.ANSWERED
            for question in edition.questions.values()
            if question.required
        )
        and all(signature_of(dossier, s).state is SignatureState.SIGNED for s in edition.signatories)
        and all(is_present(dossier, rule, edition) for rule in edition.annex)
    )


def form_is_filled(dossier: Dossier) -> bool:
    """Whether there is a form, and not merely the blank one."""
    return dossier.has_form and not dossier.template_blank


def is_present(dossier: Dossier, rule: AnnexRule, edition: Edition) -> bool:
    """Whether an annex is present; accounts that are known to be too old are not, whoever says so."""
    annex = annex_of(dossier, rule.id)
    return annex.state is AnnexState.PRESENT and not lacks_recent_years(annex, rule, edition)


def lacks_recent_years(annex: Annex, rule: AnnexRule, edition: Edition) -> bool:
    """Whether old years stand where recent ones are asked for."""
    wanted = closed_years(rule, edition)
    old = {year for year in annex.years if wanted and year < min(wanted)}
    return bool(old) and len(set(annex.years) - old) < len(wanted)


def closed_years(rule: AnnexRule, edition: Edition) -> tuple[int, ...]:
    """The last closed years at the deadline, as many as the annex needs, oldest first."""
    last = edition.local(edition.dates.deadline).year
    return tuple(range(last - rule.closed_years, last))


def unread_pieces(dossier: Dossier, edition: Edition) -> Iterator[Piece]:
    """Files that a person must open, because no reader could, each once.

    Not those of a kind that is no part of an application (a logo, a contact card). Not those that no
    longer matter: everything is there, and something that could be read came in a later mail; without
    this, whoever sends a locked file again unlocked could never complete the dossier.
    """
    read_at = max((p.received_at for p in dossier.pieces if _is_read(p)), default=None)
    settled_before = read_at if is_all_there(dossier, edition) else None
    files: dict[tuple[str, str], Piece] = {}
    for piece in sorted(
        filter(_is_unread, dossier.pieces), key=lambda p: (p.file, p.received_at, p.unread or "")
    ):
        if settled_before is None or piece.received_at >= settled_before:
            files[piece.file, piece.sha256] = piece
    yield from files.values()


def _is_read(piece: Piece) -> bool:
    return piece.unread is None and piece.kind not in (DocumentKind.OTHER, DocumentKind.UNREADABLE)


def _is_unread(piece: Piece) -> bool:
    if piece.superseded or piece.kind == DocumentKind.OTHER:
        return False
    return piece.kind == DocumentKind.UNREADABLE or piece.unread is not None


def links(dossier: Dossier) -> tuple[str, ...]:
    """Hosts of the download links in the mails, each once."""
    return tuple(sorted({host for mail in dossier.mails for host in mail.links}))


def real_mails(dossier: Dossier) -> tuple[MailFacts, ...]:
    """The mails that travelled: loose files given to `blossom check` have neither sender nor recipient."""
    return tuple(mail for mail in dossier.mails if mail.sender or mail.recipients)
