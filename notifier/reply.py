"""The reply to an applicant: what was found and where, what was not, what to do, by when, to whom.

One letter for each change that matters: its id comes from the mails judged, the verdict and the findings,
so the same state never gives two. The subject says what to do and never begins as an applicant's own
does, so that an answer to it is not taken for a new dossier by anybody's filter.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.edition import Edition
from data.model import Application, Letter, LetterKind, Submission, VerdictState
from notifier import _inventory, _templates
from notifier._french import offset, shown
from notifier._inventory import Inventory
from notifier._tongue import Tongue, speak
from notifier.rulings import is_let_in

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
    again: bool = False,
) -> Letter:
    """Write the reply to `mail`, the latest of the application's.

    Args:
        quiet_s: how long a letter that asks for something waits for a second part (« 2/2 »).
        again: the mail brings only what was there before.
    """
    recipient = mail.envelope.reply_to or mail.envelope.sender
    if recipient is None:
        raise ValueError("a mail without sender cannot be answered: ask `ingest.may_answer` first")
    tongue = speak(application.language)
    supplement = again or _is_supplement(application, mail, quiet_s)
    complete = application.verdict.state is VerdictState.COMPLETE
    brought = _files_of(application, mail) if supplement and not complete else None
    told = frozenset[str]() if again else brought
    stock = _inventory.take(application.dossier, application.verdict, edition, files=told, tongue=tongue)
    subject = subject_of(application, edition, does_of(application, stock), tongue)
    part, awaits = _part_of(application, mail)
    what = _what_came(application, stock, supplement=supplement, again=again)
    values = common_values(application, edition, stock, now, tongue) | {
        "subject": subject,
        "received_at": edition.local(mail.received_at),
        "received_what": tongue.what_came(what, part if what in WHOLE else None),
        "receipts": tuple(_receipts(application, edition, mail, supplement, tongue)),
        "supplement": supplement,
        "again": again,
        "awaits": awaits,
        "complete": complete,
        "late": not (application.verdict.on_time or is_let_in(application)),
        "after": application.verdict.on_time and not edition.is_on_time(mail.received_at),
        "sendable": any(item.sendable for item in stock.doubts),
    }
    cause = cause_of(application)
    return Letter(
        id=id_of(cause),
        kind=LetterKind.REPLY,
        cause=cause,
        recipient=recipient,
        subject=subject,
        text=_templates.as_text("reply", values, tongue.CODE),
        html=_templates.as_html("reply", values, tongue.CODE),
        composed_at=now,
        not_before=now if complete else max(now, mail.received_at + timedelta(seconds=quiet_s)),
        application=application.reference,
        in_reply_to=mail.envelope.message_id,
        references=_thread(mail),
        language=tongue.CODE,
    )


def id_of(cause: str) -> str:
    """The id of the letter that a cause makes."""
    return hashlib.sha256(cause.encode()).hexdigest()[:32]


def cause_of(application: Application) -> str:
    """What makes this letter: the mails judged, the verdict and its grounds."""
    verdict = application.verdict
    grounds = sorted(f"{f.code} {f.subject} {f.severity}" for f in verdict.findings)
    judged = "\n".join([*sorted(application.mails), verdict.state, str(verdict.on_time), *grounds])
    fingerprint = hashlib.sha256(judged.encode()).hexdigest()[:24]
    return f"reply/{application.reference}/{fingerprint}"


def subject_of(application: Application, edition: Edition, does: str, tongue: Tongue) -> str:
    """« À compléter – Dossier de candidature – COOPCITY 2026 – La Remise [BL26-K7Q3M] ».

    The reference stands in it because an answer without thread, or a bounce that quotes only our subject,
    finds its application by nothing else.
    """
    name = shown(application.organisation or "")[:NAME_AT_MOST]
    asked = edition.mail.subject.replace(edition.mail.placeholder, name).strip(" –-")
    test = "[TEST] " if application.rehearsal else ""
    return f"{test}{tongue.SUBJECTS[does]} – {asked} [{application.reference}]"


def does_of(application: Application, stock: Inventory) -> str:
    """What a reply comes to."""
    if application.verdict.state is VerdictState.COMPLETE:
        return "complete"
    return "incomplete" if stock.remains else "doubtful"


def common_values(
    application: Application, edition: Edition, stock: Inventory, now: datetime, tongue: Tongue
) -> dict[str, object]:
    """What every letter to an applicant may speak of."""
    return {
        "stock": stock,
        "to_send": tuple(_to_send(stock, edition, tongue)),
        "rehearsal": application.rehearsal,
        "closed": not edition.is_on_time(now),
        "deadline": edition.local(edition.dates.deadline),
        "decision": edition.dates.decision,
        "window": tongue.span(edition.calls.first, edition.calls.last),
        "zone": tongue.zone_name(edition.programme.tz),
        "reference": application.reference,
        "programme": edition.programme,
        "officer": edition.officer,
        "role": tongue.role(edition.officer.role, edition.languages.get(tongue.CODE)),
        "organisation": edition.programme.organisation,
        "addresses": edition.mail.addresses,
    }


def _to_send(stock: Inventory, edition: Edition, tongue: Tongue) -> Iterator[str]:
    """The things to attach, as few as there are: who completes the form signs it at the same time."""
    own = edition.languages[tongue.CODE].labels if tongue.CODE in edition.languages else {}
    if stock.no_form or stock.empty_form:
        roles = [tongue.labelled(each.label, "", own.get(each.id)) for each in edition.signatory]
        yield tongue.filled_form(False, roles)
    elif stock.absent_answers:
        yield tongue.filled_form(True, stock.unsigned)
    elif stock.unsigned:
        yield tongue.signed_page(stock.unsigned)
    yield from (f"{item.name} ({item.told})" if item.told else item.name for item in stock.absent_annexes)
    yield from stock.other


# ---------------------------------------------------------------- which mails it speaks of


def _is_supplement(application: Application, mail: Submission, quiet_s: int) -> bool:
    """Whether an earlier mail was already answered: parts of one sending are told together."""
    earlier = [each for each in application.dossier.mails if each.mail != mail.mail]
    waited = mail.received_at - timedelta(seconds=quiet_s)
    return bool(earlier) and all(each.received_at < waited for each in earlier)


def _what_came(application: Application, stock: Inventory, *, supplement: bool, again: bool) -> str:
    if again:
        return "again"
    if supplement:
        return "supplement"
    if stock.no_form:
        return "message"
    return "dossier" if len(application.mails) == 1 else "sequel"


WHOLE = frozenset({"message", "dossier", "sequel"})
"""What may be a part of something that was sent in several mails."""
_PART = re.compile(r"(?<![\d/.,])([1-9])\s*(?:/|sur|de|of|van|op)\s*([2-5])(?![\d/.,])", re.IGNORECASE)


def _part_of(application: Application, mail: Submission) -> tuple[tuple[int, int] | None, bool]:
    """« 1/2 » as the subject says it, and whether other parts have not come yet."""
    told = {facts.mail: _part(facts.subject) for facts in application.dossier.mails}
    part = told.get(mail.mail) or _part(mail.envelope.subject)
    if part is None:
        return None, False
    came = {each[0] for each in (*told.values(), part) if each and each[1] == part[1]}
    return part, len(came) < part[1]


def _part(subject: str) -> tuple[int, int] | None:
    found = [(int(a), int(b)) for a, b in _PART.findall(subject)]
    return next(((part, of) for part, of in found if part <= of), None)


def _files_of(application: Application, mail: Submission) -> frozenset[str]:
    pieces = {piece.file for piece in application.dossier.pieces if piece.mail == mail.mail}
    return frozenset(pieces | {attachment.name for attachment in mail.envelope.attachments})


def _receipts(
    application: Application, edition: Edition, mail: Submission, supplement: bool, tongue: Tongue
) -> Iterator[Receipt]:
    """The mail's own; where nothing was answered yet, those of the earlier parts before it."""
    for facts in sorted(application.dossier.mails, key=lambda each: (each.received_at, each.mail)):
        if facts.mail != mail.mail and not supplement:
            yield _receipt(facts.received_at, tuple(_kept_files(application, facts.mail, tongue)), edition)
    yield _receipt(mail.received_at, tuple(_mail_files(mail, tongue)), edition)


