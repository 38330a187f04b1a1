"""The reply to an applicant: what was found and where, what was not, what to do, by when, to whom.

One letter for each change that matters: its id comes from the mails judged, the verdict and the findings,
so the same state never gives two. The subject says what to do and never begins as an applicant's own
does, so that an answer to it is not taken for a new dossier by anybody's filter.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.edition import Edition
from data.model import Application, Letter, LetterKind, Submission, VerdictState
from notifier import _inventory, _templates
from notifier._french import join, of, offset, shown, size, span, zone_name
from notifier._inventory import Inventory

REFERENCES_AT_MOST = 20
"""Thread ids kept of a long conversation: the first and the latest ones."""


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    name: str
    told: str
    """« 1,2 Mo, empreinte 1a2b3c4d »."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a mail arrived, with its files."""

    received_at: datetime
    offset: str
    files: tuple[ReceivedFile, ...]


NAME_AT_MOST = 120
"""Signs of a structure's name in a subject: the reference behind it must not be cut off."""


def compose(
    application: Application,
    edition: Edition,
    *,
    mail: Submission,
    now: datetime,
    quiet_s: int,
    rehearsal: bool = False,
) -> Letter:
    """Write the reply to `mail`, the latest of the application's.

    Args:
        quiet_s: how long a letter that asks for something waits for a second part (« 2/2 »).
    """
    recipient = mail.envelope.reply_to or mail.envelope.sender
    if recipient is None:
        raise ValueError("a mail without sender cannot be answered: ask `ingest.may_answer` first")
    supplement = _is_supplement(application, mail, quiet_s)
    complete = application.verdict.state is VerdictState.COMPLETE
    brought = _files_of(application, mail) if supplement and not complete else None
    stock = _inventory.take(application.dossier, application.verdict, edition, files=brought)
    subject = subject_of(application, edition, stock, rehearsal=rehearsal)
    values = _values(application, edition, mail, stock, now) | {
        "subject": subject,
        "supplement": supplement,
        "complete": complete,
        "rehearsal": rehearsal,
        "received_what": _received_what(application, mail, stock, supplement),
        "receipts": tuple(_receipts(application, edition, mail, supplement)),
    }
    cause = cause_of(application)
    return Letter(
        id=hashlib.sha256(cause.encode()).hexdigest()[:32],
        kind=LetterKind.REPLY,
        cause=cause,
        recipient=recipient,
        subject=subject,
        text=_templates.as_text("reply", values),
        html=_templates.as_html("reply", values),
        composed_at=now,
        not_before=now if complete else max(now, mail.received_at + timedelta(seconds=quiet_s)),
        application=application.reference,
        in_reply_to=mail.envelope.message_id,
        references=_thread(mail),
    )


def cause_of(application: Application) -> str:
    """What makes this letter: the mails judged, the verdict and its grounds."""
    verdict = application.verdict
    grounds = sorted(f"{f.code} {f.subject} {f.severity}" for f in verdict.findings)
    judged = "\n".join([*sorted(application.mails), verdict.state, str(verdict.on_time), *grounds])
    fingerprint = hashlib.sha256(judged.encode()).hexdigest()[:24]
    return f"reply/{application.reference}/{fingerprint}"


def subject_of(
    application: Application, edition: Edition, stock: Inventory, *, rehearsal: bool = False
) -> str:
    """« À compléter – Dossier de candidature – COOPCITY 2026 – La Remise [BL26-K7Q3M] ».

    The reference stands in it because an answer without thread, or a bounce that quotes only our subject,
    finds its application by nothing else.
    """
    if application.verdict.state is VerdictState.COMPLETE:
        does = "Bien reçu et complet"
    elif stock.remains:
        does = "À compléter"
    else:
        does = "Bien reçu, en cours de vérification"
    name = shown(application.organisation or "")[:NAME_AT_MOST]
    asked = edition.mail.subject.replace(edition.mail.placeholder, name).strip(" –-")
    return f"{'[TEST] ' if rehearsal else ''}{does} – {asked} [{application.reference}]"


