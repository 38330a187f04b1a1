"""What one more mail makes of an application: the record, its reference, and what the officer is told."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from checks import judge
from data.edition import Edition
from data.model import (
    AnswerState,
    Application,
    Dossier,
    Event,
    EventKind,
    Finding,
    Matter,
    Ruling,
    Severity,
    Submission,
    Verdict,
    VerdictState,
)
from ingest.language import language_of
from notifier.rulings import LATE, evidence, fingerprint, is_let_in, ruling_on

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a reference survives the telephone."""


def reference_of(mail: str, edition: Edition) -> str:
    """Our reference, from the identity of an application's first mail: the same at every replay."""
    number = int.from_bytes(hashlib.sha256(mail.encode()).digest()[:8], "big")
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(0, 25, 5))
    return f"{edition.programme.reference_prefix}-{letters}"


def update(
    before: Application | None,
    by: Submission,
    dossier: Dossier,
    verdict: Verdict,
    edition: Edition,
    testers: Collection[str] = (),
) -> Application:
    """The application with this mail in it; what is new opens one again that was withdrawn.

    Args:
        testers: addresses whose new applications are rehearsals.
    """
    field = edition.fields.enterprise_number
    number = dossier.answers.get(field) if field else None
    sender = by.envelope.sender
    after = Application(
        reference=before.reference if before else reference_of(by.mail, edition),
        edition=edition.id,
        organisation=dossier.organisation or (before.organisation if before else None),
        first_received_at=min(by.received_at, before.first_received_at) if before else by.received_at,
        received_at=dossier.received_at,
        mails=_added(before.mails if before else (), by.mail),
        message_ids=_added(before.message_ids if before else (), by.envelope.message_id),
        senders=_added(before.senders if before else (), sender.email.lower() if sender else None),
        enterprise_number=str(number.value) if number and number.value else None,
        dossier=dossier,
        verdict=verdict,
        version=before.version + 1 if before else 1,
        language=language_for(before, by, dossier, edition),
        rulings=before.rulings if before else (),
        rehearsal=before.rehearsal if before else bool(sender and sender.email.lower() in testers),
    )
    left = before.withdrawn_at if before and not brings_something(before, after) else None
    return replace(after, withdrawn_at=left)


def language_for(before: Application | None, by: Submission, dossier: Dossier, edition: Edition) -> str:
    """In which language to write: the mail's own, else as before, else that of the answers."""
    said = language_of(by.envelope.text) or (before.language if before else language_of(_answers(dossier)))
    return said if said in edition.languages else edition.programme.language


def _answers(dossier: Dossier) -> str:
    """What the applicant wrote into the form."""
    answered = (a for a in dossier.answers.values() if a.state is AnswerState.ANSWERED)
    return "\n".join(a.value for a in answered if isinstance(a.value, str))


def as_ruled(judged: Application, edition: Edition) -> Application:
    """The application with its verdict as the officer's word makes it: what was said stands at every run.

    Args:
        judged: the application with the verdict of the checks alone.
    """
    if not judged.rulings:
        return judged
    rulings = tuple(
        replace(each, lapsed=not _holds(each, evidence(judged, each.matter, edition)))
        for each in judged.rulings
    )
    ruled = replace(judged, rulings=rulings)
    settled = tuple(each for each in judged.verdict.findings if _is_settled(each, ruled))
    left = tuple(each for each in judged.verdict.findings if each not in settled)
    state = _state(ruled, left, edition)
    return replace(ruled, verdict=replace(judged.verdict, state=state, findings=left, settled=settled))


def _holds(ruling: Ruling, seen: tuple[str, ...]) -> bool:
    """Whether what is there now is what the officer spoke of; of what was refused, neither more nor less."""
    if ruling.matter is Matter.DOUBTS and not ruling.accepted:
        return seen == ruling.seen
    return set(seen) <= set(ruling.seen)


def _is_settled(finding: Finding, ruled: Application) -> bool:
    """Found in order. A new doubt is asked about; those that the officer has seen stay settled."""
    if finding.code == LATE:
        return is_let_in(ruled)
    looked = next((each for each in ruled.rulings if each.matter is Matter.DOUBTS and each.accepted), None)
    review = finding.severity is Severity.REVIEW
    return looked is not None and review and fingerprint(finding, ruled) in looked.seen


def _state(ruled: Application, left: Sequence[Finding], edition: Edition) -> VerdictState:
    """What the dossier comes to, by what the officer counts and has looked at."""
    state = ruled.verdict.state
    late, looked = (ruling_on(ruled, matter) for matter in Matter)
    if is_let_in(ruled):
        state = judge(replace(ruled.dossier, received_at=edition.dates.deadline), edition).state
    elif late and not late.accepted and ruled.at_deadline:
        state = ruled.at_deadline
    if state is not VerdictState.TO_REVIEW or looked is None:
        return state
    if not looked.accepted:
        return VerdictState.INCOMPLETE
    doubtful = any(each.severity is Severity.REVIEW for each in left)
    return VerdictState.TO_REVIEW if doubtful else VerdictState.COMPLETE


def brings_something(before: Application | None, after: Application) -> bool:
    """Whether the mail changed what is in the application, not only how many mails it has."""
    if before is None:
        return True
    return _content(before) != _content(after)


def _content(application: Application) -> object:
    dossier = application.dossier
    files = frozenset((piece.sha256, piece.first_page) for piece in dossier.pieces)
    links = frozenset(host for mail in dossier.mails for host in mail.links)
    return files, links, dossier.answers, dossier.signatures


def what_happened(
    by: Submission,
    before: Application | None,
    after: Application,
    edition: Edition,
    suppressed: str | None,
    held: str | None = None,
) -> Iterator[Event]:
    """The lines that the next digest has to say of this mail."""
    state = STATES[after.verdict.state]
    was_complete = before is not None and before.verdict.state is VerdictState.COMPLETE
    if before is None:
        yield _event(by, EventKind.RECEIVED, after, f"Nouvelle candidature : {state}.")
    elif not brings_something(before, after):
        yield _event(by, EventKind.QUESTION, after, "A écrit sans rien joindre de nouveau : à lire.")
    elif after.verdict.state is VerdictState.COMPLETE and not was_complete:
        yield _event(by, EventKind.COMPLETED, after, "Le dossier est maintenant complet.")
    else:
        yield _event(by, EventKind.CHANGED, after, f"Complément reçu : {state}.")
    if after.at_deadline and not edition.is_on_time(by.received_at) and brings_something(before, after):
        told = f"Reçu après l'échéance : la candidature était alors {STATES[after.at_deadline]}."
        yield _event(by, EventKind.AFTER_DEADLINE, after, told)
    if suppressed and brings_something(before, after):
        yield _event(by, EventKind.NOT_ANSWERED, after, f"Pas de réponse automatique : {suppressed}.")
    if held:
        yield _event(by, EventKind.NOT_ANSWERED, after, f"Lettre à relire et à libérer : {held}.")


STATES = {
    VerdictState.COMPLETE: "complète",
    VerdictState.INCOMPLETE: "à compléter",
    VerdictState.TO_REVIEW: "à vérifier",
}


def _event(by: Submission, kind: EventKind, application: Application, detail: str) -> Event:
    return Event(at=by.received_at, kind=kind, application=application.reference, detail=detail)


def _added(known: tuple[str, ...], new: str | None) -> tuple[str, ...]:
    return known if new is None or new in known else (*known, new)