def _receipt(received_at: datetime, files: Sequence[ReceivedFile], edition: Edition) -> Receipt:
    local = edition.local(received_at)
    return Receipt(local, offset(local), tuple(files))


def _mail_files(mail: Submission, tongue: Tongue) -> Iterator[ReceivedFile]:
    for each in mail.envelope.attachments:
        told = tongue.received_file(tongue.size(len(each.content)), each.sha256[:8])
        yield ReceivedFile(_named(each.name, each.contained_in, tongue), told)
    for refused in mail.envelope.refused:
        yield ReceivedFile(_named(refused.name, None, tongue), tongue.not_opened())


def _kept_files(application: Application, mail: str, tongue: Tongue) -> Iterator[ReceivedFile]:
    seen: set[tuple[str, str]] = set()
    for piece in application.dossier.pieces:
        if piece.mail == mail and (piece.file, piece.sha256) not in seen:
            seen.add((piece.file, piece.sha256))
            told = tongue.received_file(tongue.size(piece.size_bytes), piece.sha256[:8])
            yield ReceivedFile(_named(piece.file, piece.contained_in, tongue), told)


def _named(name: str, contained_in: str | None, tongue: Tongue) -> str:
    name = shown(name) or tongue.unnamed()
    return tongue.contained(name, shown(contained_in)) if contained_in else name


def _thread(mail: Submission) -> tuple[str, ...]:
    thread = [*mail.envelope.references, *([mail.envelope.message_id] if mail.envelope.message_id else [])]
    once = list(dict.fromkeys(thread))
    return tuple(once if len(once) <= REFERENCES_AT_MOST else [once[0], *once[1 - REFERENCES_AT_MOST :]])