def _values(
    application: Application, edition: Edition, mail: Submission, stock: Inventory, now: datetime
) -> dict[str, object]:
    return {
        "stock": stock,
        "to_send": tuple(_to_send(stock, edition)),
        "sendable": any(item.sendable for item in stock.doubts),
        "late": not application.verdict.on_time,
        "closed": not edition.is_on_time(now),
        "received_at": edition.local(mail.received_at),
        "deadline": edition.local(edition.dates.deadline),
        "decision": edition.dates.decision,
        "window": span(edition.calls.first, edition.calls.last),
        "zone": zone_name(edition.programme.tz),
        "reference": application.reference,
        "officer": edition.officer,
        "organisation": edition.programme.organisation,
        "addresses": edition.mail.addresses,
    }


def _to_send(stock: Inventory, edition: Edition) -> Iterator[str]:
    """The things to attach, as few as there are: who completes the form signs it at the same time."""
    roles = [of(signatory.label) for signatory in edition.signatory]
    unsigned = [item.what.removeprefix("la signature ") for item in stock.absent_signatures]
    if stock.no_form or stock.empty_form:
        signed = f", avec la signature {join(roles)}" if roles else ""
        yield f"le formulaire complété{signed}"
    elif stock.absent_answers:
        signed = f", avec la signature {join(unsigned)}" if unsigned else ""
        yield f"le formulaire complété, en entier{signed}"
    elif unsigned:
        yield f"la page signée, avec la signature {join(unsigned)} (un scan ou une photo suffit)"
    yield from (item.what if not item.told else f"{item.what} ({item.told})" for item in stock.absent_annexes)
    yield from stock.other


# ---------------------------------------------------------------- which mails it speaks of


def _is_supplement(application: Application, mail: Submission, quiet_s: int) -> bool:
    """Whether an earlier mail was already answered: parts of one sending are told together."""
    earlier = [each for each in application.dossier.mails if each.mail != mail.mail]
    waited = mail.received_at - timedelta(seconds=quiet_s)
    return bool(earlier) and all(each.received_at < waited for each in earlier)


def _received_what(application: Application, mail: Submission, stock: Inventory, supplement: bool) -> str:
    if supplement:
        return "votre complément"
    if stock.no_form:
        return "votre message"
    return "votre dossier de candidature" if len(application.mails) == 1 else "la suite de votre dossier"


def _files_of(application: Application, mail: Submission) -> frozenset[str]:
    pieces = {piece.file for piece in application.dossier.pieces if piece.mail == mail.mail}
    return frozenset(pieces | {attachment.name for attachment in mail.envelope.attachments})


def _receipts(
    application: Application, edition: Edition, mail: Submission, supplement: bool
) -> Iterator[Receipt]:
    """The mail's own; where nothing was answered yet, those of the earlier parts before it."""
    for facts in sorted(application.dossier.mails, key=lambda each: (each.received_at, each.mail)):
        if facts.mail != mail.mail and not supplement:
            yield _receipt(facts.received_at, tuple(_kept_files(application, facts.mail)), edition)
    yield _receipt(mail.received_at, tuple(_mail_files(mail)), edition)


def _receipt(received_at: datetime, files: Sequence[ReceivedFile], edition: Edition) -> Receipt:
    local = edition.local(received_at)
    return Receipt(local, offset(local), tuple(files))


def _mail_files(mail: Submission) -> Iterator[ReceivedFile]:
    for each in mail.envelope.attachments:
        yield ReceivedFile(
            _named(each.name, each.contained_in),
            f"{size(len(each.content))}, empreinte {each.sha256[:8]}",
        )
    for refused in mail.envelope.refused:
        yield ReceivedFile(_named(refused.name, None), "reçu, pas ouvert automatiquement")


def _kept_files(application: Application, mail: str) -> Iterator[ReceivedFile]:
    seen: set[tuple[str, str]] = set()
    for piece in application.dossier.pieces:
        if piece.mail == mail and (piece.file, piece.sha256) not in seen:
            seen.add((piece.file, piece.sha256))
            told = f"{size(piece.size_bytes)}, empreinte {piece.sha256[:8]}"
            yield ReceivedFile(_named(piece.file, piece.contained_in), told)


def _named(name: str, contained_in: str | None) -> str:
    name = shown(name) or "fichier sans nom"
    return f"{name} (dans {shown(contained_in)})" if contained_in else name


def _thread(mail: Submission) -> tuple[str, ...]:
    thread = [*mail.envelope.references, *([mail.envelope.message_id] if mail.envelope.message_id else [])]
    once = list(dict.fromkeys(thread))
    return tuple(once if len(once) <= REFERENCES_AT_MOST else [once[0], *once[1 - REFERENCES_AT_MOST :]])
