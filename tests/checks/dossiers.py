"""Dossiers as the parsers would hand them over: complete by default, changed by keyword.

Two editions: BLOSSOM, and an invented one that has nothing in common with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from data.edition import Edition, Question, QuestionKind, load, shipped
from data.model import (
    Address,
    Annex,
    AnnexState,
    Answer,
    AnswerState,
    DocumentKind,
    Dossier,
    MailFacts,
    PageSource,
    Piece,
    Place,
    Signature,
    SignatureHow,
    SignatureState,
)

VERGER = Path(__file__).parents[1] / "editions" / "verger-2031.toml"
FORM = "Dossier.pdf"
MAIL = "0f" * 32


@cache
def blossom() -> Edition:
    """The edition that is shipped."""
    return load(shipped()["blossom-2026"])


@cache
def verger() -> Edition:
    """Another programme: other questions, annexes, dates, zone, scale; one signature, one address."""
    return load(VERGER)


def in_time(edition: Edition) -> datetime:
    """Four days before the deadline."""
    return (edition.dates.deadline - timedelta(days=4)).astimezone(UTC)


def a_dossier(
    edition: Edition | None = None,
    *,
    answers: Mapping[str, Answer | AnswerState | str | int] | None = None,
    signatures: Mapping[str, Signature | SignatureState] | None = None,
    annexes: Mapping[str, Annex | AnnexState] | None = None,
    pieces: Sequence[Piece] | None = None,
    more_pieces: Sequence[Piece] = (),
    mails: Sequence[MailFacts] | None = None,
    received_at: datetime | None = None,
    **changes: Any,
) -> Dossier:
    """A complete dossier, but for what is said.

    Args:
        answers: by question: a value, a state, or the whole answer.
        signatures: by signatory: a state, or the whole signature.
        annexes: by annex: a state, or the whole annex.
        more_pieces: files beside the usual ones.
        changes: any other field of `Dossier`.
    """
    edition = edition or blossom()
    received_at = received_at or in_time(edition)
    usual = [a_piece(FORM, DocumentKind.DOSSIER, received_at=received_at, pages=8)]
    usual += [a_piece(f"{rule.id}.pdf", rule.id, received_at=received_at) for rule in edition.annex]
    organisation = edition.fields.organisation
    return replace(
        Dossier(
            edition=edition.id,
            organisation=str(_value(edition.questions[organisation], edition)),
            received_at=received_at,
            mails=tuple([a_mail_fact(edition, received_at=received_at)] if mails is None else mails),
            pieces=(*(usual if pieces is None else pieces), *more_pieces),
            answers=dict(_answers(edition, answers or {})),
            signatures=dict(_signatures(edition, signatures or {})),
            annexes=dict(_annexes(edition, annexes or {})),
            has_form=True,
        ),
        **changes,
    )


def a_piece(file: str, kind: str = DocumentKind.OTHER, **changes: Any) -> Piece:
    """A file of three pages, read as text; `unread` makes it unreadable."""
    if "unread" in changes:
        kind = DocumentKind.UNREADABLE
    piece = Piece(
        file=file,
        sha256=sha256(file.encode("utf-8", "surrogatepass")).hexdigest(),
        size_bytes=12_345,
        kind=kind,
        mail=MAIL,
        received_at=in_time(blossom()),
        pages=3,
        language="fr",
        read_by=PageSource.TEXT,
    )
    return replace(piece, **changes)


def a_mail_fact(edition: Edition | None = None, **changes: Any) -> MailFacts:
    """A mail sent as the form asks."""
    edition = edition or blossom()
    subject = edition.mail.subject.replace(edition.mail.placeholder, "La Remise")
    fact = MailFacts(
        mail=MAIL,
        received_at=in_time(edition),
        claimed_at=in_time(edition),
        sender=Address("Aline Peeters", "aline@laremise.example"),
        subject=subject,
        recipients=edition.mail.addresses,
    )
    return replace(fact, **changes)


def _answers(
    edition: Edition, said: Mapping[str, Answer | AnswerState | str | int]
) -> Iterable[tuple[str, Answer]]:
    for question in edition.questions.values():
        match said.get(question.id, _value(question, edition)):
            case Answer() as answer:
                yield question.id, answer
            case AnswerState() as state:
                yield question.id, Answer(question.id, state, place=Place(FORM, 2), confidence=0.97)
            case value:
                yield (
                    question.id,
                    Answer(question.id, AnswerState.ANSWERED, value, Place(FORM, 2), 0.99, lines=1),
                )


def _value(question: Question, edition: Edition) -> str | int:
    names = {s.name_question: f"Personne {s.id.title()}" for s in edition.signatory}
    if question.id in names:
        return names[question.id]
    if question.id == edition.eligibility.address_question:
        return f"Rue du Moulin 12, {edition.eligibility.postcodes[0]}"
    usual: dict[QuestionKind, str | int] = {
        QuestionKind.NUMBER: "4,5",
        QuestionKind.DATE: "2015-03-02",
        QuestionKind.PHONE: "0496 24 65 66",
        QuestionKind.EMAIL: "aline@laremise.example",
        QuestionKind.ENTERPRISE_NUMBER: "0419.618.535",
        QuestionKind.SCALE: 4,
        QuestionKind.YES_NO: "Non",
    }
    return usual.get(question.kind, f"La Remise répond : {question.label}")


def _signatures(
    edition: Edition, said: Mapping[str, Signature | SignatureState]
) -> Iterable[tuple[str, Signature]]:
    for signatory in edition.signatory:
        match said.get(signatory.id, SignatureState.SIGNED):
            case Signature() as signature:
                yield signatory.id, signature
            case state:
                how = SignatureHow.INK if state is SignatureState.SIGNED else None
                name = f"Personne {signatory.id.title()}" if how else None
                yield signatory.id, Signature(signatory.id, state, how, name, Place(FORM, 8), 0.97)


def _annexes(edition: Edition, said: Mapping[str, Annex | AnnexState]) -> Iterable[tuple[str, Annex]]:
    for rule in edition.annex:
        match said.get(rule.id, AnnexState.PRESENT):
            case Annex() as annex:
                yield rule.id, annex
            case state:
                last = edition.dates.deadline.year
                years = tuple(range(last - rule.closed_years, last))
                found = (Place(f"{rule.id}.pdf"),) if state is AnnexState.PRESENT else ()
                yield rule.id, Annex(rule.id, state, found, years if found else ())
