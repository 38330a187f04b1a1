"""The whole story of a mail, in order. Read this first.

Pure: a mail, what is known, the edition and the tools in; an `Outcome` out. `jobs.take` keeps the mail
before and the outcome after; nothing here touches store, mailbox or clock.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import parsers
from checks import judge
from data.edition import Edition
from data.model import (
    Application,
    Document,
    Dossier,
    Envelope,
    Event,
    EventKind,
    MailKind,
    Outcome,
    RawMail,
    Recognition,
    Submission,
    Unread,
    VerdictState,
)
from desk.applications import as_ruled, brings_something, update, what_happened
from ingest.authentication import sender_verified
from ingest.link import Ambiguous, link, writer_of
from ingest.recognise import may_answer, recognise
from ingest.returned import is_passing, undelivered
from ingest.wording import part_of
from notifier import reply


@dataclass(frozen=True, slots=True)
class Tools:
    """What reads foreign bytes: in the service each call runs in a process of its own."""

    open_mail: Callable[[bytes], Envelope]
    read: Callable[[bytes], Document | Unread]


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows before this mail."""

    applications: Sequence[Application]
    mails_of: Callable[[Application], Sequence[RawMail]]
    letters_to: Callable[[str], int]
    """How many letters an address was sent in the last day."""
    letters_in_all: Callable[[], int] = lambda: 0
    """How many letters all applicants together were sent in the last day."""
    blocked: Callable[[str], str | None] = lambda _address: None
    """Why an address gets no letter, or None."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How this house answers."""

    domain: str
    """Right-hand side of our Message-IDs."""
    quiet_minutes: int = 20
    per_address_per_day: int = 5
    per_day: int = 200
    """Letters to all applicants together; beyond it they wait for a person."""
    authserv_id: str | None = None
    """The name our own server signs Authentication-Results with; None believes nobody."""
    testers: frozenset[str] = frozenset()
    """In rehearsal: whose mails are answered, with « [TEST] »; never counted."""


def handle(
    mail: RawMail, known: Known, edition: Edition, tools: Tools, manners: Manners, now: datetime
) -> Outcome:
    """Say what a mail is, which application it belongs to, what is missing, and what to answer."""
    submission = open_submission(mail, tools, edition, manners)
    alone = parsers.assemble((submission,), edition, tools.read)
    recognition = recognise(submission.envelope, edition, known.applications, alone)
    if recognition.kind not in (MailKind.APPLICATION, MailKind.SUPPLEMENT):
        return for_a_person(submission, recognition, known, edition, manners.domain)

    before = belongs_to(submission, recognition, alone, known, edition)
    unplaced = before is None and recognition.kind is MailKind.SUPPLEMENT  # an annex opens no application
    if isinstance(before, Ambiguous) or unplaced:
        return for_a_person(submission, recognition, known, edition, manners.domain)
    known_mails = known.mails_of(before) if before else ()
    earlier = [open_submission(each, tools, edition, manners) for each in known_mails]
    submissions = sorted([*earlier, submission], key=lambda each: (each.received_at, each.mail))

    dossier = parsers.assemble(submissions, edition, tools.read) if earlier else alone
    verdict = judge(dossier, edition)
    application = update(before, submission, dossier, verdict, edition, manners.testers)
    application = replace(application, at_deadline=at_deadline(submissions, dossier, edition, tools))
    application = as_ruled(application, edition)

    silent = why_silent(submission, before, application, known, edition, manners)
    held = None if silent else why_held(submission.passed_on, known, manners)
    events = tuple(what_happened(submission, before, application, edition, silent, held))
    outcome = Outcome(
        mail.identity,
        recognition,
        application,
        suppressed=silent,
        held=held,
        events=events,
        changes=silent is None or brings_something(before, application),
    )
    if silent:
        return outcome
    quiet_s = manners.quiet_minutes * 60 * (PARTS_WAIT if lacks_parts(submissions) else 1)
    again = not brings_something(before, application)
    return with_reply(outcome, application, submission, edition, manners.domain, quiet_s, now, again=again)


PARTS_WAIT = 6
"""How many quiet periods a reply waits for the parts that were announced (« 1/2 ») and have not come."""


def open_submission(mail: RawMail, tools: Tools, edition: Edition, manners: Manners) -> Submission:
    """The mail, opened, as its writer sent it: what a colleague passes on comes from whoever wrote it."""
    envelope = tools.open_mail(mail.content)
    verified = sender_verified(envelope, manners.authserv_id)
    writer = writer_of(envelope, edition)
    if passed_on := writer != envelope.sender:
        envelope = replace(envelope, sender=writer, reply_to=None)
    return Submission(mail.identity, mail.received_at, envelope, verified, passed_on)


def at_deadline(
    submissions: Sequence[Submission], dossier: Dossier, edition: Edition, tools: Tools
) -> VerdictState | None:
    """How a dossier received in time stood at the deadline; None where nothing came after it.

    What came after is kept and read, and makes nothing late; whether it counts, a person decides
    (docs/decisions/0011).
    """
    in_time = [each for each in submissions if edition.is_on_time(each.received_at)]
    if len(in_time) in (0, len(submissions)) or not edition.is_on_time(dossier.received_at):
        return None
    return judge(parsers.assemble(in_time, edition, tools.read), edition).state


