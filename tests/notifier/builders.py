"""Invented applications for the notifier's tests: complete unless told otherwise."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from data.edition import Edition, load, shipped
from data.model import (
    Address,
    Annex,
    AnnexState,
    Answer,
    AnswerState,
    Application,
    Attachment,
    DayBook,
    Dossier,
    Envelope,
    Finding,
    MailFacts,
    PageSource,
    Piece,
    Place,
    Severity,
    Signature,
    SignatureHow,
    SignatureState,
    Submission,
    UnreadReason,
    Verdict,
    VerdictState,
)

RECEIVED = datetime(2026, 9, 10, 14, 42, 7, tzinfo=UTC)
NOW = RECEIVED + timedelta(minutes=2)
FORM = "Dossier La Remise.docx"
QUIET_S = 20 * 60

VALUES = {
    "a1.name": "La Remise",
    "a2.first_name": "Aline",
    "a2.last_name": "Peeters",
    "a2.phone": "0470 12 34 56",
    "a2.birth_date": "1987-03-02",
    "a2.gender": "femme",
    "a2.education": "supérieur de type court",
    "a2.email": "aline@laremise.example",
}
PAGES = {"a1": 2, "a2": 2, "a3": 3, "ba": 3, "bb": 4, "bc": 5, "d1": 6, "d2": 6, "e": 7, "s": 8}


@cache
def edition() -> Edition:
    """The shipped edition."""
    return load(shipped()["blossom-2026"])


def sha(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def an_answer(
    id: str, state: AnswerState = AnswerState.ANSWERED, *, reason: str = "", value: str | None = None
) -> Answer:
    section = next(s.id for s in edition().section if any(q.id == id for q in s.question))
    words = value or VALUES.get(id, "réponse") if state is AnswerState.ANSWERED else value
    return Answer(id, state, words, Place(FORM, PAGES[section]), 0.99, reason)


def a_piece(file: str, kind: str, **more: object) -> Piece:
    mail = str(more.pop("mail", "mail-1"))
    size = int(str(more.pop("size_bytes", 248_000)))
    piece = Piece(file, sha(file), size, kind, mail, RECEIVED, read_by=PageSource.TEXT)
    return replace(piece, **more)  # type: ignore[arg-type]  # a test's keywords are the nouns' own


def a_dossier(
    *,
    answers: Mapping[str, Answer] | None = None,
    signatures: Mapping[str, Signature] | None = None,
    annexes: Mapping[str, Annex] | None = None,
    pieces: Sequence[Piece] | None = None,
    mails: Sequence[MailFacts] | None = None,
    organisation: str | None = "La Remise",
    has_form: bool = True,
    template_blank: bool = False,
    received_at: datetime = RECEIVED,
) -> Dossier:
    """A complete dossier, with what is given in place of what it would have."""
    whole = {
        "statutes": Annex("statutes", AnnexState.PRESENT, (Place("annexes.pdf", 1),)),
        "activity_report": Annex("activity_report", AnnexState.PRESENT, (Place("annexes.pdf", 14),)),
        "accounts": Annex(
            "accounts",
            AnnexState.PRESENT,
            (Place("Comptes 2024.pdf"), Place("Comptes 2025.pdf")),
            (2024, 2025),
        ),
        "cv": Annex("cv", AnnexState.PRESENT, (Place("CV.pdf"),)),
    }
    signed = {
        role: Signature(role, SignatureState.SIGNED, SignatureHow.IMAGE, None, Place(FORM, 8), 0.97)
        for role in edition().signatories
    }
    files = (
        a_piece(FORM, "dossier", pages=8, size_bytes=182_400),
        a_piece("annexes.pdf", "statutes", first_page=1, last_page=13, pages=22, size_bytes=1_214_000),
        a_piece(
            "annexes.pdf", "activity_report", first_page=14, last_page=22, pages=22, size_bytes=1_214_000
        ),
        a_piece("Comptes 2024.pdf", "accounts", pages=12, year=2024),
        a_piece("Comptes 2025.pdf", "accounts", pages=11, year=2025),
        a_piece("CV.pdf", "cv", pages=1, size_bytes=48_000),
    )
    return Dossier(
        edition=edition().id,
        organisation=organisation,
        received_at=received_at,
        mails=tuple(mails) if mails is not None else (a_mail_fact(received_at=received_at),),
        pieces=tuple(pieces) if pieces is not None else files,
        answers={id: an_answer(id) for id in edition().questions} | dict(answers or {}),
        signatures=signed | dict(signatures or {}),
        annexes=whole | dict(annexes or {}),
        has_form=has_form,
        template_blank=template_blank,
    )


def a_mail_fact(mail: str = "mail-1", **more: object) -> MailFacts:
    facts = MailFacts(
        mail=mail,
        received_at=RECEIVED,
        claimed_at=RECEIVED,
        sender=Address("Aline Peeters", "aline@laremise.example"),
        subject="Dossier de candidature – COOPCITY 2026 – La Remise",
        recipients=("matthias@coopcity.be", "info@coopcity.be"),
    )
    return replace(facts, **more)  # type: ignore[arg-type]  # as above


def a_finding(code: str, subject: str = "", severity: Severity | None = None, **more: object) -> Finding:
    missing = ("missing", "blank", "not_found", "typed_name", "partial", "template_blank")
    usual = Severity.BLOCKING if code.endswith(missing) else Severity.REVIEW
    return replace(Finding(code, subject, severity or usual), **more)  # type: ignore[arg-type]  # as above


def a_verdict(*findings: Finding, state: VerdictState | None = None, on_time: bool = True) -> Verdict:
    if state is None:
        blocking = any(f.severity is Severity.BLOCKING for f in findings)
        review = any(f.severity is Severity.REVIEW for f in findings)
        state = (
            VerdictState.INCOMPLETE
            if blocking
            else VerdictState.TO_REVIEW
            if review
            else VerdictState.COMPLETE
        )
    return Verdict(state, on_time, findings)


def an_application(
    dossier: Dossier | None = None,
    verdict: Verdict | None = None,
    *,
    reference: str = "BL26-K7Q3M",
    organisation: str | None = "La Remise",
    received_at: datetime = RECEIVED,
) -> Application:
    dossier = dossier or a_dossier(organisation=organisation, received_at=received_at)
    return Application(
        reference=reference,
        edition=edition().id,
        organisation=dossier.organisation,
        first_received_at=min((each.received_at for each in dossier.mails), default=received_at),
        received_at=dossier.received_at,
        mails=tuple(each.mail for each in dossier.mails),
        message_ids=("1@laremise.example",),
        senders=("aline@laremise.example",),
        enterprise_number=None,
        dossier=dossier,
        verdict=verdict or a_verdict(),
        version=len(dossier.mails),
    )


def a_submission(
    mail: str = "mail-1", *, received_at: datetime = RECEIVED, files: Mapping[str, int] | None = None
) -> Submission:
    """A mail with files of these sizes."""
    sizes = files if files is not None else {
        FORM: 182_400,
        "annexes.pdf": 1_214_000,
        "Comptes 2024.pdf": 248_000,
        "Comptes 2025.pdf": 248_000,
        "CV.pdf": 48_000,
    }  # fmt: skip
    attachments = tuple(Attachment(name, "", b"x" * size, sha(name)) for name, size in sizes.items())
    envelope = Envelope(
        message_id=f"<{mail}@laremise.example>",
        in_reply_to=None,
        references=("<earlier@laremise.example>",),
        sender=Address("Aline Peeters", "aline@laremise.example"),
        reply_to=None,
        recipients=(Address("", "matthias@coopcity.be"),),
        subject="Dossier de candidature – COOPCITY 2026 – La Remise",
        claimed_at=received_at,
        text="Bonjour, voici notre dossier.",
        attachments=attachments,
    )
    return Submission(mail, received_at, envelope)


def without_answers(*ids: str, state: AnswerState = AnswerState.BLANK) -> dict[str, Answer]:
    return {id: an_answer(id, state) for id in ids}


def unsigned(role: str, *, typed: bool = False) -> dict[str, Signature]:
    return {role: Signature(role, SignatureState.MISSING, place=Place(FORM, 8), typed_name=typed)}


def without_annex(id: str) -> dict[str, Annex]:
    return {id: Annex(id, AnnexState.MISSING)}


def forgetful(**more: object) -> Application:
    """Who forgot the activity report and one signature."""
    dossier = a_dossier(annexes=without_annex("activity_report"), signatures=unsigned("administrator"))
    verdict = a_verdict(
        a_finding("signature.missing", "administrator"), a_finding("annex.missing", "activity_report")
    )
    return replace(an_application(dossier, verdict), **more)  # type: ignore[arg-type]  # as above


def encrypted() -> Application:
    """Whose CV is protected by a password."""
    dossier = a_dossier(
        annexes={
            "cv": Annex("cv", AnnexState.UNCLEAR, (Place("CV.pdf"),), reason="peut-être dans « CV.pdf »")
        },
        pieces=(
            *a_dossier().pieces[:-1],
            a_piece("CV.pdf", "unreadable", unread=UnreadReason.ENCRYPTED, size_bytes=48_000),
        ),
    )
    verdict = a_verdict(a_finding("document.encrypted", "CV.pdf"), a_finding("annex.unclear", "cv"))
    return an_application(dossier, verdict)


def a_day_book(**more: object) -> DayBook:
    book = DayBook(
        day=datetime(2026, 9, 10, tzinfo=UTC).date(),
        since=datetime(2026, 9, 9, 6, tzinfo=UTC),
        until=datetime(2026, 9, 10, 6, tzinfo=UTC),
        applications=(),
        events=(),
        letters=(),
        calls=(),
        shelf=(),
        inboxes=(),
    )
    return replace(book, **more)  # type: ignore[arg-type]  # as above
