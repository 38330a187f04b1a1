"""What `blossom check --json` prints and the desk stores: the verdict as the contract writes it.

Pure: a dossier and its verdict in, plain values out. Keys, words and order are the contract's; a key is
never left out, and what is not known is null.
"""

from typing import assert_never

from checks import annex_of, answer_to, signature_of
from data.edition import AnnexRule, Edition
from data.model import Dossier, Finding, MailKind, Piece, Place, Recognition, Verdict, VerdictState

NOT_AN_APPLICATION = 4
"""Exit status for a mail that is no application."""


REASONS = {
    MailKind.WITHDRAWAL: "ce message semble retirer une candidature",
    MailKind.AUTOMATIC: "ce message a été écrit par une machine",
    MailKind.BOUNCE: "ce message signale qu'un envoi n'est pas arrivé",
    MailKind.DOUBTFUL: "l'objet parle de candidature, mais aucune pièce n'est le formulaire",
    MailKind.OTHER: "rien n'y montre un dossier de candidature",
}


def exit_code(verdict: Verdict) -> int:
    """Exit status of `blossom check` for an application."""
    match verdict.state:
        case VerdictState.COMPLETE:
            return 0
        case VerdictState.INCOMPLETE:
            return 1
        case VerdictState.TO_REVIEW:
            return 3
        case _:
            assert_never(verdict.state)


def as_json(
    dossier: Dossier, verdict: Verdict, edition: Edition, *, received: bool = True
) -> dict[str, object]:
    """One application, checked.

    Args:
        received: whether anything says when it was received; where nothing does, the hour is null and
            nothing counts as late.
    """
    received_at = edition.local(dossier.received_at).isoformat(timespec="seconds")
    return {
        "edition": edition.id,
        "verdict": verdict.state.value,
        "organisation": dossier.organisation,
        "received_at": received_at if received else None,
        "on_time": verdict.on_time,
        "documents": [_document(piece) for piece in (*dossier.pieces, *dossier.decorations)],
        "answers": {question: _answer(dossier, question) for question in edition.questions},
        "signatures": {role: _signature(dossier, role) for role in edition.signatories},
        "annexes": {rule.id: _annex(dossier, rule) for rule in edition.annex},
        "findings": [_finding(finding) for finding in verdict.findings],
    }


def not_an_application(edition: Edition, recognition: Recognition) -> dict[str, object]:
    """A mail that is none, and what was seen in it instead."""
    reason = REASONS.get(recognition.kind, REASONS[MailKind.OTHER])
    seen = ", ".join(ground.what for ground in recognition.grounds)
    return {
        "edition": edition.id,
        "verdict": None,
        "not_an_application": True,
        "reason": f"{reason} ({seen})" if seen else reason,
    }


def _document(piece: Piece) -> dict[str, object]:
    return {
        "file": piece.file,
        "sha256": piece.sha256,
        "kind": str(piece.kind),
        "pages": _pages(piece),
        "language": piece.language,
        "year": piece.year,
        "read_by": piece.read_by.value,
        "contained_in": piece.contained_in,
    }


def _pages(piece: Piece) -> int | str | None:
    """How many; or which, as « 9-14 », of a file that holds several things."""
    if piece.first_page is None or piece.last_page is None:
        return piece.pages
    return f"{piece.first_page}-{piece.last_page}"


def _answer(dossier: Dossier, question: str) -> dict[str, object]:
    answer = answer_to(dossier, question)
    return {
        "state": answer.state.value,
        "value": answer.value,
        **_where(answer.place),
        "confidence": _rounded(answer.confidence),
    }


def _signature(dossier: Dossier, role: str) -> dict[str, object]:
    signature = signature_of(dossier, role)
    return {
        "state": signature.state.value,
        "how": signature.how.value if signature.how else None,
        "name": signature.name,
        **_where(signature.place),
        "confidence": _rounded(signature.confidence),
    }


def _annex(dossier: Dossier, rule: AnnexRule) -> dict[str, object]:
    """State and files, and the years of annexes that are asked for by year."""
    annex = annex_of(dossier, rule.id)
    files = list(dict.fromkeys(place.file for place in annex.places))
    years = {"years": sorted(set(annex.years))} if rule.closed_years else {}
    return {"state": annex.state.value, "files": files, **years}


def _where(place: Place | None) -> dict[str, object]:
    return {"file": place.file if place else None, "page": place.page if place else None}


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "subject": finding.subject,
        "severity": finding.severity.value,
        "message": finding.message,
    }


def _rounded(confidence: float) -> float:
    return round(confidence, 3)