def belongs_to(
    submission: Submission, recognition: Recognition, alone: Dossier, known: Known, edition: Edition
) -> Application | Ambiguous | None:
    """The application that this mail adds to; None where it opens a new one."""
    field = edition.fields.enterprise_number
    answer = alone.answers.get(field) if field else None
    number = str(answer.value) if answer and answer.value else None
    return link(submission.envelope, recognition, known.applications, edition, enterprise_number=number)


def why_silent(
    submission: Submission,
    before: Application | None,
    after: Application,
    known: Known,
    edition: Edition,
    manners: Manners,
) -> str | None:
    """Why no reply leaves, in French, for the digest; None where one does.

    Staying silent never costs the applicant the dossier: it is kept and judged all the same.
    """
    if submission.received_at < edition.dates.go_live:
        return "reçu avant la mise en service"
    if not brings_something(before, after) and not sent_again(submission, before, manners):
        return "rien de nouveau dans ce message"
    address = answered_at(submission)
    tested = after.rehearsal and address in manners.testers
    if not tested and (reason := may_answer(submission.envelope, edition, verified=submission.verified)):
        return reason
    if blocked := known.blocked(address):
        return f"cette adresse ne reçoit pas nos messages ({blocked}) : à appeler"
    if known.letters_to(address) >= manners.per_address_per_day:
        return f"déjà {manners.per_address_per_day} messages envoyés à cette adresse en un jour"
    return None


def why_held(passed_on: bool, known: Known, manners: Manners) -> str | None:
    """Why a reply waits for a person, in French; None where it may leave by itself."""
    if passed_on:
        return "transmis par un ou une collègue : l'adresse lue dans le message est à confirmer"
    if known.letters_in_all() >= manners.per_day:
        return f"déjà {manners.per_day} messages envoyés en un jour"
    return None


def answered_at(submission: Submission) -> str:
    """The address that a reply goes to, in lower case; empty where there is none."""
    target = submission.envelope.reply_to or submission.envelope.sender
    return target.email.lower() if target else ""


def lacks_parts(submissions: Sequence[Submission]) -> bool:
    """Whether a mail says that it is one of several (« 1/2 »), and another of them has not come."""
    told = {part for each in submissions if (part := part_of(each.envelope.subject))}
    return any((number, total) not in told for _, total in told for number in range(1, total + 1))


def sent_again(submission: Submission, before: Application | None, manners: Manners) -> bool:
    """Whether a person sends, some time later, files that we have: they ask whether the first came through.

    Within the quiet period it is the same sending, perhaps its twin in the other inbox, and is answered once.
    """
    if before is None or before.withdrawn_at:
        return False
    ours = {piece.sha256 for piece in before.dossier.pieces if piece.kind != "other"}
    since = submission.received_at - timedelta(minutes=manners.quiet_minutes)
    later = all(mail.received_at < since for mail in before.dossier.mails)
    return later and any(each.sha256 in ours for each in submission.envelope.attachments)


def with_reply(
    outcome: Outcome,
    application: Application,
    submission: Submission,
    edition: Edition,
    domain: str,
    quiet_s: int,
    now: datetime,
    *,
    again: bool,
) -> Outcome:
    """The outcome with the letter to the applicant, and the application knowing the letter's thread."""
    letter = reply.compose(application, edition, mail=submission, now=now, quiet_s=quiet_s, again=again)
    threaded = replace(application, message_ids=(*application.message_ids, f"{letter.id}@{domain}"))
    return replace(outcome, application=threaded, letters=(letter,))


FOR_THE_OFFICER = {
    MailKind.APPLICATION: (EventKind.QUESTION, "peut appartenir à plusieurs dossiers : à classer."),
    MailKind.SUPPLEMENT: (EventKind.QUESTION, "complète un dossier, sans dire lequel : à classer."),
    MailKind.DOUBTFUL: (EventKind.QUESTION, "est peut-être une candidature : à lire dans la boîte."),
    MailKind.WITHDRAWAL: (EventKind.WITHDRAWAL, "semble retirer sa candidature."),
    MailKind.BOUNCE: (EventKind.BOUNCED, "n'a pas reçu notre message : il nous est revenu."),
}


def for_a_person(
    submission: Submission, recognition: Recognition, known: Known, edition: Edition, ours: str
) -> Outcome:
    """A mail that changes no application: silent, or a line for the officer."""
    bounced = recognition.kind is MailKind.BOUNCE
    if recognition.kind not in FOR_THE_OFFICER or (bounced and is_passing(submission.envelope)):
        return Outcome(submission.mail, recognition, None)
    linked = link(submission.envelope, recognition, known.applications, edition)
    application = linked if isinstance(linked, Application) else None
    kind, sentence = FOR_THE_OFFICER[recognition.kind]
    who = (application and application.organisation) or recognition.organisation or "Un message"
    event = Event(
        at=submission.received_at,
        kind=kind,
        application=application.reference if application else None,
        detail=f"{who} {sentence}",
    )
    returned = tuple(undelivered(submission.envelope, ours)) if bounced else ()
    return Outcome(submission.mail, recognition, None, events=(event,), undelivered=returned)
